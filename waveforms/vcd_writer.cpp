// SPDX-License-Identifier: Apache-2.0
#include "waveforms/vcd_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fnmatch.h>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "common/input_error.h"
#include "waveforms/vcd_text.h"

namespace dwmtj {
namespace {

constexpr std::size_t kBatch = 4096;        // stays within the L2 cache
constexpr std::size_t kBuffer = 1U << 16U;  // bytes a write
constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

}  // namespace

void Probe::set_real(std::int64_t at_ps, double value) const {
  writer_->require(signal_, VcdWriter::Kind::real);
  if (!writer_->accepts(signal_, at_ps)) return;
  VcdWriter::Payload payload{};
  payload.real = value;
  writer_->pending_.push_back({at_ps, signal_, VcdWriter::Action::set, payload});
}

void Probe::set_integer(std::int64_t at_ps, std::int64_t value) const {
  if (writer_->signals_[signal_].kind == VcdWriter::Kind::real) {
    return set_real(at_ps, static_cast<double>(value));
  }
  writer_->require(signal_, VcdWriter::Kind::integer);
  if (!writer_->accepts(signal_, at_ps)) return;
  VcdWriter::Payload payload{};
  payload.integer = value;
  writer_->pending_.push_back({at_ps, signal_, VcdWriter::Action::set, payload});
}

void Probe::set_text(std::int64_t at_ps, std::string_view value) const {
  writer_->require(signal_, VcdWriter::Kind::text);
  if (!writer_->accepts(signal_, at_ps)) return;
  VcdWriter::Payload payload{};
  payload.text = writer_->keep_text(value);
  writer_->pending_.push_back({at_ps, signal_, VcdWriter::Action::set, payload});
}

void Probe::add_real(std::int64_t at_ps, double increment) const {
  writer_->require(signal_, VcdWriter::Kind::real);
  if (!writer_->accepts(signal_, at_ps)) return;
  VcdWriter::Payload payload{};
  payload.real = increment;
  writer_->pending_.push_back({at_ps, signal_, VcdWriter::Action::add, payload});
}

VcdWriter::VcdWriter(std::filesystem::path file, VcdOptions options)
    : file_(std::move(file)), options_(std::move(options)), batch_(kBatch) {
  options_.from_ps = std::max<std::int64_t>(options_.from_ps, 0);
  if (options_.to_ps < options_.from_ps) {
    throw InputError(fmt::format("{}: the window from {} ps to {} ps is empty", file_.string(),
                                 options_.from_ps, options_.to_ps));
  }
  stream_.rdbuf()->pubsetbuf(nullptr, 0);  // buffer_ is the buffer: it holds whole lines
  stream_.open(file_, std::ios::binary);
  if (!stream_) throw InputError(fmt::format("{}: cannot be written", file_.string()));
}

VcdWriter::~VcdWriter() {
  try {
    close();
  } catch (...) {  // NOLINT(bugprone-empty-catch): who wants to know calls close()
  }
}

Probe VcdWriter::real(const std::string& name, const std::string& unit) {
  return declare(name, unit, Kind::real, 64);
}

Probe VcdWriter::integer(const std::string& name, int bits) {
  if (bits < 1 || bits > 64) {
    throw InputError(fmt::format("{}: a waveform has 1 to 64 bits, not {}", name, bits));
  }
  return declare(name, "", Kind::integer, bits);
}

Probe VcdWriter::text(const std::string& name) { return declare(name, "", Kind::text, 1); }

Probe VcdWriter::declare(const std::string& name, const std::string& unit, Kind kind, int bits) {
  vcd::check_name(name);
  if (closed_ || (first_change_ && now() > *first_change_)) {
    throw std::logic_error(fmt::format("{}: declared after the waveforms began", name));
  }
  if (!selected(name)) return {};
  const auto signal = static_cast<std::uint32_t>(signals_.size());
  if (!names_.emplace(name, Declaration{signal, unit}).second) {
    throw InputError(fmt::format("{}: two waveforms have this name", name));
  }
  signals_.push_back({kind, false, false, bits, 0.0, 0.0, 0, "", ""});
  return {this, signal};
}

bool VcdWriter::selected(const std::string& name) const {
  return std::any_of(options_.globs.begin(), options_.globs.end(), [&](const std::string& glob) {
    return ::fnmatch(glob.c_str(), name.c_str(), 0) == 0;
  });
}

const std::string& VcdWriter::name_of(std::uint32_t signal) const {
  return std::find_if(names_.begin(), names_.end(),
                      [&](const auto& named) { return named.second.signal == signal; })
      ->first;
}

std::int64_t VcdWriter::now() const { return options_.now_ps ? options_.now_ps() : kNoTime; }

void VcdWriter::require(std::uint32_t signal, Kind kind) const {
  if (signals_[signal].kind != kind) {
    throw std::logic_error(fmt::format("{}: a value of the wrong type", name_of(signal)));
  }
}

// Whether a change at `at` matters for the file; makes room for it.
bool VcdWriter::accepts(std::uint32_t signal, std::int64_t at) {
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

// Changes at `now` stay: more of them may come. A batch of twice what stayed keeps the cost of a
// change the same however many lie in the future.
void VcdWriter::write_passed(std::int64_t now) {
  drain(now - 1);
  batch_ = std::max(kBatch, 2 * pending_.size());
}

std::size_t VcdWriter::keep_text(std::string_view text) {
  if (free_texts_.empty()) {
    texts_.emplace_back(text);
    return texts_.size() - 1;
  }
  const std::size_t index = free_texts_.back();
  texts_[index] = text;
  free_texts_.pop_back();
  return index;
}

void VcdWriter::drain(std::int64_t last) {
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
void VcdWriter::apply(const Change& change) {
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

void VcdWriter::show_touched(std::int64_t at) {
  for (const std::uint32_t index : touched_) {
    signals_[index].touched = false;
    if (!render(signals_[index])) continue;
    if (at != stamped_) stamp(at);
    write_line(index);
  }
  touched_.clear();
  spill(kBuffer);
}

// Brings `shown` up to date; false when it was.
bool VcdWriter::render(Signal& signal) {
  scratch_.clear();
  switch (signal.kind) {
    case Kind::real:
      vcd::append_real(scratch_, signal.real + signal.carry);
      break;
    case Kind::integer:
      if (signal.known) {
        vcd::append_integer(scratch_, signal.integer, signal.bits);
      } else {
        vcd::append_unknown(scratch_, signal.bits);
      }
      break;
    case Kind::text:
      vcd::append_text(scratch_, signal.text);
      break;
  }
  if (scratch_ == signal.shown) return false;
  signal.shown = scratch_;
  return true;
}

void VcdWriter::start(std::int64_t at) {
  started_ = true;
  if (!options_.comment.empty()) buffer_ += vcd::comment_block(options_.comment);
  buffer_ += "$timescale 1 ps $end\n";
  write_declarations();
  stamp(at);
  buffer_ += "$dumpvars\n";
  for (std::size_t index = 0; index < signals_.size(); ++index) {
    render(signals_[index]);
    write_line(static_cast<std::uint32_t>(index));
    spill(kBuffer);
  }
  buffer_ += "$end\n";
}

void VcdWriter::write_declarations() {
  constexpr std::array<const char*, 3> kTypes = {"real", "wire", "string"};
  std::string_view last;
  for (const auto& [name, declaration] : names_) {
    const Signal& signal = signals_[declaration.signal];
    buffer_ += vcd::scope_change(last, name);
    fmt::format_to(std::back_inserter(buffer_), "$var {} {} ",
                   kTypes[static_cast<std::size_t>(signal.kind)], signal.bits);
    vcd::append_identifier(buffer_, declaration.signal);
    fmt::format_to(std::back_inserter(buffer_), " {} $end\n", vcd::split(name).back());
    if (!declaration.unit.empty()) {
      buffer_ += vcd::comment_block(fmt::format("{} in {}", name, declaration.unit));
    }
    last = name;
    spill(kBuffer);
  }
  buffer_ += vcd::scope_change(last, "");
  buffer_ += "$enddefinitions $end\n";
}

void VcdWriter::write_line(std::uint32_t signal) {
  buffer_ += signals_[signal].shown;
  vcd::append_identifier(buffer_, signal);
  buffer_ += '\n';
}

void VcdWriter::stamp(std::int64_t at) {
  fmt::format_to(std::back_inserter(buffer_), "#{}\n", at);
  stamped_ = at;
}

// A stream that has failed (disk full) ignores this; close() reports it.
void VcdWriter::spill(std::size_t limit) {
  if (buffer_.size() < limit) return;
  stream_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

std::int64_t VcdWriter::end_of_file(std::optional<std::int64_t> end_ps) const {
  std::int64_t end = std::max(now(), end_ps.value_or(kNoTime));
  if (!options_.now_ps && !end_ps) {
    for (const Change& change : pending_) end = std::max(end, change.at);
  }
  return std::clamp<std::int64_t>(end, 0, options_.to_ps);
}

void VcdWriter::close(std::optional<std::int64_t> end_ps) {
  if (closed_) return;
  const std::int64_t end = end_of_file(end_ps);
  for (const auto& last_changes : std::exchange(before_close_, {})) last_changes(end);
  closed_ = true;  // early, so that nothing is tried twice if something below throws
  drain(end);
  if (!started_) start(std::min(options_.from_ps, end));
  if (end > stamped_) stamp(end);
  spill(0);
  stream_.close();
  if (!stream_) {
    throw InputError(fmt::format("{}: cannot be written (disk full?)", file_.string()));
  }
}

}  // namespace dwmtj
