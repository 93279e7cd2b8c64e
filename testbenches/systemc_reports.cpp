// SPDX-License-Identifier: Apache-2.0
#include "testbenches/systemc_reports.h"

#include <algorithm>

#include <fmt/format.h>

namespace dwmtj {
namespace {

SystemcReports* collector = nullptr;

std::string one_line(const sc_core::sc_report& report) {
  const auto* const kind = report.get_severity() == sc_core::SC_WARNING ? "warning" : "error";
  auto text = fmt::format("SystemC {}: {}: {}", kind, report.get_msg_type(), report.get_msg());
  if (report.get_process_name() != nullptr) {
    text += fmt::format(" (in {} at {})", report.get_process_name(), report.get_time().to_string());
  }
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

SystemcReports::SystemcReports() {
  collector = this;
  sc_core::sc_report_handler::set_handler(handle);
}

SystemcReports::~SystemcReports() {
  sc_core::sc_report_handler::set_handler(nullptr);  // the default one
  collector = nullptr;
}

void SystemcReports::add(const sc_core::sc_report& report) {
  const auto line = one_line(report);
  if (std::find(lines_.begin(), lines_.end(), line) == lines_.end()) lines_.push_back(line);
}

void SystemcReports::handle(const sc_core::sc_report& report, const sc_core::sc_actions&) {
  if (report.get_severity() < sc_core::SC_WARNING) return;
  collector->add(report);
  // A fatal report would abort, and leave results and waveforms half written.
  if (report.get_severity() > sc_core::SC_WARNING) throw report;
}

}  // namespace dwmtj
