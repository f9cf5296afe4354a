/* Memory by lifetime: everything of one model, one plan or one scratch job is allocated from one
 * arena and goes away with it. Nothing is freed one by one. Where memory runs out, the operation that
 * is under way ends (operation.h), and the arenas that were made in it go away. */
#ifndef PLUMB_CORE_ARENA_H
#define PLUMB_CORE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "core/memory.h"

struct arena;

/* A new, empty arena; free it with arena_free. */
struct arena *arena_new(void);

/* Frees the arena and all that was allocated from it. NULL is allowed. */
void arena_free(struct arena *arena);

/* Zeroed memory of size bytes, aligned for any object. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of size bytes. */
void *arena_copy(struct arena *arena, const void *data, size_t size);

/* A copy of a string; NULL gives NULL. */
char *arena_strdup(struct arena *arena, const char *text);

/* A copy of the first length bytes, with a terminating zero byte. */
char *arena_strndup(struct arena *arena, const char *text, size_t length);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Hands over all that was allocated so far, piece by piece: what is in it may be overwritten. */
void arena_visit(struct arena *arena, void (*visit)(char *bytes, size_t length, void *context),
                 void *context);

/* Bytes handed out so far. */
size_t arena_used(const struct arena *arena);

/* For operation.c: frees all arenas in a list. */
void arena_free_all(struct memory_link *arenas);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (count)))

#endif
