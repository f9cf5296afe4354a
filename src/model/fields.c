/* The walk over an object's fields. Offsets stand in no other file. */
#include "model/fields.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "core/buffer.h"
#include "model/identity.h"

#define COMPARED true
#define CARRIED false

/* One table of fields a kind; the first entry keeps the tables of kinds without fields non-empty. */
#define KIND(upper, lower, printed)                                                                \
    static const struct field lower##_fields[] = {{NULL, FIELD_TEXT, false, 0},
#define FIELD(lower, type, name, flags) {#name, FIELD_##type, flags, offsetof(struct lower, name)},
#define END(upper, lower)                                                                          \
    }                                                                                              \
    ;
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END

#undef COMPARED
#undef CARRIED

static const struct fields all_fields[] = {
    [KIND_NONE] = {NULL, 0, sizeof(struct object)},
#define KIND(upper, lower, printed)                                                                \
    [KIND_##upper] = {lower##_fields + 1, sizeof(lower##_fields) / sizeof(*lower##_fields) - 1,    \
                      sizeof(struct lower)},
#define FIELD(lower, type, name, flags)
#define END(upper, lower)
#include "model/kinds.def"
#undef KIND
#undef FIELD
#undef END
};

struct fields kind_fields(enum kind kind)
{
    return all_fields[kind];
}

int kind_field(enum kind kind, const char *name)
{
    struct fields fields = all_fields[kind];

    for (size_t i = 0; i < fields.count; i++)
        if (strcmp(fields.items[i].name, name) == 0)
            return (int)i;
    return -1;
}

int field_number(enum kind kind, const struct field *field)
{
    return (int)(field - all_fields[kind].items);
}

void *field_of(const struct object *object, const struct field *field)
{
    union {
        const struct object *constant;
        char *bytes;
    } address = {.constant = object};

    return address.bytes + field->offset;
}

static const char *comparable(const struct expression *expression)
{
    return expression->canonical ? expression->canonical : expression->written;
}

static bool expressions_equal(const struct expression *a, const struct expression *b)
{
    if (a->canonical && b->canonical)
        return strcmp(a->canonical, b->canonical) == 0;
    return text_equal(a->written, b->written);
}

static bool expression_lists_equal(const struct expression_list *a, const struct expression_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!expressions_equal(&a->items[i], &b->items[i]))
            return false;
    return true;
}

static bool references_equal(const struct object *a, const struct object *b)
{
    return a == b || (a && b && strcmp(a->key, b->key) == 0);
}

static bool reference_lists_equal(const struct pointer_list *a, const struct pointer_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!references_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool holds_all(const struct text_list *list, const struct text_list *other)
{
    for (size_t i = 0; i < other->count; i++)
        if (!text_list_contains(list, other->items[i]))
            return false;
    return true;
}

/* Sets are sorted only once the model is sealed. */
static bool sets_equal(const struct text_list *a, const struct text_list *b)
{
    return text_list_equal(a, b) || (holds_all(a, b) && holds_all(b, a));
}

struct expression_list field_expressions(const struct object *object, const struct field *field)
{
    if (field->type == FIELD_EXPRESSIONS)
        return *(struct expression_list *)field_of(object, field);
    return (struct expression_list){.items = field_of(object, field), .count = 1};
}

bool field_written_in_both(const struct object *a, const struct object *b,
                           const struct field *field)
{
    struct expression_list of_a = field_expressions(a, field);
    struct expression_list of_b = field_expressions(b, field);

    if (of_a.count != of_b.count)
        return false;
    for (size_t i = 0; i < of_a.count; i++)
        if (!of_a.items[i].written || !of_b.items[i].written)
            return false;
    return true;
}

bool field_equal(const struct object *a, const struct object *b, const struct field *field)
{
    const void *x = field_of(a, field);
    const void *y = field_of(b, field);

    switch (field->type) {
    case FIELD_TEXT:
        return text_equal(*(const char *const *)x, *(const char *const *)y);
    case FIELD_FLAG:
        return *(const bool *)x == *(const bool *)y;
    case FIELD_NUMBER:
        return *(const int64_t *)x == *(const int64_t *)y;
    case FIELD_LIST:
        return text_list_equal(x, y);
    case FIELD_SET:
    case FIELD_OPTIONS:
        return sets_equal(x, y);
    case FIELD_EXPRESSION:
        return expressions_equal(x, y);
    case FIELD_EXPRESSIONS:
        return expression_lists_equal(x, y);
    case FIELD_REFERENCE:
        return references_equal(*(struct object *const *)x, *(struct object *const *)y);
    case FIELD_REFERENCES:
        return reference_lists_equal(x, y);
    }
    return false;
}

uint64_t fields_changed(const struct object *a, const struct object *b)
{
    struct fields fields = all_fields[a->kind];
    uint64_t changed = 0;

    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].compared && !field_equal(a, b, &fields.items[i]))
            changed |= UINT64_C(1) << i;
    return changed;
}

uint64_t field_bit(int number)
{
    return UINT64_C(1) << number;
}

bool fields_has(uint64_t changed, int number)
{
    return changed & field_bit(number);
}

static const char *print_references(struct arena *arena, const struct pointer_list *list)
{
    struct text_list names = {0};

    for (size_t i = 0; i < list->count; i++)
        text_list_add(&names, arena, identity_path(arena, list->items[i]));
    return text_list_join(&names, arena, ", ");
}

static const char *print_expressions(struct arena *arena, const struct expression_list *list)
{
    struct text_list texts = {0};

    for (size_t i = 0; i < list->count; i++)
        text_list_add(&texts, arena, list->items[i].written);
    return text_list_join(&texts, arena, ", ");
}

char *field_print(struct arena *arena, const struct object *object, const struct field *field)
{
    const void *value = field_of(object, field);
    const char *text = NULL;
    const struct object *referenced;

    switch (field->type) {
    case FIELD_TEXT:
        text = *(const char *const *)value;
        break;
    case FIELD_FLAG:
        text = *(const bool *)value ? "yes" : "no";
        break;
    case FIELD_NUMBER:
        return arena_printf(arena, "%" PRId64, *(const int64_t *)value);
    case FIELD_LIST:
    case FIELD_SET:
    case FIELD_OPTIONS:
        text = text_list_join(value, arena, ", ");
        break;
    case FIELD_EXPRESSION:
        text = ((const struct expression *)value)->written;
        break;
    case FIELD_EXPRESSIONS:
        text = print_expressions(arena, value);
        break;
    case FIELD_REFERENCE:
        referenced = *(struct object *const *)value;
        text = referenced ? identity_path(arena, referenced) : NULL;
        break;
    case FIELD_REFERENCES:
        text = print_references(arena, value);
        break;
    }
    return arena_strdup(arena, text && *text ? text : "none");
}

static void digest_reference(struct digest_state *state, const struct object *referenced)
{
    digest_text(state, referenced ? referenced->key : NULL);
}

static void digest_sorted(struct digest_state *state, const struct text_list *texts)
{
    struct arena *scratch = arena_new();
    struct text_list sorted = text_list_copy(texts, scratch);

    text_list_sort(&sorted);
    digest_integer(state, (int64_t)sorted.count);
    for (size_t i = 0; i < sorted.count; i++)
        digest_text(state, sorted.items[i]);
    arena_free(scratch);
}

static void digest_field(struct digest_state *state, const void *value, enum field_type type)
{
    const struct text_list *texts = value;
    const struct expression_list *expressions = value;
    const struct pointer_list *references = value;

    switch (type) {
    case FIELD_TEXT:
        digest_text(state, *(const char *const *)value);
        break;
    case FIELD_FLAG:
        digest_integer(state, *(const bool *)value);
        break;
    case FIELD_NUMBER:
        digest_integer(state, *(const int64_t *)value);
        break;
    case FIELD_LIST:
    case FIELD_SET:
        digest_integer(state, (int64_t)texts->count);
        for (size_t i = 0; i < texts->count; i++)
            digest_text(state, texts->items[i]);
        break;
    case FIELD_OPTIONS:
        digest_sorted(state, texts);
        break;
    case FIELD_EXPRESSION:
        digest_text(state, comparable(value));
        break;
    case FIELD_EXPRESSIONS:
        digest_integer(state, (int64_t)expressions->count);
        for (size_t i = 0; i < expressions->count; i++)
            digest_text(state, comparable(&expressions->items[i]));
        break;
    case FIELD_REFERENCE:
        digest_reference(state, *(struct object *const *)value);
        break;
    case FIELD_REFERENCES:
        digest_integer(state, (int64_t)references->count);
        for (size_t i = 0; i < references->count; i++)
            digest_reference(state, references->items[i]);
        break;
    }
}

void fields_digest(const struct object *object, struct digest_state *state)
{
    struct fields fields = all_fields[object->kind];

    for (size_t i = 0; i < fields.count; i++) {
        if (!fields.items[i].compared)
            continue;
        digest_text(state, fields.items[i].name);
        digest_field(state, field_of(object, &fields.items[i]), fields.items[i].type);
    }
}

void fields_references(const struct object *object,
                       void (*visit)(struct object *referenced, void *context), void *context)
{
    struct fields fields = all_fields[object->kind];

    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.items[i];

        if (field->type == FIELD_REFERENCE) {
            struct object *referenced = *(struct object **)field_of(object, field);

            if (referenced)
                visit(referenced, context);
        } else if (field->type == FIELD_REFERENCES) {
            const struct pointer_list *list = field_of(object, field);

            for (size_t j = 0; j < list->count; j++)
                visit(list->items[j], context);
        }
    }
}

static void visit_list(struct text_list *list, void (*visit)(const char **text, void *context),
                       void *context)
{
    for (size_t i = 0; i < list->count; i++)
        visit(&list->items[i], context);
}

void fields_texts(struct object *object, void (*visit)(const char **text, void *context),
                  void *context)
{
    struct fields fields = all_fields[object->kind];

    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.items[i];
        struct expression_list list = {0};

        if (field->type == FIELD_TEXT)
            visit(field_of(object, field), context);
        else if (field->type == FIELD_LIST || field->type == FIELD_SET ||
                 field->type == FIELD_OPTIONS)
            visit_list(field_of(object, field), visit, context);
        else if (field->type == FIELD_EXPRESSION || field->type == FIELD_EXPRESSIONS)
            list = field_expressions(object, field);
        for (size_t j = 0; j < list.count; j++) {
            visit(&list.items[j].written, context);
            visit(&list.items[j].canonical, context);
        }
    }
}

void fields_expressions(struct object *object,
                        void (*visit)(struct object *object, struct expression *expression,
                                      void *context),
                        void *context)
{
    struct fields fields = all_fields[object->kind];

    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.items[i];

        if (field->type == FIELD_EXPRESSION) {
            struct expression *expression = field_of(object, field);

            if (expression->written)
                visit(object, expression, context);
        } else if (field->type == FIELD_EXPRESSIONS) {
            struct expression_list *list = field_of(object, field);

            for (size_t j = 0; j < list->count; j++)
                visit(object, &list->items[j], context);
        }
    }
}
