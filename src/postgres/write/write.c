/* From actions on objects to SQL statements: leads each kind to its family's functions, and holds
 * what all families share. */
#include "dialect/clause.h"
#include "postgres/session/session.h"
#include "postgres/canon/index_fit.h"
#include "postgres/write/write.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

static writer_table writers = {
    [KIND_SCHEMA] = &write_schema_writer,
    [KIND_EXTENSION] = &write_extension_writer,
    [KIND_ENUM] = &write_enum_writer,
    [KIND_DOMAIN] = &write_domain_writer,
    [KIND_DOMAIN_CHECK] = &write_domain_check_writer,
    [KIND_COMPOSITE] = &write_composite_writer,
    [KIND_ATTRIBUTE] = &write_attribute_writer,
    [KIND_RANGE] = &write_range_writer,
    [KIND_SEQUENCE] = &write_sequence_writer,
    [KIND_FUNCTION] = &write_function_writer,
    [KIND_AGGREGATE] = &write_aggregate_writer,
    [KIND_TABLE] = &write_table_writer,
    [KIND_COLUMN] = &write_column_writer,
    [KIND_NOT_NULL] = &write_not_null_writer,
    [KIND_IDENTITY] = &write_identity_writer,
    [KIND_DEFAULT] = &write_default_writer,
    [KIND_OWNED_BY] = &write_owned_by_writer,
    [KIND_ATTACHMENT] = &write_attachment_writer,
    [KIND_CHECK] = &write_check_writer,
    [KIND_PRIMARY_KEY] = &write_primary_key_writer,
    [KIND_UNIQUE] = &write_unique_writer,
    [KIND_EXCLUSION] = &write_exclusion_writer,
    [KIND_VIEW] = &write_view_writer,
    [KIND_MATERIALIZED_VIEW] = &write_materialized_view_writer,
    [KIND_INDEX] = &write_index_writer,
    [KIND_FOREIGN_KEY] = &write_foreign_key_writer,
    [KIND_REPLICA_IDENTITY] = &write_replica_identity_writer,
    [KIND_CLUSTER] = &write_cluster_writer,
    [KIND_TRIGGER] = &write_trigger_writer,
    [KIND_ROW_SECURITY] = &write_row_security_writer,
    [KIND_POLICY] = &write_policy_writer,
    [KIND_OWNER] = &write_owner_writer,
    [KIND_PRIVILEGE] = &write_privilege_writer,
    [KIND_DEFAULT_PRIVILEGE] = &write_default_privilege_writer,
    [KIND_COMMENT] = &write_comment_writer,
    [KIND_UNMODELLED] = &write_unmodelled_writer,
};

void pg_create(struct step_sink *sink, const struct object *object,
               const struct pointer_list *folded)
{
    if (object->implied && object->kind != KIND_TRIGGER)
        return;
    writer_create(writers, sink, object, folded);
    write_given_privileges(sink, object);
    for (size_t i = 0; folded && i < folded->count; i++) {
        const struct object *part = folded->items[i];

        if (part->kind == KIND_IDENTITY)
            write_settle_identity(sink, part);
    }
}

void pg_drop(struct step_sink *sink, const struct object *object)
{
    if (!object->implied)
        writer_drop(writers, sink, object);
}

void pg_alter(struct step_sink *sink, const struct object *before, const struct object *after,
              uint64_t changed)
{
    writer_alter(writers, sink, before, after, changed);
}

void pg_rename(struct step_sink *sink, const struct object *object)
{
    if (!object->implied)
        writer_rename(writers, sink, object);
}

/* True when a routine with a body is made or changed: its body may name what comes later. */
static bool makes_routines(const struct model *from, const struct model *to)
{
    for (size_t i = 0; i < to->count; i++) {
        const struct object *object = to->objects[i];
        const struct object *before;

        if (object->kind > KIND_FUNCTION)
            return false;
        if (object->kind != KIND_FUNCTION || object->removed)
            continue;
        before = model_find_key(from, object->key);
        if (!before || !digest_equal(before->digest, object->digest))
            return true;
    }
    return false;
}

const char *pg_script_path(struct arena *arena, const struct model *from)
{
    return arena_printf(arena, "SET search_path = %s",
                        from->step_path ? from->step_path : PG_OWN_PATH);
}

void pg_session(struct step_sink *before, struct step_sink *after, const struct model *from,
                const struct model *to)
{
    if (!makes_routines(from, to))
        return;
    sink_statement(before, "SET check_function_bodies = false");
    sink_statement(after, "RESET check_function_bodies");
}

/* --- texts --------------------------------------------------------------------------------------- */

const char *write_name(const struct step_sink *sink, const char *name)
{
    return pg_quote_name(sink->arena, name);
}

const char *write_literal(const struct step_sink *sink, const char *text)
{
    struct buffer literal = BUFFER_EMPTY;

    /* A backslash stands for itself: standard_conforming_strings is on. */
    buffer_append_char(&literal, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            buffer_append_char(&literal, '\'');
        buffer_append_char(&literal, *text);
    }
    buffer_append_char(&literal, '\'');
    return buffer_take(&literal, sink->arena);
}

const char *write_sibling_path(const struct step_sink *sink, const struct object *object,
                               const char *name)
{
    const struct object *schema = object_ancestor(object, KIND_SCHEMA);

    return pg_qualify(sink->arena, schema && schema != object ? schema->name : NULL, name);
}

const char *write_path(const struct step_sink *sink, const struct object *object)
{
    return write_sibling_path(sink, object, object->name);
}

const struct object *write_relation(const struct object *object)
{
    while (object && object->kind != KIND_TABLE && object->kind != KIND_VIEW &&
           object->kind != KIND_MATERIALIZED_VIEW)
        object = object->parent;
    return object;
}

const char *write_relation_word(const struct object *relation)
{
    switch (relation->kind) {
    case KIND_VIEW:
        return "VIEW";
    case KIND_MATERIALIZED_VIEW:
        return "MATERIALIZED VIEW";
    case KIND_TABLE:
        return as_table(relation)->server ? "FOREIGN TABLE" : "TABLE";
    default:
        return "TABLE";
    }
}

const char *write_alter_relation(const struct step_sink *sink, const struct object *object)
{
    const struct object *relation = write_relation(object);

    return arena_printf(sink->arena, "ALTER %s %s", write_relation_word(relation),
                        write_path(sink, relation));
}

/* True for a value that can stand in an option list without quotes. */
static bool is_plain_value(const char *value)
{
    bool number = isdigit((unsigned char)*value);

    if (!*value || !isalnum((unsigned char)*value))
        return false;
    for (; *value; value++)
        if (number ? !isdigit((unsigned char)*value) && *value != '.'
                   : !islower((unsigned char)*value) && *value != '_')
            return false;
    return true;
}

const char *write_options(const struct step_sink *sink, const struct text_list *options)
{
    struct buffer list = BUFFER_EMPTY;

    for (size_t i = 0; i < options->count; i++) {
        const char *option = options->items[i];
        const char *equals = strchr(option, '=');
        int length = equals ? (int)(equals - option) : (int)strlen(option);

        buffer_separate(&list, 0, ", ");
        buffer_printf(&list, "%.*s", length, option);
        if (equals)
            buffer_printf(&list, "=%s",
                          is_plain_value(equals + 1) ? equals + 1
                                                     : write_literal(sink, equals + 1));
    }
    return buffer_take(&list, sink->arena);
}

/* A backslash stands for itself: standard_conforming_strings is on. */
static const struct quoting quoting = {.quotes = "'\""};

const char *write_parenthesized(const struct step_sink *sink, const char *text)
{
    return clause_parenthesized(sink->arena, &quoting, text);
}

/* Words after which the grammar wants a full expression, where DEFAULT takes a restricted one. */
static bool is_loose_word(const char *word, size_t length)
{
    static const char *const words[] = {
        "and",     "or",      "not",    "in",      "is",   "like",     "ilike",  "between", "at",
        "collate", "similar", "isnull", "notnull", "over", "overlaps", "select", "operator"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strlen(words[i]) == length && strncasecmp(words[i], word, length) == 0)
            return true;
    return false;
}

const char *write_default_text(const struct step_sink *sink, const struct expression *expression)
{
    const char *whole = write_expression(expression);
    int depth = 0;

    for (const char *text = whole; *text;) {
        size_t length = 0;

        while (isalnum((unsigned char)text[length]) || text[length] == '_')
            length++;
        if (length) {
            if (depth == 0 && is_loose_word(text, length))
                return arena_printf(sink->arena, "(%s)", whole);
            text += length;
            continue;
        }
        if (*text == '(' || *text == '[')
            depth++;
        else if (*text == ')' || *text == ']')
            depth--;
        text = clause_skip_quoted(&quoting, text);
    }
    return whole;
}

const char *write_dollar_quoted(const struct step_sink *sink, const char *text)
{
    for (int i = 0;; i++) {
        const char *quote = i == 0   ? "$$"
                            : i == 1 ? "$body$"
                                     : arena_printf(sink->arena, "$body%d$", i);
        const char *quoted = arena_printf(sink->arena, "%s%s", text, quote);

        if (strstr(quoted, quote) == quoted + strlen(text))
            return arena_printf(sink->arena, "%s%s", quote, quoted);
    }
}

/* --- what holds ----------------------------------------------------------------------------------- */

bool write_can(const struct step_sink *sink, enum pg_capability capability)
{
    return pg_can(sink->server_version, capability);
}

bool write_inherits_from(const struct object *object, const struct object *table)
{
    const struct pointer_list *parents;

    if (object->kind == KIND_ATTACHMENT) {
        const struct object *parent = as_attachment(object)->table;

        return parent && strcmp(parent->key, table->key) == 0;
    }
    parents = &as_table(object)->inherits;
    for (size_t i = 0; i < parents->count; i++) {
        const struct object *parent = parents->items[i];

        if (strcmp(parent->key, table->key) == 0)
            return true;
    }
    return false;
}

static bool has_children_by(const struct model *model, const struct object *table, enum kind kind)
{
    for (size_t i = model_first_of(model, kind); model && i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (object->kind > kind && model->sealed)
            return false;
        if (object->kind == kind && !object->removed && write_inherits_from(object, table))
            return true;
    }
    return false;
}

static bool model_has_children(const struct model *model, const struct object *table)
{
    return has_children_by(model, table, KIND_TABLE) ||
           has_children_by(model, table, KIND_ATTACHMENT);
}

bool write_has_children(const struct step_sink *sink, const struct object *table)
{
    if (table->kind != KIND_TABLE)
        return false;
    return as_table(table)->partition_strategy || model_has_children(sink->from, table) ||
           model_has_children(sink->to, table);
}

const struct object *write_parent_column(const struct object *column)
{
    const struct object *table = column->parent;
    const struct object *attachment;

    if (!table || table->kind != KIND_TABLE)
        return NULL;
    attachment = object_child(table, KIND_ATTACHMENT, "");
    if (attachment && as_attachment(attachment)->table)
        return object_child(as_attachment(attachment)->table, KIND_COLUMN, column->name);
    for (size_t i = 0; i < as_table(table)->inherits.count; i++) {
        const struct object *found =
            object_child(as_table(table)->inherits.items[i], KIND_COLUMN, column->name);

        if (found)
            return found;
    }
    return NULL;
}

bool write_parent_is_not_null(const struct object *column)
{
    while ((column = write_parent_column(column)) != NULL)
        if (object_child(column, KIND_NOT_NULL, ""))
            return true;
    return false;
}

static bool same_attachment(const struct object *before, const struct object *after)
{
    const struct attachment *old = as_attachment(before);
    const struct attachment *new = as_attachment(after);

    return old->table && new->table &&strcmp(old->table->key, new->table->key) == 0 &&
           text_equal(old->bound, new->bound);
}

bool write_follows_parent(const struct step_sink *sink, const struct object *table)
{
    const struct object *before = write_present(sink, table);
    const struct object *after = write_wanted(sink, table);
    const struct object *old;
    const struct object *new;

    if (!before || !after || table->kind != KIND_TABLE)
        return true;
    old = object_child(before, KIND_ATTACHMENT, "");
    new = object_child(after, KIND_ATTACHMENT, "");
    if (old || new)
        return old && new &&same_attachment(old, new);
    for (size_t i = 0; i < as_table(before)->inherits.count; i++)
        if (write_inherits_from(after, as_table(before)->inherits.items[i]))
            return true;
    return false;
}

const char *write_other_name(const struct step_sink *sink, const char *name, const char *end)
{
    size_t length = strlen(name);

    while (length + strlen(end) > 63 || (length && ((unsigned char)name[length] & 0xC0) == 0x80))
        length--;
    return arena_printf(sink->arena, "%.*s%s", (int)length, name, end);
}

const char *write_spare_name(const struct step_sink *sink, const char *name)
{
    return write_other_name(sink, name, "__old");
}

bool write_follows_type(const struct step_sink *sink, const struct object *table)
{
    const struct object *before = write_present(sink, table);
    const struct object *after = write_wanted(sink, table);

    return before && after && table->kind == KIND_TABLE && as_table(before)->of_type &&
           text_equal(as_table(before)->of_type, as_table(after)->of_type);
}

bool write_has_tables(const struct step_sink *sink, const struct object *type)
{
    const struct model *from = sink->from;

    for (size_t i = model_first_of(from, KIND_TABLE); from && i < from->count; i++) {
        const struct object *table = from->objects[i];

        if (table->kind == KIND_TABLE && as_table(table)->of_type &&
            strcmp(as_table(table)->of_type, write_path(sink, type)) == 0)
            return true;
    }
    return false;
}

const struct object *write_attached_to(const struct object *object)
{
    return object->kind == KIND_FOREIGN_KEY ? as_foreign_key(object)->attached_to
                                            : pg_index_parent(object);
}

/* --- steps ---------------------------------------------------------------------------------------- */

struct step *write_statement(struct step_sink *sink, enum step_lock lock, const char *format, ...)
{
    va_list arguments;
    struct step *step;

    va_start(arguments, format);
    step = write_formatted(sink, lock, format, arguments);
    va_end(arguments);
    return step;
}

void write_may_join(const struct step_sink *sink, struct step *step, const char *alter)
{
    if (sink->table_is_new || !sink->object || sink->object->kind != KIND_COLUMN)
        return;
    step->alters = alter;
    step->clause = step->sql + strlen(alter) + 1;
}

/* What it means that a statement takes its time under its lock. */
static void block(const struct step_sink *sink, struct step *step)
{
    if (step->lock >= LOCK_ACCESS_EXCLUSIVE)
        write_hazard(sink, step, HAZARD_BLOCK_READS);
    else if (step->lock >= LOCK_SHARE)
        write_hazard(sink, step, HAZARD_BLOCK_WRITES);
}

void write_scans(const struct step_sink *sink, struct step *step)
{
    if (sink->table_is_new)
        return;
    step->scans = true;
    write_hazard(sink, step, HAZARD_SCAN_TABLE);
    block(sink, step);
}

void write_rewrites(const struct step_sink *sink, struct step *step)
{
    if (sink->table_is_new)
        return;
    step->rewrites = true;
    write_hazard(sink, step, HAZARD_REWRITE_TABLE);
    block(sink, step);
}

void write_move(struct step_sink *sink, enum step_lock lock, const char *word,
                const struct object *object, const char *arguments)
{
    if (object->former_schema)
        write_statement(sink, lock, "ALTER %s %s%s SET SCHEMA %s", word,
                        pg_qualify(sink->arena, object->former_schema, object_present_name(object)),
                        arguments, write_name(sink, object->parent->name));
}

void write_rename(struct step_sink *sink, enum step_lock lock, const char *word,
                  const struct object *object, const char *arguments)
{
    const char *name = object_present_name(object);

    if (strcmp(name, object->name) != 0)
        write_statement(sink, lock, "ALTER %s %s%s RENAME TO %s", word,
                        write_sibling_path(sink, object, name), arguments,
                        write_name(sink, object->name));
}

/* --- options -------------------------------------------------------------------------------------- */

void write_option_changes(struct step_sink *sink, enum step_lock lock, const char *alter,
                          const struct text_list *before, const struct text_list *after)
{
    struct text_list set = {0};
    struct text_list reset = {0};

    for (size_t i = 0; i < after->count; i++)
        if (!text_list_contains(before, after->items[i]))
            text_list_add(&set, sink->arena, after->items[i]);
    for (size_t i = 0; i < before->count; i++)
        if (!clause_has_option(after, before->items[i]))
            text_list_add(
                &reset, sink->arena,
                arena_strndup(sink->arena, before->items[i], strcspn(before->items[i], "=")));
    if (reset.count)
        write_statement(sink, lock, "%s RESET (%s)", alter, write_options(sink, &reset));
    if (set.count)
        write_statement(sink, lock, "%s SET (%s)", alter, write_options(sink, &set));
}
