// SPDX-License-Identifier: Apache-2.0
#include "inference/study.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <mutex>

#include <fmt/format.h>

#include "common/index.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/name_text.h"
#include "common/progress_bar.h"
#include "devices/catalog.h"
#include "devices/spread_scale.h"
#include "inference/array_product.h"
#include "inference/float_products.h"
#include "inference/wired_pairs.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kProbedImages = 64;  // for the error of each layer

bool is_level_set(const std::string& name) {
  const auto names = names_in_catalog(level_set_catalog());
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The device, its tile and its levels, as far as the way of writing needs them.
class StudiedDevice {
 public:
  explicit StudiedDevice(const StudyOptions& options);
  [[nodiscard]] const LevelSet& levels() const { return levels_; }
  [[nodiscard]] std::unique_ptr<WeightWriter> writer() const;
  [[nodiscard]] ReadSettings read_settings(std::uint64_t seed) const;

 private:
  void load_levels();
  void load_device();
  void load_tile(const DeviceParameters& device);
  [[nodiscard]] TileParameters tile_of(const std::string& device) const;

  const StudyOptions& options_;
  LevelSet levels_;
  std::optional<TileParameters> tile_;
  std::unique_ptr<DeviceModel> device_;
  std::optional<DeviceHistory> history_;
};

StudiedDevice::StudiedDevice(const StudyOptions& options) : options_(options) {
  is_level_set(*options.device) ? load_levels() : load_device();
  if (options.sigma) levels_.error = {*options.sigma};
  auto history = options.history;
  if (tile_) history.read_time = tile_->timing.read_settle;
  history_.emplace(levels_, device_.get(), history);
}

void StudiedDevice::load_levels() {
  if (options_.write == WriteMode::pulses) {
    throw InputError(
        fmt::format("--write pulses: '{}' is a set of levels; expected a device that "
                    "pulses write (dwmtj devices)",
                    *options_.device));
  }
  levels_ = even_levels(find_in_catalog(level_set_catalog(), *options_.device), options_.bits);
}

// A set of levels reads without noise, unless a tile says how it is read.
ReadSettings StudiedDevice::read_settings(std::uint64_t seed) const {
  ReadSettings settings;
  settings.input_bits = *options_.input_bits;
  settings.bit_serial = options_.bit_serial;
  settings.readout = options_.readout;
  settings.converter_bits = options_.converter_bits;
  settings.converter_range = options_.converter_range;
  settings.temperature = options_.history.temperature;
  settings.seed = seed;
  if (options_.read_noise) settings.read_noise = device_->parameters().readout.read_noise;
  settings.johnson = options_.johnson;
  if (tile_) {
    settings.voltage = tile_->read.voltage;
    settings.read_time = tile_->timing.read_settle;
  }
  return settings;
}

TileParameters StudiedDevice::tile_of(const std::string& device) const {
  if (options_.tile) return TileParameters::load(find_tile(*options_.tile));
  for (const auto& name : tile_names()) {
    auto tile = TileParameters::load(find_tile(name));
    if (tile.device == device) return tile;
  }
  throw InputError(
      fmt::format("no tile of the catalog has the device '{}': "
                  "expected --tile",
                  device));
}

void StudiedDevice::load_tile(const DeviceParameters& device) {
  tile_ = tile_of(device.name);
  if (tile_->device != device.name && tile_->device != *options_.device) {
    throw InputError(fmt::format("--tile {}: its device is '{}', not '{}'", tile_->name,
                                 tile_->device, *options_.device));
  }
}

void StudiedDevice::load_device() {
  auto parameters = DeviceParameters::load(find_device(*options_.device));
  scale_spreads(parameters, options_.sigma_scale);
  const bool reads = options_.johnson || options_.history.reads > 0;
  if (options_.write == WriteMode::pulses || reads) load_tile(parameters);
  if (tile_) parameters = tile_->cell.show(std::move(parameters));
  device_ = std::make_unique<DeviceModel>(std::move(parameters));
  levels_ = levels_of_device(*device_);
  if (options_.bits) levels_ = selected(levels_, *options_.bits);
}

std::unique_ptr<WeightWriter> StudiedDevice::writer() const {
  switch (options_.write) {
    case WriteMode::ideal:
      return ideal_writer(levels_, *history_, options_.seed);
    case WriteMode::one_shot: {
      // A device's own spreads are scaled already.
      const bool scaled = device_ != nullptr && !options_.sigma;
      return one_shot_writer(levels_, *history_, scaled ? 1.0 : options_.sigma_scale,
                             options_.seed);
    }
    case WriteMode::pulses:
      return pulse_writer(levels_, *history_, *tile_, *device_, options_.seed);
  }
  return nullptr;
}

// What a pair of devices is worth as a weight.
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
  template <typename Number>
  using Products = typename ForwardPass<Number>::Products;

  void map_layers();
  void take_calibration(const Network& network);
  void run_software();
  template <typename Number>
  void run_programming(int programming);
  template <typename Number>
  Products<Number> write(int programming, ProgrammingResult& result);
  void make_product(std::size_t step, const LayerToWrite& what, const PairConductances& pairs,
                    int programming, std::shared_ptr<const Product<float>>& product) const;
  void make_product(std::size_t step, const LayerToWrite& what, const PairConductances& pairs,
                    int programming, std::shared_ptr<const Product<Fixed>>& product) const;
  template <typename Number>
  void measure_errors(const Products<Number>& products, ProgrammingResult& result);
  template <typename Number>
  Predictions classify(const ForwardPass<Number>& pass, const std::string& title);
  void try_each_layer(const Products<float>& products, ProgrammingResult& result);
  void try_each_layer(const Products<Fixed>&, ProgrammingResult&) {}  // refused: no software of it

  const ImageSource& source_;
  const StudyOptions& options_;
  std::int64_t images_;
  ForwardPlan plan_;
  Products<float> exact_;
  std::optional<StudiedDevice> device_;
  std::vector<MappedWeights> mapped_;  // by step; empty without weights
  std::vector<LayerRange> ranges_;     // by step
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
  if (options.input_bits) take_calibration(network);
  if (options.device) {
    device_.emplace(options);
    result_.levels = device_->levels();
    map_layers();
  }
}

void Study::take_calibration(const Network& network) {
  if (!options_.calibration) {
    throw InputError("--input-bits: expected --calibration FILE (--save-calibration makes one)");
  }
  const auto calibration =
      load_ranges(*options_.calibration, network, options_.rows, options_.serial_bits());
  ranges_.resize(plan_.steps.size());
  std::size_t layer = 0;
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    if (exact_[i]) ranges_[i] = calibration.layers[layer++].range;
  }
}

template <typename Number>
Predictions Study::classify(const ForwardPass<Number>& pass, const std::string& title) {
  ProgressBar bar(title, index(images_));
  const auto start = std::chrono::steady_clock::now();
  auto predictions = dwmtj::classify<Number>(
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
    if (!exact_[i]) continue;
    mapped_[i] = map_weights(*plan_.steps[i].layer, device_->levels(), options_.clip_percentile);
  }
}

void Study::make_product(std::size_t step, const LayerToWrite& what, const PairConductances& pairs,
                         int, std::shared_ptr<const Product<float>>& product) const {
  const auto weights = effective_weights(pairs, device_->levels(), mapped_[step].limit);
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
                       1};
  Products<Number> products(plan_.steps.size());
  std::uint64_t first_pair = 0;
  std::uint64_t first_array = 0;
  ProgressBar bar(fmt::format("programming {}", programming + 1), plan_.steps.size());
  for (std::size_t i = 0; i < products.size(); ++i, bar.advance()) {
    if (!exact_[i] || interrupted()) continue;
    const auto& layer = *plan_.steps[i].layer;
    const LayerToWrite what{layer, mapped_[i], tile_layer(layer, grid), first_pair, first_array};
    auto pairs = writer->write(what, programming, result.writing);
    if (options_.has_wires()) apply_wires(what, device_->levels(), options_.wires, pairs);
    make_product(i, what, pairs, programming, products[i]);
    first_pair += static_cast<std::uint64_t>(layer.weights.count());
    first_array += static_cast<std::uint64_t>(what.tiling.arrays());
    result.layers.push_back(
        {printable(layer.name), layer.weights.count(), mapped_[i].clipped, mapped_[i].limit});
  }
  return products;
}

// Each layer on devices, given what it gets in software.
template <typename Number>
void Study::measure_errors(const Products<Number>& products, ProgrammingResult& result) {
  using A = Arithmetic<Number>;
  const int chunk_size = chunk_of(plan_);
  std::vector<std::size_t> place(plan_.steps.size(), 0);
  std::size_t layers = 0;
  for (std::size_t i = 0; i < place.size(); ++i) place[i] = products[i] ? layers++ : 0;
  using Sums = std::vector<std::array<double, 2>>;
  std::vector<Sums> sums(index((kProbedImages + chunk_size - 1) / chunk_size),
                         Sums(layers, {0.0, 0.0}));
  const ValueProbe<float> probe = [&](std::size_t step, const Chunk& chunk, const float* in,
                                      const float* out) {
    const auto& layer = *plan_.steps[step].layer;
    std::vector<Number> own_in(index(layer.input.elements() * chunk_size));
    std::transform(in, in + own_in.size(), own_in.begin(), [](float x) { return A::from(x); });
    const auto elements = index(layer.output.elements());
    std::vector<Number> own(elements * index(chunk_size));
    Workspace workspace;
    products[step]->run(chunk, own_in.data(), own.data(), workspace);
    auto& sum = sums[index(chunk.first / chunk_size)][place[step]];
    for (std::size_t i = 0; i < elements * index(chunk.count); ++i) {
      const double error = A::to(own[i]) - out[i];
      sum[0] += double{out[i]} * out[i];
      sum[1] += error * error;
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
void Study::run_programming(int programming) {
  ProgrammingResult result;
  const auto products = write<Number>(programming, result);
  if (interrupted()) return;
  measure_errors<Number>(products, result);
  result.predictions = classify(ForwardPass<Number>(plan_, products),
                                fmt::format("programming {}", programming + 1));
  if (interrupted()) return;
  result.accuracy = accuracy(result.predictions, source_.data().labels);
  if (options_.each_layer && programming == 0) try_each_layer(products, result);
  if (interrupted()) return;
  result_.programmings.push_back(std::move(result));
}

StudyResult Study::run() {
  run_software();
  for (int p = 0; device_ && p < options_.programmings && !interrupted(); ++p) {
    options_.input_bits ? run_programming<Fixed>(p) : run_programming<float>(p);
  }
  result_.interrupted = interrupted();
  return std::move(result_);
}

}  // namespace

const char* name_of(WriteMode mode) {
  constexpr std::array<const char*, 3> kNames = {"ideal", "one-shot", "pulses"};
  return kNames.at(static_cast<std::size_t>(mode));
}

bool StudyOptions::has_wires() const {
  return in_si(wires.row_segment) + in_si(wires.column_segment) + in_si(wires.driver) +
             in_si(wires.sense) >
         0;
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
