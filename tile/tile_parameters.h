// SPDX-License-Identifier: Apache-2.0
// The circuits around the devices of a tile, as their parameter file describes them (format:
// docs/tile/tile_parameters.md).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/parameter_file.h"
#include "common/picoseconds.h"
#include "devices/device_model.h"
#include "tile/cell_parameters.h"
#include "tile/field_parameters.h"
#include "tile/stuck_parameters.h"

namespace dwmtj {

struct TimingParameters {
  Time clock_period;   // a whole number of picoseconds once read: rounded as sc_clock rounds
  Time select_settle;  // select lines, after a change of row or side
  Time field_settle;   // bias field, after a change
  Time pulse_relax;    // from the last foot of a pulse until the wall rests at its site
  Time read_settle;    // read currents and reference, before the strobe
};

// How far the drivers of columns are off, relative standard deviations (tile/column_driver.h).
struct DriverMismatch {
  double gain = 0.0;  // of a column's driver, over those of all
  double unit = 0.0;  // of the smallest source of its DAC

  [[nodiscard]] bool any() const { return gain > 0.0 || unit > 0.0; }
};

// Currents in codes of a DAC; a positive code pushes the wall towards CLK.
struct DriverParameters {
  int code_bits = 0;
  Current code_step;       // of one code; zero: codes number the pulses of a measured device
  double asymmetry = 1.0;  // delta: what update pulses of positive polarity are multiplied by
  Voltage compliance;      // over the track; more current than this allows is clipped
  Voltage supply;          // what currents are drawn from, and the most that a comparator is shown
  Resistance line = {};    // in series with the track: a column's, in a tile that is built
  DriverMismatch mismatch = {};
  Current bias = {};  // of a column's bias branch, from the supply while its pulse lasts

  // What flows through a driver that is off lies on a grid of so many steps a code, so that columns
  // share what is worked out for a current.
  [[nodiscard]] int steps_a_code() const { return mismatch.any() ? 16 : 1; }
  // The same driver with a step for a code.
  [[nodiscard]] DriverParameters in_steps() const {
    DriverParameters fine = *this;
    fine.code_step = code_step / static_cast<double>(steps_a_code());
    return fine;
  }
};

// What a driver multiplies its code by.
enum class DriverGain : std::uint8_t { unity, asymmetry };

struct ReadParameters {
  Voltage voltage;               // over the MTJ
  Resistance load;               // turns a difference of currents into the comparator's input
  double reference_error = 0.0;  // standard deviation of a reference conductance over its value
  bool noise = true;             // of devices and resistances is drawn
};

// The offset of a comparator is stored and taken off, anew for each reading, while currents settle.
struct AutoZeroParameters {
  Time time = {};
  Energy energy = {};    // of one
  Voltage noise = {};    // of what is stored, held over the decisions of the reading
  double residue = 1.0;  // what is left of the offset
};

struct ComparatorParameters {
  Voltage offset;     // standard deviation over instances, input-referred
  Voltage noise;      // standard deviation over decisions, input-referred
  Time delay;         // with a large input
  Time regeneration;  // time constant of the latch: delay grows by it per factor e towards balance
  Voltage swing;      // the input at which only `delay` is left
  Time window;        // undecided for longer than this: metastable, a coin decides
  Energy energy;      // of one decision
  AutoZeroParameters zero = {};

  [[nodiscard]] Voltage remaining_offset() const { return offset * zero.residue; }
};

// The reference of sums of several bits: a current DAC a column (tile/sum_reference.h).
struct SumReferenceParameters {
  int bits = 1;             // its resolution, sign included; 1: there is none, sums have a sign
  Current full_scale = {};  // it runs from -full_scale to +full_scale
  double mismatch = 0.0;    // standard deviation of its smallest source, over its value
  Time settle = {};         // after a change of its code
  Energy energy = {};       // of one change of its code
  // What one code of a result of `result_bits` stands for.
  [[nodiscard]] Current lsb(int result_bits) const {
    return full_scale / static_cast<double>(1 << (result_bits - 1));
  }
};

enum class VerifyStrategy : std::uint8_t { step_and_reset, nudge };

// How a cell is written, whatever its target.
struct VerifyRule {
  VerifyStrategy strategy;
  int last_code;   // a ramp beyond it has failed
  int step;        // codes
  int reset_code;  // of the single-shot reset, > 0; drawn with negative polarity
  int attempts;    // ramps before a cell is flagged
  int pulses;      // pulses before a cell is flagged, whatever happens
  int pushes;      // at the last code without effect before a run of nudges backs off
};

struct VerifyParameters : VerifyRule {
  std::vector<int> first_codes;  // by target level: where a ramp (or run of nudges) starts
};

struct UpdateParameters {
  int code_up = 0;
  int code_down = 0;  // > 0; drawn with negative polarity
};

struct OverheadParameters {
  Energy select;             // of one change of the select lines
  Energy cycle;              // of one clocked cycle of the controller
  Power driver_leakage;      // of one driver
  Power comparator_leakage;  // of one comparator
  Power controller_leakage;
  Energy row = {};  // of one row driven to the read voltage: its line's, in a tile that is built
  Energy column_cycle = {};   // of one clocked cycle of the controller, a column
  Energy wait_cycle = {};     // of a cycle in which it waits
  Power column_leakage = {};  // of the controller, a column

  [[nodiscard]] Energy clocked_cycle(int columns) const {
    return cycle + static_cast<double>(columns) * column_cycle;
  }
};

// What a row driver may take: a pass gate of that area is no better than this.
struct RowDriverParameters {
  Area area = {};
  double resistance_area = 0.0;  // ohm m^2; 0: nothing is known

  [[nodiscard]] bool known() const { return resistance_area > 0.0; }
  [[nodiscard]] Resistance best() const {
    return from_si<Resistance>(resistance_area) / in_si(area);
  }
};

// Of an array's lines, a segment: from one cell to the next, the cell's own share included. A row
// has a plus and a minus device of each pair, a column of each side a device of each row.
struct WireParameters {
  bool ideal = true;  // no resistance, no capacitance
  Resistance row = {};
  Resistance column = {};
  Capacitance row_capacitance = {};
  Capacitance column_capacitance = {};
  Resistance driver = {};  // of a row
  Resistance sense = {};   // from the end of a column to its virtual ground
};

struct TileParameters {
  std::string name;
  std::string title;
  std::filesystem::path file;
  bool as_measured = false;  // of a prototype: may contradict what could be built
  std::string device;        // as the file names it
  std::filesystem::path device_file;
  TimingParameters timing;
  DriverParameters driver;
  ReadParameters read;
  ComparatorParameters comparator;
  SumReferenceParameters sum_reference;  // optional in the file
  VerifyParameters verify;
  UpdateParameters update;
  OverheadParameters overhead;
  WireParameters wires;
  CellParameters cell;
  FieldSourceParameters field;
  RowDriverParameters row_driver;
  StuckParameters stuck;
  std::vector<Constant> constants;
  std::string effective_text;  // the file as YAML, with what it extends and what was set over it

  // Throws InputError: file:line, key, what was expected. Codes are checked against the device by
  // check_device().
  static TileParameters load(const std::filesystem::path& file,
                             const ParameterOverrides& overrides = {});
  // The same of a mapping in another file; without what speaks of the file.
  static TileParameters from(const ParameterNode& root);
  // The device that it names, with what is set over its file, as the cells of this tile show it.
  [[nodiscard]] DeviceParameters load_device(const ParameterOverrides& overrides = {}) const;
  // Throws InputError unless there is one first current for each level of the device, the drivers
  // can give its nominal updates, the field it needs can be had, and a reading does not write; of a
  // device of measured pulses all that codes name.
  void check_device(const DeviceModel& model) const;
  // The last of these.
  void check_reading(const DeviceModel& model) const;

  void check_pulses(const DeviceParameters& kind) const;

  [[nodiscard]] Picoseconds period() const { return to_picoseconds(timing.clock_period); }
  // Clock cycles that cover `time`, at least one: the one place where a settle time is rounded.
  [[nodiscard]] int cycles(Time time) const;
  // How long read currents are integrated: noise is what such a mean has.
  [[nodiscard]] Time integration_time() const {
    return to_time(repeated(cycles(timing.read_settle), period()));
  }
  // Codes are numbers of pulses, and no currents.
  [[nodiscard]] bool numbers_pulses() const { return in_si(driver.code_step) == 0.0; }
  [[nodiscard]] int largest_code() const { return (1 << (driver.code_bits - 1)) - 1; }
};

const CatalogFolder& tile_catalog();
std::filesystem::path find_tile(const std::string& name_or_file);
std::vector<std::string> tile_names();

}  // namespace dwmtj
