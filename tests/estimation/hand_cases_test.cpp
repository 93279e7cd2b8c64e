// SPDX-License-Identifier: Apache-2.0
// Every action and every message of small networks, counted by hand, at prices that are primes.
#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "estimation/estimate.h"
#include "tests/estimation/spent.h"
#include "tests/mapping/small_networks.h"
#include "tests/support/systemc_child.h"

namespace dwmtj {
namespace {

MappedNetwork mapped(const std::vector<LayerSize>& sizes) {
  MappingChoices choices;
  choices.replicate = false;
  return map_onto(network_of(sizes), Architecture::load(DWMTJ_PRIMES), choices);
}

// Eight inputs of 4 bits on two arrays of 4 rows, one above the other: 4 steps.
// Of 3 bits, a weight is a pair of columns: 4 outputs are 8 columns of each array.
//   image: 8 x 4 bits are 4 bytes, 3 flits with their header; one router: 2 + 3 = 5 ns
//   4 steps of 100 ns; the activation: 4 operations of 10 ns
//   results: 4 x 4 bits are 2 bytes, 3 flits: 5 ns
SYSTEMC_TEST(HandCase, OneDenseLayer) {
  const auto result = estimate(mapped({{8, 4}}), {});
  EXPECT_EQ(result.pipeline.completed, std::vector<Picoseconds>{450'000});
  test::expect_spent(result.ledger,
                     {{"row_drive", 4 * 8 * 2.0},
                      {"array_read", 4 * 2 * 3.0},
                      {"sample", 4 * 16 * 5.0},
                      {"conversion", 4 * 16 * 7.0},
                      {"shift_add", 4 * 16 * 11.0},
                      {"input_register_byte", 4 * 13.0},
                      {"output_register_byte", 4 * 17.0},
                      {"buffer_read_byte", 4 * 19.0},
                      {"buffer_write_byte", (4 + 2) * 23.0},  // the image that comes, the results
                      {"bus_byte", (4 + 4) * 29.0},
                      {"digital_op", 4 * 31.0},
                      {"cycle", 4 * 2 * 2 * 37.0},  // two a step and array
                      {"hop", 2 * 3 * 32 * 41.0},   // two messages
                      {"link_bit", (8 * 4 + 4 * 4) * 43.0}});
}

// Ten inputs are three arrays, so two cores: two rows of the last are alone on core 1, whose sums
// of 8 bits go to core 0 and are added there.
SYSTEMC_TEST(HandCase, PartialSumsOfAnotherCore) {
  const auto result = estimate(mapped({{10, 4}}), {});
  test::expect_spent(result.ledger,
                     {{"row_drive", 4 * 10 * 2.0},
                      {"array_read", 4 * 3 * 3.0},
                      {"sample", 4 * 24 * 5.0},
                      {"conversion", 4 * 24 * 7.0},
                      {"shift_add", 4 * 24 * 11.0},
                      {"input_register_byte", 5 * 13.0},
                      {"output_register_byte", (4 + 4) * 17.0},
                      {"buffer_read_byte", 5 * 19.0},
                      // 8 of 10 rows are 4 bytes, 2 are 1; the sums; the results
                      {"buffer_write_byte", (4 + 1 + 4 + 2) * 23.0},
                      {"bus_byte", (5 + 8) * 29.0},
                      {"digital_op", (4 + 4) * 31.0},  // sums added, activations
                      {"cycle", 4 * 3 * 2 * 37.0},
                      // 4 bytes within router 0; 1 byte and the sums between both routers; results
                      {"hop", (3 + 2 * 3 + 2 * 3 + 3) * 32 * 41.0},
                      {"link_bit", (10 * 4 + 4 * 4) * 43.0}});
}

// 32 weights of 3 bits at 1 GHz, before any image. The array is at work for 400 of 450 ns.
SYSTEMC_TEST(HandCase, LoadingAndTheShareOfTimeThatArraysWork) {
  const auto result = estimate(mapped({{8, 4}}), {});
  ASSERT_TRUE(result.loading.has_value());
  EXPECT_EQ(to_picoseconds(result.loading->time), 96'000);
  EXPECT_NEAR(in_si(result.loading->energy), 96 * 43e-15, 1e-24);
  ASSERT_EQ(result.layers.size(), 2U);
  EXPECT_DOUBLE_EQ(result.layers[1].busy, 400.0 / 450.0);
  EXPECT_EQ(result.layers[1].arrays, 2);
  EXPECT_EQ(result.layers[1].macs, 32);
}

// Of `small`, whose cores have two ADCs of 1 uW each and whose two routers leak 1 mW each; its
// digital part takes no time. One of two cores has work for 5 + 400 + 5 ns.
double leaked(bool gate_idle_cores) {
  MappingChoices choices;
  choices.replicate = false;
  EstimateOptions options;
  options.gate_idle_cores = gate_idle_cores;
  const auto result = estimate(
      map_onto(network_of({{8, 4}}), Architecture::load(find_chip("small")), choices), options);
  EXPECT_EQ(result.pipeline.completed, std::vector<Picoseconds>{410'000});
  EXPECT_NEAR(in_si(result.energy), in_si(result.ledger.posted() + result.ledger.leaked()), 1e-24);
  return in_si(result.ledger.leaked());
}

SYSTEMC_TEST(HandCase, IdleCoresLeak) {
  EXPECT_NEAR(leaked(false), (2e-3 + 2 * 2e-6) * 410e-9, 1e-21);
}

SYSTEMC_TEST(HandCase, IdleCoresThatAreGatedDoNot) {
  EXPECT_NEAR(leaked(true), (2e-3 + 2e-6) * 410e-9, 1e-21);
}

}  // namespace
}  // namespace dwmtj
