// SPDX-License-Identifier: Apache-2.0
#include "arrays/device_array.h"

#include <array>
#include <limits>

#include "arrays/philox_lanes.h"
#include "devices/conductance_grid.h"

namespace dwmtj {
namespace {

constexpr std::size_t kLanes = 64;

}  // namespace

void append_limits(const DeviceModel& model, const PulseTables& tables, int grade,
                   std::vector<std::int32_t>& limits) {
  const int sites = model.sites();
  if (grade != model.variation().stuck_grade()) {
    const std::int32_t* const known = tables.of(grade).limits(0);
    limits.insert(limits.end(), known, known + static_cast<std::ptrdiff_t>(sites) * (sites - 1));
    return;
  }
  for (int from = 0; from < sites; ++from) {  // all draws lie beyond the limits before `from`
    for (int to = 0; to + 1 < sites; ++to) {
      limits.push_back(to < from ? -1 : std::numeric_limits<std::int32_t>::max());
    }
  }
}

DeviceArray::DeviceArray(const DeviceModel& model, std::uint64_t seed, std::uint64_t first_index,
                         std::size_t size)
    : model_(&model),
      seed_(seed),
      first_index_(first_index),
      sites_(size, 0),
      draws_(size, 0),
      arrivals_(size, 0) {
  if (model.variation().identical()) return;
  for (std::size_t i = 0; i < size; ++i) {
    const auto traits = model.variation().traits(seed, first_index + i);
    grades_.push_back(static_cast<std::uint8_t>(traits.grade));
    scales_.push_back(traits.conductance);
  }
}

void DeviceArray::stick(std::size_t i, int site) {
  if (grades_.empty()) grades_.assign(size(), kNominalGrade);
  grades_[i] = static_cast<std::uint8_t>(model_->variation().stuck_grade());
  sites_[i] = static_cast<std::uint8_t>(site);
}

void DeviceArray::saturate() {
  for (std::size_t i = 0; i < size(); ++i) {
    arrivals_[i] = draws_[i]++;
    if (!stuck(i)) sites_[i] = 0;
  }
}

void DeviceArray::apply(const Pulse& pulse) {
  const auto& tables = model_->tables(pulse);
  const auto limits = limits_by_grade(tables);
  std::size_t i = 0;
  for (; i + kLanes <= size(); i += kLanes) apply_block(limits.data(), i);
  for (; i < size(); ++i) apply(tables, i);
}

std::vector<std::int32_t> DeviceArray::limits_by_grade(const PulseTables& tables) const {
  std::vector<std::int32_t> limits;
  const int last = grades_.empty() ? kNominalGrade : model_->variation().stuck_grade();
  for (int grade = 0; grade <= last; ++grade) append_limits(*model_, tables, grade, limits);
  return limits;
}

void DeviceArray::apply_block(const std::int32_t* limits, std::size_t first) {
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
  const int columns = model_->sites() - 1;
  alignas(64) std::array<std::int32_t, kLanes> row{};
  alignas(64) std::array<std::int32_t, kLanes> to{};
  for (std::size_t i = 0; i < kLanes; ++i) row[i] = sites[i] * columns;
  if (!grades_.empty()) {
    const int size_of_grade = model_->sites() * columns;
    for (std::size_t i = 0; i < kLanes; ++i) row[i] += grades_[first + i] * size_of_grade;
  }
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

PulseResult DeviceArray::apply(const PulseTables& tables, std::size_t i) {
  const std::uint32_t count = draws_[i]++;
  const int from = sites_[i];
  const Draw drawn = draw(seed_, Stream::device, first_index_ + i, count);
  const int to = stuck(i) ? from : tables.of(grade(i)).end_site(from, drawn);
  if (to != from) {
    sites_[i] = static_cast<std::uint8_t>(to);
    arrivals_[i] = count;
  }
  return {from, to, drawn};
}

std::size_t DeviceArray::hold(const Holding& holding) {
  std::size_t moved = 0;
  for (std::size_t i = 0; i < size(); ++i) {
    const std::uint32_t count = draws_[i]++;
    if (stuck(i)) continue;
    const Draw drawn = draw(seed_, Stream::device, first_index_ + i, count);
    const int to = holding.end_site(grade(i), sites_[i], drawn);
    if (to == sites_[i]) continue;
    sites_[i] = static_cast<std::uint8_t>(to);
    arrivals_[i] = count;
    ++moved;
  }
  return moved;
}

void DeviceArray::restore(std::size_t i, const DeviceState& state) {
  sites_[i] = state.site;
  draws_[i] = state.draws;
  arrivals_[i] = state.arrival;
}

Resistance DeviceArray::resistance(std::size_t i) const {
  return model_->readout().resistance(sites_[i], arrival(i)) / scale(i);
}

Conductance DeviceArray::conductance(std::size_t i) const {
  const Conductance drawn = model_->readout().conductance(sites_[i], arrival(i)) * scale(i);
  return from_si<Conductance>(on_grid(in_si(drawn)));
}

}  // namespace dwmtj
