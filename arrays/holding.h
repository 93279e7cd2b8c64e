// SPDX-License-Identifier: Apache-2.0
// A wait of devices without power: each makes one draw, by which its wall stays where it is or
// goes, as the chances of retention have it (devices/retention.h).
#pragma once

#include <vector>

#include "devices/device_model.h"

namespace dwmtj {

class Holding {
 public:
  // Throws InputError: a time below zero, a temperature that is none, a wall that does not rest.
  Holding(const DeviceModel& model, Time time, Temperature temperature);

  // Where the wall of a device ends that is not stuck.
  [[nodiscard]] int end_site(int grade, int from, const Draw& drawn) const;

 private:
  int sites_;
  std::vector<std::vector<double>> below_;  // by grade: [from][to], the chance to end before or at
};

}  // namespace dwmtj
