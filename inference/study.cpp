// SPDX-License-Identifier: Apache-2.0
#include "inference/study.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "common/index.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/name_text.h"
#include "common/progress_bar.h"
#include "inference/array_product.h"
#include "inference/effective_weights.h"
#include "inference/float_products.h"
#include "inference/layer_errors.h"
#include "inference/ranges_file.h"
#include "inference/study_device.h"
#include "inference/tile_pass.h"
#include "inference/wired_pairs.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kProbedImages = 64;  // for the error of each layer

std::string title_of(int programming) { return fmt::format("programming {}", programming + 1); }

class Study {
 public:
  Study(const Network& network, const ImageSource& source, const StudyOptions& options);
  StudyResult run(StudyProgress progress);

 private:
  template <typename Number>
  using Products = typename ForwardPass<Number>::Products;

  void map_layers();
  void map_tiles(const Network& network);
  void take_calibration(const Network& network);
  void run_software();
  void run_programming(int programming);
  template <typename Number>
  void run_on_arrays(int programming, ProgrammingResult& result);
  void run_on_tiles(int programming, ProgrammingResult& result);
  [[nodiscard]] TileSet tiles(int programming) const;
  template <typename Number>
  Products<Number> write(int programming, ProgrammingResult& result);
  void make_product(std::size_t step, const LayerToWrite& what, const PairConductances& pairs,
                    int programming, std::shared_ptr<const Product<float>>& product) const;
  void make_product(std::size_t step, const LayerToWrite& what, const PairConductances& pairs,
                    int programming, std::shared_ptr<const Product<Fixed>>& product) const;
  // Of the first images, layer by layer.
  template <typename OnDevices>
  void measure_errors(OnDevices& on_devices, ProgrammingResult& result) const {
    add_layer_errors({plan_, exact_, source_, std::min(images_, kProbedImages)}, on_devices,
                     result.layers);
  }
  [[nodiscard]] LayerError no_error_yet(std::size_t step) const;
  template <typename Number>
  Predictions classify(const ForwardPass<Number>& pass, const std::string& title);
  void try_each_layer(const Products<float>& products, ProgrammingResult& result);
  void try_each_layer(const Products<Fixed>&, ProgrammingResult&) {}  // refused: no software of it

  const ImageSource& source_;
  const StudyOptions& options_;
  std::int64_t images_;
  ForwardPlan plan_;
  Products<float> exact_;
  std::optional<StudyDevice> device_;
  std::vector<MappedWeights> mapped_;  // by step; empty without weights
  std::vector<LayerRange> ranges_;     // by step
  ActivationRanges calibration_;
  std::optional<TiledNetwork> tiled_;  // where tiles are read by their own circuits
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
  if (options.input_bits && options.each_layer) {
    throw InputError("--each-layer: works in single precision: expected no --input-bits");
  }
  if (options.device) device_.emplace(options);
  if (options.input_bits) take_calibration(network);
  if (device_) {
    result_.levels = device_->levels();
    result_.pairs_of_weight = device_->pairs_of_weight();
    result_.parameters = device_->files();
    map_layers();
    if (options.reads_by_tile()) map_tiles(network);
  }
}

void Study::take_calibration(const Network& network) {
  if (!options_.calibration) {
    throw InputError("--input-bits: expected --calibration FILE (--save-calibration makes one)");
  }
  calibration_ = load_ranges(*options_.calibration, network, options_.rows, options_.serial_bits());
  ranges_.resize(plan_.steps.size());
  std::size_t layer = 0;
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    if (exact_[i]) ranges_[i] = calibration_.layers[layer++].range;
  }
}

template <typename Number>
Predictions Study::classify(const ForwardPass<Number>& pass, const std::string& title) {
  ProgressBar bar(title, index(images_));
  return dwmtj::classify<Number>(pass, source_, images_,
                                 [&](std::int64_t images) { bar.advance(index(images)); });
}

void Study::run_software() {
  result_.software_predictions = classify(ForwardPass<float>(plan_, exact_), "software");
  result_.software = accuracy(result_.software_predictions, source_.data().labels);
}

void Study::map_layers() {
  mapped_.resize(plan_.steps.size());
  for (std::size_t i = 0; i < mapped_.size(); ++i) {
    if (!exact_[i]) continue;
    mapped_[i] = map_weights(*plan_.steps[i].layer, device_->levels(), options_.clip_percentile,
                             device_->cells());
  }
}

void Study::make_product(std::size_t step, const LayerToWrite& what, const PairConductances& pairs,
                         int, std::shared_ptr<const Product<float>>& product) const {
  const auto weights = effective_weights(pairs, device_->levels(), mapped_[step]);
  product = std::make_shared<FloatProduct>(what.layer, chunk_of(plan_), weights.data());
}

void Study::make_product(std::size_t step, const LayerToWrite& what, const PairConductances& pairs,
                         int programming, std::shared_ptr<const Product<Fixed>>& product) const {
  const auto settings = device_->read_settings(seed_of_programming(options_.seed, programming));
  product = std::make_shared<ArrayProduct>(what, pairs, device_->levels(), chunk_of(plan_),
                                           ranges_[step], settings, step);
}

template <typename Number>
Study::Products<Number> Study::write(int programming, ProgrammingResult& result) {
  const auto writer = device_->writer();
  const ArrayGrid grid{1, 1, static_cast<int>(options_.rows), static_cast<int>(options_.columns),
                       device_->pairs_of_weight()};
  Products<Number> products(plan_.steps.size());
  std::uint64_t first_pair = 0;
  std::uint64_t first_array = 0;
  ProgressBar bar(title_of(programming), plan_.steps.size());
  for (std::size_t i = 0; i < products.size(); ++i, bar.advance()) {
    if (!exact_[i] || interrupted()) continue;
    const auto& layer = *plan_.steps[i].layer;
    const LayerToWrite what{layer, mapped_[i], tile_layer(layer, grid), first_pair, first_array};
    auto pairs = writer->write(what, programming, result.writing);
    if (const auto wires = device_->wires()) apply_wires(what, device_->levels(), *wires, pairs);
    make_product(i, what, pairs, programming, products[i]);
    first_pair += static_cast<std::uint64_t>(what.pairs());
    first_array += static_cast<std::uint64_t>(what.tiling.arrays());
    result.layers.push_back(no_error_yet(i));
  }
  return products;
}

LayerError Study::no_error_yet(std::size_t step) const {
  const auto& layer = *plan_.steps[step].layer;
  return {printable(layer.name), layer.weights.count(), mapped_[step].clipped, mapped_[step].limit};
}

void Study::try_each_layer(const Products<float>& products, ProgrammingResult& result) {
  auto layer = result.layers.begin();
  for (std::size_t i = 0; i < products.size() && !interrupted(); ++i) {
    if (!products[i]) continue;
    auto one = exact_;
    one[i] = products[i];
    const auto predictions = classify(ForwardPass<float>(plan_, one), layer->name);
    (layer++)->alone = accuracy(predictions, source_.data().labels);
  }
}

template <typename Number>
void Study::run_on_arrays(int programming, ProgrammingResult& result) {
  const auto products = write<Number>(programming, result);
  if (interrupted()) return;
  measure_errors(products, result);
  result.predictions = classify(ForwardPass<Number>(plan_, products), title_of(programming));
  if (options_.each_layer && programming == 0) try_each_layer(products, result);
}

void Study::map_tiles(const Network& network) {
  const TilingChoices choices{{*options_.input_bits, options_.converter_bits},
                              options_.bits,
                              options_.clip_percentile,
                              options_.spare_columns};
  tiled_ = tile_network(network, calibration_, tiles(0), choices);
}

TileSet Study::tiles(int programming) const {
  return {*device_->tile(),
          *device_->model(),
          options_.tiles.value_or(std::numeric_limits<int>::max()),
          static_cast<int>(options_.rows),
          static_cast<int>(options_.columns),
          seed_of_programming(options_.seed, programming)};
}

// As the simulated chip with that seed: its labels, bit for bit.
void Study::run_on_tiles(int programming, ProgrammingResult& result) {
  const auto tiles = this->tiles(programming);
  TilePass pass(*tiled_, tiles);
  if (interrupted()) return;
  const auto& history = options_.history;
  if (in_si(history.hold) > 0) pass.hold({tiles.device, history.hold, history.temperature});
  result.writing = pass.writing(device_->levels());
  ProgressBar bar(title_of(programming), index(images_));
  for (std::int64_t image = 0; image < images_ && !interrupted(); ++image, bar.advance()) {
    result.predictions.push_back(pass.classify(source_, image));
  }
  for (std::size_t i = 0; i < exact_.size(); ++i) {
    if (exact_[i]) result.layers.push_back(no_error_yet(i));
  }
  measure_errors(pass, result);
}

void Study::run_programming(int programming) {
  ProgrammingResult result;
  if (tiled_) {
    run_on_tiles(programming, result);
  } else if (options_.input_bits) {
    run_on_arrays<Fixed>(programming, result);
  } else {
    run_on_arrays<float>(programming, result);
  }
  if (interrupted()) return;
  result.accuracy = accuracy(result.predictions, source_.data().labels);
  result_.programmings.push_back(std::move(result));
}

StudyResult Study::run(StudyProgress progress) {
  run_software();
  result_.programmings = std::move(progress.done);
  if (result_.programmings.size() > index(options_.programmings)) {
    result_.programmings.resize(index(options_.programmings));
  }
  while (device_ && !interrupted() &&
         static_cast<int>(result_.programmings.size()) < options_.programmings) {
    run_programming(static_cast<int>(result_.programmings.size()));
    if (!interrupted() && progress.finished) progress.finished(result_.programmings);
  }
  result_.interrupted = interrupted();
  return std::move(result_);
}

}  // namespace

MeanOf StudyResult::mean_accuracy() const {
  std::vector<double> values;
  for (const auto& programming : programmings) values.push_back(programming.accuracy.value());
  return mean_of(values);
}

StudyResult run_study(const Network& network, const ImageSource& source,
                      const StudyOptions& options, StudyProgress progress) {
  return Study(network, source, options).run(std::move(progress));
}

}  // namespace dwmtj
