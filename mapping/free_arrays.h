// SPDX-License-Identifier: Apache-2.0
// The arrays that are still free while layers are placed, core by core.
#pragma once

#include <cstdint>
#include <vector>

#include "mapping/array_grid.h"

namespace dwmtj {

// Arrays of a core, one after another.
struct Place {
  int core = 0;
  int first_array = 0;
  int arrays = 0;
};

class FreeArrays {
 public:
  explicit FreeArrays(const ArrayGrid& grid);

  // Takes `wanted` arrays, at most as many as are free, core after core. The next core is the first
  // with room for all that is still wanted, or an empty one where that is more than a core; if
  // there is none, the one with the most room. Counted from the core of the last call on, round to
  // it.
  std::vector<Place> take(std::int64_t wanted);

 private:
  [[nodiscard]] int best_core(std::int64_t wanted) const;

  int arrays_;
  std::vector<int> free_;  // of each core
  int last_ = 0;
};

}  // namespace dwmtj
