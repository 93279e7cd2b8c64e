// SPDX-License-Identifier: Apache-2.0
// The noise of a reading: one normal a column, with the variance of all its cells, of the
// resistance that senses them and of the offset that its comparator has stored. It is drawn once
// and holds over all decisions of the reading.
#pragma once

#include <cmath>
#include <cstdint>

#include "devices/device_model.h"
#include "tile/noise_law.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

class ReadNoise {
 public:
  // Column c draws as instance first_instance + c.
  ReadNoise(const TileParameters& tile, const DeviceModel& device, std::uint64_t seed,
            std::uint64_t first_instance);

  // What noise follows from.
  struct Cells {
    double squares;      // S^2: of the conductances that are under voltage
    double conductance;  // S: of all that lead to the column
  };
  // A device and the reference it is compared with, which is about as large.
  static Cells one(double siemens);

  // What drawn() follows from, for code that handles many columns at once.
  struct Law : NoiseLaw {
    std::uint64_t seed = 0;
    std::uint64_t first_instance = 0;
    [[nodiscard]] double deviation(double squares, double conductance) const {
      return std::sqrt(variance(squares, conductance));
    }
  };
  [[nodiscard]] const Law& law() const { return law_; }

  // Standard deviation of what a column is found to conduct, S.
  [[nodiscard]] double deviation(const Cells& cells) const {
    return law_.deviation(cells.squares, cells.conductance);
  }
  // Of the reading whose first decision is this one of the column's comparator.
  [[nodiscard]] Conductance drawn(int column, std::uint32_t decision, const Cells& cells) const;

  // No noise of one device is larger than constant + slope x its conductance, S.
  struct Bound {
    double constant;
    double slope;
  };
  [[nodiscard]] Bound largest_of_one(Conductance around) const;

 private:
  Law law_;
};

}  // namespace dwmtj
