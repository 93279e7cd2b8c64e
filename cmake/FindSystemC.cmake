# SPDX-License-Identifier: Apache-2.0
#
# SystemC::systemc, from pkg-config: Debian ships no CMake package for SystemC.
#
# libsystemc exports one symbol whose name holds the C++ standard it was built with, and every
# translation unit that includes its headers refers to it. The link check turns the "undefined
# reference to sc_api_version_..." of a mismatch into a message at configure time.

find_package(PkgConfig REQUIRED)
pkg_check_modules(SYSTEMC QUIET IMPORTED_TARGET systemc)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SystemC
  REQUIRED_VARS SYSTEMC_LINK_LIBRARIES
  VERSION_VAR SYSTEMC_VERSION
  REASON_FAILURE_MESSAGE "Install libsystemc-dev, or add the folder that holds the systemc.pc of \
your SystemC to the environment variable PKG_CONFIG_PATH.")
if(NOT SystemC_FOUND)
  return()
endif()

set(_links SystemC_LINKS_WITH_CXX${CMAKE_CXX_STANDARD})
if(NOT ${_links})
  try_compile(${_links}
    SOURCE_FROM_CONTENT sc_main.cpp "#include <systemc>\nint sc_main(int, char**) { return 0; }\n"
    LINK_LIBRARIES PkgConfig::SYSTEMC
    OUTPUT_VARIABLE _output)
endif()
if(NOT ${_links})
  string(REPLACE "\n" "\n  " _output "${_output}")
  message(FATAL_ERROR
    "A minimal sc_main does not link with SystemC ${SYSTEMC_VERSION} "
    "as C++${CMAKE_CXX_STANDARD}.\n"
    "SystemC only links with code of the C++ standard it was built with. Debian's libsystemc-dev "
    "is a C++17 build: use it with -DCMAKE_CXX_STANDARD=17 (the default of this project). "
    "For another SystemC, set CMAKE_CXX_STANDARD to the standard of that build.\n  ${_output}")
endif()

if(NOT TARGET SystemC::systemc)
  add_library(SystemC::systemc ALIAS PkgConfig::SYSTEMC)
endif()
