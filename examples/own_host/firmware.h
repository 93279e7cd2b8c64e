/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FIRMWARE_H
#define FIRMWARE_H

#ifdef __cplusplus
extern "C" {
#endif

/* Answers that were not as expected; -1 where there is no tile of this number. Cells that were read
 * one level beside what was written are added to *beside. */
int firmware(unsigned number, unsigned* beside);

#ifdef __cplusplus
}
#endif

#endif
