// SPDX-License-Identifier: Apache-2.0
// `--set KEY.PATH=VALUE`: single values of a parameter file, given on the command line.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace dwmtj {

struct ParameterEntry;

class ParameterOverrides {
 public:
  ParameterOverrides() = default;
  // "core.rows=64", "sites[1].barrier=40 kT". Throws InputError: a text that is no such thing.
  explicit ParameterOverrides(const std::vector<std::string>& assignments);

  [[nodiscard]] bool empty() const { return chains_.empty(); }
  // Lays them over a file that lies over its base already. A constant keeps its range, and its
  // source says what it was. Throws InputError: a path that leads nowhere, with the nearest names.
  void lay_over(ParameterEntry& root) const;

 private:
  std::vector<std::shared_ptr<ParameterEntry>> chains_;  // key -> key -> ... -> value
};

// Overrides of a part that is expanded later wait in its mapping; taken out of it, and laid over
// what it has become.
std::vector<std::shared_ptr<ParameterEntry>> take_waiting_overrides(ParameterEntry& mapping);
void lay_override(ParameterEntry& mapping, const std::shared_ptr<ParameterEntry>& chain,
                  const std::string& path);

// The names that are most like `name`, the nearest first; at most three.
std::vector<std::string> nearest_names(const std::string& name, std::vector<std::string> known);

}  // namespace dwmtj
