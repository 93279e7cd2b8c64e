// SPDX-License-Identifier: Apache-2.0
#include "tile/design_rules.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tile/driver_law.h"
#include "tile/fitted_tile.h"
#include "tile/level_steps.h"
#include "tile/read_disturb.h"
#include "tile/read_noise.h"
#include "tile/tile_consistency.h"
#include "tile/two_digits.h"
#include "tile/write_reserve.h"

namespace dwmtj {
namespace {

// The rules. A line of a quarter of lambda has lost 2.5 % of a pair's difference, see docs/wires.
constexpr double kShareOfLambda = 0.25;
constexpr double kShareOfLevel = 1.0 / 3.0;
constexpr double kMostDisturb = 1e-9;    // chance that a reading moves a wall
constexpr double kMostDriverLoss = 0.1;  // of the read voltage
constexpr double kSigmas = 4.0;          // of sums of random signs
constexpr int kMostTrials = 400;         // for a value that fits

template <typename Quantity>
DesignChange change(const std::string& key, Quantity value) {
  return {key, format_quantity(value)};
}
DesignChange change(const std::string& key, int value) { return {key, std::to_string(value)}; }

class DesignRules {
 public:
  DesignRules(const TileParameters& tile, const DeviceModel& device, TileSize size)
      : tile_(tile),
        device_(device),
        size_(size),
        levels_(device.readout()),
        fitted_(tile, size.rows, size.columns) {}

  std::vector<DesignWarning> check() {
    wires();
    read_row();
    disturb();
    thermal_noise();
    noise();
    offset();
    references();
    full_scale();
    resolution();
    clipping();
    compliance();
    write_drivers();
    row_driver();
    field();
    return std::move(warnings_);
  }

 private:
  void warn(const std::string& rule, const std::string& text, std::vector<DesignChange> fits) {
    warnings_.push_back({rule, text, std::move(fits)});
  }

  void wires();
  void line(const char* key, int per_cell, int cells, const char* of_wire, Resistance segment);
  void read_row();
  [[nodiscard]] double lost_to_row(int columns) const;
  void disturb();
  void thermal_noise();
  void noise();
  void offset();
  void references();
  void full_scale();
  void resolution();
  [[nodiscard]] Current noise_of_sums() const;
  void clipping();
  void compliance();
  void write_drivers();
  void row_driver();
  void field();

  // Of a reading, as conductances.
  [[nodiscard]] static double from_comparator(const TileParameters& tile, Voltage noise) {
    return in_si(noise / (tile.read.load * tile.read.voltage));
  }
  [[nodiscard]] double noise_of(const TileParameters& tile) const;
  [[nodiscard]] double most_noise() const { return kShareOfLevel * levels_.step; }
  [[nodiscard]] bool tells_levels(const TileParameters& tile) const {
    return noise_of(tile) <= most_noise() &&
           from_comparator(tile, tile.comparator.remaining_offset()) <= most_noise();
  }
  [[nodiscard]] std::string of_a_level(double siemens) const {
    return fmt::format("{:.0f} % of the {} between two levels", 100.0 * siemens / levels_.step,
                       format_quantity(from_si<Conductance>(levels_.step), 3));
  }
  // What the sums of so many rows reach.
  [[nodiscard]] Current reach(int rows) const {
    return kSigmas * std::sqrt(2.0 * rows) * from_si<Conductance>(levels_.deviation) *
           tile_.read.voltage;
  }
  [[nodiscard]] Current most_at_comparators() const {
    const bool scaled = tile_.sum_reference.bits > 1;
    return scaled ? std::max(reach(size_.rows), tile_.sum_reference.full_scale) : reach(size_.rows);
  }

  const TileParameters& tile_;
  const DeviceModel& device_;
  TileSize size_;
  LevelSteps levels_;
  FittedTile fitted_;
  std::vector<DesignWarning> warnings_;
};

void DesignRules::line(const char* key, int per_cell, int cells, const char* of_wire,
                       Resistance segment) {
  const auto cell = from_si<Resistance>(1.0 / std::sqrt(levels_.least * levels_.most));
  const double lambda = std::sqrt(cell / segment);
  const auto most = static_cast<int>(kShareOfLambda * lambda);
  if (cells <= most) return;
  const double wanted = kShareOfLambda / cells;
  const auto fits = most >= per_cell ? change(key, most / per_cell)
                                     : change(of_wire, at_most(cell * (wanted * wanted)));
  warn("wires",
       fmt::format("a line of {} cells of {} with {} of wire each is longer than lambda / 4, {} "
                   "cells",
                   cells, format_quantity(cell, 3), format_quantity(segment), most),
       {fits});
}

void DesignRules::wires() {
  if (tile_.wires.ideal) return;
  line("rows", 1, size_.rows, "wires.column_resistance", tile_.wires.column);
  line("columns", 2, 2 * size_.columns, "wires.row_resistance", tile_.wires.row);
}

// Of the read voltage, the share that the last cell of a read row does not see: the devices of one
// side draw their currents at once, and each second segment has one of them. References have no
// row, so that a cell which sees less is taken for one that conducts less.
double DesignRules::lost_to_row(int columns) const {
  const double cells = columns;
  const Resistance shared = tile_.wires.driver + (cells + 1.0) * tile_.wires.row;
  return levels_.mean * cells * in_si(shared);
}

void DesignRules::read_row() {
  if (tile_.wires.ideal) return;
  const double most = most_noise() / levels_.most;
  const double found = lost_to_row(size_.columns);
  if (found <= most) return;
  int columns = size_.columns;
  while (columns > 0 && lost_to_row(columns) > most) --columns;
  std::vector<DesignChange> fits;
  if (columns > 0) fits = {change("columns", columns)};
  warn("read row",
       fmt::format("{} devices read at once lose {:.3g} % of the read voltage to the row and its "
                   "driver, {}",
                   size_.columns, 100.0 * found, of_a_level(found * levels_.most)),
       std::move(fits));
}

// Of a device of measured pulses it is not known what moves its wall.
void DesignRules::disturb() {
  if (device_.parameters().pulses) return;
  const Time time = fitted_.parameters().integration_time();
  const Current reads = read_current(tile_, device_);
  const double chance = disturb_chance(device_, reads, time);
  if (chance <= kMostDisturb) return;
  const Current harmless = current_that_moves(device_, time / kMostDisturb);
  std::vector<DesignChange> fits;
  if (harmless > Current{}) {
    fits = {change("read.voltage", at_most(voltage_of_read_current(tile_, device_, harmless)))};
  }
  warn("read current",
       fmt::format("{} drive {} along the track, which {} write: a reading of {} moves a wall with "
                   "a chance of {:.2g}",
                   format_quantity(tile_.read.voltage), format_quantity(reads, 3),
                   format_quantity(current_that_writes(device_), 3), format_quantity(time), chance),
       std::move(fits));
}

// Refused where the tile is to be built.
void DesignRules::thermal_noise() {
  const auto& latch = tile_.comparator;
  const Voltage least = least_latch_noise(latch.energy, tile_.driver.supply);
  if (latch.noise >= least) return;
  warn("kT/C",
       fmt::format("a comparator's noise of {} and its energy of {} exclude each other at {}",
                   format_quantity(latch.noise), format_quantity(latch.energy),
                   format_quantity(tile_.driver.supply)),
       {change("comparator.noise", at_least(least))});
}

double DesignRules::noise_of(const TileParameters& tile) const {
  const ReadNoise reading(tile, device_, 0, 0);
  return std::hypot(from_comparator(tile, tile.comparator.noise),
                    reading.deviation(ReadNoise::one(levels_.most)));
}

// First the comparator's share by a larger load, then that of resistances by a longer reading.
void DesignRules::noise() {
  const double found = noise_of(tile_);
  if (found <= most_noise()) return;
  TileParameters mended = tile_;
  std::vector<DesignChange> fits;
  const double of_comparator = from_comparator(tile_, tile_.comparator.noise);
  const double share = most_noise() * std::sqrt(0.5);
  if (of_comparator > share) {
    mended.read.load = at_least(tile_.read.load * (of_comparator / share));
    fits.push_back(change("read.load", mended.read.load));
  }
  for (int i = 0; i < kMostTrials && noise_of(mended) > most_noise(); ++i) {
    mended.timing.read_settle = at_least(1.1 * mended.timing.read_settle);
  }
  if (mended.timing.read_settle > tile_.timing.read_settle) {
    fits.push_back(change("timing.read_settle", mended.timing.read_settle));
  }
  if (noise_of(mended) > most_noise()) fits.clear();
  warn("noise", "the noise of a reading is " + of_a_level(found), std::move(fits));
}

void DesignRules::offset() {
  const double found = from_comparator(tile_, tile_.comparator.remaining_offset());
  if (found <= most_noise()) return;
  warn("offset",
       fmt::format("a comparator's offset of {} is {}",
                   format_quantity(tile_.comparator.remaining_offset(), 3), of_a_level(found)),
       {change("read.load", at_least(tile_.read.load * (found / most_noise())))});
}

void DesignRules::references() {
  const double found = tile_.read.reference_error * levels_.most;
  if (found <= most_noise()) return;
  warn("references",
       fmt::format("an error of {:.2g} % of the references is {}",
                   100.0 * tile_.read.reference_error, of_a_level(found)),
       {{"read.reference_error",
         fmt::format("{:g} %", 100.0 * two_digits(most_noise() / levels_.most, false))}});
}

void DesignRules::full_scale() {
  const auto& reference = tile_.sum_reference;
  const Current most = reach(size_.rows);
  if (reference.bits < 2 || reference.full_scale >= most) return;
  warn("full scale",
       fmt::format("the sums of {} rows reach {} (4 sigma), beyond {}", size_.rows,
                   format_quantity(most, 3), format_quantity(reference.full_scale)),
       {change("sum_reference.full_scale", at_least(most))});
}

// Of the sums of all rows.
Current DesignRules::noise_of_sums() const {
  const double devices = 2.0 * size_.rows;
  const ReadNoise reading(fitted_.parameters(), device_, 0, 0);
  const double siemens = std::hypot(
      from_comparator(tile_, tile_.comparator.noise),
      from_comparator(tile_, tile_.comparator.remaining_offset()),
      reading.deviation({devices * levels_.mean * levels_.mean, devices * levels_.mean}));
  return from_si<Conductance>(siemens) * tile_.read.voltage;
}

// The scale that the sums ask for has wider codes: only what is still too fine takes bits off.
void DesignRules::resolution() {
  const auto& reference = tile_.sum_reference;
  if (reference.bits < 2) return;
  const Current found = noise_of_sums();
  const Current lsb = reference.lsb(reference.bits);
  if (found <= kShareOfLevel * lsb) return;
  const bool wider = reference.full_scale < reach(size_.rows);
  const Current scale = wider ? at_least(reach(size_.rows)) : reference.full_scale;
  const double codes = kShareOfLevel * (scale / found);
  const int bits = 1 + static_cast<int>(std::floor(std::log2(std::max(codes, 1.0))));
  std::vector<DesignChange> fits;
  if (wider) fits.push_back(change("sum_reference.full_scale", scale));
  if (bits < reference.bits) fits.push_back(change("sum_reference.bits", bits));
  if (bits < 2) fits.clear();
  warn("resolution",
       fmt::format("noise and offset of a sum of {} rows are {}, {:.0f} % of a code of {} bits",
                   size_.rows, format_quantity(found, 2), 100.0 * (found / lsb), reference.bits),
       std::move(fits));
}

// A smaller load where noise leaves room for it, else fewer rows.
void DesignRules::clipping() {
  const Current most = most_at_comparators();
  const Voltage input = tile_.read.load * most;
  if (input <= tile_.driver.supply) return;
  TileParameters mended = tile_;
  mended.read.load = at_most(tile_.driver.supply / most);
  std::vector<DesignChange> fits = {change("read.load", mended.read.load)};
  if (!tells_levels(mended)) {
    const Current allowed = tile_.driver.supply / tile_.read.load;
    const double ratio = allowed / reach(1);
    const auto rows = static_cast<int>(ratio * ratio);
    fits.clear();
    if (rows >= 1 && rows < size_.rows) fits.push_back(change("rows", rows));
    if (tile_.sum_reference.bits > 1 && tile_.sum_reference.full_scale > allowed) {
      fits.push_back(change("sum_reference.full_scale", at_most(allowed)));
    }
  }
  warn("clipping",
       fmt::format("sums of {} rows show comparators {}, above the supply of {}", size_.rows,
                   format_quantity(input, 3), format_quantity(tile_.driver.supply)),
       std::move(fits));
}

// Of the largest currents that write-verify asks for.
void DesignRules::compliance() {
  if (tile_.numbers_pulses()) return;  // pulses that are beyond it are refused
  const auto& driver = fitted_.parameters().driver;
  const DriverLaw law(driver, device_.parameters());
  const int code = std::max(tile_.verify.last_code, tile_.verify.reset_code);
  if (!law.clips(code)) return;
  const Voltage wanted = device_.parameters().operating_point.track_from_current(law.wanted(code)) +
                         driver.line * law.wanted(code);
  std::vector<DesignChange> fits;
  if (wanted < driver.supply) fits = {change("driver.compliance", at_least(wanted))};
  warn("compliance",
       fmt::format("a write of {} takes {} over track, access and column; {} let {} through",
                   format_quantity(law.wanted(code)), format_quantity(wanted, 3),
                   format_quantity(driver.compliance), format_quantity(law.current(code), 3)),
       std::move(fits));
}

// Drivers that are all alike are not the fault of what goes wrong with them.
void DesignRules::write_drivers() {
  const auto& mismatch = tile_.driver.mismatch;
  if (!mismatch.any()) return;
  const WriteReserve reserve(fitted_.parameters(), device_);
  const auto fault = reserve.fault(mismatch);
  if (fault.empty()) return;
  const auto less = reserve.that_fits(mismatch);
  std::vector<DesignChange> fits;
  const auto change_to = [&](const char* key, double value, double now) {
    if (value < now) fits.push_back({key, fmt::format("{:g} %", 100.0 * value)});
  };
  change_to("driver.mismatch.gain", less.gain, mismatch.gain);
  change_to("driver.mismatch.unit", less.unit, mismatch.unit);
  if (fits.empty()) return;
  warn("write drivers",
       fmt::format(
           "gains of columns differ by {:.2g} %, smallest sources by {:.2g} % (one sigma): {}",
           100.0 * mismatch.gain, 100.0 * mismatch.unit, fault),
       std::move(fits));
}

void DesignRules::row_driver() {
  const auto& allowed = tile_.row_driver;
  if (!allowed.known()) return;
  const Resistance best = allowed.best();
  const Resistance given = tile_.wires.driver;  // 0 of ideal wires
  const auto row = from_si<Resistance>(1.0 / (2.0 * size_.columns * levels_.mean));
  const Resistance wanted = kMostDriverLoss * row;
  const bool claims = !tile_.wires.ideal && given < (1.0 - 1e-9) * best;
  const Resistance has = std::max(given, best);
  if (!claims && has <= wanted) return;
  std::vector<DesignChange> fits;
  const int columns = static_cast<int>(size_.columns * (wanted / best));
  if (best > wanted && columns >= 1) fits.push_back(change("columns", columns));
  if (best > wanted && columns < 1) {
    const auto area = from_si<Area>(allowed.resistance_area / in_si(wanted));
    fits.push_back(change("row_driver.area", at_least(area)));
    if (!tile_.wires.ideal) fits.push_back(change("wires.driver_resistance", at_most(wanted)));
  } else if (!tile_.wires.ideal) {
    fits.push_back(change("wires.driver_resistance", at_least(best)));
  }
  warn("row driver",
       fmt::format("a row of {} cells is {} and wants a driver of at most {}; {} allow {}{}",
                   2 * size_.columns, format_quantity(row, 3), format_quantity(wanted, 3),
                   format_quantity(allowed.area), format_quantity(best, 3),
                   tile_.wires.ideal ? "" : ", and it has " + format_quantity(given)),
       std::move(fits));
}

// Refused where the tile is to be built.
void DesignRules::field() {
  if (tile_.field.source != FieldSource::as_measured) return;
  const auto& fields = device_.parameters().fields;
  warn("field",
       fmt::format("{} and {} come from a laboratory's magnet and are not priced",
                   format_quantity(fields.write), format_quantity(fields.reset)),
       {{"field.source", "strip-line"}});
}

}  // namespace

std::vector<DesignWarning> check_design(const TileParameters& tile, const DeviceModel& device,
                                        TileSize size) {
  return DesignRules(tile, device, size).check();
}

std::string changes_text(const std::vector<DesignChange>& changes) {
  std::string text;
  for (const auto& [key, value] : changes) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", key, value);
  }
  return text;
}

}  // namespace dwmtj
