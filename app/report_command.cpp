// SPDX-License-Identifier: Apache-2.0
// `dwmtj report`: one page of HTML from a folder of results (docs/app/report.md).
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands.h"
#include "app/report.h"

namespace dwmtj {
namespace {

struct ReportOptions {
  std::string folder;
  std::string out;
};

}  // namespace

void add_report_command(CLI::App& app, const CommandLine& line) {
  auto* const command =
      app.add_subcommand("report", "Make one page of HTML from a folder of results.");
  const auto options = std::make_shared<ReportOptions>();
  command->add_option("folder", options->folder, "A folder that a command has left")->required();
  command->add_option("--out", options->out, "Where the page goes [report.html in the folder]");
  command->footer("Examples:\n  dwmtj report results/trapezoidal");
  command->callback([options, line] {
    std::vector<std::string> words = {options->folder};
    if (!options->out.empty()) words.insert(words.end(), {"--out", options->out});
    *line.status = run_report(words);
    if (*line.status != 0) return;
    const auto own = std::filesystem::path(options->folder) / "report.html";
    line.found->set("page", options->out.empty() ? own.string() : options->out);
  });
}

}  // namespace dwmtj
