/* Whatever stands in a file, reading it ends: with statements or with an error that has a place. Each file of
 * testdata/mysql is read as it is (which must work for the flavour that it is for) and with bytes changed,
 * cut out, doubled and moved; the same mutations every time. */
#include "../support.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mysql/sql/parse.h"

enum { MUTATIONS = 60, LONGEST = 20000 };

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text;

    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    text = malloc(*length + 1);
    assert_int_equal(fread(text, 1, *length, file), *length);
    fclose(file);
    return text;
}

/* Reads all of it from memory that ends with the text, so that a sanitizer sees who reads further. */
static bool read_all(struct my_flavor flavor, uint64_t mode, const char *text, size_t length)
{
    char *copy = malloc(length > 0 ? length : 1);
    struct arena *arena = arena_new();
    struct error error = {0};
    struct my_statement *statement;
    struct my_parser *parser;
    bool fine;

    memcpy(copy, text, length);
    parser = my_parser_new(arena, flavor, mode, "f.sql", copy, length);
    do
        fine = my_parser_next(parser, &statement, &error);
    while (fine && statement != NULL);
    if (!fine) {
        assert_int_equal(error.code, ERROR_SYNTAX);
        assert_true(error.line > 0);
        assert_true(error.message[0] != '\0');
    }
    arena_free(arena);
    free(copy);
    return fine;
}

static size_t mutate(char *text, size_t length, uint64_t *seed)
{
    static const char bytes[] = "'\"`;()*/-#\\,.@$ 0aE\n\0!=";
    size_t place = next_number(seed) % length;
    size_t count = 1 + next_number(seed) % 20;

    if (place + count > length)
        count = length - place;
    switch (next_number(seed) % 4) {
    case 0:
        text[place] = bytes[next_number(seed) % (sizeof bytes - 1)];
        return length;
    case 1:
        memmove(text + place, text + place + count, length - place - count);
        return length - count;
    case 2:
        memmove(text + place + count, text + place, length - place);
        return length + count;
    default: {
        size_t from = next_number(seed) % (length - count + 1);

        memmove(text + place, text + from, count);
        return length;
    }
    }
}

static void mutate_file(const char *path, uint64_t *seed)
{
    static const struct my_flavor flavors[] = {{MY_MYSQL, 90704}, {MY_MARIADB, 101119}};
    size_t length;
    char *text = read_file(path, &length), *changed = malloc(LONGEST + 1000);
    bool fine = false;

    for (size_t f = 0; f < 2; f++)
        fine |= read_all(flavors[f], 0, text, length);
    if (!fine)
        print_error("%s is for no server\n", path);
    assert_true(fine);
    for (size_t i = 0; length > 0 && length < LONGEST && i < MUTATIONS; i++) {
        size_t now = length, steps = 1 + next_number(seed) % 4;

        memcpy(changed, text, length);
        while (steps-- > 0 && now > 1)
            now = mutate(changed, now, seed);
        read_all(flavors[i % 2], next_number(seed) % 128, changed, now);
    }
    free(changed);
    free(text);
}

static void test_files(void **state)
{
    glob_t found;
    uint64_t seed = 42;

    (void)state;
    assert_int_equal(glob(PLUMB_TESTDATA "/mysql/*/*.sql", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        mutate_file(found.gl_pathv[i], &seed);
    globfree(&found);
}

static void test_odd_texts(void **state)
{
    static const char *const texts[] = {"",
                                        ";",
                                        "/*",
                                        "/*!",
                                        "/*!50000",
                                        "*/",
                                        "'",
                                        "`",
                                        "@",
                                        "@@",
                                        "@`",
                                        "DELIMITER",
                                        "DELIMITER ",
                                        "delimiter \n;",
                                        "x",
                                        "\\",
                                        "-",
                                        "--",
                                        "#",
                                        "/*M!",
                                        "use",
                                        "use ",
                                        "create",
                                        "set",
                                        "\xff\xfe",
                                        "create table t (a.1",
                                        "select 1 /*!50000 */ */",
                                        "set @@x.y.z = 1",
                                        "{",
                                        "create table `",
                                        "_utf8mb4",
                                        "create table t (a int) comment _utf8mb4"};
    static const struct my_flavor mysql = {MY_MYSQL, 90704};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        read_all(mysql, 0, texts[i], strlen(texts[i]));
    read_all(mysql, 0, "create table t (a int\0 b int)", 29);
    read_all(mysql, 0, "\0\0;\0", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files),
                                       cmocka_unit_test(test_odd_texts)};

    return RUN(tests);
}
