// SPDX-License-Identifier: Apache-2.0
#include "estimation/estimate_report.h"

#include <array>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/name_text.h"
#include "common/quantity_text.h"
#include "common/version.h"
#include "ledger/report.h"

namespace dwmtj {
namespace {

using Json = nlohmann::ordered_json;

std::string summary(const Estimate& estimate) {
  const auto& mapping = estimate.mapping;
  const auto& cells = estimate.cells;
  std::string text =
      fmt::format("{} on {}: {:.4g} M weights, {:.4g} M MACs an image\n", estimate.network,
                  estimate.architecture, 1e-6 * static_cast<double>(estimate.weights),
                  1e-6 * static_cast<double>(estimate.macs));
  text += fmt::format(
      "weights of {} bits on {} columns of {} levels{}; {} of {} arrays on {} of {} "
      "cores, {:.1f} % of their cells\n",
      cells.bits, cells.columns(), cells.levels(), cells.pairs ? ", in pairs" : "",
      mapping.arrays_used, mapping.grid.all_arrays(), mapping.cores_used, mapping.grid.cores,
      100.0 * mapping.utilisation);
  for (const auto& note : estimate.notes) text += "note: " + note + "\n";
  return text + '\n';
}

std::string line(const std::string& what, const std::string& value,
                 const std::string& remark = "") {
  return fmt::format("{:<26} {:>14}  {}\n", what, value, remark);
}

std::string figures(const Estimate& estimate) {
  const auto& run = estimate.pipeline;
  std::string text = line("latency", format_quantity(estimate.latency), "of one image");
  text += line("between images", format_quantity(estimate.interval),
               run.interval == 0 ? "average" : "settled");
  text += line("images a second", fmt::format("{:.4g}", estimate.images_per_second()));
  text += line("energy", format_quantity(estimate.energy), "of an image, leakage included");
  text += line("efficiency", fmt::format("{:.4g} TOPS/W", 1e-12 * estimate.operations_per_joule()),
               "a multiplication and an addition are two operations");
  text += line("area", format_quantity(in_si(estimate.area), Dimension::area));
  text += line("waited for channels", format_quantity(to_time(run.waited)), "all packets together");
  text +=
      line("images simulated", std::to_string(run.simulated), fmt::format("of {}", estimate.batch));
  for (const auto& cost : estimate.programming) {
    text += line("programming, once", format_quantity(cost.energy),
                 fmt::format("{}, {}", format_quantity(cost.time), cost.how));
  }
  if (estimate.loading) {
    text +=
        line("loading, once", format_quantity(estimate.loading->energy),
             fmt::format("{}, {}", format_quantity(estimate.loading->time), estimate.loading->how));
  }
  return text + '\n';
}

std::string layer_table(const Estimate& estimate) {
  std::string text =
      fmt::format("{:<36} {:<8} {:>8} {:>10} {:>6} {:>7} {:>6} {:>6} {:>11} {:>7}\n", "layer",
                  "kind", "windows", "MACs", "copies", "arrays", "used", "busy", "energy", "share");
  const Energy posted = estimate.ledger.posted() /
                        static_cast<double>(std::max<std::int64_t>(estimate.pipeline.simulated, 1));
  for (const auto& layer : estimate.layers) {
    const bool product = layer.arrays > 0;
    const auto percent = [&](double share) {
      return product ? fmt::format("{:.0f} %", 100.0 * share) : std::string("-");
    };
    text += fmt::format("{:<36} {:<8} {:>8} {:>10} {:>6} {:>7} {:>6} {:>6} {:>11} {:>5.1f} %\n",
                        layer.name, layer.kind, layer.windows, product ? layer.macs : 0,
                        layer.copies, layer.arrays, percent(layer.utilisation), percent(layer.busy),
                        format_quantity(layer.energy), 100.0 * (layer.energy / posted));
  }
  return text + '\n';
}

// "chip_core12.adc" -> "core.adc", as it is the same circuit on each.
std::string kind_of_component(const std::string& path) {
  const auto name = path.rfind("chip_", 0) == 0 ? path.substr(5) : path;
  std::string kind;
  const auto dot = name.find('.');
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool number = i < dot && name[i] >= '0' && name[i] <= '9';
    if (!number) kind += name[i];
  }
  return kind;
}

// "chip_core12.adc" -> "core12"; none: it is of no core.
std::optional<std::string> core_of(const std::string& path) {
  const auto name = path.rfind("chip_", 0) == 0 ? path.substr(5) : path;
  const auto owner = name.substr(0, name.find('.'));
  if (owner.rfind("core", 0) != 0 && owner != "idle_cores") return std::nullopt;
  return owner;
}

// core2 before core10, the idle ones last.
struct ByNumber {
  bool operator()(const std::string& a, const std::string& b) const {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
};

struct CoreRow {
  std::int64_t cores = 1;
  std::int64_t arrays = 0;
  double leakage = 0.0;  // W
  double joules = 0.0;
};

Json programming_json(const Estimate& estimate) {
  Json rows = Json::array();
  for (const auto& cost : estimate.programming) {
    rows.push_back({{"how", cost.how},
                    {"cells", cost.cells},
                    {"pulses", cost.pulses},
                    {"energy_J", in_si(cost.energy)},
                    {"standard_error_J", in_si(cost.standard_error)},
                    {"time_s", in_si(cost.time)},
                    {"sampled", cost.sampled},
                    {"flagged", cost.flagged}});
  }
  return rows;
}

Json products_json(const Estimate& estimate) {
  Json rows = Json::array();
  for (const auto& row : estimate.products) {
    rows.push_back({{"layer", row.layer},
                    {"digital_J", in_si(row.digital)},
                    {"digital_s", in_si(row.digital_time)},
                    {"arrays", row.arrays},
                    {"reading_J", in_si(row.reading)},
                    {"reading_s", in_si(row.reading_time)},
                    {"writing_J", row.writing ? Json(in_si(*row.writing)) : Json(nullptr)},
                    {"writing_s", row.writing ? Json(in_si(row.writing_time)) : Json(nullptr)}});
  }
  return rows;
}

Json layers_json(const Estimate& estimate) {
  Json rows = Json::array();
  for (const auto& layer : estimate.layers) {
    rows.push_back({{"name", layer.name},
                    {"kind", layer.kind},
                    {"windows", layer.windows},
                    {"macs", layer.macs},
                    {"copies", layer.copies},
                    {"arrays", layer.arrays},
                    {"utilisation", layer.utilisation},
                    {"busy", layer.busy},
                    {"energy_J", in_si(layer.energy)}});
  }
  return rows;
}

}  // namespace

std::string estimate_text(const Estimate& estimate) {
  return summary(estimate) + figures(estimate) + product_prices_text(estimate.products) +
         layer_table(estimate) + fmt::format("All of {} images:\n", estimate.pipeline.simulated) +
         report_text(estimate.ledger);
}

std::string layer_costs_csv(const Estimate& estimate) {
  std::string text = "layer,kind,windows,macs,copies,arrays,utilisation,busy,energy_J\n";
  for (const auto& layer : estimate.layers) {
    text += fmt::format("{},{},{},{},{},{},{:.9g},{:.9g},{:.17g}\n", csv_field(layer.name),
                        layer.kind, layer.windows, layer.macs, layer.copies, layer.arrays,
                        layer.utilisation, layer.busy, in_si(layer.energy));
  }
  return text;
}

std::string energy_csv(const Estimate& estimate) {
  const auto& ledger = estimate.ledger;
  const auto images = static_cast<double>(std::max<std::int64_t>(estimate.pipeline.simulated, 1));
  std::map<std::array<std::string, 3>, Sum> rows;
  for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
    const auto& account = ledger.accounts()[a];
    const auto& component = ledger.components()[static_cast<std::size_t>(account.component)];
    for (std::size_t c = 0; c < ledger.commands().size(); ++c) {
      const auto sum = ledger.sum(static_cast<AccountId>(a), static_cast<CommandId>(c));
      if (sum.count == 0) continue;
      auto& row = rows[{ledger.commands()[c], kind_of_component(component.path), account.action}];
      row.count += sum.count;
      row.joules += sum.joules;
    }
  }
  std::string text = "layer,component,action,count,energy_J\n";
  for (const auto& [key, sum] : rows) {
    text += fmt::format("{},{},{},{:.9g},{:.17g}\n", csv_field(key[0]), csv_field(key[1]),
                        csv_field(key[2]), static_cast<double>(sum.count) / images,
                        sum.joules / images);
  }
  return text;
}

std::string cores_csv(const Estimate& estimate) {
  const auto& ledger = estimate.ledger;
  const auto images = static_cast<double>(std::max<std::int64_t>(estimate.pipeline.simulated, 1));
  std::map<std::string, CoreRow, ByNumber> rows;
  for (const auto& layer : estimate.mapping.layers) {
    for (const auto& part : layer.fragments) {
      rows[fmt::format("core{}", part.core)].arrays += part.arrays;
    }
  }
  for (const auto& component : ledger.components()) {
    if (const auto core = core_of(component.path)) rows[*core].leakage += in_si(component.leakage);
  }
  for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
    const auto component = static_cast<std::size_t>(ledger.accounts()[a].component);
    const auto core = core_of(ledger.components()[component].path);
    if (core) rows[*core].joules += ledger.sum(static_cast<AccountId>(a)).joules / images;
  }
  const auto idle = estimate.mapping.grid.cores - static_cast<std::int64_t>(rows.size()) +
                    static_cast<std::int64_t>(rows.count("idle_cores"));
  if (idle > 0) rows["idle_cores"].cores = idle;
  std::string text = "core,cores,arrays,area_m2,leakage_W,energy_J\n";
  for (const auto& [core, row] : rows) {
    text += fmt::format("{},{},{},{:.9g},{:.9g},{:.17g}\n", core, row.cores, row.arrays,
                        static_cast<double>(row.cores) * in_si(estimate.core_area), row.leakage,
                        row.joules);
  }
  return text;
}

std::string estimate_json(const Estimate& estimate) {
  const Json report = {
      {"schema", 1},
      {"version", kVersion},
      {"network", estimate.network},
      {"architecture", estimate.architecture},
      {"weights", estimate.weights},
      {"macs", estimate.macs},
      {"weight_bits", estimate.cells.bits},
      {"columns_a_weight", estimate.cells.columns()},
      {"batch", estimate.batch},
      {"simulated", estimate.pipeline.simulated},
      {"arrays_used", estimate.mapping.arrays_used},
      {"cores_used", estimate.mapping.cores_used},
      {"utilisation", estimate.mapping.utilisation},
      {"latency_s", in_si(estimate.latency)},
      {"interval_s", in_si(estimate.interval)},
      {"images_per_second", estimate.images_per_second()},
      {"energy_J", in_si(estimate.energy)},
      {"operations_per_joule", estimate.operations_per_joule()},
      {"area_m2", in_si(estimate.area)},
      {"waited_s", in_si(to_time(estimate.pipeline.waited))},
      {"settled", estimate.pipeline.interval > 0},
      {"unpriced", estimate.unpriced},
      {"loading_J", estimate.loading ? Json(in_si(estimate.loading->energy)) : Json(nullptr)},
      {"programming", programming_json(estimate)},
      {"products", products_json(estimate)},
      {"layers", layers_json(estimate)},
      {"notes", estimate.notes}};
  return report.dump(2) + "\n";
}

}  // namespace dwmtj
