// SPDX-License-Identifier: Apache-2.0
#include "architecture/topology.h"

#include <algorithm>
#include <cstdlib>
#include <deque>

#include <fmt/format.h>

#include "common/index.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

using Neighbours = std::vector<std::vector<int>>;

void add_both_ways(Neighbours& neighbours, int a, int b) {
  neighbours[index(a)].push_back(b);
  neighbours[index(b)].push_back(a);
}

void sort_each(Neighbours& neighbours) {
  for (auto& list : neighbours) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
}

void check_link(int routers, const std::pair<int, int>& link) {
  for (const int router : {link.first, link.second}) {
    if (router >= 0 && router < routers) continue;
    throw InputError(fmt::format("there is no router {}; expected 0 to {}", router, routers - 1));
  }
  if (link.first == link.second) {
    throw InputError(fmt::format("router {} is joined to itself", link.first));
  }
}

}  // namespace

Topology Topology::bus() {
  Topology bus(TopologyKind::bus, 1);
  bus.channels_ = 1;
  return bus;
}

Topology Topology::mesh(int columns, int rows) {
  Topology mesh(TopologyKind::mesh, columns * rows);
  mesh.columns_ = columns;
  Neighbours neighbours(index(mesh.routers_));
  for (int router = 0; router < mesh.routers_; ++router) {
    mesh.places_.emplace_back(router % columns, router / columns);
    if (router % columns + 1 < columns) add_both_ways(neighbours, router, router + 1);
    if (router / columns + 1 < rows) add_both_ways(neighbours, router, router + columns);
  }
  sort_each(neighbours);
  mesh.number_channels(neighbours);
  return mesh;
}

Topology Topology::joined(int routers, const std::vector<std::pair<int, int>>& links) {
  Topology joined(TopologyKind::links, routers);
  joined.find_ways(links);
  return joined;
}

void Topology::number_channels(const Neighbours& neighbours) {
  for (int from = 0; from < routers_; ++from) {
    first_.push_back(channels_);
    for (const int to : neighbours[index(from)]) channel_of_.emplace_back(from, to);
    channels_ = static_cast<int>(channel_of_.size());
  }
}

// A search breadth first from each destination: who is found first is on a shortest way.
void Topology::find_ways(const std::vector<std::pair<int, int>>& links) {
  Neighbours neighbours(index(routers_));
  for (const auto& link : links) {
    check_link(routers_, link);
    add_both_ways(neighbours, link.first, link.second);
  }
  sort_each(neighbours);
  number_channels(neighbours);
  next_.assign(index(routers_) * index(routers_), -1);
  for (int to = 0; to < routers_; ++to) {
    const auto next = [&](int at) -> int& {
      return next_[index(at) * index(routers_) + index(to)];
    };
    next(to) = to;
    std::deque<int> found = {to};
    for (; !found.empty(); found.pop_front()) {
      for (const int neighbour : neighbours[index(found.front())]) {
        if (next(neighbour) >= 0) continue;
        next(neighbour) = found.front();
        found.push_back(neighbour);
      }
    }
    for (int at = 0; at < routers_; ++at) {
      if (next(at) < 0) throw InputError(fmt::format("router {} cannot reach router {}", at, to));
    }
  }
}

int Topology::next_router(int at, int to) const {
  if (kind_ == TopologyKind::links) return next_[index(at) * index(routers_) + index(to)];
  const int across = places_[index(to)].first - places_[index(at)].first;
  if (across != 0) return at + std::clamp(across, -1, 1);
  return at + (to > at ? columns_ : -columns_);
}

int Topology::channel(int from, int to) const {
  int channel = first_[index(from)];
  while (channel_of_[index(channel)].second != to) ++channel;
  return channel;
}

int Topology::hops(int from, int to) const {
  int hops = 1;
  if (kind_ == TopologyKind::mesh) {
    return 1 + std::abs(to % columns_ - from % columns_) +
           std::abs(to / columns_ - from / columns_);
  }
  for (int at = from; at != to; at = next_router(at, to)) ++hops;
  return hops;
}

std::string Topology::router_name(int router) const {
  if (kind_ != TopologyKind::mesh) return fmt::format("router {}", router);
  return fmt::format("router {} ({}, {})", router, places_[index(router)].first,
                     places_[index(router)].second);
}

std::string Topology::channel_name(int channel) const {
  if (kind_ == TopologyKind::bus) return "bus";
  const auto& [from, to] = channel_of_[index(channel)];
  return router_name(from) + " to " + router_name(to);
}

}  // namespace dwmtj
