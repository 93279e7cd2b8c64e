// SPDX-License-Identifier: Apache-2.0
// The `dwmtj` command, and its part that simulates, `dwmtj-simulate`. Exit status: 0 done, 1 failed
// inside or not as expected, 2 wrong input, 3 something could not be written, 130 interrupted.
#include <algorithm>
#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands.h"
#include "app/quiet_option.h"
#include "app/report.h"
#include "common/complain.h"
#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "common/interrupt.h"
#include "common/version.h"

namespace {

constexpr int kInputErrorStatus = 2;

// CLI11 would only say that a subcommand is required.
void reject_unknown_command(CLI::App& app, const std::string& word) {
  if (word.empty() || word.front() == '-') return;
  std::vector<std::string> names;
  for (const auto* const command : app.get_subcommands({})) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), word) != names.end()) return;
  throw dwmtj::InputError(
      fmt::format("unknown command '{}'; known: {}", word, fmt::join(names, ", ")));
}

int run(int argc, char** argv) {
  CLI::App app{"A model of neuromorphic hardware with domain-wall MTJ synapses."};
  app.set_version_flag("--version", std::string("dwmtj ") + dwmtj::kVersion);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  int status = 0;
  const dwmtj::CommandLine line{{argv, argv + argc}, &status};
  dwmtj::add_commands(app, line);
  dwmtj::add_quiet_options(app);
  bool report = false;
  dwmtj::add_report_options(app, report);
  if (argc > 1) reject_unknown_command(app, argv[1]);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion& version) {
    return app.exit(version);
  } catch (const CLI::ParseError& error) {
    throw dwmtj::InputError(fmt::format("{} (see dwmtj --help)", error.what()));
  }
  return report && status == 0 ? dwmtj::report_results() : status;
}

// What is printed last may still be on its way.
int checked(int status) {
  std::fflush(stdout);
  if (std::ferror(stdout) == 0) return status;
  dwmtj::complain("standard output cannot be written (disk full?)");
  return dwmtj::kDiskFullStatus;
}

}  // namespace

int main(int argc, char** argv) {
  dwmtj::catch_interrupts();
  try {
    return checked(run(argc, argv));
  } catch (const dwmtj::InputError& error) {
    dwmtj::complain(error.what());
    return kInputErrorStatus;
  } catch (const dwmtj::DiskFullError& error) {
    dwmtj::complain(error.what());
    return dwmtj::kDiskFullStatus;
  } catch (const std::exception& error) {
    if (std::ferror(stdout) != 0) return checked(1);
    dwmtj::complain(fmt::format("internal error: {}", error.what()));
    return 1;
  }
}
