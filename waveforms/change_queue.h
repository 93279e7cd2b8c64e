// SPDX-License-Identifier: Apache-2.0
// Changes of signals that wait for their time, announced in any order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "waveforms/waveform_signal.h"

namespace dwmtj {

class ChangeQueue {
 public:
  void set(std::int64_t at, std::uint32_t signal, double value);
  void set(std::int64_t at, std::uint32_t signal, std::int64_t value);
  void set(std::int64_t at, std::uint32_t signal, std::string_view text);
  void add(std::int64_t at, std::uint32_t signal, double increment);

  // So many wait that those which have passed should be made.
  [[nodiscard]] bool is_full() const { return waiting_.size() >= batch_; }
  // The time of the last change; `none` where nothing waits.
  [[nodiscard]] std::int64_t latest(std::int64_t none) const;

  // In this order, from begin() to end(), and as often as there is a next time: what waits is put
  // in order of time and, at one time, of call; the changes of a time are made.
  void begin();
  [[nodiscard]] bool has_next(std::int64_t last) const {
    return made_ < waiting_.size() && waiting_[made_].at <= last;
  }
  [[nodiscard]] std::int64_t next() const { return waiting_[made_].at; }
  // `touched` gets the signals that it has not yet.
  void make_next(std::vector<WaveformSignal>& signals, std::vector<std::uint32_t>& touched);
  void end();

 private:
  enum class Action : std::uint8_t { set_real, set_integer, set_text, add };
  union Payload {
    double real;
    std::int64_t integer;
    std::size_t text;  // index into texts_
  };
  struct Change {
    std::int64_t at;
    std::uint32_t signal;
    Action action;
    Payload value;
  };
  static constexpr std::size_t kBatch = 4096;  // stays within the L2 cache

  std::size_t keep(std::string_view text);
  void make(const Change& change, WaveformSignal& signal);

  std::vector<Change> waiting_;  // in order of call behind what earlier batches left
  std::size_t made_ = 0;         // of those, between begin() and end()
  std::size_t batch_ = kBatch;   // how many are made at once
  std::vector<std::string> texts_;
  std::vector<std::size_t> free_texts_;
};

}  // namespace dwmtj
