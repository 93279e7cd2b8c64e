/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FIRMWARE_H
#define FIRMWARE_H

#ifdef __cplusplus
extern "C" {
#endif

/* Answers that were not as expected; -1 where there is no tile of this number. */
int firmware(unsigned number);

#ifdef __cplusplus
}
#endif

#endif
