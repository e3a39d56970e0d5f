# The libraries, in the order of who may know whom: kernel, modules, integrations, app, program.

# All sources below `folder` that belong to the product; tests and testing tools are built apart.
function(product_sources out folder)
    file(GLOB_RECURSE sources RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS ${folder}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/(tests|testing)/")
    set(${out} ${sources} PARENT_SCOPE)
endfunction()

product_sources(kernel_sources server/kernel)
add_library(ponte_kernel STATIC ${kernel_sources} $<TARGET_OBJECTS:ponte_embedded>)
target_include_directories(ponte_kernel PUBLIC server)
target_include_directories(ponte_kernel SYSTEM PUBLIC
    ${Boost_INCLUDE_DIRS} ${PostgreSQL_INCLUDE_DIRS})
# Asio is compiled once, in the one kernel file that includes its src.hpp.
target_compile_definitions(ponte_kernel PUBLIC
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED $<$<CONFIG:Release>:BOOST_DISABLE_ASSERTS>)
target_link_libraries(ponte_kernel PUBLIC
    PostgreSQL::PostgreSQL PkgConfig::SODIUM PkgConfig::UTF8PROC OpenSSL::SSL OpenSSL::Crypto CURL::libcurl
    ZLIB::ZLIB PkgConfig::BROTLI_ENCODER PkgConfig::GMIME
    PkgConfig::XLSXWRITER PkgConfig::LIBZIP PkgConfig::EXPAT PkgConfig::PANGOCAIRO Threads::Threads)

# One library a folder of server/modules and server/integrations; `capabilities` names them.
set(capabilities "")
set(capability_libraries "")
foreach(layer IN ITEMS modules integrations)
    file(GLOB_RECURSE layer_sources RELATIVE ${CMAKE_SOURCE_DIR}/server/${layer} CONFIGURE_DEPENDS
        server/${layer}/*.cpp)
    list(TRANSFORM layer_sources REPLACE "/.*" "" OUTPUT_VARIABLE names)
    list(REMOVE_DUPLICATES names)
    foreach(name IN LISTS names)
        if(NOT IS_DIRECTORY ${CMAKE_SOURCE_DIR}/server/${layer}/${name})
            continue()
        endif()
        list(APPEND capabilities ${layer}/${name})
        product_sources(sources server/${layer}/${name})
        if(sources)
            add_library(ponte_${name} STATIC ${sources})
            target_link_libraries(ponte_${name} PUBLIC ponte_kernel)
            list(APPEND capability_libraries ponte_${name})
        endif()
    endforeach()
endforeach()

file(GLOB app_sources RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS server/*.cpp)
list(REMOVE_ITEM app_sources server/main.cpp)
if(app_sources)
    add_library(ponte_app STATIC ${app_sources})
else()
    add_library(ponte_app INTERFACE)
    message(STATUS "server/app.cpp is missing: only libraries are built")
endif()
# lld finds symbols in archives in any order, so the list needs none.
if(app_sources)
    target_link_libraries(ponte_app PUBLIC ${capability_libraries} ponte_kernel)
else()
    target_link_libraries(ponte_app INTERFACE ${capability_libraries} ponte_kernel)
endif()

if(EXISTS ${CMAKE_SOURCE_DIR}/server/main.cpp)
    add_executable(ponte server/main.cpp)
    target_link_libraries(ponte PRIVATE ponte_app)
endif()

file(GLOB_RECURSE bench_sources RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS server/bench/*.cpp)
if(bench_sources)
    add_executable(ponte_bench EXCLUDE_FROM_ALL ${bench_sources})
    target_link_libraries(ponte_bench PRIVATE ponte_app)
endif()
