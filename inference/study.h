// SPDX-License-Identifier: Apache-2.0
// What a device does to a network: its weights written to devices, several times over, and labelled
// images classified with each (docs/inference/study.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inference/activation_ranges.h"
#include "inference/classification.h"
#include "inference/weight_writer.h"
#include "wires/crossbar.h"

namespace dwmtj {

enum class WriteMode { ideal, one_shot, pulses };
[[nodiscard]] const char* name_of(WriteMode mode);

struct StudyOptions {
  std::optional<std::string> device;  // or a set of levels; none: the network as it was trained
  std::optional<std::string> tile;    // that writes by pulses; else the catalog's of that device
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
  WireResistances wires{};                           // of the arrays; all 0: none
  std::int64_t rows = 1152;                          // of an array
  std::int64_t columns = 1024;                       // pairs
  std::uint64_t seed = 1;
  std::int64_t images = 0;  // the first; 0: all

  // Whether an array's wires change what it computes.
  [[nodiscard]] bool has_wires() const;
  // Of inputs that are driven bit by bit.
  [[nodiscard]] std::optional<int> serial_bits() const {
    return bit_serial ? input_bits : std::nullopt;
  }
};

// How far one layer's products are off, from the same inputs.
struct LayerError {
  std::string name;
  std::int64_t weights = 0;
  std::int64_t clipped = 0;
  double limit = 0;              // the largest weight
  double signal = 0;             // sum of squares of the exact products
  double error = 0;              // and of their errors
  std::optional<Share> alone{};  // accuracy with this layer on devices, the others in software

  [[nodiscard]] double signal_to_error_db() const;
};

struct ProgrammingResult {
  Predictions predictions;
  Share accuracy;
  WritingRecord writing;
  std::vector<LayerError> layers;
};

struct StudyResult {
  Share software;  // accuracy of the network as it was trained
  Predictions software_predictions;
  std::optional<LevelSet> levels;
  std::vector<ProgrammingResult> programmings;  // those that were finished
  int classes = 0;
  bool interrupted = false;
  double images_per_second = 0;  // of the last pass

  [[nodiscard]] MeanOf mean_accuracy() const;  // over programmings
};

// Throws InputError: options that do not fit together, or the data.
StudyResult run_study(const Network& network, const ImageSource& source,
                      const StudyOptions& options);

}  // namespace dwmtj
