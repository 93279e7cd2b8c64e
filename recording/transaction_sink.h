// SPDX-License-Identifier: Apache-2.0
// Where recorded transactions go. Windows and filters have been applied before; nothing here
// depends on the time of day, so that the same run leaves the same file.
#pragma once

#include <map>
#include <string>

#include "recording/transaction.h"

namespace dwmtj {

// What is needed to run it again: version, seed, command_line, parameter files by name.
using RecordingInfo = std::map<std::string, std::string>;

// Any call may throw DiskFullError: it is then the last one.
class TransactionSink {
 public:
  TransactionSink() = default;
  virtual ~TransactionSink() = default;
  TransactionSink(const TransactionSink&) = delete;
  TransactionSink& operator=(const TransactionSink&) = delete;

  // Before the first transaction of the stream.
  virtual void stream(StreamId id, const std::string& name) = 0;
  // A transaction as far as it is known when it begins, in order of ids.
  virtual void begin(const Transaction& /*transaction*/) {}
  // The whole transaction, when it has ended or will not: in that order, so a child may come before
  // its parent. The parent is always recorded as well.
  virtual void record(const Transaction& transaction) = 0;
  // The simulation was cut short, by Ctrl-C say: so that readers see it. Before finish().
  virtual void cut() {}
  // The last call.
  virtual void finish(Picoseconds now) = 0;
};

}  // namespace dwmtj
