// SPDX-License-Identifier: Apache-2.0
// Which driver code to send to a wall at a site: for a wanted chance to leave it, or to hop just
// one site with all but certainty.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "devices/device_model.h"
#include "learning/write_policy.h"
#include "tile/driver_law.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

class CodeTable {
 public:
  CodeTable(const DeviceModel& device, const TileParameters& tile, CodeChoice choice);

  // The signed code nearest to `chance` (as a ratio) for a wall at `site`.
  [[nodiscard]] int code_for(int site, Direction direction, float chance) const {
    const auto& codes = codes_[index(direction)];
    return codes[static_cast<std::size_t>(site) * kBuckets + bucket(chance)];
  }
  // The signed code that is sent to move a wall at `site` by one site, and its chance to do so: the
  // best, as far as the choice of codes lets it be known.
  // All chances are those of the kind: where devices differ, the mean over them.
  struct Hop {
    int code = 0;
    double chance = 0.0;
  };
  [[nodiscard]] const Hop& hop(int site, Direction direction) const {
    return hops_[index(direction)][static_cast<std::size_t>(site)];
  }
  // Chance to leave `site`; `code` is a size.
  [[nodiscard]] double chance(int site, Direction direction, int code) const {
    return chance_[index(direction)][static_cast<std::size_t>(site)]
                  [static_cast<std::size_t>(code)];
  }
  // A line a direction, site and code: direction,site,code,chance.
  [[nodiscard]] std::string csv() const;

 private:
  // Chances by octave, and eight steps within.
  static constexpr std::size_t kBuckets = std::size_t{8} * 24;
  using Chances = std::vector<double>;                // by code
  using Table = std::array<std::vector<Chances>, 2>;  // by direction and site

  static std::size_t index(Direction direction) { return direction == Direction::forward ? 0 : 1; }
  static std::size_t bucket(float chance);
  static double chance_of(std::size_t bucket);
  void fill(const DeviceModel& device, const DriverLaw& driver, Direction direction);
  void fill_codes(CodeChoice choice, Direction direction);
  void fill_hops(CodeChoice choice, Direction direction);

  int largest_;
  Table chance_;  // to leave
  Table once_;    // to end one site further
  std::array<std::vector<Hop>, 2> hops_;
  std::array<std::vector<int>, 2> codes_;  // [site][bucket]
};

}  // namespace dwmtj
