// SPDX-License-Identifier: Apache-2.0
#include "common/parameter_document.h"

#include <optional>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <yaml-cpp/emitter.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "common/file_text.h"
#include "common/input_error.h"
#include "common/input_log.h"

namespace dwmtj {
namespace {

using Kind = ParameterEntry::Kind;

std::string read_whole(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw InputError(fmt::format("{}: no such file", file.string()));
  }
  auto text = read_file(file);
  if (!text) throw InputError(fmt::format("{}: cannot be read", file.string()));
  return std::move(*text);
}

std::string message_at(const ParameterSource& source, int line, const std::string& path,
                       const std::string& message) {
  const auto place = line > 0 ? fmt::format("{}:{}", source.file, line) : source.file;
  return fmt::format("{}: {}{}{}", place, path, path.empty() ? "" : ": ", message);
}

class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(std::shared_ptr<const ParameterSource> source)
      : source_(std::move(source)), root_(std::make_shared<ParameterEntry>()) {
    root_->source = source_;
  }

  // Throws what is wrong with the keys; a mistake in the YAML itself comes before.
  [[nodiscard]] const std::shared_ptr<ParameterEntry>& root() const {
    if (bad_key_) throw InputError(*bad_key_);
    return root_;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) refuse(mark, "expected one document, not a second behind '---'");
  }
  void OnDocumentEnd() override {}
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases (*name) are not supported: write the value out");
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(mark, Kind::nothing); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                const std::string& text) override {
    if (expects_key()) {
      start_key(mark, text);
    } else {
      add(mark, Kind::scalar)->text = text;
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value style) override {
    open(add(mark, Kind::list), style);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value style) override {
    open(add(mark, Kind::mapping), style);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  [[noreturn]] void refuse(const YAML::Mark& mark, const std::string& reason) const {
    fail_at(*source_, mark.line + 1, "", reason);
  }

  void refuse_key(const YAML::Mark& mark, const std::string& reason) {
    if (!bad_key_) bad_key_ = message_at(*source_, mark.line + 1, "", reason);
  }

  [[nodiscard]] bool expects_key() const {
    return !open_.empty() && open_.back()->kind == Kind::mapping && !has_key_;
  }

  void start_key(const YAML::Mark& mark, const std::string& key) {
    if (open_.back()->find(key)) refuse_key(mark, key + ": this key stands twice");
    key_ = key;
    key_line_ = mark.line + 1;
    has_key_ = true;
  }

  std::shared_ptr<ParameterEntry> add(const YAML::Mark& mark, Kind kind) {
    if (expects_key()) refuse_key(mark, "a key must be a plain word");
    auto entry = open_.empty() ? root_ : std::make_shared<ParameterEntry>();
    entry->source = source_;
    entry->kind = kind;
    if (!open_.empty()) {
      entry->line = has_key_ ? key_line_ : mark.line + 1;
      if (has_key_) entry->key = key_;
      open_.back()->entries.push_back(entry);
    }
    has_key_ = false;
    return entry;
  }

  void open(const std::shared_ptr<ParameterEntry>& entry, YAML::EmitterStyle::value style) {
    entry->flow = style == YAML::EmitterStyle::Flow;
    open_.push_back(entry);
  }

  std::shared_ptr<const ParameterSource> source_;
  std::shared_ptr<ParameterEntry> root_;
  std::vector<std::shared_ptr<ParameterEntry>> open_;  // lists and mappings not yet closed
  std::string key_;                                    // read, its value not yet
  int key_line_ = 0;
  bool has_key_ = false;
  int documents_ = 0;
  std::optional<std::string> bad_key_;  // the first one
};

void parse(const std::string& text, TreeBuilder& builder, const ParameterSource& source) {
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::ParserException& error) {
    fail_at(source, error.mark.line + 1, "", "not valid YAML: " + error.msg);
  } catch (const YAML::Exception&) {
    throw InputError(fmt::format("{}: cannot be read as YAML", source.file));
  }
}

void emit(YAML::Emitter& out, const ParameterEntry& entry) {
  switch (entry.kind) {
    case Kind::nothing:
      out << YAML::Null;
      return;
    case Kind::scalar:
      out << entry.text;
      return;
    case Kind::list:
      out << (entry.flow ? YAML::Flow : YAML::Block) << YAML::BeginSeq;
      for (const auto& element : entry.entries) emit(out, *element);
      out << YAML::EndSeq;
      return;
    case Kind::mapping:
      out << (entry.flow ? YAML::Flow : YAML::Block) << YAML::BeginMap;
      for (const auto& member : entry.entries) {
        out << YAML::Key << member->key << YAML::Value;
        emit(out, *member);
      }
      out << YAML::EndMap;
  }
}

}  // namespace

std::shared_ptr<ParameterEntry> ParameterEntry::find(const std::string& name) const {
  if (kind != Kind::mapping) return nullptr;
  for (const auto& entry : entries) {
    if (entry->key == name) return entry;
  }
  return nullptr;
}

std::filesystem::path folder_of(const ParameterEntry& entry) {
  return entry.line == 0 ? std::filesystem::path()
                         : std::filesystem::path(entry.source->file).parent_path();
}

std::string joined(const std::string& path, const std::string& key) {
  return path.empty() || key.front() == '[' ? path + key : path + "." + key;
}

void fail_at(const ParameterSource& source, int line, const std::string& path,
             const std::string& message) {
  throw InputError(message_at(source, line, path, message));
}

std::shared_ptr<ParameterEntry> parse_document(
    const std::shared_ptr<const ParameterSource>& source) {
  note_input(source->file);
  TreeBuilder builder(source);
  parse(read_whole(source->file), builder, *source);
  const auto& root = builder.root();
  if (root->kind != Kind::mapping) fail_at(*source, 1, "", "expected a mapping of keys to values");
  return root;
}

std::string to_yaml(const ParameterEntry& entry) {
  YAML::Emitter out;
  emit(out, entry);
  return std::string(out.c_str()) + "\n";
}

}  // namespace dwmtj
