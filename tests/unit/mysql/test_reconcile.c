/* What is left of the difference between a database and a file once both are comparable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/buffer.h"
#include "model/fields.h"
#include "model/identity.h"
#include "mysql/facts/flavor.h"
#include "mysql/interpret/interpret.h"
#include "mysql/resolve/reconcile.h"
#include "mysql/resolve/resolve.h"

struct reconcile_case {
    const char *database; /* what SHOW CREATE says there */
    const char *file;
    const char
        *left; /* "+ x" only in the file, "- x" only in the database, "~ x" in both, ", " between */
};

static const struct my_program_settings settings = {
    .sql_mode = "STRICT_TRANS_TABLES",
    .character_set_client = "utf8mb4",
    .collation_connection = "utf8mb4_0900_ai_ci",
};

#define PARENT "CREATE TABLE `p` (`id` int NOT NULL, PRIMARY KEY (`id`));"

static const struct reconcile_case cases[] = {
    {"CREATE TABLE `t` (`a` int DEFAULT NULL)", "CREATE TABLE t (a int)", ""},
    {"CREATE TABLE `t` (`a` int DEFAULT NULL)", "CREATE TABLE t (A int)", ""},
    {"CREATE TABLE `t` (`a` int)", "CREATE TABLE t (a int)", "~ column t.a"},
    {"CREATE TABLE `t` (`a` int DEFAULT NULL, KEY `mine` (`a`))", "CREATE TABLE t (a int, KEY (a))",
     ""},
    {"CREATE TABLE `t` (`a` int DEFAULT NULL, KEY `mine` (`a`))",
     "CREATE TABLE t (a int, KEY yours (a))", "+ index t.yours, - index t.mine"},
    {"CREATE TABLE `t` (`a` int DEFAULT NULL, CONSTRAINT `t_chk_1` CHECK ((`a` > 0)), "
     "CONSTRAINT `t_chk_2` CHECK ((`a` < 9)))",
     "CREATE TABLE t (a int, CHECK (a < 9), CHECK (a > 0))", ""},
    {PARENT
     "CREATE TABLE `t` (`a` int DEFAULT NULL, KEY `f` (`a`), CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `p` (`id`))",
     PARENT "CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id))", ""},
    {PARENT
     "CREATE TABLE `t` (`a` int DEFAULT NULL, KEY `f` (`a`), CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `p` (`id`))",
     PARENT "CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p (id))", ""},
    {PARENT
     "CREATE TABLE `t` (`a` int DEFAULT NULL, KEY `other` (`a`), CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `p` (`id`))",
     PARENT "CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id))", ""},
    {PARENT "CREATE TABLE `t` (`a` int DEFAULT NULL)",
     PARENT "CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id))",
     "+ index t.f (implied), + foreign key t.f"},
    {"CREATE DEFINER=`root`@`localhost` PROCEDURE `p`()\nSELECT 1",
     "CREATE PROCEDURE p()\nSELECT 1", ""},
    {"CREATE DEFINER=`root`@`localhost` PROCEDURE `p`()\nSELECT 1",
     "CREATE DEFINER='me'@'%' PROCEDURE p()\nSELECT 1", "~ owner of procedure p"},
    {"CREATE DEFINER=`root`@`localhost` PROCEDURE `p`()\nSELECT 1",
     "SET sql_mode = ''; CREATE PROCEDURE p()\nSELECT 1", "~ procedure p"},
    {"CREATE DEFINER=`root`@`localhost` PROCEDURE `p`()\nSELECT 1,\n2",
     "CREATE PROCEDURE p()\r\nSELECT 1,\r\n2", ""},
    {"CREATE DEFINER=`root`@`localhost` EVENT `e` ON SCHEDULE EVERY 1 DAY STARTS '2026-01-01 00:00:00' "
     "ON COMPLETION NOT PRESERVE ENABLE DO SELECT 1",
     "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1", ""},
};

static struct model *read_database(const char *text)
{
    struct model *model = model_new("database");
    struct my_interpreter *interpreter;
    struct error error = {0};

    model->server_version = 90704;
    interpreter = my_interpreter_begin(model, true);
    if (!my_interpreter_statement(interpreter, "", &settings, NULL, text, strlen(text), &error) ||
        !my_interpreter_finish(interpreter, &error) || !my_resolve(model, 90704, &error))
        fail_msg("%s: %s", text, error.message);
    return model;
}

static struct model *read_file(const char *text)
{
    struct source_text source = {.file = "test.sql", .text = text, .length = strlen(text)};
    struct model *model = model_new("file");
    struct error error = {0};

    my_set_setting(model, "version", "90704");
    if (!my_interpret(&source, 1, model, &error) || !my_resolve(model, 90704, &error))
        fail_msg("%s: %s", text, error.message);
    return model;
}

static void say(struct buffer *text, const char *sign, const struct model *model,
                const struct object *object)
{
    buffer_separate(text, 0, ", ");
    buffer_printf(text, "%s %s%s", sign, identity_print(model->arena, object),
                  object->implied ? " (implied)" : "");
}

static void check(const struct reconcile_case *wanted)
{
    struct model *database = read_database(wanted->database);
    struct model *file = read_file(wanted->file);
    struct manage manage = {0};
    struct buffer left = BUFFER_EMPTY;

    my_reconcile(database, file, &manage);
    for (size_t i = 0; i < file->count; i++) {
        const struct object *object = file->objects[i];
        const struct object *twin = model_find_key(database, object->key);

        if (!object->removed && (!twin || fields_changed(object, twin)))
            say(&left, twin ? "~" : "+", file, object);
    }
    for (size_t i = 0; i < database->count; i++)
        if (!database->objects[i]->removed && !model_find_key(file, database->objects[i]->key))
            say(&left, "-", database, database->objects[i]);
    if (strcmp(buffer_text(&left), wanted->left) != 0)
        fail_msg("%s\n%s\nleft: %s", wanted->database, wanted->file, buffer_text(&left));
    buffer_free(&left);
    model_free(database);
    model_free(file);
}

static void test_pairs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        check(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
