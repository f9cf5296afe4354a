/* How a server alters a table: the cheapest ALGORITHM and LOCK that it takes for an action, or several in one statement, on a
 * table of some sort. All of it was tried (alter.def). */
#ifndef PLUMB_MYSQL_FACTS_ALTER_H
#define PLUMB_MYSQL_FACTS_ALTER_H

#include "mysql/facts/flavor.h"

enum my_alter_action {
#define ACTION(name) MY_ALTER_##name,
#include "mysql/facts/alter.def"
    MY_ALTER_ACTION_COUNT
};

enum my_table_trait {
#define TRAIT(name) MY_TABLE_##name,
#include "mysql/facts/alter.def"
    MY_TABLE_TRAIT_COUNT
};

/* The cheapest first. */
enum my_alter_way {
    MY_WAY_INSTANT,
    MY_WAY_INPLACE, /* ALGORITHM=INPLACE, LOCK=NONE: reads and writes go on */
    MY_WAY_SHARED,  /* ALGORITHM=INPLACE, LOCK=SHARED: writes wait */
    MY_WAY_COPY,    /* ALGORITHM=COPY, LOCK=SHARED */
    MY_WAY_CHOSEN,  /* taken only where nothing is asked for */
    MY_WAY_REFUSED,
    MY_WAY_OTHERWISE /* taken together, but the table is not what it becomes by one after the other */
};

/* How often each action is in a statement. */
struct my_alter_actions {
    unsigned char times[MY_ALTER_ACTION_COUNT];
};

void my_alter_actions_add(struct my_alter_actions *actions, enum my_alter_action action);

/* The version that was tried of those not newer than this one; where all are newer, the oldest. */
int my_alter_tried_version(struct my_flavor flavor);

/* How the server does all of them in one statement. traits: a bit 1 << MY_TABLE_... for each thing that the table has. Never
 * cheaper than what was tried; REFUSED and OTHERWISE: not in one statement. */
enum my_alter_way my_alter_way(struct my_flavor flavor, const struct my_alter_actions *actions,
                               uint64_t traits);

/* False where two of the actions are such that the server refuses them in one statement, or does otherwise than one after the
 * other. */
bool my_alter_joins(struct my_flavor flavor, const struct my_alter_actions *actions);

/* "ALGORITHM=INPLACE, LOCK=NONE"; "" where nothing is to be asked for. */
const char *my_alter_way_clause(enum my_alter_way way);

#endif
