/* Questions about expressions over a table's columns. The temporary object hangs on a twin of the
 * table: a temporary table of the same bare name, made with LIKE and nothing INCLUDED, so that it has
 * the columns with their types and collations alone. Only ACCESS SHARE is taken on the table itself. */
#include "postgres/ask.h"

#include <string.h>

#include "core/buffer.h"

static const char *written_of(const struct question *question)
{
    return ((const struct expression *)field_of(question->after, question->field))->written;
}

/* The table, view or materialized view that the object hangs on. */
static const struct object *relation_of(const struct object *object)
{
    while (object->parent && object->parent->kind != KIND_SCHEMA)
        object = object->parent;
    return object;
}

static const char *bare_twin(struct arena *arena, const struct object *relation)
{
    return pg_qualify(arena, "pg_temp", ask_bare_name(relation));
}

static void set_twin(struct arena *arena, struct question *question)
{
    const struct object *relation = relation_of(question->before);

    question->relation = ask_present_name(arena, relation);
    question->twin = bare_twin(arena, relation);
}

/* How the server's text of an expression is read: by relation and name. */
struct reading {
    const char *text; /* what is selected, and from where */
    const char *relation_column;
    const char *name_column;
};

static const char *read_text(struct arena *arena, const struct reading *reading,
                             const char *relation, const char *name)
{
    return arena_printf(arena, "(SELECT %s WHERE %s = %s::regclass AND %s = %s)", reading->text,
                        reading->relation_column, pg_quote_literal(arena, relation),
                        reading->name_column, pg_quote_literal(arena, name));
}

/* name: the present object's bare name; wanted_name: the temporary one's. */
static void set_texts(struct arena *arena, struct question *question, const struct reading *reading,
                      const char *name, const char *wanted_name)
{
    question->present = read_text(arena, reading, question->relation, name);
    question->wanted = read_text(arena, reading, question->twin, wanted_name);
}

/* --- constraints and columns --------------------------------------------------------------------- */

bool ask_check(struct arena *arena, struct question *question)
{
    static const struct reading reading = {"pg_get_expr(conbin, conrelid) FROM pg_constraint",
                                           "conrelid", "conname"};

    set_twin(arena, question);
    question->create =
        arena_printf(arena, "ALTER TABLE %s ADD CONSTRAINT " ASK_NAME " CHECK (%s\n)",
                     question->twin, written_of(question));
    set_texts(arena, question, &reading, ask_bare_name(question->before), ASK_NAME);
    return true;
}

static const struct reading column_expression = {
    "pg_get_expr(adbin, adrelid) FROM pg_attrdef"
    " JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum",
    "adrelid", "attname"};

/* A default is converted to its column's type: where that changes too, the answer would be about the
 * present type. */
static bool same_type(const struct object *before, const struct object *after)
{
    const char *a = as_column(before)->type;
    const char *b = as_column(after)->type;

    return a == b || (a && b && strcmp(a, b) == 0);
}

bool ask_default(struct arena *arena, struct question *question)
{
    const struct object *column = question->before->parent;

    if (!same_type(column, question->after->parent))
        return false;
    set_twin(arena, question);
    question->create =
        arena_printf(arena, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT (%s\n)", question->twin,
                     ask_present_name(arena, column), written_of(question));
    set_texts(arena, question, &column_expression, ask_bare_name(column), ask_bare_name(column));
    return true;
}

/* Stored whatever it is to be: virtual ones print alike, and not every server has them. */
bool ask_generation(struct arena *arena, struct question *question)
{
    set_twin(arena, question);
    question->create = arena_printf(
        arena, "ALTER TABLE %s ADD COLUMN " ASK_NAME " %s GENERATED ALWAYS AS (%s\n) STORED",
        question->twin, as_column(question->before)->type, written_of(question));
    set_texts(arena, question, &column_expression, ask_bare_name(question->before), ASK_NAME);
    return true;
}

/* --- indexes and partition keys ------------------------------------------------------------------ */

static const char *join_keys(struct arena *arena, const struct expression_list *keys)
{
    struct buffer text = BUFFER_EMPTY;

    for (size_t i = 0; i < keys->count; i++) {
        buffer_separate(&text, 0, ", ");
        buffer_append(&text, keys->items[i].written);
    }
    return buffer_take(&text, arena);
}

static void create_index(struct arena *arena, struct question *question, const char *method,
                         const struct expression_list *keys, const char *predicate)
{
    set_twin(arena, question);
    question->create = arena_printf(arena, "CREATE INDEX " ASK_NAME " ON %s USING %s (%s)%s%s%s",
                                    question->twin, pg_quote_name(arena, method ? method : "btree"),
                                    join_keys(arena, keys), predicate ? " WHERE (" : "",
                                    predicate ? predicate : "", predicate ? "\n)" : "");
}

/* The index (also of a constraint) is in the schema of its table. */
static const char *present_index(struct arena *arena, const struct object *index)
{
    const struct object *relation = relation_of(index);
    const char *schema =
        relation->former_schema ? relation->former_schema : ask_bare_name(relation->parent);

    return pg_quote_literal(arena, pg_qualify(arena, schema, ask_bare_name(index)));
}

static bool ask_keys(struct arena *arena, struct question *question, const char *method,
                     const struct expression_list *keys)
{
    /* pg_get_indexdef of one key leaves out all but its expression. */
    static const char format[] =
        "(SELECT string_agg(concat_ws(' ', pg_get_indexdef(indexrelid, key, false),"
        " indcollation[key - 1], indclass[key - 1], indoption[key - 1], attoptions::text),"
        " ', ' ORDER BY key)"
        " FROM pg_index CROSS JOIN generate_series(1, indnkeyatts) AS key"
        " JOIN pg_attribute ON attrelid = indexrelid AND attnum = key"
        " WHERE indexrelid = %s::regclass)";

    create_index(arena, question, method, keys, NULL);
    question->present = arena_printf(arena, format, present_index(arena, question->before));
    question->wanted = arena_printf(arena, format, "'" ASK_RELATION "'");
    return true;
}

static bool ask_predicate(struct arena *arena, struct question *question, const char *method,
                          const struct expression_list *keys)
{
    static const char format[] = "(SELECT pg_get_expr(indpred, indrelid) FROM pg_index"
                                 " WHERE indexrelid = %s::regclass)";

    create_index(arena, question, method, keys, written_of(question));
    question->present = arena_printf(arena, format, present_index(arena, question->before));
    question->wanted = arena_printf(arena, format, "'" ASK_RELATION "'");
    return true;
}

bool ask_index_keys(struct arena *arena, struct question *question)
{
    const struct index *index = as_index(question->after);

    return ask_keys(arena, question, index->method, &index->keys);
}

bool ask_index_predicate(struct arena *arena, struct question *question)
{
    const struct index *index = as_index(question->after);

    return ask_predicate(arena, question, index->method, &index->keys);
}

bool ask_exclusion_keys(struct arena *arena, struct question *question)
{
    const struct exclusion *exclusion = as_exclusion(question->after);

    return ask_keys(arena, question, exclusion->method, &exclusion->keys);
}

bool ask_exclusion_predicate(struct arena *arena, struct question *question)
{
    const struct exclusion *exclusion = as_exclusion(question->after);

    return ask_predicate(arena, question, exclusion->method, &exclusion->keys);
}

/* The keys are a part of the table's own CREATE: the twin is made by the question itself. */
bool ask_partition_keys(struct arena *arena, struct question *question)
{
    const struct table *table = as_table(question->after);
    const char *twin = bare_twin(arena, question->before);

    if (!table->partition_strategy)
        return false;
    question->create =
        arena_printf(arena, "CREATE TEMPORARY TABLE %s (LIKE %s) PARTITION BY %s (%s)", twin,
                     ask_present_name(arena, question->before), table->partition_strategy,
                     join_keys(arena, &table->partition_keys));
    question->present = arena_printf(arena, "pg_get_partkeydef(%s::regclass)",
                                     ask_present_literal(arena, question->before));
    question->wanted =
        arena_printf(arena, "pg_get_partkeydef(%s::regclass)", pg_quote_literal(arena, twin));
    return true;
}

/* --- policies and triggers ----------------------------------------------------------------------- */

static bool ask_policy(struct arena *arena, struct question *question, const char *clause,
                       const struct reading *reading)
{
    set_twin(arena, question);
    question->create = arena_printf(arena, "CREATE POLICY " ASK_NAME " ON %s %s (%s\n)",
                                    question->twin, clause, written_of(question));
    set_texts(arena, question, reading, ask_bare_name(question->before), ASK_NAME);
    return true;
}

bool ask_policy_using(struct arena *arena, struct question *question)
{
    static const struct reading reading = {"pg_get_expr(polqual, polrelid) FROM pg_policy",
                                           "polrelid", "polname"};

    return ask_policy(arena, question, "USING", &reading);
}

bool ask_policy_check(struct arena *arena, struct question *question)
{
    static const struct reading reading = {"pg_get_expr(polwithcheck, polrelid) FROM pg_policy",
                                           "polrelid", "polname"};

    return ask_policy(arena, question, "WITH CHECK", &reading);
}

/* The condition stands in the trigger's definition only, between parts that differ: it is cut out of
 * the temporary one, whose other parts are known, and looked for in the present one. Whatever the
 * trigger's events are, AFTER UPDATE takes any condition. */
bool ask_trigger(struct arena *arena, struct question *question)
{
    static const struct reading definition = {"pg_get_triggerdef(oid) FROM pg_trigger", "tgrelid",
                                              "tgname"};

    set_twin(arena, question);
    question->create = arena_printf(arena,
                                    "CREATE TRIGGER " ASK_NAME " AFTER UPDATE ON %s FOR EACH ROW"
                                    " WHEN (%s\n) EXECUTE FUNCTION"
                                    " pg_catalog.suppress_redundant_updates_trigger()",
                                    question->twin, written_of(question));
    set_texts(arena, question, &definition, ask_bare_name(question->before), ASK_NAME);
    question->wanted =
        arena_printf(arena, "substring(%s, ' WHEN [(](.*)[)] EXECUTE FUNCTION [a-z_.]+[(][)]$')",
                     question->wanted);
    question->present =
        arena_printf(arena,
                     "(SELECT condition FROM (SELECT %s AS condition) AS wanted"
                     " WHERE strpos(%s, ' WHEN (' || condition || ') EXECUTE FUNCTION ') > 0)",
                     question->wanted, question->present);
    return true;
}
