/* What a server may be asked about: expressions that are all in which a present and a wanted object differ. */
#ifndef PLUMB_DIALECT_QUESTION_H
#define PLUMB_DIALECT_QUESTION_H

#include "model/fields.h"

/* Makes a question of a field of a present and a wanted object. */
typedef void question_about(void *context, struct object *before, struct object *after,
                            const struct field *field);

/* Calls about() for each field in which the objects of a pair differ though it was written on both sides. */
void question_pairs(const struct pointer_list *from_objects, const struct pointer_list *to_objects,
                    question_about *about, void *context);

/* The server stores both alike: they have one canonical text, the present one's, copied into the arena. */
void question_take_over(struct arena *arena, struct object *before, struct object *after,
                        const struct field *field);

#endif
