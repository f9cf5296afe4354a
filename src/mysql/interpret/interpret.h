/* The interpreter of MySQL's and MariaDB's DDL, for files (my_interpret, mysql.h) and for the catalog
 * reader: statements change a model as the server would change its catalog. What is canonical already
 * comes out as it went in, so that SHOW CREATE goes through here too. Statements may come in any
 * order: one that names what does not exist (yet) is tried again after the others. */
#ifndef PLUMB_MYSQL_INTERPRET_INTERPRET_H
#define PLUMB_MYSQL_INTERPRET_INTERPRET_H

#include <stdbool.h>

#include "core/error.h"
#include "model/model.h"
#include "dialect/dialect.h"

struct my_interpreter;

/* Under what the server made a view, trigger, routine or event; NULL: not said. */
struct my_program_settings {
    const char *sql_mode;
    const char *character_set_client;
    const char *collation_connection;
    const char *time_zone; /* of events */
};

/* Begins to interpret into the model, which has its settings already (my_set_setting); schema ""
 * is made at once unless the setting "database" is there and empty, which means: all databases. With
 * from_server the texts are SHOW CREATE's: nothing is left to defaults of a session, what is not
 * printed is not there. Everything lives in the model's arena. */
struct my_interpreter *my_interpreter_begin(struct model *model, bool from_server);

/* The SCHEMA object of that name, made if it is not there; its default collation is set unless
 * collation is NULL. The database that the model's setting "database" names is "". */
struct object *my_interpreter_schema(struct my_interpreter *interpreter, const char *name,
                                     const char *collation);

/* Interprets a text whose unqualified names are of the database `schema` (as the server calls it; "" or the
 * setting "database" give the SCHEMA object ""). settings may be NULL. source_name is what messages call
 * the text; NULL: no place is kept. Text and name must outlive my_interpreter_finish. Triggers of a
 * table and event follow each other in the order in which they are given. False with an error; what
 * is only missing so far is no error before the end. */
bool my_interpreter_statement(struct my_interpreter *interpreter, const char *schema,
                              const struct my_program_settings *settings, const char *source_name,
                              const char *text, size_t length, struct error *error);

/* Tries again what waits, binds what points to other tables, and writes the notes. The interpreter must
 * not be used afterwards. */
bool my_interpreter_finish(struct my_interpreter *interpreter, struct error *error);

/* Files: the dialect's interpret (dialect.h); a model without settings is for the newest MySQL. */
bool my_interpret(const struct source_text *sources, size_t count, struct model *model,
                  struct error *error);

#endif
