/* Damaged SQL and URLs: whatever comes, there is a model or an error, and no crash (the sanitizers of the
 * dev build look on). The damage is the same in each run. */
#include "../support.h"

#include <glob.h>
#include <stdio.h>

#include "../mutate.h"
#include "core/list.h"
#include "dialect/dialect.h"
#include "model/model.h"
#include "core/url.h"
#include "postgres/interpret/interpret.h"
#include "postgres/resolve/resolve.h"
#include "postgres/session/connect.h"

enum { rounds = 6000, url_rounds = 20000, longest_seed = 6000 };

static const char *const words[] = {"CREATE ",
                                    "ALTER TABLE ",
                                    " DROP ",
                                    " COLUMN ",
                                    ";",
                                    "(",
                                    ")",
                                    ",",
                                    "'",
                                    "\"",
                                    "$$",
                                    "$a$",
                                    "--",
                                    "/*",
                                    "*/",
                                    "\\",
                                    "\n",
                                    ".",
                                    "::",
                                    " int ",
                                    " text[]",
                                    "public.",
                                    " DEFAULT ",
                                    " NOT NULL ",
                                    " PRIMARY KEY ",
                                    " REFERENCES ",
                                    " CHECK (",
                                    " AS ",
                                    " SELECT ",
                                    " FROM ",
                                    " PARTITION OF ",
                                    " INHERITS (",
                                    " LIKE ",
                                    " RENAME TO ",
                                    " OWNER TO ",
                                    " IS NULL ",
                                    "-- @renamed from=x\n",
                                    "\\i x\n",
                                    "\\set x :y\n",
                                    ":x",
                                    ":'x'",
                                    "\\if 1\n",
                                    "\\else\n",
                                    "\\endif\n",
                                    "\\copy x from stdin\n",
                                    "COPY x FROM stdin;\n",
                                    "\\.\n",
                                    " system_user ",
                                    " COLLATE ",
                                    " GENERATED ALWAYS ",
                                    " 99999999999999999999 ",
                                    " IF EXISTS ",
                                    " CASCADE ",
                                    " ON DELETE ",
                                    " LANGUAGE sql ",
                                    " RETURNS ",
                                    " U&'\\0041' ",
                                    "\xc3\xa4",
                                    "\xff",
                                    NULL};

static struct mutation start(void)
{
    struct mutation mutation = {.state = 88172645463325252u, .words = words};

    while (words[mutation.word_count])
        mutation.word_count++;
    return mutation;
}

static char *read_text(const char *path)
{
    FILE *stream = fopen(path, "r");
    char *text = calloc(1, longest_seed + 1);
    size_t length;

    assert_non_null(stream);
    length = fread(text, 1, longest_seed, stream);
    text[length] = '\0';
    fclose(stream);
    return text;
}

/* What a state does: read, then bring to canonical form. */
static void interpret(const char *text)
{
    struct source_text source = {.file = "x.sql", .text = text, .length = strlen(text)};
    struct model *model = model_new("x");
    struct error error = {0};

    if (pg_interpret(&source, 1, model, &error) && pg_resolve(model, 0, &error))
        model_seal(model);
    else
        assert_true(error.message[0] != '\0');
    model_free(model);
}

static void test_sql(void **state)
{
    struct mutation mutation = start();
    glob_t found;

    (void)state;
    assert_int_equal(glob(PLUMB_TESTDATA "/postgres/*/new.sql", 0, NULL, &found), 0);
    for (size_t round = 0; round < rounds; round++) {
        char *text = read_text(found.gl_pathv[mutate_number(&mutation, found.gl_pathc)]);
        char *other = read_text(found.gl_pathv[mutate_number(&mutation, found.gl_pathc)]);

        for (size_t i = 1 + mutate_number(&mutation, 3); i > 0; i--)
            text = round % 3 ? mutate_gently(&mutation, text, other)
                             : mutate_once(&mutation, text, other);
        interpret(text);
        free(text);
        free(other);
    }
    globfree(&found);
}

static void test_urls(void **state)
{
    static const char *const seeds[] = {
        "postgres://u:p%40ss@h:5432/d?sslmode=require&password=x",
        "postgresql://[::1]:5432,b:1/d?options=-c%20x%3dy",
        "host=h dbname='a b' user=u password = 'it\\'s' sslpassword=x", "service=prod"};
    struct mutation mutation = start();
    struct arena *arena = arena_new();

    (void)state;
    for (size_t round = 0; round < url_rounds; round++) {
        char *text = strdup(seeds[mutate_number(&mutation, 4)]);

        for (size_t i = 1 + mutate_number(&mutation, 4); i > 0; i--)
            text = mutate_once(&mutation, text, seeds[mutate_number(&mutation, 4)]);
        if (pg_is_url(text))
            assert_non_null(url_without_secrets(arena, text));
        free(text);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sql), cmocka_unit_test(test_urls)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
