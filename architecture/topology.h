// SPDX-License-Identifier: Apache-2.0
// Who is connected to whom on a chip: routers, the channels between them, and the way from one
// router to another. No time, no energy, no SystemC.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace dwmtj {

enum class TopologyKind { bus, mesh, links };

class Topology {
 public:
  // One channel that everybody shares.
  static Topology bus();
  // columns x rows routers, numbered along rows; first along x, then along y.
  static Topology mesh(int columns, int rows);
  // Any routers: each pair is joined by a channel each way. The shortest way, of equals the one
  // that a search breadth first, from the destination and in the order of numbers, finds first.
  // Throws InputError: a router outside of the range, joined to itself, or that cannot be reached.
  static Topology joined(int routers, const std::vector<std::pair<int, int>>& links);

  [[nodiscard]] TopologyKind kind() const { return kind_; }
  [[nodiscard]] int routers() const { return routers_; }
  [[nodiscard]] int channels() const { return channels_; }
  // The next router on the way; `to` must differ from `at`.
  [[nodiscard]] int next_router(int at, int to) const;
  // The channel from a router to a neighbour of it.
  [[nodiscard]] int channel(int from, int to) const;
  // Routers that a packet passes from `from` to `to`, both included.
  [[nodiscard]] int hops(int from, int to) const;
  // "router 5 (1, 2) to router 6 (2, 2)"
  [[nodiscard]] std::string channel_name(int channel) const;

 private:
  Topology(TopologyKind kind, int routers) : kind_(kind), routers_(routers) {}
  void find_ways(const std::vector<std::pair<int, int>>& links);
  void number_channels(const std::vector<std::vector<int>>& neighbours);
  [[nodiscard]] std::string router_name(int router) const;

  TopologyKind kind_;
  int routers_;
  int columns_ = 0;  // mesh
  int channels_ = 0;
  std::vector<std::pair<int, int>> places_;      // mesh: x, y of a router; no division when asked
  std::vector<int> next_;                        // links: [at][to]
  std::vector<int> first_;                       // of a router's channels
  std::vector<std::pair<int, int>> channel_of_;  // from, to; in the order of `from`
};

}  // namespace dwmtj
