// SPDX-License-Identifier: Apache-2.0
// Where it can be known from what a pulse does to conductances, each brought onto even levels:
// lookup tables, trains of pulses, or the numbers of a table of technologies.
#pragma once

#include "devices/level_changes.h"
#include "devices/lookup_table.h"
#include "devices/pulse_trains.h"

namespace dwmtj {

// The levels lie within the table's conductances.
LevelChanges changes_of(const LookupTable& table, const ConductanceLevels& levels);

// Of the pulses with one amplitude and width, to a millionth; levels that none starts from have no
// weight.
bool is_like(const TrainPulse& pulse, double amplitude, Time width);
LevelChanges changes_of(const PulseTrains& trains, double amplitude, Time width,
                        const ConductanceLevels& levels);

// In the form of Table 1 of the paper.
struct PulseCurve {
  long states;          // of a train from one end of the range to the other
  double nonlinearity;  // nu: positive where the first pulses of a train do most
  double write_noise;   // standard deviation of a change over the range
};
// Of pulses upwards; or, mirrored, of pulses downwards.
LevelChanges changes_of(const PulseCurve& curve, const ConductanceLevels& levels, bool upwards);

}  // namespace dwmtj
