// SPDX-License-Identifier: Apache-2.0
#include "simulation/bulk_comparison.h"

#include "common/fnv_digest.h"
#include "common/index.h"
#include "common/interrupt.h"
#include "inference/classification.h"
#include "inference/float_products.h"

namespace dwmtj {
namespace {

std::uint64_t digest_of(const std::vector<std::int32_t>& sums) {
  FnvDigest digest;
  digest.add(sums);
  return digest.value();
}

}  // namespace

BulkReference::BulkReference(const Network& network, const TiledNetwork& tiled,
                             const TileSet& tiles, const ImageSource& source, std::int64_t images,
                             const ChipLife& life)
    : steps_(tiled.plan.steps.size()), digests_(steps_ * index(images), 0) {
  comparison_.images = images;
  TilePass pass(tiled, tiles, life.states);
  if (life.holding != nullptr) pass.hold(*life.holding);
  if (life.refresh) pass.write();
  const SumsProbe keep = [&](std::int64_t image, std::size_t step, const auto& sums) {
    digests_[index(image) * steps_ + step] = digest_of(sums);
  };
  for (std::int64_t image = 0; image < images && !interrupted(); ++image) {
    labels_.push_back(pass.classify(source, image, keep));
  }
  const auto plan = plan_forward(network);
  const auto software =
      classify<float>(ForwardPass<float>(plan, float_products(plan)), source, images);
  comparison_.software_hits = accuracy(software, source.data().labels).hits;
}

SumsProbe BulkReference::probe() {
  return [this](std::int64_t image, std::size_t step, const std::vector<std::int32_t>& sums) {
    ++comparison_.layers;
    comparison_.sums += static_cast<std::int64_t>(sums.size());
    const bool same = digests_[index(image) * steps_ + step] == digest_of(sums);
    comparison_.same_layers += same ? 1 : 0;
  };
}

BulkComparison BulkReference::compare(const std::vector<int>& labels) const {
  auto comparison = comparison_;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    comparison.same_labels += labels[i] == labels_[i] ? 1 : 0;
  }
  return comparison;
}

}  // namespace dwmtj
