// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"
#include "waveforms/waveform_sink.h"

namespace dwmtj {
namespace {

TEST(FstAbsent, SaysWhatIsMissing) {
  EXPECT_EQ(input_error_of([] { make_fst_sink("a.fst"); }),
            "a.fst: this build does not write FST; install the package verilator and build again");
}

}  // namespace
}  // namespace dwmtj
