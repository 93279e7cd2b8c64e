// SPDX-License-Identifier: Apache-2.0
#include "characterization/field_loop.h"

#include <algorithm>
#include <cmath>

#include "common/index.h"
#include "common/interrupt.h"

namespace dwmtj {
namespace {

using Chances = std::vector<double>;

constexpr double kThere = 0.99;  // of walls at the end of the track: the loop is closed

// After walls have hopped at the rates of the field for a while: walls hop one way at a time, so
// the chances follow from place to place, in steps short enough for the fastest that counts.
class FieldDwell {
 public:
  FieldDwell(const DeviceModel& model, Time dwell)
      : law_(model.switching()), dwell_(in_si(dwell)) {}

  void at(Field field, Chances& walls) const {
    for (const auto direction : {Direction::forward, Direction::reverse}) {
      const int places = static_cast<int>(walls.size());
      const int step = direction == Direction::forward ? 1 : -1;
      int site = direction == Direction::forward ? 0 : places - 1;
      for (int i = 0; i + 1 < places; ++i, site += step) {
        const double rate = law_.escape_rate(site, direction, from_si<Current>(0.0), field);
        const double leaves = -std::expm1(-rate * dwell_) * walls[index(site)];
        walls[index(site)] -= leaves;
        walls[index(site + step)] += leaves;
      }
    }
  }

 private:
  const SwitchingLaw& law_;
  double dwell_;  // s
};

double mean_resistance(const DeviceModel& model, const Chances& walls) {
  double mean = 0.0;
  for (std::size_t i = 0; i < walls.size(); ++i) {
    mean += walls[i] * in_si(model.readout().level(static_cast<int>(i)));
  }
  return mean;
}

// Where the resistance passes the middle on a branch.
Field half_way(const std::vector<FieldPoint>& points, std::size_t begin, std::size_t end,
               double middle) {
  for (std::size_t i = begin + 1; i < end; ++i) {
    const double before = points[i - 1].resistance - middle;
    const double after = points[i].resistance - middle;
    if (before * after > 0.0) continue;
    const double share = before == after ? 0.0 : before / (before - after);
    return points[i - 1].field + share * (points[i].field - points[i - 1].field);
  }
  return from_si<Field>(std::nan(""));
}

double area_of_mtj(const TrackGeometry& track) {
  const Length end = track.mtj_start + track.mtj_length;
  return 0.5 * in_si(track.width(track.mtj_start) + track.width(end)) * in_si(track.mtj_length);
}

}  // namespace

FieldLoop field_loop(const DeviceModel& model, const FieldSweep& sweep) {
  const int steps = static_cast<int>(std::lround(2.0 * (sweep.most / sweep.step)));
  const FieldDwell dwell(model, sweep.dwell);
  Chances walls(static_cast<std::size_t>(model.sites()), 0.0);
  walls.front() = 1.0;
  FieldLoop loop{};
  const auto go = [&](int i) {
    const Field field = -sweep.most + static_cast<double>(i) * sweep.step;
    dwell.at(field, walls);
    loop.points.push_back({field, mean_resistance(model, walls)});
  };
  for (int i = 0; i <= steps && !interrupted(); ++i) go(i);
  const std::size_t turn = loop.points.size();
  const Chances turned = walls;
  for (int i = steps; i >= 0 && !interrupted(); --i) go(i);
  const auto by_resistance = [](const FieldPoint& a, const FieldPoint& b) {
    return a.resistance < b.resistance;
  };
  const auto [least, most] =
      std::minmax_element(loop.points.begin(), loop.points.end(), by_resistance);
  loop.least = least->resistance;
  loop.most = most->resistance;
  loop.ratio = loop.most / loop.least - 1.0;
  loop.resistance_area = loop.least * area_of_mtj(model.parameters().geometry);
  const double middle = 0.5 * (loop.least + loop.most);
  loop.up = half_way(loop.points, 0, turn, middle);
  loop.down = half_way(loop.points, turn, loop.points.size(), middle);
  loop.closed = (turned.back() > kThere && walls.front() > kThere) ||
                (turned.front() > kThere && walls.back() > kThere);
  return loop;
}

}  // namespace dwmtj
