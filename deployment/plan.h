// SPDX-License-Identifier: Apache-2.0
// A mapped network as a pipeline of stages: what each computes for one position of its output,
// where, and what it must have received before. No SystemC, no time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "architecture/core_parameters.h"
#include "deployment/index_set.h"
#include "mapping/mapping.h"
#include "networks/network.h"

namespace dwmtj {

inline constexpr int kHost = -1;  // in place of a core

enum class StageKind {
  source,   // an input of the network, position by position, from the host
  product,  // a layer with weights, on arrays
  digital   // anything else that computes or moves values, on the digital parts of cores
};

// How the values of a tensor, in the order of the file, are positions with channels.
struct ValueView {
  std::int64_t channels;
  std::int64_t stride;  // between neighbouring channels
  std::int64_t positions;
  // Of an image that travels column by column; 1: it travels as it lies in the file.
  std::int64_t rows = 1;
  std::int64_t columns = 1;

  [[nodiscard]] std::int64_t position_of(std::int64_t value) const {
    const auto place = value / (stride * channels) * stride + value % stride;
    const auto in_plane = place % (rows * columns);
    return place - in_plane + in_plane % columns * rows + in_plane / columns;
  }
  [[nodiscard]] std::int64_t channel_of(std::int64_t value) const {
    return value / stride % channels;
  }
};

// How much of an input one position of the output needs. Inputs arrive along the last axis of their
// shapes.
class Reach {
 public:
  static Reach same_position() { return {}; }
  static Reach previous_position();  // of the layer's own output
  static Reach everything(std::int64_t input_positions);
  // By position, as many as that.
  static Reach listed(std::vector<std::int64_t> needed);
  static Reach window(const Window& window, const TensorShape& input, const TensorShape& output);

  // The first so many positions of the input.
  [[nodiscard]] std::int64_t needed(std::int64_t position) const;
  // Adds those that the position computes with.
  void add_used(std::int64_t position, IndexSet& used) const;

 private:
  enum class Kind { same, previous, all, window, listed } kind_ = Kind::same;
  // Along one axis, where a window lies; beyond the image is padding.
  struct Span {
    std::int64_t first, count, step;

    template <typename Visit>
    void each(std::int64_t size, Visit visit) const {
      for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t at = first + i * step;
        if (at >= 0 && at < size) visit(at);
      }
    }
  };
  struct Place {
    Span depth, height, width;
  };
  [[nodiscard]] Place placed(std::int64_t position) const;

  std::int64_t input_positions_ = 0;
  Window window_;
  TensorShape input_;
  TensorShape output_;
  std::shared_ptr<const std::vector<std::int64_t>> listed_;
};

struct StageInput {
  std::size_t stage = 0;
  std::int64_t positions = 1;  // of that stage, an image
  Reach reach;
  // Of a product, what the rows of its matrix are: of each channel so many side by side, or each
  // one value of a whole image; neither: each may be anything.
  std::int64_t rows_per_channel = 0;
  std::optional<ValueView> flattened;
};

struct Stage {
  std::string name;
  StageKind kind = StageKind::digital;
  // Where position p becomes complete: cores, p % size; of a source, the host.
  std::vector<int> homes;
  std::vector<StageInput> inputs;
  std::int64_t positions = 1;  // an image
  std::int64_t elements = 1;   // of one position
  int bits = 8;                // of one element
  double operations = 0;       // of the digital part, one position, beside adding partial sums
  // A product.
  std::vector<Fragment> fragments;  // copy by copy
  std::int64_t copies = 1;
  Tiling tiling;
  std::int64_t matrix_rows = 1;
  std::int64_t matrix_columns = 1;
  int input_bits = 8;
  bool is_output = false;  // its positions go to the host
};

struct Plan {
  std::vector<Stage> stages;       // in topological order
  std::vector<std::string> notes;  // what was assumed of the network, a line each

  [[nodiscard]] bool reads_source(const Stage& stage) const;
};

struct PlanOptions {
  int activation_bits;  // of what is not known to be fewer
};

// Unary functions of one element are part of the stage before them, if nobody else uses that.
Plan plan_pipeline(const Network& network, const Mapping& mapping, const CoreShape& core,
                   const PlanOptions& options);

}  // namespace dwmtj
