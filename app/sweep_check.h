// SPDX-License-Identifier: Apache-2.0
// Whether the points of a sweep can run, before any of them does: their commands are read, and the
// files they name, as few as show that each value of each axis is accepted.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sweep/expansion.h"
#include "sweep/point_names.h"

namespace dwmtj {

class SweepCheck {
 public:
  // Throws InputError where a point cannot run, after it has named all of those.
  explicit SweepCheck(const Expansion& expansion);

  // Points by the files that were read.
  [[nodiscard]] PointNames names() const;

 private:
  using Files = std::vector<std::string>;
  // What has been accepted of an axis.
  struct Seen {
    std::vector<std::size_t> alike;      // by value: the first of the same text
    std::map<std::size_t, Files> files;  // by such a value: what was read with it
    double least, most;                  // of those between two ends
  };
  [[nodiscard]] static Seen unseen(const Axis& axis);
  [[nodiscard]] bool seen(std::size_t axis, std::size_t choice) const;
  [[nodiscard]] std::vector<std::size_t> ends() const;
  void check(std::size_t point);
  void note(const std::vector<std::size_t>& choices, const Files& files);
  void tell_bad_points() const;
  [[nodiscard]] std::vector<FilesHash> hashes_of(std::size_t axis) const;

  const Expansion& expansion_;
  std::vector<Seen> seen_;
  std::map<std::string, std::vector<std::size_t>> bad_;  // points by what is wrong
  std::set<std::size_t> checked_;
};

}  // namespace dwmtj
