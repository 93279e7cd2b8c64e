// SPDX-License-Identifier: Apache-2.0
// A transaction-level tile behind a protocol checker that reports, and beside it the bulk tile with
// the same devices, which says what each command must do and when.
#pragma once

#include <memory>
#include <string>

#include <systemc>
#include <tlm>

#include "tests/support/catalog_model.h"
#include "tests/tlm/scripted_hop.h"
#include "tlm/tlm_tile.h"

namespace dwmtj::test {

inline const TileParameters& tile_parameters() {
  static const TileParameters kParameters = TileParameters::load(find_tile(kTrapezoid));
  return kParameters;
}

inline TlmTileOptions tile_options(ArrayShape shape = {4, 3}, std::uint64_t seed = 7) {
  TlmTileOptions options;
  options.tile.shape = shape;
  options.tile.seed = seed;
  return options;
}

struct TlmTileBench {
  Ledger own_ledger;
  Ledger& ledger;
  ScriptedInitiator initiator;
  ProtocolChecker checker;
  TlmTile tile;
  sc_core::sc_signal<bool> interrupt;
  Ledger reference_ledger;
  BulkTile reference;

  explicit TlmTileBench(Ledger* shared = nullptr, const TlmTileOptions& options = tile_options())
      : ledger(shared != nullptr ? *shared : own_ledger),
        initiator(sc_core::sc_gen_unique_name("initiator")),
        checker(sc_core::sc_gen_unique_name("checker")),
        tile(sc_core::sc_gen_unique_name("tile"), tile_parameters(), catalog_model(kTrapezoid),
             ledger, options),
        reference("reference", tile_parameters(), catalog_model(kTrapezoid), reference_ledger,
                  options.tile) {
    initiator.socket.bind(checker.target);
    checker.initiator.bind(tile.socket);
    tile.interrupt.bind(interrupt);
  }

  // A blocking access; `delay` moves on.
  tlm::tlm_response_status transport(tlm::tlm_command command, std::uint64_t address, void* data,
                                     unsigned length, sc_core::sc_time& delay) {
    Payload payload;
    fill(payload, command, address, data, length);
    initiator.socket->b_transport(payload, delay);
    return payload.get_response_status();
  }
  std::uint32_t read(std::uint64_t address, sc_core::sc_time& delay) {
    std::uint32_t value = 0;
    EXPECT_EQ(transport(tlm::TLM_READ_COMMAND, address, &value, 4, delay), tlm::TLM_OK_RESPONSE);
    return value;
  }
  void write(std::uint64_t address, std::uint32_t value, sc_core::sc_time& delay) {
    EXPECT_EQ(transport(tlm::TLM_WRITE_COMMAND, address, &value, 4, delay), tlm::TLM_OK_RESPONSE);
  }
  unsigned debug(tlm::tlm_command command, std::uint64_t address, void* data, unsigned length) {
    Payload payload;
    fill(payload, command, address, data, length);
    return initiator.socket->transport_dbg(payload);
  }
  // A command as an extension of a blocking write.
  CommandExtension command(const TileCommand& command, sc_core::sc_time& delay) {
    CommandExtension extension;
    extension.command = command;
    std::uint32_t value = 0;
    Payload payload;
    fill(payload, tlm::TLM_WRITE_COMMAND, tile_map::kCommand, &value, 4);
    payload.set_extension(&extension);
    initiator.socket->b_transport(payload, delay);
    EXPECT_TRUE(payload.is_response_ok());
    payload.clear_extension(&extension);
    return extension;
  }

  static void fill(Payload& payload, tlm::tlm_command command, std::uint64_t address, void* data,
                   unsigned length) {
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(static_cast<unsigned char*>(data));
    payload.set_data_length(length);
    payload.set_streaming_width(length);
  }
};

// As many benches as a test program needs, made at the first use of one.
template <typename Bench, std::size_t Count>
Bench& fresh_bench() {
  struct Benches {
    std::unique_ptr<Bench> each[Count];
    std::size_t used = 0;
    Benches() {
      for (auto& bench : each) bench = std::make_unique<Bench>();
      sc_core::sc_start(sc_core::SC_ZERO_TIME);
    }
  };
  static Benches benches;
  if (benches.used == Count) throw std::logic_error("more tests than benches");
  return *benches.each[benches.used++];
}

}  // namespace dwmtj::test
