// SPDX-License-Identifier: Apache-2.0
// Write-verify of whole rows: RowWriters side by side, on several cores where there are several
// lines to write. A line is one side of a row; line 2 row + side is the order of a PairArray.
#pragma once

#include "arrays/row_writer.h"

namespace dwmtj {

class ArrayWriter {
 public:
  ArrayWriter(const RowWriter::Tile& tile, VectorUnit unit = widest_vector_unit());

  // Writes `lines` lines from `first_line` on, each after the one before. `levels` and `results`
  // begin at the first of them and have an entry a column and line.
  void write(std::size_t first_line, std::size_t lines, const std::int16_t* levels,
             const RowResults& results);

  // The rounds of a line of the last write(), over all columns.
  const std::vector<WriteRound>& rounds(std::size_t line);

 private:
  // The same columns of all lines.
  struct Stretch {
    RowWriter writer;
    std::vector<WriteRound> rounds;
    std::vector<std::size_t> ends;  // in `rounds`, by line
  };
  void write(Stretch& stretch, std::size_t first_line, std::size_t lines,
             const std::int16_t* levels, const RowResults& results) const;

  std::size_t columns_;
  std::vector<Stretch> stretches_;
  std::size_t first_line_ = 0;
  std::vector<WriteRound> sum_;
};

}  // namespace dwmtj
