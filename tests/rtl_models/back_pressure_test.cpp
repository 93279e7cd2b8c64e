// SPDX-License-Identifier: Apache-2.0
// Handshakes that take longer change when things happen, and nothing else: a tile that is held up
// at random beside its twin that is not, in one simulation.
#include <gtest/gtest.h>

#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

constexpr ArrayShape kShape{4, 5};
constexpr int kCommands = 60;

// Up to 30 ns now and then, asked for by the processes whose name holds `who`.
Stall random_stall(std::uint64_t seed, const std::string& who) {
  const auto numbers = std::make_shared<Numbers>(seed);
  return [numbers, who] {
    const std::string process = sc_core::sc_get_current_process_handle().name();
    const bool holds = numbers->below(3) == 0 && process.find(who) != std::string::npos;
    return to_sc_time(holds ? 100 * numbers->below(300) : 0);
  };
}

void expect_same_work(const Ledger& a, const Ledger& b, const std::string& account) {
  const Sum one = sum_of(a, "stalled." + account);
  const Sum other = sum_of(b, "calm." + account);
  EXPECT_GT(one.count, 0U) << account;
  EXPECT_EQ(one.count, other.count) << account;
  EXPECT_EQ(one.busy, other.busy) << account;
  EXPECT_NEAR(one.joules / other.joules, 1.0, 1e-12) << account;
}

void expect_only_time_to_change(const std::string& tile, std::uint64_t seed,
                                const Stall& tile_stall, const Stall& host_stall) {
  const TileBench bench(tile);
  const auto commands = random_commands(seed, kShape, bench.device.sites(), kCommands);
  TileOptions options{kShape, seed};
  const TileWithBooks calm("calm", bench, options, commands);
  options.stall = tile_stall;
  const TileWithBooks stalled("stalled", bench, as_twin(options), commands, host_stall);
  sc_core::sc_start();
  ASSERT_TRUE(calm.hosted.host.finished());
  ASSERT_TRUE(stalled.hosted.host.finished());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    EXPECT_EQ(stalled.records()[i].result, calm.records()[i].result) << i;
  }
  EXPECT_EQ(stalled.states(), calm.states());
  for (const auto* account : {"array.write", "drivers.headroom", "comparators.decision"}) {
    expect_same_work(stalled.ledger, calm.ledger, account);
  }
  EXPECT_EQ(sum_of(stalled.ledger, "stalled.select.toggle").count,
            sum_of(calm.ledger, "calm.select.toggle").count);
  const auto end = [](const TileWithBooks& one) { return one.records().back().completed; };
  EXPECT_GT(end(stalled), end(calm)) << "the stalls have cost time";
}

struct Held {
  const char* what;
  const char* process;  // of the tile; null: none
  bool host;
};
std::ostream& operator<<(std::ostream& stream, const Held& held) { return stream << held.what; }

class BackPressure : public ::testing::TestWithParam<Held> {};

TEST_P(BackPressure, ChangesOnlyTime) {
  const auto& held = GetParam();
  for (const auto* tile : {"trapezoidal", "straight"}) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      EXPECT_TRUE(passes_in_child([&] {
        expect_only_time_to_change(
            tile, seed, held.process != nullptr ? random_stall(seed + 100, held.process) : Stall{},
            held.host ? random_stall(seed + 200, "") : Stall{});
      })) << tile
          << " seed " << seed;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Of, BackPressure,
                         ::testing::Values(Held{"Drivers", ".driver_", false},
                                           Held{"Comparators", ".comparator_", false},
                                           Held{"Host", nullptr, true},
                                           Held{"Everything", "", true}),
                         [](const auto& held) { return std::string(held.param.what); });

}  // namespace
}  // namespace dwmtj::test
