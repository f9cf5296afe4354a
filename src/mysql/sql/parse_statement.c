/* What a statement says besides its parts: views, bodies, indexes, changes of tables. */
#include <string.h>
#include <strings.h>

#include "mysql/sql/parse_build.h"

struct my_table *my_build_table(struct my_parse *parse)
{
    if (parse->statement->table == NULL)
        parse->statement->table = ARENA_NEW(parse->arena, struct my_table);
    return parse->statement->table;
}

void my_finish_table(struct my_parse *parse)
{
    struct my_table *table = my_build_table(parse);

    table->name = parse->statement->name;
    table->temporary = parse->statement->temporary;
    table->or_replace = parse->statement->or_replace;
    table->if_not_exists = parse->statement->if_not_exists;
}

void my_finish_view(struct my_parse *parse, const struct my_name *name, const my_texts *columns,
                    struct my_query *query, struct my_location place, const char *check_option)
{
    struct my_statement *statement = parse->statement;

    statement->name = *name;
    statement->columns = my_texts_of(columns);
    statement->query = query;
    statement->body_offset = place.offset;
    statement->body = my_text_at(parse, place);
    statement->check_option = check_option;
}

void my_finish_body(struct my_parse *parse, const struct my_token *body)
{
    parse->statement->body_offset = body->offset;
    parse->statement->body = my_text_at(parse, (struct my_location){body->offset, parse->length});
}

struct my_parameter *my_parameter_new(struct my_parse *parse, const char *mode, const char *name,
                                      const struct my_type *type, struct my_node *default_value)
{
    struct my_parameter *parameter = ARENA_NEW(parse->arena, struct my_parameter);

    parameter->mode = mode;
    parameter->name = name;
    parameter->type = *type;
    parameter->default_value = default_value;
    return parameter;
}

void my_create_index(struct my_parse *parse, struct my_location location, enum my_key_kind kind,
                     bool if_not_exists, const char *name, const char *using,
                     const struct my_name *table, const my_list *parts, const my_list *options)
{
    struct my_key *key = my_key_new(parse, location, name, using, parts, options);

    key->kind = kind;
    key->if_not_exists = if_not_exists;
    parse->statement->name = *table;
    my_add_change(parse,
                  my_change_element(parse, location, my_element_new(parse, MY_ELEMENT_KEY, key)));
}

void my_drop_index(struct my_parse *parse, struct my_location location, bool if_exists,
                   const char *name, const struct my_name *table)
{
    parse->statement->name = *table;
    if (strcasecmp(name, "PRIMARY") == 0)
        my_add_change(parse, my_change_new(parse, MY_DROP_PRIMARY_KEY, location));
    else
        my_add_change(parse, my_change_named(parse, location, MY_DROP_KEY, name, if_exists));
}

struct my_change *my_change_new(struct my_parse *parse, enum my_change_kind kind,
                                struct my_location location)
{
    struct my_change *change = ARENA_NEW(parse->arena, struct my_change);

    change->kind = kind;
    change->offset = my_source_offset(parse, location.offset);
    return change;
}

struct my_change *my_change_named(struct my_parse *parse, struct my_location location,
                                  enum my_change_kind kind, const char *name, bool if_exists)
{
    struct my_change *change = my_change_new(parse, kind, location);

    change->name = name;
    change->if_exists = if_exists;
    return change;
}

struct my_change *my_change_valued(struct my_parse *parse, struct my_location location,
                                   enum my_change_kind kind, const char *name, const char *value,
                                   bool if_exists)
{
    struct my_change *change = my_change_named(parse, location, kind, name, if_exists);

    change->value = value;
    return change;
}

struct my_change *my_change_renamed(struct my_parse *parse, struct my_location location,
                                    enum my_change_kind kind, const char *name,
                                    const char *new_name, bool if_exists)
{
    struct my_change *change = my_change_named(parse, location, kind, name, if_exists);

    change->new_name = new_name;
    return change;
}

struct my_change *my_change_option(struct my_parse *parse, struct my_location location,
                                   struct my_option *option)
{
    bool versioning = strcmp(option->name, "SYSTEM VERSIONING") == 0;
    struct my_change *change =
        my_change_new(parse, versioning ? MY_ADD_VERSIONING : MY_SET_OPTION, location);

    change->option = option;
    return change;
}

struct my_change *my_change_element(struct my_parse *parse, struct my_location location,
                                    const struct my_element *element)
{
    struct my_change *change = my_change_new(
        parse, element->kind == MY_ELEMENT_PERIOD ? MY_ADD_PERIOD : MY_ADD_ELEMENT, location);

    change->element = *element;
    return change;
}

struct my_change *my_change_column(struct my_parse *parse, struct my_location location,
                                   enum my_change_kind kind, const char *name,
                                   struct my_column *column, const char *place)
{
    struct my_change *change = my_change_new(parse, kind, location);

    change->name = name;
    change->element.kind = MY_ELEMENT_COLUMN;
    change->element.column = column;
    if (place != NULL) {
        column->place = *place == '\0' ? "FIRST" : "AFTER";
        column->place_after = *place == '\0' ? NULL : place;
    }
    return change;
}

struct my_change *my_build_partition_change(struct my_parse *parse, struct my_location location,
                                            enum my_change_kind kind, const my_texts *names,
                                            const char *count, const my_list *partitions)
{
    struct my_change *change = my_change_new(parse, kind, location);

    change->names = my_texts_of(names);
    change->partitioning = my_partitioning_new(parse, location, NULL, NULL, NULL);
    change->partitioning->count = count;
    change->partitioning->partitions = my_list_of(partitions);
    return change;
}

void my_add_change(struct my_parse *parse, struct my_change *change)
{
    pointer_list_add(&parse->statement->changes, parse->arena, change);
}

void my_add_elements(struct my_parse *parse, struct my_location location, const my_list *elements,
                     bool if_not_exists)
{
    for (size_t i = 0; i < elements->count; i++) {
        struct my_element *element = elements->items[i];

        if (element->kind == MY_ELEMENT_COLUMN)
            element->column->if_not_exists = if_not_exists;
        my_add_change(parse, my_change_element(parse, location, element));
    }
}
