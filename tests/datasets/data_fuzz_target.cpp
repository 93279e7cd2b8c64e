// SPDX-License-Identifier: Apache-2.0
#include "tests/datasets/data_fuzz_target.h"

#include "common/input_error.h"
#include "datasets/data_file.h"
#include "tests/support/require.h"

namespace dwmtj {
namespace {

using test::require;

void check_array(const DataArray& array) {
  std::size_t elements = 1;
  for (const auto size : array.dims) elements *= static_cast<std::size_t>(size);
  require(array.bytes.size() + array.floats.size() + array.whole.size() == elements,
          "values of another number than the shape's");
  DataArray labels;
  labels.dims = {array.dims.empty() ? 0 : array.dims[0]};
  if (labels.dims[0] > 1 << 24) return;  // of no size: the loader finds no label for them
  labels.bytes.resize(static_cast<std::size_t>(labels.dims[0]));
  const auto data = joined("images", array, "labels", labels);
  require(data.images() == labels.dims[0], "images of another number");
  if (data.images() == 0 || data.shape.elements() == 0) return;
  std::vector<float> image(static_cast<std::size_t>(data.shape.elements()));
  data.copy(data.images() - 1, image.data());
}

void read(char format, const Bytes& bytes) {
  DataSet data;
  switch (static_cast<unsigned char>(format) % 4) {
    case 0:
      return check_array(parse_idx("file", bytes));
    case 1:
      return check_array(parse_npy("file", bytes));
    default:
      add_cifar("file", bytes, static_cast<unsigned char>(format) % 4 - 1, data);
      require(data.pixels.size() == data.labels.size() * 3072, "pixels of another number");
  }
}

}  // namespace

void fuzz_data_file(const std::string& bytes) {
  if (bytes.empty()) return;
  try {
    read(bytes[0], {bytes.begin() + 1, bytes.end()});
  } catch (const InputError& error) {
    const std::string message = error.what();
    require(!message.empty() && message.find('\n') == std::string::npos, "not one line");
  }
}

}  // namespace dwmtj
