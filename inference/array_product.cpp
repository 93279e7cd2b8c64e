// SPDX-License-Identifier: Apache-2.0
#include "inference/array_product.h"

#include <algorithm>
#include <cmath>

#include "common/index.h"
#include "common/vector_units.h"
#include "inference/normal_lanes.h"

namespace dwmtj {
namespace {

constexpr double kBoltzmann = 1.380649e-23;  // J/K, exact by definition
constexpr int kDigit = 2 * kLargestDigit;    // steps = high x kDigit + low

// To the nearest whole number, the even of two; plain arithmetic, so loops become vector code.
DWMTJ_INLINE double rounded(double x) {
  constexpr double kShift = 0x1.8p52;
  return (x + kShift) - kShift;
}

// What reading a column is made of.
struct Column {
  double value_of;  // steps to the network's units
  bool converts;
  bool compares;
  double low, high;  // of the converter
  double step, steps_each;
};

// sums -> values in the network's units, as read; then into steps of the digital unit.
DWMTJ_INLINE void read_columns(const Column& column, std::size_t count, const std::int32_t* high,
                               const std::int32_t* low, const double* noise, std::int64_t* total) {
  for (std::size_t i = 0; i < count; ++i) {
    double value = column.value_of * (static_cast<double>(high[i]) * kDigit + low[i]);
    if (noise != nullptr) value += noise[i];
    if (column.compares) value = value > 0 ? column.high : column.low;
    if (column.converts) {
      const double inside = std::min(std::max(value, column.low), column.high);
      value = column.low + column.step * rounded((inside - column.low) * column.steps_each);
    }
    total[i] += static_cast<std::int64_t>(rounded(value / Fixed::kStep));
  }
}

DWMTJ_AVX2 void read_avx2(const Column& column, std::size_t count, const std::int32_t* high,
                          const std::int32_t* low, const double* noise, std::int64_t* total) {
  read_columns(column, count, high, low, noise, total);
}

DWMTJ_AVX512 void read_avx512(const Column& column, std::size_t count, const std::int32_t* high,
                              const std::int32_t* low, const double* noise, std::int64_t* total) {
  read_columns(column, count, high, low, noise, total);
}

void read_any(const Column& column, std::size_t count, const std::int32_t* high,
              const std::int32_t* low, const double* noise, std::int64_t* total) {
  static const VectorUnit kUnit = widest_vector_unit();
  if (kUnit == VectorUnit::avx512) return read_avx512(column, count, high, low, noise, total);
  if (kUnit == VectorUnit::avx2) return read_avx2(column, count, high, low, noise, total);
  read_columns(column, count, high, low, noise, total);
}

double largest_code_of(const ReadSettings& settings, const LayerRange& range) {
  // One code of a signed input is its sign.
  return range.has_signed_input() ? (1 << (settings.input_bits - 1)) - 1
                                  : (1 << settings.input_bits) - 1;
}

double largest_input(const LayerRange& range) {
  const double largest = std::max(std::abs(range.input_low), std::abs(range.input_high));
  return largest > 0 ? largest : 1.0;
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
      largest_code_(largest_code_of(settings, range)),
      code_of_(largest_code_ / largest_input(range)),
      value_of_(what.weights.limit / steps_of_range(levels) / code_of_) {
  if (settings.read_noise > 0) {
    squares_ = std::make_unique<Convolution>(what.layer, images, ProductType::single);
  }
  const auto& tiling = what.tiling;
  for (std::int64_t split = 0; split < tiling.row_splits; ++split) {
    const auto first = split * tiling.block_rows;
    add_block(what, pairs, levels, first, std::min(tiling.block_rows, tiling.rows - first));
  }
  for (const auto bias : what.layer.weights.bias) bias_.push_back(to_fixed(bias).raw);
  bias_.resize(outputs_, 0);
  no_bias_.resize(outputs_, 0.0F);
}

// Weights of other rows are zero: arrays beside each other differ in columns alone, which makes no
// difference to a column.
void ArrayProduct::add_block(const LayerToWrite& what, const PairConductances& pairs,
                             const LevelSet& levels, std::int64_t first_row, std::int64_t rows) {
  const auto count = pairs.plus.size();
  const auto inputs = index(what.layer.weights.inputs);
  std::vector<std::int8_t> high(count, 0);
  std::vector<std::int8_t> low(count, 0);
  std::vector<float> variance(squares_ ? count : 0, 0.0F);
  const double in_steps = steps_of_range(levels) / levels.range();
  Block block;
  block.johnson.assign(outputs_, 0.0);
  for (std::size_t output = 0; output < outputs_; ++output) {
    for (auto row = index(first_row); row < index(first_row + rows); ++row) {
      const auto i = output * inputs + row;
      const double plus = pairs.plus[i];
      const double minus = pairs.minus[i];
      const auto steps = static_cast<int>(
          std::clamp(rounded((plus - minus) * in_steps), -double{kMostSteps}, double{kMostSteps}));
      const int digit = (steps + kLargestDigit + 64 * kDigit) / kDigit - 64;  // rounded down
      high[i] = static_cast<std::int8_t>(digit);
      low[i] = static_cast<std::int8_t>(steps - digit * kDigit);
      if (squares_)
        variance[i] = static_cast<float>((plus * plus + minus * minus) * in_steps * in_steps);
      block.johnson[output] += plus + minus;
    }
  }
  block.high = sums_.pack(high.data());
  block.low = sums_.pack(low.data());
  if (squares_) block.variance = squares_->pack(variance.data());
  if (settings_.johnson) {
    // Noise current over a read: 4 k T G in a band of 1 / (2 t), as a share of what an input of one
    // step drives.
    const double factor = 2 * kBoltzmann * in_si(settings_.temperature) /
                          in_si(settings_.read_time) / std::pow(in_si(settings_.voltage), 2) *
                          std::pow(in_steps * largest_code_ * value_of_, 2);
    for (auto& value : block.johnson) value *= factor;
  } else {
    block.johnson.assign(outputs_, 0.0);
  }
  blocks_.push_back(std::move(block));
}

void ArrayProduct::quantise(const Fixed* in, Workspace& workspace) const {
  const auto count = in_each_ * index(images_);
  workspace.codes.resize(count);
  const double factor = code_of_ * Fixed::kStep;
  const double lowest = range_.has_signed_input() ? -largest_code_ : 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double code = rounded(in[i].raw * factor);
    const auto inside = static_cast<int>(std::min(std::max(code, lowest), largest_code_));
    workspace.codes[i] = static_cast<std::uint8_t>(inside);  // of a signed one: its bits
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

void ArrayProduct::read(const Block& block, std::size_t number, const Chunk& chunk,
                        Workspace& workspace) const {
  const auto count = out_each_ * index(images_);
  workspace.high.resize(count);
  workspace.low.resize(count);
  sums_.run(workspace.codes.data(), block.high, nullptr, workspace.high.data(), workspace.library);
  sums_.run(workspace.codes.data(), block.low, nullptr, workspace.low.data(), workspace.library);
  if (squares_) {
    squares_->run(workspace.squares.data(), block.variance, no_bias_.data(),
                  workspace.variances.data(), workspace.library);
  }
  const double steps = (1 << settings_.converter_bits) - 1;
  const double width = range_.sum_high - range_.sum_low;
  const Column column{value_of_,
                      settings_.readout == Readout::converter,
                      settings_.readout == Readout::comparator,
                      range_.sum_low,
                      range_.sum_high,
                      width / steps,
                      steps / width};
  workspace.noise.resize(outputs_);
  const auto positions = out_each_ / outputs_;
  const double read_noise = std::pow(settings_.read_noise * value_of_, 2);
  for (std::size_t r = 0; r < positions * index(chunk.count); ++r) {
    const auto at = r * outputs_;
    if (is_noisy()) {
      const auto read = static_cast<std::uint32_t>(index(chunk.first) * positions + r);
      const auto first = (number_ << 40U) | (std::uint64_t{number} << 24U);
      fill_column_normals(settings_.seed, first, read, outputs_, workspace.noise.data());
      for (std::size_t c = 0; c < outputs_; ++c) {
        double variance = block.johnson[c];
        if (squares_) variance += read_noise * std::max(0.0F, workspace.variances[at + c]);
        workspace.noise[c] *= std::sqrt(variance);
      }
    }
    read_any(column, outputs_, &workspace.high[at], &workspace.low[at],
             is_noisy() ? workspace.noise.data() : nullptr, &workspace.totals[at]);
  }
}

void ArrayProduct::run(const Chunk& chunk, const Fixed* in, Fixed* out,
                       Workspace& workspace) const {
  quantise(in, workspace);
  if (squares_) square(workspace);
  const auto count = out_each_ * index(images_);
  workspace.totals.resize(count);
  for (std::size_t i = 0; i < count; i += outputs_) {
    std::copy(bias_.begin(), bias_.end(),
              workspace.totals.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (std::size_t b = 0; b < blocks_.size(); ++b) read(blocks_[b], b, chunk, workspace);
  for (std::size_t i = 0; i < count; ++i) out[i] = saturated(workspace.totals[i]);
}

}  // namespace dwmtj
