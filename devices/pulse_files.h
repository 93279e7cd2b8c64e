// SPDX-License-Identifier: Apache-2.0
// The tables and pulse trains that a device file names, each read once.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "devices/pulse_entries.h"

namespace dwmtj {

class PulseFiles {
 public:
  // Throws InputError where a file is named that is wrong.
  explicit PulseFiles(const std::vector<PulseEntry>& entries);

  // The one that gives the range of levels, if any does.
  [[nodiscard]] const LookupTable* first_table() const;

  // What a pulse with no curve does, and into the entry where that comes from.
  [[nodiscard]] LevelChanges changes(const ConductanceLevels& levels, PulseEntry& entry) const;
  // What was measured and has no entry would be left out without a word.
  void check_all_used(const std::vector<PulseEntry>& entries, const ParameterNode& section) const;
  // Their names and bytes.
  [[nodiscard]] const std::map<std::string, std::string>& bytes() const { return bytes_; }

 private:
  using Path = std::filesystem::path;

  void read_table(const PulseEntry& entry);
  void read_trains(const PulseEntry& entry);
  void keep(const Path& file);
  [[nodiscard]] LevelChanges changes_of_table(const ConductanceLevels& levels,
                                              PulseEntry& entry) const;
  [[nodiscard]] LevelChanges changes_of_trains(const ConductanceLevels& levels,
                                               PulseEntry& entry) const;

  std::map<Path, LookupTable> tables_;
  std::map<Path, PulseTrains> trains_;
  std::map<std::string, std::string> bytes_;
};

}  // namespace dwmtj
