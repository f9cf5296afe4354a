/* The modifiers of types that are not built in: geometry(Point,4326), vector(3). Only the type's own function knows what they
 * mean; here they are texts, spelled as format_type spells them as far as that can be known. */
#include "postgres/sql/tree.h"

#include <ctype.h>
#include <string.h>

#include "core/buffer.h"
#include "postgres/types/types.h"

/* --- from the tree ------------------------------------------------------------------------------- */

static void append_number(struct buffer *text, const A_Const *constant)
{
    if (nodeTag(&constant->val) == T_Integer)
        buffer_printf(text, "%d", constant->val.ival.ival);
    else if (nodeTag(&constant->val) == T_Float)
        buffer_append(text, constant->val.fval.fval);
    else if (nodeTag(&constant->val) == T_String)
        buffer_append(text, constant->val.sval.sval);
}

static void append_modifier(struct buffer *text, Node *node)
{
    if (IsA(node, ColumnRef) && IsA(linitial(((ColumnRef *)node)->fields), String)) {
        buffer_append(text, strVal(linitial(((ColumnRef *)node)->fields)));
    } else if (IsA(node, A_Const) && !((A_Const *)node)->isnull) {
        append_number(text, (A_Const *)node);
    } else if (IsA(node, A_Expr) && ((A_Expr *)node)->rexpr) {
        buffer_append(text, "-");
        append_modifier(text, ((A_Expr *)node)->rexpr);
    }
}

const char *pg_modifier_text(struct arena *arena, const char *type, struct List *modifiers)
{
    struct buffer text = BUFFER_EMPTY;
    const char *canonical;
    ListCell *cell;

    foreach (cell, modifiers) {
        if (text.length)
            buffer_append(&text, ",");
        append_modifier(&text, lfirst(cell));
    }
    canonical = pg_canonical_modifiers(arena, type, buffer_text(&text));
    buffer_free(&text);
    return canonical;
}

/* --- PostGIS ------------------------------------------------------------------------------------- */

static bool same_letters(const char *a, size_t length, const char *b)
{
    return strlen(b) == length && strncasecmp(a, b, length) == 0;
}

/* How many letters of the word stand before its dimensions: Z, M, ZM. */
static size_t without_dimensions(const char *word, size_t length)
{
    while (length > 1 && strchr("zmZM", word[length - 1]))
        length--;
    return length;
}

/* "pointz" as "PointZ"; NULL for what PostGIS does not know. */
static const char *geometry_name(struct arena *arena, const char *word, size_t length)
{
    static const char *const names[] = {"Geometry",       "Point",
                                        "LineString",     "Polygon",
                                        "MultiPoint",     "MultiLineString",
                                        "MultiPolygon",   "GeometryCollection",
                                        "CircularString", "CompoundCurve",
                                        "CurvePolygon",   "MultiCurve",
                                        "MultiSurface",   "PolyhedralSurface",
                                        "Triangle",       "Tin"};
    size_t stem = without_dimensions(word, length);

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        char *name;

        if (!same_letters(word, stem, names[i]))
            continue;
        name = arena_printf(arena, "%s%.*s", names[i], (int)(length - stem), word + stem);
        for (char *at = name + stem; *at; at++)
            *at = (char)toupper((unsigned char)*at);
        return name;
    }
    return NULL;
}

/* A reference system that is none, or the only usual one, goes without saying or is said. */
static const char *canonical_geometry(struct arena *arena, bool geography, const char *text)
{
    const char *comma = strchr(text, ',');
    size_t length = comma ? (size_t)(comma - text) : strlen(text);
    const char *name = geometry_name(arena, text, length);
    const char *system = comma ? comma + 1 : "0";

    if (!name)
        return text;
    if (strcmp(system, "0") == 0 && geography)
        system = "4326";
    if (strcmp(system, "0") != 0)
        return arena_printf(arena, "%s,%s", name, system);
    return strcmp(name, "Geometry") == 0 ? NULL : name;
}

/* --- texts --------------------------------------------------------------------------------------- */

/* Without blanks, and in small letters outside of quotes: so the server reads them. */
static char *plain_text(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    char *end = copy;
    bool quoted = false;

    for (const char *at = text; *at; at++) {
        quoted = quoted != (*at == '"' || *at == '\'');
        if (quoted || *at != ' ')
            *end++ = quoted ? *at : (char)tolower((unsigned char)*at);
    }
    *end = '\0';
    return copy;
}

const char *pg_canonical_modifiers(struct arena *arena, const char *type, const char *text)
{
    const char *plain = plain_text(arena, text);
    const char *dot = strrchr(type, '.');
    const char *name = dot ? dot + 1 : type;

    if (strcmp(name, "geometry") == 0 || strcmp(name, "geography") == 0)
        return canonical_geometry(arena, strcmp(name, "geography") == 0, plain);
    return plain;
}
