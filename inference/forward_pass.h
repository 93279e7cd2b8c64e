// SPDX-License-Identifier: Apache-2.0
// Images through a network: chunks of a few, several chunks at once. What an image gives depends on
// neither the number of threads nor on how many images there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "arithmetic/arithmetic.h"
#include "inference/forward_plan.h"

namespace dwmtj {

// Images that go through together: always as many in memory; those beyond `count` are zeros.
struct Chunk {
  std::int64_t first = 0;  // image
  int count = 0;
};

// Of one thread, for products that need room.
struct Workspace {
  std::vector<std::byte> library;
  // Of a layer on arrays: codes of the inputs, those that rows are driven with, their squares, what
  // columns give, and what they sum up to.
  std::vector<std::uint8_t> inputs, codes;
  std::vector<float> squares, variances;
  std::vector<std::int32_t> high, low;
  std::vector<double> noise;
  std::vector<std::int64_t> totals;
};

// What a layer with weights makes of a chunk, values as in ValueLayout.
template <typename Number>
class Product {
 public:
  virtual ~Product() = default;
  virtual void run(const Chunk& chunk, const Number* in, Number* out,
                   Workspace& workspace) const = 0;
};

// Called with a step that has run for a chunk, its first input and its output.
template <typename Number>
using ValueProbe =
    std::function<void(std::size_t step, const Chunk& chunk, const Number* in, const Number* out)>;

template <typename Number>
class ForwardPass {
 public:
  // By step, null for those without weights. The plan outlives the pass.
  using Products = std::vector<std::shared_ptr<const Product<Number>>>;
  ForwardPass(const ForwardPlan& plan, Products products);

  struct Job {
    std::int64_t first = 0;
    std::int64_t images = 0;
    // Writes an image in the order of the file.
    std::function<void(std::int64_t image, float* values)> image;
    // Takes its result in the order of the file; from several threads.
    std::function<void(std::int64_t image, const std::vector<double>& values)> result;
    ValueProbe<Number> probe;                   // may be empty
    std::function<void(std::int64_t)> advance;  // images done, from several threads; may be empty
  };
  // Stops early when interrupted().
  void run(const Job& job) const;

 private:
  struct Room;
  void run_chunk(const Job& job, const Chunk& chunk, Room& room) const;
  void load(const Job& job, const Chunk& chunk, Room& room) const;
  void hand_over(const Job& job, const Chunk& chunk, const Room& room) const;
  void run_step(std::size_t i, const Chunk& chunk, Room& room) const;

  const ForwardPlan& plan_;
  Products products_;
  int chunk_;
  Places input_places_, output_places_;
};

// Images of a chunk: of small ones more, so that each product has enough to do.
[[nodiscard]] int chunk_of(const ForwardPlan& plan);

extern template class ForwardPass<float>;
extern template class ForwardPass<Fixed>;

}  // namespace dwmtj
