# Finds libpg_query: the imported target pg_query. It is linked statically: what the distribution ships
# may be too old, and then a script fetches a later package into the build folder. A package made against
# a newer libc needs a few functions that an older one lacks; src/postgres/sql/compat.c has them.
include(CheckFunctionExists)

set(PLUMB_PG_QUERY auto CACHE STRING "Version of libpg_query: 17, 18 or auto")
set_property(CACHE PLUMB_PG_QUERY PROPERTY STRINGS auto 17 18)
set(PLUMB_PG_QUERY_DIR "${CMAKE_SOURCE_DIR}/build/libpg_query" CACHE PATH
    "Where a libpg_query fetched from a later Debian suite is kept")

check_function_exists(strlcpy HAVE_STRLCPY)
check_function_exists(__isoc23_strtoul HAVE_ISOC23_STRTOUL)
set(compat_definitions "")
if(HAVE_STRLCPY)
  list(APPEND compat_definitions -DPLUMB_HAVE_STRLCPY)
endif()
if(HAVE_ISOC23_STRTOUL)
  list(APPEND compat_definitions -DPLUMB_HAVE_ISOC23_STRTOUL)
endif()

# Prints "version;include folders;library", one a line.
execute_process(
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/libpg_query.sh ${PLUMB_PG_QUERY} ${PLUMB_PG_QUERY_DIR}
          ${CMAKE_C_COMPILER} ${compat_definitions}
  OUTPUT_VARIABLE pg_query_found
  OUTPUT_STRIP_TRAILING_WHITESPACE
  RESULT_VARIABLE pg_query_status)
if(NOT pg_query_status EQUAL 0)
  message(FATAL_ERROR "no usable libpg_query (PLUMB_PG_QUERY=${PLUMB_PG_QUERY})")
endif()
string(REPLACE "\n" ";" pg_query_found "${pg_query_found}")
list(GET pg_query_found 0 pg_query_version)
list(GET pg_query_found 1 pg_query_root)
list(GET pg_query_found 2 pg_query_library)
message(STATUS "libpg_query ${pg_query_version}: ${pg_query_library}")

add_library(plumb_compat STATIC src/postgres/sql/compat.c)
target_compile_options(plumb_compat PRIVATE ${compat_definitions})

find_package(Threads REQUIRED)
add_library(pg_query STATIC IMPORTED)
set_target_properties(pg_query PROPERTIES IMPORTED_LOCATION ${pg_query_library})
target_include_directories(pg_query SYSTEM INTERFACE
  ${pg_query_root}/include ${pg_query_root}/include/pg_query
  ${pg_query_root}/include/pg_query/postgres)
target_compile_definitions(pg_query INTERFACE PLUMB_PG_QUERY_VERSION=${pg_query_version})
target_link_libraries(pg_query INTERFACE plumb_compat Threads::Threads m)

# What libpg_query prints goes to functions of src/postgres/sql/compat.c; src/postgres/sql/parse.c stands
# before a function whose result libpg_query does not always free.
set(pg_query_wrapped --wrap=pg_printf --wrap=pg_fprintf --wrap=pg_query_raw_parse)
foreach(option IN LISTS pg_query_wrapped)
  target_link_options(pg_query INTERFACE -Wl,${option})
endforeach()
