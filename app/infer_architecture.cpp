// SPDX-License-Identifier: Apache-2.0
#include "app/infer_architecture.h"

#include <fmt/format.h>

#include "app/design_warnings.h"
#include "app/result_bits.h"
#include "app/set_option.h"
#include "architecture/chip_catalog.h"
#include "architecture/chip_parameters.h"
#include "common/effective_file.h"
#include "common/input_error.h"
#include "inference/study_device.h"
#include "tile/effective_tile.h"

namespace dwmtj {
namespace {

const char* const kBits = "--converter-bits";

const Synapse& synapse_of(const MappedNetwork& mapped) {
  if (mapped.synapse) return *mapped.synapse;
  throw InputError(
      fmt::format("--arch {}: names no tile, so no device: expected --tile as well (dwmtj tiles)",
                  mapped.architecture.name));
}

void require_pairs(const MappedNetwork& mapped) {
  const auto& cells = mapped.cells;
  if (cells.pairs) return;
  const int columns = 2 * WeightCells{cells.bits, cells.bits_per_cell, true}.digits();
  throw InputError(fmt::format(
      "--arch {}: a weight sits on single cells, moved up to be never negative; values are worked "
      "out for pairs: expected an architecture that has them (--set core.columns_per_weight={})",
      mapped.architecture.name, columns));
}

void refuse_device(const StudyOptions& study) {
  if (!study.device) return;
  throw InputError("--device: the architecture's tile names it: expected --tile, or no --arch");
}

}  // namespace

void take_overrides(const InferOptions& options, StudyOptions& study) {
  const SetParts set(options.overrides);
  study.over_device = set.over_named_device();
  study.over_tile = ParameterOverrides(set.tile);
  if (!study.reads_by_tile() || !study.device) return;
  study.converter_bits = result_bits_of(options.converter_bits, *StudyDevice(study).tile(), kBits);
}

bool is_chip_of_tiles(const InferOptions& options) {
  if (options.architecture.empty()) return false;
  if (options.study.reads_by_tile()) return true;
  return !ParameterNode::load(find_chip(options.architecture), chip_catalog()).has("core");
}

std::string take_tiles(const InferOptions& options, StudyOptions& study) {
  refuse_device(study);
  if (study.tile) {
    throw InputError("--tile: the tiles of a chip are its own: expected --set tiles.tile=NAME");
  }
  const SetParts set(options.overrides);
  auto chip = ChipParameters::load(find_chip(options.architecture), ParameterOverrides(set.named));
  auto tile = TileParameters::load(chip.tiles.file, ParameterOverrides(set.tile));
  auto device = tile.load_device(ParameterOverrides(set.device));
  warn_of_design(tile, DeviceModel(device), {chip.tiles.rows, chip.tiles.columns});
  study.rows = chip.tiles.rows;
  study.columns = chip.tiles.columns;
  study.tiles = chip.tiles.count;
  study.device = device.name;
  if (study.reads_by_tile() || !options.save_calibration.empty()) {
    study.converter_bits = result_bits_of(options.converter_bits, tile, kBits);
  }
  study.given = {std::move(tile), std::move(device)};
  return effective_file(chip.effective, chip.file, {{"tiles.tile", kEffectiveTile}});
}

Architecture load_cores(const InferOptions& options) {
  return Architecture::load(find_chip(options.architecture),
                            ParameterOverrides(SetParts(options.overrides).named));
}

MappedNetwork map_study(const InferOptions& options, Network network, StudyOptions& study) {
  refuse_device(study);
  const SetParts set(options.overrides);
  MappingChoices choices;
  choices.bits = study.bits;
  choices.tile = study.tile;
  choices.over_tile = ParameterOverrides(set.tile);
  choices.over_device = ParameterOverrides(set.device);
  auto mapped = map_onto(std::move(network), load_cores(options), choices);
  const auto& synapse = synapse_of(mapped);
  require_pairs(mapped);
  const auto& shape = mapped.architecture.core.shape;
  warn_of_design(synapse.tile, synapse.device, {shape.rows, shape.weights_per_row()});
  study.rows = shape.rows;
  study.columns = shape.columns / 2;  // pairs
  study.bits = mapped.cells.bits;
  study.device = synapse.device.parameters().name;
  study.given = {synapse.tile, synapse.device.parameters()};
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
