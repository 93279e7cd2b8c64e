// SPDX-License-Identifier: Apache-2.0
#include "devices/pulse_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/file_text.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

// What is wrong with a file is told where it is named.
template <typename Read>
auto read_named(const ParameterNode& node, const std::string& key, Read read) {
  try {
    return read(node.file_beside(key));
  } catch (const InputError& error) {
    node.fail(key, error.what());
  }
}

std::string siemens(double value) { return format_quantity(value, Dimension::conductance); }

int rarest_level(const LevelChanges& changes, int levels) {
  int rarest = 0;
  for (int level = 1; level < levels; ++level) {
    if (changes.weight(level) < changes.weight(rarest)) rarest = level;
  }
  return rarest;
}

}  // namespace

PulseFiles::PulseFiles(const std::vector<PulseEntry>& entries) {
  for (const auto& entry : entries) {
    if (entry.curve) continue;
    if (entry.node.has("table")) {
      read_table(entry);
    } else {
      read_trains(entry);
    }
  }
}

void PulseFiles::read_table(const PulseEntry& entry) {
  const auto file = entry.node.file_beside("table");
  if (tables_.count(file) > 0) return;
  tables_.emplace(file, read_named(entry.node, "table", read_lookup_table));
  keep(file);
}

void PulseFiles::read_trains(const PulseEntry& entry) {
  const auto file = entry.node.file_beside("trains");
  if (trains_.count(file) > 0) return;
  trains_.emplace(file, read_named(entry.node, "trains", read_pulse_trains));
  keep(file);
}

void PulseFiles::keep(const Path& file) {
  bytes_.emplace(file.filename().string(), text_of_file(file));
}

const LookupTable* PulseFiles::first_table() const {
  return tables_.empty() ? nullptr : &tables_.begin()->second;
}

LevelChanges PulseFiles::changes(const ConductanceLevels& levels, PulseEntry& entry) const {
  return entry.node.has("table") ? changes_of_table(levels, entry)
                                 : changes_of_trains(levels, entry);
}

LevelChanges PulseFiles::changes_of_table(const ConductanceLevels& levels,
                                          PulseEntry& entry) const {
  const auto file = entry.node.file_beside("table");
  const auto& table = tables_.at(file);
  const double least = table.conductances.front();
  const double most = table.conductances.back();
  if (levels.least < least || levels.most > most) {
    entry.node.fail("table", fmt::format("has conductances from {} to {}; the levels reach beyond",
                                         siemens(least), siemens(most)));
  }
  entry.pulse.origin = "table " + file.filename().string();
  return changes_of(table, levels);
}

LevelChanges PulseFiles::changes_of_trains(const ConductanceLevels& levels,
                                           PulseEntry& entry) const {
  const auto file = entry.node.file_beside("trains");
  const auto& trains = trains_.at(file);
  const auto width = entry.pulse.pulse.shape.width;
  if (trains.in_amperes != entry.in_amperes) {
    entry.node.fail("trains", fmt::format("amplitudes there are in {}",
                                          trains.in_amperes ? "amperes" : "volts"));
  }
  auto changes = changes_of(trains, entry.amplitude, width, levels);
  const int rarest = rarest_level(changes, levels.count);
  if (changes.weight(rarest) == 0.0) {
    entry.node.fail("trains", fmt::format("no pulse of {} for {} from near {} (level {} of 0 to "
                                          "{}); expected some from every level: give fewer levels",
                                          entry.pulse.amplitude, format_quantity(width),
                                          siemens(levels.level(rarest)), rarest, levels.count - 1));
  }
  const auto count =
      std::count_if(trains.pulses.begin(), trains.pulses.end(),
                    [&](const auto& pulse) { return is_like(pulse, entry.amplitude, width); });
  entry.pulse.origin = fmt::format("{} pulses of {}, {:.1f} from the rarest level", count,
                                   file.filename().string(), changes.weight(rarest));
  return changes;
}

void PulseFiles::check_all_used(const std::vector<PulseEntry>& entries,
                                const ParameterNode& section) const {
  for (const auto& [file, trains] : trains_) {
    for (const auto& pulse : trains.pulses) {
      const bool used = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
        return is_like(pulse, entry.amplitude, entry.pulse.pulse.shape.width);
      });
      if (used) continue;
      section.fail(
          "list",
          fmt::format("{} has pulses of {} for {}, and no entry here", file.filename().string(),
                      format_quantity(pulse.amplitude,
                                      trains.in_amperes ? Dimension::current : Dimension::voltage),
                      format_quantity(pulse.width, Dimension::time)));
    }
  }
}

}  // namespace dwmtj
