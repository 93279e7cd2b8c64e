# SPDX-License-Identifier: Apache-2.0
#
# The generated files common/version.cpp and common/build_paths.h.

# The interpreter of the figure scripts: the first python3 that has matplotlib.
function(_imports_matplotlib result python)
  execute_process(COMMAND ${python} -c "import matplotlib" RESULT_VARIABLE failed
                  OUTPUT_QUIET ERROR_QUIET)
  if(failed)
    set(${result} FALSE PARENT_SCOPE)
  endif()
endfunction()
find_program(DWMTJ_PYTHON python3 PATHS /usr/bin VALIDATOR _imports_matplotlib
             DOC "The python3 that draws the figures")
if(NOT DWMTJ_PYTHON)
  message(WARNING "No python3 with matplotlib: figures will not be drawn (install "
                  "python3-matplotlib).")
endif()

file(RELATIVE_PATH DWMTJ_DATA_BESIDE_PROGRAM
     ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_DATADIR}/dwmtj)
configure_file(cmake/build_paths.h.in generated/common/build_paths.h @ONLY)

# The version is also refreshed at every build, and only rewritten when the tree that git
# describes has changed; so a result always names the sources it came from.
include(WriteVersion)
add_custom_target(dwmtj_version
  COMMAND ${CMAKE_COMMAND} -D PROJECT_VERSION=${PROJECT_VERSION}
          -D PROJECT_SOURCE_DIR=${PROJECT_SOURCE_DIR} -D PROJECT_BINARY_DIR=${PROJECT_BINARY_DIR}
          -P ${PROJECT_SOURCE_DIR}/cmake/WriteVersion.cmake
  BYPRODUCTS ${PROJECT_BINARY_DIR}/generated/common/version.cpp
  COMMENT "Updating common/version.cpp"
  VERBATIM)
add_dependencies(dwmtj_settings dwmtj_version)
