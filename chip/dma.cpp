// SPDX-License-Identifier: Apache-2.0
#include "chip/dma.h"

#include <algorithm>

#include "common/sim_time.h"

namespace dwmtj {

using namespace chip_map;

Dma::Dma(sc_core::sc_module_name name, const DmaParameters& parameters,
         const RegisterParameters& access, Ledger& ledger, TlmTiming timing)
    : JobModule(name, access, ledger, "direct memory access", parameters.leakage, kStart),
      port("port", timing),
      parameters_(parameters),
      burst_(add_account("burst")),
      data_(static_cast<std::size_t>(parameters.burst)) {
  SC_THREAD(run);
}

void Dma::start_job(Picoseconds time) { started_.notify(to_sc_time(time - now_ps())); }

void Dma::run() {
  for (;;) {
    wait(started_);
    keeper_.reset();
    const bool copied = copy();
    end_job(to_picoseconds(keeper_.get_current_time()), !copied);
  }
}

bool Dma::copy() {
  const std::uint64_t source = registers().wide(kSourceLow);
  const std::uint64_t destination = registers().wide(kDestinationLow);
  const std::uint32_t bytes = registers().word(kBytes);
  for (std::uint32_t done = 0; done < bytes;) {
    const auto length = std::min(bytes - done, static_cast<std::uint32_t>(parameters_.burst));
    post(burst_, to_picoseconds(keeper_.get_current_time()), 0, in_si(parameters_.burst_energy));
    if (!transfer(tlm::TLM_READ_COMMAND, source + done, length) ||
        !transfer(tlm::TLM_WRITE_COMMAND, destination + done, length)) {
      return false;
    }
    done += length;
  }
  return true;
}

bool Dma::transfer(tlm::tlm_command command, std::uint64_t address, unsigned length) {
  auto& payload = port.pool.make(command, address, data_.data(), length);
  auto local = keeper_.get_local_time();
  port.transport(payload, local, *this);
  keeper_.set(local);
  const bool fine = payload.is_response_ok();
  payload.release();
  if (port.timing() == TlmTiming::lt && keeper_.need_sync()) keeper_.sync();
  return fine;
}

}  // namespace dwmtj
