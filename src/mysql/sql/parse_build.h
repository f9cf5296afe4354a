/* What the actions of the grammar call: the state of one parse, and makers of tree nodes. Everything lives in
 * the parse's arena. Makers that give NULL have set an error. */
#ifndef PLUMB_MYSQL_SQL_PARSE_BUILD_H
#define PLUMB_MYSQL_SQL_PARSE_BUILD_H

#include "mysql/sql/scan.h"

typedef struct pointer_list my_list;
typedef struct text_list my_texts;

/* In the scanned text. */
struct my_location {
    size_t offset;
    size_t end;
};

struct my_parse {
    struct arena *arena;
    struct my_flavor flavor;
    uint64_t sql_mode;
    const char *text;
    size_t length;
    const struct my_piece *pieces; /* ordered; at least one */
    size_t piece_count;
    struct my_tokens tokens;
    size_t next;
    int start; /* the token that says what is to be parsed; 0 once it was read */
    struct my_statement *statement;
    struct my_node *expression;
    struct my_query *query;
    struct my_type *type;
    const char *file; /* of the source, for messages */
    const char *source;
    size_t source_length;
    const char *scan_message; /* why a token makes no sense */
    struct error *error;
};

/* What GROUP BY says. */
struct my_group {
    my_list *items;
    bool rollup;
};

/* What stands behind a query. */
struct my_tail {
    my_list *order_by;
    struct my_node *limit;
    struct my_node *offset;
    const char *locking;
};

/* --- names and texts -------------------------------------------------------------------------- */

/* Offset of the source that this offset of the text comes from. */
size_t my_source_offset(const struct my_parse *parse, size_t offset);

/* Notes a syntax error at the place; false. */
bool my_parse_fail(struct my_parse *parse, size_t offset, const char *message, const char *hint);

/* Notes that what stands at the place is not expected; wanted and other: what would be, or NULL. */
void my_report(struct my_parse *parse, struct my_location place, bool at_end, const char *wanted,
               const char *other);

/* What was written there; my_upper_at in upper case with single blanks. */
const char *my_text_at(const struct my_parse *parse, struct my_location location);
const char *my_upper_at(const struct my_parse *parse, struct my_location location);

/* A token of what was written there. */
const struct my_token *my_token_at(const struct my_parse *parse, struct my_location location);

/* The keyword as a name; NULL with an error where it is reserved for this flavour. */
const char *my_word_name(struct my_parse *parse, struct my_location location);

/* The token's word in upper case if it is among those listed; NULL with an error else. */
const char *my_choose(struct my_parse *parse, const struct my_token *token, const char *words);
const char *my_unit(struct my_parse *parse, const struct my_token *token);
struct my_name *my_name_new(struct my_parse *parse, struct my_location location, const char *schema,
                            const char *name);
struct my_definer *my_definer_new(struct my_parse *parse, const char *user, const char *host);

/* Lists; list NULL makes a new one. The ..._of are copies, empty of NULL. */
my_list *my_list_new(struct my_parse *parse, void *first);
my_list *my_list_add(struct my_parse *parse, my_list *list, void *item);
my_list my_list_of(const my_list *list);
my_texts *my_texts_new(struct my_parse *parse, const char *first);
my_texts *my_texts_add(struct my_parse *parse, my_texts *list, const char *item);
my_texts my_texts_of(const my_texts *list);

/* --- expressions ------------------------------------------------------------------------------ */

struct my_node *my_node_new(struct my_parse *parse, enum my_node_kind kind,
                            struct my_location location);
struct my_node *my_node_with(struct my_parse *parse, enum my_node_kind kind, const char *name,
                             struct my_location location, struct my_node *first,
                             struct my_node *second, struct my_node *third);
struct my_node *my_node_list(struct my_parse *parse, enum my_node_kind kind, const char *name,
                             struct my_location location, const my_list *children);
struct my_node *my_node_literal(struct my_parse *parse, enum my_node_kind kind,
                                struct my_location location, const struct my_token *token);
struct my_node *my_node_column(struct my_parse *parse, struct my_location location,
                               const char *schema, const char *table, const char *column);
struct my_node *my_node_call(struct my_parse *parse, struct my_location location,
                             const char *schema, const char *name, const my_list *arguments);
struct my_node *my_node_subquery(struct my_parse *parse, struct my_location location,
                                 struct my_query *query);
struct my_node *my_node_in(struct my_parse *parse, struct my_location location,
                           struct my_node *operand, const my_list *values, unsigned flags);
struct my_node *my_node_row(struct my_parse *parse, struct my_location location,
                            struct my_node *first, const my_list *others);
struct my_node *my_node_case(struct my_parse *parse, struct my_location location,
                             struct my_node *operand, const my_list *whens, struct my_node *other);
struct my_node *my_node_match(struct my_parse *parse, struct my_location location,
                              const my_list *columns, struct my_node *against, const char *mode);
struct my_node *my_node_cast(struct my_parse *parse, struct my_location location,
                             struct my_node *operand, const struct my_type *type, bool array);
struct my_node *my_node_group_concat(struct my_parse *parse, struct my_location location,
                                     unsigned distinct, const my_list *items,
                                     const my_list *order_by, const char *separator,
                                     const my_list *limit);
struct my_node *my_node_interval(struct my_parse *parse, struct my_location first,
                                 struct my_location last, struct my_node *value, const char *unit);

/* {d '2020-01-01'}. */
struct my_node *my_node_odbc(struct my_parse *parse, struct my_location location, const char *word,
                             struct my_node *value);
struct my_node *my_node_parenthesize(struct my_parse *parse, struct my_location location,
                                     struct my_node *node);
struct my_node *my_node_sequence(struct my_parse *parse, struct my_location location,
                                 const char *function, const struct my_name *sequence,
                                 const my_list *arguments);
struct my_node *my_node_other(struct my_parse *parse, struct my_location location);
/* The 1 that FETCH FIRST ROW means. */
struct my_node *my_node_one(struct my_parse *parse, struct my_location location);
struct my_node *my_node_word(struct my_parse *parse, struct my_location location, const char *word);

/* SET x = word: a string. */
struct my_node *my_word_value(struct my_node *node);
struct my_order *my_order_new(struct my_parse *parse, struct my_node *expression, bool descending);
struct my_window *my_window_new(struct my_parse *parse, const char *base,
                                const my_list *partition_by, const my_list *order_by,
                                const char *frame);

/* --- queries ---------------------------------------------------------------------------------- */

struct my_query *my_query_new(struct my_parse *parse, enum my_query_kind kind,
                              struct my_location location);
struct my_query *my_query_join(struct my_parse *parse, struct my_location location,
                               struct my_query *left, const char *operator,
                               struct my_query * right);
struct my_query *my_query_parenthesize(struct my_parse *parse, struct my_location location,
                                       struct my_query *query);

/* Adds what stands behind; a query in parentheses that has such a tail already becomes a UNION of one:
 * left without right. */
struct my_query *my_query_finish(struct my_parse *parse, struct my_location location,
                                 struct my_query *query, const struct my_tail *tail);
struct my_query *my_query_with(struct my_parse *parse, struct my_location location,
                               struct my_query *query, const my_list *with, bool recursive);
void my_query_options(struct my_parse *parse, struct my_query *query, const my_texts *options);
struct my_group *my_group_new(struct my_parse *parse, my_list *items, bool rollup);
void my_query_group(struct my_query *query, const struct my_group *group);
struct my_tail *my_tail_new(struct my_parse *parse);
struct my_tail *my_tail_limit(struct my_parse *parse, struct my_node *limit,
                              struct my_node *offset);
struct my_select_item *my_item_new(struct my_parse *parse, struct my_node *expression,
                                   const char *alias);
struct my_table_reference *my_table_new(struct my_parse *parse, const struct my_name *name,
                                        const char *alias, const char *hints);
struct my_table_reference *my_table_of_query(struct my_parse *parse, struct my_query *query,
                                             const char *alias, const my_texts *columns,
                                             bool lateral);
struct my_table_reference *my_join_new(struct my_parse *parse, const char *join,
                                       struct my_table_reference *left,
                                       struct my_table_reference *right, struct my_node *on,
                                       const my_texts *columns);
/* A join without a condition. The grammar reads "a JOIN b LEFT JOIN c ON x" as a JOIN (b LEFT JOIN c); here it
 * becomes (a JOIN b) LEFT JOIN c, which is what it means. */
struct my_table_reference *my_join_cross(struct my_parse *parse, const char *join,
                                         struct my_table_reference *left,
                                         struct my_table_reference *right);
const char *my_join_hints(struct my_parse *parse, const char *first, const char *second,
                          const char *third);

/* --- definitions ------------------------------------------------------------------------------ */

struct my_option *my_option_new(struct my_parse *parse, struct my_location location,
                                const char *name, const char *value);

/* An option as written: its name is made canonical. NULL with an error where the server has none of this
 * name and no engine could have it: on MySQL. */
struct my_option *my_option_named(struct my_parse *parse, struct my_location location,
                                  const struct my_token *name, const struct my_option *value);
struct my_option *my_option_of_engine(struct my_parse *parse, struct my_location location,
                                      const struct my_token *name, const struct my_option *value);
struct my_option *my_option_flag(struct my_parse *parse, struct my_location location,
                                 const char *word);

/* arguments: the numbers in parentheses, or NULL. */
struct my_type *my_type_new(struct my_parse *parse, struct my_location location, const char *word,
                            const my_texts *arguments);

/* NULL with an error if there is no type of this name. */
struct my_type *my_type_of_name(struct my_parse *parse, struct my_location location,
                                const struct my_token *word, const my_texts *arguments);
/* The bytes that a literal means. */
const char *my_bytes_of_hex(struct my_parse *parse, const char *digits);
const char *my_bytes_of_bits(struct my_parse *parse, const char *digits);
struct my_column *my_column_new(struct my_parse *parse, struct my_location location,
                                const char *name, const struct my_type *type);
struct my_check *my_check_new(struct my_parse *parse, struct my_location location,
                              struct my_node *expression, bool not_enforced);
struct my_foreign_key *my_foreign_key_new(struct my_parse *parse, struct my_location location,
                                          const struct my_name *table, const my_texts *columns);
struct my_key *my_key_new(struct my_parse *parse, struct my_location location, const char *name,
                          const char *using, const my_list *parts, const my_list *options);
struct my_key_part *my_key_part_new(struct my_parse *parse, struct my_location location,
                                    const char *column, const char *length,
                                    struct my_node *expression, bool descending);
struct my_element *my_element_new(struct my_parse *parse, enum my_element_kind kind, void *content);
struct my_element *my_key_element(struct my_parse *parse, struct my_location location,
                                  struct my_key *key);
struct my_element *my_period_new(struct my_parse *parse, const char *name, const char *start,
                                 const char *end);
void my_constraint_name(struct my_parse *parse, struct my_location location,
                        struct my_element *element, const char *name, bool if_not_exists);
struct my_partitioning *my_partitioning_new(struct my_parse *parse, struct my_location location,
                                            const char *method, struct my_node *expression,
                                            const my_texts *columns);
struct my_partition *my_partition_new(struct my_parse *parse, const char *kind,
                                      const my_list *values);
struct my_setting_value *my_setting_new(struct my_parse *parse, const char *scope, const char *name,
                                        struct my_node *value);

/* "@@global.x" to scope and name. */
struct my_setting_value *my_setting_of_variable(struct my_parse *parse, const char *variable,
                                                struct my_node *value);
struct my_setting_value *my_setting_text(struct my_parse *parse, struct my_location location,
                                         const char *name, const char *value,
                                         const char *collation);
void my_add_setting(struct my_parse *parse, struct my_setting_value *setting);

/* --- statements ------------------------------------------------------------------------------- */

struct my_table *my_build_table(struct my_parse *parse);
void my_finish_table(struct my_parse *parse);
void my_finish_view(struct my_parse *parse, const struct my_name *name, const my_texts *columns,
                    struct my_query *query, struct my_location place, const char *check_option);
void my_finish_body(struct my_parse *parse, const struct my_token *body);
struct my_parameter *my_parameter_new(struct my_parse *parse, const char *mode, const char *name,
                                      const struct my_type *type, struct my_node *default_value);
void my_create_index(struct my_parse *parse, struct my_location location, enum my_key_kind kind,
                     bool if_not_exists, const char *name, const char *using,
                     const struct my_name *table, const my_list *parts, const my_list *options);
void my_drop_index(struct my_parse *parse, struct my_location location, bool if_exists,
                   const char *name, const struct my_name *table);
struct my_change *my_change_new(struct my_parse *parse, enum my_change_kind kind,
                                struct my_location location);
struct my_change *my_change_named(struct my_parse *parse, struct my_location location,
                                  enum my_change_kind kind, const char *name, bool if_exists);
struct my_change *my_change_valued(struct my_parse *parse, struct my_location location,
                                   enum my_change_kind kind, const char *name, const char *value,
                                   bool if_exists);
struct my_change *my_change_renamed(struct my_parse *parse, struct my_location location,
                                    enum my_change_kind kind, const char *name,
                                    const char *new_name, bool if_exists);
struct my_change *my_change_option(struct my_parse *parse, struct my_location location,
                                   struct my_option *option);
struct my_change *my_change_element(struct my_parse *parse, struct my_location location,
                                    const struct my_element *element);

/* place: "" is FIRST, NULL nothing, else the column after which. */
struct my_change *my_change_column(struct my_parse *parse, struct my_location location,
                                   enum my_change_kind kind, const char *name,
                                   struct my_column *column, const char *place);
struct my_change *my_build_partition_change(struct my_parse *parse, struct my_location location,
                                            enum my_change_kind kind, const my_texts *names,
                                            const char *count, const my_list *partitions);
void my_add_change(struct my_parse *parse, struct my_change *change);
void my_add_elements(struct my_parse *parse, struct my_location location, const my_list *elements,
                     bool if_not_exists);

#endif
