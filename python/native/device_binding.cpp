// SPDX-License-Identifier: Apache-2.0
// One kind of device, and many devices of it.
#include <string>

#include <pybind11/stl.h>

#include "arrays/device_array.h"
#include "devices/catalog.h"
#include "python/native/bindings.h"

namespace dwmtj {
namespace {

using namespace pybind11::literals;

SharedModel load_model(const std::string& name, double temperature,
                       const std::vector<std::string>& assignments) {
  return std::make_shared<const DeviceModel>(
      DeviceParameters::load(find_device(name), ParameterOverrides(assignments)),
      from_si<Temperature>(temperature));
}

template <typename Law>
py::array by_site(const DeviceModel& model, Law law) {
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(model.sites()));
  for (int site = 0; site < model.sites(); ++site) values.push_back(in_si(law(site)));
  return moved(std::move(values), {model.sites()});
}

py::array transitions(const DeviceModel& model, double pads) {
  const auto& table = model.table(model.pad_pulse(from_si<Voltage>(pads)));
  std::vector<double> chances;
  for (int from = 0; from < table.sites(); ++from) {
    for (int to = 0; to < table.sites(); ++to) chances.push_back(table.probability(from, to));
  }
  return moved(std::move(chances), {table.sites(), table.sites()});
}

py::list constants(const DeviceModel& model) {
  py::list rows;
  for (const auto& constant : model.parameters().constants) {
    rows.append(py::dict("key"_a = constant.path, "value"_a = constant.value,
                         "range"_a = constant.range, "source"_a = constant.source));
  }
  return rows;
}

void bind_model(py::module_& module) {
  py::class_<DeviceModel, std::shared_ptr<DeviceModel>>(module, "Device",
                                                        "One kind of device and its laws.")
      .def(py::init([](const std::string& name, double temperature,
                       const std::vector<std::string>& set) {
             return std::const_pointer_cast<DeviceModel>(load_model(name, temperature, set));
           }),
           "name"_a, "temperature"_a = 300.0, "set"_a = std::vector<std::string>(),
           "A device of the catalog, or a .yaml file. temperature in K; set holds texts such as\n"
           "'pulse.width=40 ns', laid over the file.")
      .def_property_readonly(
          "name", [](const DeviceModel& model) { return model.parameters().name; }, "Its name.")
      .def_property_readonly(
          "title", [](const DeviceModel& model) { return model.parameters().title; },
          "What it is, in a line.")
      .def_property_readonly("sites", &DeviceModel::sites, "Places where a wall rests: levels.")
      .def_property_readonly(
          "resistances",
          [](const DeviceModel& model) {
            return by_site(model, [&](int site) { return model.readout().level(site); });
          },
          "Mean of each level, ohm, shape (sites,).")
      .def_property_readonly(
          "conductances",
          [](const DeviceModel& model) {
            return by_site(model,
                           [&](int site) { return model.readout().level_conductance(site); });
          },
          "Mean of each level, S, shape (sites,).")
      .def_property_readonly(
          "conductance_spreads",
          [](const DeviceModel& model) {
            return by_site(model,
                           [&](int site) { return model.readout().spread_conductance(site); });
          },
          "Standard deviation over arrivals at each level, S, shape (sites,).")
      .def_property_readonly("constants", &constants,
                             "Every number of its file: dictionaries of key, value, range, source.")
      .def("transitions", &transitions, "pads"_a,
           "Chance that a nominal pulse of `pads` volts moves a wall from a site to another,\n"
           "shape (sites, sites), rows add up to 1.")
      .def(
          "pulse_energy",
          [](const DeviceModel& model, double pads) {
            const auto pulse = model.pad_pulse(from_si<Voltage>(pads));
            return in_si(model.parameters().operating_point.pulse_energy(pulse));
          },
          "pads"_a, "What a nominal pulse of `pads` volts spends in the track, J.");
}

// Devices with the model that they refer to.
struct Devices {
  Devices(SharedModel of, std::uint64_t seed, std::uint64_t first_index, std::size_t size)
      : model(std::move(of)), array(*model, seed, first_index, size) {
    array.saturate();
  }
  SharedModel model;
  DeviceArray array;
};

py::array resistances(const Devices& devices) {
  std::vector<double> values(devices.array.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = in_si(devices.array.resistance(i));
  const auto size = static_cast<py::ssize_t>(values.size());
  return moved(std::move(values), {size});
}

std::unique_ptr<Devices> make_devices(std::shared_ptr<DeviceModel> device, std::int64_t size,
                                      std::uint64_t seed, std::uint64_t first_index) {
  if (size < 1) throw py::value_error("size: expected 1 or more devices");
  return std::make_unique<Devices>(std::move(device), seed, first_index,
                                   static_cast<std::size_t>(size));
}

void bind_arrays(py::module_& module) {
  py::class_<Devices>(module, "Devices", "Many devices of one kind, each with draws of its own.")
      .def(py::init(&make_devices), "device"_a, "size"_a, "seed"_a = 1, "first_index"_a = 0,
           "`size` devices, saturated. Device i is number first_index + i of `seed`.")
      .def(
          "saturate", [](Devices& devices) { devices.array.saturate(); },
          py::call_guard<py::gil_scoped_release>(), "Puts every wall to the start.")
      .def(
          "pulse",
          [](Devices& devices, double pads) {
            devices.array.apply(devices.model->pad_pulse(from_si<Voltage>(pads)));
          },
          py::call_guard<py::gil_scoped_release>(), "pads"_a,
          "One nominal pulse of `pads` volts to every device; negative ones push back.")
      .def_property_readonly(
          "sites",
          [](py::object self) {
            auto& array = self.cast<Devices&>().array;
            return read_only_view(array.from(0).sites, {static_cast<py::ssize_t>(array.size())},
                                  self);
          },
          "Where each wall is now: uint8, shape (size,), the devices' own memory.")
      .def("resistances", &resistances, "Of each device at its site, ohm, shape (size,).");
}

}  // namespace

void bind_devices(py::module_& module) {
  bind_model(module);
  bind_arrays(module);
}

}  // namespace dwmtj
