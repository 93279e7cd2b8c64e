// SPDX-License-Identifier: Apache-2.0
#include "simulation/program_estimate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "chip/packet_network.h"
#include "chip/packet_size.h"
#include "common/index.h"
#include "mapping/division.h"
#include "tile/fitted_tile.h"
#include "tile/tile_accounts.h"

namespace dwmtj {
namespace {

// Register accesses of a copy by DMA: source and destination, bytes, interrupt, start, status.
constexpr int kAccessesOfACopy = 8;

const char* const kHop = "interconnect hop";
const char* const kOperation = "digital operation";
const char* const kRead = "buffer read";
const char* const kWrite = "buffer write";
const char* const kBurst = "dma burst";
const char* const kDmaAccess = "dma access";
const char* const kDigitalAccess = "digital access";

using Cost = StepEstimate;

void add(ActionEnergies& to, const ActionEnergies& more, double times = 1) {
  for (const auto& [action, joules] : more) to[action] += times * joules;
}

// Packets that meet no other.
class Ways {
 public:
  explicit Ways(const InterconnectParameters& interconnect) : interconnect_(interconnect) {}

  [[nodiscard]] Cost packet(int from, int to, std::int64_t bits) const {
    const auto flits = static_cast<double>(interconnect_.flits(bits));
    const auto hops = static_cast<double>(interconnect_.topology.hops(from, to));
    return {hops * in_si(interconnect_.hop_latency) + flits * in_si(interconnect_.cycle),
            {{kHop, hops * flits * in_si(interconnect_.hop_energy) * interconnect_.width}}};
  }
  // Of what a sender's port or a receiver's is taken for.
  [[nodiscard]] double carrying(std::int64_t bits) const {
    return static_cast<double>(interconnect_.flits(bits)) * in_si(interconnect_.cycle);
  }

 private:
  const InterconnectParameters& interconnect_;
};

class Estimator {
 public:
  Estimator(const ChipParameters& chip, const TileSet& tiles, const TiledNetwork& network,
            const TileReading& reading, const ProgramRun& run)
      : chip_(chip),
        tiles_(tiles),
        fitted_(tiles.tile, tiles.rows, tiles.columns),
        network_(network),
        reading_(reading),
        ways_(chip.interconnect),
        run_(run) {}

  ProgramEstimate run(const std::vector<double>& shares);

 private:
  [[nodiscard]] Cost digital(std::int64_t operations) const;
  [[nodiscard]] Cost multiply(double siemens, double rows) const;
  [[nodiscard]] Cost loading() const;
  [[nodiscard]] Cost reading_label() const;
  [[nodiscard]] double conductance(const TileLayer& layer, std::size_t block) const;
  StepEstimate product(const TileLayer& layer, double share);
  [[nodiscard]] double slowest_layer(double interval) const;
  [[nodiscard]] double leakage() const;

  const ChipParameters& chip_;
  const TileSet& tiles_;
  FittedTile fitted_;
  const TiledNetwork& network_;
  const TileReading& reading_;
  Ways ways_;
  // A layer's tiles between two images: so many turns, and how long a turn takes the port.
  struct Turns {
    double commands;
    double seconds;
    double send, receive;
    double one_sent, one_received;
  };
  ProgramRun run_;
  std::vector<Turns> layers_;
  double digital_busy_ = 0;  // s an image
  double send_busy_ = 0;     // s an image, of the port beside the digital unit
  double receive_busy_ = 0;
};

Cost Estimator::digital(std::int64_t operations) const {
  const auto turns = divide_up(operations, chip_.digital.lanes);
  return {static_cast<double>(turns) * in_si(chip_.digital.cycle),
          {{kOperation, static_cast<double>(operations) * in_si(chip_.digital.operation_energy)}}};
}

// Cycles that comparators near balance add to a product. A sum lies anywhere between two codes of
// its reference, and is compared with both: with one of them in the last decision as often as not,
// with the other before. A decision waits for the slowest of its columns.
double slow_decisions(const TileParameters& tile, int columns, int bits) {
  const Time left =
      to_time(repeated(tile.cycles(tile.comparator.delay), tile.period())) - tile.comparator.delay;
  const double near =
      in_si(tile.comparator.swing) * std::exp(-in_si(left) / in_si(tile.comparator.regeneration));
  const double code = in_si(tile.sum_reference.lsb(bits)) * in_si(tile.read.load);
  double cycles = 0;
  for (int before_last = 0; before_last < bits - 1; ++before_last) {
    const double share = std::min(1.0, 2 * near / code * std::ldexp(0.5, -before_last));
    cycles += 1 - std::pow(1 - share, columns);
  }
  return cycles;
}

// As the controller spends them (tile/tile_sequences.cpp): decode, settle, decisions one after the
// other, each but the first behind a step of the reference, release, respond; and the edge that the
// command waits for.
Cost Estimator::multiply(double siemens, double rows) const {
  const auto& tile = fitted_.parameters();
  const double period = in_si(to_time(tile.period()));
  const int bits = reading_.result_bits;
  const int decide = tile.cycles(tile.comparator.delay);
  const int step = bits > 1 ? tile.cycles(tile.sum_reference.settle) : 0;
  const int reads = tile.cycles(tile.timing.read_settle) + bits * decide + (bits - 1) * step;
  const double slow = slow_decisions(tile, tiles_.columns, bits);
  const double cycles = reads + slow + 3;
  const double columns = tiles_.columns;
  const double volts = in_si(tile.read.voltage);
  const double dacs = bits == 1
                          ? 0.0
                          : in_si(tile.sum_reference.energy) +
                                in_si(tile.sum_reference.full_scale) * in_si(tile.driver.supply) *
                                    (step + decide + slow / (bits - 1)) * period;
  const int states = 2 * bits + 3;  // the first cycle of each is clocked
  const Energy clocked = tile.overhead.clocked_cycle(tiles_.columns) - tile.overhead.wait_cycle;
  return {(cycles + 1) * period,
          {{"tiles.controller cycle",
            cycles * in_si(tile.overhead.wait_cycle) + states * in_si(clocked)},
           {"tiles.array read", siemens * volts * volts * (reads + slow) * period},
           {"tiles.rows drive", rows * in_si(tile.overhead.row)},
           {"tiles.comparators decision", columns * bits * in_si(tile.comparator.energy)},
           {"tiles.comparators auto-zero", columns * in_si(tile.comparator.zero.energy)},
           {"tiles.sum_references step", columns * (bits - 1) * dacs}}};
}

// Of all devices of the rows in use, through the wires: those without a weight stay at the lowest
// level.
double Estimator::conductance(const TileLayer& layer, std::size_t block) const {
  const auto& readout = tiles_.device.readout();
  double sum = 0;
  double devices = 0;
  for (const auto& command : layer.programs(block, layer.placement(block).places())) {
    for (const auto level : command.data) {
      sum += in_si(readout.level_conductance(level == kSkip ? 0 : level));
    }
    devices += static_cast<double>(command.data.size());
  }
  return sum * left_by_rows(tiles_.tile.wires, tiles_.columns, from_si<Conductance>(sum / devices));
}

// All tiles of the layer side by side, a command each at a time; their packets leave and come back
// one after the other, and so do their results through the lanes.
StepEstimate Estimator::product(const TileLayer& layer, double share) {
  const auto commands = static_cast<double>(layer.windows() * layer.planes());
  const std::int64_t request = data_bits(TileOp::multiply) * tiles_.rows;
  const std::int64_t response = std::int64_t{reading_.result_bits} * tiles_.columns;
  StepEstimate step;
  double slowest = 0;
  double lanes = 0;
  for (std::size_t block = 0; block < layer.tiles(); ++block) {
    const int router = chip_.tiles.router_of(static_cast<int>(layer.first_tile() + block));
    const auto there = ways_.packet(chip_.digital.router, router, request);
    const auto back = ways_.packet(router, chip_.digital.router, response);
    const auto at_tile = multiply(share * conductance(layer, block), share * layer.rows_of(block));
    const auto adding = digital(layer.columns_of(block));
    slowest = std::max(slowest, there.seconds + at_tile.seconds + back.seconds);
    lanes += adding.seconds;
    for (const auto* const part : {&there, &at_tile, &back, &adding}) {
      add(step.joules, part->joules, commands);
    }
  }
  const auto tiles = static_cast<double>(layer.tiles());
  const double send = run_.waits ? ways_.carrying(request) : 0.0;
  const double receive = run_.waits ? ways_.carrying(response) : 0.0;
  const double turn = std::max({slowest, tiles * send, tiles * receive, lanes});
  // Where something is taken all the time, results follow each other once the first is there; else
  // the packets of a turn follow each other through the port.
  const double turns = turn > slowest ? slowest + (commands * tiles - 1) * turn / tiles
                                      : commands * slowest + (tiles - 1) * send;
  const auto before = digital(2 * layer.inputs());
  const auto after = digital(2 * layer.outputs());
  add(step.joules, before.joules);
  add(step.joules, after.joules);
  step.seconds = before.seconds + turns + after.seconds;
  digital_busy_ += before.seconds + after.seconds + commands * lanes;
  send_busy_ += commands * tiles * send;
  receive_busy_ += commands * tiles * receive;
  layers_.push_back({commands, turn, tiles * send, tiles * receive, send, receive});
  return step;
}

// Bursts into the buffer one after the other; then by DMA, a read and a write each.
Cost Estimator::loading() const {
  const auto words = network_.plan.input_layout.elements;
  const auto bytes = words * static_cast<std::int64_t>(sizeof(Fixed));
  const auto bursts = static_cast<double>(divide_up(bytes, chip_.dma.burst));
  const auto burst = std::min<std::int64_t>(bytes, chip_.dma.burst);
  const std::int64_t data = 8 * burst;  // bits
  const auto way = [&](int from, int to, std::int64_t bits) {
    return ways_.packet(from, to, bits);
  };
  const auto lines = static_cast<double>(divide_up(burst, chip_.buffer.width));
  const double at_buffer = in_si(chip_.buffer.latency) + lines * in_si(chip_.buffer.cycle);
  const double access = in_si(chip_.registers.access_time);
  Cost cost;
  const auto access_all = [&](double times, const Cost& there, double inside, const Cost& back,
                              const ActionEnergies& joules) {
    cost.seconds += times * (there.seconds + inside + back.seconds);
    for (const auto* const part : {&there.joules, &back.joules, &joules}) {
      add(cost.joules, *part, times);
    }
  };
  const double buffered = static_cast<double>(burst) * in_si(chip_.buffer.byte_energy);
  const int host = chip_.host_router;
  const int buffer = chip_.buffer.router;
  const int dma = chip_.dma.router;
  const int unit = chip_.digital.router;
  const double touch = in_si(chip_.registers.access_energy);
  access_all(bursts, way(host, buffer, data), at_buffer, way(buffer, host, 0),
             {{kWrite, buffered}});
  access_all(bursts, way(dma, buffer, 0), at_buffer, way(buffer, dma, data),
             {{kRead, buffered}, {kBurst, in_si(chip_.dma.burst_energy)}});
  access_all(bursts, way(dma, unit, data), access, way(unit, dma, 0), {{kDigitalAccess, touch}});
  access_all(kAccessesOfACopy - 1, way(host, dma, 32), access, way(dma, host, 0),
             {{kDmaAccess, touch}});
  access_all(1, way(host, dma, 0), access, way(dma, host, 32), {{kDmaAccess, touch}});
  return cost;
}

Cost Estimator::reading_label() const {
  const auto there = ways_.packet(chip_.host_router, chip_.digital.router, 0);
  const auto back = ways_.packet(chip_.digital.router, chip_.host_router, 32);
  Cost cost{there.seconds + in_si(chip_.registers.access_time) + back.seconds,
            {{kDigitalAccess, in_si(chip_.registers.access_energy)}}};
  add(cost.joules, there.joules);
  add(cost.joules, back.joules);
  return cost;
}

double Estimator::leakage() const {
  Ledger ledger;
  const TileAccounts one(ledger, "tile", tiles_.tile, tiles_.device, tiles_.columns);
  const auto powered = static_cast<double>(run_.powered.value_or(index(tiles_.count)));
  return powered * in_si(one.leakage()) + in_si(chip_.buffer.leakage) + in_si(chip_.dma.leakage) +
         in_si(chip_.digital.leakage) +
         chip_.interconnect.topology.routers() * in_si(chip_.interconnect.router_leakage);
}

// A packet that finds the port taken by those of other layers, as often as these take it, waits for
// half of one on average.
double Estimator::slowest_layer(double interval) const {
  double slowest = 0;
  for (const auto& layer : layers_) {
    const double sent = (send_busy_ - layer.commands * layer.send) / interval;
    const double received = (receive_busy_ - layer.commands * layer.receive) / interval;
    const double wait = sent * layer.one_sent / 2 + received * layer.one_received / 2;
    slowest = std::max(slowest, layer.commands * (layer.seconds + wait));
  }
  return slowest;
}

ProgramEstimate Estimator::run(const std::vector<double>& shares) {
  ProgramEstimate result;
  for (std::size_t i = 0; i < network_.plan.steps.size(); ++i) {
    if (network_.layers[i]) {
      result.steps.push_back(product(*network_.layers[i], shares[i]));
      continue;
    }
    result.steps.push_back(digital(network_.operations[i]));
    digital_busy_ += result.steps.back().seconds;
  }
  result.steps.push_back(digital(network_.plan.output_layout.elements));
  digital_busy_ += result.steps.back().seconds;  // the label's search
  auto host_work = loading();
  const auto read = reading_label();
  host_work.seconds += read.seconds;
  add(host_work.joules, read.joules);
  result.steps.push_back(host_work);
  for (const auto& step : result.steps) result.latency += step.seconds;
  const double host = host_work.seconds;
  const double least = std::max({digital_busy_, send_busy_, receive_busy_, host,
                                 result.latency / static_cast<double>(run_.in_flight)});
  result.interval = least;
  for (int round = 0; round < 20; ++round) {
    result.interval = std::max(least, slowest_layer(result.interval));
  }
  result.leakage = leakage();
  return result;
}

}  // namespace

double sum_of(const ActionEnergies& energies) {
  return std::accumulate(energies.begin(), energies.end(), 0.0,
                         [](double sum, const auto& each) { return sum + each.second; });
}

ActionEnergies ProgramEstimate::actions() const {
  ActionEnergies all{{"leakage", leakage * interval}};
  for (const auto& step : steps) add(all, step.joules);
  return all;
}

ProgramEstimate estimate_program(const ChipParameters& chip, const TileSet& tiles,
                                 const TiledNetwork& network,
                                 const std::vector<double>& drive_shares,
                                 const TileReading& reading, const ProgramRun& run) {
  return Estimator(chip, tiles, network, reading, run).run(drive_shares);
}

}  // namespace dwmtj
