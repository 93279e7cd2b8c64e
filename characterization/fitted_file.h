// SPDX-License-Identifier: Apache-2.0
// A fitted device as a device file: what lies over the file whose track, film and pulse it has.
#pragma once

#include <string>

#include "characterization/switching_fit.h"

namespace dwmtj {

struct FittedFile {
  std::string base;  // what `extends` names
  std::string name;
  std::string source;  // of the data: "ramp.csv"
};

std::string fitted_file(const SwitchingFit& fit, const SwitchingData& data,
                        const DeviceParameters& like, const FittedFile& file);

}  // namespace dwmtj
