/* A step: one statement of the plan, with all that a reviewer, the executor and the record need to
 * know of it. Dialects make steps through a step_sink; nobody else does. */
#ifndef PLUMB_PLAN_STEP_H
#define PLUMB_PLAN_STEP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/list.h"
#include "model/model.h"

enum hazard {
#define HAZARD(upper, name, lossy, text) HAZARD_##upper,
#include "plan/hazards.def"
#undef HAZARD
    HAZARD_COUNT
};

const char *hazard_name(enum hazard hazard);
const char *hazard_text(enum hazard hazard);
bool hazard_is_lossy(enum hazard hazard);

/* The hazard of that name; -1 when there is none. */
int hazard_find(const char *name);

/* The strongest lock a step takes on an existing object, weakest first. */
enum step_lock {
    LOCK_NONE,
    LOCK_ACCESS_SHARE,
    LOCK_ROW_SHARE,
    LOCK_ROW_EXCLUSIVE,
    LOCK_SHARE_UPDATE_EXCLUSIVE,
    LOCK_SHARE,
    LOCK_SHARE_ROW_EXCLUSIVE,
    LOCK_EXCLUSIVE,
    LOCK_ACCESS_EXCLUSIVE,
    LOCK_COUNT
};

/* "access exclusive": PostgreSQL's names, by which programs know locks; people are told those of their server
 * (plan_lock_name). */
const char *lock_name(enum step_lock lock);

/* What a lock keeps from going on meanwhile. */
enum lock_block { BLOCK_NOTHING, BLOCK_SCHEMA_CHANGES, BLOCK_WRITERS, BLOCK_READERS_AND_WRITERS };

/* "blocks writers". */
const char *lock_block_text(enum lock_block block);

enum step_action { ACTION_CREATE, ACTION_ALTER, ACTION_DROP, ACTION_RENAME };

/* "create". */
const char *action_name(enum step_action action);

enum step_transaction {
    TRANSACTION_ANY,          /* may run inside a transaction with others */
    TRANSACTION_COMMIT_AFTER, /* may, but what it makes can be used only after COMMIT */
    TRANSACTION_NEVER         /* must run outside any transaction block */
};

/* More rows than these are not counted. */
enum { ROW_QUESTION_CAP = 1000 };

/* What a server says to a question. */
struct row_answer {
    int64_t count;   /* of rows that do not fit; ROW_QUESTION_CAP or more: at least these */
    const char *key; /* of one of them: "id=7"; NULL where the table has no key */
};

/* A query for rows of the database, as it is before the plan, that would make a step fail. */
struct row_question {
    const char *
        sql; /* begins with SELECT, only reads, and gives one row of a struct row_answer's values */
    const struct object *object; /* that the rows do not fit: a foreign key */
    const char *found;           /* what is wrong with them: "rows of table c have no parent" */
};

struct step {
    const char *
        sql; /* one statement without the semicolon; tokens stand for its secrets (core/secret/secret.h) */
    const char *shown; /* the same for people, where it has secrets; else NULL */
    enum step_action action;
    const struct object
        *object;      /* what it makes, alters or drops (old model's object for a drop) */
    uint64_t hazards; /* 1 << enum hazard */
    enum step_lock lock;
    const struct object *locked; /* the object locked; NULL: the step's object or its table */
    bool rewrites;
    bool scans;
    enum step_transaction transaction;
    bool compound; /* it has semicolons of its own: a script has to say where it ends */
    const char
        *alter_clauses; /* what follows ALTER TABLE and the name, where a tool for online schema
                                  changes could do it instead; NULL: none */
    const char
        *parts; /* of a statement that does several things at once: what it drops and changes,
                          "column t.a, column t.b"; NULL: its object says all */
    struct pointer_list
        drops; /* of such a statement: const struct object *, what it drops directly */
    struct pointer_list alters_parts; /* and what it changes */
    struct pointer_list
        comes_back; /* of the wanted model: what it ends, and a later step makes anew */
    struct pointer_list
        deltas; /* const struct delta *: what differs and is brought about by it, perhaps together
                                   with other steps */
    struct pointer_list questions; /* struct row_question * */
    const char *
        alters; /* of a statement whose clause may stand with those of others in one: "ALTER TABLE t"; NULL:
                           none */
    const char *clause; /* then what follows: "ADD COLUMN a integer" */
    struct pointer_list
        joined; /* struct step *: those that have become this one; none: it is one by itself */
    struct pointer_list makes; /* struct object *: what else it makes, as parts of its object */
    bool
        setting; /* of a sink: only sets the session for the steps after it, or back; becomes a part of one of them */
    struct text_list prepares; /* statements that set the session for this one, before it */
    struct text_list restores; /* and what they changed back, after it */
    const char *note;          /* for people: "looks like a rename of ...", NULL none */
    const char *
        subject; /* for people, what it is about, where its object's name does not say it: "column t.a
                             to b" of a rename; NULL: see step_subject */
    int group;   /* transaction group, from 0; set by the planner */
};

struct step_list {
    struct step *items;
    size_t count;
    size_t room;
};

/* The step's actions one by one: itself, or those that have become this one; NULL after the last. */
const struct step *step_part(const struct step *step, size_t index);

/* True when one of the step's actions is that one on that object. */
bool step_does(const struct step *step, enum step_action action, const struct object *object);

/* Makes one step of two whose clauses may stand in one statement, in the arena: it alters the table, with all that the
 * other costs besides. */
void step_join(struct arena *arena, struct step *step, const struct step *other,
               const struct object *table);

/* What the step is about, without its action: "column shop.customers.name to full_name", "table t: create column a,
 * drop column b"; "" without an object. In the arena. */
const char *step_subject(struct arena *arena, const struct step *step);

/* "create column b": what happens to one of several parts, and "table t: create column a, create column b", what a
 * step is about that does all of that; not all of a long list. In the arena. */
const char *step_part_title(struct arena *arena, enum step_action action,
                            const struct object *object);
const char *step_subject_of(struct arena *arena, const struct object *whole,
                            const struct text_list *titles);

/* The same with its action before it: "rename column shop.customers.name to full_name". */
const char *step_title(struct arena *arena, const struct step *step);

/* What the step locks: an object named by the dialect, else the one that its object belongs to; NULL: nothing is known. */
const struct object *step_locked(const struct step *step);

struct step *step_list_add(struct step_list *list, struct arena *arena, struct step step);

/* What a dialect's rules write into: the statements of one action on one object. */
struct step_sink {
    struct arena *arena; /* for texts of steps */
    struct step_list steps;
    const struct object *object; /* filled into each step */
    enum step_action action;
    const struct object *
        carried; /* of a drop: the object of the old model whose contents are carried over; what is dropped
                                     holds them, or a part of them, and is only put aside. NULL: none */
    const bool *
        apart; /* of a drop, by rank in from: what has a drop of its own, though it could end with another's; NULL:
                                     nothing */
    bool
        table_is_new; /* the table concerned is made by the same plan: no lock, no hazards matter */
    int server_version;       /* of the target; 0 unknown: the newest */
    const struct model *from; /* the two models of the plan, for what an object alone cannot tell */
    const struct model *to;
};

/* Adds a question to a step. The texts are in the sink's arena. */
void step_ask(const struct step_sink *sink, struct step *step, const struct object *object,
              const char *sql, const char *found);

/* Adds a step with that statement (printf); hazards and lock can be set in what is returned, which is
 * valid until the next call. */
struct step *sink_statement(struct step_sink *sink, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
