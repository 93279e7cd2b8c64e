// SPDX-License-Identifier: Apache-2.0
// A loop whose turns run at once, on the threads of TBB.
#pragma once

#include <cstddef>

#include "common/hand_over.h"

namespace dwmtj {

// `turn(loop, i)` for every i below `count`.
void run_turns(std::size_t count, void (*turn)(const void* loop, std::size_t i), const void* loop);

// `body(i)` for every i from 0 on that is below `count`; what one throws is thrown here.
template <typename Index, typename Body>
void parallel_for(Index count, const Body& body) {
  struct Loop {
    const Body& body;
    HandOver hand_over;
  };
  const Loop loop{body, {}};
  const auto turn = [](const void* of, std::size_t i) {
    const auto& all = *static_cast<const Loop*>(of);
    const HandOver::Turn seen(all.hand_over);
    all.body(static_cast<Index>(i));
  };
  run_turns(count > 0 ? static_cast<std::size_t>(count) : 0, turn, &loop);
}

}  // namespace dwmtj
