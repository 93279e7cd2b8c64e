// SPDX-License-Identifier: Apache-2.0
// Counter-based randomness (Philox4x32-10, Salmon et al., SC'11): a draw is a pure function of
// (seed, stream, instance, count), so results depend on no event order, thread count or tile shape.
#pragma once

#include <array>
#include <cstdint>

#include <Random123/philox.h>

#include "common/normal.h"

namespace dwmtj {

// Who draws. One row per kind of instance; values are part of the reproducibility contract.
enum class Stream : std::uint32_t {
  device = 0,      // one draw a write pulse or initialisation
  instrument = 1,  // read noise of a 4-point resistance measurement
  comparator_offset = 2,
  comparator_noise = 3,
  reference_error = 4,
  stimulus = 5,            // random patterns and traces of testbenches
  motion = 6,              // one draw a hop, seeded by a word of the pulse's draw
  device_traits = 7,       // what differs from device to device: draw 0; if it is stuck: draw 1
  sum_reference = 8,       // errors of the sources of a column's reference, one draw each
  read_noise = 9,          // of a reading, by the comparator's first decision on it
  write_driver = 10,       // of a column: its gain, then the errors of its sources, one draw each
  programming = 32,        // the seed of each programming of a network
  programming_error = 33,  // of one-shot writing, one draw a pair
  column_noise = 34,       // of a read, one draw two columns
  // Of learning: one instance a weight, or an epoch.
  rounding = 16,
  initial_weight = 17,
  shuffle = 18,
  rewriting = 19,
};

struct Draw {
  std::array<std::uint32_t, 4> words;
};

inline Draw draw(std::uint64_t seed, Stream stream, std::uint64_t instance, std::uint32_t count) {
  const r123::Philox4x32::ctr_type counter = {{static_cast<std::uint32_t>(instance),
                                               static_cast<std::uint32_t>(instance >> 32U), count,
                                               static_cast<std::uint32_t>(stream)}};
  const r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}};
  const auto block = r123::Philox4x32{}(counter, key);
  return Draw{{block[0], block[1], block[2], block[3]}};
}

// In [0, 1), from one word.
inline double uniform(std::uint32_t word) { return word * 0x1p-32; }

}  // namespace dwmtj
