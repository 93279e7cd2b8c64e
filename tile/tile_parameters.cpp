// SPDX-License-Identifier: Apache-2.0
#include "tile/tile_parameters.h"

#include <cmath>

#include <fmt/format.h>

#include "core/catalog_folder.h"
#include "core/input_error.h"

namespace dwmtj {
namespace {

const char* const kCatalog = "tile/catalog";

TimingParameters read_timing(const ParameterNode& node) {
  return {node.constant<Time>("clock_period"), node.constant<Time>("select_settle"),
          node.constant<Time>("field_settle"), node.constant<Time>("pulse_relax"),
          node.constant<Time>("read_settle")};
}

int whole(const ParameterNode& node, const std::string& key) {
  const double value = node.constant(key, Dimension::number);
  if (value != std::floor(value)) node.fail(key, "expected a whole number");
  return static_cast<int>(value);
}

DriverParameters read_driver(const ParameterNode& node) {
  return {whole(node, "code_bits"), node.constant<Current>("code_step"),
          node.constant("asymmetry", Dimension::number), node.constant<Voltage>("compliance"),
          node.constant<Voltage>("supply")};
}

ReadParameters read_read(const ParameterNode& node) {
  return {node.constant<Voltage>("voltage"), node.constant<Resistance>("load"),
          node.constant("reference_error", Dimension::number)};
}

ComparatorParameters read_comparator(const ParameterNode& node) {
  return {node.constant<Voltage>("offset"), node.constant<Voltage>("noise"),
          node.constant<Time>("delay"),     node.constant<Time>("regeneration"),
          node.constant<Voltage>("swing"),  node.constant<Time>("window"),
          node.constant<Energy>("energy")};
}

// A current as the nearest code of the driver.
int code_of(const ParameterNode& node, const std::string& key, double current,
            const TileParameters& tile) {
  const double code = std::round(current / in_si(tile.driver.code_step));
  if (code < 1.0 || code > tile.largest_code()) {
    node.fail(key, fmt::format("{} is not a current of this driver; expected {} to {}",
                               format_quantity(current, Dimension::current),
                               format_quantity(tile.driver.code_step),
                               format_quantity(static_cast<double>(tile.largest_code()) *
                                               tile.driver.code_step)));
  }
  return static_cast<int>(code);
}

int code(const ParameterNode& node, const std::string& key, const TileParameters& tile) {
  return code_of(node, key, node.constant(key, Dimension::current), tile);
}

VerifyParameters read_verify(const ParameterNode& node, const TileParameters& tile) {
  VerifyParameters verify;
  verify.strategy = node.choice("strategy", {"step-and-reset", "nudge"}) == 0
                        ? VerifyStrategy::step_and_reset
                        : VerifyStrategy::nudge;
  for (const auto& level : node.items("levels")) {
    verify.first_codes.push_back(code(level, "first_current", tile));
    level.finish();
  }
  verify.last_code = code(node, "last_current", tile);
  verify.step = whole(node, "step");
  verify.reset_code = code(node, "reset_current", tile);
  verify.attempts = whole(node, "attempts");
  verify.pulses = whole(node, "pulses");
  return verify;
}

OverheadParameters read_overhead(const ParameterNode& node) {
  return {node.constant<Energy>("select"), node.constant<Energy>("cycle"),
          node.constant<Power>("driver_leakage"), node.constant<Power>("comparator_leakage"),
          node.constant<Power>("controller_leakage")};
}

}  // namespace

TileParameters TileParameters::load(const std::filesystem::path& file) {
  const auto root = ParameterNode::load(file);
  TileParameters tile;
  tile.file = file;
  tile.name = root.text("name");
  tile.title = root.text("title");
  tile.device = root.text("device");
  const auto timing = root.child("timing");
  const auto driver = root.child("driver");
  const auto read = root.child("read");
  const auto comparator = root.child("comparator");
  const auto verify = root.child("verify");
  const auto update = root.child("update");
  const auto overhead = root.child("overhead");
  tile.timing = read_timing(timing);
  tile.driver = read_driver(driver);
  tile.read = read_read(read);
  tile.comparator = read_comparator(comparator);
  tile.verify = read_verify(verify, tile);
  tile.update = {code(update, "current_up", tile), code(update, "current_down", tile)};
  tile.overhead = read_overhead(overhead);
  for (const auto& node : {timing, driver, read, comparator, verify, update, overhead, root}) {
    node.finish();
  }
  tile.constants = root.constants();
  return tile;
}

void TileParameters::check_levels(const DeviceModel& model) const {
  if (verify.first_codes.size() == static_cast<std::size_t>(model.sites())) return;
  throw InputError(fmt::format("{}: verify.levels: {} entries; the device '{}' has {} levels",
                               file.string(), verify.first_codes.size(), model.parameters().name,
                               model.sites()));
}

int TileParameters::cycles(Time time) const {
  // A hair of slack, so that 2 ns at 1 ns are two cycles whatever the last bit says.
  return std::max(1, static_cast<int>(std::ceil(time / timing.clock_period - 1e-9)));
}

std::filesystem::path find_tile(const std::string& name_or_file) {
  return find_in_catalog(kCatalog, "tile", name_or_file);
}

std::vector<std::string> tile_names() { return names_in_catalog(kCatalog); }

}  // namespace dwmtj
