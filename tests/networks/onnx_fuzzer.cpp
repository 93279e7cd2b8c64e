// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#include "tests/networks/onnx_fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dwmtj::fuzz_onnx({reinterpret_cast<const char*>(data), size});
  return 0;
}
