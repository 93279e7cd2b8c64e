// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_targets.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "architecture/architecture.h"
#include "architecture/chip_catalog.h"
#include "architecture/chip_parameters.h"
#include "common/catalog_folder.h"
#include "common/input_error.h"
#include "common/quantity_text.h"
#include "deployment/mapped_network.h"
#include "devices/catalog.h"
#include "devices/device_model.h"
#include "sweep/expansion.h"
#include "tests/mapping/small_networks.h"
#include "tests/support/require.h"
#include "tests/support/temporary_folder.h"
#include "tile/tile_parameters.h"

namespace dwmtj {
namespace {

using test::require;

void require_one_line(const InputError& error) {
  const std::string message = error.what();
  require(!message.empty(), "an empty message");
  for (const char c : message) require(c < 0 || c >= ' ', "a control character in a message");
}

// The file itself, or the line of a file of the catalog that it extends: the mutation that takes a
// key away is told where the rest of its section stands.
void require_file(const InputError& error, const std::filesystem::path& file,
                  const CatalogFolder& catalog) {
  const std::string message = error.what();
  if (message.rfind(file.string(), 0) == 0) return;
  const auto end = message.find(".yaml:");
  require(end != std::string::npos, "a message without its file");
  const std::filesystem::path base = message.substr(0, end) + ".yaml";
  require(find_in_catalog(catalog, base.stem().string()) == base,
          "a message of a file that was not read");
  require(std::atoi(message.c_str() + end + 6) > 0, "a message without its line");
}

// What device files of the catalog name lies beside them.
const TemporaryFolder& folder_with_tables() {
  static const TemporaryFolder kFolder;
  static const bool kCopied = [] {
    for (const auto& name :
         {"scaled-50nm_dG_increasing.txt.gz", "scaled-50nm_dG_decreasing.txt.gz"}) {
      std::filesystem::copy_file(find_device("scaled-50nm-table").parent_path() / name,
                                 kFolder / name);
    }
    return true;
  }();
  static_cast<void>(kCopied);
  return kFolder;
}

}  // namespace

void fuzz_quantity(const std::string& bytes) {
  if (bytes.empty()) return;
  constexpr int kDimensions = static_cast<int>(Dimension::barrier) + 1;
  const auto dimension = static_cast<Dimension>(static_cast<unsigned char>(bytes[0]) % kDimensions);
  try {
    const double value = parse_quantity(std::string_view(bytes).substr(1), dimension);
    require(std::isfinite(value), "a value that is not finite");
    const double again = parse_quantity(format_quantity(value, dimension, 17), dimension);
    require(std::abs(again - value) <= 1e-14 * std::abs(value), "a value that changes on its way");
  } catch (const InputError& error) {
    require_one_line(error);
  }
}

void fuzz_device_file(const std::string& bytes) {
  const auto file = folder_with_tables().write("device.yaml", bytes);
  try {
    const DeviceModel model(DeviceParameters::load(file));
    const auto& pads = model.parameters().operating_point.pad_voltage;
    require(model.table(model.pad_pulse(pads)).sites() == model.sites(), "a table of other sites");
  } catch (const InputError& error) {
    require_one_line(error);
    require_file(error, file, device_catalog());
  }
}

void fuzz_tile_file(const std::string& bytes) {
  static const TemporaryFolder kFolder;
  const auto file = kFolder.write("tile.yaml", bytes);
  try {
    const auto tile = TileParameters::load(file);
    for (const auto& time : {tile.timing.select_settle, tile.timing.field_settle,
                             tile.timing.pulse_relax, tile.timing.read_settle}) {
      require(tile.cycles(time) >= 1, "a settle time of no cycle");
    }
    require(tile.verify.reset_code <= tile.largest_code(), "a code that is none");
  } catch (const InputError& error) {
    require_one_line(error);
    require_file(error, file, tile_catalog());
  }
}

void fuzz_architecture_file(const std::string& bytes) {
  static const TemporaryFolder kFolder;
  kFolder.write("base.yaml", bytes);
  kFolder.write("top.yaml", "extends: base.yaml\n");
  for (const char* const name : {"base.yaml", "top.yaml"}) {
    try {
      const auto architecture = Architecture::load(kFolder / name);
      const double power = in_si(architecture.chip_figures().peak_power);
      require(std::isfinite(power) && power >= 0.0, "a power that is none");
      const auto again =
          Architecture::load(kFolder.write("again.yaml", architecture.effective_text));
      require(in_si(again.chip_figures().peak_power) == power, "a text of another architecture");
    } catch (const InputError& error) {
      require_one_line(error);
    }
  }
}

void fuzz_chip_file(const std::string& bytes) {
  static const TemporaryFolder kFolder;
  kFolder.write("base.yaml", bytes);
  kFolder.write("top.yaml", "extends: base.yaml\n");
  for (const char* const name : {"base.yaml", "top.yaml"}) {
    try {
      const auto chip = ChipParameters::load(kFolder / name);
      const auto& topology = chip.interconnect.topology;
      const int last = topology.routers() - 1;
      require(topology.hops(0, last) >= 1 && topology.hops(last, 0) >= 1, "routers out of reach");
      const auto again = ChipParameters::load(kFolder.write("again.yaml", chip.effective));
      require(again.tiles.count == chip.tiles.count, "a text of another chip");
    } catch (const InputError& error) {
      require_one_line(error);
    }
  }
}

void fuzz_layer_choices(const std::string& bytes) {
  static const TemporaryFolder kFolder;
  static const auto kChip = Architecture::load(find_chip("small"));
  try {
    MappingChoices choices;
    choices.layers = load_layer_choices(kFolder.write("layers.yaml", bytes));
    const auto mapped = map_onto(network_of({{64, 16, 10}, {16, 16, 10}}), kChip, choices);
    require(mapped.mapping.arrays_used <= mapped.mapping.grid.all_arrays(), "too many arrays");
    for (const auto& layer : mapped.mapping.layers) {
      const auto& name = mapped.network.layers[layer.layer].name;
      const auto chosen = choices.layers.find(name);
      if (chosen == choices.layers.end()) continue;
      require(chosen->second.copies.value_or(layer.copies) == layer.copies, "copies of their own");
    }
  } catch (const InputError& error) {
    require_one_line(error);
  }
}

void fuzz_sweep_plan(const std::string& bytes) {
  constexpr std::size_t kMany = 10'000;
  static const TemporaryFolder kFolder;
  try {
    const auto plan = SweepPlan::load(kFolder.write("plan.yaml", bytes));
    std::size_t size = 1;
    for (const auto& group : plan.groups) size *= std::min(group.size, kMany);
    if (size > kMany) return;
    const Expansion expansion(plan);
    for (std::size_t point = 0; point < expansion.size(); ++point) {
      require(!expansion.words(point).empty(), "a point without a command");
      require(expansion.values(point).size() == expansion.axes().size(), "an axis without a value");
    }
  } catch (const InputError& error) {
    require_one_line(error);
  }
}

}  // namespace dwmtj
