/* Two small diffs without a server, with as many kinds of objects and expressions as fit, for tests in which
 * memory runs out. */
#ifndef PLUMB_TESTS_SMALL_DIFF_H
#define PLUMB_TESTS_SMALL_DIFF_H

#include "../support.h"

#include <string.h>

#include "plumb.h"

struct pair {
    const char *flavor;
    const char *before;
    const char *after;
};

static const struct pair postgres = {
    "postgres:18",
    "CREATE TYPE mood AS ENUM ('sad', 'ok');\n"
    "CREATE TABLE person (id serial PRIMARY KEY, name varchar(20) DEFAULT 'x', mood mood);\n"
    "CREATE VIEW names AS SELECT id, name FROM person WHERE mood <> 'sad';\n"
    "CREATE FUNCTION twice(i integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * i';\n",
    "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');\n"
    "CREATE TABLE person (id serial PRIMARY KEY, name text DEFAULT lower('X'), mood mood,\n"
    "    parent integer REFERENCES person, CHECK (id > 0 AND length(name) IN (1, 2)));\n"
    "CREATE INDEX ON person (lower(name)) WHERE id > 10;\n"
    "CREATE VIEW names AS SELECT p.id, p.name FROM person AS p WHERE p.mood <> 'sad';\n"
    "COMMENT ON TABLE person IS 'people';\n"
    "GRANT SELECT ON person TO somebody;\n"};

static const struct pair mysql = {
    "mysql:8.4",
    "CREATE TABLE `person` (`id` int NOT NULL AUTO_INCREMENT, `name` varchar(20) DEFAULT 'x',\n"
    "    PRIMARY KEY (`id`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n"
    "CREATE VIEW `names` AS SELECT `id`, `name` FROM `person` WHERE `id` > 3;\n",
    "CREATE TABLE `person` (`id` bigint NOT NULL AUTO_INCREMENT, `name` text,\n"
    "    `parent` bigint, `up` varchar(20) GENERATED ALWAYS AS (upper(`name`)) STORED,\n"
    "    PRIMARY KEY (`id`), KEY `by_up` (`up`), CHECK (`id` > 0 AND `parent` <> `id`),\n"
    "    CONSTRAINT `p` FOREIGN KEY (`parent`) REFERENCES `person` (`id`)) COMMENT='people';\n"
    "CREATE VIEW `names` AS SELECT `p`.`id`, `p`.`name` FROM `person` `p` WHERE (`p`.`id` > 4);\n"
    "CREATE TRIGGER `t` BEFORE INSERT ON `person` FOR EACH ROW SET NEW.`name` = 'y';\n"};

/* Everything that can be done without a server, from texts to a printed plan; what came of it. */
static inline enum plumb_code run(const struct pair *pair, struct plumb_error *error)
{
    static const enum plumb_format formats[] = {PLUMB_TEXT, PLUMB_SQL, PLUMB_JSON};
    struct plumb_load_options load = PLUMB_LOAD_OPTIONS_INIT;
    struct plumb_options options = PLUMB_OPTIONS_INIT;
    struct plumb_model *target;
    struct plumb_model *wanted = NULL;
    struct plumb_plan *plan;
    enum plumb_code code;

    load.flavor = pair->flavor;
    options.reviewable = true;
    target = plumb_load_text("before.sql", pair->before, strlen(pair->before), &load, error);
    if (target)
        wanted = plumb_load_text("after.sql", pair->after, strlen(pair->after), &load, error);
    plan = plumb_diff(target, wanted, &options, error);
    code = plumb_error_code(error);
    for (size_t i = 0; i < 3 && code == PLUMB_OK; i++) {
        plumb_text_free(plumb_plan_print(plan, formats[i], error));
        code = plumb_error_code(error);
    }
    if (code == PLUMB_OK) {
        plumb_text_free(plumb_plan_file(plan, error));
        code = plumb_error_code(error);
    }
    plumb_plan_free(plan);
    return code;
}

#endif
