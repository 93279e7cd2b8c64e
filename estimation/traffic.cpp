// SPDX-License-Identifier: Apache-2.0
#include "estimation/traffic.h"

#include <algorithm>

namespace dwmtj {
namespace {

constexpr std::int64_t kBitsPerByte = 8;

// Flits through each port, by core; the host's come last.
class Ports {
 public:
  Ports(std::size_t cores, const InterconnectParameters& interconnect)
      : interconnect_(interconnect), out_(cores + 1, 0.0), in_(cores + 1, 0.0) {}

  // So many messages of so many bytes each, and their answers.
  void add(int from, int to, double messages, std::int64_t bytes) {
    if (from == to) return;
    const auto request = messages * static_cast<double>(interconnect_.flits(kBitsPerByte * bytes));
    const auto answer = messages * static_cast<double>(interconnect_.flits(0));
    out_[port(from)] += request;
    in_[port(to)] += request;
    out_[port(to)] += answer;
    in_[port(from)] += answer;
  }
  [[nodiscard]] Picoseconds busiest() const {
    const double flits = std::max(*std::max_element(out_.begin(), out_.end()),
                                  *std::max_element(in_.begin(), in_.end()));
    return static_cast<Picoseconds>(flits * 1e12 * in_si(interconnect_.cycle));
  }

 private:
  [[nodiscard]] std::size_t port(int core) const {
    return core == kHost ? out_.size() - 1 : static_cast<std::size_t>(core);
  }
  const InterconnectParameters& interconnect_;
  std::vector<double> out_;
  std::vector<double> in_;
};

void add_results(std::size_t stage, int from, double messages, std::int64_t positions_each,
                 const CoreWork& work, Ports& ports) {
  for (const auto& destination : work.results[stage]) {
    ports.add(from, destination.core, messages, positions_each * destination.bytes);
  }
}

}  // namespace

PipelineBound bound_of(const Plan& plan, const CoreWork& work,
                       const InterconnectParameters& interconnect) {
  PipelineBound bound{};
  Ports ports(work.jobs.size(), interconnect);
  const auto& image = plan.stages.front();
  add_results(0, kHost,
              static_cast<double>(image.positions) / static_cast<double>(work.source_burst),
              work.source_burst, work, ports);
  for (std::size_t core = 0; core < work.jobs.size(); ++core) {
    for (const auto& job : work.jobs[core]) {
      const std::int64_t windows = job.count(plan.stages[job.stage].positions);
      const int here = static_cast<int>(core);
      const bool product = plan.stages[job.stage].kind == StageKind::product;
      bound.arrays = std::max(bound.arrays, windows * job.duration);
      if (product && job.head != here) {
        ports.add(here, job.head, static_cast<double>(windows), job.partial_bytes);
      } else {
        add_results(job.stage, here, static_cast<double>(windows), 1, work, ports);
      }
    }
  }
  bound.ports = ports.busiest();
  return bound;
}

}  // namespace dwmtj
