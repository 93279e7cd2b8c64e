# SPDX-License-Identifier: Apache-2.0
#
# Writes generated/common/version.cpp: "0.1.0 (1a2b3c4-dirty)", or the bare version where git knows
# nothing of this tree (a source archive, no git, a checkout that git refuses to trust).

set(DWMTJ_VERSION "${PROJECT_VERSION}")
if(EXISTS ${PROJECT_SOURCE_DIR}/.git)
  execute_process(COMMAND git describe --always --dirty
                  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
                  OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(revision)
    string(APPEND DWMTJ_VERSION " (${revision})")
  endif()
endif()
configure_file(${PROJECT_SOURCE_DIR}/cmake/version.cpp.in
               ${PROJECT_BINARY_DIR}/generated/common/version.cpp @ONLY)
