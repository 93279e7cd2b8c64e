// SPDX-License-Identifier: Apache-2.0
// The fuzz target over the example files and their seeded mutations: of their bytes, and of their
// nodes, which gets further into the reader.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include "common/build_paths.h"
#include "tests/networks/onnx_fuzz_target.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

constexpr std::size_t kRounds = 3000;

std::vector<std::string> examples() {
  std::vector<std::filesystem::path> files;
  const auto folder = std::filesystem::path(kSourceDir) / "tests/networks/data/torch";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".onnx") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());  // so that a failure can be repeated
  std::vector<std::string> texts;
  texts.reserve(files.size());
  for (const auto& file : files) texts.push_back(read_text(file));
  return texts;
}

// A few small accidents.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string bytes(std::string text) {
    for (std::size_t count = 1 + below(4); count > 0; --count) {
      const auto place = below(text.size());
      switch (below(3)) {
        case 0:
          text[place] = static_cast<char>(text[place] ^ (1 << below(8)));
          break;
        case 1:
          text[place] = static_cast<char>(random_());
          break;
        default:
          text.resize(place + 1);
      }
    }
    return text;
  }

  std::string nodes(const std::string& text) {
    onnx::ModelProto model;
    model.ParseFromString(text);
    auto& graph = *model.mutable_graph();
    for (std::size_t count = 1 + below(4); count > 0; --count) {
      switch (below(7)) {
        case 0:
          break_tensor(*graph.mutable_initializer(chosen(graph.initializer_size())));
          break;
        case 1:
          break_input(*graph.mutable_input(0));
          break;
        case 2:
          graph.mutable_node()->SwapElements(chosen(graph.node_size()), chosen(graph.node_size()));
          break;
        default:
          break_node(graph, *graph.mutable_node(chosen(graph.node_size())));
      }
    }
    if (below(20) == 0) model.mutable_opset_import(0)->set_version(7 + below(11));
    return model.SerializeAsString();
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }
  int chosen(int size) { return static_cast<int>(below(static_cast<std::size_t>(size))); }
  std::int64_t number() { return numbers_[below(numbers_.size())]; }

  void break_tensor(onnx::TensorProto& tensor) {
    if (tensor.dims_size() > 0 && below(2) == 0) {
      const auto dims = tensor.dims();  // of the same product
      tensor.clear_dims();
      for (int i = dims.size(); i-- > 0;) tensor.add_dims(dims[i]);
    } else if (tensor.dims_size() > 0 && below(2) == 0) {
      tensor.set_dims(chosen(tensor.dims_size()), number());
    } else if (tensor.raw_data().size() % 8 == 0) {
      for (auto& byte : *tensor.mutable_raw_data()) byte = static_cast<char>(random_());
    } else {
      tensor.set_data_type(chosen(18));
    }
  }

  void break_input(onnx::ValueInfoProto& input) {
    auto& shape = *input.mutable_type()->mutable_tensor_type()->mutable_shape();
    if (shape.dim_size() > 0) shape.mutable_dim(chosen(shape.dim_size()))->set_dim_value(number());
    if (below(4) == 0) shape.add_dim()->set_dim_value(number());
  }

  void break_node(onnx::GraphProto& graph, onnx::NodeProto& node) {
    switch (below(5)) {
      case 0:
        node.set_op_type(graph.node(chosen(graph.node_size())).op_type());
        break;
      case 1:
        node.set_op_type(operators_[below(operators_.size())]);
        break;
      case 2:
        rewire(graph, node);
        break;
      case 3:
        if (node.attribute_size() > 0) {
          node.mutable_attribute()->DeleteSubrange(chosen(node.attribute_size()), 1);
        }
        break;
      default:
        if (node.attribute_size() > 0) {
          break_attribute(*node.mutable_attribute(chosen(node.attribute_size())));
        }
    }
  }

  void rewire(onnx::GraphProto& graph, onnx::NodeProto& node) {
    if (node.input_size() == 0 || below(4) == 0) {
      node.add_input(graph.node(chosen(graph.node_size())).output(0));
    } else if (below(3) == 0) {
      node.mutable_input()->DeleteSubrange(chosen(node.input_size()), 1);
    } else if (graph.initializer_size() > 0 && below(2) == 0) {
      node.set_input(chosen(node.input_size()),
                     graph.initializer(chosen(graph.initializer_size())).name());
    } else {
      node.set_input(chosen(node.input_size()), graph.node(chosen(graph.node_size())).output(0));
    }
  }

  void break_attribute(onnx::AttributeProto& attribute) {
    if (attribute.ints_size() > 0) {
      if (below(3) == 0) attribute.add_ints(number());
      if (below(3) == 0) attribute.mutable_ints()->RemoveLast();
      if (attribute.ints_size() > 0) attribute.set_ints(chosen(attribute.ints_size()), number());
    } else if (attribute.has_t()) {
      break_tensor(*attribute.mutable_t());
    } else {
      attribute.set_i(number());
      if (below(8) == 0)
        attribute.set_type(static_cast<onnx::AttributeProto::AttributeType>(below(15)));
    }
  }

  const std::vector<std::int64_t> numbers_ = {
      -1,        0,        1, 2, 3, 4, -2, 5, 8, 100, 1 << 20, 1 << 30, std::int64_t{1} << 32,
      INT64_MAX, INT64_MIN};
  const std::vector<std::string> operators_ = {"Conv",
                                               "Gemm",
                                               "MatMul",
                                               "BatchNormalization",
                                               "LRN",
                                               "MaxPool",
                                               "AveragePool",
                                               "GlobalMaxPool",
                                               "GlobalAveragePool",
                                               "ReduceMean",
                                               "ReduceMax",
                                               "Add",
                                               "Sub",
                                               "Mul",
                                               "Div",
                                               "Concat",
                                               "Softmax",
                                               "Relu",
                                               "Clip",
                                               "PRelu",
                                               "Identity",
                                               "Dropout",
                                               "Cast",
                                               "Flatten",
                                               "Reshape",
                                               "Squeeze",
                                               "Unsqueeze",
                                               "Transpose",
                                               "Slice",
                                               "Split",
                                               "Expand",
                                               "Gather",
                                               "Pad",
                                               "Shape",
                                               "Constant",
                                               "ConstantOfShape",
                                               "LSTM",
                                               "If",
                                               "NoSuchOperator"};
  std::mt19937 random_;
};

void expect_sound(const std::string& input) {
  try {
    fuzz_onnx(input);
  } catch (const std::exception& error) {
    FAIL() << error.what();
  }
}

TEST(OnnxFuzz, Examples) {
  for (const auto& text : examples()) expect_sound(text);
}

TEST(OnnxFuzz, MutatedBytes) {
  Mutator mutate(1);
  const auto texts = examples();
  for (std::size_t round = 0; round < kRounds && !HasFatalFailure(); ++round) {
    SCOPED_TRACE(round);
    expect_sound(mutate.bytes(texts[round % texts.size()]));
  }
}

TEST(OnnxFuzz, MutatedNodes) {
  Mutator mutate(2);
  const auto texts = examples();
  for (std::size_t round = 0; round < kRounds && !HasFatalFailure(); ++round) {
    SCOPED_TRACE(round);
    expect_sound(mutate.nodes(texts[round % texts.size()]));
  }
}

}  // namespace
}  // namespace dwmtj
