// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_host.h"

#include <sstream>

#include <fmt/format.h>

#include "common/interrupt.h"
#include "traces/trace_time.h"

namespace dwmtj {

const TraceEntry* ReplayHost::next() {
  if (finished()) return nullptr;
  stopped_ = interrupted();
  if (stopped_) return nullptr;
  if (entry_.index() < done()) ++entry_;
  return &*entry_;
}

void ReplayHost::fail(const std::string& message) {
  failure_ = fmt::format("{}: {}", current(), message);
}

std::string ReplayHost::waiting() const {
  return fmt::format("{} waits for {} since {}", current(), what_, format_trace_time(since_));
}

std::string ReplayHost::current() const {
  std::ostringstream command;
  command << entry_->command;
  return fmt::format("{}: command {} of {} ({})", tile_, done() + 1, entries_.size(),
                     command.str());
}

}  // namespace dwmtj
