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

// The training images of CIFAR-10 are in five files.
std::vector<std::string> cifar10_files(Split split) {
  if (split == Split::test) return {"test_batch.bin"};
  std::vector<std::string> names;
  for (int i = 1; i <= 5; ++i) names.push_back(fmt::format("data_batch_{}.bin", i));
  return names;
}

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
  const bool test = split == Split::test;
  const auto cifar10 = cifar10_files(split);
  if (!data_file(folder, cifar10.front()).empty()) return load_cifar(folder, cifar10, 1);
  const std::string cifar100 = test ? "test.bin" : "train.bin";
  if (!data_file(folder, cifar100).empty()) return load_cifar(folder, {cifar100}, 2);
  const std::string idx = test ? "t10k" : "train";
  const auto idx_images = data_file(folder, idx + "-images-idx3-ubyte");
  const auto idx_labels = data_file(folder, idx + "-labels-idx1-ubyte");
  if (!idx_images.empty() && !idx_labels.empty()) {
    return load_pair(idx_images, idx_labels, parse_idx);
  }
  const std::string npy = test ? "test" : "train";
  const auto npy_images = data_file(folder, npy + "_images.npy");
  const auto npy_labels = data_file(folder, npy + "_labels.npy");
  if (!npy_images.empty() && !npy_labels.empty()) {
    return load_pair(npy_images, npy_labels, parse_npy);
  }
  refuse(folder, fmt::format("expected {}, {}, {}-images-idx3-ubyte with {}-labels-idx1-ubyte, or "
                             "{}_images.npy with {}_labels.npy (.gz or not)",
                             cifar10.front(), cifar100, idx, idx, npy, npy));
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

DataSet load_data_set(const std::string& name_or_folder, Split split) {
  const auto folder = find_folder(name_or_folder);
  auto data = load_from(folder, split);
  if (data.images() == 0) refuse(folder, "expected at least one image");
  const auto path = std::filesystem::absolute(folder).lexically_normal();
  data.name = (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
  return data;
}

}  // namespace dwmtj
