// SPDX-License-Identifier: Apache-2.0
#include "testbenches/systemc_reports.h"

#include <gtest/gtest.h>

namespace dwmtj {
namespace {

TEST(SystemcReports, InformationIsNotKept) {
  const SystemcReports reports;
  SC_REPORT_INFO("test", "all is well");
  EXPECT_TRUE(reports.lines().empty());
}

TEST(SystemcReports, WarningsAreLines) {
  const SystemcReports reports;
  SC_REPORT_WARNING("test", "first line\nsecond line");
  EXPECT_EQ(reports.lines(),
            std::vector<std::string>{"SystemC warning: test: first line second line"});
}

TEST(SystemcReports, ErrorsAreLinesAndThrown) {
  SystemcReports reports;
  try {
    SC_REPORT_ERROR("test", "broken");
    FAIL() << "not thrown";
  } catch (const sc_core::sc_report& report) {
    reports.add(report);  // as the end of a simulation does: once is enough
  }
  EXPECT_EQ(reports.lines(), std::vector<std::string>{"SystemC error: test: broken"});
}

TEST(SystemcReports, AFatalReportDoesNotAbort) {
  const SystemcReports reports;
  EXPECT_THROW(SC_REPORT_FATAL("test", "worse"), sc_core::sc_report);
  EXPECT_EQ(reports.lines(), std::vector<std::string>{"SystemC error: test: worse"});
}

}  // namespace
}  // namespace dwmtj
