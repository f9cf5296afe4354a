/* The public interface to the record's entries, as text and as data. */
#include <string.h>

#include "library/library.h"
#include "report/history.h"

/* The steps of one entry, once they were read. */
struct entry_steps {
    int64_t number;
    struct record_step_list steps;
};

struct plumb_history {
    struct arena *arena;
    struct store *store;
    const struct plumb_model *target;
    struct record_entries entries;
    struct pointer_list steps; /* struct entry_steps */
};

/* --- reading ----------------------------------------------------------------------------------- */

void plumb_history_free(struct plumb_history *history)
{
    if (!history)
        return;
    store_close(history->store);
    arena_free(history->arena);
}

size_t plumb_history_count(const struct plumb_history *history)
{
    return history ? history->entries.count : 0;
}

static struct plumb_history *load(const struct plumb_model *target,
                                  const struct plumb_options *options, struct error *error)
{
    struct store *store;
    struct arena *arena;
    struct plumb_history *history;
    bool found = false;

    if (!target)
        fail_null("target", error);
    store = target ? plumb_need_store(&target->state, options, error) : NULL;
    if (!store)
        return NULL;
    arena = arena_new();
    history = ARENA_NEW(arena, struct plumb_history);
    *history = (struct plumb_history){.arena = arena, .store = store, .target = target};
    if (record_find(store, &found, error) &&
        (!found || record_read_entries(store, 0, arena, &history->entries, error)))
        return history;
    plumb_history_free(history);
    return NULL;
}

struct plumb_history *plumb_history_load(const struct plumb_model *target,
                                         const struct plumb_options *given,
                                         struct plumb_error *error)
{
    struct plumb_options options;
    struct plumb_history *history;
    struct door door;

    options_take(&options, sizeof(options), given);
    door_open(&door, options.control, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    if (target)
        door_interrupts(&door, &target->state);
    history = load(target, &options, door.error);
    door_close(&door);
    return history;
}

static const struct record_entry *need_entry(const struct plumb_history *history, int64_t number,
                                             struct error *error)
{
    const struct record_entry *entry = record_entry_of(&history->entries, number);

    if (!entry)
        error_set(error, ERROR_USAGE, "there is no entry %lld in the record of %s",
                  (long long)number, history->target->state.name);
    return entry;
}

static const struct record_step_list *find_steps(const struct plumb_history *history,
                                                 int64_t number)
{
    for (size_t i = 0; i < history->steps.count; i++) {
        const struct entry_steps *read = history->steps.items[i];

        if (read->number == number)
            return &read->steps;
    }
    return NULL;
}

/* Read once, and kept; NULL with an error. */
static const struct record_step_list *need_steps(struct plumb_history *history, int64_t number,
                                                 struct error *error)
{
    const struct record_step_list *known = find_steps(history, number);
    struct entry_steps *read;

    if (known)
        return known;
    if (!need_entry(history, number, error))
        return NULL;
    read = ARENA_NEW(history->arena, struct entry_steps);
    read->number = number;
    if (!record_read_steps(history->store, number, history->arena, &read->steps, error))
        return NULL;
    pointer_list_add(&history->steps, history->arena, read);
    return &read->steps;
}

/* --- as text ----------------------------------------------------------------------------------- */

static char *print(struct plumb_history *history, int64_t number, enum plumb_format format,
                   struct error *error)
{
    bool json = format == PLUMB_JSON;
    bool colour = format == PLUMB_COLOUR;
    struct buffer text = BUFFER_EMPTY;
    const struct record_step_list *steps;

    if (!history)
        fail_null("history", error);
    else if (!json && !colour && format != PLUMB_TEXT)
        fail_format("the history", error);
    if (error->code)
        return NULL;
    if (!number) {
        report_history(&history->entries, json, colour, &text);
        return give_shown(&text);
    }
    steps = need_steps(history, number, error);
    if (!steps)
        return NULL;
    report_entry(record_entry_of(&history->entries, number), steps, json, colour, &text);
    return give_shown(&text);
}

char *plumb_history_print(struct plumb_history *history, int64_t number, enum plumb_format format,
                          struct plumb_error *error)
{
    struct door door;
    char *text;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    text = print(history, number, format, door.error);
    door_close(&door);
    return text;
}

static char *print_schema(struct plumb_history *history, int64_t number, struct error *error)
{
    const struct record_entry *entry = NULL;
    struct record_schema schema = {0};
    struct buffer text = BUFFER_EMPTY;

    if (history)
        entry = need_entry(history, number, error);
    else
        fail_null("history", error);
    if (entry && !entry->after)
        error_set(error, ERROR_REFUSED, "entry %lld does not say what the schema was after it",
                  (long long)number);
    if (error->code ||
        !record_read_schema(history->store, entry->after, history->arena, &schema, error))
        return NULL;
    if (!schema.sql) {
        error_set(error, ERROR_REFUSED, "the record does not hold this schema as SQL");
        return NULL;
    }
    buffer_append(&text, schema.sql);
    return give_shown(&text);
}

char *plumb_history_schema(struct plumb_history *history, int64_t number, struct plumb_error *error)
{
    struct door door;
    char *text;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    text = print_schema(history, number, door.error);
    door_close(&door);
    return text;
}

/* --- entries as data ---------------------------------------------------------------------------- */

static const struct record_entry *as_entry(const struct plumb_entry *entry)
{
    return (const struct record_entry *)entry;
}

const struct plumb_entry *plumb_history_entry(const struct plumb_history *history, size_t place)
{
    return place < plumb_history_count(history)
               ? (const struct plumb_entry *)&history->entries.items[place]
               : NULL;
}

int64_t plumb_entry_number(const struct plumb_entry *entry)
{
    return entry ? as_entry(entry)->number : 0;
}

int64_t plumb_entry_server_version(const struct plumb_entry *entry)
{
    return entry ? as_entry(entry)->server_version : 0;
}

int64_t plumb_entry_steps(const struct plumb_entry *entry)
{
    return entry ? as_entry(entry)->steps : 0;
}

int64_t plumb_entry_steps_done(const struct plumb_entry *entry)
{
    return entry ? as_entry(entry)->steps_done : 0;
}

const char *plumb_entry_text(const struct plumb_entry *given, enum plumb_entry_text which)
{
    const struct record_entry *entry = as_entry(given);

    if (!entry)
        return NULL;
    switch (which) {
    case PLUMB_ENTRY_KIND:
        return entry->kind;
    case PLUMB_ENTRY_STATE:
        return entry->state;
    case PLUMB_ENTRY_BEGUN:
        return entry->begun;
    case PLUMB_ENTRY_ENDED:
        return entry->ended;
    case PLUMB_ENTRY_ACTOR:
        return entry->actor;
    case PLUMB_ENTRY_DATABASE_USER:
        return entry->database_user;
    case PLUMB_ENTRY_TOOL:
        return entry->tool;
    case PLUMB_ENTRY_MESSAGE:
        return entry->message;
    case PLUMB_ENTRY_WANTED:
        return entry->wanted_name;
    case PLUMB_ENTRY_FILES:
        return entry->files;
    case PLUMB_ENTRY_GIT_COMMIT:
        return entry->git_commit;
    case PLUMB_ENTRY_GIT_REMOTE:
        return entry->git_remote;
    case PLUMB_ENTRY_RUN_URL:
        return entry->run_url;
    case PLUMB_ENTRY_DIGEST_BEFORE:
        return entry->before;
    case PLUMB_ENTRY_DIGEST_AFTER:
        return entry->after;
    case PLUMB_ENTRY_ERROR:
        return entry->error;
    }
    return NULL;
}

/* --- their steps -------------------------------------------------------------------------------- */

bool plumb_history_steps(struct plumb_history *history, int64_t number, size_t *count,
                         struct plumb_error *error)
{
    const struct record_step_list *steps;
    struct door door;

    door_open(&door, NULL, error);
    if (setjmp(door.operation.way_out) != 0)
        return false;
    if (!history || !count)
        fail_null(history ? "place for the count" : "history", door.error);
    steps = history && count ? need_steps(history, number, door.error) : NULL;
    if (steps)
        *count = steps->count;
    door_close(&door);
    return steps != NULL;
}

const struct plumb_entry_step *plumb_history_step(const struct plumb_history *history,
                                                  int64_t number, size_t place)
{
    const struct record_step_list *steps = history ? find_steps(history, number) : NULL;

    return steps && place < steps->count ? (const struct plumb_entry_step *)&steps->items[place]
                                         : NULL;
}

static const struct record_step *as_step(const struct plumb_entry_step *step)
{
    return (const struct record_step *)step;
}

const char *plumb_entry_step_sql(const struct plumb_entry_step *step)
{
    return step ? as_step(step)->sql : "";
}

const char *plumb_entry_step_action(const struct plumb_entry_step *step)
{
    return step ? as_step(step)->action : "";
}

const char *plumb_entry_step_object(const struct plumb_entry_step *step)
{
    return step ? as_step(step)->object : "";
}

const char *plumb_entry_step_state(const struct plumb_entry_step *step)
{
    return step ? as_step(step)->state : "";
}

const char *plumb_entry_step_started(const struct plumb_entry_step *step)
{
    return step ? as_step(step)->started : NULL;
}

double plumb_entry_step_seconds(const struct plumb_entry_step *step)
{
    return step ? as_step(step)->seconds : -1;
}

int64_t plumb_entry_step_group(const struct plumb_entry_step *step)
{
    return step ? as_step(step)->group : 0;
}
