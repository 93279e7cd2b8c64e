// SPDX-License-Identifier: Apache-2.0
#include "inference/study.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <mutex>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/name_text.h"
#include "common/progress_bar.h"
#include "devices/catalog.h"
#include "devices/spread_scale.h"
#include "inference/float_products.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kProbedImages = 64;  // for the error of each layer

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

bool is_level_set(const std::string& name) {
  const auto names = names_in_catalog(level_set_catalog());
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The device, its tile and its levels, as far as the way of writing needs them.
class Synapse {
 public:
  explicit Synapse(const StudyOptions& options);
  [[nodiscard]] const LevelSet& levels() const { return levels_; }
  [[nodiscard]] std::unique_ptr<WeightWriter> writer() const;

 private:
  void load_levels();
  void load_device();
  [[nodiscard]] TileParameters tile_of(const std::string& device) const;

  const StudyOptions& options_;
  LevelSet levels_;
  std::optional<TileParameters> tile_;
  std::unique_ptr<DeviceModel> device_;
};

Synapse::Synapse(const StudyOptions& options) : options_(options) {
  is_level_set(*options.device) ? load_levels() : load_device();
  if (options.sigma) levels_.error = {*options.sigma};
}

void Synapse::load_levels() {
  if (options_.write == WriteMode::pulses) {
    throw InputError(
        fmt::format("--write pulses: '{}' is a set of levels; expected a device that "
                    "pulses write (dwmtj devices)",
                    *options_.device));
  }
  levels_ = even_levels(find_in_catalog(level_set_catalog(), *options_.device), options_.bits);
}

TileParameters Synapse::tile_of(const std::string& device) const {
  if (options_.tile) return TileParameters::load(find_tile(*options_.tile));
  for (const auto& name : tile_names()) {
    auto tile = TileParameters::load(find_tile(name));
    if (tile.device == device) return tile;
  }
  throw InputError(
      fmt::format("--write pulses: no tile of the catalog has the device '{}': "
                  "expected --tile",
                  device));
}

void Synapse::load_device() {
  auto parameters = DeviceParameters::load(find_device(*options_.device));
  scale_spreads(parameters, options_.sigma_scale);
  if (options_.write == WriteMode::pulses) {
    tile_ = tile_of(parameters.name);
    if (tile_->device != parameters.name && tile_->device != *options_.device) {
      throw InputError(fmt::format("--tile {}: its device is '{}', not '{}'", tile_->name,
                                   tile_->device, *options_.device));
    }
  }
  device_ = std::make_unique<DeviceModel>(std::move(parameters));
  levels_ = levels_of_device(*device_);
  if (options_.bits) levels_ = selected(levels_, *options_.bits);
}

std::unique_ptr<WeightWriter> Synapse::writer() const {
  switch (options_.write) {
    case WriteMode::ideal:
      return ideal_writer(levels_);
    case WriteMode::one_shot: {
      // A device's own spreads are scaled already.
      const bool scaled = device_ != nullptr && !options_.sigma;
      return one_shot_writer(levels_, scaled ? 1.0 : options_.sigma_scale, options_.seed);
    }
    case WriteMode::pulses:
      return pulse_writer(levels_, *tile_, *device_, options_.seed);
  }
  return nullptr;
}

// What a pair of devices is worth as a weight. Where wires are to change what an array computes,
// it is here, block by block, that conductances become effective ones.
std::vector<float> effective_weights(const PairConductances& pairs, const LevelSet& levels,
                                     double limit) {
  std::vector<float> weights(pairs.plus.size());
  const double scale = limit / levels.range();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] = static_cast<float>((double{pairs.plus[i]} - double{pairs.minus[i]}) * scale);
  }
  return weights;
}

class Study {
 public:
  Study(const Network& network, const ImageSource& source, const StudyOptions& options);
  StudyResult run();

 private:
  void run_software();
  void map_layers();
  void run_programming(int programming);
  ForwardPass<float>::Products write(int programming, ProgrammingResult& result);
  void measure_errors(const ForwardPass<float>::Products& products, ProgrammingResult& result);
  Predictions classify(const ForwardPass<float>& pass, const std::string& title);

  const ImageSource& source_;
  const StudyOptions& options_;
  std::int64_t images_;
  ForwardPlan plan_;
  ForwardPass<float>::Products exact_;
  std::optional<Synapse> synapse_;
  std::vector<MappedWeights> mapped_;  // by step; empty without weights
  StudyResult result_;
};

Study::Study(const Network& network, const ImageSource& source, const StudyOptions& options)
    : source_(source),
      options_(options),
      images_(options.images == 0 ? source.data().images()
                                  : std::min(options.images, source.data().images())),
      plan_(plan_forward(network)),
      exact_(float_products(plan_)) {
  result_.classes = static_cast<int>(plan_.output_layout.elements);
  if (source.data().classes() > result_.classes) {
    throw InputError(fmt::format("data '{}': labels up to {}, but the network has {} outputs",
                                 source.data().name, source.data().classes() - 1, result_.classes));
  }
  if (options.device) {
    synapse_.emplace(options);
    result_.levels = synapse_->levels();
    map_layers();
  }
}

Predictions Study::classify(const ForwardPass<float>& pass, const std::string& title) {
  ProgressBar bar(title, index(images_));
  const auto start = std::chrono::steady_clock::now();
  auto predictions = dwmtj::classify<float>(
      pass, source_, images_, [&](std::int64_t images) { bar.advance(index(images)); });
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  result_.images_per_second = static_cast<double>(images_) / seconds.count();
  return predictions;
}

void Study::run_software() {
  result_.software_predictions = classify(ForwardPass<float>(plan_, exact_), "software");
  result_.software = accuracy(result_.software_predictions, source_.data().labels);
}

void Study::map_layers() {
  mapped_.resize(plan_.steps.size());
  for (std::size_t i = 0; i < mapped_.size(); ++i) {
    const auto* const layer = plan_.steps[i].layer;
    if (layer == nullptr || !layer->has_weights()) continue;
    mapped_[i] = map_weights(*layer, synapse_->levels(), options_.clip_percentile);
  }
}

ForwardPass<float>::Products Study::write(int programming, ProgrammingResult& result) {
  const auto writer = synapse_->writer();
  const ArrayGrid grid{1, 1, static_cast<int>(options_.rows), static_cast<int>(options_.columns),
                       1};
  ForwardPass<float>::Products products(plan_.steps.size());
  std::uint64_t first_pair = 0;
  std::uint64_t first_array = 0;
  ProgressBar bar(fmt::format("programming {}", programming + 1), plan_.steps.size());
  for (std::size_t i = 0; i < products.size(); ++i, bar.advance()) {
    if (!exact_[i] || interrupted()) continue;
    const auto& layer = *plan_.steps[i].layer;
    const LayerToWrite what{layer, mapped_[i], tile_layer(layer, grid), first_pair, first_array};
    const auto pairs = writer->write(what, programming, result.writing);
    const auto weights = effective_weights(pairs, synapse_->levels(), mapped_[i].limit);
    products[i] = std::make_shared<FloatProduct>(layer, chunk_of(plan_), weights.data());
    first_pair += static_cast<std::uint64_t>(layer.weights.count());
    first_array += static_cast<std::uint64_t>(what.tiling.arrays());
    result.layers.push_back(
        {printable(layer.name), layer.weights.count(), mapped_[i].clipped, mapped_[i].limit});
  }
  return products;
}

// Each layer on devices, given what it gets in software.
void Study::measure_errors(const ForwardPass<float>::Products& products,
                           ProgrammingResult& result) {
  std::vector<std::size_t> place(plan_.steps.size(), 0);
  std::size_t layers = 0;
  for (std::size_t i = 0; i < place.size(); ++i) place[i] = products[i] ? layers++ : 0;
  const auto chunks = (kProbedImages + chunk_of(plan_) - 1) / chunk_of(plan_);
  std::vector<std::vector<std::array<double, 2>>> sums(
      index(chunks), std::vector<std::array<double, 2>>(layers, {0.0, 0.0}));
  const Probe<float> probe = [&](std::size_t step, const Chunk& chunk, const float* in,
                                 const float* out) {
    const auto elements = index(plan_.steps[step].elements);
    std::vector<float> own(elements * index(chunk_of(plan_)));
    Workspace workspace;
    products[step]->run(chunk, in, own.data(), workspace);
    auto& sum = sums[index(chunk.first / chunk_of(plan_))][place[step]];
    for (std::size_t i = 0; i < elements * index(chunk.count); ++i) {
      sum[0] += double{out[i]} * out[i];
      sum[1] += (double{own[i]} - out[i]) * (double{own[i]} - out[i]);
    }
  };
  dwmtj::classify<float>(ForwardPass<float>(plan_, exact_), source_,
                         std::min(images_, kProbedImages), {}, probe);
  for (const auto& chunk : sums) {
    for (std::size_t i = 0; i < layers; ++i) {
      result.layers[i].signal += chunk[i][0];
      result.layers[i].error += chunk[i][1];
    }
  }
}

void Study::run_programming(int programming) {
  ProgrammingResult result;
  const auto products = write(programming, result);
  if (interrupted()) return;
  measure_errors(products, result);
  result.predictions =
      classify(ForwardPass<float>(plan_, products), fmt::format("programming {}", programming + 1));
  if (interrupted()) return;
  result.accuracy = accuracy(result.predictions, source_.data().labels);
  result_.programmings.push_back(std::move(result));
}

StudyResult Study::run() {
  run_software();
  for (int p = 0; synapse_ && p < options_.programmings && !interrupted(); ++p) run_programming(p);
  result_.interrupted = interrupted();
  return std::move(result_);
}

}  // namespace

const char* name_of(WriteMode mode) {
  constexpr std::array<const char*, 3> kNames = {"ideal", "one-shot", "pulses"};
  return kNames.at(static_cast<std::size_t>(mode));
}

double LayerError::signal_to_error_db() const {
  return error > 0 ? 10 * std::log10(signal / error) : HUGE_VAL;
}

MeanOf StudyResult::mean_accuracy() const {
  std::vector<double> values;
  for (const auto& programming : programmings) values.push_back(programming.accuracy.value());
  return mean_of(values);
}

StudyResult run_study(const Network& network, const ImageSource& source,
                      const StudyOptions& options) {
  return Study(network, source, options).run();
}

}  // namespace dwmtj
