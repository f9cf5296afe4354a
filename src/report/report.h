/* A plan for people and for programs: text, a script, JSON; and a model as SQL files. Everything is
 * written into a buffer or a folder; whoever calls decides where it goes. */
#ifndef PLUMB_REPORT_REPORT_H
#define PLUMB_REPORT_REPORT_H

#include "core/buffer.h"
#include "core/error.h"
#include "plan/plan.h"

/* How many objects a plan makes, changes and ends. An object that is dropped and made anew counts as
 * replaced only. */
struct report_counts {
    size_t created;
    size_t altered; /* renamed ones too */
    size_t dropped;
    size_t replaced;
};

struct report_counts report_count(const struct plan *plan);

/* "3 to create, 1 to alter, 2 to drop", or "nothing to do"; "besides 2 objects kept" where nothing is dropped. */
void report_summary(const struct plan *plan, struct buffer *out);

/* The plan for people. */
void report_text(const struct plan *plan, bool colour, struct buffer *out);

/* A script that psql runs as it stands. */
void report_sql(const struct plan *plan, struct buffer *out);

/* One JSON object; its format has a version. */
void report_json(const struct plan *plan, struct buffer *out);

/* dump.c: a plan that starts from an empty database, as SQL without any decoration. */
void report_dump(const struct plan *plan, struct buffer *out);

/* split.c: the same as files in a folder, one for each family of objects (a table with its indexes,
 * triggers, ...), and a main.sql that includes them in an order in which psql can run them. The folder
 * is new, empty, or holds an earlier dump, whose files are replaced; anything else is refused. Files of
 * the earlier dump that this one does not write are removed; those that somebody changed since stay, and
 * are listed in left (in its arena). */
bool report_split(const struct plan *plan, const char *folder, struct text_list *left,
                  struct arena *left_arena, struct error *error);

/* --- common ground: words.c ------------------------------------------------------------------- */

const char *transaction_name(enum step_transaction transaction);

/* Appends the statement with its semicolon, each line after so many blanks, and a newline. */
void append_statement(struct buffer *out, const char *sql, size_t indent);

/* The same for people: control characters are shown escaped. */
void append_statement_shown(struct buffer *out, const char *sql, size_t indent);

/* What a script of the plan's dialect begins with; nothing for most. */
void append_head(struct buffer *out, const struct plan *plan);

/* The same for a script: a compound statement gets a delimiter of its own. */
void append_step(struct buffer *out, const struct step *step);

#endif
