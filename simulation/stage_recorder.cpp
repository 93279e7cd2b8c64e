// SPDX-License-Identifier: Apache-2.0
#include "simulation/stage_recorder.h"

#include <utility>

#include <fmt/format.h>

#include "common/index.h"
#include "common/name_text.h"

namespace dwmtj {

StageRecorder::StageRecorder(Recording& recording, const std::string& name,
                             const TiledNetwork& network, std::size_t in_flight)
    : recording_(recording), network_(network) {
  for (std::size_t i = 0; i < in_flight; ++i) {
    const auto images = fmt::format("{}.image{}", name, i);
    lanes_.push_back(
        {recording.add_stream(images), recording.add_stream(images + ".layers"), nullptr, nullptr});
  }
}

void StageRecorder::begin(std::int64_t image, std::optional<std::size_t> step, Picoseconds time) {
  auto& lane = lanes_[index(image) % lanes_.size()];
  const auto stream = step ? lane.layers : lane.images;
  if (!stream || !recording_.wants(TransactionKind::command, time)) return;
  Transaction draft;
  draft.stream = *stream;
  draft.kind = TransactionKind::command;
  draft.start = time;
  draft.status = ResponseStatus::ok;
  if (step && lane.image != nullptr) draft.parent = lane.image->id;
  const auto name = step ? printable(network_.layers[*step]->layer().name) : std::string("image");
  draft.command = CommandNote{kept(fmt::format("{} {}", name, image)), 0, "", "", 0.0};
  (step ? lane.layer : lane.image) = recording_.begin(draft);
}

void StageRecorder::tell(std::int64_t image, std::optional<std::size_t> step, Picoseconds time,
                         bool ended) {
  if (!ended) return begin(image, step, time);
  auto& lane = lanes_[index(image) % lanes_.size()];
  auto* const under_way = std::exchange(step ? lane.layer : lane.image, nullptr);
  if (under_way != nullptr) recording_.end(*under_way, time);
}

}  // namespace dwmtj
