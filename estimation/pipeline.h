// SPDX-License-Identifier: Apache-2.0
// A mapped network at work on the cores of a chip, joined by the chip's interconnect.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "chip/interconnect.h"
#include "deployment/mapped_network.h"
#include "estimation/image_host.h"
#include "recording/transaction_recorder.h"

namespace dwmtj {

struct PipelineOptions {
  std::int64_t images = 1;
  bool every_image = false;        // simulate all, though the time between results has settled
  bool gate_idle_cores = false;    // cores without work leak nothing
  Recording* recording = nullptr;  // of the messages between cores
};

struct PipelineOutcome {
  std::int64_t simulated = 0;          // images
  std::vector<Picoseconds> completed;  // of each simulated one
  Picoseconds interval = 0;            // between images, once settled; 0: it did not
  Picoseconds end = 0;                 // of all images, the ones not simulated included
  Picoseconds waited = 0;              // of all packets, for channels
  bool interrupted = false;
};

class Pipeline {
 public:
  // Builds the module `name`. Keeps a reference to the network, whose architecture must have an
  // interconnect.
  Pipeline(const std::string& name, const MappedNetwork& mapped, const PipelineOptions& options);

  // Simulates. Throws std::runtime_error if the pipeline comes to a stop before its time.
  PipelineOutcome run();
  // Of the simulated images.
  [[nodiscard]] Ledger& ledger() { return ledger_; }
  [[nodiscard]] const std::vector<CommandId>& commands() const { return context_.commands; }

 private:
  static constexpr std::uint64_t kStride = 0x100'0000;  // of addresses
  void join(Outbox& outbox, Inbox& inbox, const char* name, int router, std::uint64_t address);
  void add_core(int number);
  void add_idle_cores();
  [[nodiscard]] std::int64_t readers_of_sources() const;

  const MappedNetwork& mapped_;
  PipelineOptions options_;
  std::string name_;
  Ledger ledger_;
  PipelineContext context_;
  Interconnect interconnect_;
  ImageHost host_;
  std::deque<ComputeCore> cores_;
  std::vector<std::unique_ptr<TransactionRecorder>> recorders_;
};

}  // namespace dwmtj
