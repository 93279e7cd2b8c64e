// SPDX-License-Identifier: Apache-2.0
#include "testbenches/scenario_runner.h"

#include <memory>

#include <fmt/format.h>

#include "common/interrupt.h"
#include "common/sim_time.h"
#include "common/version.h"
#include "testbenches/random_stall.h"
#include "testbenches/systemc_reports.h"
#include "testbenches/tile_host.h"

namespace dwmtj {
namespace {

const char* const kTileName = "tile0";

constexpr std::uint64_t kTileStall = 0;  // instances of random_stall()
constexpr std::uint64_t kHostStall = 1;

std::unique_ptr<WaveformWriter> open_waveforms(const std::optional<WaveformRequest>& waveforms,
                                               const Scenario& scenario) {
  if (!waveforms) return nullptr;
  auto options = waveforms->options;
  options.comment =
      fmt::format("dwmtj {}, scenario {}, seed {}", kVersion, scenario.name, scenario.seed);
  options.now_ps = now_ps;
  return std::make_unique<WaveformWriter>(waveforms->file, std::move(options));
}

std::vector<TileCommand> commands_of(const Scenario& scenario) {
  std::vector<TileCommand> commands;
  for (const auto& command : scenario.commands) commands.push_back(command.command);
  return commands;
}

TileOptions options_of(const Scenario& scenario, WaveformWriter* waveforms) {
  TileOptions options;
  options.shape = scenario.shape;
  options.seed = scenario.seed;
  options.initial = scenario.initial ? &*scenario.initial : nullptr;
  options.waveforms = waveforms;
  options.stall = random_stall(scenario.stall, scenario.seed, kTileStall);
  options.protocol =
      scenario.protocol == ProtocolPolicy::off ? ProtocolCheck::off : ProtocolCheck::note;
  return options;
}

void simulate(SystemcReports& reports) {
  try {
    sc_core::sc_start();
  } catch (const sc_core::sc_report& report) {
    reports.add(report);
  }
}

void check_commands(const Scenario& scenario, const std::vector<CommandRecord>& records,
                    ScenarioResult& result) {
  auto tolerated = scenario.tolerated;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto& command = scenario.commands[i];
    result.commands.push_back(
        {records[i], mismatch(command.expected, records[i], tolerated[command.step])});
  }
}

void count(const HostedTile& bench, int columns, ScenarioResult& result) {
  result.end = now_ps();
  result.violations = bench.tile.protocol().count();
  result.first_violation = bench.tile.protocol().first();
  result.failed = bench.tile.controller().failed();
  result.clipped_inputs = bench.tile.clipped_inputs();
  result.activations = bench.tile.activations();
  for (int column = 0; column < columns; ++column) {
    result.metastable += bench.tile.comparator(column).metastable();
    result.clipped += bench.tile.driver(column).clipped();
  }
}

std::uint64_t count_pulses(const Ledger& ledger) {
  std::uint64_t pulses = 0;
  for (std::size_t i = 0; i < ledger.accounts().size(); ++i) {
    if (ledger.accounts()[i].action == "write") pulses += ledger.sum(AccountId(i)).count;
  }
  return pulses;
}

void check_total(const char* what, const std::optional<long>& expected, std::uint64_t seen,
                 ScenarioResult& result) {
  if (!expected || static_cast<std::uint64_t>(*expected) == seen) return;
  result.problems.push_back(fmt::format("expected {} {}, seen {}", *expected, what, seen));
}

void check_protocol(const Scenario& scenario, ScenarioResult& result) {
  if (scenario.violations) {
    check_total("protocol violations", scenario.violations, result.violations, result);
  } else if (scenario.protocol == ProtocolPolicy::fail && result.violations > 0) {
    result.problems.push_back(fmt::format("{} protocol violations, the first: {}",
                                          result.violations, result.first_violation));
  }
}

void check_run(const Scenario& scenario, const SystemcReports& reports, ScenarioResult& result) {
  result.problems = reports.lines();
  check_protocol(scenario, result);
  if (result.interrupted) return;  // nothing can be said about what was not reached
  if (result.commands.size() < scenario.commands.size()) {
    result.problems.push_back(fmt::format("the simulation stopped within command {} of {}",
                                          result.commands.size() + 1, scenario.commands.size()));
    return;
  }
  check_total("flagged cells", scenario.flagged, static_cast<std::uint64_t>(flagged_cells(result)),
              result);
  check_total("failed commands", scenario.failed, result.failed, result);
}

}  // namespace

ScenarioRunner::ScenarioRunner(const Scenario& scenario, std::optional<WaveformRequest> waveforms)
    : scenario_(scenario), waveforms_(std::move(waveforms)) {}

ScenarioResult ScenarioRunner::run() {
  SystemcReports reports;
  const DeviceModel device(scenario_.device);
  const auto waveforms = open_waveforms(waveforms_, scenario_);
  HostedTile bench(kTileName, scenario_.tile, device, ledger_,
                   options_of(scenario_, waveforms.get()), commands_of(scenario_),
                   random_stall(scenario_.stall, scenario_.seed, kHostStall));
  for (std::size_t i = 0; i < scenario_.commands.size(); ++i) {
    if (scenario_.commands[i].intrude) bench.host.intrude_at(i);
  }
  simulate(reports);
  ledger_.set_on_time(now_ps());
  ScenarioResult result;
  if (waveforms) {
    waveforms->close(now_ps());
    result.has_waveforms = waveforms->has_signals();
  }
  result.interrupted = interrupted() && !bench.host.finished();
  result.state = bench.tile.state();
  result.pulses = count_pulses(ledger_);
  count(bench, scenario_.shape.columns, result);
  check_commands(scenario_, bench.host.records(), result);
  check_run(scenario_, reports, result);
  return result;
}

}  // namespace dwmtj
