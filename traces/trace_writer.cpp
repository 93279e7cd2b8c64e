// SPDX-License-Identifier: Apache-2.0
#include "traces/trace_writer.h"

#include "traces/trace_line.h"

namespace dwmtj {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10U;

}  // namespace

TraceWriter::TraceWriter(const std::filesystem::path& file) : file_(file), text_(kTraceHeader) {
  end_line();
}

void TraceWriter::comment(std::string_view text) {
  text_ += "# ";
  for (const char c : text) text_ += c == '\n' ? ' ' : c;
  end_line();
}

void TraceWriter::add(const TraceEntry& entry) {
  append_trace_line(entry, text_);
  end_line();
}

void TraceWriter::commit() {
  file_.write(text_);
  text_.clear();
  file_.commit();
}

void TraceWriter::end_line() {
  text_ += '\n';
  if (text_.size() < kBlock) return;
  file_.write(text_);
  text_.clear();
}

}  // namespace dwmtj
