// SPDX-License-Identifier: Apache-2.0
// Packets on their way through the routers of a chip, each waiting for the channels it needs, one
// after the other (virtual cut-through, first come first served). Packets with the same data share
// their way until it parts. Owns no clock and no SystemC.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <tuple>
#include <vector>

#include "architecture/chip_parameters.h"
#include "ledger/ledger.h"

namespace dwmtj {

struct Packet {
  int from = 0;  // ports
  int to = 0;
  std::int64_t flits = 0;
  CommandId command{};  // on whose behalf it travels
  // Another receiver of the same data and from the same port, or null: see send().
  Packet* companion = nullptr;
  // Of the network, while the packet is on its way.
  int router = 0;
  bool injected = false;
  Picoseconds waited = 0;  // for channels and ports
};

class PacketNetwork {
 public:
  using Handler = std::function<void(Packet&, Picoseconds)>;
  static constexpr Picoseconds kNever = std::numeric_limits<Picoseconds>::max();

  // Opens accounts under `name`. Keeps a reference to `ledger`.
  PacketNetwork(const std::string& name, const InterconnectParameters& parameters, Ledger& ledger);

  // Called when the last flit of a packet has left its sender, and when it has reached its
  // receiver.
  void on_injected(Handler handler) { on_injected_ = std::move(handler); }
  void on_delivered(Handler handler) { on_delivered_ = std::move(handler); }

  // A sender and receiver at a router. Throws std::logic_error: no such router.
  int add_port(int router);
  // Sets out with its companions as one packet, which routers copy where their ways part; on a bus
  // all hear it at once. Injected is this one alone, delivered is each. They stay where they are
  // until then.
  void send(Packet& packet, Picoseconds time);
  // When something happens next; kNever: nothing.
  [[nodiscard]] Picoseconds next() const { return events_.empty() ? kNever : events_.top().time; }
  // Lets everything happen up to and with `now`.
  void advance(Picoseconds now);

  // A packet that meets no other: its energy is posted, and it arrives at `time` + this.
  Picoseconds pass(int from, int to, std::int64_t flits, CommandId command, Picoseconds time);
  [[nodiscard]] Picoseconds latency(int from, int to, std::int64_t flits) const;

  [[nodiscard]] Picoseconds waited() const { return waited_; }  // all packets together
  // For how long each channel of the topology has carried flits.
  [[nodiscard]] const std::vector<Picoseconds>& busy() const { return busy_; }
  [[nodiscard]] const Topology& topology() const { return parameters_.topology; }

 private:
  enum class Step : std::uint8_t { move, injected, delivered };
  // What happens at one time does so by rising sender, where packets set out, and then in the order
  // in which it was scheduled: whoever sends first in a delta cycle does not matter.
  struct Event {
    Picoseconds time;
    int sender;  // -1: no packet sets out
    std::uint64_t order;
    Packet* packet;
    Step step;
  };
  struct Later {
    bool operator()(const Event& a, const Event& b) const {
      return std::tie(a.time, a.sender, a.order) > std::tie(b.time, b.sender, b.order);
    }
  };
  // Packets that leave a router together.
  struct Way {
    int router;  // the next
    Packet* first;
    Packet* last;
  };
  struct Port {
    int router = 0;
    Picoseconds free_to_send = 0;
    Picoseconds free_to_receive = 0;
  };

  void schedule(Picoseconds time, Packet& packet, Step step, int sender = -1) {
    events_.push({time, sender, order_++, &packet, step});
  }
  void move(Packet& packet, Picoseconds time);
  void use_bus(Packet& packet, Picoseconds time);
  void part(Packet& packet, Picoseconds time);
  void inject(Packet& packet, Picoseconds time);
  void arrive(Packet& packet, Picoseconds time);
  void go_on(Packet& packet, Picoseconds time);
  [[nodiscard]] Picoseconds carrying(const Packet& packet) const {
    return repeated(packet.flits, cycle_);
  }
  Picoseconds claim(Picoseconds& free, Packet& packet, Picoseconds time);
  void post(const Packet& packet, Picoseconds start, int hops = 1);
  [[nodiscard]] Port& port(int i) { return ports_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const Port& port(int i) const { return ports_[static_cast<std::size_t>(i)]; }

  InterconnectParameters parameters_;
  Picoseconds cycle_;
  Picoseconds hop_latency_;
  double flit_energy_;  // J a hop
  Ledger& ledger_;
  AccountId hop_;
  Handler on_injected_;
  Handler on_delivered_;
  std::vector<Port> ports_;
  std::vector<Picoseconds> free_;  // of channels: taken until then
  std::vector<Picoseconds> busy_;
  std::priority_queue<Event, std::vector<Event>, Later> events_;
  std::vector<Way> ways_;  // of part()
  std::uint64_t order_ = 0;
  Picoseconds waited_ = 0;
};

}  // namespace dwmtj
