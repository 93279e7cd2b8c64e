// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_parameters.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "common/catalog_folder.h"
#include "common/input_error.h"
#include "devices/catalog.h"
#include "devices/measured_pulses.h"
#include "tile/driver_law.h"
#include "tile/read_disturb.h"
#include "tile/tile_consistency.h"
#include "tile/two_digits.h"

namespace dwmtj {
namespace {

constexpr double kMostCycles = 1e9;    // that a settle time may take
constexpr int kMostPulses = 65535;     // that a result can count
constexpr double kMostMismatch = 0.2;  // of a driver

std::string too_long(Time time) {
  return fmt::format("{} is more than {:g} clock cycles", format_quantity(time), kMostCycles);
}

// In whole picoseconds, as every clock of a simulation is.
Time clock_period(const ParameterNode& node) {
  return to_time(to_picoseconds(node.duration_above_zero("clock_period")));
}

Time settle_time(const ParameterNode& node, const std::string& key, Time clock_period) {
  const auto time = node.duration(key);
  if (time / clock_period > kMostCycles) node.fail(key, too_long(time));
  return time;
}

TimingParameters read_timing(const ParameterNode& node) {
  const auto period = clock_period(node);
  return {period, settle_time(node, "select_settle", period),
          settle_time(node, "field_settle", period), settle_time(node, "pulse_relax", period),
          settle_time(node, "read_settle", period)};
}

template <typename Quantity>
Quantity at_least_zero_or(const ParameterNode& node, const std::string& key, Quantity otherwise) {
  return node.has(key) ? node.at_least_zero<Quantity>(key) : otherwise;
}

double error_of_driver(const ParameterNode& node, const char* key) {
  const double error = node.at_least_zero(key, Dimension::number);
  if (error > kMostMismatch) node.fail(key, "expected at most 20 %");
  return error;
}

DriverMismatch read_mismatch(const ParameterNode& driver) {
  if (!driver.has("mismatch")) return {};
  const auto node = driver.child("mismatch");
  const DriverMismatch mismatch{error_of_driver(node, "gain"), error_of_driver(node, "unit")};
  node.finish();
  if (mismatch.any() && !driver.has("code_step")) {
    driver.fail("mismatch", "codes number pulses, which are as measured: leave it out");
  }
  return mismatch;
}

// With 15 bits, every code fits a 16-bit entry of a command beside kSkip.
DriverParameters read_driver(const ParameterNode& node) {
  return {node.whole_number("code_bits", 2, 15),
          node.has("code_step") ? node.above_zero<Current>("code_step") : Current{},
          node.above_zero("asymmetry", Dimension::number),
          node.above_zero<Voltage>("compliance"),
          node.above_zero<Voltage>("supply"),
          {},
          read_mismatch(node),
          at_least_zero_or(node, "bias", Current{})};
}

ReadParameters read_read(const ParameterNode& node) {
  return {node.above_zero<Voltage>("voltage"), node.above_zero<Resistance>("load"),
          node.at_least_zero("reference_error", Dimension::number),
          !node.has("noise") || node.choice("noise", {"drawn", "none"}) == 0};
}

AutoZeroParameters read_auto_zero(const ParameterNode& comparator) {
  if (!comparator.has("auto_zero")) return {};
  const auto node = comparator.child("auto_zero");
  AutoZeroParameters zero{node.duration("time"), node.above_zero<Energy>("energy"),
                          node.at_least_zero<Voltage>("noise"),
                          node.at_least_zero("residue", Dimension::number)};
  node.finish();
  return zero;
}

ComparatorParameters read_comparator(const ParameterNode& node) {
  return {node.at_least_zero<Voltage>("offset"),
          node.at_least_zero<Voltage>("noise"),
          node.duration("delay"),
          node.above_zero<Time>("regeneration"),
          node.above_zero<Voltage>("swing"),
          node.duration_above_zero("window"),
          node.at_least_zero<Energy>("energy"),
          read_auto_zero(node)};
}

// With 15 bits, every code of a result fits a 16-bit entry.
SumReferenceParameters read_sum_reference(const ParameterNode& node, Time clock_period) {
  return {node.whole_number("bits", 2, 15), node.above_zero<Current>("full_scale"),
          node.at_least_zero("mismatch", Dimension::number),
          settle_time(node, "settle", clock_period), node.at_least_zero<Energy>("energy")};
}

// A current as the nearest code of the driver.
int code_of(const ParameterNode& node, const std::string& key, double current,
            const TileParameters& tile) {
  const double code = std::round(current / in_si(tile.driver.code_step));
  if (code < 1.0 || code > tile.largest_code()) {
    node.fail(key, fmt::format("{} is not a current of this driver; expected {} to {}",
                               format_quantity(current, Dimension::current),
                               format_quantity(tile.driver.code_step),
                               format_quantity(static_cast<double>(tile.largest_code()) *
                                               tile.driver.code_step)));
  }
  return static_cast<int>(code);
}

// By the names that cores and inference have for them. On a node of its own, so that these are no
// keys which messages offer.
void refuse_input_dacs(const ParameterNode& root, const char* where) {
  if (!root.has(where)) return;
  const auto section = root.child(where);
  for (const auto* const key : {"input_bits", "input_bits_per_step", "input_dac", "dac"}) {
    if (!section.has(key)) continue;
    section.fail(key,
                 "a tile drives rows with -1, 0 and +1 times its read voltage, inputs of several "
                 "bits one bit after the other; DAC-driven inputs exist in estimates (a core's "
                 "input_bits_per_step) and inference (infer --input-bits) only: leave it out");
  }
}

// Of a key such as "first_{}": a current, or where codes number pulses a pulse.
int code(const ParameterNode& node, const std::string& which, const TileParameters& tile) {
  if (tile.numbers_pulses()) {
    return node.whole_number(fmt::format(which, "pulse"), 1, tile.largest_code());
  }
  const auto key = fmt::format(which, "current");
  return code_of(node, key, node.constant(key, Dimension::current), tile);
}

// A list with an entry a level, or `count` levels that are alike but for the two end levels.
std::vector<int> read_first_codes(const ParameterNode& node, const TileParameters& tile) {
  std::vector<int> codes;
  if (node.is_list("levels")) {
    for (const auto& level : node.items("levels")) {
      codes.push_back(code(level, "first_{}", tile));
      level.finish();
    }
    return codes;
  }
  const auto levels = node.child("levels");
  const auto count = levels.whole_number("count", 2, static_cast<long>(kMostLevels));
  codes.assign(static_cast<std::size_t>(count), code(levels, "first_{}", tile));
  codes.front() = codes.back() = code(levels, "end_{}", tile);
  levels.finish();
  return codes;
}

VerifyParameters read_verify(const ParameterNode& node, const TileParameters& tile) {
  VerifyParameters verify{};
  verify.strategy = node.choice("strategy", {"step-and-reset", "nudge"}) == 0
                        ? VerifyStrategy::step_and_reset
                        : VerifyStrategy::nudge;
  verify.first_codes = read_first_codes(node, tile);
  verify.last_code = code(node, "last_{}", tile);
  verify.step = node.whole_number("step", 1, tile.largest_code());
  verify.reset_code = code(node, "reset_{}", tile);
  verify.attempts = node.whole_number("attempts", 1, kMostPulses);
  verify.pulses = node.whole_number("pulses", 1, kMostPulses);
  if (verify.strategy == VerifyStrategy::nudge) {
    verify.pushes = node.whole_number("pushes", 1, kMostPulses);
  }
  return verify;
}

OverheadParameters read_overhead(const ParameterNode& node) {
  OverheadParameters overhead{
      node.at_least_zero<Energy>("select"), node.at_least_zero<Energy>("cycle"),
      node.at_least_zero<Power>("driver_leakage"), node.at_least_zero<Power>("comparator_leakage"),
      node.at_least_zero<Power>("controller_leakage")};
  overhead.column_cycle = at_least_zero_or(node, "column_cycle", Energy{});
  overhead.wait_cycle = at_least_zero_or(node, "wait_cycle", overhead.cycle);
  overhead.column_leakage = at_least_zero_or(node, "column_leakage", Power{});
  return overhead;
}

RowDriverParameters read_row_driver(const ParameterNode& root) {
  if (!root.has("row_driver")) return {};
  const auto node = root.child("row_driver");
  RowDriverParameters driver{node.above_zero<Area>("area"),
                             node.above_zero("resistance_area", Dimension::resistance_area)};
  node.finish();
  return driver;
}

// "ideal", or what a segment has.
WireParameters read_wires(const ParameterNode& root) {
  if (root.is_text("wires")) {
    static_cast<void>(root.choice("wires", {"ideal"}));
    return {};
  }
  const auto node = root.child("wires");
  // What lies over a file whose wires are ideal.
  if (node.has("extends")) static_cast<void>(node.choice("extends", {"ideal"}));
  WireParameters wires{false,
                       node.above_zero<Resistance>("row_resistance"),
                       node.above_zero<Resistance>("column_resistance"),
                       node.at_least_zero<Capacitance>("row_capacitance"),
                       node.at_least_zero<Capacitance>("column_capacitance"),
                       node.at_least_zero<Resistance>("driver_resistance"),
                       node.at_least_zero<Resistance>("sense_resistance")};
  node.finish();
  return wires;
}

}  // namespace

TileParameters TileParameters::load(const std::filesystem::path& file,
                                    const ParameterOverrides& overrides) {
  const auto root = ParameterNode::load(file, tile_catalog(), overrides);
  auto tile = from(root);
  tile.file = file;
  tile.constants = root.constants();
  tile.effective_text = root.effective_text();
  return tile;
}

TileParameters TileParameters::from(const ParameterNode& root) {
  TileParameters tile;
  tile.name = root.text("name");
  tile.title = root.text("title");
  tile.as_measured =
      root.has("circuits") && root.choice("circuits", {"buildable", "as_measured"}) == 1;
  tile.device = root.text("device");
  tile.device_file = root.named_file("device", device_catalog());
  const auto timing = root.child("timing");
  const auto driver = root.child("driver");
  const auto read = root.child("read");
  const auto comparator = root.child("comparator");
  const auto verify = root.child("verify");
  const auto update = root.child("update");
  const auto overhead = root.child("overhead");
  const auto field = root.child("field");
  for (const auto* const where : {"read", "row_driver"}) refuse_input_dacs(root, where);
  tile.timing = read_timing(timing);
  tile.driver = read_driver(driver);
  tile.read = read_read(read);
  tile.comparator = read_comparator(comparator);
  if (root.has("sum_reference")) {
    const auto reference = root.child("sum_reference");
    tile.sum_reference = read_sum_reference(reference, tile.timing.clock_period);
    reference.finish();
  }
  tile.verify = read_verify(verify, tile);
  tile.update = {code(update, "{}_up", tile), code(update, "{}_down", tile)};
  tile.overhead = read_overhead(overhead);
  tile.wires = read_wires(root);
  tile.cell = read_cell(root);
  tile.field = read_field(field);
  tile.row_driver = read_row_driver(root);
  if (root.has("stuck")) tile.stuck = read_stuck(root.child("stuck"));
  for (const auto& node :
       {timing, driver, read, comparator, verify, update, overhead, field, root}) {
    node.finish();
  }
  check_consistency(tile, root);
  return tile;
}

// A device of measured pulses has these and no others.
void TileParameters::check_pulses(const DeviceParameters& kind) const {
  const auto refuse = [&](const std::string& message) {
    throw InputError(fmt::format("{}: {}", file.string(), message));
  };
  if (numbers_pulses() != (kind.pulses != nullptr)) {
    refuse(fmt::format(
        kind.pulses ? "driver.code_step: the device '{}' has measured pulses, which codes number: "
                      "leave it out"
                    : "driver.code_step: missing; only pulses of a measured device have numbers, "
                      "and '{}' has a switching law",
        kind.name));
  }
  if (!kind.pulses) return;
  if (driver.asymmetry != 1.0) refuse("driver.asymmetry: expected 1: pulses are as measured");
  if (timing.pulse_relax < kind.settling_time) {
    refuse(fmt::format(
        "timing.pulse_relax: {} is less than the {} in which the device '{}' settles",
        format_quantity(timing.pulse_relax), format_quantity(kind.settling_time), kind.name));
  }
  for (const auto* const pulses : {&kind.pulses->up, &kind.pulses->down}) {
    for (const auto& pulse : *pulses) {
      const double volts = std::abs(in_si(pulse.voltage + driver.line * pulse.pulse.amplitude));
      if (volts <= in_si(driver.compliance)) continue;
      refuse(fmt::format("driver.compliance: {} is less than the {} of a pulse of the device '{}'",
                         format_quantity(driver.compliance),
                         format_quantity(volts, Dimension::voltage), kind.name));
    }
  }
}

void TileParameters::check_device(const DeviceModel& model) const {
  check_pulses(model.parameters());
  if (verify.first_codes.size() != static_cast<std::size_t>(model.sites())) {
    throw InputError(fmt::format("{}: verify.levels: {} entries; the device '{}' has {} levels",
                                 file.string(), verify.first_codes.size(), model.parameters().name,
                                 model.sites()));
  }
  const DriverLaw law(driver, model.parameters());
  const auto check = [&](const char* key, int code, DriverGain gain) {
    if (!law.clips(code, gain)) return;
    if (numbers_pulses()) {
      throw InputError(fmt::format("{}: {}: the device '{}' has no pulse {}", file.string(), key,
                                   model.parameters().name, code));
    }
    throw InputError(fmt::format(
        "{}: {}: the update asks for {}, and a driver.compliance of {} lets {} through this device",
        file.string(), key, format_quantity(law.wanted(code, gain)),
        format_quantity(driver.compliance), format_quantity(law.current(code, gain))));
  };
  check("update.current_up, times driver.asymmetry", update.code_up, DriverGain::asymmetry);
  check("update.current_down", -update.code_down, DriverGain::unity);
  const auto fault = field_fault(field, model.parameters(), timing.field_settle);
  if (!fault.empty()) throw InputError(fmt::format("{}: field.source: {}", file.string(), fault));
  check_reading(model);
  if (!numbers_pulses()) return;
  check("verify.last_pulse", verify.last_code, DriverGain::unity);
  check("verify.last_pulse", -verify.last_code, DriverGain::unity);
  check("verify.reset_pulse", -verify.reset_code, DriverGain::unity);
}

// What moves the wall of a device of measured pulses is not known.
void TileParameters::check_reading(const DeviceModel& model) const {
  if (as_measured || model.parameters().pulses) return;
  const Current reads = read_current(*this, model);
  const Current writes = current_that_writes(model);
  if (reads <= writes) return;
  throw InputError(fmt::format(
      "{}: read.voltage: {} drive {} through this device, which {} write; expected at most {}, or "
      "'circuits: as_measured'",
      file.string(), format_quantity(read.voltage), format_quantity(reads), format_quantity(writes),
      format_quantity(at_most(voltage_of_read_current(*this, model, writes)), 3)));
}

int TileParameters::cycles(Time time) const {
  const Picoseconds cycles =
      to_picoseconds(time) / period() + (to_picoseconds(time) % period() > 0 ? 1 : 0);
  if (static_cast<double>(cycles) > kMostCycles) throw InputError(too_long(time));
  return static_cast<int>(std::max<Picoseconds>(1, cycles));
}

const CatalogFolder& tile_catalog() {
  static const CatalogFolder kCatalog{"tile/catalog", "tile"};
  return kCatalog;
}

DeviceParameters TileParameters::load_device(const ParameterOverrides& overrides) const {
  return cell.show(DeviceParameters::load(device_file, overrides));
}

std::filesystem::path find_tile(const std::string& name_or_file) {
  return find_in_catalog(tile_catalog(), name_or_file);
}

std::vector<std::string> tile_names() { return names_in_catalog(tile_catalog()); }

}  // namespace dwmtj
