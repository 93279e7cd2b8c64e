// SPDX-License-Identifier: Apache-2.0
// The files of a sweep for a cluster's queue: a list with the points of each task, the script of a
// task, and the lines that submit it. Queues differ in two texts only (sweep/engines/).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/catalog_folder.h"

namespace dwmtj {

inline const CatalogFolder kEngineCatalog = {"sweep/engines", "engine"};

struct Engine {
  // A name of sweep/engines or a .yaml file. Throws InputError.
  static Engine load(const std::string& name_or_file);

  std::string title;
  std::string index;   // the variable that holds the number of a task, from 1
  std::string submit;  // lines for a shell
  long most_tasks;
};

struct ClusterJob {
  std::string program;         // dwmtj
  std::filesystem::path plan;  // as it was when this was written
  std::filesystem::path out;
  std::vector<std::size_t> points;
  std::size_t chunk;  // points a task, at least
};

// How many points make a task of ten seconds or more.
std::size_t chunk_of(double seconds_a_point);

// Writes them into OUT/jobs/N, the next free N; the script that submits them.
std::filesystem::path write_job(const Engine& engine, const ClusterJob& job);

}  // namespace dwmtj
