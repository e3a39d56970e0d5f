# One test program a capability, `test_kernel`, and `test_system` for the rules that hold everywhere.
# ctest runs whole programs, not single tests: each starts its own server and database once, and
# its tests run in companies of their own. GoogleTest writes one report a program.
enable_testing()
find_package(GTest REQUIRED)
add_custom_target(tests)

file(GLOB_RECURSE testing_sources RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS
    server/kernel/testing/*.cpp)
if(testing_sources)
    add_library(ponte_testing STATIC EXCLUDE_FROM_ALL ${testing_sources})
    target_link_libraries(ponte_testing PUBLIC ponte_app GTest::gmock GTest::gtest)
endif()

function(test_program name)
    set(sources ${ARGN})
    list(FILTER sources INCLUDE REGEX "/tests/")
    if(NOT sources)
        return()
    endif()
    add_executable(test_${name} EXCLUDE_FROM_ALL ${sources})
    if(TARGET ponte_testing)
        target_link_libraries(test_${name} PRIVATE ponte_testing)
    endif()
    target_link_libraries(test_${name} PRIVATE ponte_app GTest::gmock GTest::gtest GTest::gmock_main)
    target_compile_definitions(test_${name} PRIVATE PONTE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    # Tests are compiled more often than they run, and wait for what they test.
    target_compile_options(test_${name} PRIVATE -O0)
    add_dependencies(tests test_${name})
    if(TARGET ponte)
        add_dependencies(test_${name} ponte)
    endif()
    add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES TIMEOUT 1200
        ENVIRONMENT "PONTE_PROGRAM=${CMAKE_BINARY_DIR}/ponte")
endfunction()

file(GLOB_RECURSE sources RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS server/kernel/*.cpp)
test_program(kernel ${sources})
foreach(capability IN LISTS capabilities)
    file(GLOB_RECURSE sources RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS
        server/${capability}/*.cpp)
    get_filename_component(name ${capability} NAME)
    test_program(${name} ${sources})
endforeach()
file(GLOB_RECURSE sources RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS server/tests/*.cpp)
test_program(system ${sources})
set_tests_properties(system PROPERTIES COST 100)  # the longest begins first
