// SPDX-License-Identifier: Apache-2.0
#include "devices/measured_device.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "common/file_text.h"
#include "common/input_error.h"
#include "devices/measured_pulses.h"
#include "devices/pulse_sources.h"
#include "devices/technologies.h"

namespace dwmtj {
namespace {

constexpr double kMostNonlinearity = 1000.0;
constexpr long kMostStates = 1000000;

// An entry of `pulses`, before what it does is worked out.
struct PulseEntry {
  ParameterNode node;
  MeasuredPulse pulse;
  double amplitude;  // as given, in V or A
  bool in_amperes;
};

// What is wrong with a file is told where it is named.
template <typename Read>
auto read_named(const ParameterNode& node, const std::string& key, Read read) {
  try {
    return read();
  } catch (const InputError& error) {
    node.fail(key, error.what());
  }
}

class MeasuredDeviceReader {
 public:
  MeasuredDeviceReader(const ParameterNode& root, DeviceParameters& device)
      : levels_node_(root.child("levels")), section_(root.child("pulses")), device_(device) {
    if (root.has("technology")) {
      technology_ = find_technology_of(root);
    }
  }

  void read(const ParameterNode& pulse_node) {
    read_shape(pulse_node);
    measured_.temperature = section_.above_zero<Temperature>("temperature");
    auto entries = technology_ ? entries_of_technology() : read_entries();
    read_levels(tables_of(entries));
    for (auto& entry : entries) work_out(entry);
    check_trains(entries);
    for (auto& entry : entries) {
      auto& side = entry.amplitude > 0.0 ? measured_.up : measured_.down;
      side.push_back(std::move(entry.pulse));
      if (!technology_) entry.node.finish();
    }
    order_pulses();
    section_.finish();
    fill_device();
  }

 private:
  static Technology find_technology_of(const ParameterNode& root) {
    try {
      return find_technology(load_technologies(technologies_file()), root.text("technology"));
    } catch (const InputError& error) {
      root.fail("technology", error.what());
    }
  }

  void read_shape(const ParameterNode& node) {
    shape_.width = technology_ ? technology_->write_duration : node.duration("width");
    shape_.rise = node.duration("rise");
    shape_.fall = node.duration("fall");
    try {
      check(shape_);
    } catch (const std::invalid_argument& error) {
      node.fail(error.what());
    }
  }

  // The current is what costs the energy at the voltage, or the other way round.
  void set_amplitude(PulseEntry& entry) const {
    const double volts =
        in_si(entry.pulse.energy) / (std::abs(entry.amplitude) * in_si(shape_.width));
    const double other = std::copysign(volts, entry.amplitude);
    entry.pulse.voltage = from_si<Voltage>(entry.in_amperes ? other : entry.amplitude);
    entry.pulse.pulse.amplitude = from_si<Current>(entry.in_amperes ? entry.amplitude : other);
    entry.pulse.pulse.shape = shape_;
    entry.pulse.amplitude = format_quantity(
        entry.amplitude, entry.in_amperes ? Dimension::current : Dimension::voltage);
  }

  std::vector<PulseEntry> read_entries() {
    std::vector<PulseEntry> entries;
    for (const auto& node : section_.items("list")) {
      PulseEntry entry{node, {}, 0.0, node.has("current")};
      const char* const key = entry.in_amperes ? "current" : "voltage";
      entry.amplitude =
          node.constant(key, entry.in_amperes ? Dimension::current : Dimension::voltage);
      if (entry.amplitude == 0.0) node.fail(key, "expected another than 0");
      for (const auto& other : entries) {
        if (other.in_amperes != entry.in_amperes) {
          node.fail(key, "expected all amplitudes in volts, or all in amperes");
        }
        if (other.amplitude == entry.amplitude) node.fail(key, "stands twice");
      }
      entry.pulse.energy = node.above_zero<Energy>("energy");
      set_amplitude(entry);
      entries.push_back(std::move(entry));
    }
    return entries;
  }

  std::vector<PulseEntry> entries_of_technology() {
    std::vector<PulseEntry> entries;
    for (const bool upwards : {true, false}) {
      PulseEntry entry{section_, {}, 0.0, technology_->write_current.has_value()};
      const double printed = entry.in_amperes ? in_si(upwards ? technology_->write_current->up
                                                              : technology_->write_current->down)
                                              : in_si(upwards ? technology_->write_amplitude->up
                                                              : technology_->write_amplitude->down);
      entry.amplitude = upwards ? std::abs(printed) : -std::abs(printed);
      entry.pulse.energy = technology_->energy_of_update();
      set_amplitude(entry);
      entries.push_back(std::move(entry));
    }
    return entries;
  }

  // The table that gives the range, if any does.
  const LookupTable* tables_of(const std::vector<PulseEntry>& entries) {
    for (const auto& entry : entries) {
      if (technology_ || !entry.node.has("table")) continue;
      const auto file = entry.node.file_beside("table");
      if (tables_.count(file) > 0) continue;
      tables_.emplace(file,
                      read_named(entry.node, "table", [&] { return read_lookup_table(file); }));
      keep(file);
    }
    return tables_.empty() ? nullptr : &tables_.begin()->second;
  }

  void keep(const std::filesystem::path& file) {
    measured_.files.emplace(file.filename().string(), text_of_file(file));
  }

  void read_levels(const LookupTable* table) {
    const auto end = [&](const char* key, double of_table) {
      if (table != nullptr && !levels_node_.has(key)) return of_table;
      return in_si(levels_node_.above_zero<Conductance>(key));
    };
    levels_.count = levels_node_.whole_number("count", 2, static_cast<int>(kMostLevels));
    levels_.least = end("least", table != nullptr ? table->conductances.front() : 0.0);
    levels_.most = end("most", table != nullptr ? table->conductances.back() : 0.0);
    if (levels_.most <= levels_.least) levels_node_.fail("most", "must exceed least");
    spread_ = levels_node_.at_least_zero<Conductance>("spread");
    if (technology_ && technology_->read_noise &&
        std::holds_alternative<double>(*technology_->read_noise)) {
      read_noise_ = std::get<double>(*technology_->read_noise);
    } else {
      read_noise_ = levels_node_.at_least_zero("read_noise", Dimension::number);
    }
    levels_node_.finish();
  }

  void work_out(PulseEntry& entry) {
    const bool upwards = entry.amplitude > 0.0;
    const auto changes =
        technology_                ? changes_of_curve(curve_of_technology(upwards), upwards, entry)
        : entry.node.has("table")  ? changes_of_table(entry)
        : entry.node.has("trains") ? changes_of_trains(entry)
                                   : changes_of_curve(read_curve(entry.node), upwards, entry);
    entry.pulse.chances = changes.chances();
    entry.pulse.error = changes.error();
  }

  LevelChanges changes_of_table(PulseEntry& entry) const {
    const auto file = entry.node.file_beside("table");
    entry.pulse.origin = "table " + file.filename().string();
    const auto& table = tables_.at(file);
    if (levels_.least < table.conductances.front() || levels_.most > table.conductances.back()) {
      entry.node.fail(
          "table",
          fmt::format("has conductances from {} to {}; the levels reach beyond",
                      siemens(table.conductances.front()), siemens(table.conductances.back())));
    }
    return changes_of(table, levels_);
  }

  const PulseTrains& trains_in(const ParameterNode& node, const std::filesystem::path& file) {
    const auto known = trains_.find(file);
    if (known != trains_.end()) return known->second;
    auto read = read_named(node, "trains", [&] { return read_pulse_trains(file); });
    keep(file);
    return trains_.emplace(file, std::move(read)).first->second;
  }

  LevelChanges changes_of_trains(PulseEntry& entry) {
    const auto file = entry.node.file_beside("trains");
    const auto& trains = trains_in(entry.node, file);
    if (trains.in_amperes != entry.in_amperes) {
      entry.node.fail("trains", fmt::format("amplitudes there are in {}",
                                            trains.in_amperes ? "amperes" : "volts"));
    }
    auto changes = changes_of(trains, entry.amplitude, shape_.width, levels_);
    const auto count = std::count_if(
        trains.pulses.begin(), trains.pulses.end(),
        [&](const auto& pulse) { return is_like(pulse, entry.amplitude, shape_.width); });
    const int rarest = rarest_level(changes);
    if (changes.weight(rarest) == 0.0) {
      entry.node.fail("trains",
                      fmt::format("no pulse of {} for {} from near {} (level {} of 0 to {}); "
                                  "expected some from every level: give fewer levels",
                                  entry.pulse.amplitude, format_quantity(shape_.width),
                                  siemens(levels_.level(rarest)), rarest, levels_.count - 1));
    }
    entry.pulse.origin = fmt::format("{} pulses of {}, {:.1f} from the rarest level", count,
                                     file.filename().string(), changes.weight(rarest));
    return changes;
  }

  [[nodiscard]] int rarest_level(const LevelChanges& changes) const {
    int rarest = 0;
    for (int level = 1; level < levels_.count; ++level) {
      if (changes.weight(level) < changes.weight(rarest)) rarest = level;
    }
    return rarest;
  }

  // What was measured and has no entry would be left out without a word.
  void check_trains(const std::vector<PulseEntry>& entries) const {
    for (const auto& [file, trains] : trains_) {
      for (const auto& pulse : trains.pulses) {
        if (std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
              return is_like(pulse, entry.amplitude, shape_.width);
            })) {
          continue;
        }
        section_.fail(
            "list",
            fmt::format("{} has pulses of {} for {}, and no entry here", file.filename().string(),
                        format_quantity(pulse.amplitude, trains.in_amperes ? Dimension::current
                                                                           : Dimension::voltage),
                        format_quantity(pulse.width, Dimension::time)));
      }
    }
  }

  static PulseCurve read_curve(const ParameterNode& node) {
    return {node.whole_number("states", 2, kMostStates), read_nonlinearity(node, "nonlinearity"),
            node.at_least_zero("write_noise", Dimension::number)};
  }

  static double read_nonlinearity(const ParameterNode& node, const std::string& key) {
    const double nu = node.constant(key, Dimension::number);
    if (std::abs(nu) > kMostNonlinearity) {
      node.fail(key, fmt::format("expected -{0:g} to {0:g}", kMostNonlinearity));
    }
    return nu;
  }

  // What the row prints, and from the file what it does not.
  PulseCurve curve_of_technology(bool upwards) {
    const auto& row = *technology_;
    const std::string end = upwards ? "_up" : "_down";
    PulseCurve curve{};
    curve.states = row.states ? (upwards ? row.states->up : row.states->down)
                              : section_.whole_number("states" + end, 2, kMostStates);
    // Depression has the sign of the table reversed.
    const double printed = row.linearity ? (upwards ? row.linearity->up : row.linearity->down)
                                         : read_nonlinearity(section_, "linearity" + end);
    curve.nonlinearity = upwards ? printed : -printed;
    curve.write_noise = write_noise();
    return curve;
  }

  // Read once for both directions.
  double write_noise() {
    if (!write_noise_) {
      const auto& printed = technology_->write_noise;
      write_noise_ = printed && std::holds_alternative<double>(*printed)
                         ? std::get<double>(*printed)
                         : section_.at_least_zero("write_noise", Dimension::number);
    }
    return *write_noise_;
  }

  LevelChanges changes_of_curve(const PulseCurve& curve, bool upwards, PulseEntry& entry) const {
    entry.pulse.origin =
        fmt::format("{} states, nonlinearity {:g}, write noise {:g} %", curve.states,
                    upwards ? curve.nonlinearity : -curve.nonlinearity, 100.0 * curve.write_noise);
    return changes_of(curve, levels_, upwards);
  }

  void order_pulses() {
    const auto smaller = [](const MeasuredPulse& a, const MeasuredPulse& b) {
      return std::abs(in_si(a.voltage)) < std::abs(in_si(b.voltage));
    };
    std::sort(measured_.up.begin(), measured_.up.end(), smaller);
    std::sort(measured_.down.begin(), measured_.down.end(), smaller);
    if (measured_.up.empty() || measured_.down.empty()) {
      section_.fail("list", "expected a pulse of each sign at least");
    }
  }

  void fill_device() {
    const auto& nominal = measured_.up.front();
    device_.operating_point = {nominal.voltage, nominal.pulse.amplitude, nominal.energy,
                               nominal.voltage, shape_};
    device_.settling_time =
        technology_ && technology_->settling_time ? *technology_->settling_time : 0.0 * si::seconds;
    device_.readout.parallel = from_si<Resistance>(1.0 / levels_.most);
    device_.readout.antiparallel = from_si<Resistance>(1.0 / levels_.least);
    device_.readout.read_noise = read_noise_;
    for (int level = 0; level < levels_.count; ++level) {
      SiteParameters site;
      site.name = fmt::format("g{}", level);
      site.level = from_si<Conductance>(levels_.level(level));
      site.conductance_spread = spread_;
      device_.sites.push_back(site);
    }
    device_.fabricated = device_.sites;
    device_.pulses = std::make_shared<const MeasuredPulses>(std::move(measured_));
  }

  static std::string siemens(double value) {
    return format_quantity(value, Dimension::conductance);
  }

  ParameterNode levels_node_;
  ParameterNode section_;
  DeviceParameters& device_;
  std::optional<Technology> technology_;
  PulseShape shape_{};
  ConductanceLevels levels_{};
  Conductance spread_;
  double read_noise_ = 0.0;
  std::optional<double> write_noise_;  // of a technology
  std::map<std::filesystem::path, LookupTable> tables_;
  std::map<std::filesystem::path, PulseTrains> trains_;
  MeasuredPulses measured_;
};

}  // namespace

bool is_measured_device(const ParameterNode& root) { return root.has("levels"); }

void read_measured_device(const ParameterNode& root, DeviceParameters& device) {
  const auto pulse = root.child("pulse");
  MeasuredDeviceReader(root, device).read(pulse);
  pulse.finish();
}

}  // namespace dwmtj
