// SPDX-License-Identifier: Apache-2.0
// One SystemC kernel per test: the body runs in a forked child, where it may elaborate once. It
// fails on a failed expectation, an exception, a signal, and a report of severity warning or above.
// The fork comes before anything of SystemC is built, so tests do not see each other; what fails is
// printed by the child, and its exit status fails the test.
//
//   SYSTEMC_TEST(Tile, ReadsBack) { ... sc_core::sc_start(); EXPECT_...; }
#pragma once

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
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

// Never returns: an exception that left here would run the parent's other tests in the child.
[[noreturn]] inline void run_as_child(const std::function<void()>& body) {
  sc_core::sc_report_handler::set_handler(fail_on_report);
  try {
    body();
  } catch (const std::exception& error) {
    ADD_FAILURE() << "thrown: " << error.what();
  } catch (...) {
    ADD_FAILURE() << "something was thrown";
  }
  std::fflush(nullptr);
  _exit(::testing::Test::HasFailure() ? 1 : 0);
}

// True when `body` ran without a failure.
inline bool passes_in_child(const std::function<void()>& body) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) run_as_child(body);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) {
    ADD_FAILURE() << "no child: " << std::strerror(errno);
    return false;
  }
  if (WIFSIGNALED(status)) std::fprintf(stderr, "the child died of signal %d\n", WTERMSIG(status));
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace dwmtj::test

#define SYSTEMC_TEST(suite, name)                                                         \
  static void suite##_##name##_body();                                                    \
  TEST(suite, name) { EXPECT_TRUE(dwmtj::test::passes_in_child(suite##_##name##_body)); } \
  static void suite##_##name##_body()
