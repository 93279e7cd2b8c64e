// SPDX-License-Identifier: Apache-2.0
#include "compact_models/site_law.h"

namespace dwmtj {
namespace {

constexpr double kBarrierTemperature = 300.0;  // barriers are given in kT at 300 K

// What a field adds to the drive towards CLK, A/m.
double field_drive(const PinningParameters& pinning, Field bias) {
  return in_si(pinning.field_coupling) * in_si(bias - pinning.compensation_field);
}

SiteLaw site_law(const DeviceModel& model, int index) {
  const auto& device = model.parameters();
  const auto& pinning = device.pinning;
  const auto& site = device.sites[static_cast<std::size_t>(index)];
  const double critical =
      in_si(pinning.critical_line_current) * (site.depth / pinning.reference_depth);
  const double current = critical * in_si(device.geometry.width(site.position));
  return {site.name,
          site.barrier * kBarrierTemperature / in_si(model.switching().temperature()),
          current,
          field_drive(pinning, device.fields.write) / critical,
          current,
          -field_drive(pinning, device.fields.reset) / critical,
          in_si(model.readout().level_conductance(index))};
}

}  // namespace

DeviceLaw device_law(const DeviceModel& model) {
  const auto& device = model.parameters();
  const auto& point = device.operating_point;
  DeviceLaw law;
  law.name = device.name;
  law.attempt_rate = 1.0 / in_si(device.pinning.attempt_time);
  law.exponent = device.pinning.barrier_exponent;
  law.track_resistance =
      in_si(point.update_energy) / (in_si(point.track_current) * in_si(point.track_current) *
                                    in_si(point.shape.squared_integral()));
  for (int i = 0; i < model.sites(); ++i) law.sites.push_back(site_law(model, i));
  return law;
}

}  // namespace dwmtj
