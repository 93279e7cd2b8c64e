// SPDX-License-Identifier: Apache-2.0
#include "waveforms/waveform_signal.h"

#include <cmath>
#include <cstring>

namespace dwmtj {
namespace {

std::int64_t low_bits(std::int64_t value, int bits) {
  const auto mask = ~std::uint64_t{0} >> static_cast<unsigned>(64 - bits);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(value) & mask);
}

std::uint64_t bits_of(double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

// Tells 0 from -0, and not one NaN from another.
bool same_bits(double a, double b) { return bits_of(a) == bits_of(b); }

}  // namespace

WaveformSignal::WaveformSignal(const WaveformDeclaration& declaration)
    : kind_(declaration.kind), bits_(declaration.bits) {
  if (kind_ == WaveformKind::text) labels_ = declaration.labels;
}

void WaveformSignal::set(double value) {
  real_ = value;
  carry_ = 0.0;
}

void WaveformSignal::set(std::int64_t value) {
  integer_ = value;
  known_ = true;
}

void WaveformSignal::add(double increment) {
  const double sum = real_ + increment;
  carry_ += std::abs(real_) >= std::abs(increment) ? (real_ - sum) + increment
                                                   : (increment - sum) + real_;
  real_ = sum;
}

bool WaveformSignal::update_real() {
  const double value = real_ + carry_;
  const bool changed = !same_bits(value, shown_real_);
  shown_real_ = value;
  return changed;
}

bool WaveformSignal::update_integer() {
  const std::int64_t value = low_bits(integer_, bits_);
  const bool changed = known_ && (!shown_known_ || value != shown_integer_);
  shown_integer_ = value;
  shown_known_ = known_;
  return changed;
}

bool WaveformSignal::update_text() {
  const bool changed = text_ != shown_text_;
  shown_text_ = text_;
  return changed;
}

bool WaveformSignal::update() {
  switch (kind_) {
    case WaveformKind::real:
      return update_real();
    case WaveformKind::integer:
      return update_integer();
    default:
      return update_text();
  }
}

void WaveformSignal::write(WaveformSink& sink, std::uint32_t index) const {
  switch (kind_) {
    case WaveformKind::real:
      return sink.real(index, shown_real_);
    case WaveformKind::text:
      return sink.text(index, shown_text_);
    case WaveformKind::integer:
      return shown_known_ ? sink.integer(index, shown_integer_, bits_) : sink.unknown(index, bits_);
  }
}

}  // namespace dwmtj
