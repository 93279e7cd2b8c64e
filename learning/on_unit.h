// SPDX-License-Identifier: Apache-2.0
// One loop, compiled for each vector unit: the DWMTJ_INLINE function that is named is put into a
// function of the unit.
#pragma once

#include "common/vector_units.h"

namespace dwmtj {

template <auto Kernel, typename... Arguments>
DWMTJ_AVX512 void on_avx512(Arguments... arguments) {
  Kernel(arguments...);
}
template <auto Kernel, typename... Arguments>
DWMTJ_AVX2 void on_avx2(Arguments... arguments) {
  Kernel(arguments...);
}

template <auto Kernel, typename... Arguments>
void on_unit(VectorUnit unit, Arguments... arguments) {
  if (unit == VectorUnit::avx512) return on_avx512<Kernel>(arguments...);
  if (unit == VectorUnit::avx2) return on_avx2<Kernel>(arguments...);
  Kernel(arguments...);
}

}  // namespace dwmtj
