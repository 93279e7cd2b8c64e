// SPDX-License-Identifier: Apache-2.0
// Where on a chip's address map its modules are, and the registers of those that are not tiles
// (docs/chip/chip_map.md; tiles: docs/tlm/register_map.md).
#pragma once

#include <cstdint>

namespace dwmtj::chip_map {

inline constexpr std::uint64_t kBuffer = 0;
inline constexpr std::uint64_t kMostBufferBytes = 0x4000'0000;
inline constexpr std::uint64_t kDma = 0x4000'0000;
inline constexpr std::uint64_t kDigital = 0x5000'0000;
inline constexpr std::uint64_t kTiles = 0x1'0000'0000;
inline constexpr std::uint64_t kTileStride = 0x40'0000;

inline constexpr std::uint64_t tile(std::uint64_t index) { return kTiles + index * kTileStride; }

// Registers of 32 bit, relative to kDma or kDigital. Both share the first three.
inline constexpr std::uint64_t kStatus = 0x00;   // RO: bit 0 busy, bit 1 the last operation failed
inline constexpr std::uint64_t kControl = 0x04;  // RW: bit 0 enables the interrupt
inline constexpr std::uint64_t kInterrupt = 0x08;  // RW: 1 when an end is news; writing 1 clears it
// The DMA.
inline constexpr std::uint64_t kSourceLow = 0x10;  // RW: an address of the chip, as the next three
inline constexpr std::uint64_t kSourceHigh = 0x14;
inline constexpr std::uint64_t kDestinationLow = 0x18;
inline constexpr std::uint64_t kDestinationHigh = 0x1C;
inline constexpr std::uint64_t kBytes = 0x20;  // RW
inline constexpr std::uint64_t kStart = 0x24;  // WO: any value starts the copy
// The digital unit: operands are entries of its scratch memory.
inline constexpr std::uint64_t kLeft = 0x10;         // RW: first entry
inline constexpr std::uint64_t kRight = 0x14;        // RW
inline constexpr std::uint64_t kDestination = 0x18;  // RW
inline constexpr std::uint64_t kLength = 0x1C;       // RW: entries
inline constexpr std::uint64_t kOperand = 0x20;      // RW: immediate
inline constexpr std::uint64_t kOperation = 0x24;    // WO: a DigitalOp; starts it
inline constexpr std::uint64_t kEndOfRegisters = 0x28;

inline constexpr std::uint64_t kScratch = 0x10'0000;  // of the digital unit: 32-bit entries

inline constexpr std::uint32_t kBusy = 1U << 0U;
inline constexpr std::uint32_t kFailed = 1U << 1U;

}  // namespace dwmtj::chip_map
