// SPDX-License-Identifier: Apache-2.0
#include "chip/interconnect.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "chip/message_extension.h"
#include "chip/packet_size.h"
#include "common/index.h"
#include "common/sim_time.h"

namespace dwmtj {

// As a packet it is first the request, then the response.
struct Interconnect::Transaction : Packet {
  Payload* payload = nullptr;
  std::uint64_t address = 0;  // as the initiator gave it
  int initiator = 0;
  int target = 0;
  bool responds = false;
  bool owes_end = false;  // the target waits for END_RESP
  bool is_known = false;  // in `under_way_`
};

namespace {

// A message is not answered. What a tile is told on behalf of others is: its result travels back.
bool is_posted(const tlm::tlm_generic_payload& payload) {
  return payload.get_extension<MessageExtension>() != nullptr &&
         payload.get_extension<CommandExtension>() == nullptr;
}

}  // namespace

Interconnect::Interconnect(sc_core::sc_module_name name, const InterconnectParameters& parameters,
                           Ledger& ledger)
    : sc_module(name),
      initiators("initiators"),
      targets("targets"),
      parameters_(parameters),
      network_(this->name(), parameters, ledger),
      request_phases_("request_phases", this, &Interconnect::on_request_phase),
      response_phases_("response_phases", this, &Interconnect::on_response_phase) {
  initiators.register_b_transport(this, &Interconnect::b_transport);
  initiators.register_nb_transport_fw(this, &Interconnect::nb_transport_fw);
  initiators.register_get_direct_mem_ptr(this, &Interconnect::get_direct_mem_ptr);
  initiators.register_transport_dbg(this, &Interconnect::transport_dbg);
  targets.register_nb_transport_bw(this, &Interconnect::nb_transport_bw);
  targets.register_invalidate_direct_mem_ptr(this, &Interconnect::invalidate_direct_mem_ptr);
  network_.on_injected(
      [this](Packet& packet, Picoseconds) { injected(static_cast<Transaction&>(packet)); });
  network_.on_delivered(
      [this](Packet& packet, Picoseconds) { delivered(static_cast<Transaction&>(packet)); });
  for (int op = 0; op < static_cast<int>(TileOp::count_of_ops); ++op) {
    commands_.push_back(ledger.add_command(name_of(static_cast<TileOp>(op))));
  }
  SC_METHOD(run);
  sensitive << work_;
  dont_initialize();
}

Interconnect::~Interconnect() = default;

void Interconnect::place_initiator(int router) {
  auto& initiator = initiators_.emplace_back();
  initiator.port = network_.add_port(router);
}

void Interconnect::place_target(int router, std::uint64_t first, std::uint64_t bytes) {
  for (const auto& other : targets_) {
    if (first < other.first + other.bytes && other.first < first + bytes) {
      throw std::logic_error("two targets at one address");
    }
  }
  auto& target = targets_.emplace_back();
  target.port = network_.add_port(router);
  target.first = first;
  target.bytes = bytes;
}

int Interconnect::decode(const Payload& payload) const {
  const std::uint64_t address = payload.get_address();
  const auto within = [&](const Target& target) {
    const std::uint64_t offset = address - target.first;
    return offset < target.bytes && payload.get_data_length() <= target.bytes - offset;
  };
  // Most accesses go where the last one went.
  if (last_hit_ < targets_.size() && within(targets_[last_hit_]))
    return static_cast<int>(last_hit_);
  const auto after = std::upper_bound(
      targets_.begin(), targets_.end(), address,
      [](std::uint64_t wanted, const Target& target) { return wanted < target.first; });
  if (after == targets_.begin() || !within(*std::prev(after))) return -1;
  last_hit_ = static_cast<std::size_t>(after - targets_.begin()) - 1;
  return static_cast<int>(last_hit_);
}

CommandId Interconnect::command_of(const Payload& payload) const {
  if (const auto* const message = payload.get_extension<MessageExtension>()) {
    return message->command;
  }
  const auto* const extension = payload.get_extension<CommandExtension>();
  if (extension == nullptr || extension->command.op >= TileOp::count_of_ops) return {};
  return commands_[static_cast<std::size_t>(extension->command.op)];
}

bool Interconnect::waits_for_more(const Payload& payload) const {
  const auto* const message = payload.get_extension<MessageExtension>();
  return parameters_.multicast && message != nullptr && message->more;
}

void Interconnect::b_transport(int initiator, Payload& payload, sc_core::sc_time& delay) {
  const int index_of_target = decode(payload);
  if (index_of_target < 0) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return;
  }
  const auto& target = targets_[index(index_of_target)];
  const int from = initiators_[index(initiator)].port;
  const auto command = command_of(payload);
  const std::uint64_t address = payload.get_address();
  const auto travel = [&](int sender, int receiver, std::int64_t bits) {
    const Picoseconds time = later(now_ps(), to_picoseconds(delay));
    delay += to_sc_time(network_.pass(sender, receiver, parameters_.flits(bits), command, time));
  };
  travel(from, target.port, request_bits(payload));
  payload.set_address(address - target.first);
  targets[index_of_target]->b_transport(payload, delay);
  payload.set_address(address);
  if (!is_posted(payload)) travel(target.port, from, response_bits(payload));
}

tlm::tlm_sync_enum Interconnect::nb_transport_fw(int initiator, Payload& payload,
                                                 tlm::tlm_phase& phase, sc_core::sc_time& delay) {
  if (phase == tlm::BEGIN_REQ) {
    const int target = decode(payload);
    if (target < 0) {
      payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
      return tlm::TLM_COMPLETED;
    }
    if (begin_request(initiator, target, payload, later(now_ps(), to_picoseconds(delay)))) {
      return tlm::TLM_ACCEPTED;
    }
    phase = tlm::END_REQ;
    return tlm::TLM_UPDATED;
  }
  if (phase == tlm::END_RESP) request_phases_.notify(payload, phase, delay);
  return tlm::TLM_ACCEPTED;
}

// Nothing of it is kept on the payload, which may outlive this interconnect or pass others. False:
// it sets out with the next one.
bool Interconnect::begin_request(int initiator, int target, Payload& payload, Picoseconds time) {
  auto& transaction = new_transaction();
  transaction.payload = &payload;
  transaction.is_known = false;
  // Most messages are done with before anybody asks whose they are.
  if (!is_posted(payload)) remember(transaction);
  payload.acquire();
  transaction.address = payload.get_address();
  transaction.initiator = initiator;
  transaction.target = target;
  transaction.responds = false;
  transaction.from = initiators_[index(initiator)].port;
  transaction.to = targets_[index(target)].port;
  transaction.flits = parameters_.flits(request_bits(payload));
  transaction.command = command_of(payload);
  auto& companions = initiators_[index(initiator)].companions;
  transaction.companion = std::exchange(companions, nullptr);
  if (waits_for_more(payload)) {
    companions = &transaction;
    return false;
  }
  network_.send(transaction, time);
  wake();
  return true;
}

void Interconnect::remember(Transaction& transaction) {
  transaction.is_known = true;
  if (under_way_.emplace(transaction.payload, &transaction).second) return;
  throw std::logic_error(std::string(name()) + ": a transaction comes back to where it passed");
}

// END_RESP.
void Interconnect::on_request_phase(Payload& payload, const tlm::tlm_phase&) {
  const auto found = under_way_.find(&payload);
  if (found == under_way_.end()) return;
  const int which = found->second->initiator;
  auto& initiator = initiators_[index(which)];
  if (initiator.responding != found->second) return;
  finish(initiator);
  serve_initiator(which);
}

tlm::tlm_sync_enum Interconnect::nb_transport_bw(int, Payload& payload, tlm::tlm_phase& phase,
                                                 sc_core::sc_time& delay) {
  if (phase == tlm::END_REQ || phase == tlm::BEGIN_RESP) {
    response_phases_.notify(payload, phase, delay);
  }
  return tlm::TLM_ACCEPTED;
}

// BEGIN_RESP implies END_REQ.
void Interconnect::on_response_phase(Payload& payload, const tlm::tlm_phase& phase) {
  const auto found = under_way_.find(&payload);
  if (found == under_way_.end()) return;
  auto& transaction = *found->second;
  auto& target = targets_[index(transaction.target)];
  if (phase == tlm::BEGIN_RESP) {
    transaction.owes_end = true;
    begin_response(transaction, now_ps());
  }
  if (!target.requests.empty() && target.requests.front() == &transaction) {
    target.requests.pop_front();
    target.requesting = false;
    serve(transaction.target);
  }
}

void Interconnect::begin_response(Transaction& transaction, Picoseconds time) {
  transaction.responds = true;
  if (is_posted(*transaction.payload)) {
    injected(transaction);
    return delivered(transaction);
  }
  std::swap(transaction.from, transaction.to);
  transaction.flits = parameters_.flits(response_bits(*transaction.payload));
  network_.send(transaction, time);
  wake();
}

void Interconnect::run() {
  network_.advance(now_ps());
  if (network_.next() != PacketNetwork::kNever) {
    work_.notify(to_sc_time(network_.next() - now_ps()));
  }
}

// The sender's side of a packet is done.
void Interconnect::injected(Transaction& transaction) {
  auto delay = sc_core::SC_ZERO_TIME;
  auto& payload = *transaction.payload;
  if (!transaction.responds) {
    tlm::tlm_phase phase = tlm::END_REQ;
    initiators[transaction.initiator]->nb_transport_bw(payload, phase, delay);
  } else if (transaction.owes_end) {
    tlm::tlm_phase phase = tlm::END_RESP;
    transaction.owes_end = false;
    targets[transaction.target]->nb_transport_fw(payload, phase, delay);
  }
}

void Interconnect::delivered(Transaction& transaction) {
  if (transaction.responds) {
    initiators_[index(transaction.initiator)].responses.push_back(&transaction);
    serve_initiator(transaction.initiator);
  } else {
    targets_[index(transaction.target)].requests.push_back(&transaction);
    serve(transaction.target);
  }
}

// Puts the next request to a target that has answered the last one with END_REQ.
void Interconnect::serve(int which) {
  auto& target = targets_[index(which)];
  if (target.requesting || target.requests.empty()) return;
  target.requesting = true;
  auto& transaction = *target.requests.front();
  auto& payload = *transaction.payload;
  payload.set_address(transaction.address - target.first);
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  auto delay = sc_core::SC_ZERO_TIME;
  const auto answer = targets[which]->nb_transport_fw(payload, phase, delay);
  if (answer == tlm::TLM_COMPLETED) {
    target.requests.pop_front();
    target.requesting = false;
    begin_response(transaction, later(now_ps(), to_picoseconds(delay)));
    return serve(which);
  }
  if (!transaction.is_known) remember(transaction);
  if (answer == tlm::TLM_UPDATED) response_phases_.notify(payload, phase, delay);
}

void Interconnect::serve_initiator(int which) {
  auto& initiator = initiators_[index(which)];
  if (initiator.responding != nullptr || initiator.responses.empty()) return;
  auto& transaction = *initiator.responses.front();
  initiator.responses.pop_front();
  initiator.responding = &transaction;
  auto& payload = *transaction.payload;
  payload.set_address(transaction.address);
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  auto delay = sc_core::SC_ZERO_TIME;
  const auto answer = initiators[which]->nb_transport_bw(payload, phase, delay);
  const bool ended =
      answer == tlm::TLM_COMPLETED || (answer == tlm::TLM_UPDATED && phase == tlm::END_RESP);
  if (!ended) {
    if (!transaction.is_known) remember(transaction);
    return;
  }
  finish(initiator);
  serve_initiator(which);
}

void Interconnect::finish(Initiator& initiator) {
  auto* const transaction = initiator.responding;
  initiator.responding = nullptr;
  if (transaction->is_known) under_way_.erase(transaction->payload);
  transaction->payload->release();
  idle_.push_back(transaction);
}

Interconnect::Transaction& Interconnect::new_transaction() {
  if (idle_.empty()) return transactions_.emplace_back();
  auto& transaction = *idle_.back();
  idle_.pop_back();
  return transaction;
}

bool Interconnect::get_direct_mem_ptr(int initiator, Payload& payload, tlm::tlm_dmi& dmi) {
  const int which = decode(payload);
  if (which < 0) {
    dmi.set_start_address(payload.get_address());
    dmi.set_end_address(payload.get_address());
    return false;
  }
  const auto& target = targets_[index(which)];
  const std::uint64_t address = payload.get_address();
  payload.set_address(address - target.first);
  const bool granted = targets[which]->get_direct_mem_ptr(payload, dmi);
  payload.set_address(address);
  // What a target says beyond its addresses here is another's.
  dmi.set_start_address(dmi.get_start_address() + target.first);
  dmi.set_end_address(std::min<std::uint64_t>(dmi.get_end_address(), target.bytes - 1) +
                      target.first);
  const int from = initiators_[index(initiator)].port;
  const auto there_and_back = to_sc_time(network_.latency(from, target.port, parameters_.flits(0)) +
                                         network_.latency(target.port, from, parameters_.flits(0)));
  dmi.set_read_latency(dmi.get_read_latency() + there_and_back);
  dmi.set_write_latency(dmi.get_write_latency() + there_and_back);
  return granted;
}

unsigned Interconnect::transport_dbg(int, Payload& payload) {
  const int which = decode(payload);
  if (which < 0) return 0;
  const std::uint64_t address = payload.get_address();
  payload.set_address(address - targets_[index(which)].first);
  const unsigned count = targets[which]->transport_dbg(payload);
  payload.set_address(address);
  return count;
}

void Interconnect::invalidate_direct_mem_ptr(int which, sc_dt::uint64 first, sc_dt::uint64 last) {
  const auto& target = targets_[index(which)];
  if (first >= target.bytes) return;
  last = std::min<sc_dt::uint64>(last, target.bytes - 1);
  for (std::size_t i = 0; i < initiators_.size(); ++i) {
    initiators[static_cast<int>(i)]->invalidate_direct_mem_ptr(target.first + first,
                                                               target.first + last);
  }
}

}  // namespace dwmtj
