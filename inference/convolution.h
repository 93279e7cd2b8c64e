// SPDX-License-Identifier: Apache-2.0
// The products of a layer with weights, for some images at once, by oneDNN's kernels: in single
// precision, or of integers, whose sums are exact. The only place that knows oneDNN.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "networks/network.h"

namespace dwmtj {

enum class ProductType {
  single,            // floats, with bias
  unsigned_integer,  // 0 to 255 by weights of at most kLargestDigit, sums of 32 bits
  signed_integer     // -128 to 127, the same
};

// Two products of 8 bits by this fit 16, so no instruction saturates in between.
inline constexpr int kLargestDigit = 64;

// Values as in ValueLayout: of an image position by position, the channels of one side by side.
// The same bits for any number of threads, as each call uses one.
class Convolution {
 public:
  Convolution(const Layer& layer, int images, ProductType type);
  ~Convolution();
  Convolution(Convolution&&) noexcept;
  Convolution& operator=(Convolution&&) noexcept;
  Convolution(const Convolution&) = delete;
  Convolution& operator=(const Convolution&) = delete;

  // In the order of a WeightMatrix, in the library's form.
  using Packed = std::shared_ptr<void>;
  [[nodiscard]] Packed pack(const float* weights) const;
  [[nodiscard]] Packed pack(const std::int8_t* weights) const;

  // From any thread; `scratch` is its own, and grows to what is needed.
  void run(const void* in, const Packed& weights, const float* bias, void* out,
           std::vector<std::byte>& scratch) const;

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace dwmtj
