# Everything that travels inside the program: the built web interface, migrations, words, schemas of
# the API and the pages of its documentation.
# The lists are globbed at every build, so a new, changed or removed file packs again by itself.

file(GLOB_RECURSE embed_data RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS
    server/kernel/*.sql server/kernel/words.json server/kernel/schemas.json
    server/kernel/openapi/site/*
    server/modules/*.sql server/modules/words.json server/modules/schemas.json
    server/integrations/*.sql server/integrations/words.json server/integrations/schemas.json)
set(embed_list "")
set(embed_inputs "")
foreach(file IN LISTS embed_data)
    # The owner is the folder that holds `migrations/`, `words.json` or `schemas.json`.
    if(file MATCHES "/([^/]+)/migrations/([^/]+\\.sql)$")
        set(path "migrations/${CMAKE_MATCH_1}/${CMAKE_MATCH_2}")
    elseif(file MATCHES "/tests/")
        continue()
    elseif(file MATCHES "/([^/]+)/words\\.json$")
        set(path "words/${CMAKE_MATCH_1}.json")
    elseif(file MATCHES "/([^/]+)/schemas\\.json$")
        set(path "schemas/${CMAKE_MATCH_1}.json")
    elseif(file MATCHES "/openapi/site/([^/]+)$")
        set(path "apidocs/${CMAKE_MATCH_1}")
    elseif(file MATCHES "/([^/]+)/reports/([^/]+\\.sql)$")
        set(path "reports/${CMAKE_MATCH_1}/${CMAKE_MATCH_2}")
    else()
        continue()
    endif()
    string(APPEND embed_list "${path}\t${CMAKE_SOURCE_DIR}/${file}\n")
    list(APPEND embed_inputs ${CMAKE_SOURCE_DIR}/${file})
endforeach()

set(web_files "")
if(PONTE_WEB)
    file(GLOB_RECURSE web_files RELATIVE ${CMAKE_SOURCE_DIR}/web/dist CONFIGURE_DEPENDS web/dist/*)
endif()
foreach(file IN LISTS web_files)
    string(APPEND embed_list "web/${file}\t${CMAKE_SOURCE_DIR}/web/dist/${file}\n")
    list(APPEND embed_inputs ${CMAKE_SOURCE_DIR}/web/dist/${file})
endforeach()
if(NOT "index.html" IN_LIST web_files)
    string(APPEND embed_list "web/index.html\t${CMAKE_SOURCE_DIR}/cmake/no_web.html\n")
    list(APPEND embed_inputs ${CMAKE_SOURCE_DIR}/cmake/no_web.html)
endif()

set(embed_dir ${CMAKE_BINARY_DIR}/embedded)
file(MAKE_DIRECTORY ${embed_dir})
# Written only when it differs, so that configuring again does not pack again.
file(CONFIGURE OUTPUT ${embed_dir}/list.txt CONTENT "${embed_list}" @ONLY)
file(CONFIGURE OUTPUT ${embed_dir}/embedded.S @ONLY CONTENT
"    .section .rodata
    .balign 16
    .global ponte_embedded
ponte_embedded:
    .incbin \"${embed_dir}/embedded.bin\"
    .byte 0
    .section .note.GNU-stack,\"\",%progbits
")

add_executable(ponte_embed tools/embed.cpp)
target_link_libraries(ponte_embed PRIVATE PkgConfig::BROTLI_ENCODER OpenSSL::Crypto ZLIB::ZLIB)

add_custom_command(
    OUTPUT ${embed_dir}/embedded.bin ${embed_dir}/embedded_table.cpp
    COMMAND ponte_embed ${embed_dir} ${CMAKE_SOURCE_DIR}/.cache/embedded < ${embed_dir}/list.txt
    DEPENDS ponte_embed ${embed_dir}/list.txt ${embed_inputs}
    COMMENT "Packing the web interface, migrations and words"
    VERBATIM)
set_source_files_properties(${embed_dir}/embedded.S PROPERTIES OBJECT_DEPENDS ${embed_dir}/embedded.bin)
add_library(ponte_embedded OBJECT ${embed_dir}/embedded.S ${embed_dir}/embedded_table.cpp)
target_include_directories(ponte_embedded PRIVATE server)
