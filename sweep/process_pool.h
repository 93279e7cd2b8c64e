// SPDX-License-Identifier: Apache-2.0
// Work in processes of its own, forked from this one, which has read what all of it needs.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace dwmtj {

struct ProcessEnd {
  std::size_t item;
  int status;  // of its exit, or -1
  int signal;  // that ended it, or 0
};

// Calls `work` for each item in a process of its own, whose exit status is what it returns, `jobs`
// of them side by side, and `ended` here after each. When `ended` returns false, and when this
// program is interrupted, no more are started and those that run are told to end; so it is, by the
// system, when this process ends in whatever way. Whether all items were run to their end. Where no
// process can be made it throws std::runtime_error.
bool for_each_in_processes(const std::vector<std::size_t>& items, int jobs,
                           const std::function<int(std::size_t)>& work,
                           const std::function<bool(const ProcessEnd&)>& ended);

}  // namespace dwmtj
