// SPDX-License-Identifier: Apache-2.0
// YAML as a tree that remembers where each of its values stands, whatever file it came from.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace dwmtj {

// A file, and the file that named it as its base or as its part.
struct ParameterSource {
  std::string file;
  std::shared_ptr<const ParameterSource> named_by;
};

struct ParameterEntry {
  enum class Kind { nothing, scalar, list, mapping };
  using Entries = std::vector<std::shared_ptr<ParameterEntry>>;

  std::string key;  // in a mapping
  std::shared_ptr<const ParameterSource> source;
  int line = 1;  // where the key or, in a list, the value stands; 0: not in a file
  Kind kind = Kind::nothing;
  bool flow = false;         // written on one line, in brackets
  bool is_override = false;  // of the command line
  std::string text;          // of a scalar
  Entries entries;           // of a list or mapping, in order

  // The entry of a mapping with this key; null if there is none.
  [[nodiscard]] std::shared_ptr<ParameterEntry> find(const std::string& name) const;
};

// Where relative paths in it begin: beside its file, or of the command line where that is run.
std::filesystem::path folder_of(const ParameterEntry& entry);

// "path.key", or "path[2]" for a key that is an index.
std::string joined(const std::string& path, const std::string& key);

// Throws InputError "file:line: path: message"; without a line where there is none.
[[noreturn]] void fail_at(const ParameterSource& source, int line, const std::string& path,
                          const std::string& message);

// The mapping in a file. Refused is what a parameter file has no use for: repeated keys, aliases
// (one can refer to the node it stands in, or blow a small file up to any size), a second document.
std::shared_ptr<ParameterEntry> parse_document(
    const std::shared_ptr<const ParameterSource>& source);

// As YAML again.
std::string to_yaml(const ParameterEntry& entry);

}  // namespace dwmtj
