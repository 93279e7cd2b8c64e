// SPDX-License-Identifier: Apache-2.0
// The tile in bulk: rows x columns of pairs with their circuits.
#include <string>

#include <fmt/format.h>
#include <pybind11/stl.h>

#include "arrays/bulk_tile.h"
#include "ledger/report.h"
#include "python/native/bindings.h"

namespace dwmtj {
namespace {

using namespace pybind11::literals;
using Numbers = Packed<std::int16_t>;

constexpr int kMostLines = 65536;

// A tile with all that it refers to.
struct Tile {
  Tile(TileParameters read, ArrayShape shape, std::uint64_t seed)
      : parameters(std::move(read)),
        model(parameters.load_device()),
        bulk("tile0", parameters, model, ledger, {shape, seed}) {}

  TileParameters parameters;
  DeviceModel model;
  Ledger ledger;
  BulkTile bulk;

  [[nodiscard]] ArrayShape shape() const { return bulk.array().shape(); }
  [[nodiscard]] Shape pairs() const { return {shape().rows, 2, shape().columns}; }
};

std::unique_ptr<Tile> make_tile(const std::string& name, int rows, int columns, std::uint64_t seed,
                                const std::vector<std::string>& set) {
  const auto fits = [](int lines) { return lines >= 1 && lines <= kMostLines; };
  if (!fits(rows) || !fits(columns)) {
    throw py::value_error(fmt::format("rows, columns: expected 1 to {}", kMostLines));
  }
  return std::make_unique<Tile>(TileParameters::load(find_tile(name), ParameterOverrides(set)),
                                ArrayShape{rows, columns}, seed);
}

Side side_of(const std::string& name) {
  if (name == name_of(Side::plus)) return Side::plus;
  if (name == name_of(Side::minus)) return Side::minus;
  throw py::value_error("side: expected 'plus' or 'minus'");
}

std::string text_of(const Shape& shape) {
  std::string text;
  for (const auto size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return text;
}

void expect_shape(const Numbers& numbers, const Shape& shape, const char* what) {
  const Shape given(numbers.shape(), numbers.shape() + numbers.ndim());
  if (given == shape) return;
  throw py::value_error(
      fmt::format("{}: expected shape ({}), got ({})", what, text_of(shape), text_of(given)));
}

std::vector<std::int16_t> values(const Numbers& numbers) {
  return {numbers.data(), numbers.data() + numbers.size()};
}

// In the tile's own time: put when the command before it was done.
TileResult carry_out(Tile& tile, const TileCommand& command) {
  TileResult result = tile.bulk.carry_out(command, tile.bulk.now());
  if (result.status != TileStatus::ok && result.status != TileStatus::flagged) {
    throw py::value_error(name_of(command.op) + ": " + name_of(result.status));
  }
  return result;
}

py::dict program(Tile& tile, const Numbers& levels) {
  expect_shape(levels, tile.pairs(), "levels");
  const auto wanted = values(levels);
  ArrayResult result;
  {
    const py::gil_scoped_release others_may_run;
    result = tile.bulk.program_array(wanted);
  }
  return py::dict("flagged"_a = moved(std::move(result.flagged), tile.pairs()),
                  "pulses"_a = moved(std::move(result.pulses), tile.pairs()),
                  "attempts"_a = moved(std::move(result.attempts), tile.pairs()));
}

py::array read(Tile& tile) {
  std::vector<std::int16_t> levels;
  {
    const py::gil_scoped_release others_may_run;
    for (int row = 0; row < tile.shape().rows; ++row) {
      for (const Side side : {Side::plus, Side::minus}) {
        const auto line =
            carry_out(tile, {TileOp::read, static_cast<std::uint32_t>(row), side, {}}).data;
        levels.insert(levels.end(), line.begin(), line.end());
      }
    }
  }
  return moved(std::move(levels), tile.pairs());
}

py::array multiply(Tile& tile, const Numbers& inputs, int bits) {
  if (bits < 0 || bits > 255) throw py::value_error("bits: expected 1 to those of the tile");
  const int rows = tile.shape().rows;
  if (inputs.ndim() == 1) {
    expect_shape(inputs, {rows}, "inputs");
  } else {
    expect_shape(inputs, {inputs.ndim() == 2 ? inputs.shape(0) : 0, rows}, "inputs");
  }
  std::vector<std::int16_t> answers;
  {
    const std::int16_t* const first = inputs.data();
    const py::ssize_t count = inputs.size() / rows;
    const py::gil_scoped_release others_may_run;
    for (py::ssize_t i = 0; i < count; ++i) {
      const auto* const input = first + i * rows;
      const auto one = carry_out(tile, {TileOp::multiply,
                                        0,
                                        Side::plus,
                                        {input, input + rows},
                                        static_cast<std::uint8_t>(bits)})
                           .data;
      answers.insert(answers.end(), one.begin(), one.end());
    }
  }
  if (inputs.ndim() == 1) return moved(std::move(answers), {tile.shape().columns});
  return moved(std::move(answers), {inputs.shape(0), tile.shape().columns});
}

py::array command(Tile& tile, TileOp op, int row, const std::string& side, const Numbers& data) {
  if (row < 0 || row >= tile.shape().rows) {
    throw py::value_error(fmt::format("row: expected 0 to {}", tile.shape().rows - 1));
  }
  auto answer =
      carry_out(tile, {op, static_cast<std::uint32_t>(row), side_of(side), values(data)}).data;
  const auto size = static_cast<py::ssize_t>(answer.size());
  return moved(std::move(answer), {size});
}

py::array sites(py::object self) {
  auto& tile = self.cast<Tile&>();
  return read_only_view(tile.bulk.array().sites(), tile.pairs(), self);
}

py::array conductances(py::object self) {
  auto& tile = self.cast<Tile&>();
  return read_only_view(tile.bulk.array().conductances(), tile.pairs(), self);
}

// On for as long as its commands took.
py::object account(Tile& tile) {
  tile.ledger.set_on_time(tile.bulk.now());
  return py::module_::import("json").attr("loads")(report_json(tile.ledger));
}

void bind_commands(py::class_<Tile>& tile) {
  tile.def(
          "program", &program, "levels"_a,
          "Write-verify of every device: levels int16, shape (rows, 2, columns), plus side first;\n"
          "SKIP leaves a device alone. Returns flagged (1 where the level was not reached), "
          "pulses\n"
          "and attempts of each device, of the same shape.")
      .def("read", &read,
           "The level of every device as comparators see it: int16, shape\n"
           "(rows, 2, columns).")
      .def("multiply", &multiply, "inputs"_a, "bits"_a = 1,
           "Sign of each column's sum, or with more bits its code: inputs int16 of -1, 0 and +1,\n"
           "shape (rows,) or (n, rows); "
           "returns int16, shape (columns,) or (n, columns).")
      .def(
          "pulse",
          [](Tile& self, int row, const std::string& side, const Numbers& codes) {
            command(self, TileOp::pulse, row, side, codes);
          },
          "row"_a, "side"_a, "codes"_a,
          "One pulse a column: codes of the drivers, int16, shape (columns,); 0 is none.")
      .def(
          "update",
          [](Tile& self, int row, const std::string& side, const Numbers& polarities) {
            command(self, TileOp::update, row, side, polarities);
          },
          "row"_a, "side"_a, "polarities"_a,
          "One update pulse a column: int16 of -1, 0 and +1, shape (columns,).")
      .def(
          "reset",
          [](Tile& self, int row, const std::string& side) {
            command(self, TileOp::reset, row, side, Numbers(0));
          },
          "row"_a, "side"_a, "Single-shot reset of a side ('plus' or 'minus') of a row.");
}

void bind_state(py::class_<Tile>& tile) {
  tile.def_property_readonly(
          "shape", [](const Tile& self) { return py::tuple(py::cast(self.pairs())); },
          "(rows, 2, columns).")
      .def_property_readonly(
          "levels", [](const Tile& self) { return self.model.sites(); }, "Of a device.")
      .def_property_readonly("sites", &sites,
                             "Where each wall is: uint8, shape (rows, 2, columns), the tile's own\n"
                             "memory.")
      .def_property_readonly("conductances", &conductances,
                             "Of each device, S, shape (rows, 2, columns), the tile's own memory:\n"
                             "ask again after a command that moves walls.")
      .def_property_readonly(
          "time", [](const Tile& self) { return in_si(to_time(self.bulk.now())); },
          "When the last command was done, s.")
      .def("account", &account,
           "What was spent, by component, action and command: the dictionary of report.json.");
}

}  // namespace

void bind_tiles(py::module_& module) {
  module.attr("SKIP") = py::int_(kSkip);
  py::class_<Tile> tile(module, "Tile",
                        "Rows x columns of differential pairs with their circuits.");
  tile.def(
      py::init(&make_tile), "name"_a, "rows"_a, "columns"_a, "seed"_a = 1,
      "set"_a = std::vector<std::string>(),
      "A tile of the catalog, or a .yaml file, all devices saturated; set holds texts such as\n"
      "'comparator.noise=0 V', laid over the file.");
  bind_commands(tile);
  bind_state(tile);
}

}  // namespace dwmtj
