// SPDX-License-Identifier: Apache-2.0
#include "tile/cell_parameters.h"

#include <algorithm>
#include <cmath>

#include "common/input_error.h"

namespace dwmtj {
namespace {

const char* const kFourPoint = "four-point";

// Of the resistance of the whole track, that from the middle of the MTJ to the CLK end.
double share_beyond_mtj(const TrackGeometry& track) {
  const Length middle = track.mtj_start + 0.5 * track.mtj_length;
  const double taper = track.width_clk / track.width_in;
  if (taper == 1.0) return 1.0 - middle / track.length;
  return std::log(track.width_clk / track.width(middle)) / std::log(taper);
}

Resistance track_resistance(const DeviceParameters& device) {
  return device.operating_point.track_voltage / device.operating_point.track_current;
}

}  // namespace

Resistance CellParameters::series(const DeviceParameters& device) const {
  if (path == ReadPath::four_point) return {};
  const double beyond = share_beyond_mtj(device.geometry);
  const double share = path == ReadPath::one_end ? beyond : beyond * (1.0 - beyond);  // in parallel
  return access + share * track_resistance(device);
}

double CellParameters::wall_share(const DeviceParameters& device) const {
  if (path != ReadPath::both_ends) return 1.0;
  const double beyond = share_beyond_mtj(device.geometry);
  return std::max(beyond, 1.0 - beyond);
}

// The noise of a device is that of its MTJ: of a larger whole a smaller share.
DeviceParameters CellParameters::show(DeviceParameters device) const {
  if (path == ReadPath::four_point) return device;
  if (device.pulses) {
    throw InputError("cell.read_path: the device '" + device.name +
                     "' is known by its pulses alone, and not the resistance of its track; "
                     "expected 'cell: four-point'");
  }
  const Resistance added = series(device);
  auto& readout = device.readout;
  readout.series = added;
  readout.read_noise *= readout.antiparallel / (readout.antiparallel + added);
  return device;
}

CellParameters read_cell(const ParameterNode& root) {
  if (!root.has("cell")) return {};
  if (root.is_text("cell")) {
    static_cast<void>(root.choice("cell", {kFourPoint}));
    return {};
  }
  const auto node = root.child("cell");
  // What lies over a file that reads at four points.
  if (node.has("extends")) static_cast<void>(node.choice("extends", {kFourPoint}));
  CellParameters cell{node.choice("read_path", {"one-end", "both-ends"}) == 0 ? ReadPath::one_end
                                                                              : ReadPath::both_ends,
                      node.at_least_zero<Resistance>("access_resistance")};
  node.finish();
  return cell;
}

}  // namespace dwmtj
