# SPDX-License-Identifier: Apache-2.0
#
# The language standard, the default build type, and dwmtj_settings: the target that carries the
# compiler options of every library, test and program of this project.

# Can be overridden on the command line only for a SystemC that was built for another standard.
if(NOT DEFINED CMAKE_CXX_STANDARD)
  set(CMAKE_CXX_STANDARD 17)
endif()
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# What follows is the parent's to choose where this is a part of another project.
# CMake's own Release is -O3 -DNDEBUG, which is what we want.
if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(CCACHE ccache)
mark_as_advanced(CCACHE)
if(PROJECT_IS_TOP_LEVEL AND CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# A third of a link's time where there is lld.
find_program(LLD ld.lld)
mark_as_advanced(LLD)
if(PROJECT_IS_TOP_LEVEL AND LLD)
  add_link_options(-fuse-ld=lld)
endif()

add_library(dwmtj_settings INTERFACE)
target_include_directories(dwmtj_settings INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/generated>
  $<INSTALL_INTERFACE:include/dwmtj>)
target_compile_features(dwmtj_settings INTERFACE cxx_std_17)

set(warnings
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wno-sign-conversion  # part of clang's -Wconversion, not of g++'s
  -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast
  $<$<BOOL:${DWMTJ_WERROR}>:-Werror>)
if(PROJECT_IS_TOP_LEVEL)
  target_compile_options(dwmtj_settings INTERFACE "$<BUILD_INTERFACE:$<$<COMPILE_LANGUAGE:CXX>:${warnings}>>")
endif()
target_compile_options(dwmtj_settings INTERFACE
  # A fused multiply-add rounds once where two instructions round twice. Forbidding the compiler to
  # fuse keeps the results of a run the same on every instruction set and optimisation level.
  -ffp-contract=off
  # Nobody reads errno after a square root; without it, loops with one become vector code.
  -fno-math-errno)

if(DWMTJ_SANITIZE)
  target_compile_options(dwmtj_settings INTERFACE
    -fsanitize=${DWMTJ_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    # Sees what the sanitizer adds: g++ complains of <regex> itself.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(dwmtj_settings INTERFACE -fsanitize=${DWMTJ_SANITIZE})
endif()

if(DWMTJ_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "DWMTJ_FUZZ needs clang: configure with -DCMAKE_CXX_COMPILER=clang++.")
  endif()
  target_compile_options(dwmtj_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(DWMTJ_COVERAGE)
  target_compile_options(dwmtj_settings INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(dwmtj_settings INTERFACE --coverage)
  add_custom_target(coverage
    COMMAND gcovr --root ${PROJECT_SOURCE_DIR} --exclude tests/ --exclude benchmarks/
            --print-summary --html-details ${PROJECT_BINARY_DIR}/coverage.html .
    WORKING_DIRECTORY ${PROJECT_BINARY_DIR}
    COMMENT "Writing coverage.html from the tests run so far"
    VERBATIM)
endif()
