// SPDX-License-Identifier: Apache-2.0
// Bounds of a pipeline, each where it alone decides.
#include "deployment/traffic.h"

#include <gtest/gtest.h>

#include "architecture/chip_catalog.h"
#include "tests/chip/chip_setup.h"

namespace dwmtj {
namespace {

// Three routers in a row with two cores each, the host at the first; a flit takes a nanosecond.
Architecture row(bool multicast) {
  auto chip = Architecture::load(find_chip("small"));
  chip.cores = 6;
  chip.per_router = 2;
  chip.interconnect = test::interconnect(Topology::mesh(3, 1));
  chip.interconnect->multicast = multicast;
  return chip;
}

// What digital stages send to each other: ten results, each five flits (12 bytes, a header of 8).
struct Sending {
  Plan plan;
  CoreWork work;

  Sending() { work.jobs.resize(6); }

  // All results of a stage at a core, each of these messages to several.
  void add(int core, const std::vector<std::vector<int>>& messages) {
    Stage stage;
    stage.homes = {core};
    stage.positions = 10;
    plan.stages.push_back(stage);
    work.together.push_back(1);
    work.finishes.emplace_back();
    auto& deliveries = work.results.emplace_back();
    for (const auto& cores : messages) {
      auto& delivery = deliveries.emplace_back();
      delivery.bits = 8 * 12;
      for (const int to : cores) delivery.destinations.push_back({to, {}});
    }
  }
  Picoseconds traffic(bool multicast = true) const {
    return bound_of(plan, work, row(multicast)).traffic;
  }
};

constexpr Picoseconds kTen = 50'000;  // ten messages

TEST(Bound, OfAPortIntoACore) {
  Sending both;  // 0 -> 2 <- 4: each over a channel of its own, into one core
  both.add(0, {{2}});
  both.add(4, {{2}});
  EXPECT_EQ(both.traffic(), 2 * kTen);
}

TEST(Bound, OfAPortOutOfACore) {
  Sending two;  // 0 <- 2 -> 4: two messages out of one core
  two.add(2, {{0}, {4}});
  EXPECT_EQ(two.traffic(), 2 * kTen);
  Sending one;  // the same to both
  one.add(2, {{0, 4}});
  EXPECT_EQ(one.traffic(), kTen);
  EXPECT_EQ(one.traffic(false), 2 * kTen) << "routers do not copy";
}

TEST(Bound, OfAChannel) {
  Sending side_by_side;  // from and to different cores, over the one channel between two routers
  side_by_side.add(0, {{2}});
  side_by_side.add(1, {{3}});
  EXPECT_EQ(side_by_side.traffic(), 2 * kTen);
  Sending many;  // one packet to both passes the channel to the next router once
  many.add(0, {{2, 4}});
  EXPECT_EQ(many.traffic(), kTen);
  EXPECT_EQ(many.traffic(false), 2 * kTen);
}

TEST(Bound, NothingToOneselfAndTheHostHasAPortToo) {
  Sending inside;
  inside.add(1, {{1}});
  EXPECT_EQ(inside.traffic(), 0);
  Sending results;  // of two cores to the host
  results.add(0, {{kHost}});
  results.add(1, {{kHost}});
  EXPECT_EQ(results.traffic(), 2 * kTen);
}

// Partial sums of 12 bytes, from the two cores beside the one that adds them up, for itself free.
TEST(Bound, OfPartialSums) {
  Sending sums;
  sums.add(1, {});
  sums.plan.stages[0].kind = StageKind::product;
  Job job;
  job.duration = 7'000;
  job.head = 1;
  job.partial_bytes = 12;
  for (const std::size_t core : {0, 1, 2}) sums.work.jobs[core].push_back(job);
  sums.work.finishes[0].duration = 3'000;
  EXPECT_EQ(sums.traffic(), 2 * kTen);
  const auto bound = bound_of(sums.plan, sums.work, row(true));
  EXPECT_EQ(bound.arrays, 10 * 7'000);
  EXPECT_EQ(bound.digital, 10 * 3'000) << "of the one that adds";
  EXPECT_EQ(bound.interval(), 2 * kTen);
}

// Each core's digital part does what all stages there ask, one after the other.
TEST(Bound, OfADigitalPartIsASum) {
  Sending stages;
  Job job;
  job.duration = 0;
  for (const Picoseconds duration : {3'000, 4'000}) {
    stages.add(1, {});
    stages.work.finishes.back().duration = duration;
    stages.work.jobs[1].push_back(job);
    ++job.stage;
  }
  EXPECT_EQ(bound_of(stages.plan, stages.work, row(true)).digital, 10 * 7'000);
}

}  // namespace
}  // namespace dwmtj
