// SPDX-License-Identifier: Apache-2.0
// The sequences over circuits that only write down what is asked of them.
#include "tile/tile_sequences.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

// Ideal devices of `levels` levels; forward pulses move one level up, reverse ones to the first.
class FakeCircuits : public TileCircuits {
 public:
  FakeCircuits(int columns, int levels)
      : levels_(levels), sites(static_cast<std::size_t>(columns), 0) {
    parameters_ = TileParameters::load(find_tile("trapezoidal"));
    parameters_.verify.first_codes.assign(static_cast<std::size_t>(levels), 10);
  }

  [[nodiscard]] const TileParameters& parameters() const override { return parameters_; }
  [[nodiscard]] int rows() const override { return 4; }
  [[nodiscard]] int columns() const override { return static_cast<int>(sites.size()); }
  [[nodiscard]] int levels() const override { return levels_; }
  void spend(ControllerState state, int cycles) override {
    calls.push_back(std::string(name_of(state)) + " " + std::to_string(cycles));
  }
  void select(std::uint32_t row, Side side) override {
    calls.push_back("select " + std::to_string(row) + " " + name_of(side));
  }
  void bias(Direction direction) override {
    calls.push_back(direction == Direction::forward ? "bias forward" : "bias reverse");
  }
  void pulse(const std::vector<std::int16_t>& codes) override {
    std::string call = "pulse";
    for (std::size_t c = 0; c < codes.size(); ++c) {
      call += " " + std::to_string(codes[c]);
      if (codes[c] > 0) sites[c] = std::min(sites[c] + 1, levels_ - 1);
      if (codes[c] < 0) sites[c] = 0;
    }
    calls.push_back(call);
  }
  void compare(const std::vector<std::int16_t>& references,
               std::vector<std::uint8_t>& above) override {
    ++comparisons;
    for (std::size_t c = 0; c < references.size(); ++c) {
      if (references[c] != kNoReference) above[c] = sites[c] > references[c] ? 1 : 0;
    }
  }
  void compare_sums(const std::vector<std::int16_t>& inputs,
                    std::vector<std::uint8_t>& positive) override {
    for (std::size_t c = 0; c < positive.size(); ++c) positive[c] = inputs[c % inputs.size()] > 0;
  }

 private:
  TileParameters parameters_;
  int levels_;

 public:
  std::vector<int> sites;
  std::vector<std::string> calls;
  int comparisons = 0;
};

using Calls = std::vector<std::string>;

TEST(Read, IsABinarySearchOfTheLeastLength) {
  for (int levels = 2; levels <= 33; ++levels) {
    FakeCircuits circuits(levels, levels);
    for (int i = 0; i < levels; ++i) circuits.sites[static_cast<std::size_t>(i)] = i;
    const auto result = execute({TileOp::read, 0, Side::plus, {}}, circuits);
    for (int i = 0; i < levels; ++i) EXPECT_EQ(result.data[static_cast<std::size_t>(i)], i);
    int needed = 0;
    while ((1 << needed) < levels) ++needed;
    EXPECT_EQ(circuits.comparisons, needed) << levels << " levels";
  }
}

TEST(Read, OfNoColumnComparesNothing) {
  FakeCircuits circuits(2, 4);
  const auto result = execute({TileOp::read, 0, Side::plus, {kSkip, kSkip}}, circuits);
  EXPECT_EQ(circuits.comparisons, 0);
  EXPECT_EQ(result.data, (std::vector<std::int16_t>{kSkip, kSkip}));
}

TEST(Update, PulsesForwardFirstEachUnderItsField) {
  FakeCircuits circuits(4, 4);
  execute({TileOp::update, 2, Side::minus, {1, -1, 0, kSkip}}, circuits);
  EXPECT_EQ(circuits.calls, (Calls{"decode 1", "select 2 minus", "bias forward", "pulse 124 0 0 0",
                                   "bias reverse", "pulse 0 -124 0 0"}));
}

TEST(Reset, PulsesOnlyTheColumnsThatAreMeant) {
  FakeCircuits circuits(3, 4);
  execute({TileOp::reset, 0, Side::plus, {0, kSkip, 0}}, circuits);
  EXPECT_EQ(circuits.calls.back(), "pulse -159 0 -159");
}

TEST(Program, BringsEveryColumnToItsLevel) {
  FakeCircuits circuits(5, 4);
  circuits.sites = {3, 0, 2, 1, 3};
  const auto result = execute({TileOp::program, 0, Side::plus, {1, 3, 2, kSkip, 0}}, circuits);
  EXPECT_EQ(result.status, TileStatus::ok);
  EXPECT_EQ(circuits.sites, (std::vector<int>{1, 3, 2, 1, 0}));
  EXPECT_EQ(result.pulses, (std::vector<std::uint16_t>{2, 3, 0, 0, 1}));
  EXPECT_EQ(result.attempts, (std::vector<std::uint16_t>{1, 1, 1, 0, 1}));
}

TEST(Multiply, AnswersASignAColumn) {
  FakeCircuits circuits(4, 4);
  const auto result = execute({TileOp::multiply, 0, Side::plus, {1, -1, 1, kSkip}}, circuits);
  EXPECT_EQ(result.data, (std::vector<std::int16_t>{1, -1, 1, -1}));
}

TEST(WrongCommand, CostsADecodeAndTouchesNothing) {
  const std::vector<std::pair<TileCommand, TileStatus>> cases = {
      {{TileOp::count_of_ops, 0, Side::plus, {}}, TileStatus::illegal_op},
      {{TileOp::read, 4, Side::plus, {}}, TileStatus::row_out_of_range},
      {{TileOp::update, 0, Side::plus, {}}, TileStatus::wrong_length},
      {{TileOp::update, 0, Side::plus, {2, 0}}, TileStatus::wrong_value},
      {{TileOp::program, 0, Side::plus, {4, 0}}, TileStatus::wrong_value},
      {{TileOp::pulse, 0, Side::plus, {0, 256}}, TileStatus::wrong_value},
      {{TileOp::read, 0, Side::plus, {0, 1}}, TileStatus::wrong_value},
      {{TileOp::multiply, 9, Side::plus, {0, 0}}, TileStatus::wrong_length}};
  for (const auto& [command, status] : cases) {
    FakeCircuits circuits(2, 4);
    EXPECT_EQ(execute(command, circuits).status, status) << command;
    EXPECT_EQ(circuits.calls, (Calls{"decode 1"})) << command;
  }
}

}  // namespace
}  // namespace dwmtj
