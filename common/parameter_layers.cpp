// SPDX-License-Identifier: Apache-2.0
#include "common/parameter_layers.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "common/input_error.h"
#include "common/output_file.h"
#include "common/parameter_overrides.h"

namespace dwmtj {
namespace {

using Kind = ParameterEntry::Kind;
using EntryPointer = std::shared_ptr<ParameterEntry>;

const char* const kExtends = "extends";

// Lists, scalars and what is complete in itself replace: a constant, whose source speaks of its own
// value only, and what names a base of its own.
bool replaces(const ParameterEntry& upper) {
  return upper.kind != Kind::mapping || upper.find("value") || upper.find(kExtends);
}

EntryPointer merged(const EntryPointer& upper, const EntryPointer& lower);

// The keys of `lower`, in its order, then what `upper` adds. A key without a value takes that of
// `lower` away, as in a JSON merge patch (RFC 7386).
ParameterEntry::Entries merged_entries(const ParameterEntry& upper, const ParameterEntry& lower) {
  ParameterEntry::Entries entries;
  for (const auto& entry : lower.entries) {
    const auto over = upper.find(entry->key);
    if (over && over->kind == Kind::nothing) continue;
    entries.push_back(over ? merged(over, entry) : entry);
  }
  for (const auto& entry : upper.entries) {
    if (!lower.find(entry->key)) entries.push_back(entry);
  }
  return entries;
}

EntryPointer merged(const EntryPointer& upper, const EntryPointer& lower) {
  if (replaces(*upper) || lower->kind == Kind::list || lower->kind == Kind::nothing) return upper;
  auto result = std::make_shared<ParameterEntry>(*upper);
  if (lower->kind == Kind::scalar) {  // the name of a sub-file: `upper` lies over that file
    auto base = std::make_shared<ParameterEntry>(*lower);
    base->key = kExtends;
    result->entries.insert(result->entries.begin(), base);
  } else {
    result->entries = merged_entries(*upper, *lower);
    result->flow = upper->flow && lower->flow;
  }
  return result;
}

// "a.yaml -> b.yaml -> a.yaml" for the file that would come next.
std::string chain_to(const ParameterSource& source, const std::string& next, bool& cyclic) {
  std::string chain = std::filesystem::path(next).filename().string();
  for (const auto* file = &source; file != nullptr && !cyclic; file = file->named_by.get()) {
    chain.insert(0, std::filesystem::path(file->file).filename().string() + " -> ");
    cyclic = file->file == next || is_same_file(file->file, next);
  }
  return chain;
}

int depth_of(const ParameterSource& source) {
  int depth = 1;
  for (const auto* file = source.named_by.get(); file != nullptr; file = file->named_by.get()) {
    ++depth;
  }
  return depth;
}

EntryPointer load_named(const ParameterEntry& name, const std::string& path,
                        const CatalogFolder& catalog) {
  const auto file = file_named_by(name, path, catalog).string();
  bool cyclic = false;
  const auto chain = chain_to(*name.source, file, cyclic);
  if (cyclic) fail_at(*name.source, name.line, path, chain + ": cyclic");
  if (depth_of(*name.source) >= kDeepestParameterFile) {
    fail_at(*name.source, name.line, path,
            fmt::format("files name files more than {} deep", kDeepestParameterFile));
  }
  auto root =
      parse_document(std::make_shared<const ParameterSource>(ParameterSource{file, name.source}));
  lay_over_base(*root, "", catalog);
  return root;
}

}  // namespace

std::filesystem::path file_named_by(const ParameterEntry& name, const std::string& path,
                                    const CatalogFolder& catalog) {
  const auto fail = [&](const std::string& message) {
    fail_at(*name.source, name.line, path, message);
  };
  if (name.kind != Kind::scalar) fail("expected the name of a file");
  std::filesystem::path file = name.text;
  if (file.extension() == ".yaml") {
    file = (folder_of(name) / file).lexically_normal();
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) fail(file.string() + ": no such file");
    return file;
  }
  if (catalog.folder.empty()) fail(fmt::format("'{}' is not the path of a .yaml file", name.text));
  try {
    return find_in_catalog(catalog, name.text);
  } catch (const InputError& error) {
    fail_at(*name.source, name.line, path, error.what());
  }
}

void lay_over_base(ParameterEntry& mapping, const std::string& path, const CatalogFolder& catalog) {
  const auto name = mapping.find(kExtends);
  if (!name) return;
  mapping.entries.erase(std::find(mapping.entries.begin(), mapping.entries.end(), name));
  const auto overrides = take_waiting_overrides(mapping);
  const auto base = load_named(*name, joined(path, kExtends), catalog);
  mapping.entries = merged_entries(mapping, *base);
  mapping.flow = false;
  for (const auto& override : overrides) lay_override(mapping, override, path);
}

void expand_section(ParameterEntry& entry, const std::string& path, const CatalogFolder& catalog) {
  if (entry.kind == Kind::mapping) return lay_over_base(entry, path, catalog);
  if (entry.kind != Kind::scalar) {
    fail_at(*entry.source, entry.line, path,
            "expected a mapping, or the name of a file that is one");
  }
  auto content = *load_named(entry, path, catalog);
  content.key = entry.key;
  entry = std::move(content);
}

}  // namespace dwmtj
