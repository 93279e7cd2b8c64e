// SPDX-License-Identifier: Apache-2.0
// Images and their layers in a recording, beside the transactions that they are made of: so that a
// timeline shows what a chip works on.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "inference/tiled_network.h"
#include "recording/recording.h"

namespace dwmtj {

class StageRecorder {
 public:
  // A stream of images and one of their layers for each image in flight, under `name`.
  StageRecorder(Recording& recording, const std::string& name, const TiledNetwork& network,
                std::size_t in_flight);

  // As a LayerWatch is told.
  void tell(std::int64_t image, std::optional<std::size_t> step, Picoseconds time, bool ended);

 private:
  void begin(std::int64_t image, std::optional<std::size_t> step, Picoseconds time);
  std::string_view kept(const std::string& text) { return texts_.emplace_back(text); }

  struct Lane {
    std::optional<StreamId> images;
    std::optional<StreamId> layers;
    Transaction* image = nullptr;  // under way
    Transaction* layer = nullptr;
  };
  Recording& recording_;
  const TiledNetwork& network_;
  std::vector<Lane> lanes_;
  std::deque<std::string> texts_;  // recorded transactions refer to them
};

}  // namespace dwmtj
