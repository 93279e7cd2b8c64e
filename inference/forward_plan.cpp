// SPDX-License-Identifier: Apache-2.0
#include "inference/forward_plan.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/index.h"
#include "common/input_error.h"
#include "common/name_text.h"

namespace dwmtj {
namespace {

bool has_two_operands(LayerKind kind) {
  return kind == LayerKind::add || kind == LayerKind::subtract || kind == LayerKind::multiply;
}

// Whether each value of the output depends on that in the same place alone.
bool works_in_place(LayerKind kind) {
  return kind == LayerKind::activation || kind == LayerKind::scale;
}

[[noreturn]] void refuse(const Layer& layer, const char* why) {
  throw InputError(
      fmt::format("layer '{}' ({}): {}", printable(layer.name), name_of(layer.kind), why));
}

// Kinds that are estimated and not computed.
void require_values(const Layer& layer) {
  const bool known = layer.kind != LayerKind::mean && layer.kind != LayerKind::product &&
                     layer.kind != LayerKind::recurrent && layer.kind != LayerKind::resample &&
                     layer.kind != LayerKind::constant;
  if (!known) refuse(layer, "only estimates take this kind, its values are not computed");
  const bool windowed = layer.kind == LayerKind::convolution || layer.kind == LayerKind::max_pool ||
                        layer.kind == LayerKind::average_pool;
  if (windowed && layer.input.depth > 1) {
    refuse(layer, "only estimates take volumes, their values are not computed");
  }
}

class Planner {
 public:
  explicit Planner(const Network& network);
  ForwardPlan plan();

 private:
  // A value of the network: where it is, and how long it is needed.
  struct Value {
    std::size_t buffer = 0;
    ValueLayout layout;
    std::size_t uses = 0;
  };

  void add_input(std::size_t i);
  void add(std::size_t i);
  void place_operands(const Layer& layer, Step& step);
  void reorder(const Layer& layer, Step& step);
  void join(const Layer& layer, Step& step);
  void moved(const Layer& layer, Step& step);
  void broadcast(const Layer& layer, Step& step);
  void gather_terms(const Layer& layer, Step& step);
  std::size_t in_layout(std::size_t value, const ValueLayout& wanted);
  std::size_t take_buffer(std::int64_t size);
  void release(std::size_t value);

  const Network& network_;
  ForwardPlan plan_;
  std::vector<Value> values_;
  std::vector<std::size_t> free_;
  std::vector<std::size_t> temporary_;  // buffers of the step being added
};

Planner::Planner(const Network& network) : network_(network), values_(network.layers.size()) {
  for (const auto& layer : network.layers) {
    for (const auto input : layer.inputs) ++values_[input].uses;
  }
  for (const auto output : network.outputs) ++values_[output].uses;
}

// The free one that fits best.
std::size_t Planner::take_buffer(std::int64_t size) {
  auto best = free_.end();
  for (auto i = free_.begin(); i != free_.end(); ++i) {
    if (plan_.buffers[*i] >= size &&
        (best == free_.end() || plan_.buffers[*i] < plan_.buffers[*best]))
      best = i;
  }
  if (best == free_.end()) {
    plan_.buffers.push_back(size);
    return plan_.buffers.size() - 1;
  }
  const auto buffer = *best;
  free_.erase(best);
  return buffer;
}

void Planner::release(std::size_t value) {
  if (--values_[value].uses == 0) free_.push_back(values_[value].buffer);
}

void Planner::add_input(std::size_t i) {
  const auto& layer = network_.layers[i];
  if (plan_.input_layer != nullptr) {
    throw InputError(fmt::format("inputs '{}' and '{}': expected a network of one",
                                 printable(plan_.input_layer->name), printable(layer.name)));
  }
  plan_.input_layer = &layer;
  plan_.input_layout = output_layout(layer);
  plan_.input = take_buffer(layer.output.elements());
  values_[i].buffer = plan_.input;
  values_[i].layout = plan_.input_layout;
}

// The value, in memory as `wanted` has it: as it is, or in a buffer of this step.
std::size_t Planner::in_layout(std::size_t value, const ValueLayout& wanted) {
  const auto& from = values_[value];
  if (same_order(from.layout, wanted)) return from.buffer;
  const auto in_source = places_in_memory(from.layout);
  const auto in_target = places_in_memory(wanted);
  Step step{LayerKind::rearrange, nullptr, {from.buffer},    0, from.layout,
            wanted.elements,      {},      {wanted.elements}};
  Places places(in_source.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[index(in_target[i])] = in_source[i];
  step.places = {std::move(places)};
  step.out = take_buffer(wanted.elements);
  temporary_.push_back(step.out);
  plan_.steps.push_back(step);
  return step.out;
}

void Planner::reorder(const Layer& layer, Step& step) {
  for (const auto input : layer.inputs) step.in.push_back(in_layout(input, step.layout));
}

void Planner::moved(const Layer& layer, Step& step) {
  const auto& from = values_[layer.inputs.at(0)];
  const auto in_output = places_in_memory(output_layout(layer));
  const auto in_input = places_in_memory(from.layout);
  Places places(in_output.size());
  if (!layer.sources.empty() && layer.sources[0] == nullptr) {
    refuse(layer, "it is not known where its values come from");
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto source =
        layer.sources.empty() ? static_cast<std::int32_t>(i) : layer.sources[0]->at(i);
    places[index(in_output[i])] = source == kPadding ? kPadding : in_input.at(index(source));
  }
  step.in = {from.buffer};
  step.places = {std::move(places)};
}

void Planner::broadcast(const Layer& layer, Step& step) {
  if (layer.sources.size() != layer.inputs.size()) {
    refuse(layer, "it is not known how its operands meet");
  }
  const auto layout = output_layout(layer);
  const auto in_output = places_in_memory(layout);
  for (std::size_t k = 0; k < layer.inputs.size(); ++k) {
    const auto& source = layer.sources[k];
    step.places.emplace_back();
    if (source == nullptr) {
      step.in.push_back(in_layout(layer.inputs[k], layout));
      continue;
    }
    const auto& from = values_[layer.inputs[k]];
    const auto in_input = places_in_memory(from.layout);
    auto& places = step.places.back();
    places.resize(in_output.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      places[index(in_output[i])] = in_input.at(index(source->at(i)));
    }
    step.in.push_back(from.buffer);
  }
}

void Planner::join(const Layer& layer, Step& step) {
  const auto in_output = places_in_memory(output_layout(layer));
  const auto whole = layer.axis.size * layer.axis.stride;
  const auto outer = layer.output.elements() / whole;
  std::int64_t start = 0;
  for (const auto input : layer.inputs) {
    const auto& from = values_[input];
    const auto block = from.layout.elements / outer;
    const auto in_input = places_in_memory(from.layout);
    Places places(in_input.size());
    for (std::int64_t i = 0; i < from.layout.elements; ++i) {
      places[index(in_input[index(i)])] =
          in_output.at(index(i / block * whole + start + i % block));
    }
    start += block;
    step.in.push_back(from.buffer);
    step.places.push_back(std::move(places));
  }
}

void Planner::gather_terms(const Layer& layer, Step& step) {
  const auto in_memory = places_in_memory(output_layout(layer));
  const auto [size, stride] = layer.axis;
  Places places;
  for (std::int64_t first = 0; first < layer.output.elements(); ++first) {
    if (first / stride % size != 0) continue;
    for (std::int64_t i = 0; i < size; ++i)
      places.push_back(in_memory.at(index(first + i * stride)));
  }
  step.in = {in_layout(layer.inputs.at(0), output_layout(layer))};
  step.places = {std::move(places)};
}

void Planner::place_operands(const Layer& layer, Step& step) {
  if (layer.kind == LayerKind::rearrange) return moved(layer, step);
  if (layer.kind == LayerKind::concat) return join(layer, step);
  if (layer.kind == LayerKind::softmax) return gather_terms(layer, step);
  if (has_two_operands(layer.kind)) return broadcast(layer, step);
  reorder(layer, step);
}

void Planner::add(std::size_t i) {
  const auto& layer = network_.layers[i];
  require_values(layer);
  Step step{layer.kind, &layer, {}, 0, input_layout(layer), layer.output.elements(), {}, {}};
  place_operands(layer, step);
  for (const auto input : layer.inputs) step.operands.push_back(values_[input].layout.elements);
  const auto source = layer.inputs.at(0);
  const bool in_place = works_in_place(layer.kind) && values_[source].uses == 1 &&
                        step.in[0] == values_[source].buffer;
  step.out = in_place ? step.in[0] : take_buffer(layer.output.elements());
  for (const auto input : layer.inputs) {
    if (!(in_place && input == source)) release(input);
  }
  free_.insert(free_.end(), temporary_.begin(), temporary_.end());
  temporary_.clear();
  values_[i].buffer = step.out;
  values_[i].layout = output_layout(layer);
  plan_.steps.push_back(std::move(step));
}

ForwardPlan Planner::plan() {
  if (!network_.has_values) throw InputError("the file has the shapes of the weights alone");
  for (std::size_t i = 0; i < network_.layers.size(); ++i) {
    network_.layers[i].kind == LayerKind::input ? add_input(i) : add(i);
  }
  const auto& output = values_[network_.outputs.at(0)];
  plan_.output = output.buffer;
  plan_.output_layout = output.layout;
  return std::move(plan_);
}

}  // namespace

ForwardPlan plan_forward(const Network& network) { return Planner(network).plan(); }

}  // namespace dwmtj
