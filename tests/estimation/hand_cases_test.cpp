// SPDX-License-Identifier: Apache-2.0
// Every action and every message of small networks, counted by hand, at prices that are primes.
#include <sstream>

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "deployment/action_totals.h"
#include "estimation/estimate.h"
#include "estimation/estimate_report.h"
#include "tests/estimation/spent.h"
#include "tests/mapping/small_networks.h"
#include "tests/support/systemc_child.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

MappedNetwork mapped(const std::vector<LayerSize>& sizes, Architecture architecture) {
  MappingChoices choices;
  choices.replicate = false;
  return map_onto(network_of(sizes), std::move(architecture), choices);
}

MappedNetwork mapped(const std::vector<LayerSize>& sizes) {
  return mapped(sizes, Architecture::load(DWMTJ_PRIMES));
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

// What is told of an image without a simulation: the same counts.
TEST(HandCase, ActionsOfAnImage) {
  const auto counts = actions_of_image(mapped({{8, 4}}));
  EXPECT_EQ(counts[Action::row_drive], 4 * 8);
  EXPECT_EQ(counts[Action::array_read], 4 * 2);
  EXPECT_EQ(counts[Action::sample], 4 * 16);
  EXPECT_EQ(counts[Action::conversion], 4 * 16);
  EXPECT_EQ(counts[Action::shift_add], 4 * 16);
  EXPECT_EQ(counts[Action::decision], 0);
  EXPECT_EQ(counts[Action::input_register_byte], 4);
  EXPECT_EQ(counts[Action::output_register_byte], 4);
  EXPECT_EQ(counts[Action::buffer_read_byte], 4);
  EXPECT_EQ(counts[Action::buffer_write_byte], 2) << "what comes is of the simulation";
  EXPECT_EQ(counts[Action::bus_byte], 4 + 4);
  EXPECT_EQ(counts[Action::digital_op], 4);
  EXPECT_DOUBLE_EQ(counts[Action::cycle], 4 * 2 * 2);
  EXPECT_EQ(counts[Action::link_bit], 8 * 4 + 4 * 4);
}

// The second layer is on another core: 2 bytes go there, 3 flits over two routers, in 7 ns; its
// result is a byte, 3 flits over two routers again.
SYSTEMC_TEST(HandCase, TwoLayersOnTwoCores) {
  const auto result = estimate(mapped({{8, 4}, {4, 2}}), {});
  EXPECT_EQ(result.pipeline.completed,
            std::vector<Picoseconds>{5'000 + 400'000 + 40'000 + 7'000 + 400'000 + 20'000 + 7'000});
  test::expect_spent(result.ledger, {{"row_drive", 4 * (8 + 4) * 2.0},
                                     {"array_read", 4 * (2 + 1) * 3.0},
                                     {"sample", 4 * (16 + 4) * 5.0},
                                     {"conversion", 4 * (16 + 4) * 7.0},
                                     {"shift_add", 4 * (16 + 4) * 11.0},
                                     {"input_register_byte", (4 + 2) * 13.0},
                                     {"output_register_byte", (4 + 2) * 17.0},
                                     {"buffer_read_byte", (4 + 2) * 19.0},
                                     // that come: 4 and 2; results: 2 and 1
                                     {"buffer_write_byte", (4 + 2 + 2 + 1) * 23.0},
                                     {"bus_byte", (4 + 4 + 2 + 2) * 29.0},
                                     {"digital_op", (4 + 2) * 31.0},
                                     {"cycle", 4 * (2 + 1) * 2 * 37.0},
                                     {"hop", (3 + 2 * 3 + 2 * 3) * 32 * 41.0},
                                     {"link_bit", (8 * 4 + 2 * 4) * 43.0}});
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

// Three layers in turn, the last two on one core: the first image is done after 1299 ns, three
// times the 400 ns that lie between two, so five may be under way. But of two the first layer has
// begun, and two more are held there: no sixth is sent.
SYSTEMC_TEST(HandCase, TwoImagesAreHeldAtTheFirstLayer) {
  constexpr Picoseconds kFirst = 452'000 + 420'000 + 420'000 + 7'000;
  const auto network = mapped({{8, 4}, {4, 2}, {2, 2}});
  PipelineOptions options;
  options.images = 6;
  Pipeline pipeline("chip", network, options);
  double joules = 0.0;  // of the links, until the first image is done
  pipeline.ledger().listen([&](const Posting& posting) {
    const auto& account = pipeline.ledger().accounts()[static_cast<std::size_t>(posting.account)];
    if (account.action == "link_bit" && posting.start <= kFirst) joules += posting.joules;
  });
  const auto outcome = pipeline.run();
  EXPECT_EQ(outcome.completed.front(), kFirst);
  EXPECT_NEAR(joules, (4 * 8 * 4 + 2 * 4) * 43e-15, 1e-24);
}

// `small` with four cores at a router each; its digital part takes no time. Cores have two ADCs of
// 1 uW, routers leak 1 mW, and one core of four has work.
Architecture row_of_four() {
  const TemporaryFolder folder;
  return Architecture::load(
      folder.write("chip.yaml",
                   "name: four\ntitle: for a test\nextends: small\n"
                   "interconnect: {columns: 4, rows: 1}\n"
                   "chip: {cores: {value: 4, range: [1, 100], source: test}}\n"));
}

// Arrays read, rows and columns as in estimate_test; six flits of 32 bits over a router.
constexpr double kCore = 1e-12 * (2 * 4 * 10.0 + 8 * 4 * 0.5 + 16 * 4 * 1.0);
constexpr double kHops = (3 + 3) * 32 * 0.137e-12;

Estimate on_four(const EstimateOptions& options) {
  auto result = estimate(mapped({{8, 4}}, row_of_four()), options);
  EXPECT_EQ(result.pipeline.completed.front(), 5'000 + 400'000 + 5'000);
  EXPECT_NEAR(in_si(result.ledger.posted()), (kCore + kHops) * static_cast<double>(options.batch),
              1e-21);
  return result;
}

SYSTEMC_TEST(HandCase, IdleCoresLeak) {
  const auto result = on_four({});
  EXPECT_NEAR(in_si(result.ledger.leaked()), (4e-3 + 4 * 2e-6) * 410e-9, 1e-21);
  EXPECT_NEAR(in_si(result.energy), kCore + kHops + (4e-3 + 4 * 2e-6) * 410e-9, 1e-21);
}

SYSTEMC_TEST(HandCase, IdleCoresThatAreGatedDoNot) {
  EstimateOptions options;
  options.gate_idle_cores = true;
  EXPECT_NEAR(in_si(on_four(options).ledger.leaked()), (4e-3 + 2e-6) * 410e-9, 1e-21);
}

// Two images together: the second waits for the array, and is done 400 ns after the first. Each
// bears half of the work and of what leaked in 810 ns.
SYSTEMC_TEST(HandCase, AnImageOfABatchBearsItsShare) {
  EstimateOptions options;
  options.batch = 2;
  const auto result = on_four(options);
  EXPECT_EQ(result.pipeline.completed, (std::vector<Picoseconds>{410'000, 810'000}));
  EXPECT_DOUBLE_EQ(in_si(result.latency), 410e-9);
  EXPECT_DOUBLE_EQ(in_si(result.interval), 405e-9);
  EXPECT_NEAR(in_si(result.energy), kCore + kHops + (4e-3 + 4 * 2e-6) * 405e-9, 1e-21);
  ASSERT_EQ(result.layers.size(), 2U);
  EXPECT_NEAR(in_si(result.layers[0].energy), kHops / 2, 1e-21) << "the image comes";
  EXPECT_NEAR(in_si(result.layers[1].energy), kCore + kHops / 2, 1e-21);
  EXPECT_DOUBLE_EQ(result.layers[1].busy, 400.0 / 405.0);
}

// A core is two arrays of 100 um^2 and two ADCs of 300 um^2.
SYSTEMC_TEST(HandCase, RowsOfCores) {
  std::istringstream rows(cores_csv(on_four({})));
  std::string row;
  std::getline(rows, row);
  EXPECT_EQ(row, "core,cores,arrays,area_m2,leakage_W,energy_J");
  std::getline(rows, row);
  EXPECT_EQ(row.substr(0, row.rfind(',')), "core0,1,2,8e-10,2e-06");
  EXPECT_NEAR(std::stod(row.substr(row.rfind(',') + 1)), kCore, 1e-21);
  std::getline(rows, row);
  EXPECT_EQ(row, "idle_cores,3,0,2.4e-09,6e-06,0");
  EXPECT_FALSE(std::getline(rows, row));
}

// Four rows of three steps are sums of 0 to 12, so 13 values.
SYSTEMC_TEST(HandCase, AConverterThatIsTooCoarseIsNoted) {
  auto chip = Architecture::load(DWMTJ_PRIMES);
  chip.core.shape.adc_bits = 3;
  EXPECT_EQ(estimate(mapped({{8, 4}}, chip), {}).notes.at(0),
            "ADCs of 3 bits: 4 rows x 4 levels x inputs of 1 bit need 4 to tell all sums of a "
            "column apart");
}

SYSTEMC_TEST(HandCase, TheTextSaysWhetherTheIntervalHasSettled) {
  auto result = estimate(mapped({{8, 4}}, Architecture::load(DWMTJ_PRIMES)), {});
  result.pipeline.interval = 1;  // ps: as short as it may be
  EXPECT_NE(estimate_text(result).find("settled"), std::string::npos);
  result.pipeline.interval = 0;
  EXPECT_EQ(estimate_text(result).find("settled"), std::string::npos);
  EXPECT_NE(estimate_text(result).find("average"), std::string::npos);
}

SYSTEMC_TEST(HandCase, AConverterOfJustEnoughBitsIsNot) {
  auto chip = Architecture::load(DWMTJ_PRIMES);
  chip.core.shape.adc_bits = 4;
  for (const auto& note : estimate(mapped({{8, 4}}, chip), {}).notes) {
    EXPECT_EQ(note.find("ADCs of"), std::string::npos) << note;
  }
}

}  // namespace
}  // namespace dwmtj
