// SPDX-License-Identifier: Apache-2.0
#include "simulation/tile_lane.h"

#include <algorithm>
#include <stdexcept>

#include "chip/chip_map.h"

namespace dwmtj {

TileLane::TileLane(sc_core::sc_module_name name, InferenceShared& shared, std::size_t step,
                   std::size_t block)
    : sc_module(name),
      shared_(shared),
      step_(step),
      block_(block),
      layer_(*shared.network.layers[step]),
      columns_(layer_.placement(block)),
      tile_(layer_.first_tile() + block),
      time_(shared.port.timing(), shared.quantum) {
  entry_.tile = static_cast<std::uint32_t>(tile_);
  SC_THREAD(run);
}

void TileLane::run() {
  if (shared_.writes) write();
  finish(shared_.first);
  if (shared_.refreshes) {
    while (shared_.first.open > 0) wait(shared_.first.done);
    time_.wait_until(shared_.first.done_at);
    write();
    finish(shared_.second);
  }
  auto& jobs = shared_.jobs[step_];
  for (std::int64_t image = 0; image < shared_.images; ++image) {
    auto& job = jobs.of(image);
    while (job.image != image) wait(jobs.published);
    time_.wait_until(job.ready);
    multiply(job, image);
    if (--job.open == 0) job.finished.notify(sc_core::SC_ZERO_TIME);
  }
}

// From outside: by the port of the host.
void TileLane::write() {
  for (auto to = columns_.begin_writing(); !to.empty(); to = columns_.next_try()) {
    for (auto& command : layer_.programs(block_, to)) {
      entry_.command = std::move(command);
      columns_.note(carry_out(shared_.host_port).result.data);
    }
  }
}

void TileLane::finish(WritingRound& round) {
  round.done_at = std::max(round.done_at, time_.now());
  if (--round.open > 0) return;
  if (&round == &shared_.first) shared_.written_first();
  round.done.notify(sc_core::SC_ZERO_TIME);
}

void TileLane::multiply(LayerJob& job, std::int64_t image) {
  const auto slot = static_cast<std::size_t>(image) % shared_.layout.in_flight;
  message_.command = shared_.accounts.command(step_, slot);
  shared_.accounts.tile_works(tile_, step_, image);
  for (std::int64_t window = 0; window < layer_.windows(); ++window) {
    for (int plane = 0; plane < layer_.planes(); ++plane) {
      layer_.command(block_, window, plane, job.codes, entry_.command);
      const Picoseconds sent = time_.now();
      const auto& answer = carry_out(shared_.port);
      book(sent, answer);
      layer_.add(block_, window, plane, columns_.places(), answer.result.data, job.sums);
      job.done = std::max(
          job.done, shared_.digital.work(time_.now(), layer_.columns_of(block_), message_.command));
    }
  }
}

void TileLane::book(Picoseconds sent, const CommandOutcome& answer) {
  using State = TileActivity::State;
  ++commands_;
  busy_ += answer.completed - answer.started;
  way_ += time_.now() - sent - (answer.completed - answer.started);
  shared_.activity.add(State::waiting, sent, answer.started);
  shared_.activity.add(State::busy, answer.started, answer.completed);
  shared_.activity.add(State::waiting, answer.completed, time_.now());
}

// What became of it stays until the next one.
const CommandExtension& TileLane::carry_out(InitiatorPort& port) {
  stop_if_interrupted();
  if (shared_.trace != nullptr) shared_.trace->add(entry_);
  auto& payload = port.pool.make(entry_.command, chip_map::tile(tile_));
  const bool inference = &port == &shared_.port;
  if (inference) payload.set_extension(&message_);
  auto ahead = time_.ahead();
  port.transport(payload, ahead, *this);
  time_.wait_until(now_ps() + to_picoseconds(ahead));
  if (inference) payload.clear_extension(&message_);
  const bool fine = payload.is_response_ok();
  std::swap(static_cast<CommandOutcome&>(answer_),
            static_cast<CommandOutcome&>(*payload.get_extension<CommandExtension>()));
  payload.release();
  if (!fine || answer_.result.status > TileStatus::flagged) {
    throw std::logic_error("a tile has turned a command of the program down");
  }
  return answer_;
}

}  // namespace dwmtj
