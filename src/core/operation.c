/* The operations that are under way in a thread, and the way out of one that fails. */
#include "core/operation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arena.h"

static _Thread_local struct operation *current;

/* What a failed operation may take besides, so that its whole can say what happened. */
enum { last_reserve = 1 << 20 };

void operation_begin(struct operation *operation, struct control *control, struct error *error)
{
    *operation = (struct operation){.outer = current, .error = error, .control = control};
    operation->account = &operation->own;
    operation->own.most = control ? control->most_memory : 0;
    operation->held = operation->first_held;
    operation->held_room = OPERATION_FEW_HELD;
    memory_link_begin(&operation->blocks);
    memory_link_begin(&operation->arenas);
    current = operation;
}

/* --- what it holds ------------------------------------------------------------------------------- */

/* Not by memory_alloc: what is held has to stay until it is released. */
static bool make_room(struct operation *operation, size_t more)
{
    size_t room = operation->held_room;
    bool first = operation->held == operation->first_held;
    struct held *held;

    while (operation->held_count + more > room)
        room *= 2;
    if (room == operation->held_room)
        return true;
    held = realloc(first ? NULL : operation->held, room * sizeof(*held));
    if (!held)
        return false;
    if (first)
        memcpy(held, operation->first_held, sizeof(operation->first_held));
    operation->held = held;
    operation->held_room = room;
    return true;
}

void *operation_hold(void *thing, void (*release)(void *thing))
{
    if (!current || !thing)
        return thing;
    if (!make_room(current, 1)) {
        release(thing);
        operation_fail_memory(0);
    }
    current->held[current->held_count++] = (struct held){release, thing};
    return thing;
}

static void forget_held(struct operation *operation)
{
    if (operation->held != operation->first_held)
        free(operation->held);
    operation->held = operation->first_held;
    operation->held_count = 0;
}

void operation_end(struct operation *operation)
{
    struct operation *whole = operation->whole;

    if (whole && !make_room(whole, operation->held_count))
        operation_fail_memory(0);
    memory_link_move(&operation->blocks, whole ? &whole->blocks : NULL);
    memory_link_move(&operation->arenas, whole ? &whole->arenas : NULL);
    for (size_t i = 0; whole && i < operation->held_count; i++)
        whole->held[whole->held_count++] = operation->held[i];
    operation_interrupts(operation->interruptible);
    forget_held(operation);
    free(operation->further.items);
    current = operation->outer;
}

/* --- further errors ------------------------------------------------------------------------------ */

static struct operation *whole_of(struct operation *operation)
{
    while (operation && operation->whole)
        operation = operation->whole;
    return operation;
}

void operation_note_error(const struct error *error)
{
    struct operation *whole = whole_of(current);
    struct further_errors *further;
    struct error *grown;

    if (!whole)
        return;
    further = &whole->further;
    grown = further->count < OPERATION_MOST_ERRORS
                ? realloc(further->items, (further->count + 1) * sizeof(*grown))
                : NULL;
    if (!grown) {
        further->left_out++;
        return;
    }
    grown[further->count++] = *error;
    further->items = grown;
}

size_t operation_error_count(void)
{
    const struct operation *whole = whole_of(current);

    return whole ? whole->further.count : 0;
}

struct further_errors operation_take_errors(struct operation *operation)
{
    struct further_errors taken = operation->further;

    operation->further = (struct further_errors){0};
    return taken;
}

static void begin_part(struct operation *part, struct error *error)
{
    struct operation *whole = current;

    operation_begin(part, whole ? whole->control : NULL, error);
    part->whole = whole;
    if (whole)
        part->account = whole->account;
    part->interruptible = part->account->interruptible;
}

bool operation_try(void (*function)(void *argument), void *argument, struct error *error)
{
    struct operation part;

    begin_part(&part, error);
    if (setjmp(part.way_out) != 0)
        return false;
    function(argument);
    operation_end(&part);
    return true;
}

/* --- the way out ------------------------------------------------------------------------------- */

_Noreturn static void die(const char *message)
{
    fprintf(stderr, "plumb: %s\n", message);
    abort();
}

/* Ends what it would be dangerous to interrupt, then what is held, last first, then memory. */
static void take_back(struct operation *operation)
{
    operation_interrupts(operation->interruptible);
    operation_release(0);
    forget_held(operation);
    free(operation->further.items);
    operation->further = (struct further_errors){0};
    arena_free_all(&operation->arenas);
    memory_free_all(&operation->blocks);
}

_Noreturn void operation_fail(enum error_code code, const char *message)
{
    struct operation *failed = current;

    if (!failed)
        die(message);
    if (failed->account->most)
        failed->account->most += last_reserve;
    take_back(failed);
    current = failed->outer;
    /* Not by error_set, which takes memory. */
    *failed->error = (struct error){.code = code};
    snprintf(failed->error->message, sizeof(failed->error->message), "%s", message);
    longjmp(failed->way_out, 1);
}

_Noreturn void operation_fail_memory(size_t size)
{
    const struct account *account = current ? current->account : NULL;
    char message[96] = "out of memory";

    operation_count_given(size);
    if (account && account->most && account->used + size > account->most)
        snprintf(message, sizeof(message), "this takes more memory than it may: %zu bytes",
                 account->most);
    operation_fail(ERROR_MEMORY, message);
}

/* Nearly always it is among the last ones. A part may drop what its whole holds. */
void operation_drop(void *thing)
{
    for (struct operation *at = thing ? current : NULL; at; at = at->whole)
        for (size_t i = at->held_count; i > 0; i--)
            if (at->held[i - 1].thing == thing) {
                at->held_count--;
                memmove(&at->held[i - 1], &at->held[i],
                        (at->held_count - (i - 1)) * sizeof(*at->held));
                return;
            }
}

size_t operation_mark(void)
{
    return current ? current->held_count : 0;
}

void operation_release(size_t mark)
{
    while (current && current->held_count > mark) {
        struct held last = current->held[--current->held_count];

        last.release(last.thing);
    }
}

/* --- cancelling and telling ------------------------------------------------------------------------ */

bool operation_is_cancelled(void)
{
    const struct control *control = current ? current->control : NULL;

    return control && !current->account->shielded && atomic_load(&control->cancelled);
}

bool operation_goes_on(struct error *error)
{
    return !operation_is_cancelled() || error_set(error, ERROR_CANCELLED, "interrupted");
}

bool operation_shield(bool shielded)
{
    bool former = current && current->account->shielded;

    if (current)
        current->account->shielded = shielded;
    return former;
}

struct interruptible *operation_interrupts(struct interruptible *what)
{
    struct account *account = current ? current->account : NULL;
    struct interruptible *former = account ? account->interruptible : NULL;

    if (account && current->control)
        account->interruptible = control_interrupts(current->control, former, what) ? what : NULL;
    return former;
}

void operation_tell(const struct progress *progress)
{
    const struct control *control = current ? current->control : NULL;

    if (control && control->listener)
        control->listener(progress, control->context);
}

bool operation_proceeds(enum phase phase, size_t step, size_t count, const char *object,
                        struct error *error)
{
    struct progress progress = {.phase = phase, .step = step, .count = count, .object = object};

    operation_tell(&progress);
    return operation_goes_on(error);
}

/* --- for memory.c and arena.c ------------------------------------------------------------------------ */

void operation_note_block(struct memory_link *block)
{
    if (current)
        memory_link_add(&current->blocks, block);
}

void operation_note_arena(struct memory_link *arena)
{
    if (current)
        memory_link_add(&current->arenas, arena);
}

void operation_count_memory(size_t size)
{
    struct account *account = current ? current->account : NULL;

    if (!account)
        return;
    account->used += size;
    if (account->most && account->used <= SIZE_MAX / 2 && account->used > account->most)
        operation_fail_memory(size);
}

void operation_count_given(size_t size)
{
    if (current)
        current->account->used -= size;
}
