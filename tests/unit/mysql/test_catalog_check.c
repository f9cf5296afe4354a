/* The reader's self-check: what the server says of a table and the model does not hold is found, and nothing
 * else is. */
#include "../support.h"

#include <string.h>

#include "mysql/catalog/check.h"
#include "mysql/facts/flavor.h"
#include "mysql/interpret/interpret.h"

/* Reads the first text, and gives what of the second the model would lack. */
static const char *lacks(struct arena *arena, const char *version, const char *read,
                         const char *said)
{
    struct model *model = model_new("");
    struct error error = {0};
    struct my_interpreter *interpreter;
    const struct object *schema;
    const char *words;

    my_set_setting(model, "version", version);
    my_set_setting(model, "database", "d");
    interpreter = my_interpreter_begin(model, true);
    assert_true(my_interpreter_statement(interpreter, "d", NULL, NULL, read, strlen(read), &error));
    assert_true(my_interpreter_finish(interpreter, &error));
    schema = model_find(model, KIND_SCHEMA, NULL, "", NULL);
    words = my_check_table(arena, model, model_find(model, KIND_TABLE, schema, "t", NULL), said,
                           strlen(said));
    model_free(model);
    return words;
}

static void test_whole(void **state)
{
    static const struct {
        const char *version;
        const char *text;
    } cases[] = {
        {"90704",
         "CREATE TABLE `t` (\n  `a` int NOT NULL AUTO_INCREMENT,\n"
         "  `b` varchar(20) COLLATE utf8mb4_bin DEFAULT 'it''s \\\\ \\n',\n"
         "  `c` binary(3) DEFAULT 0x41FF00,\n"
         "  `d` int GENERATED ALWAYS AS ((`a` + 1)) VIRTUAL COMMENT 'x',\n"
         "  PRIMARY KEY (`a`),\n  UNIQUE KEY `b` (`b`(3) DESC) USING BTREE,\n"
         "  CONSTRAINT `t_ibfk_1` FOREIGN KEY (`a`) REFERENCES `p` (`a`) ON DELETE CASCADE,\n"
         "  CONSTRAINT `t_chk_1` CHECK ((`b` <> _utf8mb4'x')) /*!80016 NOT ENFORCED */\n"
         ") ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 "
         "COLLATE=utf8mb4_0900_ai_ci COMMENT='table'"},
        {"101119", "CREATE TABLE `t` (\n  `a` int(11) NOT NULL DEFAULT -1,\n"
                   "  `s` timestamp NULL DEFAULT current_timestamp()\n"
                   ") ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci "
                   "`page_compressed`='1'\n"
                   " PARTITION BY HASH (`a`)\nPARTITIONS 4"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *words = lacks(arena, cases[i].version, cases[i].text, cases[i].text);

        assert_string_equal(words ? words : "", "");
    }
    arena_free(arena);
}

static void test_missing(void **state)
{
    static const char read[] = "CREATE TABLE `t` (\n  `a` int DEFAULT '1'\n) ENGINE=InnoDB";
    static const struct {
        const char *said;
        const char *words;
    } cases[] = {
        {"CREATE TABLE `t` (\n  `a` int DEFAULT '1' SPARKLING\n) ENGINE=InnoDB", "SPARKLING"},
        {"CREATE TABLE `t` (\n  `a` int DEFAULT '2'\n) ENGINE=InnoDB", "2"},
        {"CREATE TABLE `t` (\n  `a` int DEFAULT '1'\n) ENGINE=InnoDB COLOUR='red'", "COLOUR red"},
        {"CREATE TABLE `t` (\n  `a` int DEFAULT '1',\n  `b` int\n) ENGINE=InnoDB", "b int"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(lacks(arena, "90704", read, cases[i].said), cases[i].words);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_missing),
    };

    return RUN(tests);
}
