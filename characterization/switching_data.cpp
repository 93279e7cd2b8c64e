// SPDX-License-Identifier: Apache-2.0
#include "characterization/switching_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "characterization/level_clusters.h"
#include "common/csv_reader.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr double kSteps = 1e-6;      // V: amplitudes are whole numbers of it
constexpr double kJump = 8.0;        // standard deviations of the noise: a wall has moved
constexpr double kLeastJump = 1e-9;  // of a reading

struct Reading {
  bool alone;         // no pulse before it
  bool other_device;  // than the reading before
  double voltage;     // V
  double ohm;
  std::size_t visit = 0;
};

struct Visit {
  double sum = 0.0;  // ohm
  double squares = 0.0;
  std::uint64_t readings = 0;
  [[nodiscard]] double mean() const { return sum / static_cast<double>(readings); }
};

class SwitchingReader {
 public:
  void read(const std::filesystem::path& file) {
    CsvReader csv(file);
    const auto voltage = csv.column({"voltage_V", "amplitude_V"});
    const auto reading = csv.column({"resistance_ohm", "conductance_S"});
    const auto pulse = csv.find("pulse");
    const auto device = csv.find("device");
    const bool siemens = csv.name(reading) == "conductance_S";
    std::string device_before;
    double sign = 0.0;
    for (bool first = true; csv.next(); first = false) {
      const double value = csv.number(reading);
      if (value <= 0.0) csv.fail(fmt::format("{}: expected more than 0", csv.name(reading)));
      const bool alone = csv.empty(voltage) || (pulse && csv.text(*pulse) == "0");
      if (first && !alone)
        csv.fail("a cycle begins with a reading alone: pulse 0, or no amplitude");
      const double volts = alone ? 0.0 : rounded(csv.number(voltage));
      if (!alone && volts == 0.0) csv.fail("a pulse of 0 V");
      if (alone) sign = 0.0;
      if (sign * volts < 0.0) {
        csv.fail("a pulse of the other sign within a cycle; expected a reading alone before it");
      }
      if (!alone) sign = volts;
      const auto now = device ? std::string(csv.text(*device)) : "";
      readings_.push_back(
          {alone, first || now != device_before, volts, siemens ? 1.0 / value : value});
      device_before = now;
    }
  }

  SwitchingData data(std::size_t levels) {
    find_visits();
    tell_levels_apart(levels);
    SwitchingData data{{},
                       {},
                       {},
                       read_noise(),
                       {},
                       CycleStatistics(static_cast<int>(levels), Phase::write),
                       CycleStatistics(static_cast<int>(levels), Phase::reset),
                       {}};
    describe_levels(levels, data);
    count(levels, data);
    data.protocol = protocol(data);
    return data;
  }

 private:
  static double rounded(double volts) { return std::round(volts / kSteps) * kSteps; }

  // The noise of readings: most of them follow one of the same visit.
  [[nodiscard]] double jump() const {
    std::vector<double> steps;
    for (std::size_t i = 1; i < readings_.size(); ++i) {
      if (!readings_[i].alone) steps.push_back(std::abs(readings_[i].ohm - readings_[i - 1].ohm));
    }
    if (steps.empty()) throw InputError("the files have no pulse");
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>((steps.size() - 1) / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    constexpr double kMedianOfDifference = 0.6745 * 1.4142;  // in standard deviations
    return std::max(kJump * *middle / kMedianOfDifference, kLeastJump * readings_.front().ohm);
  }

  void find_visits() {
    const double jump = this->jump();
    for (auto& reading : readings_) {
      const bool begins =
          reading.alone || visits_.empty() || std::abs(reading.ohm - visits_.back().mean()) > jump;
      if (begins) visits_.emplace_back();
      auto& visit = visits_.back();
      visit.sum += reading.ohm;
      visit.squares += reading.ohm * reading.ohm;
      ++visit.readings;
      reading.visit = visits_.size() - 1;
    }
  }

  void tell_levels_apart(std::size_t levels) {
    std::vector<double> means;
    for (const auto& visit : visits_) means.push_back(visit.mean());
    limits_ = split_into_levels(means, levels);
  }

  // From the largest resistance to the least.
  [[nodiscard]] int site_of(double ohm) const {
    const auto above = std::lower_bound(limits_.begin(), limits_.end(), ohm);
    return static_cast<int>(limits_.end() - above);
  }
  [[nodiscard]] int site_of(const Reading& reading) const {
    return site_of(visits_[reading.visit].mean());
  }

  [[nodiscard]] double read_noise() const {
    double squares = 0.0;
    double freedom = 0.0;
    for (const auto& visit : visits_) {
      const auto count = static_cast<double>(visit.readings);
      squares += std::max(0.0, visit.squares / (visit.mean() * visit.mean()) - count);
      freedom += count - 1.0;
    }
    return freedom > 0.0 ? std::sqrt(squares / freedom) : 0.0;
  }

  void describe_levels(std::size_t levels, SwitchingData& data) const {
    std::vector<Moments> moments(levels);
    for (const auto& visit : visits_) {
      moments[static_cast<std::size_t>(site_of(visit.mean()))].add(visit.mean());
    }
    for (const auto& level : moments) {
      data.levels.push_back(level.mean());
      data.spreads.push_back(level.deviation());
      data.visits.push_back(level.count());
    }
  }

  // The readings of one device in one file.
  struct Stretch {
    std::size_t begin;
    std::size_t end;
    bool writes;
    bool resets;
  };

  [[nodiscard]] std::vector<Stretch> stretches() const {
    std::vector<Stretch> all;
    for (std::size_t i = 0; i < readings_.size(); ++i) {
      if (readings_[i].other_device) all.push_back({i, i, false, false});
      auto& here = all.back();
      here.end = i + 1;
      here.writes = here.writes || readings_[i].voltage > 0.0;
      here.resets = here.resets || readings_[i].voltage < 0.0;
    }
    return all;
  }

  void count(std::size_t levels, SwitchingData& data) const {
    data.trials.resize(levels);
    for (std::size_t i = 1; i < readings_.size(); ++i) {
      if (readings_[i].alone) continue;
      const auto from = static_cast<std::size_t>(site_of(readings_[i - 1]));
      auto& trials = data.trials[from][readings_[i].voltage];
      ++trials.pulses;
      trials.left += site_of(readings_[i]) != static_cast<int>(from) ? 1 : 0;
    }
    const auto all = stretches();
    // Ramps alone, where there are some: a cycle then begins at the first level.
    const bool ramps = std::any_of(all.begin(), all.end(), [](const Stretch& stretch) {
      return stretch.writes && !stretch.resets;
    });
    for (const auto& stretch : all) {
      if (stretch.writes && !(ramps && stretch.resets)) add_cycles(stretch, data.write);
      if (stretch.resets) add_cycles(stretch, data.reset);
    }
  }

  void add_cycles(const Stretch& stretch, CycleStatistics& statistics) const {
    PulseRecord row{0, 0, Phase::write, 0, 0.0, 0, 0.0};
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      const auto& reading = readings_[i];
      if (reading.alone) {
        if (i + 1 == stretch.end || readings_[i + 1].alone) continue;  // no pulse follows
        row.phase = readings_[i + 1].voltage > 0.0 ? Phase::write : Phase::reset;
        row.pulse = 0;
      } else {
        ++row.pulse;
      }
      row.voltage = reading.voltage;
      row.site = site_of(reading);
      row.resistance = visits_[reading.visit].mean();
      statistics.add(row);
    }
    statistics.finish_device();
  }

  [[nodiscard]] ProtocolParameters protocol(const SwitchingData& data) const {
    std::map<double, int> amplitudes;
    for (const auto& reading : readings_) {
      if (!reading.alone) amplitudes[reading.voltage] = 0;
    }
    double step = std::numeric_limits<double>::infinity();
    for (auto at = amplitudes.begin(); at != amplitudes.end(); ++at) {
      const auto next = std::next(at);
      if (next != amplitudes.end()) step = std::min(step, next->first - at->first);
    }
    const double most = std::max(amplitudes.rbegin()->first, 0.0);
    const double least = std::max(-amplitudes.begin()->first, 0.0);
    ProtocolParameters protocol;
    protocol.ramp_step = from_si<Voltage>(rounded(std::isfinite(step) ? step : most));
    protocol.ramp_stop = from_si<Voltage>(most > 0.0 ? most : least);
    protocol.reset_stop = from_si<Voltage>(least > 0.0 ? least : most);
    const auto each = [](const CycleStatistics& statistics) {
      const auto devices = std::max<std::uint64_t>(1, statistics.devices());
      return static_cast<long>(std::max<std::uint64_t>(1, statistics.cycles() / devices));
    };
    protocol.ramp_cycles = each(data.write);
    protocol.reset_cycles = each(data.reset);
    return protocol;
  }

  std::vector<Reading> readings_;
  std::vector<Visit> visits_;
  std::vector<double> limits_;  // ohm, between levels, ascending
};

}  // namespace

SwitchingData read_switching_data(const std::vector<std::filesystem::path>& files,
                                  std::size_t levels) {
  SwitchingReader reader;
  for (const auto& file : files) reader.read(file);
  return reader.data(levels);
}

}  // namespace dwmtj
