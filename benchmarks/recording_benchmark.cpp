// SPDX-License-Identifier: Apache-2.0
// What recording costs a transaction: nanoseconds, and the ratio to no recorder in the same run.
// Blocking: through a target that only copies 8 bytes and takes a nanosecond, and through a tile.
// SystemC owns main() and elaborates once, so this is a plain program: recording_benchmark [scale].
// Each line is the best of five runs; the files go to the temporary folder and are removed.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include "devices/catalog.h"
#include "recording/perfetto_sink.h"
#include "recording/sqlite_sink.h"
#include "recording/transaction_recorder.h"
#include "tlm/tlm_tile.h"

namespace {

using namespace dwmtj;
using Payload = tlm::tlm_generic_payload;

struct NullSink : TransactionSink {
  void stream(StreamId, const std::string&) override {}
  void record(const Transaction&) override {}
  void finish(Picoseconds) override {}
};

struct EmptyTarget : sc_core::sc_module {
  tlm_utils::simple_target_socket<EmptyTarget> socket{"socket"};
  std::array<unsigned char, 8> memory{};
  sc_core::sc_time access_time{1, sc_core::SC_NS};
  explicit EmptyTarget(const sc_core::sc_module_name& name) : sc_module(name) {
    socket.register_b_transport(this, &EmptyTarget::b_transport);
    socket.register_nb_transport_fw(this, &EmptyTarget::nb_transport_fw);
  }
  void b_transport(Payload& payload, sc_core::sc_time& delay) {
    std::memcpy(payload.get_data_ptr(), memory.data(), memory.size());
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    delay += access_time;
  }
  // All four phases within the call: what is left is the cost of passing them on.
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) {
    if (phase != tlm::BEGIN_REQ) return tlm::TLM_ACCEPTED;
    tlm::tlm_phase answer = tlm::END_REQ;
    socket->nb_transport_bw(payload, answer, delay);
    b_transport(payload, delay);
    answer = tlm::BEGIN_RESP;
    socket->nb_transport_bw(payload, answer, delay);
    return tlm::TLM_ACCEPTED;
  }
};

struct NoRecycling : tlm::tlm_mm_interface {
  void free(Payload*) override {}
};

struct Initiator : sc_core::sc_module {
  tlm_utils::simple_initiator_socket<Initiator> socket{"socket"};
  std::array<unsigned char, 8> data{};
  NoRecycling manager;
  Payload payload{&manager};

  explicit Initiator(const sc_core::sc_module_name& name) : sc_module(name) {
    payload.acquire();
    payload.set_read();
    payload.set_address(tile_map::kInputWindow);
    payload.set_data_ptr(data.data());
    payload.set_data_length(8);
    payload.set_streaming_width(8);
    socket.register_nb_transport_bw(this, &Initiator::nb_transport_bw);
  }
  void blocking() {
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    socket->b_transport(payload, delay_);
  }
  void in_phases() {
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    send(tlm::BEGIN_REQ);
    send(tlm::END_RESP);
  }

 private:
  void send(tlm::tlm_phase phase) {
    sc_core::sc_time delay = delay_;
    socket->nb_transport_fw(payload, phase, delay);
  }
  tlm::tlm_sync_enum nb_transport_bw(Payload&, tlm::tlm_phase&, sc_core::sc_time& delay) {
    delay_ = delay;
    return tlm::TLM_ACCEPTED;
  }
  sc_core::sc_time delay_;
};

// One way to record, in front of an empty target and in front of a tile.
struct Setup {
  std::string name;
  std::unique_ptr<TransactionSink> sink;  // null: no recorder
  RecordingOptions options;
  std::unique_ptr<Recording> recording;
  std::unique_ptr<Initiator> initiator;
  std::unique_ptr<Initiator> tile_initiator;
  std::unique_ptr<TransactionRecorder> recorder;
  std::unique_ptr<TransactionRecorder> tile_recorder;
};

class Folder {
 public:
  Folder() { std::filesystem::create_directories(path_); }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("recording_benchmark." + std::to_string(getpid()));
};

std::vector<Setup> setups(const std::filesystem::path& folder) {
  std::vector<Setup> all;
  const auto add = [&all](const std::string& name, std::unique_ptr<TransactionSink> sink,
                          const RecordingOptions& options = {}) {
    Setup setup{name, std::move(sink), options, {}, {}, {}, {}, {}};
    if (setup.sink) setup.recording = std::make_unique<Recording>(*setup.sink, options);
    all.push_back(std::move(setup));
  };
  RecordingOptions no_kind;
  no_kind.kinds = {TransactionKind::debug_write};
  RecordingOptions no_time;
  no_time.from = no_time.to;
  add("no recorder", nullptr);
  add("recorder, stream not selected", std::make_unique<NullSink>(), {{"nothing"}, {}});
  add("recorder, kind filtered out", std::make_unique<NullSink>(), no_kind);
  add("recorder, outside the window", std::make_unique<NullSink>(), no_time);
  add("recorder, null sink", std::make_unique<NullSink>());
  add("recorder, SQLite", std::make_unique<SqliteSink>(folder / "transactions.sqlite"));
  add("recorder, Perfetto", std::make_unique<PerfettoSink>(folder / "timeline.json"));
  return all;
}

template <typename Target>
std::unique_ptr<TransactionRecorder> connect(Setup& setup, Initiator& initiator, Target& target) {
  if (!setup.recording) {
    initiator.socket.bind(target);
    return nullptr;
  }
  // Not bind_recorded(), which would leave out what is not selected.
  auto recorder = std::make_unique<TransactionRecorder>(sc_core::sc_gen_unique_name("recorder"),
                                                        *setup.recording);
  initiator.socket.bind(recorder->target);
  recorder->initiator.bind(target);
  return recorder;
}

// Nanoseconds a call; the best of five.
double best(int count, const std::function<void()>& call) {
  double least = 1e9;
  for (int run = 0; run < 5; ++run) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) call();
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
    least = std::min(least, taken.count() / count);
  }
  return least;
}

struct Bench {
  Folder folder;
  TileParameters parameters = TileParameters::load(find_tile("trapezoidal"));
  DeviceModel device{DeviceParameters::load(find_device("trapezoidal"))};
  Ledger ledger;
  std::vector<Setup> all = setups(folder.path());
  std::vector<std::unique_ptr<EmptyTarget>> targets;
  std::vector<std::unique_ptr<TlmTile>> tiles;
  sc_core::sc_vector<sc_core::sc_signal<bool>> interrupts{"interrupts", all.size()};

  Bench() {
    for (auto& setup : all) add(setup);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  void add(Setup& setup) {
    const auto unique = [](const char* name) { return sc_core::sc_gen_unique_name(name); };
    TlmTileOptions options;
    options.tile.shape = {8, 8};
    targets.push_back(std::make_unique<EmptyTarget>(unique("target")));
    tiles.push_back(std::make_unique<TlmTile>(unique("tile"), parameters, device, ledger, options));
    tiles.back()->interrupt(interrupts[tiles.size() - 1]);
    setup.initiator = std::make_unique<Initiator>(unique("initiator"));
    setup.tile_initiator = std::make_unique<Initiator>(unique("initiator"));
    setup.recorder = connect(setup, *setup.initiator, targets.back()->socket);
    setup.tile_recorder = connect(setup, *setup.tile_initiator, tiles.back()->socket);
  }
  void print(const std::string& title, int count,
             const std::function<std::function<void()>(Setup&)>& call_of) {
    fmt::print("{}\n", title);
    double alone = 0.0;
    for (auto& setup : all) {
      const double taken = best(count, call_of(setup));
      if (alone == 0.0) alone = taken;
      fmt::print("  {:<32} {:>8.1f} ns {:>8.2f} x\n", setup.name, taken, taken / alone);
    }
  }
  void finish() {
    for (auto& setup : all) {
      if (!setup.recording) continue;
      const auto start = std::chrono::steady_clock::now();
      setup.recording->finish(0);
      const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
      if (taken.count() > 0.01) fmt::print("end of {}: {:.2f} s\n", setup.name, taken.count());
    }
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      fmt::print("{}: {} bytes\n", file.path().filename().string(), file.file_size());
    }
  }
};

}  // namespace

int sc_main(int argc, char** argv) {
  const double scale = argc > 1 ? std::stod(argv[1]) : 1.0;
  const auto count = static_cast<int>(1e5 * scale);
  Bench bench;
  bench.print("blocking, empty target", count, [](Setup& setup) -> std::function<void()> {
    return [&setup] { setup.initiator->blocking(); };
  });
  bench.print("four phases, empty target", count, [](Setup& setup) -> std::function<void()> {
    return [&setup] { setup.initiator->in_phases(); };
  });
  bench.print("blocking, tile (window read)", count, [](Setup& setup) -> std::function<void()> {
    return [&setup] { setup.tile_initiator->blocking(); };
  });
  bench.finish();
  return 0;
}
