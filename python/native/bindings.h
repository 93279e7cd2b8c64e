// SPDX-License-Identifier: Apache-2.0
// The parts of the Python module, and NumPy arrays over memory that is ours.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include "devices/device_model.h"

namespace dwmtj {

namespace py = pybind11;

void bind_devices(py::module_& module);
void bind_tiles(py::module_& module);

using SharedModel = std::shared_ptr<const DeviceModel>;

// An argument in C order. A copy is made only of what is not: other types that fit, or slices.
template <typename Value>
using Packed = py::array_t<Value, py::array::c_style>;

using Shape = std::vector<py::ssize_t>;

// The array over `data` that `owner` keeps alive. It cannot be written to.
template <typename Value>
py::array read_only_view(const Value* data, Shape shape, py::handle owner) {
  py::array_t<Value> view(std::move(shape), data, owner);
  view.attr("setflags")(py::arg("write") = false);
  return std::move(view);
}

// The array that takes over a vector.
template <typename Value>
py::array moved(std::vector<Value> values, Shape shape) {
  auto* const kept = new std::vector<Value>(std::move(values));
  const py::capsule owner(kept, [](void* it) { delete static_cast<std::vector<Value>*>(it); });
  return py::array_t<Value>(std::move(shape), kept->data(), owner);
}

}  // namespace dwmtj
