// SPDX-License-Identifier: Apache-2.0
#include "testbenches/scenario_report.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "common/quantity_text.h"
#include "ledger/report.h"
#include "testbenches/text_histogram.h"
#include "tile/tile_op.h"

namespace dwmtj {
namespace {

using Counts = std::vector<std::uint16_t>;

std::string place(const TileCommand& command) {
  if (!traits_of(command.op).by_row) return name_of(command.op);
  return fmt::format("{} {} {}", name_of(command.op), command.row, name_of(command.side));
}

std::string command_line(std::size_t number, const CheckedCommand& checked, int columns) {
  const auto& [record, mismatch] = checked;
  const auto count = count_pulses(record.command, record.result, columns);
  const auto text = [](bool any, long value) { return any ? fmt::format("{}", value) : ""; };
  return fmt::format("{:>6}  {:<20} {:>12} {:>10} {:>6} {:>8} {:>10}  {:<16}  {}\n", number,
                     place(record.command), format_quantity(to_time(record.started), 6),
                     format_quantity(to_time(record.duration())), text(count.cells > 0, count.most),
                     text(!record.result.attempts.empty(), most(record.result.attempts)),
                     format_quantity(record.energy), name_of(record.result.status),
                     mismatch.empty() ? "ok" : "FAILED");
}

std::string csv_line(std::size_t number, const CheckedCommand& checked, int columns) {
  const auto& [record, mismatch] = checked;
  const auto count = count_pulses(record.command, record.result, columns);
  const bool by_row = traits_of(record.command.op).by_row;
  return fmt::format("{},{},{},{},{:.12g},{:.12g},{:.17g},{},{},{},{},{},{}\n", number,
                     name_of(record.command.op),
                     by_row ? fmt::format("{}", record.command.row) : "",
                     by_row ? name_of(record.command.side) : "", in_si(to_time(record.started)),
                     in_si(to_time(record.duration())), in_si(record.energy),
                     name_of(record.result.status), count.cells, count.pulses, count.most,
                     most(record.result.attempts), mismatch.empty() ? "yes" : "no");
}

// One count for each time a cell was programmed.
std::vector<long> pulses_per_cell(const ScenarioResult& result) {
  std::vector<long> pulses;
  for (const auto& [record, mismatch] : result.commands) {
    for (std::size_t c = 0; c < record.result.pulses.size(); ++c) {
      if (record.command.data[c] != kSkip) pulses.push_back(record.result.pulses[c]);
    }
  }
  return pulses;
}

std::string programming_text(const ScenarioResult& result) {
  const auto pulses = pulses_per_cell(result);
  if (pulses.empty()) return {};
  const double mean = static_cast<double>(std::accumulate(pulses.begin(), pulses.end(), 0L)) /
                      static_cast<double>(pulses.size());
  return fmt::format(
      "cells programmed      {}, of which {} flagged\n"
      "pulses a cell         {:.4g} on average\n{}",
      pulses.size(), flagged_cells(result), mean, text_histogram(pulses));
}

std::string violations_text(const Scenario& scenario, const ScenarioResult& result) {
  if (scenario.protocol == ProtocolPolicy::off) return "not watched";
  const auto count = std::to_string(result.violations);
  return result.violations == 0 ? count : count + ", the first: " + result.first_violation;
}

std::string kernel_text(const ScenarioResult& result) {
  const auto each = result.pulses == 0
                        ? std::string("no pulses")
                        : fmt::format("{:.3g} a pulse", static_cast<double>(result.activations) /
                                                            static_cast<double>(result.pulses));
  return fmt::format("activations           {} of {} pulses, {}\n", result.activations,
                     result.pulses, each);
}

std::size_t count_mismatches(const ScenarioResult& result) {
  return static_cast<std::size_t>(std::count_if(result.commands.begin(), result.commands.end(),
                                                [](const auto& c) { return !c.mismatch.empty(); }));
}

std::string verdict(const Scenario& scenario, const ScenarioResult& result) {
  std::string text;
  for (const auto& problem : result.problems) text += fmt::format("FAILED: {}\n", problem);
  const auto total = scenario.commands.size();
  if (result.interrupted) {
    text += fmt::format("interrupted after {} of {} commands\n", result.commands.size(), total);
  }
  const auto wrong = count_mismatches(result);
  if (wrong > 0) text += fmt::format("FAILED: {} of {} commands not as expected\n", wrong, total);
  return result.passed() && !result.interrupted
             ? fmt::format("passed: all {} commands as expected\n", total)
             : text;
}

}  // namespace

std::string commands_text(const Scenario& scenario, const ScenarioResult& result) {
  auto text = fmt::format("{:>6}  {:<20} {:>12} {:>10} {:>6} {:>8} {:>10}  {:<16}  {}\n", "number",
                          "command", "start", "duration", "pulses", "attempts", "energy", "status",
                          "expected");
  for (std::size_t i = 0; i < result.commands.size(); ++i) {
    text += command_line(i + 1, result.commands[i], scenario.shape.columns);
    const auto& mismatch = result.commands[i].mismatch;
    if (!mismatch.empty()) text += fmt::format("        {}\n", mismatch);
  }
  return text;
}

std::string commands_csv(const Scenario& scenario, const ScenarioResult& result) {
  std::string text =
      "number,op,row,side,start_s,duration_s,energy_J,status,cells,pulses,most_pulses,"
      "most_attempts,as_expected\n";
  for (std::size_t i = 0; i < result.commands.size(); ++i) {
    text += csv_line(i + 1, result.commands[i], scenario.shape.columns);
  }
  return text;
}

std::string summary_text(const Scenario& scenario, const ScenarioResult& result,
                         const Ledger& ledger) {
  const auto devices = 2 * scenario.shape.rows * scenario.shape.columns;
  return fmt::format(
      "tile                  {}: {} rows x {} columns, {} devices\n"
      "simulated             {}\n"
      "{}"
      "commands              {} not ok\n"
      "protocol violations   {}\n"
      "metastable decisions  {}\n"
      "clipped pulses        {}\n"
      "clipped inputs        {}\n"
      "{}\n{}\n{}",
      scenario.tile.name, scenario.shape.rows, scenario.shape.columns, devices,
      format_quantity(to_time(result.end)), programming_text(result), result.failed,
      violations_text(scenario, result), result.metastable, result.clipped, result.clipped_inputs,
      kernel_text(result), report_text(ledger), verdict(scenario, result));
}

}  // namespace dwmtj
