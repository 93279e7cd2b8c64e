// SPDX-License-Identifier: Apache-2.0
// In what order data travel: position after position, each with its channels, rows first or columns
// first; and what a layer that sees them along other axes must wait for.
#pragma once

#include <optional>

#include "deployment/plan.h"

namespace dwmtj {

[[nodiscard]] bool is_pool(LayerKind kind);

enum class Travel { by_rows, by_columns };

// The way on which windows are complete sooner, so that a network costs the same however its images
// lie. By rows where some layer takes the positions before it for others.
[[nodiscard]] Travel travel_of(const Network& network);

// Whether a layer that changes element by element, or across channels, does so within positions of
// the layer before it.
[[nodiscard]] bool stays_in_position(const Network& network, const Layer& layer);

// What one position of the layer needs of its input `operand`.
[[nodiscard]] Reach reach_of(const Network& network, const Layer& layer, std::size_t operand,
                             Travel travel);

// Of a layer with weights, how many rows of its matrix each channel of its input has, one after the
// other; 0: that is not how the rows lie.
[[nodiscard]] std::int64_t rows_per_channel(const Network& network, const Layer& layer);

// Of a layer whose matrix has a row for each value of the layer before it: how these are positions
// and channels. None: it is not such a layer.
[[nodiscard]] std::optional<ValueView> flattened_view(const Network& network, const Layer& layer,
                                                      Travel travel);

// Whether a rearrangement leaves all values in the positions of the layer before it.
[[nodiscard]] bool keeps_positions(const Layer& before, const Layer& layer, Travel travel);

}  // namespace dwmtj
