// SPDX-License-Identifier: Apache-2.0
// The digital time of every kind of layer, and what recurrent ones wait for.
#include "deployment/core_work.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "deployment/action_totals.h"
#include "deployment/mapped_network.h"
#include "networks/onnx_reader.h"
#include "tests/networks/onnx_text.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

// adc-multibit with a digital unit that takes 10 ns for an operation.
MappedNetwork mapped(const std::string& graph, int opset) {
  const TemporaryFolder folder;
  const auto network = load_onnx(folder.write("a.onnx", onnx_bytes(graph, opset)));
  return map_onto(
      network,
      Architecture::load(find_chip("adc-multibit"),
                         ParameterOverrides({"core.components.digital_unit.actions.digital_op.rate="
                                             "100 MHz"})),
      {});
}

// Of one position of the output.
Picoseconds digital_time(const std::string& nodes, const std::string& input = "1, 2, 4, 6",
                         int opset = 13) {
  const auto of = mapped("(float[" + input + "] x) => (float[N] y) { " + nodes + " }", opset);
  for (std::size_t s = 0; s < of.plan.stages.size(); ++s) {
    if (of.plan.stages[s].is_output) return of.work.finishes[s].duration;
  }
  return -1;
}

constexpr Picoseconds kOne = 10'000;

TEST(DigitalTime, OfEveryKindOfLayer) {
  EXPECT_EQ(digital_time("y = Relu (x)"), 2 * kOne);  // an element each
  EXPECT_EQ(digital_time("a = Abs (x) y = Add (x, a)"), 2 * kOne);
  EXPECT_EQ(digital_time("a = Abs (x) y = Sub (x, a)"), 2 * kOne);
  EXPECT_EQ(digital_time("a = Abs (x) y = Mul (x, a)"), 2 * kOne);
  EXPECT_EQ(digital_time("a = Abs (x) b = Neg (x) y = Sum (x, a, b)"), 2 * kOne);
  EXPECT_EQ(digital_time("y = Softmax <axis = 1> (x)"), 2 * kOne);
  EXPECT_EQ(digital_time("y = LRN <size = 1> (x)"), 2 * kOne);
  EXPECT_EQ(digital_time("y = MaxPool <kernel_shape = [2, 3]> (x)"), 2 * 6 * kOne);
  EXPECT_EQ(digital_time("y = AveragePool <kernel_shape = [2, 2]> (x)"), 2 * 4 * kOne);
  EXPECT_EQ(digital_time("y = GlobalAveragePool (x)"), 2 * 24 * kOne);
  EXPECT_EQ(digital_time("y = ReduceMean <axes = [1]> (x)"), 2 * kOne);  // of two
  EXPECT_EQ(digital_time("a = Abs (x) y = Concat <axis = 1> (x, a)"), 0);
  EXPECT_EQ(digital_time("y = Transpose <perm = [0, 1, 3, 2]> (x)"), 0);
  // Each of three values of a row is a sum over six: six products and sums.
  EXPECT_EQ(digital_time("t = Transpose <perm = [0, 2, 1]> (x) y = MatMul (x, t)", "1, 3, 6"),
            3 * 2 * 6 * kOne);
  // Four values, each times its share: four products and three sums.
  EXPECT_EQ(digital_time("s = Constant <value = float[4] {1,1,2,2}> () "
                         "y = Resize <mode = \"linear\"> (x, , s)"),
            2 * 7 * kOne);
  EXPECT_EQ(digital_time("s = Constant <value = float[4] {1,1,2,2}> () y = Resize (x, , s)"), 0);
}

const std::string kWeights =
    "w = Constant <value = float[1, 4, 1] {1,1,1,1}> () "
    "r = Constant <value = float[1, 4, 1] {1,1,1,1}> () ";

TEST(DigitalTime, OfACellIsThatOfItsGates) {
  EXPECT_EQ(digital_time(kWeights + "y = LSTM <hidden_size = 1> (x, w, r)", "5, 1, 1"), 9 * kOne);
}

// Every step waits for the one before it, so copies are of no use.
TEST(Recurrent, StepsWaitForEachOther) {
  const auto of = mapped(
      "(float[5, 1, 1] x) => (float[N] y) { " + kWeights + "y = LSTM <hidden_size = 1> (x, w, r) }",
      13);
  EXPECT_EQ(of.mapping.layers.at(0).copies, 1);
  EXPECT_EQ(of.mapping.layers.at(0).steps, 5);
  const auto& stage = of.plan.stages.at(1);
  ASSERT_EQ(stage.inputs.size(), 2U);
  EXPECT_EQ(stage.inputs[1].stage, 1U);
  EXPECT_EQ(stage.inputs[1].reach.needed(0), 0);
  EXPECT_EQ(stage.inputs[1].reach.needed(4), 4);
}

// 64 bytes at a time: of pixels of eight bits each, in as many channels.
TEST(Source, SendsAsManyPositionsTogetherAsABurstHas) {
  const auto together = [](const std::string& shape) {
    const auto of = mapped("(float[" + shape + "] x) => (float[N] y) { y = Relu (x) }", 13);
    EXPECT_EQ(of.plan.stages.at(0).kind, StageKind::source);
    EXPECT_EQ(of.plan.stages.at(0).bits, 8);
    EXPECT_EQ(of.work.together.at(1), 1);
    return of.work.together.at(0);
  };
  EXPECT_EQ(together("1, 1, 16, 16"), 64);
  EXPECT_EQ(together("1, 3, 16, 16"), 21);
  EXPECT_EQ(together("1, 32, 16, 16"), 2);
  EXPECT_EQ(together("1, 33, 16, 16"), 1);
  EXPECT_EQ(together("1, 100, 16, 16"), 1);  // a position at least
}

TEST(ActionTotals, NameWhatHasNoPrice) {
  const TemporaryFolder folder;
  const auto network = load_onnx(folder.write(
      "a.onnx", onnx_bytes("(float[1, 2] x) => (float[1, 1] y) { w = Constant <value = "
                           "float[2, 1] {1,2}> () a = MatMul (x, w) y = Relu (a) }")));
  const auto small = map_onto(network, Architecture::load(find_chip("small")), {});
  std::vector<std::string> names;
  for (const auto& [action, count] : unpriced_actions(small)) names.push_back(name_of(action));
  EXPECT_EQ(names,
            (std::vector<std::string>{"sample", "shift_add", "input_register_byte",
                                      "output_register_byte", "buffer_read_byte",
                                      "buffer_write_byte", "bus_byte", "digital_op", "link_bit"}));
  for (const auto* const name : {"isaac-ce", "adc-multibit", "binary-comparator"}) {
    const auto mapped = map_onto(network, Architecture::load(find_chip(name)), {});
    EXPECT_EQ(unpriced_text(mapped), "") << name;
  }
}

}  // namespace
}  // namespace dwmtj
