// SPDX-License-Identifier: Apache-2.0
// One SystemC kernel per test: the body runs in a forked child, where it may elaborate once. Any
// report of severity warning or above fails the test; failures travel as the child's exit status.
//
//   SYSTEMC_TEST(Tile, ReadsBack) { ... sc_core::sc_start(); EXPECT_...; }
#pragma once

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <systemc>

namespace dwmtj::test {

inline void fail_on_report(const sc_core::sc_report& report, const sc_core::sc_actions&) {
  if (report.get_severity() < sc_core::SC_WARNING) return;
  ADD_FAILURE() << report.get_msg_type() << ": " << report.get_msg();
}

// True when `body` ran without a failure.
inline bool passes_in_child(const std::function<void()>& body) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    sc_core::sc_report_handler::set_handler(fail_on_report);
    body();
    std::fflush(nullptr);
    _exit(::testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace dwmtj::test

#define SYSTEMC_TEST(suite, name)                                                         \
  static void suite##_##name##_body();                                                    \
  TEST(suite, name) { EXPECT_TRUE(dwmtj::test::passes_in_child(suite##_##name##_body)); } \
  static void suite##_##name##_body()
