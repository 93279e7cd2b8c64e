// SPDX-License-Identifier: Apache-2.0
// Layers on arrays against plain loops in whole numbers and in double precision.
#include "inference/array_product.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "tests/inference/networks.h"

namespace dwmtj {
namespace {

constexpr int kInputs = 40;
constexpr int kOutputs = 6;
constexpr int kImages = 4;

LevelSet even(int count) {
  LevelSet levels{"even", 1e-3, 2e-3, {}, {0.0}, {}};
  for (int i = 0; i < count; ++i) levels.conductance.push_back(1e-3 + 1e-3 * i / (count - 1));
  return levels;
}

class ArrayProductTest : public testing::Test {
 protected:
  [[nodiscard]] LayerToWrite what() const {
    return {layer_, mapped_, tile_layer(layer_, {1, 1, rows_, 64, 1}), 0, 0};
  }
  [[nodiscard]] PairConductances ideal() const {
    WritingRecord statistics;
    return ideal_writer(levels_, {levels_, nullptr, {}}, 1)->write(what(), 0, statistics);
  }
  // The outputs of kImages images, `first` the number of the first.
  [[nodiscard]] std::vector<double> outputs(std::int64_t first = 0) const {
    const ArrayProduct product(what(), pairs_ ? *pairs_ : ideal(), levels_, kImages, range_,
                               settings_, 3);
    std::vector<Fixed> in;
    for (const auto x : inputs_) in.push_back(to_fixed(x));
    std::vector<Fixed> out(kImages * kOutputs);
    Workspace workspace;
    product.run({first, kImages}, in.data(), out.data(), workspace);
    std::vector<double> values;
    for (const auto x : out) values.push_back(to_double(x));
    return values;
  }
  [[nodiscard]] double code(double x) const {
    const double largest = range_.has_signed_input() ? 127 : 255;
    return std::clamp(std::nearbyint(to_double(to_fixed(x)) / range_.input_high * largest),
                      range_.has_signed_input() ? -largest : 0.0, largest);
  }
  [[nodiscard]] double weight(int output, int row) const {
    double share = 0;
    for (int d = 0; d < mapped_.digits(); ++d) {
      const auto pair = static_cast<std::size_t>((d * kOutputs + output) * kInputs + row);
      share += mapped_.worth[static_cast<std::size_t>(d)] * mapped_.share(levels_, pair);
    }
    return share * mapped_.limit;
  }
  void cut_into_digits() {  // 5 bits: two digits of four levels
    levels_ = even(4);
    mapped_ = map_weights(layer_, levels_, 100, WeightCells{5, 2, true});
  }
  // Rows first to last of an output, in the units of the network.
  [[nodiscard]] double sum(int image, int output, int first, int last) const {
    const double largest = range_.has_signed_input() ? 127 : 255;
    double total = 0;
    for (int i = first; i < last; ++i) {
      total += weight(output, i) * code(inputs_[static_cast<std::size_t>(image * kInputs + i)]) *
               range_.input_high / largest;
    }
    return total;
  }
  static std::vector<double> random_inputs(double low, double high) {
    std::mt19937 words(9);
    std::vector<double> inputs;
    for (int i = 0; i < kImages * kInputs; ++i) {
      inputs.push_back(low + (high - low) * static_cast<double>(words()) / 4294967296.0);
    }
    return inputs;
  }

  LevelSet levels_ = even(8);
  Layer layer_ = dense_layer(0, random_weights(kOutputs, kInputs, 5));
  MappedWeights mapped_ = map_weights(layer_, levels_, 100);
  std::vector<double> inputs_ = random_inputs(0, 2.2);  // some beyond the range
  LayerRange range_{0, 2, -20, 20, {}};
  ReadSettings settings_;
  int rows_ = 64;
  std::optional<PairConductances> pairs_;
};

TEST_F(ArrayProductTest, IsTheSumOfCodesTimesLevels) {
  const auto out = outputs();
  for (int n = 0; n < kImages; ++n) {
    for (int o = 0; o < kOutputs; ++o) {
      EXPECT_NEAR(out[static_cast<std::size_t>(n * kOutputs + o)], sum(n, o, 0, kInputs), 1e-5);
    }
  }
}

TEST_F(ArrayProductTest, TakesInputsOfBothSigns) {
  inputs_ = random_inputs(-2.1, 2.1);
  range_.input_low = -2;
  const auto out = outputs();
  for (int o = 0; o < kOutputs; ++o) {
    EXPECT_NEAR(out[static_cast<std::size_t>(o)], sum(0, o, 0, kInputs), 1e-5);
  }
}

TEST_F(ArrayProductTest, AddsTheBias) {
  const auto without = outputs();
  layer_.weights.bias = {1, -2, 0.5F, 0, 3, 4};
  const auto with = outputs();
  for (std::size_t o = 0; o < kOutputs; ++o)
    EXPECT_EQ(with[o] - without[o], layer_.weights.bias[o]);
}

// Blocks of 16, 16 and 8 rows: exact sums add up to the same, converted ones are rounded apart.
TEST_F(ArrayProductTest, ReadsBlocksApart) {
  const auto whole = outputs();
  rows_ = 16;
  const auto blocks = outputs();
  for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_NEAR(blocks[i], whole[i], 3 * 0x1p-16);
  settings_.readout = ColumnReadout::converter;
  settings_.converter_bits = 4;
  const double step = 40.0 / 15;
  const auto converted = outputs();
  for (int o = 0; o < kOutputs; ++o) {
    double total = 0;
    for (const auto& [first, last] : {std::pair{0, 16}, {16, 32}, {32, 40}}) {
      total += -20 + step * std::nearbyint((sum(0, o, first, last) + 20) / step);
    }
    EXPECT_NEAR(converted[static_cast<std::size_t>(o)], total, 1e-4);
  }
}

// The digital unit adds the digits; each is a step of it off at most.
TEST_F(ArrayProductTest, DigitsAddUpToTheWeight) {
  levels_ = even(16);
  mapped_ = map_weights(layer_, levels_, 100);
  const auto one_pair = outputs();
  cut_into_digits();
  for (const int rows : {64, 16}) {
    rows_ = rows;
    const auto out = outputs();
    for (int n = 0; n < kImages; ++n) {
      for (int o = 0; o < kOutputs; ++o) {
        const auto i = static_cast<std::size_t>(n * kOutputs + o);
        EXPECT_NEAR(out[i], sum(n, o, 0, kInputs), 4 * 0x1p-16);
        EXPECT_NEAR(out[i], one_pair[i], 4 * 0x1p-16);
      }
    }
  }
}

// A fixed range is that of all rows at the digit's worth.
TEST_F(ArrayProductTest, EachDigitIsConverted) {
  cut_into_digits();
  settings_.readout = ColumnReadout::converter;
  settings_.converter_range = ConverterRange::fixed;
  settings_.converter_bits = 4;
  const auto out = outputs();
  for (int o = 0; o < kOutputs; ++o) {
    double total = 0;
    for (int d = 0; d < 2; ++d) {
      const double worth = mapped_.worth[static_cast<std::size_t>(d)] * mapped_.limit;
      double sum = 0;
      for (int i = 0; i < kInputs; ++i) {
        const auto pair = static_cast<std::size_t>((d * kOutputs + o) * kInputs + i);
        sum += mapped_.share(levels_, pair) * worth * code(inputs_[static_cast<std::size_t>(i)]) *
               2 / 255;
      }
      const double most = kInputs * worth * 2;
      const double step = 2 * most / 15;
      total += -most + step * std::nearbyint((sum + most) / step);
    }
    EXPECT_NEAR(out[static_cast<std::size_t>(o)], total, 1e-4);
  }
}

// Each by its worth squared, and by draws of its own.
TEST_F(ArrayProductTest, EachDigitHasItsOwnReadNoise) {
  cut_into_digits();
  pairs_ = ideal();
  const auto exact = outputs();
  settings_.noise.relative = 0.02 * 0.02;
  constexpr int kReads = 2000;
  double squares = 0;
  for (int read = 0; read < kReads; ++read) {
    squares += std::pow(outputs(read * kImages)[0] - exact[0], 2) / kReads;
  }
  double variance = 0;
  for (std::size_t d = 0; d < 2; ++d) {
    for (std::size_t i = 0; i < kInputs; ++i) {
      const auto pair = d * kOutputs * kInputs + i;
      const double scale =
          mapped_.worth[d] * mapped_.limit / levels_.range() * code(inputs_[i]) / 255 * 2 * 0.02;
      variance +=
          scale * scale * (std::pow(pairs_->plus[pair], 2) + std::pow(pairs_->minus[pair], 2));
    }
  }
  EXPECT_NEAR(squares, variance, 4.5 * variance * std::sqrt(2.0 / kReads));
}

TEST_F(ArrayProductTest, ConvertersStopAtTheirEnds) {
  settings_.readout = ColumnReadout::converter;
  range_.sum_low = -0.25;
  range_.sum_high = 0.25;
  for (const auto value : outputs()) EXPECT_LE(std::abs(value), 0.25 + 1e-4);
}

TEST_F(ArrayProductTest, ComparatorsGiveOneOfTwo) {
  settings_.readout = ColumnReadout::comparator;
  const auto out = outputs();
  for (int o = 0; o < kOutputs; ++o) {
    EXPECT_EQ(out[static_cast<std::size_t>(o)], sum(0, o, 0, kInputs) > 0 ? 20 : -20);
  }
}

// Exact sums of bits add up to the sum of the whole, each rounded to a step of the digital unit.
TEST_F(ArrayProductTest, BitsAddUpToTheWhole) {
  for (const double low : {0.0, -2.0}) {
    inputs_ = random_inputs(1.1 * low, 2.2);
    range_.input_low = low;
    settings_.bit_serial = false;
    const auto whole = outputs();
    settings_.bit_serial = true;
    const auto bits = outputs();
    for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_NEAR(bits[i], whole[i], 5 * 0x1p-16);
  }
}

// Each bit's sum is converted by itself: 4 bits over the range, worked out in double precision.
TEST_F(ArrayProductTest, EachBitIsConverted) {
  settings_.bit_serial = true;
  settings_.readout = ColumnReadout::converter;
  settings_.converter_bits = 4;
  const auto out = outputs();
  const double step = 40.0 / 15;
  for (int o = 0; o < kOutputs; ++o) {
    double total = 0;
    for (int bit = 0; bit < 8; ++bit) {
      double sum = 0;
      for (int i = 0; i < kInputs; ++i) {
        const auto code_of_input = static_cast<int>(code(inputs_[static_cast<std::size_t>(i)]));
        sum += mapped_.share(levels_, static_cast<std::size_t>(o * kInputs + i)) * mapped_.limit *
               ((code_of_input >> bit) & 1) * range_.input_high;
      }
      total += (-20 + step * std::nearbyint((sum + 20) / step)) * (1 << bit) / 255;
    }
    EXPECT_NEAR(out[static_cast<std::size_t>(o)], total, 2e-4);
  }
}

// As independent draws weighted by 2^bit: for inputs at full drive all bits have one variance.
TEST_F(ArrayProductTest, EachBitDrawsItsOwnNoise) {
  inputs_.assign(inputs_.size(), 2.0);
  const auto exact = outputs();
  settings_.noise.relative = 0.02 * 0.02;
  const auto variance_of = [&](bool serial) {
    settings_.bit_serial = serial;
    double variance = 0;
    constexpr int kReads = 2000;
    for (int read = 0; read < kReads; ++read) {
      variance += std::pow(outputs(read * kImages)[0] - exact[0], 2) / kReads;
    }
    return variance;
  };
  // 1/255^2 sum of 4^bit over 8 bits.
  EXPECT_NEAR(variance_of(true) / variance_of(false), 21845.0 / 65025.0,
              0.336 * 6 * std::sqrt(2.0 / 2000));
}

TEST_F(ArrayProductTest, EachColumnHasItsOwnConverter) {
  settings_.readout = ColumnReadout::converter;
  settings_.converter_range = ConverterRange::column;
  rows_ = 20;
  for (int i = 0; i < 2 * kOutputs; ++i) range_.columns.push_back({-0.01 * i, 0.01 * (i + 1)});
  const auto out = outputs();
  for (int o = 0; o < kOutputs; ++o) {
    EXPECT_GE(out[static_cast<std::size_t>(o)], -0.01 * (2 * o + kOutputs) - 1e-4);
    EXPECT_LE(out[static_cast<std::size_t>(o)], 0.01 * (2 * o + kOutputs + 2) + 1e-4);
  }
}

// 40 rows of at most the limit at 2: ends that nothing reaches, so steps of that width.
TEST_F(ArrayProductTest, AFixedRangeIsThatOfAllRows) {
  const auto exact = outputs();
  settings_.readout = ColumnReadout::converter;
  settings_.converter_range = ConverterRange::fixed;
  const double most = kInputs * mapped_.limit * 2;
  const auto out = outputs();
  double worst = 0;
  for (std::size_t i = 0; i < out.size(); ++i) worst = std::max(worst, std::abs(out[i] - exact[i]));
  EXPECT_LE(worst, most / 255 + 1e-4);
  EXPECT_GT(worst, most / 255 / 4);
}

// One normal a column against what each device by itself would do: the variances agree.
TEST_F(ArrayProductTest, ReadNoiseHasTheVarianceOfAllDevices) {
  pairs_ = ideal();
  const auto exact = outputs();
  settings_.noise.relative = 0.02 * 0.02;
  constexpr int kReads = 3000;
  std::vector<double> squares(exact.size(), 0.0);
  for (int read = 0; read < kReads; ++read) {
    const auto noisy = outputs(read * kImages);
    for (std::size_t i = 0; i < exact.size(); ++i) {
      squares[i] += (noisy[i] - exact[i]) * (noisy[i] - exact[i]) / kReads;
    }
  }
  std::mt19937_64 words(3);
  std::normal_distribution<double> normal;
  for (int o = 0; o < kOutputs; ++o) {
    double variance = 0;
    for (int i = 0; i < kInputs; ++i) {
      const auto w = static_cast<std::size_t>(o * kInputs + i);
      const double x = code(inputs_[static_cast<std::size_t>(i)]) / 255 * 2;
      const double scale = mapped_.limit / levels_.range() * x * 0.02;
      variance += scale * scale * (std::pow(pairs_->plus[w], 2) + std::pow(pairs_->minus[w], 2));
    }
    // Drawn device by device, and in closed form.
    double drawn = 0;
    for (int read = 0; read < kReads; ++read) {
      double error = 0;
      for (int i = 0; i < kInputs; ++i) {
        const auto w = static_cast<std::size_t>(o * kInputs + i);
        const double x = code(inputs_[static_cast<std::size_t>(i)]) / 255 * 2;
        error += mapped_.limit / levels_.range() * x * 0.02 *
                 (pairs_->plus[w] * normal(words) - pairs_->minus[w] * normal(words));
      }
      drawn += error * error / kReads;
    }
    const double tolerance = 4.5 * variance * std::sqrt(2.0 / kReads);
    EXPECT_NEAR(squares[static_cast<std::size_t>(o)], variance, tolerance);
    EXPECT_NEAR(drawn, variance, tolerance);
  }
}

// 4 k T G over 2 t at 0.1 mV: for 80 devices of 1 to 2 mS and 1 kohm that senses, whatever the
// inputs.
TEST_F(ArrayProductTest, JohnsonNoiseFollowsConductanceAndTime) {
  pairs_ = ideal();
  inputs_.assign(inputs_.size(), 0.0);
  settings_.noise.thermal = 2 * 1.380649e-23 * 300 / 5e-9 / std::pow(1e-4, 2);
  settings_.noise.sense = 1e-3;
  double conductance = 1e-3;
  for (std::size_t i = 0; i < kInputs; ++i)
    conductance += double{pairs_->plus[i]} + pairs_->minus[i];
  const double current = 2 * 1.380649e-23 * 300 * conductance / 5e-9;
  const double expected =
      current * std::pow(mapped_.limit / levels_.range() / 1e-4 * range_.input_high, 2);
  constexpr int kReads = 3000;
  double variance = 0;
  for (int read = 0; read < kReads; ++read) {
    variance += std::pow(outputs(read * kImages)[0], 2) / kReads;
  }
  EXPECT_NEAR(variance, expected, 4.5 * expected * std::sqrt(2.0 / kReads));
}

TEST(StepsOfRange, AreAWholeNumberALevel) {
  EXPECT_EQ(steps_of_range(even(16)), 273 * 15);
  EXPECT_EQ(steps_of_range(even(128)), 32 * 127);
  EXPECT_EQ(steps_of_range({"any", 1, 2, {}, {0.0}, {}}), 4096);
}

}  // namespace
}  // namespace dwmtj
