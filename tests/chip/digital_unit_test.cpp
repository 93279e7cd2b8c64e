// SPDX-License-Identifier: Apache-2.0
// Every operation of the digital unit with edge values worked out by hand; when its results appear,
// what it costs, and what it refuses.
#include "chip/digital_unit.h"

#include <cstring>

#include <gtest/gtest.h>

#include "common/sim_time.h"
#include "tests/chip/chip_setup.h"
#include "tests/tlm/tlm_tile_bench.h"

namespace dwmtj::test {
namespace {

using namespace chip_map;
using Words = std::vector<std::int32_t>;

constexpr std::int32_t kMost = 2147483647;
constexpr std::int32_t kLeast = -kMost - 1;
constexpr std::uint32_t kLeftAt = 0;
constexpr std::uint32_t kRightAt = 8;
constexpr std::uint32_t kResultAt = 16;

DigitalParameters digital() {
  DigitalParameters parameters{};
  parameters.entries = 24;
  parameters.lanes = 3;
  parameters.cycle = 2e-9 * si::seconds;
  parameters.operation_energy = 7e-12 * si::joules;
  return parameters;
}

struct Bench {
  Ledger ledger;
  ScriptedInitiator initiator{sc_core::sc_gen_unique_name("initiator")};
  ProtocolChecker checker{sc_core::sc_gen_unique_name("checker")};
  DigitalUnit unit{sc_core::sc_gen_unique_name("digital"),
                   digital(),
                   {1e-9 * si::seconds, 1e-12 * si::joules},
                   ledger};
  sc_core::sc_signal<bool> interrupt;

  Bench() {
    initiator.socket.bind(checker.target);
    checker.initiator.bind(unit.socket);
    unit.interrupt(interrupt);
  }
  // A blocking access at `delay` after now.
  tlm::tlm_response_status access(tlm::tlm_command command, std::uint64_t address, void* data,
                                  unsigned length, sc_core::sc_time delay = {}) {
    Payload payload;
    TlmTileBench::fill(payload, command, address, data, length);
    initiator.socket->b_transport(payload, delay);
    return payload.get_response_status();
  }
  tlm::tlm_response_status set(std::uint64_t address, std::uint32_t value) {
    return access(tlm::TLM_WRITE_COMMAND, address, &value, 4);
  }
  std::uint32_t get(std::uint64_t address, double after_ns = 0.0) {
    std::uint32_t value = 0;
    const sc_core::sc_time delay(after_ns, sc_core::SC_NS);
    EXPECT_EQ(access(tlm::TLM_READ_COMMAND, address, &value, 4, delay), tlm::TLM_OK_RESPONSE);
    return value;
  }
  void put(std::uint32_t entry, Words words) {
    if (words.empty()) return;
    EXPECT_EQ(access(tlm::TLM_WRITE_COMMAND, kScratch + 4 * entry, words.data(),
                     static_cast<unsigned>(4 * words.size())),
              tlm::TLM_OK_RESPONSE);
  }
  Words words(std::uint32_t entry, std::size_t count, double after_ns) {
    Words words(count);
    const sc_core::sc_time delay(after_ns, sc_core::SC_NS);
    EXPECT_EQ(access(tlm::TLM_READ_COMMAND, kScratch + 4 * entry, words.data(),
                     static_cast<unsigned>(4 * count), delay),
              tlm::TLM_OK_RESPONSE);
    return words;
  }
  void start(DigitalOp op, std::uint32_t length, std::int32_t operand = 0) {
    set(kLeft, kLeftAt);
    set(kRight, kRightAt);
    set(kDestination, kResultAt);
    set(kLength, length);
    set(kOperand, static_cast<std::uint32_t>(operand));
    EXPECT_EQ(set(kOperation, static_cast<std::uint32_t>(op)), tlm::TLM_OK_RESPONSE);
  }
  [[nodiscard]] Sum sum(const std::string& action) const {
    Sum total;
    for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
      if (ledger.accounts()[a].action == action) total += ledger.sum(AccountId(a));
    }
    return total;
  }
};

Bench& fresh() { return fresh_bench<Bench, 32>(); }

std::int32_t halves(int low, int high) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(low & 0xffff) |
                                   static_cast<std::uint32_t>(high & 0xffff) << 16U);
}

struct Case {
  DigitalOp op;
  std::uint32_t length;
  std::int32_t operand;
  Words left;
  Words right;
  Words result;
};

const Case kCases[] = {
    {DigitalOp::add, 3, 0, {kMost, -5, kLeast}, {1, 3, -1}, {kLeast, -2, kMost}},
    {DigitalOp::subtract, 3, 0, {kLeast, -5, 0}, {1, 3, kLeast}, {kMost, -8, kLeast}},
    {DigitalOp::multiply, 3, 0, {65536, -7, kLeast}, {65536, 6, -1}, {0, -42, kLeast}},
    {DigitalOp::maximum, 3, 0, {-1, 5, kLeast}, {-2, 6, kMost}, {-1, 6, kMost}},
    {DigitalOp::offset, 3, 2, {kMost, -3, 0}, {}, {kLeast + 1, -1, 2}},
    {DigitalOp::offset, 1, -4, {3}, {}, {-1}},
    {DigitalOp::scale, 3, -3, {7, kLeast, 0}, {}, {-21, kLeast, 0}},
    {DigitalOp::shift, 4, 1, {7, -7, -1, kLeast}, {}, {3, -4, -1, kLeast / 2}},
    {DigitalOp::shift, 3, 31, {kMost, -1, kLeast}, {}, {0, -1, -1}},
    {DigitalOp::sign, 4, 5, {4, 5, 6, kLeast}, {}, {-1, 1, 1, -1}},
    {DigitalOp::relu, 4, 0, {-1, 0, 1, kLeast}, {}, {0, 0, 1, 0}},
    {DigitalOp::widen, 3, 0, {halves(-1, 32767), halves(-32768, 9)}, {}, {-1, 32767, -32768}},
    {DigitalOp::narrow,
     4,
     0,
     {-1, 32767, 32768, 65541},
     {},
     {halves(-1, 32767), halves(-32768, 5)}},
    {DigitalOp::sum, 4, 0, {kMost, 1, 5, -2}, {}, {kLeast + 3}},
    {DigitalOp::sum, 0, 0, {}, {}, {0}},
};

TEST(DigitalUnit, WorksOutEveryOperation) {
  std::vector<bool> seen(static_cast<std::size_t>(DigitalOp::count_of_ops), false);
  auto& bench = fresh();
  for (const auto& each : kCases) {
    SCOPED_TRACE(static_cast<int>(each.op));
    seen[static_cast<std::size_t>(each.op)] = true;
    bench.put(kLeftAt, each.left);
    bench.put(kRightAt, each.right);
    bench.put(kResultAt, Words(8, 1234567));
    bench.start(each.op, each.length, each.operand);
    auto expected = each.result;
    expected.push_back(1234567);  // and nothing behind
    EXPECT_EQ(bench.words(kResultAt, expected.size(), 20), expected);
    EXPECT_EQ(bench.get(kStatus, 20), 0U);
    sc_core::sc_start(sc_core::sc_time(20, sc_core::SC_NS));
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), false), 0);
}

TEST(DigitalUnit, NarrowsAnOddNumberAndLeavesTheOtherHalf) {
  auto& bench = fresh();
  bench.put(kLeftAt, {1, 2, 3});
  bench.put(kResultAt, {0, halves(7, 8)});
  bench.start(DigitalOp::narrow, 3);
  EXPECT_EQ(bench.words(kResultAt, 2, 20), (Words{halves(1, 2), halves(3, 8)}));
}

// Seven entries on three lanes: three cycles of 2 ns.
TEST(DigitalUnit, WritesResultsWhenTheJobEnds) {
  auto& bench = fresh();
  const Words old(7, -9);
  bench.put(kLeftAt, {1, 2, 3, 4, 5, 6, 7});
  bench.put(kResultAt, old);
  bench.start(DigitalOp::offset, 7, 1);
  bench.set(kOperand, 100);  // for the next
  bench.put(kLeftAt, {50});  // operands were read at the start
  EXPECT_EQ(bench.words(kResultAt, 7, 5.999), old);
  EXPECT_EQ(bench.get(kStatus, 5.999), kBusy);
  EXPECT_EQ(bench.words(kResultAt, 7, 6), (Words{2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(bench.get(kStatus, 6), 0U);
}

// By debug as well, at the kernel's time, and at the start of the next job.
TEST(DigitalUnit, ShowsResultsAtTheirTime) {
  auto& bench = fresh();
  bench.put(kLeftAt, {3});
  bench.put(kResultAt, {0});
  bench.start(DigitalOp::scale, 1, 5);
  const auto seen = [&] {
    std::int32_t word = -1;
    Payload payload;
    TlmTileBench::fill(payload, tlm::TLM_READ_COMMAND, kScratch + 4 * kResultAt, &word, 4);
    EXPECT_EQ(bench.initiator.socket->transport_dbg(payload), 4U);
    return word;
  };
  sc_core::sc_start(to_sc_time(1999));
  EXPECT_EQ(seen(), 0);
  sc_core::sc_start(to_sc_time(1));
  EXPECT_EQ(seen(), 15);
}

TEST(DigitalUnit, CostsAnOperationAnEntry) {
  auto& bench = fresh();
  bench.start(DigitalOp::add, 7);  // six accesses to registers
  const auto operations = bench.sum("operation");
  EXPECT_EQ(operations.count, 7U);
  EXPECT_NEAR(operations.joules, 49e-12, 1e-24);
  EXPECT_EQ(operations.busy, 7 * 6000.0);
  const auto accesses = bench.sum("access");
  EXPECT_EQ(accesses.count, 6U);
  EXPECT_NEAR(accesses.joules, 6e-12, 1e-24);
  EXPECT_EQ(accesses.busy, 6000.0);
}

TEST(DigitalUnit, RaisesAnInterruptAtTheEndUntilItIsCleared) {
  auto& bench = fresh();
  bench.set(kControl, 1);
  bench.start(DigitalOp::add, 7);
  sc_core::sc_start(to_sc_time(5999));
  EXPECT_FALSE(bench.interrupt.read());
  sc_core::sc_start(to_sc_time(2));
  EXPECT_TRUE(bench.interrupt.read());
  EXPECT_EQ(bench.get(kInterrupt), 1U);
  bench.set(kInterrupt, 0);  // zero clears nothing
  sc_core::sc_start(to_sc_time(1));
  EXPECT_TRUE(bench.interrupt.read());
  bench.set(kInterrupt, 1);
  sc_core::sc_start(to_sc_time(1));
  EXPECT_FALSE(bench.interrupt.read());
  EXPECT_EQ(bench.get(kInterrupt), 0U);
}

TEST(DigitalUnit, StaysSilentUnlessEnabled) {
  auto& bench = fresh();
  bench.start(DigitalOp::add, 7);
  sc_core::sc_start(to_sc_time(6001));
  EXPECT_FALSE(bench.interrupt.read());
  EXPECT_EQ(bench.get(kInterrupt), 1U);
}

TEST(DigitalUnit, RefusesWhatDoesNotFit) {
  auto& bench = fresh();
  const auto failed = [&](DigitalOp op, std::uint32_t length, std::int32_t operand = 0) {
    sc_core::sc_start(sc_core::sc_time(1, sc_core::SC_US));
    bench.start(op, length, operand);
    return bench.get(kStatus, 500) == kFailed;
  };
  EXPECT_FALSE(failed(DigitalOp::offset, 8));  // ends with the last entry
  EXPECT_TRUE(failed(DigitalOp::offset, 9));
  EXPECT_FALSE(failed(DigitalOp::sum, 24));
  EXPECT_TRUE(failed(DigitalOp::sum, 25));
  EXPECT_FALSE(failed(DigitalOp::narrow, 16));
  EXPECT_TRUE(failed(DigitalOp::narrow, 17));
  EXPECT_FALSE(failed(DigitalOp::shift, 1, 31));
  EXPECT_TRUE(failed(DigitalOp::shift, 1, 32));
  EXPECT_TRUE(failed(DigitalOp::shift, 1, -1));
  EXPECT_TRUE(failed(DigitalOp::count_of_ops, 1));
  EXPECT_TRUE(failed(DigitalOp::offset, 0xffffffff));
}

// Two halves of a word each: of the last two entries four, of an odd number all of its last word.
TEST(DigitalUnit, WidensNoHalvesBeyondItsMemory) {
  auto& bench = fresh();
  const auto failed = [&](std::uint32_t left, std::uint32_t length) {
    sc_core::sc_start(sc_core::sc_time(1, sc_core::SC_US));
    bench.set(kLeft, left);
    bench.set(kDestination, 0);
    bench.set(kLength, length);
    bench.set(kOperation, static_cast<std::uint32_t>(DigitalOp::widen));
    return bench.get(kStatus, 500) == kFailed;
  };
  EXPECT_FALSE(failed(22, 4));
  EXPECT_TRUE(failed(22, 5));
  EXPECT_FALSE(failed(22, 3));
  EXPECT_TRUE(failed(23, 3));
  EXPECT_FALSE(failed(23, 2));
}

TEST(DigitalUnit, RefusesASecondJobAndWrongAccesses) {
  auto& bench = fresh();
  bench.start(DigitalOp::offset, 8, 1);
  EXPECT_EQ(bench.set(kOperation, 0), tlm::TLM_COMMAND_ERROR_RESPONSE);
  EXPECT_EQ(bench.set(kStatus, 1), tlm::TLM_COMMAND_ERROR_RESPONSE);
  std::uint32_t word = 0;
  EXPECT_EQ(bench.access(tlm::TLM_READ_COMMAND, kOperation, &word, 4),
            tlm::TLM_COMMAND_ERROR_RESPONSE);
  EXPECT_EQ(bench.set(kEndOfRegisters, 1), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(bench.access(tlm::TLM_READ_COMMAND, kLeft, &word, 2), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(bench.access(tlm::TLM_READ_COMMAND, kLeft + 2, &word, 4),
            tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(bench.access(tlm::TLM_READ_COMMAND, kScratch + 4 * 24, &word, 4),
            tlm::TLM_ADDRESS_ERROR_RESPONSE);
}

}  // namespace
}  // namespace dwmtj::test
