// SPDX-License-Identifier: Apache-2.0
#include "waveforms/probe.h"

#include "waveforms/waveform_writer.h"

namespace dwmtj {

void Probe::set_real(std::int64_t at_ps, double value) const {
  writer_->require(signal_, WaveformKind::real);
  if (writer_->accepts(signal_, at_ps)) writer_->changes_.set(at_ps, signal_, value);
}

void Probe::set_integer(std::int64_t at_ps, std::int64_t value) const {
  const auto& signal = writer_->signals_[signal_];
  if (signal.kind() == WaveformKind::real) return set_real(at_ps, static_cast<double>(value));
  const auto& labels = signal.labels();
  if (!labels.empty()) return set_text(at_ps, labels.at(static_cast<std::size_t>(value)));
  writer_->require(signal_, WaveformKind::integer);
  if (writer_->accepts(signal_, at_ps)) writer_->changes_.set(at_ps, signal_, value);
}

void Probe::set_text(std::int64_t at_ps, std::string_view value) const {
  writer_->require(signal_, WaveformKind::text);
  if (writer_->accepts(signal_, at_ps)) writer_->changes_.set(at_ps, signal_, value);
}

void Probe::add_real(std::int64_t at_ps, double increment) const {
  writer_->require(signal_, WaveformKind::real);
  if (writer_->accepts(signal_, at_ps)) writer_->changes_.add(at_ps, signal_, increment);
}

}  // namespace dwmtj
