// SPDX-License-Identifier: Apache-2.0
// Each rule of a handshake, broken on purpose: at the pins of a tile, at a driver, at a comparator.
#include "rtl_models/protocol.h"

#include <gtest/gtest.h>

#include "testbenches/systemc_reports.h"
#include "tests/support/systemc_child.h"
#include "tests/support/tile_bench.h"

namespace dwmtj::test {
namespace {

const TileCommand kReset{TileOp::reset, 0, Side::plus, {}};
const TileCommand kRead{TileOp::read, 0, Side::plus, {}};

// A tile of 2 x 2 pairs on its own clock of 1 ns, and nobody at its pins.
struct WatchedTile {
  explicit WatchedTile(ProtocolCheck check, Picoseconds patience = 0)
      : bench("straight"),
        hosted("tile0", bench.parameters, bench.device, bench.ledger, options(check, patience),
               {}) {}
  static TileOptions options(ProtocolCheck check, Picoseconds patience) {
    TileOptions options{{2, 2}};
    options.protocol = check;
    options.patience = patience;
    return options;
  }

  void offer(const TileCommand& command, bool valid = true) {
    hosted.wires.cmd.write(command);
    hosted.wires.cmd_valid.write(valid);
  }
  [[nodiscard]] const ProtocolLog& log() const { return hosted.tile.protocol(); }

  TileBench bench;
  HostedTile hosted;
};

void run_for(Picoseconds time) { sc_core::sc_start(to_sc_time(time)); }

// A first command is taken at 1 ns and keeps the tile busy while the second is offered.
void expect_broken(HandshakeRule rule, const std::string& first,
                   const std::function<void(WatchedTile&)>& offend) {
  WatchedTile tile(ProtocolCheck::note);
  tile.offer(kReset);
  run_for(1500);
  offend(tile);
  run_for(5000);
  EXPECT_EQ(tile.log().count(), 1U);
  EXPECT_EQ(tile.log().count(rule), 1U);
  EXPECT_EQ(tile.log().first(), first);
}

SYSTEMC_TEST(Protocol, PayloadThatChanges) {
  expect_broken(HandshakeRule::payload_stable,
                "tile0.cmd: payload changed before it was taken (at 5 ns)", [](WatchedTile& tile) {
                  tile.offer(kReset);
                  run_for(3000);
                  tile.offer(kRead);
                });
}

SYSTEMC_TEST(Protocol, ValidThatIsWithdrawn) {
  expect_broken(HandshakeRule::valid_held,
                "tile0.cmd: valid withdrawn before it was taken (at 5 ns)", [](WatchedTile& tile) {
                  run_for(3000);
                  tile.offer(kReset, false);
                });
}

SYSTEMC_TEST(Protocol, OfferThatNoEdgeSees) {
  WatchedTile tile(ProtocolCheck::note);
  run_for(2100);
  tile.offer(kReset);
  run_for(300);
  tile.offer(kReset, false);
  run_for(2000);
  EXPECT_EQ(tile.log().count(HandshakeRule::none_lost), 1U);
  EXPECT_EQ(tile.log().first(), "tile0.cmd: lost: nobody looks while it is offered (at 2400 ps)");
  EXPECT_EQ(tile.hosted.tile.commands_taken(), 0U);
}

SYSTEMC_TEST(Protocol, ResponseThatNobodyTakes) {
  WatchedTile tile(ProtocolCheck::note, 50'000);
  tile.offer(kRead);
  run_for(1500);
  tile.offer(kRead, false);
  run_for(200'000);
  EXPECT_EQ(tile.log().count(HandshakeRule::response_taken), 1U);
  tile.hosted.wires.rsp_ready.write(true);
  run_for(10'000);
  EXPECT_FALSE(tile.hosted.wires.rsp_valid.read()) << "but it is still there to be taken";
}

void withdraw(WatchedTile& tile) {
  tile.offer(kReset);
  run_for(3500);
  tile.offer(kReset);
  run_for(2000);
  tile.offer(kReset, false);
  run_for(2000);
}

SYSTEMC_TEST(Protocol, IsNotWatchedWhenOff) {
  WatchedTile tile(ProtocolCheck::off);
  withdraw(tile);
  EXPECT_EQ(tile.log().count(), 0U);
}

SYSTEMC_TEST(Protocol, Warns) {
  const SystemcReports reports;
  WatchedTile tile(ProtocolCheck::warn);
  withdraw(tile);
  EXPECT_EQ(tile.log().count(), 1U);
  ASSERT_EQ(reports.lines().size(), 1U);
  EXPECT_NE(reports.lines()[0].find(
                "warning: dwmtj/protocol: tile0.cmd: valid withdrawn before it was taken"),
            std::string::npos)
      << reports.lines()[0];
}

SYSTEMC_TEST(Protocol, Fails) {
  SystemcReports reports;
  WatchedTile tile(ProtocolCheck::fail);
  std::string told;
  try {
    withdraw(tile);
  } catch (const sc_core::sc_report& report) {
    told = report.get_msg();
  }
  EXPECT_EQ(told, "tile0.cmd: valid withdrawn before it was taken");
}

// A driver whose enable and code the test moves itself; a pulse takes 60 ns.
struct WatchedDriver : CurrentLineIf {
  WatchedDriver()
      : bench("straight"),
        accounts(bench.ledger, "loose", bench.parameters, bench.device, 1),
        context{bench.parameters, bench.device, accounts, nullptr, {}, log},
        driver("driver", context, 1, 0) {
    driver.enable(enable), driver.code(code), driver.boost(boost), driver.ready(ready);
    driver.out(*this);
    code.write(100);
    enable.write(true);
    run_for(10'000);
  }
  void drive(const CurrentPulse&) override { ++pulses; }

  TileBench bench;
  TileAccounts accounts;
  ProtocolLog log{ProtocolCheck::note};
  TileContext context;
  CurrentSourceDriver driver;
  sc_core::sc_signal<bool> enable, boost, ready;
  sc_core::sc_signal<std::int16_t> code;
  int pulses = 0;
};

SYSTEMC_TEST(DriverProtocol, IsKeptByWhoWaits) {
  WatchedDriver driver;
  run_for(100'000);
  driver.enable.write(false);
  driver.code.write(50);
  run_for(1000);
  EXPECT_EQ(driver.log.count(), 0U);
}
SYSTEMC_TEST(DriverProtocol, EnableThatFalls) {
  WatchedDriver driver;
  driver.enable.write(false);
  run_for(1000);
  EXPECT_EQ(driver.log.count(HandshakeRule::valid_held), 1U);
  driver.enable.write(true);
  run_for(1000);
  EXPECT_EQ(driver.log.count(HandshakeRule::none_lost), 1U);
  run_for(100'000);
  EXPECT_EQ(driver.pulses, 1);
}
SYSTEMC_TEST(DriverProtocol, CodeThatChanges) {
  WatchedDriver driver;
  driver.code.write(50);
  run_for(1000);
  EXPECT_EQ(driver.log.count(HandshakeRule::payload_stable), 1U);
}

// A comparator near balance takes its window of 2 ns.
struct WatchedComparator : SenseLineIf {
  WatchedComparator()
      : bench("straight"),
        accounts(bench.ledger, "loose", bench.parameters, bench.device, 1),
        context{bench.parameters, bench.device, accounts, nullptr, {}, log},
        comparator("comparator", context, 1, 0) {
    comparator.strobe(strobe), comparator.decision(decision), comparator.valid(valid);
    comparator.in(*this);
    run_for(1000);
    strobe.write(true);
    run_for(100);
  }
  Voltage sense(std::uint32_t) override { return {}; }

  TileBench bench;
  TileAccounts accounts;
  ProtocolLog log{ProtocolCheck::note};
  TileContext context;
  BinaryComparator comparator;
  sc_core::sc_signal<bool> strobe, decision, valid;
};

SYSTEMC_TEST(ComparatorProtocol, StrobeThatFallsAndRises) {
  WatchedComparator comparator;
  comparator.strobe.write(false);
  run_for(20);
  EXPECT_EQ(comparator.log.count(HandshakeRule::valid_held), 1U);
  comparator.strobe.write(true);
  run_for(20);
  EXPECT_EQ(comparator.log.count(HandshakeRule::none_lost), 1U);
}
SYSTEMC_TEST(ComparatorProtocol, IsKeptByWhoWaits) {
  WatchedComparator comparator;
  run_for(10'000);
  comparator.strobe.write(false);
  run_for(1000);
  EXPECT_EQ(comparator.log.count(), 0U);
}

}  // namespace
}  // namespace dwmtj::test
