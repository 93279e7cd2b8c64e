// SPDX-License-Identifier: Apache-2.0
#include "architecture/interconnect_parameters.h"

#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr int kMostRouters = 4096;
constexpr int kMostJoined = 1024;  // each knows the way to each
constexpr int kMostFlitBits = 65536;
const std::vector<std::string> kTopologies = {"bus", "mesh", "links"};

std::vector<std::pair<int, int>> read_links(const ParameterNode& node, int routers) {
  std::vector<std::pair<int, int>> links;
  for (const auto& link : node.items("links")) {
    links.emplace_back(link.integer("from", 0, routers - 1), link.integer("to", 0, routers - 1));
    link.finish();
  }
  return links;
}

Topology read_topology(const ParameterNode& node) {
  const auto kind = static_cast<TopologyKind>(node.choice("topology", kTopologies));
  if (kind == TopologyKind::bus) return Topology::bus();
  if (kind == TopologyKind::mesh) {
    const int columns = node.integer("columns", 1, kMostRouters);
    return Topology::mesh(columns, node.integer("rows", 1, kMostRouters / columns));
  }
  const int routers = node.integer("routers", 1, kMostJoined);
  const auto links = read_links(node, routers);
  try {
    return Topology::joined(routers, links);
  } catch (const InputError& error) {
    node.fail("links", error.what());
  }
}

}  // namespace

InterconnectParameters InterconnectParameters::read(const ParameterNode& node) {
  InterconnectParameters interconnect;
  interconnect.topology = read_topology(node);
  interconnect.cycle = node.duration_above_zero("cycle");
  interconnect.width = node.whole_number("width", 1, kMostFlitBits);
  interconnect.header = node.whole_number("header", 0, kMostFlitBits);
  interconnect.hop_latency = node.duration("hop_latency");
  interconnect.hop_energy = node.at_least_zero<Energy>("hop_energy");
  interconnect.router_leakage = node.at_least_zero<Power>("router_leakage");
  interconnect.multicast = node.boolean("multicast");
  node.finish();
  return interconnect;
}

const CatalogFolder& part_catalog() {
  static const CatalogFolder kParts{"architecture/parts", "part of a chip"};
  return kParts;
}

}  // namespace dwmtj
