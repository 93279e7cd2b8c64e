// SPDX-License-Identifier: Apache-2.0
// The tensors of a graph while it is imported, and what an operator's import works with.
#pragma once

#include <optional>

#include "networks/network.h"
#include "networks/onnx_node.h"

namespace dwmtj {

struct OnnxValue {
  enum class Kind { constant, computed, unknown };  // unknown: behind a node that failed
  Kind kind = Kind::unknown;
  Dims dims;
  OnnxTensor constant;
  std::size_t layer = 0;         // that computes it
  std::size_t channel_axis = 1;  // not 1 after a transpose, or a dense layer on several rows
};

// One node, its inputs and its outputs to be.
class NodeImport {
 public:
  NodeImport(const OnnxNode& node, std::vector<const OnnxValue*> inputs, std::vector<Dims> outputs,
             std::int64_t batch, Network& network);

  [[nodiscard]] const OnnxNode& node() const { return node_; }
  [[nodiscard]] std::size_t inputs() const { return inputs_.size(); }
  [[nodiscard]] bool has(std::size_t input) const;
  [[nodiscard]] bool is_constant(std::size_t input) const;
  [[nodiscard]] const OnnxValue& value(std::size_t input) const;      // one that is computed
  [[nodiscard]] const OnnxTensor& constant(std::size_t input) const;  // one that is not
  [[nodiscard]] std::vector<float> floats(std::size_t input) const;  // of a constant of either type
  [[nodiscard]] const Dims& output_dims(std::size_t output = 0) const { return dims_.at(output); }
  [[nodiscard]] std::size_t outputs() const { return results_.size(); }

  // A constant that is one value, or one for each channel of the computed input; else NodeError.
  [[nodiscard]] std::vector<float> per_channel(std::size_t input, const OnnxValue& of) const;

  [[nodiscard]] bool is_per_channel(std::size_t input, const OnnxValue& of) const;

  // What is left of a shape for one image.
  [[nodiscard]] Dims without_batch(const Dims& dims) const;

  // The product of all axes but the batch and the last.
  [[nodiscard]] std::int64_t rows_of(const Dims& dims) const;

  // A layer of this kind on all computed inputs, shapes filled in.
  [[nodiscard]] Layer layer(LayerKind kind, std::size_t output = 0) const;
  void add(Layer layer, std::size_t output = 0);  // computes the output

  // Where several layers are the node: one of the shape of the output on other layers of it; one of
  // the shape of a computed input, on that; adding one; and saying which computes the output.
  [[nodiscard]] Layer step(LayerKind kind, std::vector<std::size_t> inputs) const;
  [[nodiscard]] Layer step_like(LayerKind kind, std::size_t input) const;
  std::size_t add_step(Layer layer);
  void finish(std::size_t layer, std::size_t output = 0);
  // What the output's layer computes goes through more layers, which finish().
  template <typename More>
  void round_result(More more) {
    const auto layer = results_.at(0).layer;
    input_axis_ = output_axis_;
    more(layer);
  }
  void set_constant(std::size_t output, OnnxTensor value);
  // A layer that holds these values, of the shape of constant input `input`.
  std::size_t add_constant(std::size_t input);
  void pass();  // the first output is the first input, perhaps in another shape

  // Where the channels are, if not where the first computed input has them: to be set first.
  void set_channel_axis(std::size_t input, std::size_t output) {
    input_axis_ = input;
    output_axis_ = output;
  }

  [[nodiscard]] std::vector<OnnxValue> take_results() { return std::move(results_); }

 private:
  [[nodiscard]] TensorShape shape_of(const Dims& dims, std::size_t channel_axis) const;
  [[nodiscard]] static bool is_computed(const OnnxValue* value);
  [[nodiscard]] std::string layer_name(std::size_t output) const;

  const OnnxNode& node_;
  std::vector<const OnnxValue*> inputs_;  // null: not given
  std::vector<Dims> dims_;
  std::int64_t batch_;
  Network& network_;
  std::vector<OnnxValue> results_;
  std::size_t input_axis_ = 1;
  std::size_t output_axis_ = 1;
};

}  // namespace dwmtj
