/* Memory that is taken piece by piece. What an operation (operation.h) takes is noted, so that it can be
 * given back should the operation fail; so no function here gives NULL: where there is no memory, or no
 * more of it allowed, the operation ends and its caller is told. Outside of any operation the process
 * ends: no function of plumb.h works there. */
#ifndef PLUMB_CORE_MEMORY_H
#define PLUMB_CORE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* malloc, realloc and free. What came from memory_alloc is given back by memory_free alone, in this or in
 * a later operation. NULL is allowed where realloc and free allow it. */
void *memory_alloc(size_t size);
void *memory_resize(void *memory, size_t size);
void memory_free(void *memory);

/* A place in a list of what an operation has taken: a ring, in which nothing has to know where it
 * begins. A link that is in no list is a ring by itself. */
struct memory_link {
    struct memory_link *next;
    struct memory_link *previous;
};

void memory_link_begin(struct memory_link *link);
void memory_link_add(struct memory_link *list, struct memory_link *link);
void memory_link_remove(struct memory_link *link);

/* Moves everything in a list into another one; NULL: into none, each link by itself. */
void memory_link_move(struct memory_link *from, struct memory_link *to);

/* For arenas: plain memory, counted but noted nowhere. */
void *memory_take(size_t size);
void memory_give(void *memory, size_t size);

/* Frees all blocks in a list. */
void memory_free_all(struct memory_link *blocks);

/* --- for tests --------------------------------------------------------------------------------- */

/* From now on, in this thread, the allocation of that number (from 1) fails, and if lasting all after it
 * as well; 0: none does, they are only counted. Arenas made meanwhile take memory for each piece. */
void memory_fault_begin(size_t number, bool lasting);

/* Ends that; how many allocations there were. */
size_t memory_fault_end(void);
size_t memory_fault_count(void); /* so far */

/* True between the two. */
bool memory_fault_is_on(void);

#endif
