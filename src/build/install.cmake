# The libraries that are installed, with their header and plumb.pc. Both export the functions of plumb.h and
# nothing else: no room's function, and nothing of libpg_query, can meet a program's own.

# libplumb.so
add_library(libplumb_shared SHARED $<TARGET_OBJECTS:libplumb>)
set_target_properties(libplumb_shared PROPERTIES OUTPUT_NAME plumb VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
  LINK_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/plumb.map)
target_link_libraries(libplumb_shared PRIVATE pg_query PkgConfig::libpq PkgConfig::mysqlclient
  PkgConfig::jansson PkgConfig::git2 PkgConfig::xxhash PkgConfig::zlib)
target_link_options(libplumb_shared PRIVATE
  -Wl,--version-script=${CMAKE_CURRENT_LIST_DIR}/plumb.map)

# libplumb.a: one object, linked of ours, libpg_query's and what that needs, in which the names of all
# functions but those of plumb.h became local.
set(static_object ${CMAKE_CURRENT_BINARY_DIR}/plumb_static.o)
set(static_library ${CMAKE_CURRENT_BINARY_DIR}/libplumb.a)
add_custom_command(OUTPUT ${static_library}
  COMMAND ${CMAKE_LINKER} -r ${pg_query_wrapped} -o ${static_object} --whole-archive $<TARGET_FILE:libplumb>
          --no-whole-archive ${pg_query_library} $<TARGET_FILE:plumb_compat>
  COMMAND ${CMAKE_OBJCOPY} --localize-hidden --wildcard --keep-global-symbol=plumb_* ${static_object}
  COMMAND ${CMAKE_COMMAND} -E rm -f ${static_library}
  COMMAND ${CMAKE_AR} qcs ${static_library} ${static_object}
  DEPENDS libplumb plumb_compat ${pg_query_library} VERBATIM)
add_custom_target(libplumb_static ALL DEPENDS ${static_library})

foreach(folder LIBDIR INCLUDEDIR)
  if(IS_ABSOLUTE ${CMAKE_INSTALL_${folder}})
    set(PLUMB_${folder} ${CMAKE_INSTALL_${folder}})
  else()
    set(PLUMB_${folder} "\${prefix}/${CMAKE_INSTALL_${folder}}")
  endif()
endforeach()
configure_file(${CMAKE_CURRENT_LIST_DIR}/plumb.pc.in plumb.pc @ONLY)

install(TARGETS libplumb_shared LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES ${static_library} DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/plumb.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES include/plumb.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
