// SPDX-License-Identifier: Apache-2.0
// A whole architecture of the catalog (format: docs/architecture/architecture.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "architecture/core_figures.h"
#include "architecture/interconnect_parameters.h"

namespace dwmtj {

// A number that was published, to be compared with ours.
struct PublishedFigure {
  std::string figure;  // "core_power"
  std::string label;   // "tile power"
  double value = 0.0;  // SI
  std::string source;
  std::string note;  // why it may not agree; empty if it should
};

struct Comparison {
  double published;  // SI
  double ours;
  [[nodiscard]] double deviation() const { return ours / published - 1.0; }
  [[nodiscard]] bool matches() const;  // within kMatch
};
inline constexpr double kMatch = 0.05;

struct Architecture {
  std::string name;
  std::string title;
  std::filesystem::path file;
  CoreParameters core;
  int cores = 0;                                       // of a chip
  int per_router = 0;                                  // cores at each router, from router 0 on
  int host_router = 0;                                 // where inputs come from and results go
  std::optional<InterconnectParameters> interconnect;  // none: peak figures only
  std::vector<ComponentParameters> chip;               // what a chip has besides its cores
  std::vector<PublishedFigure> published;
  std::vector<Constant> constants;  // every number with its source, as written
  std::string effective_text;       // the file with all its layers and parts in it

  // Throws InputError: file:line, key, what was expected.
  static Architecture load(const std::filesystem::path& file,
                           const ParameterOverrides& overrides = {});

  [[nodiscard]] Figures core_figures() const { return figures_of(core); }
  [[nodiscard]] Figures chip_figures() const { return figures_of(core, cores, chip); }
  [[nodiscard]] Comparison compare(const PublishedFigure& row) const;
};

// "65.80 W", "479.0 GOPS/mm^2": a value of a published figure in its unit.
std::string format_figure(const std::string& figure, double value);

}  // namespace dwmtj
