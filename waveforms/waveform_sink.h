// SPDX-License-Identifier: Apache-2.0
// What a writer of waveforms tells the file it fills, in the order of time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dwmtj {

enum class WaveformKind : std::uint8_t { real, integer, text };

// A signal as it is declared; `labels` of an enumeration, by value.
struct WaveformDeclaration {
  std::string name;  // "tile0.row3.site"
  std::uint32_t signal;
  WaveformKind kind;
  int bits;
  std::string unit;
  std::vector<std::string> labels;
};

// What files have no place for but a comment: "tile0.energy_pJ in pJ", "state: 0 idle, 1 read";
// empty where there is nothing to say.
std::string comment_of(const WaveformDeclaration& declaration);

class WaveformSink {
 public:
  WaveformSink() = default;
  virtual ~WaveformSink() = default;
  WaveformSink(const WaveformSink&) = delete;
  WaveformSink& operator=(const WaveformSink&) = delete;

  // First of all, sorted by name. Then the values of all signals at one time, then changes.
  virtual void declare(const std::string& comment,
                       const std::vector<WaveformDeclaration>& declarations) = 0;
  virtual void begin_values() {}
  virtual void end_values() {}

  virtual void time(std::int64_t ps) = 0;
  virtual void real(std::uint32_t signal, double value) = 0;
  virtual void integer(std::uint32_t signal, std::int64_t value, int bits) = 0;
  virtual void unknown(std::uint32_t signal, int bits) = 0;
  virtual void text(std::uint32_t signal, std::string_view value) = 0;
  // Between two changes: nothing that comes belongs to what was said.
  virtual void pause() {}
  // Throws DiskFullError when not everything reached the disk.
  virtual void close() = 0;
};

// Both throw InputError when the file cannot be made; make_fst_sink() also where it is no plain
// one, and in a build without the format.
std::unique_ptr<WaveformSink> make_vcd_sink(const std::filesystem::path& file);
std::unique_ptr<WaveformSink> make_fst_sink(const std::filesystem::path& file);

}  // namespace dwmtj
