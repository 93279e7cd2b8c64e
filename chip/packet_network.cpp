// SPDX-License-Identifier: Apache-2.0
#include "chip/packet_network.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace dwmtj {

PacketNetwork::PacketNetwork(const std::string& name, const InterconnectParameters& parameters,
                             Ledger& ledger)
    : parameters_(parameters),
      cycle_(to_picoseconds(parameters.cycle)),
      hop_latency_(to_picoseconds(parameters.hop_latency)),
      flit_energy_(in_si(parameters.hop_energy) * parameters.width),
      ledger_(ledger),
      free_(static_cast<std::size_t>(parameters.topology.channels()), 0),
      busy_(free_) {
  const auto routers = ledger.add_component(
      name, "routers and channels",
      static_cast<double>(parameters.topology.routers()) * parameters.router_leakage);
  hop_ = ledger.add_account(routers, "hop");
}

int PacketNetwork::add_port(int router) {
  if (router < 0 || router >= topology().routers()) {
    throw std::logic_error("a port at a router that does not exist");
  }
  ports_.push_back({router});
  return static_cast<int>(ports_.size()) - 1;
}

void PacketNetwork::send(Packet& packet, Picoseconds time) {
  for (Packet* each = &packet; each != nullptr; each = each->companion) {
    each->router = port(packet.from).router;
    each->injected = false;
    each->waited = 0;
  }
  schedule(time, packet, Step::move, packet.from);
}

void PacketNetwork::advance(Picoseconds now) {
  while (next() <= now) {
    const Event event = events_.top();
    events_.pop();
    if (event.step == Step::move) move(*event.packet, event.time);
    if (event.step == Step::injected) on_injected_(*event.packet, event.time);
    if (event.step == Step::delivered) on_delivered_(*event.packet, event.time);
  }
}

void PacketNetwork::move(Packet& packet, Picoseconds time) {
  if (topology().kind() == TopologyKind::bus) return use_bus(packet, time);
  if (!packet.injected) return inject(packet, time);
  if (packet.companion != nullptr) return part(packet, time);
  if (packet.router == port(packet.to).router) return arrive(packet, time);
  go_on(packet, time);
}

// Those that are there arrive, one after the other; the rest goes on, by the next router.
void PacketNetwork::part(Packet& packet, Picoseconds time) {
  ways_.clear();
  for (Packet* each = &packet; each != nullptr;) {
    Packet* const after = std::exchange(each->companion, nullptr);
    each->injected = true;
    each->router = packet.router;
    const int to = port(each->to).router;
    if (to == packet.router) {
      arrive(*each, time);
    } else {
      const int next = topology().next_router(packet.router, to);
      const auto way = std::find_if(ways_.begin(), ways_.end(),
                                    [&](const Way& known) { return known.router == next; });
      if (way == ways_.end()) {
        ways_.push_back({next, each, each});
      } else {
        way->last->companion = each;
        way->last = each;
      }
    }
    each = after;
  }
  for (const auto& way : ways_) go_on(*way.first, time);
}

void PacketNetwork::use_bus(Packet& packet, Picoseconds time) {
  const Picoseconds start = claim(free_.front(), packet, time);
  const Picoseconds sent = later(start, carrying(packet));
  busy_.front() += sent - start;
  post(packet, start);
  schedule(sent, packet, Step::injected);
  for (Packet* each = &packet; each != nullptr;) {
    schedule(later(sent, hop_latency_), *each, Step::delivered);
    each = std::exchange(each->companion, nullptr);
  }
}

void PacketNetwork::inject(Packet& packet, Picoseconds time) {
  const Picoseconds start = claim(port(packet.from).free_to_send, packet, time);
  packet.injected = true;
  schedule(start, packet, Step::move);
  schedule(later(start, carrying(packet)), packet, Step::injected);
}

void PacketNetwork::go_on(Packet& packet, Picoseconds time) {
  const int next = topology().next_router(packet.router, port(packet.to).router);
  const auto channel = static_cast<std::size_t>(topology().channel(packet.router, next));
  const Picoseconds start = claim(free_[channel], packet, time);
  busy_[channel] += carrying(packet);
  post(packet, start);
  packet.router = next;
  schedule(later(start, hop_latency_), packet, Step::move);
}

void PacketNetwork::arrive(Packet& packet, Picoseconds time) {
  const Picoseconds start = claim(port(packet.to).free_to_receive, packet, time);
  post(packet, start);
  schedule(later(later(start, hop_latency_), carrying(packet)), packet, Step::delivered);
}

// From when on the packet has what is free from `free` on; it keeps it for all of its flits.
Picoseconds PacketNetwork::claim(Picoseconds& free, Packet& packet, Picoseconds time) {
  const Picoseconds start = std::max(free, time);
  packet.waited += start - time;
  waited_ = later(waited_, start - time);
  free = later(start, carrying(packet));
  return start;
}

void PacketNetwork::post(const Packet& packet, Picoseconds start, int hops) {
  const std::int64_t flits = packet.flits * hops;
  ledger_.on_behalf_of(packet.command);
  ledger_.post(hop_, start, carrying(packet), flit_energy_ * static_cast<double>(flits),
               static_cast<std::uint64_t>(flits));
}

Picoseconds PacketNetwork::latency(int from, int to, std::int64_t flits) const {
  const int hops = topology().hops(port(from).router, port(to).router);
  return later(repeated(hops, hop_latency_), repeated(flits, cycle_));
}

Picoseconds PacketNetwork::pass(int from, int to, std::int64_t flits, CommandId command,
                                Picoseconds time) {
  Packet packet;
  packet.flits = flits;
  packet.command = command;
  post(packet, time, topology().hops(port(from).router, port(to).router));
  return latency(from, to, flits);
}

}  // namespace dwmtj
