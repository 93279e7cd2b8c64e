// SPDX-License-Identifier: Apache-2.0
// Random accesses of several threads through an interconnect: protocol, data, times.
#include "chip/interconnect.h"

#include <map>

#include <gtest/gtest.h>

#include "chip/global_buffer.h"
#include "common/random_stream.h"
#include "common/sim_time.h"
#include "tests/chip/chip_setup.h"
#include "tests/support/systemc_child.h"
#include "tlm/initiator_port.h"
#include "tlm/payload_pool.h"
#include "tlm/protocol_checker.h"

namespace dwmtj {
namespace {

constexpr int kInitiators = 3;
constexpr int kThreads = 2;  // of each port
constexpr int kAccesses = 400;
constexpr std::uint64_t kBytes = 4096;
constexpr std::uint64_t kSecond = 0x10000;  // where the second buffer begins

struct Access {
  Picoseconds start;
  Picoseconds end;
  tlm::tlm_response_status status;
};

// Writes and reads back words of an area of its own, which nobody else touches.
struct Reader : sc_core::sc_module, private TransferWatcher {
  Reader(const sc_core::sc_module_name& name, InitiatorPort& shared, std::uint64_t number)
      : sc_module(name), port(shared), instance(number) {
    SC_THREAD(run);
  }
  SC_HAS_PROCESS(Reader);
  void waits_for(const char*) override {}

  void run() {
    for (std::uint32_t i = 0; i < kAccesses; ++i) access(draw(3, Stream::stimulus, instance, i));
    done = true;
  }
  void access(const Draw& random) {
    const auto& words = random.words;
    const bool wrong = words[0] % 16 == 0;
    const std::uint64_t base = words[0] % 2 == 0 ? 0 : kSecond;
    const std::uint64_t address = base + 512 * instance + 4 * (words[1] % 64);
    std::uint32_t data[4] = {words[2], words[3], words[2] ^ words[3], 7};
    const unsigned length = 4 * (1 + words[3] % 4);
    const bool write = words[1] % 3 == 0;
    auto& payload =
        pool.make(write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND, wrong ? 0x8000 : address,
                  reinterpret_cast<unsigned char*>(data), length);
    const Picoseconds start = now_ps();
    auto local = sc_core::SC_ZERO_TIME;
    port.transport(payload, local, *this);
    wait(local);
    accesses.push_back({start, now_ps(), payload.get_response_status()});
    payload.release();
    if (!wrong) compare(write, address, data, length / 4);
  }
  void compare(bool write, std::uint64_t address, const std::uint32_t* data, unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      auto& known = memory[address + 4 * i];
      if (write) known = data[i];
      EXPECT_EQ(known, data[i]);
    }
  }

  InitiatorPort& port;
  std::uint64_t instance;
  PayloadPool pool;
  std::map<std::uint64_t, std::uint32_t> memory;
  std::vector<Access> accesses;
  bool done = false;
};

struct System {
  System(const std::string& name, TlmTiming timing, const InterconnectParameters& parameters)
      : prefix(name),
        interconnect((name + "_net").c_str(), parameters, ledger),
        first((name + "_first").c_str(), test::small_buffer(kBytes), ledger),
        second((name + "_second").c_str(), test::small_buffer(kBytes), ledger) {
    for (int i = 0; i < kInitiators; ++i) add_initiator(i, timing);
    add_target(first, 1, 0);
    add_target(second, 3, kSecond);
  }
  void add_initiator(int i, TlmTiming timing) {
    const auto number = std::to_string(i);
    auto& port = ports.emplace_back((prefix + "_port" + number).c_str(), timing);
    auto& checker = checkers.emplace_back((prefix + "_from" + number).c_str(),
                                          ProtocolChecker::Reaction::collect);
    port.socket.bind(checker.target);
    checker.initiator.bind(interconnect.initiators);
    interconnect.place_initiator(i);
    for (int t = 0; t < kThreads; ++t) {
      const auto instance = static_cast<std::uint64_t>(kThreads * i + t);
      readers.emplace_back((prefix + "_reader" + std::to_string(instance)).c_str(), port, instance);
    }
  }
  void add_target(TimedTarget& target, int router, std::uint64_t base) {
    auto& checker = checkers.emplace_back((prefix + "_to" + std::to_string(base)).c_str(),
                                          ProtocolChecker::Reaction::collect);
    interconnect.targets.bind(checker.target);
    checker.initiator.bind(target.socket);
    interconnect.place_target(router, base, kBytes);
  }

  std::string prefix;
  Ledger ledger;
  Interconnect interconnect;
  GlobalBuffer first;
  GlobalBuffer second;
  std::deque<InitiatorPort> ports;
  std::deque<ProtocolChecker> checkers;
  std::deque<Reader> readers;
};

void expect_sound(const System& system) {
  for (const auto& checker : system.checkers) {
    EXPECT_GT(checker.transactions(), 0U);
    EXPECT_EQ(checker.in_progress(), 0U);
    for (const auto& violation : checker.violations()) {
      ADD_FAILURE() << checker.name() << ": " << name_of(violation.rule) << ": "
                    << violation.detail;
    }
  }
  for (const auto& reader : system.readers) {
    EXPECT_TRUE(reader.done) << reader.name();
    std::size_t wrong = 0;
    for (const auto& access : reader.accesses) {
      if (access.status == tlm::TLM_OK_RESPONSE) continue;
      EXPECT_EQ(access.status, tlm::TLM_ADDRESS_ERROR_RESPONSE);
      ++wrong;
    }
    EXPECT_GT(wrong, 0U);
    EXPECT_LT(wrong, reader.accesses.size() / 4);
  }
}

SYSTEMC_TEST(Interconnect, KeepsTheProtocolUnderRandomTraffic) {
  System mesh("mesh", TlmTiming::at, test::interconnect(Topology::mesh(2, 2)));
  System row("row", TlmTiming::at, test::interconnect(Topology::mesh(4, 1)));
  System loose("loose", TlmTiming::lt, test::interconnect(Topology::mesh(2, 2)));
  sc_core::sc_start();
  expect_sound(mesh);
  expect_sound(row);
  expect_sound(loose);
  EXPECT_GT(mesh.interconnect.network().waited(), 0);
  EXPECT_EQ(loose.interconnect.network().waited(), 0);
  // The same accesses cost the same in both timings.
  EXPECT_NEAR(in_si(mesh.ledger.posted()), in_si(loose.ledger.posted()),
              1e-9 * in_si(loose.ledger.posted()));
  // Each access alone takes what blocking transport says; with others about, no less.
  for (std::size_t i = 0; i < mesh.readers.size(); ++i) {
    for (std::size_t k = 0; k < mesh.readers[i].accesses.size(); ++k) {
      const auto& timed = mesh.readers[i].accesses[k];
      const auto& bound = loose.readers[i].accesses[k];
      EXPECT_GE(timed.end - timed.start, bound.end - bound.start);
    }
  }
}

// The last word of a target is its own, and none that reaches beyond; the first target is looked
// into like the second.
SYSTEMC_TEST(Interconnect, ReachesAllOfATargetAndNothingBeyond) {
  System row("ends", TlmTiming::lt, test::interconnect(Topology::mesh(2, 2)));
  auto& port = row.ports.front();
  sc_core::sc_start(sc_core::SC_ZERO_TIME);  // to bind what is called below
  std::uint32_t words[2] = {17, 4};
  const auto access = [&](std::uint64_t address, unsigned length) {
    tlm::tlm_generic_payload payload;
    payload.set_command(tlm::TLM_WRITE_COMMAND);
    payload.set_address(address);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(words));
    payload.set_data_length(length);
    payload.set_streaming_width(length);
    return port.socket->transport_dbg(payload);
  };
  for (const std::uint64_t base : {std::uint64_t{0}, kSecond}) {
    EXPECT_EQ(access(base, 8), 8U);
    EXPECT_EQ(access(base + kBytes - 4, 4), 4U);
    EXPECT_EQ(access(base + kBytes - 8, 8), 8U);
    EXPECT_EQ(access(base + kBytes - 4, 8), 0U);
    EXPECT_EQ(access(base + kBytes, 4), 0U);
  }
}

}  // namespace
}  // namespace dwmtj
