// SPDX-License-Identifier: Apache-2.0
#include "app/report.h"

#include "app/python_program.h"
#include "common/data_folder.h"
#include "common/input_error.h"
#include "common/last_results.h"

namespace dwmtj {
namespace {

constexpr int kNoPythonStatus = 127;

// Of the folder: a value, or one that follows from the other words and stands in the description.
bool has_default(const CLI::Option& out) {
  return !out.get_default_str().empty() ||
         out.get_description().find("results/") != std::string::npos;
}

// Their files are no results of a run.
bool leaves_no_run(const std::string& command) {
  return command == "report" || command == "export";
}

}  // namespace

int run_report(const std::vector<std::string>& words) {
  const int status = run_python(data_folder("report") / "report.py", words, kNoPythonStatus);
  if (status == kNoPythonStatus) throw InputError("the report is made by python3: install it");
  return status;
}

void add_report_options(CLI::App& app, bool& wanted) {
  for (auto* const command : app.get_subcommands({})) {
    auto* const out = command->get_option_no_throw("--out");
    if (out == nullptr || leaves_no_run(command->get_name())) continue;
    auto* const flag = command->add_flag("--report", wanted,
                                         "Also report.html in the output folder, on all of it");
    if (!has_default(*out)) flag->needs(out);
  }
}

int report_results() {
  const auto folder = last_results();
  return folder.empty() ? 0 : run_report({folder.string()});
}

}  // namespace dwmtj
