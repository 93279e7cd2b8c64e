// SPDX-License-Identifier: Apache-2.0
#include "app/figures.h"

#include "app/python_program.h"
#include "common/complain.h"
#include "common/data_folder.h"
#include "common/disk_full_error.h"
#include "common/interrupt.h"

namespace dwmtj {
namespace {

constexpr int kNoMatplotlibStatus = 4;  // of the figure programs

}  // namespace

bool draw_figures(const std::string& script, const std::filesystem::path& folder,
                  const std::vector<std::string>& words) {
  const auto path = data_folder("scripts/figures") / script;
  std::vector<std::string> line = {folder.string(), "--quiet"};
  line.insert(line.end(), words.begin(), words.end());
  const int status = run_python(path, std::move(line), kNoMatplotlibStatus);
  if (status == 0) return true;
  if (interrupted()) return false;
  if (status == kDiskFullStatus) throw DiskFullError("figures cannot be written (disk full?)");
  complain(status == kNoMatplotlibStatus
               ? "no figures drawn (install python3-matplotlib and run this again)"
               : "no figures drawn");
  return false;
}

}  // namespace dwmtj
