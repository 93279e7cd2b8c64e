// SPDX-License-Identifier: Apache-2.0
// Removes from a network what the weights can take over, and what no output depends on, and puts
// the rest in an order that does not depend on that of the file.
#pragma once

#include "networks/network.h"

namespace dwmtj {

// Scales go into the weights before them, else into those behind, else into each other; zero
// padding goes into convolutions. The network computes the same.
void simplify(Network& network);

}  // namespace dwmtj
