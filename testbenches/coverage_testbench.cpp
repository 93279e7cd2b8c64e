// SPDX-License-Identifier: Apache-2.0
// An example: constrained random commands on a tile, each checked against the bulk view, and what
// they cover of (command, status of its result, state of the controller, level of a device that it
// addresses).
#include <cstdio>
#include <set>
#include <string>
#include <tuple>

#include <systemc>

#include "arrays/bulk_tile.h"
#include "common/sim_time.h"
#include "devices/catalog.h"
#include "rtl_models/pin_host.h"
#include "rtl_models/tile_wires.h"
#include "tile/tile_op.h"
#include "traces/random_trace.h"

using namespace dwmtj;

namespace {

constexpr ArrayShape kShape{3, 4};
constexpr int kNoLevel = -1;  // of a command that addresses no device
constexpr double kWanted = 0.95;
constexpr auto kLastState = ControllerState::respond;

using Bin = std::tuple<TileOp, TileStatus, ControllerState, int>;

template <typename Enum>
std::vector<Enum> all_below(int count) {
  std::vector<Enum> all;
  all.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) all.push_back(static_cast<Enum>(i));
  return all;
}
const auto kOps = all_below<TileOp>(kTileOps + 1);  // the last one is illegal
const auto kStatuses = all_below<TileStatus>(static_cast<int>(TileStatus::count_of_statuses));
const auto kStates = all_below<ControllerState>(static_cast<int>(kLastState) + 1);

bool is_carried_out(TileStatus status) {
  return status == TileStatus::ok || status == TileStatus::flagged;
}

// Worked out from what a tile promises, not from what was seen.
bool can_answer(TileOp op, TileStatus status) {
  const auto& traits = traits_of(op);
  if (!is_op(op)) return status == TileStatus::illegal_op;
  switch (status) {
    case TileStatus::illegal_op:
      return false;
    case TileStatus::flagged:
      return traits.effect == TileEffect::programs;
    case TileStatus::row_out_of_range:
      return traits.by_row;
    case TileStatus::wrong_bits:
      return traits.in_bits;
    default:
      return true;
  }
}

bool can_visit(TileOp op, TileStatus status, ControllerState state) {
  if (!can_answer(op, status)) return false;
  const auto& traits = traits_of(op);
  switch (state) {
    case ControllerState::idle:
      return false;  // not within a command
    case ControllerState::decode:
    case ControllerState::respond:
      return true;
    case ControllerState::select:
      return is_carried_out(status) && traits.by_row;
    case ControllerState::field:
    case ControllerState::pulse:
      return is_carried_out(status) && traits.effect != TileEffect::none;
    case ControllerState::verify:
      return is_carried_out(status) && traits.effect == TileEffect::programs;
    case ControllerState::reference:
      return is_carried_out(status) && traits.in_bits;
    default:
      return is_carried_out(status) && traits.answers;
  }
}

bool addresses_devices(TileOp op, TileStatus status) {
  return is_op(op) && status != TileStatus::row_out_of_range;
}

std::set<int> levels_of(TileOp op, TileStatus status, int levels) {
  std::set<int> all;
  if (!addresses_devices(op, status)) return {kNoLevel};
  for (int level = 0; level < levels; ++level) all.insert(level);
  return all;
}

std::set<Bin> reachable_bins(int levels) {
  std::set<Bin> bins;
  for (const auto op : kOps) {
    for (const auto status : kStatuses) {
      for (const auto state : kStates) {
        if (!can_visit(op, status, state)) continue;
        for (const int level : levels_of(op, status, levels)) {
          bins.emplace(op, status, state, level);
        }
      }
    }
  }
  return bins;
}

// Runs the commands one by one, beside a bulk twin.
class Host : public PinHost {
 public:
  Host(sc_core::sc_module_name name, std::vector<TileCommand> commands, const SynapseTile& tile,
       BulkTile& twin)
      : PinHost(name, tile), commands_(std::move(commands)), tile_(tile), twin_(twin) {
    SC_THREAD(run);
  }

  std::set<Bin> covered;
  std::size_t done = 0;
  std::size_t wrong = 0;

 private:
  SC_HAS_PROCESS(Host);

  void run() {
    for (const auto& command : commands_) {
      const auto levels = levels_addressed(command);
      const auto outcome = carry_out(command);
      wrong += outcome.result == twin_.carry_out(command, twin_.now()) ? 0 : 1;
      cover(command, outcome.result.status, levels);
      ++done;
    }
  }

  [[nodiscard]] std::set<int> levels_addressed(const TileCommand& command) const {
    std::set<int> levels;
    const auto& pairs = tile_.pairs();
    const bool by_row = traits_of(command.op).by_row;
    for (std::uint32_t row = 0; row < static_cast<std::uint32_t>(kShape.rows); ++row) {
      for (const Side side : {Side::plus, Side::minus}) {
        if (by_row && (row != command.row || side != command.side)) continue;
        for (int column = 0; column < kShape.columns; ++column) {
          levels.insert(pairs.devices().site(pairs.index(row, side, column)));
        }
      }
    }
    return levels;
  }

  void cover(const TileCommand& command, TileStatus status, const std::set<int>& levels) {
    const auto op = is_op(command.op) ? command.op : TileOp::count_of_ops;
    for (const auto state : kStates) {
      if (!tile_.controller().visited(state)) continue;
      const auto here = addresses_devices(op, status) ? levels : std::set<int>{kNoLevel};
      for (const int level : here) covered.emplace(op, status, state, level);
    }
  }

  std::vector<TileCommand> commands_;
  const SynapseTile& tile_;
  BulkTile& twin_;
};

// How many of `levels` are in `bins`.
int count(const std::set<Bin>& bins, TileOp op, TileStatus status, ControllerState state) {
  const auto first = bins.lower_bound({op, status, state, kNoLevel});
  int found = 0;
  for (auto bin = first; bin != bins.end(); ++bin, ++found) {
    if (std::get<0>(*bin) != op || std::get<1>(*bin) != status || std::get<2>(*bin) != state) break;
  }
  return found;
}

// A row a command and status, a column a state: levels covered of those reachable; a point where
// there are none.
void print_table(const std::set<Bin>& covered, const std::set<Bin>& reachable) {
  std::printf("%-9s %-17s", "command", "status");
  for (const auto state : kStates) std::printf(" %-8s", name_of(state));
  for (const auto op : kOps) {
    for (const auto status : kStatuses) {
      if (!can_answer(op, status)) continue;
      std::printf("\n%-9s %-17s", name_of(op).c_str(), name_of(status).c_str());
      for (const auto state : kStates) {
        const int all = count(reachable, op, status, state);
        const auto text =
            std::to_string(count(covered, op, status, state)) + "/" + std::to_string(all);
        std::printf(" %-8s", all == 0 ? "." : text.c_str());
      }
    }
  }
  std::printf("\n");
}

void print_unreachable() {
  std::printf("\nNot reachable: the points; idle, which is between commands; and the statuses\n");
  for (const auto op : kOps) {
    std::printf("  of %s:", name_of(op).c_str());
    const char* separator = " ";
    for (const auto status : kStatuses) {
      if (can_answer(op, status)) continue;
      std::printf("%s%s", separator, name_of(status).c_str());
      separator = ", ";
    }
    std::printf("\n");
  }
}

void print_missed(const std::set<Bin>& covered, const std::set<Bin>& reachable) {
  for (const auto& bin : reachable) {
    if (covered.count(bin) > 0) continue;
    const auto& [op, status, state, level] = bin;
    std::printf("missed: %s, %s, %s, level %d\n", name_of(op).c_str(), name_of(status).c_str(),
                name_of(state), level);
  }
}

std::vector<TileCommand> random_commands(const TileParameters& parameters, int levels) {
  RandomTraceOptions options;
  options.rows = kShape.rows;
  options.columns = kShape.columns;
  options.levels = levels;
  options.largest_code = parameters.largest_code();
  options.commands = 4000;
  options.sum_bits = parameters.sum_reference.bits;
  options.illegal = 0.4;
  std::vector<TileCommand> commands;
  for (const auto& entry : random_trace(1, options)) commands.push_back(entry.command);
  return commands;
}

}  // namespace

int sc_main(int, char**) {
  auto parameters = TileParameters::load(find_tile("trapezoidal"));
  parameters.verify.pulses = 3;  // gives up early, so that some are flagged
  const DeviceModel device(parameters.load_device());
  Ledger ledger;
  Ledger twin_ledger;
  TileOptions options;
  options.shape = kShape;
  SynapseTile tile("tile0", parameters, device, ledger, options);
  BulkTile twin("twin", parameters, device, twin_ledger, {kShape});
  Host host("host", random_commands(parameters, device.sites()), tile, twin);
  const TileWires wires(tile, host);
  sc_core::sc_start();

  const auto reachable = reachable_bins(device.sites());
  std::size_t hit = 0;
  for (const auto& bin : host.covered) hit += reachable.count(bin);
  const auto strays = host.covered.size() - hit;
  const double share = static_cast<double>(hit) / static_cast<double>(reachable.size());
  const bool passed = host.wrong == 0 && strays == 0 && share >= kWanted;
  print_table(host.covered, reachable);
  print_unreachable();
  print_missed(host.covered, reachable);
  std::printf(
      "\n%zu commands, %zu answered otherwise than in the bulk view\n"
      "%zu of %zu reachable bins covered, %.1f %%; %zu others\n%s\n",
      host.done, host.wrong, hit, reachable.size(), 100.0 * share, strays,
      passed ? "passed" : "FAILED");
  return passed ? 0 : 1;
}
