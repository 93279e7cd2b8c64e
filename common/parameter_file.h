// SPDX-License-Identifier: Apache-2.0
// YAML input whose every mistake is a one-line error: file:line, key, what was expected.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/catalog_folder.h"
#include "common/parameter_overrides.h"
#include "common/quantity_text.h"
#include "common/units.h"

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
  static ParameterNode load(const std::filesystem::path& file, const ParameterOverrides& overrides);
  // The same of a file that may lie over another, by a root key `extends: NAME`: a .yaml beside it,
  // or a name of `catalog`.
  static ParameterNode load(const std::filesystem::path& file, const CatalogFolder& catalog,
                            const ParameterOverrides& overrides = {});

  [[nodiscard]] bool has(const std::string& key) const;  // of a mapping: else InputError
  [[nodiscard]] bool is_list() const;
  [[nodiscard]] bool is_list(const std::string& key) const;
  [[nodiscard]] bool is_text(const std::string& key) const;         // a single value
  [[nodiscard]] ParameterNode child(const std::string& key) const;  // a mapping or a sequence
  [[nodiscard]] std::vector<ParameterNode> items(const std::string& key) const;  // of a sequence
  [[nodiscard]] std::vector<ParameterNode> items() const;    // when this node is a sequence
  [[nodiscard]] std::vector<ParameterNode> members() const;  // all, when this node is a mapping
  // A mapping that may stand in a file of its own: the value is the name of that file, or a mapping
  // that may have `extends`.
  [[nodiscard]] ParameterNode section(const std::string& key, const CatalogFolder& catalog) const;
  // The file that the value names: a .yaml beside the file it stands in, or a name of `catalog`.
  [[nodiscard]] std::filesystem::path named_file(const std::string& key,
                                                 const CatalogFolder& catalog) const;

  // Any file, beside the one the value stands in; whether it is there is not looked at.
  [[nodiscard]] std::filesystem::path file_beside(const std::string& key) const;

  // A constant with unit, range and source; its SI value. Recorded in `constants()`.
  [[nodiscard]] double constant(const std::string& key, Dimension dimension) const;
  template <typename Quantity>
  [[nodiscard]] Quantity constant(const std::string& key) const {
    return from_si<Quantity>(constant(key, kDimensionOf<Quantity>));
  }

  // Constants as the model needs them, whatever range the file gives.
  [[nodiscard]] double above_zero(const std::string& key, Dimension dimension) const;
  [[nodiscard]] double at_least_zero(const std::string& key, Dimension dimension) const;
  template <typename Whole>  // of the type of `most`
  [[nodiscard]] Whole whole_number(const std::string& key, long least, Whole most) const {
    return static_cast<Whole>(whole_constant(key, least, static_cast<long>(most)));
  }
  template <typename Quantity>
  [[nodiscard]] Quantity above_zero(const std::string& key) const {
    return from_si<Quantity>(above_zero(key, kDimensionOf<Quantity>));
  }
  template <typename Quantity>
  [[nodiscard]] Quantity at_least_zero(const std::string& key) const {
    return from_si<Quantity>(at_least_zero(key, kDimensionOf<Quantity>));
  }

  // Constants that simulated time is counted in: check_duration() of common/picoseconds.h.
  [[nodiscard]] Time duration(const std::string& key) const;
  [[nodiscard]] Time duration_above_zero(const std::string& key) const;

  // Plain scalars.
  [[nodiscard]] double quantity(const std::string& key, Dimension dimension) const;
  template <typename Quantity>
  [[nodiscard]] Quantity quantity(const std::string& key) const {
    return from_si<Quantity>(quantity(key, kDimensionOf<Quantity>));
  }
  [[nodiscard]] std::string text(const std::string& key) const;
  [[nodiscard]] std::string text() const;  // when this node is a scalar
  template <typename Whole>                // of the type of `most`
  [[nodiscard]] Whole integer(const std::string& key, long least, Whole most) const {
    return static_cast<Whole>(whole_scalar(key, least, static_cast<long>(most)));
  }
  [[nodiscard]] long integer(long least, long most) const;         // when this node is a scalar
  [[nodiscard]] std::uint64_t seed(const std::string& key) const;  // 0 to 2^64 - 1
  [[nodiscard]] bool boolean(const std::string& key) const;
  // One of `accepted`; the index into it.
  [[nodiscard]] std::size_t choice(const std::string& key,
                                   const std::vector<std::string>& accepted) const;

  // Throws at the first key of this mapping that nobody asked for, and where it is none.
  void finish() const;

  [[noreturn]] void fail(const std::string& message) const;
  [[noreturn]] void fail(const std::string& key, const std::string& message) const;
  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] const std::string& key() const;                  // the last word of the path
  [[nodiscard]] const std::vector<Constant>& constants() const;  // of the whole file so far
  // This node as YAML, with the layers and the sections read so far in it.
  [[nodiscard]] std::string effective_text() const;

 private:
  struct Content;
  explicit ParameterNode(std::shared_ptr<Content> content) : content_(std::move(content)) {}
  [[nodiscard]] ParameterNode at(const std::shared_ptr<ParameterEntry>& entry,
                                 std::string path) const;
  [[nodiscard]] ParameterNode scalar(const std::string& key) const;
  [[nodiscard]] double parsed(Dimension dimension) const;
  [[nodiscard]] long whole_constant(const std::string& key, long least, long most) const;
  [[nodiscard]] long whole_scalar(const std::string& key, long least, long most) const;

  std::shared_ptr<Content> content_;
};

}  // namespace dwmtj
