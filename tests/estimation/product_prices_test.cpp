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

MappedNetwork mapped(const std::string& architecture, const std::string& tile = "") {
  const TemporaryFolder folder;
  MappingChoices choices;
  choices.replicate = false;
  if (!tile.empty()) choices.tile = tile;
  return map_onto(
      load_onnx(folder.write("a.onnx", onnx_bytes("(float[1, 3, 6] x) => (float[1, 3, 3] y) { t = "
                                                  "Transpose <perm = [0, 2, 1]> (x) y = MatMul (x, "
                                                  "t) }"))),
      Architecture::load(architecture), choices);
}

// Three rows times a matrix of 6 x 3. In arrays of 4 rows and 4 weights that is two, one above the
// other; a weight is two columns.
TEST(ProductPrices, AreThoseOfTheHand) {
  const auto prices = product_prices(mapped(DWMTJ_PRIMES), 1);
  ASSERT_EQ(prices.size(), 1U);
  const auto& row = prices[0];
  EXPECT_NEAR(in_si(row.digital), 3 * 2 * 6 * 3 * 31e-15, 1e-20);
  EXPECT_NEAR(in_si(row.digital_time), 3 * 2 * 6 * 3 * 10e-9, 1e-15);
  EXPECT_EQ(row.arrays, 2);
  const double window = 4 * 6 * 2 + 4 * 2 * 3 + 4 * 12 * (5 + 7 + 11) + 3 * 13 + 6 * 17 + 3 * 19 +
                        (3 + 6) * 29 + 4 * 2 * 2 * 37;
  EXPECT_NEAR(in_si(row.reading), 3 * window * 1e-15, 1e-20);
  EXPECT_NEAR(in_si(row.reading_time), 3 * 400e-9, 1e-15);
  EXPECT_FALSE(row.writing);
  EXPECT_NE(product_prices_text(prices).find("no tile"), std::string::npos);
}

TEST(ProductPrices, HaveWritingWhereATileIsKnown) {
  const auto prices = product_prices(mapped(find_chip("adc-multibit").string(), "trapezoidal"), 1);
  ASSERT_TRUE(prices.at(0).writing);
  EXPECT_GT(in_si(*prices[0].writing), 0.0);
  EXPECT_GT(in_si(prices[0].writing_time), 0.0);
}

TEST(ProductPrices, OfNoProductAreNone) { EXPECT_EQ(product_prices_text({}), ""); }

}  // namespace
}  // namespace dwmtj
