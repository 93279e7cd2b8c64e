// SPDX-License-Identifier: Apache-2.0
// A sink that keeps what it is told, a line a call.
#pragma once

#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/disk_full_error.h"
#include "recording/transaction_sink.h"

namespace dwmtj::test {

// "2<1 tile0.socket command pulse/3/minus 0x1c+4 [1000,52000] ok BEGIN_REQ@1000 ..."
inline std::string described(const Transaction& transaction, const std::string& stream) {
  const auto number = [](auto value) { return std::to_string(value); };
  std::ostringstream address;
  address << " 0x" << std::hex << transaction.address << "+";
  std::string text = number(static_cast<std::uint64_t>(transaction.id));
  if (transaction.parent != TransactionId{}) {
    text += "<" + number(static_cast<std::uint64_t>(transaction.parent));
  }
  text += " " + stream + " " + std::string(name_of(transaction.kind));
  if (const auto& command = transaction.command) {
    text += " " + std::string(command->op) + "/" + number(command->row) + "/" +
            std::string(command->side) + "/" + std::string(command->status);
  }
  text += address.str() + number(transaction.length) + " [" + number(transaction.start) + "," +
          number(transaction.end) + (transaction.finished ? "] " : "...] ") +
          std::string(name_of(transaction.status));
  for (const auto& mark : transaction.phases) {
    text += " " + std::string(name_of(mark.phase)) + "@" + number(mark.time);
  }
  return text;
}

struct MockSink : TransactionSink {
  std::vector<std::string> streams;
  std::vector<std::uint64_t> begun;
  std::vector<std::string> recorded;
  std::vector<Transaction> transactions;
  std::optional<Picoseconds> finished;
  std::size_t capacity = 1000000;  // transactions

  void stream(StreamId id, const std::string& name) override {
    streams.push_back(name);
    if (static_cast<std::size_t>(id) != streams.size()) throw std::logic_error("stream id");
  }
  void begin(const Transaction& transaction) override {
    begun.push_back(static_cast<std::uint64_t>(transaction.id));
  }
  void record(const Transaction& transaction) override {
    if (recorded.size() == capacity) throw DiskFullError("mock", "no room");
    recorded.push_back(
        described(transaction, streams.at(static_cast<std::size_t>(transaction.stream) - 1)));
    transactions.push_back(transaction);
  }
  void finish(Picoseconds now) override { finished = now; }
};

}  // namespace dwmtj::test
