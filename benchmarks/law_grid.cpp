// SPDX-License-Identifier: Apache-2.0
// law_grid [POINTS A DEVICE] [DRAWS]: transition tables against independent draws of the law, on a
// grid from 0.5 ns to 1 s, 4 to 400 K, 0.1 to 40 times critical (tests/support/law_grid.h). One row
// a point on standard output; status 1 if one is off by more than 4.5 standard errors.
#include "tests/support/law_grid.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "common/parallel_for.h"

namespace {

using namespace dwmtj;

constexpr double kMostSigmas = 4.5;
constexpr int kSteps = 20000;

struct Row {
  double sigmas = 0.0;
  double mean = 0.0;
  double deviation = 0.0;
};

Row check(const test::GridPoint& point, std::size_t number, int draws) {
  const auto law = test::law_of(point);
  const auto pulse = test::pulse_of(point, law);
  const TransitionTable table(law, pulse);
  std::mt19937_64 random(number + 1);
  Row row;
  double square = 0.0;
  for (int to = 0; to < table.sites(); ++to) {
    row.mean += table.probability(point.from, to) * to;
    square += table.probability(point.from, to) * to * to;
  }
  row.deviation = std::sqrt(std::max(square - row.mean * row.mean, 0.0));
  row.sigmas =
      test::most_sigmas(table, point.from, *test::wall_of(law, pulse, kSteps), draws, random);
  return row;
}

}  // namespace

int main(int argc, char** argv) {
  const auto grid = test::law_grid(argc > 1 ? static_cast<std::uint32_t>(std::atoi(argv[1])) : 60);
  const int draws = argc > 2 ? std::atoi(argv[2]) : 100000;
  std::vector<Row> rows(grid.size());
  parallel_for(grid.size(), [&](std::size_t i) { rows[i] = check(grid[i], i, draws); });
  fmt::print("device,temperature_K,width_s,edges,drive,from,mean_end,deviation,sigmas\n");
  double most = 0.0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const auto& p = grid[i];
    fmt::print("{},{:.4g},{:.4g},{},{:.4g},{},{:.4f},{:.4f},{:.2f}\n", p.device, p.temperature,
               p.width, p.edges, p.drive, p.from, rows[i].mean, rows[i].deviation, rows[i].sigmas);
    most = std::max(most, rows[i].sigmas);
  }
  const auto shared =
      std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.deviation > 0.01; });
  fmt::print(stderr, "{} points, {} with shared ends, {} draws each: at most {:.2f} sigma\n",
             grid.size(), shared, draws, most);
  return most > kMostSigmas ? 1 : 0;
}
