// SPDX-License-Identifier: Apache-2.0
// Times and sums of single accesses to the global buffer and of single DMA jobs, worked out by
// hand, and the direct memory that is granted on the way.
#include <cstring>

#include <gtest/gtest.h>

#include "chip/dma.h"
#include "chip/global_buffer.h"
#include "chip/interconnect.h"
#include "common/sim_time.h"
#include "tests/chip/chip_setup.h"
#include "tests/tlm/tlm_tile_bench.h"

namespace dwmtj::test {
namespace {

using namespace chip_map;

constexpr std::uint64_t kBase = 0x1000;  // of a buffer behind an interconnect

Sum sum_of(const Ledger& ledger, const std::string& action) {
  Sum total;
  for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
    if (ledger.accounts()[a].action == action) total += ledger.sum(AccountId(a));
  }
  return total;
}

DmaParameters dma_parameters() {
  DmaParameters dma{};
  dma.burst = 16;
  dma.burst_energy = 5e-12 * si::joules;
  return dma;
}

// A buffer of 64 bytes: 2 ns, and 1 ns for every 8 bytes; 1 pJ a byte.
struct BufferBench {
  Ledger ledger;
  ScriptedInitiator initiator{sc_core::sc_gen_unique_name("initiator")};
  ProtocolChecker checker{sc_core::sc_gen_unique_name("checker")};
  GlobalBuffer buffer{sc_core::sc_gen_unique_name("buffer"), small_buffer(64), ledger};
  std::array<unsigned char, 64> bytes{};

  BufferBench() {
    initiator.socket.bind(checker.target);
    checker.initiator.bind(buffer.socket);
  }
  // The delay in picoseconds.
  Picoseconds access(tlm::tlm_command command, std::uint64_t address, unsigned length,
                     tlm::tlm_response_status expected = tlm::TLM_OK_RESPONSE) {
    Payload payload;
    TlmTileBench::fill(payload, command, address, bytes.data(), length);
    auto delay = sc_core::SC_ZERO_TIME;
    initiator.socket->b_transport(payload, delay);
    EXPECT_EQ(payload.get_response_status(), expected);
    return to_picoseconds(delay);
  }
};

// A DMA that reaches one such buffer, and its registers.
struct DmaBench {
  Ledger ledger;
  ScriptedInitiator initiator{sc_core::sc_gen_unique_name("initiator")};
  ProtocolChecker checker{sc_core::sc_gen_unique_name("checker")};
  GlobalBuffer buffer{sc_core::sc_gen_unique_name("buffer"), small_buffer(64), ledger};
  Dma dma;
  sc_core::sc_signal<bool> interrupt;

  explicit DmaBench(TlmTiming timing)
      : dma(sc_core::sc_gen_unique_name("dma"), dma_parameters(),
            {1e-9 * si::seconds, 1e-12 * si::joules}, ledger, timing) {
    initiator.socket.bind(checker.target);
    checker.initiator.bind(dma.socket);
    dma.port.socket.bind(buffer.socket);
    dma.interrupt(interrupt);
  }
  std::uint32_t access(tlm::tlm_command command, std::uint64_t address, std::uint32_t value = 0) {
    Payload payload;
    TlmTileBench::fill(payload, command, address, &value, 4);
    auto delay = sc_core::SC_ZERO_TIME;
    initiator.socket->b_transport(payload, delay);
    EXPECT_TRUE(payload.is_response_ok());
    return value;
  }
  void start(std::uint32_t source, std::uint32_t destination, std::uint32_t bytes) {
    access(tlm::TLM_WRITE_COMMAND, kControl, 1);
    access(tlm::TLM_WRITE_COMMAND, kSourceLow, source);
    access(tlm::TLM_WRITE_COMMAND, kDestinationLow, destination);
    access(tlm::TLM_WRITE_COMMAND, kBytes, bytes);
    access(tlm::TLM_WRITE_COMMAND, kStart, 1);
  }
  std::uint32_t status() { return access(tlm::TLM_READ_COMMAND, kStatus); }
  std::array<unsigned char, 64> contents(bool write, std::array<unsigned char, 64> bytes = {}) {
    Payload payload;
    TlmTileBench::fill(payload, write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND, 0,
                       bytes.data(), 64);
    EXPECT_EQ(dma.port.socket->transport_dbg(payload), 64U);
    return bytes;
  }
};

struct Benches {
  BufferBench blocking;
  BufferBench phases;
  DmaBench at{TlmTiming::at};
  DmaBench lt{TlmTiming::lt};
  Ledger ledger;
  ScriptedInitiator initiator{"far"};
  ProtocolChecker checker{"far_checker"};
  Interconnect net{"net", interconnect(Topology::mesh(2, 1)), ledger};
  GlobalBuffer buffer{"far_buffer", small_buffer(64), ledger};

  Benches() {
    initiator.socket.bind(checker.target);
    checker.initiator.bind(net.initiators);
    net.place_initiator(0);
    net.targets.bind(buffer.socket);
    net.place_target(1, kBase, 256);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
};

Benches& benches() {
  static Benches all;
  return all;
}

TEST(GlobalBuffer, TakesItsLatencyAndACycleALine) {
  auto& bench = benches().blocking;
  EXPECT_EQ(bench.access(tlm::TLM_READ_COMMAND, 48, 16), 4000);
  auto read = sum_of(bench.ledger, "read");
  EXPECT_EQ(read.count, 16U);
  EXPECT_NEAR(read.joules, 16e-12, 1e-24);
  EXPECT_EQ(read.busy, 16 * 2000.0);
  EXPECT_EQ(sum_of(bench.ledger, "write").count, 0U);

  EXPECT_EQ(bench.access(tlm::TLM_WRITE_COMMAND, 0, 9), 4000);
  EXPECT_EQ(bench.access(tlm::TLM_WRITE_COMMAND, 0, 8), 3000);
  const auto written = sum_of(bench.ledger, "write");
  EXPECT_EQ(written.count, 17U);
  EXPECT_NEAR(written.joules, 17e-12, 1e-24);
  EXPECT_EQ(written.busy, 9 * 2000.0 + 8 * 1000.0);
  EXPECT_EQ(sum_of(bench.ledger, "read").count, 16U);

  // Neither an access that moves nothing nor one beside the memory costs anything.
  bench.access(tlm::TLM_IGNORE_COMMAND, 0, 8);
  EXPECT_EQ(bench.access(tlm::TLM_READ_COMMAND, 49, 16, tlm::TLM_ADDRESS_ERROR_RESPONSE), 2000);
  EXPECT_EQ(bench.access(tlm::TLM_READ_COMMAND, 64, 1, tlm::TLM_ADDRESS_ERROR_RESPONSE), 2000);
  EXPECT_EQ(sum_of(bench.ledger, "read").count + sum_of(bench.ledger, "write").count, 33U);
}

// The second line starts when the first is through, and is complete 2 ns later than it.
TEST(GlobalBuffer, WorksOnOneLineACycle) {
  auto& bench = benches().phases;
  std::vector<Picoseconds> responses;
  bench.initiator.on_phase = [&](Payload&, tlm::tlm_phase& phase, sc_core::sc_time&) {
    if (phase != tlm::BEGIN_RESP) return tlm::TLM_ACCEPTED;
    responses.push_back(now_ps());
    return tlm::TLM_COMPLETED;
  };
  const Picoseconds start = now_ps();
  std::array<GoodPayload, 2> payloads;
  for (auto& payload : payloads) {
    payload.set_read();
    payload.set_data_ptr(bench.bytes.data());
    payload.set_data_length(16);
    payload.set_streaming_width(16);
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    auto delay = sc_core::SC_ZERO_TIME;
    bench.initiator.socket->nb_transport_fw(payload, phase, delay);
    // END_REQ comes within a few delta cycles.
    for (int i = 0; i < 4; ++i) sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  EXPECT_EQ(now_ps(), start);
  sc_core::sc_start(to_sc_time(20000));
  EXPECT_EQ(responses, (std::vector<Picoseconds>{start + 4000, start + 6000}));
}

std::pair<std::uint64_t, std::uint64_t> range_of(ScriptedInitiator& initiator,
                                                 std::uint64_t address, bool granted,
                                                 tlm::tlm_dmi& dmi) {
  GoodPayload payload;
  payload.set_address(address);
  EXPECT_EQ(initiator.socket->get_direct_mem_ptr(payload, dmi), granted) << address;
  return {dmi.get_start_address(), dmi.get_end_address()};
}

TEST(GlobalBuffer, GrantsWhatItHasAndNothingBeyond) {
  auto& bench = benches().blocking;
  using Range = std::pair<std::uint64_t, std::uint64_t>;
  tlm::tlm_dmi dmi;
  EXPECT_EQ(range_of(bench.initiator, 63, true, dmi), (Range{0, 63}));
  EXPECT_EQ(to_picoseconds(dmi.get_read_latency()), 3000);
  EXPECT_EQ(to_picoseconds(dmi.get_write_latency()), 3000);
  EXPECT_EQ(range_of(bench.initiator, 64, false, dmi), (Range{64, 64}));
}

// Two hops of 3 ns and two flits of 1 ns each way.
TEST(Interconnect, MovesTheRangeOfDirectMemory) {
  auto& all = benches();
  using Range = std::pair<std::uint64_t, std::uint64_t>;
  tlm::tlm_dmi dmi;
  EXPECT_EQ(range_of(all.initiator, kBase + 5, true, dmi), (Range{kBase, kBase + 63}));
  EXPECT_EQ(to_picoseconds(dmi.get_read_latency()), 3000 + 2 * 8000);
  EXPECT_EQ(to_picoseconds(dmi.get_write_latency()), 3000 + 2 * 8000);
  EXPECT_EQ(range_of(all.initiator, kBase + 70, false, dmi), (Range{kBase + 70, kBase + 70}));
  EXPECT_EQ(range_of(all.initiator, 70, false, dmi), (Range{70, 70}));
}

// 40 bytes are bursts of 16, 16 and 8: reads and writes of 4, 4, 4, 4, 3 and 3 ns.
void copy_forty_bytes(DmaBench& bench) {
  std::array<unsigned char, 64> bytes{};
  for (unsigned i = 0; i < 64; ++i) bytes[i] = static_cast<unsigned char>(i + 1);
  bench.contents(true, bytes);
  bench.start(4, 20, 40);
  sc_core::sc_start(to_sc_time(21999));
  EXPECT_EQ(bench.status(), kBusy);
  EXPECT_FALSE(bench.interrupt.read());
  sc_core::sc_start(to_sc_time(2));
  EXPECT_EQ(bench.status(), 0U);
  EXPECT_TRUE(bench.interrupt.read());
  // Burst by burst: bytes 20 to 23 of the source had been overwritten by the first.
  auto expected = bytes;
  for (unsigned done = 0; done < 40; done += 16) {
    const unsigned length = std::min(16U, 40 - done);
    std::array<unsigned char, 16> burst{};
    std::memcpy(burst.data(), expected.data() + 4 + done, length);
    std::memcpy(expected.data() + 20 + done, burst.data(), length);
  }
  EXPECT_EQ(bench.contents(false), expected);

  const auto bursts = sum_of(bench.ledger, "burst");
  EXPECT_EQ(bursts.count, 3U);
  EXPECT_NEAR(bursts.joules, 15e-12, 1e-24);
  EXPECT_EQ(bursts.busy, 0.0);
  EXPECT_NEAR(sum_of(bench.ledger, "read").joules, 40e-12, 1e-24);
  EXPECT_NEAR(sum_of(bench.ledger, "write").joules, 40e-12, 1e-24);
}

TEST(Dma, TakesTheTimeOfItsBurstsInPhases) { copy_forty_bytes(benches().at); }

TEST(Dma, TakesTheTimeOfItsBurstsInBlockingCalls) { copy_forty_bytes(benches().lt); }

TEST(Dma, FailsWhereNothingIs) {
  for (auto* const bench : {&benches().at, &benches().lt}) {
    bench->start(0, 60, 8);
    sc_core::sc_start(to_sc_time(100000));
    EXPECT_EQ(bench->status(), kFailed);
    bench->start(0, 8, 8);
    sc_core::sc_start(to_sc_time(100000));
    EXPECT_EQ(bench->status(), 0U);
  }
}

}  // namespace
}  // namespace dwmtj::test
