/* What a server may be asked about. */
#include "dialect/question.h"

static void question_pair(struct object *before, struct object *after, question_about *about,
                          void *context)
{
    struct fields fields = kind_fields(before->kind);
    uint64_t changed = fields_changed(before, after);

    for (size_t i = 0; i < fields.count; i++)
        if (changed >> i & 1 && field_written_in_both(before, after, &fields.items[i]))
            about(context, before, after, &fields.items[i]);
}

void question_pairs(const struct pointer_list *from_objects, const struct pointer_list *to_objects,
                    question_about *about, void *context)
{
    for (size_t i = 0; i < to_objects->count; i++)
        question_pair(from_objects->items[i], to_objects->items[i], about, context);
}

void question_take_over(struct arena *arena, struct object *before, struct object *after,
                        const struct field *field)
{
    struct expression_list present = field_expressions(before, field);
    struct expression_list wanted = field_expressions(after, field);

    for (size_t i = 0; i < present.count; i++) {
        if (!present.items[i].canonical)
            present.items[i].canonical = present.items[i].written;
        wanted.items[i].canonical = arena_strdup(arena, present.items[i].canonical);
        wanted.items[i].incomplete = false;
    }
}
