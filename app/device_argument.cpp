// SPDX-License-Identifier: Apache-2.0
#include "app/device_argument.h"

#include <CLI/CLI.hpp>

#include "devices/catalog.h"

namespace dwmtj {

CLI::Option* add_device_argument(CLI::App& command, std::string& device) {
  return command.add_option("device", device,
                            "A device of the catalog (see dwmtj devices) or a .yaml file");
}

DeviceParameters load_device(const std::string& device, const std::vector<std::string>& overrides) {
  return DeviceParameters::load(find_device(device), ParameterOverrides(overrides));
}

}  // namespace dwmtj
