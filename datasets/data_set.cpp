// SPDX-License-Identifier: Apache-2.0
#include "datasets/data_set.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "common/data_folder.h"
#include "common/input_error.h"
#include "datasets/data_file.h"

namespace dwmtj {
namespace {

using Path = std::filesystem::path;

bool is_folder(const Path& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error);
}

// Where sets lie by name, first first; an installed program has no datasets/ of its own.
std::vector<Path> homes() {
  std::vector<Path> homes;
  const char* const given = std::getenv("DWMTJ_DATASETS");  // NOLINT: nobody sets it meanwhile
  if (given != nullptr)
    homes.emplace_back(given);
  else if (const auto scripts = find_data_folder("scripts")) {
    homes.push_back(scripts->parent_path() / "datasets");
  }
  homes.push_back(kSystemDataSets);
  return homes;
}

Path find_folder(const std::string& name) {
  if (is_folder(name)) return name;
  const auto all = homes();
  const bool is_name = name.find('/') == std::string::npos;
  for (const auto& home : all) {
    if (is_name && is_folder(home / name)) return home / name;
  }
  throw InputError(
      fmt::format("data '{}': expected a folder, or a name under {} "
                  "(scripts/datasets NAME puts it there)",
                  name, all.front().string()));
}

// The files that the images of a split and their labels may be in.
struct FileNames {
  explicit FileNames(Split split) {
    const bool test = split == Split::test;
    if (test) cifar10 = {"test_batch.bin"};
    for (int i = 1; !test && i <= 5; ++i) cifar10.push_back(fmt::format("data_batch_{}.bin", i));
    cifar100 = test ? "test.bin" : "train.bin";
    const std::string idx = test ? "t10k" : "train";
    const std::string npy = test ? "test" : "train";
    idx_images = idx + "-images-idx3-ubyte";
    idx_labels = idx + "-labels-idx1-ubyte";
    npy_images = npy + "_images.npy";
    npy_labels = npy + "_labels.npy";
  }
  [[nodiscard]] std::vector<std::string> all() const {
    auto names = cifar10;
    names.insert(names.end(), {cifar100, idx_images, idx_labels, npy_images, npy_labels});
    return names;
  }

  std::vector<std::string> cifar10;  // the training images are in five
  std::string cifar100, idx_images, idx_labels, npy_images, npy_labels;
};

DataSet load_cifar(const Path& folder, const std::vector<std::string>& names, int label_bytes) {
  DataSet data;
  data.shape = {3, 32, 32};
  for (const auto& name : names) {
    const auto file = data_file(folder, name);
    if (file.empty()) refuse(folder, fmt::format("expected {} beside the other files", name));
    add_cifar(file, read_data_file(file), label_bytes, data);
  }
  return data;
}

using Parse = DataArray (*)(const Path&, const Bytes&);

DataSet load_pair(const Path& images, const Path& labels, Parse parse) {
  auto image_array = parse(images, read_data_file(images));
  return joined(images, std::move(image_array), labels, parse(labels, read_data_file(labels)));
}

DataSet load_from(const Path& folder, Split split) {
  const FileNames names(split);
  if (!data_file(folder, names.cifar10.front()).empty()) {
    return load_cifar(folder, names.cifar10, 1);
  }
  if (!data_file(folder, names.cifar100).empty()) return load_cifar(folder, {names.cifar100}, 2);
  const auto idx_images = data_file(folder, names.idx_images);
  const auto idx_labels = data_file(folder, names.idx_labels);
  if (!idx_images.empty() && !idx_labels.empty()) {
    return load_pair(idx_images, idx_labels, parse_idx);
  }
  const auto npy_images = data_file(folder, names.npy_images);
  const auto npy_labels = data_file(folder, names.npy_labels);
  if (!npy_images.empty() && !npy_labels.empty()) {
    return load_pair(npy_images, npy_labels, parse_npy);
  }
  refuse(folder, fmt::format("expected {}, {}, {} with {}, or {} with {} (.gz or not)",
                             names.cifar10.front(), names.cifar100, names.idx_images,
                             names.idx_labels, names.npy_images, names.npy_labels));
}

}  // namespace

int DataSet::classes() const {
  return labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end()) + 1;
}

void DataSet::copy(std::int64_t image, float* to) const {
  const auto size = static_cast<std::size_t>(shape.elements());
  const auto at = static_cast<std::size_t>(image) * size;
  for (std::size_t i = 0; i < size; ++i) {
    to[i] = values.empty() ? static_cast<float>(pixels[at + i]) / 255.0F : values[at + i];
  }
}

bool has_images(const std::string& name_or_folder, Split split) {
  const auto folder = find_folder(name_or_folder);
  const auto names = FileNames(split).all();
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& name) { return !data_file(folder, name).empty(); });
}

DataSet load_data_set(const std::string& name_or_folder, Split split) {
  const auto folder = find_folder(name_or_folder);
  auto data = load_from(folder, split);
  if (data.images() == 0) refuse(folder, "expected at least one image");
  const auto path = std::filesystem::absolute(folder).lexically_normal();
  data.name = (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
  return data;
}

}  // namespace dwmtj
