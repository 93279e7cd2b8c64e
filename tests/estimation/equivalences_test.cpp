// SPDX-License-Identifier: Apache-2.0
// The same network written in another way costs the same.
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
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
    const auto result =
        estimate(map_onto(network, Architecture::load(find_chip("adc-multibit")), {}), options);
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

// Images travel along the side on which windows are complete sooner, whichever way they lie.
TEST(Equivalence, AKernelOnItsSideIsTheSame) {
  EstimateOptions batch;
  batch.batch = 20;
  const auto wide = numbers_of("(float[N, 2, 10, 36] x) => (float[N, 4, 8, 32] y) { " +
                                   values("w", "4, 2, 3, 5", 120) + "y = Conv (x, w) }",
                               batch);
  const auto high = numbers_of("(float[N, 2, 36, 10] x) => (float[N, 4, 32, 8] y) { " +
                                   values("w", "4, 2, 5, 3", 120) + "y = Conv (x, w) }",
                               batch);
  expect_same(wide, high);
}

// Of a list as "3, 5" the second before the first.
std::string swapped(const std::string& pair) {
  const auto comma = pair.find(", ");
  return pair.substr(comma + 2) + ", " + pair.substr(0, comma);
}

// Strides, padding, pools, a shortcut, enlarging and a dense layer over all channels.
std::string network_on_side(bool side) {
  const auto pair = [&](const std::string& sizes) { return side ? swapped(sizes) : sizes; };
  return "(float[N, 2, " + pair("12, 20") + "] x) => (float[N, 3] y) { " +
         values("u", "4, 2, " + pair("3, 5"), 120) + values("v", "4, 4, " + pair("3, 1"), 48) +
         values("w", "4, 4, " + pair("1, 1"), 16) + values("m", "4, 3", 12) +
         "s = Constant <value = float[4] {1, 1, " + pair("2, 1") + "}> () " +
         "a = Conv <strides = [" + pair("1, 2") + "], pads = [" + pair("1, 2") + ", " +
         pair("1, 2") + "]> (x, u) r = Relu (a) p = MaxPool <kernel_shape = [" + pair("2, 1") +
         "]> (r) b = Conv <pads = [" + pair("1, 0") + ", " + pair("1, 0") +
         "]> (p, v) c = Conv (p, w) d = Add (b, c) e = Resize (d, , s) g = GlobalAveragePool (e) "
         "f = Flatten (g) y = MatMul (f, m) }";
}

TEST(Equivalence, ANetworkOnItsSideIsTheSame) {
  EstimateOptions batch;
  batch.batch = 20;
  expect_same(numbers_of(network_on_side(false), batch), numbers_of(network_on_side(true), batch));
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

// Branches that a file lists in another order.
TEST(Equivalence, TheOrderOfBranchesDoesNotCount) {
  const std::string head = "(float[N, 2, 6, 5] x) => (float[N, 4, 6, 5] y) { " + kSmall +
                           values("v", "4, 2, 1, 1", 8) + values("u", "4, 4, 3, 3", 144) +
                           "a = Abs (x) ";
  const std::string one = "o = " + kConvolution + "(a, w) p = " + kConvolution + "(o, u) ";
  const std::string other = "q = Conv (a, v) ";
  const std::string sum = "y = Add (p, q) }";
  EstimateOptions batch;
  batch.batch = 20;
  const auto first = numbers_of(head + one + other + sum, batch);
  expect_same(first, numbers_of(head + other + one + sum, batch));
  expect_same(first, numbers_of("(float[N, 2, 6, 5] x) => (float[N, 4, 6, 5] y) { a = Abs (x) " +
                                    values("v", "4, 2, 1, 1", 8) + other + kSmall +
                                    values("u", "4, 4, 3, 3", 144) + one + sum,
                                batch));
}

}  // namespace
}  // namespace dwmtj
