// SPDX-License-Identifier: Apache-2.0
// Changes of a continuous conductance, brought onto even levels. What would end between two levels
// is shared out between them so that the mean stays; what that adds to the deviation is told.
#pragma once

#include <cstddef>
#include <vector>

namespace dwmtj {

struct ConductanceLevels {
  double least;  // S
  double most;
  int count;

  [[nodiscard]] double step() const { return (most - least) / (count - 1); }
  [[nodiscard]] double level(int i) const { return i + 1 < count ? least + i * step() : most; }
};

// How far levels are from what they stand for, in S: the worst of all levels.
struct LevelError {
  double mean = 0.0;       // of the mean change: beyond the ends of the range nothing goes
  double deviation = 0.0;  // of its standard deviation
};

class LevelChanges {
 public:
  explicit LevelChanges(const ConductanceLevels& levels);

  // A change from here happens with this weight, in S; or from the level nearest to a conductance.
  void add(int from, double change, double weight);
  void add_from(double conductance, double change, double weight);

  // All that was added from a level.
  [[nodiscard]] double weight(int from) const { return sources_[index(from)].weight; }
  // [from][to]; each level has some weight.
  [[nodiscard]] std::vector<double> chances() const;
  [[nodiscard]] LevelError error() const;

 private:
  struct Moments {
    double weight = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    void add(double value, double added);
    [[nodiscard]] double mean() const { return sum / weight; }
    [[nodiscard]] double deviation() const;
  };
  struct Place {
    int below;
    double share;  // of the level above
  };
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  [[nodiscard]] Place place(double conductance) const;

  ConductanceLevels levels_;
  std::vector<Moments> sources_;  // [from]: of the changes as they came
  std::vector<double> weights_;   // [from][to]
};

}  // namespace dwmtj
