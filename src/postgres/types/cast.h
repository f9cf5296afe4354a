/* Which way the server converts values of one type to another, and what becomes of them. Works on the types below
 * domains. */
#ifndef PLUMB_POSTGRES_TYPES_CAST_H
#define PLUMB_POSTGRES_TYPES_CAST_H

#include "postgres/types/type_text.h"

enum cast_way {
    CAST_BY_ASSIGNMENT, /* the server does it by itself */
    CAST_EXPLICITLY,    /* value::type */
    CAST_BY_TEXT,       /* value::text::type: there is no conversion between the two */
    CAST_BY_INTEGER,    /* value::integer::type */
    CAST_TO_ELEMENT     /* a single value becomes an array of one */
};

/* server_version: as of libpq; 0: the newest. */
enum cast_way cast_way(const struct type_text *from, const struct type_text *to,
                       int server_version);

enum cast_effect {
    CAST_KEEPS, /* each value has its equal in the other type, and comes back from there */
    CAST_FEW,   /* the same, but values that hardly anybody has are refused */
    CAST_LOSES  /* values may be cut, rounded, shifted or refused */
};

/* arena: for scratch texts. */
enum cast_effect cast_effect(struct arena *arena, const struct type_text *from,
                             const struct type_text *to);

/* True when the values stay as they are stored, and no table is written anew. */
bool cast_is_in_place(const struct type_text *from, const struct type_text *to, int server_version);

/* The effect of the cast between two built-in types, spelled as format_type spells them, without modifiers; -1: casts.def
 * says nothing of it. */
int cast_known_effect(const char *from, const char *to);

#endif
