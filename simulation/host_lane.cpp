// SPDX-License-Identifier: Apache-2.0
#include "simulation/host_lane.h"

#include <algorithm>

#include "chip/chip_map.h"
#include "common/sim_time.h"
#include "simulation/thread_time.h"

namespace dwmtj {
namespace {

std::uint64_t scratch_address(const InferenceShared& shared, const std::int32_t* word) {
  const auto offset = word - shared.digital.scratch().data();
  return chip_map::kDigital + chip_map::kScratch +
         static_cast<std::uint64_t>(offset) * sizeof(std::int32_t);
}

}  // namespace

HostLane::HostLane(sc_core::sc_module_name name, Chip& chip, InferenceShared& shared)
    : sc_module(name),
      host_(chip),
      shared_(shared),
      values_(static_cast<std::size_t>(shared.network.plan.input_layout.elements)) {
  SC_THREAD(run);
}

void HostLane::run() {
  for (;;) {
    host_.synchronise();
    while (requests_.empty()) wait(asked_);
    auto& request = *requests_.front();
    requests_.pop_front();
    if (request.since > now_ps()) wait(to_sc_time(request.since - now_ps()));
    stop_if_interrupted();
    serve(request);
  }
}

void HostLane::serve(Request& request) {
  shared_.accounts.host_works(request.image);
  if (request.kind == Request::Kind::load) {
    load(request);
  } else {
    host_.read(scratch_address(shared_, shared_.words(request.image, shared_.layout.label)),
               &request.label, sizeof request.label);
  }
  host_.synchronise();
  request.done = to_picoseconds(host_.now());
  request.finished.notify(sc_core::SC_ZERO_TIME);
}

void HostLane::load(const Request& request) {
  const auto& plan = shared_.network.plan;
  load_image(plan, shared_.source, request.image, room_, values_.data());
  const auto bytes = static_cast<unsigned>(values_.size() * sizeof(Fixed));
  const auto* const data = reinterpret_cast<const unsigned char*>(values_.data());
  const auto burst = static_cast<unsigned>(shared_.burst);
  for (unsigned at = 0; at < bytes; at += burst) {
    host_.write(chip_map::kBuffer + at, data + at, std::min(burst, bytes - at));
  }
  host_.copy(
      chip_map::kBuffer,
      scratch_address(shared_, shared_.words(request.image, shared_.layout.buffers[plan.input])),
      bytes);
}

}  // namespace dwmtj
