// SPDX-License-Identifier: Apache-2.0
// A mapping for people (a table) and for programs and figures (CSV, JSON). Columns and keys:
// docs/mapping/mapping_report.md.
#pragma once

#include <string>

#include "common/run_folder.h"
#include "mapping/mapping.h"

namespace dwmtj {

std::string mapping_text(const Network& network, const Mapping& mapping);
std::string layers_csv(const Network& network, const Mapping& mapping);     // a row a layer
std::string fragments_csv(const Network& network, const Mapping& mapping);  // a row a fragment
std::string mapping_json(const Network& network, const Mapping& mapping);   // grid and totals

// layers.csv, fragments.csv and mapping.json: what scripts/figures/mapping.py draws.
void write_mapping(const RunFolder& folder, const Network& network, const Mapping& mapping);

}  // namespace dwmtj
