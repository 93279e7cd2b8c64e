// SPDX-License-Identifier: Apache-2.0
// Ctrl-C as a question long work asks between steps, so that what is finished is kept.
#pragma once

namespace dwmtj {

// Catches SIGINT and SIGTERM from now on; a second signal ends the program at once.
void catch_interrupts();

[[nodiscard]] bool interrupted();

// The exit status of a run that was interrupted (128 + SIGINT, as a shell expects).
inline constexpr int kInterruptedStatus = 130;

}  // namespace dwmtj
