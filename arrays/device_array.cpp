// SPDX-License-Identifier: Apache-2.0
#include "arrays/device_array.h"

#include <array>

#include "arrays/philox_lanes.h"

namespace dwmtj {
namespace {

constexpr std::size_t kLanes = 64;

}  // namespace

DeviceArray::DeviceArray(const DeviceModel& model, std::uint64_t seed, std::uint64_t first_index,
                         std::size_t size)
    : model_(&model),
      seed_(seed),
      first_index_(first_index),
      sites_(size, 0),
      draws_(size, 0),
      arrivals_(size, 0) {}

void DeviceArray::saturate() {
  for (std::size_t i = 0; i < size(); ++i) {
    arrivals_[i] = draws_[i]++;
    sites_[i] = 0;
  }
}

void DeviceArray::apply(const Pulse& pulse) {
  const auto& table = model_->table(pulse);
  std::size_t i = 0;
  for (; i + kLanes <= size(); i += kLanes) apply_block(table, i);
  for (; i < size(); ++i) apply(table, i);
}

void DeviceArray::apply_block(const TransitionTable& table, std::size_t first) {
  PhiloxLanes<kLanes> lanes;
  std::uint8_t* const sites = &sites_[first];
  std::uint32_t* const draws = &draws_[first];
  std::uint32_t* const arrivals = &arrivals_[first];
  for (std::size_t i = 0; i < kLanes; ++i) {
    const std::uint64_t index = first_index_ + first + i;
    lanes.word[0][i] = static_cast<std::uint32_t>(index);
    lanes.word[1][i] = static_cast<std::uint32_t>(index >> 32U);
    lanes.word[2][i] = draws[i];
    lanes.word[3][i] = static_cast<std::uint32_t>(Stream::device);
  }
  lanes.run(seed_);
  const int columns = table.sites() - 1;
  const std::int32_t* const limits = table.limits(0);
  alignas(64) std::array<std::int32_t, kLanes> row{};
  alignas(64) std::array<std::int32_t, kLanes> to{};
  for (std::size_t i = 0; i < kLanes; ++i) row[i] = sites[i] * columns;
  for (int column = 0; column < columns; ++column) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      const auto u = static_cast<std::int32_t>(lanes.word[0][i] >> 1U);
      to[i] += u > limits[row[i] + column] ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < kLanes; ++i) {
    arrivals[i] = to[i] != sites[i] ? draws[i] : arrivals[i];
    sites[i] = static_cast<std::uint8_t>(to[i]);
    ++draws[i];
  }
}

PulseResult DeviceArray::apply(const TransitionTable& table, std::size_t i) {
  const std::uint32_t count = draws_[i]++;
  const int from = sites_[i];
  const Draw drawn = draw(seed_, Stream::device, first_index_ + i, count);
  const int to = table.end_site(from, drawn);
  if (to != from) {
    sites_[i] = static_cast<std::uint8_t>(to);
    arrivals_[i] = count;
  }
  return {from, to, drawn};
}

Resistance DeviceArray::resistance(std::size_t i) const {
  return model_->readout().resistance(sites_[i],
                                      draw(seed_, Stream::device, first_index_ + i, arrivals_[i]));
}

}  // namespace dwmtj
