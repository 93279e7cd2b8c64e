// SPDX-License-Identifier: Apache-2.0
// What a chip has besides its tiles' circuits, as an architecture file describes it (format:
// docs/architecture/chip_parameters.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "architecture/interconnect_parameters.h"
#include "common/parameter_file.h"
#include "common/units.h"

namespace dwmtj {

// Of every register and window access, in every module.
struct RegisterParameters {
  Time access_time;
  Energy access_energy;
};

// Identical tiles, `per_router` at each router from `first_router` on.
struct TileSetParameters {
  int count;
  int first_router;
  int per_router;
  std::filesystem::path file;  // of the tile
  int rows;
  int columns;

  [[nodiscard]] int router_of(int index) const { return first_router + index / per_router; }
};

struct BufferParameters {
  int router;
  std::int64_t bytes;
  Time latency;
  int width;  // bytes a cycle
  Time cycle;
  Energy byte_energy;
  Power leakage;
};

struct DmaParameters {
  int router;
  int burst;            // bytes of one transaction, at most
  Energy burst_energy;  // of its own control, each
  Power leakage;
};

struct DigitalParameters {
  int router;
  int entries;  // of the scratch memory, 32 bit each
  int lanes;    // entries worked on in one cycle
  Time cycle;
  Energy operation_energy;  // of one entry
  Power leakage;
};

struct ChipParameters {
  std::string name;
  std::string title;
  std::filesystem::path file;
  InterconnectParameters interconnect;
  RegisterParameters registers;
  int host_router;
  TileSetParameters tiles;
  BufferParameters buffer;
  DmaParameters dma;
  DigitalParameters digital;

  std::vector<Constant> constants;
  std::string effective;  // all of it as one YAML document

  // Throws InputError: file:line, key, what was expected.
  static ChipParameters load(const std::filesystem::path& file,
                             const ParameterOverrides& overrides = {});
};

}  // namespace dwmtj
