/* What the tests of exec/ that keep a record share: a fake server, a record in a file, a plan of made-up
 * steps, and the notes that people would see. */
#ifndef PLUMB_TESTS_RECORDED_H
#define PLUMB_TESTS_RECORDED_H

#include "../fake_server.h"

#include "core/memory.h"
#include "exec/journal.h"

static struct arena *arena;
static struct dialect dialect;
static struct connection server;
static struct store *store;
static struct error error;
static struct text_list notes;
static char path[32];
static struct plan plan;
static struct journal_options options;
static struct journal journal;

static inline void take_note(void *context, const char *text)
{
    (void)context;
    text_list_add(&notes, arena, arena_strdup(arena, text));
}

/* The model as SQL: how many objects it has will do. */
static inline char *print_count(void *context, struct model *model, struct error *print_error)
{
    char *text = memory_alloc(32);

    (void)context;
    (void)print_error;
    snprintf(text, 32, "-- %zu objects\n", model->count);
    model_free(model);
    return text;
}

static inline int begin(void **state)
{
    (void)state;
    snprintf(path, sizeof(path), "/tmp/plumb-journal-XXXXXX");
    arena = arena_new();
    dialect = fake_server();
    server = (struct connection){0};
    error = (struct error){0};
    notes = (struct text_list){0};
    store = new_store(path);
    plan = (struct plan){.arena = arena, .dialect = &dialect};
    options = (struct journal_options){.store = store,
                                       .entry = {.kind = "apply", .actor = "me"},
                                       .print = print_count,
                                       .note = take_note};
    journal = (struct journal){0};
    return 0;
}

static inline int end(void **state)
{
    (void)state;
    journal_close(&journal);
    store_close(store);
    unlink(path);
    arena_free(arena);
    return 0;
}

static inline void add_step(const char *sql, int group)
{
    step_list_add(&plan.steps, arena, (struct step){.sql = sql, .group = group});
}

/* The states of an entry's steps as they stand in the record. */
static inline const char *step_states(int64_t entry)
{
    struct record_step_list steps;
    struct text_list states = {0};

    assert_true(record_read_steps(store, entry, arena, &steps, &error));
    for (size_t i = 0; i < steps.count; i++)
        text_list_add(&states, arena, steps.items[i].state);
    return text_list_join(&states, arena, ", ");
}

static inline const struct record_entry *entry_of(int64_t number)
{
    struct record_entries *entries = ARENA_NEW(arena, struct record_entries);
    const struct record_entry *entry;

    assert_true(record_read_entries(store, 0, arena, entries, &error));
    entry = record_entry_of(entries, number);
    assert_non_null(entry);
    return entry;
}

#endif
