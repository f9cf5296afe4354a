/* The SQL texts of a state. Each file is read once: one that another file of the state includes by
 * \i or \ir is run there, in the order and under the settings of its includer, as psql would; a
 * second mention of a file gives nothing. */
#include "load/sources.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "load/partial.h"
#include "model/identity.h"
#include "model/lending.h"

void sources_begin(struct sources *sources)
{
    memset(sources, 0, sizeof(*sources));
    sources->arena = arena_new();
    sources->by_identity = map_new(sources->arena);
}

void sources_free(struct sources *sources)
{
    if (sources->close)
        sources->close(sources);
    arena_free(sources->arena);
    memset(sources, 0, sizeof(*sources));
}

/* --- paths ----------------------------------------------------------------------------------- */

struct text_list split_commas(struct arena *arena, const char *text)
{
    struct text_list parts = {0};

    while (*text) {
        size_t length = strcspn(text, ",");

        if (length)
            text_list_add(&parts, arena, arena_strndup(arena, text, length));
        text += length;
        text += *text == ',';
    }
    return parts;
}

/* Takes the last part off a path that is being built; false where that would leave its root. */
static bool drop_last_part(struct buffer *path, bool absolute)
{
    const char *text = buffer_text(path);
    const char *slash = strrchr(text, '/');
    const char *last = slash ? slash + 1 : text;

    if (!*text || strcmp(last, "..") == 0)
        return false;
    if (slash)
        buffer_truncate(path, (size_t)(slash - text) ? (size_t)(slash - text) : (size_t)absolute);
    else
        buffer_truncate(path, 0);
    return true;
}

char *path_normalize(struct arena *arena, const char *path)
{
    struct buffer result = BUFFER_EMPTY;
    bool absolute = *path == '/';

    if (absolute)
        buffer_append_char(&result, '/');
    while (*path) {
        size_t length = strcspn(path, "/");
        bool up = length == 2 && strncmp(path, "..", 2) == 0;
        bool here = length == 0 || (length == 1 && *path == '.');

        if (!here && !(up && (drop_last_part(&result, absolute) || absolute))) {
            if (result.length > (size_t)absolute)
                buffer_append_char(&result, '/');
            buffer_append_bytes(&result, path, length);
        }
        path += length;
        path += *path == '/';
    }
    return buffer_take(&result, arena);
}

char *path_join(struct arena *arena, const char *folder, const char *path)
{
    size_t length = folder ? strlen(folder) : 0;

    if (!length || *path == '/')
        return arena_strdup(arena, path);
    return arena_printf(arena, folder[length - 1] == '/' ? "%s%s" : "%s/%s", folder, path);
}

char *path_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return arena_strdup(arena, "");
    return arena_strndup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

bool path_is_sql(const char *path)
{
    size_t length = strlen(path);

    return length > 4 && strcasecmp(path + length - 4, ".sql") == 0;
}

bool path_is_glob(const char *path)
{
    return strpbrk(path, "*?[") != NULL;
}

/* --- files ----------------------------------------------------------------------------------- */

bool source_set_text(struct source_file *file, const char *bytes, size_t length,
                     struct error *error)
{
    if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
        error_hint(error, "Save it as UTF-8.");
        return error_set(error, ERROR_IO, "%s is in UTF-16", file->name);
    }
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (memchr(bytes, '\0', length)) {
        error_hint(error, "plumb reads plain SQL; a dump in the custom format is none.");
        return error_set(error, ERROR_IO, "%s is not a text file: it holds a zero byte",
                         file->name);
    }
    file->text = bytes;
    file->length = length;
    return true;
}

static struct source_file *read_source(struct sources *sources, const char *identity,
                                       const char *name, struct error *error)
{
    struct source_file *file = ARENA_NEW(sources->arena, struct source_file);

    file->name = arena_strdup(sources->arena, name);
    file->identity = arena_strdup(sources->arena, identity);
    if (!sources->open(sources, file, error))
        return NULL;
    map_set(&sources->by_identity, file->identity, file);
    pointer_list_add(&sources->files, sources->arena, file);
    return file;
}

bool sources_add(struct sources *sources, const char *identity, const char *name,
                 struct error *error)
{
    struct source_file *file;

    if (map_get(&sources->by_identity, identity))
        return true;
    file = read_source(sources, identity, name, error);
    if (file)
        file->listed = true;
    return file != NULL;
}

static struct source_file *source_at(const struct sources *sources, size_t number)
{
    return sources->files.items[number];
}

/* Whether a file is run on its own. */
static bool is_run(const struct source_file *file)
{
    return file->listed && !file->included;
}

/* --- psql's own lines ------------------------------------------------------------------------ */

struct directive {
    bool include; /* else a line that means nothing to a schema, like \restrict */
    bool relative;
    char *path;
};

/* The argument of a directive: in quotes, or up to the next blank. */
static char *directive_argument(struct arena *arena, const char *text, const char *end)
{
    struct buffer argument = BUFFER_EMPTY;
    bool quoted;

    while (text < end && isblank((unsigned char)*text))
        text++;
    quoted = text < end && *text == '\'';
    for (text += quoted; text < end; text++) {
        if (quoted ? *text == '\'' : isspace((unsigned char)*text)) {
            if (!quoted || text + 1 == end || text[1] != '\'')
                break;
            text++;
        }
        buffer_append_char(&argument, *text);
    }
    return buffer_take(&argument, arena);
}

/* True when the line from text to end is one of psql's, not SQL. */
static bool read_directive(struct arena *arena, const char *text, const char *end,
                           struct directive *directive)
{
    static const char *const harmless[] = {"restrict", "unrestrict", "connect", "c",
                                           "set",      "unset",      "echo",    "pset",
                                           "timing",   "encoding"};
    const char *word;
    size_t length = 0;

    memset(directive, 0, sizeof(*directive));
    while (text < end && isblank((unsigned char)*text))
        text++;
    if (text == end || *text++ != '\\')
        return false;
    word = text;
    while (text < end && (isalpha((unsigned char)*text) || *text == '_'))
        text++;
    if (text == word && text < end && *text == '.') /* the mysql client's way to include */
        text++;
    length = (size_t)(text - word);
    directive->relative = (length == 1 && *word == '.') ||
                          (length == 2 && strncmp(word, "ir", 2) == 0) ||
                          (length == 16 && strncmp(word, "include_relative", 16) == 0);
    directive->include = directive->relative || (length == 1 && *word == 'i') ||
                         (length == 7 && strncmp(word, "include", 7) == 0);
    if (directive->include)
        directive->path = directive_argument(arena, text, end);
    for (size_t i = 0; i < sizeof(harmless) / sizeof(*harmless); i++)
        if (strlen(harmless[i]) == length && strncmp(word, harmless[i], length) == 0)
            return true;
    return directive->include;
}

static const char *line_end(const char *text, const char *end)
{
    const char *newline = memchr(text, '\n', (size_t)(end - text));

    return newline ? newline : end;
}

/* --- inclusion ------------------------------------------------------------------------------- */

static void mark_included_by(struct sources *sources, const struct source_file *from,
                             const struct directive *directive)
{
    const char *identity = NULL;
    const char *name = NULL;
    struct source_file *file;

    if (!sources->locate(sources, from->name, directive->path, directive->relative, &identity,
                         &name))
        return;
    file = map_get(&sources->by_identity, identity);
    if (file && file != from && file->listed)
        file->included = true;
}

/* Finds which files of the list others include. What looks like such a line may stand in a comment:
 * then nobody will fetch the file, and sources_interpret puts it back. */
static void mark_included(struct sources *sources)
{
    struct directive directive;

    for (size_t i = 0; i < sources->files.count; i++) {
        const struct source_file *file = source_at(sources, i);
        const char *end = file->text + file->length;

        if (!memchr(file->text, '\\', file->length))
            continue;
        for (const char *line = file->text; line < end; line = line_end(line, end) + 1)
            if (read_directive(sources->arena, line, line_end(line, end), &directive) &&
                directive.include)
                mark_included_by(sources, file, &directive);
    }
}

/* The file that a line includes: *file is NULL where it is run somewhere else already. */
static bool fetch(struct sources *sources, const char *from_file, const char *path, bool relative,
                  struct source_file **file, struct error *error)
{
    const char *identity = NULL;
    const char *name = NULL;

    *file = NULL;
    if (!sources->locate(sources, from_file, path, relative, &identity, &name)) {
        error_set(error, ERROR_IO, "no such file: %s", name ? name : path);
        error_hint(error, "%s names it.", from_file);
        return false;
    }
    *file = map_get(&sources->by_identity, identity);
    if (!*file) {
        *file = read_source(sources, identity, name, error);
        if (!*file)
            return false;
    } else if ((*file)->fetched || is_run(*file)) {
        *file = NULL;
        return true;
    }
    (*file)->fetched = true;
    return true;
}

/* No interpreter sees a secret. */
static const char *hidden_text(struct sources *sources, const char *text, size_t *length)
{
    return secret_hide(sources->arena, sources->syntax, text, length);
}

static char *include(void *context, const char *from_file, const char *path, bool relative,
                     size_t *length, struct error *error)
{
    struct source_file *file;
    const char *hidden;
    char *text;

    if (!fetch(context, from_file, path, relative, &file, error))
        return NULL;
    *length = file ? file->length : 0;
    hidden = file ? hidden_text(context, file->text, length) : "";
    text = memory_alloc(*length + 1);
    memcpy(text, hidden, *length);
    text[*length] = '\0';
    return text;
}

/* --- interpretation -------------------------------------------------------------------------- */

/* Puts back files that were held back for an includer that did not come; false when all came. */
static bool put_back_forgotten(struct sources *sources)
{
    bool any = false;

    for (size_t i = 0; i < sources->files.count; i++) {
        struct source_file *file = source_at(sources, i);

        if (file->included && !file->fetched) {
            file->included = false;
            any = true;
        }
    }
    for (size_t i = 0; any && i < sources->files.count; i++)
        source_at(sources, i)->fetched = false;
    return any;
}

static bool append_runnable(struct sources *sources, const struct source_file *file,
                            struct buffer *text, bool *whole, struct error *error)
{
    const char *end = file->text + file->length;
    struct directive directive;

    for (const char *line = file->text; line < end; line = line_end(line, end) + 1) {
        struct source_file *included = NULL;

        if (!read_directive(sources->arena, line, line_end(line, end), &directive))
            buffer_append_bytes(text, line, (size_t)(line_end(line, end) - line));
        else if (directive.include &&
                 !fetch(sources, file->name, directive.path, directive.relative, &included, error))
            return false;
        buffer_append_char(text, '\n');
        if (!included)
            continue;
        *whole = false;
        if (!append_runnable(sources, included, text, whole, error))
            return false;
    }
    return true;
}

/* The file's text for an interpreter that does not follow includes; NULL with an error. */
static const char *expanded_text(struct sources *sources, struct arena *arena,
                                 const struct source_file *file, struct error *error)
{
    struct buffer text = BUFFER_EMPTY;
    bool whole = true;
    bool ok = append_runnable(sources, file, &text, &whole, error);

    buffer_append(&text, "");
    if (!ok || whole) { /* nothing was put in: the text as it is */
        buffer_free(&text);
        return ok ? file->text : NULL;
    }
    return buffer_take(&text, arena);
}

void sources_look_for_partial(const struct sources *sources, struct model *model)
{
    for (size_t i = 0; i < sources->files.count; i++) {
        const struct source_file *file = source_at(sources, i);
        int astray;

        if (partial_is_said(file->text, file->length, &astray))
            model->partial = true;
        if (astray)
            text_list_add(&model->notes, model->arena,
                          arena_printf(model->arena,
                                       "%s:%d: plumb:partial means something only at the head of "
                                       "a file, before its first statement",
                                       file->name, astray));
    }
}

/* What is missing may be there, and somebody else's. */
static void hint_unmanaged(const struct model *model, struct error *error)
{
    const struct object *object = error->hint[0] ? NULL : lending_find_named(model, error->message);

    if (object)
        error_hint(error,
                   "The database has %s: --unmanaged lets files use what they do not declare.",
                   identity_print(model->arena, object));
}

static struct model *interpret_once(struct sources *sources, const char *state_name,
                                    const struct load_request *request, struct error *error)
{
    const struct model *target = request->target;
    struct model *model = model_new(state_name);
    struct source_text *texts =
        ARENA_ARRAY(model->arena, struct source_text, sources->files.count + 1);
    size_t count = 0;

    if (target) {
        model->target_version = target->server_version;
        model->default_path = text_list_copy(&target->default_path, model->arena);
        model->known_schemas = text_list_copy(&target->schema_names, model->arena);
        model->settings = text_list_copy(&target->settings, model->arena);
        model->lender = target;
        model->lent = request->unmanaged;
        model->offers = text_list_copy(&target->offers, model->arena);
    }
    sources_look_for_partial(sources, model);
    for (size_t i = 0; i < sources->files.count; i++) {
        const struct source_file *file = source_at(sources, i);
        const char *text;
        size_t length;

        if (!is_run(file))
            continue;
        text = file->text;
        if (!request->dialect->states->follows_includes) {
            text = expanded_text(sources, model->arena, file, error);
            if (!text) {
                model_free(model);
                return NULL;
            }
        }
        length = text == file->text ? file->length : strlen(text);
        text = hidden_text(sources, text, &length);
        /* Locations in the model keep the name. */
        texts[count++] = (struct source_text){.file = arena_strdup(model->arena, file->name),
                                              .text = text,
                                              .length = length,
                                              .include = include,
                                              .include_context = sources};
    }
    if (request->flavor && !request->dialect->states->set_flavor(model, request->flavor)) {
        error_set(error, ERROR_USAGE, "%s is no flavour of %s", request->flavor,
                  request->dialect->name);
    } else if (request->dialect->states->interpret(texts, count, model, error)) {
        model->lender = NULL;
        model->lent = NULL;
        return model;
    } else {
        hint_unmanaged(model, error);
    }
    model_free(model);
    return NULL;
}

struct model *sources_interpret(struct sources *sources, const char *state_name,
                                const struct load_request *request, struct error *error)
{
    struct model *model;

    sources->syntax = request->dialect->secret_syntax;
    mark_included(sources);
    for (;;) {
        struct error problem = {0};

        model = interpret_once(sources, state_name, request, &problem);
        if (put_back_forgotten(sources)) {
            model_free(model);
            continue;
        }
        if (!model && error->code == ERROR_NONE)
            *error = problem;
        return model;
    }
}

/* --- for a server ---------------------------------------------------------------------------- */

bool sources_each(struct sources *sources,
                  bool (*visit)(void *context, const char *file, bool whole, const char *text,
                                struct error *error),
                  void *context, struct error *error)
{
    bool ok = true;

    mark_included(sources);
    for (size_t i = 0; ok && i < sources->files.count; i++) {
        const struct source_file *file = source_at(sources, i);
        struct buffer text = BUFFER_EMPTY;
        bool whole = true;

        if (!is_run(file))
            continue;
        ok = append_runnable(sources, file, &text, &whole, error) &&
             visit(context, file->name, whole, buffer_text(&text), error);
        buffer_free(&text);
    }
    return ok;
}
