// SPDX-License-Identifier: Apache-2.0
#include "arrays/write_study.h"

#include <cmath>

namespace dwmtj {

void WriteStatistics::add(const WriteStatistics& other) {
  devices += other.devices;
  pulses += other.pulses;
  attempts += other.attempts;
  flagged += other.flagged;
  wrong_sites += other.wrong_sites;
  squared_error += other.squared_error;
}

Conductance WriteStatistics::rms_error() const {
  return from_si<Conductance>(std::sqrt(squared_error / static_cast<double>(devices)));
}

std::vector<std::int16_t> random_levels(std::size_t devices, int levels, std::uint64_t seed) {
  std::vector<std::int16_t> wanted(devices);
  for (std::size_t i = 0; i < devices; ++i) {
    const auto word = draw(seed, Stream::stimulus, i, 0).words[0];
    wanted[i] = static_cast<std::int16_t>(uniform(word) * levels);
  }
  return wanted;
}

std::vector<WriteStatistics> write_statistics(const BulkTile& tile,
                                              const std::vector<std::int16_t>& wanted,
                                              const ArrayResult& result) {
  std::vector<WriteStatistics> statistics(static_cast<std::size_t>(tile.device().sites()));
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == kSkip) continue;
    const auto level = tile.device().readout().level_conductance(wanted[i]);
    const double error = in_si(tile.array().conductance(i) - level);
    const bool wrong = tile.array().devices().site(i) != wanted[i];
    statistics[static_cast<std::size_t>(wanted[i])].add(
        {1, result.pulses[i], result.attempts[i], static_cast<std::uint64_t>(result.flagged[i]),
         wrong ? 1U : 0U, error * error});
  }
  return statistics;
}

}  // namespace dwmtj
