// SPDX-License-Identifier: Apache-2.0
#include "app/entry.h"

#include <algorithm>
#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/json_option.h"
#include "app/quiet_option.h"
#include "app/report.h"
#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "common/version.h"

namespace dwmtj {
namespace {

constexpr int kInputErrorStatus = 2;
const char* const kNotPrinted = "standard output cannot be written (disk full?)";

// CLI11 would only say that a subcommand is required.
void reject_unknown_command(CLI::App& app, const std::string& word) {
  if (word.empty() || word.front() == '-') return;
  std::vector<std::string> names;
  for (const auto* const command : app.get_subcommands({})) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), word) != names.end()) return;
  throw InputError(fmt::format("unknown command '{}'; known: {}", word, fmt::join(names, ", ")));
}

std::unique_ptr<CLI::App> make_app(const CommandLine& line, CommonOptions& options) {
  auto app =
      std::make_unique<CLI::App>("A model of neuromorphic hardware with domain-wall MTJ synapses.");
  app->set_version_flag("--version", std::string("dwmtj ") + kVersion);
  app->require_subcommand(1);
  app->get_formatter()->column_width(34);
  add_commands(*app, line);
  add_sweep_command(*app, line);
  add_quiet_options(*app);
  add_report_options(*app, options.report);
  add_json_options(*app, line, options.json);
  return app;
}

// Calls back into the command that the words name. Help and version are printed; their status.
int parse(CLI::App& app, const std::vector<std::string>& words) {
  if (words.size() > 1) reject_unknown_command(app, words[1]);
  std::vector<const char*> arguments;
  arguments.reserve(words.size());
  for (const auto& word : words) arguments.push_back(word.c_str());
  try {
    app.parse(static_cast<int>(arguments.size()), arguments.data());
    return 0;
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion& version) {
    return app.exit(version);
  } catch (const CLI::ParseError& error) {
    const bool of_command = words.size() > 1 && words[1].front() != '-';
    throw InputError(fmt::format("{} (see dwmtj {}--help)", error.what(),
                                 of_command ? words[1] + ' ' : std::string()));
  }
}

int run(const std::vector<std::string>& words, const CommandLine& line, CommonOptions& options) {
  const auto app = make_app(line, options);
  const int printed = parse(*app, words);
  if (printed != 0) return printed;
  return options.report && *line.status == 0 ? report_results() : *line.status;
}

// What is printed last may still be on its way.
CommandEnd checked(int status) {
  std::fflush(stdout);
  if (std::ferror(stdout) == 0) return {status, ""};
  return {kDiskFullStatus, kNotPrinted};
}

CommandEnd end_of(const std::vector<std::string>& words, const CommandLine& line,
                  CommonOptions& options) {
  try {
    return checked(run(words, line, options));
  } catch (const InputError& error) {
    return {kInputErrorStatus, error.what()};
  } catch (const DiskFullError& error) {
    return {kDiskFullStatus, error.what()};
  } catch (const std::exception& error) {
    if (std::ferror(stdout) != 0) return checked(1);
    return {1, fmt::format("internal error: {}", error.what())};
  }
}

}  // namespace

CommandEnd run_command(const std::vector<std::string>& words,
                       const std::vector<std::string>& recorded) {
  int status = 0;
  CommonOptions options;
  const CommandLine line{recorded, &status};
  auto end = end_of(words, line, options);
  if (!options.json) return end;
  print_json(line, end);
  const auto printed = checked(end.status);
  return printed.error.empty() ? end : printed;
}

void check_command(const std::vector<std::string>& words) {
  int status = 0;
  const CommandLine line{words, &status};
  CommonOptions options;
  const auto app = make_app(line, options);
  for (auto* const command : app->get_subcommands({})) {
    const auto told = line.swept->find(command->get_name());
    const bool checks = told != line.swept->end() && told->second.check;
    command->callback(checks ? told->second.check : std::function<void()>([] {}));
  }
  parse(*app, words);
}

KnownCommands::KnownCommands() : line{{}, &status}, app(make_app(line, options)) {}

}  // namespace dwmtj
