/* The grammar of MySQL and MariaDB: one for both, a little more generous than either. It reads the
 * tokens that src/mysql/sql/parse_tokens.c prepared (phrases such as ON DELETE CASCADE are one token, bodies of
 * programs are one) and makes the trees of src/mysql/sql/tree.h. Which statement it is, the caller has
 * found out: it sends a start token first. */
%define api.pure full
%define api.prefix {my_yy}
%define api.token.prefix {MY_T_}
%define api.location.type {struct my_location}
%define parse.error custom
%locations
%param {struct my_parse *parse}

%code requires {
#include "mysql/sql/parse_build.h"
}

%code {
#include <string.h>
#include <strings.h>

#include "core/text/letter_case.h"

int my_yylex(MY_YYSTYPE *value, MY_YYLTYPE *location, struct my_parse *parse);
static void my_yyerror(MY_YYLTYPE *location, struct my_parse *parse, const char *message);

/* Deep enough for everything sensible, and an error instead of a crash beyond. */
#define YYINITDEPTH 200
#define YYMAXDEPTH 20000
#define YYMALLOC memory_alloc
#define YYFREE memory_free
#define YYLLOC_DEFAULT(current, rhs, n)                                                            \
    do {                                                                                           \
        if (n) {                                                                                   \
            (current).offset = YYRHSLOC(rhs, 1).offset;                                            \
            (current).end = YYRHSLOC(rhs, n).end;                                                  \
        } else {                                                                                   \
            (current).offset = (current).end = YYRHSLOC(rhs, 0).end;                               \
        }                                                                                          \
    } while (0)

#define P parse
#define S parse->statement
/* Ends the parse where an action has set an error. */
#define TRY(condition)                                                                             \
    do {                                                                                           \
        if (!(condition))                                                                          \
            YYABORT;                                                                               \
    } while (0)
/* The column is written up to here. */
#define EXTEND(column, location) ((column)->end = my_source_offset(parse, (location).end))
#define SPAN(first, last) ((struct my_location){(first).offset, (last).end})
#define NODE(kind, name, location, a, b, c)                                                        \
    my_node_with(parse, (kind), (name), (location), (a), (b), (c))
}

%union {
    const struct my_token *token;
    const char *text;
    unsigned number;
    struct my_name *name;
    struct my_node *node;
    my_list *list;
    my_texts *texts;
    struct my_query *query;
    struct my_table_reference *reference;
    struct my_window *window;
    struct my_order *order;
    struct my_type *type;
    struct my_column *column;
    struct my_option *option;
    struct my_element *element;
    struct my_change *change;
    struct my_key *key;
    struct my_key_part *part;
    struct my_foreign_key *foreign;
    struct my_check *check;
    struct my_partitioning *partitioning;
    struct my_partition *partition;
    struct my_parameter *parameter;
    struct my_definer *definer;
    struct my_common_table *common;
    struct my_select_item *item;
    struct my_group *group;
    struct my_tail *tail;
}

/* What is to be parsed. */
%token START_STATEMENT START_EXPRESSION START_QUERY START_TYPE

/* Values. */
%token <token> IDENT "a name" STRING "a string" NUMBER "a number" HEX "a hexadecimal literal"
%token <token> BIT "a bit literal" USER_VARIABLE "a user variable" SYSTEM_VARIABLE "a system variable"
%token <token> TEMPORAL JSON_TABLE_TEXT "JSON_TABLE" JSON_CLAUSES FRAME "a window's frame"
%token <token> LOCKING "a locking clause" INDEX_HINT "an index hint" BODY "a statement"
%token BROKEN RESERVED_WORD RESERVED_FUNCTION

/* Phrases and words whose text counts. */
%token <token> TYPE_WORD "a data type" UNIT NOW_WORD FLAG_WORD COLUMN_OPTION REFERENCE_DELETE "ON DELETE"
%token <token> REFERENCE_UPDATE FULLTEXT_MODE CHECK_OPTION "WITH CHECK OPTION" ALTER_NOTHING
%token <token> SELECT_OPTION EVENT_STATUS EVENT_COMPLETION PARTITION_KIND DATA_ACCESS PARTITION_WORK

/* Phrases. */
%token PRIMARY_KEY "PRIMARY KEY" FOREIGN_KEY "FOREIGN KEY" UNIQUE FULLTEXT SPATIAL
%token VECTOR_KEY "VECTOR INDEX" CHARACTER_SET "CHARACTER SET" GENERATED_ALWAYS "GENERATED ALWAYS"
%token ROW_START "ROW START" ROW_END "ROW END" WITH_VERSIONING "WITH SYSTEM VERSIONING"
%token WITHOUT_VERSIONING "WITHOUT SYSTEM VERSIONING" SYSTEM_VERSIONING "SYSTEM VERSIONING"
%token PERIOD_FOR "PERIOD FOR" WITHOUT_OVERLAPS "WITHOUT OVERLAPS" WITH_PARSER "WITH PARSER"
%token WITH_ROLLUP "WITH ROLLUP" NOT_ENFORCED "NOT ENFORCED" NOT_IGNORED "NOT IGNORED"
%token SERIAL_DEFAULT "SERIAL DEFAULT VALUE" SOUNDS_LIKE "SOUNDS LIKE" MEMBER_OF "MEMBER OF"
%token NEXT_VALUE "NEXT VALUE FOR" PREVIOUS_VALUE "PREVIOUS VALUE FOR"
%token SYSTEM_TIME_AS_OF "FOR SYSTEM_TIME AS OF" SYSTEM_TIME_BETWEEN "FOR SYSTEM_TIME BETWEEN"
%token SYSTEM_TIME_FROM "FOR SYSTEM_TIME FROM" SYSTEM_TIME_ALL "FOR SYSTEM_TIME ALL"
%token PARTITION_BY "PARTITION BY" PARTITION_BY_SYSTEM_TIME "PARTITION BY SYSTEM_TIME"
%token SUBPARTITION_BY "SUBPARTITION BY" PARTITIONS SUBPARTITIONS RANGE_COLUMNS "RANGE COLUMNS"
%token LIST_COLUMNS "LIST COLUMNS" LESS_THAN "VALUES LESS THAN" VALUES_IN "VALUES IN"
%token REMOVE_PARTITIONING "REMOVE PARTITIONING" COALESCE_PARTITION "COALESCE PARTITION"
%token REORGANIZE_PARTITION "REORGANIZE PARTITION" EXCHANGE_PARTITION "EXCHANGE PARTITION"
%token TABLESPACE_WORK "DISCARD TABLESPACE" ON_SCHEDULE "ON SCHEDULE" SQL_SECURITY "SQL SECURITY"
%token FOR_EACH_ROW "FOR EACH ROW" IF_EXISTS "IF EXISTS" IF_NOT_EXISTS "IF NOT EXISTS"
%token OR_REPLACE "OR REPLACE" WITHIN_GROUP "WITHIN GROUP" FETCH_FIRST "FETCH FIRST"
%token ROWS_ONLY "ROWS ONLY" ROWS_TIES "ROWS WITH TIES" OFFSET ROWS NOT_DETERMINISTIC "NOT DETERMINISTIC" READ_ONLY "READ ONLY"
%token LANGUAGE_SQL "LANGUAGE SQL"
%token START_TRANSACTION "START TRANSACTION" SYSTEM_TIME

/* Functions with a grammar of their own; tokens only before a parenthesis. */
%token FN_CAST "CAST" FN_EXTRACT "EXTRACT" FN_GROUP_CONCAT "GROUP_CONCAT" FN_POSITION "POSITION"
%token FN_SUBSTRING "SUBSTRING" FN_TRIM "TRIM" FN_INTERVAL "INTERVAL()" FN_JSON_VALUE "JSON_VALUE"
%token FN_WEIGHT_STRING "WEIGHT_STRING" FN_ROW "ROW()" FN_NEXTVAL "NEXTVAL" FN_LASTVAL "LASTVAL"
%token FN_SETVAL "SETVAL" AGAINST ARRAY ANY AT_TIME_ZONE "AT TIME ZONE"

/* Reserved words. */
%token ESCAPE ADD ALL ALTER AND AS ASC BEFORE BETWEEN BINARY BOTH BY CASCADE CASE CHANGE CHAR CHECK COLLATE
%token COLUMN CONSTRAINT CONVERT CREATE CROSS DATABASE DEFAULT DELETE DESC DETERMINISTIC DISTINCT DIV DROP
%token DUAL ELSE EXCEPT EXISTS FALSE FOR FORCE FROM GROUP HAVING IF IGNORE IN INDEX INNER INOUT INSERT
%token INTERSECT INTERVAL INTO IS JOIN KEY LATERAL LEADING LEFT LIKE LIMIT LINEAR LOCK MATCH MAXVALUE MOD NATURAL
%token NOT NOT2 "!" NULL ON OR OR2 AND2 "&&" ORDER OUT OUTER OVER PARTITION PROCEDURE RANGE RECURSIVE
%token REFERENCES REGEXP RENAME REPEAT REPLACE RESTRICT RIGHT SELECT SEPARATOR SET STRAIGHT_JOIN TABLE THEN
%token TO TRAILING TRIGGER TRUE UNION UNSIGNED UPDATE USE USING VALUES WHEN WHERE WINDOW WITH XOR ZEROFILL

/* Words that may be names, too (see word). */
%token AFTER AGGREGATE ALGORITHM ASCII AT AUTO_INCREMENT BYTE CHARSET COMMENT COMPRESSED DEFINER END ENDS
%token ENFORCED EVENT EVERY FIRST FOLLOWS FUNCTION GLOBAL IGNORED INVISIBLE LANGUAGE LOCAL MODIFY NAMES
%token PERSIST PERSIST_ONLY PERSISTENT PRECEDES RETURNS SEQUENCE SESSION SIGNED STARTS STORED SUBPARTITION
%token TEMPORARY TRUNCATE TYPE UNICODE VIEW VIRTUAL VISIBLE

/* Operators. */
%token ASSIGN ":=" NULL_SAFE "<=>" NOT_EQUAL "<>" LESS_EQUAL "<=" GREATER_EQUAL ">=" SHIFT_LEFT "<<"
%token SHIFT_RIGHT ">>" CONCAT "||" ARROW "->" ARROW_TEXT "->>"

/* What is left to the order of shifting: words behind a column's definition belong to it. */
%expect 31

%precedence CONDITIONLESS_JOIN
%precedence ON USING
%precedence JOIN INNER CROSS STRAIGHT_JOIN NATURAL LEFT RIGHT
%precedence ASSIGN
%left OR OR2
%left XOR
%left AND AND2
%precedence '=' NULL_SAFE NOT_EQUAL '<' '>' LESS_EQUAL GREATER_EQUAL
%precedence IS LIKE REGEXP IN SOUNDS_LIKE MEMBER_OF BETWEEN
%left '|'
%left '&'
%left SHIFT_LEFT SHIFT_RIGHT
%left '+' '-'
%left '*' '/' '%' DIV MOD
%left '^'
%left CONCAT
%precedence NEGATIVE
%precedence NOT NOT2
%precedence COLLATE
%precedence ESCAPE
%precedence INTERVAL
%left UNION EXCEPT
%left INTERSECT
%precedence SUBQUERY_ALONE
%precedence ')'

%type <token> option_name index_option_name
%type <text> name text name_or_text function_word charset_name collation_name unit opt_alias comparison
%type <text> set_word opt_name opt_index_type index_type opt_named signed_number scope timing
%type <text> trigger_event mode option_word opt_frame opt_base join_inner join_outer join_natural
%type <text> opt_hints hints opt_time opt_partition_hint opt_table_alias opt_algorithm opt_count
%type <text> opt_system_interval opt_check_option opt_place select_option type_value
%type <number> opt_distinct opt_direction opt_if_exists opt_if_not_exists not key_kind key_word opt_all
%type <number> opt_recursive
%type <name> table_name
%type <node> expression boolean predicate bit simple primary literal call default_value column argument
%type <node> opt_escape case opt_operand subquery opt_where opt_having set_value now_call signed_literal
%type <node> partition_value grouped_call string moment row_value
%type <list> expressions arguments opt_arguments whens order_items opt_order_by select_items tables
%type <list> opt_windows windows row_values with elements opt_options options index_options
%type <list> index_trailers key_parts partition_values opt_partitions partitions opt_subpartitions
%type <list> subpartitions partition_options parameters sequence_options database_options
%type <list> nameless_options opt_limit_list opt_partitions_of_window
%type <texts> names opt_names opt_name_list type_values type_arguments select_options
%type <query> query query_inner query_body query_set query_term query_parens query_block
%type <reference> references_list table_reference table_factor joined_table opt_from
%type <window> window_body window_use named_window
%type <order> order_item
%type <type> type type_base cast_type full_type
%type <column> column_definition
%type <option> option option_value index_option partition_option charset_option sequence_option
%type <option> database_option nameless_option
%type <element> element key_definition constraint
%type <key> key_body
%type <part> key_part
%type <foreign> reference
%type <check> check
%type <partitioning> partitioning partition_method keyed_method opt_subpartition_by opt_partitioning
%type <partition> partition partition_bounds subpartition
%type <parameter> parameter
%type <definer> user
%type <change> change
%type <common> common_table
%type <item> select_item
%type <group> opt_group_by
%type <tail> tail tail_not_empty limit fetch

%start input

%%

input:
      START_STATEMENT statement
    | START_EXPRESSION expression { P->expression = $2; }
    | START_QUERY query { P->query = $2; }
    | START_TYPE full_type { P->type = $2; }
    ;

statement:
      create
    | alter
    | drop
    | RENAME TABLE renames
    | SET settings
    | USE name { S->name.name = $2; }
    ;

/* --- names ------------------------------------------------------------------------------------ */

name:
      IDENT { $$ = $1->text; }
    | word { TRY($$ = my_word_name(P, @1)); }
    ;

/* Keywords that are not reserved everywhere. */
word:
      AFTER | AGGREGATE | ALGORITHM | ASCII | AT | AUTO_INCREMENT | BYTE | CHARSET | COLUMN_OPTION | COMMENT
    | COMPRESSED | DEFINER | END | ENDS | ENFORCED | EVENT | EVERY | FIRST | FOLLOWS | FUNCTION | GLOBAL
    | IGNORED | INVISIBLE | LANGUAGE | LOCAL | MODIFY | NAMES | PERSIST | PERSIST_ONLY | PERSISTENT
    | PRECEDES | RETURNS | SEQUENCE | SESSION | SIGNED | STARTS | STORED | SUBPARTITION | TEMPORARY
    | TRUNCATE | TYPE | UNICODE | VIEW | VIRTUAL | VISIBLE
    ;

table_name:
      name { $$ = my_name_new(P, @$, NULL, $1); }
    | name '.' name { $$ = my_name_new(P, @$, $1, $3); }
    | '.' name { $$ = my_name_new(P, @$, NULL, $2); }
    ;

tables:
      table_name { $$ = my_list_new(P, $1); }
    | tables ',' table_name { $$ = my_list_add(P, $1, $3); }
    ;

names:
      name { $$ = my_texts_new(P, $1); }
    | names ',' name { $$ = my_texts_add(P, $1, $3); }
    ;

opt_name_list:
      %empty { $$ = NULL; }
    | '(' names ')' { $$ = $2; }
    ;

text:
      STRING { $$ = $1->text; }
    ;


name_or_text:
      name
    | text
    ;

charset_name:
      name_or_text
    | BINARY { $$ = "binary"; }
    | DEFAULT { $$ = "DEFAULT"; }
    ;

collation_name:
      name_or_text
    | BINARY { $$ = "binary"; }
    | DEFAULT { $$ = "DEFAULT"; }
    ;

user:
      name_or_text { $$ = my_definer_new(P, $1, NULL); }
    | name_or_text USER_VARIABLE { $$ = my_definer_new(P, $1, $2->text + 1); }
    | NOW_WORD { $$ = my_definer_new(P, $1->text, NULL); }
    | NOW_WORD '(' ')' { $$ = my_definer_new(P, $1->text, NULL); }
    ;

opt_if_exists:
      %empty { $$ = 0; }
    | IF_EXISTS { $$ = 1; }
    ;

opt_if_not_exists:
      %empty { $$ = 0; }
    | IF_NOT_EXISTS { $$ = 1; }
    ;

opt_equal:
      %empty
    | '='
    ;

/* --- expressions ------------------------------------------------------------------------------ */

expressions:
      expression { $$ = my_list_new(P, $1); }
    | expressions ',' expression { $$ = my_list_add(P, $1, $3); }
    ;

expression:
      expression OR expression { TRY($$ = NODE(MY_BINARY, "OR", @$, $1, $3, NULL)); }
    | expression OR2 expression { TRY($$ = NODE(MY_BINARY, "||", @$, $1, $3, NULL)); }
    | expression XOR expression { TRY($$ = NODE(MY_BINARY, "XOR", @$, $1, $3, NULL)); }
    | expression AND expression { TRY($$ = NODE(MY_BINARY, "AND", @$, $1, $3, NULL)); }
    | expression AND2 expression { TRY($$ = NODE(MY_BINARY, "&&", @$, $1, $3, NULL)); }
    | NOT expression { TRY($$ = NODE(MY_UNARY, "NOT", @$, $2, NULL, NULL)); }
    | boolean %prec ASSIGN
    ;

not:
      NOT { $$ = MY_NEGATED; }
    | NOT2 { $$ = MY_NEGATED; }
    ;

boolean:
      boolean IS set_word { TRY($$ = NODE(MY_IS, $3, @$, $1, NULL, NULL)); }
    | boolean IS not set_word {
          TRY($$ = NODE(MY_IS, $4, @$, $1, NULL, NULL));
          $$->flags |= MY_NEGATED;
      }
    | boolean comparison predicate %prec '=' { TRY($$ = NODE(MY_BINARY, $2, @$, $1, $3, NULL)); }
    | boolean comparison ALL query_parens %prec '=' {
          struct my_node *query = my_node_subquery(P, @4, $4);
          TRY(query);
          query->name = "ALL";
          TRY($$ = NODE(MY_BINARY, $2, @$, $1, query, NULL));
      }
    | boolean comparison ANY query_parens %prec '=' {
          struct my_node *query = my_node_subquery(P, @4, $4);
          TRY(query);
          query->name = "ANY";
          TRY($$ = NODE(MY_BINARY, $2, @$, $1, query, NULL));
      }
    | predicate %prec ASSIGN
    ;

set_word:
      NULL { $$ = "NULL"; }
    | TRUE { $$ = "TRUE"; }
    | FALSE { $$ = "FALSE"; }
    | IDENT { TRY($$ = my_choose(P, $1, "UNKNOWN JSON")); }
    ;

comparison:
      '=' { $$ = "="; }
    | NULL_SAFE { $$ = "<=>"; }
    | '<' { $$ = "<"; }
    | '>' { $$ = ">"; }
    | LESS_EQUAL { $$ = "<="; }
    | GREATER_EQUAL { $$ = ">="; }
    | NOT_EQUAL { $$ = "<>"; }
    ;

predicate:
      bit IN '(' expressions ')' { TRY($$ = my_node_in(P, @$, $1, $4, 0)); }
    | bit not IN '(' expressions ')' { TRY($$ = my_node_in(P, @$, $1, $5, $2)); }
    | bit IN query_parens {
          TRY($$ = NODE(MY_IN, NULL, @$, $1, my_node_subquery(P, @3, $3), NULL));
      }
    | bit not IN query_parens {
          TRY($$ = NODE(MY_IN, NULL, @$, $1, my_node_subquery(P, @4, $4), NULL));
          $$->flags |= MY_NEGATED;
      }
    | bit MEMBER_OF '(' expression ')' { TRY($$ = NODE(MY_LIKE, "MEMBER OF", @$, $1, $4, NULL)); }
    | bit BETWEEN bit AND predicate { TRY($$ = NODE(MY_BETWEEN, NULL, @$, $1, $3, $5)); }
    | bit not BETWEEN bit AND predicate {
          TRY($$ = NODE(MY_BETWEEN, NULL, @$, $1, $4, $6));
          $$->flags |= MY_NEGATED;
      }
    | bit SOUNDS_LIKE bit { TRY($$ = NODE(MY_LIKE, "SOUNDS LIKE", @$, $1, $3, NULL)); }
    | bit LIKE simple opt_escape { TRY($$ = NODE(MY_LIKE, "LIKE", @$, $1, $3, $4)); }
    | bit not LIKE simple opt_escape {
          TRY($$ = NODE(MY_LIKE, "LIKE", @$, $1, $4, $5));
          $$->flags |= MY_NEGATED;
      }
    | bit REGEXP bit { TRY($$ = NODE(MY_LIKE, "REGEXP", @$, $1, $3, NULL)); }
    | bit not REGEXP bit {
          TRY($$ = NODE(MY_LIKE, "REGEXP", @$, $1, $4, NULL));
          $$->flags |= MY_NEGATED;
      }
    | bit %prec ASSIGN
    ;

opt_escape:
      %empty %prec ASSIGN { $$ = NULL; }
    | ESCAPE simple %prec ASSIGN { $$ = $2; }
    ;

bit:
      bit '|' bit { TRY($$ = NODE(MY_BINARY, "|", @$, $1, $3, NULL)); }
    | bit '&' bit { TRY($$ = NODE(MY_BINARY, "&", @$, $1, $3, NULL)); }
    | bit SHIFT_LEFT bit { TRY($$ = NODE(MY_BINARY, "<<", @$, $1, $3, NULL)); }
    | bit SHIFT_RIGHT bit { TRY($$ = NODE(MY_BINARY, ">>", @$, $1, $3, NULL)); }
    | bit '+' bit { TRY($$ = NODE(MY_BINARY, "+", @$, $1, $3, NULL)); }
    | bit '-' bit { TRY($$ = NODE(MY_BINARY, "-", @$, $1, $3, NULL)); }
    | bit '+' INTERVAL expression unit %prec '+' {
          TRY($$ = NODE(MY_BINARY, "+", @$, $1, my_node_interval(P, @3, @5, $4, $5), NULL));
      }
    | bit '-' INTERVAL expression unit %prec '+' {
          TRY($$ = NODE(MY_BINARY, "-", @$, $1, my_node_interval(P, @3, @5, $4, $5), NULL));
      }
    | INTERVAL expression unit '+' bit %prec INTERVAL {
          TRY($$ = NODE(MY_BINARY, "+", @$, my_node_interval(P, @1, @3, $2, $3), $5, NULL));
      }
    | bit '*' bit { TRY($$ = NODE(MY_BINARY, "*", @$, $1, $3, NULL)); }
    | bit '/' bit { TRY($$ = NODE(MY_BINARY, "/", @$, $1, $3, NULL)); }
    | bit '%' bit { TRY($$ = NODE(MY_BINARY, "%", @$, $1, $3, NULL)); }
    | bit DIV bit { TRY($$ = NODE(MY_BINARY, "DIV", @$, $1, $3, NULL)); }
    | bit MOD bit { TRY($$ = NODE(MY_BINARY, "MOD", @$, $1, $3, NULL)); }
    | bit '^' bit { TRY($$ = NODE(MY_BINARY, "^", @$, $1, $3, NULL)); }
    | simple %prec ASSIGN
    ;

simple:
      primary
    | simple COLLATE collation_name {
          TRY($$ = NODE(MY_COLLATE, NULL, @$, $1, NULL, NULL));
          $$->text = $3;
      }
    | simple CONCAT simple {
          TRY($$ = NODE(MY_BINARY, "||", @$, $1, $3, NULL));
          $$->flags |= MY_PIPES_AS_CONCAT;
      }
    | '+' simple %prec NEGATIVE { TRY($$ = NODE(MY_UNARY, "+", @$, $2, NULL, NULL)); }
    | '-' simple %prec NEGATIVE { TRY($$ = NODE(MY_UNARY, "-", @$, $2, NULL, NULL)); }
    | '~' simple %prec NEGATIVE { TRY($$ = NODE(MY_UNARY, "~", @$, $2, NULL, NULL)); }
    | NOT2 simple %prec NEGATIVE {
          TRY($$ = NODE(MY_UNARY, P->text[@1.offset] == '!' ? "!" : "NOT", @$, $2, NULL, NULL));
      }
    | BINARY simple %prec NEGATIVE { TRY($$ = NODE(MY_UNARY, "BINARY", @$, $2, NULL, NULL)); }
    ;

literal:
      string
    | NUMBER { $$ = my_node_literal(P, MY_NUMBER, @1, $1); }
    | HEX { $$ = my_node_literal(P, MY_HEX, @1, $1); }
    | BIT { $$ = my_node_literal(P, MY_BIT, @1, $1); }
    | TEMPORAL {
          $$ = my_node_literal(P, MY_TEMPORAL, @1, $1);
          $$->name = $1->charset;
          $$->charset = NULL;
      }
    | NULL { $$ = my_node_new(P, MY_NULL, @1); }
    | TRUE { $$ = my_node_new(P, MY_TRUE, @1); }
    | FALSE { $$ = my_node_new(P, MY_FALSE, @1); }
    ;

string:
      STRING { $$ = my_node_literal(P, MY_STRING, @1, $1); }
    ;

column:
      name { $$ = my_node_column(P, @$, NULL, NULL, $1); }
    | name '.' name { $$ = my_node_column(P, @$, NULL, $1, $3); }
    | name '.' name '.' name { $$ = my_node_column(P, @$, $1, $3, $5); }
    | '.' name '.' name { $$ = my_node_column(P, @$, NULL, $2, $4); }
    ;

primary:
      literal
    | column
    | column ARROW string { TRY($$ = NODE(MY_BINARY, "->", @$, $1, $3, NULL)); }
    | column ARROW_TEXT string { TRY($$ = NODE(MY_BINARY, "->>", @$, $1, $3, NULL)); }
    | call
    | call OVER window_use { $$ = $1; $$->window = $3; $$->end = my_source_offset(P, @3.end); }
    | grouped_call
    | grouped_call OVER window_use { $$ = $1; $$->window = $3; $$->end = my_source_offset(P, @3.end); }
    | USER_VARIABLE { $$ = my_node_literal(P, MY_VARIABLE, @1, $1); }
    | SYSTEM_VARIABLE { $$ = my_node_literal(P, MY_VARIABLE, @1, $1); }
    | USER_VARIABLE ASSIGN expression {
          struct my_node *variable = my_node_literal(P, MY_VARIABLE, @1, $1);
          TRY($$ = NODE(MY_BINARY, ":=", @$, variable, $3, NULL));
      }
    | '?' { $$ = my_node_new(P, MY_PARAMETER, @1); }
    | '(' expression ')' { $$ = my_node_parenthesize(P, @$, $2); }
    | '(' expression ',' expressions ')' { TRY($$ = my_node_row(P, @$, $2, $4)); }
    | FN_ROW '(' expressions ')' { TRY($$ = my_node_list(P, MY_ROW, NULL, @$, $3)); }
    | subquery
    | EXISTS query_parens {
          TRY($$ = NODE(MY_EXISTS, NULL, @$, my_node_subquery(P, @2, $2), NULL, NULL));
      }
    | '{' name expression '}' { TRY($$ = my_node_odbc(P, @$, $2, $3)); }
    | MATCH expressions AGAINST '(' bit ')' { TRY($$ = my_node_match(P, @$, $2, $5, "")); }
    | MATCH expressions AGAINST '(' bit FULLTEXT_MODE ')' {
          TRY($$ = my_node_match(P, @$, $2, $5, $6->text));
      }
    | case
    | DEFAULT '(' column ')' { TRY($$ = NODE(MY_DEFAULT, NULL, @$, $3, NULL, NULL)); }
    | VALUES '(' column ')' { TRY($$ = NODE(MY_VALUES, NULL, @$, $3, NULL, NULL)); }
    ;

subquery:
      query_parens %prec SUBQUERY_ALONE { TRY($$ = my_node_subquery(P, @$, $1)); }
    ;

case:
      CASE opt_operand whens END { TRY($$ = my_node_case(P, @$, $2, $3, NULL)); }
    | CASE opt_operand whens ELSE expression END { TRY($$ = my_node_case(P, @$, $2, $3, $5)); }
    ;

opt_operand:
      %empty { $$ = NULL; }
    | expression
    ;

whens:
      WHEN expression THEN expression { $$ = my_list_add(P, my_list_new(P, $2), $4); }
    | whens WHEN expression THEN expression {
          $$ = my_list_add(P, my_list_add(P, $1, $3), $5);
      }
    ;

argument:
      expression
    | INTERVAL expression unit { TRY($$ = my_node_interval(P, @1, @3, $2, $3)); }
    ;

arguments:
      argument { $$ = my_list_new(P, $1); }
    | arguments ',' argument { $$ = my_list_add(P, $1, $3); }
    ;

opt_arguments:
      %empty { $$ = NULL; }
    | arguments
    ;

unit:
      IDENT { TRY($$ = my_unit(P, $1)); }
    | UNIT { $$ = my_upper_at(P, @1); }
    ;

/* Reserved words that are functions before a parenthesis. */
function_word:
      IF { $$ = "IF"; }
    | LEFT { $$ = "LEFT"; }
    | RIGHT { $$ = "RIGHT"; }
    | REPEAT { $$ = "REPEAT"; }
    | REPLACE { $$ = "REPLACE"; }
    | INSERT { $$ = "INSERT"; }
    | MOD { $$ = "MOD"; }
    | DATABASE { $$ = "DATABASE"; }
    ;

call:
      name '(' opt_arguments ')' { TRY($$ = my_node_call(P, @$, NULL, $1, $3)); }
    | name '.' name '(' opt_arguments ')' { TRY($$ = my_node_call(P, @$, $1, $3, $5)); }
    | function_word '(' opt_arguments ')' {
          TRY($$ = my_node_call(P, @$, NULL, $1, $3));
      }
    | name '(' '*' ')' {
          my_list *star = my_list_new(P, my_node_column(P, @3, NULL, NULL, "*"));
          TRY($$ = my_node_call(P, @$, NULL, $1, star));
      }
    | name '(' DISTINCT arguments ')' {
          TRY($$ = my_node_call(P, @$, NULL, $1, $4));
          $$->flags |= MY_DISTINCT;
      }
    | name '(' ALL arguments ')' { TRY($$ = my_node_call(P, @$, NULL, $1, $4)); }
    | now_call
    | CHAR '(' expressions ')' { TRY($$ = my_node_call(P, @$, NULL, "CHAR", $3)); }
    | CHAR '(' expressions USING charset_name ')' {
          TRY($$ = my_node_call(P, @$, NULL, "CHAR", $3));
          $$->charset = $5;
      }
    | CONVERT '(' expression USING charset_name ')' {
          TRY($$ = NODE(MY_CONVERT, NULL, @$, $3, NULL, NULL));
          $$->charset = $5;
      }
    | CONVERT '(' expression ',' cast_type ')' { TRY($$ = my_node_cast(P, @$, $3, $5, false)); }
    | FN_CAST '(' expression AS cast_type ')' { TRY($$ = my_node_cast(P, @$, $3, $5, false)); }
    | FN_CAST '(' expression AS cast_type ARRAY ')' { TRY($$ = my_node_cast(P, @$, $3, $5, true)); }
    | FN_CAST '(' expression AT_TIME_ZONE text AS cast_type ')' { $$ = my_node_other(P, @$); }
    | FN_EXTRACT '(' unit FROM expression ')' {
          TRY($$ = NODE(MY_EXTRACT, NULL, @$, $5, NULL, NULL));
          $$->text = $3;
      }
    | FN_TRIM '(' expression ')' { TRY($$ = NODE(MY_TRIM, "", @$, $3, NULL, NULL)); }
    | FN_TRIM '(' expression FROM expression ')' { TRY($$ = NODE(MY_TRIM, "", @$, $5, $3, NULL)); }
    | FN_TRIM '(' option_word FROM expression ')' { TRY($$ = NODE(MY_TRIM, $3, @$, $5, NULL, NULL)); }
    | FN_TRIM '(' option_word expression FROM expression ')' {
          TRY($$ = NODE(MY_TRIM, $3, @$, $6, $4, NULL));
      }
    | FN_POSITION '(' bit IN expression ')' { TRY($$ = NODE(MY_POSITION, NULL, @$, $3, $5, NULL)); }
    | FN_SUBSTRING '(' arguments ')' {
          TRY($$ = my_node_call(P, @$, NULL, my_upper_at(P, @1), $3));
      }
    | FN_SUBSTRING '(' expression FROM expression ')' {
          TRY($$ = NODE(MY_SUBSTRING, NULL, @$, $3, $5, NULL));
      }
    | FN_SUBSTRING '(' expression FROM expression FOR expression ')' {
          TRY($$ = NODE(MY_SUBSTRING, NULL, @$, $3, $5, $7));
      }
    | FN_GROUP_CONCAT '(' opt_distinct expressions opt_order_by ')' {
          TRY($$ = my_node_group_concat(P, @$, $3, $4, $5, NULL, NULL));
      }
    | FN_GROUP_CONCAT '(' opt_distinct expressions opt_order_by LIMIT opt_limit_list ')' {
          TRY($$ = my_node_group_concat(P, @$, $3, $4, $5, NULL, $7));
      }
    | FN_GROUP_CONCAT '(' opt_distinct expressions opt_order_by SEPARATOR text ')' {
          TRY($$ = my_node_group_concat(P, @$, $3, $4, $5, $7, NULL));
      }
    | FN_GROUP_CONCAT '(' opt_distinct expressions opt_order_by SEPARATOR text LIMIT opt_limit_list ')' {
          TRY($$ = my_node_group_concat(P, @$, $3, $4, $5, $7, $9));
      }
    | FN_INTERVAL '(' arguments ')' { TRY($$ = my_node_call(P, @$, NULL, "INTERVAL", $3)); }
    | FN_JSON_VALUE '(' arguments ')' { TRY($$ = my_node_call(P, @$, NULL, "JSON_VALUE", $3)); }
    | FN_JSON_VALUE '(' arguments JSON_CLAUSES ')' {
          TRY($$ = my_node_list(P, MY_JSON_VALUE, NULL, @$, $3));
          $$->text = my_text_at(P, @4);
      }
    | FN_WEIGHT_STRING '(' arguments ')' {
          TRY($$ = my_node_call(P, @$, NULL, "WEIGHT_STRING", $3));
      }
    | FN_WEIGHT_STRING '(' expression AS cast_type ')' { $$ = my_node_other(P, @$); }
    | FN_NEXTVAL '(' table_name ')' { $$ = my_node_sequence(P, @$, "NEXTVAL", $3, NULL); }
    | FN_LASTVAL '(' table_name ')' { $$ = my_node_sequence(P, @$, "LASTVAL", $3, NULL); }
    | FN_SETVAL '(' table_name ',' expressions ')' {
          $$ = my_node_sequence(P, @$, "SETVAL", $3, $5);
      }
    | NEXT_VALUE table_name { $$ = my_node_sequence(P, @$, "NEXTVAL", $2, NULL); }
    | PREVIOUS_VALUE table_name { $$ = my_node_sequence(P, @$, "LASTVAL", $2, NULL); }
    ;

now_call:
      NOW_WORD %prec ASSIGN {
          TRY($$ = my_node_call(P, @$, NULL, $1->text, NULL));
          $$->flags |= MY_NO_PARENTHESES;
      }
    | NOW_WORD '(' opt_arguments ')' { TRY($$ = my_node_call(P, @$, NULL, $1->text, $3)); }
    ;

grouped_call:
      call WITHIN_GROUP '(' ORDER BY order_items ')' { $$ = $1; $$->order_by = *$6; }
    ;

option_word:
      BOTH { $$ = "BOTH"; }
    | LEADING { $$ = "LEADING"; }
    | TRAILING { $$ = "TRAILING"; }
    ;

opt_distinct:
      %empty { $$ = 0; }
    | DISTINCT { $$ = MY_DISTINCT; }
    ;

opt_limit_list:
      expressions
    ;

window_use:
      name { $$ = ARENA_NEW(P->arena, struct my_window); $$->name = $1; }
    | '(' window_body ')' { $$ = $2; }
    ;

window_body:
      opt_base opt_partitions_of_window opt_order_by opt_frame {
          $$ = my_window_new(P, $1, $2, $3, $4);
      }
    ;

opt_base:
      %empty { $$ = NULL; }
    | name
    ;

opt_partitions_of_window:
      %empty { $$ = NULL; }
    | PARTITION_BY expressions { $$ = $2; }
    ;

opt_frame:
      %empty { $$ = NULL; }
    | FRAME { $$ = my_upper_at(P, @1); }
    ;

order_items:
      order_item { $$ = my_list_new(P, $1); }
    | order_items ',' order_item { $$ = my_list_add(P, $1, $3); }
    ;

order_item:
      expression opt_direction { $$ = my_order_new(P, $1, $2); }
    ;

opt_direction:
      %empty { $$ = 0; }
    | ASC { $$ = 0; }
    | DESC { $$ = 1; }
    ;

opt_order_by:
      %empty { $$ = NULL; }
    | ORDER BY order_items { $$ = $3; }
    ;

/* --- queries ---------------------------------------------------------------------------------- */

query:
      query_inner
    | query_parens
    ;

/* In parentheses a lone query is read as query_parens again, so that one look ahead is enough. */
query_parens:
      '(' query_inner ')' { $$ = my_query_parenthesize(P, @$, $2); }
    | '(' query_parens ')' { $$ = my_query_parenthesize(P, @$, $2); }
    ;

query_inner:
      query_body tail { $$ = my_query_finish(P, @$, $1, $2); }
    | query_parens tail_not_empty { $$ = my_query_finish(P, @$, $1, $2); }
    | WITH opt_recursive with query_body tail {
          $$ = my_query_with(P, @$, my_query_finish(P, @$, $4, $5), $3, $2);
      }
    | WITH opt_recursive with query_parens tail {
          $$ = my_query_with(P, @$, my_query_finish(P, @$, $4, $5), $3, $2);
      }
    ;

opt_recursive:
      %empty { $$ = 0; }
    | RECURSIVE { $$ = 1; }
    ;

with:
      common_table { $$ = my_list_new(P, $1); }
    | with ',' common_table { $$ = my_list_add(P, $1, $3); }
    ;

common_table:
      name opt_name_list AS query_parens {
          $$ = ARENA_NEW(P->arena, struct my_common_table);
          $$->name = $1;
          $$->columns = my_texts_of($2);
          $$->query = $4;
      }
    ;

query_body:
      query_block
    | query_set
    ;

query_set:
      query_term UNION opt_all query_term {
          TRY($$ = my_query_join(P, @$, $1, $3 ? "UNION ALL" : "UNION", $4));
      }
    | query_term EXCEPT opt_all query_term {
          TRY($$ = my_query_join(P, @$, $1, $3 ? "EXCEPT ALL" : "EXCEPT", $4));
      }
    | query_term INTERSECT opt_all query_term {
          TRY($$ = my_query_join(P, @$, $1, $3 ? "INTERSECT ALL" : "INTERSECT", $4));
      }
    ;

query_term:
      query_block
    | query_parens
    | query_set
    ;

opt_all:
      %empty { $$ = 0; }
    | DISTINCT { $$ = 0; }
    | ALL { $$ = 1; }
    ;

query_block:
      SELECT select_options select_items opt_from opt_where opt_group_by opt_having opt_windows {
          $$ = my_query_new(P, MY_SELECT, @$);
          my_query_options(P, $$, $2);
          $$->items = my_list_of($3);
          $$->from = $4;
          $$->where = $5;
          my_query_group($$, $6);
          $$->having = $7;
          $$->windows = my_list_of($8);
      }
    | VALUES row_values { $$ = my_query_new(P, MY_VALUES_ROWS, @$); $$->rows = *$2; }
    | TABLE table_name {
          $$ = my_query_new(P, MY_TABLE_STATEMENT, @$);
          $$->from = my_table_new(P, $2, NULL, NULL);
      }
    ;

row_values:
      row_value { $$ = my_list_new(P, $1); }
    | row_values ',' row_value { $$ = my_list_add(P, $1, $3); }
    ;

row_value:
      FN_ROW '(' expressions ')' { TRY($$ = my_node_list(P, MY_ROW, NULL, @$, $3)); }
    | '(' expressions ')' { TRY($$ = my_node_list(P, MY_ROW, NULL, @$, $2)); }
    ;

select_options:
      %empty { $$ = NULL; }
    | select_options select_option { $$ = my_texts_add(P, $1, $2); }
    ;

select_option:
      SELECT_OPTION { $$ = my_upper_at(P, @1); }
    | STRAIGHT_JOIN { $$ = "STRAIGHT_JOIN"; }
    | DISTINCT { $$ = "DISTINCT"; }
    | ALL { $$ = "ALL"; }
    ;

select_items:
      select_item { $$ = my_list_new(P, $1); }
    | '*' { $$ = my_list_new(P, my_item_new(P, my_node_column(P, @1, NULL, NULL, "*"), NULL)); }
    | select_items ',' select_item { $$ = my_list_add(P, $1, $3); }
    ;

select_item:
      expression opt_alias { $$ = my_item_new(P, $1, $2); }
    | name '.' '*' { $$ = my_item_new(P, my_node_column(P, @$, NULL, $1, "*"), NULL); }
    | name '.' name '.' '*' { $$ = my_item_new(P, my_node_column(P, @$, $1, $3, "*"), NULL); }
    ;

opt_alias:
      %empty { $$ = NULL; }
    | name_or_text
    | AS name_or_text { $$ = $2; }
    ;

opt_from:
      %empty { $$ = NULL; }
    | FROM DUAL { $$ = NULL; }
    | FROM references_list { $$ = $2; }
    ;

references_list:
      table_reference
    | references_list ',' table_reference {
          $$ = my_join_new(P, "JOIN", $1, $3, NULL, NULL);
      }
    ;

table_reference:
      table_factor
    | joined_table
    ;

joined_table:
      table_reference join_inner table_reference ON expression {
          $$ = my_join_new(P, $2, $1, $3, $5, NULL);
      }
    | table_reference join_inner table_reference USING '(' names ')' {
          $$ = my_join_new(P, $2, $1, $3, NULL, $6);
      }
    | table_reference join_outer table_reference ON expression {
          $$ = my_join_new(P, $2, $1, $3, $5, NULL);
      }
    | table_reference join_outer table_reference USING '(' names ')' {
          $$ = my_join_new(P, $2, $1, $3, NULL, $6);
      }
    | table_reference join_inner table_reference %prec CONDITIONLESS_JOIN {
          $$ = my_join_cross(P, $2, $1, $3);
      }
    | table_reference join_natural table_factor { $$ = my_join_new(P, $2, $1, $3, NULL, NULL); }
    ;

join_inner:
      JOIN { $$ = "JOIN"; }
    | INNER JOIN { $$ = "JOIN"; }
    | CROSS JOIN { $$ = "CROSS JOIN"; }
    | STRAIGHT_JOIN { $$ = "STRAIGHT_JOIN"; }
    ;

join_outer:
      LEFT opt_outer JOIN { $$ = "LEFT JOIN"; }
    | RIGHT opt_outer JOIN { $$ = "RIGHT JOIN"; }
    ;

join_natural:
      NATURAL JOIN { $$ = "NATURAL JOIN"; }
    | NATURAL INNER JOIN { $$ = "NATURAL JOIN"; }
    | NATURAL LEFT opt_outer JOIN { $$ = "NATURAL LEFT JOIN"; }
    | NATURAL RIGHT opt_outer JOIN { $$ = "NATURAL RIGHT JOIN"; }
    ;

opt_outer:
      %empty
    | OUTER
    ;

table_factor:
      table_name opt_partition_hint opt_time opt_table_alias opt_hints {
          $$ = my_table_new(P, $1, $4, my_join_hints(P, $2, $3, $5));
      }
    | query_parens opt_as name opt_name_list { $$ = my_table_of_query(P, $1, $3, $4, false); }
    | LATERAL query_parens opt_as name opt_name_list {
          $$ = my_table_of_query(P, $2, $4, $5, true);
      }
    | JSON_TABLE_TEXT opt_as name {
          $$ = ARENA_NEW(P->arena, struct my_table_reference);
          $$->kind = MY_TABLE_FUNCTION;
          $$->function = my_node_new(P, MY_JSON_TABLE, @1);
          $$->function->text = my_text_at(P, @1);
          $$->alias = $3;
      }
    | '(' references_list ')' { $$ = $2; $$->parenthesized = true; }
    | '{' name table_reference '}' { $$ = $3; }
    ;

opt_as:
      %empty
    | AS
    ;

opt_table_alias:
      %empty { $$ = NULL; }
    | name
    | AS name_or_text { $$ = $2; }
    ;

opt_partition_hint:
      %empty { $$ = NULL; }
    | PARTITION '(' names ')' { $$ = my_text_at(P, @$); }
    ;

opt_time:
      %empty { $$ = NULL; }
    | SYSTEM_TIME_AS_OF moment { $$ = my_text_at(P, @$); }
    | SYSTEM_TIME_BETWEEN moment AND moment { $$ = my_text_at(P, @$); }
    | SYSTEM_TIME_FROM moment TO moment { $$ = my_text_at(P, @$); }
    | SYSTEM_TIME_ALL { $$ = my_text_at(P, @$); }
    ;

moment:
      bit
    ;

opt_hints:
      %empty { $$ = NULL; }
    | hints
    ;

hints:
      INDEX_HINT { $$ = my_text_at(P, @1); }
    | hints INDEX_HINT { $$ = my_text_at(P, @$); }
    ;

opt_where:
      %empty { $$ = NULL; }
    | WHERE expression { $$ = $2; }
    ;

opt_group_by:
      %empty { $$ = NULL; }
    | GROUP BY order_items { $$ = my_group_new(P, $3, false); }
    | GROUP BY order_items WITH_ROLLUP { $$ = my_group_new(P, $3, true); }
    ;

opt_having:
      %empty { $$ = NULL; }
    | HAVING expression { $$ = $2; }
    ;

opt_windows:
      %empty { $$ = NULL; }
    | WINDOW windows { $$ = $2; }
    ;

windows:
      named_window { $$ = my_list_new(P, $1); }
    | windows ',' named_window { $$ = my_list_add(P, $1, $3); }
    ;

named_window:
      name AS '(' window_body ')' { $$ = $4; $$->name = $1; }
    ;

tail:
      %empty { $$ = my_tail_new(P); }
    | tail_not_empty
    ;

tail_not_empty:
      ORDER BY order_items { $$ = my_tail_new(P); $$->order_by = $3; }
    | ORDER BY order_items limit { $$ = $4; $$->order_by = $3; }
    | limit
    | LOCKING { $$ = my_tail_new(P); $$->locking = my_upper_at(P, @1); }
    | ORDER BY order_items LOCKING {
          $$ = my_tail_new(P);
          $$->order_by = $3;
          $$->locking = my_upper_at(P, @4);
      }
    | ORDER BY order_items limit LOCKING {
          $$ = $4;
          $$->order_by = $3;
          $$->locking = my_upper_at(P, @5);
      }
    | limit LOCKING { $$ = $1; $$->locking = my_upper_at(P, @2); }
    ;

limit:
      LIMIT expression { $$ = my_tail_limit(P, $2, NULL); }
    | LIMIT expression ',' expression { $$ = my_tail_limit(P, $4, $2); }
    | LIMIT expression OFFSET expression { $$ = my_tail_limit(P, $2, $4); }
    | OFFSET expression opt_rows fetch { $$ = $4; $$->offset = $2; }
    | OFFSET expression opt_rows { $$ = my_tail_limit(P, NULL, $2); }
    | fetch
    ;

opt_rows:
      %empty
    | ROWS
    ;

fetch:
      FETCH_FIRST expression ROWS_ONLY { $$ = my_tail_limit(P, $2, NULL); }
    | FETCH_FIRST expression ROWS_TIES {
          $$ = my_tail_limit(P, $2, NULL);
          $$->locking = "WITH TIES";
      }
    | FETCH_FIRST ROWS_ONLY { $$ = my_tail_limit(P, my_node_one(P, @$), NULL); }
    | FETCH_FIRST ROWS_TIES {
          $$ = my_tail_limit(P, my_node_one(P, @$), NULL);
          $$->locking = "WITH TIES";
      }
    ;

/* --- types ------------------------------------------------------------------------------------ */

full_type:
      type
    | type COLLATE collation_name { $$ = $1; $$->collation = $3; }
    ;

type:
      type_base
    | type UNSIGNED { $$ = $1; $$->is_unsigned = true; $$->end = my_source_offset(P, @2.end); }
    | type SIGNED { $$ = $1; $$->is_signed = true; $$->end = my_source_offset(P, @2.end); }
    | type ZEROFILL { $$ = $1; $$->zerofill = true; $$->end = my_source_offset(P, @2.end); }
    | type character_set charset_name { $$ = $1; $$->charset = $3; $$->end = my_source_offset(P, @3.end); }
    | type ASCII { $$ = $1; $$->charset = "latin1"; $$->end = my_source_offset(P, @2.end); }
    | type UNICODE { $$ = $1; $$->charset = "ucs2"; $$->end = my_source_offset(P, @2.end); }
    | type BYTE { $$ = $1; $$->charset = "binary"; $$->end = my_source_offset(P, @2.end); }
    | type BINARY { $$ = $1; $$->binary = true; $$->end = my_source_offset(P, @2.end); }
    | type COMPRESSED { $$ = $1; $$->compressed = true; $$->end = my_source_offset(P, @2.end); }
    | type COMPRESSED '=' name { $$ = $1; $$->compressed = true; $$->end = my_source_offset(P, @4.end); }
    ;

character_set:
      CHARACTER_SET
    | CHARSET
    ;

type_base:
      TYPE_WORD type_arguments { TRY($$ = my_type_new(P, @$, $1->text, $2)); }
    | CHAR type_arguments { TRY($$ = my_type_new(P, @$, my_upper_at(P, @1), $2)); }
    | BINARY type_arguments { TRY($$ = my_type_new(P, @$, "BINARY", $2)); }
    | SET '(' type_values ')' { TRY($$ = my_type_new(P, @$, "SET", NULL)); $$->values = *$3; }
    | IDENT type_arguments { TRY($$ = my_type_of_name(P, @$, $1, $2)); }
    | IDENT '(' type_values ')' { TRY($$ = my_type_of_name(P, @$, $1, NULL)); $$->values = *$3; }
    ;

/* Of ENUM and SET. */
type_values:
      type_value { $$ = my_texts_new(P, $1); }
    | type_values ',' type_value { $$ = my_texts_add(P, $1, $3); }
    ;

type_value:
      text
    | HEX { $$ = my_bytes_of_hex(P, $1->text); }
    | BIT { $$ = my_bytes_of_bits(P, $1->text); }
    ;

type_arguments:
      %empty { $$ = NULL; }
    | '(' NUMBER ')' { $$ = my_texts_new(P, $2->text); }
    | '(' NUMBER ',' NUMBER ')' { $$ = my_texts_add(P, my_texts_new(P, $2->text), $4->text); }
    ;

cast_type:
      type
    | SIGNED opt_integer { TRY($$ = my_type_new(P, @$, "SIGNED", NULL)); }
    | UNSIGNED opt_integer { TRY($$ = my_type_new(P, @$, "UNSIGNED", NULL)); }
    ;

opt_integer:
      %empty
    | TYPE_WORD
    ;

/* --- columns ---------------------------------------------------------------------------------- */

column_definition:
      name type { $$ = my_column_new(P, @$, $1, $2); }
    | column_definition NULL { $$ = $1; $$->nullable = MY_NULL_YES; EXTEND($$, @2); }
    | column_definition not NULL { $$ = $1; $$->nullable = MY_NULL_NO; EXTEND($$, @3); }
    | column_definition DEFAULT default_value { $$ = $1; $$->default_value = $3; EXTEND($$, @3); }
    | column_definition ON UPDATE call { $$ = $1; $$->on_update = $4; EXTEND($$, @4); }
    | column_definition AUTO_INCREMENT { $$ = $1; $$->auto_increment = true; EXTEND($$, @2); }
    | column_definition SERIAL_DEFAULT {
          $$ = $1;
          $$->auto_increment = $$->unique = true;
          $$->nullable = MY_NULL_NO;
          EXTEND($$, @2);
      }
    | column_definition PRIMARY_KEY { $$ = $1; $$->primary = true; EXTEND($$, @2); }
    | column_definition KEY { $$ = $1; $$->primary = true; EXTEND($$, @2); }
    | column_definition UNIQUE { $$ = $1; $$->unique = true; EXTEND($$, @2); }
    | column_definition COMMENT text { $$ = $1; $$->comment = $3; EXTEND($$, @3); }
    | column_definition COLLATE collation_name { $$ = $1; $$->type.collation = $3; EXTEND($$, @3); }
    | column_definition COLUMN_OPTION opt_equal option_value {
          struct my_option *option;

          TRY(option = my_option_named(P, @2, $2, $4));
          $$ = $1;
          pointer_list_add(&$$->options, P->arena, option);
          EXTEND($$, @4);
      }
    | column_definition IDENT '=' option_value {
          struct my_option *option;

          TRY(option = my_option_of_engine(P, @2, $2, $4));
          $$ = $1;
          pointer_list_add(&$$->options, P->arena, option);
          EXTEND($$, @4);
      }
    | column_definition check {
          $$ = $1;
          pointer_list_add(&$$->checks, P->arena, $2);
          EXTEND($$, @2);
      }
    | column_definition opt_named check {
          $$ = $1;
          $3->constraint = $2;
          $3->offset = my_source_offset(P, @2.offset);
          pointer_list_add(&$$->checks, P->arena, $3);
          EXTEND($$, @3);
      }
    | column_definition reference { $$ = $1; $$->references = $2; EXTEND($$, @2); }
    | column_definition GENERATED_ALWAYS AS '(' expression ')' {
          $$ = $1;
          $$->generation = $5;
          EXTEND($$, @6);
      }
    | column_definition AS '(' expression ')' { $$ = $1; $$->generation = $4; EXTEND($$, @5); }
    | column_definition STORED { $$ = $1; $$->generated = "STORED"; EXTEND($$, @2); }
    | column_definition PERSISTENT { $$ = $1; $$->generated = "STORED"; EXTEND($$, @2); }
    | column_definition VIRTUAL { $$ = $1; $$->generated = "VIRTUAL"; EXTEND($$, @2); }
    | column_definition GENERATED_ALWAYS AS ROW_START { $$ = $1; $$->row_period = "START"; EXTEND($$, @4); }
    | column_definition GENERATED_ALWAYS AS ROW_END { $$ = $1; $$->row_period = "END"; EXTEND($$, @4); }
    | column_definition AS ROW_START { $$ = $1; $$->row_period = "START"; EXTEND($$, @3); }
    | column_definition AS ROW_END { $$ = $1; $$->row_period = "END"; EXTEND($$, @3); }
    | column_definition VISIBLE { $$ = $1; $$->visible = MY_VISIBLE; EXTEND($$, @2); }
    | column_definition INVISIBLE { $$ = $1; $$->visible = MY_INVISIBLE; EXTEND($$, @2); }
    | column_definition WITH_VERSIONING {
          $$ = $1;
          pointer_list_add(&$$->options, P->arena, my_option_new(P, @2, "SYSTEM VERSIONING", "1"));
          EXTEND($$, @2);
      }
    | column_definition WITHOUT_VERSIONING {
          $$ = $1;
          pointer_list_add(&$$->options, P->arena, my_option_new(P, @2, "SYSTEM VERSIONING", "0"));
          EXTEND($$, @2);
      }
    ;

default_value:
      literal
    | signed_literal
    | call
    | IDENT { $$ = my_node_column(P, @$, NULL, NULL, $1->text); } /* MariaDB's way to print (`a`) */
    | '(' expression ')' { $$ = my_node_parenthesize(P, @$, $2); }
    ;

signed_literal:
      '-' NUMBER {
          TRY($$ = NODE(MY_UNARY, "-", @$, my_node_literal(P, MY_NUMBER, @2, $2), NULL, NULL));
      }
    | '+' NUMBER {
          TRY($$ = NODE(MY_UNARY, "+", @$, my_node_literal(P, MY_NUMBER, @2, $2), NULL, NULL));
      }
    ;

check:
      CHECK '(' expression ')' { $$ = my_check_new(P, @$, $3, false); }
    | CHECK '(' expression ')' ENFORCED { $$ = my_check_new(P, @$, $3, false); }
    | CHECK '(' expression ')' NOT_ENFORCED { $$ = my_check_new(P, @$, $3, true); }
    ;

opt_named:
      CONSTRAINT { $$ = NULL; }
    | CONSTRAINT name { $$ = $2; }
    ;

reference:
      REFERENCES table_name { $$ = my_foreign_key_new(P, @$, $2, NULL); }
    | REFERENCES table_name '(' names ')' { $$ = my_foreign_key_new(P, @$, $2, $4); }
    | reference MATCH IDENT { $$ = $1; TRY($$->match = my_choose(P, $3, "FULL PARTIAL SIMPLE")); }
    | reference REFERENCE_DELETE { $$ = $1; $$->on_delete = $2->text; }
    | reference REFERENCE_UPDATE { $$ = $1; $$->on_update = $2->text; }
    ;

/* --- keys and constraints --------------------------------------------------------------------- */

elements:
      element { $$ = my_list_new(P, $1); }
    | elements ',' element { $$ = my_list_add(P, $1, $3); }
    ;

element:
      column_definition { $$ = my_element_new(P, MY_ELEMENT_COLUMN, $1); }
    | key_definition
    ;

/* What ADD takes besides columns. */
key_definition:
      key_word opt_if_not_exists key_body {
          $3->if_not_exists = $2;
          $3->kind = $1;
          $$ = my_key_element(P, @$, $3);
      }
    | constraint
    | CONSTRAINT constraint { $$ = $2; my_constraint_name(P, @$, $$, NULL, false); }
    | CONSTRAINT name constraint { $$ = $3; my_constraint_name(P, @$, $$, $2, false); }
    | CONSTRAINT IF_NOT_EXISTS name constraint { $$ = $4; my_constraint_name(P, @$, $$, $3, true); }
    | PERIOD_FOR name '(' name ',' name ')' { $$ = my_period_new(P, $2, $4, $6); }
    ;

key_word:
      index_word { $$ = MY_KEY_PLAIN; }
    | FULLTEXT { $$ = MY_KEY_FULLTEXT; }
    | SPATIAL { $$ = MY_KEY_SPATIAL; }
    | VECTOR_KEY { $$ = MY_KEY_VECTOR; }
    ;

index_word:
      INDEX
    | KEY
    ;

constraint:
      PRIMARY_KEY key_body { $2->kind = MY_KEY_PRIMARY; $$ = my_key_element(P, @$, $2); }
    | UNIQUE opt_if_not_exists key_body {
          $3->if_not_exists = $2;
          $3->kind = MY_KEY_UNIQUE;
          $$ = my_key_element(P, @$, $3);
      }
    | FOREIGN_KEY opt_if_not_exists opt_name '(' names ')' reference {
          $$ = my_element_new(P, MY_ELEMENT_FOREIGN_KEY, $7);
          $7->if_not_exists = $2;
          $7->index_name = $3;
          $7->columns = *$5;
          $7->offset = my_source_offset(P, @1.offset);
      }
    | check { $$ = my_element_new(P, MY_ELEMENT_CHECK, $1); }
    ;

opt_name:
      %empty { $$ = NULL; }
    | name
    ;

key_body:
      opt_name opt_index_type '(' key_parts ')' index_options {
          $$ = my_key_new(P, @$, $1, $2, $4, $6);
      }
    ;

opt_index_type:
      %empty { $$ = NULL; }
    | index_type
    ;

index_type:
      USING name { $$ = $2; }
    | TYPE name { $$ = $2; }
    ;

key_parts:
      key_part { $$ = my_list_new(P, $1); }
    | key_parts ',' key_part { $$ = my_list_add(P, $1, $3); }
    ;

key_part:
      name opt_direction { $$ = my_key_part_new(P, @$, $1, NULL, NULL, $2); }
    | name '(' NUMBER ')' opt_direction { $$ = my_key_part_new(P, @$, $1, $3->text, NULL, $5); }
    | '(' expression ')' opt_direction { $$ = my_key_part_new(P, @$, NULL, NULL, $2, $4); }
    | name WITHOUT_OVERLAPS {
          $$ = my_key_part_new(P, @$, $1, NULL, NULL, 0);
          $$->without_overlaps = true;
      }
    ;

index_options:
      %empty { $$ = NULL; }
    | index_options index_option { $$ = my_list_add(P, $1, $2); }
    ;

index_option:
      index_type { $$ = my_option_new(P, @$, "USING", text_upper(P->arena, $1)); }
    | WITH_PARSER name { $$ = my_option_new(P, @$, "PARSER", $2); }
    | VISIBLE { $$ = my_option_new(P, @$, "VISIBLE", "1"); }
    | INVISIBLE { $$ = my_option_new(P, @$, "VISIBLE", "0"); }
    | IGNORED { $$ = my_option_new(P, @$, "IGNORED", "1"); }
    | NOT_IGNORED { $$ = my_option_new(P, @$, "IGNORED", "0"); }
    | index_option_name opt_equal option_value { TRY($$ = my_option_named(P, @$, $1, $3)); }
    ;

index_option_name:
      IDENT
    | COMMENT { $$ = my_token_at(P, @1); }
    | COLUMN_OPTION
    ;

/* --- options of tables, partitions, databases ------------------------------------------------- */

option_name:
      index_option_name
    | AUTO_INCREMENT { $$ = my_token_at(P, @1); }
    | TYPE { $$ = my_token_at(P, @1); }
    | SEQUENCE { $$ = my_token_at(P, @1); }
    ;

option:
      option_name opt_equal option_value { TRY($$ = my_option_named(P, @$, $1, $3)); }
    | charset_option
    | UNION opt_equal '(' tables ')' {
          $$ = my_option_new(P, @$, "UNION", my_text_at(P, SPAN(@3, @5)));
      }
    | UNION opt_equal '(' ')' { $$ = my_option_new(P, @$, "UNION", "()"); }
    | WITH_VERSIONING { $$ = my_option_new(P, @$, "SYSTEM VERSIONING", "1"); }
    | START_TRANSACTION { $$ = my_option_new(P, @$, "START TRANSACTION", "1"); }
    ;

charset_option:
      character_set opt_equal charset_name { $$ = my_option_new(P, @$, "CHARSET", $3); }
    | COLLATE opt_equal collation_name { $$ = my_option_new(P, @$, "COLLATE", $3); }
    ;

option_value:
      name { $$ = my_option_new(P, @$, NULL, $1); }
    | STRING { $$ = my_option_new(P, @$, NULL, $1->text); $$->quoted = true; }
    | signed_number { $$ = my_option_new(P, @$, NULL, $1); }
    | HEX { $$ = my_option_new(P, @$, NULL, my_text_at(P, @1)); }
    | DEFAULT { $$ = my_option_new(P, @$, NULL, "DEFAULT"); }
    | NULL { $$ = my_option_new(P, @$, NULL, "NULL"); }
    | ON { $$ = my_option_new(P, @$, NULL, "ON"); }
    ;

signed_number:
      NUMBER { $$ = $1->text; }
    | '-' NUMBER { $$ = arena_printf(P->arena, "-%s", $2->text); }
    | '+' NUMBER { $$ = $2->text; }
    ;

options:
      option { $$ = my_list_new(P, $1); }
    | options option { $$ = my_list_add(P, $1, $2); }
    | options ',' option { $$ = my_list_add(P, $1, $3); }
    ;

opt_options:
      %empty { $$ = NULL; }
    | options
    ;

database_options:
      %empty { $$ = NULL; }
    | database_options database_option { $$ = my_list_add(P, $1, $2); }
    ;

database_option:
      option
    | READ_ONLY opt_equal option_value {
          $$ = my_option_new(P, @$, "READ ONLY", $3->value);
      }
    ;

/* --- partitions ------------------------------------------------------------------------------- */

opt_partitioning:
      %empty { $$ = NULL; }
    | partitioning
    ;

partitioning:
      partition_method opt_count opt_subpartition_by opt_partitions {
          $$ = $1;
          $$->count = $2;
          $$->sub = $3;
          $$->partitions = my_list_of($4);
          $$->end = my_source_offset(P, @$.end);
      }
    ;

partition_method:
      PARTITION_BY keyed_method { $$ = $2; $$->offset = my_source_offset(P, @1.offset); }
    | PARTITION_BY RANGE '(' expression ')' { $$ = my_partitioning_new(P, @$, "RANGE", $4, NULL); }
    | PARTITION_BY RANGE_COLUMNS '(' names ')' {
          $$ = my_partitioning_new(P, @$, "RANGE COLUMNS", NULL, $4);
      }
    | PARTITION_BY LIST_COLUMNS '(' names ')' {
          $$ = my_partitioning_new(P, @$, "LIST COLUMNS", NULL, $4);
      }
    | PARTITION_BY_SYSTEM_TIME opt_system_interval {
          $$ = my_partitioning_new(P, @$, "SYSTEM_TIME", NULL, NULL);
          $$->interval = $2;
      }
    ;

/* Of partitions and subpartitions. */
keyed_method:
      IDENT '(' expression ')' {
          const char *method = my_choose(P, $1, "HASH LIST");
          TRY(method);
          $$ = my_partitioning_new(P, @$, method, $3, NULL);
      }
    | LINEAR IDENT '(' expression ')' {
          TRY(my_choose(P, $2, "HASH"));
          $$ = my_partitioning_new(P, @$, "LINEAR HASH", $4, NULL);
      }
    | KEY opt_algorithm '(' opt_names ')' {
          $$ = my_partitioning_new(P, @$, "KEY", NULL, $4);
          $$->algorithm = $2;
      }
    | LINEAR KEY opt_algorithm '(' opt_names ')' {
          $$ = my_partitioning_new(P, @$, "LINEAR KEY", NULL, $5);
          $$->algorithm = $3;
      }
    ;

opt_algorithm:
      %empty { $$ = NULL; }
    | ALGORITHM '=' NUMBER { $$ = $3->text; }
    ;

opt_names:
      %empty { $$ = NULL; }
    | names
    ;

opt_system_interval:
      %empty { $$ = NULL; }
    | INTERVAL expression unit opt_starts opt_auto { $$ = my_upper_at(P, @$); }
    | LIMIT NUMBER opt_auto { $$ = my_upper_at(P, @$); }
    | IDENT { TRY($$ = my_choose(P, $1, "AUTO")); }
    ;

opt_starts:
      %empty
    | STARTS literal
    ;

opt_auto:
      %empty
    | IDENT { TRY(my_choose(P, $1, "AUTO")); }
    ;

opt_count:
      %empty { $$ = NULL; }
    | PARTITIONS NUMBER { $$ = $2->text; }
    ;

opt_subpartition_by:
      %empty { $$ = NULL; }
    | SUBPARTITION_BY keyed_method { $$ = $2; }
    | SUBPARTITION_BY keyed_method SUBPARTITIONS NUMBER { $$ = $2; $$->count = $4->text; }
    ;

opt_partitions:
      %empty { $$ = NULL; }
    | '(' partitions ')' { $$ = $2; }
    ;

partitions:
      partition { $$ = my_list_new(P, $1); }
    | partitions ',' partition { $$ = my_list_add(P, $1, $3); }
    ;

partition:
      PARTITION name partition_bounds partition_options opt_subpartitions {
          $$ = $3;
          $$->name = $2;
          $$->offset = my_source_offset(P, @1.offset);
          $$->options = my_list_of($4);
          $$->subpartitions = my_list_of($5);
      }
    ;

partition_bounds:
      %empty { $$ = my_partition_new(P, NULL, NULL); }
    | LESS_THAN MAXVALUE { $$ = my_partition_new(P, "LESS THAN", NULL); $$->maximum = true; }
    | LESS_THAN '(' partition_values ')' { $$ = my_partition_new(P, "LESS THAN", $3); }
    | VALUES_IN '(' partition_values ')' { $$ = my_partition_new(P, "IN", $3); }
    | VALUES_IN DEFAULT { $$ = my_partition_new(P, "DEFAULT", NULL); }
    | DEFAULT { $$ = my_partition_new(P, "DEFAULT", NULL); }
    | PARTITION_KIND { $$ = my_partition_new(P, my_upper_at(P, @1), NULL); }
    ;

partition_values:
      partition_value { $$ = my_list_new(P, $1); }
    | partition_values ',' partition_value { $$ = my_list_add(P, $1, $3); }
    ;

partition_value:
      expression
    | MAXVALUE { $$ = my_node_other(P, @$); $$->text = "MAXVALUE"; }
    | DEFAULT { $$ = my_node_other(P, @$); $$->text = "DEFAULT"; }
    ;

partition_options:
      %empty { $$ = NULL; }
    | partition_options partition_option { $$ = my_list_add(P, $1, $2); }
    ;

partition_option:
      index_option_name opt_equal option_value { TRY($$ = my_option_named(P, @$, $1, $3)); }
    ;

opt_subpartitions:
      %empty { $$ = NULL; }
    | '(' subpartitions ')' { $$ = $2; }
    ;

subpartitions:
      subpartition { $$ = my_list_new(P, $1); }
    | subpartitions ',' subpartition { $$ = my_list_add(P, $1, $3); }
    ;

subpartition:
      SUBPARTITION name_or_text partition_options {
          $$ = my_partition_new(P, NULL, NULL);
          $$->name = $2;
          $$->offset = my_source_offset(P, @1.offset);
          $$->options = my_list_of($3);
      }
    ;

/* --- CREATE ----------------------------------------------------------------------------------- */

head:
      CREATE
    | head OR_REPLACE { S->or_replace = true; }
    | head TEMPORARY { S->temporary = true; }
    | head AGGREGATE { S->aggregate = true; }
    | head head_clause
    ;

head_clause:
      ALGORITHM '=' name { S->algorithm = text_upper(P->arena, $3); }
    | DEFINER '=' user { S->definer = *$3; }
    | SQL_SECURITY name { S->security = text_upper(P->arena, $2); }
    ;

create:
      head DATABASE opt_if_not_exists name database_options {
          S->if_not_exists = $3;
          S->name.name = $4;
          S->name.offset = my_source_offset(P, @4.offset);
          S->options = my_list_of($5);
      }
    | head TABLE opt_if_not_exists table_name table_content {
          S->if_not_exists = $3;
          S->name = *$4;
          my_finish_table(P);
      }
    | head key_kind opt_if_not_exists name opt_index_type ON table_name '(' key_parts ')' index_trailers {
          my_create_index(P, @$, $2, $3, $4, $5, $7, $9, $11);
      }
    | head VIEW opt_if_not_exists table_name opt_name_list AS query opt_check_option {
          S->if_not_exists = $3;
          my_finish_view(P, $4, $5, $7, @7, $8);
      }
    | head TRIGGER opt_if_not_exists table_name trigger_content {
          S->if_not_exists = $3;
          S->name = *$4;
      }
    | head routine_word opt_if_not_exists table_name opt_parameters opt_returns characteristics BODY {
          S->if_not_exists = $3;
          S->name = *$4;
          my_finish_body(P, $8);
      }
    | head EVENT opt_if_not_exists table_name ON_SCHEDULE schedule event_clauses BODY {
          S->if_not_exists = $3;
          S->name = *$4;
          my_finish_body(P, $8);
      }
    | head SEQUENCE opt_if_not_exists table_name sequence_options {
          S->if_not_exists = $3;
          S->name = *$4;
          S->options = my_list_of($5);
      }
    ;

/* The statement's own parts, which the tree keeps in my_statement. */
table_content:
      '(' elements ')' opt_options opt_partitioning opt_query {
          my_build_table(P)->elements = *$2;
          my_build_table(P)->options = my_list_of($4);
          my_build_table(P)->partitioning = $5;
      }
    | options opt_partitioning opt_query {
          my_build_table(P)->options = *$1;
          my_build_table(P)->partitioning = $2;
      }
    | partitioning opt_query { my_build_table(P)->partitioning = $1; }
    | query_start
    | LIKE table_name { my_build_table(P)->like = $2; }
    | '(' LIKE table_name ')' { my_build_table(P)->like = $3; }
    ;

opt_query:
      %empty
    | query_start
    ;

query_start:
      query { my_build_table(P)->query = $1; }
    | AS query { my_build_table(P)->query = $2; }
    | IGNORE opt_as query { my_build_table(P)->query = $3; }
    | REPLACE opt_as query { my_build_table(P)->query = $3; }
    ;

key_kind:
      INDEX { $$ = MY_KEY_PLAIN; }
    | UNIQUE { $$ = MY_KEY_UNIQUE; }
    | FULLTEXT { $$ = MY_KEY_FULLTEXT; }
    | SPATIAL { $$ = MY_KEY_SPATIAL; }
    | VECTOR_KEY { $$ = MY_KEY_VECTOR; }
    ;

index_trailers:
      %empty { $$ = NULL; }
    | index_trailers index_option { $$ = my_list_add(P, $1, $2); }
    | index_trailers online_clause
    ;

online_clause:
      ALGORITHM opt_equal online_value
    | LOCK opt_equal online_value
    ;

online_value:
      name
    | DEFAULT
    ;

opt_check_option:
      %empty { $$ = NULL; }
    | CHECK_OPTION { $$ = $1->text; }
    ;

trigger_content:
      timing trigger_events ON table_name FOR_EACH_ROW opt_trigger_order BODY {
          S->timing = $1;
          S->on_table = *$4;
          my_finish_body(P, $7);
      }
    ;

timing:
      BEFORE { $$ = "BEFORE"; }
    | AFTER { $$ = "AFTER"; }
    ;

trigger_events:
      trigger_event { text_list_add(&S->events, P->arena, $1); }
    | trigger_events OR trigger_event { text_list_add(&S->events, P->arena, $3); }
    ;

trigger_event:
      INSERT { $$ = "INSERT"; }
    | UPDATE { $$ = "UPDATE"; }
    | DELETE { $$ = "DELETE"; }
    ;

opt_trigger_order:
      %empty
    | FOLLOWS name { S->order = "FOLLOWS"; S->order_trigger = $2; }
    | PRECEDES name { S->order = "PRECEDES"; S->order_trigger = $2; }
    ;

routine_word:
      PROCEDURE { S->routine = "PROCEDURE"; }
    | FUNCTION { S->routine = "FUNCTION"; }
    ;

opt_parameters:
      %empty
    | '(' ')' { S->parameters_text = ""; }
    | '(' parameters ')' {
          S->parameters = *$2;
          S->parameters_text = my_text_at(P, (struct my_location){@1.end, @3.offset});
      }
    ;

parameters:
      parameter { $$ = my_list_new(P, $1); }
    | parameters ',' parameter { $$ = my_list_add(P, $1, $3); }
    ;

parameter:
      mode name full_type { $$ = my_parameter_new(P, $1, $2, $3, NULL); }
    | name full_type { $$ = my_parameter_new(P, "", $1, $2, NULL); }
    | mode name full_type DEFAULT expression { $$ = my_parameter_new(P, $1, $2, $3, $5); }
    | name full_type DEFAULT expression { $$ = my_parameter_new(P, "", $1, $2, $4); }
    ;

mode:
      IN { $$ = "IN"; }
    | OUT { $$ = "OUT"; }
    | INOUT { $$ = "INOUT"; }
    | IN OUT { $$ = "INOUT"; }
    ;

opt_returns:
      %empty
    | RETURNS full_type { S->returns = *$2; }
    ;

characteristics:
      %empty
    | characteristics characteristic
    ;

characteristic:
      COMMENT text { S->comment = $2; }
    | LANGUAGE_SQL
    | LANGUAGE name { S->language = strcasecmp($2, "SQL") == 0 ? NULL : text_upper(P->arena, $2); }
    | DETERMINISTIC { S->deterministic = "DETERMINISTIC"; }
    | NOT_DETERMINISTIC { S->deterministic = "NOT DETERMINISTIC"; }
    | DATA_ACCESS { S->data_access = my_upper_at(P, @1); }
    | SQL_SECURITY name { S->security = text_upper(P->arena, $2); }
    ;

schedule:
      AT expression { S->at = $2; }
    | EVERY expression unit opt_event_starts opt_event_ends { S->every = $2; S->every_unit = $3; }
    ;

opt_event_starts:
      %empty
    | STARTS expression { S->starts = $2; }
    ;

opt_event_ends:
      %empty
    | ENDS expression { S->ends = $2; }
    ;

event_clauses:
      %empty
    | event_clauses EVENT_COMPLETION { S->completion = $2->text; }
    | event_clauses EVENT_STATUS { S->status = $2->text; }
    | event_clauses COMMENT text { S->comment = $3; }
    | event_clauses RENAME TO table_name { S->new_name = *$4; }
    ;

sequence_options:
      %empty { $$ = NULL; }
    | sequence_options sequence_option { $$ = my_list_add(P, $1, $2); }
    ;

sequence_option:
      option_name sequence_equal option_value { TRY($$ = my_option_named(P, @$, $1, $3)); }
    | MAXVALUE sequence_equal signed_number { $$ = my_option_new(P, @$, "MAXVALUE", $3); }
    | FLAG_WORD { $$ = my_option_flag(P, @$, $1->text); }
    | AS type { $$ = my_option_new(P, @$, "AS", my_upper_at(P, @2)); }
    ;

sequence_equal:
      %empty
    | '='
    | WITH
    | BY
    ;

/* --- ALTER, DROP, RENAME ---------------------------------------------------------------------- */

alter_head:
      ALTER
    | alter_head IGNORE
    | alter_head OR_REPLACE
    | alter_head head_clause
    ;

alter:
      alter_head TABLE opt_if_exists table_name alter_items {
          S->if_exists = $3;
          S->name = *$4;
      }
    | alter_head DATABASE name database_options {
          S->name.name = $3;
          S->name.offset = my_source_offset(P, @3.offset);
          S->options = my_list_of($4);
      }
    | alter_head DATABASE nameless_options { S->options = *$3; }
    | alter_head VIEW opt_if_exists table_name opt_name_list AS query opt_check_option {
          S->or_replace = true;
          my_finish_view(P, $4, $5, $7, @7, $8);
      }
    | alter_head routine_word opt_if_exists table_name characteristics {
          S->if_exists = $3;
          S->name = *$4;
      }
    | alter_head EVENT opt_if_exists table_name opt_schedule event_clauses {
          S->if_exists = $3;
          S->name = *$4;
      }
    | alter_head EVENT opt_if_exists table_name opt_schedule event_clauses BODY {
          S->if_exists = $3;
          S->name = *$4;
          my_finish_body(P, $7);
      }
    | alter_head SEQUENCE opt_if_exists table_name sequence_options {
          S->if_exists = $3;
          S->name = *$4;
          S->options = my_list_of($5);
      }
    ;

nameless_options:
      nameless_option { $$ = my_list_new(P, $1); }
    | nameless_options database_option { $$ = my_list_add(P, $1, $2); }
    ;

nameless_option:
      CHARACTER_SET opt_equal charset_name { $$ = my_option_new(P, @$, "CHARSET", $3); }
    | COLLATE opt_equal collation_name { $$ = my_option_new(P, @$, "COLLATE", $3); }
    | READ_ONLY opt_equal option_value { $$ = my_option_new(P, @$, "READ ONLY", $3->value); }
    ;

opt_schedule:
      %empty
    | ON_SCHEDULE schedule
    ;

alter_items:
      %empty
    | alter_list
    | alter_list partition_change
    | partition_change
    | alter_list ',' partition_change
    ;

alter_list:
      alter_item
    | alter_list ',' alter_item
    | alter_list option { my_add_change(P, my_change_option(P, @2, $2)); }
    ;

alter_item:
      change { my_add_change(P, $1); }
    | option { my_add_change(P, my_change_option(P, @1, $1)); }
    | ADD opt_column opt_if_not_exists '(' elements ')' { my_add_elements(P, @$, $5, $3); }
    ;

opt_column:
      %empty
    | COLUMN
    ;

opt_place:
      %empty { $$ = NULL; }
    | FIRST { $$ = ""; }
    | AFTER name { $$ = $2; }
    ;

change:
      ADD opt_column opt_if_not_exists column_definition opt_place {
          $4->if_not_exists = $3;
          $$ = my_change_column(P, @$, MY_ADD_ELEMENT, NULL, $4, $5);
      }
    | ADD key_definition { $$ = my_change_element(P, @$, $2); }
    | ADD SYSTEM_VERSIONING { $$ = my_change_new(P, MY_ADD_VERSIONING, @$); }
    | MODIFY opt_column opt_if_exists column_definition opt_place {
          $$ = my_change_column(P, @$, MY_MODIFY_COLUMN, $4->name, $4, $5);
          $$->if_exists = $3;
      }
    | CHANGE opt_column opt_if_exists name column_definition opt_place {
          $$ = my_change_column(P, @$, MY_CHANGE_COLUMN, $4, $5, $6);
          $$->if_exists = $3;
      }
    | ALTER opt_column opt_if_exists name SET DEFAULT default_value {
          $$ = my_change_named(P, @$, MY_ALTER_DEFAULT, $4, $3);
          $$->node = $7;
      }
    | ALTER opt_column opt_if_exists name DROP DEFAULT {
          $$ = my_change_named(P, @$, MY_ALTER_DEFAULT, $4, $3);
      }
    | ALTER opt_column opt_if_exists name SET VISIBLE {
          $$ = my_change_named(P, @$, MY_ALTER_VISIBLE, $4, $3);
          $$->value = "1";
      }
    | ALTER opt_column opt_if_exists name SET INVISIBLE {
          $$ = my_change_named(P, @$, MY_ALTER_VISIBLE, $4, $3);
          $$->value = "0";
      }
    | ALTER index_word opt_if_exists name VISIBLE { $$ = my_change_valued(P, @$, MY_ALTER_KEY, $4, "1", $3); }
    | ALTER index_word opt_if_exists name INVISIBLE { $$ = my_change_valued(P, @$, MY_ALTER_KEY, $4, "0", $3); }
    | ALTER index_word opt_if_exists name NOT_IGNORED { $$ = my_change_valued(P, @$, MY_ALTER_KEY, $4, "1", $3); }
    | ALTER index_word opt_if_exists name IGNORED { $$ = my_change_valued(P, @$, MY_ALTER_KEY, $4, "0", $3); }
    | ALTER CHECK name ENFORCED { $$ = my_change_valued(P, @$, MY_ALTER_CHECK, $3, "1", false); }
    | ALTER CHECK name NOT_ENFORCED { $$ = my_change_valued(P, @$, MY_ALTER_CHECK, $3, "0", false); }
    | ALTER CONSTRAINT name ENFORCED { $$ = my_change_valued(P, @$, MY_ALTER_CHECK, $3, "1", false); }
    | ALTER CONSTRAINT name NOT_ENFORCED { $$ = my_change_valued(P, @$, MY_ALTER_CHECK, $3, "0", false); }
    | DROP opt_column opt_if_exists name opt_behavior { $$ = my_change_named(P, @$, MY_DROP_COLUMN, $4, $3); }
    | DROP index_word opt_if_exists name { $$ = my_change_named(P, @$, MY_DROP_KEY, $4, $3); }
    | DROP PRIMARY_KEY { $$ = my_change_new(P, MY_DROP_PRIMARY_KEY, @$); }
    | DROP FOREIGN_KEY opt_if_exists name { $$ = my_change_named(P, @$, MY_DROP_FOREIGN_KEY, $4, $3); }
    | DROP CHECK opt_if_exists name { $$ = my_change_named(P, @$, MY_DROP_CHECK, $4, $3); }
    | DROP CONSTRAINT opt_if_exists name { $$ = my_change_named(P, @$, MY_DROP_CONSTRAINT, $4, $3); }
    | DROP PERIOD_FOR name { $$ = my_change_named(P, @$, MY_DROP_PERIOD, $3, false); }
    | DROP SYSTEM_VERSIONING { $$ = my_change_new(P, MY_DROP_VERSIONING, @$); }
    | RENAME COLUMN opt_if_exists name TO name { $$ = my_change_renamed(P, @$, MY_RENAME_COLUMN, $4, $6, $3); }
    | RENAME index_word opt_if_exists name TO name { $$ = my_change_renamed(P, @$, MY_RENAME_KEY, $4, $6, $3); }
    | RENAME opt_to table_name { $$ = my_change_new(P, MY_RENAME_TABLE, @$); $$->table_name = *$3; }
    | CONVERT TO character_set charset_name {
          $$ = my_change_valued(P, @$, MY_CONVERT_CHARSET, $4, NULL, false);
      }
    | CONVERT TO character_set charset_name COLLATE opt_equal collation_name {
          $$ = my_change_valued(P, @$, MY_CONVERT_CHARSET, $4, $7, false);
      }
    | ORDER BY order_items { $$ = my_change_new(P, MY_ORDER_BY, @$); }
    | FORCE { $$ = my_change_new(P, MY_FORCE, @$); }
    | online_clause { $$ = my_change_new(P, MY_FORCE, @$); }
    | ALTER_NOTHING { $$ = my_change_new(P, MY_FORCE, @$); }
    | TABLESPACE_WORK { $$ = my_change_new(P, MY_DISCARD_TABLESPACE, @$); }
    | WITHOUT_VERSIONING { $$ = my_change_new(P, MY_DROP_VERSIONING, @$); }
    ;

opt_to:
      %empty
    | TO
    | AS
    | '='
    ;

opt_behavior:
      %empty
    | RESTRICT
    | CASCADE
    ;

partition_change:
      partitioning {
          struct my_change *change = my_change_new(P, MY_PARTITION_BY, @$);
          change->partitioning = $1;
          my_add_change(P, change);
      }
    | REMOVE_PARTITIONING { my_add_change(P, my_change_new(P, MY_REMOVE_PARTITIONING, @$)); }
    | ADD PARTITION opt_if_not_exists opt_count opt_partitions {
          my_add_change(P, my_build_partition_change(P, @$, MY_ADD_PARTITION, NULL, $4, $5));
      }
    | DROP PARTITION opt_if_exists names {
          struct my_change *change = my_build_partition_change(P, @$, MY_DROP_PARTITION, $4, NULL, NULL);
          change->if_exists = $3;
          my_add_change(P, change);
      }
    | COALESCE_PARTITION NUMBER {
          my_add_change(P, my_change_valued(P, @$, MY_COALESCE_PARTITION, NULL, $2->text, false));
      }
    | REORGANIZE_PARTITION {
          my_add_change(P, my_build_partition_change(P, @$, MY_REORGANIZE_PARTITION, NULL, NULL, NULL));
      }
    | REORGANIZE_PARTITION names INTO '(' partitions ')' {
          my_add_change(P, my_build_partition_change(P, @$, MY_REORGANIZE_PARTITION, $2, NULL, $5));
      }
    | EXCHANGE_PARTITION name WITH TABLE table_name opt_validation {
          struct my_change *change =
              my_build_partition_change(P, @$, MY_EXCHANGE_PARTITION, my_texts_new(P, $2), NULL, NULL);
          change->table_name = *$5;
          my_add_change(P, change);
      }
    | PARTITION_WORK names_or_all opt_tablespace {
          my_add_change(P, my_change_new(P, MY_TRUNCATE_PARTITION, @$));
      }
    ;

opt_validation:
      %empty
    | ALTER_NOTHING
    ;

names_or_all:
      names
    | ALL
    ;

opt_tablespace:
      %empty
    | IDENT
    ;

drop:
      DROP TABLE opt_if_exists tables opt_behavior { S->if_exists = $3; S->names = *$4; }
    | DROP TEMPORARY TABLE opt_if_exists tables opt_behavior {
          S->temporary = true;
          S->if_exists = $4;
          S->names = *$5;
      }
    | DROP VIEW opt_if_exists tables opt_behavior { S->if_exists = $3; S->names = *$4; }
    | DROP SEQUENCE opt_if_exists tables { S->if_exists = $3; S->names = *$4; }
    | DROP TEMPORARY SEQUENCE opt_if_exists tables {
          S->temporary = true;
          S->if_exists = $4;
          S->names = *$5;
      }
    | DROP DATABASE opt_if_exists name { S->if_exists = $3; S->name.name = $4; }
    | DROP TRIGGER opt_if_exists table_name { S->if_exists = $3; S->name = *$4; }
    | DROP routine_word opt_if_exists table_name { S->if_exists = $3; S->name = *$4; }
    | DROP EVENT opt_if_exists table_name { S->if_exists = $3; S->name = *$4; }
    | DROP INDEX opt_if_exists name ON table_name index_trailers { my_drop_index(P, @$, $3, $4, $6); }
    ;

renames:
      opt_if_exists rename { S->if_exists = $1; }
    | renames ',' rename
    ;

rename:
      table_name TO table_name {
          pointer_list_add(&S->names, P->arena, $1);
          pointer_list_add(&S->new_names, P->arena, $3);
      }
    ;

/* --- SET -------------------------------------------------------------------------------------- */

settings:
      setting
    | settings ',' setting
    ;

setting:
      name assign set_value { my_add_setting(P, my_setting_new(P, "", $1, $3)); }
    | name '.' name assign set_value {
          my_add_setting(P, my_setting_new(P, "", arena_printf(P->arena, "%s.%s", $1, $3), $5));
      }
    | scope name assign set_value { my_add_setting(P, my_setting_new(P, $1, $2, $4)); }
    | scope name '.' name assign set_value {
          my_add_setting(P, my_setting_new(P, $1, arena_printf(P->arena, "%s.%s", $2, $4), $6));
      }
    | USER_VARIABLE assign expression { my_add_setting(P, my_setting_of_variable(P, $1->text, $3)); }
    | SYSTEM_VARIABLE assign set_value { my_add_setting(P, my_setting_of_variable(P, $1->text, $3)); }
    | NAMES charset_name { my_add_setting(P, my_setting_text(P, @2, "names", $2, NULL)); }
    | NAMES charset_name COLLATE collation_name {
          my_add_setting(P, my_setting_text(P, @2, "names", $2, $4));
      }
    | character_set charset_name {
          my_add_setting(P, my_setting_text(P, @2, "character set", $2, NULL));
      }
    ;

scope:
      GLOBAL { $$ = "GLOBAL"; }
    | SESSION { $$ = "SESSION"; }
    | LOCAL { $$ = "SESSION"; }
    | PERSIST { $$ = "GLOBAL"; }
    | PERSIST_ONLY { $$ = "GLOBAL"; }
    ;

assign:
      '='
    | ASSIGN
    ;

set_value:
      expression { $$ = my_word_value($1); }
    | DEFAULT { $$ = NULL; }
    | ON { $$ = my_node_word(P, @1, "ON"); }
    | ALL { $$ = my_node_word(P, @1, "ALL"); }
    | BINARY { $$ = my_node_word(P, @1, "binary"); }
    ;

%%

static int yyreport_syntax_error(const yypcontext_t *context, struct my_parse *parse)
{
    yysymbol_kind_t expected[3];
    int count = yypcontext_expected_tokens(context, expected, 3);
    YYLTYPE *place = yypcontext_location(context);

    my_report(parse, *place, yypcontext_token(context) == YYSYMBOL_YYEOF,
              count > 0 ? yysymbol_name(expected[0]) : NULL,
              count > 1 ? yysymbol_name(expected[1]) : NULL);
    return 0;
}

static void my_yyerror(YYLTYPE *location, struct my_parse *parse, const char *message)
{
    my_parse_fail(parse, location->offset,
                  message[0] == 'm' ? "the statement is nested too deeply" : message, NULL);
}
