/* Sequences, their owners, and the identity of columns, which is a sequence too. */
#include "postgres/write/write.h"

#include <inttypes.h>
#include <string.h>

#include "model/fields.h"
#include "postgres/facts/name.h"

/* What makes a sequence, be it one of its own or of an identity column. */
struct sequence_options {
    const char *type;
    int64_t start;
    int64_t increment;
    int64_t minimum;
    int64_t maximum;
    int64_t cache;
    bool cycle;
};

static struct sequence_options options_of(const struct object *object)
{
    const struct sequence *sequence;
    const struct identity *identity;

    if (object->kind == KIND_SEQUENCE) {
        sequence = as_sequence(object);
        return (struct sequence_options){sequence->type,    sequence->start,   sequence->increment,
                                         sequence->minimum, sequence->maximum, sequence->cache,
                                         sequence->cycle};
    }
    identity = as_identity(object);
    return (struct sequence_options){as_column(object->parent)->type,
                                     identity->start,
                                     identity->increment,
                                     identity->minimum,
                                     identity->maximum,
                                     identity->cache,
                                     identity->cycle};
}

int64_t write_type_maximum(const char *type)
{
    if (type && strcmp(type, "smallint") == 0)
        return INT16_MAX;
    return type && strcmp(type, "integer") == 0 ? INT32_MAX : INT64_MAX;
}

/* The options that the server would choose for this type and increment. */
static struct sequence_options default_options(const char *type, int64_t increment)
{
    struct sequence_options options = {.type = type, .increment = 1, .cache = 1};
    bool ascending = increment > 0;
    int64_t maximum = write_type_maximum(type);

    options.minimum = ascending ? 1 : -maximum - 1;
    options.maximum = ascending ? maximum : -1;
    return options;
}

static void append_number(struct buffer *sql, const char *separator, const char *word,
                          int64_t number)
{
    buffer_printf(sql, "%s%s %" PRId64, separator, word, number);
}

/* The options at which the two differ, each after the separator. */
static void append_options(struct buffer *sql, const char *separator,
                           const struct sequence_options *before,
                           const struct sequence_options *after)
{
    if (after->increment != before->increment)
        append_number(sql, separator, "INCREMENT BY", after->increment);
    if (after->minimum != before->minimum)
        append_number(sql, separator, "MINVALUE", after->minimum);
    if (after->maximum != before->maximum)
        append_number(sql, separator, "MAXVALUE", after->maximum);
    if (after->start != before->start)
        append_number(sql, separator, "START WITH", after->start);
    if (after->cache != before->cache)
        append_number(sql, separator, "CACHE", after->cache);
    if (after->cycle != before->cycle)
        buffer_printf(sql, "%s%s", separator, after->cycle ? "CYCLE" : "NO CYCLE");
}

/* The options that are not the server's own choice. */
static void append_chosen_options(struct buffer *sql, const char *separator,
                                  const struct sequence_options *options)
{
    struct sequence_options usual = default_options(options->type, options->increment);

    usual.start = options->increment > 0 ? options->minimum : options->maximum;
    append_options(sql, separator, &usual, options);
}

/* How a sequence is altered: "ALTER SEQUENCE s" with options after spaces, or its column's
 * "ALTER COLUMN c" with options after SET. */
struct sequence_alter {
    const char *alter;
    const char *separator;
    const char *path;
};

/* The values between the old and the new bounds are allowed for a moment. */
static void widen_bounds(struct step_sink *sink, const struct sequence_alter *alter,
                         struct sequence_options *old, const struct sequence_options *new)
{
    struct sequence_options wide = *old;
    struct buffer sql = BUFFER_EMPTY;

    if (new->minimum < wide.minimum)
        wide.minimum = new->minimum;
    if (new->maximum > wide.maximum)
        wide.maximum = new->maximum;
    if (new->start >= old->minimum &&new->start <= old->maximum)
        return;
    buffer_append(&sql, alter->alter);
    append_options(&sql, alter->separator, old, &wide);
    write_buffer(sink, LOCK_SHARE_ROW_EXCLUSIVE, &sql);
    *old = wide;
}

static bool shrinks(const struct sequence_options *old, const struct sequence_options *new)
{
    return new->minimum > old->minimum || new->maximum < old->maximum;
}

/* A sequence that was never used moves to its new start where its old one is outside the new bounds. A position is
 * kept: the server refuses bounds that leave it out. */
static void move_to_start(struct step_sink *sink, const struct sequence_alter *alter,
                          struct sequence_options *old, const struct sequence_options *new)
{
    int64_t start = old->start;

    if (start >= new->minimum && start <= new->maximum)
        return;
    widen_bounds(sink, alter, old, new);
    write_statement(sink, LOCK_ROW_EXCLUSIVE,
                    "SELECT pg_catalog.setval(%s, %" PRId64 ", false) FROM %s WHERE last_value = "
                    "%" PRId64 " AND NOT is_called",
                    write_literal(sink, alter->path), new->start, alter->path, start);
}

/* --- sequences ------------------------------------------------------------------------------------- */

static void write_create(struct step_sink *sink, const struct object *object)
{
    const struct sequence *sequence = as_sequence(object);
    struct sequence_options options = options_of(object);
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "CREATE %sSEQUENCE %s", sequence->unlogged ? "UNLOGGED " : "",
                  write_path(sink, object));
    if (sequence->type && strcmp(sequence->type, "bigint") != 0)
        buffer_printf(&sql, " AS %s", sequence->type);
    append_chosen_options(&sql, " ", &options);
    write_buffer(sink, LOCK_NONE, &sql);
}

static void create_sequence(struct step_sink *sink, const struct object *object,
                            const struct pointer_list *folded)
{
    const struct object *forebear = write_forebear(sink, object);

    (void)folded;
    /* That of an identity was made before the identity went. */
    if (!forebear || forebear->kind != KIND_IDENTITY)
        write_create(sink, object);
}

/* What takes over the position drops the sequence; it may want the name before that. */
static void drop_sequence(struct step_sink *sink, const struct object *object)
{
    const struct object *heir = write_heir(sink, object);
    struct step *step;

    if (!heir) {
        step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP SEQUENCE %s",
                               write_path(sink, object));
        write_hazard(sink, step, HAZARD_DROP_SEQUENCE);
    } else if (strcmp(write_sequence_path(sink, heir), write_path(sink, object)) == 0) {
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER SEQUENCE %s RENAME TO %s",
                        write_path(sink, object),
                        write_name(sink, write_spare_name(sink, object->name)));
    }
}

/* AS moves bounds that are those of the old type to those of the new one: the other options are then
 * compared with that. */
static struct sequence_options after_type_change(struct sequence_options options, const char *type)
{
    int64_t old_maximum = write_type_maximum(options.type);

    if (options.maximum == old_maximum)
        options.maximum = write_type_maximum(type);
    if (options.minimum == -old_maximum - 1)
        options.minimum = -write_type_maximum(type) - 1;
    options.type = type;
    return options;
}

/* The statement, if anything came behind its start. */
static void finish_alter(struct step_sink *sink, enum step_lock lock, struct buffer *sql,
                         size_t start, bool may_fail)
{
    struct step *step;

    if (sql->length == start) {
        buffer_free(sql);
        return;
    }
    step = write_buffer(sink, lock, sql);
    if (may_fail)
        write_hazard(sink, step, HAZARD_MAY_FAIL);
}

static void alter_sequence(struct step_sink *sink, const struct object *before,
                           const struct object *after, uint64_t changed)
{
    const struct sequence *sequence = as_sequence(after);
    struct sequence_options old = options_of(before);
    struct sequence_options new = options_of(after);
    struct sequence_alter alter = {.separator = " ", .path = write_path(sink, after)};
    struct buffer sql = BUFFER_EMPTY;
    bool may_fail;
    size_t start;

    alter.alter = arena_printf(sink->arena, "ALTER SEQUENCE %s", alter.path);
    if (fields_has(changed, field_sequence_unlogged))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER SEQUENCE %s SET %s",
                        write_path(sink, after), sequence->unlogged ? "UNLOGGED" : "LOGGED");
    may_fail = shrinks(&old, &new);
    move_to_start(sink, &alter, &old, &new);
    buffer_append(&sql, alter.alter);
    start = sql.length;
    if (fields_has(changed, field_sequence_type)) {
        buffer_printf(&sql, " AS %s", sequence->type);
        old = after_type_change(old, sequence->type);
    }
    append_options(&sql, " ", &old, &new);
    finish_alter(sink, LOCK_SHARE_ROW_EXCLUSIVE, &sql, start, may_fail);
}

/* True when the server moves the sequence with its table. */
static bool moves_with_table(const struct object *sequence)
{
    const struct object *owner = object_child(sequence, KIND_OWNED_BY, "");
    const struct object *column = owner ? as_owned_by(owner)->column : NULL;

    return sequence->former_schema && column &&
           text_equal(column->parent->former_schema, sequence->former_schema);
}

static void rename_alone(struct step_sink *sink, const struct object *object)
{
    write_rename(sink, LOCK_ACCESS_EXCLUSIVE, "SEQUENCE", object, "");
}

void write_rename_moved_sequences(struct step_sink *sink, const struct object *table)
{
    const struct model *from = sink->from;

    for (size_t i = model_first_of(from, KIND_SEQUENCE); i < from->count; i++) {
        const struct object *sequence = from->objects[i];

        if (sequence->kind == KIND_SEQUENCE && moves_with_table(sequence) &&
            as_owned_by(object_child(sequence, KIND_OWNED_BY, ""))->column->parent == table)
            rename_alone(sink, sequence);
    }
}

static void rename_sequence(struct step_sink *sink, const struct object *object)
{
    if (moves_with_table(object))
        return;
    write_move(sink, LOCK_ACCESS_EXCLUSIVE, "SEQUENCE", object, "");
    rename_alone(sink, object);
}

const struct writer write_sequence_writer = {
    .create = create_sequence,
    .drop = drop_sequence,
    .alter = alter_sequence,
    .rename = rename_sequence,
};

/* --- OWNED BY -------------------------------------------------------------------------------------- */

/* A new sequence belongs to whoever makes it; a table that was there may be somebody else's. */
static void give_to_owner_of(struct step_sink *sink, const struct object *sequence,
                             const struct object *table)
{
    const struct object *owner = object_child(table, KIND_OWNER, "");

    if (owner && write_present(sink, table) && !write_present(sink, sequence) &&
        !text_equal(sink->from->current_user, as_owner(owner)->role))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER SEQUENCE %s OWNER TO %s",
                        write_path(sink, sequence), write_name(sink, as_owner(owner)->role));
}

static void create_owned_by(struct step_sink *sink, const struct object *object,
                            const struct pointer_list *folded)
{
    const struct object *column = as_owned_by(object)->column;

    (void)folded;
    if (!column)
        return;
    give_to_owner_of(sink, object->parent, column->parent);
    write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "ALTER SEQUENCE %s OWNED BY %s.%s",
                    write_path(sink, object->parent), write_path(sink, column->parent),
                    write_name(sink, column->name));
}

static void drop_owned_by(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_SHARE_ROW_EXCLUSIVE, "ALTER SEQUENCE %s OWNED BY NONE",
                    write_path(sink, object->parent));
}

static void alter_owned_by(struct step_sink *sink, const struct object *before,
                           const struct object *after, uint64_t changed)
{
    (void)changed;
    (void)before;
    create_owned_by(sink, after, NULL);
}

const struct writer write_owned_by_writer = {
    .create = create_owned_by,
    .drop = drop_owned_by,
    .alter = alter_owned_by,
};

/* --- identity -------------------------------------------------------------------------------------- */

static const char *mode_word(const struct identity *identity)
{
    return text_equal(identity->mode, "always") ? "ALWAYS" : "BY DEFAULT";
}

const char *write_identity_clause(const struct step_sink *sink, const struct object *object)
{
    const struct identity *identity = as_identity(object);
    struct sequence_options options = options_of(object);
    struct buffer inner = BUFFER_EMPTY;
    struct buffer sql = BUFFER_EMPTY;

    buffer_printf(&sql, "GENERATED %s AS IDENTITY", mode_word(identity));
    if (identity->sequence)
        buffer_printf(&inner, " SEQUENCE NAME %s",
                      write_sibling_path(sink, object, identity->sequence));
    append_chosen_options(&inner, " ", &options);
    if (inner.length)
        buffer_printf(&sql, " (%s)", buffer_text(&inner) + 1);
    buffer_free(&inner);
    return buffer_take(&sql, sink->arena);
}

static const char *identity_sequence(const struct step_sink *sink, const struct object *object)
{
    const char *name = as_identity(object)->sequence;

    if (!name)
        name =
            pg_chosen_name(sink->arena, object->parent->parent->name, object->parent->name, "seq");
    return name;
}

const char *write_sequence_name(const struct step_sink *sink, const struct object *object)
{
    return object->kind == KIND_SEQUENCE ? object->name : identity_sequence(sink, object);
}

const char *write_sequence_path(const struct step_sink *sink, const struct object *object)
{
    return object->kind == KIND_SEQUENCE
               ? write_path(sink, object)
               : write_sibling_path(sink, object, identity_sequence(sink, object));
}

void write_identity_persistence(struct step_sink *sink, const struct object *identity)
{
    const struct object *table = write_relation(identity);

    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER SEQUENCE %s SET %s",
                    write_sequence_path(sink, identity),
                    as_table(table)->unlogged != as_identity(identity)->own_persistence ? "UNLOGGED"
                                                                                        : "LOGGED");
}

void write_settle_identity(struct step_sink *sink, const struct object *identity)
{
    if (as_column(identity->parent)->inherited)
        return;
    if (as_identity(identity)->own_persistence)
        write_identity_persistence(sink, identity);
    write_given_privileges(sink, identity);
}

static void create_identity(struct step_sink *sink, const struct object *object,
                            const struct pointer_list *folded)
{
    (void)folded;
    if (as_column(object->parent)->inherited)
        return;
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s ALTER COLUMN %s ADD %s",
                    write_alter_relation(sink, object), write_name(sink, object->parent->name),
                    write_identity_clause(sink, object));
    write_take_over(sink, object, object->parent);
    if (as_identity(object)->own_persistence)
        write_identity_persistence(sink, object);
}

/* The sequence that goes on where the identity's ends has to be made while that is there. */
void write_create_heir(struct step_sink *sink, const struct object *object,
                       const struct object *heir)
{
    const char *path = write_sequence_path(sink, object);
    const char *spare = write_spare_name(sink, identity_sequence(sink, object));

    if (strcmp(path, write_path(sink, heir)) == 0) {
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER SEQUENCE %s RENAME TO %s", path,
                        write_name(sink, spare));
        path = write_sibling_path(sink, object, spare);
    }
    write_create(sink, heir);
    write_copy_position(sink, object, path, heir);
}

static void drop_identity(struct step_sink *sink, const struct object *object)
{
    const struct object *heir = write_heir(sink, object);
    struct step *step;

    if (as_column(object->parent)->inherited)
        return;
    if (heir)
        write_create_heir(sink, object, heir);
    step =
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s ALTER COLUMN %s DROP IDENTITY",
                        write_alter_relation(sink, object), write_name(sink, object->parent->name));
    if (!heir)
        write_hazard(sink, step, HAZARD_DROP_SEQUENCE);
}

static void alter_identity(struct step_sink *sink, const struct object *before,
                           const struct object *after, uint64_t changed)
{
    const struct identity *identity = as_identity(after);
    struct sequence_options old = options_of(before);
    struct sequence_options new = options_of(after);
    struct sequence_alter alter = {.separator = " SET "};
    struct buffer sql = BUFFER_EMPTY;
    bool may_fail;
    size_t start;

    if (as_column(after->parent)->inherited)
        return;
    if (fields_has(changed, field_identity_sequence))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER SEQUENCE %s RENAME TO %s",
                        write_sibling_path(sink, after, identity_sequence(sink, before)),
                        write_name(sink, identity_sequence(sink, after)));
    if (fields_has(changed, field_identity_own_persistence))
        write_identity_persistence(sink, after);
    /* The column's type change has taken its sequence along. */
    if (!text_equal(old.type, new.type))
        old = after_type_change(old, new.type);
    alter.path = write_sibling_path(sink, after, identity_sequence(sink, after));
    alter.alter = arena_printf(sink->arena, "%s ALTER COLUMN %s", write_alter_relation(sink, after),
                               write_name(sink, after->parent->name));
    may_fail = shrinks(&old, &new);
    move_to_start(sink, &alter, &old, &new);
    buffer_append(&sql, alter.alter);
    start = sql.length;
    if (fields_has(changed, field_identity_mode))
        buffer_printf(&sql, " SET GENERATED %s", mode_word(identity));
    append_options(&sql, " SET ", &old, &new);
    finish_alter(sink, LOCK_ACCESS_EXCLUSIVE, &sql, start, may_fail);
}

const struct writer write_identity_writer = {
    .create = create_identity,
    .drop = drop_identity,
    .alter = alter_identity,
};
