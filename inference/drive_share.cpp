// SPDX-License-Identifier: Apache-2.0
#include "inference/drive_share.h"

#include <mutex>

#include "arithmetic/arithmetic.h"
#include "common/index.h"
#include "inference/classification.h"
#include "inference/float_products.h"

namespace dwmtj {
namespace {

struct Rows {
  std::int64_t driven = 0;
  std::int64_t all = 0;
};

void count(const TileLayer& layer, const std::vector<std::int16_t>& codes, Rows& rows) {
  TileCommand command;
  for (std::size_t block = 0; block < layer.tiles(); ++block) {
    for (std::int64_t window = 0; window < layer.windows(); ++window) {
      for (int plane = 0; plane < layer.planes(); ++plane) {
        layer.command(block, window, plane, codes.data(), command);
        for (const auto input : command.data) rows.driven += input != 0 ? 1 : 0;
        rows.all += layer.rows_of(block);
      }
    }
  }
}

}  // namespace

std::vector<double> drive_shares(const TiledNetwork& network, const ImageSource& source,
                                 std::int64_t images) {
  std::vector<Rows> rows(network.layers.size());
  std::mutex mutex;
  const ValueProbe<float> probe = [&](std::size_t step, const Chunk& chunk, const float* in,
                                      const float*) {
    const auto& layer = *network.layers[step];
    std::vector<Fixed> values(index(layer.inputs()));
    std::vector<std::int16_t> codes(values.size());
    Rows of_chunk;
    for (int image = 0; image < chunk.count; ++image) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = to_fixed(in[index(image) * values.size() + i]);
      }
      layer.quantise(values.data(), codes.data());
      count(layer, codes, of_chunk);
    }
    const std::lock_guard<std::mutex> lock(mutex);
    rows[step].driven += of_chunk.driven;
    rows[step].all += of_chunk.all;
  };
  classify<float>(ForwardPass<float>(network.plan, float_products(network.plan)), source, images,
                  {}, probe);
  std::vector<double> shares;
  shares.reserve(rows.size());
  for (const auto& each : rows) {
    shares.push_back(
        each.all == 0 ? 0.0 : static_cast<double>(each.driven) / static_cast<double>(each.all));
  }
  return shares;
}

}  // namespace dwmtj
