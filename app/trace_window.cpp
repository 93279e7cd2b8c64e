// SPDX-License-Identifier: Apache-2.0
#include "app/trace_window.h"

#include <algorithm>
#include <limits>
#include <regex>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/input_error.h"
#include "common/name_text.h"

namespace dwmtj {
namespace {

constexpr auto kEndOfTime = std::numeric_limits<Picoseconds>::max();

std::string name_of_layer(const TiledNetwork& network, std::size_t step) {
  return printable(network.layers[step]->layer().name);
}

// By step: the layers on tiles.
std::vector<std::size_t> layers_on_tiles(const TiledNetwork& network) {
  std::vector<std::size_t> steps;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i]) steps.push_back(i);
  }
  return steps;
}

std::size_t step_of(const std::string& layer, const TiledNetwork& network) {
  const auto steps = layers_on_tiles(network);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto name = name_of_layer(network, steps[i]);
    if (layer == name || layer == std::to_string(i + 1)) return steps[i];
    names.push_back(fmt::format("{} ({})", i + 1, name));
  }
  throw InputError(fmt::format("--trace-window: layer {}: the layers on tiles are {}", layer,
                               fmt::join(names, ", ")));
}

void check_zoomed(const TraceWindow& window, const TiledNetwork& network,
                  const std::set<std::size_t>& zoomed) {
  if (!window.step) return;
  const auto& layer = *network.layers[*window.step];
  const auto first = layer.first_tile();
  const auto last = first + layer.tiles() - 1;
  const auto found = zoomed.lower_bound(first);
  if (found != zoomed.end() && *found <= last) return;
  throw InputError(
      fmt::format("--trace-window: {} lies on tile{} to tile{}: --zoom has none of them",
                  name_of_layer(network, *window.step), first, last));
}

}  // namespace

TraceWindow trace_window(const std::string& text, const TiledNetwork& network, std::int64_t images,
                         const std::set<std::size_t>& zoomed) {
  static const std::regex kForm("image ([0-9]{1,9})(, layer (.+))?");
  std::smatch parts;
  if (!std::regex_match(text, parts, kForm)) {
    throw InputError(fmt::format(
        "--trace-window {}: expected 'image 3, layer 2', 'image 3, layer NAME' or 'image 3'",
        text));
  }
  TraceWindow window{std::stoll(parts[1]), std::nullopt};
  if (window.image >= images) {
    throw InputError(
        fmt::format("--trace-window: image {}: images 0 to {} run", window.image, images - 1));
  }
  if (parts[2].matched) window.step = step_of(parts[3], network);
  check_zoomed(window, network, zoomed);
  return window;
}

LayerWatch watch_for(const TraceWindow& window, WaveformWriter& waveforms) {
  Picoseconds from = kEndOfTime;
  return [window, &waveforms, from](std::int64_t image, std::optional<std::size_t> step,
                                    Picoseconds time, bool ended) mutable {
    if (image != window.image || step != window.step) return;
    if (!ended) from = time;
    waveforms.set_window(from, ended ? time : kEndOfTime);
  };
}

}  // namespace dwmtj
