// SPDX-License-Identifier: Apache-2.0
// What `dwmtj replay` is asked for, and the files it names, read and checked.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/record_options.h"
#include "app/state_options.h"
#include "app/zoom_options.h"
#include "architecture/chip_parameters.h"
#include "arrays/state_file.h"
#include "common/run_folder.h"
#include "replay/replay_tile.h"

namespace dwmtj {

struct ReplayOptions {
  std::string trace;
  std::string view;  // empty: tlm with an architecture, bulk without
  std::string timing = "at";
  Time quantum = 1e-6 * si::seconds;
  std::string architecture;  // empty: tiles without a chip, as the next four say
  std::string tile = "trapezoidal-65nm";
  std::vector<std::string> overrides;  // of the architecture, or the tile where there is none
  int rows = 8;
  int columns = 8;
  int tiles = 1;
  std::uint64_t seed = 1;
  std::string out;
  std::optional<Time> power_window;
  RecordOptions record;
  ZoomOptions zoom;
  StateOptions states;
};

// Reads the parameter files that are named. Throws InputError.
void check_parameters(const ReplayOptions& options);

class ReplayInput {
 public:
  // Throws InputError.
  explicit ReplayInput(const ReplayOptions& options);
  ~ReplayInput() = default;
  ReplayInput(const ReplayInput&) = delete;  // tiles refer to the other members
  ReplayInput& operator=(const ReplayInput&) = delete;

  [[nodiscard]] const std::optional<ChipParameters>& chip() const { return chip_; }
  [[nodiscard]] const TileParameters& parameters() const { return parameters_; }
  [[nodiscard]] const DeviceModel& device() const { return device_; }
  [[nodiscard]] const std::vector<ReplayTile>& tiles() const { return tiles_; }
  // The trace as it was read, which a pipe gives but once.
  void keep_trace(const RunFolder& folder) const;
  [[nodiscard]] StateOwner owner() const;
  // "4 x 8 x 8 pairs (trapezoidal, device trapezoidal)"
  [[nodiscard]] std::string description() const;

 private:
  std::optional<ChipParameters> chip_;
  TileParameters parameters_;
  DeviceModel device_;
  std::vector<TileState> states_;  // to begin with; empty: all saturated
  std::vector<ReplayTile> tiles_;
  std::filesystem::path trace_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> copy_;  // null: it can be read again
};

}  // namespace dwmtj
