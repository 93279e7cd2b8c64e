// SPDX-License-Identifier: Apache-2.0
#include "learning/digital_half.h"

#include <gtest/gtest.h>

#include "learning/ideal_synapses.h"
#include "tests/learning/small_data.h"

namespace dwmtj {
namespace {

class DigitalHalf : public ::testing::Test {
 protected:
  DigitalHalf()
      : training_(small_data(200, 1)),
        test_(small_data(50, 2)),
        run_(rule(), training_, test_, 1, [](std::size_t, LayerShape, std::uint64_t first) {
          return std::make_unique<IdealSynapses>(WeightGrid{}, first, 1e-13);
        }) {
    run_.learn_subset();
  }
  static LearningRule rule() {
    LearningRule result;
    result.hidden = {32};
    result.batch = 50;
    result.subsets = 1;
    result.subset_size = 200;
    result.epochs = 1;
    return result;
  }
  LabelledImages training_, test_;
  LearningRun run_;
};

// 16-32-10, four steps of fifty images.
TEST_F(DigitalHalf, IsCountedByLayersAndSteps) {
  const auto work = digital_work(run_, {true, 8});
  ASSERT_EQ(work.size(), 5U);
  EXPECT_EQ(work[0].what, "backward pass");
  EXPECT_EQ(work[0].operations, 2.0 * 200 * (16 * 32 + 2 * 32 * 10));
  EXPECT_EQ(work[1].bytes, 8.0 * 4 * (16 * 32 + 32 * 10));  // two numbers of four bytes
  EXPECT_EQ(work[2].what, "accumulators");
  EXPECT_EQ(work[2].bytes, 4.0 * 4 * (16 * 32 + 32 * 10));
  EXPECT_EQ(work[4].conversions, 200.0 * (2 * 32 + 4 * 10));  // 16 rows are two tiles, 32 are four
  EXPECT_EQ(digital_work(run_, {false, 8}).size(), 4U);
}

TEST_F(DigitalHalf, IsPricedAsFarAsTheArchitectureHasPrices) {
  const auto comparators = Architecture::load(find_chip("binary-comparator"));
  const auto converters = Architecture::load(find_chip("adc-multibit"));
  const auto work = digital_work(run_, {false, 8});
  const double operation = in_si(comparators.core.energy_of(Action::digital_op));
  EXPECT_NEAR(*energy_of(work[0], comparators), work[0].operations * operation, 1e-18);
  EXPECT_GT(*energy_of(work[1], comparators), work[1].operations * operation);
  EXPECT_FALSE(energy_of(work[3], comparators).has_value());  // there is no converter
  EXPECT_TRUE(energy_of(work[3], converters).has_value());
}

}  // namespace
}  // namespace dwmtj
