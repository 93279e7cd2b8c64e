// SPDX-License-Identifier: Apache-2.0
#include "app/infer_options.h"

#include <map>

#include <CLI/CLI.hpp>
#include <tbb/info.h>

#include "app/figures_option.h"
#include "app/quantity_option.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "app/spare_columns_option.h"
#include "app/temperature_option.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr long kMostReads = 1'000'000'000'000;

void check_history(const HistorySettings& history) {
  if (history.stuck_rate < 0 || history.stuck_rate > 1) {
    throw InputError("--stuck: expected 0 % to 100 %");
  }
  if (history.stuck_level && history.stuck_rate == 0) {
    throw InputError("--stuck-level: expected --stuck as well");
  }
  if (in_si(history.hold) < 0) throw InputError("--hold: expected a time of at least 0 s");
  check_temperature(history.temperature);
  if ((history.reads > 0) != (in_si(history.read_current) != 0)) {
    throw InputError("--reads and --read-current: expected both or neither");
  }
}

void check_wires(const WireResistances& wires) {
  for (const auto& value : {wires.row_segment, wires.column_segment, wires.driver, wires.sense}) {
    if (in_si(value) < 0) throw InputError("--wire, --driver, --sense: expected at least 0 ohm");
  }
}

// What the circuits of a tile decide themselves.
void check_tile_readout(const StudyOptions& options) {
  if (!options.reads_by_tile()) {
    if (options.spare_columns == 0) return;
    throw InputError("--spare-columns: expected --readout tile as well");
  }
  if (options.write != WriteMode::pulses) {
    throw InputError("--readout tile: tiles are written by pulses: expected --write pulses");
  }
  if (options.read_noise || options.johnson || options.bit_serial ||
      options.converter_range != ConverterRange::layer) {
    throw InputError(
        "--readout tile: noise, range and order of bits are the tile's: expected no --read-noise, "
        "--johnson, --bit-serial or --converter-range");
  }
  if (options.history.reads > 0) throw InputError("--readout tile: expected no --reads");
}

void add_data_options(CLI::App& command, InferOptions& options) {
  add_data_arguments(command, options.data);
  command.add_option("--images", options.study.images, "The first so many [all]")
      ->check(CLI::Range(1L, kMostLabelledImages));
}

void add_read_options(CLI::App& command, InferOptions& options) {
  auto& study = options.study;
  command
      .add_option("--input-bits", study.input_bits,
                  "Of values at the arrays' inputs; fixed point between layers [single precision]")
      ->check(CLI::Range(2, 8));
  command.add_flag("--bit-serial", study.bit_serial,
                   "Inputs bit by bit, each read apart [as one level]");
  command.add_option("--calibration", study.calibration,
                     "The file of ranges that inputs and converters are set to");
  command
      .add_option("--readout", study.readout,
                  "exact, converter, comparator, or tile: its own circuits")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, ColumnReadout>{{"exact", ColumnReadout::exact},
                                               {"converter", ColumnReadout::converter},
                                               {"comparator", ColumnReadout::comparator},
                                               {"tile", ColumnReadout::tile}}))
      ->default_str("exact");
  command
      .add_option("--converter-bits", options.converter_bits,
                  "Of each column's converter [8, or as many as the tile gives]")
      ->check(CLI::Range(1, 16));
  command
      .add_option("--converter-range", study.converter_range,
                  "layer and column: calibrated; fixed: what no sum is beyond")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, ConverterRange>{{"layer", ConverterRange::layer},
                                                {"column", ConverterRange::column},
                                                {"fixed", ConverterRange::fixed}}))
      ->default_str("layer");
  command.add_flag("--read-noise", study.read_noise, "Of each device at each read");
  command.add_flag("--johnson", study.johnson, "Thermal noise of each device at each read");
  command.add_option("--rows", study.rows, "Of an array: longer sums are read in parts")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  command.add_option("--columns", study.columns, "Of an array, a pair each")
      ->check(CLI::Range(1, 1 << 16))
      ->capture_default_str();
  add_spare_columns(command, study.spare_columns);
}

// What becomes of devices, and the wires between them.
void add_array_options(CLI::App& command, StudyOptions& study) {
  auto& history = study.history;
  add_quantity_option(
      command, "--stuck", Dimension::number,
      [&history](double share) { history.stuck_rate = share; },
      "Share of devices that no pulse moves: 0.1%");
  command.add_option("--stuck-level", history.stuck_level, "Where they rest [any level]")
      ->check(CLI::Range(0, 1000));
  add_quantity(command, "--hold", history.hold, "From writing to the first image: 87660h");
  add_quantity(command, "--temperature", history.temperature,
               "Of the arrays, meanwhile and when they are read [300 K]");
  command.add_option("--reads", history.reads, "Of every device, before the images")
      ->check(CLI::Range(1L, kMostReads));
  add_quantity(command, "--read-current", history.read_current,
               "Along the track while a device is read");
  add_quantity_option(
      command, "--wire", Dimension::resistance,
      [&study](double ohms) {
        study.wires.row_segment = study.wires.column_segment = from_si<Resistance>(ohms);
      },
      "Of a row and of a column, from one cell to the next");
  add_quantity(command, "--driver", study.wires.driver, "In series with each row");
  add_quantity(command, "--sense", study.wires.sense, "In series with each column");
}

void add_device_options(CLI::App& command, InferOptions& options) {
  auto& study = options.study;
  command.add_option("--write", study.write, "pulses, one-shot or ideal")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, WriteMode>{{"pulses", WriteMode::pulses},
                                           {"one-shot", WriteMode::one_shot},
                                           {"ideal", WriteMode::ideal}}))
      ->default_str("pulses");
  command.add_option("--tile", study.tile, "That writes the pulses [the catalog's of the device]");
  command.add_option("--bits", study.bits, "Of a weight [as many levels as the device has]")
      ->check(CLI::Range(2, 16));
  command
      .add_option("--clip", study.clip_percentile,
                  "Percentile of a layer's weights that becomes its limit")
      ->check(CLI::Range(50.0, 100.0))
      ->capture_default_str();
  add_quantity_option(
      command, "--sigma", Dimension::conductance, [&study](double value) { study.sigma = value; },
      "One-shot error, standard deviation [the device's]");
  command.add_option("--sigma-scale", study.sigma_scale, "Multiplies the spread of devices")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  add_read_options(command, options);
  add_array_options(command, study);
  command.add_flag("--each-layer", study.each_layer,
                   "Accuracy with one layer on devices at a time, of the first programming");
  command.add_option("--programmings", study.programmings, "Times the network is written")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
}

// Ranges, too, are of so many rows, read bit by bit, for a converter of so many bits.
bool is_of_ranges(const std::string& option) {
  return option == "--input-bits" || option == "--bit-serial" || option == "--rows" ||
         option == "--converter-bits";
}

void refuse_options_of_devices(const InferOptions& given) {
  const bool measures = !given.save_calibration.empty();
  for (const auto* const option : given.of_devices) {
    const auto name = option->get_name();
    if (option->count() == 0 || (measures && is_of_ranges(name))) continue;
    throw InputError(name + ": expected --device or --arch as well");
  }
}

}  // namespace

void require_sensible(const InferOptions& given) {
  const auto& options = given.study;
  const bool on_devices = options.device || !given.architecture.empty();
  const bool reads =
      options.read_noise || options.johnson || options.readout != ColumnReadout::exact;
  if (options.bit_serial && !options.input_bits) {
    throw InputError("--bit-serial: expected --input-bits as well");
  }
  if (on_devices && reads && !options.input_bits) {
    throw InputError("--readout, --read-noise, --johnson: expected --input-bits as well");
  }
  check_history(options.history);
  check_wires(options.wires);
  check_tile_readout(options);
  if (given.resume && given.out.empty()) throw InputError("--resume: expected --out as well");
  if (!on_devices) refuse_options_of_devices(given);
}

void add_infer_options(CLI::App& command, InferOptions& options) {
  options.threads = tbb::info::default_concurrency();
  add_onnx_argument(command, options.network);
  command.add_option("--arch", options.architecture,
                     "A chip whose arrays and tile hold the weights; of cores: with energy and "
                     "latency of a run");
  options.of_devices.push_back(add_set_option(
      command, options.overrides,
      "device, or architecture (tile.KEY, device.KEY: of the tile's, the device's)"));
  add_data_options(command, options);
  command.add_option("--device", options.study.device,
                     "A device (dwmtj devices), fig6 for even levels, or a .yaml file [software]");
  const auto before = command.get_options().size();
  add_device_options(command, options);
  const auto all = command.get_options();
  options.of_devices.insert(options.of_devices.end(),
                            all.begin() + static_cast<std::ptrdiff_t>(before), all.end());
  add_seed_option(command, options.study.seed);
  command.add_option("--threads", options.threads, "Changes no result")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command.add_option("--save-calibration", options.save_calibration,
                     "Only measure ranges on the images [500], and write them to this file");
  command.add_option("--out", options.out, "Output folder for tables, reports and figures");
  command.add_flag("--resume", options.resume,
                   "Go on from the programmings that are finished in the output folder");
  add_figures_option(command, options.figures);
}

}  // namespace dwmtj
