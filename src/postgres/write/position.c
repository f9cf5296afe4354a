/* Positions of sequences are data: what numbers a column anew goes on where the old one ended, and above the rows
 * that are there. */
#include "postgres/write/write.h"

#include <inttypes.h>
#include <string.h>

#include "postgres/types/type_text.h"

/* --- who goes on for whom -------------------------------------------------------------------------- */

static const struct object *needed_sequence(const struct object *default_value)
{
    for (size_t i = 0; default_value && i < default_value->needs.count; i++) {
        const struct object *needed = default_value->needs.items[i];

        if (needed->kind == KIND_SEQUENCE)
            return needed;
    }
    return NULL;
}

/* What numbers the rows: the identity, or the sequence of the default; NULL: nothing does. */
static const struct object *numbering_of(const struct object *column)
{
    const struct object *identity = column ? object_child(column, KIND_IDENTITY, "") : NULL;

    return identity || !column ? identity : needed_sequence(object_child(column, KIND_DEFAULT, ""));
}

/* The only column whose default draws from the sequence; NULL when there is none, or several. */
static const struct object *numbered_column(const struct model *model,
                                            const struct object *sequence)
{
    const struct object *found = NULL;

    for (size_t i = model_first_of(model, KIND_DEFAULT); model && i < model->count; i++) {
        const struct object *object = model->objects[i];

        if (object->kind > KIND_DEFAULT && model->sealed)
            break;
        if (object->kind != KIND_DEFAULT || object->removed ||
            needed_sequence(object) != sequence || as_column(object->parent)->inherited)
            continue;
        if (found || object->parent->parent->kind != KIND_TABLE)
            return NULL;
        found = object->parent;
    }
    return found;
}

const struct object *write_heir(const struct step_sink *sink, const struct object *before)
{
    const struct object *column = before->parent;
    const struct object *wanted;
    const struct object *heir;

    if (before->kind == KIND_SEQUENCE)
        column = write_wanted(sink, before) ? NULL : numbered_column(sink->from, before);
    wanted = column ? write_wanted(sink, column) : NULL;
    heir = numbering_of(wanted);
    if (!heir || write_present(sink, heir))
        return NULL;
    return heir->kind == KIND_SEQUENCE && numbered_column(sink->to, heir) != wanted ? NULL : heir;
}

const struct object *write_forebear(const struct step_sink *sink, const struct object *after)
{
    const struct object *column =
        after->kind == KIND_SEQUENCE ? numbered_column(sink->to, after) : after->parent;
    const struct object *present = column ? write_present(sink, column) : NULL;
    const struct object *before = numbering_of(present);

    return before && write_heir(sink, before) == after ? before : NULL;
}

/* --- statements ------------------------------------------------------------------------------------ */

static int64_t least_of(const struct object *numbering)
{
    return numbering->kind == KIND_SEQUENCE ? as_sequence(numbering)->minimum
                                            : as_identity(numbering)->minimum;
}

static int64_t most_of(const struct object *numbering)
{
    return numbering->kind == KIND_SEQUENCE ? as_sequence(numbering)->maximum
                                            : as_identity(numbering)->maximum;
}

static int64_t start_of(const struct object *numbering)
{
    return numbering->kind == KIND_SEQUENCE ? as_sequence(numbering)->start
                                            : as_identity(numbering)->start;
}

void write_copy_position(struct step_sink *sink, const struct object *before, const char *from,
                         const struct object *after)
{
    bool fits = least_of(before) >= least_of(after) && most_of(before) <= most_of(after);
    const char *condition = "";
    struct step *step;

    if (!fits) /* what was never used begins anew */
        condition = arena_printf(sink->arena, " WHERE is_called OR last_value <> %" PRId64,
                                 start_of(before));
    step = write_statement(sink, LOCK_ROW_EXCLUSIVE,
                           "SELECT pg_catalog.setval(%s, last_value, is_called) FROM %s%s",
                           write_literal(sink, write_sequence_path(sink, after)), from, condition);
    if (!fits)
        write_hazard(sink, step, HAZARD_MAY_FAIL);
}

static bool is_whole_number(const struct step_sink *sink, const struct object *column)
{
    const char *type = type_text_below(sink->arena, sink->to, as_column(column)->type).base;

    return strcmp(type, "smallint") == 0 || strcmp(type, "integer") == 0 ||
           strcmp(type, "bigint") == 0;
}

static bool is_descending(const struct object *numbering)
{
    return numbering->kind == KIND_SEQUENCE ? as_sequence(numbering)->increment < 0
                                            : as_identity(numbering)->increment < 0;
}

/* True when rows may have numbers that the sequence does not reach. */
static bool is_narrower(const struct step_sink *sink, const struct object *numbering,
                        const struct object *column)
{
    const char *type = type_text_below(sink->arena, sink->to, as_column(column)->type).base;

    return is_descending(numbering) || most_of(numbering) < write_type_maximum(type);
}

/* The sequence's or identity's next number lies beyond those that the rows have. */
static void pass_rows(struct step_sink *sink, const struct object *numbering,
                      const struct object *column)
{
    const char *path = write_sequence_path(sink, numbering);
    const char *extreme =
        arena_printf(sink->arena, "%s(%s)", is_descending(numbering) ? "min" : "max",
                     write_name(sink, column->name));
    struct step *step;

    if (!is_whole_number(sink, column))
        return;
    step = write_statement(sink, LOCK_ACCESS_SHARE,
                           "SELECT pg_catalog.setval(%s, %s) FROM %s HAVING %s %s (SELECT "
                           "last_value FROM %s)",
                           write_literal(sink, path), extreme, write_path(sink, column->parent),
                           extreme, is_descending(numbering) ? "<=" : ">=", path);
    step->locked = column->parent;
    write_scans(sink, step);
    if (is_narrower(sink, numbering, column))
        write_hazard(sink, step, HAZARD_MAY_FAIL);
}

static bool is_forced(const struct object *table)
{
    const struct object *security = table ? object_child(table, KIND_ROW_SECURITY, "") : NULL;

    return security && as_row_security(security)->forced;
}

static void force_security(struct step_sink *sink, const struct object *table, bool forced)
{
    struct step *step =
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s %sFORCE ROW LEVEL SECURITY",
                        write_path(sink, table), forced ? "" : "NO ");

    step->locked = table;
}

/* Row security that is forced, now or by the plan, would hide rows from the owner too. */
static void pass_all_rows(struct step_sink *sink, const struct object *numbering,
                          const struct object *column)
{
    const struct object *table = column->parent;

    if (!is_whole_number(sink, column))
        return;
    if (is_forced(table) || is_forced(write_present(sink, table)))
        force_security(sink, table, false);
    pass_rows(sink, numbering, column);
    if (is_forced(table))
        force_security(sink, table, true);
}

void write_take_over(struct step_sink *sink, const struct object *numbering,
                     const struct object *column)
{
    const struct object *forebear = write_forebear(sink, numbering);
    const char *path = write_sequence_path(sink, numbering);
    const char *old;

    if (sink->table_is_new || !write_present(sink, column) || write_present(sink, numbering))
        return;
    if (forebear && forebear->kind == KIND_SEQUENCE) {
        old = write_path(sink, forebear);
        if (strcmp(old, path) == 0)
            old = write_sibling_path(sink, forebear, write_spare_name(sink, forebear->name));
        write_copy_position(sink, forebear, old, numbering);
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP SEQUENCE %s", old);
    }
    pass_all_rows(sink, numbering, column);
}

/* --- tables that are put aside --------------------------------------------------------------------- */

/* The path of the sequence while its table is put aside: another one where the new numbering wants the same. */
static const char *path_aside(const struct step_sink *sink, const struct object *before,
                              const struct object *after)
{
    const char *path = write_sequence_path(sink, before);

    if (!after || strcmp(path, write_sequence_path(sink, after)) != 0)
        return path;
    return write_sibling_path(sink, before,
                              write_spare_name(sink, write_sequence_name(sink, before)));
}

/* True when the sequence goes with the column, and has no drop of its own. */
static bool goes_with(const struct step_sink *sink, const struct object *sequence,
                      const struct object *column)
{
    const struct object *owner = object_child(sequence, KIND_OWNED_BY, "");

    return !write_wanted(sink, sequence) && owner && as_owned_by(owner)->column == column;
}

void write_put_numbering_aside(struct step_sink *sink, const struct object *column)
{
    const struct object *wanted = write_wanted(sink, column);
    const struct object *before = numbering_of(column);
    const struct object *after = numbering_of(wanted);
    const struct object *heir = before ? write_heir(sink, before) : NULL;
    const char *path;

    if (!before || !after || as_column(column)->inherited)
        return;
    if (before->kind == KIND_IDENTITY && heir) {
        write_create_heir(sink, before, heir);
        return;
    }
    if (before->kind == KIND_SEQUENCE && !goes_with(sink, before, column))
        return;
    path = write_sequence_path(sink, before);
    if (strcmp(path, path_aside(sink, before, after)) != 0)
        write_statement(
            sink, LOCK_ACCESS_EXCLUSIVE, "ALTER SEQUENCE %s RENAME TO %s", path,
            write_name(sink, write_spare_name(sink, write_sequence_name(sink, before))));
}

void write_carry_numbering(struct step_sink *sink, const struct object *column)
{
    const struct object *present = write_present(sink, column);
    const struct object *before = numbering_of(present);
    const struct object *after = numbering_of(column);

    if (!present || !after || as_column(column)->inherited ||
        (after->kind == KIND_SEQUENCE && write_present(sink, after)))
        return;
    if (before && (before->kind == KIND_SEQUENCE ? write_forebear(sink, after) == before
                                                 : after->kind == KIND_IDENTITY))
        write_copy_position(sink, before, path_aside(sink, before, after), after);
    pass_rows(sink, after, column);
}

void write_end_numbering(struct step_sink *sink, const struct object *column)
{
    const struct object *present = write_present(sink, column);
    const struct object *before = numbering_of(present);
    const struct object *after = numbering_of(column);

    if (before && after && before->kind == KIND_SEQUENCE && !as_column(column)->inherited &&
        write_forebear(sink, after) == before && !goes_with(sink, before, present))
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "DROP SEQUENCE %s",
                        path_aside(sink, before, after));
}

void write_take_over_by_default(struct step_sink *sink, const struct object *default_value)
{
    const struct object *sequence = needed_sequence(default_value);

    if (sequence && default_value->parent->parent->kind == KIND_TABLE)
        write_take_over(sink, sequence, default_value->parent);
}
