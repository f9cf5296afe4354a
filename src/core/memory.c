/* Blocks with a head that says how large they are and links them to what the same operation took. */
#include "core/memory.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/operation.h"

struct block {
    struct memory_link link; /* comes first */
    size_t size;
};

enum { alignment = 16 };

#define HEAD ((sizeof(struct block) + alignment - 1) / alignment * alignment)

static struct block *block_of(void *memory)
{
    return (struct block *)(void *)((char *)memory - HEAD);
}

/* --- faults ---------------------------------------------------------------------------------- */

static _Thread_local struct {
    bool on;
    bool lasting;
    size_t number;
    size_t count;
} fault;

void memory_fault_begin(size_t number, bool lasting)
{
    fault.on = true;
    fault.lasting = lasting;
    fault.number = number;
    fault.count = 0;
}

size_t memory_fault_end(void)
{
    fault.on = false;
    return fault.count;
}

size_t memory_fault_count(void)
{
    return fault.count;
}

bool memory_fault_is_on(void)
{
    return fault.on;
}

static bool fails(void)
{
    if (!fault.on)
        return false;
    fault.count++;
    return fault.number &&
           (fault.lasting ? fault.count >= fault.number : fault.count == fault.number);
}

/* --- plain memory ---------------------------------------------------------------------------- */

void *memory_take(size_t size)
{
    void *memory = NULL;

    operation_count_memory(size);
    if (!fails())
        memory = malloc(size ? size : 1);
    if (!memory)
        operation_fail_memory(size);
    return memory;
}

void memory_give(void *memory, size_t size)
{
    if (!memory)
        return;
    free(memory);
    operation_count_given(size);
}

/* --- blocks ---------------------------------------------------------------------------------- */

void *memory_alloc(size_t size)
{
    struct block *block;

    if (size > SIZE_MAX / 2)
        operation_fail_memory(0);
    block = memory_take(HEAD + size);
    block->size = size;
    memory_link_begin(&block->link);
    operation_note_block(&block->link);
    return (char *)block + HEAD;
}

/* The block keeps its place in the list of the operation that took it first. */
void *memory_resize(void *memory, size_t size)
{
    struct block *block;
    struct block *resized = NULL;
    size_t former;
    bool alone;

    if (!memory)
        return memory_alloc(size);
    if (size > SIZE_MAX / 2)
        operation_fail_memory(0);
    block = block_of(memory);
    former = block->size;
    alone = block->link.next == &block->link;
    if (size > former)
        operation_count_memory(size - former);
    if (!fails())
        resized = realloc(block, HEAD + size);
    if (!resized)
        operation_fail_memory(size > former ? size - former : 0);
    if (size < former)
        operation_count_given(former - size);
    resized->size = size;
    if (alone) {
        memory_link_begin(&resized->link);
    } else {
        resized->link.next->previous = &resized->link;
        resized->link.previous->next = &resized->link;
    }
    return (char *)resized + HEAD;
}

void memory_free(void *memory)
{
    struct block *block;

    if (!memory)
        return;
    block = block_of(memory);
    memory_link_remove(&block->link);
    memory_give(block, HEAD + block->size);
}

void memory_free_all(struct memory_link *blocks)
{
    while (blocks->next != blocks)
        memory_free((char *)(void *)blocks->next + HEAD);
}

/* --- lists ----------------------------------------------------------------------------------- */

void memory_link_begin(struct memory_link *link)
{
    link->next = link->previous = link;
}

void memory_link_add(struct memory_link *list, struct memory_link *link)
{
    link->next = list;
    link->previous = list->previous;
    list->previous->next = link;
    list->previous = link;
}

void memory_link_remove(struct memory_link *link)
{
    link->next->previous = link->previous;
    link->previous->next = link->next;
    memory_link_begin(link);
}

void memory_link_move(struct memory_link *from, struct memory_link *to)
{
    while (from->next != from) {
        struct memory_link *link = from->next;

        memory_link_remove(link);
        if (to)
            memory_link_add(to, link);
    }
}
