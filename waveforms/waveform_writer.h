// SPDX-License-Identifier: Apache-2.0
// Waveforms for GTKWave, as VCD or FST. Event-driven: a signal costs something when it changes and
// nothing while it rests, and a change can be announced ahead of its time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "waveforms/waveform_sink.h"

namespace dwmtj {

class WaveformWriter;

enum class WaveformFormat : std::uint8_t { vcd, fst };

struct WaveformOptions {
  std::vector<std::string> globs = {"*"};  // shell patterns on full names; `*` spans dots as well
  std::int64_t from_ps = 0;                // the window, both ends included
  std::int64_t to_ps = std::numeric_limits<std::int64_t>::max();
  std::string comment;  // version, seed: what tells this file from another
  // The simulated time. Without it every change waits for close().
  std::function<std::int64_t()> now_ps;
  WaveformFormat format = WaveformFormat::vcd;
  bool text_labels = false;  // enumerations as texts, which GTKWave alone reads in a VCD
};

// One signal of a writer, or none: calls on an inactive probe do nothing, for the price of a
// branch. Not to be used once its writer is gone.
//
// Times may lie in the future, in any order, but not before now (std::logic_error). Of several
// changes at one time the last call counts.
class Probe {
 public:
  Probe() = default;  // inactive
  explicit operator bool() const { return writer_ != nullptr; }

  void set(std::int64_t at_ps, double value) const {  // real()
    if (writer_ != nullptr) set_real(at_ps, value);
  }
  template <typename Integer, std::enable_if_t<std::is_integral_v<Integer>, int> = 0>
  void set(std::int64_t at_ps, Integer value) const {  // integer(), enumeration() and real()
    if (writer_ != nullptr) set_integer(at_ps, static_cast<std::int64_t>(value));
  }
  void set(std::int64_t at_ps, std::string_view value) const {  // text()
    if (writer_ != nullptr) set_text(at_ps, value);
  }
  // Raises a real() from `at_ps` on: its value is the sum of all increments up to then.
  void add(std::int64_t at_ps, double increment) const {
    if (writer_ != nullptr) add_real(at_ps, increment);
  }

 private:
  friend class WaveformWriter;
  Probe(WaveformWriter* writer, std::uint32_t signal) : writer_(writer), signal_(signal) {}
  void set_real(std::int64_t at_ps, double value) const;
  void set_integer(std::int64_t at_ps, std::int64_t value) const;
  void set_text(std::int64_t at_ps, std::string_view value) const;
  void add_real(std::int64_t at_ps, double increment) const;

  WaveformWriter* writer_ = nullptr;
  std::uint32_t signal_ = 0;
};

class WaveformWriter {
 public:
  // Throws InputError when the file cannot be created.
  WaveformWriter(std::filesystem::path file, WaveformOptions options);
  ~WaveformWriter();  // closes, and swallows what close() would throw
  WaveformWriter(const WaveformWriter&) = delete;
  WaveformWriter& operator=(const WaveformWriter&) = delete;

  // Names are dotted paths, "tile0.row3.site"; one that no glob selects gives an inactive probe.
  // All signals are declared before time moves past the first change (std::logic_error). Throws
  // InputError for a name that is malformed or taken.
  Probe real(const std::string& name, const std::string& unit = "");  // 0 until set
  Probe integer(const std::string& name, int bits = 1);  // the low 1..64 bits; x until set
  Probe text(const std::string& name);                   // empty until set
  // An integer whose values have names: 0 is the first of `labels`.
  Probe enumeration(const std::string& name, const std::vector<std::string>& labels);
  // Whether any signal was selected so far.
  [[nodiscard]] bool has_signals() const { return !signals_.empty(); }

  // Moves the window, once its ends are known: `from_ps` not before now, unless it has begun, and
  // `to_ps` neither (std::logic_error). Until then WaveformOptions may have a far one.
  void set_window(std::int64_t from_ps, std::int64_t to_ps);

  // Called by close() with the time at which the file will end, for last changes up to there.
  void before_close(std::function<void(std::int64_t end_ps)> last_changes) {
    before_close_.push_back(std::move(last_changes));
  }

  // Writes the changes up to now, or up to `end_ps` if that is later, and ends the file there.
  // Further changes are ignored. Throws DiskFullError when not everything reached the disk.
  void close(std::optional<std::int64_t> end_ps = std::nullopt);

 private:
  friend class Probe;
  using Kind = WaveformKind;
  struct Signal {
    Kind kind;
    int bits;
    bool touched = false;  // listed in touched_
    bool known = false;    // integers: set at least once
    double real = 0.0;     // the value of a real is real + carry
    double carry = 0.0;    // what rounding took from the sum
    std::int64_t integer = 0;
    std::string text;
    std::vector<std::string> labels;  // of an enumeration that is shown as text
    // What the file has.
    bool shown_known = false;
    double shown_real = 0.0;
    std::int64_t shown_integer = 0;
    std::string shown_text;
  };
  union Payload {
    double real;
    std::int64_t integer;
    std::size_t text;  // index into texts_
  };
  enum class Action : std::uint8_t { set, add };
  struct Change {
    std::int64_t at;
    std::uint32_t signal;
    Action action;
    Payload value;
  };

  Probe declare(WaveformDeclaration declaration);
  [[nodiscard]] bool selected(const std::string& name) const;
  [[nodiscard]] const std::string& name_of(std::uint32_t signal) const;
  [[nodiscard]] std::int64_t now() const;
  [[nodiscard]] std::int64_t end_of_file(std::optional<std::int64_t> end_ps) const;

  void require(std::uint32_t signal, Kind kind) const;
  bool accepts(std::uint32_t signal, std::int64_t at);
  void write_passed(std::int64_t now);
  std::size_t keep_text(std::string_view text);

  void drain(std::int64_t last);
  void apply(const Change& change);
  void show_touched(std::int64_t at);
  static bool bring_up_to_date(Signal& signal);
  void start(std::int64_t at);
  void write(std::uint32_t signal);
  void stamp(std::int64_t at);

  std::filesystem::path file_;
  WaveformOptions options_;
  std::unique_ptr<WaveformSink> sink_;
  // Sorted, so that a scope lies in one piece.
  std::map<std::string, WaveformDeclaration> declarations_;
  std::vector<Signal> signals_;
  std::vector<Change> pending_;  // in order of call behind what earlier batches left
  std::size_t batch_;            // how many pending changes are written at once
  std::vector<std::string> texts_;
  std::vector<std::size_t> free_texts_;
  std::vector<std::uint32_t> touched_;
  std::vector<std::function<void(std::int64_t)>> before_close_;
  std::optional<std::int64_t> first_change_;  // when it was made
  std::int64_t stamped_ = -1;
  bool started_ = false;
  bool closed_ = false;
};

}  // namespace dwmtj
