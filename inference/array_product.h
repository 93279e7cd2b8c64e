// SPDX-License-Identifier: Apache-2.0
// A layer on arrays of pairs, read as hardware does: inputs of a few bits, a sum for each column of
// each block, noise, a converter, and the digital unit that adds blocks and bias. Sums are of
// integers, so exact in any order and on any machine.
#pragma once

#include "inference/convolution.h"
#include "inference/forward_pass.h"
#include "inference/level_set.h"
#include "inference/read_settings.h"
#include "inference/weight_writer.h"

namespace dwmtj {

// A pair's difference of conductances counts in steps of a little over 1/4096 of the range, a whole
// number of them to a level where levels are even. Differences beyond twice the range are clipped.
inline constexpr int kStepsOfRange = 4096;
inline constexpr int kMostSteps = 2 * kStepsOfRange - 1;
[[nodiscard]] int steps_of_range(const LevelSet& levels);

class ArrayProduct : public Product<Fixed> {
 public:
  // `limit`: the weight of the full range. `number` is that of the layer, for its draws.
  ArrayProduct(const LayerToWrite& what, const PairConductances& pairs, const LevelSet& levels,
               int images, const LayerRange& range, const ReadSettings& settings,
               std::uint64_t number);

  void run(const Chunk& chunk, const Fixed* in, Fixed* out, Workspace& workspace) const override;

 private:
  // The rows that are read together.
  struct Block {
    Convolution::Packed high, low;  // digits of the steps
    Convolution::Packed variance;   // of the read noise, for squared inputs; null without
    std::vector<double> johnson;    // variance of each output
  };

  void add_block(const LayerToWrite& what, const PairConductances& pairs, const LevelSet& levels,
                 std::int64_t first_row, std::int64_t rows);
  void quantise(const Fixed* in, Workspace& workspace) const;
  void square(Workspace& workspace) const;
  void read(const Block& block, std::size_t number, const Chunk& chunk, Workspace& workspace) const;
  [[nodiscard]] bool is_noisy() const { return settings_.read_noise > 0 || settings_.johnson; }

  LayerRange range_;
  ReadSettings settings_;
  std::uint64_t number_;
  int images_;
  std::size_t in_each_, out_each_, outputs_;  // values of an image; columns
  Convolution sums_;
  std::unique_ptr<Convolution> squares_;
  std::vector<Block> blocks_;
  std::vector<std::int64_t> bias_;  // in steps of the digital unit
  std::vector<float> no_bias_;
  double largest_code_;  // of an input
  double code_of_;       // input to code
  double value_of_;      // sum of steps x codes to the network's units
};

}  // namespace dwmtj
