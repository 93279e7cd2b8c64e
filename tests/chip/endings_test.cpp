// SPDX-License-Identifier: Apache-2.0
// A simulation may end at any time, and its modules may go in any order, whatever is under way. The
// test runs one simulation and forks a child at every nanosecond, in which it ends.
#include <array>
#include <functional>
#include <memory>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "architecture/chip_catalog.h"
#include "chip/chip_host.h"
#include "tests/chip/chip_setup.h"
#include "tests/recording/mock_sink.h"
#include "tests/support/catalog_model.h"
#include "tests/tlm/tlm_tile_bench.h"

namespace dwmtj::test {
namespace {

using namespace chip_map;

constexpr int kEndings = 2000;

const ChipParameters& parameters() {
  static const auto kChip = ChipParameters::load(find_chip("bus-4"));
  return kChip;
}
const TileParameters& chip_tile() {
  static const auto kTile = TileParameters::load(parameters().tiles.file);
  return kTile;
}

// Keeps tiles, DMA and digital unit busy for ever.
struct BusyHost : sc_core::sc_module {
  BusyHost(const sc_core::sc_module_name& name, Chip& chip)
      : sc_module(name), mover(chip), user(chip) {
    SC_THREAD(move_data);
    SC_THREAD(use_tiles);
  }
  SC_HAS_PROCESS(BusyHost);
  void move_data() {
    for (;;) {
      mover.copy(kBuffer, chip_map::tile(2) + tile_map::kInputWindow, 40);
      mover.operate(DigitalOp::add, {0, 8, 16, 8, 0});
    }
  }
  void use_tiles() {
    for (;;) {
      user.run(0, {TileOp::read, 1, Side::plus, {}});
      user.run(1, {TileOp::program, 0, Side::minus, {2, 1, 0, 2, 1, 0, 2, 1}});
      user.run_from_window(2, TileOp::multiply, 8);
    }
  }
  // Not on the stacks of the threads, which nobody unwinds where a simulation ends.
  ChipHost mover, user;
};

struct RecordedChip {
  MockSink sink;
  Recording recording{sink};
  Ledger ledger;
  Chip chip{"chip",      parameters(),
            chip_tile(), catalog_model(chip_tile().device),
            ledger,      {TlmTiming::at, 3, &recording}};
  BusyHost host{"host", chip};
};

// Reads a buffer through two interconnects.
struct Reader : sc_core::sc_module, private TransferWatcher {
  Reader(const sc_core::sc_module_name& name, InitiatorPort& port_to_use)
      : sc_module(name), port(port_to_use) {
    SC_THREAD(run);
  }
  SC_HAS_PROCESS(Reader);
  void waits_for(const char*) override {}
  void run() {
    for (;;) {
      auto& payload = port.pool.make(tlm::TLM_READ_COMMAND, 0, bytes.data(), 16);
      auto local = sc_core::SC_ZERO_TIME;
      port.transport(payload, local, *this);
      payload.release();
    }
  }
  InitiatorPort& port;
  std::array<unsigned char, 16> bytes{};
};

// Each part on its own, so that they can go in any order.
struct Parts {
  Ledger ledger;
  std::unique_ptr<InitiatorPort> port = std::make_unique<InitiatorPort>("port", TlmTiming::at);
  std::unique_ptr<Reader> reader = std::make_unique<Reader>("reader", *port);
  std::unique_ptr<Interconnect> near_net = make_net("near");
  std::unique_ptr<Interconnect> far_net = make_net("far");
  std::unique_ptr<ProtocolChecker> checker = std::make_unique<ProtocolChecker>("checker");
  std::unique_ptr<GlobalBuffer> buffer =
      std::make_unique<GlobalBuffer>("buffer", small_buffer(64), ledger);

  Parts() {
    port->socket.bind(near_net->initiators);
    near_net->place_initiator(0);
    near_net->targets.bind(checker->target);
    near_net->place_target(1, 0, 64);
    checker->initiator.bind(far_net->initiators);
    far_net->place_initiator(0);
    far_net->targets.bind(buffer->socket);
    far_net->place_target(1, 0, 64);
  }
  std::unique_ptr<Interconnect> make_net(const char* name) {
    return std::make_unique<Interconnect>(name, interconnect(Topology::mesh(2, 1)), ledger);
  }
  // From the `first` on, round and round.
  void destroy(std::size_t first) {
    const std::array<std::function<void()>, 6> parts = {
        [this] { port.reset(); },     [this] { far_net.reset(); }, [this] { checker.reset(); },
        [this] { near_net.reset(); }, [this] { reader.reset(); },  [this] { buffer.reset(); }};
    for (std::size_t i = 0; i < parts.size(); ++i) parts[(first + i) % parts.size()]();
  }
};

// How the child ended: 0 is well.
int status_of_child(const std::function<void()>& body) {
  const pid_t child = fork();
  if (child == 0) {
    body();
    _exit(0);
  }
  int status = -1;
  return waitpid(child, &status, 0) == child ? status : -1;
}

TEST(Endings, AreSafeAtEveryNanosecond) {
  auto chip = std::make_unique<RecordedChip>();
  auto parts = std::make_unique<Parts>();
  for (int i = 0; i < kEndings; ++i) {
    const int status = status_of_child([&] {
      if (i % 2 == 0) chip.reset();
      parts->destroy(static_cast<std::size_t>(i));
      chip.reset();
      parts.reset();
    });
    ASSERT_EQ(status, 0) << "ended at " << sc_core::sc_time_stamp();
    sc_core::sc_start(sc_core::sc_time(1, sc_core::SC_NS));
  }
  EXPECT_GT(chip->sink.begun.size(), 100U);  // it was at work
}

}  // namespace
}  // namespace dwmtj::test
