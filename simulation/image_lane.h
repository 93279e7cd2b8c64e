// SPDX-License-Identifier: Apache-2.0
// An image in flight: step after step through the network, then the next image that has its place
// in the scratch memory.
#pragma once

#include <systemc>

#include "simulation/host_lane.h"
#include "simulation/inference_shared.h"
#include "simulation/thread_time.h"

namespace dwmtj {

class ImageLane : public sc_core::sc_module {
 public:
  ImageLane(sc_core::sc_module_name name, InferenceShared& shared, HostLane& host,
            std::size_t slot);

 private:
  SC_HAS_PROCESS(ImageLane);
  void run();
  void run_image(std::int64_t image);
  void passed(std::int64_t image) {
    if (image == 0) shared_.milestones.push_back(time_.now());
  }
  int ask_host(HostLane::Request::Kind kind, std::int64_t image);
  void run_layer(std::int64_t image, std::size_t step);
  void run_digital_step(std::int64_t image, std::size_t i);
  void work(std::int64_t operations, std::size_t step);

  InferenceShared& shared_;
  HostLane& host_;
  std::size_t slot_;
  ThreadTime time_;
  HostLane::Request request_;
};

}  // namespace dwmtj
