// SPDX-License-Identifier: Apache-2.0
// A target that does one job at a time, as its registers say, and raises an interrupt at its end.
#pragma once

#include "architecture/chip_parameters.h"
#include "chip/job_registers.h"
#include "ledger/ledger.h"
#include "tlm/timed_target.h"

namespace dwmtj {

class JobModule : public TimedTarget {
 public:
  sc_core::sc_out<bool> interrupt;

 protected:
  // Opens a component of the module's name. `start_register`: whose write starts a job.
  JobModule(sc_core::sc_module_name name, const RegisterParameters& access, Ledger& ledger,
            const std::string& description, Power leakage, std::uint64_t start_register);
  AccountId add_account(const std::string& action) {
    return ledger_.add_account(component_, action);
  }
  void post(AccountId account, Picoseconds start, Picoseconds duration, double joules,
            std::uint64_t count = 1, CommandId command = {});

  // Begins the job that the registers describe; it must call end_job() once.
  virtual void start_job(Picoseconds time) = 0;
  void end_job(Picoseconds time, bool failed);
  [[nodiscard]] const JobRegisters& registers() const { return registers_; }
  // Memory behind the registers: where `length` bytes from `address` on are, as they are at `time`;
  // null: nothing there.
  virtual unsigned char* window(std::uint64_t, std::uint64_t, Picoseconds) { return nullptr; }

 private:
  SC_HAS_PROCESS(JobModule);
  // TimedTarget
  Picoseconds perform(tlm::tlm_generic_payload& payload, Picoseconds time) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;

  void access_job_register(tlm::tlm_generic_payload& payload, Picoseconds time);
  void raise_interrupt();

  JobRegisters registers_;
  Picoseconds access_time_;
  double access_energy_;  // J
  Ledger& ledger_;
  ComponentId component_;
  AccountId access_;
  sc_core::sc_event interrupt_due_;
};

}  // namespace dwmtj
