// SPDX-License-Identifier: Apache-2.0
#include "testbenches/scenario.h"

#include <limits>

#include "arrays/state_file.h"
#include "common/catalog_folder.h"
#include "common/input_error.h"
#include "devices/catalog.h"
#include "devices/device_model.h"
#include "testbenches/command_reader.h"
#include "testbenches/tile_overrides.h"

namespace dwmtj {
namespace {

const CatalogFolder& scenario_catalog() {
  static const CatalogFolder kCatalog{"testbenches/scenarios", "scenario"};
  return kCatalog;
}
constexpr long kMostRows = 1024;
constexpr long kMostCounted = std::numeric_limits<std::int32_t>::max();

TileParameters load_tile(const ParameterNode& root) {
  auto tile = TileParameters::load(root.named_file("tile", tile_catalog()));
  if (root.has("overrides")) read_overrides(root.child("overrides"), tile);
  return tile;
}

StallParameters read_stall(const ParameterNode& node) {
  StallParameters stall{node.quantity("probability", Dimension::number),
                        node.quantity<Time>("most")};
  if (stall.probability < 0.0 || stall.probability > 1.0) {
    node.fail("probability", "expected 0 to 1, or 0 % to 100 %");
  }
  if (stall.most < 0.0 * si::seconds || stall.most > 1.0 * si::seconds) {
    node.fail("most", "expected 0 s to 1 s");
  }
  node.finish();
  return stall;
}

std::optional<long> read_count(const ParameterNode& node, const std::string& key) {
  if (!node.has(key)) return std::nullopt;
  return node.integer(key, 0, kMostCounted);
}

void read_totals(const ParameterNode& node, Scenario& scenario) {
  scenario.flagged = read_count(node, "flagged");
  scenario.failed = read_count(node, "failed");
  scenario.violations = read_count(node, "violations");
  node.finish();
  if (!scenario.flagged && !scenario.failed && !scenario.violations) node.fail("expects nothing");
  if (scenario.violations && scenario.protocol == ProtocolPolicy::off) {
    node.fail("violations", "nobody counts them with 'protocol: off'");
  }
}

}  // namespace

Scenario Scenario::load(const std::filesystem::path& file, std::optional<std::uint64_t> seed,
                        const ParameterOverrides& overrides, const std::filesystem::path& states) {
  const auto root = ParameterNode::load(file, overrides);
  Scenario scenario;
  scenario.file = file;
  scenario.effective_text = root.effective_text();
  scenario.name = root.text("name");
  scenario.title = root.text("title");
  scenario.shape.rows = static_cast<int>(root.integer("rows", 1, kMostRows));
  scenario.shape.columns = static_cast<int>(root.integer("columns", 1, kMostRows));
  scenario.seed = root.seed("seed");
  if (seed) scenario.seed = *seed;
  scenario.tile = load_tile(root);
  scenario.device = scenario.tile.load_device();
  const DeviceModel device(scenario.device);
  scenario.tile.check_device(device);
  if (!states.empty()) {
    scenario.initial = read_states(states, {device, scenario.shape, scenario.seed, 1}).front();
  }
  if (root.has("stall")) scenario.stall = read_stall(root.child("stall"));
  if (root.has("protocol")) {
    scenario.protocol =
        static_cast<ProtocolPolicy>(root.choice("protocol", {"off", "warn", "fail"}));
  }
  if (root.has("expect")) read_totals(root.child("expect"), scenario);
  const auto steps = root.items("commands");
  if (steps.empty()) root.fail("commands", "expected at least one command");
  CommandReader(scenario).read(steps);
  root.finish();
  return scenario;
}

std::string scenario_title(const std::filesystem::path& file) {
  return ParameterNode::load(file).text("title");
}

std::filesystem::path find_scenario(const std::string& name_or_file) {
  return find_in_catalog(scenario_catalog(), name_or_file);
}

std::vector<std::string> scenario_names() { return names_in_catalog(scenario_catalog()); }

}  // namespace dwmtj
