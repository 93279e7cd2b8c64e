// SPDX-License-Identifier: Apache-2.0
// The outcome of a scenario for people (text) and for programs (CSV).
#pragma once

#include <string>

#include "ledger/ledger.h"
#include "testbenches/scenario.h"
#include "testbenches/scenario_result.h"

namespace dwmtj {

// A line a command; what did not come true stands below its command.
std::string commands_text(const Scenario& scenario, const ScenarioResult& result);

// Cells are devices that got a pulse, pulses those of all of them: of every command, as the ledger
// counts them.
// number,op,row,side,start_s,duration_s,energy_J,status,cells,pulses,most_pulses,most_attempts,
// as_expected
std::string commands_csv(const Scenario& scenario, const ScenarioResult& result);

// Cells, pulses, energy, cost of the simulation, problems and the verdict.
std::string summary_text(const Scenario& scenario, const ScenarioResult& result,
                         const Ledger& ledger);

}  // namespace dwmtj
