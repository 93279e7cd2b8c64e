// SPDX-License-Identifier: Apache-2.0
// The options of commands that can record transactions (docs/app/replay.md#recording), and the
// recording they ask for.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "recording/recording.h"

namespace dwmtj {

struct RecordOptions {
  std::vector<std::string> files;  // none: nothing is recorded
  std::vector<std::string> streams;
  std::vector<std::string> kinds;
  std::optional<Time> from;
  std::optional<Time> to;
};

void add_record_options(CLI::App& command, RecordOptions& options);

// Throws InputError; before anything is read or written.
void check(const RecordOptions& options);

// The recording of one simulation into the files that were asked for.
class RecordedFiles {
 public:
  // Creates the files; does nothing if there are none. Throws InputError.
  RecordedFiles(const RecordOptions& options, const RecordingInfo& info);

  // For whoever builds the modules; null: nothing is recorded.
  [[nodiscard]] Recording* recording() { return recording_ ? &*recording_ : nullptr; }
  // Once the modules are built: throws InputError when a pattern matches no stream.
  void check_streams() const;
  // Completes the files and tells where they are. Throws DiskFullError when a disk had become full.
  void finish(Picoseconds now);

 private:
  std::vector<std::string> files_;
  std::unique_ptr<TransactionSink> sink_;
  std::optional<Recording> recording_;
};

}  // namespace dwmtj
