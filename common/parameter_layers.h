// SPDX-License-Identifier: Apache-2.0
// Parameter files made of others: `extends` (layers) and sub-files (parts).
#pragma once

#include "common/catalog_folder.h"
#include "common/parameter_document.h"

namespace dwmtj {

// How deep files may name files.
inline constexpr int kDeepestParameterFile = 16;

// The file that the scalar `name` names: a .yaml beside the file `name` stands in, or a word of the
// catalog. `path` is how errors call `name`.
std::filesystem::path file_named_by(const ParameterEntry& name, const std::string& path,
                                    const CatalogFolder& catalog);

// Lays a mapping over the file that its `extends` names, that file over its own base, and so on.
// The entry then holds all keys, and `extends` no more.
void lay_over_base(ParameterEntry& mapping, const std::string& path, const CatalogFolder& catalog);

// A scalar becomes the content of the file it names, its layers included; a mapping is laid over
// its base. Anything else is refused.
void expand_section(ParameterEntry& entry, const std::string& path, const CatalogFolder& catalog);

}  // namespace dwmtj
