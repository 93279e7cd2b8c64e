# SPDX-License-Identifier: Apache-2.0

# Where the time of devices, arrays and networks goes; optimised in full also by the preset `run`, which
# is content with -O1 to be built soon.
set(DWMTJ_HOT_FOLDERS arithmetic arrays characterization devices inference learning wires)

# dwmtj_library(<folder> <source>... [LIBS <public library>...])
#
# The library of one folder: target dwmtj_<folder>, with the alias dwmtj::<folder>. It hands the
# include root and the compiler settings on to whatever links it.
function(dwmtj_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBS")
  add_library(dwmtj_${folder} ${arg_UNPARSED_ARGUMENTS})
  add_library(dwmtj::${folder} ALIAS dwmtj_${folder})
  target_link_libraries(dwmtj_${folder} PUBLIC dwmtj_settings ${arg_LIBS})
  if(folder IN_LIST DWMTJ_HOT_FOLDERS)
    target_compile_options(dwmtj_${folder} PRIVATE $<$<CONFIG:Release>:-O3>)
  endif()
  set_property(GLOBAL APPEND PROPERTY DWMTJ_LIBRARIES ${folder})  # a component of the package
endfunction()
