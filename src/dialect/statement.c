/* From texts to steps. */
#include "dialect/statement.h"

struct step *write_buffer(struct step_sink *sink, enum step_lock lock, struct buffer *sql)
{
    struct step *step = sink_statement(sink, "%s", buffer_text(sql));

    buffer_free(sql);
    if (!sink->table_is_new)
        step->lock = lock;
    return step;
}

struct step *write_formatted(struct step_sink *sink, enum step_lock lock, const char *format,
                             va_list arguments)
{
    struct buffer sql = BUFFER_EMPTY;

    buffer_vprintf(&sql, format, arguments);
    return write_buffer(sink, lock, &sql);
}

void write_hazard(const struct step_sink *sink, struct step *step, enum hazard hazard)
{
    if (!sink->table_is_new || hazard_is_lossy(hazard))
        step->hazards |= UINT64_C(1) << hazard;
}

struct object *write_wanted(const struct step_sink *sink, const struct object *object)
{
    return sink->to ? model_find_key(sink->to, object->key) : NULL;
}

struct object *write_present(const struct step_sink *sink, const struct object *object)
{
    return sink->from ? model_find_key(sink->from, object->key) : NULL;
}
