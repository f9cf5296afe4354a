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

static void create_attachment(struct step_sink *sink, const struct object *object,
                              const struct pointer_list *folded)
{
    const struct attachment *attachment = as_attachment(object);
    struct step *step = write_statement(
        sink, LOCK_SHARE_UPDATE_EXCLUSIVE, "ALTER TABLE %s ATTACH PARTITION %s %s",
        write_path(sink, attachment->table), write_path(sink, object->parent), attachment->bound);

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

static void drop_attachment(struct step_sink *sink, const struct object *object)
{
    const struct attachment *attachment = as_attachment(object);
    struct step *step;

    if (sink->carried)
        return;
    step = write_statement(sink, LOCK_ACCESS_EXCLUSIVE, "ALTER TABLE %s DETACH PARTITION %s",
                           write_path(sink, attachment->table), write_path(sink, object->parent));

    step->locked = attachment->table;
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
