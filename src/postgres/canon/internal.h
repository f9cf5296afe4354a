/* What the analyzer's files share. A raw tree goes in; new raw nodes come out which say everything
 * that the server would have inferred. All memory here belongs to the parse context of one analysis
 * (palloc), except for what the caller gets, which is in its arena. */
#ifndef PLUMB_POSTGRES_CANON_INTERNAL_H
#define PLUMB_POSTGRES_CANON_INTERNAL_H

#include "postgres/sql/tree.h"

#include "core/buffer.h"
#include "core/map.h"
#include "postgres/canon/canon.h"
#include "postgres/facts/universe_internal.h"

enum { ANALYZE_DEPTH = 800, FUNCTION_ARGUMENTS = 100 };

/* In which context a value is converted. */
enum coercion { COERCE_IMPLICIT, COERCE_ASSIGNMENT, COERCE_EXPLICIT };

/* An analyzed expression. */
struct value {
    Node *node;                 /* canonical */
    const struct pg_type *type; /* NULL: not known */
    int32_t typmod;
    const char *collation;   /* NULL: the type's own */
    bool constant;           /* a literal, whose text is literal */
    const char *literal;     /* NULL: the constant NULL */
    Node *source;            /* the raw literal, for a text to be rewritten */
    bool variables;          /* depends on a column of this query level */
    bool aggregate;          /* holds an aggregate or window call */
    bool set;                /* returns a set */
    struct value *collated;  /* of a COLLATE clause: its argument */
    struct value **elements; /* of an array or row constructor, or of a row parameter list */
    int element_count;
    bool row;                           /* a ROW constructor */
    struct range_entry *whole;          /* a whole-row reference */
    const struct range_column *column;  /* a plain column reference */
    const struct pg_function *function; /* of a call with OUT columns */
    const char *label;                  /* of a column that * stands for: its name */
};

/* A column that a name in a query can mean. */
struct range_column {
    const char *name;  /* as the query sees it */
    const char *print; /* the name to print */
    const struct pg_type *type;
    int32_t typmod;
    const char *collation;
    struct range_entry *owner; /* whose column it really is: itself, or below a join */
    int owner_index;
    Node *merged;     /* of FULL JOIN ... USING: COALESCE of both sides */
    const char *real; /* its name in the relation (dependencies), NULL otherwise */
};

/* An item of FROM. */
struct range_entry {
    const char *name;      /* by which it is referred to */
    const char *schema;    /* of a relation without alias: it may be named with its schema */
    const char *canonical; /* the alias in the canonical text; NULL: columns stand alone */
    struct pg_relation *relation;
    struct range_column *columns;
    int column_count;
    bool known;                     /* the columns are known */
    const struct pg_type *row_type; /* NULL: record */
    bool scalar;                    /* a function that gives one plain column */
    bool is_join;
    bool is_function;
    bool name_visible;
    bool columns_visible;
    bool lateral_only;
    bool lateral_ok;
    bool cte_self; /* a recursive reference */
    bool key_checked;
    int level; /* of the query it belongs to */
};

/* A WITH query in reach. */
struct cte {
    const char *name;
    List *aliases; /* the column names given with it */
    struct range_column *columns;
    int column_count;
    bool known;
    struct cte *next;
};

/* One query level. */
struct level {
    struct level *parent;
    List *entries; /* of struct range_entry: the namespace at this moment */
    struct cte *ctes;
    bool lateral; /* inside a LATERAL item, earlier items are in reach */
    int number;
    bool outer; /* refers to columns of a level outside */
};

/* A change of the author's text: at offset, length bytes become replacement. */
struct edit {
    int offset;
    int length;
    const char *replacement;
};

/* Types that the rules mention. */
struct known_types {
    const struct pg_type *boolean, *int2, *int4, *int8, *numeric, *float4, *float8, *text, *varchar,
        *bpchar, *name, *unknown, *record, *record_array, *any, *anyelement, *anyarray,
        *anynonarray, *anyenum, *anyrange, *anymultirange, *anycompatible, *anycompatiblearray,
        *anycompatiblenonarray, *anycompatiblerange, *anycompatiblemultirange, *date, *time,
        *timetz, *timestamp, *timestamptz, *interval, *json, *jsonb, *xml, *oid, *regclass, *bit,
        *void_, *cstring, *bytea;
};

struct analyzer {
    struct pg_universe *universe;
    struct arena *arena;
    const struct pg_scope *scope;
    const char *text;
    bool complete;
    const char *reason;
    bool no_column;             /* the reason is a column that a known relation does not have */
    struct pg_refusal *refusal; /* NULL: none */
    const char *literal;        /* the one that is being read, whole */
    int depth;
    struct level *level;
    struct known_types types;
    struct pointer_list edits;
    struct pointer_list dependencies;
    struct map seen;          /* keys of dependencies */
    struct map aliases;       /* canonical aliases in use */
    struct range_entry *base; /* of the scope's relation */
    struct range_entry *old_row, *new_row;
    struct cte *pending; /* a recursive WITH query whose columns its first arm gives */
    struct {
        const struct pg_type *type;
        int32_t typmod;
        TypeName *node;
    } type_nodes[32];
};

/* A resolved query: its canonical tree and its columns. */
struct query {
    Node *node;
    struct range_column *columns;
    int column_count;
    bool known;
    struct value **targets; /* the values of the columns, of a plain SELECT */
    List *target_nodes;     /* their ResTargets */
    bool outer;             /* refers to columns outside */
};

/* -- canon.c ---------------------------------------------------------------------------------- */

/* Mark the analysis as incomplete; the first reason is kept. */
void analyze_incomplete(struct analyzer *analyzer, const char *format, ...)
    pg_attribute_printf(2, 3);
void analyze_no_column(struct analyzer *analyzer, const char *name);

/* Notes what the server is certain to refuse, unless something before it could not be resolved; the first is kept.
 * word: as the author writes it, NULL where it is the whole; hint may be NULL. */
void analyze_refuse(struct analyzer *analyzer, const char *word, const char *hint,
                    const char *format, ...) pg_attribute_printf(4, 5);

/* The same of a value that cannot become one of that type in this way, where that is certain. */
void analyze_refuse_type(struct analyzer *analyzer, const struct value *value,
                         const struct pg_type *type, enum coercion context);
void analyze_edit(struct analyzer *analyzer, int offset, int length, const char *replacement);
void analyze_depend(struct analyzer *analyzer, struct pg_dependency dependency);
void analyze_depend_type(struct analyzer *analyzer, const struct pg_type *type);

/* The schema of what has no kind, which becomes a dependency; NULL where the model has none of that name. */
const char *analyze_named(struct analyzer *analyzer, const char *class_name, const char *schema,
                          const char *name);

/* -- tree.c ----------------------------------------------------------------------------- */

struct value *tree_value(Node *node, const struct pg_type *type, int32_t typmod);
TypeName *tree_type(struct analyzer *analyzer, const struct pg_type *type, int32_t typmod);
Node *tree_cast(struct analyzer *analyzer, Node *node, const struct pg_type *type, int32_t typmod);
Node *tree_column(const char *alias, const char *name);
Node *tree_string(const char *text);
Node *tree_null(void);
Node *tree_not(Node *argument);
Node *tree_boolean(BoolExprType kind,
                   List *arguments); /* nested ones of the same kind are flattened */
Node *tree_call(const char *name, List *arguments);
A_Expr *tree_operation(A_Expr_Kind kind, List *name, Node *left, Node *right);

char *tree_text(const char *text, size_t length); /* a copy of so many bytes */

/* The constant of a type, in the one spelling that canonical texts have for it. */
struct value *tree_constant(struct analyzer *analyzer, const struct pg_type *type, int32_t typmod,
                            const char *text, Node *source);

/* The length in bytes of the (possibly quoted) name at offset of the text; 0 when there is none. */
int tree_name_length(const char *text, int offset);

/* The offset after name, blanks and a dot. */
int tree_after_dot(const char *text, int offset);

/* -- literal_input.c ---------------------------------------------------------------------------- */

/* Notes a text that the type's input function is certain to refuse. */
void literal_judge(struct analyzer *analyzer, const struct pg_type *type, const char *text);

/* -- literal.c ---------------------------------------------------------------------------------- */

/* What the type's output function prints after its input function read text, where that is known
 * exactly; else text itself. */
const char *literal_normalize(struct analyzer *analyzer, const struct pg_type *type, int32_t typmod,
                              const char *text, Node *source);

/* literal_name.c: of regclass and its like. */
const char *literal_name(struct analyzer *analyzer, const struct pg_type *type, const char *text,
                         const Node *source);

const char *literal_interval(const char *text, int32_t typmod);
const char *literal_jsonb(struct analyzer *analyzer, const char *text);
const char *literal_array(struct analyzer *analyzer, const struct pg_type *type, const char *text);
const char *literal_time(struct analyzer *analyzer, const struct pg_type *type, const char *text);

/* -- coerce.c --------------------------------------------------------------------------- */

bool universe_type_is(const struct pg_type *type, const char *name); /* of pg_catalog */
bool coerce_possible(struct analyzer *analyzer, const struct pg_type *source,
                     const struct pg_type *target, enum coercion context);
struct value *coerce_value(struct analyzer *analyzer, struct value *value,
                           const struct pg_type *type, int32_t typmod, enum coercion context);
struct value *coerce_boolean(struct analyzer *analyzer, struct value *value);

/* The type that CASE, UNION and the like give for these; NULL when there is none. */
const struct pg_type *coerce_common(struct analyzer *analyzer, struct value **values, int count);

/* The modifier that all values of type share, else -1. */
int32_t coerce_common_typmod(struct value **values, int count, const struct pg_type *type);

/* An unknown literal that nothing gives a type becomes text. */
struct value *coerce_unknown(struct analyzer *analyzer, struct value *value);

/* -- polymorphic.c ---------------------------------------------------------------------- */

bool polymorphic_type(const struct analyzer *analyzer, const struct pg_type *type);

/* Whether the actual types can stand together for declared ones that are polymorphic. */
bool polymorphic_fits(struct analyzer *analyzer, const struct pg_type *const *actual,
                      const struct pg_type *const *declared, int count);

/* Replaces the polymorphic types in declared, and gives the result's. */
const struct pg_type *polymorphic_resolve(struct analyzer *analyzer,
                                          const struct pg_type *const *actual,
                                          const struct pg_type **declared, int count,
                                          const struct pg_type *result);

/* -- candidate.c ------------------------------------------------------------------------ */

/* A function or operator that may be meant. */
struct candidate {
    const void *object;
    int place;                    /* in the search path */
    const struct pg_type **types; /* of the actual arguments */
    int variadic;                 /* arguments that an expanded VARIADIC takes, 0: not expanded */
    int defaults;                 /* arguments left to their defaults */
    struct candidate *next;
};

/* The one that the server chooses for these argument types; NULL when none or no single one. */
struct candidate *candidate_select(struct analyzer *analyzer, struct candidate *candidates,
                                   const struct pg_type *const *actual, int count);

/* -- operator.c ------------------------------------------------------------------------- */

struct value *analyze_operator(struct analyzer *analyzer, List *name, struct value *left,
                               struct value *right);
const struct pg_operator *operator_find(struct analyzer *analyzer, List *name,
                                        const struct pg_type *left, const struct pg_type *right);
struct value *analyze_operation(struct analyzer *analyzer, A_Expr *expression);
struct value *analyze_sublink(struct analyzer *analyzer, SubLink *link);

/* -- function.c ------------------------------------------------------------------------- */

struct value *analyze_call(struct analyzer *analyzer, FuncCall *call);

/* name(argument), for a column that turns out to be a function; NULL when there is none. */
struct value *analyze_field_call(struct analyzer *analyzer, const char *name,
                                 struct value *argument);
WindowDef *analyze_window(struct analyzer *analyzer, WindowDef *window);

/* -- expression.c ----------------------------------------------------------------------- */

struct value *analyze_expression(struct analyzer *analyzer, Node *node);
struct value **analyze_list(struct analyzer *analyzer, List *list, int *count);
struct value *analyze_condition(struct analyzer *analyzer, Node *node);
Node *analyze_boolean(struct analyzer *analyzer, Node *node); /* NULL gives NULL */
struct value *analyze_array(struct analyzer *analyzer, A_ArrayExpr *array,
                            const struct pg_type *type);
struct value *analyze_parameter(struct analyzer *analyzer, ParamRef *parameter);
struct value *analyze_row(struct analyzer *analyzer, RowExpr *row);
const struct pg_type *analyze_type(struct analyzer *analyzer, TypeName *name, int32_t *typmod);

/* -- json.c ----------------------------------------------------------------------------- */

/* SQL/JSON constructors, queries and tests; NULL for any other node. */
struct value *analyze_json(struct analyzer *analyzer, Node *node);

/* -- names.c ---------------------------------------------------------------------------- */

struct value *analyze_column(struct analyzer *analyzer, ColumnRef *reference);
struct value *names_value(struct analyzer *analyzer, const struct range_column *column);
struct value *names_whole_row(struct analyzer *analyzer, struct range_entry *entry);
struct range_entry *names_entry(struct analyzer *analyzer, const char *schema, const char *name);
struct range_column *names_column_in(struct range_entry *entry, const char *name);
struct range_column *names_unqualified(struct analyzer *analyzer, const char *name,
                                       bool this_level);
struct range_entry *names_of_relation(struct analyzer *analyzer, struct pg_relation *relation);
const char *names_unique(struct analyzer *analyzer, const char *name);
struct value *names_select_field(struct analyzer *analyzer, struct value *value, const char *name);

/* The values that t.*, or * alone, stands for. */
List *names_star(struct analyzer *analyzer, ColumnRef *reference);

/* The columns of a composite value; count -1 when they are not known. */
struct range_column *names_fields(struct analyzer *analyzer, struct value *value, int *count);

/* -- from.c ----------------------------------------------------------------------------- */

/* Adds the items to the level's namespace; gives the canonical list. */
List *analyze_from(struct analyzer *analyzer, List *items);
RangeVar *analyze_from_target(struct analyzer *analyzer, RangeVar *relation,
                              struct range_entry **entry);

/* -- query.c ---------------------------------------------------------------------------- */

/* How the columns of a query without a wanted type get one. */
enum unknown_rule { UNKNOWN_TO_TEXT, UNKNOWN_KEPT };

struct query *analyze_query(struct analyzer *analyzer, Node *node, bool named,
                            enum unknown_rule rule);
struct query *analyze_subquery(struct analyzer *analyzer, Node *node, bool named, bool lateral);
List *analyze_sort(struct analyzer *analyzer, List *clause, struct query *query);
List *analyze_targets(struct analyzer *analyzer, List *targets, bool named, struct query *query);

/* A new level inside the present one; leave gives the old one back. */
struct level *analyze_enter(struct analyzer *analyzer);
void analyze_leave(struct analyzer *analyzer, struct level *level);

/* The canonical FuncCall of an aggregate has this as its location. */
enum { AGGREGATE_MARK = -42 };

/* -- group.c ---------------------------------------------------------------------------- */

List *analyze_group(struct analyzer *analyzer, List *clause, struct query *query);

/* Reports the primary keys that a GROUP BY relies on. */
void analyze_group_keys(struct analyzer *analyzer, SelectStmt *select);

/* The target that a name or a position means, or NULL. */
struct value *analyze_group_target(struct analyzer *analyzer, Node *node, struct query *query,
                                   bool columns_first);

/* -- with.c ------------------------------------------------------------------------------ */

WithClause *analyze_with(struct analyzer *analyzer, WithClause *with);
struct cte *analyze_with_find(struct analyzer *analyzer, const char *name);

/* Gives a recursive query, if one waits for it, the columns of its first arm. */
void analyze_first_arm(struct analyzer *analyzer, const struct query *query);

/* -- statement.c ------------------------------------------------------------------------ */

/* INSERT, UPDATE, DELETE and MERGE. */
struct query *analyze_modification(struct analyzer *analyzer, Node *node, bool named);

/* -- label.c ---------------------------------------------------------------------------- */

/* The name that a result column gets without AS. */
const char *analyze_label(Node *node);

#endif
