// SPDX-License-Identifier: Apache-2.0
#include "simulation/image_lane.h"

#include <algorithm>

#include "common/index.h"
#include "inference/digital_layers.h"

namespace dwmtj {

ImageLane::ImageLane(sc_core::sc_module_name name, InferenceShared& shared, HostLane& host,
                     std::size_t slot)
    : sc_module(name),
      shared_(shared),
      host_(host),
      slot_(slot),
      time_(shared.port.timing(), shared.quantum) {
  SC_THREAD(run);
}

void ImageLane::run() {
  auto& writing = shared_.last_writing();
  while (writing.open > 0) wait(writing.done);
  shared_.accounts.begin_images();
  shared_.activity.start(writing.done_at);
  time_.wait_until(writing.done_at);
  for (auto image = static_cast<std::int64_t>(slot_); image < shared_.images;
       image += static_cast<std::int64_t>(shared_.layout.in_flight)) {
    run_image(image);
  }
}

void ImageLane::run_image(std::int64_t image) {
  auto& outcome = shared_.outcomes[index(image)];
  const auto& network = shared_.network;
  shared_.accounts.begin_image(slot_, image);
  outcome.started = time_.now();
  shared_.tell(image, std::nullopt, outcome.started, false);
  ask_host(HostLane::Request::Kind::load, image);
  passed(image);
  for (std::size_t step = 0; step < network.plan.steps.size(); ++step) {
    network.layers[step] ? run_layer(image, step) : run_digital_step(image, step);
    passed(image);
  }
  const auto outputs = network.plan.output_layout.elements;
  *shared_.words(image, shared_.layout.label) =
      label_of(network, shared_.values(image, network.plan.output));
  work(outputs, network.plan.steps.size());  // the largest, and where it is
  passed(image);
  outcome.label = ask_host(HostLane::Request::Kind::read_label, image);
  passed(image);
  outcome.ended = time_.now();
  shared_.tell(image, std::nullopt, outcome.ended, true);
}

int ImageLane::ask_host(HostLane::Request::Kind kind, std::int64_t image) {
  request_.kind = kind;
  request_.image = image;
  request_.since = time_.now();
  request_.done = -1;
  host_.ask(request_);
  while (request_.done < 0) wait(request_.finished);
  time_.wait_until(request_.done);
  return request_.label;
}

void ImageLane::work(std::int64_t operations, std::size_t step) {
  if (operations == 0) return;
  time_.wait_until(
      shared_.digital.work(time_.now(), operations, shared_.accounts.command(step, slot_)));
}

// Two operations for each input that becomes a code and for each sum that becomes a value: a
// product with a factor, and what brings it into its range.
void ImageLane::run_layer(std::int64_t image, std::size_t step) {
  const auto& layer = *shared_.network.layers[step];
  const auto& places = shared_.network.plan.steps[step];
  auto& jobs = shared_.jobs[step];
  auto& job = jobs.of(image);
  auto* const codes = reinterpret_cast<std::int16_t*>(shared_.words(image, shared_.layout.codes));
  layer.quantise(shared_.values(image, places.in[0]), codes);
  work(2 * layer.inputs(), step);
  job.codes = codes;
  job.sums = shared_.words(image, shared_.layout.sums);
  std::fill_n(job.sums, layer.outputs(), 0);
  job.open = layer.tiles();
  job.ready = job.done = time_.now();
  job.image = image;
  shared_.tell(image, step, job.ready, false);
  jobs.published.notify(sc_core::SC_ZERO_TIME);
  while (job.open > 0) wait(job.finished);
  time_.wait_until(job.done);
  shared_.tell(image, step, job.done, true);
  if (shared_.probe) {
    shared_.probe(image, step, std::vector<std::int32_t>(job.sums, job.sums + layer.outputs()));
  }
  layer.finish(job.sums, shared_.values(image, places.out));
  work(2 * layer.outputs(), step);
}

void ImageLane::run_digital_step(std::int64_t image, std::size_t i) {
  const auto& step = shared_.network.plan.steps[i];
  std::vector<const Fixed*> in;
  for (const auto buffer : step.in) in.push_back(shared_.values(image, buffer));
  run_digital(step, in, shared_.values(image, step.out));
  work(shared_.network.operations[i], i);
}

}  // namespace dwmtj
