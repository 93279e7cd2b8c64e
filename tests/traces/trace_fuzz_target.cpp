// SPDX-License-Identifier: Apache-2.0
#include "tests/traces/trace_fuzz_target.h"

#include "common/input_error.h"
#include "tests/support/require.h"
#include "tests/support/temporary_folder.h"
#include "traces/trace_reader.h"

namespace dwmtj {
namespace {

constexpr std::uint32_t kTiles = 8;

using test::require;

void require_round_trip(const TraceEntry& entry) {
  std::string line;
  append_trace_line(entry, line);
  TraceEntry again;
  parse_trace_line(line, kTiles, again);
  require(again == entry, "an entry that changes on its way");
}

}  // namespace

void fuzz_trace(const std::string& bytes) {
  static const TemporaryFolder kFolder;
  const auto file = kFolder.write("a.trace", bytes);
  try {
    TraceReader reader(file, kTiles);
    for (TraceEntry entry; reader.next(entry);) require_round_trip(entry);
  } catch (const InputError& error) {
    const std::string message = error.what();
    require(message.rfind(file.string() + ":", 0) == 0, "a message without its file");
    for (const char c : message) require(c < 0 || c >= ' ', "a control character in a message");
  }
}

}  // namespace dwmtj
