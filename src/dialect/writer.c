/* Leads each action to the writer of the object's kind. */
#include "dialect/writer.h"

static const struct writer nothing;

static const struct writer *find(writer_table writers, const struct object *object)
{
    return writers[object->kind] ? writers[object->kind] : &nothing;
}

void writer_create(writer_table writers, struct step_sink *sink, const struct object *object,
                   const struct pointer_list *folded)
{
    static const struct pointer_list none = {0};
    const struct writer *writer = find(writers, object);

    if (writer->create)
        writer->create(sink, object, folded ? folded : &none);
}

void writer_drop(writer_table writers, struct step_sink *sink, const struct object *object)
{
    const struct writer *writer = find(writers, object);

    if (writer->drop)
        writer->drop(sink, object);
}

void writer_alter(writer_table writers, struct step_sink *sink, const struct object *before,
                  const struct object *after, uint64_t changed)
{
    const struct writer *writer = find(writers, after);

    if (writer->alter)
        writer->alter(sink, before, after, changed);
}

void writer_alter_joined(writer_table writers, struct step_sink *sink, const struct object *before,
                         const struct object *after, uint64_t changed,
                         const struct joined_action *actions, size_t count)
{
    const struct writer *writer = find(writers, after);

    if (writer->alter_joined)
        writer->alter_joined(sink, before, after, changed, actions, count);
}

void writer_rename(writer_table writers, struct step_sink *sink, const struct object *object)
{
    const struct writer *writer = find(writers, object);

    if (writer->rename)
        writer->rename(sink, object);
}
