// SPDX-License-Identifier: Apache-2.0
#include "tests/support/vcd_reader.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace dwmtj::test {
namespace {

class Reader {
 public:
  explicit Reader(const std::filesystem::path& file) : file_(file), stream_(file) {
    if (!stream_) fail("cannot be read");
  }

  VcdFile read() {
    read_header();
    read_changes();
    return std::move(result_);
  }

 private:
  using Words = std::vector<std::string>;

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(file_.string() + ":" + std::to_string(line_number_) + ": " + what);
  }

  void expect(bool condition, const std::string& otherwise) const {
    if (!condition) fail(otherwise);
  }

  // False at the end of the file. A file that was cut off ends within a line.
  bool next_line() {
    if (!std::getline(stream_, line_)) return false;
    ++line_number_;
    expect(!stream_.eof(), "the last line has no end");
    return true;
  }

  // The words of the header up to the next $end, without it.
  Words next_block() {
    Words words;
    for (;;) {
      std::string word;
      if (header_words_ >> word) {
        if (word == "$end") return words;
        words.push_back(word);
      } else {
        expect(next_line(), "the header has no end");
        header_words_ = std::istringstream(line_);
      }
    }
  }

  void read_header() {
    for (;;) {
      const Words words = next_block();
      expect(!words.empty(), "$end without a beginning");
      if (words[0] == "$enddefinitions") break;
      read_block(words);
    }
    expect(scopes_.empty(), "a scope has no $upscope");
    expect(ps_per_tick_ > 0, "no $timescale");
  }

  void read_block(const Words& words) {
    const std::string& keyword = words[0];
    if (keyword == "$scope") {
      expect(words.size() == 3, "expected $scope <type> <name> $end");
      scopes_.push_back(words[2]);
    } else if (keyword == "$upscope") {
      expect(words.size() == 1 && !scopes_.empty(), "$upscope without a scope");
      scopes_.pop_back();
    } else if (keyword == "$var") {
      declare(words);
    } else if (keyword == "$timescale") {
      read_timescale(words);
    } else if (keyword == "$comment") {
      for (std::size_t i = 1; i < words.size(); ++i) {
        result_.comment += words[i] + (i + 1 < words.size() ? " " : "\n");
      }
    } else {
      expect(keyword == "$date" || keyword == "$version", "unknown keyword " + keyword);
    }
  }

  void declare(const Words& words) {
    expect(words.size() == 5 || words.size() == 6,
           "expected $var <type> <bits> <code> <name> $end");
    std::string name;
    for (const auto& scope : scopes_) name += scope + ".";
    name += words[4];
    const int bits = std::atoi(words[2].c_str());
    expect(bits > 0, words[2] + " bits");
    const auto [signal, added] = result_.signals.emplace(name, VcdSignal{words[1], bits, {}});
    expect(added, name + " is declared twice");
    expect(codes_.emplace(words[3], &signal->second).second, "the code of " + name + " is taken");
  }

  void read_timescale(const Words& words) {
    std::string scale;
    for (std::size_t i = 1; i < words.size(); ++i) scale += words[i];
    const std::size_t unit = scale.find_first_not_of("0123456789");
    static const std::map<std::string, std::int64_t> kUnits = {
        {"ps", 1}, {"ns", 1000}, {"us", 1000000}, {"ms", 1000000000}, {"s", 1000000000000}};
    expect(unit != std::string::npos && kUnits.count(scale.substr(unit)) == 1,
           "unknown timescale " + scale);
    ps_per_tick_ = std::atoll(scale.c_str()) * kUnits.at(scale.substr(unit));
  }

  void read_changes() {
    bool dumping = false;
    while (next_line()) {
      if (line_.empty()) continue;
      if (line_[0] == '#') {
        expect(!dumping, "a time within $dumpvars");
        read_time();
      } else if (line_ == "$dumpvars") {
        expect(timed_ && !dumped_, "$dumpvars does not stand here");
        dumping = dumped_ = true;
      } else if (line_ == "$end") {
        expect(dumping, "$end without $dumpvars");
        dumping = false;
        expect_complete_dump();
      } else {
        expect(dumped_, "a change before $dumpvars");
        read_change();
      }
    }
    expect(dumped_ && !dumping, "$dumpvars is not there or has no end");
  }

  void read_time() {
    const std::string digits = line_.substr(1);
    expect(!digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos,
           "not a time: " + line_);
    const std::int64_t time = std::atoll(digits.c_str()) * ps_per_tick_;
    expect(!timed_ || time > result_.last_ps, "time does not grow");
    if (!timed_) result_.first_ps = time;
    result_.last_ps = time;
    timed_ = true;
  }

  void expect_complete_dump() const {
    for (const auto& [name, signal] : result_.signals) {
      expect(!signal.changes.empty(), name + " has no initial value");
    }
  }

  void read_change() {
    const bool spaced = std::string("rRbBsS").find(line_[0]) != std::string::npos;
    const std::size_t space = line_.find(' ');
    expect(spaced == (space != std::string::npos), "not a change: " + line_);
    const std::string code = line_.substr(spaced ? space + 1 : 1);
    const auto found = codes_.find(code);
    expect(found != codes_.end(), "no signal has the code " + code);
    VcdSignal& signal = *found->second;
    const char kind = spaced ? line_[0] : 'b';
    const std::string value = spaced ? line_.substr(1, space - 1) : line_.substr(0, 1);
    signal.changes.emplace_back(result_.last_ps, checked(signal, kind, value));
  }

  std::string checked(const VcdSignal& signal, char kind, const std::string& value) const {
    if (signal.type == "real") {
      char* end = nullptr;
      std::strtod(value.c_str(), &end);
      expect((kind == 'r' || kind == 'R') && !value.empty() && *end == '\0',
             "not a real: " + line_);
      return value;
    }
    if (signal.type == "string") {
      expect(kind == 's' || kind == 'S', "not a text: " + line_);
      return unescaped(value);
    }
    expect((kind == 'b' || kind == 'B') && !value.empty() &&
               value.find_first_not_of("01xXzZ") == std::string::npos,
           "not a number: " + line_);
    expect(value.size() <= static_cast<std::size_t>(signal.bits), "too many bits: " + line_);
    const std::size_t first = value.find_first_not_of('0');
    return first == std::string::npos ? "0" : value.substr(first);
  }

  std::string unescaped(const std::string& text) const {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\\') {
        result += text[i];
        continue;
      }
      const std::string octal = text.substr(i + 1, 3);
      expect(octal.size() == 3 && octal.find_first_not_of("01234567") == std::string::npos,
             "unknown escape: " + text);
      result += static_cast<char>(std::strtol(octal.c_str(), nullptr, 8));
      i += 3;
    }
    return result;
  }

  std::filesystem::path file_;
  std::ifstream stream_;
  std::string line_;
  int line_number_ = 0;
  std::istringstream header_words_;
  Words scopes_;
  std::map<std::string, VcdSignal*> codes_;
  std::int64_t ps_per_tick_ = 0;
  bool timed_ = false;
  bool dumped_ = false;
  VcdFile result_;
};

}  // namespace

const VcdSignal& VcdFile::signal(const std::string& name) const {
  const auto found = signals.find(name);
  if (found == signals.end()) throw std::out_of_range("no signal " + name);
  return found->second;
}

const VcdChanges& VcdFile::changes(const std::string& name) const { return signal(name).changes; }

std::string VcdFile::value_at(const std::string& name, std::int64_t ps) const {
  const VcdChanges& all = changes(name);
  const auto after = std::upper_bound(
      all.begin(), all.end(), ps, [](auto time, const auto& each) { return time < each.first; });
  if (after == all.begin()) throw std::out_of_range(name + " has no value yet");
  return (after - 1)->second;
}

double VcdFile::real_at(const std::string& name, std::int64_t ps) const {
  return std::strtod(value_at(name, ps).c_str(), nullptr);
}

std::uint64_t VcdFile::integer_at(const std::string& name, std::int64_t ps) const {
  const std::string digits = value_at(name, ps);
  if (digits.find_first_not_of("01") != std::string::npos) {
    throw std::invalid_argument(name + " is " + digits);
  }
  return std::strtoull(digits.c_str(), nullptr, 2);
}

VcdFile read_vcd(const std::filesystem::path& file) { return Reader(file).read(); }

}  // namespace dwmtj::test
