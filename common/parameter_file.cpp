// SPDX-License-Identifier: Apache-2.0
#include "common/parameter_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"
#include "common/parameter_document.h"
#include "common/parameter_layers.h"
#include "common/picoseconds.h"

namespace dwmtj {

using Kind = ParameterEntry::Kind;

struct ParameterNode::Content {
  std::shared_ptr<ParameterEntry> entry;
  std::string path;
  std::shared_ptr<std::vector<Constant>> constants;  // of all nodes of one document
  std::vector<std::string> asked;  // keys asked for, in order: the accepted keys of an error

  void ask(const std::string& key) {
    if (std::find(asked.begin(), asked.end(), key) == asked.end()) asked.push_back(key);
  }
};

namespace {}  // namespace

ParameterNode ParameterNode::load(const std::filesystem::path& file) {
  const auto root = parse_document(
      std::make_shared<const ParameterSource>(ParameterSource{file.string(), nullptr}));
  return ParameterNode(
      std::make_shared<Content>(Content{root, "", std::make_shared<std::vector<Constant>>(), {}}));
}

ParameterNode ParameterNode::load(const std::filesystem::path& file,
                                  const ParameterOverrides& overrides) {
  auto root = load(file);
  overrides.lay_over(*root.content_->entry);
  return root;
}

ParameterNode ParameterNode::load(const std::filesystem::path& file, const CatalogFolder& catalog,
                                  const ParameterOverrides& overrides) {
  auto root = load(file);
  lay_over_base(*root.content_->entry, "", catalog);
  overrides.lay_over(*root.content_->entry);
  return root;
}

ParameterNode ParameterNode::at(const std::shared_ptr<ParameterEntry>& entry,
                                std::string path) const {
  return ParameterNode(
      std::make_shared<Content>(Content{entry, std::move(path), content_->constants, {}}));
}

// A list or a single value has no keys: who asks for some would take them for absent.
bool ParameterNode::has(const std::string& key) const {
  if (content_->entry->kind != Kind::mapping) fail("expected a mapping");
  content_->ask(key);
  return content_->entry->find(key) != nullptr;
}

bool ParameterNode::is_list() const { return content_->entry->kind == Kind::list; }

bool ParameterNode::is_list(const std::string& key) const {
  return has(key) && content_->entry->find(key)->kind == Kind::list;
}

bool ParameterNode::is_text(const std::string& key) const {
  return has(key) && content_->entry->find(key)->kind == Kind::scalar;
}

ParameterNode ParameterNode::child(const std::string& key) const {
  if (!has(key)) fail(fmt::format("missing key '{}'", key));
  return at(content_->entry->find(key), joined(content_->path, key));
}

std::vector<ParameterNode> ParameterNode::items(const std::string& key) const {
  return child(key).items();
}

std::vector<ParameterNode> ParameterNode::items() const {
  if (content_->entry->kind != Kind::list) fail("expected a list");
  std::vector<ParameterNode> result;
  for (const auto& element : content_->entry->entries) {
    result.push_back(at(element, fmt::format("{}[{}]", content_->path, result.size())));
  }
  return result;
}

std::vector<ParameterNode> ParameterNode::members() const {
  if (content_->entry->kind != Kind::mapping) fail("expected a mapping");
  std::vector<ParameterNode> result;
  for (const auto& entry : content_->entry->entries) result.push_back(child(entry->key));
  return result;
}

ParameterNode ParameterNode::section(const std::string& key, const CatalogFolder& catalog) const {
  auto node = child(key);
  expand_section(*node.content_->entry, node.path(), catalog);
  return node;
}

std::filesystem::path ParameterNode::named_file(const std::string& key,
                                                const CatalogFolder& catalog) const {
  const auto node = scalar(key);
  return file_named_by(*node.content_->entry, node.path(), catalog);
}

std::filesystem::path ParameterNode::file_beside(const std::string& key) const {
  const auto node = scalar(key);
  return (folder_of(*node.content_->entry) / node.text()).lexically_normal();
}

ParameterNode ParameterNode::scalar(const std::string& key) const {
  auto node = child(key);
  if (node.content_->entry->kind != Kind::scalar) node.fail("expected a single value");
  return node;
}

double ParameterNode::parsed(Dimension dimension) const {
  const auto written = text();
  try {
    return parse_quantity(written, dimension);
  } catch (const InputError& error) {
    fail(error.what());
  }
}

double ParameterNode::constant(const std::string& key, Dimension dimension) const {
  const auto node = child(key);
  if (node.content_->entry->kind != Kind::mapping) {
    node.fail("expected {value: ..., range: [least, most], source: \"...\"}");
  }
  const double value = node.quantity("value", dimension);
  const auto range = node.items("range");
  if (range.size() != 2) node.fail("range", "expected [least, most]");
  const double least = range[0].parsed(dimension);
  const double most = range[1].parsed(dimension);
  if (least > most) node.fail("range", "the first bound must not exceed the second");
  const std::string range_text = fmt::format("[{}, {}]", range[0].text(), range[1].text());
  if (value < least || value > most) {
    node.fail("value", fmt::format("{} is out of range {}", node.text("value"), range_text));
  }
  const std::string source = node.text("source");
  if (source.empty()) node.fail("source", "expected where the number comes from, or 'assumption'");
  node.finish();
  content_->constants->push_back({node.path(), node.text("value"), range_text, source});
  return value;
}

double ParameterNode::above_zero(const std::string& key, Dimension dimension) const {
  const double value = constant(key, dimension);
  if (value <= 0.0) fail(key, "must be above zero");
  return value;
}

double ParameterNode::at_least_zero(const std::string& key, Dimension dimension) const {
  const double value = constant(key, dimension);
  if (value < 0.0) fail(key, "must not be below zero");
  return value;
}

Time ParameterNode::duration(const std::string& key) const {
  const auto time = constant<Time>(key);
  try {
    check_duration(time);
  } catch (const InputError& error) {
    fail(key, error.what());
  }
  return time;
}

Time ParameterNode::duration_above_zero(const std::string& key) const {
  const auto time = duration(key);
  if (in_si(time) <= 0.0) fail(key, "must be above zero");
  return time;
}

long ParameterNode::whole_constant(const std::string& key, long least, long most) const {
  const double value = constant(key, Dimension::number);
  if (value != std::floor(value) || value < static_cast<double>(least) ||
      value > static_cast<double>(most)) {
    fail(key, fmt::format("expected a whole number from {} to {}", least, most));
  }
  return static_cast<long>(value);
}

double ParameterNode::quantity(const std::string& key, Dimension dimension) const {
  return scalar(key).parsed(dimension);
}

std::string ParameterNode::text(const std::string& key) const { return scalar(key).text(); }

std::string ParameterNode::text() const {
  if (content_->entry->kind != Kind::scalar) fail("expected a single value");
  return content_->entry->text;
}

namespace {

template <typename Integer>
Integer whole_number_of(const ParameterNode& node, Integer least, Integer most) {
  const std::string text = node.text();
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
    node.fail(fmt::format("'{}' is not a whole number from {} to {}", text, least, most));
  }
  return value;
}

}  // namespace

long ParameterNode::whole_scalar(const std::string& key, long least, long most) const {
  return whole_number_of(scalar(key), least, most);
}

long ParameterNode::integer(long least, long most) const {
  return whole_number_of(*this, least, most);
}

std::uint64_t ParameterNode::seed(const std::string& key) const {
  return whole_number_of<std::uint64_t>(scalar(key), 0, std::numeric_limits<std::uint64_t>::max());
}

bool ParameterNode::boolean(const std::string& key) const {
  return choice(key, {"false", "true"}) == 1;
}

std::size_t ParameterNode::choice(const std::string& key,
                                  const std::vector<std::string>& accepted) const {
  const auto node = scalar(key);
  for (std::size_t i = 0; i < accepted.size(); ++i) {
    if (accepted[i] == node.text()) return i;
  }
  node.fail(fmt::format("'{}' is not one of: {}", node.text(), fmt::join(accepted, ", ")));
}

void ParameterNode::finish() const {
  if (content_->entry->kind != Kind::mapping) fail("expected a mapping");
  const auto& asked = content_->asked;
  for (const auto& entry : content_->entry->entries) {
    if (std::find(asked.begin(), asked.end(), entry->key) != asked.end()) continue;
    if (entry->is_override) {
      fail(entry->key, fmt::format("unknown key; nearest: {}",
                                   fmt::join(nearest_names(entry->key, asked), ", ")));
    }
    fail(entry->key, fmt::format("unknown key; accepted here: {}", fmt::join(asked, ", ")));
  }
}

void ParameterNode::fail(const std::string& message) const {
  fail_at(*content_->entry->source, content_->entry->line, content_->path, message);
}

void ParameterNode::fail(const std::string& key, const std::string& message) const {
  const auto found = content_->entry->find(key);
  const auto& entry = found ? *found : *content_->entry;
  fail_at(*entry.source, entry.line, joined(content_->path, key), message);
}

const std::string& ParameterNode::path() const { return content_->path; }

const std::string& ParameterNode::key() const { return content_->entry->key; }

const std::vector<Constant>& ParameterNode::constants() const { return *content_->constants; }

std::string ParameterNode::effective_text() const { return to_yaml(*content_->entry); }

}  // namespace dwmtj
