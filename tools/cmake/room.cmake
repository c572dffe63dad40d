# room(<name> SOURCES … HEADERS … PUBLIC … PRIVATE …): one folder, one library, one alias room::<name>.
#
# Sources are listed by hand. PUBLIC and PRIVATE are the arrows of the house; the tidy test holds the includes against
# them. Every header is verified to compile alone by the target all_verify_interface_header_sets.
function(room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;HEADERS;PUBLIC;PRIVATE")
  add_library(${name} STATIC ${room_SOURCES})
  add_library(room::${name} ALIAS ${name})
  if(room_HEADERS)
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${room_HEADERS})
    set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
  target_link_libraries(${name} PUBLIC house_rules ${room_PUBLIC} PRIVATE ${room_PRIVATE})
endfunction()

# proof(<name> LABEL unit|property|simulation|e2e|tidy [threads] SOURCES … LINK …): one test program, found by ctest
# test by test. With the second label `threads` it also belongs to the target `threads`, which runs under TSan.
function(proof name)
  cmake_parse_arguments(PARSE_ARGV 1 proof "" "TIMEOUT" "LABEL;SOURCES;LINK")
  if(NOT proof_TIMEOUT)
    set(proof_TIMEOUT 120)
  endif()
  add_executable(${name} ${proof_SOURCES})
  target_link_libraries(${name} PRIVATE house_rules ${proof_LINK} GTest::gtest GTest::gmock GTest::gtest_main)
  if(threads IN_LIST proof_LABEL)
    if(NOT TARGET threads)
      add_custom_target(threads)
    endif()
    add_dependencies(threads ${name})
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 TEST_LIST ${name}_tests)
  # The properties are set by a file of our own: CMake 3.25 takes lists apart on their way into its discovery script.
  # Real test data lies beside the checkout or where EBB_FIXTURES says; tests that want it skip where it is absent.
  set(fixtures "$ENV{EBB_FIXTURES}")
  if(NOT fixtures)
    get_filename_component(fixtures ${PROJECT_SOURCE_DIR}/../shared/fixtures ABSOLUTE)
  endif()
  set(properties ${CMAKE_CURRENT_BINARY_DIR}/${name}_properties.cmake)
  file(WRITE ${properties} "if(${name}_tests)
  set_tests_properties(\${${name}_tests} PROPERTIES LABELS \"${proof_LABEL}\" TIMEOUT ${proof_TIMEOUT}
    ENVIRONMENT \"EBB_FIXTURES=${fixtures};EBB_SOURCE_DIR=${PROJECT_SOURCE_DIR}\")
endif()
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${properties})
endfunction()
