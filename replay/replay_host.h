// SPDX-License-Identifier: Apache-2.0
// Whoever puts the commands of one tile to it: what is done, and what it waits for. The views
// differ in how; the watchdog asks all of them the same.
#pragma once

#include <string>

#include "replay/replay_outcome.h"
#include "traces/trace_entry.h"

namespace dwmtj {

class ReplayHost {
 public:
  // Keeps a reference to `entries`.
  ReplayHost(std::string tile, const TraceEntries& entries)
      : tile_(std::move(tile)), entries_(entries), entry_(entries.begin()) {}
  virtual ~ReplayHost() = default;
  ReplayHost(const ReplayHost&) = delete;
  ReplayHost& operator=(const ReplayHost&) = delete;

  // All commands are answered; or Ctrl-C was pressed, or something failed, and the last one is.
  [[nodiscard]] bool finished() const {
    return stopped_ || !failure_.empty() || done() == entries_.size();
  }
  [[nodiscard]] const std::string& failure() const { return failure_; }  // empty: none
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] std::size_t done() const { return outcomes_.size(); }
  // "tile0: command 3 of 9 (read row 2 plus) waits for rsp_valid since 120ns"; until finished().
  [[nodiscard]] std::string waiting() const;
  [[nodiscard]] Picoseconds waiting_since() const { return since_; }
  CommandOutcomes take_outcomes() { return std::move(outcomes_); }

 protected:
  // The command that is next, null after the last.
  [[nodiscard]] const TraceEntry* next();
  // A host that waits for a time of its own gives that: until then nobody need worry.
  void wait_for(const char* what, Picoseconds since) {
    what_ = what;
    since_ = since;
  }
  // Ends this host. Nothing is thrown: it runs on a stack of the kernel's.
  void fail(const std::string& message);
  void complete(const CommandOutcome& outcome) { outcomes_.push_back(outcome); }

 private:
  [[nodiscard]] std::string current() const;

  std::string tile_;
  const TraceEntries& entries_;
  TraceEntries::Iterator entry_;  // the command that is under way, or next
  CommandOutcomes outcomes_;
  bool stopped_ = false;
  std::string failure_;
  const char* what_ = "the start of the simulation";
  Picoseconds since_ = 0;
};

}  // namespace dwmtj
