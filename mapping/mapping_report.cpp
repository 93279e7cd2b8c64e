// SPDX-License-Identifier: Apache-2.0
#include "mapping/mapping_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/name_text.h"
#include "common/version.h"

namespace dwmtj {
namespace {

// "0-3 7"
std::string core_ranges(const LayerMapping& layer) {
  std::vector<int> cores;
  for (const auto& fragment : layer.fragments) cores.push_back(fragment.core);
  std::sort(cores.begin(), cores.end());
  cores.erase(std::unique(cores.begin(), cores.end()), cores.end());
  std::string text;
  for (std::size_t first = 0; first < cores.size();) {
    std::size_t last = first;
    while (last + 1 < cores.size() && cores[last + 1] == cores[last] + 1) ++last;
    text += text.empty() ? "" : " ";
    text += first == last ? fmt::format("{}", cores[first])
                          : fmt::format("{}-{}", cores[first], cores[last]);
    first = last + 1;
  }
  return text;
}

std::string matrix_text(const Tiling& tiling) {
  const auto size = fmt::format("{} x {}", tiling.rows, tiling.columns);
  return tiling.groups == 1 ? size : fmt::format("{} of {}", tiling.groups, size);
}

std::string blocks_text(const Tiling& tiling) {
  if (tiling.groups_per_array > 1) return fmt::format("{} in 1", tiling.groups_per_array);
  return fmt::format("{} x {}", tiling.row_splits, tiling.column_splits);
}

// "2", or "2 to 4" where layers differ
std::string weight_width(const Mapping& mapping) {
  const auto& layers = mapping.layers;
  if (layers.empty()) return std::to_string(mapping.grid.slices);
  const auto narrower = [](const LayerMapping& a, const LayerMapping& b) {
    return a.slices < b.slices;
  };
  const auto [least, most] = std::minmax_element(layers.begin(), layers.end(), narrower);
  return least->slices == most->slices ? std::to_string(least->slices)
                                       : fmt::format("{} to {}", least->slices, most->slices);
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

struct Row {
  std::string layer, matrix, windows, blocks, copies, steps, arrays, utilisation, cores;
};

std::string text_of(const Row& row, std::size_t name_width) {
  return fmt::format("{:<{}} {:>18} {:>8} {:>9} {:>7} {:>8} {:>12} {:>11}  {}\n", row.layer,
                     name_width, row.matrix, row.windows, row.blocks, row.copies, row.steps,
                     row.arrays, row.utilisation, row.cores);
}

Row row_of(const Layer& layer, const LayerMapping& mapped) {
  return {printable(layer.name),
          matrix_text(mapped.tiling),
          std::to_string(layer.windows()),
          blocks_text(mapped.tiling),
          std::to_string(mapped.copies),
          std::to_string(mapped.steps),
          std::to_string(mapped.arrays()),
          percent(mapped.utilisation),
          core_ranges(mapped)};
}

}  // namespace

std::string mapping_text(const Network& network, const Mapping& mapping) {
  const auto& grid = mapping.grid;
  std::vector<Row> rows = {{"layer", "matrix", "windows", "blocks", "copies", "steps", "arrays",
                            "utilisation", "cores"}};
  for (const auto& layer : mapping.layers)
    rows.push_back(row_of(network.layers[layer.layer], layer));
  rows.push_back({"total", "", "", "", "", std::to_string(mapping.steps),
                  fmt::format("{} of {}", mapping.arrays_used, grid.all_arrays()),
                  percent(mapping.utilisation),
                  fmt::format("{} of {}", mapping.cores_used, grid.cores)});
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.layer.size());
  auto text =
      fmt::format("network {} on {} cores of {} arrays; an array is {} x {}, a weight {} wide\n\n",
                  printable(network.name), grid.cores, grid.arrays, grid.rows, grid.columns,
                  weight_width(mapping));
  for (const auto& row : rows) text += text_of(row, width);
  return text;
}

std::string layers_csv(const Network& network, const Mapping& mapping) {
  std::string text =
      "layer,kind,groups,rows,columns,windows,groups_per_array,row_splits,column_splits,"
      "slices,copies,steps,arrays,utilisation,cores\n";
  for (const auto& mapped : mapping.layers) {
    const auto& layer = network.layers[mapped.layer];
    const auto& tiling = mapped.tiling;
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{:.6g},{}\n",
                        csv_field(printable(layer.name)), name_of(layer.kind), tiling.groups,
                        tiling.rows, tiling.columns, layer.windows(), tiling.groups_per_array,
                        tiling.row_splits, tiling.column_splits, mapped.slices, mapped.copies,
                        mapped.steps, mapped.arrays(), mapped.utilisation, core_ranges(mapped));
  }
  return text;
}

std::string fragments_csv(const Network& network, const Mapping& mapping) {
  std::string text =
      "layer,copy,core,first_array,arrays,first_block,inputs,outputs,driven_rows,read_columns,"
      "weights,utilisation\n";
  for (const auto& mapped : mapping.layers) {
    const auto name = csv_field(printable(network.layers[mapped.layer].name));
    for (const auto& part : mapped.fragments) {
      text +=
          fmt::format("{},{},{},{},{},{},{},{},{},{},{},{:.6g}\n", name, part.copy, part.core,
                      part.first_array, part.arrays, part.first_block, part.inputs, part.outputs,
                      part.driven_rows, part.read_columns, part.weights, part.utilisation);
    }
  }
  return text;
}

std::string mapping_json(const Network& network, const Mapping& mapping) {
  const auto& grid = mapping.grid;
  const nlohmann::ordered_json json = {{"network", printable(network.name)},
                                       {"version", kVersion},
                                       {"cores", grid.cores},
                                       {"arrays", grid.arrays},
                                       {"rows", grid.rows},
                                       {"columns", grid.columns},
                                       {"slices", grid.slices},
                                       {"cores_used", mapping.cores_used},
                                       {"arrays_used", mapping.arrays_used},
                                       {"steps", mapping.steps},
                                       {"utilisation", mapping.utilisation}};
  // Names need not be UTF-8.
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void write_mapping(const RunFolder& folder, const Network& network, const Mapping& mapping) {
  folder.write("layers.csv", layers_csv(network, mapping));
  folder.write("fragments.csv", fragments_csv(network, mapping));
  folder.write("mapping.json", mapping_json(network, mapping));
}

}  // namespace dwmtj
