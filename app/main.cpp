// SPDX-License-Identifier: Apache-2.0
// The `dwmtj` command. Exit status: 0 done, 1 failed inside, 2 wrong input, 130 interrupted.
#include <exception>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "core/input_error.h"
#include "core/interrupt.h"
#include "core/version.h"

namespace {

constexpr int kInputErrorStatus = 2;

int run(int argc, char** argv) {
  CLI::App app{"A model of neuromorphic hardware with domain-wall MTJ synapses."};
  app.set_version_flag("--version", std::string("dwmtj ") + dwmtj::kVersion);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  int status = 0;
  const dwmtj::CommandLine line{{argv, argv + argc}, &status};
  dwmtj::add_characterize_command(app, line);
  dwmtj::add_devices_command(app, line);
  dwmtj::add_technologies_command(app, line);
  dwmtj::add_calibrate_command(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion& version) {
    return app.exit(version);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "dwmtj: {} (see dwmtj --help)\n", error.what());
    return kInputErrorStatus;
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  dwmtj::catch_interrupts();
  try {
    return run(argc, argv);
  } catch (const dwmtj::InputError& error) {
    fmt::print(stderr, "dwmtj: {}\n", error.what());
    return kInputErrorStatus;
  } catch (const std::exception& error) {
    fmt::print(stderr, "dwmtj: internal error: {}\n", error.what());
    return 1;
  }
}
