/* Views, triggers, routines, events and sequences, made under the settings that they have. */
#include "planned.h"

static void test_views(void **state)
{
    (void)state;
    expect(
        LINES(DATABASE),
        LINES(
            DATABASE,
            "v = view v in d | = select 1 AS `a` | options = algorithm=merge,security=invoker,check_option=cascaded",
            "o = owner - in v | = root@localhost"),
        MYSQL,
        "CREATE ALGORITHM=MERGE DEFINER=`root`@`localhost` SQL SECURITY INVOKER VIEW `v` AS\n"
        "select 1 AS `a`\nWITH CASCADED CHECK OPTION");
    expect(LINES(DATABASE, "v = view v in d | = select 1", "o = owner - in v | = a@b"),
           LINES(DATABASE, "v = view v in d | = select 2", "o = owner - in v | = c@%"), MYSQL,
           "CREATE OR REPLACE DEFINER=`c`@`%` VIEW `v` AS\nselect 2");
    expect(
        LINES(DATABASE, "v = view v in d | = select 1"),
        LINES(
            DATABASE,
            "v = view v in d | = select 1 | settings = character_set_client=latin1,collation_connection=latin1_bin"),
        MYSQL,
        "SET @plumb_client = @@character_set_client, @plumb_connection = @@collation_connection;\n"
        "SET SESSION character_set_client = latin1, collation_connection = latin1_bin;\n"
        "CREATE OR REPLACE VIEW `v` AS\nselect 1;\n"
        "SET SESSION character_set_client = @plumb_client, collation_connection = @plumb_connection");
}

static void test_triggers(void **state)
{
    (void)state;
    expect(
        LINES(TABLE("a"), COLUMN("a", "int"),
              "x = trigger x in t | timing = BEFORE | events = INSERT | body = SET NEW.a = 1"),
        LINES(TABLE("a"), COLUMN("a", "int"),
              "x = trigger x in t | timing = BEFORE | events = INSERT | body = SET NEW.a = 2"),
        MARIADB,
        "SET SESSION sql_mode = DEFAULT;\n"
        "CREATE OR REPLACE TRIGGER `x` BEFORE INSERT ON `t` FOR EACH ROW\nSET NEW.a = 2;\n"
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'");
    expect(
        LINES(
            TABLE("a"), COLUMN("a", "int"),
            "x = trigger x in t | timing = BEFORE | events = INSERT | body = SET NEW.a = 1",
            "y = trigger y in t | timing = BEFORE | events = INSERT | body = SET NEW.a = 5 | follows = x"),
        LINES(
            TABLE("a"), COLUMN("a", "int"),
            "x = trigger x in t | timing = BEFORE | events = INSERT | body = SET NEW.a = 2 | settings = sql_mode=ANSI_QUOTES",
            "y = trigger y in t | timing = BEFORE | events = INSERT | body = SET NEW.a = 5 | follows = x"),
        MYSQL,
        "SET SESSION sql_mode = 'ANSI_QUOTES';\n"
        "CREATE TRIGGER IF NOT EXISTS `x` BEFORE INSERT ON `t` FOR EACH ROW\nSET NEW.a = 2;\n"
        "DROP TRIGGER `x`;\n"
        "CREATE TRIGGER `x` BEFORE INSERT ON `t` FOR EACH ROW PRECEDES `y`\nSET NEW.a = 2;\n"
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'");
}

#define MODE "SET SESSION sql_mode = DEFAULT;\n"
#define BACK                                                                                       \
    ";\nSET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'"

static void test_routines(void **state)
{
    (void)state;
    expect(
        LINES(DATABASE),
        LINES(
            DATABASE,
            "f = function f in d | routine = function | argument_modes = in,in | argument_names = a,b | "
            "argument_types = int,varchar(20) | returns = int | volatility = deterministic | "
            "security_definer = yes | data_access = no sql | body = RETURN a"),
        MYSQL,
        MODE
        "CREATE FUNCTION `f`(`a` int, `b` varchar(20)) RETURNS int DETERMINISTIC NO SQL\nRETURN a" BACK);
    expect(
        LINES(
            DATABASE,
            "f = function f in d | routine = procedure | security_definer = yes | body = SELECT 1"),
        LINES(DATABASE, "f = function f in d | routine = procedure | body = SELECT 1",
              "c = comment - in f | = why"),
        MYSQL, "ALTER PROCEDURE `f` CONTAINS SQL SQL SECURITY INVOKER COMMENT 'why'");
    expect(
        LINES(
            DATABASE,
            "f = function f in d | routine = procedure | security_definer = yes | body = SELECT 1"),
        LINES(
            DATABASE,
            "f = function f in d | routine = procedure | security_definer = yes | body = SELECT 2"),
        MYSQL,
        MODE "CREATE PROCEDURE IF NOT EXISTS `f`()\nSELECT 2;\n"
             "DROP PROCEDURE `f`;\n"
             "CREATE PROCEDURE `f`()\nSELECT 2" BACK);
    expect(
        LINES(
            DATABASE,
            "f = function f in d | routine = procedure | security_definer = yes | body = SELECT 1"),
        LINES(
            DATABASE,
            "f = function f in d | routine = procedure | security_definer = yes | body = SELECT 2"),
        MARIADB, MODE "CREATE OR REPLACE PROCEDURE `f`()\nSELECT 2" BACK);
}

static void test_events(void **state)
{
    (void)state;
    expect(
        LINES(DATABASE),
        LINES(
            DATABASE,
            "e = event e in d | schedule = EVERY '1' DAY | status = enabled | body = DELETE FROM t"),
        MYSQL,
        MODE
        "CREATE EVENT `e` ON SCHEDULE EVERY '1' DAY ON COMPLETION NOT PRESERVE ENABLE DO\nDELETE FROM t" BACK);
    expect(
        LINES(
            DATABASE,
            "e = event e in d | schedule = EVERY '1' DAY | status = enabled | body = DELETE FROM t"),
        LINES(
            DATABASE,
            "e = event e in d | schedule = EVERY '1' DAY | status = disabled | body = DELETE FROM t"),
        MYSQL, MODE "ALTER EVENT `e` ON COMPLETION NOT PRESERVE DISABLE COMMENT ''" BACK);
}

static void test_sequences(void **state)
{
    (void)state;
    expect(
        LINES(DATABASE),
        LINES(
            DATABASE,
            "s = sequence s in d | start = 1 | increment = 1 | minimum = 1 | maximum = 100 | cache = 1000"),
        MARIADB,
        "CREATE SEQUENCE `s` START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 100 CACHE 1000 NOCYCLE");
    expect(
        LINES(
            DATABASE,
            "s = sequence s in d | start = 1 | increment = 1 | minimum = 1 | maximum = 100 | cache = 1000"),
        LINES(DATABASE,
              "s = sequence s in d | start = 1 | increment = 2 | minimum = 1 | maximum = 100"),
        MARIADB,
        "ALTER SEQUENCE `s` START WITH 1 INCREMENT BY 2 MINVALUE 1 MAXVALUE 100 NOCACHE NOCYCLE");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views),     cmocka_unit_test(test_triggers),
        cmocka_unit_test(test_routines),  cmocka_unit_test(test_events),
        cmocka_unit_test(test_sequences),
    };

    return RUN(tests);
}
