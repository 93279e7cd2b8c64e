// SPDX-License-Identifier: Apache-2.0
// What a module holds of a signal on its waveform.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace dwmtj {

class WaveformWriter;

// One signal of a writer, or none: calls on an inactive probe do nothing, for the price of a
// branch. Not to be used once its writer is gone.
//
// Times may lie in the future, in any order, but not before now (std::logic_error). Of several
// changes at one time the last call counts.
class Probe {
 public:
  Probe() = default;  // inactive
  explicit operator bool() const { return writer_ != nullptr; }

  void set(std::int64_t at_ps, double value) const {  // real()
    if (writer_ != nullptr) set_real(at_ps, value);
  }
  template <typename Integer, std::enable_if_t<std::is_integral_v<Integer>, int> = 0>
  void set(std::int64_t at_ps, Integer value) const {  // integer(), enumeration() and real()
    if (writer_ != nullptr) set_integer(at_ps, static_cast<std::int64_t>(value));
  }
  void set(std::int64_t at_ps, std::string_view value) const {  // text()
    if (writer_ != nullptr) set_text(at_ps, value);
  }
  // Raises a real() from `at_ps` on: its value is the sum of all increments up to then.
  void add(std::int64_t at_ps, double increment) const {
    if (writer_ != nullptr) add_real(at_ps, increment);
  }

 private:
  friend class WaveformWriter;
  Probe(WaveformWriter* writer, std::uint32_t signal) : writer_(writer), signal_(signal) {}
  void set_real(std::int64_t at_ps, double value) const;
  void set_integer(std::int64_t at_ps, std::int64_t value) const;
  void set_text(std::int64_t at_ps, std::string_view value) const;
  void add_real(std::int64_t at_ps, double increment) const;

  WaveformWriter* writer_ = nullptr;
  std::uint32_t signal_ = 0;
};

}  // namespace dwmtj
