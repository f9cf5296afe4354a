/* Character sets and collations: which there are, what belongs to what, and how many bytes a character
 * takes. A character set is known by its collations: a model holds only those. */
#ifndef PLUMB_MYSQL_FACTS_CHARSET_H
#define PLUMB_MYSQL_FACTS_CHARSET_H

#include "mysql/facts/flavor.h"

/* The name as the server calls it: utf8 is utf8mb3 (old MariaDB: utf8), lower case. NULL: unknown. */
const char *my_charset_find(struct arena *arena, struct my_flavor flavor, const char *name);

/* The default collation of a character set on the model's server (MariaDB's character_set_collations and
 * MySQL's default_collation_for_utf8mb4 count). Unknown sets: "NAME_general_ci". */
const char *my_charset_collation(const struct model *model, const char *charset);

/* The character set of a collation (by its name's first part); "binary" of binary. */
const char *my_collation_charset(struct arena *arena, const char *collation);

/* The collation as the server calls it: utf8_bin is utf8mb3_bin, lower case; MariaDB's
 * uca1400_ai_ci is utf8mb4_uca1400_ai_ci with the given character set. */
const char *my_collation_find(struct arena *arena, struct my_flavor flavor, const char *name,
                              const char *charset);

/* The known name that is nearest to a mistyped one; NULL when none is near. */
const char *my_charset_nearest(struct arena *arena, const char *name);
const char *my_collation_nearest(struct arena *arena, struct my_flavor flavor, const char *name);

/* Bytes that a character takes at most: 4 of utf8mb4, 3 of utf8mb3, 1 of latin1. */
int my_charset_width(const char *charset);

#endif
