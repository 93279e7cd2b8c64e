// SPDX-License-Identifier: Apache-2.0
// The tracks of one stream in a viewer, where slices on a track must not overlap: transactions that
// are under way at the same time lie in different lanes, the first one free.
#pragma once

#include <cstddef>
#include <vector>

#include "common/picoseconds.h"

namespace dwmtj {

class TrackLanes {
 public:
  // The lane of a transaction that begins; one more than there were, if none was free.
  std::size_t take(Picoseconds start);
  void give_back(std::size_t lane, Picoseconds end);
  [[nodiscard]] std::size_t size() const { return lanes_.size(); }

 private:
  struct Lane {
    Picoseconds free_from;
    bool taken;
  };
  std::vector<Lane> lanes_;
};

}  // namespace dwmtj
