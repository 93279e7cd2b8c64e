// SPDX-License-Identifier: Apache-2.0
#include "app/replay_input.h"

#include <fmt/format.h>

#include "app/set_option.h"
#include "architecture/chip_catalog.h"
#include "common/input_error.h"
#include "common/input_log.h"
#include "common/output_file.h"
#include "traces/trace_reader.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kMostDevices = 100'000'000;  // some GB in each view

std::optional<ChipParameters> load_chip(const ReplayOptions& options) {
  if (options.architecture.empty()) return std::nullopt;
  return ChipParameters::load(find_chip(options.architecture),
                              ParameterOverrides(SetParts(options.overrides).named));
}

// A tile that an architecture file names may be a file beside it.
TileParameters load_tile(const ReplayOptions& options, const std::optional<ChipParameters>& chip) {
  const SetParts set(options.overrides);
  if (chip) return TileParameters::load(chip->tiles.file, ParameterOverrides(set.tile));
  return TileParameters::load(find_tile(options.tile), set.over_named_tile());
}

DeviceParameters load_device_of(const TileParameters& tile, const ReplayOptions& options) {
  return tile.load_device(ParameterOverrides(SetParts(options.overrides).device));
}

void check_size(std::int64_t tiles, const ArrayShape& shape) {
  const auto devices = 2 * tiles * shape.rows * shape.columns;
  if (devices <= kMostDevices) return;
  throw InputError(fmt::format("{} tiles of {} x {} pairs are {} devices; expected at most {}",
                               tiles, shape.rows, shape.columns, devices, kMostDevices));
}

std::FILE* temporary_file() {
  auto* const file = std::tmpfile();
  if (file == nullptr) throw InputError("a temporary file cannot be made");
  return file;
}

}  // namespace

void check_parameters(const ReplayOptions& options) {
  note_input(options.trace);
  if (!options.states.load.empty()) note_input(options.states.load);
  static_cast<void>(load_device_of(load_tile(options, load_chip(options)), options));
}

ReplayInput::ReplayInput(const ReplayOptions& options)
    : chip_(load_chip(options)),
      parameters_(load_tile(options, chip_)),
      device_(load_device_of(parameters_, options)),
      trace_(options.trace),
      copy_(nullptr, std::fclose) {
  const int count = chip_ ? chip_->tiles.count : options.tiles;
  BulkTileOptions tile;
  tile.shape = chip_ ? ArrayShape{chip_->tiles.rows, chip_->tiles.columns}
                     : ArrayShape{options.rows, options.columns};
  tile.seed = options.seed;
  check_size(count, tile.shape);
  parameters_.check_device(device_);
  if (!options.out.empty() && !std::filesystem::is_regular_file(trace_)) {
    copy_.reset(temporary_file());
  }
  for (auto& entries : read_trace(trace_, static_cast<std::uint32_t>(count), copy_.get())) {
    tiles_.push_back({&parameters_, &device_, tile, std::move(entries)});
  }
  number_instances(tiles_);
  if (options.states.load.empty()) return;
  states_ = read_states(options.states.load, owner());
  for (std::size_t i = 0; i < tiles_.size(); ++i) tiles_[i].options.initial = &states_[i];
}

StateOwner ReplayInput::owner() const {
  const auto& first = tiles_.front().options;
  return {device_, first.shape, first.seed, tiles_.size()};
}

void ReplayInput::keep_trace(const RunFolder& folder) const {
  if (copy_ == nullptr) return folder.keep_copy(trace_);
  OutputFile file(folder.path() / "commands.trace");
  std::vector<char> bytes(1U << 16U);
  std::rewind(copy_.get());
  while (const auto count = std::fread(bytes.data(), 1, bytes.size(), copy_.get())) {
    file.write({bytes.data(), count});
  }
  file.commit();
}

std::string ReplayInput::description() const {
  const auto& shape = tiles_.front().options.shape;
  return fmt::format("{}{} x {} x {} pairs ({}, device {})", chip_ ? chip_->name + ": " : "",
                     tiles_.size(), shape.rows, shape.columns, parameters_.name,
                     device_.parameters().name);
}

}  // namespace dwmtj
