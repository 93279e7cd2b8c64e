// SPDX-License-Identifier: Apache-2.0
// Writes a command trace that TraceReader reads back as it was.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "common/output_file.h"
#include "traces/trace_entry.h"

namespace dwmtj {

class TraceWriter {
 public:
  // Throws InputError when the file cannot be created.
  explicit TraceWriter(const std::filesystem::path& file);

  void comment(std::string_view text);  // one line
  void add(const TraceEntry& entry);
  void commit();  // the file appears

 private:
  void end_line();

  OutputFile file_;
  std::string text_;  // not yet handed to the file
};

}  // namespace dwmtj
