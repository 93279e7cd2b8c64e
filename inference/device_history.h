// SPDX-License-Identifier: Apache-2.0
// What happens to a device beside its writing: it may be stuck, and its wall may go while it waits
// or is read (docs/inference/device_history.md).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/units.h"
#include "inference/level_set.h"

namespace dwmtj {

struct HistorySettings {
  double stuck_rate = 0;                         // share of all devices, whose walls no pulse moves
  std::optional<int> stuck_level;                // where they rest; else each at a level of its own
  Time hold{};                                   // from writing to the first image
  Temperature temperature = 300.0 * si::kelvin;  // meanwhile
  std::int64_t reads = 0;                        // of every device, before the images
  Current read_current{};                        // along the track while it is read
  Time read_time{};                              // of one

  [[nodiscard]] bool ages() const { return in_si(hold) > 0 || reads > 0; }
};

class DeviceHistory {
 public:
  // `device`, which outlives this, is null for a set of levels: nothing ages there. Throws
  // InputError: a level that is none, a current under which walls do not rest.
  DeviceHistory(LevelSet levels, const DeviceModel* device, HistorySettings settings);

  [[nodiscard]] const HistorySettings& settings() const { return settings_; }

  // The conductance at which a device is stuck, S; none for one that is not. `seed` is that of the
  // programming, `number` the device's own.
  [[nodiscard]] std::optional<double> stuck(std::uint64_t seed, std::uint64_t number) const;

  struct Device {
    std::uint64_t number = 0;
    int site = 0;
    DeviceTraits traits;
  };
  // Of a device that is not stuck: the conductance, S, once it has waited and was read; none if its
  // wall has not moved.
  [[nodiscard]] std::optional<double> aged(std::uint64_t seed, const Device& device) const;

 private:
  [[nodiscard]] std::vector<double> chances_of(int grade) const;

  LevelSet levels_;
  const DeviceModel* device_;
  HistorySettings settings_;
  std::vector<std::vector<double>>
      below_;  // by grade: [from][to], the chance to end at `to` or less
};

}  // namespace dwmtj
