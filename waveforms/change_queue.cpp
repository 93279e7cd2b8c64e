// SPDX-License-Identifier: Apache-2.0
#include "waveforms/change_queue.h"

#include <algorithm>

namespace dwmtj {

void ChangeQueue::set(std::int64_t at, std::uint32_t signal, double value) {
  Payload payload{};
  payload.real = value;
  waiting_.push_back({at, signal, Action::set_real, payload});
}

void ChangeQueue::set(std::int64_t at, std::uint32_t signal, std::int64_t value) {
  Payload payload{};
  payload.integer = value;
  waiting_.push_back({at, signal, Action::set_integer, payload});
}

void ChangeQueue::set(std::int64_t at, std::uint32_t signal, std::string_view text) {
  Payload payload{};
  payload.text = keep(text);
  waiting_.push_back({at, signal, Action::set_text, payload});
}

void ChangeQueue::add(std::int64_t at, std::uint32_t signal, double increment) {
  Payload payload{};
  payload.real = increment;
  waiting_.push_back({at, signal, Action::add, payload});
}

std::size_t ChangeQueue::keep(std::string_view text) {
  if (free_texts_.empty()) {
    texts_.emplace_back(text);
    return texts_.size() - 1;
  }
  const std::size_t index = free_texts_.back();
  texts_[index] = text;
  free_texts_.pop_back();
  return index;
}

std::int64_t ChangeQueue::latest(std::int64_t none) const {
  for (const Change& change : waiting_) none = std::max(none, change.at);
  return none;
}

void ChangeQueue::begin() {
  std::stable_sort(waiting_.begin(), waiting_.end(),
                   [](const Change& a, const Change& b) { return a.at < b.at; });
}

void ChangeQueue::make(const Change& change, WaveformSignal& signal) {
  switch (change.action) {
    case Action::set_real:
      return signal.set(change.value.real);
    case Action::set_integer:
      return signal.set(change.value.integer);
    case Action::add:
      return signal.add(change.value.real);
    case Action::set_text:
      signal.swap_text(texts_[change.value.text]);
      free_texts_.push_back(change.value.text);
  }
}

void ChangeQueue::make_next(std::vector<WaveformSignal>& signals,
                            std::vector<std::uint32_t>& touched) {
  const std::int64_t at = next();
  for (; has_next(at); ++made_) {
    const Change& change = waiting_[made_];
    auto& signal = signals[change.signal];
    make(change, signal);
    if (signal.touched) continue;
    signal.touched = true;
    touched.push_back(change.signal);
  }
}

// A batch of twice what stays keeps the cost of a change the same however many lie in the future.
void ChangeQueue::end() {
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(made_));
  made_ = 0;
  batch_ = std::max(kBatch, 2 * waiting_.size());
}

}  // namespace dwmtj
