// SPDX-License-Identifier: Apache-2.0
// The memory of a chip that all of its modules reach: plain bytes, direct access granted.
#pragma once

#include <cstddef>
#include <memory>

#include <sys/mman.h>

#include "architecture/chip_parameters.h"
#include "ledger/ledger.h"
#include "tlm/timed_target.h"

namespace dwmtj {

class GlobalBuffer : public TimedTarget {
 public:
  GlobalBuffer(sc_core::sc_module_name name, const BufferParameters& parameters, Ledger& ledger);

 private:
  // TimedTarget
  Picoseconds perform(tlm::tlm_generic_payload& payload, Picoseconds time) override;
  [[nodiscard]] Picoseconds occupancy(const tlm::tlm_generic_payload& payload) const override;
  bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;

  [[nodiscard]] bool contains(const tlm::tlm_generic_payload& payload) const;

  BufferParameters parameters_;
  Picoseconds latency_;
  Picoseconds cycle_;
  double byte_energy_;  // J
  Ledger& ledger_;
  AccountId read_;
  AccountId write_;
  // The system gives its pages when they are written: of a large buffer, only what is used.
  struct Unmap {
    std::size_t bytes;
    void operator()(unsigned char* memory) const { munmap(memory, bytes); }
  };
  std::size_t bytes_;
  std::unique_ptr<unsigned char, Unmap> memory_;
};

}  // namespace dwmtj
