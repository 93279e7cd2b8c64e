// SPDX-License-Identifier: Apache-2.0
#include "chip/job_registers.h"

namespace dwmtj {

using namespace chip_map;

bool JobRegisters::read(std::uint64_t address, Picoseconds time, std::uint32_t& value) {
  if (address >= kEndOfRegisters || starts(address)) return false;
  retire(time);
  words_[kStatus / 4] = busy(time) ? kBusy : failed_ ? kFailed : 0;
  value = word(address);
  return true;
}

bool JobRegisters::write(std::uint64_t address, Picoseconds time, std::uint32_t value) {
  if (address >= kEndOfRegisters || address == kStatus) return false;
  retire(time);
  if (starts(address) && busy(time)) return false;
  if (address == kInterrupt) {
    words_[kInterrupt / 4] &= ~value;
  } else {
    words_[address / 4] = value;
  }
  running_ = running_ || starts(address);
  return true;
}

void JobRegisters::end(Picoseconds time, bool failed) {
  running_ = false;
  pending_ = true;
  failed_ = failed;
  end_ = time;
}

bool JobRegisters::interrupt(Picoseconds time) {
  retire(time);
  return (word(kControl) & 1U) != 0 && word(kInterrupt) != 0;
}

void JobRegisters::retire(Picoseconds time) {
  if (!pending_ || time < end_) return;
  pending_ = false;
  words_[kInterrupt / 4] = 1;
}

}  // namespace dwmtj
