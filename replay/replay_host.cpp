// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_host.h"

#include <sstream>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "traces/trace_time.h"

namespace dwmtj {

const TraceEntry* ReplayHost::next() {
  if (done() == entries_.size()) return nullptr;
  stopped_ = interrupted();
  return stopped_ ? nullptr : &entries_[done()];
}

std::string ReplayHost::waiting() const {
  if (finished()) return fmt::format("{}: finished", tile_);
  std::ostringstream command;
  command << entries_[done()].command;
  return fmt::format("{}: command {} of {} ({}) waits for {} since {}", tile_, done() + 1,
                     entries_.size(), command.str(), what_, format_trace_time(since_));
}

}  // namespace dwmtj
