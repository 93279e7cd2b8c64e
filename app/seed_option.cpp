// SPDX-License-Identifier: Apache-2.0
#include "app/seed_option.h"

#include <charconv>
#include <limits>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "common/input_error.h"

namespace dwmtj {

// CLI11 reads -1 and numbers that are too large as the largest one.
CLI::Option* add_seed_option(CLI::App& command, std::uint64_t& seed) {
  return command
      .add_option_function<std::string>(
          "--seed",
          [&seed](const std::string& text) {
            const char* const end = text.data() + text.size();
            const auto [stop, error] = std::from_chars(text.data(), end, seed);
            if (error != std::errc{} || stop != end) {
              throw InputError(fmt::format("--seed: '{}' is not a whole number from 0 to {}", text,
                                           std::numeric_limits<std::uint64_t>::max()));
            }
          },
          "Seed of all draws")
      ->type_name("UINT")
      ->default_str(fmt::format("{}", seed));
}

}  // namespace dwmtj
