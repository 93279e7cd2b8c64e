// SPDX-License-Identifier: Apache-2.0
#include "deployment/traffic.h"

#include <algorithm>

namespace dwmtj {
namespace {

// Flits through each port and channel.
class Traffic {
 public:
  Traffic(std::size_t cores, const Architecture& architecture)
      : architecture_(architecture),
        interconnect_(*architecture.interconnect),
        out_(cores + 1, 0.0),
        in_(cores + 1, 0.0),
        channels_(static_cast<std::size_t>(interconnect_.topology.channels()), 0.0),
        last_packet_(channels_.size(), 0) {}

  // So many messages of so many bytes each, to all of these.
  void add(int from, const std::vector<int>& to, double messages, std::int64_t bytes) {
    const auto flits = messages * static_cast<double>(interconnect_.flits(8 * bytes));
    ++packet_;
    bool first = true;
    for (const int receiver : to) {
      if (receiver == from) continue;
      if (!interconnect_.multicast) ++packet_;
      if (first || !interconnect_.multicast) out_[port(from)] += flits;
      first = false;
      in_[port(receiver)] += flits;
      add_way(router(from), router(receiver), flits);
    }
  }
  [[nodiscard]] Picoseconds busiest() const {
    double flits = 0.0;
    for (const auto* const loads : {&out_, &in_, &channels_}) {
      for (const double load : *loads) flits = std::max(flits, load);
    }
    return to_picoseconds(flits * interconnect_.cycle);
  }

 private:
  void add_way(int from, int to, double flits) {
    const auto& topology = interconnect_.topology;
    if (topology.kind() == TopologyKind::bus) return add_channel(0, flits);
    while (from != to) {
      const int next = topology.next_router(from, to);
      add_channel(topology.channel(from, next), flits);
      from = next;
    }
  }
  // A packet passes a channel once, however many of its receivers are behind it.
  void add_channel(int channel, double flits) {
    auto& last = last_packet_[static_cast<std::size_t>(channel)];
    if (last == packet_) return;
    last = packet_;
    channels_[static_cast<std::size_t>(channel)] += flits;
  }
  [[nodiscard]] std::size_t port(int core) const {
    return core == kHost ? out_.size() - 1 : static_cast<std::size_t>(core);
  }
  [[nodiscard]] int router(int core) const {
    return core == kHost ? architecture_.host_router : core / architecture_.per_router;
  }
  const Architecture& architecture_;
  const InterconnectParameters& interconnect_;
  std::vector<double> out_;  // by core; the host's come last
  std::vector<double> in_;
  std::vector<double> channels_;
  std::vector<std::int64_t> last_packet_;  // that passed a channel
  std::int64_t packet_ = 0;
};

void add_results(const Stage& stage, const std::vector<Delivery>& deliveries, std::int64_t together,
                 Traffic& traffic) {
  std::vector<int> to;
  for (std::int64_t p = 0; p < stage.positions; p += together) {
    const std::int64_t count = std::min(together, stage.positions - p);
    for (const auto& delivery : deliveries) {
      to.clear();
      for (const auto& destination : delivery.destinations) {
        if (destination.takes(p, count)) to.push_back(destination.core);
      }
      const auto home = static_cast<std::size_t>(p) % stage.homes.size();
      traffic.add(stage.homes[home], to, 1.0, delivery.bytes(count));
    }
  }
}

void add_partial_sums(const Plan& plan, const CoreWork& work, Traffic& traffic) {
  for (std::size_t core = 0; core < work.jobs.size(); ++core) {
    for (const auto& job : work.jobs[core]) {
      const auto& stage = plan.stages[job.stage];
      if (stage.kind != StageKind::product) continue;
      traffic.add(static_cast<int>(core), {job.head},
                  static_cast<double>(job.count(stage.positions)), job.partial_bytes);
    }
  }
}

// Of the arrays and the digital parts.
PipelineBound bound_of_cores(const Plan& plan, const CoreWork& work) {
  PipelineBound bound{};
  for (std::size_t core = 0; core < work.jobs.size(); ++core) {
    Picoseconds digital = 0;
    for (const auto& job : work.jobs[core]) {
      const auto& stage = plan.stages[job.stage];
      const std::int64_t windows = job.count(stage.positions);
      bound.arrays = std::max(bound.arrays, repeated(windows, job.duration));
      if (stage.kind == StageKind::product && job.head != static_cast<int>(core)) continue;
      digital = later(digital, repeated(windows, work.finishes[job.stage].duration));
    }
    bound.digital = std::max(bound.digital, digital);
  }
  return bound;
}

}  // namespace

PipelineBound bound_of(const Plan& plan, const CoreWork& work, const Architecture& architecture) {
  auto bound = bound_of_cores(plan, work);
  Traffic traffic(work.jobs.size(), architecture);
  for (std::size_t s = 0; s < plan.stages.size(); ++s) {
    add_results(plan.stages[s], work.results[s], work.together[s], traffic);
  }
  add_partial_sums(plan, work, traffic);
  bound.traffic = traffic.busiest();
  return bound;
}

}  // namespace dwmtj
