// SPDX-License-Identifier: Apache-2.0
// A processor of one's own at our chip: any initiator of TLM-2.0 will do. This one runs firmware in
// C, whose loads and stores become transactions. Asks the tiles whether they are done, or
// (own_host interrupts) sleeps until they say so.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>

#include "architecture/chip_catalog.h"
#include "chip/chip.h"
#include "dwmtj_driver.h"
#include "dwmtj_registers.h"
#include "firmware.h"
#include "tile/misreading.h"

using namespace dwmtj;

constexpr std::uint64_t kSeed = 1;

class Processor : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<Processor> socket{"socket"};

  Processor(sc_core::sc_module_name name, unsigned tiles) : sc_module(name), tiles_(tiles) {
    SC_HAS_PROCESS(Processor);
    current = this;
    SC_THREAD(run);
  }

  std::uint32_t access(tlm::tlm_command command, std::uint64_t address, std::uint32_t value) {
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(sizeof value);
    payload.set_streaming_width(sizeof value);
    payload.set_byte_enable_ptr(nullptr);
    payload.set_dmi_allowed(false);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    sc_core::sc_time delay;
    socket->b_transport(payload, delay);
    wait(delay);
    if (!payload.is_response_ok())
      throw std::runtime_error("bus error: " + payload.get_response_string());
    ++accesses;
    return value;
  }

  // Until the tile's line is up.
  void sleep(std::uint64_t tile) {
    const auto& line = chip->tile_line((tile - DWMTJ_CHIP_TILES) / DWMTJ_CHIP_TILE_STRIDE);
    while (!line.read()) wait(line.posedge_event());
  }

  const Chip* chip = nullptr;  // whose interrupts these are
  int mistakes = 0;
  unsigned beside = 0;  // cells read one level off, by the noise of a reading
  unsigned accesses = 0;
  static inline Processor* current = nullptr;  // whose loads and stores these are

 private:
  void run() {
    for (unsigned i = 0; i < tiles_; ++i) mistakes += firmware(i, &beside);
    sc_core::sc_stop();
  }
  unsigned tiles_;
};

std::uint32_t dwmtj_read32(std::uint64_t address) {
  return Processor::current->access(tlm::TLM_READ_COMMAND, address, 0);
}
void dwmtj_write32(std::uint64_t address, std::uint32_t value) {
  Processor::current->access(tlm::TLM_WRITE_COMMAND, address, value);
}

// How many cells a reading takes for their neighbours, by the noise of its law: of each cell as it
// is.
struct Expected {
  double cells = 0.0;
  double variance = 0.0;
};
Expected expected_beside(const Chip& chip, const TileParameters& tile, const DeviceModel& device) {
  Expected expected;
  for (std::size_t i = 0; i < chip.tiles(); ++i) {
    const auto& array = chip.tile(i).array();
    const auto columns = static_cast<std::size_t>(array.shape().columns);
    const Misreading law(tile, device, array.shape().columns, kSeed, i * columns);
    for (std::size_t cell = 0; cell < array.devices().size(); ++cell) {
      const double chance = law.chance(array.conductance(cell), array.devices().site(cell),
                                       static_cast<int>(cell % columns));
      expected.cells += chance;
      expected.variance += chance * (1.0 - chance);
    }
  }
  return expected;
}

void dwmtj_wait_for_interrupt(std::uint64_t tile) { Processor::current->sleep(tile); }

int sc_main(int argc, char** argv) {
  dwmtj_use_interrupts(argc > 1 && std::strcmp(argv[1], "interrupts") == 0 ? 1 : 0);
  const auto parameters = ChipParameters::load(find_chip("bus-4"));
  const auto tile = TileParameters::load(find_tile("trapezoidal"));
  const DeviceModel device(tile.load_device());
  Ledger ledger;
  Chip chip("chip", parameters, tile, device, ledger, {TlmTiming::lt, kSeed});
  Processor processor("processor", static_cast<unsigned>(chip.tiles()));
  processor.chip = &chip;
  chip.admit(processor.socket);
  sc_core::sc_start();
  const auto expected = expected_beside(chip, tile, device);
  std::printf(
      "%d mistakes, %u cells read one level off (%.2f expected), %u accesses, %s, %.4g nJ\n",
      processor.mistakes, processor.beside, expected.cells, processor.accesses,
      sc_core::sc_time_stamp().to_string().c_str(), 1e9 * in_si(ledger.posted()));
  const double off = std::abs(processor.beside - expected.cells);
  const bool lawful = off <= 4.0 * std::sqrt(expected.variance) + 0.5;  // of whole cells
  return processor.mistakes == 0 && lawful ? 0 : 1;
}
