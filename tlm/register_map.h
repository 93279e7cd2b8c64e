// SPDX-License-Identifier: Apache-2.0
// The address map of a tile: 32-bit registers and windows (docs/tlm/register_map.md).
#pragma once

#include <cstdint>

namespace dwmtj::tile_map {

using Address = std::uint64_t;

inline constexpr Address kId = 0x000;       // RO: kIdValue
inline constexpr Address kShape = 0x004;    // RO: rows in the low, columns in the high half
inline constexpr Address kLevels = 0x008;   // RO: levels of a device
inline constexpr Address kStatus = 0x00C;   // RO: see below
inline constexpr Address kControl = 0x010;  // RW: bit 0 enables the interrupt
inline constexpr Address kRow = 0x014;      // RW: of the next command
inline constexpr Address kSide = 0x018;     // RW: 0 plus, 1 minus
inline constexpr Address kCommand = 0x01C;  // WO: a TileOp; queues it with row, side and input
inline constexpr Address kLength = 0x020;   // RW: entries of the input window for the next command
// RO: posted by this tile so far, in aJ; reading the low half latches both.
inline constexpr Address kEnergyLow = 0x024;
inline constexpr Address kEnergyHigh = 0x028;
// RO: completion of the last finished command, in ps; latches like the energy.
inline constexpr Address kTimeLow = 0x02C;
inline constexpr Address kTimeHigh = 0x030;
inline constexpr Address kDone = 0x034;       // RO: commands finished
inline constexpr Address kFailed = 0x038;     // RO: of these, how many were not answered with ok
inline constexpr Address kInterrupt = 0x03C;  // RW: 1 until a finished command is noticed; 1 clears
inline constexpr Address kBits = 0x040;       // RW: of a result of the next multiply; starts at 1
inline constexpr Address kEndOfRegisters = 0x044;

inline constexpr std::uint32_t kIdValue = 0x44574D54;  // "DWMT"

// kStatus: bit 0 busy, bit 1 queue full, bits 8-15 TileStatus of the last finished command, bits
// 16-23 commands in the queue.
inline constexpr std::uint32_t kBusy = 1U << 0U;
inline constexpr std::uint32_t kQueueFull = 1U << 1U;

// Windows of 16-bit entries.
inline constexpr Address kInputWindow = 0x1000;   // plain memory, direct access granted
inline constexpr Address kOutputWindow = 0x3000;  // read-only; as of the time of the access
inline constexpr Address kWindowBytes = 0x2000;

// One byte a device, [row][side][column]: its site. There is no such path in hardware: only the
// debug transport reads it.
inline constexpr Address kWeightWindow = 0x10000;

inline constexpr unsigned kQueueDepth = 16;

}  // namespace dwmtj::tile_map
