// SPDX-License-Identifier: Apache-2.0
#include "chip/chip_host.h"

#include <stdexcept>

#include <fmt/format.h>

#include "tlm/register_map.h"

namespace dwmtj {

using namespace chip_map;

void ChipHost::transport(tlm::tlm_generic_payload& payload) {
  auto local = keeper_.get_local_time();
  port_.transport(payload, local, *this);
  keeper_.set(local);
  if (!payload.is_response_ok()) {
    throw std::runtime_error(fmt::format("address {:#x}: the bus says {}", payload.get_address(),
                                         payload.get_response_string()));
  }
  payload.release();
  pass(sc_core::SC_ZERO_TIME);
}

void ChipHost::pass(const sc_core::sc_time& time) {
  keeper_.inc(time);
  const bool at = port_.timing() == TlmTiming::at;
  if (at ? time > sc_core::SC_ZERO_TIME : keeper_.need_sync()) keeper_.sync();
}

void ChipHost::access(tlm::tlm_command command, std::uint64_t address, unsigned char* data,
                      unsigned bytes) {
  transport(port_.pool.make(command, base_ + address, data, bytes));
}

void ChipHost::write(std::uint64_t address, const void* data, unsigned bytes) {
  // A target does not change what is written.
  auto* const bytes_of_data = static_cast<unsigned char*>(const_cast<void*>(data));  // NOLINT
  access(tlm::TLM_WRITE_COMMAND, address, bytes_of_data, bytes);
}

void ChipHost::read(std::uint64_t address, void* data, unsigned bytes) {
  access(tlm::TLM_READ_COMMAND, address, static_cast<unsigned char*>(data), bytes);
}

void ChipHost::write_register(std::uint64_t address, std::uint32_t value) {
  write(address, &value, sizeof value);
}

std::uint32_t ChipHost::read_register(std::uint64_t address) {
  std::uint32_t value = 0;
  read(address, &value, sizeof value);
  return value;
}

TileResult ChipHost::run(std::uint64_t tile, const TileCommand& command) {
  auto& payload = port_.pool.make(command, base_ + chip_map::tile(tile));
  payload.acquire();
  transport(payload);
  TileResult result = payload.get_extension<CommandExtension>()->result;
  payload.release();
  return result;
}

void ChipHost::copy(std::uint64_t source, std::uint64_t destination, std::uint32_t bytes) {
  const auto low = [](std::uint64_t address) { return static_cast<std::uint32_t>(address); };
  const auto high = [](std::uint64_t address) {
    return static_cast<std::uint32_t>(address >> 32U);
  };
  write_register(kDma + kSourceLow, low(source));
  write_register(kDma + kSourceHigh, high(source));
  write_register(kDma + kDestinationLow, low(destination));
  write_register(kDma + kDestinationHigh, high(destination));
  write_register(kDma + kBytes, bytes);
  carry_out_job(kDma, chip_ != nullptr ? &chip_->dma_line() : nullptr, kStart, 1);
}

void ChipHost::operate(DigitalOp op, const Operands& operands) {
  write_register(kDigital + kLeft, operands.left);
  write_register(kDigital + kRight, operands.right);
  write_register(kDigital + kDestination, operands.destination);
  write_register(kDigital + kLength, operands.length);
  write_register(kDigital + kOperand, static_cast<std::uint32_t>(operands.operand));
  carry_out_job(kDigital, chip_ != nullptr ? &chip_->digital_line() : nullptr, kOperation,
                static_cast<std::uint32_t>(op));
}

void ChipHost::run_from_window(std::uint64_t tile, TileOp op, std::uint32_t length,
                               std::uint32_t row, Side side) {
  const std::uint64_t base = chip_map::tile(tile);
  write_register(base + tile_map::kRow, row);
  write_register(base + tile_map::kSide, static_cast<std::uint32_t>(side));
  write_register(base + tile_map::kLength, length);
  const Source source = {base + tile_map::kStatus, base + tile_map::kControl,
                         base + tile_map::kInterrupt,
                         chip_ != nullptr ? &chip_->tile_line(tile) : nullptr};
  carry_out(source, base + tile_map::kCommand, static_cast<std::uint32_t>(op));
}

// Starts a job and waits for its end; the last STATUS. An interrupt that stands from what was done
// before is cleared first.
std::uint32_t ChipHost::carry_out(const Source& source, std::uint64_t start, std::uint32_t value) {
  if (source.line == nullptr) {
    write_register(start, value);
    return wait_while_busy(source.status);
  }
  if (enabled_.insert(source.control).second) write_register(source.control, 1);
  write_register(source.interrupt, 1);
  write_register(start, value);
  synchronise();
  while (!source.line->read()) sc_core::wait(source.line->posedge_event());
  return read_register(source.status);
}

void ChipHost::carry_out_job(std::uint64_t module, const Chip::Line* line, std::uint64_t start,
                             std::uint32_t value) {
  const Source source = {module + kStatus, module + kControl, module + kInterrupt, line};
  if ((carry_out(source, module + start, value) & kFailed) != 0) {
    throw std::runtime_error("a job of the DMA or digital unit failed");
  }
}

// Loosely timed, a job may need the kernel's time to go on. Both busy bits are bit 0.
std::uint32_t ChipHost::wait_while_busy(std::uint64_t status_register) {
  static_assert(kBusy == tile_map::kBusy);
  synchronise();
  std::uint32_t status = read_register(status_register);
  while ((status & kBusy) != 0) {
    pass(poll);
    synchronise();
    status = read_register(status_register);
  }
  return status;
}

}  // namespace dwmtj
