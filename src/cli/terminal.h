/* What a terminal needs that a file does not: lines that fit, and a pager for what is longer than the screen. */
#ifndef PLUMB_CLI_TERMINAL_H
#define PLUMB_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/buffer.h"

/* Columns of the terminal that the stream leads to; 0 where it leads to none, or that does not say. */
size_t terminal_width(FILE *stream);

/* Appends a text with its lines broken at blanks so that none is wider than width (0: they stay as they are). What a
 * line is continued with is indented by so many blanks. before: how much of the first line is taken already. Colours
 * take no room; a word that does not fit stays whole. */
void append_wrapped(struct buffer *out, const char *text, size_t width, size_t before,
                    size_t indent);

/* A plan or another answer for people, as it fits into width: what is said in sentences (hazards, notes) is wrapped,
 * statements stay as they are, so that they can be copied. */
void append_answer(struct buffer *out, const char *text, size_t width);

/* Shows a text that does not fit on the screen through PLUMB_PAGER, PAGER or less; false where that was not done: it
 * fits, standard output is no terminal, no pager is wanted (an empty variable, or cat) or there is none. */
bool show_in_pager(const char *text);

#endif
