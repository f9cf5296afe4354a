/* Syntax trees of MySQL's and MariaDB's SQL: what the grammar makes of a text, and nothing else knows of
 * the grammar. All memory is an arena's. Names are bare (without quotes, escapes decoded), keywords in
 * upper case. Offsets count bytes from the start of the source text; [offset, end) is what was written. */
#ifndef PLUMB_MYSQL_SQL_TREE_H
#define PLUMB_MYSQL_SQL_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/list.h"

struct my_query;

/* A name with what qualifies it; schema NULL where not written. */
struct my_name {
    const char *schema;
    const char *name;
    size_t offset;
};

/* --- expressions ----------------------------------------------------------------------------- */

enum my_node_kind {
    /* literals: text is the value */
    MY_STRING, /* escapes decoded; adjacent strings joined; charset: introducer without "_", or "N" */
    MY_NUMBER,   /* as written: 1, 1.50, 1e3 */
    MY_HEX,      /* the digits, of x'..' and 0x.. */
    MY_BIT,      /* the digits, of b'..' and 0b.. */
    MY_TEMPORAL, /* name: DATE, TIME or TIMESTAMP; text: the string */
    MY_NULL,
    MY_TRUE,
    MY_FALSE,
    /* names */
    MY_COLUMN,    /* text: column, or "*"; table and schema qualify it */
    MY_VARIABLE,  /* text: "@name", "@@session.sql_mode" */
    MY_PARAMETER, /* ? */
    MY_DEFAULT,   /* DEFAULT, or DEFAULT(child 0) */
    /* operators: name is the operator in upper case, canonical spelling as below */
    MY_UNARY,   /* - + ~ ! NOT BINARY PRIOR; "!" and NOT stay apart */
    MY_BINARY,  /* + - * / DIV % MOD | & ^ << >> || && AND OR XOR = <=> < > <= >= <> := -> ->>
                  "!=" is "<>"; "||" and "&&" as written (pipes_as_concat is in flags) */
    MY_IS,      /* child 0 IS [NOT] name; name: NULL TRUE FALSE UNKNOWN JSON; flag NEGATED */
    MY_IN,      /* child 0 [NOT] IN (the others), or query in the last child (MY_SUBQUERY) */
    MY_BETWEEN, /* child 0 [NOT] BETWEEN 1 AND 2 */
    MY_LIKE,    /* child 0 [NOT] LIKE 1 [ESCAPE 2]; name: LIKE, REGEXP (RLIKE too), SOUNDS LIKE,
                    MEMBER OF */
    MY_COLLATE, /* child 0 COLLATE text */
    MY_CASE, /* flag HAS_OPERAND: child 0 is the operand; then pairs WHEN, THEN; flag HAS_ELSE: last */
    MY_INTERVAL, /* INTERVAL child 0 text; text: DAY, HOUR_MINUTE. As an operand of + and -, or an argument */
    MY_ROW,      /* (a, b) or ROW(a, b) */
    MY_EXISTS,   /* EXISTS child 0 (a MY_SUBQUERY) */
    MY_SUBQUERY, /* (query); name: "", ALL, ANY (SOME too) where a comparison says so */
    MY_MATCH, /* MATCH (the first children) AGAINST (last child text); text: "", IN BOOLEAN MODE, ... */
    /* calls: name in upper case where it is a keyword or a native function, as written else */
    MY_CALL, /* name(children), schema for stored functions; flag NO_PARENTHESES for CURRENT_USER,
                      CURRENT_TIMESTAMP and such written without; flag DISTINCT; window in query */
    MY_CAST, /* CAST(child 0 AS text) or CONVERT(child 0, text); text: type, upper case, as written
                      without blanks that mean nothing; charset: of CHAR(..) CHARACTER SET x; flag ARRAY */
    MY_CONVERT,      /* CONVERT(child 0 USING charset) */
    MY_EXTRACT,      /* EXTRACT(text FROM child 0) */
    MY_TRIM,         /* TRIM([name] [child 1 FROM] child 0); name: "", BOTH, LEADING, TRAILING */
    MY_POSITION,     /* POSITION(child 0 IN child 1) */
    MY_SUBSTRING,    /* SUBSTRING(0 FROM 1 [FOR 2]); the form with commas is a MY_CALL */
    MY_GROUP_CONCAT, /* children; order: order_by; text: separator or NULL; flag DISTINCT; limit too */
    MY_JSON_TABLE, /* in FROM only: verbatim text */
    MY_JSON_VALUE, /* JSON_VALUE with RETURNING or ON clauses: child 0, child 1, text: the rest verbatim */
    MY_VALUES,     /* VALUES(column) */
    MY_NEXT_VALUE, /* name: NEXTVAL, LASTVAL (PREVIOUS VALUE FOR), SETVAL; table, schema: the sequence;
                      children: of SETVAL */
    MY_OTHER       /* text: verbatim, what no other kind covers (GET_FORMAT(DATE, 'EUR'), ...) */
};

enum my_node_flags {
    MY_NEGATED = 1,
    MY_DISTINCT = 2,
    MY_NO_PARENTHESES = 4,
    MY_HAS_OPERAND = 8,
    MY_HAS_ELSE = 16,
    MY_ARRAY = 32,
    MY_PIPES_AS_CONCAT = 64, /* "||" means concatenation here */
    MY_PARENTHESIZED = 128   /* was written in parentheses */
};

struct my_node {
    enum my_node_kind kind;
    unsigned flags;
    unsigned depth; /* of the tree below; bounded by the parser */
    size_t offset;
    size_t end;
    const char *name;
    const char *text;
    size_t text_length; /* of MY_STRING, whose value may hold zero bytes */
    const char *charset;
    const char *schema;
    const char *table;
    struct pointer_list children; /* struct my_node * */
    struct my_query *query;       /* of MY_SUBQUERY */
    struct pointer_list order_by; /* struct my_order *, of MY_GROUP_CONCAT */
    struct my_window *window;     /* OVER (...), of a MY_CALL */
    struct pointer_list limit;    /* struct my_node *, of MY_GROUP_CONCAT in MariaDB */
};

struct my_order {
    struct my_node *expression;
    bool descending;
};

struct my_window {
    const char *name;                 /* OVER name, or of the WINDOW clause; NULL */
    const char *base;                 /* OVER (base ...); NULL */
    struct pointer_list partition_by; /* struct my_node * */
    struct pointer_list order_by;     /* struct my_order * */
    const char *frame;                /* verbatim, upper case, single blanks; NULL */
};

/* --- queries --------------------------------------------------------------------------------- */

struct my_select_item {
    struct my_node *expression; /* MY_COLUMN with text "*" for * and t.* */
    const char *alias;          /* NULL: none written */
};

enum my_table_kind { MY_TABLE_NAME, MY_TABLE_QUERY, MY_TABLE_JOIN, MY_TABLE_FUNCTION };

struct my_table_reference {
    enum my_table_kind kind;
    struct my_name name;      /* MY_TABLE_NAME */
    const char *alias;        /* NULL: none written */
    struct text_list columns; /* alias (a, b) */
    const char *hints; /* PARTITION (..), USE INDEX (..), FOR SYSTEM_TIME ..: verbatim; NULL */
    bool lateral;
    struct my_query *query;   /* MY_TABLE_QUERY */
    struct my_node *function; /* MY_TABLE_FUNCTION: a MY_JSON_TABLE */
    const char *join; /* MY_TABLE_JOIN: JOIN, CROSS JOIN, STRAIGHT_JOIN, LEFT JOIN, RIGHT JOIN,
                                      NATURAL JOIN, NATURAL LEFT JOIN, NATURAL RIGHT JOIN; "," is JOIN */
    struct my_table_reference *left;
    struct my_table_reference *right;
    struct my_node *on; /* NULL */
    struct text_list using_columns;
    bool parenthesized;
};

struct my_common_table {
    const char *name;
    struct text_list columns;
    struct my_query *query;
};

enum my_query_kind { MY_SELECT, MY_UNION, MY_VALUES_ROWS, MY_TABLE_STATEMENT };

struct my_query {
    enum my_query_kind kind;
    unsigned depth; /* of the unions below; bounded by the parser */
    size_t offset;
    size_t end;
    bool recursive;
    struct pointer_list with; /* struct my_common_table * */
    bool parenthesized;
    /* MY_SELECT */
    bool distinct;
    struct text_list
        options; /* SQL_CALC_FOUND_ROWS, STRAIGHT_JOIN, HIGH_PRIORITY, SQL_CACHE, ... */
    struct pointer_list items;       /* struct my_select_item * */
    struct my_table_reference *from; /* NULL: none, or DUAL */
    struct my_node *where;
    struct pointer_list group_by; /* struct my_order * */
    bool rollup;
    struct my_node *having;
    struct pointer_list windows; /* struct my_window * with a name */
    /* MY_UNION: left operator right; without right and operator it only adds ORDER BY, LIMIT or WITH to
       a left that has its own, in parentheses */
    struct my_query *left;
    struct my_query *right;
    const char *operator; /* UNION, UNION ALL, INTERSECT, INTERSECT ALL, EXCEPT, EXCEPT ALL */
    /* MY_VALUES_ROWS: struct my_node * of kind MY_ROW; MY_TABLE_STATEMENT: from */
    struct pointer_list rows;
    /* all */
    struct pointer_list order_by; /* struct my_order * */
    struct my_node *limit;
    struct my_node *limit_offset;
    const char *locking; /* FOR UPDATE, LOCK IN SHARE MODE, ..., WITH TIES (of FETCH FIRST); NULL */
};

/* --- definitions ----------------------------------------------------------------------------- */

/* An option "NAME = value": of tables, partitions, databases, indexes, columns of engines. Names are
 * upper case with single blanks, as below, synonyms brought together: ENGINE (TYPE too), CHARSET (all of
 * [DEFAULT] CHARACTER SET, CHARSET), COLLATE, AUTO_INCREMENT, COMMENT, ROW_FORMAT, KEY_BLOCK_SIZE, MAX_ROWS,
 * MIN_ROWS, AVG_ROW_LENGTH, CHECKSUM, DELAY_KEY_WRITE, PACK_KEYS, STATS_AUTO_RECALC, STATS_PERSISTENT,
 * STATS_SAMPLE_PAGES, INSERT_METHOD, UNION, DATA DIRECTORY, INDEX DIRECTORY, TABLESPACE, STORAGE,
 * CONNECTION, PASSWORD, COMPRESSION, ENCRYPTION, AUTOEXTEND_SIZE, ENGINE_ATTRIBUTE,
 * SECONDARY_ENGINE, SECONDARY_ENGINE_ATTRIBUTE, START TRANSACTION, TRANSACTIONAL, PAGE_CHECKSUM, SEQUENCE,
 * SYSTEM VERSIONING (WITH: value "1"; WITHOUT: "0"); engines' own of MariaDB as written (page_compressed). */
struct my_option {
    const char *name;
    const char *value;   /* decoded; a list in parentheses verbatim; DEFAULT is "DEFAULT" */
    bool quoted;         /* was a string */
    bool engine_defined; /* MariaDB: a name that the grammar does not know */
    size_t offset;
};

/* A data type as written. */
struct my_type {
    const char
        *name; /* upper case, one of the server's words with single blanks: INT, INTEGER, DOUBLE
                         PRECISION, NATIONAL VARCHAR, LONG VARCHAR, BOOL, SERIAL, ... */
    const char *length;   /* "11"; NULL: none */
    const char *decimals; /* NULL: none */
    bool is_unsigned;
    bool is_signed;
    bool zerofill;
    struct text_list values; /* of ENUM and SET, decoded */
    const char
        *charset; /* CHARACTER SET x; of ASCII, UNICODE and BYTE latin1, ucs2, binary; NULL */
    const char *collation; /* NULL */
    bool binary;           /* the attribute BINARY */
    bool compressed;       /* MariaDB: COMPRESSED */
    size_t offset;
    size_t end;
};

enum my_key_kind {
    MY_KEY_PLAIN,
    MY_KEY_PRIMARY,
    MY_KEY_UNIQUE,
    MY_KEY_FULLTEXT,
    MY_KEY_SPATIAL,
    MY_KEY_VECTOR
};

struct my_key_part {
    const char *column;         /* NULL: an expression */
    const char *length;         /* a(10); NULL */
    struct my_node *expression; /* ((expression)) */
    bool descending;
    bool without_overlaps; /* MariaDB */
    size_t offset;
};

struct my_key {
    enum my_key_kind kind;
    const char *constraint; /* CONSTRAINT name UNIQUE ...; "" for CONSTRAINT alone; NULL */
    const char *name;       /* NULL: the server chooses */
    bool if_not_exists;
    struct pointer_list parts; /* struct my_key_part * */
    struct pointer_list
        options; /* struct my_option *: USING, KEY_BLOCK_SIZE, PARSER, COMMENT, VISIBLE (1, 0),
                                    IGNORED (1, 0), CLUSTERING, ENGINE_ATTRIBUTE, M, DISTANCE, ... */
    size_t offset;
    size_t end;
};

struct my_foreign_key {
    const char *constraint; /* NULL: the server chooses */
    const char *index_name; /* FOREIGN KEY name (...); NULL */
    bool if_not_exists;
    struct text_list columns;
    struct my_name table;
    struct text_list referenced; /* empty: not written */
    const char *match;           /* FULL, PARTIAL, SIMPLE; NULL */
    const char
        *on_delete; /* RESTRICT, CASCADE, SET NULL, NO ACTION, SET DEFAULT; NULL: not written */
    const char *on_update;
    size_t offset;
};

struct my_check {
    const char *constraint; /* NULL */
    struct my_node *expression;
    bool not_enforced;
    bool if_not_exists;
    size_t offset; /* of the whole clause */
};

enum my_default_kind { MY_DEFAULT_NONE, MY_DEFAULT_LITERAL, MY_DEFAULT_EXPRESSION };

struct my_column {
    const char *name;
    struct my_type type;
    enum { MY_NULL_UNSAID, MY_NULL_YES, MY_NULL_NO } nullable;
    struct my_node
        *default_value;        /* NULL: none written. flag MY_PARENTHESIZED: DEFAULT (expression) */
    struct my_node *on_update; /* a MY_CALL */
    bool auto_increment;
    bool unique;
    bool primary;               /* PRIMARY KEY, or KEY alone */
    const char *comment;        /* NULL: not written */
    struct my_node *generation; /* AS (expression) */
    const char *generated;      /* STORED (PERSISTENT too), VIRTUAL; NULL: not said */
    const char *row_period;     /* MariaDB GENERATED ALWAYS AS ROW START | END: START, END; NULL */
    enum { MY_VISIBLE_UNSAID, MY_VISIBLE, MY_INVISIBLE } visible;
    struct pointer_list checks;        /* struct my_check * */
    struct my_foreign_key *references; /* inline REFERENCES: table, referenced, actions; NULL */
    struct pointer_list options; /* struct my_option *: COLUMN_FORMAT, STORAGE, SRID, REF_SYSTEM_ID,
                                       ENGINE_ATTRIBUTE, SECONDARY_ENGINE_ATTRIBUTE, SYSTEM VERSIONING, engines' own */
    bool if_not_exists;          /* of ADD COLUMN */
    const char *place;           /* of ALTER: FIRST, AFTER; NULL */
    const char *place_after;     /* the column after which */
    size_t offset;
    size_t end;
};

struct my_partition {
    const char *name;
    const char *kind; /* LESS THAN, IN, CURRENT, HISTORY, DEFAULT; NULL: of HASH and KEY */
    bool maximum;     /* LESS THAN MAXVALUE */
    struct pointer_list values; /* struct my_node *; of IN with columns each a MY_ROW; MAXVALUE is a
                                   MY_OTHER "MAXVALUE" */
    struct pointer_list options;       /* struct my_option * */
    struct pointer_list subpartitions; /* struct my_partition * */
    size_t offset;
};

struct my_partitioning {
    const char
        *method; /* HASH, LINEAR HASH, KEY, LINEAR KEY, RANGE, RANGE COLUMNS, LIST, LIST COLUMNS,
                           SYSTEM_TIME */
    const char *algorithm; /* of KEY: "1", "2"; NULL */
    struct my_node *expression;
    struct text_list columns;    /* of KEY and COLUMNS */
    const char *count;           /* PARTITIONS n; NULL */
    const char *interval;        /* of SYSTEM_TIME: INTERVAL ..., LIMIT ..., AUTO: verbatim; NULL */
    struct my_partitioning *sub; /* SUBPARTITION BY; NULL */
    struct pointer_list partitions; /* struct my_partition * */
    size_t offset;
    size_t end;
};

struct my_period {
    const char *name; /* SYSTEM_TIME, or an application period */
    const char *start;
    const char *end;
};

enum my_element_kind {
    MY_ELEMENT_COLUMN,
    MY_ELEMENT_KEY,
    MY_ELEMENT_FOREIGN_KEY,
    MY_ELEMENT_CHECK,
    MY_ELEMENT_PERIOD
};

struct my_element {
    enum my_element_kind kind;
    union {
        struct my_column *column;
        struct my_key *key;
        struct my_foreign_key *foreign_key;
        struct my_check *check;
        struct my_period *period;
    };
};

struct my_table {
    struct my_name name;
    bool temporary;
    bool or_replace;
    bool if_not_exists;
    struct my_name *like;         /* CREATE TABLE a LIKE b; NULL */
    struct pointer_list elements; /* struct my_element * */
    struct pointer_list options;  /* struct my_option * */
    struct my_partitioning *partitioning;
    struct my_query *query; /* CREATE TABLE ... AS SELECT */
};

enum my_change_kind {
    MY_ADD_ELEMENT,   /* element (columns with their place) */
    MY_MODIFY_COLUMN, /* element.column */
    MY_CHANGE_COLUMN, /* name: the old one; element.column */
    MY_ALTER_DEFAULT, /* name; node: the new default, NULL for DROP DEFAULT */
    MY_ALTER_VISIBLE, /* name; value "1", "0": ALTER COLUMN c SET VISIBLE */
    MY_DROP_COLUMN,   /* name */
    MY_RENAME_COLUMN, /* name, new_name */
    MY_DROP_PRIMARY_KEY,
    MY_DROP_KEY,   /* name; DROP INDEX, DROP KEY */
    MY_RENAME_KEY, /* name, new_name */
    MY_ALTER_KEY,  /* name; value "1" visible, "0" not (IGNORED: "0") */
    MY_DROP_FOREIGN_KEY,
    MY_DROP_CHECK,
    MY_DROP_CONSTRAINT, /* any of them */
    MY_ALTER_CHECK,     /* name; value "1" ENFORCED, "0" not */
    MY_RENAME_TABLE,    /* table_name */
    MY_SET_OPTION,      /* option */
    MY_CONVERT_CHARSET, /* name: charset (or "DEFAULT"); value: collation or NULL */
    MY_ORDER_BY,        /* nothing that lasts */
    MY_FORCE, /* FORCE, ENABLE/DISABLE KEYS, ALGORITHM, LOCK, WITH VALIDATION, ...: nothing that lasts */
    MY_DISCARD_TABLESPACE,
    MY_PARTITION_BY, /* partitioning */
    MY_REMOVE_PARTITIONING,
    MY_ADD_PARTITION,        /* partitioning: partitions or count */
    MY_DROP_PARTITION,       /* names */
    MY_COALESCE_PARTITION,   /* value: how many fewer */
    MY_REORGANIZE_PARTITION, /* names; partitioning: partitions */
    MY_TRUNCATE_PARTITION, /* and ANALYZE, CHECK, OPTIMIZE, REBUILD, REPAIR, IMPORT: nothing that lasts */
    MY_EXCHANGE_PARTITION, /* names, table_name: moves rows */
    MY_ADD_PERIOD,         /* element */
    MY_DROP_PERIOD,        /* name */
    MY_ADD_VERSIONING,     /* MariaDB ADD SYSTEM VERSIONING */
    MY_DROP_VERSIONING
};

struct my_change {
    enum my_change_kind kind;
    size_t offset;
    bool if_exists;
    const char *name;
    const char *new_name;
    const char *value;
    struct my_node *node;
    struct my_element element;
    struct my_option *option;
    struct my_name table_name;
    struct text_list names;
    struct my_partitioning *partitioning;
};

struct my_definer {
    const char *user; /* NULL: not written; "CURRENT_USER" with host NULL */
    const char *host;
};

struct my_parameter {
    const char *mode; /* IN, OUT, INOUT; "" not written */
    const char *name;
    struct my_type type;
    struct my_node *default_value; /* NULL */
};

enum my_statement_kind {
    MY_CREATE_DATABASE, /* name.name, options, if_not_exists, or_replace */
    MY_ALTER_DATABASE,  /* name.name (NULL: the current one), options */
    MY_DROP_DATABASE,
    MY_USE,           /* name.name */
    MY_CREATE_TABLE,  /* table */
    MY_ALTER_TABLE,   /* name, changes; CREATE INDEX and DROP INDEX too */
    MY_DROP_TABLE,    /* names; temporary */
    MY_RENAME_TABLES, /* names, new_names */
    MY_CREATE_VIEW,   /* ALTER VIEW: flag replace; see the view fields */
    MY_DROP_VIEW,     /* names */
    MY_CREATE_TRIGGER,
    MY_DROP_TRIGGER, /* name */
    MY_CREATE_ROUTINE,
    MY_ALTER_ROUTINE, /* routine, name, characteristics */
    MY_DROP_ROUTINE,
    MY_CREATE_EVENT,
    MY_ALTER_EVENT, /* what is not written is NULL; new_name: RENAME TO */
    MY_DROP_EVENT,
    MY_CREATE_SEQUENCE,
    MY_ALTER_SEQUENCE,
    MY_DROP_SEQUENCE,
    MY_SET,        /* settings */
    MY_DATA,       /* INSERT, UPDATE, SELECT, CALL, ...: word says which */
    MY_NO_EFFECT,  /* LOCK TABLES, COMMIT, ANALYZE, FLUSH, ...: nothing that a schema shows */
    MY_PRIVILEGES, /* GRANT, REVOKE, CREATE USER, ROLE, ...: word says which */
    MY_UNMODELLED  /* what the server understands and plumb does not model: word says which
                            (CREATE PACKAGE, CREATE SERVER, CREATE TABLESPACE, CREATE SPATIAL REFERENCE SYSTEM,
                            CREATE FUNCTION ... SONAME, ...); name if there is one */
};

/* A variable that SET sets: name in lower case; NAMES is "names", CHARACTER SET "character set". User
 * variables begin with "@". scope: GLOBAL, SESSION, "". */
struct my_setting_value {
    const char *scope;
    const char *name;
    struct my_node *value; /* a bare word (utf8, ON) is a MY_STRING; NULL for DEFAULT */
    const char *collation; /* SET NAMES x COLLATE y */
};

struct my_statement {
    enum my_statement_kind kind;
    size_t offset; /* first byte of the statement in the source, after comments before it */
    size_t end;    /* one past its last byte, without the delimiter and blanks before it */
    const char
        *text; /* exactly what was written there, the conditional comments resolved: the text of
                             those for this server is kept, their marks are not, others are gone. Of long
                             statements that are not parsed only the beginning */
    const char *word;  /* "INSERT", "GRANT", ... for messages */
    uint64_t sql_mode; /* under which it was read: bits of enum my_sql_mode (scan.h) */
    bool if_exists;
    bool if_not_exists;
    bool or_replace;
    bool temporary;
    struct my_name name;
    struct my_name new_name;
    struct pointer_list names; /* struct my_name * */
    struct pointer_list new_names;
    struct pointer_list
        options; /* struct my_option *: of databases; of sequences: START, INCREMENT, MINVALUE,
                                      MAXVALUE, CACHE, CYCLE, RESTART, AS (NOMINVALUE: value NULL), and table
                                      options */
    struct my_table *table;
    struct pointer_list changes;  /* struct my_change * */
    struct pointer_list settings; /* struct my_setting_value * */
    /* views, triggers, routines, events */
    struct my_definer definer;
    const char *algorithm;    /* of views: UNDEFINED, MERGE, TEMPTABLE; NULL */
    const char *security;     /* DEFINER, INVOKER; NULL */
    struct text_list columns; /* of views: (a, b) */
    struct my_query *query;   /* of views */
    size_t
        body_offset;  /* of the view's query, or the program's body, in text (not in the source) */
    const char *body; /* the same as text, up to the end (of a view: before WITH CHECK OPTION) */
    const char *check_option; /* CASCADED, LOCAL; NULL */
    const char *timing;       /* of triggers: BEFORE, AFTER */
    struct text_list events;  /* INSERT, UPDATE, DELETE (MariaDB 12: several) */
    struct my_name on_table;
    const char *order; /* FOLLOWS, PRECEDES; NULL */
    const char *order_trigger;
    const char *routine;            /* FUNCTION, PROCEDURE */
    bool aggregate;                 /* MariaDB: AGGREGATE FUNCTION */
    struct pointer_list parameters; /* struct my_parameter * */
    const char *parameters_text;    /* between the parentheses, verbatim */
    struct my_type returns;         /* name NULL: none */
    const char *language;           /* NULL: SQL */
    const char *deterministic;      /* DETERMINISTIC, NOT DETERMINISTIC; NULL */
    const char *data_access; /* NO SQL, CONTAINS SQL, READS SQL DATA, MODIFIES SQL DATA; NULL */
    const char *comment;     /* NULL: not written */
    struct my_node *at;      /* of events */
    struct my_node *every;   /* its value; unit in every_unit */
    const char *every_unit;
    struct my_node *starts;
    struct my_node *ends;
    const char *completion; /* PRESERVE, NOT PRESERVE; NULL */
    const char *status;     /* ENABLE, DISABLE, DISABLE ON SLAVE (REPLICA too); NULL */
};

#endif
