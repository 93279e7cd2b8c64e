// SPDX-License-Identifier: Apache-2.0
#include "replay/watchdog.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "kernel/sim_time.h"
#include "testbenches/systemc_reports.h"

namespace dwmtj {
namespace {

using Hosts = std::vector<const ReplayHost*>;

constexpr std::size_t kMostNamed = 8;  // hosts, in one message

void advance(const sc_core::sc_time& step, SystemcReports& reports) {
  try {
    sc_core::sc_start(step, sc_core::SC_EXIT_ON_STARVATION);
  } catch (const sc_core::sc_report& report) {
    reports.add(report);
    throw std::runtime_error(fmt::format("{}", fmt::join(reports.lines(), "; ")));
  }
}

[[noreturn]] void fail(const char* why, const Hosts& waiting) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(waiting.size(), kMostNamed); ++i) {
    lines.push_back(waiting[i]->waiting());
  }
  if (waiting.size() > kMostNamed) {
    lines.push_back(fmt::format("and {} more", waiting.size() - kMostNamed));
  }
  throw ReplayStuck(fmt::format("stuck at {}: {}: {}", sc_core::sc_time_stamp().to_string(), why,
                                fmt::join(lines, "; ")));
}

template <typename Condition>
Hosts unfinished(const Hosts& hosts, Condition condition) {
  Hosts found;
  std::copy_if(hosts.begin(), hosts.end(), std::back_inserter(found),
               [&](const auto* host) { return !host->finished() && condition(*host); });
  return found;
}

void check_failures(const Hosts& hosts) {
  for (const auto* const host : hosts) {
    if (!host->failure().empty()) throw std::runtime_error(host->failure());
  }
}

void check_patience(const Hosts& hosts, Picoseconds patience) {
  const Picoseconds now = now_ps();
  const auto late = unfinished(
      hosts, [&](const ReplayHost& host) { return now - host.waiting_since() >= patience; });
  if (!late.empty()) fail("nothing completes", late);
}

}  // namespace

void run_to_the_end(const Hosts& hosts, Picoseconds patience) {
  SystemcReports reports;
  auto step = to_sc_time(patience);
  for (;;) {
    const auto left = unfinished(hosts, [](const ReplayHost&) { return true; });
    if (left.empty()) return;
    advance(step, reports);
    check_failures(hosts);
    check_patience(hosts, patience);
    if (!sc_core::sc_pending_activity()) {
      const auto stuck = unfinished(hosts, [](const ReplayHost&) { return true; });
      if (!stuck.empty()) fail("nothing is left to happen", stuck);
    }
    // A run that ends before the next event does not move the time: go at least that far.
    step = std::max(to_sc_time(patience), sc_core::sc_time_to_pending_activity());
  }
}

}  // namespace dwmtj
