// SPDX-License-Identifier: Apache-2.0
// The inputs of a matrix-vector product as one bus: -1, 0 or +1 times the read voltage a row.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace sc_core {
class sc_trace_file;
}

namespace dwmtj {

struct RowInputs {
  std::vector<std::int16_t> signs;  // empty: the decoder's row is read, single-ended
};

inline bool operator==(const RowInputs& a, const RowInputs& b) { return a.signs == b.signs; }
inline std::ostream& operator<<(std::ostream& stream, const RowInputs& inputs) {
  return stream << inputs.signs.size() << " inputs";
}
// Waveforms go through Probe; sc_signal only wants this to exist.
inline void sc_trace(sc_core::sc_trace_file*, const RowInputs&, const std::string&) {}

}  // namespace dwmtj
