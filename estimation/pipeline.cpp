// SPDX-License-Identifier: Apache-2.0
#include "estimation/pipeline.h"

#include <stdexcept>

#include <fmt/format.h>

#include "common/interrupt.h"
#include "common/name_text.h"
#include "common/progress_bar.h"
#include "common/sim_time.h"

namespace dwmtj {
namespace {

std::vector<CommandId> stage_commands(const Plan& plan, Ledger& ledger) {
  std::vector<CommandId> commands;
  for (const auto& stage : plan.stages)
    commands.push_back(ledger.add_command(printable(stage.name)));
  return commands;
}

}  // namespace

Pipeline::Pipeline(const std::string& name, const MappedNetwork& mapped,
                   const PipelineOptions& options)
    : mapped_(mapped),
      options_(options),
      name_(name),
      context_{mapped.plan,
               mapped.work,
               mapped.architecture,
               stage_commands(mapped.plan, ledger_),
               [](int core) { return static_cast<std::uint64_t>(core + 1) * kStride; },
               [this](std::int64_t image) { host_.source_used(image); },
               options.recording},
      interconnect_((name + "_interconnect").c_str(), *mapped.architecture.interconnect, ledger_),
      host_((name + "_host").c_str(), context_, ledger_, options.images, mapped.bound->interval()) {
  host_.expect_users(readers_of_sources());
  host_.stop_when_steady(!options.every_image);
  join(host_.outbox, host_.inbox, host_.name(), mapped.architecture.host_router,
       context_.address_of(kHost));
  for (int core = 0; core < mapped.architecture.cores; ++core) {
    if (!mapped.work.jobs[static_cast<std::size_t>(core)].empty()) add_core(core);
  }
  if (!options.gate_idle_cores) add_idle_cores();
}

void Pipeline::add_core(int number) {
  auto& core = cores_.emplace_back(fmt::format("{}_core{}", name_, number).c_str(), number,
                                   mapped_.architecture.core, context_, ledger_);
  join(core.outbox, core.inbox, core.name(), number / mapped_.architecture.per_router,
       context_.address_of(number));
}

// Without work, but on: one component of each kind stands for those of all idle cores.
void Pipeline::add_idle_cores() {
  const auto idle =
      static_cast<double>(mapped_.architecture.cores) - static_cast<double>(cores_.size());
  if (idle <= 0.0) return;
  for (const auto& component : mapped_.architecture.core.components) {
    ledger_.add_component(fmt::format("{}_idle_cores.{}", name_, component.name),
                          component.description, idle * component.count * component.leakage);
  }
}

void Pipeline::join(Outbox& outbox, Inbox& inbox, const char* name, int router,
                    std::uint64_t address) {
  outbox.socket.bind(interconnect_.initiators);
  interconnect_.place_initiator(router);
  recorders_.push_back(
      bind_recorded(options_.recording, interconnect_.targets, inbox.socket, name));
  interconnect_.place_target(router, address, kStride);
}

std::int64_t Pipeline::readers_of_sources() const {
  std::int64_t count = 0;
  for (const auto& jobs : mapped_.work.jobs) {
    for (const auto& job : jobs) {
      const auto& stage = mapped_.plan.stages[job.stage];
      if (mapped_.plan.reads_source(stage) && job.count(stage.positions) > 0) ++count;
    }
  }
  return count;
}

PipelineOutcome Pipeline::run() {
  PipelineOutcome outcome;
  const auto& completed = host_.completed();
  const sc_core::sc_time step(10, sc_core::SC_US);  // between looks for Ctrl-C
  ProgressBar bar(printable(mapped_.network.name), static_cast<std::size_t>(host_.expected()));
  std::int64_t arrived = 0;
  sc_core::sc_start(sc_core::SC_ZERO_TIME);  // before, nothing is pending
  while (sc_core::sc_pending_activity() && !outcome.interrupted) {
    sc_core::sc_start(std::max(step, sc_core::sc_time_to_pending_activity()),
                      sc_core::SC_EXIT_ON_STARVATION);
    outcome.interrupted = interrupted();
    bar.advance(static_cast<std::size_t>(host_.arrived() - arrived));
    arrived = host_.arrived();
  }
  if (!outcome.interrupted && static_cast<std::int64_t>(completed.size()) != host_.sent()) {
    throw std::runtime_error(fmt::format("the pipeline stopped at {} with {} of {} images done",
                                         sc_core::sc_time_stamp().to_string(), completed.size(),
                                         host_.sent()));
  }
  outcome.simulated = static_cast<std::int64_t>(completed.size());
  outcome.completed = completed;
  outcome.interval = host_.steady_interval();
  outcome.end = completed.empty() ? 0 : completed.back();
  if (!outcome.interrupted) {
    outcome.end =
        later(outcome.end, repeated(options_.images - outcome.simulated, outcome.interval));
  }
  outcome.waited = interconnect_.network().waited();
  return outcome;
}

}  // namespace dwmtj
