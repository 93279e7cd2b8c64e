// SPDX-License-Identifier: Apache-2.0
// Messages from an outbox to inboxes: once to many, or one by one where routers cannot copy.
#include <array>

#include <gtest/gtest.h>
#include <tlm_utils/simple_target_socket.h>

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

struct Listener : sc_core::sc_module {
  explicit Listener(const sc_core::sc_module_name& name) : sc_module(name), socket("socket") {
    socket.register_b_transport(this, &Listener::b_transport);
  }
  // NOLINTNEXTLINE(readability-convert-member-functions-to-static): the socket asks for a member
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
  tlm_utils::simple_target_socket<Listener> socket;
};

// 12 bytes to the next router: five flits, 2 x 3 + 5 ns. What is no message is answered by a
// header, two flits, in 2 x 3 + 2 ns.
SYSTEMC_TEST(Messages, AreNotAnsweredInBlockingTransport) {
  Ledger ledger;
  Interconnect network("network", test::interconnect(Topology::mesh(2, 1)), ledger);
  Outbox outbox("outbox");
  Listener listener("listener");
  outbox.socket.bind(network.initiators);
  network.place_initiator(0);
  network.targets.bind(listener.socket);
  network.place_target(1, 0x1000, 0x1000);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  tlm::tlm_generic_payload payload;
  std::array<unsigned char, 12> data{};
  payload.set_write();
  payload.set_address(0x1000);
  payload.set_data_ptr(data.data());
  payload.set_data_length(12);
  payload.set_streaming_width(12);
  const auto time = [&] {
    auto delay = sc_core::SC_ZERO_TIME;
    outbox.socket->b_transport(payload, delay);
    EXPECT_TRUE(payload.is_response_ok());
    return to_picoseconds(delay);
  };
  EXPECT_EQ(time(), 11'000 + 8'000);
  MessageExtension message;
  payload.set_extension(&message);
  EXPECT_EQ(time(), 11'000);
  payload.clear_extension<MessageExtension>();
  EXPECT_NEAR(in_si(ledger.posted()), 2 * (5 + 2 + 5) * 32 * 0.25e-12, 1e-21);
}

SYSTEMC_TEST(Messages, ToNobodyAreNone) {
  Row row(true);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  row.outbox.send(std::vector<std::uint64_t>{}, 12, {});
  EXPECT_FALSE(sc_core::sc_pending_activity());
}

}  // namespace
}  // namespace dwmtj
