// SPDX-License-Identifier: Apache-2.0
#include "common/input_error.h"
#include "python/native/bindings.h"

PYBIND11_MODULE(_native, module) {
  module.doc() = "Devices and arrays of dwmtj. All values are in SI units.";
  pybind11::register_exception<dwmtj::InputError>(module, "InputError", PyExc_ValueError);
  dwmtj::bind_devices(module);
  dwmtj::bind_tiles(module);
}
