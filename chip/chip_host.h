// SPDX-License-Identifier: Apache-2.0
// What a program on the host does with a chip, from a thread of its own: accesses, commands, copies
// and vector operations, one after the other or side by side (docs/chip/chip_host.md).
#pragma once

#include <cstdint>
#include <set>

#include <systemc>
#include <tlm_utils/tlm_quantumkeeper.h>

#include "chip/chip.h"
#include "chip/chip_map.h"

namespace dwmtj {

// How a host learns that a job is done.
enum class Completion : std::uint8_t { interrupt, polling };

// Throws std::runtime_error where an access is not answered with OK, or a job fails.
class ChipHost : private TransferWatcher {
 public:
  // One for each thread; the chip may be shared, a module of it not.
  explicit ChipHost(Chip& chip, Completion completion = Completion::interrupt)
      : port_(chip.host), chip_(completion == Completion::interrupt ? &chip : nullptr) {
    keeper_.reset();
  }
  // From a port that no interrupts lead to: polls. On a board of several chips, the one meant
  // begins at `base`.
  explicit ChipHost(InitiatorPort& port, std::uint64_t base = 0)
      : port_(port), chip_(nullptr), base_(base) {
    keeper_.reset();
  }

  // All addresses are those of the chip.
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
  // Copies by DMA; vector operations. They return once the job is done: at its interrupt, or when
  // STATUS says so, which is asked for every `poll`.
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
  // Where a module says that it is done.
  struct Source {
    std::uint64_t status;
    std::uint64_t control;
    std::uint64_t interrupt;
    const Chip::Line* line;  // null: it is to be asked
  };
  std::uint32_t carry_out(const Source& source, std::uint64_t start, std::uint32_t value);
  void carry_out_job(std::uint64_t module, const Chip::Line* line, std::uint64_t start,
                     std::uint32_t value);
  std::uint32_t wait_while_busy(std::uint64_t status_register);
  void pass(const sc_core::sc_time& time);

  InitiatorPort& port_;
  const Chip* chip_;  // whose interrupts are waited for; null: none
  std::uint64_t base_ = 0;
  std::set<std::uint64_t> enabled_;  // by control register
  tlm_utils::tlm_quantumkeeper keeper_;
};

}  // namespace dwmtj
