// SPDX-License-Identifier: Apache-2.0
// What a study of a network on devices is asked for: how weights are written, and how arrays are
// read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "inference/device_history.h"
#include "inference/read_settings.h"
#include "wires/crossbar.h"

namespace dwmtj {

enum class WriteMode { ideal, one_shot, pulses };
[[nodiscard]] const char* name_of(WriteMode mode);

// A tile and its device, read already.
struct TileAndDevice {
  TileParameters tile;
  DeviceParameters device;
};

struct StudyOptions {
  std::optional<std::string> device;  // or a set of levels; none: the network as it was trained
  std::optional<std::string> tile;    // that writes by pulses; else the catalog's of that device
  ParameterOverrides over_device;     // over their files
  ParameterOverrides over_tile;
  std::optional<TileAndDevice> given;  // in place of these files: those of an architecture
  WriteMode write = WriteMode::pulses;
  std::optional<int> bits;  // of a weight, sign included
  double clip_percentile = 100;
  std::optional<double> sigma;  // S: of one-shot, instead of the device's own
  double sigma_scale = 1;       // of the spread, however written
  int programmings = 1;
  bool each_layer =
      false;  // of the first programming, accuracy with one layer on devices at a time
  // Of values between layers: as fixed point, through converters of so many bits at the arrays'
  // inputs. Without: single precision, and none of what follows.
  std::optional<int> input_bits;
  bool bit_serial = false;
  ColumnReadout readout = ColumnReadout::exact;
  int converter_bits = 8;
  ConverterRange converter_range = ConverterRange::layer;
  bool read_noise = false;  // of each device and read, as its parameters say
  bool johnson = false;
  std::optional<std::filesystem::path> calibration;  // needed with input bits
  HistorySettings history;                           // of devices after they were written
  WireResistances wires{};                           // of the arrays; all 0: those of the tile
  std::int64_t rows = 1152;                          // of an array
  std::int64_t columns = 1024;                       // pairs
  std::optional<int> tiles;                          // that there are; none: as many as it takes
  int spare_columns = 0;                             // at least, of each tile
  std::uint64_t seed = 1;
  std::int64_t images = 0;  // the first; 0: all

  // Whether an array's wires change what it computes.
  [[nodiscard]] bool has_wires() const;
  [[nodiscard]] bool reads_by_tile() const { return readout == ColumnReadout::tile; }
  // Of inputs that are driven bit by bit; ranges of a tile's are those of whole inputs.
  [[nodiscard]] std::optional<int> serial_bits() const {
    return bit_serial ? input_bits : std::nullopt;
  }
};

}  // namespace dwmtj
