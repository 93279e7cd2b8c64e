// SPDX-License-Identifier: Apache-2.0
// Every module of a chip between an initiator and a target that do at random all that the base
// protocol allows, with a checker on both sides. DWMTJ_TRANSACTIONS=1000000 asks for more.
#include <cstdlib>
#include <deque>
#include <random>

#include <gtest/gtest.h>

#include "chip/digital_unit.h"
#include "chip/dma.h"
#include "chip/global_buffer.h"
#include "chip/interconnect.h"
#include "recording/transaction_recorder.h"
#include "tests/chip/chip_setup.h"
#include "tests/chip/wild_target.h"
#include "tests/tlm/random_command.h"
#include "tests/tlm/tlm_tile_bench.h"

namespace dwmtj::test {
namespace {

constexpr std::uint64_t kStride = 0x1000;  // of the targets of an interconnect
constexpr ArrayShape kShape = {4, 3};

unsigned transactions() {
  const char* const asked = std::getenv("DWMTJ_TRANSACTIONS");
  return asked != nullptr ? static_cast<unsigned>(std::atoi(asked)) : 2000;
}

DmaParameters small_dma() {
  DmaParameters dma{};
  dma.burst = 16;
  dma.burst_energy = 1e-12 * si::joules;
  return dma;
}

DigitalParameters small_digital() {
  DigitalParameters digital{};
  digital.entries = 64;
  digital.lanes = 4;
  digital.cycle = 1e-9 * si::seconds;
  digital.operation_energy = 1e-12 * si::joules;
  return digital;
}

const RegisterParameters kAccess = {1e-9 * si::seconds, 1e-13 * si::joules};

struct Forgetful : TransactionSink {
  void stream(StreamId, const std::string&) override {}
  void record(const Transaction&) override {}
  void finish(Picoseconds) override {}
};

// All modules side by side: elaboration happens once.
struct Everything {
  Ledger ledger;
  std::deque<ProtocolChecker> checkers;
  std::deque<WildInitiator> initiators;
  std::deque<WildTarget> targets;
  std::deque<Interconnect> interconnects;
  std::deque<sc_core::sc_signal<bool>> lines;
  GlobalBuffer buffer{"buffer", small_buffer(1024), ledger};
  TlmTile tile{"tile", tile_parameters(), catalog_model(kTrapezoid), ledger, tile_options(kShape)};
  DigitalUnit digital{"digital", small_digital(), kAccess, ledger};
  Dma dma{"dma", small_dma(), kAccess, ledger, TlmTiming::at};
  std::mt19937_64 random{5};
  Forgetful sink;
  Recording recording{sink};
  TransactionRecorder recorder{"recorder", recording};

  Everything() {
    drive(buffer.socket, 1100);
    drive(tile.socket, 0x2000).command = [this] { return random_command(random, kShape, 3); };
    drive(digital.socket, 0x30);
    drive(dma.socket, 0x30);
    end(dma.port.socket);
    tile.interrupt(lines.emplace_back());
    digital.interrupt(lines.emplace_back());
    dma.interrupt(lines.emplace_back());
    drive(recorder.target, 4096);
    end(recorder.initiator);
    alone(Topology::mesh(2, 2));
    alone(Topology::bus());
    in_series();
  }
  ProtocolChecker& check() {
    return checkers.emplace_back(sc_core::sc_gen_unique_name("checker"),
                                 ProtocolChecker::Reaction::collect);
  }
  template <typename Socket>
  WildInitiator& drive(Socket& socket, std::uint32_t span) {
    auto& initiator = initiators.emplace_back(sc_core::sc_gen_unique_name("initiator"),
                                              initiators.size(), transactions(), span);
    auto& checker = check();
    initiator.socket.bind(checker.target);
    checker.initiator.bind(socket);
    return initiator;
  }
  template <typename Socket>
  void end(Socket& socket) {
    auto& target =
        targets.emplace_back(sc_core::sc_gen_unique_name("target"), 100 + targets.size());
    auto& checker = check();
    socket.bind(checker.target);
    checker.initiator.bind(target.socket);
  }
  Interconnect& add_interconnect(Topology topology) {
    return interconnects.emplace_back(sc_core::sc_gen_unique_name("interconnect"),
                                      interconnect(std::move(topology)), ledger);
  }
  void alone(Topology topology) {
    auto& net = add_interconnect(std::move(topology));
    const int last = net.network().topology().routers() - 1;
    for (const int router : {0, last, 0}) {
      drive(net.initiators, 2 * kStride + 64);
      net.place_initiator(router);
    }
    for (const std::uint64_t i : {0U, 1U}) {
      end(net.targets);
      net.place_target(i == 0 ? 0 : last, i * kStride, kStride);
    }
  }
  // Two drive the first, which leads to a target of its own and to the second.
  void in_series() {
    auto& first = add_interconnect(Topology::mesh(2, 1));
    auto& second = add_interconnect(Topology::mesh(1, 2));
    for (const int router : {0, 1}) {
      drive(first.initiators, 3 * kStride);
      first.place_initiator(router);
    }
    end(first.targets);
    first.place_target(0, 0, kStride);
    auto& between = check();
    first.targets.bind(between.target);
    between.initiator.bind(second.initiators);
    first.place_target(1, kStride, 2 * kStride);
    second.place_initiator(0);
    end(second.targets);
    second.place_target(1, 0, kStride);
    end(second.targets);
    second.place_target(0, kStride, kStride / 2);
  }
  [[nodiscard]] bool done() const {
    return std::all_of(initiators.begin(), initiators.end(),
                       [](const auto& initiator) { return initiator.done(); });
  }
};

TEST(Conformance, EveryModuleKeepsTheProtocolUnderWildTraffic) {
  Everything all;
  // A DMA's registers may ask for a job that goes on when all else has ended.
  for (int i = 0; i < 1'000'000 && !all.done(); ++i) {
    sc_core::sc_start(sc_core::sc_time(10, sc_core::SC_US));
  }
  std::size_t most_open = 0;
  for (const auto& initiator : all.initiators) {
    EXPECT_TRUE(initiator.done()) << initiator.name();
    EXPECT_GE(initiator.most_open(), 4U) << initiator.name();  // what a module accepts at least
    most_open = std::max(most_open, initiator.most_open());
  }
  EXPECT_EQ(most_open, WildInitiator::kMostOpen);  // over an interconnect
  for (const auto& checker : all.checkers) {
    EXPECT_GT(checker.transactions(), transactions() / 100) << checker.name();
    EXPECT_EQ(checker.count(), 0U) << checker.name();
    for (const auto& violation : checker.violations()) {
      ADD_FAILURE() << checker.name() << " at " << violation.time << ": " << name_of(violation.rule)
                    << ": " << violation.detail;
    }
  }
}

}  // namespace
}  // namespace dwmtj::test
