/* The file as nodes that know their places: config/document.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "config/document.h"

#include "in_folder.h"

static struct document document;
static struct error error;

static int begin(void **state)
{
    document.arena = arena_new();
    error = (struct error){0};
    return make_folder(state);
}

static int end(void **state)
{
    arena_free(document.arena);
    return remove_folder(state);
}

static bool read_text(const char *text)
{
    write_config(text);
    error = (struct error){0};
    return document_read(&document, document.arena, config_path, &error);
}

static bool join(const struct node *key, const struct node *value, void *context,
                 struct error *problem)
{
    char *joined = context;

    strncat(joined, key->text, 8);
    strncat(joined, value->kind == NODE_TEXT ? value->text : "?", 8);
    return strcmp(key->text, "stop") != 0 || document_fail(&document, key, problem, "stopped");
}

static bool walk(const char *text, char *joined)
{
    *joined = '\0';
    return read_text(text) &&
           document_each_key(&document, document.root, "it", join, joined, &error);
}

static void test_nodes(void **state)
{
    const struct node *list;

    (void)state;
    assert_true(read_text("a: [x, \"~\"]\n\xc3\xa4: {}\n"));
    assert_int_equal(document.root->kind, NODE_MAPPING);
    assert_int_equal(document.root->count, 4);
    list = document.root->items[1];
    assert_int_equal(list->kind, NODE_LIST);
    assert_int_equal(list->count, 2);
    assert_string_equal(list->items[0]->text, "x");
    assert_true(list->items[0]->is_plain);
    assert_false(list->items[1]->is_plain);
    assert_int_equal(document.root->items[3]->line, 1);
    assert_int_equal(document.root->items[3]->column, 3);
    assert_true(read_text("# nothing\n"));
    assert_null(document.root);
    assert_true(read_text("a: &x {b: *x}\n")); /* holds itself */
    assert_ptr_equal(document.root->items[1], document.root->items[1]->items[1]);
}

static void test_null(void **state)
{
    (void)state;
    assert_true(read_text("- \n- ~\n- null\n- ''\n- \"null\"\n- 0\n- []\n- {}\n"));
    for (size_t i = 0; i < document.root->count; i++)
        assert_int_equal(node_is_null(document.root->items[i]), i < 3);
}

static void test_keys(void **state)
{
    char joined[64];

    (void)state;
    assert_true(walk("{a: 1, b: [], c: 2}", joined));
    assert_string_equal(joined, "a1b?c2");
    assert_true(walk("~", joined));
    assert_string_equal(joined, "");
    assert_false(walk("{a: 1,\n stop: 2, c: 3}", joined));
    assert_string_equal(joined, "a1stop2");
    assert_string_equal(error.message, "stopped");
    assert_int_equal(error.line, 2);
    assert_false(walk("{a: 1, a: 2}", joined));
    assert_string_equal(error.message, "a is there twice");
    assert_int_equal(error.column, 8);
    assert_false(walk("{[a]: 1}", joined));
    assert_string_equal(error.message, "a key has to be a name");
    assert_false(walk("a", joined));
    assert_string_equal(error.message, "it has to be a mapping of names to values");
}

static void test_no_yaml(void **state)
{
    (void)state;
    assert_false(read_text("url: [secret"));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_int_equal(error.line, 1);
    assert_null(strstr(error.source, "secret"));
    assert_false(read_text("a: \x01"));
    remove(config_path);
    error = (struct error){0};
    assert_false(document_read(&document, document.arena, config_path, &error));
    assert_int_equal(error.code, ERROR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nodes, begin, end),
        cmocka_unit_test_setup_teardown(test_null, begin, end),
        cmocka_unit_test_setup_teardown(test_keys, begin, end),
        cmocka_unit_test_setup_teardown(test_no_yaml, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
