// SPDX-License-Identifier: Apache-2.0
#include "wires/wire_study.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "common/interrupt.h"
#include "common/on_threads.h"
#include "common/parallel_for.h"
#include "common/random_stream.h"
#include "wires/crossbar.h"

namespace dwmtj {
namespace {

// Levels lie on this grid, so that sums of them are exact and equal pairs are seen to be equal.
constexpr double kGrid = 0x1p-50;  // S

std::uint32_t drawn(std::uint64_t seed, std::uint64_t what, std::uint32_t count) {
  return draw(seed, Stream::stimulus, what, count).words[0];
}

// Pairs as networks have them: one side is at the level of the weight's size, the other at the
// first.
std::vector<double> random_array(const std::vector<double>& levels,
                                 const WireStudyOptions& options) {
  const auto cells = static_cast<std::uint32_t>(options.columns * options.columns);
  const auto most = static_cast<int>(levels.size()) - 1;
  const auto level = [&](int size) {
    return std::round(levels[static_cast<std::size_t>(std::max(size, 0))] / kGrid) * kGrid;
  };
  std::vector<double> array(cells);
  for (std::uint32_t i = 0; i < cells; i += 2) {
    const auto values = static_cast<std::uint32_t>(2 * most + 1);
    const int weight = static_cast<int>(drawn(options.seed, 0, i) % values) - most;
    array[i] = level(weight);
    array[i + 1] = level(-weight);
  }
  return array;
}

std::vector<double> random_inputs(const WireStudyOptions& options, int vector) {
  std::vector<double> inputs(static_cast<std::size_t>(options.columns));
  const auto instance = static_cast<std::uint64_t>(vector) + 1;
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    inputs[i] = static_cast<double>(drawn(options.seed, instance, i) >> 31U);
  }
  return inputs;
}

std::vector<double> without_wires(const std::vector<double>& array,
                                  const std::vector<double>& inputs) {
  const std::size_t columns = inputs.size();
  std::vector<double> currents(columns, 0.0);
  for (std::size_t i = 0; i < columns; ++i) {
    if (inputs[i] == 0.0) continue;
    for (std::size_t j = 0; j < columns; ++j) currents[j] += array[i * columns + j];
  }
  return currents;
}

// Currents of all vectors, with and without wires.
struct Currents {
  std::vector<std::vector<double>> real, ideal;
};

Currents measure(const std::vector<double>& array, const WireStudyOptions& options) {
  const Crossbar crossbar(options.columns, options.columns, array,
                          {options.segment, options.segment, 0.0 * si::ohms, 0.0 * si::ohms});
  const auto vectors = static_cast<std::size_t>(options.vectors);
  Currents currents{std::vector<std::vector<double>>(vectors),
                    std::vector<std::vector<double>>(vectors)};
  on_threads(options.threads, [&] {
    parallel_for(options.vectors, [&](int v) {
      if (interrupted()) return;
      const auto inputs = random_inputs(options, v);
      currents.ideal[static_cast<std::size_t>(v)] = without_wires(array, inputs);
      currents.real[static_cast<std::size_t>(v)] = crossbar.currents(inputs);
    });
  });
  return currents;
}

WireStudyPoint summarise(const Currents& currents) {
  double real_sum = 0.0;
  double ideal_sum = 0.0;
  double cross = 0.0;
  double ideal_square = 0.0;
  double real_square = 0.0;
  double pairs = 0.0;
  double ties = 0.0;
  double wrong = 0.0;
  for (std::size_t v = 0; v < currents.real.size(); ++v) {
    for (std::size_t j = 0; j < currents.real[v].size(); j += 2) {
      const double real = currents.real[v][j] - currents.real[v][j + 1];
      const double ideal = currents.ideal[v][j] - currents.ideal[v][j + 1];
      real_sum += currents.real[v][j] + currents.real[v][j + 1];
      ideal_sum += currents.ideal[v][j] + currents.ideal[v][j + 1];
      cross += real * ideal;
      ideal_square += ideal * ideal;
      real_square += real * real;
      pairs += 1.0;
      ties += ideal == 0.0 ? 1.0 : 0.0;
      wrong += ideal != 0.0 && (real > 0.0) != (ideal > 0.0) ? 1.0 : 0.0;
    }
  }
  WireStudyPoint point;
  point.mean_current = real_sum / ideal_sum;
  point.gain = cross / ideal_square;
  const double fitted = point.gain * point.gain * ideal_square;
  point.error = std::sqrt(std::max(0.0, real_square - fitted) / fitted);
  point.wrong_signs = pairs > ties ? wrong / (pairs - ties) : 0.0;
  point.ties = ties / pairs;
  return point;
}

}  // namespace

WireStudyPoint study_wires(const std::vector<double>& levels, const WireStudyOptions& options) {
  if (options.columns < 2 || options.columns % 2 != 0 || options.vectors < 1 || levels.empty()) {
    throw std::invalid_argument("a study of wires needs an even number of columns, and levels");
  }
  const auto currents = measure(random_array(levels, options), options);
  if (!interrupted()) return summarise(currents);
  WireStudyPoint point;
  point.interrupted = true;
  return point;
}

}  // namespace dwmtj
