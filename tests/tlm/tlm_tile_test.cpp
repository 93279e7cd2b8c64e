// SPDX-License-Identifier: Apache-2.0
// The tile by blocking transport, direct memory and debug transport.
#include "tlm/tlm_tile.h"

#include <cstring>
#include <numeric>

#include "common/sim_time.h"
#include "tests/support/ledger_sums.h"
#include "tests/tlm/random_command.h"
#include "tests/tlm/tlm_tile_bench.h"

namespace dwmtj::test {
namespace {

using namespace tile_map;
using sc_core::sc_time;

struct TwoTiles {
  Ledger ledger;
  TlmTileBench first{&ledger};
  TlmTileBench second{&ledger, tile_options({4, 3}, 8)};
};

TwoTiles& two_tiles() {
  static TwoTiles both;
  return both;
}

TlmTileBench& fresh() {
  two_tiles();  // made before the simulation starts, too
  return fresh_bench<TlmTileBench, 24>();
}

const sc_time kAccess(1, sc_core::SC_NS);

std::vector<int> sites(const BulkTile& tile) {
  std::vector<int> all;
  for (std::size_t i = 0; i < tile.array().devices().size(); ++i) {
    all.push_back(tile.array().devices().site(i));
  }
  return all;
}

std::uint32_t op(TileOp value) { return static_cast<std::uint32_t>(value); }

// --- Accesses

TEST(TlmTile, AccessTakesTheAccessTimeOnTopOfTheDelay) {
  auto& bench = fresh();
  sc_time delay = 5 * kAccess;
  EXPECT_EQ(bench.read(kId, delay), kIdValue);
  EXPECT_EQ(delay, 6 * kAccess);
  bench.write(kRow, 3, delay);
  EXPECT_EQ(delay, 7 * kAccess);
  EXPECT_EQ(bench.read(kRow, delay), 3U);
}

struct Access {
  const char* name;
  tlm::tlm_command command;
  std::uint64_t address;
  unsigned length;
  tlm::tlm_response_status expected;
};

TEST(TlmTile, AnswersWithTheRightResponseStatus) {
  constexpr auto kRead = tlm::TLM_READ_COMMAND;
  constexpr auto kWrite = tlm::TLM_WRITE_COMMAND;
  constexpr auto kIgnore = tlm::TLM_IGNORE_COMMAND;
  constexpr auto kOk = tlm::TLM_OK_RESPONSE;
  constexpr auto kAddressError = tlm::TLM_ADDRESS_ERROR_RESPONSE;
  constexpr auto kCommandError = tlm::TLM_COMMAND_ERROR_RESPONSE;
  constexpr auto kBurstError = tlm::TLM_BURST_ERROR_RESPONSE;
  const Access accesses[] = {
      {"read of a register", kRead, kId, 4, kOk},
      {"read of a write-only register", kRead, kCommand, 4, kCommandError},
      {"write of a read-only register", kWrite, kId, 4, kCommandError},
      {"ignored", kIgnore, kRow, 4, kOk},
      {"ignored in the window", kIgnore, kInputWindow, 4, kOk},
      {"unaligned register", kRead, kRow + 1, 4, kBurstError},
      {"half a register", kRead, kRow, 2, kBurstError},
      {"two registers", kRead, kRow, 8, kBurstError},
      {"behind the registers", kRead, kEndOfRegisters, 4, kAddressError},
      {"before the input window", kRead, kInputWindow - 1, 1, kAddressError},
      {"unaligned in the input window", kWrite, kInputWindow + 1, 3, kOk},
      {"end of the input window", kRead, kInputWindow + kWindowBytes - 8, 8, kOk},
      {"across the end of the input window", kWrite, kInputWindow + kWindowBytes - 4, 8,
       kAddressError},
      {"read of the output window", kRead, kOutputWindow, 8, kOk},
      {"write of the output window", kWrite, kOutputWindow, 8, kCommandError},
      {"behind the output window", kRead, kOutputWindow + kWindowBytes, 1, kAddressError},
      {"weights, which only debug sees", kRead, kWeightWindow, 1, kAddressError},
      {"the last address", kRead, ~std::uint64_t{0}, 4, kAddressError},
      {"the last address, aligned", kRead, ~std::uint64_t{3}, 4, kAddressError},
  };
  auto& bench = fresh();
  for (const auto& access : accesses) {
    sc_time delay;
    unsigned char data[8] = {};
    EXPECT_EQ(bench.transport(access.command, access.address, data, access.length, delay),
              access.expected)
        << access.name;
    EXPECT_EQ(delay, kAccess) << access.name;
  }
}

TEST(TlmTile, RefusesByteEnablesAndStreaming) {
  auto& bench = fresh();
  unsigned char enables[] = {TLM_BYTE_ENABLED};
  std::uint64_t value = ~std::uint64_t{0};
  sc_time delay;
  for (const bool streaming : {false, true}) {
    Payload payload;
    TlmTileBench::fill(payload, tlm::TLM_WRITE_COMMAND, kInputWindow, &value, 8);
    if (streaming) {
      payload.set_streaming_width(4);
    } else {
      payload.set_byte_enable_ptr(enables);
      payload.set_byte_enable_length(1);
    }
    bench.initiator.socket->b_transport(payload, delay);
    EXPECT_EQ(payload.get_response_status(),
              streaming ? tlm::TLM_BURST_ERROR_RESPONSE : tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
  }
  bench.transport(tlm::TLM_READ_COMMAND, kInputWindow, &value, 8, delay);
  EXPECT_EQ(value, 0U);
}

TEST(TlmTile, AStreamingWidthBeyondTheLengthIsNoStreaming) {
  auto& bench = fresh();
  std::uint32_t value = 0;
  Payload payload;
  TlmTileBench::fill(payload, tlm::TLM_READ_COMMAND, kId, &value, 4);
  payload.set_streaming_width(64);
  sc_time delay;
  bench.initiator.socket->b_transport(payload, delay);
  EXPECT_TRUE(payload.is_response_ok());
}

TEST(TlmTile, IgnoredCommandMovesNoData) {
  auto& bench = fresh();
  sc_time delay;
  bench.write(kRow, 2, delay);
  for (const auto address : {std::uint64_t{kRow}, std::uint64_t{kCommand}, kInputWindow}) {
    std::uint32_t value = 77;
    bench.transport(tlm::TLM_IGNORE_COMMAND, address, &value, 4, delay);
    EXPECT_EQ(value, 77U);
  }
  EXPECT_EQ(bench.read(kRow, delay), 2U);
  EXPECT_EQ(bench.read(kInputWindow, delay), 0U);
  EXPECT_EQ(bench.read(kStatus, delay), 0U);
}

TEST(TlmTile, WindowTakesBurstsAtAnyAddress) {
  auto& bench = fresh();
  unsigned char sent[37];
  unsigned char received[37] = {};
  std::iota(std::begin(sent), std::end(sent), 1);
  sc_time delay;
  const std::uint64_t address = kInputWindow + 1001;
  bench.transport(tlm::TLM_WRITE_COMMAND, address, sent, sizeof(sent), delay);
  bench.transport(tlm::TLM_READ_COMMAND, address, received, sizeof(sent), delay);
  EXPECT_EQ(std::memcmp(sent, received, sizeof(sent)), 0);
  EXPECT_EQ(delay, 2 * kAccess);
}

// --- Commands

TEST(TlmTile, CommandByRegistersPolled) {
  auto& bench = fresh();
  const std::int16_t targets[] = {2, 0, 3};
  std::int16_t levels[3] = {};
  sc_time delay;
  std::int16_t data[3];
  std::memcpy(data, targets, sizeof(data));
  bench.transport(tlm::TLM_WRITE_COMMAND, kInputWindow, data, sizeof(data), delay);
  bench.write(kRow, 1, delay);
  bench.write(kLength, 3, delay);
  const Picoseconds sent = now_ps() + to_picoseconds(delay);
  bench.write(kCommand, op(TileOp::program), delay);
  bench.reference.carry_out({TileOp::program, 1, Side::plus, {2, 0, 3}}, sent);
  while ((bench.read(kStatus, delay) & kBusy) != 0) {
  }
  // The poll that first found it done came at most one access after completion.
  const Picoseconds polled = now_ps() + to_picoseconds(delay);
  EXPECT_GE(polled, bench.reference.now());
  EXPECT_LE(polled, bench.reference.now() + 2 * to_picoseconds(kAccess));
  bench.write(kLength, 0, delay);
  bench.write(kCommand, op(TileOp::read), delay);
  while ((bench.read(kStatus, delay) & kBusy) != 0) {
  }
  bench.transport(tlm::TLM_READ_COMMAND, kOutputWindow, levels, sizeof(levels), delay);
  EXPECT_EQ(std::memcmp(levels, targets, sizeof(levels)), 0);
  EXPECT_EQ(bench.read(kDone, delay), 2U);
}

TEST(TlmTile, FullQueueRefusesTheCommand) {
  auto& bench = fresh();
  std::uint32_t reset = op(TileOp::reset);  // takes longer than to fill the queue
  sc_time delay;
  for (unsigned i = 0; i < kQueueDepth; ++i) bench.write(kCommand, reset, delay);
  EXPECT_NE(bench.read(kStatus, delay) & kQueueFull, 0U);
  EXPECT_EQ(bench.transport(tlm::TLM_WRITE_COMMAND, kCommand, &reset, 4, delay),
            tlm::TLM_COMMAND_ERROR_RESPONSE);
}

TEST(TlmTile, CommandByExtensionTakesExactlyAsLongAsOnTheBulkTile) {
  auto& bench = fresh();
  std::mt19937_64 random(11);
  sc_time delay;
  for (int i = 0; i < 300; ++i) {
    delay += sc_time(static_cast<double>(random() % 3000), sc_core::SC_PS);
    const auto command = random_command(random, {4, 3}, bench.reference.device().sites());
    const auto arrival = now_ps() + to_picoseconds(delay);
    const auto expected = bench.reference.carry_out(command, arrival);
    const auto answer = bench.command(command, delay);
    ASSERT_EQ(answer.result, expected) << command;
    EXPECT_EQ(answer.started, arrival);
    EXPECT_EQ(answer.completed, bench.reference.now());
    EXPECT_EQ(now_ps() + to_picoseconds(delay), bench.reference.now());
    EXPECT_EQ(in_si(answer.energy), in_si(bench.reference.command_energy()));
  }
  EXPECT_EQ(sites(bench.tile.tile()), sites(bench.reference));
  EXPECT_EQ(bench.read(kDone, delay), 300U);
}

TEST(TlmTile, CommandByExtensionWaitsForThoseInTheQueue) {
  auto& bench = fresh();
  sc_time delay;
  const Picoseconds first = now_ps();
  bench.write(kCommand, op(TileOp::read), delay);
  bench.reference.carry_out({TileOp::read, 0, Side::plus, {}}, first);
  const Picoseconds queued_until = bench.reference.now();
  bench.reference.carry_out({TileOp::reset, 2, Side::minus, {}}, queued_until);
  const auto answer = bench.command({TileOp::reset, 2, Side::minus, {}}, delay);
  EXPECT_EQ(answer.started, queued_until);
  EXPECT_EQ(answer.completed, bench.reference.now());
}

// --- Interrupt

// Runs up to `time`, without what happens at that time.
void run_to(Picoseconds time) { sc_core::sc_start(to_sc_time(time - now_ps())); }

TEST(TlmTile, InterruptRisesAtCompletionAndFallsWhenCleared) {
  auto& bench = fresh();
  sc_time delay;
  bench.write(kControl, 1, delay);
  for (const bool by_extension : {false, true}) {
    delay = sc_core::SC_ZERO_TIME;
    const Picoseconds sent = now_ps();
    if (by_extension) {
      bench.command({TileOp::read, 0, Side::plus, {}}, delay);
    } else {
      bench.write(kCommand, op(TileOp::read), delay);
    }
    bench.reference.carry_out({TileOp::read, 0, Side::plus, {}}, sent);
    run_to(bench.reference.now());
    EXPECT_FALSE(bench.interrupt.read()) << by_extension;
    sc_core::sc_start(1, sc_core::SC_PS);
    EXPECT_TRUE(bench.interrupt.read()) << by_extension;
    delay = sc_core::SC_ZERO_TIME;
    bench.write(kInterrupt, 1, delay);
    sc_core::sc_start(1, sc_core::SC_PS);
    EXPECT_FALSE(bench.interrupt.read()) << by_extension;
  }
}

TEST(TlmTile, InterruptStaysDownUnlessEnabled) {
  auto& bench = fresh();
  sc_time delay;
  bench.write(kCommand, op(TileOp::read), delay);
  sc_core::sc_start(1, sc_core::SC_US);
  EXPECT_FALSE(bench.interrupt.read());
  delay = sc_core::SC_ZERO_TIME;
  bench.write(kControl, 1, delay);
  sc_core::sc_start(1, sc_core::SC_PS);
  EXPECT_TRUE(bench.interrupt.read());
}

// --- Debug

TEST(TlmTile, DebugTakesNoTimeAndHasNoEffect) {
  auto& bench = fresh();
  sc_time delay;
  bench.write(kCommand, op(TileOp::read), delay);
  const double posted = in_si(bench.ledger.posted());
  const Picoseconds before = now_ps();
  std::uint32_t value = 0;
  for (std::uint64_t address = 0; address < kEndOfRegisters; address += 4) {
    const unsigned expected = address == kCommand ? 0 : 4;
    EXPECT_EQ(bench.debug(tlm::TLM_READ_COMMAND, address, &value, 4), expected) << address;
    EXPECT_EQ(bench.debug(tlm::TLM_WRITE_COMMAND, address, &value, 4), 0U) << address;
  }
  EXPECT_EQ(bench.debug(tlm::TLM_READ_COMMAND, kRow + 1, &value, 4), 0U);
  EXPECT_EQ(bench.debug(tlm::TLM_READ_COMMAND, kEndOfRegisters, &value, 4), 0U);
  EXPECT_EQ(now_ps(), before);
  EXPECT_EQ(in_si(bench.ledger.posted()), posted);
  delay = sc_core::SC_ZERO_TIME;
  EXPECT_EQ(bench.read(kStatus, delay), kBusy | 1U << 16U);
}

TEST(TlmTile, DebugLatchesNothing) {
  auto& bench = fresh();
  sc_core::sc_start(5, sc_core::SC_MS);  // more picoseconds than 32 bits hold
  sc_time delay;
  const auto completed = bench.command({TileOp::read, 0, Side::plus, {}}, delay).completed;
  sc_core::sc_start(delay);
  sc_core::sc_start(1, sc_core::SC_PS);
  std::uint32_t low = 0;
  bench.debug(tlm::TLM_READ_COMMAND, kTimeLow, &low, 4);
  EXPECT_EQ(low, static_cast<std::uint32_t>(completed));
  delay = sc_core::SC_ZERO_TIME;
  EXPECT_EQ(bench.read(kTimeHigh, delay), 0U);
  bench.read(kTimeLow, delay);
  EXPECT_EQ(bench.read(kTimeHigh, delay), static_cast<std::uint32_t>(completed >> 32));
}

TEST(TlmTile, DebugSeesTheOutputWindowAsOfNow) {
  auto& bench = fresh();
  sc_time delay;
  bench.command({TileOp::program, 1, Side::plus, {3, 1, 2}}, delay);
  sc_core::sc_start(delay);
  delay = sc_core::SC_ZERO_TIME;
  bench.write(kRow, 1, delay);
  bench.write(kCommand, op(TileOp::read), delay);
  std::int16_t levels[3] = {};
  bench.debug(tlm::TLM_READ_COMMAND, kOutputWindow, levels, sizeof(levels));
  EXPECT_EQ(levels[0], 0);  // the flags of the program command
  sc_core::sc_start(1, sc_core::SC_US);
  bench.debug(tlm::TLM_READ_COMMAND, kOutputWindow, levels, sizeof(levels));
  EXPECT_EQ(levels[0], 3);
  EXPECT_EQ(levels[1], 1);
  EXPECT_EQ(levels[2], 2);
}

TEST(TlmTile, DebugWeightWindowIsTheStateOfTheDevices) {
  auto& bench = fresh();
  sc_time delay;
  for (std::uint32_t row = 0; row < 4; ++row) {
    bench.command({TileOp::program, row, Side::minus, {0, 2, 4}}, delay);
  }
  const auto expected = sites(bench.tile.tile());
  std::vector<unsigned char> weights(expected.size() + 8, 255);
  EXPECT_EQ(bench.debug(tlm::TLM_READ_COMMAND, kWeightWindow, weights.data(),
                        static_cast<unsigned>(weights.size())),
            expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(weights[i], expected[i]);
  EXPECT_EQ(weights[expected.size()], 255);
  EXPECT_EQ(bench.debug(tlm::TLM_READ_COMMAND, kWeightWindow + 5, weights.data(), 1), 1U);
  EXPECT_EQ(weights[0], expected[5]);
  EXPECT_EQ(bench.debug(tlm::TLM_READ_COMMAND, kWeightWindow + expected.size(), weights.data(), 1),
            0U);
  EXPECT_EQ(bench.debug(tlm::TLM_WRITE_COMMAND, kWeightWindow, weights.data(), 1), 0U);
}

// --- Direct memory

bool direct(TlmTileBench& bench, std::uint64_t address, tlm::tlm_dmi& dmi) {
  Payload payload;
  std::uint32_t value = 0;
  TlmTileBench::fill(payload, tlm::TLM_WRITE_COMMAND, address, &value, 4);
  return bench.initiator.socket->get_direct_mem_ptr(payload, dmi);
}

TEST(TlmTile, GrantsDirectMemoryOnTheInputWindowOnly) {
  auto& bench = fresh();
  for (const auto offset : {std::uint64_t{0}, std::uint64_t{77}, kWindowBytes - 1}) {
    tlm::tlm_dmi dmi;
    ASSERT_TRUE(direct(bench, kInputWindow + offset, dmi));
    EXPECT_EQ(dmi.get_start_address(), kInputWindow);
    EXPECT_EQ(dmi.get_end_address(), kInputWindow + kWindowBytes - 1);
    EXPECT_TRUE(dmi.is_read_write_allowed());
    EXPECT_EQ(dmi.get_read_latency(), kAccess);
    EXPECT_EQ(dmi.get_write_latency(), kAccess);
  }
  for (const auto address : {std::uint64_t{kId}, kInputWindow - 1, kInputWindow + kWindowBytes,
                             kOutputWindow, kWeightWindow}) {
    tlm::tlm_dmi dmi;
    EXPECT_FALSE(direct(bench, address, dmi)) << address;
  }
}

TEST(TlmTile, HintsAtDirectMemoryOnTheInputWindowOnly) {
  auto& bench = fresh();
  for (const auto address : {std::uint64_t{kId}, kInputWindow, kOutputWindow}) {
    Payload payload;
    std::uint32_t value = 0;
    TlmTileBench::fill(payload, tlm::TLM_READ_COMMAND, address, &value, 4);
    sc_time delay;
    bench.initiator.socket->b_transport(payload, delay);
    EXPECT_EQ(payload.is_dmi_allowed(), address == kInputWindow) << address;
  }
}

TEST(TlmTile, CommandsSeeWhatDirectMemoryWrote) {
  auto& bench = fresh();
  tlm::tlm_dmi dmi;
  ASSERT_TRUE(direct(bench, kInputWindow, dmi));
  const std::int16_t targets[] = {1, 2, 3};
  std::memcpy(dmi.get_dmi_ptr(), targets, sizeof(targets));
  sc_time delay;
  bench.write(kLength, 3, delay);
  const auto sent = now_ps() + to_picoseconds(delay);
  bench.write(kCommand, op(TileOp::program), delay);
  bench.reference.carry_out({TileOp::program, 0, Side::plus, {1, 2, 3}}, sent);
  EXPECT_EQ(sites(bench.tile.tile()), sites(bench.reference));
}

// --- Energy

TEST(TlmTile, IdleCostsLeakageOnly) {
  auto& bench = fresh();
  bench.ledger.set_on_time(1000000);
  EXPECT_EQ(in_si(bench.ledger.posted()), 0.0);
  EXPECT_GT(in_si(bench.ledger.leaked()), 0.0);
  EXPECT_EQ(in_si(bench.ledger.total()), in_si(bench.ledger.leaked()));
}

TEST(TlmTile, ComponentsAndCommandsAddUpToTheSameEnergy) {
  auto& bench = fresh();
  std::mt19937_64 random(3);
  sc_time delay;
  double commands = 0.0;
  for (int i = 0; i < 100; ++i) {
    commands += in_si(bench.command(random_command(random, {4, 3}, 5), delay).energy);
    bench.read(kStatus, delay);
  }
  bench.ledger.set_on_time(now_ps() + to_picoseconds(delay));
  const double posted = in_si(bench.ledger.posted());
  EXPECT_NEAR(by_command(bench.ledger), posted, 1e-12 * posted);
  const double total = in_si(bench.ledger.total());
  EXPECT_NEAR(by_component(bench.ledger), total, 1e-12 * total);
  // An access is on nobody's behalf, whatever command went before.
  EXPECT_NEAR(in_si(bench.ledger.posted(CommandId{})), 100 * 50e-15, 1e-24);
  EXPECT_NEAR(posted, commands + 100 * 50e-15, 1e-12 * posted);
}

TEST(TlmTile, TwoTilesShareALedgerAndNothingElse) {
  fresh();  // the simulation has started
  auto& both = two_tiles();
  std::mt19937_64 random(5);
  sc_time delays[2];
  for (int i = 0; i < 100; ++i) {
    auto& bench = i % 2 == 0 ? both.first : both.second;
    const auto command = random_command(random, {4, 3}, 5);
    const auto arrival = now_ps() + to_picoseconds(delays[i % 2]);
    const auto expected = bench.reference.carry_out(command, arrival);
    EXPECT_EQ(bench.command(command, delays[i % 2]).result, expected);
    EXPECT_EQ(now_ps() + to_picoseconds(delays[i % 2]), bench.reference.now());
  }
  EXPECT_EQ(sites(both.first.tile.tile()), sites(both.first.reference));
  EXPECT_EQ(sites(both.second.tile.tile()), sites(both.second.reference));
  EXPECT_NE(sites(both.first.tile.tile()), sites(both.second.tile.tile()));
  const double alone =
      in_si(both.first.reference_ledger.posted()) + in_si(both.second.reference_ledger.posted());
  EXPECT_NEAR(in_si(both.ledger.posted()), alone, 1e-12 * alone);
}

}  // namespace
}  // namespace dwmtj::test
