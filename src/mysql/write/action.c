/* Clauses of ALTER TABLE in the words of what was tried on servers (facts/alter.h): which actions they are, and so which
 * ALGORITHM and LOCK the server takes for a statement, and which clauses it takes together. */
#include <string.h>
#include <strings.h>

#include "core/buffer.h"
#include "model/fields.h"
#include "mysql/write/write.h"

/* --- columns ---------------------------------------------------------------------------------------- */

static bool has_option(const struct object *column, const char *name)
{
    return my_option(&as_column(column)->options, name) != NULL;
}

static bool is_geometry(const char *type)
{
    static const char *const types[] = {"geom", "point", "line", "poly", "multi"};

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (strncasecmp(type, types[i], strlen(types[i])) == 0)
            return true;
    return false;
}

static enum my_alter_action added_column(const struct object *column)
{
    const char *generated = as_column(column)->generated;

    if (generated)
        return strcmp(generated, "virtual") == 0 ? MY_ALTER_ADD_COLUMN_VIRTUAL
                                                 : MY_ALTER_ADD_COLUMN_STORED;
    if (as_column(column)->auto_increment)
        return MY_ALTER_ADD_COLUMN_AUTO_INCREMENT;
    if (has_option(column, "srid"))
        return MY_ALTER_ADD_COLUMN_SRID;
    if (is_geometry(as_column(column)->type))
        return MY_ALTER_ADD_COLUMN_GEOMETRY;
    if (my_default_is_expression(column))
        return MY_ALTER_ADD_COLUMN_DEFAULT_EXPRESSION;
    return object_child(column, KIND_NOT_NULL, "") ? MY_ALTER_ADD_COLUMN_NOT_NULL
                                                   : MY_ALTER_ADD_COLUMN;
}

static void add_column_marks(const struct object *column, struct my_alter_actions *actions)
{
    if (object_child(column, KIND_CHECK, ""))
        my_alter_actions_add(actions, MY_ALTER_ADD_COLUMN_CHECK);
    if (has_option(column, "compressed"))
        my_alter_actions_add(actions, MY_ALTER_ADD_COLUMN_COMPRESSED);
    if (as_column(column)->invisible)
        my_alter_actions_add(actions, MY_ALTER_ADD_COLUMN_INVISIBLE);
}

static bool is_of_type(const struct object *column, const char *type)
{
    return strncasecmp(as_column(column)->type, type, strlen(type)) == 0;
}

static enum my_alter_action collation_action(const struct object *before,
                                             const struct object *after)
{
    const char *old = as_column(before)->collation;
    const char *new = as_column(after)->collation;
    size_t length = old ? strcspn(old, "_") : 0;

    if (!old || !new || strcspn(new, "_") != length || strncmp(old, new, length) != 0)
        return MY_ALTER_CHARACTER_SET;
    if (my_stands_in_key(before) || my_stands_in_key(after))
        return MY_ALTER_COLLATION_IN_KEY;
    if (strstr(as_column(after)->type, "text"))
        return MY_ALTER_COLLATION_TEXT;
    if (is_of_type(after, "enum") || is_of_type(after, "set"))
        return MY_ALTER_COLLATION_ENUM;
    return is_of_type(after, "char") ? MY_ALTER_COLLATION_CHAR : MY_ALTER_COLLATION_VARCHAR;
}

static enum my_alter_action type_action(const struct object *before, const struct object *after)
{
    if (my_varchar_grows_in_place(as_column(before), as_column(after)))
        return my_stands_in_key(before) ? MY_ALTER_VARCHAR_LONGER_IN_KEY : MY_ALTER_VARCHAR_LONGER;
    return my_choice_grows_in_place(as_column(before), as_column(after)) ? MY_ALTER_ENUM_LABEL_LAST
                                                                         : MY_ALTER_CHANGE_TYPE;
}

static bool same_child(const struct object *before, const struct object *after, enum kind kind)
{
    const struct object *old = object_child(before, kind, "");
    const struct object *new = object_child(after, kind, "");

    return old && new ? !fields_changed(old, new) : !old && !new;
}

static void changed_options(const struct object *before, const struct object *after,
                            struct my_alter_actions *actions)
{
    if (!text_equal(my_option(&as_column(before)->options, "srid"),
                    my_option(&as_column(after)->options, "srid")))
        my_alter_actions_add(actions, MY_ALTER_COLUMN_SRID);
    if (as_column(before)->invisible != as_column(after)->invisible)
        my_alter_actions_add(actions, MY_ALTER_COLUMN_INVISIBLE);
}

static void changed_column(const struct object *before, const struct object *after,
                           struct my_alter_actions *actions)
{
    uint64_t changed = fields_changed(before, after);
    const char *generated = as_column(after)->generated;

    my_alter_actions_add(actions, MY_ALTER_COLUMN_COMMENT);
    if (fields_has(changed, field_column_type))
        my_alter_actions_add(actions, type_action(before, after));
    if (fields_has(changed, field_column_collation))
        my_alter_actions_add(actions, collation_action(before, after));
    if (fields_has(changed, field_column_generated) || fields_has(changed, field_column_generation))
        my_alter_actions_add(actions, generated && strcmp(generated, "virtual") == 0
                                          ? MY_ALTER_GENERATION
                                          : MY_ALTER_GENERATION_STORED);
    if (!same_child(before, after, KIND_NOT_NULL))
        my_alter_actions_add(actions, object_child(after, KIND_NOT_NULL, "")
                                          ? MY_ALTER_SET_NOT_NULL
                                          : MY_ALTER_DROP_NOT_NULL);
    if (!same_child(before, after, KIND_DEFAULT))
        my_alter_actions_add(actions, MY_ALTER_MODIFY_DEFAULT);
    if (!same_child(before, after, KIND_CHECK))
        my_alter_actions_add(actions, MY_ALTER_COLUMN_CHECK);
    changed_options(before, after, actions);
}

static enum my_alter_action dropped_column(const struct object *column)
{
    const char *generated = as_column(column)->generated;

    if (!generated)
        return MY_ALTER_DROP_COLUMN;
    return strcmp(generated, "virtual") == 0 ? MY_ALTER_DROP_COLUMN_VIRTUAL
                                             : MY_ALTER_DROP_COLUMN_STORED;
}

/* --- clauses ---------------------------------------------------------------------------------------- */

/* Clauses that say by their words alone what they do. Of several that fit, the first counts. */
static const struct {
    const char *words;
    enum my_alter_action action;
} plain_clauses[] = {
    {"ADD FULLTEXT ", MY_ALTER_ADD_FULLTEXT},
    {"ADD SPATIAL ", MY_ALTER_ADD_SPATIAL},
    {"ADD UNIQUE ", MY_ALTER_ADD_UNIQUE},
    {"ADD KEY ", MY_ALTER_ADD_INDEX},
    {"ADD PRIMARY KEY", MY_ALTER_ADD_PRIMARY_KEY},
    {"DROP PRIMARY KEY", MY_ALTER_ADD_PRIMARY_KEY},
    {"DROP INDEX ", MY_ALTER_DROP_INDEX},
    {"RENAME INDEX ", MY_ALTER_RENAME_INDEX},
    {"ALTER INDEX ", MY_ALTER_HIDE_INDEX},
    {"DROP FOREIGN KEY ", MY_ALTER_DROP_FOREIGN_KEY},
    {"DROP CONSTRAINT ", MY_ALTER_DROP_CHECK},
    {"DROP CHECK ", MY_ALTER_DROP_CHECK},
    {"COMMENT=", MY_ALTER_TABLE_COMMENT},
    {"DEFAULT ", MY_ALTER_TABLE_COLLATION},
    {"STATS_", MY_ALTER_TABLE_STATISTICS},
    {"MAX_ROWS", MY_ALTER_TABLE_ROWS},
    {"MIN_ROWS", MY_ALTER_TABLE_ROWS},
    {"AVG_ROW_LENGTH", MY_ALTER_TABLE_ROWS},
    {"ROW_FORMAT=COMPRESSED", MY_ALTER_ROW_FORMAT_COMPRESSED},
    {"ROW_FORMAT", MY_ALTER_ROW_FORMAT},
    {"KEY_BLOCK_SIZE", MY_ALTER_ROW_FORMAT_COMPRESSED},
    {"ENGINE=", MY_ALTER_ENGINE},
    {"ADD SYSTEM VERSIONING", MY_ALTER_ADD_VERSIONING},
    {"ADD PERIOD ", MY_ALTER_ADD_PERIOD},
};

/* The object of that kind whose quoted name stands behind those words; NULL where the clause begins otherwise. */
static const struct object *named(const char *clause, const char *words, const struct object *table,
                                  enum kind kind)
{
    struct buffer name = BUFFER_EMPTY;
    const struct object *object;
    const char *at = clause + strlen(words);

    if (strncmp(clause, words, strlen(words)) != 0 || *at != '`')
        return NULL;
    for (at++; *at && (*at != '`' || at[1] == '`'); at++) {
        at += *at == '`';
        buffer_append_char(&name, *at);
    }
    object = object_child(table, kind, buffer_text(&name));
    buffer_free(&name);
    return object;
}

static bool ends_with_place(const char *clause)
{
    const char *after = strstr(clause, " AFTER `");
    size_t length = strlen(clause);

    if (length > 6 && strcmp(clause + length - 6, " FIRST") == 0)
        return true;
    return after && clause[length - 1] == '`';
}

static bool column_clause(const struct object *before, const struct object *after,
                          const char *clause, struct my_alter_actions *actions)
{
    const struct object *made = named(clause, "ADD COLUMN ", after, KIND_COLUMN);
    const struct object *changed = named(clause, "MODIFY COLUMN ", after, KIND_COLUMN);
    const struct object *dropped = named(clause, "DROP COLUMN ", before, KIND_COLUMN);
    const struct object *old =
        changed ? named(clause, "MODIFY COLUMN ", before, KIND_COLUMN) : NULL;

    if (made) {
        my_alter_actions_add(actions, added_column(made));
        add_column_marks(made, actions);
    }
    if (changed)
        changed_column(old ? old : changed, changed, actions);
    if (dropped)
        my_alter_actions_add(actions, dropped_column(dropped));
    if ((made || changed) && ends_with_place(clause))
        my_alter_actions_add(actions, made ? MY_ALTER_ADD_COLUMN_PLACED : MY_ALTER_MOVE_COLUMN);
    if (strncmp(clause, "ALTER COLUMN ", 13) == 0)
        my_alter_actions_add(actions, strstr(clause, " DROP DEFAULT") ? MY_ALTER_DROP_DEFAULT
                                                                      : MY_ALTER_SET_DEFAULT);
    return made || changed || dropped;
}

/* An index over what is computed, by the expression or by the column. */
static void index_clause(const struct object *after, const char *clause,
                         struct my_alter_actions *actions)
{
    const struct object *index = named(clause, "ADD KEY ", after, KIND_INDEX);

    if (!index)
        index = named(clause, "ADD UNIQUE KEY ", after, KIND_INDEX);
    for (size_t i = 0; index && i < as_index(index)->keys.count; i++)
        if (write_expression(&as_index(index)->keys.items[i])[0] == '(') {
            my_alter_actions_add(actions, MY_ALTER_ADD_INDEX_EXPRESSION);
            return;
        }
}

/* Adds what a clause does, in the words of what was tried; a clause that was not tried adds nothing. */
static void add_actions(const struct object *before, const struct object *after, const char *clause,
                        struct my_alter_actions *actions)
{
    if (column_clause(before, after, clause, actions))
        return;
    index_clause(after, clause, actions);
    for (size_t i = 0; i < sizeof(plain_clauses) / sizeof(*plain_clauses); i++)
        if (strncmp(clause, plain_clauses[i].words, strlen(plain_clauses[i].words)) == 0) {
            my_alter_actions_add(actions, plain_clauses[i].action);
            return;
        }
    if (strncmp(clause, "ADD ", 4) != 0)
        return;
    if (strstr(clause, "FOREIGN KEY ("))
        my_alter_actions_add(actions, MY_ALTER_ADD_FOREIGN_KEY);
    else if (strstr(clause, "CHECK (") && !strstr(clause, "NOT ENFORCED"))
        my_alter_actions_add(actions, MY_ALTER_ADD_CHECK);
}

/* --- tables ----------------------------------------------------------------------------------------- */

static uint64_t bit(enum my_table_trait trait)
{
    return UINT64_C(1) << trait;
}

static uint64_t part_traits(const struct object *part)
{
    const char *method = part->kind == KIND_INDEX ? as_index(part)->method : NULL;
    const char *generated = part->kind == KIND_COLUMN ? as_column(part)->generated : NULL;

    if (method && strcmp(method, "fulltext") == 0)
        return bit(MY_TABLE_FULLTEXT);
    if (method && strcmp(method, "spatial") == 0)
        return bit(MY_TABLE_SPATIAL);
    if (generated && strcmp(generated, "stored") == 0)
        return bit(MY_TABLE_STORED);
    if (generated && strcmp(generated, "virtual") == 0)
        return bit(MY_TABLE_VIRTUAL) | (my_stands_in_key(part) ? bit(MY_TABLE_VIRTUAL_KEY) : 0);
    if (part->kind == KIND_FOREIGN_KEY)
        return bit(MY_TABLE_FOREIGN_KEY);
    return part->kind == KIND_CHECK ? bit(MY_TABLE_CHECKED) : 0;
}

uint64_t my_table_traits(const struct object *table)
{
    const char *format = my_option(&as_table(table)->options, "row_format");
    uint64_t traits = bit(MY_TABLE_PLAIN);

    for (const struct object *child = table->first_child; child; child = child->next_sibling)
        traits |= part_traits(child);
    if (as_table(table)->partition_strategy)
        traits |= bit(MY_TABLE_PARTITIONED);
    if (my_is_system_versioned(table))
        traits |= bit(MY_TABLE_VERSIONED);
    if (!my_is_innodb(table))
        traits |= bit(MY_TABLE_MYISAM);
    if (my_option(&as_table(table)->options, "key_block_size") ||
        (format && strcasecmp(format, "compressed") == 0))
        return traits | bit(MY_TABLE_COMPRESSED);
    return format && (strcasecmp(format, "compact") == 0 || strcasecmp(format, "redundant") == 0)
               ? traits | bit(MY_TABLE_COMPACT)
               : traits;
}

/* --- statements ------------------------------------------------------------------------------------- */

static enum my_algorithm not_cheaper(enum my_algorithm algorithm, enum my_alter_way way)
{
    bool rewrites = algorithm == MY_INSTANT_OR_REBUILD || algorithm == MY_REBUILD ||
                    algorithm == MY_SHARED_REBUILD;

    switch (way) {
    case MY_WAY_INSTANT:
        return algorithm;
    case MY_WAY_INPLACE:
        return algorithm == MY_INSTANT              ? MY_INPLACE
               : algorithm == MY_INSTANT_OR_REBUILD ? MY_REBUILD
                                                    : algorithm;
    case MY_WAY_SHARED:
        if (algorithm >= MY_SHARED)
            return algorithm;
        return rewrites ? MY_SHARED_REBUILD : MY_SHARED;
    default:
        return algorithm < MY_COPY ? MY_COPY : algorithm;
    }
}

enum my_algorithm my_tried_algorithm(const struct step_sink *sink, const struct object *before,
                                     const struct object *after, const struct text_list *clauses,
                                     enum my_algorithm algorithm)
{
    struct my_alter_actions actions = {0};

    for (size_t i = 0; i < clauses->count; i++)
        add_actions(before, after, clauses->items[i], &actions);
    return not_cheaper(algorithm, my_alter_way(my_write_flavor(sink), &actions,
                                               my_table_traits(before) | my_table_traits(after)));
}

size_t my_joined_count(const struct step_sink *sink, const struct object *before,
                       const struct object *after, const struct text_list *clauses)
{
    struct my_alter_actions actions = {0};

    for (size_t i = 0; i < clauses->count; i++) {
        struct my_alter_actions more = actions;

        add_actions(before, after, clauses->items[i], &more);
        if (i && !my_alter_joins(my_write_flavor(sink), &more))
            return i;
        actions = more;
    }
    return clauses->count;
}
