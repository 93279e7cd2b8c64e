// SPDX-License-Identifier: Apache-2.0
// Products of two computed matrices (attention): what they cost on the digital part, and what they
// would cost if the second matrix were written into arrays for each image and multiplied there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "deployment/mapped_network.h"

namespace dwmtj {

// Of an image, all that could go on at once doing so.
struct ProductPrices {
  std::string layer;
  Energy digital;
  Time digital_time;              // on one digital part; 0: no rate is known
  std::int64_t arrays;            // that hold the second matrix
  Energy reading;                 // of rows that are multiplied
  Time reading_time;              // row after row, all arrays side by side
  std::optional<Energy> writing;  // of the matrix; none: the core names no tile
  Time writing_time;
};

// Values are not known, so cells are written to levels drawn evenly.
std::vector<ProductPrices> product_prices(const MappedNetwork& mapped, std::uint64_t seed);

// A line each; empty: the network has no such product.
std::string product_prices_text(const std::vector<ProductPrices>& prices);

}  // namespace dwmtj
