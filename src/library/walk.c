/* The public interface: objects, deltas and steps as data. The public types are the internal ones under
 * another name; nothing here takes memory, but for the paths of objects. */
#include "model/fields.h"
#include "model/identity.h"
#include "library/library.h"
#include "report/report.h"

_Static_assert((int)PLUMB_RENAMED == (int)DELTA_RENAMED &&
                   (int)PLUMB_RENAME == (int)ACTION_RENAME &&
                   (int)PLUMB_LOCK_ACCESS_EXCLUSIVE == (int)LOCK_ACCESS_EXCLUSIVE &&
                   (int)PLUMB_TRANSACTION_NEVER == (int)TRANSACTION_NEVER,
               "public and internal enumerations are the same");

/* --- objects ----------------------------------------------------------------------------------- */

static const struct object *as_object(const struct plumb_object *object)
{
    return (const struct object *)object;
}

static const struct plumb_object *give_object(const struct object *object)
{
    return (const struct plumb_object *)object;
}

const char *plumb_object_kind(const struct plumb_object *object)
{
    return object ? kind_name(as_object(object)->kind) : "";
}

const char *plumb_object_name(const struct plumb_object *object)
{
    return object ? as_object(object)->name : "";
}

const struct plumb_object *plumb_object_parent(const struct plumb_object *object)
{
    return object ? give_object(as_object(object)->parent) : NULL;
}

const char *plumb_object_signature(const struct plumb_object *object)
{
    return object ? as_object(object)->signature : NULL;
}

static char *print_identity(const struct object *object,
                            char *(*print)(struct arena *arena, const struct object *object))
{
    struct arena *arena = arena_new();
    struct buffer text = BUFFER_EMPTY;

    buffer_append(&text, print(arena, object));
    arena_free(arena);
    return give_text(&text);
}

static char *give_identity(const struct plumb_object *object,
                           char *(*print)(struct arena *arena, const struct object *object))
{
    struct door door;
    char *text;

    if (!object)
        return NULL;
    door_open(&door, NULL, NULL);
    if (setjmp(door.operation.way_out) != 0)
        return NULL;
    text = print_identity(as_object(object), print);
    door_close(&door);
    return text;
}

char *plumb_object_path(const struct plumb_object *object)
{
    return give_identity(object, identity_path);
}

char *plumb_object_print(const struct plumb_object *object)
{
    return give_identity(object, identity_print);
}

const char *plumb_object_file(const struct plumb_object *object)
{
    return object ? as_object(object)->location.file : NULL;
}

int plumb_object_line(const struct plumb_object *object)
{
    return object ? as_object(object)->location.line : 0;
}

int plumb_object_column(const struct plumb_object *object)
{
    return object ? as_object(object)->location.column : 0;
}

/* --- fields ------------------------------------------------------------------------------------ */

/* NULL where there is none of that number. */
static const struct field *find_field(const struct plumb_object *object, size_t number)
{
    struct fields fields;

    if (!object)
        return NULL;
    fields = kind_fields(as_object(object)->kind);
    return number < fields.count ? &fields.items[number] : NULL;
}

size_t plumb_object_field_count(const struct plumb_object *object)
{
    return object ? kind_fields(as_object(object)->kind).count : 0;
}

const char *plumb_object_field_name(const struct plumb_object *object, size_t field)
{
    const struct field *found = find_field(object, field);

    return found ? found->name : NULL;
}

enum plumb_field_type plumb_object_field_type(const struct plumb_object *object, size_t field)
{
    static const enum plumb_field_type types[] = {
        [FIELD_TEXT] = PLUMB_FIELD_TEXTS,        [FIELD_FLAG] = PLUMB_FIELD_FLAG,
        [FIELD_NUMBER] = PLUMB_FIELD_NUMBER,     [FIELD_LIST] = PLUMB_FIELD_TEXTS,
        [FIELD_SET] = PLUMB_FIELD_TEXTS,         [FIELD_OPTIONS] = PLUMB_FIELD_TEXTS,
        [FIELD_EXPRESSION] = PLUMB_FIELD_TEXTS,  [FIELD_EXPRESSIONS] = PLUMB_FIELD_TEXTS,
        [FIELD_REFERENCE] = PLUMB_FIELD_OBJECTS, [FIELD_REFERENCES] = PLUMB_FIELD_OBJECTS};
    const struct field *found = find_field(object, field);

    return found ? types[found->type] : PLUMB_FIELD_NONE;
}

/* The field's place in the object, where it is of that type. */
static const void *value_of(const struct plumb_object *object, size_t field, enum field_type type)
{
    const struct field *found = find_field(object, field);

    return found && found->type == type ? field_of(as_object(object), found) : NULL;
}

bool plumb_object_flag(const struct plumb_object *object, size_t field)
{
    const bool *value = value_of(object, field, FIELD_FLAG);

    return value && *value;
}

int64_t plumb_object_number(const struct plumb_object *object, size_t field)
{
    const int64_t *value = value_of(object, field, FIELD_NUMBER);

    return value ? *value : 0;
}

/* What is compared, as far as that is known. */
static const char *text_of(const struct expression *expression)
{
    return expression->canonical ? expression->canonical : expression->written;
}

/* How many texts or objects the field holds, and number's, if it is one. */
static size_t list_values(const struct plumb_object *object, const struct field *field,
                          size_t number, const char **text, const struct object **reference)
{
    const void *value = field_of(as_object(object), field);
    const struct text_list *texts = value;
    const struct pointer_list *references = value;
    struct expression_list expressions;

    switch (field->type) {
    case FIELD_TEXT:
        *text = *(const char *const *)value;
        return *text != NULL;
    case FIELD_LIST:
    case FIELD_SET:
    case FIELD_OPTIONS:
        *text = number < texts->count ? texts->items[number] : NULL;
        return texts->count;
    case FIELD_EXPRESSION:
    case FIELD_EXPRESSIONS:
        expressions = field_expressions(as_object(object), field);
        *text = number < expressions.count ? text_of(&expressions.items[number]) : NULL;
        return field->type == FIELD_EXPRESSIONS || text_of(&expressions.items[0])
                   ? expressions.count
                   : 0;
    case FIELD_REFERENCE:
        *reference = *(struct object *const *)value;
        return *reference != NULL;
    case FIELD_REFERENCES:
        *reference = number < references->count ? references->items[number] : NULL;
        return references->count;
    case FIELD_FLAG:
    case FIELD_NUMBER:
        break;
    }
    return 0;
}

size_t plumb_object_value_count(const struct plumb_object *object, size_t field)
{
    const struct field *found = find_field(object, field);
    const char *text = NULL;
    const struct object *reference = NULL;

    return found ? list_values(object, found, 0, &text, &reference) : 0;
}

const char *plumb_object_text(const struct plumb_object *object, size_t field, size_t number)
{
    const struct field *found = find_field(object, field);
    const char *text = NULL;
    const struct object *reference = NULL;

    return found && number < list_values(object, found, number, &text, &reference) ? text : NULL;
}

const struct plumb_object *plumb_object_reference(const struct plumb_object *object, size_t field,
                                                  size_t number)
{
    const struct field *found = find_field(object, field);
    const char *text = NULL;
    const struct object *reference = NULL;

    return found && number < list_values(object, found, number, &text, &reference)
               ? give_object(reference)
               : NULL;
}

/* --- deltas ------------------------------------------------------------------------------------ */

static const struct delta *as_delta(const struct plumb_delta *delta)
{
    return (const struct delta *)delta;
}

size_t plumb_plan_delta_count(const struct plumb_plan *plan)
{
    return plan ? plan->plan->deltas.count : 0;
}

const struct plumb_delta *plumb_plan_delta(const struct plumb_plan *plan, size_t number)
{
    return number < plumb_plan_delta_count(plan)
               ? (const struct plumb_delta *)&plan->plan->deltas.items[number]
               : NULL;
}

enum plumb_change plumb_delta_change(const struct plumb_delta *delta)
{
    return delta ? (enum plumb_change)as_delta(delta)->change : PLUMB_ADDED;
}

const struct plumb_object *plumb_delta_before(const struct plumb_delta *delta)
{
    return delta ? give_object(as_delta(delta)->before) : NULL;
}

const struct plumb_object *plumb_delta_after(const struct plumb_delta *delta)
{
    return delta ? give_object(as_delta(delta)->after) : NULL;
}

const char *plumb_delta_former_name(const struct plumb_delta *delta)
{
    const struct object *before = delta ? as_delta(delta)->before : NULL;

    return before ? before->former_name : NULL;
}

bool plumb_delta_field_changed(const struct plumb_delta *delta, size_t field)
{
    return delta && field < 64 && (as_delta(delta)->changed >> field & 1);
}

const struct plumb_object *plumb_plan_kept(const struct plumb_plan *plan, size_t number)
{
    const struct pointer_list *kept = plan ? &plan->plan->kept : NULL;

    return kept && number < kept->count ? give_object(kept->items[number]) : NULL;
}

/* --- steps ------------------------------------------------------------------------------------- */

static const struct step *as_step(const struct plumb_step *step)
{
    return (const struct step *)step;
}

size_t plumb_plan_count(const struct plumb_plan *plan)
{
    return plan ? plan->plan->steps.count : 0;
}

const struct plumb_step *plumb_plan_step(const struct plumb_plan *plan, size_t number)
{
    return number < plumb_plan_count(plan)
               ? (const struct plumb_step *)&plan->plan->steps.items[number]
               : NULL;
}

const char *plumb_step_sql(const struct plumb_step *step)
{
    if (!step)
        return "";
    return as_step(step)->shown ? as_step(step)->shown : as_step(step)->sql;
}

enum plumb_action plumb_step_action(const struct plumb_step *step)
{
    return step ? (enum plumb_action)as_step(step)->action : PLUMB_CREATE;
}

const struct plumb_object *plumb_step_object(const struct plumb_step *step)
{
    return step ? give_object(as_step(step)->object) : NULL;
}

const char *plumb_step_parts(const struct plumb_step *step)
{
    return step ? as_step(step)->parts : NULL;
}

uint64_t plumb_step_hazards(const struct plumb_step *step)
{
    return step ? as_step(step)->hazards : 0;
}

enum plumb_lock plumb_step_lock(const struct plumb_step *step)
{
    return step ? (enum plumb_lock)as_step(step)->lock : PLUMB_LOCK_NONE;
}

const struct plumb_object *plumb_step_locked(const struct plumb_step *step)
{
    return step && as_step(step)->lock != LOCK_NONE ? give_object(step_locked(as_step(step)))
                                                    : NULL;
}

bool plumb_step_rewrites(const struct plumb_step *step)
{
    return step && as_step(step)->rewrites;
}

bool plumb_step_scans(const struct plumb_step *step)
{
    return step && as_step(step)->scans;
}

enum plumb_transaction plumb_step_transaction(const struct plumb_step *step)
{
    return step ? (enum plumb_transaction)as_step(step)->transaction : PLUMB_TRANSACTION_ANY;
}

int plumb_step_group(const struct plumb_step *step)
{
    return step ? as_step(step)->group : 0;
}

const char *plumb_step_note(const struct plumb_step *step)
{
    return step ? as_step(step)->note : NULL;
}

const char *plumb_action_name(enum plumb_action action)
{
    return (int)action >= 0 && action <= PLUMB_RENAME ? action_name((enum step_action)action)
                                                      : NULL;
}

const char *plumb_lock_name(enum plumb_lock lock)
{
    return (int)lock >= 0 && lock <= PLUMB_LOCK_ACCESS_EXCLUSIVE ? lock_name((enum step_lock)lock)
                                                                 : NULL;
}

/* --- hazards ----------------------------------------------------------------------------------- */

static bool is_hazard(int hazard)
{
    return hazard >= 0 && hazard < HAZARD_COUNT;
}

const char *plumb_hazard_name(int hazard)
{
    return is_hazard(hazard) ? hazard_name((enum hazard)hazard) : NULL;
}

const char *plumb_hazard_text(int hazard)
{
    return is_hazard(hazard) ? hazard_text((enum hazard)hazard) : NULL;
}

bool plumb_hazard_loses_data(int hazard)
{
    return is_hazard(hazard) && hazard_is_lossy((enum hazard)hazard);
}
