// SPDX-License-Identifier: Apache-2.0
#include "common/data_folder.h"

#include <cstdlib>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "common/build_paths.h"
#include "common/input_error.h"

// Defined in programs that were built with the installed package (cmake/package_data.cpp.in).
extern "C" __attribute__((weak)) const char* dwmtj_package_data();

namespace dwmtj {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code not_there;
  return fs::is_directory(path, not_there);
}

// Where the data of an installed program lie, wherever its prefix was moved to.
fs::path beside_program() {
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : (program.parent_path() / kDataBesideProgram).lexically_normal();
}

std::vector<fs::path> roots() {
  std::vector<fs::path> roots;
  const char* const chosen = std::getenv("DWMTJ_DATA");
  if (chosen != nullptr && *chosen != '\0') {
    if (!is_folder(chosen)) throw InputError(fmt::format("DWMTJ_DATA: {}: no such folder", chosen));
    roots.emplace_back(chosen);
  }
  roots.push_back(beside_program());
  if (dwmtj_package_data != nullptr) roots.emplace_back(dwmtj_package_data());
  roots.emplace_back(kSourceDir);
  roots.emplace_back(kInstallDataDir);
  return roots;
}

}  // namespace

std::optional<fs::path> find_data_folder(const std::string& name) {
  for (const auto& root : roots()) {
    auto folder = root / name;
    if (!root.empty() && is_folder(folder)) return folder;
  }
  return std::nullopt;
}

fs::path data_folder(const std::string& name) {
  if (auto folder = find_data_folder(name)) return *folder;
  throw InputError(
      fmt::format("the project's folder '{}' is not found; set DWMTJ_DATA to the "
                  "folder that holds it",
                  name));
}

}  // namespace dwmtj
