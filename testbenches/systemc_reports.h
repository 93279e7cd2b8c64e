// SPDX-License-Identifier: Apache-2.0
// What SystemC and the modules complain about, one line each. SystemC keeps one handler for the
// process, so there may be one collector at a time.
#pragma once

#include <string>
#include <vector>

#include <systemc>

namespace dwmtj {

class SystemcReports {
 public:
  // From now on warnings are collected; errors are as well, and are thrown as ever. Nothing is
  // printed.
  SystemcReports();
  ~SystemcReports();
  SystemcReports(const SystemcReports&) = delete;
  SystemcReports& operator=(const SystemcReports&) = delete;

  // For what ends a simulation: an exception of a process never passes the handler.
  void add(const sc_core::sc_report& report);
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

 private:
  static void handle(const sc_core::sc_report& report, const sc_core::sc_actions& actions);

  std::vector<std::string> lines_;
};

}  // namespace dwmtj
