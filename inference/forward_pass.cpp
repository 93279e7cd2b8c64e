// SPDX-License-Identifier: Apache-2.0
#include "inference/forward_pass.h"

#include <algorithm>

#include <tbb/enumerable_thread_specific.h>

#include "common/index.h"
#include "common/interrupt.h"
#include "common/parallel_for.h"
#include "inference/digital_layers.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kChunkValues = 1 << 16;  // of the largest tensor: stays in a core's cache
constexpr std::int64_t kMostImages = 64;

}  // namespace

int chunk_of(const ForwardPlan& plan) {
  const auto largest = *std::max_element(plan.buffers.begin(), plan.buffers.end());
  std::int64_t images = 1;
  while (2 * images <= kMostImages && 2 * images * largest <= kChunkValues) images *= 2;
  return static_cast<int>(images);
}

// The values of one thread.
template <typename Number>
struct ForwardPass<Number>::Room {
  std::vector<std::vector<Number>> buffers;
  Workspace workspace;
  std::vector<float> image;
  std::vector<double> result;
};

template <typename Number>
ForwardPass<Number>::ForwardPass(const ForwardPlan& plan, Products products)
    : plan_(plan),
      products_(std::move(products)),
      chunk_(chunk_of(plan)),
      input_places_(places_in_memory(plan.input_layout)),
      output_places_(places_in_memory(plan.output_layout)) {}

template <typename Number>
void ForwardPass<Number>::load(const Job& job, const Chunk& chunk, Room& room) const {
  auto& input = room.buffers[plan_.input];
  std::fill(input.begin(), input.end(), Number{});
  room.image.resize(input_places_.size());
  for (int n = 0; n < chunk.count; ++n) {
    job.image(chunk.first + n, room.image.data());
    auto* const to = input.data() + n * plan_.input_layout.elements;
    for (std::size_t i = 0; i < input_places_.size(); ++i) {
      to[input_places_[i]] = Arithmetic<Number>::from(room.image[i]);
    }
  }
}

template <typename Number>
void ForwardPass<Number>::hand_over(const Job& job, const Chunk& chunk, const Room& room) const {
  auto result = room.result;
  result.resize(output_places_.size());
  for (int n = 0; n < chunk.count; ++n) {
    const auto* const from =
        room.buffers[plan_.output].data() + n * static_cast<std::int64_t>(output_places_.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
      result[i] = Arithmetic<Number>::to(from[output_places_[i]]);
    }
    job.result(chunk.first + n, result);
  }
}

// Values of the images one after another, each with the elements of its tensor.
template <typename Number>
void ForwardPass<Number>::run_step(std::size_t i, const Chunk& chunk, Room& room) const {
  const auto& step = plan_.steps[i];
  auto* const out = room.buffers[step.out].data();
  if (products_[i]) {
    products_[i]->run(chunk, room.buffers[step.in[0]].data(), out, room.workspace);
    return;
  }
  std::vector<const Number*> in(step.in.size());
  for (int n = 0; n < chunk.count; ++n) {
    for (std::size_t k = 0; k < in.size(); ++k) {
      in[k] = room.buffers[step.in[k]].data() + n * step.operands[k];
    }
    run_digital(step, in, out + n * step.elements);
  }
}

template <typename Number>
void ForwardPass<Number>::run_chunk(const Job& job, const Chunk& chunk, Room& room) const {
  load(job, chunk, room);
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    run_step(i, chunk, room);
    const auto& step = plan_.steps[i];
    if (job.probe && products_[i]) {
      job.probe(i, chunk, room.buffers[step.in[0]].data(), room.buffers[step.out].data());
    }
  }
  hand_over(job, chunk, room);
}

template <typename Number>
void ForwardPass<Number>::run(const Job& job) const {
  tbb::enumerable_thread_specific<Room> rooms([&] {
    Room room;
    for (const auto size : plan_.buffers) room.buffers.emplace_back(index(size * chunk_));
    return room;
  });
  const auto chunks = (job.images + chunk_ - 1) / chunk_;
  parallel_for(chunks, [&](std::int64_t i) {
    if (interrupted()) return;
    const auto left = job.images - i * chunk_;
    const Chunk chunk{job.first + i * chunk_,
                      static_cast<int>(std::min<std::int64_t>(chunk_, left))};
    run_chunk(job, chunk, rooms.local());
    if (job.advance) job.advance(chunk.count);
  });
}

template class ForwardPass<float>;
template class ForwardPass<Fixed>;

}  // namespace dwmtj
