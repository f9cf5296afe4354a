/* Questions about expressions over a table's columns. The temporary object hangs on a twin of the
 * table: a temporary table of the same bare name, made with LIKE and nothing INCLUDED, so that it has
 * the columns with their types and collations alone. Only ACCESS SHARE is taken on the table itself. Nothing
 * is asked in a way in which the server would plan an expression: the planner evaluates what is constant,
 * whoever's functions it calls. */
#include "postgres/ask/ask.h"

#include <string.h>

#include "core/buffer.h"
#include "core/list.h"
#include "postgres/sql/quote.h"
#include "postgres/sql/scan.h"

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
    return pg_qualify(arena, "pg_temp", object_present_name(relation));
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

/* --- policies ------------------------------------------------------------------------------------ */

static const struct reading policy_using = {"pg_get_expr(polqual, polrelid) FROM pg_policy",
                                            "polrelid", "polname"};

/* Expressions over the twin's columns become a policy: the planner never sees them, so that nothing of
 * them is evaluated (an index, a check or a generated column that is added to a table is planned). */
static void create_policy(struct arena *arena, struct question *question, const char *clause)
{
    set_twin(arena, question);
    question->create =
        arena_printf(arena, "CREATE POLICY " ASK_NAME " ON %s %s", question->twin, clause);
    question->wanted = read_text(arena, &policy_using, question->twin, ASK_NAME);
}

static void create_condition(struct arena *arena, struct question *question)
{
    create_policy(arena, question, arena_printf(arena, "USING (%s\n)", written_of(question)));
}

/* A policy is a condition: expressions of any type stand in one that prints them as they are. */
static void create_null_test(struct arena *arena, struct question *question, const char *present,
                             const char *expressions)
{
    create_policy(arena, question, arena_printf(arena, "USING ((%s\n) IS NOT NULL)", expressions));
    question->present = arena_printf(arena, "('(' || %s || ' IS NOT NULL)')", present);
}

static void create_row(struct arena *arena, struct question *question, const char *present,
                       const char *expressions)
{
    create_policy(arena, question,
                  arena_printf(arena, "USING (ROW(%s\n) IS NOT NULL)", expressions));
    question->present = arena_printf(arena, "('(ROW(' || %s || ') IS NOT NULL)')", present);
}

bool ask_policy_using(struct arena *arena, struct question *question)
{
    create_condition(arena, question);
    question->present =
        read_text(arena, &policy_using, question->relation, object_present_name(question->before));
    return true;
}

bool ask_policy_check(struct arena *arena, struct question *question)
{
    static const struct reading reading = {"pg_get_expr(polwithcheck, polrelid) FROM pg_policy",
                                           "polrelid", "polname"};

    create_policy(arena, question, arena_printf(arena, "WITH CHECK (%s\n)", written_of(question)));
    set_texts(arena, question, &reading, object_present_name(question->before), ASK_NAME);
    return true;
}

/* --- constraints and columns --------------------------------------------------------------------- */

bool ask_check(struct arena *arena, struct question *question)
{
    static const struct reading reading = {"pg_get_expr(conbin, conrelid) FROM pg_constraint",
                                           "conrelid", "conname"};

    create_condition(arena, question);
    question->present =
        read_text(arena, &reading, question->relation, object_present_name(question->before));
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
    return text_equal(as_column(before)->type, as_column(after)->type);
}

/* Set on a column that is there, a default is stored as it was understood. */
bool ask_default(struct arena *arena, struct question *question)
{
    const struct object *column = question->before->parent;

    if (!same_type(column, question->after->parent))
        return false;
    set_twin(arena, question);
    question->create =
        arena_printf(arena, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT (%s\n)", question->twin,
                     ask_present_name(arena, column), written_of(question));
    set_texts(arena, question, &column_expression, object_present_name(column),
              object_present_name(column));
    return true;
}

/* The conversion to the column's type is not printed. */
bool ask_generation(struct arena *arena, struct question *question)
{
    set_twin(arena, question);
    if (!same_type(question->before, question->after))
        return false;
    create_null_test(arena, question,
                     read_text(arena, &column_expression, question->relation,
                               object_present_name(question->before)),
                     written_of(question));
    return true;
}

/* --- indexes and partition keys ------------------------------------------------------------------ */

/* One past the parenthesis that closes the one at the beginning; 0 where the key is a column. */
static size_t expression_length(const char *key)
{
    size_t length = strlen(key);
    struct pg_token token;
    int depth = 0;

    for (size_t at = 0; *key == '(' && pg_scan_code(key, length, at, &token); at = token.end) {
        depth += pg_token_is(key, &token, "(") - pg_token_is(key, &token, ")");
        if (depth == 0)
            return token.end;
    }
    return 0;
}

/* The wanted expressions, if that is all that the keys differ in: columns, collations, operator classes
 * and orders have to be the same. NULL where they are not. */
static const char *join_expressions(struct arena *arena, const struct expression_list *before,
                                    const struct expression_list *after)
{
    struct buffer text = BUFFER_EMPTY;
    bool same = before->count == after->count;

    for (size_t i = 0; same && i < after->count; i++) {
        const char *old = before->items[i].written;
        const char *new = after->items[i].written;
        size_t length = expression_length(new);

        same = strcmp(old + expression_length(old), new + length) == 0;
        if (same && length) {
            buffer_separate(&text, 0, ", ");
            buffer_append_bytes(&text, new, length);
        }
    }
    if (same && text.length)
        return buffer_take(&text, arena);
    buffer_free(&text);
    return NULL;
}

static bool ask_keys(struct arena *arena, struct question *question, const char *present)
{
    const struct expression_list *before = field_of(question->before, question->field);
    const struct expression_list *after = field_of(question->after, question->field);
    const char *expressions = join_expressions(arena, before, after);

    if (!expressions)
        return false;
    create_row(arena, question, present, expressions);
    return true;
}

/* The index (also of a constraint) is in the schema of its table. */
static const char *present_index(struct arena *arena, const struct object *index)
{
    const struct object *relation = relation_of(index);
    const char *schema =
        relation->former_schema ? relation->former_schema : object_present_name(relation->parent);

    return pg_quote_literal(arena, pg_qualify(arena, schema, object_present_name(index)));
}

static const char *read_index(struct arena *arena, const struct question *question,
                              const char *column)
{
    return arena_printf(arena,
                        "(SELECT pg_get_expr(%s, indrelid) FROM pg_index"
                        " WHERE indexrelid = %s::regclass)",
                        column, present_index(arena, question->before));
}

bool ask_index_keys(struct arena *arena, struct question *question)
{
    return ask_keys(arena, question, read_index(arena, question, "indexprs"));
}

bool ask_index_predicate(struct arena *arena, struct question *question)
{
    create_condition(arena, question);
    question->present = read_index(arena, question, "indpred");
    return true;
}

bool ask_partition_keys(struct arena *arena, struct question *question)
{
    static const char format[] = "(SELECT pg_get_expr(partexprs, partrelid)"
                                 " FROM pg_partitioned_table WHERE partrelid = %s::regclass)";

    return ask_keys(arena, question,
                    arena_printf(arena, format, ask_present_literal(arena, question->before)));
}

/* --- triggers -------------------------------------------------------------------------------------- */

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
    set_texts(arena, question, &definition, object_present_name(question->before), ASK_NAME);
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
