/* What all of the interpreter's files use: reporting, adding and finding objects, names, options. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "core/text/letter_case.h"
#include "dialect/declaration.h"
#include "model/fields.h"
#include "model/identity.h"
#include "model/takeover.h"
#include "mysql/canon/canon.h"
#include "mysql/interpret/internal.h"

/* --- reporting -------------------------------------------------------------------------------- */

static void set_error(struct my_interpreter *interpreter, size_t offset, const char *format,
                      va_list arguments)
{
    error_set_list(interpreter->error, ERROR_SCHEMA, format, arguments);
    interpreter->error_offset = offset;
}

enum outcome my_fail(struct my_interpreter *interpreter, size_t offset, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    set_error(interpreter, offset, format, arguments);
    va_end(arguments);
    return interpreter->outcome = OUTCOME_FAILED;
}

enum outcome my_fail_existing(struct my_interpreter *interpreter, size_t offset, const char *format,
                              ...)
{
    va_list arguments;

    interpreter->exists = true;
    va_start(arguments, format);
    set_error(interpreter, offset, format, arguments);
    va_end(arguments);
    return interpreter->outcome = OUTCOME_FAILED;
}

enum outcome my_missing(struct my_interpreter *interpreter, size_t offset, const char *format, ...)
{
    va_list arguments;

    if (interpreter->rounds.reporting) {
        va_start(arguments, format);
        set_error(interpreter, offset, format, arguments);
        va_end(arguments);
    }
    return interpreter->outcome = OUTCOME_MISSING;
}

enum outcome my_failed_at(struct my_interpreter *interpreter, size_t offset)
{
    interpreter->error_offset = offset;
    return interpreter->outcome = OUTCOME_FAILED;
}

void my_note(struct my_interpreter *interpreter, const char *singular, const char *plural)
{
    notes_add(&interpreter->notes, interpreter->arena, singular, plural);
}

struct location my_location(struct my_interpreter *interpreter, size_t offset)
{
    struct my_file *file = interpreter->file;
    struct location place = {.file = file->name};

    if (file->name)
        place.line = lines_find(&file->lines, interpreter->arena, file->text, file->length, offset,
                                &place.column);
    return place;
}

/* --- adding ----------------------------------------------------------------------------------- */

void my_not_run(struct my_interpreter *interpreter, size_t offset, const char *what)
{
    declaration_not_run(interpreter->model, my_location(interpreter, offset), what);
}

static void report_duplicate(struct my_interpreter *interpreter, const struct object *existing,
                             size_t offset)
{
    my_fail_existing(interpreter, offset, "%s is declared twice",
                     identity_print(interpreter->arena, existing));
    declaration_hint(interpreter->error, "The other declaration is", existing);
}

/* Children whose names compare without case, and share one space of names within their table. */
static struct object *holder_of_name(struct my_interpreter *interpreter, struct object *parent,
                                     enum kind kind, const char *name)
{
    switch (kind) {
    case KIND_COLUMN:
    case KIND_INDEX:
    case KIND_CHECK:
    case KIND_PARTITION:
        return my_child(parent, kind, name);
    case KIND_TABLE:
    case KIND_VIEW:
    case KIND_SEQUENCE:
        return my_find_relation(interpreter, parent, name);
    default:
        return NULL;
    }
}

/* What was adopted and turns out to be declared: it becomes what the statement makes of it; another kind of relation in its
 * place goes. NULL: there is no such thing. */
static struct object *reclaim(struct my_interpreter *interpreter, struct object *existing,
                              enum kind kind)
{
    if (!existing || !existing->adopted)
        return NULL;
    if (existing->kind == kind) {
        object_reclaim(interpreter->model, existing);
        return existing;
    }
    model_remove(interpreter->model, existing);
    return NULL;
}

struct object *my_add(struct my_interpreter *interpreter, enum kind kind, struct object *parent,
                      const char *name, size_t offset)
{
    struct object *existing = holder_of_name(interpreter, parent, kind, name);
    struct object *object;

    if (!existing)
        existing = model_find(interpreter->model, kind, parent, name, NULL);
    object = reclaim(interpreter, existing, kind);
    if (!object && (!existing || existing->removed))
        object = model_add(interpreter->model, kind, parent, name, NULL);
    if (!object) {
        report_duplicate(interpreter, existing, offset);
        return NULL;
    }
    object->location = my_location(interpreter, offset);
    my_annotate(interpreter, object, offset);
    return object;
}

struct object *my_add_implied(struct my_interpreter *interpreter, enum kind kind,
                              struct object *parent, const char *name)
{
    struct object *object = model_add(interpreter->model, kind, parent, name, NULL);

    if (!object)
        object =
            reclaim(interpreter, model_find(interpreter->model, kind, parent, name, NULL), kind);
    if (object)
        object->location = my_location(interpreter, interpreter->statement->offset);
    else
        report_duplicate(interpreter, model_find(interpreter->model, kind, parent, name, NULL),
                         interpreter->statement->offset);
    return object;
}

/* Comments are utf8mb3: a character of four bytes becomes a question mark. What is too long is cut. */
static const char *storable(struct arena *arena, const char *text, size_t most_characters)
{
    struct buffer stored = BUFFER_EMPTY;
    size_t count = 0;

    for (const unsigned char *at = (const unsigned char *)text; *at && count < most_characters;
         count++) {
        size_t length = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : *at >= 0xC0 ? 2 : 1;

        length = strnlen((const char *)at, length);
        if (length == 4)
            buffer_append_char(&stored, '?');
        else
            buffer_append_bytes(&stored, at, length);
        at += length;
    }
    return buffer_take(&stored, arena);
}

void my_set_comment(struct my_interpreter *interpreter, struct object *object, const char *text,
                    size_t most_characters)
{
    struct object *comment = object_child(object, KIND_COMMENT, "");

    if (!text || !*text) {
        if (comment)
            model_remove(interpreter->model, comment);
        return;
    }
    if (!comment)
        comment = my_add_implied(interpreter, KIND_COMMENT, object, "");
    as_comment(comment)->text = storable(interpreter->arena, text, most_characters);
}

/* Escaped by backslashes, whatever the mode. */
static const char *unescape(struct arena *arena, const char *text)
{
    struct buffer plain = BUFFER_EMPTY;

    for (; *text; text++) {
        bool escaped = *text == '\\' && text[1];

        text += escaped;
        buffer_append_char(&plain, escaped && *text == 'n'   ? '\n'
                                   : escaped && *text == 'r' ? '\r'
                                                             : *text);
    }
    return buffer_take(&plain, arena);
}

void my_set_program_comment(struct my_interpreter *interpreter, struct object *object)
{
    const char *text = interpreter->statement->comment;

    if (!text)
        return;
    if (interpreter->from_server &&
        (interpreter->statement->sql_mode & MY_MODE_NO_BACKSLASH_ESCAPES))
        text = unescape(interpreter->arena, text);
    my_set_comment(interpreter, object, text, 65535);
}

/* user@host; the connection's own user is known only where a database is. */
static const char *print_definer(struct my_interpreter *interpreter,
                                 const struct my_definer *definer)
{
    if (!definer->host && strcasecmp(definer->user, "CURRENT_USER") == 0)
        return my_setting(interpreter->model, "current_user", NULL);
    if (!definer->host || !*definer->host)
        return arena_printf(interpreter->arena, "%s@%%", definer->user);
    return arena_printf(interpreter->arena, "%s@%s", definer->user, definer->host);
}

void my_set_owner(struct my_interpreter *interpreter, struct object *object,
                  const struct my_definer *definer)
{
    struct object *owner = object_child(object, KIND_OWNER, "");
    const char *role = definer->user ? print_definer(interpreter, definer) : NULL;

    if (!role) {
        if (owner)
            model_remove(interpreter->model, owner);
        return;
    }
    if (!owner)
        owner = my_add_implied(interpreter, KIND_OWNER, object, "");
    as_owner(owner)->role = role;
    interpreter->model->speaks_of_owners = true;
}

/* --- finding ---------------------------------------------------------------------------------- */

const char *my_table_name(struct my_interpreter *interpreter, const char *name)
{
    if (strcmp(my_setting(interpreter->model, "lower_case_table_names", "0"), "1") != 0)
        return name;
    return text_lower(interpreter->arena, name);
}

static struct object *other_database(struct my_interpreter *interpreter, const char *schema,
                                     size_t offset)
{
    my_fail(interpreter, offset, "%s is another database than the target's, which is %s", schema,
            interpreter->target);
    error_hint(
        interpreter->error,
        "Take the database out of the files, so that what they hold goes to the one that the "
        "URL names, or take %s out of the URL: then the files say which databases there are, "
        "and --schema %s leaves all others alone.",
        interpreter->target, schema);
    return NULL;
}

struct object *my_schema(struct my_interpreter *interpreter, const char *schema, size_t offset)
{
    const char *name = schema ? my_table_name(interpreter, schema) : interpreter->session->database;

    if (!name) {
        my_fail(interpreter, offset, "no database is selected");
        error_hint(interpreter->error,
                   "Write USE database; before the statement, or name the database in the URL.");
        return NULL;
    }
    if (interpreter->target && *interpreter->target && *name) {
        if (strcmp(name, interpreter->target) != 0)
            return other_database(interpreter, name, offset);
        name = "";
    }
    return my_interpreter_schema(interpreter, name, NULL);
}

struct object *my_find_relation(struct my_interpreter *interpreter, struct object *schema,
                                const char *name)
{
    static const enum kind kinds[] = {KIND_TABLE, KIND_VIEW, KIND_SEQUENCE};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        struct object *found = model_find(interpreter->model, kinds[i], schema, name, NULL);

        if (found)
            return found;
    }
    return NULL;
}

void my_hint_nearest(struct my_interpreter *interpreter, const struct object *parent,
                     enum kind kind, const char *name)
{
    const char *nearest = declaration_nearest(interpreter->arena, parent, kind, name);

    if (nearest)
        error_hint(interpreter->error, "Did you mean %s?", nearest);
}

struct object *my_named(struct my_interpreter *interpreter, enum kind kind,
                        const struct my_name *name)
{
    struct object *schema = my_schema(interpreter, name->schema, name->offset);
    const char *bare = my_table_name(interpreter, name->name);
    struct object *found;

    if (!schema)
        return NULL;
    found = model_find(interpreter->model, kind, schema, bare, NULL);
    if (found)
        return found;
    my_missing(interpreter, name->offset, "%s %s does not exist%s%s", kind_name(kind), bare,
               *schema->name ? " in the database " : "", schema->name);
    if (interpreter->rounds.reporting)
        my_hint_nearest(interpreter, schema, kind, bare);
    return NULL;
}

struct object *my_table(struct my_interpreter *interpreter, const struct my_name *name)
{
    return my_named(interpreter, KIND_TABLE, name);
}

struct object *my_child(const struct object *parent, enum kind kind, const char *name)
{
    for (struct object *child = parent->first_child; child; child = child->next_sibling)
        if (child->kind == kind && strcasecmp(child->name, name) == 0)
            return child;
    return NULL;
}

struct object *my_column(struct my_interpreter *interpreter, const struct object *table,
                         const char *name, size_t offset)
{
    struct object *column = my_child(table, KIND_COLUMN, name);

    if (column)
        return column;
    my_missing(interpreter, offset, "%s has no column %s",
               identity_print(interpreter->arena, table), name);
    if (interpreter->rounds.reporting)
        my_hint_nearest(interpreter, table, KIND_COLUMN, name);
    return NULL;
}

/* --- texts ------------------------------------------------------------------------------------ */

const char *my_written(struct my_interpreter *interpreter, const struct my_node *node)
{
    if (interpreter->statement->sql_mode) /* in which it means something else than in the plan's */
        return my_canon_expression(interpreter->arena, interpreter->flavor, node);
    return arena_strndup(interpreter->arena, interpreter->file->text + node->offset,
                         node->end - node->offset);
}

const char *my_session_value(const struct my_interpreter *interpreter,
                             enum my_session_variable variable, const char *setting,
                             const char *fallback)
{
    const char *value = interpreter->session->values[variable];

    return value ? value : my_setting(interpreter->model, setting, fallback);
}

bool my_is_strict(const struct my_interpreter *interpreter)
{
    const char *mode =
        my_session_value(interpreter, MY_SQL_MODE, "sql_mode", "STRICT_TRANS_TABLES");

    return !interpreter->from_server &&
           (strstr(mode, "STRICT_TRANS_TABLES") || strstr(mode, "STRICT_ALL_TABLES") ||
            strstr(mode, "TRADITIONAL"));
}

/* --- options ---------------------------------------------------------------------------------- */

const char *my_option_name(struct arena *arena, const char *name)
{
    char *lower = text_lower(arena, name);

    for (char *at = lower; *at; at++)
        if (*at == ' ')
            *at = '_';
    return lower;
}

static bool is_option(const char *option, const char *name)
{
    size_t length = strlen(name);

    return strncmp(option, name, length) == 0 && option[length] == '=';
}

void my_option_set(struct arena *arena, struct text_list *options, const char *name,
                   const char *value)
{
    struct text_list changed = {0};
    bool found = false;

    for (size_t i = 0; i < options->count; i++) {
        if (!is_option(options->items[i], name)) {
            text_list_add(&changed, arena, options->items[i]);
        } else {
            found = true;
            if (value)
                text_list_add(&changed, arena, arena_printf(arena, "%s=%s", name, value));
        }
    }
    if (!found && value)
        text_list_add(&changed, arena, arena_printf(arena, "%s=%s", name, value));
    *options = changed;
}

const char *my_option_get(const struct text_list *options, const char *name)
{
    for (size_t i = 0; i < options->count; i++)
        if (is_option(options->items[i], name))
            return options->items[i] + strlen(name) + 1;
    return NULL;
}

void my_list_replace(struct arena *arena, struct text_list *list, const char *old, const char *new)
{
    struct text_list changed = {0};

    for (size_t i = 0; i < list->count; i++) {
        if (strcasecmp(list->items[i], old) != 0)
            text_list_add(&changed, arena, list->items[i]);
        else if (new)
            text_list_add(&changed, arena, new);
    }
    *list = changed;
}

/* Both may grow afterwards without writing into each other's list. */
static void share_lists(struct object *object)
{
    struct fields fields = kind_fields(object->kind);

    for (size_t i = 0; i < fields.count; i++) {
        void *field = field_of(object, &fields.items[i]);

        switch (fields.items[i].type) {
        case FIELD_LIST:
        case FIELD_SET:
        case FIELD_OPTIONS:
            ((struct text_list *)field)->room = ((struct text_list *)field)->count;
            break;
        case FIELD_EXPRESSIONS:
            ((struct expression_list *)field)->room = ((struct expression_list *)field)->count;
            break;
        default:
            break;
        }
    }
}

void my_copy_fields(struct object *to, const struct object *from)
{
    size_t size = kind_fields(to->kind).size;

    memcpy((char *)to + sizeof(struct object), (const char *)from + sizeof(struct object),
           size - sizeof(struct object));
    share_lists(to);
}
