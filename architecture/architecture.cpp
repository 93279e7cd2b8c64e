// SPDX-License-Identifier: Apache-2.0
#include "architecture/architecture.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "architecture/chip_catalog.h"

namespace dwmtj {
namespace {

constexpr int kMostCores = 1'000'000;

struct FigureKind {
  const char* name;
  Dimension dimension;  // a number where the unit is made up for tables like this one
  const char* unit;     // that tables show it in
  double scale;         // SI of one unit
  double (*of)(const Figures& core, const Figures& chip);
};

constexpr double kMebibyte = 8.0 * 1024 * 1024;  // bits

const std::vector<FigureKind>& figure_kinds() {
  static const std::vector<FigureKind> kKinds = {
      {"core_power", Dimension::power, "mW", 1e-3,
       [](const Figures& core, const Figures&) { return in_si(core.peak_power); }},
      {"core_area", Dimension::area, "mm^2", 1e-6,
       [](const Figures& core, const Figures&) { return in_si(core.area); }},
      {"chip_power", Dimension::power, "W", 1.0,
       [](const Figures&, const Figures& chip) { return in_si(chip.peak_power); }},
      {"chip_area", Dimension::area, "mm^2", 1e-6,
       [](const Figures&, const Figures& chip) { return in_si(chip.area); }},
      {"gops", Dimension::number, "GOPS", 1e9,
       [](const Figures&, const Figures& chip) { return chip.operations; }},
      {"gops_per_mm2", Dimension::number, "GOPS/mm^2", 1e15,
       [](const Figures&, const Figures& chip) { return chip.operations_per_area(); }},
      {"gops_per_watt", Dimension::number, "GOPS/W", 1e9,
       [](const Figures&, const Figures& chip) { return chip.operations_per_joule(); }},
      {"mib_per_mm2", Dimension::number, "MiB/mm^2", kMebibyte * 1e6,
       [](const Figures&, const Figures& chip) { return chip.stored_bits_per_area(); }}};
  return kKinds;
}

const FigureKind& kind_of(const std::string& figure) {
  const auto& kinds = figure_kinds();
  return *std::find_if(kinds.begin(), kinds.end(),
                       [&](const FigureKind& kind) { return kind.name == figure; });
}

PublishedFigure read_published(const ParameterNode& node) {
  std::vector<std::string> names;
  for (const auto& kind : figure_kinds()) names.emplace_back(kind.name);
  PublishedFigure row;
  const auto& kind = figure_kinds()[node.choice("figure", names)];
  row.figure = kind.name;
  row.label = node.text("label");
  row.value = node.quantity("value", kind.dimension);
  if (kind.dimension == Dimension::number) row.value *= kind.scale;
  if (row.value <= 0.0 || !std::isfinite(row.value)) node.fail("value", "must be above zero");
  row.source = node.text("source");
  if (node.has("note")) row.note = node.text("note");
  node.finish();
  return row;
}

std::vector<PublishedFigure> read_all_published(const ParameterNode& root) {
  std::vector<PublishedFigure> rows;
  if (!root.has("published")) return rows;
  for (const auto& node : root.items("published")) rows.push_back(read_published(node));
  return rows;
}

void read_chip(const ParameterNode& chip, Architecture& architecture) {
  architecture.cores = chip.whole_number("cores", 1, kMostCores);
  if (chip.has("components")) {
    architecture.chip = read_components(chip.child("components"), ComponentContext{});
  }
  architecture.per_router = 1;
  if (chip.has("per_router")) {
    architecture.per_router = chip.integer("per_router", 1, kMostCores);
  }
  if (chip.has("host_router")) {
    architecture.host_router = chip.integer("host_router", 0, kMostCores);
  }
  chip.finish();
}

void read_interconnect(const ParameterNode& root, Architecture& architecture) {
  if (!root.has("interconnect")) return;
  architecture.interconnect =
      InterconnectParameters::read(root.section("interconnect", part_catalog()));
  const int routers = architecture.interconnect->topology.routers();
  const int last = (architecture.cores - 1) / architecture.per_router;
  if (std::max(last, architecture.host_router) < routers) return;
  root.child("chip").fail(
      fmt::format("{} cores, {} at a router, and the host at router {} do not fit on {} routers",
                  architecture.cores, architecture.per_router, architecture.host_router, routers));
}

// A file can name numbers whose sums or ratios are none.
void check_sums(const ParameterNode& root, const Architecture& architecture) {
  const auto chip = architecture.chip_figures();
  for (const double sum : {in_si(chip.area), in_si(chip.peak_power), chip.operations_per_joule(),
                           chip.operations_per_area(), chip.stored_bits_per_area()}) {
    if (!std::isfinite(sum))
      root.fail("chip", "its area, power or throughput is out of all bounds");
  }
}

}  // namespace

bool Comparison::matches() const { return std::abs(deviation()) <= kMatch; }

Architecture Architecture::load(const std::filesystem::path& file,
                                const ParameterOverrides& overrides) {
  const auto root = ParameterNode::load(file, chip_catalog(), overrides);
  require_kind(root, ChipKind::cores);
  Architecture architecture{};
  architecture.file = file;
  architecture.name = root.text("name");
  architecture.title = root.text("title");
  architecture.core = CoreParameters::read(root.section("core", core_catalog()));
  read_chip(root.child("chip"), architecture);
  read_interconnect(root, architecture);
  architecture.published = read_all_published(root);
  root.finish();
  check_sums(root, architecture);
  architecture.constants = root.constants();
  architecture.effective_text = root.effective_text();
  return architecture;
}

Comparison Architecture::compare(const PublishedFigure& row) const {
  return {row.value, kind_of(row.figure).of(core_figures(), chip_figures())};
}

std::string format_figure(const std::string& figure, double value) {
  const auto& kind = kind_of(figure);
  return fmt::format("{:.4g} {}", value / kind.scale, kind.unit);
}

}  // namespace dwmtj
