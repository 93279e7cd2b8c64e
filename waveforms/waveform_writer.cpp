// SPDX-License-Identifier: Apache-2.0
#include "waveforms/waveform_writer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fnmatch.h>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "common/input_error.h"
#include "waveforms/vcd_text.h"

namespace dwmtj {
namespace {

constexpr std::size_t kBatch = 4096;  // stays within the L2 cache
constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

std::unique_ptr<WaveformSink> make_sink(const std::filesystem::path& file, WaveformFormat format) {
  return format == WaveformFormat::fst ? make_fst_sink(file) : make_vcd_sink(file);
}

std::int64_t low_bits(std::int64_t value, int bits) {
  const auto mask = ~std::uint64_t{0} >> static_cast<unsigned>(64 - bits);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(value) & mask);
}

// Tells 0 from -0, and not one NaN from another.
bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

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

void Probe::set_real(std::int64_t at_ps, double value) const {
  writer_->require(signal_, WaveformWriter::Kind::real);
  if (!writer_->accepts(signal_, at_ps)) return;
  WaveformWriter::Payload payload{};
  payload.real = value;
  writer_->pending_.push_back({at_ps, signal_, WaveformWriter::Action::set, payload});
}

void Probe::set_integer(std::int64_t at_ps, std::int64_t value) const {
  if (writer_->signals_[signal_].kind == WaveformWriter::Kind::real) {
    return set_real(at_ps, static_cast<double>(value));
  }
  const auto& labels = writer_->signals_[signal_].labels;
  if (!labels.empty()) return set_text(at_ps, labels.at(static_cast<std::size_t>(value)));
  writer_->require(signal_, WaveformWriter::Kind::integer);
  if (!writer_->accepts(signal_, at_ps)) return;
  WaveformWriter::Payload payload{};
  payload.integer = value;
  writer_->pending_.push_back({at_ps, signal_, WaveformWriter::Action::set, payload});
}

void Probe::set_text(std::int64_t at_ps, std::string_view value) const {
  writer_->require(signal_, WaveformWriter::Kind::text);
  if (!writer_->accepts(signal_, at_ps)) return;
  WaveformWriter::Payload payload{};
  payload.text = writer_->keep_text(value);
  writer_->pending_.push_back({at_ps, signal_, WaveformWriter::Action::set, payload});
}

void Probe::add_real(std::int64_t at_ps, double increment) const {
  writer_->require(signal_, WaveformWriter::Kind::real);
  if (!writer_->accepts(signal_, at_ps)) return;
  WaveformWriter::Payload payload{};
  payload.real = increment;
  writer_->pending_.push_back({at_ps, signal_, WaveformWriter::Action::add, payload});
}

WaveformWriter::WaveformWriter(std::filesystem::path file, WaveformOptions options)
    : file_(std::move(file)), options_(std::move(options)), batch_(kBatch) {
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
  return declare({name, 0, Kind::real, 64, unit, {}});
}

Probe WaveformWriter::integer(const std::string& name, int bits) {
  if (bits < 1 || bits > 64) {
    throw InputError(fmt::format("{}: a waveform has 1 to 64 bits, not {}", name, bits));
  }
  return declare({name, 0, Kind::integer, bits, "", {}});
}

Probe WaveformWriter::text(const std::string& name) {
  return declare({name, 0, Kind::text, 1, "", {}});
}

Probe WaveformWriter::enumeration(const std::string& name, const std::vector<std::string>& labels) {
  const auto kind = options_.text_labels ? Kind::text : Kind::integer;
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
  auto& signal = signals_.emplace_back();
  signal.kind = added->second.kind;
  signal.bits = added->second.bits;
  if (signal.kind == Kind::text) signal.labels = added->second.labels;
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

void WaveformWriter::require(std::uint32_t signal, Kind kind) const {
  if (signals_[signal].kind != kind) {
    throw std::logic_error(fmt::format("{}: a value of the wrong type", name_of(signal)));
  }
}

// Whether a change at `at` matters for the file; makes room for it.
bool WaveformWriter::accepts(std::uint32_t signal, std::int64_t at) {
  if (closed_) return false;
  const std::int64_t time = now();
  if (at < time) {
    throw std::logic_error(
        fmt::format("{}: a change at {} ps, made at {} ps", name_of(signal), at, time));
  }
  if (!first_change_) first_change_ = time;
  if (at > options_.to_ps) return false;
  if (pending_.size() >= batch_ && time != kNoTime) write_passed(time);
  return true;
}

void WaveformWriter::set_window(std::int64_t from_ps, std::int64_t to_ps) {
  const std::int64_t time = now();
  if (to_ps < std::max(from_ps, time) || (from_ps < time && from_ps != options_.from_ps)) {
    throw std::logic_error(fmt::format("{}: a window that has passed", file_.string()));
  }
  if (time != kNoTime) write_passed(time);
  options_.from_ps = from_ps;
  options_.to_ps = to_ps;
}

// Changes at `now` stay: more of them may come. A batch of twice what stayed keeps the cost of a
// change the same however many lie in the future.
void WaveformWriter::write_passed(std::int64_t now) {
  drain(now - 1);
  batch_ = std::max(kBatch, 2 * pending_.size());
}

std::size_t WaveformWriter::keep_text(std::string_view text) {
  if (free_texts_.empty()) {
    texts_.emplace_back(text);
    return texts_.size() - 1;
  }
  const std::size_t index = free_texts_.back();
  texts_[index] = text;
  free_texts_.pop_back();
  return index;
}

void WaveformWriter::drain(std::int64_t last) {
  std::stable_sort(pending_.begin(), pending_.end(),
                   [](const Change& a, const Change& b) { return a.at < b.at; });
  auto change = pending_.begin();
  while (change != pending_.end() && change->at <= last) {
    const std::int64_t at = change->at;
    if (!started_ && at > options_.from_ps) start(options_.from_ps);
    for (; change != pending_.end() && change->at == at; ++change) apply(*change);
    if (started_) show_touched(at);
  }
  pending_.erase(pending_.begin(), change);
}

// Sums are compensated (Neumaier), so that an energy counter ends at the total of its increments.
void WaveformWriter::apply(const Change& change) {
  Signal& signal = signals_[change.signal];
  if (change.action == Action::add) {
    const double sum = signal.real + change.value.real;
    signal.carry += std::abs(signal.real) >= std::abs(change.value.real)
                        ? (signal.real - sum) + change.value.real
                        : (change.value.real - sum) + signal.real;
    signal.real = sum;
  } else if (signal.kind == Kind::real) {
    signal.real = change.value.real;
    signal.carry = 0.0;
  } else if (signal.kind == Kind::integer) {
    signal.integer = change.value.integer;
    signal.known = true;
  } else {
    std::swap(signal.text, texts_[change.value.text]);
    free_texts_.push_back(change.value.text);
  }
  if (started_ && !signal.touched) {
    signal.touched = true;
    touched_.push_back(change.signal);
  }
}

void WaveformWriter::show_touched(std::int64_t at) {
  for (const std::uint32_t index : touched_) {
    signals_[index].touched = false;
    if (!bring_up_to_date(signals_[index])) continue;
    if (at != stamped_) stamp(at);
    write(index);
  }
  touched_.clear();
  sink_->pause();
}

// Brings what is shown up to date; false when it was.
bool WaveformWriter::bring_up_to_date(Signal& signal) {
  bool changed = false;
  switch (signal.kind) {
    case Kind::real: {
      const double value = signal.real + signal.carry;
      changed = !same_bits(value, signal.shown_real);
      signal.shown_real = value;
      break;
    }
    case Kind::integer: {
      const std::int64_t value = low_bits(signal.integer, signal.bits);
      changed = signal.known && (!signal.shown_known || value != signal.shown_integer);
      signal.shown_integer = value;
      signal.shown_known = signal.known;
      break;
    }
    case Kind::text:
      changed = signal.text != signal.shown_text;
      signal.shown_text = signal.text;
      break;
  }
  return changed;
}

void WaveformWriter::start(std::int64_t at) {
  started_ = true;
  std::vector<WaveformDeclaration> declarations;
  for (const auto& [name, declaration] : declarations_) declarations.push_back(declaration);
  sink_->declare(options_.comment, declarations);
  stamp(at);
  sink_->begin_values();
  for (std::size_t index = 0; index < signals_.size(); ++index) {
    bring_up_to_date(signals_[index]);
    write(static_cast<std::uint32_t>(index));
    sink_->pause();
  }
  sink_->end_values();
}

void WaveformWriter::write(std::uint32_t index) {
  const Signal& signal = signals_[index];
  switch (signal.kind) {
    case Kind::real:
      return sink_->real(index, signal.shown_real);
    case Kind::text:
      return sink_->text(index, signal.shown_text);
    case Kind::integer:
      return signal.shown_known ? sink_->integer(index, signal.shown_integer, signal.bits)
                                : sink_->unknown(index, signal.bits);
  }
}

void WaveformWriter::stamp(std::int64_t at) {
  sink_->time(at);
  stamped_ = at;
}

std::int64_t WaveformWriter::end_of_file(std::optional<std::int64_t> end_ps) const {
  std::int64_t end = std::max(now(), end_ps.value_or(kNoTime));
  if (!options_.now_ps && !end_ps) {
    for (const Change& change : pending_) end = std::max(end, change.at);
  }
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
