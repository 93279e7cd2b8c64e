// SPDX-License-Identifier: Apache-2.0
// The value of a signal, and what the file has of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "waveforms/waveform_sink.h"

namespace dwmtj {

class WaveformSignal {
 public:
  explicit WaveformSignal(const WaveformDeclaration& declaration);

  [[nodiscard]] WaveformKind kind() const { return kind_; }
  // Of an enumeration that is shown as text.
  [[nodiscard]] const std::vector<std::string>& labels() const { return labels_; }

  void set(double value);
  void set(std::int64_t value);
  void swap_text(std::string& text) { text_.swap(text); }  // sets it, and gives the last one back
  // A sum is compensated (Neumaier), so that an energy counter ends at the total of its increments.
  void add(double increment);

  // Brings what is shown up to date; false when it was.
  bool update();
  // As number `index` of the file.
  void write(WaveformSink& sink, std::uint32_t index) const;

  bool touched = false;  // since it was last shown

 private:
  bool update_real();
  bool update_integer();
  bool update_text();

  WaveformKind kind_;
  int bits_;
  bool known_ = false;  // integers: set at least once
  double real_ = 0.0;   // the value of a real is real_ + carry_
  double carry_ = 0.0;  // what rounding took from the sum
  std::int64_t integer_ = 0;
  std::string text_;
  std::vector<std::string> labels_;
  // What the file has.
  bool shown_known_ = false;
  double shown_real_ = 0.0;
  std::int64_t shown_integer_ = 0;
  std::string shown_text_;
};

}  // namespace dwmtj
