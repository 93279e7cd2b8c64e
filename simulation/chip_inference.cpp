// SPDX-License-Identifier: Apache-2.0
#include "simulation/chip_inference.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "common/index.h"
#include "common/input_error.h"
#include "common/interrupt.h"

namespace dwmtj {
namespace {

std::size_t weighted_layers(const TiledNetwork& network) {
  return index(std::count_if(network.layers.begin(), network.layers.end(),
                             [](const auto& layer) { return layer != nullptr; }));
}

// One image after the other, as many as asked for.
ScratchLayout layout_of(const TiledNetwork& network, const ChipParameters& chip,
                        const ChipInferenceOptions& options) {
  const auto in_flight = std::min(options.in_flight, index(options.images));
  ScratchLayout layout;
  const auto place = [&](std::int64_t words) {
    const auto at = layout.words;
    layout.words += index(words);
    return at;
  };
  for (const auto size : network.plan.buffers) layout.buffers.push_back(place(size));
  std::int64_t sums = 0;
  std::int64_t codes = 0;
  for (const auto& layer : network.layers) {
    if (!layer) continue;
    sums = std::max(sums, layer->outputs());
    codes = std::max(codes, layer->inputs());
  }
  layout.sums = place(sums);
  layout.codes = place((codes + 1) / 2);
  layout.label = place(1);
  const auto fit = index(chip.digital.entries) / layout.words;
  const auto wanted = std::max<std::size_t>(1, in_flight);
  const auto useful = std::min(weighted_layers(network) + 1, index(options.images));
  layout.in_flight = in_flight == 0 ? std::min(fit, useful) : wanted;
  if (layout.in_flight > 0 && layout.in_flight <= fit) return layout;
  throw InputError(fmt::format(
      "the scratch memory of the digital unit has {} entries; {} image{} in flight take{} {}: "
      "digital.entries",
      chip.digital.entries, wanted, wanted == 1 ? "" : "s", wanted == 1 ? "s" : "",
      wanted * layout.words));
}

// Whoever looks after the life of the tiles has their states.
ChipOptions chip_options(const ChipInferenceOptions& options) {
  auto chip = options.chip;
  if (options.life.states == nullptr) return chip;
  for (const auto& state : *options.life.states) chip.initial.push_back(&state);
  return chip;
}

void check_buffer(const TiledNetwork& network, const ChipParameters& chip) {
  const auto bytes = network.plan.input_layout.elements * static_cast<std::int64_t>(sizeof(Fixed));
  if (bytes <= chip.buffer.bytes) return;
  throw InputError(fmt::format("an image takes {} bytes of the buffer, which has {}: buffer.bytes",
                               bytes, chip.buffer.bytes));
}

}  // namespace

void stop_if_interrupted() {
  if (!interrupted()) return;
  sc_core::sc_stop();
  for (;;) sc_core::wait(sc_core::sc_event());
}

ChipInference::ChipInference(const std::string& name, const ChipParameters& parameters,
                             const TileSet& tiles, const TiledNetwork& network,
                             const ImageSource& source, const ChipInferenceOptions& options)
    : network_(network),
      chip_(name.c_str(), parameters, tiles.tile, tiles.device, ledger_, chip_options(options)),
      port_((name + "_program").c_str(), options.chip.timing),
      layout_(layout_of(network, parameters, options)),
      accounts_(ledger_, chip_, network.plan.steps.size(), index(options.images),
                layout_.in_flight),
      shared_{network,       source,          accounts_,      chip_.digital(),
              port_,         chip_.host,      options.trace,  options.probe,
              options.watch, options.quantum, options.images, parameters.dma.burst,
              layout_},
      host_((name + "_host").c_str(), chip_, shared_) {
  check_buffer(network, parameters);
  if (options.chip.recording != nullptr) record_stages(*options.chip.recording, name);
  chip_.join(port_);
  shared_.outcomes.resize(index(options.images));
  for (std::size_t step = 0; step < network.layers.size(); ++step) {
    shared_.jobs.emplace_back(shared_.layout.in_flight);
    if (!network.layers[step]) continue;
    for (std::size_t block = 0; block < network.layers[step]->tiles(); ++block) {
      const auto lane = fmt::format("{}_lane{}", name, tile_lanes_.size());
      tile_lanes_.emplace_back(lane.c_str(), shared_, step, block);
    }
  }
  shared_.writes = options.life.states == nullptr;
  shared_.refreshes = options.life.refresh;
  shared_.first.open = shared_.second.open = tile_lanes_.size();
  shared_.written_first = [this, holding = options.life.holding] { written_first(holding); };
  for (std::size_t slot = 0; slot < shared_.layout.in_flight; ++slot) {
    const auto lane = fmt::format("{}_image{}", name, slot);
    image_lanes_.emplace_back(lane.c_str(), shared_, host_, slot);
  }
}

void ChipInference::written_first(const Holding* holding) {
  if (holding != nullptr) walls_moved_ = chip_.hold(*holding);
  accounts_.begin_refresh();
}

void ChipInference::record_stages(Recording& recording, const std::string& name) {
  stages_.emplace(recording, name, network_, layout_.in_flight);
  shared_.watch = [this, further = shared_.watch](auto image, auto step, auto time, bool ended) {
    stages_->tell(image, step, time, ended);
    if (further) further(image, step, time, ended);
  };
}

bool ChipInference::run() {
  sc_core::sc_start();
  const bool all =
      std::all_of(shared_.outcomes.begin(), shared_.outcomes.end(),
                  [](const auto& image) { return image.label != ImageOutcome::kNotRun; });
  if (!all && !interrupted()) throw std::logic_error("the simulation of the chip came to a halt");
  Picoseconds end = shared_.last_writing().done_at;
  for (const auto& image : shared_.outcomes) end = std::max(end, image.ended);
  ledger_.set_on_time(end);
  digital_busy_ = chip_.digital().busy();
  return all;
}

std::vector<Picoseconds> ChipInference::parts_of_first_image() const {
  std::vector<Picoseconds> parts;
  Picoseconds since = images().front().started;
  for (const auto time : shared_.milestones) {
    parts.push_back(time - since);
    since = time;
  }
  return parts;
}

std::vector<int> ChipInference::labels() const {
  std::vector<int> labels;
  for (const auto& image : shared_.outcomes) labels.push_back(image.label);
  return labels;
}

}  // namespace dwmtj
