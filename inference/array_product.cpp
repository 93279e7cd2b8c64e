// SPDX-License-Identifier: Apache-2.0
#include "inference/array_product.h"

#include <algorithm>
#include <cmath>

#include "common/index.h"
#include "common/vector_units.h"
#include "inference/normal_lanes.h"

namespace dwmtj {
namespace {

constexpr int kDigit = 2 * kLargestDigit;  // steps = high x kDigit + low

// To the nearest whole number, the even of two; plain arithmetic, so loops become vector code.
DWMTJ_INLINE double rounded(double x) {
  constexpr double kShift = 0x1.8p52;
  return (x + kShift) - kShift;
}

// The columns of a block, as they are read.
struct Columns {
  ColumnReadout readout;
  double value_of;  // steps to the network's units
  double added;     // those to the digital unit's steps
  double most;      // code of a converter
  double relative;  // noise of a device, squared, in the network's units a step and code
  const double* thermal;
  const double* from;
  const double* to;
  const double* step;
  const double* per_step;
};

// What one read of all columns is worked out from.
struct Sums {
  const std::int32_t* high;
  const std::int32_t* low;
  const double* normals;   // null without noise
  const float* variances;  // of the sums, in steps x codes; null without read noise
};

// sums -> values in the network's units, as read; then into steps of the digital unit.
DWMTJ_INLINE void read_columns(const Columns& columns, std::size_t count, const Sums& sums,
                               std::int64_t* total) {
  for (std::size_t i = 0; i < count; ++i) {
    double value = columns.value_of * (static_cast<double>(sums.high[i]) * kDigit + sums.low[i]);
    if (sums.normals != nullptr) {
      double variance = columns.thermal[i];
      if (sums.variances != nullptr) {
        variance += columns.relative * std::max(0.0F, sums.variances[i]);
      }
      value += sums.normals[i] * std::sqrt(variance);
    }
    if (columns.readout == ColumnReadout::comparator)
      value = value > 0 ? columns.to[i] : columns.from[i];
    if (columns.readout == ColumnReadout::converter) {
      const double code = rounded((value - columns.from[i]) * columns.per_step[i]);
      value = columns.from[i] + columns.step[i] * std::min(std::max(code, 0.0), columns.most);
    }
    total[i] += static_cast<std::int64_t>(rounded(value * columns.added));
  }
}

DWMTJ_AVX2 void read_avx2(const Columns& columns, std::size_t count, const Sums& sums,
                          std::int64_t* total) {
  read_columns(columns, count, sums, total);
}

DWMTJ_AVX512 void read_avx512(const Columns& columns, std::size_t count, const Sums& sums,
                              std::int64_t* total) {
  read_columns(columns, count, sums, total);
}

void read_any(const Columns& columns, std::size_t count, const Sums& sums, std::int64_t* total) {
  static const VectorUnit kUnit = widest_vector_unit();
  if (kUnit == VectorUnit::avx512) return read_avx512(columns, count, sums, total);
  if (kUnit == VectorUnit::avx2) return read_avx2(columns, count, sums, total);
  read_columns(columns, count, sums, total);
}

ProductType product_type(const LayerRange& range) {
  return range.has_signed_input() ? ProductType::signed_integer : ProductType::unsigned_integer;
}

}  // namespace

int steps_of_range(const LevelSet& levels) {
  const auto gaps = static_cast<int>(levels.conductance.size()) - 1;
  return gaps > 0 && gaps <= kStepsOfRange ? kStepsOfRange / gaps * gaps : kStepsOfRange;
}

ArrayProduct::ArrayProduct(const LayerToWrite& what, const PairConductances& pairs,
                           const LevelSet& levels, int images, const LayerRange& range,
                           const ReadSettings& settings, std::uint64_t number)
    : range_(range),
      settings_(settings),
      number_(number),
      images_(images),
      in_each_(index(what.layer.input.elements())),
      out_each_(index(what.layer.output.elements())),
      outputs_(index(what.layer.weights.outputs)),
      sums_(what.layer, images, product_type(range)),
      largest_code_((1 << range.magnitude_bits(settings.input_bits)) - 1),
      code_of_(largest_code_ / range.largest_input()),
      value_of_(what.weights.limit / steps_of_range(levels) / code_of_) {
  if (settings.noise.relative > 0) {
    squares_ = std::make_unique<Convolution>(what.layer, images, ProductType::single);
  }
  const auto& tiling = what.tiling;
  for (std::size_t digit = 0; digit < what.weights.worth.size(); ++digit) {
    for (std::int64_t split = 0; split < tiling.row_splits; ++split) {
      const auto first = split * tiling.block_rows;
      add_block(what, pairs, levels,
                {digit, first, std::min(tiling.block_rows, tiling.rows - first)});
    }
  }
  for (const auto bias : what.layer.weights.bias) bias_.push_back(to_fixed(bias).raw);
  bias_.resize(outputs_, 0);
  no_bias_.resize(outputs_, 0.0F);
}

// Pairs of other rows are zero: arrays beside each other differ in columns alone, which makes no
// difference to a column.
void ArrayProduct::add_block(const LayerToWrite& what, const PairConductances& pairs,
                             const LevelSet& levels, const Part& part) {
  const auto count = index(what.layer.weights.count());
  const auto inputs = index(what.layer.weights.inputs);
  std::vector<std::int8_t> high(count, 0);
  std::vector<std::int8_t> low(count, 0);
  std::vector<float> variance(squares_ ? count : 0, 0.0F);
  const double in_steps = steps_of_range(levels) / levels.range();
  Block block;
  block.worth = what.weights.worth[part.digit];
  for (std::size_t output = 0; output < outputs_; ++output) {
    double conductance = 0;
    for (auto row = index(part.first_row); row < index(part.first_row + part.rows); ++row) {
      const auto i = output * inputs + row;
      const double plus = pairs.plus[part.digit * count + i];
      const double minus = pairs.minus[part.digit * count + i];
      const auto steps = static_cast<int>(
          std::clamp(rounded((plus - minus) * in_steps), -double{kMostSteps}, double{kMostSteps}));
      const int digit = (steps + kLargestDigit + 64 * kDigit) / kDigit - 64;  // rounded down
      high[i] = static_cast<std::int8_t>(digit);
      low[i] = static_cast<std::int8_t>(steps - digit * kDigit);
      if (squares_)
        variance[i] = static_cast<float>((plus * plus + minus * minus) * in_steps * in_steps);
      conductance += plus + minus;
    }
    block.thermal.push_back(thermal_variance(conductance, in_steps * block.worth));
  }
  block.high = sums_.pack(high.data());
  block.low = sums_.pack(low.data());
  if (squares_) block.variance = squares_->pack(variance.data());
  // No digit is more than its weight.
  add_converters(block, what.weights.limit * std::min(block.worth, 1.0), part.rows);
  blocks_.push_back(std::move(block));
}

// Of a column of devices that conduct so much together, whatever the inputs: S^2 at full drive, in
// the network's units.
double ArrayProduct::thermal_variance(double conductance, double in_steps) const {
  return settings_.noise.variance(0.0, conductance) *
         std::pow(in_steps * largest_code_ * value_of_, 2);
}

void ArrayProduct::add_converters(Block& block, double limit, std::int64_t rows) const {
  const double most = static_cast<double>(rows) * limit * range_.largest_input();
  const double steps = (1 << settings_.converter_bits) - 1;
  for (std::size_t output = 0; output < outputs_; ++output) {
    LayerRange::Ends ends{range_.sum_low, range_.sum_high};
    if (settings_.converter_range == ConverterRange::fixed) ends = {-most, most};
    if (settings_.converter_range == ConverterRange::column) {
      ends = range_.columns[blocks_.size() * outputs_ + output];
    }
    block.from.push_back(ends.low);
    block.to.push_back(ends.high);
    block.step.push_back((ends.high - ends.low) / steps);
    block.per_step.push_back(steps / (ends.high - ends.low));
  }
}

void ArrayProduct::quantise(const Fixed* in, std::vector<std::uint8_t>& codes) const {
  const auto count = in_each_ * index(images_);
  codes.resize(count);
  const double factor = code_of_ * Fixed::kStep;
  const double lowest = range_.has_signed_input() ? -largest_code_ : 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double code = rounded(in[i].raw * factor);
    const auto inside = static_cast<int>(std::min(std::max(code, lowest), largest_code_));
    codes[i] = static_cast<std::uint8_t>(inside);  // of a signed one: its bits
  }
}

// A bit of the magnitude, with its sign.
void ArrayProduct::take_bit(int bit, Workspace& workspace) const {
  workspace.codes.resize(workspace.inputs.size());
  for (std::size_t i = 0; i < workspace.codes.size(); ++i) {
    const int code = range_.has_signed_input() ? static_cast<std::int8_t>(workspace.inputs[i])
                                               : workspace.inputs[i];
    const int set = (std::abs(code) >> bit) & 1;
    workspace.codes[i] = static_cast<std::uint8_t>(code < 0 ? -set : set);
  }
}

void ArrayProduct::square(Workspace& workspace) const {
  workspace.squares.resize(workspace.codes.size());
  workspace.variances.resize(out_each_ * index(images_));
  for (std::size_t i = 0; i < workspace.codes.size(); ++i) {
    const int code = range_.has_signed_input() ? static_cast<std::int8_t>(workspace.codes[i])
                                               : workspace.codes[i];
    workspace.squares[i] = static_cast<float>(code * code);
  }
}

void ArrayProduct::sum(const Block& block, Workspace& workspace) const {
  const auto count = out_each_ * index(images_);
  workspace.high.resize(count);
  workspace.low.resize(count);
  sums_.run(workspace.codes.data(), block.high, nullptr, workspace.high.data(), workspace.library);
  sums_.run(workspace.codes.data(), block.low, nullptr, workspace.low.data(), workspace.library);
  if (squares_) {
    squares_->run(workspace.squares.data(), block.variance, no_bias_.data(),
                  workspace.variances.data(), workspace.library);
  }
}

// Normals for all reads of a block, if there is noise.
void ArrayProduct::draw_noise(std::size_t block, const Drive& drive, const Chunk& chunk,
                              Workspace& workspace) const {
  if (settings_.noise.silent()) return;
  const auto positions = out_each_ / outputs_;
  const auto reads = positions * index(chunk.count);
  const auto first = index(chunk.first) * positions * index(reads_each()) + index(drive.number);
  workspace.noise.resize(reads * outputs_);
  fill_column_normals(
      settings_.seed, (number_ << 40U) | (std::uint64_t{block} << 24U),
      {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(reads_each()), reads},
      outputs_, workspace.noise.data());
}

void ArrayProduct::read(std::size_t number, const Drive& drive, const Chunk& chunk,
                        Workspace& workspace) const {
  const auto& block = blocks_[number];
  const double value_of = drive.value_of * block.worth;
  const Columns columns{settings_.readout,
                        value_of,
                        drive.share / Fixed::kStep,
                        static_cast<double>((1 << settings_.converter_bits) - 1),
                        settings_.noise.relative * value_of * value_of,
                        block.thermal.data(),
                        block.from.data(),
                        block.to.data(),
                        block.step.data(),
                        block.per_step.data()};
  draw_noise(number, drive, chunk, workspace);
  const bool noisy = !settings_.noise.silent();
  for (std::size_t at = 0; at < out_each_ * index(chunk.count); at += outputs_) {
    const Sums sums{&workspace.high[at], &workspace.low[at], noisy ? &workspace.noise[at] : nullptr,
                    squares_ ? &workspace.variances[at] : nullptr};
    read_any(columns, outputs_, sums, &workspace.totals[at]);
  }
}

void ArrayProduct::read_blocks(const Drive& drive, const Chunk& chunk, Workspace& workspace) const {
  if (squares_) square(workspace);
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    sum(blocks_[b], workspace);
    read(b, drive, chunk, workspace);
  }
}

void ArrayProduct::run(const Chunk& chunk, const Fixed* in, Fixed* out,
                       Workspace& workspace) const {
  const auto count = out_each_ * index(images_);
  workspace.totals.resize(count);
  for (std::size_t i = 0; i < count; i += outputs_) {
    std::copy(bias_.begin(), bias_.end(),
              workspace.totals.begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (settings_.bit_serial) {
    quantise(in, workspace.inputs);
    for (int bit = 0; bit < reads_each(); ++bit) {
      take_bit(bit, workspace);
      read_blocks({bit, value_of_ * largest_code_, (1 << bit) / largest_code_}, chunk, workspace);
    }
  } else {
    quantise(in, workspace.codes);
    read_blocks({0, value_of_, 1.0}, chunk, workspace);
  }
  for (std::size_t i = 0; i < count; ++i) out[i] = saturated(workspace.totals[i]);
}

}  // namespace dwmtj
