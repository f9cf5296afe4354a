/* Texts that clauses are made of, alike in all dialects but for their quotes. */
#ifndef PLUMB_DIALECT_CLAUSE_H
#define PLUMB_DIALECT_CLAUSE_H

#include "model/model.h"
#include "plan/step.h"

/* Which characters quote a text or name, and inside which of them a backslash takes the next character along (NULL: none). */
struct quoting {
    const char *quotes;
    const char *escaping;
};

/* Past the quoted text or name that begins here, in which its quote stands for itself where it is doubled; one character
 * on where none begins. */
const char *clause_skip_quoted(const struct quoting *quoting, const char *text);

/* The text in parentheses, once: as it is where the parenthesis that opens it closes at its end. In the arena. */
const char *clause_parenthesized(struct arena *arena, const struct quoting *quoting,
                                 const char *text);

/* "a, b" of names as quote writes them, in the sink's arena. */
const char *clause_names(const struct step_sink *sink,
                         const char *(*quote)(const struct step_sink *sink, const char *name),
                         const struct text_list *names);

/* True when the option of that name, "name=value", is among the options. */
bool clause_has_option(const struct text_list *options, const char *option);

/* The expression's text for DDL, the author's where there is one; and "a, b" of several, in the sink's arena. */
const char *write_expression(const struct expression *expression);
const char *write_expressions(const struct step_sink *sink, const struct expression_list *list);

#endif
