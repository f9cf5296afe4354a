/* Memory by lifetime: a chain of blocks, each twice the size of the one before up to a limit. */
#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/operation.h"

enum { first_block_size = 4096, largest_block_size = 1 << 20, alignment = 16 };

struct block {
    struct block *next;
    size_t size;
    size_t used;
};

struct arena {
    struct memory_link link; /* comes first; among the arenas of the operation that made it */
    struct block *blocks;    /* the newest first */
    size_t next_size;
    size_t used;
};

#define BLOCK_HEAD ((sizeof(struct block) + alignment - 1) / alignment * alignment)

/* Where allocations are to fail one by one, each piece is one. */
struct arena *arena_new(void)
{
    struct arena *arena = memory_take(sizeof(*arena));

    *arena = (struct arena){.next_size = memory_fault_is_on() ? 0 : first_block_size};
    memory_link_begin(&arena->link);
    operation_note_arena(&arena->link);
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    memory_link_remove(&arena->link);
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        memory_give(block, BLOCK_HEAD + block->size);
    }
    memory_give(arena, sizeof(*arena));
}

void arena_free_all(struct memory_link *arenas)
{
    while (arenas->next != arenas)
        arena_free((struct arena *)(void *)arenas->next);
}

/* A large request gets a block of its own behind the current one, so that what is left of the
 * current block is not wasted. */
static struct block *add_block(struct arena *arena, size_t size)
{
    bool own = size > arena->next_size / 4 && arena->blocks;
    size_t room = size > arena->next_size ? size : own ? size : arena->next_size;
    struct block *block = memory_take(BLOCK_HEAD + room);

    *block = (struct block){.size = room};
    if (own) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
        if (arena->next_size < largest_block_size)
            arena->next_size *= 2;
    }
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    struct block *block = arena->blocks;
    void *memory;

    if (size > SIZE_MAX / 2)
        operation_fail_memory(0);
    size = (size + alignment - 1) / alignment * alignment;
    if (!block || block->size - block->used < size)
        block = add_block(arena, size);
    memory = (char *)block + BLOCK_HEAD + block->used;
    block->used += size;
    arena->used += size;
    return memset(memory, 0, size);
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
    void *memory = arena_alloc(arena, size);

    if (size)
        memcpy(memory, data, size);
    return memory;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);

    memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    int length;
    char *text;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return arena_strdup(arena, "");
    text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

void arena_visit(struct arena *arena, void (*visit)(char *bytes, size_t length, void *context),
                 void *context)
{
    for (struct block *block = arena->blocks; block; block = block->next)
        visit((char *)block + BLOCK_HEAD, block->used, context);
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
