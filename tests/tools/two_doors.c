/* Compares the model that SQL files give with the model of a database that ran them: two doors, one
 * model. Prints each object and field that differs, one a line.
 *
 *   two_doors [--kinds KIND,...] [--implied] [--manage] URL FILE...
 *   two_doors --list FILE...     prints the files' own model, unresolved
 *   two_doors --list URL         prints the database's
 *   two_doors --parse FILE...    only interprets and resolves them
 *
 * The dialect is the URL's; without one, that of --flavor mysql:9.7, or the first there is.
 * --implied compares what the server makes by itself as well (without reconciling the models);
 * --manage compares owners and privileges. Exit status: 0 equal, 2 different, 1 an error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dialect/dialect.h"
#include "model/fields.h"
#include "model/identity.h"

struct options {
    const struct dialect *dialect;
    const char *kinds;
    const char *flavor;
    bool implied;
    bool manage;
    bool list;
    bool parse;
};

static int report(const struct error *error)
{
    fprintf(stderr, "%s:%d:%d: %s\n", error->file, error->line, error->column, error->message);
    if (error->hint[0])
        fprintf(stderr, "hint: %s\n", error->hint);
    return 1;
}

static char *read_text(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t room = 0;

    *length = 0;
    if (!file)
        return NULL;
    do {
        room = room ? room * 2 : 65536;
        text = realloc(text, room);
        *length += fread(text + *length, 1, room - *length - 1, file);
    } while (*length == room - 1);
    text[*length] = '\0';
    fclose(file);
    return text;
}

static bool interpret_files(const struct options *options, char **paths, int count,
                            struct model *model, struct error *error)
{
    struct source_text *sources = calloc((size_t)count + 1, sizeof(*sources));
    bool done = true;

    if (options->flavor && !options->dialect->states->set_flavor(model, options->flavor))
        done = error_set(error, ERROR_USAGE, "there is no flavour %s", options->flavor);
    for (int i = 0; i < count && done; i++) {
        size_t length;
        char *text = read_text(paths[i], &length);

        sources[i] = (struct source_text){.file = paths[i], .text = text, .length = length};
        if (!text)
            done = error_set(error, ERROR_IO, "cannot read %s", paths[i]);
    }
    done = done && options->dialect->states->interpret(sources, (size_t)count, model, error);
    for (int i = 0; i < count; i++)
        free((void *)(size_t)sources[i].text);
    free(sources);
    return done;
}

static bool wanted_kind(const struct options *options, const struct object *object)
{
    const char *word = kind_word(object->kind);
    const char *found = options->kinds ? strstr(options->kinds, word) : NULL;
    size_t length = strlen(word);

    if (!options->manage && (object->kind == KIND_OWNER || object->kind == KIND_PRIVILEGE ||
                             object->kind == KIND_DEFAULT_PRIVILEGE))
        return false;
    if (!options->kinds)
        return true;
    for (; found; found = strstr(found + 1, word))
        if ((found == options->kinds || found[-1] == ',') &&
            (found[length] == ',' || found[length] == '\0'))
            return true;
    return false;
}

static void list_model(struct model *model, const struct options *options)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct object *object = model->objects[i];
        struct fields fields = kind_fields(object->kind);

        if (object->removed || !wanted_kind(options, object))
            continue;
        printf("%s%s\n", identity_print(model->arena, object), object->implied ? " (implied)" : "");
        for (size_t j = 0; j < fields.count; j++) {
            const char *value = field_print(model->arena, object, &fields.items[j]);

            if (value && *value && strcmp(value, "none") != 0 && strcmp(value, "no") != 0)
                printf("    %s: %s\n", fields.items[j].name, value);
        }
    }
}

/* The canonical text of expressions, which field_print need not show. */
static const char *value_text(struct model *model, const struct object *object,
                              const struct field *field)
{
    if (field->type == FIELD_EXPRESSION) {
        const struct expression *expression = field_of(object, field);

        return expression->canonical ? expression->canonical
               : expression->written ? expression->written
                                     : "";
    }
    return field_print(model->arena, object, field);
}

static int compare_fields(struct model *files, const struct object *mine, struct model *database,
                          const struct object *theirs)
{
    struct fields fields = kind_fields(mine->kind);
    uint64_t changed = fields_changed(mine, theirs);
    int differences = 0;

    for (size_t i = 0; i < fields.count; i++)
        if (changed >> i & 1) {
            printf("%s: %s: file <%s> database <%s>\n", identity_print(files->arena, mine),
                   fields.items[i].name, value_text(files, mine, &fields.items[i]),
                   value_text(database, theirs, &fields.items[i]));
            differences++;
        }
    if (mine->kind == KIND_COLUMN && mine->parent->kind == KIND_TABLE &&
        as_column(mine)->position != as_column(theirs)->position) {
        printf("%s: position: file <%d> database <%d>\n", identity_print(files->arena, mine),
               (int)as_column(mine)->position, (int)as_column(theirs)->position);
        differences++;
    }
    return differences;
}

static int compare(struct model *files, struct model *database, const struct options *options)
{
    int differences = 0;

    for (size_t i = 0; i < files->count; i++) {
        const struct object *mine = files->objects[i];
        const struct object *theirs = model_find_key(database, mine->key);

        if (mine->removed || !wanted_kind(options, mine))
            continue;
        if (theirs) {
            differences += compare_fields(files, mine, database, theirs);
            continue;
        }
        printf("only in the file: %s\n", identity_print(files->arena, mine));
        differences++;
    }
    for (size_t i = 0; i < database->count; i++) {
        const struct object *theirs = database->objects[i];

        if (theirs->removed || !wanted_kind(options, theirs) || model_find_key(files, theirs->key))
            continue;
        printf("only in the database: %s%s\n", identity_print(database->arena, theirs),
               theirs->implied ? " (implied)" : "");
        differences++;
    }
    return differences;
}

/* Files are meant for this very database: what it is set to holds for them. */
static bool read_database(const struct dialect *dialect, const char *url, struct model *model,
                          struct model *files, struct error *error)
{
    struct connection *connection = dialect->running->connect(url, error);
    bool done = connection && dialect->states->read(connection, model, error);

    if (done && !model->server_version)
        model->server_version = dialect->running->server_version(connection);
    if (done)
        files->settings = text_list_copy(&model->settings, files->arena);
    if (connection)
        dialect->running->close(connection);
    return done;
}

static int run(const struct options *options, char **arguments, int count)
{
    const struct dialect *dialect = options->dialect;
    struct model *files = model_new("files");
    struct model *database = model_new("database");
    struct manage manage = {.owners = options->manage, .privileges = options->manage};
    bool has_url = dialect_of_url(arguments[0]) != NULL;
    struct error error = {0};
    int status = 1;

    if (has_url && !read_database(dialect, arguments[0], database, files, &error))
        status = report(&error);
    else if (!interpret_files(options, arguments + has_url, count - has_url, files, &error))
        status = report(&error);
    else if (options->list) {
        list_model(has_url ? database : files, options);
        status = 0;
    } else if (!dialect->comparing->resolve(files, has_url ? database->server_version : 0,
                                            &error) ||
               !dialect->comparing->resolve(database, database->server_version, &error)) {
        status = report(&error);
    } else if (options->parse) {
        model_seal(files);
        status = 0;
    } else {
        if (!options->implied)
            dialect->comparing->reconcile(database, files, &manage);
        model_seal(files);
        model_seal(database);
        status = compare(files, database, options) ? 2 : 0;
    }
    model_free(files);
    model_free(database);
    return status;
}

int main(int count, char **arguments)
{
    struct options options = {0};
    int at = 1;

    for (; at < count && strncmp(arguments[at], "--", 2) == 0; at++) {
        if (strcmp(arguments[at], "--kinds") == 0 && at + 1 < count)
            options.kinds = arguments[++at];
        else if (strcmp(arguments[at], "--flavor") == 0 && at + 1 < count)
            options.flavor = arguments[++at];
        else if (strcmp(arguments[at], "--implied") == 0)
            options.implied = true;
        else if (strcmp(arguments[at], "--manage") == 0)
            options.manage = true;
        else if (strcmp(arguments[at], "--list") == 0)
            options.list = true;
        else if (strcmp(arguments[at], "--parse") == 0)
            options.parse = true;
        else
            at = count;
    }
    if (at >= count) {
        fprintf(stderr, "usage: two_doors [--kinds KIND,...] [--implied] [--manage] URL FILE...\n"
                        "       two_doors --list|--parse [--flavor mysql:9.7] URL|FILE...\n");
        return 1;
    }
    options.dialect = dialect_of_url(arguments[at]);
    if (!options.dialect)
        options.dialect = options.flavor ? dialect_of_flavor(options.flavor) : dialects[0];
    if (!options.dialect) {
        fprintf(stderr, "two_doors: there is no flavour %s\n", options.flavor);
        return 1;
    }
    return run(&options, arguments + at, count - at);
}
