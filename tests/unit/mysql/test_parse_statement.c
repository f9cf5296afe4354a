/* Statements: where they begin and end, what kind they are, what becomes of DELIMITER, conditional comments and
 * sql_mode, and what errors say. */
#include "../support.h"

#include <string.h>

#include "core/buffer.h"
#include "mysql/sql/parse.h"

static const struct my_flavor mysql = {MY_MYSQL, 90704};
static const struct my_flavor mariadb = {MY_MARIADB, 101119};

struct reading {
    struct arena *arena;
    struct my_parser *parser;
    struct error error;
};

static struct reading reading_of(struct my_flavor flavor, const char *text)
{
    struct reading reading = {.arena = arena_new()};

    reading.parser = my_parser_new(reading.arena, flavor, 0, "f.sql", text, strlen(text));
    return reading;
}

static struct my_statement *next(struct reading *reading)
{
    struct my_statement *statement;

    if (!my_parser_next(reading->parser, &statement, &reading->error))
        print_error("%s\n", reading->error.message);
    assert_int_equal(reading->error.code, ERROR_NONE);
    return statement;
}

/* The only statement of the text. */
static struct my_statement *only(struct reading *reading)
{
    struct my_statement *statement = next(reading);

    assert_non_null(statement);
    assert_null(next(reading));
    return statement;
}

/* The statements' texts, with a bar between. */
static void check_split(struct my_flavor flavor, const char *text, const char *expected)
{
    struct reading reading = reading_of(flavor, text);
    struct my_statement *statement;
    struct buffer out = BUFFER_EMPTY;

    while ((statement = next(&reading)) != NULL) {
        if (out.length > 0)
            buffer_append(&out, "|");
        buffer_append(&out, statement->text);
    }
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
    arena_free(reading.arena);
}

static void test_delimiters(void **state)
{
    (void)state;
    check_split(mysql, " ; select 1 ;; select 2; ", "select 1|select 2");
    check_split(mysql, "select ';'; select \"a;\\\";\"; select `;`",
                "select ';'|select \"a;\\\";\"|select `;`");
    check_split(mysql, "-- a;\nselect 1 -- b;\n; # c;\n/* d; */ select 2--1;",
                "select 1 -- b;|select 2--1");
    check_split(mysql, "delimiter //\nselect 1; select 2//\nDELIMITER ;\nselect 3;",
                "select 1|select 2|select 3");
    check_split(mysql, "DELIMITER $$\ncreate procedure p() begin select 1; end$$\ndelimiter ;",
                "create procedure p() begin select 1; end");
    check_split(mysql, "DELIMITER ;;\nselect 1;;\nDELIMITER ;\nselect 2", "select 1|select 2");
    check_split(mysql, "use a\nselect 1; use b; select 2", "use a|select 1|use b|select 2");
    check_split(mysql, "\xef\xbb\xbfselect 1", "select 1");
    check_split(mysql, "select 1\\G\nselect 2", "select 1|select 2");
}

static void test_bodies(void **state)
{
    static const char *const programs[] = {
        "create procedure p() begin if a then select 1; end if; end",
        "create procedure p() begin select if(a, b, c); select 1; end",
        "create procedure p() begin case a when 1 then select 1; else select if(1,2,3); end case; end",
        "create procedure p() begin select case when 1 then if(1,2,3) else if(4,5,6) end; end",
        "create procedure p() begin while a do set b = repeat('x', 2); end while; end",
        "create procedure p() begin repeat set a = 1; until a end repeat; end",
        "create procedure p() l: begin m: loop leave m; end loop m; end l",
        "create procedure p() begin declare exit handler for not found begin end; select 1; end",
        "create procedure p() begin declare exit handler for sqlexception if a then set b = 1; end if; end",
        "create procedure p() begin if a then if b then set c = 1; elseif d then set e = 2; end if; else set f = 3; "
        "end if; end",
        "create procedure p() if a then select 1; end if",
        "create procedure p() begin if (select count(*) from t) then set a = 'end;'; end if; end",
        "create procedure if not exists p() begin if exists (select 1) then select 1; end if; end",
        "create function f(a int, b set('x')) returns char(3) charset utf8mb4 deterministic begin return if(a,1,2); end",
        "create function f() returns int return if(1, 2, 3)",
        "create trigger t before insert on x for each row begin set new.a = 1; end",
        "create trigger t before insert on x for each row follows u begin set new.a = 1; end",
        "create trigger t before insert on x for each row if new.a then set new.b = 1; end if",
        "create trigger t before insert on x for each row set new.end = if(new.begin, 1, 2)",
        "create definer=`a`@`b` event e on schedule every 1 day do begin delete from t; end",
        "alter event e do begin delete from t; end",
    };

    (void)state;
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        struct arena *arena = arena_new();

        check_split(mysql, arena_printf(arena, "%s; select 1;", programs[i]),
                    arena_printf(arena, "%s|select 1", programs[i]));
        arena_free(arena);
    }
    check_split(mariadb, "begin not atomic if a then select 1; end if; end; select 2",
                "begin not atomic if a then select 1; end if; end|select 2");
    check_split(mariadb,
                "create procedure p() begin for i in 1..2 do select 1; end for; end; select 2",
                "create procedure p() begin for i in 1..2 do select 1; end for; end|select 2");
}

static void test_conditional_comments(void **state)
{
    (void)state;
    check_split(mysql, "/*!40101 select 1 */; /*!99999 select 2 */; select 3", "select 1|select 3");
    check_split(mysql, "select /*!80016 a */ + /*!99999 b */ 1 /* c */", "select  a  +  1 /* c */");
    check_split(mysql, "select 1 /*!100100 + 2 */ /*M! + 3 */", "select 1  /*M! + 3 */");
    check_split(mariadb, "select 1 /*!100100 + 2 */ /*M! + 3 */ /*!80016 + 4*/ /*!50100 + 5 */",
                "select 1  + 2   + 3    + 5");
    check_split(mariadb, "select 1 /*M!100600 + 2 */ /*M!110000 + 3 */", "select 1  + 2");
    check_split(
        mysql,
        "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t BEFORE INSERT ON x FOR "
        "EACH ROW BEGIN set @a=1; END */;",
        "CREATE  DEFINER=`a`@`b`  TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN set @a=1; END");
    check_split(mysql, "select a/*! b*/c", "select a b c");
    check_split(mysql, "select a/*!99999 x*/c", "select a c");
    check_split(mysql, "select /*!99999 a /* b */ c */ 1", "select  1");
}

static void test_offsets(void **state)
{
    const char *text =
        "  /*!50003 create*/ /*!99999 x*/ table t (a int,\n b int /*!80000 default 5*/);";
    struct reading reading = reading_of(mysql, text);
    struct my_statement *statement = only(&reading);
    struct my_element *element = statement->table->elements.items[1];

    (void)state;
    assert_int_equal(statement->offset, strstr(text, "create") - text);
    assert_int_equal(statement->end, strlen(text) - 1);
    assert_int_equal(element->column->offset, strstr(text, "b int") - text);
    assert_int_equal(element->column->default_value->offset, strstr(text, "5*/") - text);
    arena_free(reading.arena);
}

static void test_modes(void **state)
{
    struct reading reading = reading_of(
        mysql,
        "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO,ANSI_QUOTES' */;\n"
        "create table \"a;b\" (c int);\n"
        "/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;\n"
        "set sql_mode = concat(@@sql_mode, ',NO_BACKSLASH_ESCAPES'); select 'a\\'; select 2");

    (void)state;
    next(&reading);
    assert_int_equal(my_parser_mode(reading.parser), MY_MODE_ANSI_QUOTES);
    assert_string_equal(my_parser_mode_text(reading.parser), "NO_AUTO_VALUE_ON_ZERO,ANSI_QUOTES");
    assert_string_equal(next(&reading)->name.name, "a;b");
    next(&reading);
    assert_int_equal(my_parser_mode(reading.parser), 0);
    assert_null(my_parser_mode_text(reading.parser));
    next(&reading);
    assert_string_equal(next(&reading)->text, "select 'a\\'");
    assert_string_equal(next(&reading)->text, "select 2");
    arena_free(reading.arena);
    assert_int_equal(my_sql_mode_parse("ansi"), MY_MODE_REAL_AS_FLOAT | MY_MODE_PIPES_AS_CONCAT |
                                                    MY_MODE_ANSI_QUOTES | MY_MODE_IGNORE_SPACE);
}

static void test_kinds(void **state)
{
    static const struct {
        const char *text;
        enum my_statement_kind kind;
        const char *word;
    } rows[] = {
        {"insert into t values (1)", MY_DATA, "INSERT"},
        {"(select 1)", MY_DATA, "SELECT"},
        {"lock tables t write", MY_NO_EFFECT, "LOCK"},
        {"begin", MY_NO_EFFECT, "BEGIN"},
        {"grant all on *.* to a@b", MY_PRIVILEGES, "GRANT"},
        {"create user a@b identified by 'x'", MY_PRIVILEGES, "CREATE USER"},
        {"set password = 'x'", MY_PRIVILEGES, "SET PASSWORD"},
        {"set @password = 'x'", MY_SET, "SET"},
        {"set session transaction read only", MY_NO_EFFECT, "SET TRANSACTION"},
        {"create server s foreign data wrapper mysql options (host 'x')", MY_UNMODELLED,
         "CREATE SERVER"},
        {"create spatial reference system 5 name 'x' definition 'y'", MY_UNMODELLED,
         "CREATE SPATIAL REFERENCE SYSTEM"},
        {"create function f returns string soname 'x.so'", MY_UNMODELLED, "CREATE FUNCTION"},
        {"create spatial index i on t (a)", MY_ALTER_TABLE, "CREATE INDEX"},
        {"create definer=root@localhost sql security invoker view v as select 1", MY_CREATE_VIEW,
         "CREATE VIEW"},
        {"alter view v as select 1", MY_CREATE_VIEW, "ALTER VIEW"},
        {"rename user a to b", MY_PRIVILEGES, "RENAME USER"},
        {"drop tables a, b", MY_DROP_TABLE, "DROP TABLES"},
        {"alter instance rotate innodb master key", MY_NO_EFFECT, "ALTER INSTANCE"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reading reading = reading_of(mysql, rows[i].text);
        struct my_statement *statement = only(&reading);

        assert_int_equal(statement->kind, rows[i].kind);
        assert_string_equal(statement->word, rows[i].word);
        arena_free(reading.arena);
    }
}

static void test_table(void **state)
{
    struct reading reading = reading_of(
        mysql,
        "create table if not exists d.t (\n"
        "  `id` int unsigned not null auto_increment comment 'x' primary key,\n"
        "  b varchar(10) character set utf8mb4 default 'y' collate utf8mb4_bin,\n"
        "  c int generated always as (`id` + 1) stored invisible check (c > 0) not enforced,\n"
        "  key k (b(3) desc, (c * 2)) using btree comment 'z' invisible,\n"
        "  constraint u unique (b),\n"
        "  constraint f foreign key (c) references x (y) on delete set null on update no action,\n"
        "  constraint check (b <> 'q')\n"
        ") engine=InnoDB default charset=utf8mb4 row_format = compressed\n"
        "/*!50100 partition by range (id) (partition p0 values less than (10) engine = InnoDB,\n"
        " partition p1 values less than maxvalue) */");
    struct my_table *table = only(&reading)->table;
    struct my_column *column = ((struct my_element *)table->elements.items[1])->column;
    struct my_key *key = ((struct my_element *)table->elements.items[3])->key;
    struct my_foreign_key *foreign = ((struct my_element *)table->elements.items[5])->foreign_key;
    struct my_option *option = table->options.items[1];

    (void)state;
    assert_true(table->if_not_exists);
    assert_string_equal(table->name.schema, "d");
    assert_int_equal(table->elements.count, 7);
    assert_string_equal(column->type.charset, "utf8mb4");
    assert_string_equal(column->type.collation, "utf8mb4_bin");
    assert_string_equal(column->default_value->text, "y");
    column = ((struct my_element *)table->elements.items[2])->column;
    assert_string_equal(column->generated, "STORED");
    assert_int_equal(column->visible, MY_INVISIBLE);
    assert_true(((struct my_check *)column->checks.items[0])->not_enforced);
    assert_string_equal(key->name, "k");
    assert_string_equal(((struct my_key_part *)key->parts.items[0])->length, "3");
    assert_true(((struct my_key_part *)key->parts.items[0])->descending);
    assert_non_null(((struct my_key_part *)key->parts.items[1])->expression);
    assert_int_equal(key->options.count, 3);
    assert_string_equal(foreign->constraint, "f");
    assert_string_equal(foreign->on_delete, "SET NULL");
    assert_string_equal(foreign->on_update, "NO ACTION");
    assert_string_equal(option->name, "CHARSET");
    assert_string_equal(table->partitioning->method, "RANGE");
    assert_int_equal(table->partitioning->partitions.count, 2);
    assert_true(((struct my_partition *)table->partitioning->partitions.items[1])->maximum);
    arena_free(reading.arena);
}

static void test_programs(void **state)
{
    struct reading reading = reading_of(
        mariadb,
        "DELIMITER $$\n"
        "create or replace definer = root@localhost procedure d.p (in a int, out `b c` varchar(5))\n"
        "  comment 'x' sql security invoker reads sql data\n"
        "begin\n  -- kept;\n  select a;\nend $$\n"
        "create trigger t after update on d.x for each row precedes u set @a = 1$$\n"
        "create event e on schedule every '1:2' hour_minute starts now() + interval 1 day on completion "
        "not preserve disable on slave comment 'c' do select 1 $$\n"
        "create view v (a) as select 1 /* x */ with local check option$$\n");
    struct my_statement *statement = next(&reading);

    (void)state;
    assert_true(statement->or_replace);
    assert_string_equal(statement->definer.host, "localhost");
    assert_string_equal(statement->routine, "PROCEDURE");
    assert_int_equal(statement->parameters.count, 2);
    assert_string_equal(statement->parameters_text, "in a int, out `b c` varchar(5)");
    assert_string_equal(statement->security, "INVOKER");
    assert_string_equal(statement->data_access, "READS SQL DATA");
    assert_string_equal(statement->body, "begin\n  -- kept;\n  select a;\nend");
    assert_string_equal(statement->text + statement->body_offset, statement->body);
    statement = next(&reading);
    assert_string_equal(statement->timing, "AFTER");
    assert_string_equal(statement->on_table.name, "x");
    assert_string_equal(statement->order, "PRECEDES");
    assert_string_equal(statement->body, "set @a = 1");
    statement = next(&reading);
    assert_string_equal(statement->every_unit, "HOUR_MINUTE");
    assert_string_equal(statement->completion, "NOT PRESERVE");
    assert_string_equal(statement->status, "DISABLE ON SLAVE");
    assert_string_equal(statement->body, "select 1");
    statement = next(&reading);
    assert_string_equal(statement->body, "select 1");
    assert_string_equal(statement->check_option, "LOCAL");
    arena_free(reading.arena);
}

static void test_errors(void **state)
{
    static const struct {
        const char *text;
        const char *message;
        const char *hint; /* how it begins */
        int line;
        int column;
    } rows[] = {
        {"create table t (\n  a int,\n  order int)", "syntax error at or near \"order\"",
         "ORDER is a reserved word", 3, 3},
        {"create table t (a int", "syntax error at the end of the statement", "", 1, 22},
        {"create tabel t (a int)", "syntax error at or near \"tabel\"", "", 1, 8},
        {"select 1;\n foo bar;", "syntax error at or near \"foo\"", "", 2, 2},
        {"select 'a;\n", "a quote is never closed", "The text ends", 1, 8},
        {"select 1 /* a", "the comment is never closed", "", 1, 10},
        {"create procedure p() begin select 1;", "the block that begins here has no END",
         "Every BEGIN", 1, 22},
        {"source x.sql", "this line is a command to the client, not SQL", "Name the file", 1, 1},
        {"create table t (a integre)", "there is no data type \"integre\"", "", 1, 19},
        {"create table t (a int /*!99999 x */ b)", "syntax error at or near \")\"", "", 1, 38},
        {"create table t (a int) engine", "syntax error at the end of the statement", "", 1, 30},
        {"create table t (a int) engin=innodb", "MySQL knows no option \"engin\"",
         "Did you mean ENGINE?", 1, 24},
        {"create table t (a int) comment 'x', commentt 'x'", "MySQL knows no option \"commentt\"",
         "Did you mean COMMENT?", 1, 37},
        {"create table t (a int engin=innodb)", "MySQL knows no option \"engin\"", "", 1, 23},
        {"create table t (a int, key k (a) commnt 'x')", "MySQL knows no option \"commnt\"", "", 1,
         34},
        {"create table t (a int) page_compressed=1", "MySQL knows no option \"page_compressed\"",
         "", 1, 24},
        {"alter table t engin=innodb", "MySQL knows no option \"engin\"", "", 1, 15},
        {"create table t (a int) partition by hash (a) (partition p enginee=innodb)",
         "MySQL knows no option \"enginee\"", "", 1, 59},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reading reading = reading_of(mysql, rows[i].text);
        struct my_statement *statement;

        while (my_parser_next(reading.parser, &statement, &reading.error) && statement != NULL)
            ;
        assert_int_equal(reading.error.code, ERROR_SYNTAX);
        assert_string_equal(reading.error.message, rows[i].message);
        assert_int_equal(strncmp(reading.error.hint, rows[i].hint, strlen(rows[i].hint)), 0);
        assert_int_equal(reading.error.line, rows[i].line);
        assert_int_equal(reading.error.column, rows[i].column);
        arena_free(reading.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_delimiters),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_conditional_comments),
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_modes),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_programs),
        cmocka_unit_test(test_errors),
    };

    return RUN(tests);
}
