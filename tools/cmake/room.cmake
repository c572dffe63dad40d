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

# proof(<name> LABEL unit|property|simulation|e2e SOURCES … LINK …): one test program, found by ctest test by test.
function(proof name)
  cmake_parse_arguments(PARSE_ARGV 1 proof "" "LABEL;TIMEOUT" "SOURCES;LINK")
  if(NOT proof_TIMEOUT)
    set(proof_TIMEOUT 120)
  endif()
  add_executable(${name} ${proof_SOURCES})
  target_link_libraries(${name} PRIVATE house_rules ${proof_LINK} GTest::gtest GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS ${proof_LABEL} TIMEOUT ${proof_TIMEOUT}
               ENVIRONMENT "EBB_FIXTURES=$ENV{EBB_FIXTURES};EBB_SOURCE_DIR=${PROJECT_SOURCE_DIR}")
endfunction()
