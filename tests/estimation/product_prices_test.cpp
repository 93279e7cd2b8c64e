// SPDX-License-Identifier: Apache-2.0
// A product of two computed matrices on both, counted by hand at prices that are primes.
#include "estimation/product_prices.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "networks/onnx_reader.h"
#include "tests/networks/onnx_text.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const std::string kOnce =
    "(float[1, 3, 6] x) => (float[1, 3, 3] y) { "
    "t = Transpose <perm = [0, 2, 1]> (x) y = MatMul (x, t) }";

// Two first matrices and as many second ones, or one that both are multiplied by.
const std::string kTwice =
    "(float[1, 2, 3, 6] x) => (float[1, 2, 3, 3] y) { "
    "t = Transpose <perm = [0, 1, 3, 2]> (x) y = MatMul (x, t) }";
const std::string kShared =
    "(float[1, 2, 3, 6] x) => (float[1, 2, 3, 3] y) { m = ReduceMean <axes = [1]> (x) "
    "t = Transpose <perm = [0, 1, 3, 2]> (m) y = MatMul (x, t) }";

MappedNetwork mapped(const std::string& graph, const std::string& architecture,
                     const std::string& tile = "") {
  const TemporaryFolder folder;
  MappingChoices choices;
  choices.replicate = false;
  if (!tile.empty()) choices.tile = tile;
  return map_onto(load_onnx(folder.write("a.onnx", onnx_bytes(graph))),
                  Architecture::load(architecture), choices);
}

// Of one row, on both arrays.
constexpr double kWindow = 1e-15 * (4 * 6 * 2 + 4 * 2 * 3 + 4 * 12 * (5 + 7 + 11) + 3 * 13 +
                                    6 * 17 + 3 * 19 + (3 + 6) * 29 + 4 * 2 * 2 * 37);

// Three rows times a matrix of 6 x 3. In arrays of 4 rows and 4 weights that is two, one above the
// other; a weight is two columns.
TEST(ProductPrices, AreThoseOfTheHand) {
  const auto prices = product_prices(mapped(kOnce, DWMTJ_PRIMES), 1);
  ASSERT_EQ(prices.size(), 1U);
  const auto& row = prices[0];
  EXPECT_NEAR(in_si(row.digital), 3 * 2 * 6 * 3 * 31e-15, 1e-20);
  EXPECT_NEAR(in_si(row.digital_time), 3 * 2 * 6 * 3 * 10e-9, 1e-15);
  EXPECT_EQ(row.arrays, 2);
  EXPECT_NEAR(in_si(row.reading), 3 * kWindow, 1e-20);
  EXPECT_NEAR(in_si(row.reading_time), 3 * 400e-9, 1e-15);
  EXPECT_FALSE(row.writing);
  EXPECT_NE(product_prices_text(prices).find("no tile"), std::string::npos);
}

// Arrays of their own are read side by side; the one matrix in turn.
TEST(ProductPrices, OfAMatrixThatIsThereOnce) {
  const auto twice = product_prices(mapped(kTwice, DWMTJ_PRIMES), 1).at(0);
  const auto shared = product_prices(mapped(kShared, DWMTJ_PRIMES), 1).at(0);
  EXPECT_EQ(twice.arrays, 2 * 2);
  EXPECT_EQ(shared.arrays, 2);
  EXPECT_NEAR(in_si(twice.digital), 2 * 3 * 2 * 6 * 3 * 31e-15, 1e-20);
  EXPECT_NEAR(in_si(shared.digital), 2 * 3 * 2 * 6 * 3 * 31e-15, 1e-20);
  EXPECT_NEAR(in_si(twice.reading), 2 * 3 * kWindow, 1e-20);
  EXPECT_NEAR(in_si(shared.reading), 2 * 3 * kWindow, 1e-20);
  EXPECT_NEAR(in_si(twice.reading_time), 3 * 400e-9, 1e-15);
  EXPECT_NEAR(in_si(shared.reading_time), 2 * 3 * 400e-9, 1e-15);
}

TEST(ProductPrices, OfAMatrixThatIsThereOnceAreWrittenOnce) {
  const auto writing = [](const std::string& graph) {
    return in_si(
        *product_prices(mapped(graph, find_chip("adc-multibit").string(), "trapezoidal"), 1)
             .at(0)
             .writing);
  };
  EXPECT_NEAR(writing(kTwice), 2 * writing(kShared), 1e-9 * writing(kTwice));
}

TEST(ProductPrices, HaveWritingWhereATileIsKnown) {
  const auto prices =
      product_prices(mapped(kOnce, find_chip("adc-multibit").string(), "trapezoidal"), 1);
  ASSERT_TRUE(prices.at(0).writing);
  EXPECT_GT(in_si(*prices[0].writing), 0.0);
  EXPECT_GT(in_si(prices[0].writing_time), 0.0);
}

TEST(ProductPrices, OfNoProductAreNone) { EXPECT_EQ(product_prices_text({}), ""); }

}  // namespace
}  // namespace dwmtj
