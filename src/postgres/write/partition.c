/* What stands beside a table: its place among partitions, replica identity, cluster mark and row
 * security. */
#include "postgres/write/write.h"

#include <string.h>

#include "model/fields.h"

/* --- attachments ----------------------------------------------------------------------------------- */

static bool is_default(const struct attachment *attachment)
{
    return text_equal(attachment->bound, "DEFAULT");
}

/* The default partition that a table keeps through the plan; NULL: none. */
static const struct object *kept_default(const struct step_sink *sink, const struct object *table)
{
    const struct model *from = sink->from;

    for (size_t i = model_first_of(from, KIND_ATTACHMENT); from && i < from->count; i++) {
        const struct object *object = from->objects[i];

        if (object->kind != KIND_ATTACHMENT)
            break;
        if (!object->removed && as_attachment(object)->table == table &&
            is_default(as_attachment(object)) && write_wanted(sink, object->parent))
            return object->parent;
    }
    return NULL;
}

void write_beside_default(const struct step_sink *sink, struct step *step,
                          const struct attachment *attachment)
{
    const struct object *table = write_present(sink, attachment->table);

    if (!table || is_default(attachment) || !kept_default(sink, table))
        return;
    step->scans = true;
    step->hazards |= UINT64_C(1) << HAZARD_SCAN_TABLE | UINT64_C(1) << HAZARD_BLOCK_READS |
                     UINT64_C(1) << HAZARD_MAY_FAIL;
}

static bool is_partition_of(const struct object *table, const struct object *ancestor)
{
    const struct object *attachment = object_child(table, KIND_ATTACHMENT, "");

    for (; attachment && as_attachment(attachment)->table;
         attachment = object_child(as_attachment(attachment)->table, KIND_ATTACHMENT, ""))
        if (as_attachment(attachment)->table == ancestor)
            return true;
    return false;
}

bool write_is_referenced(const struct step_sink *sink, const struct object *partition)
{
    const struct model *from = sink->from;

    for (size_t i = model_first_of(from, KIND_FOREIGN_KEY); from && i < from->count; i++) {
        const struct object *key = from->objects[i];

        if (key->kind > KIND_FOREIGN_KEY && from->sealed)
            return false;
        if (key->kind == KIND_FOREIGN_KEY && !key->removed && write_wanted(sink, key) &&
            as_foreign_key(key)->table && is_partition_of(partition, as_foreign_key(key)->table))
            return true;
    }
    return false;
}

/* True when the parent has the check at that time: it is there already, or made with a new parent. */
static bool has_by_then(const struct step_sink *sink, const struct object *check)
{
    return !as_check_constraint(check)->no_inherit && !as_check_constraint(check)->inherited &&
           (write_present(sink, check) || !write_present(sink, check->parent));
}

static void add_check(struct step_sink *sink, const struct object *table,
                      const struct object *check)
{
    struct step *step =
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s ADD %s",
                        write_path(sink, table), write_constraint_clause(sink, check));

    write_scans(sink, step);
    write_hazard(sink, step, HAZARD_MAY_FAIL);
}

/* True when the table that inherits is not to have the check of its own: the parent gives it, anew. */
static bool is_given(const struct step_sink *sink, const struct object *before,
                     const struct object *check)
{
    const struct object *after = write_wanted(sink, before);
    const struct object *own = after ? object_child(after, KIND_CHECK, check->name) : NULL;

    return after && !object_child(after, KIND_ATTACHMENT, "") &&
           !(own && !as_check_constraint(own)->inherited);
}

static bool lacks_check(const struct step_sink *sink, const struct object *before,
                        const struct object *check)
{
    return has_by_then(sink, check) && !object_child(before, KIND_CHECK, check->name);
}

static void fit_checks(struct step_sink *sink, const struct object *before,
                       const struct object *parent)
{
    for (struct object *check = NULL; (check = object_next_child(parent, KIND_CHECK, check));)
        if (lacks_check(sink, before, check) && !is_given(sink, before, check))
            add_check(sink, before, check);
}

/* --- what a table has from its parents alone ------------------------------------------------------ */

/* What a table has of its own before it inherits stays its own. What it is to have from the parent alone, it gets from a
 * stand-in: an empty table that it inherits from first, to which columns and checks are added, and which it leaves once
 * it has the same from the parent. The parent is not touched. */
struct stand_in {
    struct step_sink *sink;
    const struct object *before;
    const struct object *after;
    const char *path; /* NULL: not made yet */
};

static void make_stand_in(struct stand_in *stand_in)
{
    struct step_sink *sink = stand_in->sink;
    const struct object *table = stand_in->after;

    if (stand_in->path)
        return;
    stand_in->path =
        arena_printf(sink->arena, "%s.%s", write_name(sink, table->parent->name),
                     write_name(sink, write_other_name(sink, table->name, "__parent")));
    write_statement(sink, LOCK_NONE, "CREATE TABLE %s (LIKE %s INCLUDING GENERATED)",
                    stand_in->path, write_path(sink, table));
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s INHERIT %s", write_alter_relation(sink, table),
                    stand_in->path);
}

static void give_column(struct stand_in *stand_in, const struct object *column)
{
    struct step_sink *sink = stand_in->sink;
    struct object *not_null = object_child(column, KIND_NOT_NULL, "");
    struct object *default_value = object_child(column, KIND_DEFAULT, "");
    struct pointer_list folded = {0};
    struct buffer sql = BUFFER_EMPTY;

    if (default_value)
        pointer_list_add(&folded, sink->arena, default_value);
    make_stand_in(stand_in);
    buffer_printf(&sql, "ALTER TABLE %s ADD COLUMN ", stand_in->path);
    write_column_definition(sink, &sql, column, &folded);
    if (not_null && !as_not_null(not_null)->no_inherit) {
        if (write_can(sink, PG_CAN_NOT_NULL_CONSTRAINT))
            buffer_printf(&sql, " CONSTRAINT %s", write_not_null_name(sink, not_null));
        buffer_append(&sql, " NOT NULL");
    }
    write_judge_new_column(sink, write_buffer(sink, LOCK_ACCESS_EXCLUSIVE, &sql), column, &folded);
}

static void give_check(struct stand_in *stand_in, const struct object *check)
{
    struct step *step;

    make_stand_in(stand_in);
    step = write_statement(stand_in->sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s ADD %s",
                           stand_in->path, write_constraint_clause(stand_in->sink, check));
    write_scans(stand_in->sink, step);
    write_hazard(stand_in->sink, step, HAZARD_MAY_FAIL);
}

/* True when the parent has the column when the table begins to inherit. */
static bool has_column_by_then(const struct step_sink *sink, const struct object *column)
{
    return write_present(sink, column) || !write_present(sink, column->parent);
}

static void give_from(struct stand_in *stand_in, const struct object *parent)
{
    struct step_sink *sink = stand_in->sink;
    const struct object *attachment = object_child(parent, KIND_ATTACHMENT, "");

    if (attachment && as_attachment(attachment)->table)
        give_from(stand_in, as_attachment(attachment)->table);
    for (size_t i = 0; i < as_table(parent)->inherits.count; i++)
        give_from(stand_in, as_table(parent)->inherits.items[i]);
    for (struct object *column = NULL; (column = object_next_child(parent, KIND_COLUMN, column));) {
        const struct object *own = object_child(stand_in->after, KIND_COLUMN, column->name);

        if (own && !as_column(column)->inherited && write_column_is_brought(sink, own) &&
            has_column_by_then(sink, column))
            give_column(stand_in, column);
    }
    for (struct object *check = NULL; (check = object_next_child(parent, KIND_CHECK, check));)
        if (lacks_check(sink, stand_in->before, check) && is_given(sink, stand_in->before, check))
            give_check(stand_in, check);
}

void write_begin_inheriting(struct step_sink *sink, const struct object *before,
                            const struct object *after, const struct object *parent)
{
    struct stand_in stand_in = {sink, before, after, NULL};

    write_fit_parent(sink, before, parent);
    give_from(&stand_in, parent);
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s INHERIT %s", write_alter_relation(sink, after),
                    write_path(sink, parent));
    if (!stand_in.path)
        return;
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s NO INHERIT %s",
                    write_alter_relation(sink, after), stand_in.path);
    write_statement(sink, LOCK_NONE, "DROP TABLE %s", stand_in.path);
}

bool write_column_is_brought(const struct step_sink *sink, const struct object *column)
{
    const struct object *table = column->parent;
    const struct object *before = write_present(sink, table);
    const struct pointer_list *parents = &as_table(table)->inherits;

    if (!before || !as_column(column)->inherited || write_present(sink, column) ||
        object_child(table, KIND_ATTACHMENT, ""))
        return false;
    for (size_t i = 0; i < parents->count; i++)
        if (!write_inherits_from(before, parents->items[i]) &&
            object_child(parents->items[i], KIND_COLUMN, column->name))
            return true;
    return false;
}

/* The NOT NULL that a column of the parent has by then, and the table's does not. */
static const struct object *lacking(const struct step_sink *sink, const struct object *before,
                                    const struct object *parent_column)
{
    const struct object *not_null = object_child(parent_column, KIND_NOT_NULL, "");
    const struct object *column = object_child(before, KIND_COLUMN, parent_column->name);

    if (!not_null || as_not_null(not_null)->no_inherit || !column ||
        object_child(column, KIND_NOT_NULL, "") ||
        (!write_present(sink, not_null) && write_present(sink, parent_column->parent)))
        return NULL;
    return not_null;
}

static void fit_not_nulls(struct step_sink *sink, const struct object *before,
                          const struct object *parent)
{
    for (struct object *column = NULL;
         (column = object_next_child(parent, KIND_COLUMN, column)) != NULL;) {
        const struct object *not_null = lacking(sink, before, column);
        const struct object *after = write_wanted(sink, before);
        const struct object *own = after ? object_child(after, KIND_COLUMN, column->name) : NULL;
        const char *name = write_name(sink, column->name);
        struct step *step;

        own = own ? object_child(own, KIND_NOT_NULL, "") : NULL;
        if (!not_null || (own && object_child(after, KIND_ATTACHMENT, "")))
            continue; /* of a partition it is made before that is attached */
        if (write_can(sink, PG_CAN_NOT_NULL_CONSTRAINT))
            step = write_statement(
                sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s ADD CONSTRAINT %s NOT NULL %s",
                write_path(sink, before), write_not_null_name(sink, own ? own : not_null), name);
        else
            step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE,
                                   "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL",
                                   write_path(sink, before), name);
        write_scans(sink, step);
        write_hazard(sink, step, HAZARD_MAY_FAIL);
    }
}

bool write_not_null_is_brought(const struct step_sink *sink, const struct object *not_null)
{
    const struct object *table = write_relation(not_null);
    const struct object *before = write_present(sink, table);

    if (!before || table->kind != KIND_TABLE)
        return false;
    if (write_column_is_brought(sink, not_null->parent))
        return write_parent_is_not_null(not_null->parent);
    for (size_t i = 0; i < as_table(table)->inherits.count; i++) {
        const struct object *parent = as_table(table)->inherits.items[i];
        const struct object *column = object_child(parent, KIND_COLUMN, not_null->parent->name);

        if (column && !write_inherits_from(before, parent) && lacking(sink, before, column))
            return true;
    }
    return false;
}

void write_fit_parent(struct step_sink *sink, const struct object *before,
                      const struct object *parent)
{
    const struct object *attachment = object_child(parent, KIND_ATTACHMENT, "");

    if (attachment && as_attachment(attachment)->table)
        write_fit_parent(sink, before, as_attachment(attachment)->table);
    for (size_t i = 0; i < as_table(parent)->inherits.count; i++)
        write_fit_parent(sink, before, as_table(parent)->inherits.items[i]);
    fit_not_nulls(sink, before, parent);
    fit_checks(sink, before, parent);
}

static bool brings(const struct step_sink *sink, const struct object *parent, const char *name)
{
    const struct object *check = object_child(parent, KIND_CHECK, name);
    const struct object *attachment = object_child(parent, KIND_ATTACHMENT, "");

    if (check && has_by_then(sink, check))
        return true;
    if (attachment && as_attachment(attachment)->table &&
        brings(sink, as_attachment(attachment)->table, name))
        return true;
    for (size_t i = 0; i < as_table(parent)->inherits.count; i++)
        if (brings(sink, as_table(parent)->inherits.items[i], name))
            return true;
    return false;
}

bool write_check_is_brought(const struct step_sink *sink, const struct object *check)
{
    const struct object *table = check->parent;
    const struct object *before = write_present(sink, table);
    const struct object *old = before ? object_child(before, KIND_ATTACHMENT, "") : NULL;
    const struct object *new = object_child(table, KIND_ATTACHMENT, "");
    const struct pointer_list *parents = &as_table(table)->inherits;

    if (!before || object_child(before, KIND_CHECK, check->name))
        return false;
    if (new && !(old && write_follows_parent(sink, table)))
        return as_attachment(new)->table && brings(sink, as_attachment(new)->table, check->name);
    for (size_t i = 0; i < parents->count; i++)
        if (!write_inherits_from(before, parents->items[i]) &&
            brings(sink, parents->items[i], check->name))
            return true;
    return false;
}

static struct step *write_attach(struct step_sink *sink, const struct object *attachment)
{
    return write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE,
                           "ALTER TABLE %s ATTACH PARTITION %s %s",
                           write_path(sink, as_attachment(attachment)->table),
                           write_path(sink, attachment->parent), as_attachment(attachment)->bound);
}

static void create_attachment(struct step_sink *sink, const struct object *object,
                              const struct pointer_list *folded)
{
    const struct attachment *attachment = as_attachment(object);
    const struct object *before = write_present(sink, object->parent);
    struct step *step;

    if (before && attachment->table)
        write_fit_parent(sink, before, attachment->table);
    step = write_attach(sink, object);

    (void)folded;
    if (sink->table_is_new && write_present(sink, attachment->table)) {
        step->lock = LOCK_SHARE_UPDATE_EXCLUSIVE;
        step->locked = attachment->table;
    } else if (!sink->table_is_new) {
        step->locked = attachment->table;
        write_scans(sink, step);
        write_hazard(sink, step, HAZARD_MAY_FAIL);
    }
    write_beside_default(sink, step, attachment);
}

/* What a partition had from its parent keeps the parent's name when it is on its own. */
static void rename_inherited(struct step_sink *sink, const struct object *table)
{
    const struct object *wanted_table = write_wanted(sink, table);

    if (!wanted_table || !write_can(sink, PG_CAN_NOT_NULL_CONSTRAINT))
        return;
    for (struct object *column = NULL; (column = object_next_child(table, KIND_COLUMN, column));) {
        const struct object *had = object_child(column, KIND_NOT_NULL, "");
        const struct object *wanted_column = object_child(wanted_table, KIND_COLUMN, column->name);
        const struct object *wanted =
            wanted_column ? object_child(wanted_column, KIND_NOT_NULL, "") : NULL;
        const char *name = had ? as_not_null(had)->inherited_name : NULL;

        if (!name || !wanted || as_not_null(wanted)->inherited)
            continue;
        name = write_name(sink, name);
        if (strcmp(name, write_not_null_name(sink, wanted)) != 0)
            write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s RENAME CONSTRAINT %s TO %s",
                            write_alter_relation(sink, wanted_table), name,
                            write_not_null_name(sink, wanted));
    }
}

void write_detach(struct step_sink *sink, const struct object *attachment)
{
    const struct object *table = as_attachment(attachment)->table;

    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s DETACH PARTITION %s",
                    write_path(sink, table), write_path(sink, attachment->parent))
        ->locked = table;
}

void write_attach_again(struct step_sink *sink, const struct object *attachment)
{
    struct step *step = write_attach(sink, attachment);

    step->locked = as_attachment(attachment)->table;
    write_scans(sink, step);
}

static void drop_attachment(struct step_sink *sink, const struct object *object)
{
    if (sink->carried)
        return;
    write_detach(sink, object);
    rename_inherited(sink, object->parent);
}

const struct writer write_attachment_writer = {
    .create = create_attachment,
    .drop = drop_attachment,
};

/* --- replica identity ------------------------------------------------------------------------------ */

static void create_replica_identity(struct step_sink *sink, const struct object *object,
                                    const struct pointer_list *folded)
{
    const struct replica_identity *identity = as_replica_identity(object);
    const char *alter = write_alter_relation(sink, object);

    (void)folded;
    if (strcmp(identity->mode, "index") == 0 && identity->index)
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s REPLICA IDENTITY USING INDEX %s", alter,
                        write_name(sink, identity->index->name));
    else
        write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s REPLICA IDENTITY %s", alter,
                        strcmp(identity->mode, "full") == 0 ? "FULL" : "NOTHING");
}

static void drop_replica_identity(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s REPLICA IDENTITY DEFAULT",
                    write_alter_relation(sink, object));
}

static void alter_replica_identity(struct step_sink *sink, const struct object *before,
                                   const struct object *after, uint64_t changed)
{
    (void)before;
    (void)changed;
    create_replica_identity(sink, after, NULL);
}

const struct writer write_replica_identity_writer = {
    .create = create_replica_identity,
    .drop = drop_replica_identity,
    .alter = alter_replica_identity,
};

/* --- cluster mark ---------------------------------------------------------------------------------- */

static void create_cluster(struct step_sink *sink, const struct object *object,
                           const struct pointer_list *folded)
{
    (void)folded;
    if (as_cluster(object)->index)
        write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "%s CLUSTER ON %s",
                        write_alter_relation(sink, object),
                        write_name(sink, as_cluster(object)->index->name));
}

static void drop_cluster(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "%s SET WITHOUT CLUSTER",
                    write_alter_relation(sink, object));
}

static void alter_cluster(struct step_sink *sink, const struct object *before,
                          const struct object *after, uint64_t changed)
{
    (void)before;
    (void)changed;
    create_cluster(sink, after, NULL);
}

const struct writer write_cluster_writer = {
    .create = create_cluster,
    .drop = drop_cluster,
    .alter = alter_cluster,
};

/* --- row security ---------------------------------------------------------------------------------- */

static void set_row_security(struct step_sink *sink, const struct object *object, bool was_enabled,
                             bool was_forced, bool enabled, bool forced)
{
    const char *alter = write_alter_relation(sink, object);
    struct step *step;

    if (enabled != was_enabled) {
        step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s %s ROW LEVEL SECURITY", alter,
                               enabled ? "ENABLE" : "DISABLE");
        write_hazard(sink, step, HAZARD_CHANGE_PRIVILEGES);
    }
    if (forced != was_forced) {
        step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "%s %sFORCE ROW LEVEL SECURITY", alter,
                               forced ? "" : "NO ");
        write_hazard(sink, step, HAZARD_CHANGE_PRIVILEGES);
    }
}

static void create_row_security(struct step_sink *sink, const struct object *object,
                                const struct pointer_list *folded)
{
    const struct row_security *security = as_row_security(object);

    (void)folded;
    set_row_security(sink, object, false, false, security->enabled, security->forced);
}

static void drop_row_security(struct step_sink *sink, const struct object *object)
{
    const struct row_security *security = as_row_security(object);

    set_row_security(sink, object, security->enabled, security->forced, false, false);
}

static void alter_row_security(struct step_sink *sink, const struct object *before,
                               const struct object *after, uint64_t changed)
{
    const struct row_security *old = as_row_security(before);
    const struct row_security *new = as_row_security(after);

    (void)changed;
    set_row_security(sink, after, old->enabled, old->forced, new->enabled, new->forced);
}

const struct writer write_row_security_writer = {
    .create = create_row_security,
    .drop = drop_row_security,
    .alter = alter_row_security,
};
