// SPDX-License-Identifier: Apache-2.0
// A core at work: takes messages in, lets its arrays and its digital part do what they have the
// inputs for, and sends results on. Values do not exist here; time and energy do.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <unordered_map>
#include <vector>

#include "architecture/architecture.h"
#include "deployment/core_work.h"
#include "estimation/arrivals.h"
#include "estimation/component_accounts.h"
#include "estimation/inbox.h"
#include "estimation/outbox.h"
#include "recording/recording.h"

namespace dwmtj {

// What all cores of a chip share.
struct PipelineContext {
  const Plan& plan;
  const CoreWork& work;
  const Architecture& architecture;
  std::vector<CommandId> commands;  // by stage
  // Addresses of cores, by number; of the host.
  std::function<std::uint64_t(int)> address_of;
  // Told when a job has begun the last window of an image of a stage that reads a source.
  std::function<void(std::int64_t image)> source_used;
  Recording* recording = nullptr;  // of what arrays compute
};

class ComputeCore : public sc_core::sc_module {
 public:
  Inbox inbox;
  Outbox outbox;

  ComputeCore(sc_core::sc_module_name name, int number, const CoreParameters& core,
              const PipelineContext& context, Ledger& ledger);

 private:
  SC_HAS_PROCESS(ComputeCore);
  // Of a stage that the core reads, or reads nothing of.
  struct Intake {
    const IndexSet* positions = nullptr;  // of an image, that come here
    Arrivals arrivals;                    // of those alone
    std::vector<std::size_t> users;       // jobs of this core
  };
  struct JobState {
    const Job* job = nullptr;
    std::int64_t next = 0;                // windows of its own, over all images
    std::int64_t position = 0;            // of that window
    std::vector<std::int64_t> waits_for;  // by input: arrivals
    Picoseconds free = 0;
  };
  enum class Step : std::uint8_t { freed, computed, finished };
  struct Event {
    Picoseconds time;
    std::uint64_t order;
    Step step;
    std::size_t which;  // a job of this core; of `finished`, a stage
    std::int64_t position;
  };
  struct Later {
    bool operator()(const Event& a, const Event& b) const {
      return a.time != b.time ? a.time > b.time : a.order > b.order;
    }
  };

  void take_in(const MessageExtension& message, std::int64_t bytes);
  void schedule(Picoseconds time, Step step, std::size_t which, std::int64_t position);
  void run();
  void take(const Event& event);
  void arrive(std::size_t stage, std::int64_t position, std::int64_t count);
  void try_start(std::size_t which);
  void look_at_next_window(JobState& state) const;
  [[nodiscard]] bool has_inputs(const JobState& state) const;
  void start(std::size_t which, std::int64_t position);
  void record(const Stage& stage, Picoseconds duration);
  void computed(const Job& job, std::int64_t position);
  void add_part(std::size_t stage, std::int64_t position, int parts);
  void finish(std::size_t stage, std::int64_t position);
  void deliver(std::size_t stage, std::int64_t position);

  int number_;
  const PipelineContext& context_;
  ComponentAccounts accounts_;
  std::vector<JobState> jobs_;
  std::vector<Intake> intakes_;  // by stage
  // Parts of a position that are here; key: stage and position.
  std::unordered_map<std::uint64_t, int> parts_;
  std::vector<int> parts_of_;             // of a stage whose head this core is
  std::vector<std::uint64_t> receivers_;  // of the result under way
  std::optional<StreamId> stream_;        // none: not recorded
  Picoseconds digital_free_ = 0;
  std::priority_queue<Event, std::vector<Event>, Later> events_;
  std::uint64_t order_ = 0;
  sc_core::sc_event due_;
};

}  // namespace dwmtj
