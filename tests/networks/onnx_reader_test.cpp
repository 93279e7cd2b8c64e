// SPDX-License-Identifier: Apache-2.0
// Files as a whole: what is wrong with them, open shapes, data beside them.
#include "networks/onnx_reader.h"

#include <cmath>

#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include "tests/networks/onnx_text.h"
#include "tests/support/input_error_of.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const std::string kRelu = "(float[N, 3, 8, 8] x) => (float[N, 3, 8, 8] y) { y = Relu (x) }";

// A classifier of four inputs whose weights w are an initializer of the file.
onnx::ModelProto dense_model() {
  auto model = onnx_model("(float[N, 4] x) => (float[N, 2] y) { y = MatMul (x, w) }");
  auto& weights = *model.mutable_graph()->add_initializer();
  weights.set_name("w");
  weights.set_data_type(onnx::TensorProto::FLOAT);
  weights.add_dims(4);
  weights.add_dims(2);
  for (int i = 0; i < 8; ++i) weights.add_float_data(static_cast<float>(i));
  return model;
}

class OnnxFile : public testing::Test {
 protected:
  Network load(const std::string& bytes, const OnnxOptions& options = {}) {
    return load_onnx(folder_.write("net.onnx", bytes), options);
  }
  // Without the file's name, with which it must begin.
  std::string error(const std::string& bytes, const OnnxOptions& options = {}) {
    const auto message = input_error_of([&] { return load(bytes, options); });
    const auto prefix = (folder_ / "net.onnx").string() + ": ";
    EXPECT_EQ(message.rfind(prefix, 0), 0U) << message;
    return message.substr(std::min(prefix.size(), message.size()));
  }
  // Puts the weights of the dense model into a file at `location`.
  static onnx::ModelProto external(const std::string& location, const std::string& offset = "",
                                   const std::string& length = "") {
    auto model = dense_model();
    auto& weights = *model.mutable_graph()->mutable_initializer(0);
    weights.clear_float_data();
    weights.set_data_location(onnx::TensorProto::EXTERNAL);
    const auto add = [&](const char* key, const std::string& value) {
      if (value.empty()) return;
      auto& entry = *weights.add_external_data();
      entry.set_key(key);
      entry.set_value(value);
    };
    add("location", location);
    add("offset", offset);
    add("length", length);
    return model;
  }

  TemporaryFolder folder_;
};

TEST_F(OnnxFile, NameAndInputs) {
  const auto network = load(onnx_bytes(kRelu));
  EXPECT_EQ(network.name, "net");
  ASSERT_EQ(network.layers.size(), 2U);
  EXPECT_EQ(network.layers[0].name, "x");
  EXPECT_EQ(network.layers[0].kind, LayerKind::input);
  EXPECT_EQ(network.layers[0].output, (TensorShape{3, 8, 8}));
}

TEST_F(OnnxFile, MissingOrNoFile) {
  const auto missing = (folder_ / "none.onnx").string();
  EXPECT_EQ(input_error_of([&] { return load_onnx(missing); }), missing + ": cannot be read");
  const auto folder = folder_.path().string();
  EXPECT_EQ(input_error_of([&] { return load_onnx(folder); }), folder + ": cannot be read");
}

TEST_F(OnnxFile, NoModelOrCutShort) {
  const std::string expected = "expected an ONNX model; this is none, or cut short";
  EXPECT_EQ(error(""), expected);
  EXPECT_EQ(error("dwmtj-trace 1\n"), expected);
  const auto bytes = onnx_bytes(kRelu);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_NE(input_error_of([&] { return load(bytes.substr(0, size)); }), "accepted") << size;
  }
}

TEST_F(OnnxFile, Opsets) {
  for (int opset = 7; opset <= 21; ++opset)
    EXPECT_EQ(load(onnx_bytes(kRelu, opset)).layers.size(), 2U);
  EXPECT_EQ(error(onnx_bytes(kRelu, 6)), "opset 6: expected 7 to 21");
  EXPECT_EQ(error(onnx_bytes(kRelu, 22)), "opset 22: expected 7 to 21");
}

TEST_F(OnnxFile, EmptyGraphs) {
  EXPECT_EQ(error(onnx_bytes("(float[N, 3] x) => (float[N, 3] y) {}")),
            "expected a graph with nodes");
  EXPECT_EQ(error(onnx_bytes("(float[N, 3] x) => () { y = Relu (x) }")),
            "expected a graph with outputs");
  EXPECT_EQ(error(onnx_bytes("() => (float[3] y) { y = Constant <value = float[1] {1}> () }")),
            "expected a graph with inputs");
}

TEST_F(OnnxFile, AllThatIsNotSupportedIsNamed) {
  auto model = onnx_model(R"((float[N, 3, 8, 8] x) => (float[N, 3, 8, 8] y) {
    a = Mish (x)
    b = Relu (a)
    c = Mish (b)
    d = MatMul (x, x)
    y = Sum (c, d) })");
  model.mutable_graph()->mutable_node(2)->set_name("third");
  model.mutable_graph()->mutable_node(2)->set_domain("com.example");
  EXPECT_EQ(error(model.SerializeAsString()),
            "cannot be imported: node 'a' (Mish) is not supported; node 'third' "
            "(com.example.Mish) is not supported");
}

TEST_F(OnnxFile, CyclesAndMissingTensors) {
  EXPECT_EQ(error(onnx_bytes("(float[N, 3] x) => (float[N, 3] y) { a = Add (x, y) y = Relu (a) }")),
            "node 'a' (Add): 'y' is no input, no weight and not made by an earlier node");
  EXPECT_EQ(error(onnx_bytes("(float[N, 4] x) => (float[N, 3] y) { y = MatMul (x, w) }")),
            "node 'y' (MatMul): 'w' is no input, no weight and not made by an earlier node");
  EXPECT_EQ(error(onnx_bytes("(float[N, 3] x) => (float[N, 3] y) { z = Relu (x) }")),
            "output 'y' is never made");
  EXPECT_EQ(error(onnx_bytes("(float[N, 3] x) => (float[N, 3] y) { y = Relu (x) y = Abs (x) }")),
            "tensor 'y' is made twice");
}

TEST_F(OnnxFile, NodesTheLibraryRefuses) {
  const auto message =
      error(onnx_bytes("(float[N, 3, 8, 8] x) => (float[N, 3, 8, 8] y) { y = MaxPool (x) }"));
  EXPECT_NE(message.find("node 'y' (MaxPool)"), std::string::npos) << message;
  EXPECT_NE(message.find("kernel_shape"), std::string::npos) << message;
}

TEST_F(OnnxFile, OpenShapesAreGiven) {
  const auto bytes = onnx_bytes("(float[N, 3, H, W] x) => (float[N, 3, H, W] y) { y = Relu (x) }");
  EXPECT_EQ(error(bytes), "input 'x' has sizes that are not known: expected its shape to be given");
  EXPECT_EQ(load(bytes, {{{"x", {1, 3, 6, 9}}}}).layers[1].output, (TensorShape{3, 6, 9}));
  EXPECT_EQ(load(bytes, {{{"x", {4, 3, 6, 9}}}}).layers[1].output, (TensorShape{3, 6, 9}));
  EXPECT_EQ(error(bytes, {{{"x", {1, 4, 6, 9}}}}), "shape of 'x': axis 1 is 3 in the file");
  EXPECT_EQ(error(bytes, {{{"x", {3, 6, 9}}}}), "shape of 'x': expected 4 sizes");
  EXPECT_EQ(error(bytes, {{{"z", {1, 3, 6, 9}}}}), "shape of 'z': the inputs are 'x'");
  EXPECT_EQ(error(bytes, {{{"x", {1, 3, 0, 9}}}}), "input 'x': its size is absurd");
  EXPECT_EQ(error(bytes, {{{"x", {1, 3, 1 << 20, 1 << 20}}}}), "input 'x': its size is absurd");
}

TEST_F(OnnxFile, AbsurdSizes) {
  auto model = dense_model();
  model.mutable_graph()->mutable_initializer(0)->set_dims(0, std::int64_t{1} << 40);
  EXPECT_EQ(error(model.SerializeAsString()), "tensor 'w': its size is absurd");
  model.mutable_graph()->mutable_initializer(0)->set_dims(0, 5);
  EXPECT_EQ(error(model.SerializeAsString()), "tensor 'w': expected 10 values, 8 found");
}

TEST_F(OnnxFile, WeightsOfOtherFloats) {
  const auto as_float = load(dense_model().SerializeAsString());
  auto model = dense_model();
  auto& weights = *model.mutable_graph()->mutable_initializer(0);
  weights.clear_float_data();
  weights.set_data_type(onnx::TensorProto::DOUBLE);
  for (int i = 0; i < 8; ++i) weights.add_double_data(i);
  const auto as_double = load(model.SerializeAsString());
  EXPECT_EQ(*as_double.layers[1].weights.values, *as_float.layers[1].weights.values);
  weights.clear_double_data();
  weights.set_data_type(onnx::TensorProto::FLOAT16);
  for (const int half : {0x0000, 0x3C00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600, 0x4700}) {
    weights.add_int32_data(half);
  }
  const auto as_half = load(model.SerializeAsString());
  EXPECT_EQ(*as_half.layers[1].weights.values, *as_float.layers[1].weights.values);
}

TEST_F(OnnxFile, WeightsAreSharedNotCopied) {
  auto model = onnx_model(R"((float[N, 2] x) => (float[N, 2] y) {
    w = Constant <value = float[2, 2] {1,2,3,4}> ()
    a = Gemm <transB = 1> (x, w)
    r = Relu (a)
    y = Gemm <transB = 1> (r, w) })");
  const auto network = load(model.SerializeAsString());
  EXPECT_EQ(network.layers[1].weights.values, network.layers[3].weights.values);
}

TEST_F(OnnxFile, DataBesideTheFile) {
  const std::vector<float> values = {0, 1, 2, 3, 4, 5, 6, 7};
  const std::string raw(reinterpret_cast<const char*>(values.data()), 32);
  folder_.write("net.data", "head" + raw);
  const auto network = load(external("net.data", "4", "32").SerializeAsString());
  EXPECT_EQ(*network.layers[1].weights.values,
            *load(dense_model().SerializeAsString()).layers[1].weights.values);
  const auto error_of = [&](const onnx::ModelProto& model) {
    return error(model.SerializeAsString());
  };
  EXPECT_EQ(error_of(external("none.data")), "external data 'none.data' is missing");
  EXPECT_EQ(error_of(external("")), "external data '' is missing");
  EXPECT_EQ(error_of(external("net.data", "8")), "external data 'net.data' ends too early");
  EXPECT_EQ(error_of(external("net.data", "40")), "external data 'net.data' ends too early");
  EXPECT_EQ(error_of(external("net.data", "0", "36")),
            "external data 'net.data' is longer than its tensor");
  EXPECT_EQ(error_of(external("net.data", "-4")),
            "external data: '-4': expected a number of bytes");
  EXPECT_EQ(error_of(external("net.data", "0", "16")),
            "tensor 'w': expected 32 bytes of data, 16 found");
}

TEST_F(OnnxFile, DataElsewhereIsRefused) {
  const TemporaryFolder elsewhere;
  const auto data = elsewhere.write("w.data", std::string(32, '\0'));
  const auto up = std::filesystem::relative(data, folder_.path()).string();
  std::filesystem::create_symlink(data, folder_ / "link.data");
  for (const auto& location : {data.string(), up, std::string("link.data")}) {
    EXPECT_EQ(error(external(location).SerializeAsString()),
              "external data '" + location + "' is outside of the model's folder");
  }
}

TEST(OnnxReader, TakesShapesOfWeightsAlone) {
  const TemporaryFolder folder;
  const auto file = folder.write(
      "a.onnx", onnx_bytes("(float[N, 4] x, float[4, 2] w, float[2] b) => (float[N, 2] y) { "
                           "a = MatMul (x, w) y = Add (a, b) }"));
  const auto network = load_onnx(file);
  EXPECT_FALSE(network.has_values);
  EXPECT_EQ(network.weights(), 8);
  EXPECT_EQ(network.layers.size(), 2U);
}

TEST(OnnxReader, RefusesWeightsThatAreNoNumbers) {
  const TemporaryFolder folder;
  for (const float value : {std::nanf(""), HUGE_VALF}) {
    auto model = dense_model();
    model.mutable_graph()->mutable_initializer(0)->set_float_data(3, value);
    const auto file = folder.write("a.onnx", model.SerializeAsString());
    const auto error = input_error_of([&] { return load_onnx(file); });
    EXPECT_EQ(error.rfind(file.string() + ": layer 'y': weight ", 0), 0U) << error;
    EXPECT_NE(error.find(": expected finite numbers"), std::string::npos) << error;
  }
}

}  // namespace
}  // namespace dwmtj
