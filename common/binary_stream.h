// SPDX-License-Identifier: Apache-2.0
// Plain values to and from a stream, as they lie in memory.
#pragma once

#include <cstdint>
#include <istream>
#include <ostream>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace dwmtj {

template <typename T>
void write_value(std::ostream& stream, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  stream.write(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename T>
void read_value(std::istream& stream, T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  stream.read(reinterpret_cast<char*>(&value), sizeof value);
  if (!stream) throw std::runtime_error("a stream of values ends early");
}

template <typename T>
void write_values(std::ostream& stream, const std::vector<T>& values) {
  write_value(stream, std::uint64_t{values.size()});
  stream.write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(T)));
}

// As many as there are already: whoever reads knows how many to expect.
template <typename T>
void read_values(std::istream& stream, std::vector<T>& values) {
  std::uint64_t size = 0;
  read_value(stream, size);
  if (size != values.size())
    throw std::runtime_error("a stream of values has another number of them");
  stream.read(reinterpret_cast<char*>(values.data()),
              static_cast<std::streamsize>(values.size() * sizeof(T)));
  if (!stream) throw std::runtime_error("a stream of values ends early");
}

}  // namespace dwmtj
