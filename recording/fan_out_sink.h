// SPDX-License-Identifier: Apache-2.0
// Several sinks at once. One whose disk is full is closed; the others go on.
#pragma once

#include <memory>
#include <vector>

#include "recording/transaction_sink.h"

namespace dwmtj {

class FanOutSink : public TransactionSink {
 public:
  explicit FanOutSink(std::vector<std::unique_ptr<TransactionSink>> sinks)
      : sinks_(std::move(sinks)) {}

  void stream(StreamId id, const std::string& name) override;
  void begin(const Transaction& transaction) override;
  void record(const Transaction& transaction) override;
  // Throws DiskFullError if any sink had, now or earlier, and names each of them; the calls above
  // only when none is left.
  void cut() override;
  void finish(Picoseconds now) override;

 private:
  template <typename Call>
  void each(const Call& call);
  [[noreturn]] void fail() const;

  std::vector<std::unique_ptr<TransactionSink>> sinks_;
  std::vector<std::string> failures_;
};

}  // namespace dwmtj
