// SPDX-License-Identifier: Apache-2.0
// Transactions a second through a transaction-level tile, accounting on, beside the limit: the same
// calls through a target that only copies 8 bytes. SystemC owns main() and elaborates once, so this
// is a plain program: tlm_benchmark [scale]. Each line is the best of five runs.
#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <string>

#include <fmt/format.h>
#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>

#include "benchmarks/empty_target.h"
#include "devices/catalog.h"
#include "tlm/protocol_checker.h"
#include "tlm/tlm_tile.h"

namespace {

using namespace dwmtj;
using Payload = tlm::tlm_generic_payload;

struct NoRecycling : tlm::tlm_mm_interface {
  void free(Payload*) override {}
};

struct Initiator : sc_core::sc_module {
  tlm_utils::simple_initiator_socket<Initiator> socket{"socket"};
  std::array<unsigned char, 8> data{};
  NoRecycling manager;
  Payload payload{&manager};
  Payload other{&manager};  // by turns with the first, in phases
  CommandExtension extension;

  explicit Initiator(const sc_core::sc_module_name& name) : sc_module(name) {
    for (auto* const each : {&payload, &other}) {
      each->acquire();
      each->set_data_ptr(data.data());
    }
    socket.register_nb_transport_bw(this, &Initiator::nb_transport_bw);
    // The same row each time, every column up and down by turns: what a learning step does.
    extension.command = {TileOp::update, 3, Side::plus, {1, -1, 1, -1, 1, -1, 1, -1}};
  }
  ~Initiator() override { payload.clear_extension(&extension); }
  Initiator(const Initiator&) = delete;
  Initiator& operator=(const Initiator&) = delete;

  static void prepare(Payload& payload, tlm::tlm_command command, std::uint64_t address,
                      unsigned length) {
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_length(length);
    payload.set_streaming_width(length);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    payload.set_dmi_allowed(false);
  }
  void access(tlm::tlm_command command, std::uint64_t address, unsigned length) {
    prepare(payload, command, address, length);
    socket->b_transport(payload, delay_);
  }
  void command() {
    payload.set_extension(&extension);
    access(tlm::TLM_WRITE_COMMAND, tile_map::kCommand, 4);
    payload.clear_extension(&extension);
  }
  // `count` accesses in four phases, one at a time.
  void access_in_phases(int count) {
    left_ = count;
    begin();
    sc_core::sc_start();
  }

 private:
  void begin() {
    if (left_-- == 0) return;
    auto& next = left_ % 2 == 0 ? payload : other;
    prepare(next, tlm::TLM_READ_COMMAND, tile_map::kId, 4);
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_core::sc_time delay;
    socket->nb_transport_fw(next, phase, delay);
  }
  tlm::tlm_sync_enum nb_transport_bw(Payload&, tlm::tlm_phase& phase, sc_core::sc_time&) {
    if (phase != tlm::BEGIN_RESP) return tlm::TLM_ACCEPTED;
    begin();
    return tlm::TLM_COMPLETED;
  }

  sc_core::sc_time delay_;
  int left_ = 0;
};

struct Bench {
  TileParameters parameters = TileParameters::load(find_tile("trapezoidal"));
  DeviceModel device{DeviceParameters::load(find_device("trapezoidal"))};
  Ledger ledger;
  EmptyTarget empty{"empty"};
  TlmTile tile{"tile", parameters, device, ledger, options()};
  TlmTile checked_tile{"checked_tile", parameters, device, ledger, options()};
  ProtocolChecker checker{"checker"};
  Initiator to_empty{"to_empty"};
  Initiator to_tile{"to_tile"};
  Initiator to_checked{"to_checked"};
  std::array<sc_core::sc_signal<bool>, 2> interrupts;

  Bench() {
    to_empty.socket.bind(empty.socket);
    to_tile.socket.bind(tile.socket);
    to_checked.socket.bind(checker.target);
    checker.initiator.bind(checked_tile.socket);
    tile.interrupt(interrupts[0]);
    checked_tile.interrupt(interrupts[1]);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }
  static TlmTileOptions options() {
    TlmTileOptions options;
    options.tile.shape = {8, 8};
    return options;
  }
};

// Seconds a call, of `count` calls made by `run`; the best of five.
double best(int count, const std::function<void(int)>& run) {
  double least = 1e9;
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    run(count);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    least = std::min(least, taken.count() / count);
  }
  return least;
}

void print(const std::string& what, double seconds, double limit) {
  fmt::print("{:<44} {:>8.1f} ns {:>8.2f} million/s {:>7.1f} x\n", what, 1e9 * seconds,
             1e-6 / seconds, seconds / limit);
}

}  // namespace

int sc_main(int argc, char** argv) {
  const double scale = argc > 1 ? std::stod(argv[1]) : 1.0;
  const auto many = static_cast<int>(1e6 * scale);
  const auto few = static_cast<int>(1e5 * scale);
  Bench bench;
  constexpr auto kRead = tlm::TLM_READ_COMMAND;
  constexpr auto kWrite = tlm::TLM_WRITE_COMMAND;
  const auto repeat = [](int count, const auto& call) {
    for (int i = 0; i < count; ++i) call();
  };
  const auto accesses = [&](const std::string& what, Initiator& initiator, tlm::tlm_command command,
                            std::uint64_t address, unsigned length, double limit) {
    const double seconds = best(many, [&](int count) {
      repeat(count, [&] { initiator.access(command, address, length); });
    });
    print(what, seconds, limit > 0.0 ? limit : seconds);
    return seconds;
  };

  const double limit = accesses("limit: 8 bytes, empty target", bench.to_empty, kRead, 0, 8, 0.0);
  accesses("register read", bench.to_tile, kRead, tile_map::kId, 4, limit);
  accesses("register write", bench.to_tile, kWrite, tile_map::kRow, 4, limit);
  accesses("window read, 8 bytes", bench.to_tile, kRead, tile_map::kInputWindow, 8, limit);
  accesses("window write, 8 bytes", bench.to_tile, kWrite, tile_map::kInputWindow, 8, limit);
  accesses("register read, checked", bench.to_checked, kRead, tile_map::kId, 4, limit);
  print("command: update of a row of 8",
        best(few, [&](int n) { repeat(n, [&] { bench.to_tile.command(); }); }), limit);
  print("command: update of a row of 8, checked",
        best(few, [&](int n) { repeat(n, [&] { bench.to_checked.command(); }); }), limit);
  print("register read in phases", best(few, [&](int n) { bench.to_tile.access_in_phases(n); }),
        limit);
  print("register read in phases, checked",
        best(few, [&](int n) { bench.to_checked.access_in_phases(n); }), limit);
  return 0;
}
