// SPDX-License-Identifier: Apache-2.0
#include "inference/study_checkpoint.h"

#include <sstream>

#include <fmt/format.h>

#include "common/binary_stream.h"
#include "common/file_text.h"
#include "common/fnv_digest.h"
#include "common/index.h"
#include "common/input_error.h"
#include "common/name_text.h"
#include "inference/study_device.h"

namespace dwmtj {
namespace {

constexpr std::uint64_t kMost = std::uint64_t{1} << 32U;  // of anything in a state

std::string text(std::uint64_t digest) { return fmt::format("{:016x}", digest); }

void add_window(const Window& window, FnvDigest& digest) {
  for (const auto* const extent :
       {&window.kernel, &window.stride, &window.dilation, &window.pad_before, &window.pad_after}) {
    for (const auto size : {extent->height, extent->width, extent->depth}) digest.add(size);
  }
}

std::string digest_of(const Network& network) {
  FnvDigest digest;
  for (const auto& layer : network.layers) {
    digest.add(static_cast<std::uint64_t>(layer.kind));
    digest.add(static_cast<std::uint64_t>(layer.function));
    digest.add(layer.inputs);
    digest.add(layer.parameters);
    digest.add(layer.factor);
    digest.add(layer.offset);
    add_window(layer.window, digest);
    if (!layer.has_weights()) continue;
    digest.add(*layer.weights.values);
    digest.add(layer.weights.bias);
  }
  return text(digest.value());
}

// Labels and images as the network takes them.
std::string digest_of(const ImageSource& source, std::int64_t images) {
  const auto& data = source.data();
  const auto count = images == 0 ? data.images() : std::min(images, data.images());
  FnvDigest digest;
  std::vector<float> image(index(data.shape.elements()));
  for (std::int64_t i = 0; i < count; ++i) {
    source.write(i, image.data());
    digest.add(image);
    digest.add(data.labels[index(i)]);
  }
  return text(digest.value());
}

template <typename Value>
std::string text(const std::optional<Value>& value) {
  return value ? fmt::format("{}", *value) : "none";
}

void add_device(const StudyOptions& options, NamedValues& asked) {
  const StudyDevice device(options);
  const auto of = [](const auto& parameters) {
    return fmt::format("{} ({})", printable(parameters.name),
                       checksum_of(parameters.effective_text));
  };
  asked.emplace_back("device", device.model() != nullptr ? of(device.model()->parameters())
                                                         : printable(device.levels().name));
  asked.emplace_back("tile", device.tile() ? of(*device.tile()) : "none");
  std::string levels;
  for (const auto level : device.levels().conductance) levels += fmt::format(" {}", level);
  asked.emplace_back("levels", checksum_of(levels));
}

void add_writing(const StudyOptions& options, NamedValues& asked) {
  const auto& history = options.history;
  const auto& wires = options.wires;
  asked.emplace_back("write", name_of(options.write));
  asked.emplace_back("bits", text(options.bits));
  asked.emplace_back("clip", fmt::format("{}", options.clip_percentile));
  asked.emplace_back("sigma", text(options.sigma));
  asked.emplace_back("sigma-scale", fmt::format("{}", options.sigma_scale));
  asked.emplace_back("each-layer", fmt::format("{}", options.each_layer));
  asked.emplace_back("stuck",
                     fmt::format("{} at {}", history.stuck_rate, text(history.stuck_level)));
  asked.emplace_back("hold",
                     fmt::format("{} s at {} K", in_si(history.hold), in_si(history.temperature)));
  asked.emplace_back("reads",
                     fmt::format("{} of {} A", history.reads, in_si(history.read_current)));
  asked.emplace_back(
      "wires", fmt::format("{} {} {} {} ohm", in_si(wires.row_segment), in_si(wires.column_segment),
                           in_si(wires.driver), in_si(wires.sense)));
}

void add_reading(const StudyOptions& options, NamedValues& asked) {
  asked.emplace_back("input-bits", text(options.input_bits));
  asked.emplace_back("bit-serial", fmt::format("{}", options.bit_serial));
  asked.emplace_back(
      "readout", fmt::format("{} of {} bits over {}", static_cast<int>(options.readout),
                             options.converter_bits, static_cast<int>(options.converter_range)));
  asked.emplace_back("noise", fmt::format("{} {}", options.read_noise, options.johnson));
  asked.emplace_back("calibration", options.calibration
                                        ? checksum_of(text_of_file(*options.calibration))
                                        : "none");
  asked.emplace_back(
      "array", fmt::format("{} x {}, {}", options.rows, options.columns, text(options.tiles)));
  asked.emplace_back("spare-columns", fmt::format("{}", options.spare_columns));
}

void write_text(std::ostream& stream, const std::string& text) {
  write_values(stream, std::vector<char>(text.begin(), text.end()));
}

// A list of any length, which its own first word says.
template <typename T>
void read_list(std::istream& stream, std::vector<T>& values) {
  std::uint64_t size = 0;
  const auto at = stream.tellg();
  read_value(stream, size);
  if (size > kMost) throw std::runtime_error("a stream of values is too long");
  values.resize(size);
  stream.seekg(at);
  read_values(stream, values);
}

std::string read_text(std::istream& stream) {
  std::vector<char> letters;
  read_list(stream, letters);
  return {letters.begin(), letters.end()};
}

void write_layer(std::ostream& stream, const LayerError& layer) {
  write_text(stream, layer.name);
  write_value(stream, layer.weights);
  write_value(stream, layer.clipped);
  write_value(stream, layer.limit);
  write_value(stream, layer.signal);
  write_value(stream, layer.error);
  write_value(stream, layer.alone.value_or(Share{-1, -1}));
}

LayerError read_layer(std::istream& stream) {
  LayerError layer;
  layer.name = read_text(stream);
  read_value(stream, layer.weights);
  read_value(stream, layer.clipped);
  read_value(stream, layer.limit);
  read_value(stream, layer.signal);
  read_value(stream, layer.error);
  Share alone;
  read_value(stream, alone);
  if (alone.hits >= 0) layer.alone = alone;
  return layer;
}

void write_programming(std::ostream& stream, const ProgrammingResult& result) {
  const auto& writing = result.writing;
  write_values(stream, result.predictions);
  write_value(stream, result.accuracy);
  write_value(stream, writing.writes);
  write_value(stream, writing.stuck);
  write_value(stream, writing.moved);
  write_value(stream, writing.joules);
  write_value(stream, writing.read_joules);
  write_value(stream, writing.seconds);
  write_values(stream, writing.histogram);
  write_value(stream, std::uint64_t{result.layers.size()});
  for (const auto& layer : result.layers) write_layer(stream, layer);
}

ProgrammingResult read_programming(std::istream& stream) {
  ProgrammingResult result;
  auto& writing = result.writing;
  read_list(stream, result.predictions);
  read_value(stream, result.accuracy);
  read_value(stream, writing.writes);
  read_value(stream, writing.stuck);
  read_value(stream, writing.moved);
  read_value(stream, writing.joules);
  read_value(stream, writing.read_joules);
  read_value(stream, writing.seconds);
  read_list(stream, writing.histogram);
  std::uint64_t layers = 0;
  read_value(stream, layers);
  for (std::uint64_t i = 0; i < layers; ++i) result.layers.push_back(read_layer(stream));
  return result;
}

}  // namespace

NamedValues asked_of_study(const Network& network, const ImageSource& source,
                           const StudyOptions& options) {
  NamedValues asked = {{"network", digest_of(network)},
                       {"images", digest_of(source, options.images)},
                       {"seed", std::to_string(options.seed)}};
  if (options.device || options.given) add_device(options, asked);
  add_writing(options, asked);
  add_reading(options, asked);
  return asked;
}

std::string state_of(const std::vector<ProgrammingResult>& done) {
  std::ostringstream stream;
  write_value(stream, std::uint64_t{done.size()});
  for (const auto& programming : done) write_programming(stream, programming);
  return stream.str();
}

std::vector<ProgrammingResult> programmings_of(const std::string& state) {
  std::istringstream stream(state);
  std::vector<ProgrammingResult> done;
  try {
    std::uint64_t count = 0;
    read_value(stream, count);
    for (std::uint64_t i = 0; i < count; ++i) done.push_back(read_programming(stream));
  } catch (const std::runtime_error& error) {
    throw InputError(fmt::format("the checkpoint of programmings: {}", error.what()));
  }
  return done;
}

}  // namespace dwmtj
