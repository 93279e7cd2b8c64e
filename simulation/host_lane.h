// SPDX-License-Identifier: Apache-2.0
// The host of an inference: brings images into the chip and labels out, one after the other. An
// image goes to the buffer, and by DMA into the scratch memory.
#pragma once

#include <deque>

#include <systemc>

#include "chip/chip_host.h"
#include "simulation/inference_shared.h"

namespace dwmtj {

class HostLane : public sc_core::sc_module {
 public:
  struct Request {
    enum class Kind : std::uint8_t { load, read_label };
    Kind kind = Kind::load;
    std::int64_t image = 0;
    Picoseconds since = 0;
    Picoseconds done = -1;  // not yet
    int label = 0;
    sc_core::sc_event finished;
  };

  HostLane(sc_core::sc_module_name name, Chip& chip, InferenceShared& shared);

  // Takes a request, which stays where it is until it is done.
  void ask(Request& request) {
    requests_.push_back(&request);
    asked_.notify(sc_core::SC_ZERO_TIME);
  }

 private:
  SC_HAS_PROCESS(HostLane);
  void run();
  void load(const Request& request);
  void serve(Request& request);

  ChipHost host_;  // not on the thread's stack, which nobody unwinds when a simulation ends
  InferenceShared& shared_;
  std::deque<Request*> requests_;
  sc_core::sc_event asked_;
  std::vector<float> room_;
  std::vector<Fixed> values_;
};

}  // namespace dwmtj
