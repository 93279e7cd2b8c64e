// SPDX-License-Identifier: Apache-2.0
// `dwmtj wires`: how large an array of a device may be before its wires make wrong signs
// (docs/app/wires.md).
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <tbb/info.h>

#include "app/commands.h"
#include "app/device_argument.h"
#include "app/figures.h"
#include "app/figures_option.h"
#include "app/quantity_option.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/progress_bar.h"
#include "common/run_folder.h"
#include "devices/readout_law.h"
#include "wires/wire_study.h"

namespace dwmtj {
namespace {

constexpr int kMostColumns = 4096;

struct WiresOptions {
  std::vector<std::string> devices = {"trapezoidal", "straight"};
  std::vector<std::string> overrides;
  std::vector<int> columns = {16, 32, 64, 128, 256};
  std::string segments = "0.01 ohm, 0.1 ohm, 1 ohm";
  long vectors = 32;
  std::uint64_t seed = 1;
  int threads = tbb::info::default_concurrency();
  std::string out;
  bool figures = true;
};

struct Row {
  std::string device;
  double level;  // ohm, the geometric mean of least and most
  int columns;
  Resistance segment;
  WireStudyPoint point;

  // Columns after which a wire of such segments has lost its voltage.
  [[nodiscard]] double length() const { return std::sqrt(level / in_si(segment)); }
};

std::vector<double> levels_of(const ReadoutLaw& law) {
  std::vector<double> levels;
  levels.reserve(static_cast<std::size_t>(law.sites()));
  for (int site = 0; site < law.sites(); ++site) {
    levels.push_back(in_si(law.level_conductance(site)));
  }
  return levels;
}

void print_head() {
  fmt::print("{:<18} {:>8} {:>10} {:>8} {:>9} {:>8} {:>8} {:>8} {:>11}\n", "device", "columns",
             "a segment", "lambda", "current", "gain", "error", "wrong", "ties");
}

void print_row(const Row& row) {
  fmt::print("{:<18} {:>8} {:>10} {:>8.0f} {:>7.1f} % {:>8.3f} {:>6.1f} % {:>6.2f} % {:>9.2f} %\n",
             row.device, row.columns, format_quantity(row.segment), row.length(),
             100.0 * row.point.mean_current, row.point.gain, 100.0 * row.point.error,
             100.0 * row.point.wrong_signs, 100.0 * row.point.ties);
}

std::string csv_of(const std::vector<Row>& rows) {
  std::string csv =
      "device,level_ohm,columns,segment_ohm,lambda,mean_current,gain,error,wrong_signs,ties\n";
  for (const auto& row : rows) {
    csv += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", row.device, row.level, row.columns,
                       in_si(row.segment), row.length(), row.point.mean_current, row.point.gain,
                       row.point.error, row.point.wrong_signs, row.point.ties);
  }
  return csv;
}

std::vector<JsonObject> json_of(const std::vector<Row>& rows) {
  std::vector<JsonObject> points;
  for (const auto& row : rows) {
    points.emplace_back()
        .set("device", row.device)
        .set("level_ohm", row.level)
        .set("columns", row.columns)
        .set("segment_ohm", in_si(row.segment))
        .set("lambda", row.length())
        .set("mean_current", row.point.mean_current)
        .set("gain", row.point.gain)
        .set("error", row.point.error)
        .set("wrong_signs", row.point.wrong_signs)
        .set("ties", row.point.ties);
  }
  return points;
}

void check(const WiresOptions& options, const std::vector<Resistance>& segments) {
  for (const int columns : options.columns) {
    if (columns < 2 || columns > kMostColumns || columns % 2 != 0) {
      throw InputError(fmt::format("--columns: {}: expected an even number from 2 to {}", columns,
                                   kMostColumns));
    }
  }
  for (const auto& segment : segments) {
    if (segment <= 0.0 * si::ohms) throw InputError("--segments: must be above 0 ohm");
  }
}

std::vector<DeviceParameters> load_devices(const WiresOptions& options) {
  std::vector<DeviceParameters> devices;
  for (const auto& device : options.devices) {
    devices.push_back(load_device(device, options.overrides));
  }
  return devices;
}

// Row by row; what was finished before an interruption.
std::vector<Row> study(const WiresOptions& options, const std::vector<Resistance>& segments) {
  const auto devices = load_devices(options);
  std::vector<Row> rows;
  ProgressBar bar("wires", devices.size() * options.columns.size() * segments.size());
  print_head();
  for (const auto& device : devices) {
    const auto levels = levels_of(ReadoutLaw(device));
    const auto [least, most] = std::minmax_element(levels.begin(), levels.end());
    for (const auto& segment : segments) {
      for (const int columns : options.columns) {
        const auto point = study_wires(levels, {columns, segment, static_cast<int>(options.vectors),
                                                options.seed, options.threads});
        if (point.interrupted) return rows;
        rows.push_back({device.name, 1.0 / std::sqrt(*least * *most), columns, segment, point});
        print_row(rows.back());
        bar.advance();
      }
    }
  }
  return rows;
}

void run_wires(const WiresOptions& options, const CommandLine& line) {
  const auto segments = parse_list<Resistance>("--segments", options.segments);
  check(options, segments);
  const auto rows = study(options, segments);
  if (!options.out.empty()) {
    RunFolder folder(options.out);
    folder.record_run(line.words, options.seed);
    folder.write("wires.csv", csv_of(rows));
    if (options.figures) draw_figures("wires.py", folder.path());
    folder.commit();
    fmt::print("results in {}\n", folder.path().string());
  }
  line.found->set("points", json_of(rows));
  if (interrupted()) *line.status = kInterruptedStatus;
}

}  // namespace

void add_wires_command(CLI::App& app, const CommandLine& line) {
  auto* const command =
      app.add_subcommand("wires", "How large an array may be before its wires make wrong signs.");
  const auto options = std::make_shared<WiresOptions>();
  command->add_option("devices", options->devices,
                      "Of the catalog, or files [trapezoidal straight]");
  add_set_option(*command, options->overrides, "device");
  command->add_option("--columns", options->columns, "Device columns, and as many rows: 16,32,64")
      ->delimiter(',')
      ->capture_default_str();
  command->add_option("--segments", options->segments, "Resistance of the wire of a cell: a list")
      ->capture_default_str();
  command->add_option("--vectors", options->vectors, "Random binary inputs a point")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command->add_option("--threads", options->threads, "Changes no result")
      ->check(CLI::Range(1, 1024));
  add_seed_option(*command, options->seed);
  command->add_option("--out", options->out, "Output folder for table and figure");
  add_figures_option(*command, options->figures);
  command->footer(
      "Examples:\n"
      "  dwmtj wires --out results/wires\n"
      "  dwmtj wires straight --columns 64,128 --segments \"0.05 ohm\"");
  line.tell_sweeps(*command, {"wires.csv", [options] {
                                check(*options,
                                      parse_list<Resistance>("--segments", options->segments));
                                load_devices(*options);
                              }});
  command->callback([options, line] { run_wires(*options, line); });
}

}  // namespace dwmtj
