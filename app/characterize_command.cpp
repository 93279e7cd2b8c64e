// SPDX-License-Identifier: Apache-2.0
// `dwmtj characterize`: the measurements of Figs. 2 and 3 on the model (docs/app/characterize.md).
#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <tbb/info.h>

#include "app/commands.h"
#include "app/device_argument.h"
#include "app/figures.h"
#include "app/quantity_option.h"
#include "app/seed_option.h"
#include "app/set_option.h"
#include "characterization/comparison.h"
#include "characterization/csv_tables.h"
#include "characterization/parallel_devices.h"
#include "characterization/ramp.h"
#include "characterization/state_map.h"
#include "characterization/summary.h"
#include "characterization/write_reset.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/progress_bar.h"
#include "common/run_folder.h"

namespace dwmtj {
namespace {

const std::vector<std::string> kProtocols = {"ramp", "write-reset", "state-map", "retention",
                                             "pulse-width"};

constexpr int kMostPulses = 10000;  // of one ramp: each has a transition table of its own

struct CharacterizeOptions {
  std::string device;
  std::vector<std::string> overrides;  // of the device: "track.length=2 um"
  std::vector<std::string> protocols;
  std::optional<long> cycles;
  std::optional<Voltage> start, stop, step, reset_stop, read_voltage;
  std::optional<Field> field;
  long devices = 20;
  std::uint64_t seed = 1;
  long threads = tbb::info::default_concurrency();
  Temperature temperature = kRoomTemperature;
  std::string temperatures = "300 K, 350 K, 400 K";
  std::string widths = "1 ns, 2 ns, 5 ns, 10 ns, 20 ns, 50 ns, 100 ns, 200 ns";
  std::string out;
  bool figures = true;
};

// One run of the command: what every protocol needs.
class Characterization {
 public:
  Characterization(const CharacterizeOptions& options, DeviceParameters parameters)
      : options_(options),
        model_(std::move(parameters), options.temperature),
        folder_(options.out),
        summary_(model_, options.seed) {}

  void run(const std::vector<std::string>& command);

 private:
  [[nodiscard]] Sweep sweep(long cycles) const;
  void run_ramp();
  void run_write_reset();
  void run_state_map();
  void run_retention();
  void run_pulse_width();
  void forget_earlier_results() const;
  // Measures all devices; false when interrupted before the last.
  bool measure(const std::string& protocol, const Sweep& sweep,
               const std::function<DeviceRecord(std::uint64_t)>& one,
               const std::function<void(const DeviceRecord&)>& take);
  void note_interruption(const std::string& protocol, const std::string& state);
  void note_comparison(const CycleStatistics& statistics, Phase phase);
  void print_comparison() const;

  const CharacterizeOptions& options_;
  DeviceModel model_;
  RunFolder folder_;
  Summary summary_;
  std::vector<ComparisonRow> comparison_;
  std::vector<std::string> remarks_;
};

Sweep Characterization::sweep(long cycles) const {
  const auto& protocol = model_.parameters().protocol;
  Sweep sweep{};
  sweep.start = options_.start.value_or(0.0 * si::volts);
  sweep.stop = options_.stop.value_or(protocol.ramp_stop);
  sweep.step = options_.step.value_or(protocol.ramp_step);
  sweep.cycles = static_cast<int>(options_.cycles.value_or(cycles));
  sweep.devices = static_cast<std::uint64_t>(options_.devices);
  sweep.seed = options_.seed;
  sweep.threads = static_cast<int>(options_.threads);
  return sweep;
}

bool Characterization::measure(const std::string& protocol, const Sweep& sweep,
                               const std::function<DeviceRecord(std::uint64_t)>& one,
                               const std::function<void(const DeviceRecord&)>& take) {
  ProgressBar bar(protocol, sweep.devices);
  const auto done =
      for_each_device(sweep.devices, sweep.threads, one, [&](const DeviceRecord& row) {
        take(row);
        bar.advance();
      });
  if (done == sweep.devices) return true;
  note_interruption(protocol, fmt::format("keeps {} of {} devices", done, sweep.devices));
  return false;
}

void Characterization::note_interruption(const std::string& protocol, const std::string& state) {
  summary_.mark_interrupted(protocol);
  remarks_.push_back(fmt::format("interrupted: {} {}", protocol, state));
}

void Characterization::run_ramp() {
  const auto ramp = sweep(model_.parameters().protocol.ramp_cycles);
  CycleStatistics statistics(model_.sites(), Phase::write);
  RampTable table(folder_.path());
  const bool complete = measure(
      "ramp", ramp, [&](std::uint64_t device) { return measure_ramp(model_, ramp, device); },
      [&](const DeviceRecord& record) {
        table.add(record);
        statistics.add(record);
      });
  table.commit();
  summary_.add("ramp", statistics);
  if (!complete) summary_.mark_interrupted("ramp");
  note_comparison(statistics, Phase::write);
  const auto cycles = static_cast<double>(std::max<std::uint64_t>(statistics.cycles(), 1));
  remarks_.push_back(fmt::format(
      "ramp: {} cycles; {:.1f} % of them skip at least one site; all sites seen on {} of {} "
      "devices",
      statistics.cycles(), 100.0 * static_cast<double>(statistics.cycles_with_skip()) / cycles,
      statistics.devices_with_all_sites(), statistics.devices()));
}

void Characterization::run_write_reset() {
  const auto& protocol = model_.parameters().protocol;
  const auto write = sweep(protocol.reset_cycles);
  const auto reset_stop = options_.reset_stop.value_or(protocol.reset_stop);
  CycleStatistics statistics(model_.sites(), Phase::reset);
  WriteResetTable table(folder_.path());
  const bool complete = measure(
      "write-reset", write,
      [&](std::uint64_t device) { return measure_write_reset(model_, write, reset_stop, device); },
      [&](const DeviceRecord& record) {
        table.add(record);
        statistics.add(record);
      });
  table.commit();
  summary_.add("write-reset", statistics);
  if (!complete) summary_.mark_interrupted("write-reset");
  note_comparison(statistics, Phase::reset);
  remarks_.push_back(fmt::format("write-reset: {} of {} resets in one switch",
                                 statistics.cycles_in_one_switch(), statistics.cycles()));
}

void Characterization::run_state_map() {
  const auto ramp = sweep(model_.parameters().protocol.ramp_cycles);
  StateMap map(model_, ramp);
  const bool complete = measure(
      "state-map", ramp, [&](std::uint64_t device) { return measure_ramp(model_, ramp, device); },
      [&](const DeviceRecord& record) { map.add(record); });
  write_state_map(folder_, model_, map);
  summary_.add_state_map(map);
  if (!complete) summary_.mark_interrupted("state-map");
}

void Characterization::run_retention() {
  const auto& point = model_.parameters().operating_point;
  const RetentionConditions conditions{
      parse_list<Temperature>("--temperatures", options_.temperatures),
      point.current_from_pads(options_.read_voltage.value_or(0.0 * si::volts)),
      options_.field.value_or(model_.parameters().pinning.compensation_field)};
  const auto points = retention_curve(model_.parameters(), conditions);
  write_retention(folder_, model_, points);
  summary_.add_retention(points);
  double worst = 0.0;
  for (const auto& row : points) {
    if (row.time == kTenYears && row.temperature == conditions.temperatures.front()) {
      worst = std::max(worst, row.probability);
    }
  }
  remarks_.push_back(
      fmt::format("retention: at {}, the least stable site is left within ten years "
                  "with probability {:.2g}",
                  format_quantity(conditions.temperatures.front()), worst));
}

void Characterization::run_pulse_width() {
  const auto points =
      pulse_width_map(model_, sweep(1), parse_list<Time>("--widths", options_.widths));
  write_pulse_width(folder_, model_, points);
  summary_.add_pulse_width(points);
}

void Characterization::note_comparison(const CycleStatistics& statistics, Phase phase) {
  const auto rows = compare(model_.parameters(), statistics, phase);
  comparison_.insert(comparison_.end(), rows.begin(), rows.end());
}

// The paper's unit, whatever the value.
std::string pico(Energy energy) { return fmt::format("{:.4g} pJ", 1e12 * in_si(energy)); }

void Characterization::print_comparison() const {
  const auto& parameters = model_.parameters();
  fmt::print("{} at {}, seed {}\n", parameters.title, format_quantity(options_.temperature),
             options_.seed);
  if (!comparison_.empty()) {
    fmt::print("\n{:<26} {:<22} {:<24} {}\n", "quantity", "paper", "ours", "mean inside spread?");
    for (const auto& row : comparison_) {
      fmt::print("{:<26} {:<22} {:<24} {}\n", row.quantity, row.measured, row.ours,
                 row.inside ? "yes" : "NO");
    }
    fmt::print("\n");
  }
  for (const auto& remark : remarks_) fmt::print("{}\n", remark);
  const Pulse nominal{parameters.operating_point.track_current, parameters.operating_point.shape,
                      parameters.fields.write};
  fmt::print("nominal update pulse: {} on the track (pads: {} at {}, never in an estimate)\n",
             pico(parameters.operating_point.pulse_energy(nominal)),
             pico(parameters.operating_point.pad_energy(nominal)),
             format_quantity(parameters.operating_point.pad_voltage));
}

void Characterization::forget_earlier_results() const {
  folder_.remove("summary.json");
  for (std::string name : kProtocols) {
    std::replace(name.begin(), name.end(), '-', '_');
    for (const char* const suffix : {".csv", ".png", ".svg"}) folder_.remove(name + suffix);
  }
}

void Characterization::run(const std::vector<std::string>& command) {
  const std::map<std::string, std::function<void()>> steps = {
      {"ramp", [this] { run_ramp(); }},
      {"write-reset", [this] { run_write_reset(); }},
      {"state-map", [this] { run_state_map(); }},
      {"retention", [this] { run_retention(); }},
      {"pulse-width", [this] { run_pulse_width(); }}};
  forget_earlier_results();
  if (options_.overrides.empty()) {
    folder_.keep_copy(model_.parameters().file);
  } else {
    folder_.write(model_.parameters().file.filename().string(), model_.parameters().effective_text);
  }
  folder_.record_run(command, options_.seed);
  for (const auto& protocol : options_.protocols) {
    if (interrupted()) {
      note_interruption(protocol, "not measured");
    } else {
      steps.at(protocol)();
    }
  }
  folder_.write("summary.json", summary_.text());
  print_comparison();
  std::fflush(stdout);
  if (options_.figures && !interrupted()) draw_figures("characterization.py", folder_.path());
  fmt::print("results in {}\n", folder_.path().string());
}

template <typename Quantity>
void add_optional(CLI::App& command, const std::string& name, std::optional<Quantity>& target,
                  const std::string& description) {
  add_quantity_option(
      command, name, kDimensionOf<Quantity>,
      [&target](double value) { target = from_si<Quantity>(value); }, description);
}

void check(const CharacterizeOptions& options) {
  const auto positive = [](const std::optional<Voltage>& voltage, const char* name) {
    if (voltage && *voltage <= 0.0 * si::volts) {
      throw InputError(fmt::format("{}: {} is not above 0 V", name, format_quantity(*voltage)));
    }
  };
  positive(options.stop, "--stop");
  positive(options.step, "--step");
  positive(options.reset_stop, "--reset-stop");
  if (options.start && *options.start < 0.0 * si::volts) {
    throw InputError("--start: must not be negative; the reset phase runs from -start to -stop");
  }
  if (options.temperature < 1.0 * si::kelvin || options.temperature > 1000.0 * si::kelvin) {
    throw InputError("--temperature: expected 1 K to 1000 K");
  }
  for (const auto& temperature : parse_list<Temperature>("--temperatures", options.temperatures)) {
    if (temperature <= 0.0 * si::kelvin) throw InputError("--temperatures: must be above 0 K");
  }
  for (const auto& width : parse_list<Time>("--widths", options.widths)) {
    if (width <= 0.0 * si::seconds) throw InputError("--widths: must be above 0 s");
  }
}

// The ramps of the device with what the command line changes about them.
void check_ramps(const CharacterizeOptions& options, const ProtocolParameters& protocol) {
  const auto start = options.start.value_or(0.0 * si::volts);
  const auto step = options.step.value_or(protocol.ramp_step);
  const auto check_ramp = [&](const char* name, Voltage stop) {
    const double pulses = (stop - start) / step;
    if (pulses > 0.5 && pulses <= kMostPulses) return;  // as Sweep::amplitudes() rounds
    throw InputError(fmt::format("the {} from {} to {} in steps of {} has {} pulses", name,
                                 format_quantity(start), format_quantity(stop),
                                 format_quantity(step),
                                 pulses <= 0.5 ? "no" : fmt::format("more than {}", kMostPulses)));
  };
  check_ramp("ramp", options.stop.value_or(protocol.ramp_stop));
  check_ramp("reset phase", options.reset_stop.value_or(protocol.reset_stop));
}

void add_sweep_options(CLI::App& command, CharacterizeOptions& options) {
  command
      .add_option("--cycles", options.cycles, "Cycles of a ramp or write-reset [as in the paper]")
      ->check(CLI::Range(1L, 1000000L));
  command.add_option("--devices", options.devices, "How many devices, each with its own draws")
      ->check(CLI::Range(1L, 100000000L))
      ->capture_default_str();
  add_optional(command, "--start", options.start, "Where ramps start [0 V]");
  add_optional(command, "--stop", options.stop, "Largest amplitude at the pads [of the device]");
  add_optional(command, "--step", options.step, "Step of a ramp [of the device]");
  add_optional(command, "--reset-stop", options.reset_stop,
               "Largest amplitude of the reset phase [of the device]");
  add_seed_option(command, options.seed);
  command.add_option("--threads", options.threads, "Threads; results do not depend on it")
      ->check(CLI::Range(1L, 1024L))
      ->capture_default_str();
}

void add_condition_options(CLI::App& command, CharacterizeOptions& options) {
  add_quantity(command, "--temperature", options.temperature, "Temperature of the device [300 K]");
  command.add_option("--temperatures", options.temperatures, "retention: a comma-separated list")
      ->capture_default_str();
  add_optional(command, "--read-voltage", options.read_voltage,
               "retention: steady voltage at the pads, for read disturb [0 V]");
  add_optional(command, "--field", options.field, "retention: bias field [the compensation field]");
  command.add_option("--widths", options.widths, "pulse-width: a comma-separated list")
      ->capture_default_str();
}

}  // namespace

void add_characterize_command(CLI::App& app, const CommandLine& line) {
  auto* const command = app.add_subcommand(
      "characterize", "Measure a device as the paper does: tables, figures, comparison.");
  const auto options = std::make_shared<CharacterizeOptions>();
  add_device_argument(*command, options->device)->required();
  add_set_option(*command, options->overrides, "device");
  command->add_option("--protocol", options->protocols, "Which measurements [all of them]")
      ->check(CLI::IsMember(kProtocols))
      ->delimiter(',');
  add_sweep_options(*command, *options);
  add_condition_options(*command, *options);
  command->add_option("--out", options->out, "Output folder [results/DEVICE]");
  command->add_flag("!--no-figures", options->figures, "Do not draw PNG and SVG figures");
  command->footer(
      "Examples:\n"
      "  dwmtj characterize trapezoidal\n"
      "  dwmtj characterize straight --protocol ramp,state-map --devices 100 --seed 7\n"
      "  dwmtj characterize my-device.yaml --protocol ramp --stop 4V --step 0.02V --out "
      "results/mine\n"
      "  dwmtj characterize straight --protocol retention --read-voltage 1V --temperatures "
      "300K,350K");
  command->callback([options, line] {
    check(*options);
    auto parameters = load_device(options->device, options->overrides);
    check_ramps(*options, parameters.protocol);
    if (options->protocols.empty()) options->protocols = kProtocols;
    if (options->out.empty()) options->out = "results/" + parameters.name;
    Characterization(*options, std::move(parameters)).run(line.words);
    if (interrupted()) *line.status = kInterruptedStatus;
  });
}

}  // namespace dwmtj
