/* Edits of a CREATE TABLE statement (edit/table.c): commas, layouts, comments, clauses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "edit/table.h"

#define NONE ((size_t)NOWHERE)

/* Edits the statement and compares; expected NULL: it cannot be edited. */
static void expect_edit(const char *text, const char *before, const char *now, enum table_care care,
                        struct table_part *parts, size_t count, const char *expected)
{
    struct arena *arena = arena_new();
    struct text_changes changes = {0};
    const struct table_request request = {.layout = dialect_find("postgres")->layout,
                                          .arena = arena,
                                          .text = text,
                                          .to = strlen(text),
                                          .before = before,
                                          .now = now,
                                          .care = care,
                                          .options = true,
                                          .parts = parts,
                                          .count = count};

    assert_int_equal(expected != NULL, table_edit(&request, &changes));
    if (expected)
        assert_string_equal(expected, text_changed(arena, text, strlen(text), &changes));
    else
        assert_int_equal(0, changes.count);
    arena_free(arena);
}

static const char author[] = "CREATE TABLE t (\n"
                             "  a int4, -- first\n"
                             "  -- about b\n"
                             "  b text, -- second\n"
                             "  c varchar(9) UNIQUE -- last\n"
                             ");";
static const char before[] = "CREATE TABLE t (a integer, b text, c character varying(9))";

static void columns(void **state)
{
    struct table_part parts[] = {
        {.name = "b", .action = TABLE_PART_GONE, .place = NONE},
        {.name = "c", .action = TABLE_PART_CHANGED, .place = NONE},
        {.name = "d", .action = TABLE_PART_NEW, .place = NONE},
        {.name = "e", .action = TABLE_PART_NEW, .place = NONE},
    };

    (void)state;
    expect_edit(author, before,
                "CREATE TABLE t (a integer, e date, c character varying(9) NOT NULL, d date)",
                TABLE_BY_CLAUSE, parts, 4,
                "CREATE TABLE t (\n"
                "  a int4, -- first\n"
                "  e date,\n"
                "  c varchar(9) NOT NULL UNIQUE, -- last\n"
                "  d date\n"
                ");");
    parts[0].name = "c";
    expect_edit(author, before, "CREATE TABLE t (a integer, b text)", TABLE_BY_CLAUSE, parts, 1,
                "CREATE TABLE t (\n"
                "  a int4, -- first\n"
                "  -- about b\n"
                "  b text -- second\n"
                ");");
    parts[0] =
        (struct table_part){.name = "x", .action = TABLE_PART_NEW, .former = "b", .place = NONE};
    expect_edit("CREATE TABLE t (a int, b text)", before, "CREATE TABLE t (a integer, x text)",
                TABLE_BY_CLAUSE, parts, 1, "CREATE TABLE t (a int, x text)");
}

static void layouts(void **state)
{
    struct table_part parts[] = {
        {.name = "a", .action = TABLE_PART_GONE, .place = NONE},
        {.name = "d", .action = TABLE_PART_NEW, .place = NONE},
    };

    (void)state;
    expect_edit("CREATE TABLE t (a int, b int)", before, "CREATE TABLE t (b int, d int)",
                TABLE_BY_CLAUSE, parts, 2, "CREATE TABLE t (b int, d int)");
    expect_edit("CREATE TABLE t\n( a int\n, b int\n)", before, "CREATE TABLE t (b int, d int)",
                TABLE_BY_CLAUSE, parts + 1, 1, "CREATE TABLE t\n( a int\n, b int\n, d int\n)");
    parts[0].name = "b";
    expect_edit("CREATE TABLE t\n( a int\n, b int\n)", before, "CREATE TABLE t (a int)",
                TABLE_BY_CLAUSE, parts, 1, "CREATE TABLE t\n( a int\n)");
    expect_edit("CREATE TABLE t (a int, b int)", before,
                "CREATE TABLE t (a int) WITH (fillfactor=9)", TABLE_BY_CLAUSE, parts, 1,
                "CREATE TABLE t (a int) WITH (fillfactor=9)");
}

static void constraints(void **state)
{
    struct table_part parts[] = {
        {.name = "t_c_key", .action = TABLE_PART_GONE, .constraint = true, .place = 91},
        {.name = "k",
         .action = TABLE_PART_NEW,
         .constraint = true,
         .place = NONE,
         .element = "CONSTRAINT k CHECK (a > 0)"},
    };

    (void)state;
    parts[0].place = (size_t)(strstr(author, "UNIQUE") - author);
    expect_edit(author, before, before, TABLE_BY_CLAUSE, parts, 2,
                "CREATE TABLE t (\n"
                "  a int4, -- first\n"
                "  -- about b\n"
                "  b text, -- second\n"
                "  c varchar(9), -- last\n"
                "  CONSTRAINT k CHECK (a > 0)\n"
                ");");
    parts[0].place = 20; /* no constraint stands there */
    expect_edit(author, before, before, TABLE_BY_CLAUSE, parts, 1, NULL);
}

static void whole_elements(void **state)
{
    struct table_part part = {.name = "c", .action = TABLE_PART_CHANGED, .place = NONE};

    (void)state;
    expect_edit("CREATE TABLE t (a int, c varchar(9) UNIQUE)", before,
                "CREATE TABLE t (a integer, c text)", TABLE_BY_ELEMENT, &part, 1,
                "CREATE TABLE t (a int, c text UNIQUE)");
    expect_edit("CREATE TABLE t AS SELECT 1", before, before, TABLE_BY_CLAUSE, &part, 1, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns),
        cmocka_unit_test(layouts),
        cmocka_unit_test(constraints),
        cmocka_unit_test(whole_elements),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
