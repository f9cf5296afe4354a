/* The walk over an object's fields: what equality, digests, snapshots and texts are made from. */
#ifndef PLUMB_MODEL_FIELDS_H
#define PLUMB_MODEL_FIELDS_H

#include "model/model.h"

enum field_type {
    FIELD_TEXT,
    FIELD_FLAG,
    FIELD_NUMBER,
    FIELD_LIST,
    FIELD_SET,
    FIELD_OPTIONS,
    FIELD_EXPRESSION,
    FIELD_EXPRESSIONS,
    FIELD_REFERENCE,
    FIELD_REFERENCES
};

/* The numbers of a kind's fields, by which its changed ones are known: field_column_type. */
#define KIND(upper, lower, printed)                                                                \
    enum lower##_field                                                                             \
    {
#define FIELD(lower, type, name, flags) field_##lower##_##name,
#define END(upper, lower)                                                                          \
    field_##lower##_count                                                                          \
    }                                                                                              \
    ;
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END

/* The same kinds by the names of their structures: KIND_OF_column is KIND_COLUMN. */
enum {
#define KIND(upper, lower, printed) KIND_OF_##lower = KIND_##upper,
#define FIELD(lower, type, name, flags)
#define END(upper, lower)
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END
};

struct field {
    const char *name;
    enum field_type type;
    bool compared;
    size_t offset;
};

/* The fields of a kind, in the order of kinds.def. */
struct fields {
    const struct field *items;
    size_t count;
    size_t size; /* of the kind's struct */
};

struct fields kind_fields(enum kind kind);

/* The number of the field of that name, which comes from outside; -1 when there is none. */
int kind_field(enum kind kind, const char *name);

/* The number of one of the kind's own fields. */
int field_number(enum kind kind, const struct field *field);

/* A pointer to the field inside the object. */
void *field_of(const struct object *object, const struct field *field);

/* The expressions of a field of that type as a list, which shares their memory. */
struct expression_list field_expressions(const struct object *object, const struct field *field);

/* True when both objects hold as many expressions in the field, each with what was written. */
bool field_written_in_both(const struct object *a, const struct object *b,
                           const struct field *field);

/* True when both objects (of one kind) hold the same in the field. Expressions compare by canonical
 * text, by written text where either was not resolved; references by key. */
bool field_equal(const struct object *a, const struct object *b, const struct field *field);

/* Bit i is set for each compared field number i in which the objects differ. */
uint64_t fields_changed(const struct object *a, const struct object *b);

/* The bit of that number (field_column_type) in such a mask, and whether it is set. */
uint64_t field_bit(int number);
bool fields_has(uint64_t changed, int number);

/* The field's value for people, in the arena: "not null", "a, b", "integer". */
char *field_print(struct arena *arena, const struct object *object, const struct field *field);

/* Digest over all compared fields. */
void fields_digest(const struct object *object, struct digest_state *state);

/* Calls visit for each object that a reference field points to. */
void fields_references(const struct object *object,
                       void (*visit)(struct object *referenced, void *context), void *context);

/* Calls visit for each text that the object holds, alone, in a list or as a form of an expression; it may be
 * exchanged. */
void fields_texts(struct object *object, void (*visit)(const char **text, void *context),
                  void *context);

/* Calls visit for each expression the object holds. */
void fields_expressions(struct object *object,
                        void (*visit)(struct object *object, struct expression *expression,
                                      void *context),
                        void *context);

#endif
