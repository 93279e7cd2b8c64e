// SPDX-License-Identifier: Apache-2.0
#include "inference/convolution.h"

#include <memory>
#include <omp.h>

#include <dnnl.hpp>

namespace dwmtj {

// What the library is to compute: a dense layer is a kernel of one value on a row of positions,
// those of all images one after another.
struct ConvolutionDims {
  dnnl::memory::dims in, out, weights, strides, dilations, pad_before, pad_after;
};

namespace {

using dnnl::memory;
using Tag = memory::format_tag;
using Type = memory::data_type;

const dnnl::engine& engine() {
  static const dnnl::engine kEngine(dnnl::engine::kind::cpu, 0);
  return kEngine;
}

ConvolutionDims dims_of(const Layer& layer, int images) {
  const auto& w = layer.window;
  const auto outputs = layer.weights.outputs;
  if (layer.kind == LayerKind::dense) {
    const auto rows = images * layer.input.positions();
    return {{1, layer.weights.inputs, 1, rows},
            {1, outputs, 1, rows},
            {1, outputs, layer.weights.inputs, 1, 1},
            {1, 1},
            {0, 0},
            {0, 0},
            {0, 0}};
  }
  const auto groups = layer.groups;
  return {
      {images, layer.input.channels, layer.input.height, layer.input.width},
      {images, outputs, layer.output.height, layer.output.width},
      {groups, outputs / groups, layer.input.channels / groups, w.kernel.height, w.kernel.width},
      {w.stride.height, w.stride.width},
      {w.dilation.height - 1, w.dilation.width - 1},
      {w.pad_before.height, w.pad_before.width},
      {w.pad_after.height, w.pad_after.width}};
}

// The library wants a kernel of one group without the axis of groups.
memory::dims kernel_dims(const ConvolutionDims& shape) {
  const bool one = shape.weights[0] == 1;
  return one ? memory::dims(shape.weights.begin() + 1, shape.weights.end()) : shape.weights;
}

dnnl::convolution_forward::primitive_desc describe(const ConvolutionDims& shape, ProductType type) {
  const bool single = type == ProductType::single;
  const Type in = single ? Type::f32 : type == ProductType::unsigned_integer ? Type::u8 : Type::s8;
  const memory::desc source(shape.in, in, Tag::nhwc);
  const memory::desc weights(kernel_dims(shape), single ? Type::f32 : Type::s8, Tag::any);
  const memory::desc bias({shape.out[1]}, Type::f32, Tag::a);
  const memory::desc target(shape.out, single ? Type::f32 : Type::s32, Tag::nhwc);
  constexpr auto kKind = dnnl::prop_kind::forward_inference;
  constexpr auto kHow = dnnl::algorithm::convolution_direct;
  using Description = dnnl::convolution_forward::desc;
  const auto description =
      single ? Description(kKind, kHow, source, weights, bias, target, shape.strides,
                           shape.dilations, shape.pad_before, shape.pad_after)
             : Description(kKind, kHow, source, weights, target, shape.strides, shape.dilations,
                           shape.pad_before, shape.pad_after);
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return {description, attributes, engine()};
}

}  // namespace

struct Convolution::Library {
  Library(const ConvolutionDims& dims, ProductType product)
      : shape(dims), type(product), description(describe(dims, product)), primitive(description) {}

  template <typename Weight>
  [[nodiscard]] Packed pack(const Weight* weights, Type of) const;

  ConvolutionDims shape;
  ProductType type;
  dnnl::convolution_forward::primitive_desc description;
  dnnl::convolution_forward primitive;
};

Convolution::Convolution(const Layer& layer, int images, ProductType type)
    : library_(std::make_unique<Library>(dims_of(layer, images), type)) {}
Convolution::~Convolution() = default;
Convolution::Convolution(Convolution&&) noexcept = default;
Convolution& Convolution::operator=(Convolution&&) noexcept = default;

template <typename Weight>
Convolution::Packed Convolution::Library::pack(const Weight* weights, Type of) const {
  const auto dims = kernel_dims(shape);
  const memory::desc plain(dims, of, dims.size() == 4 ? Tag::oihw : Tag::goihw);
  memory from(plain, engine(), const_cast<Weight*>(weights));  // NOLINT: the library only reads
  auto packed = std::make_shared<memory>(description.weights_desc(), engine());
  omp_set_num_threads(1);
  dnnl::stream stream(engine());
  dnnl::reorder(from, *packed).execute(stream, from, *packed);
  stream.wait();
  return packed;
}

Convolution::Packed Convolution::pack(const float* weights) const {
  return library_->pack(weights, Type::f32);
}

Convolution::Packed Convolution::pack(const std::int8_t* weights) const {
  return library_->pack(weights, Type::s8);
}

void Convolution::run(const void* in, const Packed& weights, const float* bias, void* out,
                      std::vector<std::byte>& scratch) const {
  const auto& description = library_->description;
  const auto needed = description.scratchpad_desc().get_size();
  if (scratch.size() < needed) scratch.resize(needed);
  // NOLINTBEGIN(cppcoreguidelines-pro-type-const-cast): the library only reads these
  memory source(description.src_desc(), engine(), const_cast<void*>(in));
  memory target(description.dst_desc(), engine(), out);
  memory scratchpad(description.scratchpad_desc(), engine(), scratch.data());
  std::unordered_map<int, memory> arguments = {
      {DNNL_ARG_SRC, source},
      {DNNL_ARG_WEIGHTS, *static_cast<memory*>(weights.get())},
      {DNNL_ARG_DST, target},
      {DNNL_ARG_SCRATCHPAD, scratchpad}};
  if (library_->type == ProductType::single) {
    arguments.insert(
        {DNNL_ARG_BIAS, memory(description.bias_desc(), engine(), const_cast<float*>(bias))});
  }
  // NOLINTEND(cppcoreguidelines-pro-type-const-cast)
  omp_set_num_threads(1);  // of the calling thread: threads take images, not parts of one
  dnnl::stream stream(engine());
  library_->primitive.execute(stream, arguments);
  stream.wait();
}

}  // namespace dwmtj
