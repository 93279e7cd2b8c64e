// SPDX-License-Identifier: Apache-2.0
// The helper that the pin-level tests stand on: whatever goes wrong in a child is seen outside.
#include "tests/support/systemc_child.h"

#include <stdexcept>

namespace dwmtj::test {
namespace {

class Reporter : public sc_core::sc_module {
 public:
  Reporter(sc_core::sc_module_name name, sc_core::sc_severity severity)
      : sc_module(name), severity_(severity) {
    SC_THREAD(run);
  }

 private:
  SC_HAS_PROCESS(Reporter);
  void run() {
    wait(1, sc_core::SC_NS);
    sc_core::sc_report_handler::report(severity_, "dwmtj/test", "said on purpose", __FILE__,
                                       __LINE__);
  }

  sc_core::sc_severity severity_;
};

// What is expected to fail is not for the reader of the test's output.
bool passes_quietly(const std::function<void()>& body) {
  return passes_in_child([&] {
    if (std::freopen("/dev/null", "w", stdout) == nullptr) return;
    if (std::freopen("/dev/null", "w", stderr) == nullptr) return;
    body();
  });
}

bool passes_with_report(sc_core::sc_severity severity) {
  return passes_quietly([&] {
    const Reporter reporter("reporter", severity);
    sc_core::sc_start();
  });
}

TEST(SystemcChild, PassesWithoutAFailure) {
  EXPECT_TRUE(passes_quietly([] { EXPECT_EQ(1, 1); }));
}

TEST(SystemcChild, EachElaboratesADesignOfItsOwn) {
  EXPECT_TRUE(passes_with_report(sc_core::SC_INFO));
  EXPECT_TRUE(passes_with_report(sc_core::SC_INFO)) << "no second module of that name";
}

TEST(SystemcChild, FailsOnAFailedExpectation) {
  EXPECT_FALSE(passes_quietly([] { EXPECT_EQ(1, 2); }));
}

TEST(SystemcChild, FailsOnAnException) {
  EXPECT_FALSE(passes_quietly([] { throw std::runtime_error("on purpose"); }));
  EXPECT_FALSE(passes_quietly([] { throw 1; }));
}

TEST(SystemcChild, FailsWhenTheChildIsKilled) {
  EXPECT_FALSE(passes_quietly([] { std::abort(); }));
}

TEST(SystemcChild, FailsOnReportsFromWarningsUp) {
  EXPECT_FALSE(passes_with_report(sc_core::SC_WARNING));
  EXPECT_FALSE(passes_with_report(sc_core::SC_ERROR));
  EXPECT_FALSE(passes_with_report(sc_core::SC_FATAL));
}

TEST(SystemcChild, LeavesTheParentWithoutADesign) {
  EXPECT_EQ(sc_core::sc_get_status(), sc_core::SC_ELABORATION);
  EXPECT_TRUE(sc_core::sc_get_top_level_objects().empty());
}

}  // namespace
}  // namespace dwmtj::test
