// SPDX-License-Identifier: Apache-2.0
// A chip of chips: a board whose interconnect leads to two chips, and what a host does to one of
// them from there is what it does to a chip of its own, only later.
#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "chip/chip_host.h"
#include "tests/chip/chip_setup.h"
#include "tests/support/catalog_model.h"
#include "tlm/protocol_checker.h"
#include "tlm/register_map.h"

namespace dwmtj {
namespace {

using namespace chip_map;

constexpr std::uint64_t kChipStride = std::uint64_t{1} << 40U;

const ChipParameters& parameters() {
  static const auto kChip = ChipParameters::load(find_chip("bus-4"));
  return kChip;
}
const TileParameters& tile() {
  static const auto kTile = TileParameters::load(parameters().tiles.file);
  return kTile;
}

struct OwnChip {
  OwnChip(const char* name, TlmTiming timing)
      : chip(name, parameters(), tile(), test::catalog_model(tile().device), ledger,
             ChipOptions{timing, 3, nullptr}) {}
  Ledger ledger;
  Chip chip;
};

// Programs a row by itself, multiplies by window and DMA; what the digital unit makes of it.
struct Program : sc_core::sc_module {
  Program(const sc_core::sc_module_name& name, ChipHost host_to_use)
      : sc_module(name), host(std::move(host_to_use)) {
    SC_THREAD(run);
  }
  SC_HAS_PROCESS(Program);
  void run() {
    const std::vector<std::int16_t> levels = {0, 1, 2, 0, 1, 2, 0, 1};
    programmed = host.run(1, {TileOp::program, 2, Side::plus, levels});
    const std::vector<std::int16_t> inputs = {1, -1, 1, 1, 0, 1, -1, 1};
    host.write(kBuffer + 32, inputs.data(), 16);
    host.copy(kBuffer + 32, chip_map::tile(1) + tile_map::kInputWindow, 16);
    host.run_from_window(1, TileOp::multiply, 8);
    host.copy(chip_map::tile(1) + tile_map::kOutputWindow, kDigital + kScratch, 16);
    host.operate(DigitalOp::widen, {0, 0, 8, 8, 0});
    host.operate(DigitalOp::sum, {8, 0, 16, 8, 0});
    host.read(kDigital + kScratch + 4 * 8, entries.data(), 36);
    host.synchronise();
    end = sc_core::sc_time_stamp();
  }
  ChipHost host;
  TileResult programmed;
  std::array<std::int32_t, 9> entries{};
  sc_core::sc_time end;
};

struct Board {
  Board(const std::string& name, TlmTiming timing)
      : left((name + "_left").c_str(), timing),
        right((name + "_right").c_str(), timing),
        port((name + "_port").c_str(), timing),
        net((name + "_net").c_str(), test::interconnect(Topology::mesh(2, 1)), ledger),
        to_left((name + "_to_left").c_str()),
        to_right((name + "_to_right").c_str()),
        on_left((name + "_on_left").c_str(), ChipHost(port)),
        on_right((name + "_on_right").c_str(), ChipHost(port, kChipStride)) {
    port.socket.bind(net.initiators);
    net.place_initiator(0);
    int router = 0;
    for (auto* const checker : {&to_left, &to_right}) {
      net.targets.bind(checker->target);
      net.place_target(router, static_cast<std::uint64_t>(router) * kChipStride, kChipStride);
      ++router;
    }
    left.chip.admit(to_left.initiator);
    right.chip.admit(to_right.initiator);
  }
  Ledger ledger;
  OwnChip left;
  OwnChip right;
  InitiatorPort port;
  Interconnect net;
  ProtocolChecker to_left;
  ProtocolChecker to_right;
  Program on_left;
  Program on_right;
};

TEST(TwoChips, AnswerOnABoardAsTheyDoAlone) {
  Board at("at", TlmTiming::at);
  Board lt("lt", TlmTiming::lt);
  OwnChip alone("alone", TlmTiming::at);
  Program expected("expected", ChipHost(alone.chip));
  sc_core::sc_start();
  EXPECT_EQ(expected.programmed.status, TileStatus::ok);
  EXPECT_GT(expected.end, sc_core::SC_ZERO_TIME);
  for (const auto* const program : {&at.on_left, &at.on_right, &lt.on_left, &lt.on_right}) {
    EXPECT_EQ(program->programmed.pulses, expected.programmed.pulses);
    EXPECT_EQ(program->entries, expected.entries);
    EXPECT_GT(program->end, expected.end);  // through another interconnect, and by polling
  }
  for (const auto* const board : {&at, &lt}) {
    EXPECT_GT(board->to_left.transactions(), 20U);
    EXPECT_GT(board->to_right.transactions(), 20U);
  }
}

}  // namespace
}  // namespace dwmtj
