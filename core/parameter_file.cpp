// SPDX-License-Identifier: Apache-2.0
#include "core/parameter_file.h"

#include <charconv>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "core/input_error.h"

namespace dwmtj {

// What is shared by all nodes of one file.
struct FileContent {
  std::string name;
  std::vector<Constant> constants;
};

struct ParameterNode::Content {
  std::shared_ptr<FileContent> file;
  YAML::Node yaml;
  std::string path;
  int line = 1;                    // where its key or, in a list, the node itself stands
  std::vector<std::string> asked;  // keys asked for, in order: the accepted keys of an error

  // The line of `key`, which a value may follow on a line of its own.
  [[nodiscard]] int line_of(const std::string& key) const {
    for (const auto& entry : yaml) {
      if (yaml.IsMap() && entry.first.Scalar() == key) return entry.first.Mark().line + 1;
    }
    return line;
  }

  [[noreturn]] void fail_at(int at_line, const std::string& where,
                            const std::string& message) const {
    throw InputError(fmt::format("{}:{}: {}{}{}", file->name, at_line, where,
                                 where.empty() ? "" : ": ", message));
  }

  void ask(const std::string& key) {
    for (const auto& known : asked) {
      if (known == key) return;
    }
    asked.push_back(key);
  }
};

namespace {

std::string read_whole(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw InputError(fmt::format("{}: no such file", file.string()));
  }
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  // Copying an empty file fails as well; there peek() meets the end, not an error.
  if (!stream.is_open() || stream.bad()) {
    throw InputError(fmt::format("{}: cannot be read", file.string()));
  }
  return text.str();
}

// Refuses what a parameter file has no use for. An alias can refer to the node it stands in, or
// blow a small file up to any size; a second document would be ignored without a word.
class PlainDocument : public YAML::EventHandler {
 public:
  explicit PlainDocument(const std::string& file) : file_(file) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) refuse(mark, "expected one document, not a second behind '---'");
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases (*name) are not supported: write the value out");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

 private:
  [[noreturn]] void refuse(const YAML::Mark& mark, const char* reason) const {
    throw InputError(fmt::format("{}:{}: {}", file_, mark.line + 1, reason));
  }

  const std::string& file_;
  int documents_ = 0;
};

YAML::Node parse(const std::string& text, const std::string& file) {
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    PlainDocument plain(file);
    while (parser.HandleNextDocument(plain)) {
    }
    return YAML::Load(text);
  } catch (const YAML::ParserException& error) {
    throw InputError(
        fmt::format("{}:{}: not valid YAML: {}", file, error.mark.line + 1, error.msg));
  } catch (const YAML::Exception&) {
    throw InputError(fmt::format("{}: cannot be read as YAML", file));
  }
}

void reject_duplicate_keys(const YAML::Node& node, const std::string& file) {
  std::set<std::string> seen;
  for (const auto& entry : node) {
    if (!node.IsMap()) {
      reject_duplicate_keys(static_cast<const YAML::Node&>(entry), file);
      continue;
    }
    if (!entry.first.IsScalar()) {
      throw InputError(
          fmt::format("{}:{}: a key must be a plain word", file, entry.first.Mark().line + 1));
    }
    if (!seen.insert(entry.first.Scalar()).second) {
      throw InputError(fmt::format("{}:{}: {}: this key stands twice", file,
                                   entry.first.Mark().line + 1, entry.first.Scalar()));
    }
    reject_duplicate_keys(entry.second, file);
  }
}

std::string joined(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

}  // namespace

ParameterNode ParameterNode::load(const std::filesystem::path& file) {
  auto content = std::make_shared<Content>();
  content->file = std::make_shared<FileContent>();
  content->file->name = file.string();
  content->yaml = parse(read_whole(file), content->file->name);
  if (!content->yaml.IsMap()) content->fail_at(1, "", "expected a mapping of keys to values");
  reject_duplicate_keys(content->yaml, file.string());
  return ParameterNode(content);
}

bool ParameterNode::has(const std::string& key) const {
  content_->ask(key);
  return content_->yaml.IsMap() && static_cast<bool>(content_->yaml[key]);
}

ParameterNode ParameterNode::child(const std::string& key) const {
  if (!content_->yaml.IsMap()) fail("expected a mapping");
  if (!has(key)) fail(fmt::format("missing key '{}'", key));
  auto content = std::make_shared<Content>();
  content->file = content_->file;
  content->yaml = content_->yaml[key];
  content->path = joined(content_->path, key);
  content->line = content_->line_of(key);
  return ParameterNode(content);
}

std::vector<ParameterNode> ParameterNode::items(const std::string& key) const {
  return child(key).items();
}

std::vector<ParameterNode> ParameterNode::items() const {
  if (!content_->yaml.IsSequence()) fail("expected a list");
  std::vector<ParameterNode> result;
  for (const auto& element : content_->yaml) {
    auto content = std::make_shared<Content>();
    content->file = content_->file;
    content->yaml = static_cast<const YAML::Node&>(element);
    content->path = fmt::format("{}[{}]", content_->path, result.size());
    content->line = content->yaml.Mark().line + 1;
    result.push_back(ParameterNode(content));
  }
  return result;
}

ParameterNode ParameterNode::scalar(const std::string& key) const {
  auto node = child(key);
  if (!node.content_->yaml.IsScalar()) node.fail("expected a single value");
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
  if (!node.content_->yaml.IsMap()) {
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
  content_->file->constants.push_back({node.path(), node.text("value"), range_text, source});
  return value;
}

double ParameterNode::quantity(const std::string& key, Dimension dimension) const {
  return scalar(key).parsed(dimension);
}

std::string ParameterNode::text(const std::string& key) const {
  return scalar(key).content_->yaml.Scalar();
}

std::string ParameterNode::text() const {
  if (!content_->yaml.IsScalar()) fail("expected a single value");
  return content_->yaml.Scalar();
}

long ParameterNode::integer(const std::string& key, long least, long most) const {
  const auto node = scalar(key);
  const std::string text = node.text();
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
    node.fail(fmt::format("'{}' is not a whole number from {} to {}", text, least, most));
  }
  return value;
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
  if (!content_->yaml.IsMap()) return;
  for (const auto& entry : content_->yaml) {
    const std::string key = entry.first.Scalar();
    bool known = false;
    for (const auto& name : content_->asked) known = known || name == key;
    if (!known) {
      content_->fail_at(
          entry.first.Mark().line + 1, joined(content_->path, key),
          fmt::format("unknown key; accepted here: {}", fmt::join(content_->asked, ", ")));
    }
  }
}

void ParameterNode::fail(const std::string& message) const {
  content_->fail_at(content_->line, content_->path, message);
}

void ParameterNode::fail(const std::string& key, const std::string& message) const {
  content_->fail_at(content_->line_of(key), joined(content_->path, key), message);
}

const std::string& ParameterNode::path() const { return content_->path; }

const std::vector<Constant>& ParameterNode::constants() const { return content_->file->constants; }

}  // namespace dwmtj
