// SPDX-License-Identifier: Apache-2.0
// The outcome of a replay for people (text) and for programs (CSV).
#pragma once

#include <string>

#include "common/output_file.h"
#include "replay/replay_outcome.h"
#include "replay/replay_tile.h"

namespace dwmtj {

// A table: how the views went, one line each, with their digests.
std::string view_table_head();
// A line where comparators were shown more than the supply; else nothing.
std::string clipped_text(const ReplayOutcome& outcome);
std::string view_table_line(const std::string& view, const ReplayOutcome& outcome);

// tile,number,op,row,side,started_ps,completed_ps,energy_J,status,data,pulses,attempts
void write_commands_csv(const std::vector<ReplayTile>& tiles, const ReplayOutcome& outcome,
                        OutputFile& file);

}  // namespace dwmtj
