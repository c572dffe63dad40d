# embed(<target> <folder>): a static library with every file of the folder, as web/assets.h shows them.
#
# The bytes come in by the assembler's .incbin, which no compiler has to parse; a table in C++ names them. A file that
# comes or goes is seen by the next build (CONFIGURE_DEPENDS), one that changes by the object that depends on it.
# `x.gz` and `x.br` beside an `x` are its packed forms, not files of their own.
function(embed target folder)
  file(GLOB_RECURSE names CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
  if(NOT "index.html" IN_LIST names)
    message(FATAL_ERROR "${folder} has no index.html. The built page is committed; "
                        "if it was removed: git checkout -- web/dist, or build it: npm ci && npm run build in web/.")
  endif()
  list(SORT names)

  set(bytes "")   # assembler
  set(marks "")   # C++: where each file begins and ends
  set(rows "")    # C++: the table
  set(number 0)
  foreach(name IN LISTS names)
    if(NOT name MATCHES "^[A-Za-z0-9._/-]+$")
      message(FATAL_ERROR "${folder}/${name}: a name the page may not have")
    endif()
    string(REGEX REPLACE "\\.(gz|br)$" "" plain ${name})
    if(NOT plain STREQUAL name AND plain IN_LIST names)
      continue()
    endif()
    set(row "")
    foreach(form "" .gz .br)
      if(NOT "${name}${form}" IN_LIST names)
        string(APPEND row ", {}")
        continue()
      endif()
      set(mark ${target}_${number})
      math(EXPR number "${number} + 1")
      string(APPEND bytes ".globl ${mark}, ${mark}_end\n"
                          "${mark}:\n.incbin \"${folder}/${name}${form}\"\n${mark}_end:\n")
      string(APPEND marks "extern std::byte const ${mark}[], ${mark}_end[];\n")
      string(APPEND row ", {${mark}, ${mark}_end}")
    endforeach()
    string(APPEND rows "      {\"${name}\"${row}},\n")
  endforeach()

  set(assembler ${CMAKE_CURRENT_BINARY_DIR}/${target}.s)
  set(table ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
  file(CONFIGURE OUTPUT ${assembler} @ONLY CONTENT [[
# Written by web/cmake/embed.cmake.
.section .rodata
@bytes@.section .note.GNU-stack, "", %progbits
]])
  file(CONFIGURE OUTPUT ${table} @ONLY CONTENT [[
// Written by web/cmake/embed.cmake.
#include "web/assets.h"

extern "C" {
@marks@}

namespace web {

std::span<Asset const> assets() {
  static Asset const table[] = {
@rows@  };
  return table;
}

}  // namespace web
]])
  add_library(${target} STATIC ${assembler} ${table} ${PROJECT_SOURCE_DIR}/web/assets.h)
  list(TRANSFORM names PREPEND ${folder}/ OUTPUT_VARIABLE files)
  set_source_files_properties(${assembler} PROPERTIES OBJECT_DEPENDS "${files}")
  target_link_libraries(${target} PRIVATE house_rules)
  target_include_directories(${target} INTERFACE ${PROJECT_SOURCE_DIR})
endfunction()
