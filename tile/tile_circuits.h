// SPDX-License-Identifier: Apache-2.0
// What a controller can do to the circuits of its tile. The sequences of tile_sequences.h are
// written against this, once; each view implements it: with pins and waits, with added-up time, or
// in bulk.
#pragma once

#include <cstdint>
#include <vector>

#include "devices/switching_law.h"
#include "tile/tile_command.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// The states of the controller's machine, as the waveform shows them.
enum class ControllerState : std::uint8_t {
  idle,
  decode,     // the command is looked at
  select,     // select lines settle
  field,      // the bias field settles
  pulse,      // drivers are on, then the walls come to rest
  read,       // read currents and references settle
  reference,  // the references of sums settle
  compare,    // comparators decide
  verify,     // the outcome is weighed, the next pulse chosen
  respond     // the result waits to be taken
};
const char* name_of(ControllerState state);

inline constexpr int kNoReference = -1;

class TileCircuits {
 public:
  virtual ~TileCircuits() = default;

  [[nodiscard]] virtual const TileParameters& parameters() const = 0;
  [[nodiscard]] virtual int rows() const = 0;
  [[nodiscard]] virtual int columns() const = 0;
  [[nodiscard]] virtual int levels() const = 0;

  // Busy for whole clock cycles in `state`.
  virtual void spend(ControllerState state, int cycles) = 0;
  // Connects one device a column: the row's, on `side` of the pairs.
  virtual void select(std::uint32_t row, Side side) = 0;
  // The bias field of pulses in `direction`.
  virtual void bias(Direction direction) = 0;
  // One pulse a column: a signed code, 0 for none. All codes have the sign of the last bias().
  virtual void pulse(const std::vector<std::int16_t>& codes, DriverGain gain) = 0;
  // A new reading begins: each column draws noise at its first comparison, and keeps it until the
  // next one.
  virtual void begin_reading() = 0;
  // Compares the selected device of each column with a reference of the ladder (kNoReference: not
  // this column). `above[c]` is 1 where the device conducts more.
  virtual void compare(const std::vector<std::int16_t>& references,
                       std::vector<std::uint8_t>& above) = 0;
  // Drives all rows with -1, 0 or +1 times the read voltage, until release_rows(): a reading
  // of its own.
  virtual void drive_rows(const std::vector<std::int16_t>& inputs) = 0;
  // Compares what the summed currents of each column of pairs differ by with a code of its
  // reference: 0, balance, in all columns or in none. `above[c]` is 1 where plus exceeds minus by
  // more.
  virtual void compare_sums(const std::vector<std::int16_t>& references,
                            std::vector<std::uint8_t>& above) = 0;
  virtual void release_rows() = 0;
};

}  // namespace dwmtj
