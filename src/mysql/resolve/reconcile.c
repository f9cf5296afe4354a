/* Two resolved models are made comparable: what only one of them can know is taken out or filled in. A
 * file does not say under which settings a program was made, who its definer is, how a key is called
 * that it left without a name, or which index a foreign key makes for itself. */
#include <string.h>
#include <strings.h>

#include "model/fields.h"
#include "mysql/facts/flavor.h"
#include "mysql/resolve/body.h"
#include "mysql/resolve/reconcile.h"
#include "mysql/resolve/reconcile_order.h"
#include "mysql/resolve/session_collation.h"
#include "mysql/resolve/unmodelled.h"
#include "mysql/sql/quote.h"

struct pair {
    struct model *from;
    struct model *to;
    const struct manage *manage;
    const char *user; /* of the connection, NULL: none */
};

static struct object *counterpart(const struct model *model, const struct object *object)
{
    struct object *twin = model_find_key(model, object->key);

    return twin && !twin->removed ? twin : NULL;
}

static bool equal(const struct object *a, const struct object *b)
{
    return fields_changed(a, b) == 0;
}

/* --- databases -------------------------------------------------------------------------------- */

/* A database that the files do not declare is as the other side says. */
static void copy_schema(const struct object *from, struct object *to)
{
    as_schema(to)->collation = as_schema(from)->collation;
    as_schema(to)->options = as_schema(from)->options;
}

static bool is_undeclared(const struct model *model, const struct object *schema)
{
    return model->server_version == 0 && !object_is_declared(schema);
}

static void drop_comment(struct model *model, struct object *object)
{
    struct object *comment = object_child(object, KIND_COMMENT, "");

    if (comment)
        model_remove(model, comment);
}

static void reconcile_schema(struct pair *pair, struct object *before, struct object *after)
{
    if (is_undeclared(pair->to, after)) {
        copy_schema(before, after);
        drop_comment(pair->from, before);
    } else if (is_undeclared(pair->from, before)) {
        copy_schema(after, before);
        drop_comment(pair->to, after);
    }
}

/* --- letters' case ---------------------------------------------------------------------------- */

static void respell_list(struct model *model, struct text_list *list, const struct text_list *names)
{
    struct text_list changed = {0};

    for (size_t i = 0; i < list->count; i++) {
        const char *found = list->items[i];

        for (size_t j = 0; j < names->count; j++)
            if (strcasecmp(names->items[j], found) == 0)
                found = names->items[j];
        text_list_add(&changed, model->arena, found);
    }
    *list = changed;
}

/* Names that differ in the case of letters alone are one name for the server: of two such children of a
 * table, what is gets the spelling of what is wanted, by a rename where someone wrote that. */
static void respell_child(struct pair *pair, struct object *before, struct object *after)
{
    const char *name = before->name;

    if (strcasecmp(name, after->name) != 0 || strcmp(name, after->name) == 0 ||
        !model_rename(pair->from, before, before->parent, after->name, NULL))
        return;
    if ((before->kind == KIND_COLUMN || before->kind == KIND_INDEX) && !before->former_name &&
        !after->name_chosen && !before->implied && object_is_declared(after))
        before->former_name = name;
}

static void respell(struct pair *pair, struct object *before, struct object *after)
{
    static const enum kind kinds[] = {KIND_COLUMN, KIND_INDEX, KIND_CHECK, KIND_FOREIGN_KEY};

    for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
        for (struct object *child = object_next_child(after, kinds[k], NULL); child;
             child = object_next_child(after, kinds[k], child)) {
            if (counterpart(pair->from, child))
                continue;
            for (struct object *other = object_next_child(before, kinds[k], NULL); other;
                 other = object_next_child(before, kinds[k], other))
                respell_child(pair, other, child);
        }
    respell_list(pair->from, &as_table(before)->column_order, &as_table(after)->column_order);
}

/* --- names that the server chose --------------------------------------------------------------- */

/* Gives two objects of one parent each other's names, or one a free name. */
static void take_name(struct model *model, struct object *object, const char *name)
{
    struct object *parent = object->parent;
    struct object *holder = model_find(model, object->kind, parent, name, NULL);
    const char *own = object->name;

    if (holder == object)
        return;
    if (holder && !holder->name_chosen)
        return;
    if (holder)
        model_rename(model, holder, parent, "\1", NULL);
    model_rename(model, object, parent, name, NULL);
    if (holder)
        model_rename(model, holder, parent, own, NULL);
}

/* One of the same content under `table`, whose own name means nothing in the other model. */
static struct object *find_equal(const struct model *other, const struct object *table,
                                 const struct object *wanted)
{
    for (struct object *child = object_next_child(table, wanted->kind, NULL); child;
         child = object_next_child(table, wanted->kind, child)) {
        const struct object *twin = counterpart(other, child);

        if (equal(child, wanted) && (!twin || (twin->name_chosen && !equal(child, twin))))
            return child;
    }
    return NULL;
}

/* A rename that was inferred from the chosen name alone is taken back. */
static void undo_rename(struct pair *pair, struct object *before)
{
    const char *former = before->former_name;

    if (former && model_rename(pair->from, before, before->parent, former, NULL))
        before->former_name = NULL;
}

static void reconcile_name(struct pair *pair, struct object *table, struct object *wanted)
{
    struct object *twin = counterpart(pair->from, wanted);
    struct object *found;

    if (!wanted->name_chosen || (twin && !twin->former_name && equal(twin, wanted)))
        return;
    if (twin && twin->former_name)
        undo_rename(pair, twin);
    found = find_equal(pair->to, table, wanted);
    if (found)
        take_name(pair->to, wanted, found->name);
}

/* --- indexes of foreign keys ------------------------------------------------------------------ */

static bool has_foreign_key(const struct object *table, const char *column)
{
    for (const struct object *key = object_next_child(table, KIND_FOREIGN_KEY, NULL); key;
         key = object_next_child(table, KIND_FOREIGN_KEY, key))
        if (strcasecmp(as_foreign_key(key)->columns.items[0], column) == 0)
            return true;
    return false;
}

/* The index is made with the foreign key only where that is new; else it is there, under whatever name, or
 * has to be made. */
static void reconcile_implied(struct pair *pair, struct object *table, struct object *wanted)
{
    const struct object *twin = counterpart(pair->from, wanted);
    const struct object *found = twin ? NULL : find_equal(pair->to, table, wanted);
    const char *part = as_index(wanted)->keys.items[0].written;
    const char *column = arena_strndup(pair->to->arena, part + 1, strlen(part) - 2);

    if (found)
        take_name(pair->to, wanted, found->name);
    if (twin || found || has_foreign_key(table, column))
        wanted->implied = false;
}

/* --- foreign keys to tables that go ------------------------------------------------------------ */

/* The server keeps a key when the table that it refers to goes: the key then names one that is not there. */
static void reconcile_foreign_key(struct pair *pair, struct foreign_key *before,
                                  const struct foreign_key *after)
{
    const struct object *table = before->table;

    if (!table || !after->outside_table || counterpart(pair->to, table) ||
        strcmp(my_quote_path(pair->from->arena, table), after->outside_table) != 0)
        return;
    before->table = NULL;
    before->outside_table = after->outside_table;
    object_forget_below(&before->object, table);
}

/* --- tables ----------------------------------------------------------------------------------- */

/* What SYSTEM_TIME partitions start from is filled in when they are made. */
static void reconcile_partitioning(struct model *model, struct table *have,
                                   const struct table *want)
{
    const char *starts;
    const char *end;
    const char *without;

    if (!have->partition_strategy || !want->partition_strategy)
        return;
    starts = strstr(have->partition_strategy, " STARTS ");
    if (!starts || strstr(want->partition_strategy, " STARTS "))
        return;
    end = strstr(starts, " AUTO");
    without = arena_printf(model->arena, "%.*s%s", (int)(starts - have->partition_strategy),
                           have->partition_strategy, end ? end : "");
    if (strcmp(without, want->partition_strategy) == 0)
        have->partition_strategy = without;
}

/* Options that an engine shows without having been told. */
static void reconcile_options(struct model *model, struct table *have, const struct table *want)
{
    static const char usual[] = "page_checksum=1";
    struct text_list left = {0};

    if (!text_list_contains(&have->options, usual) || text_list_contains(&want->options, usual))
        return;
    for (size_t i = 0; i < have->options.count; i++)
        if (strcmp(have->options.items[i], usual) != 0)
            text_list_add(&left, model->arena, have->options.items[i]);
    have->options = left;
}

static void forget_text(struct text_list *list, const char *text)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) != 0)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* Under sql_generate_invisible_primary_key MySQL gives a table without a primary key one of its own, with a
 * column for it, which no file declares. */
static void forget_generated_key(struct model *model, struct object *table,
                                 const struct object *other)
{
    static const char name[] = "my_row_id";
    struct object *column = object_child(table, KIND_COLUMN, name);
    struct object *key = object_next_child(table, KIND_PRIMARY_KEY, NULL);

    if (!column || !key || !as_column(column)->invisible || !as_column(column)->auto_increment ||
        as_primary_key(key)->columns.count != 1 ||
        !strstr(as_primary_key(key)->columns.items[0], name) ||
        object_next_child(other, KIND_PRIMARY_KEY, NULL) || object_child(other, KIND_COLUMN, name))
        return;
    forget_text(&as_table(table)->column_order, name);
    model_remove(model, key);
    model_remove(model, column);
}

static void reconcile_table(struct pair *pair, struct object *before, struct object *after)
{
    static const enum kind kinds[] = {KIND_FOREIGN_KEY, KIND_CHECK, KIND_INDEX};

    respell(pair, before, after);
    forget_generated_key(pair->from, before, after);
    forget_generated_key(pair->to, after, before);
    if (pair->manage->ignore_column_order)
        as_table(after)->column_order = my_kept_order(
            pair->to->arena, &as_table(before)->column_order, &as_table(after)->column_order);
    reconcile_partitioning(pair->from, as_table(before), as_table(after));
    reconcile_partitioning(pair->to, as_table(after), as_table(before));
    reconcile_options(pair->from, as_table(before), as_table(after));
    reconcile_options(pair->to, as_table(after), as_table(before));
    for (struct object *index = object_next_child(before, KIND_INDEX, NULL); index;
         index = object_next_child(before, KIND_INDEX, index))
        index->implied = false;
    for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
        for (struct object *child = object_next_child(after, kinds[k], NULL); child;
             child = object_next_child(after, kinds[k], child)) {
            if (child->implied && child->kind == KIND_INDEX)
                reconcile_implied(pair, before, child);
            else
                reconcile_name(pair, before, child);
        }
}

/* --- programs --------------------------------------------------------------------------------- */

static struct text_list *settings_of(struct object *object)
{
    switch (object->kind) {
    case KIND_VIEW:
        return &as_view(object)->settings;
    case KIND_TRIGGER:
        return &as_trigger(object)->settings;
    case KIND_FUNCTION:
        return &as_function(object)->settings;
    case KIND_EVENT:
        return &as_event(object)->settings;
    default:
        return NULL;
    }
}

static const char *find_setting(const struct text_list *settings, const char *name)
{
    for (size_t i = 0; i < settings->count; i++)
        if (strncmp(settings->items[i], name, strlen(name)) == 0)
            return settings->items[i];
    return NULL;
}

static bool is_made(const struct pair *pair, const struct object *after)
{
    return pair->manage->is_made && pair->manage->is_made(pair->manage->context, after->key);
}

/* What plumb was to make it under, "collation_connection=..."; NULL where that says nothing. */
static const char *meant_setting(struct pair *pair, const struct object *after, const char *name)
{
    const char *value = NULL;

    if (strcmp(name, "collation_connection=") == 0)
        value = my_meant_collation(pair->from, after);
    else if (strcmp(name, "sql_mode=") == 0 && after->kind != KIND_VIEW)
        value = my_setting(pair->from, "sql_mode", NULL);
    return value ? arena_printf(pair->to->arena, "%s%s", name, value) : NULL;
}

/* What one side does not say is as the other side says. */
static void reconcile_settings(struct pair *pair, struct object *before, struct object *after)
{
    static const char *const names[] = {
        "sql_mode=", "character_set_client=", "collation_connection=", "time_zone="};
    struct text_list *have = settings_of(before);
    struct text_list *want = settings_of(after);
    struct text_list have_all = {0};
    struct text_list want_all = {0};

    if (!have)
        return;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        const char *a = find_setting(have, names[i]);
        const char *b = find_setting(want, names[i]);

        if (!b && is_made(pair, after))
            b = meant_setting(pair, after, names[i]);
        if (a || b) {
            text_list_add(&have_all, pair->from->arena, a ? a : b);
            text_list_add(&want_all, pair->to->arena, b ? b : a);
        }
    }
    *have = have_all;
    *want = want_all;
}

static const char **body_of(struct object *object)
{
    switch (object->kind) {
    case KIND_TRIGGER:
        return &as_trigger(object)->body;
    case KIND_FUNCTION:
        return &as_function(object)->body;
    case KIND_EVENT:
        return &as_event(object)->body;
    default:
        return NULL;
    }
}

static void reconcile_body(struct object *before, struct object *after)
{
    const char **have = body_of(before);
    const char **want = body_of(after);

    if (have && *have && *want && my_same_body(*have, *want))
        *want = *have;
}

/* A moment that is not a literal is one that the server has computed. */
static bool is_fixed(const char *moment)
{
    return moment && strchr(moment, '\'') && !strchr(moment, '+') && !strchr(moment, '(');
}

static void reconcile_event(struct event *have, struct event *want)
{
    bool once = have->schedule && want->schedule && strncmp(have->schedule, "AT ", 3) == 0 &&
                strncmp(want->schedule, "AT ", 3) == 0;

    if (once && !is_fixed(want->schedule))
        want->schedule = have->schedule;
    else if (once && !is_fixed(have->schedule))
        have->schedule = want->schedule;
    if (strncmp(want->schedule ? want->schedule : "AT ", "AT ", 3) == 0)
        return; /* it neither starts nor ends */
    if (!is_fixed(want->starts))
        want->starts = have->starts;
    else if (!is_fixed(have->starts))
        have->starts = want->starts;
    if (want->ends && !is_fixed(want->ends))
        want->ends = have->ends;
}

/* --- definers --------------------------------------------------------------------------------- */

/* The definer of a wanted program that does not say one: the connection's user where owners are managed, else
 * whoever it is now, also when it has to be made anew. */
static void reconcile_owner(struct pair *pair, struct object *before, struct object *after)
{
    struct object *owner = object_child(before, KIND_OWNER, "");
    const char *role = owner ? as_owner(owner)->role : NULL;

    if (!owner || object_child(after, KIND_OWNER, ""))
        return;
    if (pair->manage->owners && pair->user && object_is_declared(after))
        role = pair->user;
    as_owner(model_add(pair->to, KIND_OWNER, after, "", NULL))->role = role;
}

/* --- views of what is renamed ------------------------------------------------------------------ */

/* --- what plumb does not model ------------------------------------------------------------------ */

/* A file's text and a server's rendering cannot be compared: it is taken as it is, and said so. What the
 * wanted state lacks is left alone unless it is to be managed; the parts of tables stay with their tables. */
static void reconcile_unmodelled(struct pair *pair, struct object *before)
{
    struct object *after = counterpart(pair->to, before);
    const char *text = NULL;

    if (after && fields_changed(before, after)) {
        as_unmodelled(before)->object_class = as_unmodelled(after)->object_class;
        as_unmodelled(before)->definition = as_unmodelled(after)->definition;
        text = "is not modelled: its definition is not compared";
    } else if (!after && !pair->manage->unmodelled &&
               strcmp(as_unmodelled(before)->object_class, MY_UNMODELLED_PART) != 0) {
        text = "is not modelled and not in the wanted state: left alone";
        model_remove(pair->from, before);
    }
    if (text)
        text_list_add(&pair->to->notes, pair->to->arena,
                      arena_printf(pair->to->arena, "%s %s", before->name, text));
}

static void reconcile_all_unmodelled(struct pair *pair)
{
    for (size_t i = 0; i < pair->from->count; i++)
        if (!pair->from->objects[i]->removed && pair->from->objects[i]->kind == KIND_UNMODELLED)
            reconcile_unmodelled(pair, pair->from->objects[i]);
}

static bool is_renamed(const struct object *object)
{
    for (; object; object = object->parent)
        if (object->former_name || object->former_schema)
            return true;
    return false;
}

/* A view does not follow when what it reads gets another name: it has to be made anew. */
static void reconcile_view(struct pair *pair, struct object *before)
{
    struct view *view = as_view(before);

    for (size_t i = 0; i < before->needs.count; i++)
        if (is_renamed(before->needs.items[i])) {
            view->query.canonical =
                arena_printf(pair->from->arena, "%s -- of former names", view->query.canonical);
            return;
        }
}

/* --- all -------------------------------------------------------------------------------------- */

static void reconcile_pair(struct pair *pair, struct object *before, struct object *after)
{
    switch (after->kind) {
    case KIND_SCHEMA:
        reconcile_schema(pair, before, after);
        break;
    case KIND_TABLE:
        reconcile_table(pair, before, after);
        break;
    case KIND_FOREIGN_KEY:
        reconcile_foreign_key(pair, as_foreign_key(before), as_foreign_key(after));
        break;
    case KIND_EVENT:
        reconcile_event(as_event(before), as_event(after));
        break;
    case KIND_VIEW:
        reconcile_view(pair, before);
        break;
    default:
        break;
    }
    reconcile_settings(pair, before, after);
    reconcile_body(before, after);
    reconcile_owner(pair, before, after);
}

void my_reconcile(struct model *from, struct model *to, const struct manage *manage)
{
    struct pair pair = {.from = from, .to = to, .manage = manage};

    pair.user = from->current_user ? from->current_user : my_setting(from, "current_user", NULL);
    if (!manage->owners && !to->speaks_of_owners)
        model_remove_kind(to, KIND_OWNER);
    reconcile_all_unmodelled(&pair);
    for (size_t i = 0; i < to->count; i++) {
        struct object *after = to->objects[i];
        struct object *before = after->removed ? NULL : counterpart(from, after);

        if (before && before->kind == after->kind)
            reconcile_pair(&pair, before, after);
    }
}
