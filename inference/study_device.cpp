// SPDX-License-Identifier: Apache-2.0
#include "inference/study_device.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "common/input_error.h"
#include "devices/catalog.h"
#include "devices/spread_scale.h"
#include "networks/quantisation.h"
#include "tile/effective_tile.h"
#include "tile/tile_of_device.h"

namespace dwmtj {
namespace {

bool is_level_set(const std::string& name) {
  const auto names = names_in_catalog(level_set_catalog());
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool any(const WireResistances& wires) {
  return in_si(wires.row_segment) + in_si(wires.column_segment) + in_si(wires.driver) +
             in_si(wires.sense) >
         0;
}

}  // namespace

const char* name_of(WriteMode mode) {
  constexpr std::array<const char*, 3> kNames = {"ideal", "one-shot", "pulses"};
  return kNames.at(static_cast<std::size_t>(mode));
}

bool StudyOptions::has_wires() const { return any(wires); }

StudyDevice::StudyDevice(const StudyOptions& options) : options_(options) {
  !options.given&& is_level_set(*options.device) ? load_levels() : load_device();
  if (options.sigma) levels_.error = {*options.sigma};
  auto history = options.history;
  if (tile_) history.read_time = tile_->timing.read_settle;
  history_.emplace(levels_, model_.get(), history);
}

void StudyDevice::load_levels() {
  if (options_.write == WriteMode::pulses) {
    throw InputError(
        fmt::format("--write pulses: '{}' is a set of levels; expected a device that "
                    "pulses write (dwmtj devices)",
                    *options_.device));
  }
  if (options_.tile || !options_.over_tile.empty() || options_.read_noise || options_.johnson ||
      options_.reads_by_tile()) {
    throw InputError(fmt::format(
        "--tile, --set tile., --read-noise, --johnson, --readout tile: '{}' is a set of "
        "levels; expected a device (dwmtj devices)",
        *options_.device));
  }
  levels_ = even_levels(find_in_catalog(level_set_catalog(), *options_.device), options_.bits,
                        options_.over_device);
}

bool StudyDevice::needs_tile() const {
  return options_.write == WriteMode::pulses || options_.johnson || options_.history.reads > 0 ||
         options_.reads_by_tile() || options_.tile || options_.given || !options_.over_tile.empty();
}

void StudyDevice::load_device() {
  auto parameters =
      options_.given ? options_.given->device
                     : DeviceParameters::load(find_device(*options_.device), options_.over_device);
  if (needs_tile()) load_tile(parameters);
  scale_spreads(parameters, options_.sigma_scale);
  if (tile_ && !options_.given) parameters = tile_->cell.show(std::move(parameters));
  model_ = std::make_unique<DeviceModel>(std::move(parameters));
  levels_ = levels_of_device(*model_);
  if (options_.bits) select_levels(*options_.bits);
}

// More bits than a pair holds are digits on several, as many as cells of an architecture would be,
// each at any level; the circuits of a tile read one.
void StudyDevice::select_levels(int bits) {
  const int held = bits_of_cell(static_cast<int>(levels_.conductance.size()));
  if (options_.reads_by_tile() || held >= bits - 1) {
    levels_ = selected(levels_, bits);
    return;
  }
  cells_ = WeightCells{bits, held, true};
  check_digits();
}

void StudyDevice::check_digits() const {
  const int digits = cells_->digits();
  const auto takes =
      fmt::format("a weight of {} bits takes {} pairs of '{}'", cells_->bits, digits, levels_.name);
  const auto others = fmt::format("--bits {} or less, or a device of {} levels",
                                  cells_->bits_per_cell + 1, levels_of(cells_->bits));
  if (options_.columns < digits) {
    throw InputError(fmt::format("--columns {}: {}, side by side: expected at least as many, {}",
                                 options_.columns, takes, others));
  }
  const bool calibrated =
      options_.readout != ColumnReadout::exact && options_.converter_range != ConverterRange::fixed;
  if (options_.input_bits && calibrated) {
    throw InputError(
        fmt::format("--readout: {}, and ranges are calibrated on sums of whole weights: expected "
                    "--converter-range fixed, --readout exact, {}",
                    takes, others));
  }
}

TileParameters StudyDevice::tile_of(const std::string& device) const {
  if (options_.given) return options_.given->tile;
  if (options_.tile) return TileParameters::load(find_tile(*options_.tile), options_.over_tile);
  return TileParameters::load(find_tile_of_device(device), options_.over_tile);
}

void StudyDevice::load_tile(const DeviceParameters& device) {
  tile_ = tile_of(device.name);
  if (!options_.given && tile_->device != device.name && !names_device_of(*tile_)) {
    throw InputError(fmt::format("--tile {}: its device is '{}', not '{}'", tile_->name,
                                 tile_->device, *options_.device));
  }
  fit_tile();
}

// The same file, however each of them names it.
bool StudyDevice::names_device_of(const TileParameters& tile) const {
  std::error_code none;
  return std::filesystem::equivalent(tile.device_file, find_device(*options_.device), none);
}

// What is asked of arrays is asked of the tiles that they are.
void StudyDevice::fit_tile() {
  if (options_.has_wires()) {
    const auto& wires = options_.wires;
    tile_->wires.ideal = false;
    tile_->wires.row = wires.row_segment;
    tile_->wires.column = wires.column_segment;
    tile_->wires.driver = wires.driver;
    tile_->wires.sense = wires.sense;
  }
  if (options_.history.stuck_rate > 0) {
    tile_->stuck.rate = options_.history.stuck_rate;
    tile_->stuck.level = options_.history.stuck_level;
  }
}

std::optional<WireResistances> StudyDevice::wires() const {
  if (options_.has_wires()) return options_.wires;
  if (!tile_ || tile_->wires.ideal) return std::nullopt;
  return WireResistances{tile_->wires.row, tile_->wires.column, tile_->wires.driver,
                         tile_->wires.sense};
}

// A section of an architecture's file has none of its own.
std::map<std::string, std::string> StudyDevice::files() const {
  if (!model_) return {};
  const auto& device = model_->parameters();
  if (tile_ && !tile_->effective_text.empty()) return effective_tile(*tile_, device);
  return effective_device(device);
}

std::unique_ptr<WeightWriter> StudyDevice::writer() const {
  switch (options_.write) {
    case WriteMode::ideal:
      return ideal_writer(levels_, *history_, options_.seed);
    case WriteMode::one_shot: {
      // A device's own spreads are scaled already.
      const bool scaled = model_ != nullptr && !options_.sigma;
      return one_shot_writer(levels_, *history_, scaled ? 1.0 : options_.sigma_scale,
                             options_.seed);
    }
    case WriteMode::pulses:
      return pulse_writer(levels_, *history_, *tile_, *model_, options_.seed);
  }
  return nullptr;
}

// A set of levels reads without noise.
NoiseLaw StudyDevice::noise() const {
  NoiseLaw noise;
  if (options_.johnson) noise = noise_law(*tile_, *model_, options_.history.temperature);
  noise.relative = options_.read_noise ? std::pow(model_->parameters().readout.read_noise, 2) : 0.0;
  return noise;
}

ReadSettings StudyDevice::read_settings(std::uint64_t seed) const {
  ReadSettings settings;
  settings.input_bits = *options_.input_bits;
  settings.bit_serial = options_.bit_serial;
  settings.readout = options_.readout;
  settings.converter_bits = options_.converter_bits;
  settings.converter_range = options_.converter_range;
  settings.noise = noise();
  settings.seed = seed;
  return settings;
}

}  // namespace dwmtj
