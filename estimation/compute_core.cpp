// SPDX-License-Identifier: Apache-2.0
#include "estimation/compute_core.h"

#include <algorithm>

#include "common/sim_time.h"

namespace dwmtj {
namespace {

std::uint64_t key_of(std::size_t stage, std::int64_t position) {
  return static_cast<std::uint64_t>(stage) << 48U | static_cast<std::uint64_t>(position);
}

}  // namespace

ComputeCore::ComputeCore(sc_core::sc_module_name name, int number, const CoreParameters& core,
                         const PipelineContext& context, Ledger& ledger)
    : sc_module(name),
      inbox("inbox", [this](const auto& message, auto bytes) { take_in(message, bytes); }),
      outbox("outbox"),
      number_(number),
      context_(context),
      accounts_(ledger, this->name(), core.components),
      intakes_(context.plan.stages.size()),
      parts_of_(context.plan.stages.size(), 1) {
  for (std::size_t s = 0; s < intakes_.size(); ++s) {
    for (const auto& delivery : context.work.results[s]) {
      for (const auto& destination : delivery.destinations) {
        if (destination.core == number) intakes_[s].positions = &destination.positions;
      }
    }
  }
  for (const auto& job : context.work.jobs[static_cast<std::size_t>(number)]) {
    for (const auto& input : context.plan.stages[job.stage].inputs) {
      intakes_[input.stage].users.push_back(jobs_.size());
    }
    auto& state = jobs_.emplace_back();
    state.job = &job;
    look_at_next_window(state);
    parts_of_[job.stage] = job.parts;
  }
  if (context.recording != nullptr && !jobs_.empty()) {
    stream_ = context.recording->add_stream(std::string(this->name()) + ".arrays");
  }
  SC_METHOD(run);
  sensitive << due_;
  dont_initialize();
}

void ComputeCore::take_in(const MessageExtension& message, std::int64_t bytes) {
  ActionTable written;
  written[Action::buffer_write_byte] = static_cast<double>(bytes);
  accounts_.post(written, now_ps(), 0, message.command);
  if (message.partial) {
    add_part(message.stage, message.position, parts_of_[message.stage]);
  } else {
    arrive(message.stage, message.position, message.count);
  }
}

void ComputeCore::schedule(Picoseconds time, Step step, std::size_t which, std::int64_t position) {
  events_.push({time, order_++, step, which, position});
  due_.notify(to_sc_time(time - now_ps()));
}

void ComputeCore::run() {
  while (!events_.empty() && events_.top().time <= now_ps()) {
    const Event event = events_.top();
    events_.pop();
    take(event);
  }
  if (!events_.empty()) due_.notify(to_sc_time(events_.top().time - now_ps()));
}

void ComputeCore::take(const Event& event) {
  if (event.step == Step::freed) try_start(event.which);
  if (event.step == Step::computed) computed(*jobs_[event.which].job, event.position);
  if (event.step == Step::finished) deliver(event.which, event.position);
}

void ComputeCore::arrive(std::size_t stage, std::int64_t position, std::int64_t count) {
  auto& intake = intakes_[stage];
  const auto& wanted = *intake.positions;
  const std::int64_t image = position / wanted.size();
  const std::int64_t first = wanted.below(position % wanted.size());
  const std::int64_t last = wanted.below(position % wanted.size() + count);
  const std::int64_t before = intake.arrivals.complete();
  intake.arrivals.add(image * wanted.count() + first, last - first);
  if (intake.arrivals.complete() == before) return;
  for (const auto job : intake.users) try_start(job);
}

void ComputeCore::look_at_next_window(JobState& state) const {
  const auto& stage = context_.plan.stages[state.job->stage];
  const std::int64_t of_image = state.job->count(stage.positions);
  const std::int64_t image = state.next / of_image;
  const std::int64_t within = state.job->first + state.next % of_image * state.job->stride;
  state.position = image * stage.positions + within;
  state.waits_for.clear();
  for (const auto& input : stage.inputs) {
    const auto& wanted = *intakes_[input.stage].positions;
    state.waits_for.push_back(image * wanted.count() + wanted.below(input.reach.needed(within)));
  }
}

bool ComputeCore::has_inputs(const JobState& state) const {
  const auto& inputs = context_.plan.stages[state.job->stage].inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (intakes_[inputs[i].stage].arrivals.complete() < state.waits_for[i]) return false;
  }
  return true;
}

void ComputeCore::try_start(std::size_t which) {
  auto& state = jobs_[which];
  while (state.free <= now_ps() && has_inputs(state)) {
    const std::int64_t position = state.position;
    ++state.next;
    look_at_next_window(state);
    start(which, position);
  }
}

void ComputeCore::start(std::size_t which, std::int64_t position) {
  auto& state = jobs_[which];
  const auto& job = *state.job;
  const auto& stage = context_.plan.stages[job.stage];
  const std::int64_t image = position / stage.positions;
  const bool last = position % stage.positions + job.stride >= stage.positions;
  if (last && context_.plan.reads_source(stage)) context_.source_used(image);
  if (stage.kind == StageKind::digital) return finish(job.stage, position);
  accounts_.post(job.actions, now_ps(), job.duration, context_.commands[job.stage]);
  record(stage, job.duration);
  state.free = later(now_ps(), job.duration);
  schedule(state.free, Step::computed, which, position);
  schedule(state.free, Step::freed, which, position);
}

// A window as a slice of time that bears the name of its layer.
void ComputeCore::record(const Stage& stage, Picoseconds duration) {
  if (!stream_ || !context_.recording->wants(TransactionKind::command, now_ps())) return;
  Transaction draft;
  draft.kind = TransactionKind::command;
  draft.stream = *stream_;
  draft.start = now_ps();
  draft.status = ResponseStatus::ok;
  draft.command.emplace().op = stage.name;
  if (auto* const transaction = context_.recording->begin(draft)) {
    context_.recording->end(*transaction, now_ps() + duration);
  }
}

void ComputeCore::computed(const Job& job, std::int64_t position) {
  if (job.head == number_) return add_part(job.stage, position, job.parts);
  MessageExtension message;
  message.command = context_.commands[job.stage];
  message.stage = static_cast<std::uint32_t>(job.stage);
  message.position = position;
  message.partial = true;
  outbox.send(context_.address_of(job.head), job.partial_bytes, message);
}

void ComputeCore::add_part(std::size_t stage, std::int64_t position, int parts) {
  if (parts > 1) {
    auto& here = parts_[key_of(stage, position)];
    if (++here < parts) return;
    parts_.erase(key_of(stage, position));
  }
  finish(stage, position);
}

// The digital part does one thing after the other.
void ComputeCore::finish(std::size_t stage, std::int64_t position) {
  const auto& work = context_.work.finishes[stage];
  const Picoseconds begin = std::max(now_ps(), digital_free_);
  digital_free_ = later(begin, work.duration);
  accounts_.post(work.actions, begin, work.duration, context_.commands[stage]);
  schedule(digital_free_, Step::finished, stage, position);
}

void ComputeCore::deliver(std::size_t stage, std::int64_t position) {
  MessageExtension message;
  message.command = context_.commands[stage];
  message.stage = static_cast<std::uint32_t>(stage);
  message.position = position;
  const std::int64_t within = position % context_.plan.stages[stage].positions;
  for (const auto& delivery : context_.work.results[stage]) {
    receivers_.clear();
    for (const auto& destination : delivery.destinations) {
      if (!destination.takes(within)) continue;
      if (destination.core == number_) {
        arrive(stage, position, 1);
      } else {
        receivers_.push_back(context_.address_of(destination.core));
      }
    }
    outbox.send(receivers_, delivery.bytes(1), message);
  }
}

}  // namespace dwmtj
