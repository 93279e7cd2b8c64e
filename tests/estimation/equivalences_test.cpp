// SPDX-License-Identifier: Apache-2.0
// The same network written in another way costs the same.
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "estimation/estimate.h"
#include "networks/onnx_reader.h"
#include "tests/estimation/spent.h"
#include "tests/networks/onnx_text.h"
#include "tests/support/systemc_child.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

struct Numbers {
  double latency = 0.0;
  double interval = 0.0;
  double energy = 0.0;
  std::map<std::string, double> spent;  // fJ by action, of an image
};

// One simulation in a process: the numbers come back over a file.
Numbers numbers_of(const std::string& graph, const EstimateOptions& options = {}) {
  const TemporaryFolder folder;
  const auto file = folder / "numbers";
  const auto network = load_onnx(folder.write("a.onnx", onnx_bytes(graph)));
  EXPECT_TRUE(test::passes_in_child([&] {
    const auto result = estimate(
        map_onto(network, Architecture::load(find_chip("adc-multibit")), {}), options);
    std::ofstream stream(file);
    stream.precision(17);
    stream << in_si(result.latency) << ' ' << in_si(result.interval) << ' ' << in_si(result.energy);
    for (const auto& [action, energy] : test::spent(result.ledger)) {
      stream << '\n' << action << ' ' << energy / static_cast<double>(result.pipeline.simulated);
    }
  }));
  Numbers numbers;
  std::ifstream stream(file);
  stream >> numbers.latency >> numbers.interval >> numbers.energy;
  std::string action;
  for (double energy = 0.0; stream >> action >> energy;) numbers.spent[action] = energy;
  return numbers;
}

void expect_same(const Numbers& one, const Numbers& other) {
  EXPECT_GT(one.latency, 0.0);
  EXPECT_EQ(one.latency, other.latency);
  EXPECT_EQ(one.interval, other.interval);
  EXPECT_DOUBLE_EQ(one.energy, other.energy);
  EXPECT_EQ(one.spent, other.spent);
}

std::string values(const std::string& name, const std::string& dims, int count) {
  std::string text = name + " = Constant <value = float[" + dims + "] {";
  for (int i = 0; i < count; ++i) text += (i > 0 ? "," : "") + std::to_string(i % 7 - 3);
  return text + "}> () ";
}

const std::string kSmall = values("w", "4, 2, 3, 3", 72);
const std::string kConvolution = "Conv <pads = [1, 1, 1, 1]> ";

// Exporters of frameworks with the channels last put a transpose around each convolution.
TEST(Equivalence, ChannelsLastAreChannelsFirst) {
  EstimateOptions batch;
  batch.batch = 20;
  const auto first = numbers_of("(float[N, 2, 6, 5] x) => (float[N, 4, 6, 5] y) { " + kSmall +
                                    "c = " + kConvolution + "(x, w) y = Relu (c) }",
                                batch);
  const auto last = numbers_of("(float[N, 6, 5, 2] z) => (float[N, 6, 5, 4] y) { " + kSmall +
                                   "x = Transpose <perm = [0, 3, 1, 2]> (z) c = " + kConvolution +
                                   "(x, w) t = Transpose <perm = [0, 2, 3, 1]> (c) y = Relu (t) }",
                               batch);
  expect_same(first, last);
}

// As many windows on as many rows: only the order in which pixels arrive differs, and with it how
// long the first window waits.
TEST(Equivalence, AKernelOnItsSideDoesTheSameWork) {
  EstimateOptions batch;
  batch.batch = 20;
  auto wide = numbers_of("(float[N, 2, 10, 36] x) => (float[N, 4, 8, 32] y) { " +
                             values("w", "4, 2, 3, 5", 120) + "y = Conv (x, w) }",
                         batch);
  auto high = numbers_of("(float[N, 2, 36, 10] x) => (float[N, 4, 32, 8] y) { " +
                             values("w", "4, 2, 5, 3", 120) + "y = Conv (x, w) }",
                         batch);
  // Neighbouring windows are on other copies, so a pixel may go to one core more or less.
  EXPECT_NEAR(wide.spent["hop"], high.spent["hop"], 0.2 * wide.spent["hop"]);
  EXPECT_NEAR(wide.spent["buffer_write_byte"], high.spent["buffer_write_byte"],
              0.3 * wide.spent["buffer_write_byte"]);
  for (auto* const each : {&wide, &high}) {
    each->spent.erase("hop");
    each->spent.erase("buffer_write_byte");
  }
  EXPECT_EQ(wide.spent, high.spent);
  EXPECT_NEAR(wide.interval, high.interval, 0.01 * wide.interval);
}

// A file for batches of four is the same network as one for any batch.
TEST(Equivalence, TheBatchOfTheFileDoesNotCount) {
  const auto graph = [](const std::string& batch) {
    return "(float[" + batch + ", 2, 6, 5] x) => (float[" + batch + ", 4, 6, 5] y) { " + kSmall +
           "c = " + kConvolution + "(x, w) y = Relu (c) }";
  };
  expect_same(numbers_of(graph("N")), numbers_of(graph("4")));
  expect_same(numbers_of(graph("N")), numbers_of(graph("1")));
}

// So many images together spend what they spend apart.
TEST(Equivalence, ABatchIsItsImages) {
  const std::string graph = "(float[N, 2, 6, 5] x) => (float[N, 4, 6, 5] y) { " + kSmall +
                            "c = " + kConvolution + "(x, w) y = Relu (c) }";
  EstimateOptions batch;
  batch.batch = 8;
  batch.every_image = true;
  const auto one = numbers_of(graph);
  const auto eight = numbers_of(graph, batch);
  EXPECT_EQ(one.latency, eight.latency);
  ASSERT_EQ(one.spent.size(), eight.spent.size());
  for (const auto& [action, energy] : one.spent) {
    EXPECT_NEAR(eight.spent.at(action), energy, 1e-9 * energy) << action;
  }
}

// Branches that a file lists in another order do the same work; they change places, so their ways
// and what waits for what differ a little.
TEST(Equivalence, TheOrderOfBranchesChangesWaysAlone) {
  const std::string head = "(float[N, 2, 6, 5] x) => (float[N, 4, 6, 5] y) { " + kSmall +
                           values("v", "4, 2, 3, 3", 72) + "a = Abs (x) ";
  const std::string one = "p = " + kConvolution + "(a, w) ";
  const std::string other = "q = " + kConvolution + "(a, v) ";
  const auto first = numbers_of(head + one + other + "y = Add (p, q) }");
  const auto second = numbers_of(head + other + one + "y = Add (p, q) }");
  EXPECT_NEAR(first.latency, second.latency, 0.02 * first.latency);
  for (const auto& [action, energy] : first.spent) {
    EXPECT_NEAR(second.spent.at(action), energy, (action == "hop" ? 0.1 : 1e-12) * energy)
        << action;
  }
}

}  // namespace
}  // namespace dwmtj
