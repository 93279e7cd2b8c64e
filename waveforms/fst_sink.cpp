// SPDX-License-Identifier: Apache-2.0
// FST: GTKWave's compressed format, by the writer of GTKWave itself.
#include <algorithm>
#include <fstapi.h>
#include <utility>

#include <fmt/format.h>

#include "common/disk_full_error.h"
#include "common/input_error.h"
#include "waveforms/vcd_text.h"
#include "waveforms/waveform_sink.h"

namespace dwmtj {
namespace {

constexpr int kPicoseconds = -12;
constexpr std::uint32_t kRealBytes = 8;

class FstSink : public WaveformSink {
 public:
  explicit FstSink(std::filesystem::path file) : file_(std::move(file)) {
    std::error_code error;
    if (std::filesystem::exists(file_, error) && !std::filesystem::is_regular_file(file_, error)) {
      throw InputError(fmt::format("{}: FST goes into a plain file only", file_.string()));
    }
    writer_ = fstWriterCreate(file_.c_str(), 1);
    if (writer_ == nullptr) {
      throw InputError(fmt::format("{}: cannot be written", file_.string()));
    }
    fstWriterSetTimescale(writer_, kPicoseconds);
    fstWriterSetPackType(writer_, FST_WR_PT_LZ4);
    fstWriterSetDate(writer_, "");  // the same run gives the same bytes
  }
  ~FstSink() override {
    if (writer_ != nullptr) fstWriterClose(writer_);
  }
  FstSink(const FstSink&) = delete;
  FstSink& operator=(const FstSink&) = delete;

  void declare(const std::string& comment,
               const std::vector<WaveformDeclaration>& declarations) override {
    fstWriterSetVersion(writer_, comment.empty() ? "dwmtj" : comment.c_str());
    std::vector<std::string> scopes;
    for (const auto& declaration : declarations) {
      enter_scope(declaration.name, scopes);
      if (handles_.size() <= declaration.signal) handles_.resize(declaration.signal + 1);
      handles_[declaration.signal] = declare(declaration);
    }
    for (std::size_t i = 0; i < scopes.size(); ++i) fstWriterSetUpscope(writer_);
  }

  void time(std::int64_t ps) override {
    last_ = static_cast<std::uint64_t>(ps);
    fstWriterEmitTimeChange(writer_, last_);
  }
  void real(std::uint32_t signal, double value) override {
    fstWriterEmitValueChange(writer_, handles_[signal], &value);
  }
  void integer(std::uint32_t signal, std::int64_t value, int bits) override {
    fstWriterEmitValueChange64(writer_, handles_[signal], static_cast<std::uint32_t>(bits),
                               static_cast<std::uint64_t>(value));
  }
  void unknown(std::uint32_t signal, int bits) override {
    const std::string value(static_cast<std::size_t>(bits), 'x');
    fstWriterEmitValueChange(writer_, handles_[signal], value.c_str());
  }
  void text(std::uint32_t signal, std::string_view value) override {
    fstWriterEmitVariableLengthValueChange(writer_, handles_[signal], value.data(),
                                           static_cast<std::uint32_t>(value.size()));
  }

  void close() override {
    fstWriterClose(std::exchange(writer_, nullptr));
    if (!is_whole()) {
      throw DiskFullError(fmt::format("{}: cannot be written (disk full?)", file_.string()));
    }
  }

 private:
  // The writer does not look whether the disk takes what it writes; its reader sees what is there,
  // but for a file without signals.
  [[nodiscard]] bool is_whole() const {
    if (handles_.empty()) return true;
    void* const reader = fstReaderOpen(file_.c_str());
    if (reader == nullptr) return false;
    const bool whole = fstReaderGetEndTime(reader) == last_;
    fstReaderClose(reader);
    return whole;
  }

  void enter_scope(const std::string& name, std::vector<std::string>& scopes) {
    auto parts = vcd::split(name);
    parts.pop_back();
    std::size_t common = 0;
    while (common < std::min(parts.size(), scopes.size()) && parts[common] == scopes[common]) {
      ++common;
    }
    for (; scopes.size() > common; scopes.pop_back()) fstWriterSetUpscope(writer_);
    for (; common < parts.size(); ++common) {
      scopes.emplace_back(parts[common]);
      fstWriterSetScope(writer_, FST_ST_VCD_MODULE, scopes.back().c_str(), nullptr);
    }
  }

  fstHandle declare(const WaveformDeclaration& declaration) {
    const std::string name(vcd::split(declaration.name).back());
    const auto comment = comment_of(declaration);
    if (!comment.empty()) fstWriterSetComment(writer_, comment.c_str());
    const auto create = [&](fstVarType type, std::uint32_t length) {
      return fstWriterCreateVar(writer_, type, FST_VD_IMPLICIT, length, name.c_str(), 0);
    };
    switch (declaration.kind) {
      case WaveformKind::real:
        return create(FST_VT_VCD_REAL, kRealBytes);
      case WaveformKind::text:
        return create(FST_VT_GEN_STRING, 0);
      default:
        return create(FST_VT_VCD_WIRE, static_cast<std::uint32_t>(declaration.bits));
    }
  }

  std::filesystem::path file_;
  void* writer_ = nullptr;
  std::uint64_t last_ = 0;          // time
  std::vector<fstHandle> handles_;  // by signal
};

}  // namespace

std::unique_ptr<WaveformSink> make_fst_sink(const std::filesystem::path& file) {
  return std::make_unique<FstSink>(file);
}

}  // namespace dwmtj
