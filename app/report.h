// SPDX-License-Identifier: Apache-2.0
// The page of a folder of results (docs/app/report.md).
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace dwmtj {

// Runs report/report.py with these words; the exit status of the command.
int run_report(const std::vector<std::string>& words);

// Gives `--report` to every command that writes a folder.
void add_report_options(CLI::App& app, bool& wanted);
// What `--report` asks for, of the folder that this program has left.
int report_results();

}  // namespace dwmtj
