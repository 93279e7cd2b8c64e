// SPDX-License-Identifier: Apache-2.0
// Products in vector code against the sequence that defines them: codes, draws, times, energies.
#include "arrays/sum_reader.h"

#include <random>

#include <gtest/gtest.h>

#include "arrays/bulk_tile.h"
#include "arrays/write_study.h"
#include "tests/support/catalog_model.h"

namespace dwmtj {
namespace {

struct Bench {
  Bench(const TileParameters& from, ArrayShape shape, VectorUnit unit)
      : parameters(from),
        tile("tile0", parameters, test::catalog_model(from.device), ledger,
             {shape, 5, 1000, 77, unit}) {
    const auto& devices = tile.array().devices();
    tile.program_array(random_levels(devices.size(), tile.device().sites(), 3));
  }
  TileParameters parameters;
  Ledger ledger;
  BulkTile tile;
};

void expect_equal(const Bench& a, const Bench& b) {
  EXPECT_EQ(a.tile.now(), b.tile.now());
  EXPECT_EQ(a.tile.clipped_inputs(), b.tile.clipped_inputs());
  for (int c = 0; c < a.tile.array().shape().columns; ++c) {
    ASSERT_EQ(a.tile.comparator(c).decisions(), b.tile.comparator(c).decisions()) << c;
  }
  for (std::size_t i = 0; i < a.ledger.accounts().size(); ++i) {
    const auto x = a.ledger.sum(AccountId(i));
    const auto y = b.ledger.sum(AccountId(i));
    EXPECT_EQ(x.count, y.count) << a.ledger.accounts()[i].action;
    EXPECT_EQ(x.busy, y.busy);
    EXPECT_EQ(x.joules, y.joules);
  }
}

std::vector<VectorUnit> units() {
  std::vector<VectorUnit> all = {VectorUnit::none};
  if (widest_vector_unit() != VectorUnit::none) all.push_back(VectorUnit::avx2);
  if (widest_vector_unit() == VectorUnit::avx512) all.push_back(VectorUnit::avx512);
  return all;
}

// Random inputs, some rows left alone; results of 1 bit up to all.
void expect_the_sequence(const TileParameters& parameters, ArrayShape shape, int products) {
  for (const auto unit : units()) {
    Bench fast(parameters, shape, unit);
    Bench steps(parameters, shape, unit);
    std::mt19937 words(9);
    for (int i = 0; i < products; ++i) {
      TileCommand command{TileOp::multiply, 0, Side::plus, {}};
      command.bits = static_cast<std::uint8_t>(1 + i % parameters.sum_reference.bits);
      for (int row = 0; row < shape.rows; ++row) {
        const auto word = words() % 8;
        command.data.push_back(word == 7 ? kSkip : static_cast<std::int16_t>(word % 3) - 1);
      }
      const auto at = fast.tile.now() + static_cast<Picoseconds>(words() % 3000);
      const auto a = fast.tile.carry_out(command, at);
      const auto b = steps.tile.carry_out_in_steps(command, at);
      ASSERT_EQ(a.status, TileStatus::ok);
      ASSERT_EQ(a.data, b.data) << i;
    }
    expect_equal(fast, steps);
  }
}

TEST(SumReader, IsTheSequenceWhateverTheColumns) {
  for (const int columns : {1, 15, 64, 70, 130}) {
    expect_the_sequence(TileParameters::load(find_tile("trapezoidal")), {24, columns}, 40);
  }
}

TEST(SumReader, IsTheSequenceWithEveryEffect) {
  expect_the_sequence(TileParameters::load(find_tile("straight-16-varied")), {32, 40}, 60);
  auto wired = TileParameters::load(find_tile("straight-100k-wired"));
  expect_the_sequence(wired, {16, 16}, 24);
}

// Noise as large as steps of the reference, and comparators that often take long: many decisions
// are not clear, and some take more than a period.
TEST(SumReader, IsTheSequenceWhereDecisionsAreClose) {
  auto tile = TileParameters::load(find_tile("straight"));
  tile.comparator.noise = 2e-3 * si::volts;
  tile.comparator.offset = 5e-3 * si::volts;
  tile.comparator.delay = 0.7e-9 * si::seconds;
  expect_the_sequence(tile, {32, 70}, 60);
  tile.read.noise = false;
  tile.sum_reference.mismatch = 0.2;
  expect_the_sequence(tile, {32, 70}, 30);
}

// At the supply: many devices of the largest difference.
TEST(SumReader, IsTheSequenceAtTheSupply) {
  auto tile = TileParameters::load(find_tile("trapezoidal"));
  tile.driver.supply = 0.1 * si::volts;
  tile.read.voltage = 0.5 * si::volts;
  Bench fast(tile, {64, 8}, widest_vector_unit());
  Bench steps(tile, {64, 8}, widest_vector_unit());
  TileCommand command{TileOp::multiply, 0, Side::plus, std::vector<std::int16_t>(64, 1)};
  command.bits = 8;
  EXPECT_EQ(fast.tile.carry_out(command, 0).data, steps.tile.carry_out_in_steps(command, 0).data);
  expect_equal(fast, steps);
  EXPECT_GT(fast.tile.clipped_inputs(), 0U);
}

}  // namespace
}  // namespace dwmtj
