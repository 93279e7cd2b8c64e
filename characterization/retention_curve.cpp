// SPDX-License-Identifier: Apache-2.0
#include "characterization/retention_curve.h"

#include <algorithm>
#include <cmath>

#include "common/interrupt.h"
#include "devices/retention.h"

namespace dwmtj {
namespace {

std::vector<Time> times() {
  std::vector<Time> result;
  for (int half_decade = -18; half_decade <= 19; ++half_decade) {
    result.push_back(from_si<Time>(std::pow(10.0, half_decade / 2.0)));
  }
  result.push_back(kTenYears);
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

std::vector<RetentionPoint> retention_curve(const DeviceParameters& parameters,
                                            const RetentionConditions& conditions) {
  std::vector<RetentionPoint> points;
  for (const auto& temperature : conditions.temperatures) {
    if (interrupted()) return points;
    const SwitchingLaw law(parameters, temperature);
    for (int site = 0; site < law.sites(); ++site) {
      for (const auto& time : times()) {
        points.push_back(
            {site, temperature, time,
             leaving_probability(law, site, time, conditions.current, conditions.bias)});
      }
    }
  }
  return points;
}

}  // namespace dwmtj
