// SPDX-License-Identifier: Apache-2.0
// What a program on the host does with a chip, from a thread of its own: accesses, commands, copies
// and vector operations, one after the other or side by side (docs/chip/chip_host.md).
#pragma once

#include <cstdint>
#include <vector>

#include <systemc>
#include <tlm_utils/tlm_quantumkeeper.h>

#include "chip/chip_map.h"
#include "chip/digital_unit.h"
#include "tlm/initiator_port.h"

namespace dwmtj {

// Throws std::runtime_error where an access is not answered with OK, or a job fails.
class ChipHost : private TransferWatcher {
 public:
  // One for each thread; the port may be shared.
  explicit ChipHost(InitiatorPort& port) : port_(port) { keeper_.reset(); }

  // When this thread is, ahead of the kernel's time where loosely timed.
  [[nodiscard]] sc_core::sc_time now() const { return keeper_.get_current_time(); }
  void synchronise() { keeper_.sync(); }

  void write(std::uint64_t address, const void* data, unsigned bytes);
  void read(std::uint64_t address, void* data, unsigned bytes);
  void write_register(std::uint64_t address, std::uint32_t value);
  std::uint32_t read_register(std::uint64_t address);

  // One command, until its result is here.
  TileResult run(std::uint64_t tile, const TileCommand& command);
  // The same with what the tile's input window holds (`length` entries): its result is then in the
  // output window. Nothing but registers and windows, as a DMA fills them.
  void run_from_window(std::uint64_t tile, TileOp op, std::uint32_t length, std::uint32_t row = 0,
                       Side side = Side::plus);
  // Copies by DMA; vector operations. They return once STATUS says that the job is done, which is
  // asked for every `poll`.
  void copy(std::uint64_t source, std::uint64_t destination, std::uint32_t bytes);
  struct Operands {
    std::uint32_t left = 0;  // entries of the scratch memory
    std::uint32_t right = 0;
    std::uint32_t destination = 0;
    std::uint32_t length = 0;
    std::int32_t operand = 0;
  };
  void operate(DigitalOp op, const Operands& operands);

  sc_core::sc_time poll{20, sc_core::SC_NS};

 private:
  void waits_for(const char*) override {}
  void transport(tlm::tlm_generic_payload& payload);
  void access(tlm::tlm_command command, std::uint64_t address, unsigned char* data, unsigned bytes);
  std::uint32_t wait_while_busy(std::uint64_t status_register);
  void wait_for_job(std::uint64_t module);
  void pass(const sc_core::sc_time& time);

  InitiatorPort& port_;
  tlm_utils::tlm_quantumkeeper keeper_;
};

}  // namespace dwmtj
