// SPDX-License-Identifier: Apache-2.0
// SystemC wants to own the program, but most commands have no use for it: it is started for those
// that simulate.
#pragma once

#include <functional>

namespace dwmtj {

// Calls `work` as the sc_main() of SystemC, once in a process. Its exceptions come through.
void run_in_systemc(const std::function<void()>& work);

}  // namespace dwmtj
