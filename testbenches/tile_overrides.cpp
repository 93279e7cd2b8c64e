// SPDX-License-Identifier: Apache-2.0
#include "testbenches/tile_overrides.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/picoseconds.h"

namespace dwmtj {
namespace {

struct Override {
  const char* path;
  Dimension dimension;
  void (*set)(TileParameters& tile, double value);
};

const std::vector<Override> kOverrides = {
    {"timing.clock_period", Dimension::time,
     [](TileParameters& t, double v) {
       t.timing.clock_period = to_time(to_picoseconds(from_si<Time>(v)));
     }},
    {"timing.select_settle", Dimension::time,
     [](TileParameters& t, double v) { t.timing.select_settle = from_si<Time>(v); }},
    {"timing.field_settle", Dimension::time,
     [](TileParameters& t, double v) { t.timing.field_settle = from_si<Time>(v); }},
    {"timing.pulse_relax", Dimension::time,
     [](TileParameters& t, double v) { t.timing.pulse_relax = from_si<Time>(v); }},
    {"timing.read_settle", Dimension::time,
     [](TileParameters& t, double v) { t.timing.read_settle = from_si<Time>(v); }},
    {"driver.asymmetry", Dimension::number,
     [](TileParameters& t, double v) { t.driver.asymmetry = v; }},
    {"read.voltage", Dimension::voltage,
     [](TileParameters& t, double v) { t.read.voltage = from_si<Voltage>(v); }},
    {"read.reference_error", Dimension::number,
     [](TileParameters& t, double v) { t.read.reference_error = v; }},
    {"comparator.offset", Dimension::voltage,
     [](TileParameters& t, double v) { t.comparator.offset = from_si<Voltage>(v); }},
    {"comparator.noise", Dimension::voltage,
     [](TileParameters& t, double v) { t.comparator.noise = from_si<Voltage>(v); }},
    {"comparator.window", Dimension::time,
     [](TileParameters& t, double v) { t.comparator.window = from_si<Time>(v); }},
    {"sum_reference.full_scale", Dimension::current,
     [](TileParameters& t, double v) { t.sum_reference.full_scale = from_si<Current>(v); }},
    {"sum_reference.mismatch", Dimension::number,
     [](TileParameters& t, double v) { t.sum_reference.mismatch = v; }},
    {"verify.step", Dimension::number,
     [](TileParameters& t, double v) { t.verify.step = static_cast<int>(v); }},
    {"verify.attempts", Dimension::number,
     [](TileParameters& t, double v) { t.verify.attempts = static_cast<int>(v); }},
    {"verify.pulses", Dimension::number,
     [](TileParameters& t, double v) { t.verify.pulses = static_cast<int>(v); }},
};

Constant& constant_of(TileParameters& tile, const char* path, const ParameterNode& node) {
  const auto found = std::find_if(tile.constants.begin(), tile.constants.end(),
                                  [&](const Constant& constant) { return constant.path == path; });
  if (found == tile.constants.end()) {
    node.fail(path, fmt::format("the tile '{}' has none", tile.name));
  }
  return *found;
}

// "[0 V, 1 V]" as the tile file has it.
bool within(const std::string& range, double value, Dimension dimension) {
  const auto comma = range.find(", ");
  const double least = parse_quantity(range.substr(1, comma - 1), dimension);
  const double most = parse_quantity(range.substr(comma + 2, range.size() - comma - 3), dimension);
  return value >= least && value <= most;
}

bool is_whole_number(const std::string& path) { return path.rfind("verify.", 0) == 0; }

void check_duration_of(const char* path, double value, const ParameterNode& node) {
  try {
    check_duration(from_si<Time>(value));
  } catch (const InputError& error) {
    node.fail(path, error.what());
  }
}

void apply(const Override& override, const ParameterNode& node, TileParameters& tile) {
  auto& constant = constant_of(tile, override.path, node);
  const double value = node.quantity(override.path, override.dimension);
  if (is_whole_number(override.path) && value != std::floor(value)) {
    node.fail(override.path, "expected a whole number");
  }
  if (!within(constant.range, value, override.dimension)) {
    node.fail(override.path,
              fmt::format("{} is out of range {}", node.text(override.path), constant.range));
  }
  if (override.dimension == Dimension::time) check_duration_of(override.path, value, node);
  override.set(tile, value);
  constant.value = node.text(override.path);
  constant.source = "the scenario";
}

}  // namespace

void read_overrides(const ParameterNode& node, TileParameters& tile) {
  for (const auto& override : kOverrides) {
    if (node.has(override.path)) apply(override, node, tile);
  }
  node.finish();
}

}  // namespace dwmtj
