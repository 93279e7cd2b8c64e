// SPDX-License-Identifier: Apache-2.0
// A tile and the device in it: what holds weights, read from its files once.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "devices/device_model.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

struct Synapse {
  Synapse(TileParameters parameters, DeviceParameters of_device)
      : tile(std::move(parameters)), device(std::move(of_device)) {}
  TileParameters tile;
  DeviceModel device;
};

// A tile of the catalog or a file, with the device it names. Throws InputError.
std::shared_ptr<const Synapse> load_synapse(const std::string& tile_name_or_file,
                                            const ParameterOverrides& over_tile = {},
                                            const ParameterOverrides& over_device = {});
// The same of a section of another file.
std::shared_ptr<const Synapse> read_synapse(const ParameterNode& node);

}  // namespace dwmtj
