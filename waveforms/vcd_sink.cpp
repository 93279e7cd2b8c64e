// SPDX-License-Identifier: Apache-2.0
// VCD: text, for GTKWave and everything else. The file grows by whole lines, so that it can be
// looked at early and survives a crash.
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "waveforms/byte_stream.h"
#include "waveforms/vcd_text.h"
#include "waveforms/waveform_sink.h"

namespace dwmtj {
namespace {

constexpr std::size_t kBuffer = 1U << 16U;  // bytes a write

class VcdSink : public WaveformSink {
 public:
  explicit VcdSink(const std::filesystem::path& file) : stream_(file) {}

  void declare(const std::string& comment,
               const std::vector<WaveformDeclaration>& declarations) override {
    if (!comment.empty()) buffer_ += vcd::comment_block(comment);
    buffer_ += "$timescale 1 ps $end\n";
    std::string_view last;
    for (const auto& declaration : declarations) {
      declare(declaration, last);
      last = declaration.name;
      spill(kBuffer);
    }
    buffer_ += vcd::scope_change(last, "");
    buffer_ += "$enddefinitions $end\n";
  }
  void begin_values() override { buffer_ += "$dumpvars\n"; }
  void end_values() override { buffer_ += "$end\n"; }

  void time(std::int64_t ps) override { fmt::format_to(std::back_inserter(buffer_), "#{}\n", ps); }
  void real(std::uint32_t signal, double value) override {
    vcd::append_real(buffer_, value);
    end_line(signal);
  }
  void integer(std::uint32_t signal, std::int64_t value, int bits) override {
    vcd::append_integer(buffer_, value, bits);
    end_line(signal);
  }
  void unknown(std::uint32_t signal, int bits) override {
    vcd::append_unknown(buffer_, bits);
    end_line(signal);
  }
  void text(std::uint32_t signal, std::string_view value) override {
    vcd::append_text(buffer_, value);
    end_line(signal);
  }
  void pause() override { spill(kBuffer); }

  void close() override {
    spill(0);
    stream_.close();
  }

 private:
  void declare(const WaveformDeclaration& declaration, std::string_view last) {
    constexpr std::array<const char*, 3> kTypes = {"real", "wire", "string"};
    buffer_ += vcd::scope_change(last, declaration.name);
    fmt::format_to(std::back_inserter(buffer_), "$var {} {} ",
                   kTypes[static_cast<std::size_t>(declaration.kind)], declaration.bits);
    vcd::append_identifier(buffer_, declaration.signal);
    fmt::format_to(std::back_inserter(buffer_), " {} $end\n", vcd::split(declaration.name).back());
    const auto comment = comment_of(declaration);
    if (!comment.empty()) buffer_ += vcd::comment_block(comment);
  }

  void end_line(std::uint32_t signal) {
    vcd::append_identifier(buffer_, signal);
    buffer_ += '\n';
  }

  void spill(std::size_t limit) {
    if (buffer_.size() < limit) return;
    stream_.write(buffer_);
    buffer_.clear();
  }

  ByteStream stream_;
  std::string buffer_;  // whole lines
};

}  // namespace

std::unique_ptr<WaveformSink> make_vcd_sink(const std::filesystem::path& file) {
  return std::make_unique<VcdSink>(file);
}

}  // namespace dwmtj
