// SPDX-License-Identifier: Apache-2.0
#include "app/json_option.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/json_object.h"
#include "app/standard_output.h"
#include "common/input_error.h"
#include "common/last_results.h"
#include "common/version.h"

namespace dwmtj {
namespace {

// Files that would be printed among the object.
bool is_standard_output(const std::string& word) {
  const auto names = {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"};
  return std::any_of(names.begin(), names.end(), [&](const char* const name) {
    return word == name || word == fmt::format("--vcd={}", name);
  });
}

void begin(const CommandLine& line, bool& wanted) {
  if (std::any_of(line.words.begin(), line.words.end(), is_standard_output)) {
    throw InputError("--json: the standard output is all its own: give a file elsewhere");
  }
  wanted = true;
  shut_standard_output();
}

}  // namespace

void add_json_options(CLI::App& app, const CommandLine& line, bool& wanted) {
  for (auto* const command : app.get_subcommands({})) {
    if (line.elsewhere->count(command->get_name()) > 0) continue;  // the other program does it
    command->add_flag_callback(
        "--json", [&wanted, line] { begin(line, wanted); },
        "Print one object of JSON in place of text");
  }
}

void print_json(const CommandLine& line, const CommandEnd& end) {
  reopen_standard_output();
  JsonObject object;
  object.set("command", line.words).set("version", kVersion).set("status", end.status);
  if (!end.error.empty()) object.set("error", end.error);
  const auto folder = last_results();
  if (!folder.empty()) object.set("folder", folder.string());
  if (!line.found->empty()) object.set("found", *line.found);
  fmt::print("{}\n", object.text());
}

}  // namespace dwmtj
