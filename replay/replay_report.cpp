// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_report.h"

#include <fmt/format.h>

#include "common/quantity_text.h"
#include "replay/digest.h"
#include "tile/tile_op.h"
#include "traces/trace_line.h"

namespace dwmtj {
namespace {

struct Counts {
  std::size_t ok = 0;
  std::size_t flagged = 0;
  std::size_t errors = 0;
};

Counts count(const ReplayOutcome& outcome) {
  Counts counts;
  for (const auto& tile : outcome.tiles) {
    for (const auto& command : tile.commands) {
      const auto status = command.result.status;
      ++(status == TileStatus::ok        ? counts.ok
         : status == TileStatus::flagged ? counts.flagged
                                         : counts.errors);
    }
  }
  return counts;
}

// Runs as in a trace; between quotes, as there are commas in it.
template <typename Integer>
std::string list(const std::vector<Integer>& values) {
  if (values.empty()) return {};
  std::string text = "\"";
  append_trace_data(values, text);
  return text + '"';
}

void append_line(const std::string& tile, std::size_t number, const TileCommand& command,
                 const CommandOutcome& outcome, std::string& text) {
  const auto& result = outcome.result;
  const bool by_row = traits_of(command.op).by_row;
  text +=
      fmt::format("{},{},{},{},{},{},{},{:.17g},{},{},{},{}\n", tile, number, name_of(command.op),
                  by_row ? std::to_string(command.row) : "", by_row ? name_of(command.side) : "",
                  outcome.started, outcome.completed, in_si(outcome.energy), name_of(result.status),
                  list(result.data), list(result.pulses), list(result.attempts));
}

}  // namespace

std::string view_table_head() {
  return fmt::format("{:<6} {:>9} {:>9} {:>7} {:>7} {:>14} {:>14}  {:<16} {:<16} {}\n", "view",
                     "commands", "ok", "flagged", "errors", "simulated", "energy", "states",
                     "results", "times");
}

std::string clipped_text(const ReplayOutcome& outcome) {
  if (outcome.clipped_inputs() == 0) return {};
  return fmt::format("{} inputs of comparators were clipped at the supply\n",
                     outcome.clipped_inputs());
}

std::string view_table_line(const std::string& view, const ReplayOutcome& outcome) {
  const auto counts = count(outcome);
  const auto digests = digests_of(outcome);
  return fmt::format("{:<6} {:>9} {:>9} {:>7} {:>7} {:>14} {:>14}  {:016x} {:016x} {:016x}\n", view,
                     outcome.commands(), counts.ok, counts.flagged, counts.errors,
                     format_quantity(to_time(outcome.end()), 9),
                     format_quantity(outcome.ledger().total(), 9), digests.states, digests.results,
                     digests.times);
}

void write_commands_csv(const std::vector<ReplayTile>& tiles, const ReplayOutcome& outcome,
                        OutputFile& file) {
  file.write(
      "tile,number,op,row,side,started_ps,completed_ps,energy_J,status,data,pulses,attempts\n");
  std::string line;
  for (std::size_t t = 0; t < outcome.tiles.size(); ++t) {
    auto entry = tiles[t].entries.begin();
    for (const auto& command : outcome.tiles[t].commands) {
      line.clear();
      append_line(tile_name(t), entry.index() + 1, entry->command, command, line);
      file.write(line);
      ++entry;
    }
  }
}

}  // namespace dwmtj
