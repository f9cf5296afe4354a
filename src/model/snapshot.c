/* A model as text and back. A line is a letter and values, separated by tabs: "=text" or "~" for none.
 * First comes what belongs to the model as a whole, then its objects as a tree walk: each with its
 * depth, its fields that hold anything, and what it needs; at last what the author wants renamed. */
#include "model/snapshot.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/fields.h"
#include "model/identity.h"

enum { format_version = 1, deepest = 64 };
enum {
    OBJECT_IMPLIED = 1,
    OBJECT_NAME_CHOSEN = 2,
    OBJECT_HAS_PATH = 4,
    OBJECT_ADOPTED = 8,
    OBJECT_DECLARED = 16,
};

static const char title[] = "plumb model";
static const char objects_line[] = "\nobjects\n";

/* The digest of the list of kinds and fields: a snapshot is read only by what has the same. */
static void print_kinds_digest(char text[33])
{
    struct digest_state *state = digest_begin();

    for (int kind = 0; kind < KIND_COUNT; kind++) {
        struct fields fields = kind_fields((enum kind)kind);

        digest_text(state, kind ? kind_word((enum kind)kind) : "");
        for (size_t i = 0; i < fields.count; i++) {
            digest_text(state, fields.items[i].name);
            digest_integer(state, fields.items[i].type);
        }
    }
    digest_print(digest_end(state), text);
}

/* --- writing --------------------------------------------------------------------------------- */

struct writer {
    struct buffer *out;
    struct arena *scratch;
    const struct text_list *path; /* the last one written */
};

static void put(struct writer *writer, const char *text)
{
    struct buffer *out = writer->out;

    buffer_append(out, text ? "\t=" : "\t~");
    while (text && *text) {
        size_t length = strcspn(text, "\\\t\n");

        buffer_append_bytes(out, text, length);
        text += length;
        if (!*text)
            break;
        buffer_append(out, *text == '\t' ? "\\t" : *text == '\n' ? "\\n" : "\\\\");
        text++;
    }
}

static void put_number(struct writer *writer, int64_t number)
{
    buffer_printf(writer->out, "\t=%" PRId64, number);
}

static void put_list(struct writer *writer, const struct text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        put(writer, list->items[i]);
}

static void put_sorted(struct writer *writer, const struct text_list *list)
{
    struct text_list sorted = text_list_copy(list, writer->scratch);

    text_list_sort(&sorted);
    put_list(writer, &sorted);
}

static void put_expression(struct writer *writer, const struct expression *expression)
{
    put(writer, expression->written);
    put(writer, expression->canonical);
    put_number(writer, expression->incomplete);
}

static bool is_kept(const struct object *object)
{
    return object && !object->removed;
}

static void put_field_value(struct writer *writer, const void *value, enum field_type type)
{
    const struct expression_list *expressions = value;
    const struct pointer_list *references = value;
    const struct object *referenced;

    switch (type) {
    case FIELD_TEXT:
        put(writer, *(const char *const *)value);
        break;
    case FIELD_FLAG:
        put_number(writer, *(const bool *)value);
        break;
    case FIELD_NUMBER:
        put_number(writer, *(const int64_t *)value);
        break;
    case FIELD_LIST:
    case FIELD_OPTIONS:
        put_list(writer, value);
        break;
    case FIELD_SET:
        put_sorted(writer, value);
        break;
    case FIELD_EXPRESSION:
        put_expression(writer, value);
        break;
    case FIELD_EXPRESSIONS:
        for (size_t i = 0; i < expressions->count; i++)
            put_expression(writer, &expressions->items[i]);
        break;
    case FIELD_REFERENCE:
        referenced = *(struct object *const *)value;
        put(writer, is_kept(referenced) ? referenced->key : NULL);
        break;
    case FIELD_REFERENCES:
        for (size_t i = 0; i < references->count; i++) {
            referenced = references->items[i];
            put(writer, is_kept(referenced) ? referenced->key : NULL);
        }
        break;
    }
}

static bool holds_something(const void *value, enum field_type type)
{
    switch (type) {
    case FIELD_TEXT:
        return *(const char *const *)value != NULL;
    case FIELD_FLAG:
        return *(const bool *)value;
    case FIELD_NUMBER:
        return *(const int64_t *)value != 0;
    case FIELD_LIST:
    case FIELD_OPTIONS:
    case FIELD_SET:
        return ((const struct text_list *)value)->count > 0;
    case FIELD_EXPRESSION:
        return ((const struct expression *)value)->written ||
               ((const struct expression *)value)->canonical;
    case FIELD_EXPRESSIONS:
        return ((const struct expression_list *)value)->count > 0;
    case FIELD_REFERENCE:
        return *(struct object *const *)value != NULL;
    case FIELD_REFERENCES:
        return ((const struct pointer_list *)value)->count > 0;
    }
    return false;
}

static void write_fields(struct writer *writer, const struct object *object)
{
    struct fields fields = kind_fields(object->kind);

    for (size_t i = 0; i < fields.count; i++) {
        const void *value = field_of(object, &fields.items[i]);

        if (!holds_something(value, fields.items[i].type))
            continue;
        buffer_append_char(writer->out, 'f');
        put(writer, fields.items[i].name);
        put_field_value(writer, value, fields.items[i].type);
        buffer_append_char(writer->out, '\n');
    }
}

static void write_needs(struct writer *writer, const struct object *object)
{
    struct text_list keys = {0};

    for (size_t i = 0; i < object->needs.count; i++) {
        const struct object *needed = object->needs.items[i];

        if (is_kept(needed))
            text_list_add(&keys, writer->scratch, needed->key);
    }
    if (!keys.count)
        return;
    buffer_append_char(writer->out, 'n');
    put_sorted(writer, &keys);
    buffer_append_char(writer->out, '\n');
}

/* Most objects of one file share a search path: it is written where it changes. */
static void write_path(struct writer *writer, const struct object *object)
{
    if (!object->search_path ||
        (writer->path && text_list_equal(writer->path, object->search_path)))
        return;
    buffer_append_char(writer->out, 'p');
    put_list(writer, object->search_path);
    buffer_append_char(writer->out, '\n');
    writer->path = object->search_path;
}

static int compare_keys(const void *a, const void *b)
{
    const struct object *x = *(struct object *const *)a;
    const struct object *y = *(struct object *const *)b;

    return strcmp(x->key, y->key);
}

static void write_objects(struct writer *writer, struct object **objects, size_t count, int depth);

static void write_children(struct writer *writer, const struct object *object, int depth)
{
    struct pointer_list children = {0};

    for (struct object *child = object->first_child; child; child = child->next_sibling)
        if (is_kept(child))
            pointer_list_add(&children, writer->scratch, child);
    if (children.count)
        write_objects(writer, (struct object **)children.items, children.count, depth);
}

static void write_object(struct writer *writer, const struct object *object, int depth)
{
    int flags =
        (object->implied ? OBJECT_IMPLIED : 0) | (object->name_chosen ? OBJECT_NAME_CHOSEN : 0) |
        (object->adopted ? OBJECT_ADOPTED : 0) | (object->search_path ? OBJECT_HAS_PATH : 0) |
        (object_is_declared(object) ? OBJECT_DECLARED : 0);

    write_path(writer, object);
    buffer_append_char(writer->out, 'o');
    put_number(writer, depth);
    put(writer, kind_word(object->kind));
    put(writer, object->name);
    put(writer, object->signature);
    put_number(writer, flags);
    put(writer, object->verbatim);
    buffer_append_char(writer->out, '\n');
    write_fields(writer, object);
    write_needs(writer, object);
    write_children(writer, object, depth + 1);
}

static void write_objects(struct writer *writer, struct object **objects, size_t count, int depth)
{
    qsort(objects, count, sizeof(*objects), compare_keys);
    for (size_t i = 0; i < count; i++)
        write_object(writer, objects[i], depth);
}

static void write_top(struct writer *writer, const struct model *model)
{
    struct pointer_list top = {0};

    for (size_t i = 0; i < model->count; i++)
        if (!model->objects[i]->parent && is_kept(model->objects[i]))
            pointer_list_add(&top, writer->scratch, model->objects[i]);
    if (top.count)
        write_objects(writer, (struct object **)top.items, top.count, 0);
}

static void write_renames(struct writer *writer, const struct model *model)
{
    for (size_t i = 0; i < model->rename_count; i++) {
        const struct rename_request *request = &model->renames[i];

        buffer_append_char(writer->out, 'r');
        put(writer, is_kept(request->object) ? request->object->key : NULL);
        put(writer, is_kept(request->enumeration) ? request->enumeration->key : NULL);
        put(writer, request->label);
        put(writer, request->former_name);
        if (request->certain)
            put(writer, "certain");
        buffer_append_char(writer->out, '\n');
    }
}

static void write_list_line(struct writer *writer, const char *letter, const struct text_list *list)
{
    buffer_append(writer->out, letter);
    put_list(writer, list);
    buffer_append_char(writer->out, '\n');
}

/* 0: nothing is said of them; 1: all are known; 2: some are named. */
static int privileges_number(const struct model *model)
{
    if (!model->speaks_of_privileges)
        return 0;
    return model->knows_privileges ? 1 : 2;
}

static void write_head(struct writer *writer, const struct model *model)
{
    char kinds[33];

    print_kinds_digest(kinds);
    buffer_printf(writer->out, "%s %d %s\nm", title, format_version, kinds);
    put_number(writer, model->server_version);
    put(writer, model->current_user);
    put_number(writer, model->speaks_of_owners);
    put_number(writer, privileges_number(model));
    buffer_append_char(writer->out, '\n');
    write_list_line(writer, "d", &model->default_path);
    write_list_line(writer, "t", &model->settings);
    buffer_append_char(writer->out, 's');
    put_sorted(writer, &model->schema_names);
    buffer_append_char(writer->out, '\n');
    buffer_append_char(writer->out, 'k');
    put_sorted(writer, &model->known_schemas);
    if (model->spared_schemas.count) {
        buffer_append(writer->out, "\na");
        put_sorted(writer, &model->spared_schemas);
    }
    if (model->partial)
        buffer_append(writer->out, "\nw");
    if (!model->not_run.count)
        return;
    buffer_append(writer->out, "\nu");
    put_list(writer, &model->not_run);
}

void snapshot_write(const struct model *model, struct buffer *out)
{
    struct writer writer = {.out = out, .scratch = arena_new()};

    write_head(&writer, model);
    buffer_append(out, objects_line);
    write_top(&writer, model);
    write_renames(&writer, model);
    buffer_append(out, "end\n");
    arena_free(writer.scratch);
}

struct digest snapshot_digest(const char *text)
{
    const char *objects = strstr(text, objects_line);
    struct digest_state *state;

    if (!objects)
        return (struct digest){0};
    state = digest_begin();
    digest_text(state, objects);
    return digest_end(state);
}

/* --- reading --------------------------------------------------------------------------------- */

/* A reference to be set once all objects are there. */
struct pending {
    void **place;
    const char *key;
};

struct reader {
    struct model *model;
    struct arena *scratch;
    struct map kinds; /* word -> the kind's number and one, as a pointer */
    struct object *above[deepest + 1];
    struct object *object;
    const struct text_list *path;
    struct pending *pending;
    size_t pending_count;
    size_t pending_room;
    struct text_list values; /* of the line */
    bool ended;
};

bool snapshot_is_readable(const char *text)
{
    char kinds[33];
    char line[96];

    print_kinds_digest(kinds);
    snprintf(line, sizeof(line), "%s %d %s\n", title, format_version, kinds);
    return strncmp(text, line, strlen(line)) == 0;
}

/* One value, unescaped, in the model's arena; *at moves behind it. NULL for none. */
static bool read_value(struct reader *reader, const char **at, const char *end)
{
    const char *from = *at + 1;
    const char *stop = memchr(from, '\t', (size_t)(end - from));
    char *value;
    char *to;

    stop = stop ? stop : end;
    *at = stop;
    if (stop - from == 1 && *from == '~') {
        text_list_add(&reader->values, reader->scratch, NULL);
        return true;
    }
    if (from == stop || *from != '=')
        return false;
    value = arena_strndup(reader->model->arena, from + 1, (size_t)(stop - from - 1));
    text_list_add(&reader->values, reader->scratch, value);
    if (!strchr(value, '\\'))
        return true;
    for (const char *read = to = value; *read; read++) {
        if (*read == '\\' && read[1]) {
            read++;
            *to++ = *read == 't' ? '\t' : *read == 'n' ? '\n' : *read;
        } else {
            *to++ = *read;
        }
    }
    *to = '\0';
    return true;
}

static bool read_values(struct reader *reader, const char *at, const char *end)
{
    reader->values.count = 0;
    while (at < end)
        if (*at != '\t' || !read_value(reader, &at, end))
            return false;
    return true;
}

static const char *value_at(const struct reader *reader, size_t number)
{
    return number < reader->values.count ? reader->values.items[number] : NULL;
}

static int64_t number_at(const struct reader *reader, size_t number)
{
    const char *value = value_at(reader, number);

    return value ? strtoll(value, NULL, 10) : 0;
}

/* The values from first on, as a list of the model. */
static struct text_list list_from(struct reader *reader, size_t first)
{
    struct text_list list = {0};

    for (size_t i = first; i < reader->values.count; i++)
        text_list_add(&list, reader->model->arena, value_at(reader, i) ? value_at(reader, i) : "");
    return list;
}

static void refer_later(struct reader *reader, void **place, const char *key)
{
    if (!key)
        return;
    if (reader->pending_count == reader->pending_room) {
        reader->pending_room = reader->pending_room ? reader->pending_room * 2 : 64;
        reader->pending =
            memory_resize(reader->pending, reader->pending_room * sizeof(*reader->pending));
    }
    reader->pending[reader->pending_count++] = (struct pending){place, key};
}

static bool read_model_line(struct reader *reader)
{
    struct model *model = reader->model;

    model->server_version = (int)number_at(reader, 0);
    model->current_user = value_at(reader, 1);
    model->speaks_of_owners = number_at(reader, 2) != 0;
    model->speaks_of_privileges = number_at(reader, 3) != 0;
    model->knows_privileges = number_at(reader, 3) == 1;
    return reader->values.count == 4;
}

static bool read_object(struct reader *reader)
{
    int64_t depth = number_at(reader, 0);
    int64_t flags = number_at(reader, 4);
    const char *word = value_at(reader, 1);
    uintptr_t kind = word ? (uintptr_t)map_get(&reader->kinds, word) : 0;
    const char *name = value_at(reader, 2);

    if (reader->values.count != 6 || !kind || !name || depth < 0 || depth >= deepest ||
        (depth > 0 && !reader->above[depth - 1]))
        return false;
    reader->object = model_add(reader->model, (enum kind)kind,
                               depth ? reader->above[depth - 1] : NULL, name, value_at(reader, 3));
    if (!reader->object)
        return false;
    reader->object->implied = flags & OBJECT_IMPLIED;
    reader->object->name_chosen = flags & OBJECT_NAME_CHOSEN;
    reader->object->adopted = flags & OBJECT_ADOPTED;
    reader->object->declared = flags & OBJECT_DECLARED;
    reader->object->search_path = flags & OBJECT_HAS_PATH ? reader->path : NULL;
    reader->object->verbatim = value_at(reader, 5);
    reader->above[depth] = reader->object;
    reader->above[depth + 1] = NULL;
    return true;
}

static struct expression expression_at(const struct reader *reader, size_t number)
{
    return (struct expression){.written = value_at(reader, number),
                               .canonical = value_at(reader, number + 1),
                               .incomplete = number_at(reader, number + 2) != 0};
}

static void read_expressions(struct reader *reader, struct expression_list *list)
{
    for (size_t i = 1; i + 2 < reader->values.count; i += 3)
        expression_list_add(list, reader->model->arena, expression_at(reader, i));
}

static void read_references(struct reader *reader, struct pointer_list *list)
{
    size_t count = reader->values.count - 1;

    list->items = ARENA_ARRAY(reader->model->arena, void *, count + 1);
    list->room = count + 1;
    for (size_t i = 0; i < count; i++)
        refer_later(reader, &list->items[i], value_at(reader, i + 1));
    list->count = count;
}

static void read_field_value(struct reader *reader, void *value, enum field_type type)
{
    switch (type) {
    case FIELD_TEXT:
        *(const char **)value = value_at(reader, 1);
        break;
    case FIELD_FLAG:
        *(bool *)value = number_at(reader, 1) != 0;
        break;
    case FIELD_NUMBER:
        *(int64_t *)value = number_at(reader, 1);
        break;
    case FIELD_LIST:
    case FIELD_SET:
    case FIELD_OPTIONS:
        *(struct text_list *)value = list_from(reader, 1);
        break;
    case FIELD_EXPRESSION:
        *(struct expression *)value = expression_at(reader, 1);
        break;
    case FIELD_EXPRESSIONS:
        *(struct expression_list *)value = (struct expression_list){0};
        read_expressions(reader, value);
        break;
    case FIELD_REFERENCE:
        refer_later(reader, value, value_at(reader, 1));
        break;
    case FIELD_REFERENCES:
        read_references(reader, value);
        break;
    }
}

static bool read_field(struct reader *reader)
{
    const char *name = value_at(reader, 0);
    int number = name && reader->object ? kind_field(reader->object->kind, name) : -1;
    const struct field *field;

    if (number < 0)
        return false;
    field = &kind_fields(reader->object->kind).items[number];
    read_field_value(reader, field_of(reader->object, field), field->type);
    return true;
}

static bool read_needs(struct reader *reader)
{
    struct pointer_list *needs;

    if (!reader->object || !reader->values.count)
        return false;
    needs = &reader->object->needs;
    needs->items = ARENA_ARRAY(reader->model->arena, void *, reader->values.count);
    needs->room = needs->count = reader->values.count;
    for (size_t i = 0; i < reader->values.count; i++)
        refer_later(reader, &needs->items[i], value_at(reader, i));
    return true;
}

static struct object *object_of_key(const struct reader *reader, const char *key)
{
    return key ? model_find_key(reader->model, key) : NULL;
}

/* Renames come after all objects. */
static bool read_rename(struct reader *reader)
{
    struct rename_request request = {.object = object_of_key(reader, value_at(reader, 0)),
                                     .enumeration = object_of_key(reader, value_at(reader, 1)),
                                     .label = value_at(reader, 2),
                                     .former_name = value_at(reader, 3),
                                     .certain = value_at(reader, 4) != NULL};

    if (!request.former_name || (!request.object && !(request.enumeration && request.label)))
        return false;
    model_request_rename(reader->model, request);
    return true;
}

static bool read_path(struct reader *reader)
{
    struct text_list *path = ARENA_NEW(reader->model->arena, struct text_list);

    *path = list_from(reader, 0);
    reader->path = path;
    return true;
}

static bool read_line(struct reader *reader, const char *line, const char *end)
{
    struct model *model = reader->model;

    if (end - line == 3 && strncmp(line, "end", 3) == 0)
        return reader->ended = true;
    if (end - line == 7 && strncmp(line, "objects", 7) == 0)
        return true;
    if (line == end || !read_values(reader, line + 1, end))
        return false;
    switch (*line) {
    case 'm':
        return read_model_line(reader);
    case 'd':
        model->default_path = list_from(reader, 0);
        return true;
    case 't':
        model->settings = list_from(reader, 0);
        return true;
    case 's':
        model->schema_names = list_from(reader, 0);
        return true;
    case 'k':
        model->known_schemas = list_from(reader, 0);
        return true;
    case 'a':
        model->spared_schemas = list_from(reader, 0);
        return true;
    case 'u':
        model->not_run = list_from(reader, 0);
        return true;
    case 'w':
        return model->partial = true;
    case 'p':
        return read_path(reader);
    case 'o':
        return read_object(reader);
    case 'f':
        return read_field(reader);
    case 'n':
        return read_needs(reader);
    case 'r':
        return read_rename(reader);
    default:
        return false;
    }
}

static bool read_lines(struct reader *reader, const char *text)
{
    const char *line = strchr(text, '\n') + 1;

    while (*line && !reader->ended) {
        const char *end = strchr(line, '\n');

        if (!end || !read_line(reader, line, end))
            return false;
        line = end + 1;
    }
    return reader->ended && !*line;
}

static bool set_references(struct reader *reader)
{
    for (size_t i = 0; i < reader->pending_count; i++) {
        *reader->pending[i].place = model_find_key(reader->model, reader->pending[i].key);
        if (!*reader->pending[i].place)
            return false;
    }
    return true;
}

struct model *snapshot_read(const char *text, const char *source, struct error *error)
{
    struct reader reader = {.model = model_new(source), .scratch = arena_new()};
    bool ok = snapshot_is_readable(text);

    reader.kinds = map_new(reader.scratch);
    for (int kind = 1; kind < KIND_COUNT; kind++)
        map_set(&reader.kinds, kind_word((enum kind)kind), (void *)(uintptr_t)kind);
    ok = ok && read_lines(&reader, text) && set_references(&reader);
    memory_free(reader.pending);
    arena_free(reader.scratch);
    if (ok)
        return reader.model;
    error_set(error, ERROR_REFUSED, "the stored schema of %s is damaged", source);
    model_free(reader.model);
    return NULL;
}
