/* Comments, of modelled and unmodelled objects alike. */
#include <string.h>

#include "postgres/catalog/catalog.h"

enum { COMMENT_CLASS, COMMENT_OID, COMMENT_NUMBER, COMMENT_TEXT };

/* Subscriptions (6100) belong to the cluster. The schema public (2200) is the one object of initdb that has a place in the model. */
static const char comments_sql[] =
    "SELECT d.classoid, d.objoid, d.objsubid, d.description FROM pg_catalog.pg_description d "
    "WHERE d.objoid >= " SQL_FIRST_OID " OR d.objoid = 2200 AND d.classoid = 2615 "
    "UNION ALL SELECT d.classoid, d.objoid, 0, d.description FROM pg_catalog.pg_shdescription d "
    "WHERE d.classoid = 6100";

static struct object *find_object(struct catalog *catalog, const struct row *row)
{
    enum catalog_class class_id = row_oid(row, COMMENT_CLASS);
    uint32_t oid = row_oid(row, COMMENT_OID);
    int number = (int)row_number(row, COMMENT_NUMBER);

    if (number)
        return class_id == CLASS_RELATION ? catalog_column_object(catalog, oid, number) : NULL;
    return catalog_get(catalog, class_id, oid, 0);
}

static bool is_initdb_comment(const struct object *object, const char *text)
{
    return object->kind == KIND_SCHEMA && strcmp(object->name, "public") == 0 &&
           strcmp(text, "standard public schema") == 0;
}

/* The index behind a constraint can have a comment besides the constraint's own: a second comment of
 * the constraint, named so. */
static bool is_of_constraint_index(const struct object *object, const struct row *row)
{
    return row_oid(row, COMMENT_CLASS) == CLASS_RELATION &&
           (object->kind == KIND_PRIMARY_KEY || object->kind == KIND_UNIQUE ||
            object->kind == KIND_EXCLUSION);
}

static void comment_row(struct catalog *catalog, const struct row *row)
{
    struct object *object = find_object(catalog, row);
    const char *text = row_text(catalog, row, COMMENT_TEXT);

    if (!object || is_initdb_comment(object, text))
        return;
    as_comment(catalog_add(catalog, KIND_COMMENT, object,
                           is_of_constraint_index(object, row) ? "index" : "", NULL))
        ->text = text;
}

const struct catalog_query catalog_comments = {
    .what = "comments", .sql = comments_sql, .row = comment_row};
