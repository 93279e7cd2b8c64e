// SPDX-License-Identifier: Apache-2.0
#include "waveforms/waveform_writer.h"

#include <algorithm>
#include <fnmatch.h>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "common/input_error.h"
#include "waveforms/vcd_text.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

std::unique_ptr<WaveformSink> make_sink(const std::filesystem::path& file, WaveformFormat format) {
  return format == WaveformFormat::fst ? make_fst_sink(file) : make_vcd_sink(file);
}

int bits_for(std::size_t values) {
  int bits = 1;
  while ((std::size_t{1} << static_cast<unsigned>(bits)) < values) ++bits;
  return bits;
}

}  // namespace

std::string comment_of(const WaveformDeclaration& declaration) {
  if (!declaration.unit.empty()) {
    return fmt::format("{} in {}", declaration.name, declaration.unit);
  }
  std::string text;
  for (std::size_t value = 0; value < declaration.labels.size(); ++value) {
    text += fmt::format("{}{} {}", text.empty() ? ": " : ", ", value, declaration.labels[value]);
  }
  return text.empty() ? text : declaration.name + text;
}

WaveformWriter::WaveformWriter(std::filesystem::path file, WaveformOptions options)
    : file_(std::move(file)), options_(std::move(options)) {
  options_.from_ps = std::max<std::int64_t>(options_.from_ps, 0);
  if (options_.to_ps < options_.from_ps) {
    throw InputError(fmt::format("{}: the window from {} ps to {} ps is empty", file_.string(),
                                 options_.from_ps, options_.to_ps));
  }
  sink_ = make_sink(file_, options_.format);
}

WaveformWriter::~WaveformWriter() {
  try {
    close();
  } catch (...) {  // NOLINT(bugprone-empty-catch): who wants to know calls close()
  }
}

Probe WaveformWriter::real(const std::string& name, const std::string& unit) {
  return declare({name, 0, WaveformKind::real, 64, unit, {}});
}

Probe WaveformWriter::integer(const std::string& name, int bits) {
  if (bits < 1 || bits > 64) {
    throw InputError(fmt::format("{}: a waveform has 1 to 64 bits, not {}", name, bits));
  }
  return declare({name, 0, WaveformKind::integer, bits, "", {}});
}

Probe WaveformWriter::text(const std::string& name) {
  return declare({name, 0, WaveformKind::text, 1, "", {}});
}

Probe WaveformWriter::enumeration(const std::string& name, const std::vector<std::string>& labels) {
  const auto kind = options_.text_labels ? WaveformKind::text : WaveformKind::integer;
  const int bits = options_.text_labels ? 1 : bits_for(labels.size());
  return declare({name, 0, kind, bits, "", labels});
}

Probe WaveformWriter::declare(WaveformDeclaration declaration) {
  const std::string name = declaration.name;
  vcd::check_name(name);
  if (closed_ || (first_change_ && now() > *first_change_)) {
    throw std::logic_error(fmt::format("{}: declared after the waveforms began", name));
  }
  if (!selected(name)) return {};
  declaration.signal = static_cast<std::uint32_t>(signals_.size());
  const auto [added, is_new] = declarations_.emplace(name, std::move(declaration));
  if (!is_new) throw InputError(fmt::format("{}: two waveforms have this name", name));
  signals_.emplace_back(added->second);
  return {this, added->second.signal};
}

bool WaveformWriter::selected(const std::string& name) const {
  return std::any_of(options_.globs.begin(), options_.globs.end(), [&](const std::string& glob) {
    return ::fnmatch(glob.c_str(), name.c_str(), 0) == 0;
  });
}

const std::string& WaveformWriter::name_of(std::uint32_t signal) const {
  return std::find_if(declarations_.begin(), declarations_.end(),
                      [&](const auto& named) { return named.second.signal == signal; })
      ->first;
}

std::int64_t WaveformWriter::now() const { return options_.now_ps ? options_.now_ps() : kNoTime; }

void WaveformWriter::require(std::uint32_t signal, WaveformKind kind) const {
  if (signals_[signal].kind() != kind) {
    throw std::logic_error(fmt::format("{}: a value of the wrong type", name_of(signal)));
  }
}

// Whether a change at `at` matters for the file; makes room for it. Changes at the present time
// stay: more of them may come.
bool WaveformWriter::accepts(std::uint32_t signal, std::int64_t at) {
  if (closed_) return false;
  const std::int64_t time = now();
  if (at < time) {
    throw std::logic_error(
        fmt::format("{}: a change at {} ps, made at {} ps", name_of(signal), at, time));
  }
  if (!first_change_) first_change_ = time;
  if (at > options_.to_ps) return false;
  if (changes_.is_full() && time != kNoTime) drain(time - 1);
  return true;
}

void WaveformWriter::set_window(std::int64_t from_ps, std::int64_t to_ps) {
  const std::int64_t time = now();
  if (to_ps < std::max(from_ps, time) || (from_ps < time && from_ps != options_.from_ps)) {
    throw std::logic_error(fmt::format("{}: a window that has passed", file_.string()));
  }
  if (time != kNoTime) drain(time - 1);
  options_.from_ps = from_ps;
  options_.to_ps = to_ps;
}

void WaveformWriter::drain(std::int64_t last) {
  changes_.begin();
  while (changes_.has_next(last)) {
    const std::int64_t at = changes_.next();
    if (!started_ && at > options_.from_ps) start(options_.from_ps);
    changes_.make_next(signals_, touched_);
    if (started_) show_touched(at);
  }
  changes_.end();
}

void WaveformWriter::show_touched(std::int64_t at) {
  for (const std::uint32_t index : touched_) {
    signals_[index].touched = false;
    if (!signals_[index].update()) continue;
    if (at != stamped_) stamp(at);
    signals_[index].write(*sink_, index);
  }
  touched_.clear();
  sink_->pause();
}

void WaveformWriter::start(std::int64_t at) {
  started_ = true;
  std::vector<WaveformDeclaration> declarations;
  for (const auto& [name, declaration] : declarations_) declarations.push_back(declaration);
  sink_->declare(options_.comment, declarations);
  stamp(at);
  sink_->begin_values();
  std::uint32_t index = 0;
  touched_.clear();
  for (auto& signal : signals_) {
    signal.touched = false;
    signal.update();
    signal.write(*sink_, index++);
    sink_->pause();
  }
  sink_->end_values();
}

void WaveformWriter::stamp(std::int64_t at) {
  sink_->time(at);
  stamped_ = at;
}

std::int64_t WaveformWriter::end_of_file(std::optional<std::int64_t> end_ps) const {
  std::int64_t end = std::max(now(), end_ps.value_or(kNoTime));
  if (!options_.now_ps && !end_ps) end = changes_.latest(end);
  return std::clamp<std::int64_t>(end, 0, options_.to_ps);
}

void WaveformWriter::close(std::optional<std::int64_t> end_ps) {
  if (closed_) return;
  const std::int64_t end = end_of_file(end_ps);
  // A window may end before now: last changes are made then.
  if (options_.now_ps && now() > end) options_.now_ps = [end] { return end; };
  for (const auto& last_changes : std::exchange(before_close_, {})) last_changes(end);
  closed_ = true;  // early, so that nothing is tried twice if something below throws
  drain(end);
  if (!started_) start(std::min(options_.from_ps, end));
  if (end > stamped_) stamp(end);
  sink_->close();
}

}  // namespace dwmtj
