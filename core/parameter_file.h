// SPDX-License-Identifier: Apache-2.0
// YAML input whose every mistake is a one-line error: file:line, key, what was expected.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/quantity_text.h"
#include "core/units.h"

namespace dwmtj {

// A constant as it stands in a file: `{value: 50 ns, range: [1 ps, 1 ms], source: "Methods"}`.
struct Constant {
  std::string path;    // "pulse.width"
  std::string value;   // as written: "50 ns"
  std::string range;   // as written: "[1 ps, 1 ms]"
  std::string source;  // where the number comes from
};

// One node of a parameter file. Children are asked for by key; `finish()` reports the keys nobody
// asked for, so a misspelt key cannot pass silently.
class ParameterNode {
 public:
  // Throws InputError when the file is missing, is not YAML, or is not a mapping.
  static ParameterNode load(const std::filesystem::path& file);

  [[nodiscard]] bool has(const std::string& key) const;
  [[nodiscard]] ParameterNode child(const std::string& key) const;  // a mapping or a sequence
  [[nodiscard]] std::vector<ParameterNode> items(const std::string& key) const;  // of a sequence
  [[nodiscard]] std::vector<ParameterNode> items() const;  // when this node is a sequence

  // A constant with unit, range and source; its SI value. Recorded in `constants()`.
  [[nodiscard]] double constant(const std::string& key, Dimension dimension) const;
  template <typename Quantity>
  [[nodiscard]] Quantity constant(const std::string& key) const {
    return from_si<Quantity>(constant(key, kDimensionOf<Quantity>));
  }

  // Plain scalars.
  [[nodiscard]] double quantity(const std::string& key, Dimension dimension) const;
  template <typename Quantity>
  [[nodiscard]] Quantity quantity(const std::string& key) const {
    return from_si<Quantity>(quantity(key, kDimensionOf<Quantity>));
  }
  [[nodiscard]] std::string text(const std::string& key) const;
  [[nodiscard]] std::string text() const;  // when this node is a scalar
  [[nodiscard]] long integer(const std::string& key, long least, long most) const;
  [[nodiscard]] bool boolean(const std::string& key) const;
  // One of `accepted`; the index into it.
  [[nodiscard]] std::size_t choice(const std::string& key,
                                   const std::vector<std::string>& accepted) const;

  // Throws at the first key of this mapping that nobody asked for.
  void finish() const;

  [[noreturn]] void fail(const std::string& message) const;
  [[noreturn]] void fail(const std::string& key, const std::string& message) const;
  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] const std::vector<Constant>& constants() const;  // of the whole file so far

 private:
  struct Content;
  explicit ParameterNode(std::shared_ptr<Content> content) : content_(std::move(content)) {}
  [[nodiscard]] ParameterNode scalar(const std::string& key) const;
  [[nodiscard]] double parsed(Dimension dimension) const;

  std::shared_ptr<Content> content_;
};

}  // namespace dwmtj
