/* SPDX-License-Identifier: Apache-2.0 */
/* A driver of dwmtj's tiles as firmware has it: registers and windows, no operating system, no
 * memory of its own. */
#ifndef DWMTJ_DRIVER_H
#define DWMTJ_DRIVER_H

#include <stdint.h>  // NOLINT(modernize-deprecated-headers): this is C

#ifdef __cplusplus
extern "C" {
#endif

/* The bus, from whoever links the driver. On hardware: *(volatile uint32_t*)address. */
uint32_t dwmtj_read32(uint64_t address);
void dwmtj_write32(uint64_t address, uint32_t value);

/* Returns when the tile at this address raises its interrupt, or has. On hardware: wfi, and a
 * handler. */
void dwmtj_wait_for_interrupt(uint64_t tile);

/* How the end of a command is learnt: 0, as at first, by asking for STATUS; else by interrupt. */
void dwmtj_use_interrupts(int use);

/* Where tile number i begins. */
uint64_t dwmtj_tile(unsigned i);

/* 0 where no tile of ours answers. */
int dwmtj_tile_probe(uint64_t tile, unsigned* rows, unsigned* columns);

/* Each waits until the command is done and returns its DWMTJ_TILE_STATUS_... */
uint32_t dwmtj_tile_program(uint64_t tile, unsigned row, unsigned side, const int16_t* levels,
                            unsigned columns);
uint32_t dwmtj_tile_read(uint64_t tile, unsigned row, unsigned side, int16_t* levels,
                         unsigned columns);
uint32_t dwmtj_tile_multiply(uint64_t tile, const int16_t* inputs, unsigned rows, int16_t* signs,
                             unsigned columns);

#ifdef __cplusplus
}
#endif

#endif
