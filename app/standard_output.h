// SPDX-License-Identifier: Apache-2.0
// The standard output of this program, and of those that it starts, shut for a while or for good.
#pragma once

namespace dwmtj {

// What is printed from here on is lost.
void shut_standard_output();
// As it was before it was shut, if it was.
void reopen_standard_output();

}  // namespace dwmtj
