// SPDX-License-Identifier: Apache-2.0
// Where GTKWave's writer of FST was not there to build with.
#include <fmt/format.h>

#include "common/input_error.h"
#include "waveforms/waveform_sink.h"

namespace dwmtj {

std::unique_ptr<WaveformSink> make_fst_sink(const std::filesystem::path& file) {
  throw InputError(fmt::format(
      "{}: this build does not write FST; install the package verilator and build again",
      file.string()));
}

}  // namespace dwmtj
