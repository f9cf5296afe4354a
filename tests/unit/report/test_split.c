/* A dump as a folder (report/split.c): where things go, in which order main.sql includes them, and what happens to
 * what is in the folder already. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/report.h"

static const struct dialect_scripts fake_scripts = {
    .include_command = "ir",
};

static const struct dialect fake = {
    .name = "fake",
    .scripts = &fake_scripts,
};
static char folder[64];
static struct model *to;
static struct object *schema;
static struct plan plan;
static struct text_list left;

static int begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/plumb-split-XXXXXX");
    assert_non_null(mkdtemp(folder));
    to = model_new("new");
    schema = model_add(to, KIND_SCHEMA, NULL, "app", NULL);
    plan = (struct plan){.arena = arena_new(), .dialect = &fake, .to = to};
    return 0;
}

static int end(void **state)
{
    char command[128];

    (void)state;
    arena_free(plan.arena);
    model_free(to);
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

static void add_step(const struct object *object, const char *sql)
{
    step_list_add(&plan.steps, plan.arena,
                  (struct step){.sql = sql, .action = ACTION_CREATE, .object = object});
}

static struct object *add_table(const char *name)
{
    return model_add(to, KIND_TABLE, schema, name, NULL);
}

static void assert_file(const char *name, const char *expected)
{
    char path[256];
    char text[2048] = "";
    FILE *stream;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    stream = fopen(path, "r");
    if (!stream)
        fail_msg("%s is not there", name);
    assert_true(fread(text, 1, sizeof(text) - 1, stream) || !*expected);
    fclose(stream);
    assert_string_equal(text, expected);
}

static bool is_there(const char *name)
{
    char path[256];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

static void split(void)
{
    struct error error = {0};

    left = (struct text_list){0};
    if (!report_split(&plan, folder, &left, plan.arena, &error))
        fail_msg("%s", error.message);
}

#define HEADER                                                                                     \
    "-- Written by plumb dump --split: the database's own client runs this file, in its folder.\n"

/* The view needs a table that comes later by name; a key refers to a later table. */
static void test_order(void **state)
{
    struct object *orders = add_table("orders");
    struct object *users = add_table("users");
    struct object *key = model_add(to, KIND_FOREIGN_KEY, orders, "fk", NULL);
    struct object *odd = model_add(to, KIND_VIEW, schema, "a/b view", NULL);

    (void)state;
    as_foreign_key(key)->table = users;
    model_need(to, odd, users);
    model_seal(to);
    step_list_add(&plan.before, plan.arena, (struct step){.sql = "SET x = 1"});
    add_step(schema, "CREATE SCHEMA app");
    add_step(orders, "CREATE TABLE app.orders ()");
    add_step(users, "CREATE TABLE app.users ()");
    add_step(odd, "CREATE VIEW ...");
    add_step(key, "ALTER TABLE app.orders ADD ...");
    split();
    assert_file("main.sql", HEADER "SET x = 1;\n"
                                   "\\ir schemas/app/schema.sql\n"
                                   "\\ir schemas/app/tables/users.sql\n"
                                   "\\ir schemas/app/views/a%2Fb%20view.sql\n"
                                   "\\ir schemas/app/tables/orders.sql\n");
    assert_file("schemas/app/tables/orders.sql",
                "CREATE TABLE app.orders ();\n\nALTER TABLE app.orders ADD ...;\n");
}

static void test_cycle(void **state)
{
    struct object *a = add_table("a");
    struct object *b = add_table("b");
    struct object *from_a = model_add(to, KIND_FOREIGN_KEY, a, "to_b", NULL);
    struct object *from_b = model_add(to, KIND_FOREIGN_KEY, b, "to_a", NULL);

    (void)state;
    as_foreign_key(from_a)->table = b;
    as_foreign_key(from_b)->table = a;
    model_seal(to);
    add_step(a, "CREATE TABLE a");
    add_step(b, "CREATE TABLE b");
    add_step(from_a, "ALTER TABLE a");
    add_step(from_b, "ALTER TABLE b");
    split();
    assert_file("main.sql", HEADER "\\ir schemas/app/tables/a.sql\n"
                                   "\\ir schemas/app/tables/b.sql\n"
                                   "\\ir cycles.sql\n");
    assert_file("schemas/app/tables/b.sql", "CREATE TABLE b;\n\nALTER TABLE b;\n");
    assert_file("cycles.sql", "ALTER TABLE a;\n");
}

static void test_again(void **state)
{
    struct object *a = add_table("a");

    (void)state;
    model_seal(to);
    add_step(schema, "CREATE SCHEMA app");
    add_step(a, "CREATE TABLE a");
    split();
    assert_true(is_there("schemas/app/tables/a.sql"));
    plan.steps.count = 1;
    split();
    assert_file("main.sql", HEADER "\\ir schemas/app/schema.sql\n");
    assert_false(is_there("schemas/app/tables"));
    assert_true(is_there("schemas/app"));
}

static void put_file(const char *name, const char *mode, const char *text)
{
    char path[256];
    FILE *stream;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    stream = fopen(path, mode);
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

/* A file of somebody's own stays whatever main.sql says of it, and so does one that was changed. */
static void test_removes_its_own_only(void **state)
{
    struct object *a = add_table("a");
    struct object *b = add_table("b");

    (void)state;
    model_seal(to);
    add_step(schema, "CREATE SCHEMA app");
    add_step(a, "CREATE TABLE a");
    add_step(b, "CREATE TABLE b");
    split();
    put_file("mine.sql", "w", "SELECT 1;\n");
    put_file("main.sql", "a", "\\ir mine.sql\n\\ir ../other.sql\n");
    put_file("schemas/app/tables/b.sql", "a", "-- mine now\n");
    plan.steps.count = 1;
    split();
    assert_true(is_there("mine.sql"));
    assert_false(is_there("schemas/app/tables/a.sql"));
    assert_true(is_there("schemas/app/tables/b.sql"));
    assert_int_equal(left.count, 1);
    assert_non_null(strstr(left.items[0], "schemas/app/tables/b.sql"));
    split(); /* it is not asked about twice */
    assert_int_equal(left.count, 0);
}

static void test_foreign_folder(void **state)
{
    struct error error = {0};
    char path[256];
    FILE *stream;

    (void)state;
    snprintf(path, sizeof(path), "%s/mine.txt", folder);
    stream = fopen(path, "w");
    assert_non_null(stream);
    fclose(stream);
    assert_false(report_split(&plan, folder, &left, plan.arena, &error));
    assert_int_equal(error.code, ERROR_REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_order, begin, end),
        cmocka_unit_test_setup_teardown(test_cycle, begin, end),
        cmocka_unit_test_setup_teardown(test_again, begin, end),
        cmocka_unit_test_setup_teardown(test_removes_its_own_only, begin, end),
        cmocka_unit_test_setup_teardown(test_foreign_folder, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
