// SPDX-License-Identifier: Apache-2.0
#include "recording/recording.h"

#include <algorithm>
#include <exception>
#include <fnmatch.h>

namespace dwmtj {
namespace {

std::uint32_t bits_of(const std::vector<TransactionKind>& kinds) {
  if (kinds.empty()) return ~0U;
  std::uint32_t bits = 0;
  for (const auto kind : kinds) bits |= 1U << static_cast<unsigned>(kind);
  return bits;
}

}  // namespace

Recording::Recording(TransactionSink& sink, const RecordingOptions& options)
    : sink_(sink), options_(options), kinds_(bits_of(options.kinds)) {
  for (const auto& pattern : options.globs) globs_.push_back({pattern, false});
}

Recording::~Recording() {
  try {
    finish(latest_);
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): a destructor cannot say more
  }
}

// Goes through all patterns, to know which of them are of use.
bool Recording::selects(const std::string& name) {
  bool selected = false;
  for (auto& glob : globs_) {
    if (fnmatch(glob.pattern.c_str(), name.c_str(), 0) != 0) continue;
    glob.matched = true;
    selected = true;
  }
  return selected;
}

std::optional<StreamId> Recording::add_stream(const std::string& name) {
  if (!selects(name) || !recording_) return std::nullopt;
  const StreamId id{++streams_};
  guarded([&] { sink_.stream(id, name); });
  return id;
}

std::vector<std::string> Recording::unmatched_globs() const {
  std::vector<std::string> unmatched;
  for (const auto& glob : globs_) {
    if (!glob.matched) unmatched.push_back(glob.pattern);
  }
  return unmatched;
}

Transaction* Recording::begin(const Transaction& draft) {
  if (!recording_) return nullptr;
  Transaction& transaction = free_slot();
  transaction = draft;
  transaction.id = TransactionId{++transactions_};
  latest_ = std::max(latest_, transaction.start);
  guarded([&] { sink_.begin(transaction); });
  return recording_ ? &transaction : nullptr;
}

void Recording::end(Transaction& transaction, Picoseconds end, bool finished) {
  if (!recording_) return;
  transaction.end = end;
  transaction.finished = finished;
  latest_ = std::max(latest_, end);
  guarded([&] { sink_.record(transaction); });
  transaction.id = TransactionId{};
  free_.push_back(&transaction);
}

void Recording::cut() {
  if (recording_) guarded([&] { sink_.cut(); });
}

void Recording::finish(Picoseconds now) {
  if (finished_) return;
  finished_ = true;
  record_unfinished(now);
  if (recording_) guarded([&] { sink_.finish(now); });
  recording_ = false;
  if (failure_) throw DiskFullError(*failure_);
}

// A full disk ends the recording, not the simulation.
template <typename Call>
void Recording::guarded(const Call& call) {
  try {
    call();
  } catch (const DiskFullError& error) {
    recording_ = false;
    failure_ = error;
  }
}

Transaction& Recording::free_slot() {
  if (free_.empty()) return slots_.emplace_back();
  Transaction& slot = *free_.back();
  free_.pop_back();
  return slot;
}

void Recording::record_unfinished(Picoseconds now) {
  std::vector<Transaction*> open;
  for (auto& slot : slots_) {
    if (slot.id != TransactionId{}) open.push_back(&slot);
  }
  std::sort(open.begin(), open.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  // One that was annotated to begin later has no length.
  for (auto* const transaction : open) end(*transaction, std::max(now, transaction->start), false);
}

}  // namespace dwmtj
