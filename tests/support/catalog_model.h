// SPDX-License-Identifier: Apache-2.0
// The devices of the catalog, loaded once per test program.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "devices/catalog.h"
#include "devices/device_model.h"

namespace dwmtj::test {

inline const std::string kScaled = "scaled-50nm";
inline const std::string kStraight = "straight";
inline const std::string kTrapezoid = "trapezoidal";

inline DeviceParameters catalog_parameters(const std::string& name) {
  return DeviceParameters::load(find_device(name));
}

// Those of the catalog that have a switching law.
inline std::vector<std::string> law_device_names() {
  std::vector<std::string> names;
  for (const auto& name : device_names()) {
    if (!catalog_parameters(name).pulses) names.push_back(name);
  }
  return names;
}

inline const DeviceModel& catalog_model(const std::string& name) {
  static std::map<std::string, DeviceModel> models;
  const auto known = models.find(name);
  if (known != models.end()) return known->second;
  return models.try_emplace(name, catalog_parameters(name)).first->second;
}

inline Time nanoseconds(double value) { return from_si<Time>(value * 1e-9); }
inline Voltage volts(double value) { return from_si<Voltage>(value); }
inline Field millitesla(double value) { return from_si<Field>(value * 1e-3); }

}  // namespace dwmtj::test
