// SPDX-License-Identifier: Apache-2.0
#include "characterization/summary.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "common/version.h"

namespace dwmtj {

using Json = nlohmann::ordered_json;

struct Summary::Content {  // NOLINT(bugprone-exception-escape): of the json, moved
  const DeviceModel* model = nullptr;
  Json json;
};

namespace {

Json sites_of(const DeviceModel& model) {
  Json sites = Json::array();
  for (int i = 0; i < model.sites(); ++i) {
    const auto& readout = model.readout();
    sites.push_back({{"index", i},
                     {"name", model.parameters().sites[static_cast<std::size_t>(i)].name},
                     {"level_ohm", in_si(readout.level(i))},
                     {"spread_ohm", in_si(readout.spread(i))},
                     {"level_S", in_si(readout.level_conductance(i))},
                     {"spread_S", in_si(readout.spread_conductance(i))}});
  }
  return sites;
}

Json measured_of(const MeasuredValues& measured) {
  Json levels = Json::array();
  for (const auto& level : measured.levels) {
    levels.push_back({{"site", level.site},
                      {"mean_ohm", in_si(level.mean)},
                      {"spread_ohm", in_si(level.spread)}});
  }
  Json switches = Json::array();
  for (const auto& row : measured.switches) {
    switches.push_back({{"label", row.label},
                        {"from", row.from},
                        {"to", row.to},
                        {"mean_V", in_si(row.mean)},
                        {"var", row.var},
                        {"cycles", row.cycles},
                        {"direction", row.to > row.from ? "write" : "reset"}});
  }
  return {{"source", measured.source}, {"levels", levels}, {"switches", switches}};
}

Json switches_of(const CycleStatistics& statistics) {
  Json result = Json::array();
  for (std::size_t site = 0; site < statistics.leaving().size(); ++site) {
    const auto& row = statistics.leaving()[site];
    if (row.voltages.count() == 0) continue;
    result.push_back({{"from", site},
                      {"switches", row.voltages.count()},
                      {"mean_V", row.mean.mean()},
                      {"var", row.var.count() > 0 ? Json(row.var.mean()) : Json()},
                      {"least_V", row.voltages.least()},
                      {"most_V", row.voltages.most()}});
  }
  return result;
}

Json levels_of(const CycleStatistics& statistics) {
  Json result = Json::array();
  for (std::size_t site = 0; site < statistics.levels().size(); ++site) {
    const auto& row = statistics.levels()[site];
    if (row.visits == 0) continue;
    result.push_back({{"site", site},
                      {"visits", row.visits},
                      {"mean_ohm", row.mean.mean()},
                      {"spread_ohm", row.freedom > 0 ? Json(row.spread()) : Json()}});
  }
  return result;
}

}  // namespace

Summary::Summary(const DeviceModel& model, std::uint64_t seed)
    : content_(std::make_unique<Content>()) {
  const auto& parameters = model.parameters();
  content_->model = &model;
  content_->json = {{"schema", 1},
                    {"device", parameters.name},
                    {"title", parameters.title},
                    {"version", kVersion},
                    {"seed", seed},
                    {"temperature_K", in_si(model.temperature())},
                    {"update_energy_J", in_si(parameters.operating_point.update_energy)},
                    {"sites", sites_of(model)},
                    {"measured", measured_of(parameters.measured)},
                    {"protocols", Json::object()}};
}

Summary::~Summary() = default;

void Summary::add(const std::string& protocol, const CycleStatistics& statistics) {
  content_->json["protocols"][protocol] = {
      {"devices", statistics.devices()},
      {"cycles", statistics.cycles()},
      {"levels", levels_of(statistics)},
      {"switches", switches_of(statistics)},
      {"notches_skipped", statistics.notches_skipped()},
      {"cycles_with_skip", statistics.cycles_with_skip()},
      {"cycles_in_one_switch", statistics.cycles_in_one_switch()},
      {"devices_with_all_sites", statistics.devices_with_all_sites()}};
}

// Where each site is most likely, and how likely: the bands of the map.
void Summary::add_state_map(const StateMap& map) {
  Json rows = Json::array();
  for (int site = 0; site < map.sites(); ++site) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < map.amplitudes().size(); ++i) {
      if (map.probability(i, site) > map.probability(best, site)) best = i;
    }
    rows.push_back({{"site", site},
                    {"most_likely_at_V", in_si(map.amplitudes()[best])},
                    {"probability", map.probability(best, site)}});
  }
  content_->json["protocols"]["state-map"] = {{"ramps", map.samples()}, {"sites", rows}};
}

void Summary::add_retention(const std::vector<RetentionPoint>& points) {
  Json rows = Json::array();
  for (const auto& point : points) {
    if (point.time != kTenYears) continue;
    rows.push_back({{"site", point.site},
                    {"temperature_K", in_si(point.temperature)},
                    {"left_in_ten_years", point.probability}});
  }
  content_->json["protocols"]["retention"] = {{"sites", rows}};
}

void Summary::add_linearity(const std::vector<PulseTrain>& trains) {
  Json rows = Json::array();
  for (const auto& train : trains) {
    rows.push_back(
        {{"direction", in_si(train.pulse.amplitude) > 0.0 ? "potentiation" : "depression"},
         {"pulses", train.conductance.size() - 1},
         {"nonlinearity", train.complete ? Json(train.nonlinearity) : Json()},
         {"pulses_lost", train.lost}});
  }
  content_->json["protocols"]["linearity"] = {{"cut_off", kTrainCutOff}, {"trains", rows}};
}

void Summary::add_metaplasticity(const std::vector<MetaplasticPoint>& points) {
  Json rows = Json::array();
  for (const auto& point : points) {
    rows.push_back({{"site", point.site},
                    {"abs_w", point.weight},
                    {"equation_1", point.equation_1},
                    {"mean_V", in_si(point.switching)},
                    {"factor", point.factor},
                    {"measured_V", point.measured ? Json(in_si(*point.measured)) : Json()},
                    {"measured_factor", point.measured ? Json(point.measured_factor) : Json()}});
  }
  content_->json["protocols"]["metaplasticity"] = {{"sites", rows}};
}

// A field that was never passed is no number.
void Summary::add_field_loop(const FieldLoop& loop) {
  const auto field = [](Field value) {
    return std::isfinite(in_si(value)) ? Json(in_si(value)) : Json();
  };
  content_->json["protocols"]["field-loop"] = {{"closed", loop.closed},
                                               {"least_ohm", loop.least},
                                               {"most_ohm", loop.most},
                                               {"tmr", loop.ratio},
                                               {"resistance_area_ohm_m2", loop.resistance_area},
                                               {"up_T", field(loop.up)},
                                               {"down_T", field(loop.down)},
                                               {"offset_T", field(loop.offset())}};
}

void Summary::add_trains(const TrainPlan& plan, const TrainStatistics& statistics) {
  const auto train = [&](Phase phase, int pulses) -> Json {
    const auto& changes = statistics.changes(phase);
    return {{"direction", phase == Phase::write ? "potentiation" : "depression"},
            {"pulses", pulses},
            {"changes", changes.count()},
            {"mean_over_range", changes.mean()},
            {"deviation_over_range", changes.count() > 1 ? Json(changes.deviation()) : Json()}};
  };
  content_->json["protocols"]["trains"] = {
      {"trains", {train(Phase::write, plan.pulses_up), train(Phase::reset, plan.pulses_down)}}};
}

void Summary::add_temperature(const std::vector<TemperaturePoint>& points) {
  Json rows = Json::array();
  for (const auto& point : points) {
    rows.push_back({{"temperature_K", in_si(point.temperature)},
                    {"phase", point.phase == Phase::write ? "write" : "reset"},
                    {"site", point.site},
                    {"seen", point.switching.seen},
                    {"mean_V", in_si(point.switching.mean)},
                    {"var", point.switching.var},
                    {"left_in_ten_years", point.left_in_ten_years}});
  }
  content_->json["protocols"]["temperature"] = {{"sites", rows}};
}

// V50: where the probability first comes to one half, for each site and width; between two
// amplitudes as a straight line, as the figure has it.
void Summary::add_pulse_width(const std::vector<PulseWidthPoint>& points) {
  Json rows = Json::array();
  for (int site = 0; site + 1 < content_->model->sites(); ++site) {
    const PulseWidthPoint* before = nullptr;
    for (const auto& point : points) {
      if (point.site != site) continue;
      const bool same = before != nullptr && before->width == point.width;
      if (same && before->probability < 0.5 && point.probability >= 0.5) {
        const double share =
            (0.5 - before->probability) / (point.probability - before->probability);
        const Voltage half = before->amplitude + share * (point.amplitude - before->amplitude);
        rows.push_back({{"site", site}, {"width_s", in_si(point.width)}, {"V50_V", in_si(half)}});
      }
      before = &point;
    }
  }
  content_->json["protocols"]["pulse-width"] = {{"half_probability", rows}};
}

void Summary::mark_interrupted(const std::string& protocol) {
  content_->json["protocols"][protocol]["interrupted"] = true;
}

std::string Summary::text() const { return content_->json.dump(2) + "\n"; }

}  // namespace dwmtj
