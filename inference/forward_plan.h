// SPDX-License-Identifier: Apache-2.0
// A network as steps over buffers: what is computed when, from which places in memory. Worked out
// once; the same for any arithmetic.
#pragma once

#include <cstddef>
#include <vector>

#include "inference/value_layout.h"

namespace dwmtj {

struct Step {
  LayerKind kind{};              // a reordering is a rearrange
  const Layer* layer = nullptr;  // of the network, which outlives the plan
  std::vector<std::size_t> in;   // buffers
  std::size_t out = 0;           // may be in[0] where each value depends on its own place alone
  ValueLayout layout;            // of the first input
  std::int64_t elements = 0;     // of the output
  // By operand. Rearrange and broadcast: for each output the place of its value, kPadding for the
  // layer's constant; empty: in order. Concat: for each value its place in the output. Softmax (one
  // alone): the places of a sum's terms, sum after sum.
  std::vector<Places> places;
  std::vector<std::int64_t> operands;  // values of each input, of one image
};

struct ForwardPlan {
  std::vector<Step> steps;
  std::vector<std::int64_t> buffers;  // sizes, in values of one image
  std::size_t input = 0;              // buffer
  std::size_t output = 0;             // buffer of the first output
  ValueLayout input_layout, output_layout;
  const Layer* input_layer = nullptr;
};

// Throws InputError: more than one input, or a layer of which it is not known how it moves values.
ForwardPlan plan_forward(const Network& network);

}  // namespace dwmtj
