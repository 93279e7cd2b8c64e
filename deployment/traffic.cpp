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
        channels_(static_cast<std::size_t>(interconnect_.topology.channels()), 0.0) {}

  // So many messages of so many bytes each, and their answers.
  void add(int from, int to, double messages, std::int64_t bytes) {
    if (from == to) return;
    const auto request = messages * static_cast<double>(interconnect_.flits(8 * bytes));
    const auto answer = messages * static_cast<double>(interconnect_.flits(0));
    add_packets(from, to, request);
    add_packets(to, from, answer);
  }
  [[nodiscard]] Picoseconds busiest() const {
    double flits = 0.0;
    for (const auto* const loads : {&out_, &in_, &channels_}) {
      for (const double load : *loads) flits = std::max(flits, load);
    }
    return to_picoseconds(flits * interconnect_.cycle);
  }

 private:
  void add_packets(int from, int to, double flits) {
    out_[port(from)] += flits;
    in_[port(to)] += flits;
    const auto& topology = interconnect_.topology;
    if (topology.kind() == TopologyKind::bus) {
      channels_.front() += flits;
      return;
    }
    for (int at = router(from); at != router(to);) {
      const int next = topology.next_router(at, router(to));
      channels_[static_cast<std::size_t>(topology.channel(at, next))] += flits;
      at = next;
    }
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
};

void add_results(std::size_t stage, int from, double messages, std::int64_t positions_each,
                 const CoreWork& work, Traffic& traffic) {
  for (const auto& destination : work.results[stage]) {
    traffic.add(from, destination.core, messages, destination.bytes(positions_each));
  }
}

}  // namespace

PipelineBound bound_of(const Plan& plan, const CoreWork& work, const Architecture& architecture) {
  PipelineBound bound{};
  Traffic traffic(work.jobs.size(), architecture);
  for (std::size_t s = 0; s < plan.stages.size(); ++s) {
    if (plan.stages[s].kind != StageKind::source) continue;
    const auto messages =
        static_cast<double>(plan.stages[s].positions) / static_cast<double>(work.together[s]);
    add_results(s, kHost, messages, work.together[s], work, traffic);
  }
  std::vector<Picoseconds> digital(work.jobs.size(), 0);
  for (std::size_t core = 0; core < work.jobs.size(); ++core) {
    for (const auto& job : work.jobs[core]) {
      const std::int64_t windows = job.count(plan.stages[job.stage].positions);
      const int here = static_cast<int>(core);
      const bool product = plan.stages[job.stage].kind == StageKind::product;
      bound.arrays = std::max(bound.arrays, repeated(windows, job.duration));
      if (product && job.head != here) {
        traffic.add(here, job.head, static_cast<double>(windows), job.partial_bytes);
      } else {
        digital[core] = later(digital[core], repeated(windows, work.finishes[job.stage].duration));
        add_results(job.stage, here, static_cast<double>(windows), 1, work, traffic);
      }
    }
  }
  bound.digital = *std::max_element(digital.begin(), digital.end());
  bound.traffic = traffic.busiest();
  return bound;
}

}  // namespace dwmtj
