// SPDX-License-Identifier: Apache-2.0
#include "devices/device_variation.h"

#include <cmath>

#include <boost/math/special_functions/erf.hpp>

namespace dwmtj {
namespace {

// What a class has over the value of the file.
std::vector<double> factors(double deviation, int classes) {
  if (deviation == 0.0) return {1.0};
  auto values = class_values(classes);
  for (auto& value : values) value = 1.0 + deviation * value;
  return values;
}

int class_of(std::uint32_t word, const std::vector<double>& classes) {
  return static_cast<int>(uniform(word) * static_cast<double>(classes.size()));
}

}  // namespace

std::vector<double> class_values(int classes) {
  std::vector<double> values;
  double squares = 0.0;
  for (int i = 0; i < classes; ++i) {
    const double below = (i + 0.5) / classes;
    values.push_back(-std::sqrt(2.0) * boost::math::erfc_inv(2.0 * below));
    squares += values.back() * values.back();
  }
  if (squares == 0.0) return values;
  for (auto& value : values) value /= std::sqrt(squares / classes);
  return values;
}

DeviceVariation::DeviceVariation(const VariationParameters& parameters)
    : identical_(parameters.identical()),
      resistance_(parameters.resistance),
      critical_currents_(factors(parameters.critical_current, parameters.classes)),
      barriers_(factors(parameters.barrier, parameters.classes)) {}

int DeviceVariation::grades() const {
  if (identical_) return 1;
  return 1 + static_cast<int>(critical_currents_.size() * barriers_.size());
}

DeviceTraits DeviceVariation::traits(std::uint64_t seed, std::uint64_t device) const {
  if (identical_) return {};
  const auto words = draw(seed, Stream::device_traits, device, 0).words;
  const int current = class_of(words[2], critical_currents_);
  const int barrier = class_of(words[3], barriers_);
  const double resistance = 1.0 + resistance_ * normal(words[0], words[1]);
  return {1 + current * static_cast<int>(barriers_.size()) + barrier, 1.0 / resistance};
}

DeviceParameters DeviceVariation::of_grade(DeviceParameters parameters, int grade) const {
  if (grade == kNominalGrade) return parameters;
  const auto pair = static_cast<std::size_t>(grade - 1);
  parameters.pinning.critical_line_current *= critical_currents_[pair / barriers_.size()];
  for (auto& site : parameters.sites) site.barrier *= barriers_[pair % barriers_.size()];
  return parameters;
}

}  // namespace dwmtj
