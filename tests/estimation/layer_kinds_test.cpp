// SPDX-License-Identifier: Apache-2.0
// Every kind of layer alone on a chip of two cores, to the picosecond and the femtojoule.
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "estimation/estimate.h"
#include "networks/onnx_reader.h"
#include "tests/estimation/spent.h"
#include "tests/networks/onnx_text.h"
#include "tests/support/systemc_child.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

// What is counted of a layer that computes on the digital part of core 0; each hop is of a flit.
struct Counts {
  double operations;
  double written;  // bytes into the buffer
  double flits;
  double link_bits;
};

struct Case {
  const char* name;
  std::string nodes;
  Picoseconds end = 0;
  Counts counts;
  std::string input = "1, 2, 4, 6";
};

std::set<LayerKind>& kinds_seen() {
  static std::set<LayerKind> kinds;
  return kinds;
}

Network network_of(const std::string& nodes, const std::string& input) {
  const TemporaryFolder folder;
  const std::string graph = "(float[" + input + "] x) => (float[N] y) { " + nodes + " }";
  auto network = load_onnx(folder.write("a.onnx", onnx_bytes(graph)));
  for (const auto& layer : network.layers) kinds_seen().insert(layer.kind);
  return network;
}

MappedNetwork on_primes(Network network) {
  MappingChoices choices;
  choices.replicate = false;
  return map_onto(std::move(network), Architecture::load(DWMTJ_PRIMES), choices);
}

void expect_case(const Case& of) {
  const auto mapped = on_primes(network_of(of.nodes, of.input));
  EXPECT_TRUE(test::passes_in_child([&] {
    const auto result = estimate(mapped, {});
    EXPECT_EQ(result.pipeline.completed, std::vector<Picoseconds>{of.end}) << of.name;
    std::map<std::string, double> by_hand = {{"buffer_write_byte", of.counts.written * 23.0},
                                             {"hop", of.counts.flits * 32 * 41.0},
                                             {"link_bit", of.counts.link_bits * 43.0}};
    if (of.counts.operations > 0) by_hand["digital_op"] = of.counts.operations * 31.0;
    test::expect_spent(result.ledger, by_hand);
  })) << of.name;
}

std::string numbers(int count) {
  std::string text;
  for (int i = 1; i <= count; ++i) text += (i > 1 ? "," : "") + std::to_string(i);
  return text;
}

// 24 positions of two channels of 4 bits are 24 bytes, 8 flits with their header: at core 0 after
// 2 + 8 = 10 ns. An operation takes 10 ns. A position's result of up to 4 bytes is 3 flits: 3 ns of
// the port, and at the host 5 ns after it has it.
std::vector<Case> digital_cases() {
  const Counts each_once{48, 24 + 24, 8 + 24 * 3, 2 * 192};
  const Picoseconds one_by_one = 10'000 + 24 * 20'000 + 5'000;
  const Counts after_another{96, 24 + 24 + 24, 8 + 24 * 3, 2 * 192};
  // The digital part is taken by the first layer until 490 ns; then 24 positions of the second.
  const Picoseconds two_layers = 490'000 + 24 * 20'000 + 5'000;
  const std::string scales = "s = Constant <value = float[4] {1,1,2,2}> () ";
  return {
      {"activation", "y = Relu (x)", one_by_one, each_once},
      {"scale", "c = Constant <value = float[1] {3}> () y = Mul (x, c)", one_by_one, each_once},
      {"constant",
       "c = Constant <value = float[1, 2, 4, 6] {" + numbers(48) + "}> () y = Add (x, c)",
       one_by_one, each_once},
      {"softmax", "y = Softmax <axis = 1> (x)", one_by_one, each_once},
      {"normalisation", "y = LRN <size = 1> (x)", one_by_one, each_once},
      {"max pool",
       "y = MaxPool <kernel_shape = [2, 3]> (x)",
       10'000 + 12 * 120'000 + 5'000,
       {144, 24 + 12, 8 + 12 * 3, 192 + 96}},
      {"average pool",
       "y = AveragePool <kernel_shape = [2, 2]> (x)",
       10'000 + 15 * 80'000 + 5'000,
       {120, 24 + 15, 8 + 15 * 3, 192 + 120}},
      {"global pool",
       "y = GlobalAveragePool (x)",
       10'000 + 480'000 + 5'000,
       {48, 24 + 1, 8 + 3, 192 + 8}},
      {"mean",
       "y = ReduceMean <axes = [1]> (x)",
       one_by_one,
       {48, 24 + 24 * 0.5, 8 + 24 * 3, 192 + 96}},
      {"add", "a = Abs (x) y = Add (x, a)", two_layers, after_another},
      {"subtract", "a = Abs (x) y = Sub (x, a)", two_layers, after_another},
      {"multiply", "a = Abs (x) y = Mul (x, a)", two_layers, after_another},
      // Nothing to compute, but it waits its turn; then 24 results leave, 3 ns each.
      {"concat",
       "a = Abs (x) y = Concat <axis = 1> (x, a)",
       490'000 + 23 * 3'000 + 5'000,
       {48, 24 + 24 + 48, 8 + 24 * 3, 192 + 384}},
      {"rearrange",
       "y = Transpose <perm = [0, 1, 3, 2]> (x)",
       10'000 + 23 * 3'000 + 5'000,
       {0, 24 + 24, 8 + 24 * 3, 2 * 192}},
      // Four products and three sums a value, of 96 positions of two.
      {"resample",
       scales + "y = Resize <mode = \"linear\"> (x, , s)",
       10'000 + 96 * 140'000 + 5'000,
       {1344, 24 + 96, 8 + 96 * 3, 192 + 768}},
      {"nearest",
       scales + "y = Resize (x, , s)",
       10'000 + 95 * 3'000 + 5'000,
       {0, 24 + 96, 8 + 96 * 3, 192 + 768}},
      // 18 values are 9 bytes, 5 flits; 3 positions of 3 sums over 6 products each. What the
      // transpose names anew is the same data.
      {"product",
       "t = Transpose <perm = [0, 2, 1]> (x) y = MatMul (x, t)",
       7'000 + 3 * 360'000 + 5'000,
       {108, 9 + 4.5, 5 + 3 * 3, 72 + 36},
       "1, 3, 6"},
  };
}

TEST(LayerKinds, OnTheDigitalPart) {
  for (const auto& of : digital_cases()) expect_case(of);
}

// Windows of 2 x 2 on an image of 3 x 3: four, one after the other, on an array of 4 rows; two
// outputs are four columns. The image is 5 bytes, 4 flits.
void expect_convolution() {
  const auto result = estimate(on_primes(network_of("w = Constant <value = float[2, 1, 2, 2] {" +
                                                        numbers(8) + "}> () y = Conv (x, w)",
                                                    "1, 1, 3, 3")),
                               {});
  EXPECT_EQ(result.pipeline.completed, std::vector<Picoseconds>{6'000 + 4 * 400'000 + 5'000});
  EXPECT_DOUBLE_EQ(result.layers.at(1).busy, 1600.0 / 1611.0) << "four windows in turn";
  test::expect_spent(result.ledger, {{"row_drive", 4 * 4 * 4 * 2.0},
                                     {"array_read", 4 * 4 * 3.0},
                                     {"sample", 4 * 4 * 4 * 5.0},
                                     {"conversion", 4 * 4 * 4 * 7.0},
                                     {"shift_add", 4 * 4 * 4 * 11.0},
                                     {"input_register_byte", 4 * 2 * 13.0},
                                     {"output_register_byte", 4 * 2 * 17.0},
                                     {"buffer_read_byte", 4 * 2 * 19.0},
                                     {"buffer_write_byte", (5 + 4) * 23.0},
                                     {"bus_byte", 4 * (2 + 2) * 29.0},
                                     {"cycle", 4 * 4 * 2 * 37.0},
                                     {"hop", (4 + 4 * 3) * 32 * 41.0},
                                     {"link_bit", (9 * 4 + 4 * 8) * 43.0}});
}

// Five steps, each when the one before it is complete: 400 ns of the array, nine operations. A row
// for the input and one for the state, four gates. The inputs are 3 bytes, 3 flits.
void expect_recurrent() {
  const auto result =
      estimate(on_primes(network_of("w = Constant <value = float[1, 4, 1] {1,1,1,1}> () "
                                    "r = Constant <value = float[1, 4, 1] {1,1,1,1}> () "
                                    "y = LSTM <hidden_size = 1> (x, w, r)",
                                    "5, 1, 1")),
               {});
  EXPECT_EQ(result.pipeline.completed,
            std::vector<Picoseconds>{5'000 + 5 * (400'000 + 90'000) + 5'000});
  test::expect_spent(result.ledger, {{"row_drive", 5 * 4 * 2 * 2.0},
                                     {"array_read", 5 * 4 * 3.0},
                                     {"sample", 5 * 4 * 8 * 5.0},
                                     {"conversion", 5 * 4 * 8 * 7.0},
                                     {"shift_add", 5 * 4 * 8 * 11.0},
                                     {"input_register_byte", 5 * 1 * 13.0},
                                     {"output_register_byte", 5 * 4 * 17.0},
                                     {"buffer_read_byte", 5 * 1 * 19.0},
                                     {"buffer_write_byte", (3 + 5 * 0.5) * 23.0},
                                     {"bus_byte", 5 * (1 + 4) * 29.0},
                                     {"digital_op", 5 * 9 * 31.0},
                                     {"cycle", 5 * 4 * 2 * 37.0},
                                     {"hop", (3 + 5 * 3) * 32 * 41.0},
                                     {"link_bit", (5 * 4 + 5 * 4) * 43.0}});
}

TEST(LayerKinds, OnArrays) {
  EXPECT_TRUE(test::passes_in_child(expect_convolution));
  EXPECT_TRUE(test::passes_in_child(expect_recurrent));
}

// A dense layer is in hand_cases_test.
TEST(LayerKinds, AreAllOfThem) {
  for (const auto& of : digital_cases()) network_of(of.nodes, of.input);
  network_of("w = Constant <value = float[2, 1, 2, 2] {" + numbers(8) + "}> () y = Conv (x, w)",
             "1, 1, 3, 3");
  network_of(
      "w = Constant <value = float[1, 4, 1] {1,1,1,1}> () "
      "r = Constant <value = float[1, 4, 1] {1,1,1,1}> () "
      "y = LSTM <hidden_size = 1> (x, w, r)",
      "5, 1, 1");
  for (std::size_t kind = 0; kind < kLayerKinds; ++kind) {
    if (static_cast<LayerKind>(kind) == LayerKind::dense) continue;
    EXPECT_EQ(kinds_seen().count(static_cast<LayerKind>(kind)), 1U)
        << name_of(static_cast<LayerKind>(kind));
  }
}

}  // namespace
}  // namespace dwmtj
