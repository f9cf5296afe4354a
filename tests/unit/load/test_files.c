/* States of files: which files are read, in which order, what includes do, and what is said when
 * something is not there. The dialect is a fake one that writes down what it is given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "load/load.h"

static char folder[64];
static struct buffer seen; /* "name=text|" for each text */

/* Takes the texts line by line and follows lines that begin with \ir or \i. */
static bool read_text(const struct source_text *source, const char *name, const char *text,
                      struct error *error)
{
    char line[256];

    buffer_printf(&seen, "%s=", strrchr(name, '/') ? strrchr(name, '/') + 1 : name);
    while (sscanf(text, "%255[^\n]", line) == 1) {
        size_t length = strlen(line);

        if (strncmp(line, "\\ir ", 4) == 0 || strncmp(line, "\\i ", 3) == 0) {
            bool relative = line[2] == 'r';
            char *included = source->include(source->include_context, name, strchr(line, ' ') + 1,
                                             relative, &length, error);

            if (!included)
                return false;
            buffer_printf(&seen, "<%s>", included);
            memory_free(included);
            length = strlen(line);
        } else {
            buffer_append(&seen, line);
        }
        text += length + (text[length] == '\n');
    }
    buffer_append_char(&seen, '|');
    return true;
}

static bool interpret(const struct source_text *sources, size_t count, struct model *model,
                      struct error *error)
{
    (void)model;
    buffer_truncate(&seen, 0);
    for (size_t i = 0; i < count; i++)
        if (!read_text(&sources[i], sources[i].file, sources[i].text, error))
            return false;
    return true;
}

static const struct dialect_states fake_states = {
    .interpret = interpret,
    .follows_includes = true,
};

static const struct dialect fake = {
    .name = "fake",
    .states = &fake_states,
};

static void put(const char *name, const char *text)
{
    char path[256];
    FILE *stream;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    stream = fopen(path, "w");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

static void make_folder(const char *name)
{
    char path[256];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0777), 0);
}

/* Loads a state of the folder; '@' stands for it. */
static bool load(const char *name, struct error *error)
{
    struct arena *arena = arena_new();
    struct buffer path = BUFFER_EMPTY;
    struct state state;
    bool ok;

    for (; *name; name++)
        if (*name == '@')
            buffer_append(&path, folder);
        else
            buffer_append_char(&path, *name);
    memset(error, 0, sizeof(*error));
    ok = state_load(buffer_take(&path, arena), &(struct load_request){.dialect = &fake}, &state,
                    error);
    if (ok)
        state_close(&state);
    arena_free(arena);
    return ok;
}

static void assert_loads(const char *name, const char *expected)
{
    struct error error;

    assert_true(load(name, &error));
    assert_string_equal(buffer_text(&seen), expected);
}

static void assert_fails(const char *name, const char *message, const char *hint)
{
    struct error error;

    assert_false(load(name, &error));
    assert_non_null(strstr(error.message, message));
    assert_non_null(strstr(error.hint, hint));
}

static int begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/plumb-files-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof(command), "rm -r %s", folder);
    buffer_free(&seen);
    return system(command);
}

static void test_one_file(void **state)
{
    (void)state;
    put("a.sql", "A");
    put("plain", "P");
    assert_loads("@/a.sql", "a.sql=A|");
    assert_loads("@/plain", "plain=P|");
}

static void test_byte_order_mark(void **state)
{
    struct error error;

    (void)state;
    put("bom.sql", "\xef\xbb\xbfX");
    assert_loads("@/bom.sql", "bom.sql=X|");
    put("wide.sql", "\xff\xfe");
    assert_false(load("@/wide.sql", &error));
    assert_non_null(strstr(error.message, "UTF-16"));
}

static void test_folder(void **state)
{
    (void)state;
    make_folder("b");
    make_folder(".hidden");
    put("b/z.sql", "Z");
    put("b/a.sql", "BA");
    put("c.sql", "C");
    put("a.sql", "A");
    put("README.md", "no");
    put(".hidden/x.sql", "no");
    assert_loads("@", "a.sql=A|a.sql=BA|z.sql=Z|c.sql=C|");
    assert_loads("@/", "a.sql=A|a.sql=BA|z.sql=Z|c.sql=C|");
}

static void test_glob_and_list(void **state)
{
    (void)state;
    make_folder("d");
    put("1.sql", "one");
    put("2.sql", "two");
    put("d/3.sql", "three");
    put("with,comma.sql", "comma");
    assert_loads("@/[12].sql", "1.sql=one|2.sql=two|");
    assert_loads("@/2.sql,@/1.sql,@/2.sql", "2.sql=two|1.sql=one|");
    assert_loads("@/d,@/1.sql", "3.sql=three|1.sql=one|");
    assert_loads("@/with,comma.sql", "with,comma.sql=comma|");
}

static void test_missing(void **state)
{
    (void)state;
    make_folder("schemas");
    put("orders.sql", "x");
    assert_fails("@/schema", "no such file or folder", "/schemas?");
    assert_fails("@/order.sql", "no such file or folder", "/orders.sql?");
    assert_fails("@/nothing/at/all", "no such file", "does not exist");
    assert_fails("@/schemas", "no .sql files in folder", "empty:");
    assert_fails("@/q*.sql", "no .sql file matches", ".sql");
    assert_fails("", "empty", "empty:");
    assert_fails("nosuchdb://host/x", "nosuchdb://", "plumb knows");
}

static void test_empty_state(void **state)
{
    (void)state;
    assert_loads("empty:", "");
}

static void test_blank(void **state)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct state blank;

    (void)state;
    put("blank.sql", " \n\t\n");
    assert_true(state_load(arena_printf(arena, "%s/blank.sql", folder),
                           &(struct load_request){.dialect = &fake}, &blank, &error));
    assert_int_equal(blank.model->notes.count, 1);
    assert_non_null(strstr(blank.model->notes.items[0], "there is nothing in"));
    state_close(&blank);
    assert_true(state_load("empty:", &(struct load_request){.dialect = &fake}, &blank, &error));
    assert_int_equal(blank.model->notes.count, 0);
    state_close(&blank);
    arena_free(arena);
}

static void test_includes(void **state)
{
    (void)state;
    make_folder("parts");
    put("main.sql", "begin\n\\ir parts/a.sql\n\\ir parts/a.sql\n\\ir 'parts/b c.sql'\nend\n");
    put("parts/a.sql", "A");
    assert_fails("@/main.sql", "no such file", "main.sql names it");
    put("main.sql", "begin\n\\ir parts/a.sql\n\\ir parts/a.sql\nend\n");
    assert_loads("@/main.sql", "main.sql=begin<A><>end|");
    /* In a folder an included file is read where it is included, and nowhere else. */
    assert_loads("@", "main.sql=begin<A><>end|");
}

static void test_includes_in_circles(void **state)
{
    (void)state;
    put("a.sql", "A\n\\ir b.sql\n");
    put("b.sql", "B\n\\ir a.sql\n");
    assert_loads("@", "a.sql=A<>|b.sql=B<>|");
}

/* Only the parser knows that a line is inside a comment: the fake one knows no comments, but does
 * not follow an indented line. */
static void test_include_that_is_none(void **state)
{
    (void)state;
    put("a.sql", "A\n \\ir b.sql\n");
    put("b.sql", "B");
    assert_loads("@", "a.sql=A \\ir b.sql|b.sql=B|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_file, begin, end),
        cmocka_unit_test_setup_teardown(test_byte_order_mark, begin, end),
        cmocka_unit_test_setup_teardown(test_folder, begin, end),
        cmocka_unit_test_setup_teardown(test_glob_and_list, begin, end),
        cmocka_unit_test_setup_teardown(test_missing, begin, end),
        cmocka_unit_test_setup_teardown(test_empty_state, begin, end),
        cmocka_unit_test_setup_teardown(test_blank, begin, end),
        cmocka_unit_test_setup_teardown(test_includes, begin, end),
        cmocka_unit_test_setup_teardown(test_includes_in_circles, begin, end),
        cmocka_unit_test_setup_teardown(test_include_that_is_none, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
