// SPDX-License-Identifier: Apache-2.0
// Simulated time in other ticks than picoseconds.
#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"
#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

const std::vector<TileCommand> kCommands = {{TileOp::reset, 0, Side::plus, {}},
                                            {TileOp::program, 1, Side::minus, {3, 1}},
                                            {TileOp::read, 1, Side::minus, {}}};

SYSTEMC_TEST(TimeResolution, CoarserThanAPicosecondIsRefused) {
  sc_core::sc_set_time_resolution(10, sc_core::SC_PS);
  EXPECT_EQ(input_error_of([] {
              TileBench bench("trapezoidal");
              bench.run(kCommands, TileOptions{{2, 2}});
              return 0;
            }),
            "SystemC's time resolution is 10 ps; expected 1 ps or finer");
}

SYSTEMC_TEST(TimeResolution, FinerThanAPicosecondChangesNothing) {
  sc_core::sc_set_time_resolution(1, sc_core::SC_FS);
  TileBench bench("trapezoidal");
  bench.parameters.timing.clock_period = from_si<Time>(1e-9 / 1.2);
  bench.run(kCommands, TileOptions{{2, 2}});
  EXPECT_EQ(bench.records().back().result.data, (std::vector<std::int16_t>{3, 1}));
  const auto end = bench.records().back().completed;
  EXPECT_EQ(end % 833, 0);
}

}  // namespace
}  // namespace dwmtj::test
