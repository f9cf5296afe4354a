/* What kind of statement it is, by its first words. */
#include <string.h>
#include <strings.h>

#include "mysql/sql/parse_split.h"

static bool same(const char *word, size_t length, const char *wanted)
{
    return strlen(wanted) == length && strncasecmp(word, wanted, length) == 0;
}

static bool one_of(const char *word, size_t length, const char *list)
{
    while (*list != '\0') {
        size_t item = strcspn(list, " ");

        if (item == length && strncasecmp(word, list, length) == 0)
            return true;
        list += item + (list[item] == ' ');
    }
    return false;
}

static const struct {
    const char *words;
    enum my_statement_kind kind;
} first_words[] = {
    {"INSERT REPLACE UPDATE DELETE SELECT WITH CALL LOAD HANDLER DO TRUNCATE VALUES TABLE IMPORT EXECUTE "
     "PREPARE DEALLOCATE",
     MY_DATA},
    {"LOCK UNLOCK COMMIT ROLLBACK START SAVEPOINT RELEASE ANALYZE OPTIMIZE CHECK REPAIR FLUSH SHOW "
     "DESCRIBE DESC EXPLAIN HELP CHECKSUM KILL RESET PURGE CHANGE STOP XA CACHE BINLOG SHUTDOWN "
     "RESTART CLONE BACKUP SIGNAL RESIGNAL GET",
     MY_NO_EFFECT},
    {"GRANT REVOKE", MY_PRIVILEGES},
    {"INSTALL UNINSTALL", MY_UNMODELLED},
};

static const struct object_word {
    const char *word;
    enum my_statement_kind create;
    enum my_statement_kind alter;
    enum my_statement_kind drop;
    enum my_head_kind program;
} objects[] = {
    {"TABLE", MY_CREATE_TABLE, MY_ALTER_TABLE, MY_DROP_TABLE, MY_HEAD_PLAIN},
    {"TABLES", MY_CREATE_TABLE, MY_ALTER_TABLE, MY_DROP_TABLE, MY_HEAD_PLAIN},
    {"DATABASE", MY_CREATE_DATABASE, MY_ALTER_DATABASE, MY_DROP_DATABASE, MY_HEAD_PLAIN},
    {"SCHEMA", MY_CREATE_DATABASE, MY_ALTER_DATABASE, MY_DROP_DATABASE, MY_HEAD_PLAIN},
    {"INDEX", MY_ALTER_TABLE, MY_ALTER_TABLE, MY_ALTER_TABLE, MY_HEAD_PLAIN},
    {"UNIQUE", MY_ALTER_TABLE, MY_ALTER_TABLE, MY_ALTER_TABLE, MY_HEAD_PLAIN},
    {"FULLTEXT", MY_ALTER_TABLE, MY_ALTER_TABLE, MY_ALTER_TABLE, MY_HEAD_PLAIN},
    {"VECTOR", MY_ALTER_TABLE, MY_ALTER_TABLE, MY_ALTER_TABLE, MY_HEAD_PLAIN},
    {"VIEW", MY_CREATE_VIEW, MY_CREATE_VIEW, MY_DROP_VIEW, MY_HEAD_PLAIN},
    {"TRIGGER", MY_CREATE_TRIGGER, MY_UNMODELLED, MY_DROP_TRIGGER, MY_HEAD_TRIGGER},
    {"PROCEDURE", MY_CREATE_ROUTINE, MY_ALTER_ROUTINE, MY_DROP_ROUTINE, MY_HEAD_ROUTINE},
    {"FUNCTION", MY_CREATE_ROUTINE, MY_ALTER_ROUTINE, MY_DROP_ROUTINE, MY_HEAD_ROUTINE},
    {"EVENT", MY_CREATE_EVENT, MY_ALTER_EVENT, MY_DROP_EVENT, MY_HEAD_EVENT},
    {"SEQUENCE", MY_CREATE_SEQUENCE, MY_ALTER_SEQUENCE, MY_DROP_SEQUENCE, MY_HEAD_SEQUENCE},
    {"USER", MY_PRIVILEGES, MY_PRIVILEGES, MY_PRIVILEGES, MY_HEAD_PLAIN},
    {"ROLE", MY_PRIVILEGES, MY_PRIVILEGES, MY_PRIVILEGES, MY_HEAD_PLAIN},
    {"INSTANCE", MY_UNMODELLED, MY_NO_EFFECT, MY_UNMODELLED, MY_HEAD_PLAIN},
    {"PACKAGE", MY_UNMODELLED, MY_UNMODELLED, MY_UNMODELLED, MY_HEAD_PACKAGE},
    {"SERVER", MY_UNMODELLED, MY_UNMODELLED, MY_UNMODELLED, MY_HEAD_PLAIN},
    {"TABLESPACE", MY_UNMODELLED, MY_UNMODELLED, MY_UNMODELLED, MY_HEAD_PLAIN},
    {"UNDO", MY_UNMODELLED, MY_UNMODELLED, MY_UNMODELLED, MY_HEAD_PLAIN},
    {"LOGFILE", MY_UNMODELLED, MY_UNMODELLED, MY_UNMODELLED, MY_HEAD_PLAIN},
    {"RESOURCE", MY_UNMODELLED, MY_UNMODELLED, MY_UNMODELLED, MY_HEAD_PLAIN},
    {"LIBRARY", MY_UNMODELLED, MY_UNMODELLED, MY_UNMODELLED, MY_HEAD_PLAIN},
    {"JSON", MY_UNMODELLED, MY_UNMODELLED, MY_UNMODELLED, MY_HEAD_PLAIN},
    {"MATERIALIZED", MY_UNMODELLED, MY_UNMODELLED, MY_UNMODELLED, MY_HEAD_PLAIN},
    {"PREPARE", MY_UNMODELLED, MY_UNMODELLED, MY_DATA, MY_HEAD_PLAIN},
};

static void settle(struct my_head *head, enum my_statement_kind kind, const char *word, bool parsed)
{
    head->kind = kind;
    head->word = word;
    head->parsed = parsed;
    head->known = true;
}

static void take_object(struct my_head *head, const struct object_word *object, struct arena *arena)
{
    bool create = strcmp(head->verb, "CREATE") == 0;
    enum my_statement_kind kind = create                             ? object->create
                                  : strcmp(head->verb, "ALTER") == 0 ? object->alter
                                                                     : object->drop;
    bool parsed =
        kind != MY_PRIVILEGES && kind != MY_UNMODELLED && kind != MY_NO_EFFECT && kind != MY_DATA;

    if (create || object->program == MY_HEAD_EVENT || object->program == MY_HEAD_SEQUENCE)
        head->program = object->program;
    settle(head, kind, arena_printf(arena, "%s %s", head->verb, object->word), parsed);
}

/* The second and later words of CREATE, ALTER and DROP. */
static void read_object(struct my_head *head, const char *word, size_t length, struct arena *arena)
{
    if (head->spatial) {
        if (same(word, length, "REFERENCE"))
            settle(head, MY_UNMODELLED, "CREATE SPATIAL REFERENCE SYSTEM", false);
        else
            settle(head, MY_ALTER_TABLE, "CREATE INDEX", true);
        return;
    }
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++)
        if (same(word, length, objects[i].word)) {
            take_object(head, &objects[i], arena);
            return;
        }
    if (same(word, length, "SPATIAL"))
        head->spatial = true;
    else if (same(word, length, "DEFINER"))
        head->definer = true;
    else if (!head->definer &&
             !one_of(word, length,
                     "OR REPLACE TEMPORARY AGGREGATE ALGORITHM UNDEFINED MERGE TEMPTABLE SQL "
                     "SECURITY INVOKER IGNORE ONLINE OFFLINE"))
        settle(head, MY_SET, head->verb, true); /* the grammar will say that it is none */
}

static void read_first(struct my_head *head, const char *word, size_t length, struct arena *arena)
{
    static const char *const verbs[] = {"CREATE", "ALTER", "DROP", "RENAME", "SET", "BEGIN"};
    char *upper = arena_strndup(arena, word, length < 30 ? length : 30);

    for (char *letter = upper; *letter != '\0'; letter++)
        if (*letter >= 'a' && *letter <= 'z')
            *letter = (char)(*letter - 'a' + 'A');
    head->word = upper;
    head->parsed = true; /* so that what is unknown is a syntax error */
    head->kind = MY_SET;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (strcmp(upper, verbs[i]) == 0) {
            head->verb = verbs[i];
            return;
        }
    head->known = true;
    if (strcmp(upper, "USE") == 0)
        head->kind = MY_USE;
    for (size_t i = 0; i < sizeof first_words / sizeof first_words[0]; i++)
        if (one_of(upper, length, first_words[i].words))
            settle(head, first_words[i].kind, upper, false);
}

/* SET PASSWORD, SET ROLE; SET TRANSACTION; SET STATEMENT ... FOR. */
static void read_set(struct my_head *head, const char *word, size_t length)
{
    if (same(word, length, "PASSWORD"))
        settle(head, MY_PRIVILEGES, "SET PASSWORD", false);
    else if (same(word, length, "ROLE"))
        settle(head, MY_PRIVILEGES, "SET ROLE", false);
    else if (same(word, length, "TRANSACTION") || same(word, length, "RESOURCE"))
        settle(head, MY_NO_EFFECT, "SET TRANSACTION", false);
    else if (same(word, length, "STATEMENT"))
        settle(head, MY_UNMODELLED, "SET STATEMENT", false);
    else if (!one_of(word, length, "SESSION GLOBAL LOCAL DEFAULT"))
        settle(head, MY_SET, "SET", true);
}

void my_head_word(struct my_head *head, const char *word, size_t length, struct arena *arena)
{
    if (head->known)
        return;
    if (head->word == NULL) {
        read_first(head, word, length, arena);
    } else if (strcmp(head->verb, "RENAME") == 0) {
        if (same(word, length, "USER"))
            settle(head, MY_PRIVILEGES, "RENAME USER", false);
        else
            settle(head, MY_RENAME_TABLES, "RENAME TABLE", true);
    } else if (strcmp(head->verb, "SET") == 0) {
        read_set(head, word, length);
    } else if (strcmp(head->verb, "BEGIN") == 0) {
        bool block = same(word, length, "NOT");

        settle(head, block ? MY_UNMODELLED : MY_NO_EFFECT, block ? "BEGIN NOT ATOMIC" : "BEGIN",
               false);
        head->program = block ? MY_HEAD_BLOCK : MY_HEAD_PLAIN;
    } else {
        read_object(head, word, length, arena);
    }
}

void my_head_end(struct my_head *head)
{
    if (head->word == NULL)
        settle(head, MY_SET, "", true);
    else if (!head->known && strcmp(head->verb, "BEGIN") == 0)
        settle(head, MY_NO_EFFECT, "BEGIN", false);
}
