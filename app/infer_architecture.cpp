// SPDX-License-Identifier: Apache-2.0
#include "app/infer_architecture.h"

#include <fmt/format.h>

#include "app/design_warnings.h"
#include "app/set_option.h"
#include "architecture/chip_catalog.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

const Synapse& synapse_of(const MappedNetwork& mapped) {
  if (mapped.synapse) return *mapped.synapse;
  throw InputError(
      fmt::format("--arch {}: names no tile, so no device: expected --tile as well (dwmtj tiles)",
                  mapped.architecture.name));
}

void require_one_pair(const MappedNetwork& mapped) {
  const auto& cells = mapped.cells;
  if (cells.pairs && cells.digits() == 1) return;
  throw InputError(
      fmt::format("--arch {}: a weight of {} bits takes {} columns of {} levels; values are "
                  "worked out for one pair: expected --bits {} or less, or a tile whose device has "
                  "{} levels",
                  mapped.architecture.name, cells.bits, cells.columns(), cells.levels(),
                  cells.bits_per_cell + 1, 1 << (cells.bits - 1)));
}

}  // namespace

void add_architecture_argument(CLI::App& command, ArchitectureArgument& argument) {
  command.add_option("--arch", argument.name,
                     "Whose arrays and tile hold the weights; with energy and latency of a run");
  add_set_option(command, argument.overrides, "architecture");
}

MappedNetwork map_study(const ArchitectureArgument& argument, Network network,
                        StudyOptions& study) {
  if (study.device) {
    throw InputError("--device: the architecture's tile names it: expected --tile, or no --arch");
  }
  MappingChoices choices;
  choices.bits = study.bits;
  choices.tile = study.tile;
  auto mapped =
      map_onto(std::move(network),
               Architecture::load(find_chip(argument.name), ParameterOverrides(argument.overrides)),
               choices);
  const auto& tile = synapse_of(mapped).tile;
  require_one_pair(mapped);
  warn_of_design(
      tile, synapse_of(mapped).device,
      {mapped.architecture.core.shape.rows, mapped.architecture.core.shape.weights_per_row()});
  const auto& shape = mapped.architecture.core.shape;
  study.rows = shape.rows;
  study.columns = shape.columns / mapped.cells.columns();
  study.bits = mapped.cells.bits;
  study.tile = tile.file.string();
  study.device = tile.device_file.string();
  return mapped;
}

std::string cost_note(const MappedNetwork& mapped) {
  const auto& shape = mapped.architecture.core.shape;
  const auto readout = shape.readout == Readout::comparator
                           ? std::string("a comparator a column")
                           : fmt::format("conversions of {} bits", shape.adc_bits);
  return fmt::format("costs        of inputs of {} bits, {} a step, and {}\n\n", shape.input_bits,
                     shape.input_bits_per_step, readout);
}

}  // namespace dwmtj
