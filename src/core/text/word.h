/* Names as words of a text. */
#ifndef PLUMB_CORE_TEXT_WORD_H
#define PLUMB_CORE_TEXT_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* True for what a name may have without quotes: letters, digits, "_", "$", and whatever is no ASCII. */
bool is_letter_of_word(char character);

/* Where the word (so many bytes) first stands in the text (the same), whatever the case of its letters, with nothing at
 * either side that could be a part of it; NULL: nowhere. */
const char *find_word(const char *text, size_t text_length, const char *word, size_t length);

/* The place in a statement that an error's message is about, by the name in it: what stands there in quotes, behind a
 * dot, or before "does not exist" and the like. 0 where none of it is in the statement. */
size_t place_of_message(const char *statement, size_t length, const char *message);

#endif
