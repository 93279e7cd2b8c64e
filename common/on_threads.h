// SPDX-License-Identifier: Apache-2.0
// How many threads a piece of work has, whatever the machine offers. Users link TBB.
#pragma once

#include <cstddef>

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

namespace dwmtj {

// What `work()` returns, run by `threads` threads of TBB, the caller among them.
template <typename Work>
auto on_threads(int threads, const Work& work) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(threads));
  return tbb::task_arena(threads).execute(work);
}

}  // namespace dwmtj
