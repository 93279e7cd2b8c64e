// SPDX-License-Identifier: Apache-2.0
#include "architecture/topology.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/input_error_of.h"

namespace dwmtj {
namespace {

// Follows the way and counts routers; every channel on it has its own number.
int walk(const Topology& topology, int from, int to) {
  std::set<int> channels;
  int routers = 1;
  for (int at = from; at != to; ++routers) {
    const int next = topology.next_router(at, to);
    EXPECT_TRUE(channels.insert(topology.channel(at, next)).second);
    at = next;
  }
  return routers;
}

void expect_sound(const Topology& topology) {
  for (int from = 0; from < topology.routers(); ++from) {
    for (int to = 0; to < topology.routers(); ++to) {
      EXPECT_EQ(walk(topology, from, to), topology.hops(from, to)) << from << " to " << to;
    }
  }
}

TEST(Topology, AMeshRoutesAlongXThenAlongY) {
  const auto mesh = Topology::mesh(4, 3);
  EXPECT_EQ(mesh.routers(), 12);
  EXPECT_EQ(mesh.channels(), 2 * (3 * 3 + 4 * 2));
  EXPECT_EQ(mesh.next_router(0, 11), 1);
  EXPECT_EQ(mesh.next_router(3, 11), 7);
  EXPECT_EQ(mesh.next_router(11, 0), 10);
  EXPECT_EQ(mesh.next_router(8, 0), 4);
  EXPECT_EQ(mesh.hops(0, 11), 6);
  EXPECT_EQ(mesh.channel_name(mesh.channel(5, 6)), "router 5 (1, 1) to router 6 (2, 1)");
  expect_sound(mesh);
}

TEST(Topology, ARowAndAColumnAreMeshes) {
  expect_sound(Topology::mesh(5, 1));
  expect_sound(Topology::mesh(1, 5));
  expect_sound(Topology::mesh(1, 1));
}

TEST(Topology, LinksRouteTheShortestWay) {
  // A ring of six with a chord.
  const auto ring = Topology::joined(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 0}, {0, 3}});
  EXPECT_EQ(ring.channels(), 14);
  EXPECT_EQ(ring.hops(0, 3), 2);
  EXPECT_EQ(ring.hops(1, 4), 4);
  EXPECT_EQ(ring.next_router(1, 4), 0);  // of two ways of four the one over router 0
  expect_sound(ring);
}

TEST(Topology, ADoubledLinkIsOneChannelEachWay) {
  EXPECT_EQ(Topology::joined(2, {{0, 1}, {1, 0}}).channels(), 2);
}

TEST(Topology, SaysWhatDoesNotConnect) {
  EXPECT_EQ(input_error_of([] {
              Topology::joined(4, {{0, 1}, {2, 3}});
            }),
            "router 2 cannot reach router 0");
  EXPECT_EQ(input_error_of([] {
              Topology::joined(3, {{0, 3}});
            }),
            "there is no router 3; expected 0 to 2");
  EXPECT_EQ(input_error_of([] { Topology::joined(3, {{1, 1}}); }), "router 1 is joined to itself");
}

TEST(Topology, OnABusEverybodyIsOneHopAway) {
  const auto bus = Topology::bus();
  EXPECT_EQ(bus.routers(), 1);
  EXPECT_EQ(bus.channels(), 1);
  EXPECT_EQ(bus.hops(0, 0), 1);
  EXPECT_EQ(bus.channel_name(0), "bus");
}

}  // namespace
}  // namespace dwmtj
