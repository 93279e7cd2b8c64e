// SPDX-License-Identifier: Apache-2.0
// A real tile, recorded into real files: what the record says is what the tile and its ledger say.
#include <gmock/gmock.h>

#include "common/sim_time.h"
#include "recording/perfetto_sink.h"
#include "recording/sqlite_sink.h"
#include "tests/recording/database_reader.h"
#include "tests/recording/recorded_path.h"
#include "tests/recording/timeline_check.h"
#include "tests/support/temporary_folder.h"
#include "tests/tlm/tlm_tile_bench.h"

namespace dwmtj::test {
namespace {

using sc_core::sc_time;
using testing::ElementsAre;

// Commands one after another, each by a payload of its own, in both styles.
struct TileHost : ScriptedInitiator {
  std::deque<GoodPayload> payloads;
  std::deque<CommandExtension> extensions;

  explicit TileHost(const sc_core::sc_module_name& name) : ScriptedInitiator(name) {
    on_phase = [](Payload&, tlm::tlm_phase& phase, sc_time&) {
      return phase == tlm::BEGIN_RESP ? tlm::TLM_COMPLETED : tlm::TLM_ACCEPTED;
    };
  }
  ~TileHost() override {
    for (std::size_t i = 0; i < payloads.size(); ++i) payloads[i].clear_extension(&extensions[i]);
  }
  TileHost(const TileHost&) = delete;
  TileHost& operator=(const TileHost&) = delete;
  GoodPayload& command(const TileCommand& command) {
    GoodPayload& payload = payloads.emplace_back();
    payload.set_address(tile_map::kCommand);
    extensions.emplace_back().command = command;
    payload.set_extension(&extensions.back());
    return payload;
  }
  void blocking(const TileCommand& wanted, sc_time& delay) {
    socket->b_transport(command(wanted), delay);
  }
  void in_phases(const TileCommand& wanted) {
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_time delay;
    socket->nb_transport_fw(command(wanted), phase, delay);
  }
};

struct RecordedTile {
  Ledger ledger;
  TileHost host;
  TlmTile tile;
  ProtocolChecker checker;
  std::unique_ptr<TransactionRecorder> recorder;
  sc_core::sc_signal<bool> interrupt;

  RecordedTile(const std::string& number, Recording& recording)
      : host(("host" + number).c_str()),
        tile(("tile" + number).c_str(), tile_parameters(), catalog_model(kTrapezoid), ledger,
             tile_options()),
        checker(("checker" + number).c_str()) {
    recorder = bind_recorded(&recording, host.socket, checker.target);
    checker.initiator.bind(tile.socket);
    tile.interrupt.bind(interrupt);
  }
};

const TileCommand kPulse{TileOp::pulse, 1, Side::minus, {3, kSkip, 2}};
const TileCommand kRead{TileOp::read, 1, Side::minus, {}};
const TileCommand kIllegal{TileOp::read, 99, Side::plus, {}};

void run(RecordedTile& bench) {
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  sc_time delay;
  bench.host.blocking(kPulse, delay);
  bench.host.blocking(kIllegal, delay);
  sc_core::sc_start(delay);
  bench.host.in_phases(kRead);
  sc_core::sc_start(1, sc_core::SC_PS);  // accepted
  bench.host.in_phases(kRead);
  sc_core::sc_start();
}

SYSTEMC_TEST(RecordedTile, TheFileSaysWhatTheTileDid) {
  const TemporaryFolder folder;
  const auto file = folder / "transactions.sqlite";
  SqliteSink sink(file);
  Recording recording(sink);
  RecordedTile bench("0", recording);
  run(bench);
  recording.finish(now_ps());
  EXPECT_THAT(query(file, "SELECT command, row, side, command_status, status FROM transactions"),
              ElementsAre("pulse|1|minus|ok|ok", "read|99|plus|row out of range|ok",
                          "read|1|minus|ok|ok", "read|1|minus|ok|ok"));
  EXPECT_NEAR(std::stod(one(file, "SELECT sum(energy_J) FROM transactions")),
              in_si(bench.ledger.posted()), 1e-9 * in_si(bench.ledger.posted()));
  std::vector<std::string> ends;
  for (const auto& extension : bench.host.extensions) {
    ends.push_back(std::to_string(extension.completed));
  }
  EXPECT_EQ(query(file, "SELECT end_ps FROM transactions ORDER BY id"), ends);
}

// The same at every run, and a timeline of what overlaps.
SYSTEMC_TEST(RecordedTile, TwoSimulationsInOneProcess) {
  const TemporaryFolder folder;
  {
    std::array<PerfettoSink, 2> sinks{PerfettoSink(folder / "0"), PerfettoSink(folder / "1")};
    std::array<Recording, 2> recordings{Recording(sinks[0]), Recording(sinks[1])};
    std::array<RecordedTile, 2> benches{RecordedTile("0", recordings[0]),
                                        RecordedTile("1", recordings[1])};
    for (auto& bench : benches) bench.host.in_phases(kRead);
    sc_core::sc_start();
    for (auto& bench : benches) bench.host.in_phases(kRead);
    sc_core::sc_start();
    for (auto& recording : recordings) recording.finish(now_ps());
  }
  const auto anonymous = [&](const std::string& name) {
    std::string text = read_text(folder / name);
    const auto number = text.find("checker" + name);
    return text.replace(number + 7, 1, "N");
  };
  EXPECT_EQ(anonymous("0"), anonymous("1"));
  expect_valid_timeline(Json::parse(read_text(folder / "0")));
}

SYSTEMC_TEST(RecordedTile, AFullDiskDoesNotDisturbTheSimulation) {
  const TemporaryFolder folder;
  SqliteOptions options;
  options.batch = 10;
  options.most_bytes = 40000;
  SqliteSink sink(folder / "transactions.sqlite", options);
  Recording recording(sink);
  RecordedTile bench("0", recording);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  sc_time delay;
  for (int i = 0; i < 2000; ++i) bench.host.blocking(kRead, delay);
  EXPECT_EQ(bench.host.extensions.back().result.status, TileStatus::ok);
  EXPECT_NE(recording.failure(), "");
  EXPECT_THROW(recording.finish(0), DiskFullError);
}

}  // namespace
}  // namespace dwmtj::test
