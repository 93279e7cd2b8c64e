// SPDX-License-Identifier: Apache-2.0
// The tile by non-blocking transport: which phase comes at which picosecond.
#include <deque>

#include "common/sim_time.h"
#include "tests/tlm/random_command.h"
#include "tests/tlm/tlm_tile_bench.h"

namespace dwmtj::test {
namespace {

using namespace tile_map;
using sc_core::sc_time;
using tlm::BEGIN_REQ;
using tlm::BEGIN_RESP;
using tlm::END_REQ;
using tlm::END_RESP;

constexpr Picoseconds kAccess = 1000;

// A command, or an access to a register.
struct Request : GoodPayload {
  std::uint32_t value = 0;
  CommandExtension* extension = nullptr;  // owned by the payload
  Picoseconds begun = 0;
  Picoseconds accepted = 0;
  Picoseconds answered = 0;

  Request(tlm::tlm_command command, std::uint64_t address, std::uint32_t sent = 0) : value(sent) {
    TlmTileBench::fill(*this, command, address, &value, 4);
  }
  explicit Request(const TileCommand& command) : Request(tlm::TLM_WRITE_COMMAND, kCommand) {
    extension = new CommandExtension;
    extension->command = command;
    set_extension(extension);
  }
};

// How an initiator takes a response.
enum class Ending { at_once, updated, later };

struct PhaseBench : TlmTileBench {
  std::deque<Request> requests;
  std::deque<Request*> unsent;
  std::vector<Request*> order;     // of the responses
  Request* to_be_ended = nullptr;  // Ending::later
  Ending ending = Ending::at_once;

  PhaseBench() {
    initiator.on_phase = [this](Payload& payload, tlm::tlm_phase& phase, sc_time&) {
      return on_phase(static_cast<Request&>(payload), phase);
    };
  }
  ~PhaseBench() {
    for (auto& request : requests) EXPECT_LE(request.get_ref_count(), 1);
  }
  PhaseBench(const PhaseBench&) = delete;
  PhaseBench& operator=(const PhaseBench&) = delete;

  // Sends all of `unsent`, each as soon as the one before is accepted.
  void send_all() { send(sc_core::SC_ZERO_TIME); }
  void send(sc_time delay) {
    if (unsent.empty()) return;
    auto& request = *unsent.front();
    unsent.pop_front();
    request.begun = now_ps() + to_picoseconds(delay);
    tlm::tlm_phase phase = BEGIN_REQ;
    EXPECT_EQ(initiator.socket->nb_transport_fw(request, phase, delay), tlm::TLM_ACCEPTED);
  }
  template <typename... Arguments>
  Request& add(Arguments&&... arguments) {
    unsent.push_back(&requests.emplace_back(std::forward<Arguments>(arguments)...));
    return *unsent.back();
  }
  void end_response() {
    auto& request = *std::exchange(to_be_ended, nullptr);
    tlm::tlm_phase phase = END_RESP;
    sc_time delay;
    initiator.socket->nb_transport_fw(request, phase, delay);
  }
  void finish() {
    sc_core::sc_start();
    EXPECT_EQ(checker.in_progress(), 0U);
    for (const auto& request : requests) EXPECT_EQ(request.get_ref_count(), 1);
  }

 private:
  tlm::tlm_sync_enum on_phase(Request& request, tlm::tlm_phase& phase) {
    if (phase == END_REQ) {
      request.accepted = now_ps();
      send(sc_core::SC_ZERO_TIME);
      return tlm::TLM_ACCEPTED;
    }
    request.answered = now_ps();
    order.push_back(&request);
    if (ending == Ending::at_once) return tlm::TLM_COMPLETED;
    if (ending == Ending::updated) {
      phase = END_RESP;
      return tlm::TLM_UPDATED;
    }
    to_be_ended = &request;
    return tlm::TLM_ACCEPTED;
  }
};

PhaseBench& fresh() { return fresh_bench<PhaseBench, 12>(); }

const TileCommand kRead{TileOp::read, 1, Side::plus, {}};

TEST(TlmTilePhases, AnAccessIsAcceptedAtOnceAndAnsweredAfterTheAccessTime) {
  auto& bench = fresh();
  auto& request = bench.add(tlm::TLM_READ_COMMAND, std::uint64_t{kId});
  bench.send(sc_time(300, sc_core::SC_PS));
  bench.finish();
  EXPECT_EQ(request.accepted, request.begun);
  EXPECT_EQ(request.answered, request.begun + kAccess);
  EXPECT_TRUE(request.is_response_ok());
  EXPECT_EQ(request.value, kIdValue);
}

TEST(TlmTilePhases, AnErrorIsAResponseAsWell) {
  auto& bench = fresh();
  auto& request = bench.add(tlm::TLM_WRITE_COMMAND, std::uint64_t{kId});
  bench.send_all();
  bench.finish();
  EXPECT_EQ(request.get_response_status(), tlm::TLM_COMMAND_ERROR_RESPONSE);
  EXPECT_EQ(request.answered, request.begun + kAccess);
}

TEST(TlmTilePhases, RespondsAtThePicosecondOfTheBulkTile) {
  auto& bench = fresh();
  std::mt19937_64 random(17);
  for (int i = 0; i < 300; ++i) {
    const auto command = random_command(random, {4, 3}, bench.reference.device().sites());
    auto& request = bench.add(command);
    bench.send(sc_time(static_cast<double>(random() % 3000), sc_core::SC_PS));
    const auto expected = bench.reference.carry_out(command, request.begun);
    bench.finish();
    ASSERT_EQ(request.extension->result, expected) << command;
    ASSERT_EQ(request.answered, bench.reference.now()) << command;
    EXPECT_EQ(request.extension->completed, bench.reference.now());
    EXPECT_EQ(in_si(request.extension->energy), in_si(bench.reference.command_energy()));
  }
  for (std::size_t i = 0; i < bench.reference.array().devices().size(); ++i) {
    EXPECT_EQ(bench.tile.tile().array().devices().site(i),
              bench.reference.array().devices().site(i));
  }
}

// All sent at once: each is answered when the bulk tile, one after another, is done with it.
void expect_pipelined(PhaseBench& bench, Ending ending) {
  bench.ending = ending;
  std::mt19937_64 random(23);
  for (int i = 0; i < 12; ++i) bench.add(random_command(random, {4, 3}, 5));
  const Picoseconds start = now_ps();
  bench.send_all();
  bench.finish();
  ASSERT_EQ(bench.order.size(), 12U);
  for (std::size_t i = 0; i < 12; ++i) {
    auto& request = bench.requests[i];
    EXPECT_EQ(bench.order[i], &request);
    EXPECT_EQ(request.accepted, start);
    const auto at = std::max(start, bench.reference.now());
    EXPECT_EQ(request.extension->result, bench.reference.carry_out(request.extension->command, at));
    EXPECT_EQ(request.answered, bench.reference.now());
  }
}

TEST(TlmTilePhases, SeveralOutstandingAreAnsweredInOrderCompletedEarly) {
  expect_pipelined(fresh(), Ending::at_once);
}

TEST(TlmTilePhases, SeveralOutstandingAreAnsweredInOrderWithEndOfResponse) {
  expect_pipelined(fresh(), Ending::updated);
}

TEST(TlmTilePhases, AnAccessWaitsForTheResponseOfTheCommandBeforeIt) {
  auto& bench = fresh();
  auto& command = bench.add(kRead);
  auto& access = bench.add(tlm::TLM_READ_COMMAND, std::uint64_t{kStatus});
  bench.send_all();
  bench.finish();
  EXPECT_EQ(access.accepted, access.begun);
  EXPECT_EQ(access.answered, command.answered);
  EXPECT_EQ(access.value & kBusy, kBusy);  // as of its arrival
}

TEST(TlmTilePhases, ALateEndOfResponseHoldsBackTheNextResponse) {
  auto& bench = fresh();
  bench.ending = Ending::later;
  auto& first = bench.add(kRead);
  auto& second = bench.add(kRead);
  bench.send_all();
  sc_core::sc_start(1, sc_core::SC_US);
  EXPECT_GT(first.answered, 0);
  EXPECT_EQ(second.answered, 0);
  const Picoseconds ended = now_ps();
  bench.end_response();
  sc_core::sc_start(1, sc_core::SC_US);
  EXPECT_EQ(second.answered, ended);
  EXPECT_LT(second.extension->completed, ended);
  bench.end_response();
  bench.finish();
}

TEST(TlmTilePhases, AFullQueueHoldsEndOfRequestBack) {
  auto& bench = fresh();
  for (unsigned i = 0; i < kQueueDepth + 2; ++i) bench.add(kRead);
  bench.send_all();
  bench.finish();
  const auto& requests = bench.requests;
  for (unsigned i = 0; i < kQueueDepth; ++i) EXPECT_EQ(requests[i].accepted, requests[0].begun);
  // One response makes room for one request.
  EXPECT_EQ(requests[kQueueDepth].begun, requests[0].begun);
  EXPECT_EQ(requests[kQueueDepth].accepted, requests[0].answered);
  EXPECT_EQ(requests[kQueueDepth + 1].accepted, requests[1].answered);
  for (const auto& request : requests) {
    bench.reference.carry_out(kRead, std::max(requests[0].begun, bench.reference.now()));
    EXPECT_EQ(request.answered, bench.reference.now());
  }
}

TEST(TlmTilePhases, AFullQueueWaitsForALateEndOfResponse) {
  auto& bench = fresh();
  bench.ending = Ending::later;
  for (unsigned i = 0; i < kQueueDepth + 1; ++i) bench.add(kRead);
  bench.send_all();
  sc_core::sc_start(10, sc_core::SC_US);
  EXPECT_EQ(bench.requests.back().accepted, 0);
  const Picoseconds ended = now_ps();
  bench.end_response();
  sc_core::sc_start(1, sc_core::SC_PS);
  EXPECT_EQ(bench.requests.back().accepted, ended);
  while (bench.order.size() < bench.requests.size()) {
    bench.end_response();
    sc_core::sc_start(10, sc_core::SC_US);
  }
  bench.end_response();
  bench.finish();
}

TEST(TlmTilePhases, BlockingAndNonBlockingMix) {
  auto& bench = fresh();
  auto& request = bench.add(kRead);
  bench.send_all();
  sc_core::sc_start(1, sc_core::SC_NS);
  sc_time delay;
  EXPECT_NE(bench.read(kStatus, delay) & kBusy, 0U);
  bench.finish();
  EXPECT_EQ(request.answered, request.extension->completed);
}

}  // namespace
}  // namespace dwmtj::test
