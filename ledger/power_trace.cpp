// SPDX-License-Identifier: Apache-2.0
#include "ledger/power_trace.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/quantity_text.h"

namespace dwmtj {
namespace {

constexpr std::size_t kMostWindows = 10'000'000;

}  // namespace

PowerTrace::PowerTrace(Ledger& ledger, Picoseconds window) : window_(window) {
  ledger.listen([this](const Posting& posting) { add(posting); });
}

void PowerTrace::add(const Posting& posting) {
  const Picoseconds end = later(posting.start, posting.duration);
  const auto last = static_cast<std::size_t>(std::max(end - 1, posting.start) / window_);
  if (last >= kMostWindows) {
    throw InputError(fmt::format("a power window of {} is too short: more than {} of them",
                                 format_quantity(to_time(window_)), kMostWindows));
  }
  if (joules_.size() <= last) joules_.resize(last + 1, 0.0);
  if (posting.duration == 0) {
    joules_[last] += posting.joules;
    return;
  }
  for (Picoseconds at = posting.start; at < end;) {
    const Picoseconds next = std::min((at / window_ + 1) * window_, end);
    joules_[static_cast<std::size_t>(at / window_)] +=
        posting.joules * static_cast<double>(next - at) / static_cast<double>(posting.duration);
    at = next;
  }
}

Energy PowerTrace::integral() const {
  double sum = 0.0;
  for (const double part : joules_) sum += part;
  return from_si<Energy>(sum);
}

std::string PowerTrace::csv(Power leakage) const {
  const double window = in_si(to_time(window_));
  std::string text = "time_s,posted_W,leakage_W\n";
  for (std::size_t i = 0; i < joules_.size(); ++i) {
    text += fmt::format("{:.9g},{:.17g},{:.9g}\n", static_cast<double>(i) * window,
                        joules_[i] / window, in_si(leakage));
  }
  return text;
}

}  // namespace dwmtj
