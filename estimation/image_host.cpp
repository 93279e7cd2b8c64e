// SPDX-License-Identifier: Apache-2.0
#include "estimation/image_host.h"

#include <algorithm>
#include <cmath>

#include "common/sim_time.h"

namespace dwmtj {
namespace {

constexpr std::int64_t kImages = 2;  // held at the first layer
constexpr std::size_t kRhythm = 4;   // images

}  // namespace

ImageHost::ImageHost(sc_core::sc_module_name name, const PipelineContext& context, Ledger& ledger,
                     std::int64_t most, Picoseconds bound)
    : sc_module(name),
      inbox("inbox", [this](const auto& message, auto) { take_in(message); }),
      outbox("outbox"),
      context_(context),
      links_(ledger, this->name(), context.architecture.chip),
      most_(most),
      bound_(bound) {
  for (const auto& stage : context.plan.stages) {
    if (stage.is_output) results_ += stage.positions;
  }
  SC_METHOD(send_images);
  sensitive << room_;
}

void ImageHost::send_images() {
  const auto room = [&] {
    const auto under_way = sent_ - static_cast<std::int64_t>(completed_.size());
    return sent_ < most_ && sent_ < used_up_ + kImages && under_way < most_under_way_;
  };
  while (room() && !(stop_when_steady_ && steady_ > 0)) send_image();
}

void ImageHost::send_image() {
  for (std::size_t s = 0; s < context_.plan.stages.size(); ++s) {
    if (context_.plan.stages[s].kind == StageKind::source) send_source(s);
  }
  ++sent_;
  used_.push_back(0);
  arrived_.push_back(0);
}

void ImageHost::send_source(std::size_t stage) {
  const auto positions = context_.plan.stages[stage].positions;
  const auto together = context_.work.together[stage];
  MessageExtension message;
  message.command = context_.commands[stage];
  message.stage = static_cast<std::uint32_t>(stage);
  for (std::int64_t p = 0; p < positions; p += together) {
    message.position = sent_ * positions + p;
    message.count = std::min(together, positions - p);
    pay_for_links(stage, message.count, now_ps());
    for (const auto& delivery : context_.work.results[stage]) {
      std::vector<std::uint64_t> receivers;
      for (const auto& destination : delivery.destinations) {
        if (!destination.takes(p, message.count)) continue;
        receivers.push_back(context_.address_of(destination.core));
      }
      outbox.send(receivers, delivery.bytes(message.count), message);
    }
  }
}

// A position crosses the links once, however many cores it goes to.
void ImageHost::pay_for_links(std::size_t stage, std::int64_t positions, Picoseconds time) {
  const auto& data = context_.plan.stages[stage];
  ActionTable crossed;
  crossed[Action::link_bit] = static_cast<double>(positions * data.elements * data.bits);
  links_.post(crossed, time, 0, context_.commands[stage]);
}

void ImageHost::source_used(std::int64_t image) {
  ++used_[static_cast<std::size_t>(image)];
  while (used_up_ < sent_ && used_[static_cast<std::size_t>(used_up_)] == users_) ++used_up_;
  room_.notify(sc_core::SC_ZERO_TIME);
}

void ImageHost::take_in(const MessageExtension& message) {
  pay_for_links(message.stage, 1, now_ps());
  complete(message.position / context_.plan.stages[message.stage].positions, now_ps());
}

void ImageHost::complete(std::int64_t image, Picoseconds time) {
  auto& arrived = arrived_[static_cast<std::size_t>(image)];
  ++all_arrived_;
  if (++arrived < results_) return;
  completed_.push_back(time);
  if (completed_.size() == 1) most_under_way_ = time / std::max<Picoseconds>(bound_, 1) + 2;
  room_.notify(sc_core::SC_ZERO_TIME);
  // Once the last image is on its way, the pipeline runs empty and results come faster.
  if (steady_ == 0 && sent_ < most_) look_for_steady_state();
}

// Results may come in a rhythm of several images: means of kRhythm intervals are compared.
void ImageHost::look_for_steady_state() {
  const auto count = completed_.size();
  if (count <= 2 * kRhythm) return;
  const auto last = completed_[count - 1];
  const auto middle = completed_[count - 1 - kRhythm];
  const auto first = completed_[count - 1 - 2 * kRhythm];
  const auto later = static_cast<double>(last - middle);
  const auto earlier = static_cast<double>(middle - first);
  if (later <= 0.0 || std::abs(later - earlier) > kSteady * later) return;
  steady_ = (last - first) / static_cast<Picoseconds>(2 * kRhythm);
}

}  // namespace dwmtj
