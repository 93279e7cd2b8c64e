// SPDX-License-Identifier: Apache-2.0
// Operators as they cannot be: each is refused in words, its neighbour that can be is not.
#include <gmock/gmock.h>

#include "networks/onnx_operators.h"
#include "networks/onnx_reader.h"
#include "tests/networks/onnx_text.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

using ::testing::HasSubstr;

std::string complaint(const std::string& graph, int opset) {
  const TemporaryFolder folder;
  const auto file = folder.write("a.onnx", onnx_bytes(graph, opset));
  return input_error_of([&] { return load_onnx(file); });
}

std::string constant(const std::string& name, const std::string& dims, int count,
                     const std::string& value = "1") {
  std::string values = value;
  for (int i = 1; i < count; ++i) values += "," + value;
  return name + " = Constant <value = float[" + dims + "] {" + values + "}> () ";
}

struct Case {
  std::string input, nodes, reason;  // "accepted" where there is none
  int opset = 13;
};

void expect(const std::vector<Case>& cases) {
  for (const auto& each : cases) {
    const auto graph = "(float[" + each.input + "] x) => (float[A] y) { " + each.nodes + " }";
    EXPECT_THAT(complaint(graph, each.opset), HasSubstr(each.reason)) << each.nodes;
  }
}

TEST(OnnxRefusals, OfArithmetic) {
  const auto norm = [](const std::string& variance, int values) {
    std::string text = constant("s", "2", 2) + constant("b", "2", 2) + constant("m", "2", 2);
    return text + constant("v", std::to_string(values), values, variance) +
           "y = BatchNormalization <epsilon = 0.5> (x, s, b, m, v)";
  };
  expect({{"1, 2", constant("c", "2", 2) + "y = Pow (x, c)", "input 1: expected one value"},
          {"1, 2", constant("c", "1", 1, "4") + "y = Pow (x, c)", "an exponent of 4: expected -1"},
          {"1, 2", constant("c", "1", 1, "3") + "y = Pow (x, c)", "accepted"},
          {"1, 2", constant("c", "2", 2) + "y = Min (x, c)", "expected a constant of one value"},
          {"1, 2", "y = Min (x)", "expected two inputs"},
          {"1, 2", constant("c", "1", 1) + "y = Max (x, c)", "accepted"},
          {"1, 2", constant("c", "2", 2) + "y = Sum (x, c)", "a constant among the terms"},
          {"1, 2, 3", "a = ReduceMean <axes = [2]> (x) y = Sum (x, a)", "terms that are broadcast"},
          {"1, 2", "a = Relu (x) y = Sum (x, a)", "accepted"},
          {"1, 2", norm("-0.5", 2), "a variance that is not positive"},
          {"1, 2", norm("-0.25", 2), "accepted"},
          {"1, 2", norm("1", 3), "input 4: expected 2 values"}});
}

TEST(OnnxRefusals, OfWindows) {
  const auto conv = [](const std::string& attributes, const std::string& dims, int count) {
    return constant("w", dims, count) + "y = Conv " + attributes + " (x, w)";
  };
  const std::string image = "1, 2, 4, 4";
  expect({{image, conv("", "2, 2, 3, 3", 36), "accepted"},
          {image, conv("<group = 2>", "2, 1, 3, 3", 18), "accepted"},
          {image, conv("<group = 2>", "3, 1, 3, 3", 27), "expected weights for the channels"},
          {image, conv("", "2, 1, 3, 3", 18), "expected weights for the channels and groups"},
          {image, conv("<kernel_shape = [3, 3]>", "2, 2, 3, 3", 36), "accepted"},
          {image, conv("<kernel_shape = [3, 2]>", "2, 2, 3, 3", 36), "kernel_shape: expected that"},
          {image, conv("<auto_pad = \"SAME\">", "2, 2, 3, 3", 36), "auto_pad 'SAME'"},
          {image, conv("<pads = [0, 0, 0, -1]>", "2, 2, 3, 3", 36), "negative pads"}});
}

TEST(OnnxRefusals, OfProducts) {
  expect(
      {{"2, 3", constant("w", "3, 2", 6) + "y = MatMul (x, w)", "accepted"},
       {"2, 3", constant("w", "2, 3, 2", 12) + "y = MatMul (x, w)", "input 1: expected a matrix"},
       {"2, 3", constant("w", "1, 3, 2", 6) + "y = MatMul (x, w)", "accepted"},
       {"1, 3", constant("w", "3, 2", 6) + constant("b", "3", 3) + "y = Gemm (x, w, b)",
        "a bias of 3 values: expected 2"},
       {"1, 3", constant("w", "3, 2", 6) + constant("b", "2", 2) + "y = Gemm (x, w, b)",
        "accepted"},
       {"3, 1", constant("w", "2, 3", 6) + constant("b", "2, 1", 2) + "y = Gemm (w, x, b)",
        "input 2: a bias along the rows"}});
}

TEST(OnnxRefusals, OfMovements) {
  const auto pads = [](const std::string& values, int count) {
    return "p = Constant <value = int64[" + std::to_string(count) + "] {" + values +
           "}> () y = Pad (x, p)";
  };
  expect({{"1, 2, 4", "y = Transpose <perm = [0, 1]> (x)", "perm: expected all axes"},
          {"1, 2, 4", "y = Transpose <perm = [0, 2, 1]> (x)", "accepted"},
          {"1, 2, 4", pads("0,0,1,0,0,1", 6), "accepted"},
          {"1, 2, 4", "y = ReduceMax <axes = [1]> (x)", "axes: expected those of height and width"},
          {"1, 2, 4", "y = ReduceMax <axes = [2]> (x)", "accepted"},
          {"1, 2, 4, 2", "y = ReduceMean <axes = [1, 3]> (x)", "axes: expected neighbours"},
          {"1, 2, 4, 2", "y = ReduceMean <axes = [1, 2]> (x)", "accepted"}});
}

TEST(OnnxRefusals, OfNormalisations) {
  const auto layer = [](int scale, int offset, const std::string& attributes = "") {
    return constant("s", std::to_string(scale), scale) +
           constant("b", std::to_string(offset), offset) + "y = LayerNormalization " + attributes +
           " (x, s, b)";
  };
  const std::string instance = constant("s", "2", 2) + constant("b", "2", 2);
  expect({{"1, 2, 3", layer(3, 3), "accepted", 17},
          {"1, 2, 3", layer(2, 2), "input 1: expected 3 values", 17},
          {"1, 2, 3", layer(3, 2), "input 2: expected as many values as input 1", 17},
          {"1, 2, 3", layer(1, 1, "<axis = 1>"), "accepted", 17},
          {"1, 2, 3", layer(3, 3, "<axis = 1>"), "a scale of several axes", 17},
          {"1, 2", instance + "y = InstanceNormalization (x, s, b)", "expected an image"},
          {"1, 2, 3", instance + "y = InstanceNormalization (x, s, b)", "accepted"},
          {"1, 2, 3", instance + "y = GroupNormalization <num_groups = 3> (x, s, b)",
           "groups: expected whole ones", 18},
          {"1, 2, 3", instance + "y = GroupNormalization <num_groups = 2> (x, s, b)", "accepted",
           18}});
}

TEST(OnnxRefusals, OfRecurrence) {
  const auto rnn = [](const std::string& more, const std::string& attributes = "",
                      const std::string& before = "") {
    return constant("w", "1, 2, 3", 6) + constant("r", "1, 2, 2", 4) + before +
           "y = RNN <hidden_size = 2" + attributes + "> (x, w, r" + more + ")";
  };
  const std::string state = constant("h", "1, 1, 2", 2);
  expect({{"4, 1, 3", rnn(""), "accepted"},
          {"4, 2, 3", rnn(""), "expected one sequence at a time"},
          {"4, 1, 2", rnn(""), "weights that do not fit"},
          {"4, 1, 3", rnn("", ", layout = 1"), "layout 1", 14},
          {"4, 1, 3", rnn("", ", clip = 1.0"), "clip of its own"},
          {"4, 1, 3", rnn("", ", activations = [\"Relu\"]"), "activations of its own"},
          {"4, 1, 3", rnn("", ", activations = [\"Tanh\"]"), "accepted"},
          {"4, 1, 3", rnn(", , , h", "", state), "a state that is not zero at first"},
          {"4, 1, 3", rnn(", , , h", "", constant("h", "1, 1, 2", 2, "0")), "accepted"},
          {"4, 1, 3", rnn(", b", "", constant("b", "1, 3", 3)), "input 3: biases that do not fit"},
          {"4, 1, 3", rnn(", b", "", constant("b", "1, 4", 4)), "accepted"}});
}

}  // namespace
}  // namespace dwmtj
