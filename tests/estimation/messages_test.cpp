// SPDX-License-Identifier: Apache-2.0
// Messages from an outbox to inboxes: once to many, or one by one where routers cannot copy.
#include <gtest/gtest.h>

#include "chip/interconnect.h"
#include "common/sim_time.h"
#include "estimation/inbox.h"
#include "estimation/outbox.h"
#include "tests/chip/chip_setup.h"
#include "tests/support/systemc_child.h"

namespace dwmtj {
namespace {

struct Arrival {
  int target;
  Picoseconds time;
  std::int64_t bytes;
};
bool operator==(const Arrival& a, const Arrival& b) {
  return a.target == b.target && a.time == b.time && a.bytes == b.bytes;
}

// An outbox at router 0 of three in a row, an inbox at each; hops of 3 ns, flits of 32 bits a
// nanosecond, headers of two.
struct Row {
  explicit Row(bool multicast)
      : parameters(test::interconnect(Topology::mesh(3, 1))),
        network("network", with(multicast), ledger),
        outbox("outbox") {
    outbox.socket.bind(network.initiators);
    network.place_initiator(0);
    for (int i = 0; i < 3; ++i) {
      auto& inbox = inboxes.emplace_back(sc_core::sc_gen_unique_name("inbox"),
                                         [this, i](const MessageExtension&, std::int64_t bytes) {
                                           arrivals.push_back({i, now_ps(), bytes});
                                         });
      network.targets.bind(inbox.socket);
      network.place_target(i, 0x1000U * static_cast<unsigned>(i), 0x1000);
    }
  }
  const InterconnectParameters& with(bool multicast) {
    parameters.multicast = multicast;
    return parameters;
  }
  double flit_hops() const { return in_si(ledger.posted()) / (32 * 0.25e-12); }

  InterconnectParameters parameters;
  Ledger ledger;
  Interconnect network;
  Outbox outbox;
  std::deque<Inbox> inboxes;
  std::vector<Arrival> arrivals;
};

// 12 bytes are three flits, five with the header.
SYSTEMC_TEST(Messages, GoToManyAsOnePacketThatRoutersCopy) {
  Row row(true);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  row.outbox.send({0x0000, 0x1000, 0x2000}, 12, {});
  row.outbox.send(0x1000, 4, {});  // three flits, once those five have left
  sc_core::sc_start();
  EXPECT_EQ(row.arrivals, (std::vector<Arrival>{{0, 3000 + 5000, 12},
                                                {1, 2 * 3000 + 5000, 12},
                                                {2, 3 * 3000 + 5000, 12},
                                                {1, 5000 + 2 * 3000 + 3000, 4}}));
  // Two channels and three arrivals; one channel and one arrival. No answers.
  EXPECT_NEAR(row.flit_hops(), (2 + 3) * 5 + (1 + 1) * 3, 1e-9);
}

SYSTEMC_TEST(Messages, GoOneByOneWhereRoutersDoNotCopy) {
  Row row(false);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  row.outbox.send({0x0000, 0x1000, 0x2000}, 12, {});
  sc_core::sc_start();
  EXPECT_EQ(row.arrivals, (std::vector<Arrival>{{0, 3000 + 5000, 12},
                                                {1, 5000 + 2 * 3000 + 5000, 12},
                                                {2, 10000 + 3 * 3000 + 5000, 12}}));
  EXPECT_NEAR(row.flit_hops(), (1 + 2 + 3) * 5, 1e-9);
}

SYSTEMC_TEST(Messages, ToNobodyAreNone) {
  Row row(true);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  row.outbox.send(std::vector<std::uint64_t>{}, 12, {});
  EXPECT_FALSE(sc_core::sc_pending_activity());
}

}  // namespace
}  // namespace dwmtj
