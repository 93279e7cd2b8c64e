// SPDX-License-Identifier: Apache-2.0
// What one simulation records: hands out ids, applies windows and filters, and keeps the
// transactions under way until they end. No SystemC, and nothing shared between two recordings.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "common/disk_full_error.h"
#include "recording/transaction_sink.h"

namespace dwmtj {

struct RecordingOptions {
  std::vector<std::string> globs = {"*"};  // shell patterns on stream names; `*` spans dots as well
  std::vector<TransactionKind> kinds;      // empty: all
  // Recorded, and then in full, is what begins in this window, both ends included.
  Picoseconds from = 0;
  Picoseconds to = std::numeric_limits<Picoseconds>::max();
};

class Recording {
 public:
  // The sink must outlive the recording.
  explicit Recording(TransactionSink& sink, const RecordingOptions& options = {});
  ~Recording();  // finishes, and swallows what finish() would throw
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  // Would a stream of this name be recorded?
  bool selects(const std::string& name);
  // None: not selected.
  std::optional<StreamId> add_stream(const std::string& name);
  // Patterns that no name has matched so far: most likely a slip of the pen.
  [[nodiscard]] std::vector<std::string> unmatched_globs() const;

  [[nodiscard]] bool wants(TransactionKind kind, Picoseconds start) const {
    return recording_ && (kinds_ >> static_cast<unsigned>(kind) & 1U) != 0 &&
           start >= options_.from && start <= options_.to;
  }
  // Gives it an id. The transaction stays where it is until end(); null when the disk is full.
  Transaction* begin(const Transaction& draft);
  // After finish() or on a full disk this does nothing.
  void end(Transaction& transaction, Picoseconds end, bool finished = true);

  // The simulation ends before it is through: readers of the recording will see it. Before
  // finish().
  void cut();
  // Records what is still under way as unfinished. Throws DiskFullError if the sink had, now or
  // earlier: through the kernel, only its text would arrive. Further calls do nothing.
  void finish(Picoseconds now);

  // Why recording stopped early, for programs that then want to stop as well; empty if it did not.
  [[nodiscard]] std::string failure() const { return failure_ ? failure_->what() : ""; }

 private:
  struct Glob {
    std::string pattern;
    bool matched;
  };
  template <typename Call>
  void guarded(const Call& call);
  Transaction& free_slot();
  void record_unfinished(Picoseconds now);

  TransactionSink& sink_;
  RecordingOptions options_;
  std::vector<Glob> globs_;
  std::uint32_t kinds_ = 0;  // a bit a kind
  std::uint32_t streams_ = 0;
  std::uint64_t transactions_ = 0;
  std::deque<Transaction> slots_;  // an id of 0: free
  std::vector<Transaction*> free_;
  Picoseconds latest_ = 0;
  bool recording_ = true;
  bool finished_ = false;
  std::optional<DiskFullError> failure_;
};

}  // namespace dwmtj
