# SPDX-License-Identifier: Apache-2.0
#
# `cmake --install`: headers, libraries and a CMake package with a component for each folder. The
# package may be moved: it finds its catalogs from where its own files are.

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/dwmtj)

# What find_package() a target that we link comes from; found when a component needs it.
set(package_of_fmt::fmt fmt)
set(package_of_yaml-cpp yaml-cpp)
set(package_of_TBB::tbb TBB)
set(package_of_Boost::headers Boost)
set(package_of_ZLIB::ZLIB ZLIB)
set(package_of_SQLite::SQLite3 SQLite3)
set(package_of_nlohmann_json::nlohmann_json nlohmann_json)
set(package_of_SystemC::systemc SystemC)
set(package_of_onnx ONNX)
set(package_of_protobuf::libprotobuf Protobuf)
set(package_of_DNNL::dnnl DNNL)
set(package_of_OpenMP::OpenMP_CXX OpenMP)

# Folders and packages that the library of a folder needs, for those who link it.
function(_needs_of library folders packages)
  get_target_property(type ${library} TYPE)
  set(property LINK_LIBRARIES)
  if(type STREQUAL INTERFACE_LIBRARY)
    set(property INTERFACE_LINK_LIBRARIES)
  endif()
  get_target_property(links ${library} ${property})
  set(inside)
  set(outside)
  foreach(link IN LISTS links)
    if(link MATCHES "^dwmtj::(.*)$")
      list(APPEND inside ${CMAKE_MATCH_1})
    elseif(DEFINED package_of_${link})
      list(APPEND outside ${package_of_${link}})
    elseif(NOT link MATCHES "^dwmtj_settings$|^::@|^$")
      message(FATAL_ERROR "${library} links ${link}: cmake/Package.cmake does not say where it comes from")
    endif()
  endforeach()
  set(${folders} ${inside} PARENT_SCOPE)
  set(${packages} ${outside} PARENT_SCOPE)
endfunction()

get_property(all_libraries GLOBAL PROPERTY DWMTJ_LIBRARIES)
set(needs "set(dwmtj_known_components ${all_libraries})\n")
foreach(folder IN LISTS all_libraries)
  _needs_of(dwmtj_${folder} folders packages)
  string(APPEND needs "set(dwmtj_${folder}_folders ${folders})\nset(dwmtj_${folder}_packages ${packages})\n")
  install(TARGETS dwmtj_${folder} EXPORT dwmtj-${folder} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  set_target_properties(dwmtj_${folder} PROPERTIES EXPORT_NAME ${folder})
  install(EXPORT dwmtj-${folder} NAMESPACE dwmtj:: DESTINATION ${package_dir})
  if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/${folder})
    install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dwmtj FILES_MATCHING PATTERN *.h)
  endif()
endforeach()
string(REPLACE ";" " " needs "${needs}")
file(WRITE ${PROJECT_BINARY_DIR}/generated/dwmtjNeeds.cmake "# Made by cmake/Package.cmake.\n${needs}")

set_target_properties(dwmtj_settings PROPERTIES EXPORT_NAME settings)
install(TARGETS dwmtj_settings EXPORT dwmtj-settings)
install(EXPORT dwmtj-settings NAMESPACE dwmtj:: DESTINATION ${package_dir})
install(FILES ${PROJECT_BINARY_DIR}/generated/dwmtj_registers.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dwmtj)
install(DIRECTORY ${PROJECT_BINARY_DIR}/generated/common DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/dwmtj
        FILES_MATCHING PATTERN *.h)

include(CMakePackageConfigHelpers)
set(package_data_dir ${CMAKE_INSTALL_DATADIR}/dwmtj)
configure_package_config_file(cmake/dwmtjConfig.cmake.in generated/dwmtjConfig.cmake
  INSTALL_DESTINATION ${package_dir} PATH_VARS package_data_dir)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/generated/dwmtjConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/generated/dwmtjConfig.cmake
              ${PROJECT_BINARY_DIR}/generated/dwmtjConfigVersion.cmake
              ${PROJECT_BINARY_DIR}/generated/dwmtjNeeds.cmake
              cmake/FindSystemC.cmake cmake/FindDNNL.cmake cmake/package_data.cpp.in
        DESTINATION ${package_dir})

install(FILES ${PROJECT_BINARY_DIR}/app/dwmtj.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
install(FILES scripts/completion/dwmtj DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
