// SPDX-License-Identifier: Apache-2.0
#include "learning/device_synapses.h"

#include <cmath>
#include <numeric>
#include <sstream>

#include <gtest/gtest.h>

#include "devices/retention.h"
#include "learning/perceptron.h"
#include "learning/tile_prices.h"
#include "tests/learning/small_data.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

const TileParameters& tile(const std::string& name) {
  static const TileParameters kTrapezoid = TileParameters::load(find_tile("trapezoidal"));
  static const TileParameters kStraight = TileParameters::load(find_tile("straight"));
  return name == "straight" ? kStraight : kTrapezoid;
}

const CodeTable& codes(const std::string& name, CodeChoice choice = CodeChoice::site) {
  static std::map<std::pair<std::string, CodeChoice>, CodeTable> tables;
  const auto known = tables.find({name, choice});
  if (known != tables.end()) return known->second;
  return tables
      .emplace(std::make_pair(name, choice),
               CodeTable(test::catalog_model(name), tile(name), choice))
      .first->second;
}

PairKind kind(const WritePolicy& policy, const std::string& name = "trapezoidal") {
  return {test::catalog_model(name), tile(name), policy, codes(name, policy.codes)};
}

TEST(CodeTable, MeetsAWantedChanceWithinAFactorOfTwo) {
  const auto& table = codes("trapezoidal");
  for (int site = 0; site < 3; ++site) {
    for (const float wanted : {1e-4F, 1e-3F, 1e-2F, 0.1F, 0.5F}) {
      const int code = table.code_for(site, Direction::forward, wanted);
      const double ratio = table.chance(site, Direction::forward, code) / double{wanted};
      EXPECT_GT(ratio, 0.4) << site << ' ' << wanted;
      EXPECT_LT(ratio, 2.5) << site << ' ' << wanted;
    }
  }
}

// Certainty can be had by many: the least of them costs least.
TEST(CodeTable, OfEqualChancesTheLeastCodeIsTaken) {
  for (const std::string name : {"trapezoidal", "straight"}) {
    const auto& table = codes(name);
    for (const float wanted : {1.0F, 0.5F, 1e-3F}) {
      const int code = table.code_for(0, Direction::forward, wanted);
      for (int less = 1; less < code; ++less) {
        EXPECT_NE(table.chance(0, Direction::forward, less),
                  table.chance(0, Direction::forward, code))
            << name << ' ' << less;
      }
    }
  }
}

TEST(CodeTable, TrapezoidHopsOnceWithAllButCertaintyAndStraightDoesNot) {
  for (int site = 0; site < 3; ++site) {
    EXPECT_GT(codes("trapezoidal").hop(site, Direction::forward).chance, 0.995);
  }
  EXPECT_LT(codes("straight").hop(0, Direction::forward).chance, 0.5);
  EXPECT_EQ(codes("trapezoidal").hop(3, Direction::forward).code, 0);  // there is no next site
}

// The start's pulse does nothing at n2: one amplitude for all has to be chosen for the mean.
TEST(CodeTable, HasOneHopCodeForAllSitesWhereNobodyLooks) {
  const auto& mean = codes("trapezoidal", CodeChoice::mean);
  const auto& first = codes("trapezoidal", CodeChoice::first);
  for (int site = 0; site < 3; ++site) {
    EXPECT_EQ(mean.hop(site, Direction::forward).code, mean.hop(0, Direction::forward).code);
    EXPECT_EQ(first.hop(site, Direction::forward).code, first.hop(0, Direction::forward).code);
  }
  EXPECT_GT(first.hop(0, Direction::forward).chance, 0.995);
  EXPECT_LT(first.hop(1, Direction::forward).chance, 0.01);
  EXPECT_LT(mean.hop(0, Direction::forward).chance + mean.hop(1, Direction::forward).chance +
                mean.hop(2, Direction::forward).chance,
            2.9);
}

// The kind's chances are the mean over its devices, each with a critical current of its own.
TEST(CodeTable, IsOfTheKindWhereDevicesDiffer) {
  auto varied = test::catalog_model("trapezoidal").parameters();
  varied.variation.critical_current = 0.05;
  varied.variation.classes = 3;
  const DeviceModel model(varied);
  const CodeTable table(model, tile("trapezoidal"), CodeChoice::site);
  const DriverLaw driver(tile("trapezoidal").driver, varied);
  double mean = 0.0;
  for (const double value : class_values(3)) {
    auto one = test::catalog_model("trapezoidal").parameters();
    one.pinning.critical_line_current *= 1.0 + 0.05 * value;
    mean += DeviceModel(one).table(driver.pulse(100)).probability(1, 1) / 3.0;
  }
  EXPECT_NEAR(table.chance(1, Direction::forward, 100), 1.0 - mean, 1e-12);
  // A code in the middle of where devices hop once, not at the edge.
  EXPECT_GT(table.hop(0, Direction::forward).chance, 0.99);
  EXPECT_LT(table.hop(1, Direction::forward).chance,
            codes("trapezoidal").hop(1, Direction::forward).chance);
}

// One drive for all sites of the graded track moves walls with the factor of Eq. 1, both ways, at
// barriers that hold for ten years.
TEST(GradedTrack, MakesTheMetaplasticFactorByItself) {
  const auto folder = std::filesystem::path(DWMTJ_SOURCES) / "learning/examples";
  const DeviceModel device(DeviceParameters::load(folder / "graded.yaml"));
  const auto tile = TileParameters::load(folder / "graded-tile.yaml");
  tile.check_device(device);
  const CodeTable table(device, tile, CodeChoice::first);
  for (const float wanted : {1e-4F, 1e-3F, 1e-2F, 0.1F}) {
    const int code = table.code_for(2, Direction::forward, wanted);  // no matter where the wall is
    EXPECT_EQ(code, table.code_for(0, Direction::forward, wanted));
    const double start = table.chance(0, Direction::forward, code);
    for (int site = 0; site < 4; ++site) {
      const double eq1 = (1.0 - site / 3.0) * 0.75 + 0.25;
      if (site < 3) {
        EXPECT_NEAR(table.chance(site, Direction::forward, code) / start / eq1, 1.0, 0.1);
      }
      if (site > 0) {
        EXPECT_NEAR(table.chance(site, Direction::reverse, code) / start / eq1, 1.0, 0.3);
      }
    }
  }
  const auto ten_years = from_si<Time>(3.156e8);
  for (int site = 0; site < 4; ++site) {
    EXPECT_LT(leaving_probability(device.switching(), site, ten_years, from_si<Current>(0.0),
                                  device.parameters().fields.write),
              1e-7);
  }
}

LearningRule small_rule(int levels = 4) {
  LearningRule rule;
  rule.hidden = {32};
  rule.batch = 50;
  rule.grid.levels = levels;
  return rule;
}

struct Bench {
  Bench(const PairKind& of, const LearningRule& rule)
      : network(rule, 16, 10, 1, [&, of](std::size_t, LayerShape shape, std::uint64_t first) {
          auto made = std::make_unique<DeviceSynapses>(of, shape, 1, first);
          layers.push_back(made.get());
          return made;
        }) {}
  void learn(const LabelledImages& data, int steps) {
    std::vector<std::uint32_t> which(50);
    for (int i = 0; i < steps; ++i) {
      std::iota(which.begin(), which.end(), static_cast<std::uint32_t>(i % 10 * 50));
      network.learn(data, which);
    }
  }
  void expect_weights_where_walls_are() const {
    for (std::size_t l = 0; l < layers.size(); ++l) {
      auto* const layer = layers[l];
      const auto& weights = layer->weights();
      const std::size_t columns = network.layer(l).shape().columns();
      for (std::size_t i = 0; i < weights.size(); ++i) {
        EXPECT_EQ(weights[i], layer->grid().site(i / columns, Side::plus, i % columns) -
                                  layer->grid().site(i / columns, Side::minus, i % columns));
      }
    }
  }
  std::vector<DeviceSynapses*> layers;
  Perceptron network;
};

class EveryPolicy : public ::testing::TestWithParam<std::tuple<UpdateMode, PairUse, const char*>> {
 protected:
  static WritePolicy policy() {
    WritePolicy result;
    result.mode = std::get<0>(GetParam());
    result.pair = std::get<1>(GetParam());
    result.tile_size = 8;
    return result;
  }
  static std::string name() { return std::get<2>(GetParam()); }
  static LearningRule rule() {
    auto result = small_rule(name() == "straight" ? 5 : 4);
    if (policy().mode == UpdateMode::gated) result.learning_rate /= policy().pulse_chance;
    return result;
  }
};

TEST_P(EveryPolicy, LearnsWithWeightsWhereTheWallsAre) {
  const auto data = small_data(500, 1);
  Bench bench(kind(policy(), name()), rule());
  // Accumulated steps of 0.005 make a first level of 1/3 after some 67 batches: it begins late.
  bench.learn(data, 300);
  bench.expect_weights_where_walls_are();
  EXPECT_GT(count_right(bench.network, data), 350U);
  const auto accounts = bench.network.accounts();
  EXPECT_GT(accounts.pulses, 0U);
  EXPECT_GT(accounts.write_energy, 0.0);
  EXPECT_GT(accounts.energy, accounts.write_energy);
  EXPECT_GE(accounts.commands, accounts.slots);
  EXPECT_GE(accounts.write_time, static_cast<std::int64_t>(accounts.slots) * 60000);
  EXPECT_EQ(accounts.reverse_pulses > 0, policy().pair == PairUse::two_way);
  EXPECT_EQ(accounts.flagged, 0U);
}

TEST_P(EveryPolicy, GoesOnFromItsStateWithTheSameBits) {
  const auto data = small_data(500, 1);
  Bench whole(kind(policy(), name()), rule());
  whole.learn(data, 20);
  whole.network.stand_by();
  std::stringstream state;
  whole.network.save(state);
  Bench resumed(kind(policy(), name()), rule());
  resumed.network.load(state);
  whole.learn(data, 20);
  resumed.learn(data, 20);
  std::ostringstream a, b;
  whole.network.save(a);
  resumed.network.save(b);
  EXPECT_TRUE(a.str() == b.str());
}

INSTANTIATE_TEST_SUITE_P(Policies, EveryPolicy,
                         ::testing::Combine(::testing::Values(UpdateMode::drawn,
                                                              UpdateMode::accumulated,
                                                              UpdateMode::gated, UpdateMode::all),
                                            ::testing::Values(PairUse::refresh, PairUse::two_way),
                                            ::testing::Values("trapezoidal", "straight")));

// One row, one column, by hand: the plus side goes up to its end; the next step writes both anew.
TEST(DeviceSynapses, RewritesAPairWhoseSideIsAtItsEnd) {
  const WritePolicy policy;  // drawn
  DeviceSynapses pair(kind(policy), {16, 16}, 1, 0);
  pair.begin(std::vector<std::int8_t>(256, 0));
  LearningRule rule;
  rule.width_ratio = 1.0;
  rule.delta = 1.0;
  rule.rounding = Rounding::nearest;
  rule.learning_rate = 0.3334;  // a level a step
  std::vector<std::int32_t> gradients(256, 0);
  std::vector<float> mean(256, 0.0F), square(256, 0.0F);
  const auto step = [&](int gradient) {
    gradients[0] = gradient;
    std::fill(mean.begin(), mean.end(), 0.0F);
    std::fill(square.begin(), square.end(), 0.0F);
    StepLaw law(rule, 1);
    law.begin(0);
    pair.update(law,
                {0, 256, gradients.data(), 1.0F, nullptr, mean.data(), square.data(), nullptr});
    pair.finish();
    return std::make_pair(pair.grid().site(0, Side::plus, 0), pair.grid().site(0, Side::minus, 0));
  };
  using Sites = std::pair<int, int>;
  EXPECT_EQ(step(-1), Sites(1, 0));
  EXPECT_EQ(step(-1), Sites(2, 0));
  EXPECT_EQ(step(-1), Sites(3, 0));
  EXPECT_EQ(step(1), Sites(3, 1));
  EXPECT_EQ(step(1), Sites(3, 2));
  EXPECT_EQ(pair.accounts().rewrites, 0U);
  EXPECT_EQ(step(-1), Sites(2, 0));  // 1 + 1: plus cannot go further
  EXPECT_EQ(pair.accounts().rewrites, 1U);
  EXPECT_EQ(pair.accounts().wanted, 6U);
}

// One of two walls at n6 goes back to the start under the reset field, which all 512 devices of the
// tile see for the 20 ns that it settles and the 60 ns of the pulse.
TEST(DeviceSynapses, CountsTheNeighboursThatASharedFieldMoves) {
  WritePolicy policy;  // drawn
  policy.pair = PairUse::two_way;
  DeviceSynapses pairs(kind(policy), {16, 16}, 1, 0);
  std::vector<std::int8_t> weights(256, 0);
  weights[0] = weights[16] = 2;
  pairs.begin(weights);
  EXPECT_EQ(pairs.accounts().field_slots, 0U);
  LearningRule rule;
  rule.width_ratio = 1.0;
  rule.rounding = Rounding::nearest;
  rule.learning_rate = 0.3334;
  std::vector<std::int32_t> gradients(256, 0);
  gradients[0] = 1;
  std::vector<float> mean(256, 0.0F), square(256, 0.0F);
  StepLaw law(rule, 1);
  law.begin(0);
  pairs.update(law, {0, 256, gradients.data(), 1.0F, nullptr, mean.data(), square.data(), nullptr});
  pairs.finish();
  const auto& model = test::catalog_model("trapezoidal");
  const auto lost = [&](int site) {
    return leaving_probability(model.switching(), site, from_si<Time>(80e-9), from_si<Current>(0.0),
                               model.parameters().fields.reset);
  };
  EXPECT_EQ(pairs.accounts().reverse_pulses, 1U);
  EXPECT_EQ(pairs.accounts().field_slots, 1U);
  EXPECT_GT(lost(2), 1e-6);
  EXPECT_NEAR(pairs.accounts().disturbed, 511 * lost(0) + lost(2), 1e-3 * lost(2));
}

TEST(TilePrices, AReadTakesLongerThanTheSettlingOfItsComparisons) {
  const auto prices = tile_prices({tile("trapezoidal"), test::catalog_model("trapezoidal"), 8});
  EXPECT_GT(prices.read.time, 3 * 5000);
  EXPECT_GT(prices.read.energy, 0.0);
  EXPECT_GT(prices.multiply.energy, 0.0);
  EXPECT_LT(prices.multiply.time, prices.read.time);
}

}  // namespace
}  // namespace dwmtj
