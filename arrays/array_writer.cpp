// SPDX-License-Identifier: Apache-2.0
#include "arrays/array_writer.h"

#include "common/parallel_for.h"

namespace dwmtj {

ArrayWriter::ArrayWriter(const RowWriter::Tile& tile, VectorUnit unit)
    : columns_(static_cast<std::size_t>(tile.array.shape().columns)) {
  const int columns = tile.array.shape().columns;
  for (int first = 0; first < columns; first += RowWriter::kMostColumns) {
    const int count = std::min(RowWriter::kMostColumns, columns - first);
    stretches_.push_back({RowWriter(tile, first, count, unit), {}, {}});
  }
}

void ArrayWriter::write(std::size_t first_line, std::size_t lines, const std::int16_t* levels,
                        const RowResults& results) {
  first_line_ = first_line;
  const auto write_part = [&](std::size_t i) {
    write(stretches_[i], first_line, lines, levels, results);
  };
  if (lines > 1) {
    parallel_for(stretches_.size(), write_part);
  } else {  // not worth another thread
    for (std::size_t i = 0; i < stretches_.size(); ++i) write_part(i);
  }
}

void ArrayWriter::write(Stretch& stretch, std::size_t first_line, std::size_t lines,
                        const std::int16_t* levels, const RowResults& results) const {
  stretch.rounds.clear();
  stretch.ends.clear();
  for (std::size_t i = 0; i < lines; ++i) {
    const std::size_t line = first_line + i;
    const std::size_t at = i * columns_;
    stretch.writer.write(
        static_cast<std::uint32_t>(line / 2), static_cast<Side>(line % 2), levels + at,
        {results.flagged + at, results.pulses + at, results.attempts + at}, stretch.rounds);
    stretch.ends.push_back(stretch.rounds.size());
  }
}

const std::vector<WriteRound>& ArrayWriter::rounds(std::size_t line) {
  const std::size_t i = line - first_line_;
  sum_.clear();
  for (const auto& stretch : stretches_) {
    const std::size_t first = i == 0 ? 0 : stretch.ends[i - 1];
    const std::size_t count = stretch.ends[i] - first;
    if (sum_.size() < count) sum_.resize(count);
    for (std::size_t k = 0; k < count; ++k) sum_[k].add(stretch.rounds[first + k]);
  }
  return sum_;
}

}  // namespace dwmtj
