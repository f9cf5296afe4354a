/* Types as format_type prints them ("character varying(20)[]"), in their parts. */
#ifndef PLUMB_POSTGRES_TYPES_TYPE_TEXT_H
#define PLUMB_POSTGRES_TYPES_TYPE_TEXT_H

#include <stdbool.h>

#include "core/arena.h"
#include "model/model.h"

struct type_text {
    const char *base;      /* without modifiers and brackets; an interval's without its fields */
    const char *modifiers; /* "10,2"; NULL none */
    const char *fields;    /* of an interval: "day to second"; NULL all */
    long first;            /* the modifiers as numbers; -1 none */
    long second;
    bool array;
    struct pointer_list domains; /* the domains that were looked through, outermost first */
    const struct model *model;   /* in which it was looked for; NULL none */
    const struct object *object; /* the model's enum, range or composite type; NULL none */
};

/* The type's parts. Texts are in the arena. */
struct type_text type_text_split(struct arena *arena, const char *type);

/* The enum, domain, range or composite type of the model (may be NULL) that has this qualified name; NULL when it has none. */
const struct object *type_text_find(struct arena *arena, const struct model *model,
                                    const char *base);

/* The type below all domains of the model (NULL: none are known), in its parts. */
struct type_text type_text_below(struct arena *arena, const struct model *model, const char *type);

/* The type without modifiers, spelled so that none is meant; with brackets where it is an array. */
const char *type_text_bare(struct arena *arena, const struct type_text *type);

#endif
