// SPDX-License-Identifier: Apache-2.0
// Commands that simulate live in a program of their own, dwmtj-simulate: loading SystemC takes
// longer than the other commands need to start.
#pragma once

#include <string>

#include <CLI/App.hpp>

#include "app/commands.h"

namespace dwmtj {

inline constexpr const char* kRunDescription =
    "Run a testbench on the pin-level tile; without one, list them.";
inline constexpr const char* kReplayDescription =
    "Replay a command trace on one view of tiles, or on all three to see that they agree.";

// A command whose words are handed to dwmtj-simulate unseen.
void add_simulator_command(CLI::App& app, const CommandLine& line, const std::string& name,
                           const std::string& description);

}  // namespace dwmtj
