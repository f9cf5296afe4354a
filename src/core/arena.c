/* Memory by lifetime: a chain of blocks, each twice the size of the one before up to a limit. */
#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { first_block_size = 4096, largest_block_size = 1 << 20, alignment = 16 };

struct block {
    struct block *next;
    size_t size;
    size_t used;
};

struct arena {
    struct block *blocks; /* the newest first */
    size_t next_size;
    size_t used;
};

#define BLOCK_HEAD ((sizeof(struct block) + alignment - 1) / alignment * alignment)

static _Noreturn void out_of_memory(void)
{
    fputs("plumb: out of memory\n", stderr);
    abort();
}

void *memory_alloc(size_t size)
{
    void *memory = malloc(size ? size : 1);

    if (!memory)
        out_of_memory();
    return memory;
}

void *memory_resize(void *memory, size_t size)
{
    void *resized = realloc(memory, size ? size : 1);

    if (!resized)
        out_of_memory();
    return resized;
}

struct arena *arena_new(void)
{
    struct arena *arena = memory_alloc(sizeof(*arena));

    *arena = (struct arena){.next_size = first_block_size};
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

/* A large request gets a block of its own behind the current one, so that what is left of the
 * current block is not wasted. */
static struct block *add_block(struct arena *arena, size_t size)
{
    bool own = size > arena->next_size / 4 && arena->blocks;
    size_t room = size > arena->next_size ? size : own ? size : arena->next_size;
    struct block *block = memory_alloc(BLOCK_HEAD + room);

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
        out_of_memory();
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

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
