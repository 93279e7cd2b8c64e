// SPDX-License-Identifier: Apache-2.0
// An estimate for people (text) and for programs (CSV, JSON).
#pragma once

#include <string>

#include "estimation/estimate.h"

namespace dwmtj {

std::string estimate_text(const Estimate& estimate);
// layer,kind,windows,macs,copies,arrays,utilisation,busy,energy_J: a line a layer
std::string layer_costs_csv(const Estimate& estimate);
// layer,component,action,count,energy_J: of an image, a line for each that is not zero
std::string energy_csv(const Estimate& estimate);
// core,cores,arrays,area_m2,leakage_W,energy_J: each core in use, and the idle ones together
std::string cores_csv(const Estimate& estimate);
std::string estimate_json(const Estimate& estimate);  // schema: docs/estimation/estimate_report.md

}  // namespace dwmtj
