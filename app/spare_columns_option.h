// SPDX-License-Identifier: Apache-2.0
// --spare-columns, of commands whose networks lie on tiles.
#pragma once

#include <CLI/CLI.hpp>

namespace dwmtj {

inline void add_spare_columns(CLI::App& command, int& columns) {
  command
      .add_option("--spare-columns", columns,
                  "Of each tile, for columns with devices that do not reach their level")
      ->check(CLI::Range(0, 1 << 16))
      ->capture_default_str();
}

}  // namespace dwmtj
