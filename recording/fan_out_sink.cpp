// SPDX-License-Identifier: Apache-2.0
#include "recording/fan_out_sink.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/disk_full_error.h"

namespace dwmtj {

void FanOutSink::stream(StreamId id, const std::string& name) {
  each([&](TransactionSink& sink) { sink.stream(id, name); });
}

void FanOutSink::begin(const Transaction& transaction) {
  each([&](TransactionSink& sink) { sink.begin(transaction); });
}

void FanOutSink::record(const Transaction& transaction) {
  each([&](TransactionSink& sink) { sink.record(transaction); });
}

void FanOutSink::cut() {
  each([](TransactionSink& sink) { sink.cut(); });
}

void FanOutSink::finish(Picoseconds now) {
  each([&](TransactionSink& sink) { sink.finish(now); });
  if (!failures_.empty()) fail();
}

template <typename Call>
void FanOutSink::each(const Call& call) {
  for (auto& sink : sinks_) {
    try {
      if (sink) call(*sink);
    } catch (const DiskFullError& error) {
      failures_.emplace_back(error.what());
      sink.reset();
    }
  }
  if (!sinks_.empty() && failures_.size() == sinks_.size()) fail();
}

void FanOutSink::fail() const {
  throw DiskFullError(fmt::format("{}", fmt::join(failures_, "; ")));
}

}  // namespace dwmtj
