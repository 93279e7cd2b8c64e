// SPDX-License-Identifier: Apache-2.0
#include "common/vector_units.h"

namespace dwmtj {

VectorUnit widest_vector_unit() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")) {
    return VectorUnit::avx512;
  }
  if (__builtin_cpu_supports("avx2")) return VectorUnit::avx2;
#endif
  return VectorUnit::none;
}

}  // namespace dwmtj
