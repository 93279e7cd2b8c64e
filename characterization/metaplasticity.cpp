// SPDX-License-Identifier: Apache-2.0
#include "characterization/metaplasticity.h"

#include "characterization/calibration.h"

namespace dwmtj {

double equation_1(double weight, double width_ratio) {
  return (1.0 - weight) * (1.0 - width_ratio) + width_ratio;
}

std::vector<MetaplasticPoint> metaplastic_factors(const DeviceParameters& device) {
  const auto switchings = expected_switchings(
      device, Phase::write, static_cast<int>(device.protocol.ramp_cycles), kRoomTemperature);
  const std::size_t last = device.sites.size() - 1;
  const Length begin = device.sites.front().position;
  const Length range = device.sites.back().position - begin;
  const double width_ratio = device.geometry.width_in / device.geometry.width_clk;
  std::vector<MetaplasticPoint> points;
  for (std::size_t i = 0; i < last; ++i) {
    MetaplasticPoint point{};
    point.site = static_cast<int>(i);
    point.weight = static_cast<double>(i) / static_cast<double>(last);
    point.position = (device.sites[i].position - begin) / range;
    point.equation_1 = equation_1(point.weight, width_ratio);
    point.switching = switchings[i].mean;
    point.factor = switchings[0].mean / switchings[i].mean;
    for (const auto& measured : device.measured.switches) {
      if (measured.from != i || measured.to < measured.from) continue;
      point.measured = measured.mean;
      point.measured_factor = switchings[0].mean / measured.mean;
    }
    points.push_back(point);
  }
  return points;
}

}  // namespace dwmtj
