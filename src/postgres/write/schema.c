/* Schemas and extensions. */
#include "postgres/write/write.h"

#include "model/fields.h"

static void create_schema(struct step_sink *sink, const struct object *object,
                          const struct pointer_list *folded)
{
    (void)folded;
    write_statement(sink, LOCK_NONE, "CREATE SCHEMA %s", write_name(sink, object->name));
}

static void drop_schema(struct step_sink *sink, const struct object *object)
{
    struct step *step =
        write_statement(sink, LOCK_NONE, "DROP SCHEMA %s", write_name(sink, object->name));

    write_hazard(sink, step, HAZARD_DROP_SCHEMA);
}

static void rename_schema(struct step_sink *sink, const struct object *object)
{
    write_statement(sink, LOCK_NONE, "ALTER SCHEMA %s RENAME TO %s",
                    write_name(sink, object->former_name), write_name(sink, object->name));
}

const struct writer write_schema_writer = {
    .create = create_schema,
    .drop = drop_schema,
    .rename = rename_schema,
};

static void create_extension(struct step_sink *sink, const struct object *object,
                             const struct pointer_list *folded)
{
    const struct extension *extension = as_extension(object);
    struct buffer sql = BUFFER_EMPTY;

    (void)folded;
    buffer_printf(&sql, "CREATE EXTENSION %s", write_name(sink, object->name));
    if (extension->schema)
        buffer_printf(&sql, " WITH SCHEMA %s", write_name(sink, extension->schema));
    if (extension->version)
        buffer_printf(&sql, " VERSION %s", write_literal(sink, extension->version));
    write_buffer(sink, LOCK_NONE, &sql);
}

static void drop_extension(struct step_sink *sink, const struct object *object)
{
    struct step *step =
        write_statement(sink, LOCK_NONE, "DROP EXTENSION %s", write_name(sink, object->name));

    write_hazard(sink, step, HAZARD_DROP_EXTENSION);
}

static void alter_extension(struct step_sink *sink, const struct object *before,
                            const struct object *after, uint64_t changed)
{
    const struct extension *extension = as_extension(after);
    const char *name = write_name(sink, before->name);

    if (fields_has(changed, field_extension_schema) && extension->schema)
        write_statement(sink, LOCK_NONE, "ALTER EXTENSION %s SET SCHEMA %s", name,
                        write_name(sink, extension->schema));
    if (fields_has(changed, field_extension_version) && extension->version)
        write_statement(sink, LOCK_NONE, "ALTER EXTENSION %s UPDATE TO %s", name,
                        write_literal(sink, extension->version));
}

const struct writer write_extension_writer = {
    .create = create_extension,
    .drop = drop_extension,
    .alter = alter_extension,
};
