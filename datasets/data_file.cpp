// SPDX-License-Identifier: Apache-2.0
#include "datasets/data_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/byte_source.h"
#include "common/input_error.h"

namespace dwmtj {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 32U;  // of an unpacked file
constexpr std::int64_t kMostLabel = 1 << 20;
constexpr std::int64_t kCifarPixels = 3L * 32 * 32;

std::int64_t product(const std::vector<std::int64_t>& dims) {
  std::int64_t result = 1;
  for (const auto size : dims) {
    if (size < 0 || (size > 0 && result > static_cast<std::int64_t>(kMostBytes) / size)) return -1;
    result *= size;
  }
  return result;
}

std::uint32_t big_endian(const Bytes& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | bytes[at + i];
  return value;
}

template <typename T, typename Number>
void unpack(const std::uint8_t* from, std::int64_t count, std::vector<Number>& to) {
  to.resize(static_cast<std::size_t>(count));
  for (auto& value : to) {
    T stored;
    std::memcpy(&stored, from, sizeof(T));
    from += sizeof(T);
    value = static_cast<Number>(stored);
  }
}

// The value of a key of the header, a Python dictionary on one line.
std::string header_value(const std::filesystem::path& file, const std::string& header,
                         const std::string& key) {
  const auto at = header.find("'" + key + "':");
  if (at == std::string::npos) refuse(file, fmt::format("expected a header with '{}'", key));
  auto from = header.find_first_not_of(' ', at + key.size() + 3);
  if (from == std::string::npos) refuse(file, fmt::format("expected a value of '{}'", key));
  const char first = header[from];
  const auto end = first == '(' ? header.find(')', from) : header.find_first_of(",}", from);
  if (end == std::string::npos) refuse(file, fmt::format("expected a value of '{}'", key));
  return header.substr(from, end - from);
}

std::vector<std::int64_t> npy_dims(const std::filesystem::path& file, const std::string& text) {
  std::vector<std::int64_t> dims;
  for (std::size_t i = 0; i < text.size();) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) {
      ++i;
      continue;
    }
    std::int64_t size = 0;
    for (; i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0; ++i) {
      if (size > kMostLabel * kMostLabel) refuse(file, "expected a shape of this world");
      size = 10 * size + (text[i] - '0');
    }
    dims.push_back(size);
  }
  return dims;
}

void require_size(const std::filesystem::path& file, const DataArray& array, std::size_t start,
                  std::size_t size, std::size_t each) {
  const auto elements = product(array.dims);
  if (elements < 0 || static_cast<std::size_t>(elements) > kMostBytes) {
    refuse(file, "expected a shape of this world");
  }
  const auto expected = start + static_cast<std::size_t>(elements) * each;
  if (size != expected) {
    refuse(file, fmt::format("expected {} bytes for {}, not {}", expected,
                             fmt::join(array.dims, " x "), size));
  }
}

// Adds what comes next. False: that was all.
bool read_block(const std::filesystem::path& file, ByteSource& source, Bytes& bytes) {
  constexpr std::size_t kBlock = std::size_t{1} << 20U;
  const auto before = bytes.size();
  bytes.resize(before + kBlock);
  try {
    bytes.resize(before + source.read(reinterpret_cast<char*>(bytes.data()) + before, kBlock));
  } catch (const InputError& error) {
    refuse(file, error.what());
  }
  return bytes.size() > before;
}

std::vector<int> labels_of(const std::filesystem::path& file, const DataArray& array) {
  if (array.dims.size() != 1) refuse(file, "expected one label an image: an array of one axis");
  if (!array.floats.empty()) refuse(file, "expected labels that are whole numbers");
  std::vector<int> labels(array.bytes.begin(), array.bytes.end());
  for (const auto label : array.whole) {
    if (label < 0 || label > kMostLabel) {
      refuse(file, fmt::format("label {}: expected 0 to {}", label, kMostLabel));
    }
    labels.push_back(static_cast<int>(label));
  }
  return labels;
}

}  // namespace

void refuse(const std::filesystem::path& file, const std::string& why) {
  throw InputError(fmt::format("{}: {}", file.string(), why));
}

Bytes read_data_file(const std::filesystem::path& file) {
  ByteSource source(file);
  Bytes bytes;
  while (read_block(file, source, bytes)) {
    if (bytes.size() > kMostBytes) refuse(file, "expected a data set of less than 4 GiB");
  }
  return bytes;
}

std::filesystem::path data_file(const std::filesystem::path& folder, const std::string& name) {
  for (const auto* const end : {"", ".gz"}) {
    auto file = folder / (name + end);
    std::error_code error;
    if (std::filesystem::exists(file, error)) return file;
  }
  return {};
}

DataArray parse_idx(const std::filesystem::path& file, const Bytes& bytes) {
  constexpr std::uint8_t kUnsignedBytes = 8;
  if (bytes.size() < 4 || bytes[0] != 0 || bytes[1] != 0) {
    refuse(file, "expected an IDX file: two zeros, a type, a number of axes");
  }
  if (bytes[2] != kUnsignedBytes) {
    refuse(file, fmt::format("type 0x{:02x}: expected 0x08, bytes", bytes[2]));
  }
  const std::size_t axes = bytes[3];
  const auto start = 4 + 4 * axes;
  if (axes == 0 || bytes.size() < start) refuse(file, "expected a size for each axis");
  DataArray array;
  for (std::size_t i = 0; i < axes; ++i) array.dims.push_back(big_endian(bytes, 4 + 4 * i));
  require_size(file, array, start, bytes.size(), 1);
  array.bytes.assign(bytes.begin() + static_cast<std::ptrdiff_t>(start), bytes.end());
  return array;
}

DataArray parse_npy(const std::filesystem::path& file, const Bytes& bytes) {
  static const std::string kMagic = "\x93NUMPY";
  if (bytes.size() < 12 ||
      !std::equal(kMagic.begin(), kMagic.end(), bytes.begin(),
                  [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; })) {
    refuse(file, "expected a .npy file");
  }
  const bool first_version = bytes[6] == 1;
  std::size_t length = bytes[8] | std::size_t{bytes[9]} << 8U;
  if (!first_version) length |= std::size_t{bytes[10]} << 16U | std::size_t{bytes[11]} << 24U;
  const std::size_t start = (first_version ? 10 : 12) + length;
  if (bytes.size() < start) refuse(file, "its header is cut short");
  const std::string header(bytes.begin() + (first_version ? 10 : 12),
                           bytes.begin() + static_cast<std::ptrdiff_t>(start));
  if (header_value(file, header, "fortran_order") != "False") {
    refuse(file, "fortran_order: expected False: the last axis is the fastest");
  }
  DataArray array;
  array.dims = npy_dims(file, header_value(file, header, "shape"));
  const auto type = header_value(file, header, "descr");
  const auto* const data = bytes.data() + start;
  const auto take = [&](std::size_t each) {
    require_size(file, array, start, bytes.size(), each);
    return product(array.dims);
  };
  if (type == "'|u1'") {
    take(1);
    array.bytes.assign(data, bytes.data() + bytes.size());
  } else if (type == "'<f4'") {
    unpack<float>(data, take(4), array.floats);
  } else if (type == "'<f8'") {
    unpack<double>(data, take(8), array.floats);
  } else if (type == "'<i4'") {
    unpack<std::int32_t>(data, take(4), array.whole);
  } else if (type == "'<i8'") {
    unpack<std::int64_t>(data, take(8), array.whole);
  } else {
    refuse(file, fmt::format("type {}: expected |u1, <f4, <f8, <i4 or <i8", type));
  }
  return array;
}

void add_cifar(const std::filesystem::path& file, const Bytes& bytes, int label_bytes,
               DataSet& data) {
  const auto record = static_cast<std::size_t>(label_bytes + kCifarPixels);
  if (bytes.empty() || bytes.size() % record != 0) {
    refuse(file, fmt::format("{} bytes: expected a multiple of {}: a label, then 3 x 32 x 32",
                             bytes.size(), record));
  }
  for (std::size_t at = 0; at < bytes.size(); at += record) {
    const auto pixels = bytes.begin() + static_cast<std::ptrdiff_t>(at) + label_bytes;
    data.labels.push_back(*(pixels - 1));
    data.pixels.insert(data.pixels.end(), pixels, pixels + kCifarPixels);
  }
}

DataSet joined(const std::filesystem::path& image_file, DataArray images,
               const std::filesystem::path& label_file, const DataArray& labels) {
  const auto& dims = images.dims;
  if (dims.size() < 2 || dims.size() > 4) {
    refuse(image_file, "expected images of one to three axes");
  }
  if (!images.whole.empty()) refuse(image_file, "expected bytes or floats");
  DataSet data;
  data.labels = labels_of(label_file, labels);
  if (data.images() != dims[0]) {
    throw InputError(fmt::format("{}: {} images, but {}: {} labels", image_file.string(), dims[0],
                                 label_file.string(), data.images()));
  }
  data.shape.width = dims.back();
  if (dims.size() > 2) data.shape.height = dims[dims.size() - 2];
  if (dims.size() > 3) data.shape.channels = dims[1];
  if (dims.size() == 2) data.shape = {dims[1], 1, 1};
  data.pixels = std::move(images.bytes);
  data.values = std::move(images.floats);
  for (const auto value : data.values) {
    if (!std::isfinite(value)) refuse(image_file, "expected finite numbers");
  }
  return data;
}

}  // namespace dwmtj
