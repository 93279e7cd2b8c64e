/* SPDX-License-Identifier: Apache-2.0 */
/* Firmware: writes +1 and -1 in turn to all pairs of a tile, reads them back, and multiplies by
 * inputs of +1 and of -1. */
#include "firmware.h"

#include "dwmtj_driver.h"
#include "dwmtj_registers.h"

enum { MOST = 64, HIGH = 3, LOW = 1 };

/* +1 in even columns, -1 in odd ones. */
static int is_positive(unsigned column) { return column % 2 == 0; }

/* A level beside the one written: the reading's noise, at a cell on the edge of two levels. */
static int is_beside(int16_t read, int16_t written) {
  return read == written - 1 || read == written + 1;
}

static unsigned program(uint64_t tile, unsigned rows, unsigned columns, unsigned* beside) {
  int16_t levels[MOST], back[MOST];
  unsigned mistakes = 0;
  for (unsigned row = 0; row < rows; ++row) {
    for (unsigned side = 0; side < 2; ++side) {
      for (unsigned i = 0; i < columns; ++i) levels[i] = is_positive(i) == (side == 0) ? HIGH : LOW;
      mistakes += dwmtj_tile_program(tile, row, side, levels, columns) != DWMTJ_TILE_STATUS_OK;
      mistakes += dwmtj_tile_read(tile, row, side, back, columns) != DWMTJ_TILE_STATUS_OK;
      for (unsigned i = 0; i < columns; ++i) {
        *beside += is_beside(back[i], levels[i]);
        mistakes += back[i] != levels[i] && !is_beside(back[i], levels[i]);
      }
    }
  }
  return mistakes;
}

static unsigned multiply(uint64_t tile, unsigned rows, unsigned columns, int16_t input) {
  int16_t inputs[MOST], signs[MOST];
  unsigned mistakes = 0;
  for (unsigned i = 0; i < rows; ++i) inputs[i] = input;
  mistakes += dwmtj_tile_multiply(tile, inputs, rows, signs, columns) != DWMTJ_TILE_STATUS_OK;
  for (unsigned i = 0; i < columns; ++i)
    mistakes += (signs[i] > 0) != (is_positive(i) == (input > 0));
  return mistakes;
}

int firmware(unsigned number, unsigned* beside) {
  const uint64_t tile = dwmtj_tile(number);
  unsigned rows, columns;
  if (!dwmtj_tile_probe(tile, &rows, &columns) || rows > MOST || columns > MOST) return -1;
  return (int)(program(tile, rows, columns, beside) + multiply(tile, rows, columns, 1) +
               multiply(tile, rows, columns, -1));
}
