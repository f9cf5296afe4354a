/* Constants that are names: regclass, regtype, regproc, regconfig, ... The server keeps what they name, not the text, and
 * nothing can be made that names what is not there. */
#include "postgres/canon/internal.h"

#include <ctype.h>
#include <string.h>

#include "utils/builtins.h"

#include "postgres/types/types.h"

/* Splits "Schema".name into two names folded as SQL folds them; false when it is no such name. */
static bool split_name(const char *text, char **schema, char **name)
{
    char *parts[2];
    int count = 0;
    size_t at = 0;

    while (isspace((unsigned char)text[at]))
        at++;
    while (count < 2) {
        int length = tree_name_length(text, (int)at);
        char *part, *to;

        if (!length)
            return false;
        part = to = palloc((size_t)length + 1);
        for (int i = 0; i < length; i++) {
            char letter = text[at + (size_t)i];

            if (text[at] != '"')
                *to++ = (char)tolower((unsigned char)letter);
            else if (letter != '"' || (i && i + 1 < length && text[at + (size_t)i - 1] == '"' &&
                                       to > part && to[-1] != '"'))
                *to++ = letter;
        }
        *to = '\0';
        parts[count++] = part;
        at += (size_t)length;
        if (text[at] != '.')
            break;
        at++;
    }
    while (isspace((unsigned char)text[at]))
        at++;
    if (text[at])
        return false;
    *schema = count == 2 ? parts[0] : NULL;
    *name = parts[count - 1];
    return true;
}

/* Only a plain literal is rewritten in the author's text. */
static void edit_literal(struct analyzer *analyzer, const Node *source, const char *text,
                         const char *replacement)
{
    int offset = source ? ((const A_Const *)source)->location : -1;
    const char *at = analyzer->text + (offset < 0 ? 0 : offset);

    if (offset >= 0 && *at == '\'' && strncmp(at + 1, text, strlen(text)) == 0 &&
        at[strlen(text) + 1] == '\'')
        analyze_edit(analyzer, offset, (int)strlen(text) + 2, psprintf("'%s'", replacement));
}

static const char *qualified(const char *schema, const char *name)
{
    return psprintf("%s.%s", pstrdup(quote_identifier(schema)), quote_identifier(name));
}

/* 'seq'::regclass: qualified, and rewritten so in the author's text. */
static const char *normal_regclass(struct analyzer *analyzer, const char *text, const Node *source)
{
    struct pg_relation *relation;
    char *schema, *name;
    const char *result, *print_schema, *print_name;

    if (!split_name(text, &schema, &name))
        return text;
    relation = pg_universe_relation(analyzer->universe, schema, name);
    if (!relation) {
        if (!isdigit((unsigned char)text[0]))
            analyze_incomplete(analyzer, "no relation %s", text);
        return text;
    }
    if (relation->user)
        analyze_depend(analyzer, (struct pg_dependency){.kind = PG_DEPENDS_RELATION,
                                                        .schema = relation->schema,
                                                        .name = relation->name,
                                                        .relation = relation});
    print_schema = relation->print_schema ? relation->print_schema : relation->schema;
    print_name = relation->print_name ? relation->print_name : relation->name;
    if (strcmp(relation->schema, "pg_catalog") == 0)
        return pstrdup(quote_identifier(print_name));
    result = qualified(print_schema, print_name);
    if (!schema || relation->print_name || relation->print_schema)
        edit_literal(analyzer, source, text, result);
    return result;
}

static const char *normal_regtype(struct analyzer *analyzer, const char *text)
{
    struct error error = {0};
    int32_t typmod;
    const struct pg_type *type;
    struct buffer buffer = BUFFER_EMPTY;
    char *result;

    if (isdigit((unsigned char)text[0]))
        return text;
    type = pg_resolve_type(analyzer->universe, text, &typmod, &error);
    if (!type) {
        analyze_incomplete(analyzer, "no type %s", text);
        return text;
    }
    analyze_depend_type(analyzer, type);
    pg_append_type(&buffer, type, -1);
    result = pstrdup(buffer_text(&buffer));
    buffer_free(&buffer);
    return result;
}

/* 'my_english'::regconfig: an object that has no kind. */
static const char *normal_named(struct analyzer *analyzer, const char *class_name, const char *text,
                                const Node *source)
{
    char *schema, *name;
    const char *found, *result;

    if (!split_name(text, &schema, &name))
        return text;
    found = analyze_named(analyzer, class_name, schema, name);
    if (!found)
        return schema && strcmp(schema, "pg_catalog") == 0 ? pstrdup(quote_identifier(name)) : text;
    result = qualified(found, name);
    if (!schema)
        edit_literal(analyzer, source, text, result);
    return result;
}

static void see_function(void *object, int place, void *context)
{
    const struct pg_function **found = context;

    (void)place;
    if (!*found)
        *found = object;
}

/* 'app.total'::regproc: depends on what has that name. */
static const char *normal_regproc(struct analyzer *analyzer, const char *text, const Node *source)
{
    const struct pg_function *function = NULL;
    char *schema, *name;
    const char *result;

    if (!split_name(text, &schema, &name))
        return text;
    universe_functions(analyzer->universe, schema, name, see_function, &function);
    if (!function)
        return text;
    if (!function->user)
        return pstrdup(quote_identifier(name));
    analyze_depend(analyzer, (struct pg_dependency){.kind = PG_DEPENDS_FUNCTION,
                                                    .schema = function->schema,
                                                    .name = function->name});
    result = qualified(function->print_schema ? function->print_schema : function->schema,
                       function->print_name ? function->print_name : function->name);
    if (!schema || function->print_name || function->print_schema)
        edit_literal(analyzer, source, text, result);
    return result;
}

/* "integer, text" as the server prints it: "integer,text". NULL where a type is not known. */
static const char *normal_signature(struct analyzer *analyzer, const char *types)
{
    struct buffer buffer = BUFFER_EMPTY;
    char *copy = pstrdup(types), *rest = NULL;
    const char *result = NULL;
    bool known = true;

    for (char *item = strtok_r(copy, ",", &rest); item && known;
         item = strtok_r(NULL, ",", &rest)) {
        struct error error = {0};
        int32_t typmod;
        const struct pg_type *type = pg_resolve_type(analyzer->universe, item, &typmod, &error);

        known = type != NULL;
        if (!type)
            continue;
        analyze_depend_type(analyzer, type);
        buffer_separate(&buffer, 0, ",");
        pg_append_type(&buffer, type, -1);
    }
    if (known)
        result = pstrdup(buffer_text(&buffer));
    buffer_free(&buffer);
    return result;
}

/* "(integer, text)" at the end of the text; NULL where there is none, or a type is not known. */
static const char *read_signature(struct analyzer *analyzer, const char *text)
{
    const char *open = strchr(text, '(');
    const char *close = open ? strrchr(open, ')') : NULL;
    const char *types;

    if (!close)
        return NULL;
    types = tree_text(open + 1, (size_t)(close - open - 1));
    if (!types[strspn(types, " ")])
        return "()";
    types = normal_signature(analyzer, types);
    return types ? psprintf("(%s)", types) : NULL;
}

/* 'app.total(integer)'::regprocedure */
static const char *normal_regprocedure(struct analyzer *analyzer, const char *text,
                                       const Node *source)
{
    const char *name = normal_regproc(analyzer, tree_text(text, strcspn(text, "(")), NULL);
    const char *signature = read_signature(analyzer, text);

    if (!signature)
        return text;
    name = psprintf("%s%s", name, signature);
    edit_literal(analyzer, source, text, name);
    return name;
}

/* 'app.===(integer,integer)'::regoperator, 'app.==='::regoper: no name that could be quoted. */
static const char *normal_regoper(struct analyzer *analyzer, const char *text, const Node *source)
{
    const char *whole = tree_text(text, strcspn(text, "("));
    const char *dot = strrchr(whole, '.');
    const char *name = dot ? dot + 1 : whole;
    const char *signature = strchr(text, '(') ? read_signature(analyzer, text) : "";
    char *schema = NULL, *last;
    const char *found, *result;

    if (dot &&
        (!split_name(psprintf("%s.x", tree_text(whole, (size_t)(dot - whole))), &schema, &last) ||
         !schema))
        return text;
    found = analyze_named(analyzer, "operator", schema, name);
    if (!found || !signature)
        return text;
    result = psprintf("%s.%s%s", quote_identifier(found), name, signature);
    edit_literal(analyzer, source, text, result);
    return result;
}

const char *literal_name(struct analyzer *analyzer, const struct pg_type *type, const char *text,
                         const Node *source)
{
    static const struct {
        const char *type;
        const char *class_name;
    } named[] = {{"regconfig", "text search configuration"},
                 {"regdictionary", "text search dictionary"},
                 {"regcollation", "collation"}};

    if (isdigit((unsigned char)text[0]) || strcmp(text, "-") == 0)
        return text;
    if (universe_type_is(type, "regclass"))
        return normal_regclass(analyzer, text, source);
    if (universe_type_is(type, "regtype"))
        return normal_regtype(analyzer, text);
    if (universe_type_is(type, "regproc"))
        return normal_regproc(analyzer, text, source);
    if (universe_type_is(type, "regprocedure"))
        return normal_regprocedure(analyzer, text, source);
    if (universe_type_is(type, "regoper") || universe_type_is(type, "regoperator"))
        return normal_regoper(analyzer, text, source);
    for (size_t i = 0; i < lengthof(named); i++)
        if (universe_type_is(type, named[i].type))
            return normal_named(analyzer, named[i].class_name, text, source);
    return text;
}
