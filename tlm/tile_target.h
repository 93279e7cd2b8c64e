// SPDX-License-Identifier: Apache-2.0
// A tile as a bus sees it, whatever carries its commands out: registers, windows, interrupt, and
// commands that ride on a payload (docs/tlm/tile_target.md).
#pragma once

#include <deque>

#include "ledger/ledger.h"
#include "tlm/command_extension.h"
#include "tlm/register_file.h"
#include "tlm/timed_target.h"

namespace dwmtj {

// Of every register and window access.
struct TileAccess {
  Time time = 1e-9 * si::seconds;
  Energy energy = 50e-15 * si::joules;  // assumption: a 32-bit on-chip access
};

class TileTarget : public TimedTarget {
 public:
  sc_core::sc_out<bool> interrupt;

  // A wait without power, while no command is under way: how many walls have moved.
  std::size_t hold(const Holding& holding) { return engine_.hold(holding); }
  [[nodiscard]] const PairArray& array() const { return engine_.array(); }
  [[nodiscard]] TileState state() const { return engine_.state(); }
  [[nodiscard]] std::uint64_t clipped_inputs() const { return engine_.clipped_inputs(); }

 protected:
  // Keeps references to ledger and engine, which is used from open_account() on only.
  TileTarget(sc_core::sc_module_name name, TileEngine& engine, Ledger& ledger,
             const TileAccess& access);
  // Of accesses, behind those of the engine.
  void open_account();
  // The engine's, of commands whose outcome was not known.
  void finish(const CommandOutcome& outcome);

 private:
  SC_HAS_PROCESS(TileTarget);
  using Payload = tlm::tlm_generic_payload;
  // TimedTarget
  Picoseconds perform(Payload& payload, Picoseconds time) override;
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) override;
  unsigned transport_dbg(Payload& payload) override;

  Picoseconds perform_command(Payload& payload, CommandExtension& extension, Picoseconds time);
  void access(Payload& payload, Picoseconds time);
  static void access_window(Payload& payload, unsigned char* window, bool writable);
  unsigned read_weights(Payload& payload) const;
  void raise_interrupt();

  // A payload whose command goes on.
  struct Asked {
    std::uint64_t number;  // of the command
    Payload* payload;
  };
  TileEngine& engine_;
  Ledger& ledger_;
  RegisterFile registers_;
  std::deque<Asked> asked_;
  Picoseconds access_time_;
  double access_energy_;
  AccountId access_{};
  sc_core::sc_event interrupt_due_;
};

}  // namespace dwmtj
