// SPDX-License-Identifier: Apache-2.0
// The sequences call by call: which circuits take part, in which order, for every command.
#include "tile/tile_sequences.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "common/random_stream.h"

namespace dwmtj {
namespace {

using Columns = std::vector<std::int16_t>;
using Calls = std::vector<std::string>;

std::string listed(const Columns& values) {
  std::string text;
  for (const auto value : values) text += " " + std::to_string(value);
  return text;
}

// One row of ideal devices that keeps a record; checks what every implementation may rely on.
class RecordedCircuits : public TileCircuits {
 public:
  RecordedCircuits(const std::string& tile, int levels, std::vector<int> start)
      : sites(std::move(start)),
        levels_(levels),
        parameters_(TileParameters::load(find_tile(tile))) {
    parameters_.verify.first_codes.assign(static_cast<std::size_t>(levels), 100);
  }

  [[nodiscard]] const TileParameters& parameters() const override { return parameters_; }
  VerifyParameters& verify() { return parameters_.verify; }
  UpdateParameters& update() { return parameters_.update; }
  [[nodiscard]] int rows() const override { return 3; }
  [[nodiscard]] int columns() const override { return static_cast<int>(sites.size()); }
  [[nodiscard]] int levels() const override { return levels_; }

  void spend(ControllerState state, int cycles) override {
    calls.push_back(std::string(name_of(state)) + " " + std::to_string(cycles));
  }
  void select(std::uint32_t row, Side side) override {
    calls.push_back("select " + std::to_string(row) + " " + name_of(side));
  }
  void bias(Direction direction) override {
    field_ = static_cast<int>(direction);
    calls.push_back(field_ > 0 ? "bias +" : "bias -");
  }
  void pulse(const Columns& codes, DriverGain gain) override {
    calls.push_back((gain == DriverGain::asymmetry ? "update" : "pulse") + listed(codes));
    ASSERT_EQ(codes.size(), sites.size());
    EXPECT_TRUE(std::any_of(codes.begin(), codes.end(), [](int code) { return code != 0; }));
    for (std::size_t c = 0; c < codes.size(); ++c) {
      EXPECT_GE(codes[c] * field_, 0) << "a pulse against the field of the last bias()";
      move(sites[c], codes[c]);
    }
  }
  void begin_reading() override { ++readings; }
  void compare(const Columns& references, std::vector<std::uint8_t>& above) override {
    calls.push_back("compare" + listed(references));
    ++comparisons;
    bool any = false;
    for (std::size_t c = 0; c < references.size(); ++c) {
      if (references[c] == kNoReference) continue;
      any = true;
      EXPECT_GE(references[c], 0);
      EXPECT_LT(references[c], levels_ - 1);
      above[c] = sites[c] > references[c] ? 1 : 0;
    }
    EXPECT_TRUE(any) << "a comparison that no column takes part in";
  }
  void drive_rows(const Columns& inputs) override { calls.push_back("drive" + listed(inputs)); }
  void compare_sums(const Columns& references, std::vector<std::uint8_t>& above) override {
    calls.push_back("sums" + listed(references));
    for (std::size_t c = 0; c < above.size(); ++c) above[c] = sums[c] > references[c] ? 1 : 0;
  }
  void release_rows() override { calls.emplace_back("release"); }

  std::vector<double> sums;  // in codes of the reference
  std::vector<int> sites;
  Calls calls;
  int comparisons = 0;
  int readings = 0;

 protected:
  // The reset goes all the way; from code 104 on, a pulse moves one or two sites.
  virtual void move(int& site, int code) {
    const bool all_the_way = code == -parameters_.verify.reset_code;
    if (all_the_way && parameters_.verify.strategy == VerifyStrategy::step_and_reset) {
      site = 0;
    } else if (std::abs(code) >= 104) {
      const int far = 1 + static_cast<int>(draw(1, Stream::stimulus, 0, drawn_++).words[0] % 2);
      site = std::clamp(site + (code > 0 ? far : -far), 0, levels_ - 1);
    }
  }

 private:
  int levels_;
  TileParameters parameters_;
  int field_ = 0;
  std::uint32_t drawn_ = 0;
};

// Any forward pulse moves one level up, any reverse one to the first.
class IdealCircuits : public RecordedCircuits {
 public:
  using RecordedCircuits::RecordedCircuits;

 protected:
  void move(int& site, int code) override {
    if (code > 0) site = std::min(site + 1, levels() - 1);
    if (code < 0) site = 0;
  }
};

int folds(int levels) {
  int rounds = 0;
  while ((1 << rounds) < levels) ++rounds;
  return rounds;
}

TEST(TileSequences, ReadFindsEveryLevelOfEveryLadder) {
  for (int levels = 2; levels <= 33; ++levels) {
    std::vector<int> sites;
    for (int level = 0; level < levels; ++level) sites.push_back(level);
    RecordedCircuits circuits("trapezoidal", levels, sites);
    const auto result = execute({TileOp::read, 1, Side::minus, {}}, circuits);
    EXPECT_EQ(result.status, TileStatus::ok);
    EXPECT_EQ(std::vector<int>(result.data.begin(), result.data.end()), sites);
    EXPECT_EQ(circuits.comparisons, folds(levels)) << levels;
    EXPECT_EQ(circuits.calls[0], "decode 1");
    EXPECT_EQ(circuits.calls[1], "select 1 minus");
  }
}

// Alone, a level may be found a comparison earlier where the ladder is no power of two.
TEST(TileSequences, ReadOfOneDeviceNeverTakesLonger) {
  for (int levels = 2; levels <= 33; ++levels) {
    for (int level = 0; level < levels; ++level) {
      RecordedCircuits circuits("trapezoidal", levels, {level});
      EXPECT_EQ(execute({TileOp::read, 0, Side::plus, {0}}, circuits).data,
                Columns{static_cast<std::int16_t>(level)});
      EXPECT_LE(circuits.comparisons, folds(levels));
      EXPECT_GE(circuits.comparisons, folds(levels) - 1);
    }
  }
}

TEST(TileSequences, ReadLeavesSkippedColumnsAlone) {
  RecordedCircuits circuits("trapezoidal", 4, {1, 2, 3});
  const auto result = execute({TileOp::read, 0, Side::plus, {0, kSkip, 0}}, circuits);
  EXPECT_EQ(result.data, (Columns{1, kSkip, 3}));
  EXPECT_EQ(circuits.calls,
            (Calls{"decode 1", "select 0 plus", "compare 1 -1 1", "compare 0 -1 2"}));
}

TEST(TileSequences, ReadOfNoColumnAnswersWithSkips) {
  RecordedCircuits circuits("trapezoidal", 4, {1, 2});
  const auto result = execute({TileOp::read, 0, Side::plus, {kSkip, kSkip}}, circuits);
  EXPECT_EQ(circuits.comparisons, 0);
  EXPECT_EQ(result.data, (Columns{kSkip, kSkip}));
}

TEST(TileSequences, UpdateAndPulseGoForwardThenReverse) {
  RecordedCircuits circuits("trapezoidal", 4, {1, 1, 1, 1});
  EXPECT_EQ(execute({TileOp::update, 2, Side::plus, {-1, 1, kSkip, 0}}, circuits).status,
            TileStatus::ok);
  EXPECT_EQ(circuits.calls, (Calls{"decode 1", "select 2 plus", "bias +", "update 0 124 0 0",
                                   "bias -", "pulse -124 0 0 0"}));
  circuits.calls.clear();
  execute({TileOp::pulse, 0, Side::minus, {-255, 255, kSkip, 0}}, circuits);
  EXPECT_EQ(circuits.calls, (Calls{"decode 1", "select 0 minus", "bias +", "pulse 0 255 0 0",
                                   "bias -", "pulse -255 0 0 0"}));
}

TEST(TileSequences, UpdateHasACodeForEachDirection) {
  RecordedCircuits circuits("trapezoidal", 4, {1, 1, 1});
  circuits.update() = {70, 30};
  execute({TileOp::update, 2, Side::plus, {-1, 1, 0}}, circuits);
  EXPECT_EQ(circuits.calls, (Calls{"decode 1", "select 2 plus", "bias +", "update 0 70 0", "bias -",
                                   "pulse -30 0 0"}));
}

TEST(TileSequences, OneDirectionNeedsOneField) {
  RecordedCircuits circuits("trapezoidal", 4, {1, 1});
  execute({TileOp::update, 0, Side::plus, {-1, -1}}, circuits);
  EXPECT_EQ(circuits.calls, (Calls{"decode 1", "select 0 plus", "bias -", "pulse -124 -124"}));
}

TEST(TileSequences, NothingToDoIsOnlySelected) {
  RecordedCircuits circuits("trapezoidal", 4, {1, 1});
  const Calls only_selected = {"decode 1", "select 0 plus"};
  for (const auto op : {TileOp::reset, TileOp::pulse, TileOp::update, TileOp::read}) {
    circuits.calls.clear();
    EXPECT_EQ(execute({op, 0, Side::plus, {kSkip, kSkip}}, circuits).status, TileStatus::ok);
    EXPECT_EQ(circuits.calls, only_selected) << name_of(op);
  }
  circuits.calls.clear();
  const auto result = execute({TileOp::program, 0, Side::plus, {kSkip, kSkip}}, circuits);
  EXPECT_EQ(circuits.calls, (Calls{"decode 1", "select 0 plus", "verify 1"}));
  EXPECT_EQ(result.attempts, (std::vector<std::uint16_t>{0, 0}));
}

TEST(TileSequences, ResetOfAWholeRow) {
  RecordedCircuits circuits("trapezoidal", 4, {3, 2, 0});
  execute({TileOp::reset, 0, Side::plus, {}}, circuits);
  EXPECT_EQ(circuits.calls, (Calls{"decode 1", "select 0 plus", "bias -", "pulse -159 -159 -159"}));
  EXPECT_EQ(circuits.sites, (std::vector<int>{0, 0, 0}));
}

TEST(TileSequences, ResetOfSomeColumns) {
  RecordedCircuits circuits("trapezoidal", 4, {3, 2, 1});
  execute({TileOp::reset, 0, Side::plus, {0, kSkip, 0}}, circuits);
  EXPECT_EQ(circuits.calls.back(), "pulse -159 0 -159");
  EXPECT_EQ(circuits.sites, (std::vector<int>{0, 2, 0}));
}

TEST(TileSequences, ProgramOfIdealDevices) {
  IdealCircuits circuits("trapezoidal", 4, {3, 0, 2, 1, 3});
  const auto result = execute({TileOp::program, 0, Side::plus, {1, 3, 2, kSkip, 0}}, circuits);
  EXPECT_EQ(result.status, TileStatus::ok);
  EXPECT_EQ(circuits.sites, (std::vector<int>{1, 3, 2, 1, 0}));
  EXPECT_EQ(result.pulses, (std::vector<std::uint16_t>{2, 3, 0, 0, 1}));
  EXPECT_EQ(result.attempts, (std::vector<std::uint16_t>{1, 1, 1, 0, 1}));
}

// Noise is drawn once for the comparisons of a read, and once for those of each verify.
TEST(TileSequences, ReadingsAreReadsAndVerifies) {
  RecordedCircuits reads("straight", 5, {0, 1, 2, 3, 4});
  execute({TileOp::read, 0, Side::plus, {}}, reads);
  EXPECT_EQ(reads.comparisons, 3);
  EXPECT_EQ(reads.readings, 1);
  IdealCircuits programs("trapezoidal", 4, {0});
  execute({TileOp::program, 0, Side::plus, {2}}, programs);
  EXPECT_EQ(programs.readings, 3);  // before the first pulse, and after each of two
}

TEST(TileSequences, MultiplyDrivesRowsAndSelectsNone) {
  RecordedCircuits circuits("trapezoidal", 4, {0, 0});
  circuits.sums = {1, -1};
  const auto result = execute({TileOp::multiply, 77, Side::plus, {1, kSkip, -1}}, circuits);
  EXPECT_EQ(result.data, (Columns{1, -1}));
  EXPECT_EQ(circuits.calls, (Calls{"decode 1", "drive 1 0 -1", "sums 0 0", "release"}));
}

// The reference has 8 bits: a code of the result is 32 of its own.
TEST(TileSequences, MultiplyInThreeBitsTakesThreeDecisions) {
  RecordedCircuits circuits("trapezoidal", 4, {0, 0, 0, 0});
  circuits.sums = {33, -1, 1000, -1000};
  const auto result = execute({TileOp::multiply, 0, Side::plus, {1, 1, 1}, 3}, circuits);
  EXPECT_EQ(result.data, (Columns{1, -1, 3, -4}));
  EXPECT_EQ(circuits.calls, (Calls{"decode 1", "drive 1 1 1", "sums 0 0 0 0", "sums 64 -64 64 -64",
                                   "sums 32 -32 96 -96", "release"}));
}

TEST(TileSequences, ProgramReachesEveryTargetWithBothStrategies) {
  for (const char* const tile : {"trapezoidal", "straight"}) {
    for (const int levels : {2, 4, 5, 33}) {
      std::vector<int> start;
      Columns targets;
      for (int i = 0; i < levels * levels; ++i) {
        start.push_back(i / levels);
        targets.push_back(static_cast<std::int16_t>(i % 7 == 6 ? kSkip : i % levels));
      }
      RecordedCircuits circuits(tile, levels, start);
      const auto result = execute({TileOp::program, 0, Side::plus, targets}, circuits);
      const auto most = circuits.parameters().verify;
      for (std::size_t c = 0; c < targets.size(); ++c) {
        if (targets[c] == kSkip) {
          EXPECT_EQ(circuits.sites[c], start[c]);
          EXPECT_EQ(result.pulses[c] + result.attempts[c] + result.data[c], 0);
          continue;
        }
        EXPECT_TRUE(circuits.sites[c] == targets[c] || result.data[c] == 1) << tile << " " << c;
        EXPECT_LE(result.pulses[c], most.pulses);
        EXPECT_LE(result.attempts[c], most.attempts);
      }
      const bool any = std::count(result.data.begin(), result.data.end(), 1) > 0;
      EXPECT_EQ(result.status, any ? TileStatus::flagged : TileStatus::ok);
      EXPECT_TRUE(!any || levels > 5) << tile << " " << levels;
    }
  }
}

TEST(TileSequences, ProgramOfAPulseOutOfReachIsFlagged) {
  RecordedCircuits circuits("straight", 4, {0, 2});
  // No code of the run reaches 104, from where on a device moves.
  auto& verify = circuits.verify();
  verify.last_code = 103;
  verify.pulses = 12;
  const auto result = execute({TileOp::program, 0, Side::plus, {2, 2}}, circuits);
  EXPECT_EQ(result.status, TileStatus::flagged);
  EXPECT_EQ(result.data, (Columns{1, 0}));
  EXPECT_EQ(result.pulses, (std::vector<std::uint16_t>{12, 0}));
}

TEST(TileSequences, IllegalCommandsCallNothingButDecode) {
  const std::vector<std::pair<TileCommand, TileStatus>> cases = {
      {{TileOp::count_of_ops, 0, Side::plus, {}}, TileStatus::illegal_op},
      {{static_cast<TileOp>(255), 0, Side::plus, {}}, TileStatus::illegal_op},
      {{TileOp::reset, 3, Side::plus, {}}, TileStatus::row_out_of_range},
      {{TileOp::read, 0xffffffffU, Side::plus, {}}, TileStatus::row_out_of_range},
      {{TileOp::pulse, 0, Side::plus, {}}, TileStatus::wrong_length},
      {{TileOp::program, 0, Side::plus, {0}}, TileStatus::wrong_length},
      {{TileOp::update, 0, Side::plus, {0, 0, 0}}, TileStatus::wrong_length},
      {{TileOp::reset, 0, Side::plus, {0}}, TileStatus::wrong_length},
      {{TileOp::multiply, 0, Side::plus, {0, 0}}, TileStatus::wrong_length},
      {{TileOp::pulse, 0, Side::plus, {0, 256}}, TileStatus::wrong_value},
      {{TileOp::pulse, 0, Side::plus, {-256, 0}}, TileStatus::wrong_value},
      {{TileOp::program, 0, Side::plus, {0, 4}}, TileStatus::wrong_value},
      {{TileOp::program, 0, Side::plus, {-1, 0}}, TileStatus::wrong_value},
      {{TileOp::update, 0, Side::plus, {2, 0}}, TileStatus::wrong_value},
      {{TileOp::read, 0, Side::plus, {0, 1}}, TileStatus::wrong_value},
      {{TileOp::reset, 0, Side::plus, {-1, 0}}, TileStatus::wrong_value},
      {{TileOp::multiply, 0, Side::plus, {0, -2, 0}}, TileStatus::wrong_value},
      {{TileOp::multiply, 0, Side::plus, {0, 0, 0}, 0}, TileStatus::wrong_bits},
      {{TileOp::multiply, 0, Side::plus, {0, 0, 0}, 9}, TileStatus::wrong_bits}};
  for (const auto& [command, status] : cases) {
    RecordedCircuits circuits("trapezoidal", 4, {1, 2});
    EXPECT_EQ(check(command, circuits), status) << command;
    const auto result = execute(command, circuits);
    EXPECT_EQ(result.status, status) << command;
    EXPECT_TRUE(result.data.empty()) << command;
    EXPECT_EQ(circuits.calls, Calls{"decode 1"}) << command;
    EXPECT_EQ(circuits.sites, (std::vector<int>{1, 2})) << command;
  }
}

}  // namespace
}  // namespace dwmtj
