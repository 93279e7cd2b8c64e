// SPDX-License-Identifier: Apache-2.0
// What makes one device differ from the next of its kind, drawn once from its own stream. Critical
// current and barrier fall into classes of equal probability, so that devices share transition
// tables: a pair of classes is a grade.
#pragma once

#include <cstdint>
#include <vector>

#include "common/random_stream.h"
#include "devices/device_parameters.h"

namespace dwmtj {

inline constexpr int kNominalGrade = 0;  // the device of the file; of all devices where identical

struct DeviceTraits {
  int grade = kNominalGrade;
  double conductance = 1.0;  // of all levels together, over that of the file
};

class DeviceVariation {
 public:
  explicit DeviceVariation(const VariationParameters& parameters);

  [[nodiscard]] bool identical() const { return identical_; }
  // The nominal one, then one for each pair of classes.
  [[nodiscard]] int grades() const;
  // Of a device whose wall no pulse moves; it has no law and no table.
  [[nodiscard]] int stuck_grade() const { return grades(); }
  // A pure function of (seed, device).
  [[nodiscard]] DeviceTraits traits(std::uint64_t seed, std::uint64_t device) const;
  // The device file as it holds for a grade.
  [[nodiscard]] DeviceParameters of_grade(DeviceParameters parameters, int grade) const;

 private:
  bool identical_;
  double resistance_;
  std::vector<double> critical_currents_;  // a class each: over the value of the file
  std::vector<double> barriers_;
};

// The middles of `classes` equally probable parts of a standard normal, scaled so that their own
// standard deviation is 1. One class: 0.
std::vector<double> class_values(int classes);

}  // namespace dwmtj
