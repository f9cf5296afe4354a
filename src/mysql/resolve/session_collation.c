/* Under which collation of the connection views and programs are made. */
#include "mysql/resolve/session_collation.h"

#include "mysql/facts/charset.h"
#include "mysql/sql/verbatim.h"

static const char *own_text(const struct object *object)
{
    const char *body = object->kind == KIND_FUNCTION  ? as_function(object)->body
                       : object->kind == KIND_TRIGGER ? as_trigger(object)->body
                       : object->kind == KIND_EVENT   ? as_event(object)->body
                                                      : as_view(object)->query.written;

    return body ? body : object->verbatim;
}

/* What a text means may hang on the collation of the connection: which of its strings are equal, and by what the columns
 * of a view are compared. The authors' clients say SET NAMES, or as much at the start; the session of an apply begins
 * with what its client library says. Elsewhere the collation says nothing, and is left as it is. */
const char *my_meant_collation(const struct model *model, const struct object *object)
{
    const char *text = own_text(object);
    bool counts = text && (object->kind == KIND_VIEW ? my_verbatim_makes_strings(text)
                                                     : my_verbatim_compares_strings(text));

    return counts ? my_charset_collation(model, "utf8mb4") : NULL;
}
