// SPDX-License-Identifier: Apache-2.0
#include "app/characterization_run.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "app/figures.h"
#include "app/pulse_lines.h"
#include "app/quantity_option.h"
#include "characterization/ramp.h"
#include "characterization/write_reset.h"
#include "common/interrupt.h"
#include "common/progress_bar.h"
#include "devices/measured_pulses.h"

namespace dwmtj {
namespace {

constexpr long kTrainCycles = 10;  // of a device, unless said

}  // namespace

CharacterizationRun::CharacterizationRun(const CharacterizationOptions& options,
                                         DeviceParameters parameters)
    : options_(options),
      model_(std::move(parameters), options.temperature),
      folder_(options.out),
      summary_(model_, options.seed) {}

void CharacterizationRun::note_interruption(const std::string& protocol, const std::string& state) {
  summary_.mark_interrupted(protocol);
  remarks_.push_back(fmt::format("interrupted: {} {}", protocol, state));
}

void CharacterizationRun::note_devices(const std::string& protocol, std::uint64_t done,
                                       const Sweep& sweep) {
  if (done == sweep.devices) return;
  note_interruption(protocol, fmt::format("keeps {} of {} devices", done, sweep.devices));
}

// With a table every row is measured and written; without, those that count.
template <typename Tally>
std::uint64_t CharacterizationRun::take_in(const std::string& protocol, const Sweep& sweep,
                                           const Measurement& measurement, RowTable* table,
                                           std::uint64_t rows_of_device, Tally& tally) {
  ProgressBar bar(protocol, sweep.devices);
  std::uint64_t done = 0;
  if (table != nullptr) {
    const DeviceSink sink{[&](const PulseRecord& row) {
                            table->add(row);
                            tally.add(row);
                          },
                          [&] {
                            table->finish_device();
                            tally.finish_device();
                            bar.advance();
                          }};
    done = measure_rows(sweep, rows_of_device, measurement, sink);
    table->commit();
  } else {
    done = tally_devices(sweep, measurement, tally, [&](std::uint64_t devices) {
      for (std::uint64_t i = 0; i < devices; ++i) bar.advance();
    });
  }
  return done;
}

void CharacterizationRun::count(const std::string& protocol, const Sweep& sweep,
                                const Measurement& measurement, RowTable* table,
                                std::uint64_t rows_of_device, CycleStatistics& statistics) {
  const auto done = take_in(protocol, sweep, measurement, table, rows_of_device, statistics);
  summary_.add(protocol, statistics);
  note_devices(protocol, done, sweep);
}

void CharacterizationRun::measure_ramp() {
  const auto& protocol = model_.parameters().protocol;
  const auto sweep = options_.sweep(protocol, protocol.ramp_cycles);
  CycleStatistics statistics(model_.sites(), Phase::write);
  std::optional<RowTable> table;
  if (options_.rows) table.emplace(folder_.path() / "ramp.csv", RowTable::Columns::ramp);
  const auto rows = (sweep.amplitudes().size() + 1) * static_cast<std::uint64_t>(sweep.cycles);
  count("ramp", sweep, ramp(model_, sweep), table ? &*table : nullptr, rows, statistics);
  note_comparison(statistics, Phase::write);
  const auto cycles = static_cast<double>(std::max<std::uint64_t>(statistics.cycles(), 1));
  remarks_.push_back(fmt::format(
      "ramp: {} cycles; {:.1f} % of them skip at least one site; all sites seen on {} of {} "
      "devices",
      statistics.cycles(), 100.0 * static_cast<double>(statistics.cycles_with_skip()) / cycles,
      statistics.devices_with_all_sites(), statistics.devices()));
}

void CharacterizationRun::measure_write_reset() {
  const auto& protocol = model_.parameters().protocol;
  const auto sweep = options_.sweep(protocol, protocol.reset_cycles);
  auto back = sweep;
  back.stop = options_.reset_stop_of(protocol);
  CycleStatistics statistics(model_.sites(), Phase::reset);
  std::optional<RowTable> table;
  if (options_.rows) table.emplace(folder_.path() / "write_reset.csv", RowTable::Columns::phases);
  const auto rows = (sweep.amplitudes().size() + back.amplitudes().size() + 2) *
                    static_cast<std::uint64_t>(sweep.cycles);
  count("write-reset", sweep, write_reset(model_, sweep, back.stop), table ? &*table : nullptr,
        rows, statistics);
  note_comparison(statistics, Phase::reset);
  remarks_.push_back(fmt::format("write-reset: {} of {} resets in one switch",
                                 statistics.cycles_in_one_switch(), statistics.cycles()));
}

void CharacterizationRun::measure_state_map() {
  const auto& protocol = model_.parameters().protocol;
  const auto sweep = options_.sweep(protocol, protocol.ramp_cycles);
  StateMap map(model_, sweep);
  ProgressBar bar("state-map", sweep.devices);
  const auto done = tally_devices(sweep, ramp(model_, sweep), map, [&](std::uint64_t devices) {
    for (std::uint64_t i = 0; i < devices; ++i) bar.advance();
  });
  write_state_map(folder_, model_, map);
  summary_.add_state_map(map);
  note_devices("state-map", done, sweep);
}

void CharacterizationRun::measure_retention() {
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

void CharacterizationRun::measure_pulse_width() {
  const auto sweep = options_.sweep(model_.parameters().protocol, 1);
  const auto widths = parse_list<Time>("--widths", options_.widths);
  const auto points = pulse_width_map(model_, sweep, widths);
  write_pulse_width(folder_, model_, points);
  summary_.add_pulse_width(points);
  if (interrupted()) note_interruption("pulse-width", "keeps a part of its points");
}

void CharacterizationRun::measure_linearity() {
  const std::vector<PulseTrain> trains = {pulse_train(model_, Direction::forward),
                                          pulse_train(model_, Direction::reverse)};
  write_linearity(folder_, trains);
  summary_.add_linearity(trains);
  const auto nu = [](const PulseTrain& train) {
    return train.complete ? fmt::format("{:+.2f} ({} pulses)", train.nonlinearity,
                                        train.conductance.size() - 1)
                          : std::string("none (never there)");
  };
  remarks_.push_back(fmt::format(
      "linearity: nonlinearity {} up, {} down, of nominal pulses to {:.0f} % of the range",
      nu(trains[0]), nu(trains[1]), 100.0 * kTrainCutOff));
}

void CharacterizationRun::measure_trains() {
  const auto sweep = options_.sweep(model_.parameters().protocol, kTrainCycles);
  const auto plan = plan_trains(model_);
  TrainStatistics statistics(model_);
  std::optional<RowTable> table;
  if (options_.rows) {
    table.emplace(folder_.path() / "trains.csv", RowTable::Columns::trains, plan.up.shape.width);
  }
  const auto rows = static_cast<std::uint64_t>(plan.pulses_up + plan.pulses_down + 2) *
                    static_cast<std::uint64_t>(sweep.cycles);
  const auto done = take_in("trains", sweep, pulse_trains(model_, sweep, plan),
                            table ? &*table : nullptr, rows, statistics);
  summary_.add_trains(plan, statistics);
  note_devices("trains", done, sweep);
  const auto change = [&](Phase phase) {
    const auto& changes = statistics.changes(phase);
    return fmt::format("{:+.2f} +- {:.2f} %", 100.0 * changes.mean(), 100.0 * changes.deviation());
  };
  remarks_.push_back(
      fmt::format("trains: a pulse changes the conductance by {} of its range up, {} down",
                  change(Phase::write), change(Phase::reset)));
}

void CharacterizationRun::measure_metaplasticity() {
  const auto points = metaplastic_factors(model_.parameters());
  write_metaplasticity(folder_, model_, points);
  summary_.add_metaplasticity(points);
  const auto& last = points.back();
  remarks_.push_back(fmt::format(
      "metaplasticity: at abs(W) = {:.2f} the factor of V_C is {:.3f}, that of Eq. 1 {:.3f}",
      last.weight, last.factor, last.equation_1));
}

void CharacterizationRun::measure_field_loop() {
  const auto loop =
      field_loop(model_, {options_.field_most, from_si<Field>(1e-3), from_si<Time>(1.0)});
  write_field_loop(folder_, loop);
  summary_.add_field_loop(loop);
  if (interrupted()) note_interruption("field-loop", "keeps a part of its points");
  const auto& readout = model_.parameters().readout;
  remarks_.push_back(fmt::format(
      "field-loop: {} from {:.4g} to {:.4g} ohm, TMR {:.1f} % (file {:.1f} %), RA {:.4g} ohm um^2 "
      "(file {:.4g}), turns at {} and {}, offset {}",
      loop.closed ? "closed" : "not closed", loop.least, loop.most, 100.0 * loop.ratio,
      100.0 * readout.tmr, 1e12 * loop.resistance_area, 1e12 * readout.resistance_area,
      format_quantity(loop.up, 3), format_quantity(loop.down, 3),
      format_quantity(loop.offset(), 3)));
}

void CharacterizationRun::measure_temperature() {
  const auto points = temperature_map(
      model_.parameters(), parse_list<Temperature>("--temperatures", options_.temperatures));
  write_temperature(folder_, model_, points);
  summary_.add_temperature(points);
  if (interrupted()) note_interruption("temperature", "keeps a part of its points");
}

void CharacterizationRun::note_comparison(const CycleStatistics& statistics, Phase phase) {
  const auto rows = compare(model_.parameters(), statistics, phase);
  comparison_.insert(comparison_.end(), rows.begin(), rows.end());
}

bool CharacterizationRun::agrees() const {
  return std::all_of(comparison_.begin(), comparison_.end(),
                     [](const ComparisonRow& row) { return row.agrees; });
}

JsonObject CharacterizationRun::found() const {
  std::vector<JsonObject> rows;
  for (const auto& row : comparison_) {
    rows.emplace_back()
        .set("quantity", row.quantity)
        .set("measured", row.measured)
        .set("ours", row.ours)
        .set("agrees", row.agrees);
  }
  JsonObject found;
  found.set("comparison", rows).set("remarks", remarks_).set_json("summary", summary_.text());
  return found;
}

namespace {

// The paper's unit, whatever the value.
std::string pico(Energy energy) { return fmt::format("{:.4g} pJ", 1e12 * in_si(energy)); }

void print_comparison(const std::vector<ComparisonRow>& rows, const std::string& source) {
  fmt::print("\nmeasured: {}\n{:<30} {:<12} {:<16} {}\n", source, "quantity", "measured", "ours",
             "agrees?");
  for (const auto& row : rows) {
    fmt::print("{:<30} {:<12} {:<16} {}\n", row.quantity, row.measured, row.ours,
               row.agrees ? "yes" : "NO: " + row.why);
  }
  fmt::print("\n");
}

}  // namespace

void CharacterizationRun::print() const {
  const auto& parameters = model_.parameters();
  fmt::print("{} at {}, seed {}\n", parameters.title, format_quantity(model_.temperature()),
             options_.seed);
  if (!comparison_.empty()) print_comparison(comparison_, parameters.measured.source);
  for (const auto& remark : remarks_) fmt::print("{}\n", remark);
  if (parameters.pulses) {
    for (const auto& line : describe_pulses(model_)) fmt::print("{}\n", line);
    return;
  }
  const Pulse nominal{parameters.operating_point.track_current, parameters.operating_point.shape,
                      parameters.fields.write};
  fmt::print("nominal update pulse: {} on the track (pads: {} at {}, never in an estimate)\n",
             pico(parameters.operating_point.pulse_energy(nominal)),
             pico(parameters.operating_point.pad_energy(nominal)),
             format_quantity(parameters.operating_point.pad_voltage));
}

void CharacterizationRun::run(const std::vector<std::string>& command) {
  const std::map<std::string, std::function<void()>> steps = {
      {"ramp", [this] { measure_ramp(); }},
      {"write-reset", [this] { measure_write_reset(); }},
      {"state-map", [this] { measure_state_map(); }},
      {"retention", [this] { measure_retention(); }},
      {"pulse-width", [this] { measure_pulse_width(); }},
      {"linearity", [this] { measure_linearity(); }},
      {"trains", [this] { measure_trains(); }},
      {"metaplasticity", [this] { measure_metaplasticity(); }},
      {"field-loop", [this] { measure_field_loop(); }},
      {"temperature", [this] { measure_temperature(); }}};
  if (options_.overrides.empty()) {
    folder_.keep_copy(model_.parameters().file);
  } else {
    folder_.protect(model_.parameters().file);
    folder_.write(model_.parameters().file.filename().string(), model_.parameters().effective_text);
  }
  if (model_.parameters().pulses) {
    for (const auto& [name, bytes] : model_.parameters().pulses->files) folder_.write(name, bytes);
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
  if (options_.figures && !interrupted()) draw_figures("characterization.py", folder_.path());
  folder_.commit();
  print();
  fmt::print("results in {}\n", folder_.path().string());
}

}  // namespace dwmtj
