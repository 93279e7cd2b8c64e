// SPDX-License-Identifier: Apache-2.0
// A testbench as a file: a tile, commands for it, and what is expected of each (format:
// docs/testbenches/scenario.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "arrays/pair_array.h"
#include "arrays/tile_state.h"
#include "devices/device_parameters.h"
#include "testbenches/expectation.h"
#include "tile/tile_parameters.h"

namespace dwmtj {

// One command on the pins.
struct ScenarioCommand {
  TileCommand command;
  Expectation expected;
  std::size_t step = 0;  // the entry of `commands:` it comes from
  bool intrude = false;  // while it is busy, another one is offered and withdrawn
};

// Random delays of every handshake: host, drivers and comparators.
struct StallParameters {
  double probability = 0.0;
  Time most = 0.0 * si::seconds;
};

// What to do about broken rules of handshakes.
enum class ProtocolPolicy : std::uint8_t { off, warn, fail };

struct Scenario {
  std::string name;
  std::string title;
  std::filesystem::path file;
  TileParameters tile;  // with the overrides
  DeviceParameters device;
  ArrayShape shape{};
  std::uint64_t seed = 1;
  std::optional<TileState> initial;  // none: saturated
  StallParameters stall;
  ProtocolPolicy protocol = ProtocolPolicy::fail;
  std::vector<ScenarioCommand> commands;
  std::string effective_text;   // the file, with what was set on the command line
  std::vector<long> tolerated;  // a step: wrong entries of data that are forgiven

  // Of the whole run, where given.
  std::optional<long> flagged;     // cells that did not reach their level
  std::optional<long> failed;      // commands not answered with ok
  std::optional<long> violations;  // of the rules of handshakes; not given: none, if they fail

  // `seed` replaces that of the file; `states`, if not empty, is a file of states to begin with.
  // Throws InputError: file:line, key, what was expected.
  static Scenario load(const std::filesystem::path& file,
                       std::optional<std::uint64_t> seed = std::nullopt,
                       const ParameterOverrides& overrides = {},
                       const std::filesystem::path& states = {});
};

// Only what a list of scenarios shows.
std::string scenario_title(const std::filesystem::path& file);

// A path that ends in .yaml, or a name among the scenarios that come with the project.
std::filesystem::path find_scenario(const std::string& name_or_file);
std::vector<std::string> scenario_names();

}  // namespace dwmtj
