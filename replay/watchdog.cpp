// SPDX-License-Identifier: Apache-2.0
#include "replay/watchdog.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"
#include "common/sim_time.h"
#include "testbenches/systemc_reports.h"

namespace dwmtj {
namespace {

using Hosts = std::vector<const ReplayHost*>;

constexpr std::size_t kMostNamed = 8;  // hosts, in one message

// What a process has thrown arrives as its text alone.
bool is_thrown(const sc_core::sc_report& report) {
  return std::strcmp(report.get_msg_type(), sc_core::SC_ID_SIMULATION_UNCAUGHT_EXCEPTION_) == 0;
}

// Of all that can be wrong, this is the input's fault.
bool is_about_too_much_time(const std::string& wrong) {
  try {
    fail_after_the_last_picosecond();
  } catch (const InputError& error) {
    return wrong == error.what();
  }
}

// What SystemC complains about, empty if it does not.
std::string advance(const sc_core::sc_time& step, SystemcReports& reports) {
  try {
    sc_core::sc_start(step, sc_core::SC_EXIT_ON_STARVATION);
  } catch (const sc_core::sc_report& report) {
    if (is_thrown(report)) return report.get_msg();
    reports.add(report);
    return fmt::format("{}", fmt::join(reports.lines(), "; "));
  }
  return {};
}

template <typename Condition>
Hosts unfinished(const Hosts& hosts, Condition condition) {
  Hosts found;
  std::copy_if(hosts.begin(), hosts.end(), std::back_inserter(found),
               [&](const auto* host) { return !host->finished() && condition(*host); });
  return found;
}

std::string stuck(const char* why, const Hosts& waiting) {
  if (waiting.empty()) return {};
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(waiting.size(), kMostNamed); ++i) {
    lines.push_back(waiting[i]->waiting());
  }
  if (waiting.size() > kMostNamed) {
    lines.push_back(fmt::format("and {} more", waiting.size() - kMostNamed));
  }
  return fmt::format("stuck at {}: {}: {}", sc_core::sc_time_stamp().to_string(), why,
                     fmt::join(lines, "; "));
}

// What is wrong where the simulation stands now.
std::string trouble(const Hosts& hosts, Picoseconds patience) {
  for (const auto* const host : hosts) {
    if (!host->failure().empty()) return host->failure();
  }
  if (!sc_core::sc_pending_activity()) {
    return stuck("nothing is left to happen",
                 unfinished(hosts, [](const ReplayHost&) { return true; }));
  }
  const Picoseconds now = now_ps();
  return stuck("nothing completes", unfinished(hosts, [&](const ReplayHost& host) {
                 return now - host.waiting_since() >= patience;
               }));
}

bool all_finished(const Hosts& hosts) {
  return std::all_of(hosts.begin(), hosts.end(), [](const auto* host) { return host->finished(); });
}

}  // namespace

std::string run_hosts(const Hosts& hosts, Picoseconds patience) {
  SystemcReports reports;
  auto step = to_sc_time(patience);
  while (!all_finished(hosts)) {
    auto wrong = advance(step, reports);
    if (wrong.empty()) wrong = trouble(hosts, patience);
    if (!wrong.empty()) return wrong;
    // A run that ends before the next event does not move the time: go at least that far.
    step = std::max(to_sc_time(patience), sc_core::sc_time_to_pending_activity());
  }
  return {};
}

void run_to_the_end(const Hosts& hosts, Picoseconds patience) {
  const auto wrong = run_hosts(hosts, patience);
  if (wrong.empty()) return;
  if (is_about_too_much_time(wrong)) throw InputError(wrong);
  throw ReplayStuck(wrong);
}

}  // namespace dwmtj
