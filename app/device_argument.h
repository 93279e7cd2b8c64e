// SPDX-License-Identifier: Apache-2.0
// The DEVICE argument of commands: a name of the catalog or a parameter file.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "devices/device_parameters.h"

namespace dwmtj {

CLI::Option* add_device_argument(CLI::App& command, std::string& device);
// With values of `--set`.
DeviceParameters load_device(const std::string& device, const std::vector<std::string>& overrides);

}  // namespace dwmtj
