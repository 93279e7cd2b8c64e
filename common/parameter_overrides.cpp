// SPDX-License-Identifier: Apache-2.0
#include "common/parameter_overrides.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"
#include "common/parameter_document.h"

namespace dwmtj {
namespace {

using Kind = ParameterEntry::Kind;
using EntryPointer = std::shared_ptr<ParameterEntry>;

constexpr std::size_t kNearest = 3;  // names offered

[[noreturn]] void refuse(const std::string& text) {
  throw InputError(fmt::format("--set: '{}': expected KEY.PATH=VALUE, such as core.rows=64", text));
}

// "a.b[2]" -> a, b, [2]
std::vector<std::string> words_of(const std::string& path, const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : path) {
    if (c == '.' || c == '[') words.emplace_back();
    if (c != '.') words.back() += c;
  }
  if (words.front().empty()) words.erase(words.begin());
  for (const auto& word : words) {
    if (word.empty() || (word.front() == '[') != (word.back() == ']')) refuse(text);
  }
  return words;
}

EntryPointer entry_of(const std::string& key,
                      const std::shared_ptr<const ParameterSource>& source) {
  auto entry = std::make_shared<ParameterEntry>();
  entry->key = key;
  entry->source = source;
  entry->line = 0;
  entry->is_override = true;
  return entry;
}

EntryPointer chain_of(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) refuse(text);
  const auto words = words_of(text.substr(0, equals), text);
  const auto source =
      std::make_shared<const ParameterSource>(ParameterSource{"--set " + text, nullptr});
  EntryPointer chain;
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    auto entry = entry_of(*word, source);
    entry->kind = chain ? Kind::mapping : Kind::scalar;
    if (chain) entry->entries.push_back(chain);
    if (!chain) entry->text = text.substr(equals + 1);
    chain = std::move(entry);
  }
  return chain;
}

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (const char letter : a) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const auto above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (letter == b[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

std::vector<std::string> keys_of(const ParameterEntry& entry) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < entry.entries.size(); ++i) {
    keys.push_back(entry.kind == Kind::list ? fmt::format("[{}]", i) : entry.entries[i]->key);
  }
  return keys;
}

[[noreturn]] void fail_unknown(const ParameterEntry& entry, const ParameterEntry& within,
                               const std::string& path) {
  fail_at(*entry.source, entry.line, path,
          fmt::format("unknown key; nearest: {}",
                      fmt::join(nearest_names(entry.key, keys_of(within)), ", ")));
}

EntryPointer find(const ParameterEntry& within, const std::string& key) {
  if (within.kind != Kind::list) return within.find(key);
  std::size_t index = within.entries.size();
  std::from_chars(key.data() + 1, key.data() + key.size(), index);
  return key.front() == '[' && index < within.entries.size() ? within.entries[index] : nullptr;
}

// A constant keeps its range; what it was is told in its source.
void set_constant(ParameterEntry& constant, const ParameterEntry& value) {
  const auto old = constant.find("value");
  const auto source = constant.find("source");
  if (source) source->text = fmt::format("--set, in place of {}: {}", old->text, source->text);
  old->kind = Kind::scalar;
  old->text = value.text;
  old->source = value.source;
  old->line = constant.line = value.line;
  constant.source = value.source;
}

void set_scalar(ParameterEntry& target, const ParameterEntry& value, const std::string& path) {
  if (target.kind == Kind::mapping && target.find("value")) return set_constant(target, value);
  if (target.kind == Kind::mapping || target.kind == Kind::list) {
    fail_at(*value.source, value.line, path,
            fmt::format("expected the path of a single value; here are: {}",
                        fmt::join(keys_of(target), ", ")));
  }
  target.kind = Kind::scalar;
  target.text = value.text;
  target.source = value.source;
  target.line = value.line;
}

// The name of a part becomes a mapping over that part.
void open_part(ParameterEntry& target) {
  auto base = std::make_shared<ParameterEntry>(target);
  base->key = "extends";
  target.kind = Kind::mapping;
  target.entries = {base};
}

}  // namespace

ParameterOverrides::ParameterOverrides(const std::vector<std::string>& assignments) {
  for (const auto& text : assignments) chains_.push_back(chain_of(text));
}

void ParameterOverrides::lay_over(ParameterEntry& root) const {
  for (const auto& chain : chains_) lay_override(root, chain, "");
}

std::vector<EntryPointer> take_waiting_overrides(ParameterEntry& mapping) {
  auto& entries = mapping.entries;
  const auto first = std::stable_partition(entries.begin(), entries.end(),
                                           [](const auto& entry) { return !entry->is_override; });
  std::vector<EntryPointer> waiting(first, entries.end());
  entries.erase(first, entries.end());
  return waiting;
}

void lay_override(ParameterEntry& mapping, const EntryPointer& chain, const std::string& path) {
  const auto here = joined(path, chain->key);
  const auto target = find(mapping, chain->key);
  const bool last = chain->kind == Kind::scalar;
  if (target && last) return set_scalar(*target, *chain, here);
  if (mapping.find("extends")) return mapping.entries.push_back(chain);
  if (!target && last && mapping.kind == Kind::mapping) {  // perhaps optional: its reader knows
    return mapping.entries.push_back(chain);
  }
  if (!target) fail_unknown(*chain, mapping, here);
  if (target->kind == Kind::scalar) open_part(*target);
  lay_override(*target, chain->entries.front(), here);
}

std::vector<std::string> nearest_names(const std::string& name, std::vector<std::string> known) {
  std::stable_sort(known.begin(), known.end(), [&](const auto& a, const auto& b) {
    return edit_distance(name, a) < edit_distance(name, b);
  });
  known.resize(std::min(known.size(), kNearest));
  return known;
}

}  // namespace dwmtj
