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
#include <vector>

#include "waveforms/change_queue.h"
#include "waveforms/probe.h"

namespace dwmtj {

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
  Probe declare(WaveformDeclaration declaration);
  [[nodiscard]] bool selected(const std::string& name) const;
  [[nodiscard]] const std::string& name_of(std::uint32_t signal) const;
  [[nodiscard]] std::int64_t now() const;
  [[nodiscard]] std::int64_t end_of_file(std::optional<std::int64_t> end_ps) const;

  void require(std::uint32_t signal, WaveformKind kind) const;
  bool accepts(std::uint32_t signal, std::int64_t at);

  void drain(std::int64_t last);
  void show_touched(std::int64_t at);
  void start(std::int64_t at);
  void stamp(std::int64_t at);

  std::filesystem::path file_;
  WaveformOptions options_;
  std::unique_ptr<WaveformSink> sink_;
  // Sorted, so that a scope lies in one piece.
  std::map<std::string, WaveformDeclaration> declarations_;
  std::vector<WaveformSignal> signals_;
  ChangeQueue changes_;
  std::vector<std::uint32_t> touched_;
  std::vector<std::function<void(std::int64_t)>> before_close_;
  std::optional<std::int64_t> first_change_;  // when it was made
  std::int64_t stamped_ = -1;
  bool started_ = false;
  bool closed_ = false;
};

}  // namespace dwmtj
