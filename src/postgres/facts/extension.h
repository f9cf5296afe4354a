/* What control files of extensions say: generated facts ("x" lines of extension.def and packaged.def), and names of
 * those for which there are none. */
#ifndef PLUMB_POSTGRES_FACTS_EXTENSION_H
#define PLUMB_POSTGRES_FACTS_EXTENSION_H

#include <stdbool.h>

/* True where the control file names the schema: what a search path says does not count. */
bool pg_extension_has_fixed_schema(const char *extension);

/* False for an extension whose objects stay in the schema that they were made in. */
bool pg_extension_can_move(const char *extension);

#endif
