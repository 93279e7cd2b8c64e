// SPDX-License-Identifier: Apache-2.0
// The thread sanitizer does not see what TBB's library does: this file is compiled without it, too.
#include "common/parallel_for.h"

#include <tbb/parallel_for.h>

namespace dwmtj {

void run_turns(std::size_t count, void (*turn)(const void* loop, std::size_t i), const void* loop) {
  tbb::parallel_for(std::size_t{0}, count, [=](std::size_t i) { turn(loop, i); });
}

}  // namespace dwmtj
