// SPDX-License-Identifier: Apache-2.0
// The ledger for people (a table) and for programs (JSON, CSV): every row names itself and its
// unit.
#pragma once

#include <string>

#include "ledger/ledger.h"

namespace dwmtj {

std::string report_text(const Ledger& ledger);
std::string report_csv(const Ledger& ledger);   // component,action,command,count,busy_s,energy_J
std::string report_json(const Ledger& ledger);  // schema: docs/ledger/report.md

}  // namespace dwmtj
