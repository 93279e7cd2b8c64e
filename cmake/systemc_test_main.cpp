// SPDX-License-Identifier: Apache-2.0
// The main program of the tests that link SystemC, whose library owns main() and calls sc_main().
#include <gtest/gtest.h>
#include <systemc>

int sc_main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
