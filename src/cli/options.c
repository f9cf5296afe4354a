/* The command line's options. Each stands once in the table, with the commands that take it. */
#include "cli/options.h"

#include <ctype.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/messages.h"
#include "core/text/nearest.h"
#include "core/text/size.h"

/* --- values ---------------------------------------------------------------------------------- */

bool duration_parse(const char *text, int *milliseconds)
{
    static const struct {
        const char *name;
        double factor;
    } units[] = {{"", 1}, {"ms", 1}, {"s", 1000}, {"min", 60000}, {"h", 3600000}};
    char *end;
    double value = strtod(text, &end);

    if (end == text || value < 0 || isspace((unsigned char)*text))
        return false;
    while (*end == ' ')
        end++;
    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
        if (strcmp(end, units[i].name) == 0 && value * units[i].factor <= INT_MAX) {
            *milliseconds = (int)(value * units[i].factor);
            return true;
        }
    return false;
}

static void add_parts(struct text_list *list, struct arena *arena, const char *value)
{
    while (*value) {
        size_t length = strcspn(value, ",");

        if (length)
            text_list_add(list, arena, arena_strndup(arena, value, length));
        value += length;
        value += *value == ',';
    }
}

/* "HAZARD" allows it everywhere, "HAZARD=GLOB" for what the glob fits. */
static bool set_allow(struct options *options, const char *value, struct plumb_error *error)
{
    struct text_list parts = {0};

    add_parts(&parts, options->arena, value);
    for (size_t i = 0; i < parts.count; i++) {
        const char *const one[] = {parts.items[i], NULL};
        uint64_t hazards;

        if (strchr(parts.items[i], '=')) {
            if (!plumb_policy_check(one, NULL, error))
                return false;
            text_list_add(&options->allowed_objects, options->arena, parts.items[i]);
            continue;
        }
        if (!plumb_hazards(parts.items[i], &hazards, error))
            return false;
        options->allowed |= hazards;
    }
    return true;
}

/* Nothing, from a variable that is not set, would forbid nothing. */
static bool set_deny(struct options *options, const char *value, struct plumb_error *error)
{
    struct text_list parts = {0};

    add_parts(&parts, options->arena, value);
    if (!parts.count)
        return fail_with(error, PLUMB_USAGE, "--deny names nothing");
    for (size_t i = 0; i < parts.count; i++) {
        const char *const one[] = {parts.items[i], NULL};

        if (!plumb_policy_check(NULL, one, error))
            return false;
        text_list_add(&options->denied, options->arena, parts.items[i]);
    }
    return true;
}

static bool set_manage(struct options *options, const char *value, struct plumb_error *error)
{
    static const char *const known[] = {"owners", "privileges", "all"};
    struct text_list parts = {0};

    add_parts(&parts, options->arena, value);
    for (size_t i = 0; i < parts.count; i++) {
        const char *part = parts.items[i];
        bool all = strcmp(part, "all") == 0;

        if (!all && strcmp(part, "owners") != 0 && strcmp(part, "privileges") != 0) {
            const char *nearest = nearest_name(part, known, 3);

            fail_with(error, PLUMB_USAGE, "%s is nothing to manage", part);
            return nearest ? advise(error, "Did you mean %s?", nearest)
                           : advise(error, "Write owners, privileges or all.");
        }
        options->owners = options->owners || all || strcmp(part, "owners") == 0;
        options->privileges = options->privileges || all || strcmp(part, "privileges") == 0;
        options->unmodelled = options->unmodelled || all;
    }
    return true;
}

/* Globs have to match something, unless they stand in the configuration for what may be there or not. */
static bool add_globs(struct options *options, struct text_list *list, const char *value)
{
    add_parts(list, options->arena, value);
    if (!options->may_miss)
        add_parts(&options->must_match, options->arena, value);
    return true;
}

static bool set_schema(struct options *options, const char *value, struct plumb_error *error)
{
    (void)error;
    return add_globs(options, &options->schemas, value);
}

static bool set_exclude(struct options *options, const char *value, struct plumb_error *error)
{
    (void)error;
    return add_globs(options, &options->excludes, value);
}

static bool set_unmanaged(struct options *options, const char *value, struct plumb_error *error)
{
    (void)error;
    return add_globs(options, &options->unmanaged, value);
}

static bool set_only(struct options *options, const char *value, struct plumb_error *error)
{
    (void)error;
    return add_globs(options, &options->only, value);
}

static bool set_ask(struct options *options, const char *value, struct plumb_error *error)
{
    options->never_ask = strcmp(value, "never") == 0;
    if (options->never_ask || strcmp(value, "auto") == 0)
        return true;
    fail_with(error, PLUMB_USAGE, "--ask cannot be %s", value);
    return advise(error, "Write auto or never.");
}

static bool set_scratch(struct options *options, const char *value, struct plumb_error *error)
{
    (void)error;
    options->scratch = value;
    return true;
}

static bool set_flavor(struct options *options, const char *value, struct plumb_error *error)
{
    (void)error;
    options->flavor = value;
    return true;
}

static bool set_osc(struct options *options, const char *value, struct plumb_error *error)
{
    options->osc = value;
    return plumb_osc_check(value, error);
}

static bool set_osc_minimum(struct options *options, const char *value, struct plumb_error *error)
{
    if (size_parse(value, &options->osc_minimum))
        return true;
    fail_with(error, PLUMB_USAGE, "%s is no size", value);
    return advise(error, "Write 500M, 2G or a number of bytes.");
}

static bool set_format(struct options *options, const char *value, struct plumb_error *error)
{
    static const char *const names[] = {[FORMAT_TEXT] = "text",
                                        [FORMAT_SQL] = "sql",
                                        [FORMAT_JSON] = "json",
                                        [FORMAT_PROMETHEUS] = "prometheus",
                                        [FORMAT_JUNIT] = "junit"};

    bool drift = options->command == FOR_DRIFT;

    for (int i = FORMAT_TEXT; i <= (drift ? FORMAT_JUNIT : FORMAT_JSON); i++)
        if (strcmp(value, names[i]) == 0) {
            options->format = (enum output_format)i;
            return true;
        }
    fail_with(error, PLUMB_USAGE, "there is no format %s", value);
    return advise(error, "%s",
                  drift ? "Write text, sql, json, prometheus or junit."
                        : "Write text, sql or json.");
}

static bool read_duration(const char *value, int *milliseconds, struct plumb_error *error)
{
    if (duration_parse(value, milliseconds) && *milliseconds > 0)
        return true;
    fail_with(error, PLUMB_USAGE, "%s is no duration", value);
    return advise(error, "Write 500ms, 5s or 2min.");
}

static bool set_lock_timeout(struct options *options, const char *value, struct plumb_error *error)
{
    return read_duration(value, &options->lock_timeout, error);
}

static bool set_question_timeout(struct options *options, const char *value,
                                 struct plumb_error *error)
{
    return read_duration(value, &options->question_timeout, error);
}

static bool set_jobs(struct options *options, const char *value, struct plumb_error *error)
{
    char *end;
    long jobs = strtol(value, &end, 10);

    if (*value && !*end && jobs > 0 && jobs <= 1000) {
        options->jobs = (size_t)jobs;
        return true;
    }
    fail_with(error, PLUMB_USAGE, "%s is no number of jobs", value);
    return advise(error, "Write a number from 1 to 1000.");
}

static bool set_to(struct options *options, const char *value, struct plumb_error *error)
{
    char *end;

    options->to = strtoll(value, &end, 10);
    if (end != value && !*end && options->to > 0)
        return true;
    fail_with(error, PLUMB_USAGE, "%s is no number of an entry", value);
    return advise(error, "plumb history TARGET lists the entries with their numbers.");
}

static bool set_ignore(struct options *options, const char *value, struct plumb_error *error)
{
    (void)error;
    return add_globs(options, &options->ignored, value);
}

/* Setters of options that are a text, or that are on once they are given. */
#define TEXT_OPTION(field)                                                                         \
    static bool set_##field(struct options *options, const char *value, struct plumb_error *error) \
    {                                                                                              \
        (void)error;                                                                               \
        options->field = value;                                                                    \
        return true;                                                                               \
    }
#define FLAG_OPTION(field)                                                                         \
    static bool set_##field(struct options *options, const char *value, struct plumb_error *error) \
    {                                                                                              \
        (void)value;                                                                               \
        (void)error;                                                                               \
        options->field = true;                                                                     \
        return true;                                                                               \
    }

TEXT_OPTION(split)
TEXT_OPTION(output)
TEXT_OPTION(config)
TEXT_OPTION(record)
TEXT_OPTION(plan)
TEXT_OPTION(out)
TEXT_OPTION(write_latest)
TEXT_OPTION(message)
TEXT_OPTION(notify)
FLAG_OPTION(ignore_column_order)
FLAG_OPTION(no_drop)
FLAG_OPTION(transactional)
FLAG_OPTION(no_data_check)
FLAG_OPTION(require_online)
FLAG_OPTION(no_record)
FLAG_OPTION(resume)
FLAG_OPTION(abandon)
FLAG_OPTION(adopt)
FLAG_OPTION(restore)
FLAG_OPTION(dry_run)
FLAG_OPTION(check)
FLAG_OPTION(show_diff)
FLAG_OPTION(all)
FLAG_OPTION(show_schema)
FLAG_OPTION(extension_versions)
FLAG_OPTION(yes)
FLAG_OPTION(quiet)
FLAG_OPTION(help)
FLAG_OPTION(version)

/* --- the table ------------------------------------------------------------------------------- */

struct row {
    const char *name;
    char letter;
    const char *argument; /* NULL: none */
    unsigned commands;
    bool (*set)(struct options *options, const char *value, struct plumb_error *error);
    const char *help;
};

static const struct row rows[] = {
    {"allow", 0, "HAZARD[=GLOB][,...]|all", FOR_RUN | FOR_DRIFT, set_allow,
     "apply steps with these hazards although they lose data; with =GLOB for these objects alone"},
    {"deny", 0, "HAZARD[:SIZE][,...]", FOR_RUN | FOR_DRIFT, set_deny,
     "refuse steps with these hazards, or only those on tables above a size"},
    {"require-online", 0, NULL, FOR_RUN | FOR_DRIFT, set_require_online,
     "refuse a plan that blocks who reads or writes an existing table for longer than an instant"},
    {"yes", 'y', NULL, FOR_RUN | FOR_DRIFT, set_yes, "apply without asking"},
    {"yes", 'y', NULL, FOR_PULL, set_yes, "write the files without asking"},
    {"check", 0, NULL, FOR_FMT, set_check,
     "name the files that are not laid out, and change nothing"},
    {"diff", 0, NULL, FOR_FMT, set_show_diff, "show what would be changed, and change nothing"},
    {"dry-run", 0, NULL, FOR_PULL, set_dry_run, "show what would be changed, and change nothing"},
    {"transactional", 0, NULL, FOR_RUN | FOR_DRIFT, set_transactional,
     "refuse a plan that does not fit into one transaction"},
    {"lock-timeout", 0, "DURATION", FOR_DIFF | FOR_RUN | FOR_DRIFT, set_lock_timeout,
     "how long a step may wait for a lock before the transaction is tried again (default 3s)"},
    {"no-data-check", 0, NULL, FOR_RUN | FOR_DRIFT, set_no_data_check,
     "do not look for rows that would make a step fail before the first one runs"},
    {"question-timeout", 0, "DURATION", FOR_RUN | FOR_DRIFT, set_question_timeout,
     "how long each look for such rows may take (default 10s)"},
    {"plan", 0, "FILE", FOR_APPLY, set_plan,
     "apply the plan that diff --out has written, and nothing else"},
    {"resume", 0, NULL, FOR_APPLY, set_resume,
     "go on after an interrupted apply (without WANTED: to what that one wanted)"},
    {"abandon", 0, NULL, FOR_APPLY, set_abandon,
     "say in the record that an interrupted apply stays as far as it came"},
    {"to", 0, "NUMBER", FOR_REVERT, set_to, "the entry of the record whose schema is wanted again"},
    {"write-latest", 0, "PATH", FOR_RUN, set_write_latest,
     "write the schema there afterwards: one file, or a folder that is there (or PATH/)"},
    {"message", 'm', "TEXT", FOR_RUN | FOR_BASELINE | FOR_DRIFT, set_message, "for the record"},
    {"record", 0, "FILE", FOR_RECORD | FOR_PULL, set_record,
     "keep the record in this file instead of in the database"},
    {"no-record", 0, NULL, FOR_DIFF | FOR_RUN | FOR_PULL, set_no_record,
     "keep no record and look at none"},
    {"out", 0, "FILE", FOR_DIFF, set_out,
     "write the plan as a file for apply --plan, and its SQL beside it"},
    {"adopt", 0, NULL, FOR_DRIFT, set_adopt,
     "also print the statements that bring the wanted files to what is there"},
    {"restore", 0, NULL, FOR_DRIFT, set_restore,
     "put back what was changed: shows that plan, asks, and applies it"},
    {"ignore", 0, "GLOB[,...]", FOR_DRIFT | FOR_STATUS, set_ignore,
     "objects of these paths may differ"},
    {"notify", 0, "COMMAND", FOR_DRIFT, set_notify,
     "run this where there is drift, with the JSON report on its standard input"},
    {"all", 0, NULL, FOR_EACH, set_all, "every environment of plumb.yaml"},
    {"jobs", 'j', "NUMBER", FOR_EACH, set_jobs,
     "with --all: how many at a time (default 4; apply and baseline 1: they stop where one fails)"},
    {"format", 'f', "text|sql|json|prometheus|junit", FOR_DRIFT, set_format,
     "how it is printed (default text)"},
    {"format", 'f', "text|sql|json", FOR_DIFF | FOR_RUN | FOR_HISTORY | FOR_STATUS, set_format,
     "how it is printed (diff: text on a terminal, else sql; others: text)"},
    {"split", 0, "FOLDER", FOR_DUMP, set_split,
     "write a folder with a file for each table, view, ... instead of one text"},
    {"extension-versions", 0, NULL, FOR_DUMP, set_extension_versions,
     "say which version of each extension is installed"},
    {"output", 'o', "FILE", FOR_DIFF | FOR_DUMP | FOR_DRIFT | FOR_HISTORY, set_output,
     "write there instead of to stdout"},
    {"manage", 0, "owners,privileges|all", FOR_COMPARE, set_manage,
     "compare owners or privileges also of what the wanted state does not speak of"},
    {"schema", 0, NULL, FOR_HISTORY, set_show_schema, "show the schema after the entry"},
    {"schema", 0, "GLOB[,...]", FOR_COMPARE, set_schema, "only these schemas"},
    {"exclude", 0, "GLOB[,...]", FOR_COMPARE, set_exclude, "leave out objects of these paths"},
    {"unmanaged", 0, "GLOB[,...]", FOR_CHANGE | FOR_PULL, set_unmanaged,
     "leave objects of these paths as the target has them, though WANTED may use them"},
    {"only", 0, "GLOB[,...]", FOR_CHANGE | FOR_PULL, set_only,
     "change objects of these paths alone"},
    {"no-drop", 0, NULL, FOR_CHANGE, set_no_drop, "drop nothing, and list what would be dropped"},
    {"ask", 0, "auto|never", FOR_COMPARE | FOR_HISTORY, set_ask,
     "whether the server may be asked if two expressions are equal"},
    {"scratch", 0, "URL", FOR_COMPARE, set_scratch,
     "an empty database that runs the files in place of plumb's own interpreter"},
    {"flavor", 0, "NAME[:VERSION]", FOR_COMPARE | FOR_FMT, set_flavor,
     "the server that files are for, where no database tells: postgres:17, mysql:8.4, mariadb:10.11"},
    {"osc", 0, "COMMAND", FOR_RUN, set_osc,
     "alter large tables by this command: gh-ost, pt-online-schema-change, ... with {table}, {alter}"},
    {"osc-min-size", 0, "SIZE", FOR_RUN, set_osc_minimum,
     "tables below this size are altered by the server all the same (default 0)"},
    {"ignore-column-order", 0, NULL, FOR_COMPARE, set_ignore_column_order,
     "on MySQL, let columns stand in any order"},
    {"config", 'c', "FILE", FOR_ALL, set_config,
     "configuration (default: plumb.yaml, if it is there)"},
    {"quiet", 'q', NULL, FOR_ALL, set_quiet,
     "no notes and no progress; drift prints only where there is drift"},
    {"version", 'V', NULL, FOR_ALL, set_version, "print the version"},
    {"help", 'h', NULL, FOR_ALL, set_help, "print this"},
};

enum { row_count = sizeof(rows) / sizeof(*rows) };

const char *const *option_names(struct arena *arena, unsigned command, size_t *count)
{
    const char **names = ARENA_ARRAY(arena, const char *, row_count + 1);

    *count = 0;
    for (size_t i = 0; i < row_count; i++)
        if (rows[i].commands & command)
            names[(*count)++] = rows[i].name;
    return names;
}

/* The last of the name: the others are for single commands, and not for the configuration. */
static const struct row *find_row(const char *name)
{
    for (size_t i = row_count; i-- > 0;)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

/* Another row of that name is the command's. */
static bool is_hidden(size_t number, unsigned command)
{
    for (size_t i = 0; i < row_count; i++)
        if (i != number && strcmp(rows[i].name, rows[number].name) == 0 &&
            (rows[i].commands & command))
            return !(rows[number].commands & command);
    return false;
}

bool option_describe(const char *name, unsigned command, struct option_text *text)
{
    for (size_t i = 0; i < row_count; i++)
        if ((rows[i].commands & command) && strcmp(rows[i].name, name) == 0) {
            *text = (struct option_text){rows[i].letter, rows[i].argument, rows[i].help};
            return true;
        }
    return false;
}

bool option_is_flag(const char *name)
{
    const struct row *row = find_row(name);

    return row && !row->argument;
}

bool option_set(struct options *options, const char *name, const char *value,
                struct plumb_error *error)
{
    const struct row *row = find_row(name);

    if (!row)
        return fail_with(error, PLUMB_USAGE, "there is no option %s", name);
    return row->set(options, value, error);
}

/* --- getopt ---------------------------------------------------------------------------------- */

static void make_getopt_table(struct option *table, char *letters, unsigned command)
{
    size_t count = 0;

    *letters++ = ':'; /* getopt tells a missing argument from an unknown option */
    for (int i = 0; i < row_count; i++) {
        if (is_hidden((size_t)i, command))
            continue;
        table[count++] =
            (struct option){.name = rows[i].name,
                            .has_arg = rows[i].argument ? required_argument : no_argument,
                            .val = 256 + i};
        if (!rows[i].letter)
            continue;
        *letters++ = rows[i].letter;
        if (rows[i].argument)
            *letters++ = ':';
    }
    *letters = '\0';
}

static const struct row *row_of_value(int value, unsigned command)
{
    if (value >= 256 && value < 256 + row_count)
        return &rows[value - 256];
    for (size_t i = 0; i < row_count; i++)
        if (rows[i].letter && rows[i].letter == value && !is_hidden(i, command))
            return &rows[i];
    return NULL;
}

static bool fail_unknown(struct options *options, unsigned command, const char *argument,
                         struct plumb_error *error)
{
    size_t count;
    const char *const *names = option_names(options->arena, command, &count);
    const char *name = argument + strspn(argument, "-");
    const char *nearest =
        nearest_name(arena_strndup(options->arena, name, strcspn(name, "=")), names, count);

    fail_with(error, PLUMB_USAGE, "unknown option %s",
              arena_strndup(options->arena, argument, strcspn(argument, "=")));
    if (nearest)
        advise(error, "Did you mean --%s?", nearest);
    else
        advise(error, "--help lists the options of each command.");
    return false;
}

/* An empty filter, from a variable that is not set, would mean all. */
static bool is_empty_filter(const struct row *row, const char *value)
{
    return row->argument && strcmp(row->argument, "GLOB[,...]") == 0 && !value[strspn(value, ", ")];
}

static bool take_option(struct options *options, unsigned command, int value, const char *argument,
                        struct plumb_error *error)
{
    const struct row *row = row_of_value(value == ':' ? optopt : value, command);

    if (value == '?' && optopt > 0 && optopt < 256) /* a letter, maybe one of several in a word */
        return fail_unknown(options, command, arena_printf(options->arena, "-%c", optopt), error);
    if (value == '?' && row_of_value(optopt, command))
        return fail_with(error, PLUMB_USAGE, "--%s takes no value",
                         row_of_value(optopt, command)->name);
    if (value == '?' || !row)
        return fail_unknown(options, command, argument, error);
    if (value == ':')
        return fail_with(error, PLUMB_USAGE, "--%s needs a value: %s", row->name, row->argument);
    if (!(row->commands & command))
        return fail_with(error, PLUMB_USAGE, "--%s is no option of this command", row->name);
    if (is_empty_filter(row, optarg))
        return fail_with(error, PLUMB_USAGE, "--%s names nothing", row->name);
    text_list_add(&options->given, options->arena, row->name);
    return row->set(options, arena_strdup(options->arena, optarg), error);
}

bool options_parse(struct options *options, unsigned command, int count, char **arguments,
                   struct plumb_error *error)
{
    struct option table[row_count + 1] = {0};
    char letters[2 * row_count + 2];
    int value;

    options->command = command;
    make_getopt_table(table, letters, command);
    opterr = 0;
    optind = 0; /* starts anew, also after an earlier command line */
    while ((value = getopt_long(count, arguments, letters, table, NULL)) != -1)
        if (!take_option(options, command, value, arguments[optind - 1], error))
            return false;
    for (int i = optind; i < count; i++)
        text_list_add(&options->states, options->arena, arena_strdup(options->arena, arguments[i]));
    return true;
}

/* --- out ------------------------------------------------------------------------------------- */

static const char *const *list_of(const struct options *options, const struct text_list *list)
{
    const char **items = ARENA_ARRAY(options->arena, const char *, list->count + 1);

    for (size_t i = 0; i < list->count; i++)
        items[i] = list->items[i];
    return items;
}

const char *const *list_or_null(const struct options *options, const struct text_list *list)
{
    return list->count ? list_of(options, list) : NULL;
}

struct plumb_load_options options_load(const struct options *options, const char *beside)
{
    return (struct plumb_load_options){.size = sizeof(struct plumb_load_options),
                                       .beside = beside,
                                       .flavor = options->flavor,
                                       .scratch = options->scratch,
                                       .unmanaged = list_or_null(options, &options->unmanaged),
                                       .control = options->control};
}

struct plumb_options options_compare(const struct options *options)
{
    struct plumb_options compare = {.size = sizeof(struct plumb_options),
                                    .must_match = list_of(options, &options->must_match),
                                    .record = options->record,
                                    .control = options->control,
                                    .no_record = options->no_record,
                                    .lock_timeout = options->lock_timeout,
                                    .reviewable = options->out != NULL,
                                    .shown_only = options->command == FOR_DIFF ||
                                                  options->command == FOR_HISTORY};
    struct text_list excludes = text_list_copy(&options->excludes, options->arena);

#define MANAGE(member, word) compare.member = options->member;
#define FLAG(member, word) compare.member = options->member;
#define GLOBS(member, word) compare.member = list_or_null(options, &options->member);
#include "plan/options.def"
    for (size_t i = 0; i < options->ignored.count; i++) /* what may drift is left out likewise */
        text_list_add(&excludes, options->arena, options->ignored.items[i]);
    compare.excludes = list_or_null(options, &excludes);
    return compare;
}
