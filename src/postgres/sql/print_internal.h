/* What the printer's files share. */
#ifndef PLUMB_POSTGRES_SQL_PRINT_INTERNAL_H
#define PLUMB_POSTGRES_SQL_PRINT_INTERNAL_H

#include "postgres/sql/tree.h"

#include "core/buffer.h"

/* How tightly an expression holds together; a looser one is wrapped in parentheses. */
enum print_level { LEVEL_OR, LEVEL_AND, LEVEL_NOT, LEVEL_OPERATOR, LEVEL_COLLATE, LEVEL_ATOM };

/* TypeName.typeOid of a type name whose only name is its finished text. */
enum { PRINT_TYPE_VERBATIM = 1 };

/* Nested deeper, a text is not printed: the stack has an end. */
enum { PRINT_DEPTH = 2000 };

struct printer {
    struct buffer text;
    int depth;
    bool failed;
    bool too_deep; /* that is why */
};

void printer_expression(struct printer *printer, Node *node, enum print_level least);
void printer_expression_list(struct printer *printer, List *list);
void printer_query(struct printer *printer, Node *node);
void printer_type_name(struct printer *printer, TypeName *type);
void printer_window(struct printer *printer, WindowDef *window);
void printer_sort(struct printer *printer, List *clause);
void printer_identifier(struct printer *printer, const char *name);
void printer_name(struct printer *printer, List *parts); /* of String, with dots */
void printer_literal(struct printer *printer, const char *value);
void printer_text(struct printer *printer, const char *text);
void printer_call(struct printer *printer, FuncCall *call);
enum print_level printer_call_level(const FuncCall *call);

/* Lets libpg_query print what it alone knows: node in a statement made of it, whose text starts with
 * prefix. */
void printer_foreign(struct printer *printer, Node *statement, const char *prefix);

#endif
