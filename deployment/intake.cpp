// SPDX-License-Identifier: Apache-2.0
#include "deployment/intake.h"

namespace dwmtj {
namespace {

using Intakes = std::map<int, Intake>;

Intake& of_core(Intakes& intakes, int core, const Stage& stage) {
  const auto [found, added] = intakes.try_emplace(core);
  if (added) found->second = {IndexSet(stage.positions), IndexSet(stage.elements)};
  return found->second;
}

// The values that some rows of a matrix multiply, where each is one of the whole image.
void add_values(const ValueView& view, std::int64_t first, std::int64_t count, Intake& intake) {
  for (std::int64_t value = first; value < first + count; ++value) {
    intake.positions.add(view.position_of(value));
    intake.channels.add(view.channel_of(value));
  }
}

void add_rows(const StageInput& input, std::int64_t first, std::int64_t count, Intake& intake) {
  if (input.flattened) return add_values(*input.flattened, first, count, intake);
  const std::int64_t each = input.rows_per_channel;
  if (each == 0) return intake.channels.add_all();
  const std::int64_t channel = first / each;
  intake.channels.add(channel, (first + count - 1) / each + 1 - channel);
}

void add_fragment(const Stage& user, const Fragment& fragment, const StageInput& input,
                  Intake& intake) {
  for (std::int64_t i = 0; i < fragment.arrays; ++i) {
    const auto block = user.tiling.block(fragment.first_block + i);
    add_rows(input, block.first_group * user.tiling.rows + block.first_row,
             (block.groups - 1) * user.tiling.rows + block.rows, intake);
  }
  if (input.flattened) return;
  for (std::int64_t p = fragment.copy; p < user.positions; p += user.copies) {
    input.reach.add_used(p, intake.positions);
  }
}

void add_digital(const Stage& user, const StageInput& input, const Stage& stage, Intakes& intakes) {
  const auto homes = static_cast<std::int64_t>(user.homes.size());
  for (std::int64_t home = 0; home < homes; ++home) {
    auto& intake = of_core(intakes, user.homes[static_cast<std::size_t>(home)], stage);
    intake.channels.add_all();
    for (std::int64_t p = home; p < user.positions; p += homes) {
      input.reach.add_used(p, intake.positions);
    }
  }
}

void add_user(const Stage& user, const StageInput& input, const Stage& stage, Intakes& intakes) {
  if (user.kind == StageKind::digital) return add_digital(user, input, stage, intakes);
  for (const auto& fragment : user.fragments) {
    add_fragment(user, fragment, input, of_core(intakes, fragment.core, stage));
  }
}

}  // namespace

Intakes intakes_of(const Plan& plan, std::size_t s) {
  const auto& stage = plan.stages[s];
  Intakes intakes;
  for (const auto& user : plan.stages) {
    for (const auto& input : user.inputs) {
      if (input.stage == s) add_user(user, input, stage, intakes);
    }
  }
  if (stage.is_output) {
    intakes[kHost] = {IndexSet::all(stage.positions), IndexSet::all(stage.elements)};
  }
  for (auto& [core, intake] : intakes) {
    intake.positions.close();
    intake.channels.close();
  }
  return intakes;
}

}  // namespace dwmtj
