// SPDX-License-Identifier: Apache-2.0
// The initiators of a replay keep the base protocol, and tell a bus error.
#include <gtest/gtest.h>

#include "replay/at_host.h"
#include "replay/lt_host.h"
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

template <typename Host>
struct Checked {
  Checked(const std::string& name, const ReplayTile& setup)
      : host((name + "_host").c_str(), name, setup.entries),
        checker((name + "_checker").c_str(), ProtocolChecker::Reaction::collect),
        tile(name.c_str(), *setup.parameters, *setup.device, ledger,
             TlmTileOptions{setup.options}) {
    host.socket.bind(checker.target);
    checker.initiator.bind(tile.socket);
    tile.interrupt(interrupt);
  }

  Ledger ledger;
  Host host;
  ProtocolChecker checker;
  TlmTile tile;
  sc_core::sc_signal<bool> interrupt;
};

template <typename Host>
void expect_sound(const Checked<Host>& bench) {
  EXPECT_EQ(bench.host.done(), kCommands);
  EXPECT_EQ(bench.checker.transactions(), kCommands);
  EXPECT_EQ(bench.checker.in_progress(), 0U);
  for (const auto& violation : bench.checker.violations()) {
    ADD_FAILURE() << name_of(violation.rule) << ": " << violation.detail;
  }
}

TEST(TlmHosts, KeepTheProtocolAndTellErrors) {
  const auto tiles = test::random_tiles(2, kCommands);
  const Checked<AtHost> at("at", tiles[0]);
  const Checked<LtHost> lt("lt", tiles[1]);
  // Its second command comes when the others have long finished.
  const std::vector<TraceEntry> late = {{kPatience / 2, 0, {}}, {kWhenFree, 0, {}}};
  LtHost unlucky("unlucky", "tile9", late);
  FailingTarget failing("failing");
  unlucky.socket.bind(failing.socket);
  EXPECT_EQ(run_hosts({&at.host, &lt.host, &unlucky}),
            "tile9: command 2 of 2 (reset row 0 plus): the bus says TLM_ADDRESS_ERROR_RESPONSE");
  EXPECT_EQ(failing.calls, 2);
  expect_sound(at);
  expect_sound(lt);
}

}  // namespace
}  // namespace dwmtj
