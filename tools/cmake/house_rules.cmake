# The flags of every room, carried by one INTERFACE target; nothing is global.
add_library(house_rules INTERFACE)
target_compile_options(house_rules INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Werror
  # g++ 12 reports these on inlined std::string, std::variant and std::vector code that is right (GCC bugs 105329, 105593, 107852).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds -Wno-stringop-overread>)
# Runs on every x86-64; without it g++ copies and clears small structs with `rep`, which costs more than a rank.
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  target_compile_options(house_rules INTERFACE $<$<CONFIG:Release>:-mtune=skylake>)
endif()
target_include_directories(house_rules INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_features(house_rules INTERFACE cxx_std_23)

# The engine has neither: a refusal is a value, and a bug aborts (style of the house, README "Errors").
add_library(no_exceptions INTERFACE)
target_compile_options(no_exceptions INTERFACE -fno-exceptions -fno-rtti)
