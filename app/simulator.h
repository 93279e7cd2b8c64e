// SPDX-License-Identifier: Apache-2.0
// Commands that simulate live in programs of their own, dwmtj-simulate and dwmtj-estimate: loading
// SystemC and ONNX takes longer than the other commands need to start.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "app/commands.h"

namespace dwmtj {

inline constexpr const char* kRunDescription =
    "Run a testbench on the pin-level tile; without one, list them.";
inline constexpr const char* kReplayDescription =
    "Replay a command trace on one view of tiles, or on all three to see that they agree.";

inline constexpr const char* kEstimateDescription =
    "Estimate energy, latency and area of an ONNX network on an architecture.";
inline constexpr const char* kSimulateDescription =
    "Run an ONNX network with values on a simulated chip: labels, time and energy.";
inline constexpr const char* kMapDescription =
    "Map an ONNX network to the arrays of an architecture.";
inline constexpr const char* kInferDescription =
    "Classify labelled images by an ONNX network, in software and with its weights on devices.";
inline constexpr const char* kLearnDescription =
    "Learn from a stream of images with weights held by devices (Figs. 4 and 5).";
inline constexpr const char* kCompareDescription =
    "Put the results of several estimates side by side.";

// Where a program is that was built and installed beside this one.
std::filesystem::path beside_this(const std::string& program);

// The program of this name beside this one takes over this process: its exit status and Ctrl-C are
// ours. Throws InputError when it cannot be run.
[[noreturn]] void become(const std::string& name, std::vector<std::string> words);

// A command whose words are handed to `program`, beside this one, unseen.
void add_command_of(const std::string& program, CLI::App& app, const CommandLine& line,
                    const std::string& name, const std::string& description);

}  // namespace dwmtj
