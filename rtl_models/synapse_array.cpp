// SPDX-License-Identifier: Apache-2.0
#include "rtl_models/synapse_array.h"

#include <algorithm>

#include <fmt/format.h>

#include "common/sim_time.h"

namespace dwmtj {
namespace {

void require(bool condition, const char* message) {
  if (!condition) SC_REPORT_ERROR("dwmtj/array", message);
}

}  // namespace

// Both wires of a column: pulses in, the comparator's input out.
class SynapseArray::ColumnLine : public CurrentLineIf, public SenseLineIf {
 public:
  ColumnLine(SynapseArray& array, int column) : array_(array), column_(column) {}
  void drive(const CurrentPulse& pulse) override { array_.drive(column_, pulse); }
  Voltage sense(std::uint32_t decision) override { return array_.sense(column_, decision); }

 private:
  SynapseArray& array_;
  int column_;
};

SynapseArray::SynapseArray(sc_core::sc_module_name name, TileContext& tile, ArrayShape shape,
                           std::uint64_t seed, std::uint64_t first_device, const TileState* initial)
    : sc_module(name),
      reference("reference", static_cast<std::size_t>(shape.columns)),
      tile_(tile),
      pairs_(tile.device, shape, tile.parameters.stuck, seed, first_device, tile.parameters.wires),
      held_noise_(static_cast<std::size_t>(shape.columns)) {
  for (int column = 0; column < shape.columns; ++column) {
    lines_.push_back(std::make_unique<ColumnLine>(*this, column));
  }
  if (initial != nullptr) pairs_.restore(initial->devices);
  if (tile.waveforms != nullptr) declare_probes();
}

SynapseArray::~SynapseArray() = default;

CurrentLineIf& SynapseArray::current_line(int column) { return *lines_[index(column)]; }

SenseLineIf& SynapseArray::sense_line(int column) { return *lines_[index(column)]; }

void SynapseArray::declare_probes() {
  const int bits = tile_.device.sites() > static_cast<int>(kMostSites) ? 8 : 6;
  for (std::uint32_t row = 0; row < static_cast<std::uint32_t>(pairs_.shape().rows); ++row) {
    for (const Side side : {Side::plus, Side::minus}) {
      for (int column = 0; column < pairs_.shape().columns; ++column) {
        const auto path = fmt::format("{}.row{}.col{}.{}", name(), row, column, name_of(side));
        probes_.push_back({integer_probe(tile_, path + ".site", bits),
                           real_probe(tile_, path + ".resistance_ohm", "ohm")});
        const auto device = probes_.size() - 1;
        probes_.back().site.set(0, pairs_.devices().site(device));
        if (probes_.back().resistance) {
          probes_.back().resistance.set(0, in_si(pairs_.devices().resistance(device)));
        }
      }
    }
  }
}

const PulseTables& SynapseArray::tables(const CurrentPulse& pulse) {
  auto& slot = tables_[static_cast<std::size_t>(pulse.gain)][pulse.step];
  const Field bias = around_->field.field();
  if (slot == nullptr || slot->pulse().bias != bias) {
    slot = &tile_.device.tables({pulse.amplitude, pulse.shape, bias});
  }
  return *slot;
}

void SynapseArray::drive(int column, const CurrentPulse& pulse) {
  require(around_->decoder.settled(), "a pulse while the select lines settle");
  require(around_->field.settled(), "a pulse while the bias field settles");
  const Side side = around_->decoder.selected_minus() ? Side::minus : Side::plus;
  const auto device = pairs_.index(around_->decoder.selected_row(), side, column);
  const auto& law = tables(pulse);
  const PulseResult result = pairs_.apply(law, device);
  if (probes_.empty() || result.from == result.to) return;
  show(device, law.of(pairs_.devices().grade(device)), result);
}

// Plays the motion within the pulse on the waveform, hop by hop.
void SynapseArray::show(std::size_t device, const TransitionTable& law, const PulseResult& result) {
  const auto& probes = probes_[device];
  if (!probes.site && !probes.resistance) return;
  for (const auto& hop : law.motion(result.from, result.to, result.draw)) {
    const Picoseconds arrival = now_ps() + to_picoseconds(hop.arrives);
    const Resistance resistance = hop.to == result.to ? pairs_.devices().resistance(device)
                                                      : tile_.device.readout().level(hop.to);
    probes.site.set(arrival, hop.to);
    probes.resistance.set(arrival, in_si(resistance));
  }
}

std::size_t SynapseArray::hold(const Holding& holding) {
  const auto moved = pairs_.hold(holding);
  for (std::size_t device = 0; device < probes_.size(); ++device) {
    probes_[device].site.set(now_ps(), pairs_.devices().site(device));
    if (!probes_[device].resistance) continue;
    probes_[device].resistance.set(now_ps(), in_si(pairs_.devices().resistance(device)));
  }
  return moved;
}

Conductance SynapseArray::held_noise(int column, std::uint32_t decision,
                                     const ReadNoise::Cells& cells) {
  auto& held = held_noise_[index(column)];
  if (held.sample != sample.read())
    held = {sample.read(), around_->noise.drawn(column, decision, cells)};
  return held.noise;
}

// The first comparison of a product finds the sums of all columns.
Voltage SynapseArray::sense_sum(int column, std::uint32_t decision) {
  require(around_->references.settled(), "a strobe while the references of sums settle");
  if (summed_ != sample.read()) {
    summed_ = sample.read();
    pairs_.sums(inputs.read().signs, sums_);
    around_->source.load(from_si<Conductance>(sums_.driven), {}, index(pairs_.shape().columns));
  }
  const auto c = index(column);
  const auto noise = held_noise(column, decision, {sums_.squares[c], sums_.all[c]});
  return around_->references.input(column, from_si<Conductance>(sums_.difference[c]) + noise);
}

// The first comparison of a row finds what all columns that take part see of it.
Conductance SynapseArray::sense_device(int column) {
  auto& source = around_->source;
  if (row_read_ != source.reading()) {
    row_read_ = source.reading();
    std::vector<std::int16_t> references;
    for (const auto& pin : reference) references.push_back(pin.read());
    const Side side = around_->decoder.selected_minus() ? Side::minus : Side::plus;
    pairs_.read_row(around_->decoder.selected_row(), side, references, in_row_);
  }
  return from_si<Conductance>(in_row_[index(column)]);
}

Voltage SynapseArray::sense(int column, std::uint32_t decision) {
  require(around_->source.settled(), "a strobe while the read current settles");
  if (!inputs.read().signs.empty()) return sense_sum(column, decision);
  require(around_->decoder.settled(), "a strobe while the select lines settle");
  const auto device = sense_device(column);
  const auto reference_here = around_->ladder.reference(reference[index(column)].read());
  around_->source.load(device, reference_here);
  const auto noise = held_noise(column, decision, ReadNoise::one(in_si(device)));
  return around_->readout.input(device - reference_here + noise);
}

}  // namespace dwmtj
