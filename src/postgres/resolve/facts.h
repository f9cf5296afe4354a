/* What is known of an object that no kind covers, as a list of facts: "key: value", one a key. Values are
 * texts as DDL takes them (names qualified and quoted, literals in quotes), so that statements can be
 * put together from them. Both doors come to the same facts for the same object. */
#ifndef PLUMB_POSTGRES_RESOLVE_FACTS_H
#define PLUMB_POSTGRES_RESOLVE_FACTS_H

#include "core/list.h"

/* The value of the fact; NULL where there is none. */
const char *facts_get(const struct text_list *facts, const char *key);

/* Sets a fact (key and value are copied); a value of NULL takes it out. */
void facts_set(struct text_list *facts, struct arena *arena, const char *key, const char *value);

/* The next fact whose key is PREFIX and a space and something: *name is that something, *value the
 * value, both in the arena. *at is 0 at first; false at the end. */
bool facts_next(const struct text_list *facts, struct arena *arena, const char *prefix, size_t *at,
                const char **name, const char **value);

/* The value of the fact "PREFIX NAME"; NULL where there is none. */
const char *facts_get_named(const struct text_list *facts, const char *prefix, const char *name);

/* The name of an option that no object has: which options there are, this role may not see. */
#define FACTS_UNREADABLE "?"

/* True for the name of an option whose value nobody should see: its fact has an empty value. */
bool facts_is_secret(const char *option);

/* True for the fact "option NAME" of which only that is known. */
bool facts_is_hidden(const char *name, const char *value);

#endif
