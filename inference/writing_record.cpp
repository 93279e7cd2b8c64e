// SPDX-License-Identifier: Apache-2.0
#include "inference/writing_record.h"

#include <algorithm>

namespace dwmtj {

void WritingRecord::add(const WritingRecord& other) {
  writes.add(other.writes);
  stuck += other.stuck;
  moved += other.moved;
  joules += other.joules;
  read_joules += other.read_joules;
  seconds = std::max(seconds, other.seconds);
  if (other.histogram.empty()) return;
  histogram.resize(kHistogramBins, 0);
  for (std::size_t i = 0; i < histogram.size(); ++i) histogram[i] += other.histogram[i];
}

void WritingRecord::add_device(const LevelSet& levels, double written, double wanted) {
  writes.add({1, 0, 1, 0, 0, (written - wanted) * (written - wanted)});
  add_to_histogram(levels, written);
}

void WritingRecord::add_to_histogram(const LevelSet& levels, double written) {
  histogram.resize(kHistogramBins, 0);
  const double share = (written - levels.least) / levels.range();
  const double bin = (share + kHistogramMargin) / (1 + 2 * kHistogramMargin) * kHistogramBins;
  ++histogram[static_cast<std::size_t>(std::clamp(bin, 0.0, kHistogramBins - 1.0))];
}

double histogram_bin(const LevelSet& levels, int bin) {
  const double share = (bin + 0.5) / kHistogramBins * (1 + 2 * kHistogramMargin) - kHistogramMargin;
  return levels.least + share * levels.range();
}

WritingRecord record_of_array(const BulkTile& tile, const TileParameters& parameters,
                              Ledger& ledger, const std::vector<std::int16_t>& wanted,
                              const ArrayResult& written) {
  ledger.set_on_time(tile.now());
  WritingRecord record;
  record.joules = in_si(ledger.total());
  record.seconds = in_si(to_time(tile.now()));
  for (const auto& level : write_statistics(tile, wanted, written)) record.writes.add(level);
  double siemens = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == kSkip) continue;
    record.stuck += tile.array().devices().stuck(i) ? 1 : 0;
    siemens += in_si(tile.array().conductance(i));
  }
  const double volts = in_si(parameters.read.voltage);
  record.read_joules = siemens * volts * volts * in_si(parameters.integration_time());
  return record;
}

}  // namespace dwmtj
