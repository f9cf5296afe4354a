/* Views: CREATE and ALTER VIEW, whose queries stay as they were written. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/text/trim.h"
#include "core/text/letter_case.h"
#include "model/identity.h"
#include "mysql/interpret/internal.h"

/* The query's text without what blanks it ends with. */
static const char *query_text(struct my_interpreter *interpreter)
{
    const char *body = interpreter->statement->body;

    return arena_strndup(interpreter->arena, body, trim_statement(body, strlen(body)));
}

static void fill(struct my_interpreter *interpreter, struct object *object)
{
    const struct my_statement *statement = interpreter->statement;
    struct arena *arena = interpreter->arena;
    struct view *view = as_view(object);

    *view = (struct view){.object = *object};
    view->query.written = query_text(interpreter);
    view->columns = text_list_copy(&statement->columns, arena);
    view->settings = my_program_session(interpreter, false);
    if (statement->algorithm && strcmp(statement->algorithm, "UNDEFINED") != 0)
        my_option_set(arena, &view->options, "algorithm", text_lower(arena, statement->algorithm));
    if (statement->security && strcmp(statement->security, "INVOKER") == 0)
        my_option_set(arena, &view->options, "security", "invoker");
    if (statement->check_option)
        my_option_set(arena, &view->options, "check_option",
                      text_lower(arena, statement->check_option));
    my_set_owner(interpreter, object, &statement->definer);
    object->verbatim = statement->text;
}

/* True where ONLY_FULL_GROUP_BY may make the server refuse the query. */
static bool may_group(const char *query)
{
    for (const char *at = query; *at; at++)
        if (*at == '(' || strncasecmp(at, "group", 5) == 0 || strncasecmp(at, "distinct", 8) == 0)
            return true;
    return false;
}

/* The view's query is read again later, by plumb and by the server, and then in the mode that it was written in: the one
 * that the file sets, or that the server gives to whoever says nothing. */
static void keep_mode(struct my_interpreter *interpreter, struct object *object)
{
    const char *mode = my_session_value(interpreter, MY_SQL_MODE, "sql_mode", NULL);
    struct text_list *list;

    if (!mode || interpreter->from_server ||
        (!interpreter->statement->sql_mode &&
         !(strstr(mode, "ONLY_FULL_GROUP_BY") && may_group(as_view(object)->query.written))))
        return;
    list = ARENA_NEW(interpreter->arena, struct text_list);
    text_list_add(list, interpreter->arena, mode);
    object->search_path = list;
}

enum outcome my_create_view(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct object *schema = my_schema(interpreter, statement->name.schema, statement->name.offset);
    const char *name = my_table_name(interpreter, statement->name.name);
    struct object *view;

    if (!schema)
        return interpreter->outcome;
    view = my_find_relation(interpreter, schema, name);
    if (view && statement->if_not_exists)
        return OUTCOME_DONE;
    if (view && statement->or_replace && view->kind == KIND_VIEW)
        view->location = my_location(interpreter, statement->offset);
    else
        view = my_add(interpreter, KIND_VIEW, schema, name, statement->offset);
    if (!view)
        return interpreter->outcome;
    fill(interpreter, view);
    keep_mode(interpreter, view);
    return OUTCOME_DONE;
}

enum outcome my_drop_views(struct my_interpreter *interpreter)
{
    const struct my_statement *statement = interpreter->statement;
    struct pointer_list views = {0};

    for (size_t i = 0; i < statement->names.count; i++) {
        const struct my_name *name = statement->names.items[i];
        struct object *schema = my_schema(interpreter, name->schema, name->offset);
        struct object *view;

        if (!schema)
            return interpreter->outcome;
        view = model_find(interpreter->model, KIND_VIEW, schema,
                          my_table_name(interpreter, name->name), NULL);
        if (view)
            pointer_list_add(&views, interpreter->arena, view);
        else if (!statement->if_exists && !my_named(interpreter, KIND_VIEW, name))
            return interpreter->outcome;
    }
    for (size_t i = 0; i < views.count; i++)
        model_remove(interpreter->model, views.items[i]);
    return OUTCOME_DONE;
}
