/* "-- @renamed from=old": finds these comments in MySQL's texts and gives them to what they stand at. */
#include <ctype.h>
#include <string.h>

#include "dialect/annotation.h"
#include "mysql/interpret/internal.h"

/* --- tokens ----------------------------------------------------------------------------------- */

static size_t skip_quoted(const char *text, size_t length, size_t at)
{
    char quote = text[at++];

    for (; at < length; at++) {
        if (text[at] == '\\' && quote != '`')
            at++;
        else if (text[at] == quote)
            return at + 1;
    }
    return length;
}

static size_t line_end(const char *text, size_t length, size_t at)
{
    const char *end = memchr(text + at, '\n', length - at);

    return end ? (size_t)(end - text) : length;
}

/* The end of a comment that begins here; 0 where none does. A conditional one is code. */
static size_t comment_end(const char *text, size_t length, size_t at)
{
    const char *here = text + at;

    if (*here == '#' ||
        (here[0] == '-' && here[1] == '-' && (!here[2] || isspace((unsigned char)here[2]))))
        return line_end(text, length, at);
    if (here[0] == '/' && here[1] == '*' && here[2] != '!' && !(here[2] == 'M' && here[3] == '!')) {
        const char *end = strstr(here + 2, "*/");

        return end ? (size_t)(end + 2 - text) : length;
    }
    return 0;
}

static bool is_word(char character)
{
    return isalnum((unsigned char)character) || character == '_' || character == '$' ||
           (unsigned char)character >= 0x80;
}

static bool scan(const char *text, size_t length, size_t from, struct annotation_token *token)
{
    size_t end;

    while (from < length && isspace((unsigned char)text[from]))
        from++;
    if (from >= length)
        return false;
    end = comment_end(text, length, from);
    *token = (struct annotation_token){.comment = end > 0, .start = from, .end = end};
    if (end)
        return true;
    if (strchr("'\"`", text[from]))
        token->end = skip_quoted(text, length, from);
    else
        for (token->end = from + 1;
             is_word(text[from]) && token->end < length && is_word(text[token->end]);)
            token->end++;
    return true;
}

/* --- objects ---------------------------------------------------------------------------------- */

bool my_read_annotations(struct my_interpreter *interpreter, struct my_file *file,
                         struct error *error)
{
    file->annotated =
        (struct annotated_text){.file = file->name, .text = file->text, .length = file->length};
    return annotations_read(scan, &file->annotated, &interpreter->annotated,
                            interpreter->model->arena, &interpreter->model->notes, error);
}

static bool can_be_renamed(const struct object *object)
{
    switch (object->kind) {
    case KIND_TABLE:
    case KIND_COLUMN:
    case KIND_INDEX:
    case KIND_CHECK:
    case KIND_FOREIGN_KEY:
    case KIND_PARTITION:
    case KIND_VIEW:
    case KIND_TRIGGER:
    case KIND_FUNCTION:
    case KIND_EVENT:
    case KIND_SEQUENCE:
        return !object->implied;
    default:
        return false;
    }
}

/* Where an annotation can only mean this object. */
static enum annotation_reach reach_of(const struct my_interpreter *interpreter,
                                      const struct object *object)
{
    switch (interpreter->statement->kind) {
    case MY_ALTER_TABLE:
        return REACH_HEAD;
    case MY_CREATE_TABLE:
        return object->kind == KIND_TABLE ? REACH_HEAD : REACH_ELEMENT;
    default:
        return REACH_STATEMENT;
    }
}

void my_annotate(struct my_interpreter *interpreter, struct object *object, size_t offset)
{
    struct annotation *annotation =
        can_be_renamed(object)
            ? annotation_take(&interpreter->file->annotated, offset, interpreter->statement->offset,
                              reach_of(interpreter, object))
            : NULL;

    if (annotation)
        model_request_rename(
            interpreter->model,
            (struct rename_request){.object = object,
                                    .former_name = annotation->former_name,
                                    .location = my_location(interpreter, annotation->offset)});
}
