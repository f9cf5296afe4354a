/* Comments, and how an object is called where a statement names it with its class. */
#include "postgres/write/write.h"

#include <string.h>

/* Objects that live on a relation: "TRIGGER a ON app.t". */
static const char *attached_reference(const struct step_sink *sink, const struct object *object)
{
    const char *word = object->kind == KIND_TRIGGER  ? "TRIGGER"
                       : object->kind == KIND_POLICY ? "POLICY"
                                                     : "CONSTRAINT";

    return arena_printf(sink->arena, "%s %s ON %s", word,
                        object->kind == KIND_NOT_NULL ? write_not_null_name(sink, object)
                                                      : write_name(sink, object->name),
                        write_path(sink, write_relation(object)));
}

static const char *unmodelled_reference(const struct step_sink *sink, const struct object *object)
{
    const char *class_word;
    const char *identity;

    if (!write_unmodelled_reference(sink, object, &class_word, &identity))
        return NULL;
    return arena_printf(sink->arena, "%s %s", class_word, identity);
}

/* The word for kinds whose objects are named by their path alone. */
static const char *plain_word(const struct object *object)
{
    switch (object->kind) {
    case KIND_SCHEMA:
        return "SCHEMA";
    case KIND_EXTENSION:
        return "EXTENSION";
    case KIND_ENUM:
    case KIND_COMPOSITE:
    case KIND_RANGE:
        return "TYPE";
    case KIND_DOMAIN:
        return "DOMAIN";
    case KIND_SEQUENCE:
        return "SEQUENCE";
    case KIND_TABLE:
        return as_table(object)->server ? "FOREIGN TABLE" : "TABLE";
    case KIND_VIEW:
        return "VIEW";
    case KIND_MATERIALIZED_VIEW:
        return "MATERIALIZED VIEW";
    case KIND_INDEX:
        return "INDEX";
    default:
        return NULL;
    }
}

const char *write_object_reference(const struct step_sink *sink, const struct object *object)
{
    const char *word = plain_word(object);

    if (word)
        return arena_printf(sink->arena, "%s %s", word, write_path(sink, object));
    switch (object->kind) {
    case KIND_FUNCTION:
        return arena_printf(sink->arena, "%s %s",
                            text_equal(as_function(object)->routine, "procedure") ? "PROCEDURE"
                                                                                  : "FUNCTION",
                            write_routine(sink, object));
    case KIND_AGGREGATE:
        return arena_printf(sink->arena, "AGGREGATE %s", write_routine(sink, object));
    case KIND_COLUMN:
    case KIND_ATTRIBUTE:
        return arena_printf(sink->arena, "COLUMN %s.%s", write_path(sink, object->parent),
                            write_name(sink, object->name));
    case KIND_IDENTITY:
        return arena_printf(sink->arena, "SEQUENCE %s", write_sequence_path(sink, object));
    case KIND_DOMAIN_CHECK:
        return arena_printf(sink->arena, "CONSTRAINT %s ON DOMAIN %s",
                            write_name(sink, object->name), write_path(sink, object->parent));
    case KIND_UNMODELLED:
        return unmodelled_reference(sink, object);
    default:
        return attached_reference(sink, object);
    }
}

/* What was read from a catalog and cannot be written (a subscription, whose secrets are not read) is in
 * no script; there is nothing then to comment on, unless the target has it. */
static bool cannot_be_there(const struct step_sink *sink, const struct object *object)
{
    return object->kind == KIND_UNMODELLED && !write_unmodelled_can_create(object) &&
           !write_present(sink, object);
}

static void write_comment(struct step_sink *sink, const struct object *object, const char *text)
{
    const struct object *subject = object->parent;
    const char *reference;

    if (!subject || cannot_be_there(sink, subject))
        return;
    /* A comment with a name is on the index behind a constraint. */
    if (*object->name)
        reference = arena_printf(sink->arena, "INDEX %s", write_path(sink, subject));
    else
        reference = write_object_reference(sink, subject);
    if (reference)
        write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "COMMENT ON %s IS %s", reference, text);
}

static void create_comment(struct step_sink *sink, const struct object *object,
                           const struct pointer_list *folded)
{
    const char *text = as_comment(object)->text;

    (void)folded;
    write_comment(sink, object, text ? write_literal(sink, text) : "NULL");
}

static void drop_comment(struct step_sink *sink, const struct object *object)
{
    write_comment(sink, object, "NULL");
}

static void alter_comment(struct step_sink *sink, const struct object *before,
                          const struct object *after, uint64_t changed)
{
    (void)before;
    (void)changed;
    create_comment(sink, after, NULL);
}

const struct writer write_comment_writer = {
    .create = create_comment,
    .drop = drop_comment,
    .alter = alter_comment,
};
