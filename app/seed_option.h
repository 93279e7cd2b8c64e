// SPDX-License-Identifier: Apache-2.0
// The --seed option of commands that draw.
#pragma once

#include <cstdint>

#include <CLI/App.hpp>

namespace dwmtj {

CLI::Option* add_seed_option(CLI::App& command, std::uint64_t& seed);

}  // namespace dwmtj
