// SPDX-License-Identifier: Apache-2.0
#include "inference/device_history.h"

#include <utility>

#include <fmt/format.h>

#include "common/index.h"
#include "common/input_error.h"
#include "common/random_stream.h"
#include "devices/retention.h"

namespace dwmtj {
namespace {

std::vector<double> product(const std::vector<double>& a, const std::vector<double>& b, int sites) {
  const auto n = index(sites);
  std::vector<double> result(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t j = 0; j < n; ++j) result[i * n + j] += a[i * n + k] * b[k * n + j];
    }
  }
  return result;
}

}  // namespace

DeviceHistory::DeviceHistory(LevelSet levels, const DeviceModel* device, HistorySettings settings)
    : levels_(std::move(levels)), device_(device), settings_(std::move(settings)) {
  const int known =
      device != nullptr ? device->sites() : static_cast<int>(levels_.conductance.size());
  if (settings_.stuck_level && *settings_.stuck_level >= known) {
    throw InputError(fmt::format("--stuck-level {}: '{}' has levels 0 to {}",
                                 *settings_.stuck_level, levels_.name, known - 1));
  }
  if (!settings_.ages()) return;
  if (device == nullptr) {
    throw InputError(
        fmt::format("--hold, --reads: '{}' is a set of levels; expected a device, "
                    "whose walls can move (dwmtj devices)",
                    levels_.name));
  }
  for (int grade = 0; grade < device->variation().grades(); ++grade) {
    below_.push_back(chances_of(grade));
    sum_up_rows(below_.back(), device->sites());
  }
}

// The wait is at rest; reads are one after the other.
std::vector<double> DeviceHistory::chances_of(int grade) const {
  const auto parameters = device_->variation().of_grade(device_->parameters(), grade);
  const SwitchingLaw law(parameters, settings_.temperature);
  const auto bias = parameters.pinning.compensation_field;
  auto waited = resting_chances(law, settings_.hold, 0.0 * si::amperes, bias);
  if (settings_.reads == 0) return waited;
  const auto time = static_cast<double>(settings_.reads) * settings_.read_time;
  return product(waited, resting_chances(law, time, settings_.read_current, bias),
                 device_->sites());
}

std::optional<double> DeviceHistory::stuck(std::uint64_t seed, std::uint64_t number) const {
  if (settings_.stuck_rate == 0) return std::nullopt;
  // The words that decide it in a PairArray.
  const auto words = draw(seed, Stream::device_traits, number, 1).words;
  if (uniform(words[0]) >= settings_.stuck_rate) return std::nullopt;
  const double share = uniform(words[1]);
  if (device_ == nullptr && levels_.is_continuous()) return levels_.least + share * levels_.range();
  const int count =
      device_ != nullptr ? device_->sites() : static_cast<int>(levels_.conductance.size());
  const int level = settings_.stuck_level.value_or(static_cast<int>(share * count));
  return device_ != nullptr ? in_si(device_->readout().level_conductance(level))
                            : levels_.conductance[index(level)];
}

std::optional<double> DeviceHistory::aged(std::uint64_t seed, const Device& device) const {
  if (!settings_.ages()) return std::nullopt;
  // Draws 0 and 1 say what the device is and whether it is stuck.
  const auto drawn = draw(seed, Stream::device_traits, device.number, 2);
  const int end =
      drawn_end(below_[index(device.traits.grade)], device_->sites(), device.site, drawn.words[0]);
  if (end == device.site) return std::nullopt;
  return in_si(device_->readout().conductance(end, drawn)) * device.traits.conductance;
}

}  // namespace dwmtj
