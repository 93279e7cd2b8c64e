// SPDX-License-Identifier: Apache-2.0
// What a study writes weights to: a device with its tile, or a set of levels.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "inference/study_options.h"
#include "inference/weight_writer.h"

namespace dwmtj {

class StudyDevice {
 public:
  // Reads the files that are named, as far as writing and reading need them. Keeps a reference to
  // the options. Throws InputError.
  explicit StudyDevice(const StudyOptions& options);
  ~StudyDevice() = default;
  StudyDevice(const StudyDevice&) = delete;
  StudyDevice& operator=(const StudyDevice&) = delete;

  [[nodiscard]] const LevelSet& levels() const { return levels_; }
  // Of weights that take several pairs; none where they take one.
  [[nodiscard]] const std::optional<WeightCells>& cells() const { return cells_; }
  [[nodiscard]] int pairs_of_weight() const { return cells_ ? cells_->digits() : 1; }
  [[nodiscard]] std::unique_ptr<WeightWriter> writer() const;
  // Of arrays that are not read by the tile's circuits.
  [[nodiscard]] ReadSettings read_settings(std::uint64_t seed) const;
  // Of all arrays; none where they are ideal.
  [[nodiscard]] std::optional<WireResistances> wires() const;

  // None of a set of levels.
  [[nodiscard]] const DeviceModel* model() const { return model_.get(); }
  // Their parameter files as they took effect, by name.
  [[nodiscard]] std::map<std::string, std::string> files() const;
  // None where nothing asks for one.
  [[nodiscard]] const std::optional<TileParameters>& tile() const { return tile_; }

 private:
  void load_levels();
  void load_device();
  void load_tile(const DeviceParameters& device);
  [[nodiscard]] bool names_device_of(const TileParameters& tile) const;
  void fit_tile();
  void select_levels(int bits);
  void check_digits() const;
  [[nodiscard]] TileParameters tile_of(const std::string& device) const;
  [[nodiscard]] bool needs_tile() const;
  [[nodiscard]] NoiseLaw noise() const;

  const StudyOptions& options_;
  LevelSet levels_;
  std::optional<WeightCells> cells_;
  std::optional<TileParameters> tile_;
  std::unique_ptr<DeviceModel> model_;
  std::optional<DeviceHistory> history_;
};

}  // namespace dwmtj
