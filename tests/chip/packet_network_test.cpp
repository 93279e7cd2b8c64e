// SPDX-License-Identifier: Apache-2.0
// Packets against times and energies worked out by hand.
#include "chip/packet_network.h"

#include <map>

#include <gtest/gtest.h>

#include "common/random_stream.h"
#include "tests/chip/chip_setup.h"

namespace dwmtj {
namespace {

Packet packet_of(int from, int to, std::int64_t flits) {
  Packet packet;
  packet.from = from;
  packet.to = to;
  packet.flits = flits;
  return packet;
}

// Ports 0, 1, ... at routers 0, 1, ...
struct Network {
  explicit Network(Topology topology, int ports)
      : routers(topology.routers()),
        network("net", test::interconnect(std::move(topology)), ledger) {
    for (int i = 0; i < ports; ++i) network.add_port(i % routers);
    network.on_injected([this](Packet& packet, Picoseconds time) { injected[&packet] = time; });
    network.on_delivered([this](Packet& packet, Picoseconds time) { delivered[&packet] = time; });
  }
  double joules() const { return in_si(ledger.posted()); }

  int routers;
  Ledger ledger;
  PacketNetwork network;
  std::map<const Packet*, Picoseconds> injected;
  std::map<const Packet*, Picoseconds> delivered;
};

constexpr double kFlitHop = 32 * 0.25e-12;  // J

TEST(InterconnectParameters, CutIntoWholeFlits) {
  const auto interconnect = test::interconnect(Topology::bus());
  EXPECT_EQ(interconnect.flits(0), 2);
  EXPECT_EQ(interconnect.flits(1), 3);
  EXPECT_EQ(interconnect.flits(32), 3);
  EXPECT_EQ(interconnect.flits(33), 4);
}

TEST(PacketNetwork, ALonePacketTakesHopsAndFlits) {
  Network mesh(Topology::mesh(4, 3), 12);
  auto packet = packet_of(0, 11, 5);  // 3 right, 2 down: 6 routers
  mesh.network.send(packet, 1000);
  mesh.network.advance(PacketNetwork::kNever - 1);
  EXPECT_EQ(mesh.injected[&packet], 1000 + 5000);
  EXPECT_EQ(mesh.delivered[&packet], 1000 + 6 * 3000 + 5000);
  EXPECT_EQ(mesh.network.latency(0, 11, 5), 6 * 3000 + 5000);
  EXPECT_EQ(packet.waited, 0);
  EXPECT_NEAR(mesh.joules(), 6 * 5 * kFlitHop, 1e-24);
}

TEST(PacketNetwork, PassingWithoutATimelineCostsTheSame) {
  Network travelled(Topology::mesh(4, 3), 12);
  auto packet = packet_of(7, 4, 3);
  travelled.network.send(packet, 0);
  travelled.network.advance(PacketNetwork::kNever - 1);
  Network passed(Topology::mesh(4, 3), 12);
  EXPECT_EQ(passed.network.pass(7, 4, 3, CommandId{}, 0), travelled.delivered[&packet]);
  EXPECT_NEAR(passed.joules(), travelled.joules(), 1e-24);
}

TEST(PacketNetwork, AtOneRouterThereIsOneHop) {
  Network mesh(Topology::mesh(1, 1), 2);
  auto packet = packet_of(0, 1, 4);
  mesh.network.send(packet, 0);
  mesh.network.advance(PacketNetwork::kNever - 1);
  EXPECT_EQ(mesh.delivered[&packet], 3000 + 4000);
}

TEST(PacketNetwork, OneSenderSendsOneAfterTheOther) {
  Network mesh(Topology::mesh(3, 1), 3);
  auto first = packet_of(0, 1, 4);
  auto second = packet_of(0, 2, 2);
  mesh.network.send(first, 0);
  mesh.network.send(second, 1000);
  mesh.network.advance(PacketNetwork::kNever - 1);
  EXPECT_EQ(mesh.delivered[&first], 2 * 3000 + 4000);
  EXPECT_EQ(second.waited, 3000);  // for the port, from 1 to 4 ns
  EXPECT_EQ(mesh.delivered[&second], 4000 + 3 * 3000 + 2000);
  EXPECT_EQ(mesh.network.waited(), 3000);
}

TEST(PacketNetwork, TwoPacketsWaitForTheirCommonChannel) {
  Network mesh(Topology::mesh(4, 1), 4);
  auto far = packet_of(0, 3, 8);   // at router 1 at 3 ns, leaves it at 3 ns
  auto near = packet_of(1, 3, 8);  // wants the channel 1 -> 2 at 4 ns
  mesh.network.send(far, 0);
  mesh.network.send(near, 4000);
  mesh.network.advance(PacketNetwork::kNever - 1);
  EXPECT_EQ(far.waited, 0);
  EXPECT_EQ(near.waited, 3000 + 8000 - 4000);
  EXPECT_EQ(mesh.delivered[&near], 11000 + 3 * 3000 + 8000);
}

TEST(PacketNetwork, OppositeWaysDoNotMeet) {
  Network mesh(Topology::mesh(2, 1), 2);
  auto there = packet_of(0, 1, 9);
  auto back = packet_of(1, 0, 9);
  mesh.network.send(there, 0);
  mesh.network.send(back, 0);
  mesh.network.advance(PacketNetwork::kNever - 1);
  EXPECT_EQ(mesh.network.waited(), 0);
}

// From router 0 along the first row, then down the last column; one leaves it on the way.
TEST(PacketNetwork, CompanionsShareTheWayUntilItParts) {
  Network mesh(Topology::mesh(4, 3), 12);
  auto near = packet_of(0, 1, 5);
  auto corner = packet_of(0, 3, 5);
  auto below = packet_of(0, 7, 5);
  auto far = packet_of(0, 11, 5);
  near.companion = &corner;
  corner.companion = &below;
  below.companion = &far;
  auto next = packet_of(0, 4, 2);
  mesh.network.send(near, 1000);
  mesh.network.send(next, 1000);
  mesh.network.advance(PacketNetwork::kNever - 1);
  EXPECT_EQ(mesh.injected.size(), 2U);
  EXPECT_EQ(mesh.injected[&near], 1000 + 5000);
  EXPECT_EQ(mesh.delivered[&near], 1000 + 2 * 3000 + 5000);
  EXPECT_EQ(mesh.delivered[&corner], 1000 + 4 * 3000 + 5000);
  EXPECT_EQ(mesh.delivered[&below], 1000 + 5 * 3000 + 5000);
  EXPECT_EQ(mesh.delivered[&far], 1000 + 6 * 3000 + 5000);
  EXPECT_EQ(next.waited, 5000);  // for the port, which they took once
  // Channels 0-1-2-3-7-11, and four arrivals; the next: one channel, one arrival.
  EXPECT_NEAR(mesh.joules(), ((5 + 4) * 5 + (1 + 1) * 2) * kFlitHop, 1e-24);
}

// Where the way parts at the sender, each branch waits for channels of its own.
TEST(PacketNetwork, BranchesDoNotWaitForEachOther) {
  Network mesh(Topology::mesh(3, 1), 3);
  auto left = packet_of(1, 0, 4);
  auto right = packet_of(1, 2, 4);
  auto taken = packet_of(1, 2, 7);
  left.companion = &right;
  mesh.network.send(taken, 0);  // keeps the port and the channel to 2 until 7 ns
  mesh.network.send(left, 0);
  mesh.network.advance(PacketNetwork::kNever - 1);
  EXPECT_EQ(mesh.delivered[&left], 7000 + 2 * 3000 + 4000);
  EXPECT_EQ(mesh.delivered[&right], 7000 + 2 * 3000 + 4000);
  EXPECT_EQ(mesh.network.busy().at(static_cast<std::size_t>(mesh.network.topology().channel(1, 2))),
            11000);
}

TEST(PacketNetwork, OnABusAllCompanionsHearOnePacket) {
  Network bus(Topology::bus(), 4);
  auto one = packet_of(0, 1, 4);
  auto other = packet_of(0, 3, 4);
  one.companion = &other;
  bus.network.send(one, 0);
  bus.network.advance(PacketNetwork::kNever - 1);
  EXPECT_EQ(bus.delivered[&one], 4000 + 3000);
  EXPECT_EQ(bus.delivered[&other], 4000 + 3000);
  EXPECT_EQ(bus.network.busy().front(), 4000);
  EXPECT_NEAR(bus.joules(), 4 * kFlitHop, 1e-24);
  EXPECT_EQ(one.companion, nullptr);
}

// Alone on the chip, each of many receivers gets it when it would get a packet of its own.
TEST(PacketNetwork, CompanionsAreNeverLaterThanPacketsOfTheirOwn) {
  for (std::uint64_t trial = 0; trial < 200; ++trial) {
    Network mesh(Topology::mesh(5, 4), 20);
    std::vector<Packet> packets;
    const auto from = static_cast<int>(draw(7, Stream::stimulus, trial, 99).words[0] % 20);
    for (int to = 0; to < 20; ++to) {
      if (draw(7, Stream::stimulus, trial, to).words[0] % 3 != 0) continue;
      packets.push_back(packet_of(from, to, 3));
    }
    if (packets.empty()) continue;
    double alone = 0.0;
    for (std::size_t i = 0; i < packets.size(); ++i) {
      if (i > 0) packets[i - 1].companion = &packets[i];
      alone += 3 * mesh.network.topology().hops(from, packets[i].to) * kFlitHop;
    }
    mesh.network.send(packets[0], 0);
    mesh.network.advance(PacketNetwork::kNever - 1);
    for (const auto& packet : packets) {
      EXPECT_EQ(mesh.delivered[&packet], mesh.network.latency(from, packet.to, 3)) << trial;
    }
    EXPECT_LE(mesh.joules(), alone * (1 + 1e-12));
    EXPECT_EQ(mesh.network.waited(), 0);
  }
}

TEST(PacketNetwork, ABusCarriesOnePacketAtATime) {
  Network bus(Topology::bus(), 4);
  auto first = packet_of(0, 1, 4);
  auto second = packet_of(2, 3, 4);
  bus.network.send(first, 0);
  bus.network.send(second, 0);
  bus.network.advance(PacketNetwork::kNever - 1);
  EXPECT_EQ(bus.injected[&first], 4000);
  EXPECT_EQ(bus.delivered[&first], 3000 + 4000);
  EXPECT_EQ(bus.delivered[&second], 4000 + 3000 + 4000);
  EXPECT_EQ(bus.network.busy().front(), 8000);
}

// What is delivered has met everybody's limits: no channel carries two flits in one cycle.
TEST(PacketNetwork, RandomTrafficArrivesOnceAndNeverTooEarly) {
  constexpr int kPackets = 2000;
  Network mesh(Topology::mesh(5, 4), 20);
  std::vector<Packet> packets;
  std::vector<Picoseconds> sent;
  for (std::uint32_t i = 0; i < kPackets; ++i) {
    const auto words = draw(1, Stream::stimulus, 0, i).words;
    packets.push_back(packet_of(static_cast<int>(words[0] % 20), static_cast<int>(words[1] % 20),
                                2 + words[2] % 7));
    sent.push_back((sent.empty() ? 0 : sent.back()) + words[3] % 2000);
  }
  double expected = 0.0;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    mesh.network.send(packets[i], sent[i]);
    expected += kFlitHop * static_cast<double>(packets[i].flits) *
                mesh.network.topology().hops(packets[i].from, packets[i].to);
  }
  Picoseconds waited = 0;
  while (mesh.network.next() != PacketNetwork::kNever) mesh.network.advance(mesh.network.next());
  ASSERT_EQ(mesh.delivered.size(), packets.size());
  for (std::size_t i = 0; i < packets.size(); ++i) {
    const auto& packet = packets[i];
    EXPECT_EQ(mesh.delivered[&packet],
              sent[i] + packet.waited + mesh.network.latency(packet.from, packet.to, packet.flits));
    waited += packet.waited;
  }
  EXPECT_GT(waited, 0);
  EXPECT_EQ(waited, mesh.network.waited());
  EXPECT_NEAR(mesh.joules(), expected, 1e-9 * expected);
}

}  // namespace
}  // namespace dwmtj
