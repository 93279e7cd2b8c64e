// SPDX-License-Identifier: Apache-2.0
// In what order data travel: position after position, each with its channels; and what a layer that
// sees them along other axes must wait for.
#pragma once

#include <optional>

#include "deployment/plan.h"

namespace dwmtj {

[[nodiscard]] bool is_pool(LayerKind kind);

// Whether a layer that changes element by element, or across channels, does so within positions of
// the layer before it.
[[nodiscard]] bool stays_in_position(const Network& network, const Layer& layer);

// What one position of the layer needs of its input `operand`.
[[nodiscard]] Reach reach_of(const Network& network, const Layer& layer, std::size_t operand);

// Of a layer with weights, how many rows of its matrix each channel of its input has, one after the
// other; 0: that is not how the rows lie.
[[nodiscard]] std::int64_t rows_per_channel(const Network& network, const Layer& layer);

// Of a layer whose matrix has a row for each value of the layer before it: how these are positions
// and channels. None: it is not such a layer.
[[nodiscard]] std::optional<ValueView> flattened_view(const Network& network, const Layer& layer);

// Whether a rearrangement leaves all values in the positions of the layer before it.
[[nodiscard]] bool keeps_positions(const Layer& before, const Layer& rearrangement);

}  // namespace dwmtj
