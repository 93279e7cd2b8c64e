// SPDX-License-Identifier: Apache-2.0
// Hands out the arrays of a chip, core after core.
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

class ArrayCursor {
 public:
  // `wanted`: by all calls of take() together, at most what the grid has.
  ArrayCursor(const ArrayGrid& grid, std::int64_t wanted);

  // The next arrays, on as few cores as possible: where they would lie on one core more than they
  // need, the rest of the core before them stays empty, while there are arrays to spare.
  std::vector<Place> take(std::int64_t wanted);

 private:
  [[nodiscard]] bool crosses(std::int64_t wanted) const;

  int arrays_;  // of a core
  std::int64_t spare_;
  std::int64_t next_ = 0;  // counted over all cores
};

}  // namespace dwmtj
