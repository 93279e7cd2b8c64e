// SPDX-License-Identifier: Apache-2.0
// Loops compiled for several vector units, the widest of which is chosen when the program runs. A
// kernel is written once as DWMTJ_INLINE functions and called from one function for each unit; all
// give the same bits (plain arithmetic, nothing fused).
#pragma once

#define DWMTJ_INLINE [[gnu::always_inline]] inline

#if defined(__x86_64__)
#define DWMTJ_AVX2 [[gnu::target("avx2")]]
#define DWMTJ_AVX512 [[gnu::target("avx512f,avx512vl,avx512dq,avx512bw")]]
#else
#define DWMTJ_AVX2
#define DWMTJ_AVX512
#endif

namespace dwmtj {

enum class VectorUnit { none, avx2, avx512 };

// The widest of this machine.
VectorUnit widest_vector_unit();

}  // namespace dwmtj
