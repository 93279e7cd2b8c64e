// SPDX-License-Identifier: Apache-2.0
// Copies bytes from one place of the chip's address map to another, in bursts.
#pragma once

#include <systemc>
#include <tlm_utils/tlm_quantumkeeper.h>

#include "chip/job_module.h"
#include "tlm/initiator_port.h"

namespace dwmtj {

class Dma : public JobModule, private TransferWatcher {
 public:
  InitiatorPort port;

  Dma(sc_core::sc_module_name name, const DmaParameters& parameters,
      const RegisterParameters& access, Ledger& ledger, TlmTiming timing);

 private:
  SC_HAS_PROCESS(Dma);
  // JobModule
  void start_job(Picoseconds time) override;
  // TransferWatcher: who waits for the DMA sees that it is busy
  void waits_for(const char*) override {}

  void run();
  bool copy();
  bool transfer(tlm::tlm_command command, std::uint64_t address, unsigned length);

  DmaParameters parameters_;
  AccountId burst_;
  std::vector<unsigned char> data_;
  tlm_utils::tlm_quantumkeeper keeper_;
  sc_core::sc_event started_;
};

}  // namespace dwmtj
