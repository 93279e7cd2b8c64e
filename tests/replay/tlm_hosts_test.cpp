// SPDX-License-Identifier: Apache-2.0
// The initiators of a replay keep the base protocol, and tell a bus error.
#include <gtest/gtest.h>

#include "replay/tlm_host.h"
#include "replay/watchdog.h"
#include "tests/replay/random_tiles.h"
#include "tlm/protocol_checker.h"
#include "tlm/tlm_tile.h"

namespace dwmtj {
namespace {

constexpr std::size_t kCommands = 30;

// Well at the start, and later no more.
struct FailingTarget : sc_core::sc_module {
  explicit FailingTarget(sc_core::sc_module_name name) : sc_module(name), socket("socket") {
    socket.register_b_transport(this, &FailingTarget::b_transport);
  }
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
    ++calls;
    const bool start = sc_core::sc_time_stamp() == sc_core::SC_ZERO_TIME;
    payload.set_response_status(start ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
  }
  tlm_utils::simple_target_socket<FailingTarget> socket;
  int calls = 0;
};

struct Checked {
  Checked(const std::string& name, const ReplayTile& setup, TlmTiming timing)
      : port((name + "_port").c_str(), timing),
        host((name + "_host").c_str(), name, setup.entries, port),
        checker((name + "_checker").c_str(), ProtocolChecker::Reaction::collect),
        tile(name.c_str(), *setup.parameters, *setup.device, ledger,
             TlmTileOptions{setup.options, {}}) {
    port.socket.bind(checker.target);
    checker.initiator.bind(tile.socket);
    tile.interrupt(interrupt);
  }

  Ledger ledger;
  InitiatorPort port;
  TlmHost host;
  ProtocolChecker checker;
  TlmTile tile;
  sc_core::sc_signal<bool> interrupt;
};

void expect_sound(const Checked& bench) {
  EXPECT_EQ(bench.host.done(), kCommands);
  EXPECT_EQ(bench.checker.transactions(), kCommands);
  EXPECT_EQ(bench.checker.in_progress(), 0U);
  for (const auto& violation : bench.checker.violations()) {
    ADD_FAILURE() << name_of(violation.rule) << ": " << violation.detail;
  }
}

TEST(TlmHosts, KeepTheProtocolAndTellErrors) {
  const auto tiles = test::random_tiles(2, kCommands);
  const Checked at("at", tiles[0], TlmTiming::at);
  const Checked lt("lt", tiles[1], TlmTiming::lt);
  // Its second command comes when the others have long finished.
  const TraceEntries late = {{kPatience / 2, 0, {}}, {kWhenFree, 0, {}}};
  InitiatorPort port("unlucky_port", TlmTiming::lt);
  TlmHost unlucky("unlucky", "tile9", late, port);
  FailingTarget failing("failing");
  port.socket.bind(failing.socket);
  EXPECT_EQ(run_hosts({&at.host, &lt.host, &unlucky}),
            "tile9: command 2 of 2 (reset row 0 plus): the bus says TLM_ADDRESS_ERROR_RESPONSE");
  EXPECT_EQ(failing.calls, 2);
  expect_sound(at);
  expect_sound(lt);
}

}  // namespace
}  // namespace dwmtj
