// SPDX-License-Identifier: Apache-2.0
#include "deployment/core_work.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace dwmtj {
namespace {

double bytes(double elements, int bits) { return elements * bits / 8.0; }

std::int64_t whole_bytes(double elements, int bits) {
  return std::max<std::int64_t>(1, std::llround(std::ceil(bytes(elements, bits))));
}

// Of a controller, for one step of one array.
double cycles_a_step(const CoreParameters& core) {
  for (const auto& circuit : core.components) {
    for (const auto& price : circuit.actions) {
      if (price.action == Action::cycle) return in_si(price.peak) * in_si(core.shape.step_time);
    }
  }
  return 0.0;
}

class Divider {
 public:
  Divider(const Plan& plan, const CoreParameters& core, int cores)
      : plan_(plan), core_(core), rate_(digital_rate(core)) {
    work_.jobs.resize(static_cast<std::size_t>(cores));
  }

  CoreWork run() {
    for (std::size_t s = 0; s < plan_.stages.size(); ++s) {
      const auto& stage = plan_.stages[s];
      if (stage.kind == StageKind::product) add_fragments(s);
      if (stage.kind == StageKind::digital) add_digital(s);
      work_.finishes.push_back(finish_of(stage));
      work_.results.push_back(deliveries_of(s));
      work_.together.push_back(stage.kind == StageKind::source ? burst_of(stage) : 1);
    }
    return std::move(work_);
  }

 private:
  std::vector<Job>& jobs_of(int core) { return work_.jobs[static_cast<std::size_t>(core)]; }

  static std::int64_t burst_of(const Stage& source) {
    return std::max<std::int64_t>(1, 8 * kBurstBytes / (source.elements * source.bits));
  }

  void add_digital(std::size_t s) {
    const auto& homes = plan_.stages[s].homes;
    for (std::size_t i = 0; i < homes.size(); ++i) {
      Job job{};
      job.stage = s;
      job.first = static_cast<std::int64_t>(i);
      job.stride = static_cast<std::int64_t>(homes.size());
      jobs_of(homes[i]).push_back(job);
    }
  }

  void add_fragments(std::size_t s) {
    const auto& stage = plan_.stages[s];
    for (auto first = stage.fragments.begin(); first != stage.fragments.end();) {
      const auto last = std::find_if(first, stage.fragments.end(), [&](const Fragment& fragment) {
        return fragment.copy != first->copy;
      });
      for (auto fragment = first; fragment != last; ++fragment) {
        Job job{};
        job.stage = s;
        job.first = fragment->copy;
        job.stride = stage.copies;
        job.duration =
            repeated(steps_of(stage, core_.shape), to_picoseconds(core_.shape.step_time));
        job.actions = window_actions(stage, *fragment, core_);
        job.head = first->core;
        job.parts = static_cast<int>(last - first);
        job.partial_bytes =
            whole_bytes(static_cast<double>(fragment->outputs), core_.shape.output_bits);
        jobs_of(fragment->core).push_back(job);
      }
      first = last;
    }
  }

  // Partial sums of several cores are added up, then come the functions behind the layer.
  Finish finish_of(const Stage& stage) const {
    Finish finish{};
    double operations = stage.operations;
    if (stage.kind == StageKind::product) operations += sums_to_add(stage);
    finish.actions[Action::digital_op] = operations;
    finish.actions[Action::buffer_write_byte] =
        bytes(static_cast<double>(stage.elements), stage.bits);
    if (rate_ > 0.0) {
      finish.duration = to_picoseconds(from_si<Time>(operations / rate_));
    }
    return finish;
  }

  static double sums_to_add(const Stage& stage) {
    std::int64_t sums = 0;
    for (const auto& fragment : stage.fragments) {
      if (fragment.copy == 0) sums += fragment.outputs;
    }
    return std::max(0.0, static_cast<double>(sums - stage.matrix_columns));
  }

  // Cores that need the same channels get the same message.
  std::vector<Delivery> deliveries_of(std::size_t s) const {
    std::vector<std::pair<IndexSet, Delivery>> by_channels;
    for (auto& [core, intake] : intakes_of(plan_, s)) {
      const auto& channels = intake.channels;
      auto found = std::find_if(by_channels.begin(), by_channels.end(),
                                [&](const auto& known) { return known.first == channels; });
      if (found == by_channels.end()) {
        const double bits = static_cast<double>(channels.count()) * plan_.stages[s].bits;
        found = by_channels.insert(by_channels.end(), {channels, {bits, {}}});
      }
      found->second.destinations.push_back({core, intake.positions});
    }
    std::vector<Delivery> deliveries;
    deliveries.reserve(by_channels.size());
    for (auto& known : by_channels) deliveries.push_back(std::move(known.second));
    return deliveries;
  }

  const Plan& plan_;
  const CoreParameters& core_;
  double rate_;
  CoreWork work_;
};

}  // namespace

double digital_rate(const CoreParameters& core) {
  double rate = std::numeric_limits<double>::infinity();
  for (const auto& circuit : core.components) {
    for (const auto& price : circuit.actions) {
      if (price.action != Action::digital_op || circuit.count <= 0.0) continue;
      rate = std::min(rate, circuit.count * in_si(price.peak));
    }
  }
  return std::isfinite(rate) ? rate : 0.0;
}

int steps_of(const Stage& stage, const CoreShape& shape) {
  return (stage.input_bits + shape.input_bits_per_step - 1) / shape.input_bits_per_step;
}

ActionTable window_actions(const Stage& stage, const Fragment& fragment,
                           const CoreParameters& core) {
  const auto& shape = core.shape;
  const double steps = steps_of(stage, shape);
  const auto columns = static_cast<double>(fragment.read_columns);
  ActionTable actions;
  actions[Action::row_drive] = steps * static_cast<double>(fragment.driven_rows);
  actions[Action::array_read] = steps * fragment.arrays;
  actions[Action::cycle] = steps * fragment.arrays * cycles_a_step(core);
  if (shape.readout == Readout::adc) {
    for (const auto action : {Action::sample, Action::conversion, Action::shift_add}) {
      actions[action] = steps * columns;
    }
  } else {
    actions[Action::decision] = steps * columns / shape.columns_per_weight;
  }
  const double in = bytes(static_cast<double>(fragment.inputs), stage.input_bits);
  const double out = bytes(static_cast<double>(fragment.outputs), shape.output_bits);
  actions[Action::buffer_read_byte] = in;
  actions[Action::bus_byte] = in + out;
  actions[Action::input_register_byte] =
      bytes(static_cast<double>(fragment.driven_rows), stage.input_bits);
  actions[Action::output_register_byte] = out;
  return actions;
}

std::int64_t Delivery::bytes(std::int64_t positions) const {
  return std::max<std::int64_t>(
      1, std::llround(std::ceil(static_cast<double>(positions) * bits / 8.0)));
}

Picoseconds duration_of(const CoreWork& work, std::size_t stage) {
  for (const auto& jobs : work.jobs) {
    for (const auto& job : jobs) {
      if (job.stage == stage) return job.duration;
    }
  }
  return 0;
}

CoreWork divide_work(const Plan& plan, const CoreParameters& core, int cores) {
  return Divider(plan, core, cores).run();
}

}  // namespace dwmtj
