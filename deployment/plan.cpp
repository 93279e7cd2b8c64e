// SPDX-License-Identifier: Apache-2.0
#include "deployment/plan.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "deployment/data_order.h"

namespace dwmtj {
namespace {

bool is_unary(LayerKind kind) {
  return kind == LayerKind::activation || kind == LayerKind::scale || kind == LayerKind::softmax ||
         kind == LayerKind::normalisation;
}

constexpr std::size_t kNoStage = std::numeric_limits<std::size_t>::max();  // of a constant

bool is_sign(const Layer& layer) {
  return layer.kind == LayerKind::activation && layer.function == Activation::sign;
}

bool is_quantise(const Layer& layer) {
  return layer.kind == LayerKind::activation && layer.function == Activation::quantise;
}
constexpr int kQuantisedBits = 8;  // of the integers that QuantizeLinear makes

// Of one hidden value: functions of the gates, and what joins them.
double operations_of(RecurrentCell cell) {
  return cell == RecurrentCell::lstm ? 9.0 : cell == RecurrentCell::gru ? 8.0 : 1.0;
}

// Operations of one element of the output; a multiplication and an addition are two.
double operations_of(const Layer& layer) {
  switch (layer.kind) {
    case LayerKind::rearrange:
    case LayerKind::concat:
      return 0.0;
    case LayerKind::max_pool:
    case LayerKind::average_pool: {
      const auto& kernel = layer.window.kernel;
      return static_cast<double>(kernel.height * kernel.width * kernel.depth);
    }
    case LayerKind::mean:
      return static_cast<double>(layer.axis.size);
    case LayerKind::product:
      return 2.0 * static_cast<double>(layer.product.inner);
    case LayerKind::resample:
      return 2.0 * static_cast<double>(std::max<std::size_t>(layer.sources.size(), 1)) - 1.0;
    case LayerKind::recurrent:
      return operations_of(layer.recurrence.cell);
    default:
      return 1.0;
  }
}

class Planner {
 public:
  Planner(const Network& network, const Mapping& mapping, const CoreShape& core,
          const PlanOptions& options)
      : network_(network),
        core_(core),
        // Of a comparator's values only those behind a sign are known to be one bit.
        bits_(core.readout == Readout::comparator ? 2 : options.activation_bits),
        travel_(travel_of(network)),
        users_(network.layers.size(), 0) {
    for (const auto& layer : network.layers) {
      for (const auto input : layer.inputs) ++users_[input];
    }
    for (const auto output : network.outputs) ++users_[output];
    for (const auto& layer : mapping.layers) mappings_.push_back(&layer);
  }

  Plan run() {
    for (std::size_t i = 0; i < network_.layers.size(); ++i) add(i);
    for (const auto output : network_.outputs) plan_.stages[stage_of_[output]].is_output = true;
    if (core_.readout == Readout::comparator) make_binary();
    return std::move(plan_);
  }

 private:
  void add(std::size_t i) {
    const auto& layer = network_.layers[i];
    if (layer.kind == LayerKind::constant) return stage_of_.push_back(kNoStage);
    if (is_renaming(layer)) return rename(i);
    if (can_fuse(layer)) return fuse(i, stage_of_[layer.inputs[0]]);
    stage_of_.push_back(plan_.stages.size());
    Stage stage;
    stage.name = layer.name;
    stage.positions = layer.output.positions();
    stage.elements = layer.output.channels;
    for (std::size_t operand = 0; operand < layer.inputs.size(); ++operand) {
      if (stage_of_[layer.inputs[operand]] != kNoStage) {
        stage.inputs.push_back(input_of(layer, operand));
      }
    }
    stage.bits = bits_behind(layer);
    if (layer.kind == LayerKind::input) {
      stage.kind = StageKind::source;
      stage.homes = {kHost};
    } else if (layer.has_weights()) {
      fill_product(layer, mapping_of(i), stage);
    } else {
      stage.operations = operations_of(layer) * static_cast<double>(stage.elements);
      stage.homes = homes_of(stage);
    }
    plan_.stages.push_back(std::move(stage));
  }

  bool can_fuse(const Layer& layer) const {
    if (!is_unary(layer.kind) || users_[layer.inputs[0]] != 1) return false;
    const auto& before = plan_.stages[stage_of_[layer.inputs[0]]];
    return before.kind != StageKind::source && before.positions == layer.output.positions() &&
           stays_in_position(network_, layer);
  }
  void fuse(std::size_t i, std::size_t stage) {
    stage_of_.push_back(stage);
    auto& before = plan_.stages[stage];
    before.operations += static_cast<double>(before.elements);
    before.bits = bits_behind(network_.layers[i]);
  }

  // Data travel as positions with their channels: axes with another name are the same data.
  bool is_renaming(const Layer& layer) const {
    return layer.kind == LayerKind::rearrange &&
           keeps_positions(network_.layers[layer.inputs[0]], layer, travel_);
  }
  void rename(std::size_t i) {
    const auto before = network_.layers[i].inputs[0];
    stage_of_.push_back(stage_of_[before]);
    users_[i] += users_[before] - 1;  // whoever uses the one uses the other
  }

  StageInput input_of(const Layer& layer, std::size_t operand) const {
    const auto stage = stage_of_[layer.inputs[operand]];
    return {stage, plan_.stages[stage].positions, reach_of(network_, layer, operand, travel_),
            rows_per_channel(network_, layer), flattened_view(network_, layer, travel_)};
  }

  int bits_behind(const Layer& layer) const {
    if (is_sign(layer)) return 1;
    if (is_quantise(layer)) return std::min(bits_, kQuantisedBits);
    // What only moves values, or picks the largest, leaves them as they are.
    const bool keeps = layer.kind == LayerKind::max_pool || layer.kind == LayerKind::concat ||
                       layer.kind == LayerKind::rearrange;
    if (!keeps) return bits_;
    int bits = 1;
    for (const auto input : layer.inputs) {
      if (stage_of_[input] != kNoStage) bits = std::max(bits, plan_.stages[stage_of_[input]].bits);
    }
    return bits;
  }

  const LayerMapping& mapping_of(std::size_t i) const {
    return **std::find_if(mappings_.begin(), mappings_.end(),
                          [&](const LayerMapping* mapping) { return mapping->layer == i; });
  }

  void fill_product(const Layer& layer, const LayerMapping& mapping, Stage& stage) const {
    stage.kind = StageKind::product;
    stage.fragments = mapping.fragments;
    stage.copies = mapping.copies;
    stage.tiling = mapping.tiling;
    stage.matrix_rows = mapping.tiling.groups * mapping.tiling.rows;
    stage.matrix_columns = layer.weights.outputs;
    stage.homes = heads_of(mapping);
    stage.input_bits = std::min(plan_.stages[stage.inputs[0].stage].bits, core_.input_bits);
    if (layer.kind == LayerKind::recurrent) {
      stage.operations = operations_of(layer) * static_cast<double>(stage.elements);
      stage.inputs.push_back(
          {plan_.stages.size(), stage.positions, Reach::previous_position(), 0, std::nullopt});
    }
  }

  // The core of each copy's first fragment adds up what the others have.
  static std::vector<int> heads_of(const LayerMapping& mapping) {
    std::vector<int> heads;
    for (const auto& fragment : mapping.fragments) {
      if (fragment.copy == static_cast<std::int64_t>(heads.size())) heads.push_back(fragment.core);
    }
    return heads;
  }

  // Where its first input is computed, so spread like the copies of that; behind a source, core 0.
  std::vector<int> homes_of(const Stage& stage) const {
    if (stage.inputs.empty()) return {0};
    const auto& before = plan_.stages[stage.inputs[0].stage];
    if (before.kind == StageKind::source) return {0};
    auto homes = before.homes;
    if (static_cast<std::int64_t>(homes.size()) > stage.positions) {
      homes.resize(static_cast<std::size_t>(stage.positions));
    }
    return homes;
  }

  // One comparator decision is one bit, and adds up no steps: all values become binary.
  void make_binary() {
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    std::vector<std::string> split;
    for (const auto& stage : plan_.stages) {
      if (stage.kind != StageKind::product) continue;
      if (plan_.stages[stage.inputs[0].stage].bits > 1) inputs.push_back(stage.name);
      if (stage.bits > 1) outputs.push_back(stage.name);
      if (stage.matrix_rows > core_.rows) split.push_back(stage.name);
    }
    note("inputs taken as binary", inputs);
    note("outputs taken as binary", outputs);
    note("signs of parts added up, not sums", split);
    for (auto& stage : plan_.stages) stage.bits = stage.input_bits = 1;
  }
  void note(const char* what, const std::vector<std::string>& layers) {
    if (layers.empty()) return;
    plan_.notes.push_back(
        fmt::format("comparators read and take one bit: {}: {}", what, fmt::join(layers, ", ")));
  }

  const Network& network_;
  const CoreShape& core_;
  int bits_;  // of what is not known to be fewer
  Travel travel_;
  std::vector<int> users_;
  std::vector<const LayerMapping*> mappings_;
  std::vector<std::size_t> stage_of_;  // by layer
  Plan plan_;
};

}  // namespace

Reach Reach::previous_position() {
  Reach reach;
  reach.kind_ = Kind::previous;
  return reach;
}

Reach Reach::everything(std::int64_t input_positions) {
  Reach reach;
  reach.kind_ = Kind::all;
  reach.input_positions_ = input_positions;
  return reach;
}

Reach Reach::listed(std::vector<std::int64_t> needed) {
  Reach reach;
  reach.kind_ = Kind::listed;
  reach.listed_ = std::make_shared<const std::vector<std::int64_t>>(std::move(needed));
  return reach;
}

Reach Reach::window(const Window& window, const TensorShape& input, const TensorShape& output) {
  Reach reach;
  reach.kind_ = Kind::window;
  reach.window_ = window;
  reach.input_ = input;
  reach.output_ = output;
  return reach;
}

std::int64_t Reach::needed(std::int64_t position) const {
  if (kind_ == Kind::same) return position + 1;
  if (kind_ == Kind::previous) return position;
  if (kind_ == Kind::all) return input_positions_;
  if (kind_ == Kind::listed) return (*listed_)[static_cast<std::size_t>(position)];
  const auto place = placed(position);
  const auto last = [](const Span& span, std::int64_t size) {
    return std::clamp<std::int64_t>(span.first + (span.count - 1) * span.step, 0, size - 1);
  };
  return (last(place.depth, input_.depth) * input_.height + last(place.height, input_.height)) *
             input_.width +
         last(place.width, input_.width) + 1;
}

void Reach::add_used(std::int64_t position, IndexSet& used) const {
  if (kind_ == Kind::same) return used.add(position);
  if (kind_ != Kind::window) return used.add_all();
  const auto place = placed(position);
  place.depth.each(input_.depth, [&](std::int64_t plane) {
    place.height.each(input_.height, [&](std::int64_t row) {
      const std::int64_t start = (plane * input_.height + row) * input_.width;
      place.width.each(input_.width, [&](std::int64_t column) { used.add(start + column); });
    });
  });
}

Reach::Place Reach::placed(std::int64_t position) const {
  const auto span = [](std::int64_t at, std::int64_t stride, std::int64_t pad, std::int64_t kernel,
                       std::int64_t dilation) {
    return Span{at * stride - pad, kernel, dilation};
  };
  const auto across = position % output_.width;
  const auto down = position / output_.width % output_.height;
  const auto plane = position / output_.width / output_.height;
  const auto& [kernel, stride, dilation, pad, after] = window_;
  return {span(plane, stride.depth, pad.depth, kernel.depth, dilation.depth),
          span(down, stride.height, pad.height, kernel.height, dilation.height),
          span(across, stride.width, pad.width, kernel.width, dilation.width)};
}

bool Plan::reads_source(const Stage& stage) const {
  return std::any_of(stage.inputs.begin(), stage.inputs.end(), [&](const StageInput& input) {
    return stages[input.stage].kind == StageKind::source;
  });
}

Plan plan_pipeline(const Network& network, const Mapping& mapping, const CoreShape& core,
                   const PlanOptions& options) {
  return Planner(network, mapping, core, options).run();
}

}  // namespace dwmtj
