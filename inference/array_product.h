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
  // The rows of a digit that are read together.
  struct Block {
    double worth = 0.0;             // of the digit
    Convolution::Packed high, low;  // digits of the steps
    Convolution::Packed variance;   // of the read noise, for squared inputs; null without
    std::vector<double> thermal;    // variance of each output, by no input
    // Of each output's converter: where it begins and ends, its step and one over it.
    std::vector<double> from, to, step, per_step;
  };
  // What rows are driven with at once.
  struct Drive {
    int number;       // counts the reads of a position
    double value_of;  // sum of steps x codes to the network's units
    double share;     // of the result that this read adds
  };

  struct Part {
    std::size_t digit;
    std::int64_t first_row;
    std::int64_t rows;
  };

  void add_block(const LayerToWrite& what, const PairConductances& pairs, const LevelSet& levels,
                 const Part& part);
  [[nodiscard]] double thermal_variance(double conductance, double in_steps) const;
  void add_converters(Block& block, double limit, std::int64_t rows) const;
  void quantise(const Fixed* in, std::vector<std::uint8_t>& codes) const;
  void take_bit(int bit, Workspace& workspace) const;
  void square(Workspace& workspace) const;
  void read_blocks(const Drive& drive, const Chunk& chunk, Workspace& workspace) const;
  void sum(const Block& block, Workspace& workspace) const;
  void draw_noise(std::size_t block, const Drive& drive, const Chunk& chunk,
                  Workspace& workspace) const;
  void read(std::size_t number, const Drive& drive, const Chunk& chunk, Workspace& workspace) const;
  [[nodiscard]] int reads_each() const {
    return settings_.bit_serial ? range_.magnitude_bits(settings_.input_bits) : 1;
  }

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
