// SPDX-License-Identifier: Apache-2.0
// Reads a VCD file back, for tests. Shares nothing with the writer, and is strict: what it accepts
// is well-formed, in order of time and complete.
//
//   const VcdFile file = read_vcd("run.vcd");
//   file.changes("tile0.row3.site");         // {{0, "x"}, {52000, "1"}, ...}, times in ps
//   file.real_at("tile0.energy", 60000);     // the value that holds at 60 ns
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace dwmtj::test {

// Values as text: a real as printed, an integer as binary digits (or "x") without leading zeros, a
// text without its escapes.
using VcdChanges = std::vector<std::pair<std::int64_t, std::string>>;

struct VcdSignal {
  std::string type;    // "real", "wire", "string", ...
  int bits = 0;        // as declared
  VcdChanges changes;  // the first is the initial value from $dumpvars
};

struct VcdFile {
  std::map<std::string, VcdSignal> signals;  // by full name: scopes joined by dots
  std::string comment;                       // all $comment blocks, one a line
  std::int64_t first_ps = 0;                 // the first and the last time in the file
  std::int64_t last_ps = 0;

  // These throw std::out_of_range for a signal that is not in the file.
  [[nodiscard]] const VcdSignal& signal(const std::string& name) const;
  [[nodiscard]] const VcdChanges& changes(const std::string& name) const;
  // The value that holds at a time, its own change included; std::out_of_range before first_ps.
  [[nodiscard]] std::string value_at(const std::string& name, std::int64_t ps) const;
  [[nodiscard]] double real_at(const std::string& name, std::int64_t ps) const;
  // Unsigned; std::invalid_argument while the value is x.
  [[nodiscard]] std::uint64_t integer_at(const std::string& name, std::int64_t ps) const;
};

// Throws std::runtime_error ("file:line: what is wrong") for a file that is missing or malformed,
// whose times do not grow, or whose $dumpvars leave a signal out. Expects one change a line.
VcdFile read_vcd(const std::filesystem::path& file);

}  // namespace dwmtj::test
