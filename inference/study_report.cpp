// SPDX-License-Identifier: Apache-2.0
#include "inference/study_report.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/name_text.h"

namespace dwmtj {
namespace {

const char* name_of(ColumnReadout readout) {
  constexpr std::array<const char*, 4> kNames = {"exact", "converter", "comparator", "tile"};
  return kNames.at(static_cast<std::size_t>(readout));
}

double percent(double share) { return 100 * share; }

std::string share_text(const Share& share) {
  const auto interval = share.interval();
  return fmt::format("{:.2f} % ({} of {}; 95 % of other images: {:.2f} to {:.2f} %)",
                     percent(share.value()), share.hits, share.of, percent(interval.low),
                     percent(interval.high));
}

// Layers in order, sums over programmings.
std::vector<LayerError> layer_sums(const StudyResult& result) {
  std::vector<LayerError> sums;
  for (const auto& programming : result.programmings) {
    if (sums.empty()) {
      sums = programming.layers;
      continue;
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i].signal += programming.layers[i].signal;
      sums[i].error += programming.layers[i].error;
    }
  }
  return sums;
}

WritingRecord all_writing(const StudyResult& result) {
  WritingRecord sum;
  for (const auto& programming : result.programmings) sum.add(programming.writing);
  return sum;
}

Share pooled(const StudyResult& result) {
  Share share;
  for (const auto& programming : result.programmings) {
    share.hits += programming.accuracy.hits;
    share.of += programming.accuracy.of;
  }
  return share;
}

std::string weights_line(const StudyOptions& options, const StudyResult& result) {
  const auto& levels = *result.levels;
  const auto how = levels.is_continuous() ? std::string("any conductance")
                                          : fmt::format("{} levels", levels.conductance.size());
  const auto pairs = result.pairs_of_weight == 1
                         ? std::string("pairs")
                         : fmt::format("{} pairs each, a digit a pair,", result.pairs_of_weight);
  std::string line =
      fmt::format("weights      on {} of '{}': {}, {} to {}, limit at {} % of a layer's weights\n",
                  pairs, levels.name, how, format_quantity(levels.least, Dimension::conductance),
                  format_quantity(levels.largest, Dimension::conductance), options.clip_percentile);
  return line;
}

std::string reading_line(const StudyOptions& options) {
  if (!options.input_bits || !options.device) return {};
  const bool exact = options.readout == ColumnReadout::exact;
  return fmt::format("read         inputs of {} bits, columns: {}{}\n", *options.input_bits,
                     name_of(options.readout),
                     exact ? "" : fmt::format(", {} bits", options.converter_bits));
}

std::string history_line(const WritingRecord& sum) {
  std::string text;
  const auto devices = static_cast<double>(sum.writes.devices);
  const auto say = [&](std::int64_t count, const char* what) {
    if (count > 0) {
      text += fmt::format("             {:.3g} % {}\n",
                          percent(static_cast<double>(count) / devices), what);
    }
  };
  say(sum.stuck, "stuck");
  say(sum.moved, "moved to another site since");
  return text;
}

std::string writing_lines(const StudyOptions& options, const StudyResult& result) {
  const auto sum = all_writing(result);
  const auto& writes = sum.writes;
  const auto runs = static_cast<double>(result.programmings.size());
  std::string text =
      fmt::format("written      {}, {:.0f} devices, off by {} ({:.2f} % of the range)\n",
                  name_of(options.write), static_cast<double>(writes.devices) / runs,
                  format_quantity(writes.rms_error()),
                  percent(in_si(writes.rms_error()) / result.levels->range()));
  text += history_line(sum);
  if (options.write != WriteMode::pulses) return text;
  text += fmt::format(
      "             {:.2f} pulses a device, {:.2f} retries a device, {} given up ({:.2g} of all), "
      "{:.2g} on a wrong site\n",
      writes.each(writes.pulses), writes.each(writes.retries()), writes.flagged,
      writes.each(writes.flagged), writes.each(writes.wrong_sites));
  text += fmt::format("             {} a programming, {} with all arrays side by side\n",
                      format_quantity(sum.joules / runs, Dimension::energy),
                      format_quantity(sum.seconds, Dimension::time));
  return text;
}

std::string worst_layer_line(const StudyResult& result) {
  const auto layers = layer_sums(result);
  const auto worst = std::min_element(
      layers.begin(), layers.end(),
      [](const auto& a, const auto& b) { return a.signal_to_error_db() < b.signal_to_error_db(); });
  if (worst == layers.end()) return {};
  return fmt::format("worst layer  '{}': signal to error {:.1f} dB\n", worst->name,
                     worst->signal_to_error_db());
}

std::string loss_line(const StudyResult& result) {
  const auto& layers = result.programmings.front().layers;
  const auto worst =
      std::min_element(layers.begin(), layers.end(), [](const auto& a, const auto& b) {
        return a.alone && b.alone && a.alone->hits < b.alone->hits;
      });
  if (worst == layers.end() || !worst->alone) return {};
  return fmt::format("loses most   '{}': {:.2f} % with it alone on devices\n", worst->name,
                     percent(worst->alone->value()));
}

std::string accuracy_lines(const StudyResult& result) {
  const auto mean = result.mean_accuracy();
  const auto runs = result.programmings.size();
  std::string text = fmt::format("on devices   {:.2f} %", percent(mean.mean));
  if (runs > 1) {
    text += fmt::format(" +- {:.2f} (95 % of the mean of {} programmings; one scatters by {:.2f})",
                        percent(mean.half_width), runs, percent(mean.deviation));
  }
  const auto images = pooled(result);
  const Share one{static_cast<std::int64_t>(std::lround(mean.mean * static_cast<double>(images.of) /
                                                        static_cast<double>(runs))),
                  images.of / static_cast<std::int64_t>(runs)};
  const auto interval = one.interval();
  text += fmt::format("\n             {:.2f} to {:.2f} %: 95 % of other sets of {} images\n",
                      percent(interval.low), percent(interval.high), one.of);
  return text;
}

nlohmann::json json_of(const Share& share) {
  const auto interval = share.interval();
  return {{"accuracy", share.value()},
          {"correct", share.hits},
          {"images", share.of},
          {"interval_95", {interval.low, interval.high}}};
}

nlohmann::json json_of(const ProgrammingResult& programming) {
  auto json = json_of(programming.accuracy);
  const auto& writing = programming.writing;
  json["devices"] = writing.writes.devices;
  json["pulses"] = writing.writes.pulses;
  json["retries"] = writing.writes.retries();
  json["given_up"] = writing.writes.flagged;
  json["wrong_sites"] = writing.writes.wrong_sites;
  json["stuck"] = writing.stuck;
  json["moved"] = writing.moved;
  json["energy_j"] = writing.joules;
  json["read_energy_j"] = writing.read_joules;
  json["time_s"] = writing.seconds;
  json["error_s"] = in_si(writing.writes.rms_error());
  return json;
}

}  // namespace

std::string study_text(const StudyOptions& options, const DataSet& data,
                       const StudyResult& result) {
  std::string text =
      fmt::format("data         {}, {} images\n", printable(data.name), result.software.of);
  text += fmt::format("software     {}\n", share_text(result.software));
  if (result.levels) text += weights_line(options, result);
  text += reading_line(options);
  if (!result.programmings.empty()) {
    text += writing_lines(options, result);
    text += accuracy_lines(result);
    text += worst_layer_line(result);
    text += loss_line(result);
  }
  if (result.interrupted) text += "interrupted: what was finished is shown\n";
  return text;
}

std::string study_json(const StudyOptions& options, const DataSet& data,
                       const StudyResult& result) {
  nlohmann::json json;
  json["data"] = printable(data.name);
  json["software"] = json_of(result.software);
  if (result.levels) {
    json["device"] = result.levels->name;
    json["levels_s"] = result.levels->conductance;
    json["write"] = name_of(options.write);
    json["pairs_of_weight"] = result.pairs_of_weight;
    json["bits"] = options.bits ? nlohmann::json(*options.bits) : nlohmann::json();
    json["clip_percentile"] = options.clip_percentile;
    json["sigma_scale"] = options.sigma_scale;
    json["input_bits"] =
        options.input_bits ? nlohmann::json(*options.input_bits) : nlohmann::json();
    json["readout"] =
        options.input_bits ? nlohmann::json(name_of(options.readout)) : nlohmann::json();
    json["array"] = {{"rows", options.rows}, {"pairs", options.columns}};
    const auto mean = result.mean_accuracy();
    json["mean_accuracy"] = mean.mean;
    json["deviation"] = mean.deviation;
    json["half_width_95"] = mean.half_width;
  }
  json["programmings_done"] = result.programmings.size();
  json["programmings"] = nlohmann::json::array();
  for (const auto& programming : result.programmings) {
    json["programmings"].push_back(json_of(programming));
  }
  json["interrupted"] = result.interrupted;
  return json.dump(2) + "\n";
}

std::string programmings_csv(const StudyResult& result) {
  std::string text =
      "programming,correct,images,accuracy,devices,pulses,retries,given_up,wrong_sites,energy_j,"
      "read_energy_j,time_s,error_s\n";
  int number = 0;
  for (const auto& programming : result.programmings) {
    const auto& w = programming.writing.writes;
    text += fmt::format("{},{},{},{:.6f},{},{},{},{},{},{:.6g},{:.6g},{:.6g},{:.6g}\n", ++number,
                        programming.accuracy.hits, programming.accuracy.of,
                        programming.accuracy.value(), w.devices, w.pulses, w.retries(), w.flagged,
                        w.wrong_sites, programming.writing.joules, programming.writing.read_joules,
                        programming.writing.seconds, in_si(w.rms_error()));
  }
  return text;
}

std::string layer_errors_csv(const StudyResult& result) {
  std::string text = "layer,weights,clipped,limit,signal_to_error_db,accuracy_alone\n";
  for (const auto& layer : layer_sums(result)) {
    const auto alone = layer.alone ? fmt::format("{:.6f}", layer.alone->value()) : std::string();
    text += fmt::format("{},{},{},{:.6g},{:.2f},{}\n", csv_field(layer.name), layer.weights,
                        layer.clipped, layer.limit, layer.signal_to_error_db(), alone);
  }
  return text;
}

std::string predictions_csv(const DataSet& data, const StudyResult& result) {
  std::string text = "image,label,software";
  for (std::size_t p = 1; p <= result.programmings.size(); ++p)
    text += fmt::format(",programming_{}", p);
  text += '\n';
  for (std::size_t i = 0; i < result.software_predictions.size(); ++i) {
    text += fmt::format("{},{},{}", i, data.labels[i], result.software_predictions[i]);
    for (const auto& programming : result.programmings)
      text += fmt::format(",{}", programming.predictions[i]);
    text += '\n';
  }
  return text;
}

std::string confusion_csv(const DataSet& data, const StudyResult& result) {
  const auto table_of = [&](const Predictions& predictions) {
    return confusion(predictions, data.labels, result.classes);
  };
  auto sum = table_of(result.programmings.empty() ? result.software_predictions
                                                  : result.programmings.front().predictions);
  for (std::size_t p = 1; p < result.programmings.size(); ++p) {
    const auto more = table_of(result.programmings[p].predictions);
    for (std::size_t i = 0; i < sum.size(); ++i) {
      for (std::size_t j = 0; j < sum.size(); ++j) sum[i][j] += more[i][j];
    }
  }
  std::string text = "label";
  for (std::size_t j = 0; j < sum.size(); ++j) text += fmt::format(",{}", j);
  text += '\n';
  for (std::size_t i = 0; i < sum.size(); ++i) {
    text += std::to_string(i);
    for (const auto count : sum[i]) text += fmt::format(",{}", count);
    text += '\n';
  }
  return text;
}

std::string conductances_csv(const StudyResult& result) {
  std::string text = "conductance_s,devices\n";
  const auto sum = all_writing(result);
  for (std::size_t i = 0; i < sum.histogram.size(); ++i) {
    text += fmt::format("{:.6g},{}\n", histogram_bin(*result.levels, static_cast<int>(i)),
                        sum.histogram[i]);
  }
  return text;
}

}  // namespace dwmtj
