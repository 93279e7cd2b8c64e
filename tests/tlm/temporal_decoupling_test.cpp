// SPDX-License-Identifier: Apache-2.0
// One program on four tiles, by initiators that synchronise with the kernel after each access,
// every 10 ns, every 1 us and every 1 ms: all that they see, and all that it costs, is the same.
#include <cstring>

#include "common/sim_time.h"
#include "tests/tlm/random_command.h"
#include "tests/tlm/tlm_tile_bench.h"

namespace dwmtj::test {
namespace {

using namespace tile_map;
using sc_core::sc_time;

class Programmer : public sc_core::sc_module {
 public:
  Programmer(const sc_core::sc_module_name& name, TlmTileBench& bench, const sc_time& quantum)
      : sc_module(name), bench_(bench), quantum_(quantum) {
    SC_THREAD(run);
  }

  [[nodiscard]] const std::vector<std::uint64_t>& seen() const { return seen_; }
  [[nodiscard]] int synchronisations() const { return synchronisations_; }
  [[nodiscard]] Picoseconds end() const { return end_; }

 private:
  SC_HAS_PROCESS(Programmer);

  void run() {
    for (int step = 0; step < 200; ++step) {
      const auto command = random_command(random_, {4, 3}, 5);
      if (step % 3 == 0) {
        by_extension(command);
      } else {
        by_registers(command, step % 2 == 0);
      }
      look();
    }
    wait(delay_);
    end_ = now_ps();
  }

  void by_extension(const TileCommand& command) {
    const auto answer = bench_.command(command, delay_);
    synchronise();
    see(static_cast<std::uint64_t>(answer.completed));
    for (const auto value : answer.result.data) see(static_cast<std::uint64_t>(value));
  }

  void by_registers(const TileCommand& command, bool direct) {
    auto data = command.data;
    direct ? fill_direct(data) : fill(data);
    write(kRow, command.row);
    write(kSide, command.side == Side::minus ? 1 : 0);
    write(kLength, static_cast<std::uint32_t>(data.size()));
    write(kCommand, static_cast<std::uint32_t>(command.op));
    while ((read(kStatus) & kBusy) != 0) {
    }
  }

  void fill(std::vector<std::int16_t>& data) {
    bench_.transport(tlm::TLM_WRITE_COMMAND, kInputWindow, data.data(),
                     static_cast<unsigned>(2 * data.size()), delay_);
    synchronise();
  }

  void fill_direct(const std::vector<std::int16_t>& data) {
    Payload payload;
    std::uint32_t unused = 0;
    TlmTileBench::fill(payload, tlm::TLM_WRITE_COMMAND, kInputWindow, &unused, 4);
    tlm::tlm_dmi dmi;
    ASSERT_TRUE(bench_.initiator.socket->get_direct_mem_ptr(payload, dmi));
    std::memcpy(dmi.get_dmi_ptr(), data.data(), 2 * data.size());
    delay_ += dmi.get_write_latency();
    synchronise();
  }

  void look() {
    for (const std::uint64_t address :
         {kStatus, kEnergyLow, kEnergyHigh, kTimeLow, kTimeHigh, kDone, kFailed, kInterrupt}) {
      see(read(address));
    }
    write(kInterrupt, 1);
    std::int16_t output[3];
    bench_.transport(tlm::TLM_READ_COMMAND, kOutputWindow, output, sizeof(output), delay_);
    synchronise();
    for (const auto value : output) see(static_cast<std::uint64_t>(value));
    see(static_cast<std::uint64_t>(now_ps() + to_picoseconds(delay_)));
  }

  std::uint32_t read(std::uint64_t address) {
    const auto value = bench_.read(address, delay_);
    synchronise();
    return value;
  }
  void write(std::uint64_t address, std::uint32_t value) {
    bench_.write(address, value, delay_);
    synchronise();
  }
  void synchronise() {
    if (delay_ <= quantum_) return;
    ++synchronisations_;
    wait(delay_);
    delay_ = sc_core::SC_ZERO_TIME;
  }
  void see(std::uint64_t value) { seen_.push_back(value); }

  TlmTileBench& bench_;
  sc_time quantum_;
  sc_time delay_;
  std::mt19937_64 random_{31};
  std::vector<std::uint64_t> seen_;
  int synchronisations_ = 0;
  Picoseconds end_ = 0;
};

struct Decoupled {
  TlmTileBench bench;
  Programmer programmer;
  explicit Decoupled(const sc_time& quantum)
      : programmer(sc_core::sc_gen_unique_name("programmer"), bench, quantum) {}
};

TEST(TemporalDecoupling, TheQuantumChangesNothing) {
  Decoupled exact(sc_core::SC_ZERO_TIME);
  Decoupled fine(sc_time(10, sc_core::SC_NS));
  Decoupled coarse(sc_time(1, sc_core::SC_US));
  Decoupled coarsest(sc_time(1, sc_core::SC_MS));
  sc_core::sc_start();

  ASSERT_GT(exact.programmer.seen().size(), 200U * 12U);
  EXPECT_GT(exact.programmer.synchronisations(), fine.programmer.synchronisations());
  EXPECT_GT(fine.programmer.synchronisations(), coarse.programmer.synchronisations());
  EXPECT_GT(coarse.programmer.synchronisations(), coarsest.programmer.synchronisations());
  for (const auto* other : {&fine, &coarse, &coarsest}) {
    EXPECT_EQ(other->programmer.seen(), exact.programmer.seen());
    EXPECT_EQ(other->programmer.end(), exact.programmer.end());
    const auto& ledger = other->bench.ledger;
    for (std::size_t a = 0; a < ledger.accounts().size(); ++a) {
      for (std::size_t c = 0; c < ledger.commands().size(); ++c) {
        const auto sum = ledger.sum(AccountId(a), CommandId(c));
        const auto expected = exact.bench.ledger.sum(AccountId(a), CommandId(c));
        EXPECT_EQ(sum.count, expected.count);
        EXPECT_EQ(sum.busy, expected.busy);
        EXPECT_EQ(sum.joules, expected.joules);
      }
    }
    const auto& devices = other->bench.tile.tile().array().devices();
    for (std::size_t i = 0; i < devices.size(); ++i) {
      EXPECT_EQ(devices.site(i), exact.bench.tile.tile().array().devices().site(i));
    }
  }
}

}  // namespace
}  // namespace dwmtj::test
