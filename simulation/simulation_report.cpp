// SPDX-License-Identifier: Apache-2.0
#include "simulation/simulation_report.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "common/index.h"
#include "common/name_text.h"
#include "common/quantity_text.h"

namespace dwmtj {
namespace {

double seconds(Picoseconds time) { return in_si(to_time(time)); }

std::string time_text(double value) { return format_quantity(value, Dimension::time); }
std::string energy_text(double value) { return format_quantity(value, Dimension::energy); }

std::string name_of_step(const TiledNetwork& network, std::size_t step) {
  const auto* const layer = network.plan.steps[step].layer;
  return layer == nullptr ? "reordering" : printable(layer->name);
}

std::string line(const std::string& name, const std::string& value, const std::string& note = "") {
  return fmt::format("{:<20} {:>12}{}{}\n", name, value, note.empty() ? "" : "  ", note);
}

std::uint64_t flagged_devices(const ChipInference& inference) {
  std::uint64_t flagged = 0;
  for (const auto& tile : inference.tiles()) {
    flagged += static_cast<std::uint64_t>(tile.columns().flagged());
  }
  return flagged;
}

std::size_t moved_columns(const ChipInference& inference) {
  std::size_t moved = 0;
  for (const auto& tile : inference.tiles()) moved += index(tile.columns().moved());
  return moved;
}

std::string spare_lines(const SimulationInput& input, const ChipInference& inference) {
  if (input.tiled.spare_columns == 0) return {};
  std::size_t columns = 0;
  std::size_t full = 0;
  for (const auto& tile : inference.tiles()) {
    columns += tile.columns().places().size();
    full += tile.columns().spares() == 0 ? 1 : 0;
  }
  return line("columns moved", std::to_string(moved_columns(inference)),
              fmt::format("of {}, to spare ones; {} of {} tiles have none left", columns, full,
                          inference.tiles().size()));
}

// Of all tiles of the chip.
std::int64_t walls(const SimulationInput& input) {
  const auto& tiles = input.chip.tiles;
  return std::int64_t{2} * tiles.count * tiles.rows * tiles.columns;
}

// Once written: a wait, and a second writing.
std::string life_lines(const SimulationInput& input, const ChipInference& inference) {
  std::string text;
  if (!input.held.empty()) {
    text += line(
        "held without power", "",
        fmt::format("{}: {} of {} walls moved", input.held, inference.walls_moved(), walls(input)));
  }
  if (!inference.refreshes()) return text;
  return text +
         line("refreshed in", time_text(seconds(inference.refreshed())),
              fmt::format("for {}; {} devices not at their level",
                          energy_text(inference.accounts().refresh()), flagged_devices(inference)));
}

std::string writing_lines(const ChipInference& inference) {
  if (!inference.writes()) return line("weights", "", "as the states have them");
  auto note = fmt::format("for {}", energy_text(inference.accounts().writing()));
  if (!inference.refreshes()) {
    note += fmt::format("; {} devices not at their level", flagged_devices(inference));
  }
  return line("weights written in", time_text(seconds(inference.written())), note);
}

std::string share_text(std::int64_t hits, std::int64_t of) {
  return fmt::format("{:.2f} %", 100.0 * static_cast<double>(hits) / static_cast<double>(of));
}

std::string bulk_lines(const BulkComparison& bulk) {
  return line("software", share_text(bulk.software_hits, bulk.images),
              "the network as it was trained") +
         line("infer", bulk.agrees() ? "the same" : "DIFFERS",
              fmt::format("{} of {} labels; {} of {} sets of sums ({} sums), bit for bit",
                          bulk.same_labels, bulk.images, bulk.same_layers, bulk.layers, bulk.sums));
}

// What an estimate says, and how far it is off.
std::string estimated(double value, double simulated, std::string (*text)(double)) {
  return fmt::format("estimate {} ({:+.1f} %)", text(value), 100 * (value / simulated - 1));
}

std::string layer_lines(const SimulationInput& input, const ChipInference& inference,
                        const SimulationFigures& figures, const ProgramEstimate& estimate) {
  const auto images = static_cast<double>(inference.images().size());
  const auto& accounts = inference.accounts();
  std::string text = fmt::format("\n{:<28} {:>6} {:>12} {:>12} {:>12}\n", "layer, of an image",
                                 "tiles", "commands", "energy", "estimate");
  const auto row = [&](const std::string& name, std::size_t tiles, std::int64_t commands,
                       double joules, double expected) {
    text += fmt::format("{:<28} {:>6} {:>12} {:>12} {:>12}\n", name, tiles, commands,
                        energy_text(joules / images), energy_text(expected));
  };
  for (std::size_t step = 0; step < input.tiled.layers.size(); ++step) {
    const auto* const layer = input.tiled.layers[step].get();
    const auto commands = layer == nullptr ? 0
                                           : static_cast<std::int64_t>(layer->tiles()) *
                                                 layer->windows() * layer->planes();
    row(name_of_step(input.tiled, step), layer == nullptr ? 0 : layer->tiles(), commands,
        accounts.of_layer(step), sum_of(estimate.steps[step].joules));
  }
  const auto steps = input.tiled.layers.size();
  row("label", 0, 0, accounts.of_layer(steps), sum_of(estimate.steps[steps].joules));
  row("images in, labels out", 0, 0, accounts.of_input_and_output(),
      sum_of(estimate.steps[steps + 1].joules));
  row("leakage", 0, 0, figures.leaked, estimate.leakage * estimate.interval);
  row("all", input.tiled.tiles, 0, figures.dynamic + figures.leaked, estimate.energy());
  return text;
}

// Of all tiles together, and of the rest: a component's path after the chip.
std::string name_of_component(const Ledger& ledger, ComponentId component) {
  const auto& path = ledger.components()[static_cast<std::size_t>(component)].path;
  const auto name = path.substr(path.find('.') + 1);
  return name.rfind("tile", 0) == 0 ? "tiles." + name.substr(name.find('.') + 1) : name;
}

std::map<std::string, double> by_component(const ChipInference& inference) {
  const auto& ledger = inference.ledger();
  std::map<std::string, double> sums;
  for (std::size_t i = 0; i < ledger.components().size(); ++i) {
    sums[name_of_component(ledger, ComponentId(i))] += in_si(ledger.spent(ComponentId(i)));
  }
  return sums;
}

// What an image spent, by component and action.
ActionEnergies by_action(const ChipInference& inference, const SimulationFigures& figures) {
  const auto& ledger = inference.ledger();
  const auto images = static_cast<double>(inference.images().size());
  ActionEnergies sums{{"leakage", figures.leaked / images}};
  for (std::size_t i = 0; i < ledger.accounts().size(); ++i) {
    const auto& account = ledger.accounts()[i];
    sums[name_of_component(ledger, account.component) + " " + account.action] +=
        inference.accounts().of_account(i) / images;
  }
  return sums;
}

std::string component_lines(const ChipInference& inference) {
  std::string text = fmt::format("\n{:<28} {:>12}\n", "component, writing included", "energy");
  double all = 0;
  for (const auto& [name, joules] : by_component(inference)) {
    text += fmt::format("{:<28} {:>12}\n", name, energy_text(joules));
    all += joules;
  }
  return text + fmt::format("{:<28} {:>12}\n", "all", energy_text(all));
}

// A step, the label, and what the host does: of an image, simulated and estimated.
struct LayerRow {
  std::string layer;
  std::string kind;
  std::size_t tiles;
  double joules;
  double estimated_joules;
  double seconds;  // of the first image
  double estimated_seconds;
};

std::vector<LayerRow> rows_of(const SimulationInput& input, const ChipInference& inference,
                              const ProgramEstimate& estimate) {
  const auto images = static_cast<double>(inference.images().size());
  const auto& accounts = inference.accounts();
  const auto parts = inference.parts_of_first_image();  // in, steps, label, out
  std::vector<LayerRow> rows;
  const auto add = [&](const std::string& layer, const std::string& kind, std::size_t tiles,
                       double joules, Picoseconds time) {
    const auto& expected = estimate.steps[rows.size()];
    rows.push_back({layer, kind, tiles, joules / images, sum_of(expected.joules), seconds(time),
                    expected.seconds});
  };
  const auto steps = input.tiled.layers.size();
  for (std::size_t i = 0; i < steps; ++i) {
    add(name_of_step(input.tiled, i), name_of(input.tiled.plan.steps[i].kind),
        input.tiled.layers[i] ? input.tiled.layers[i]->tiles() : 0, accounts.of_layer(i),
        parts[i + 1]);
  }
  add("label", "argmax", 0, accounts.of_layer(steps), parts[steps + 1]);
  add("input and output", "host", 0, accounts.of_input_and_output(), parts[0] + parts[steps + 2]);
  return rows;
}

// Of an image: simulated, estimated.
std::map<std::string, std::pair<double, double>> compared_actions(const SimulationInput& input,
                                                                  const ChipInference& inference,
                                                                  const ProgramEstimate& estimate) {
  std::map<std::string, std::pair<double, double>> both;
  for (const auto& [action, joules] : by_action(inference, figures_of(input, inference))) {
    both[action].first = joules;
  }
  for (const auto& [action, joules] : estimate.actions()) both[action].second = joules;
  return both;
}

struct Shares {
  double mean = 0;
  double least = 1;
  double most = 0;
  void add(double share) {
    mean += share;
    least = std::min(least, share);
    most = std::max(most, share);
  }
};

std::string use_lines(const ChipInference& inference, const SimulationFigures& figures) {
  Shares busy;
  Shares way;
  for (const auto& tile : inference.tiles()) {
    busy.add(seconds(tile.busy()) / figures.span);
    way.add(seconds(tile.on_the_way()) / figures.span);
  }
  const auto tiles = static_cast<double>(inference.tiles().size());
  const auto text = [&](const Shares& shares) {
    return fmt::format("{:.1f} % ({:.1f} to {:.1f} %)", 100 * shares.mean / tiles,
                       100 * shares.least, 100 * shares.most);
  };
  const auto& network = inference.chip().interconnect().network();
  return "\n" + line("tiles multiply", "", text(busy)) +
         line("... wait for packets", "", text(way)) +
         line("digital unit", "",
              fmt::format("{:.1f} %", 100 * seconds(inference.digital_busy()) / figures.span)) +
         line("packets waited", time_text(seconds(network.waited())), "all together, for channels");
}

}  // namespace

SimulationFigures figures_of(const SimulationInput& input, const ChipInference& inference) {
  SimulationFigures figures;
  const auto& images = inference.images();
  figures.first = images.front().ended - images.front().started;
  Picoseconds start = images.front().started;
  Picoseconds end = 0;
  double latencies = 0;
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto latency = images[i].ended - images[i].started;
    figures.hits += images[i].label == input.labels[i] ? 1 : 0;
    figures.slowest = std::max(figures.slowest, latency);
    latencies += static_cast<double>(latency);
    start = std::min(start, images[i].started);
    end = std::max(end, images[i].ended);
    figures.dynamic += inference.accounts().of_image(i);
  }
  const auto count = static_cast<double>(images.size());
  figures.latency = static_cast<Picoseconds>(latencies / count);
  figures.span = seconds(end - start);
  figures.interval =
      images.size() == 1 ? figures.span : seconds(end - images.front().ended) / (count - 1);
  figures.leaked = in_si(inference.ledger().leakage()) * figures.interval * count;
  return figures;
}

std::string simulation_text(const SimulationInput& input, const ChipInference& inference,
                            const Beside& beside) {
  const auto figures = figures_of(input, inference);
  const auto images = static_cast<std::int64_t>(inference.images().size());
  const auto each = (figures.dynamic + figures.leaked) / static_cast<double>(images);
  auto text =
      fmt::format("{} on {}: {} of {} tiles of {} x {} pairs; {} image{} ({}), {} in flight\n\n",
                  input.network, input.chip.name, input.tiled.tiles, input.chip.tiles.count,
                  input.chip.tiles.rows, input.chip.tiles.columns, images, images == 1 ? "" : "s",
                  input.timing, inference.in_flight());
  text += line("ranges from", "", input.calibration);
  text += writing_lines(inference);
  text += life_lines(input, inference);
  text += spare_lines(input, inference);
  text += line("accuracy", share_text(figures.hits, images),
               fmt::format("{} of {} images", figures.hits, images));
  if (beside.bulk) text += bulk_lines(*beside.bulk);
  const auto& estimate = beside.estimate;
  text +=
      line("latency", time_text(seconds(figures.first)),
           fmt::format("of the first image; of one alone {}; mean {}, at most {}",
                       estimated(estimate.latency, seconds(figures.first), time_text),
                       time_text(seconds(figures.latency)), time_text(seconds(figures.slowest))));
  text += line("between images", time_text(figures.interval),
               estimated(estimate.interval, figures.interval, time_text));
  text += line("images a second", fmt::format("{:.4g}", 1 / figures.interval));
  text += line("energy", energy_text(each),
               fmt::format("of one image, {:.0f} % leakage; {}",
                           100 * figures.leaked / (figures.dynamic + figures.leaked),
                           estimated(estimate.energy(), each, energy_text)));
  text += layer_lines(input, inference, figures, estimate);
  text += component_lines(inference);
  return text + use_lines(inference, figures);
}

std::string simulation_json(const SimulationInput& input, const ChipInference& inference,
                            const Beside& beside) {
  const auto figures = figures_of(input, inference);
  nlohmann::ordered_json json;
  json["network"] = input.network;
  json["chip"] = input.chip.name;
  json["timing"] = input.timing;
  json["calibration"] = input.calibration;
  json["tiles"] = input.tiled.tiles;
  json["images"] = inference.images().size();
  json["in_flight"] = inference.in_flight();
  json["hits"] = figures.hits;
  json["latency_s"] = seconds(figures.first);
  json["mean_latency_s"] = seconds(figures.latency);
  json["interval_s"] = figures.interval;
  json["span_s"] = figures.span;
  json["writing_s"] = seconds(inference.written());
  json["writing_J"] = inference.accounts().writing();
  json["held"] = input.held;
  json["walls_moved"] = inference.walls_moved();
  json["refresh_s"] = inference.refreshes() ? seconds(inference.refreshed()) : 0.0;
  json["refresh_J"] = inference.accounts().refresh();
  json["flagged"] = flagged_devices(inference);
  json["moved_columns"] = moved_columns(inference);
  json["images_J"] = figures.dynamic;
  json["leaked_J"] = figures.leaked;
  json["total_J"] = in_si(inference.ledger().total());
  json["estimate"] = {{"latency_s", beside.estimate.latency},
                      {"interval_s", beside.estimate.interval},
                      {"image_J", beside.estimate.energy()}};
  for (const auto& row : rows_of(input, inference, beside.estimate)) {
    json["layers"].push_back({{"layer", row.layer},
                              {"kind", row.kind},
                              {"tiles", row.tiles},
                              {"image_J", row.joules},
                              {"estimate_J", row.estimated_joules},
                              {"first_image_s", row.seconds},
                              {"estimate_s", row.estimated_seconds}});
  }
  for (const auto& [action, joules] : compared_actions(input, inference, beside.estimate)) {
    json["actions"].push_back(
        {{"action", action}, {"image_J", joules.first}, {"estimate_J", joules.second}});
  }
  if (beside.bulk) {
    const auto& bulk = *beside.bulk;
    json["infer"] = {{"same_labels", bulk.same_labels},
                     {"layers", bulk.layers},
                     {"same_layers", bulk.same_layers},
                     {"sums", bulk.sums},
                     {"software_hits", bulk.software_hits}};
  }
  return json.dump(2) + "\n";
}

std::string images_csv(const SimulationInput& input, const ChipInference& inference) {
  std::string text = "image,label,predicted,started_ps,ended_ps,energy_J\n";
  for (std::size_t i = 0; i < inference.images().size(); ++i) {
    const auto& image = inference.images()[i];
    text += fmt::format("{},{},{},{},{},{}\n", i, input.labels[i], image.label, image.started,
                        image.ended, inference.accounts().of_image(i));
  }
  return text;
}

std::string layers_csv(const SimulationInput& input, const ChipInference& inference,
                       const ProgramEstimate& estimate) {
  std::string text = "layer,kind,tiles,energy_J,estimate_J,first_image_s,estimate_s\n";
  for (const auto& row : rows_of(input, inference, estimate)) {
    text += fmt::format("{},{},{},{},{},{},{}\n", row.layer, row.kind, row.tiles, row.joules,
                        row.estimated_joules, row.seconds, row.estimated_seconds);
  }
  return text;
}

std::string actions_csv(const SimulationInput& input, const ChipInference& inference,
                        const ProgramEstimate& estimate) {
  std::string text = "action,energy_J,estimate_J\n";
  for (const auto& [action, joules] : compared_actions(input, inference, estimate)) {
    text += fmt::format("{},{},{}\n", action, joules.first, joules.second);
  }
  return text;
}

std::string tiles_csv(const SimulationInput& input, const ChipInference& inference) {
  const double span = figures_of(input, inference).span;
  std::string text = "tile,layer,commands,busy_s,on_the_way_s,busy_share\n";
  for (const auto& tile : inference.tiles()) {
    text += fmt::format("{},{},{},{},{},{}\n", tile.tile(), name_of_step(input.tiled, tile.step()),
                        tile.commands(), seconds(tile.busy()), seconds(tile.on_the_way()),
                        seconds(tile.busy()) / span);
  }
  return text;
}

std::string activity_csv(const ChipInference& inference) {
  return inference.activity().csv(inference.tiles().size());
}

std::string channels_csv(const ChipInference& inference) {
  const auto& network = inference.chip().interconnect().network();
  const double all = seconds(inference.ledger().on_time());
  std::string text = "channel,busy_s,busy_share\n";
  for (std::size_t i = 0; i < network.busy().size(); ++i) {
    text += fmt::format("\"{}\",{},{}\n", network.topology().channel_name(static_cast<int>(i)),
                        seconds(network.busy()[i]), seconds(network.busy()[i]) / all);
  }
  return text;
}

}  // namespace dwmtj
