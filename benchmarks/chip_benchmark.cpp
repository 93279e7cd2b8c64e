// SPDX-License-Identifier: Apache-2.0
// A chip as a whole: how long it takes to build, what it holds, and transactions a second through
// its interconnect, approximately and loosely timed, the latter beside the limit: the same calls
// through a target that only copies 8 bytes. Times are of the processor.
// SystemC elaborates once, so this is a plain program: chip_benchmark [architecture] [scale].
#include <algorithm>
#include <array>
#include <ctime>
#include <deque>
#include <functional>
#include <random>

#include <fmt/format.h>
#include <sys/resource.h>
#include <systemc>
#include <tlm>

#include "architecture/chip_catalog.h"
#include "benchmarks/empty_target.h"
#include "chip/chip.h"
#include "chip/chip_host.h"
#include "tlm/register_map.h"

namespace {

using namespace dwmtj;

double seconds_since(std::clock_t start) {
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

double peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

// Drives the sockets from outside of any process, as blocking transport without waits allows.
struct Caller {
  tlm::tlm_generic_payload payload;
  std::array<unsigned char, 8> data{};
  sc_core::sc_time delay;
  CommandExtension extension;

  template <typename Socket>
  void access(Socket& socket, tlm::tlm_command command, std::uint64_t address, unsigned length) {
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(data.data());
    payload.set_data_length(length);
    payload.set_streaming_width(length);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    socket->b_transport(payload, delay);
  }
};

template <typename Call>
double best(int count, const Call& call) {
  double least = 1e9;
  for (int repeat = 0; repeat < 5; ++repeat) {
    const std::clock_t start = std::clock();
    for (int i = 0; i < count; ++i) call(i);
    least = std::min(least, seconds_since(start) / count);
  }
  return least;
}

// Reads a register of so many tiles whenever it is started, one after the other.
struct Reader : sc_core::sc_module {
  int reads = 0;
  std::function<std::uint64_t()> tile;

  SC_HAS_PROCESS(Reader);
  Reader(const sc_core::sc_module_name& name, InitiatorPort& port, const sc_core::sc_event& start)
      : sc_module(name), host_(port), start_(start) {
    SC_THREAD(run);
  }

 private:
  void run() {
    for (;;) {
      wait(start_);
      for (int i = 0; i < reads; ++i) {
        host_.read_register(chip_map::tile(tile()) + tile_map::kId);
      }
    }
  }
  ChipHost host_;
  const sc_core::sc_event& start_;
};

// Threads of the host: four phases, two packets for each read.
class Readers {
 public:
  Readers(InitiatorPort& port, int count) {
    for (int i = 0; i < count; ++i) {
      readers_.emplace_back(sc_core::sc_gen_unique_name("reader"), port, start_);
    }
  }
  // For one packet.
  double seconds(int reads, const std::function<std::uint64_t()>& tile) {
    for (auto& reader : readers_) {
      reader.reads = reads;
      reader.tile = tile;
    }
    return best(1,
                [&](int) {
                  start_.notify(sc_core::SC_ZERO_TIME);
                  sc_core::sc_start();
                }) /
           (2.0 * reads * static_cast<double>(readers_.size()));
  }

 private:
  sc_core::sc_event start_;
  std::deque<Reader> readers_;
};

// Sends a command to a tile so often whenever it is started, one after the other.
struct Commander : sc_core::sc_module {
  int count = 0;
  TileCommand command;
  std::uint64_t tile = 0;
  sc_core::sc_event start;

  SC_HAS_PROCESS(Commander);
  Commander(const sc_core::sc_module_name& name, InitiatorPort& port)
      : sc_module(name), host_(port) {
    SC_THREAD(run);
  }
  // For one command.
  double seconds(int commands) {
    count = commands;
    return best(1,
                [&](int) {
                  start.notify(sc_core::SC_ZERO_TIME);
                  sc_core::sc_start();
                }) /
           commands;
  }

 private:
  void run() {
    for (;;) {
      wait(start);
      for (int i = 0; i < count; ++i) host_.run(tile, command);
    }
  }
  ChipHost host_;
};

// A product of random signs on a tile of random levels, in as many bits as its tile gives.
TileCommand product(int rows, const TileParameters& tile) {
  const auto bits = static_cast<std::uint8_t>(std::min(8, tile.sum_reference.bits));
  TileCommand command{TileOp::multiply, 0, Side::plus, {}, bits};
  std::minstd_rand random;
  for (int row = 0; row < rows; ++row) {
    command.data.push_back(random() / 1000 % 2 == 0 ? 1 : -1);
  }
  return command;
}

std::vector<TileCommand> writing(const ChipParameters& parameters, int levels) {
  std::vector<TileCommand> commands;
  std::minstd_rand random;
  for (int line = 0; line < 2 * parameters.tiles.rows; ++line) {
    TileCommand command{
        TileOp::program, static_cast<std::uint32_t>(line / 2), static_cast<Side>(line % 2), {}};
    for (int c = 0; c < parameters.tiles.columns; ++c) {
      command.data.push_back(
          static_cast<std::int16_t>(random() / 1000 % static_cast<unsigned>(levels)));
    }
    commands.push_back(command);
  }
  return commands;
}

// A tile one router away from the host.
std::uint64_t neighbour(const ChipParameters& parameters) {
  for (int i = 0; i < parameters.tiles.count; ++i) {
    const auto& topology = parameters.interconnect.topology;
    if (topology.hops(parameters.host_router, parameters.tiles.router_of(i)) == 2) {
      return static_cast<std::uint64_t>(i);
    }
  }
  return 0;
}

void print_packets(const char* what, double seconds) {
  fmt::print("{:<44} {:>8.1f} ns {:>8.2f} million packets/s\n", what, 1e9 * seconds,
             1e-6 / seconds);
}

void print(const char* what, double seconds, double limit) {
  fmt::print("{:<44} {:>8.1f} ns {:>8.2f} million/s {:>7.1f} x\n", what, 1e9 * seconds,
             1e-6 / seconds, seconds / limit);
}

// Of 16 threads that read registers.
void print_packets(Readers& readers, int reads, std::uint64_t beside, std::uint64_t last) {
  std::minstd_rand random;
  print_packets("16 threads read registers, a tile one router away",
                readers.seconds(reads, [&] { return beside; }));
  print_packets("16 threads read registers, the farthest tile",
                readers.seconds(reads, [&] { return last; }));
  print_packets("16 threads read registers, random tiles",
                readers.seconds(reads, [&] { return random() % (last + 1); }));
}

constexpr auto kRead = tlm::TLM_READ_COMMAND;
constexpr auto kWrite = tlm::TLM_WRITE_COMMAND;

TileCommand update_of_eight(int columns) {
  TileCommand command = {TileOp::update, 3, Side::plus, {}};
  command.data.assign(static_cast<std::size_t>(columns), 0);
  for (std::size_t i = 0; i < 8; ++i) command.data[i] = i % 2 == 0 ? 1 : -1;
  return command;
}

// Blocking calls, against those of a target that does nothing.
void print_calls(Caller& caller, Chip& chip, InitiatorPort& to_empty, int columns, int many) {
  const auto last = static_cast<std::uint64_t>(chip.tiles()) - 1;
  const auto spread = [&](int i) {
    return chip_map::tile(static_cast<std::uint64_t>(i) * 7 % chip.tiles());
  };
  const double limit = best(many, [&](int) { caller.access(to_empty.socket, kRead, 0, 8); });
  const auto host = [&](tlm::tlm_command command, std::uint64_t address, unsigned bytes) {
    caller.access(chip.host.socket, command, address, bytes);
  };
  print("limit: 8 bytes, empty target", limit, limit);
  print("register read, one tile after the other",
        best(many, [&](int i) { host(kRead, spread(i) + tile_map::kId, 4); }), limit);
  print("register write, the farthest tile",
        best(many, [&](int) { host(kWrite, chip_map::tile(last) + tile_map::kRow, 4); }), limit);
  print("global buffer, 8 bytes read",
        best(many, [&](int i) { host(kRead, static_cast<std::uint64_t>(8 * (i % 512)), 8); }),
        limit);
  caller.extension.command = update_of_eight(columns);
  caller.payload.set_extension(&caller.extension);
  print("command: update of 8 devices, spread",
        best(many / 10, [&](int i) { host(kWrite, spread(i) + tile_map::kCommand, 4); }), limit);
  caller.payload.clear_extension(&caller.extension);
}

// The same product on the chip in both timings, against the bulk view.
void print_products(Caller& caller, Chip& chip, Commander& commander, BulkTile& bulk,
                    const std::vector<TileCommand>& levels, int products) {
  const auto address = chip_map::tile(commander.tile) + tile_map::kCommand;
  caller.payload.set_extension(&caller.extension);
  for (const auto& command : levels) {
    caller.extension.command = command;
    caller.access(chip.host.socket, kWrite, address, 4);
    bulk.carry_out(command, bulk.now());
  }
  caller.extension.command = commander.command;
  const double in_bulk =
      best(products, [&](int) { bulk.carry_out(commander.command, bulk.now()); });
  print(fmt::format("product in bulk, {} bits", commander.command.bits).c_str(), in_bulk, in_bulk);
  print("product, loosely timed",
        best(products, [&](int) { caller.access(chip.host.socket, kWrite, address, 4); }), in_bulk);
  print("product, approximately timed", commander.seconds(products), in_bulk);
  caller.payload.clear_extension(&caller.extension);
}

}  // namespace

int sc_main(int argc, char** argv) {
  const auto parameters = ChipParameters::load(find_chip(argc > 1 ? argv[1] : "mesh-1024"));
  const auto many = static_cast<int>(1e6 * (argc > 2 ? std::stod(argv[2]) : 1.0));
  const auto tile = TileParameters::load(parameters.tiles.file);
  const DeviceModel device(tile.load_device());
  Ledger ledger;
  const double before = peak_mebibytes();
  const std::clock_t start = std::clock();
  Chip chip("chip", parameters, tile, device, ledger, ChipOptions{TlmTiming::at, 1, nullptr});
  Readers readers(chip.host, 16);
  Commander commander("commander", chip.host);
  commander.command = product(parameters.tiles.rows, tile);
  commander.tile = neighbour(parameters);
  Ledger ledger_of_bulk;
  BulkTile bulk("bulk", tile, device, ledger_of_bulk,
                {{parameters.tiles.rows, parameters.tiles.columns}, 1});
  EmptyTarget empty("empty");
  InitiatorPort to_empty("to_empty", TlmTiming::lt);
  to_empty.socket.bind(empty.socket);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  fmt::print("{}: {} tiles of {} x {} pairs built in {:.4f} s, {:.0f} MiB ({:.0f} before)\n",
             parameters.name, chip.tiles(), parameters.tiles.rows, parameters.tiles.columns,
             seconds_since(start), peak_mebibytes(), before);

  const auto last = static_cast<std::uint64_t>(chip.tiles()) - 1;
  print_packets(readers, std::max(1, many / 160), commander.tile, last);
  Caller caller;
  print_calls(caller, chip, to_empty, parameters.tiles.columns, many);
  print_products(caller, chip, commander, bulk, writing(parameters, device.sites()),
                 std::max(1, many / 50));
  return 0;
}
