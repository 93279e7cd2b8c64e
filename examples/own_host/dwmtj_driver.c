/* SPDX-License-Identifier: Apache-2.0 */
#include "dwmtj_driver.h"

#include "dwmtj_registers.h"

/* Windows hold 16-bit entries; the bus takes two at a time. */
static void write_window(uint64_t address, const int16_t* data, unsigned length) {
  for (unsigned i = 0; i < length; i += 2) {
    const uint32_t low = (uint16_t)data[i];
    const uint32_t high = i + 1 < length ? (uint16_t)data[i + 1] : 0;
    dwmtj_write32(address + 2 * (uint64_t)i, low | high << 16);
  }
}

static void read_window(uint64_t address, int16_t* data, unsigned length) {
  for (unsigned i = 0; i < length; i += 2) {
    const uint32_t word = dwmtj_read32(address + 2 * (uint64_t)i);
    data[i] = (int16_t)(word & 0xFFFF);
    if (i + 1 < length) data[i + 1] = (int16_t)(word >> 16);
  }
}

static int interrupts = 0;

void dwmtj_use_interrupts(int use) { interrupts = use; }

static void start(uint64_t tile, uint32_t op) {
  dwmtj_write32(tile + DWMTJ_TILE_CONTROL, interrupts ? 1 : 0);
  if (interrupts) dwmtj_write32(tile + DWMTJ_TILE_INTERRUPT, 1); /* what stands from before */
  dwmtj_write32(tile + DWMTJ_TILE_COMMAND, op);
  if (interrupts) dwmtj_wait_for_interrupt(tile);
}

static uint32_t run(uint64_t tile, uint32_t op, unsigned row, unsigned side, const int16_t* data,
                    unsigned length) {
  uint32_t status;
  write_window(tile + DWMTJ_TILE_INPUT_WINDOW, data, length);
  dwmtj_write32(tile + DWMTJ_TILE_ROW, row);
  dwmtj_write32(tile + DWMTJ_TILE_SIDE, side);
  dwmtj_write32(tile + DWMTJ_TILE_LENGTH, length);
  start(tile, op);
  do {
    status = dwmtj_read32(tile + DWMTJ_TILE_STATUS);
  } while (status & DWMTJ_TILE_BUSY);
  return status >> 8 & 0xFF;
}

uint64_t dwmtj_tile(unsigned i) { return DWMTJ_CHIP_TILES + i * (uint64_t)DWMTJ_CHIP_TILE_STRIDE; }

int dwmtj_tile_probe(uint64_t tile, unsigned* rows, unsigned* columns) {
  uint32_t shape;
  if (dwmtj_read32(tile + DWMTJ_TILE_ID) != DWMTJ_TILE_ID_VALUE) return 0;
  shape = dwmtj_read32(tile + DWMTJ_TILE_SHAPE);
  *rows = shape & 0xFFFF;
  *columns = shape >> 16;
  return 1;
}

uint32_t dwmtj_tile_program(uint64_t tile, unsigned row, unsigned side, const int16_t* levels,
                            unsigned columns) {
  return run(tile, DWMTJ_TILE_OP_PROGRAM, row, side, levels, columns);
}

uint32_t dwmtj_tile_read(uint64_t tile, unsigned row, unsigned side, int16_t* levels,
                         unsigned columns) {
  const uint32_t status = run(tile, DWMTJ_TILE_OP_READ, row, side, levels, 0);
  read_window(tile + DWMTJ_TILE_OUTPUT_WINDOW, levels, columns);
  return status;
}

uint32_t dwmtj_tile_multiply(uint64_t tile, const int16_t* inputs, unsigned rows, int16_t* signs,
                             unsigned columns) {
  const uint32_t status = run(tile, DWMTJ_TILE_OP_MULTIPLY, 0, 0, inputs, rows);
  read_window(tile + DWMTJ_TILE_OUTPUT_WINDOW, signs, columns);
  return status;
}
