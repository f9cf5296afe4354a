/* The command line's options: one table for all commands. */
#ifndef PLUMB_CLI_OPTIONS_H
#define PLUMB_CLI_OPTIONS_H

#include "core/arena.h"
#include "core/list.h"
#include "plumb.h"

enum output_format {
    FORMAT_DEFAULT,
    FORMAT_TEXT,
    FORMAT_SQL,
    FORMAT_JSON,
    FORMAT_PROMETHEUS,
    FORMAT_JUNIT
};

struct options {
    struct arena *arena;           /* of all texts here */
    struct plumb_control *control; /* of everything that is done */
    unsigned command;              /* one of FOR_*, set by options_parse */
    struct text_list states;       /* what is not an option */
#define MANAGE(member, word) bool member;
#define FLAG(member, word) bool member;
#define GLOBS(member, word) struct text_list member;
#include "plan/options.def"
    struct text_list ignored;    /* globs of paths whose drift does not matter */
    struct text_list must_match; /* those of the globs above that were meant for this target */
    bool may_miss;               /* globs that are set now need not match anything */
    const char *record;          /* a file */
    const char *plan;            /* the same */
    const char *out;
    const char *write_latest;
    const char *message;
    const char *notify;
    int64_t to; /* number of an entry; 0 none */
    const char *scratch;
    const char *flavor;
    const char *osc;
    int64_t osc_minimum;
    const char *split;
    const char *output;
    const char *config;
    uint64_t allowed;
    struct text_list allowed_objects; /* "HAZARD=GLOB" */
    struct text_list denied;          /* "HAZARD" or "HAZARD:SIZE" */
    bool require_online;
    enum output_format format;
    int lock_timeout; /* milliseconds; 0: the default */
    bool transactional;
    bool no_data_check;
    int question_timeout; /* milliseconds; 0: the default */
    bool no_record;
    bool resume;
    bool abandon;
    bool adopt;
    bool restore;
    bool dry_run;
    bool check;
    bool show_diff;
    bool all;
    size_t jobs;   /* 0: the usual number */
    bool coloured; /* what standard output is written for shows colours */
    bool show_schema;
    bool extension_versions; /* are part of a dump */
    bool yes;
    bool quiet;
    bool help;
    bool version;
    struct text_list
        given; /* names of the options that were set: configuration does not touch them */
};

/* The commands that an option belongs to. */
enum {
    FOR_DIFF = 1,
    FOR_APPLY = 2,
    FOR_DUMP = 4,
    FOR_DRIFT = 8,
    FOR_BASELINE = 16,
    FOR_HISTORY = 32,
    FOR_REVERT = 64,
    FOR_STATUS = 128,
    FOR_PULL = 256,
    FOR_FMT = 512,
    FOR_RUN = FOR_APPLY | FOR_REVERT,
    FOR_RECORD = FOR_DIFF | FOR_RUN | FOR_DRIFT | FOR_BASELINE | FOR_HISTORY | FOR_STATUS,
    FOR_COMPARE = FOR_DIFF | FOR_RUN | FOR_DUMP | FOR_DRIFT | FOR_STATUS | FOR_PULL,
    FOR_EACH = FOR_DIFF | FOR_APPLY | FOR_DRIFT | FOR_BASELINE | FOR_HISTORY | FOR_STATUS,
    FOR_CHANGE = FOR_DIFF | FOR_RUN | FOR_DRIFT | FOR_STATUS,
    FOR_ALL = FOR_RECORD | FOR_DUMP | FOR_PULL | FOR_FMT
};

/* Reads the arguments behind the command's name. command: one of FOR_*. */
bool options_parse(struct options *options, unsigned command, int count, char **arguments,
                   struct plumb_error *error);

/* True for a name of the table, and for one that is only on or off. */
bool option_is_flag(const char *name);

/* Sets one option by its long name, as the configuration does; a flag is on then. */
bool option_set(struct options *options, const char *name, const char *value,
                struct plumb_error *error);

/* The names of all options, NULL-terminated, in the arena. */
const char *const *option_names(struct arena *arena, unsigned command, size_t *count);

/* How an option of the command is written, and what it does; false where the command has none of that name. */
struct option_text {
    char letter;          /* '\0': none */
    const char *argument; /* NULL: none */
    const char *help;
};

bool option_describe(const char *name, unsigned command, struct option_text *text);

/* The library's options; they live as long as these do. beside: NULL, or the other state. */
struct plumb_load_options options_load(const struct options *options, const char *beside);
struct plumb_options options_compare(const struct options *options);

/* A list as the library takes it: NULL-terminated, NULL for an empty one. */
const char *const *list_or_null(const struct options *options, const struct text_list *list);

/* "5s", "500ms", "2min", or milliseconds; false when it is none of these. */
bool duration_parse(const char *text, int *milliseconds);

#endif
