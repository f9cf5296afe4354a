/* Secrets in two models and in steps: what cannot be compared, whether all are known before anything is run, and what
 * people are told. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/secret/secret.h"
#include "core/secret/vault.h"
#include "model/fields.h"
#include "model/identity.h"
#include "plan/plan.h"

/* --- what cannot be compared --------------------------------------------------------------------------- */

struct settling {
    struct arena *arena; /* for notes and names */
    struct object *held;
    struct object *wanted;
    const char *text;  /* of the wanted object, */
    const char *found; /* and the same of the other one, but for the secret */
    struct text_list *notes;
};

static const char *masked(struct arena *arena, const char *text)
{
    char *mask = arena_strdup(arena, text);
    const char *token;

    while ((token = vault_token_in(mask)) != NULL)
        memset(mask + (token - mask), '*', VAULT_TOKEN_LENGTH);
    return mask;
}

static void compare_masked(const char **text, void *context)
{
    struct settling *settling = context;

    if (!settling->found && *text && vault_token_in(*text) &&
        strcmp(masked(settling->arena, *text), masked(settling->arena, settling->text)) == 0)
        settling->found = *text;
}

static bool holds_unknown(const char *text)
{
    for (const char *at = text; at && (at = vault_token_in(at)) != NULL; at += VAULT_TOKEN_LENGTH)
        if (vault_is_unknown(at))
            return true;
    return false;
}

static void note_unknown(const struct settling *settling)
{
    const char *note = arena_printf(
        settling->arena,
        "whether a secret of %s has changed cannot be known: %s is not set in the environment",
        identity_print(settling->arena, settling->wanted),
        vault_variable(settling->arena, settling->text));

    if (!text_list_contains(settling->notes, note))
        text_list_add(settling->notes, settling->arena, note);
}

/* What the database has stays then. */
static void settle_text(const char **text, void *context)
{
    struct settling *settling = context;

    if (!holds_unknown(*text))
        return;
    settling->text = *text;
    settling->found = NULL;
    fields_texts(settling->held, compare_masked, settling);
    if (!settling->found)
        return;
    if (strcmp(settling->found, *text) != 0)
        note_unknown(settling);
    *text = settling->found;
}

void plan_settle_secrets(struct model *from, struct model *to)
{
    if (vault_is_empty())
        return;
    for (size_t i = 0; i < to->count; i++) {
        struct object *wanted = to->objects[i];
        struct settling settling = {.arena = to->arena, .wanted = wanted, .notes = &to->notes};

        settling.held = wanted->removed ? NULL : model_find_key(from, wanted->key);
        if (settling.held)
            fields_texts(wanted, settle_text, &settling);
    }
}

/* --- before anything is run ------------------------------------------------------------------------------ */

bool plan_fail_missing_secret(const char *variable, struct error *error)
{
    if (variable) {
        error_hint(error, "Set it in the environment, or write the secret into the files.");
        return error_set(error, ERROR_USAGE,
                         "the environment variable %s, which stands for a secret, is not set",
                         variable);
    }
    error_hint(
        error,
        "Neither plans nor records hold secrets: give the wanted state as well, so that they are "
        "read from it: plumb apply TARGET WANTED --plan FILE.");
    return error_set(error, ERROR_USAGE, "a statement needs a secret that is not known");
}

static bool check_step(const struct plan *plan, const struct step *step, struct arena *scratch,
                       struct error *error)
{
    const char *missing;

    if (secret_restore(scratch, plan->dialect->secret_syntax, step->sql, &missing))
        return true;
    if (step->object)
        snprintf(error->object, sizeof(error->object), "%s", identity_print(scratch, step->object));
    if (missing)
        return plan_fail_missing_secret(missing, error);
    plan_fail_missing_secret(NULL, error);
    if (step->object)
        snprintf(error->message, sizeof(error->message), "the secrets of %s are not known",
                 error->object);
    return false;
}

bool plan_check_secrets(const struct plan *plan, struct error *error)
{
    struct arena *scratch = arena_new();
    bool ok = true;

    for (size_t i = 0; ok && i < plan->steps.count; i++)
        ok = check_step(plan, &plan->steps.items[i], scratch, error);
    arena_free(scratch);
    return ok;
}

/* --- for people ------------------------------------------------------------------------------------------- */

static size_t count_secret_steps(const struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->steps.count; i++)
        count += vault_token_in(plan->steps.items[i].sql) != NULL;
    return count;
}

void plan_show_secrets(struct plan *plan)
{
    for (size_t i = 0; i < plan->steps.count; i++) {
        struct step *step = &plan->steps.items[i];

        step->shown = vault_token_in(step->sql) ? vault_shown(plan->arena, step->sql) : NULL;
    }
}

void plan_note_secrets(struct plan *plan)
{
    size_t count = count_secret_steps(plan);

    if (count)
        text_list_add(
            &plan->notes, plan->arena,
            arena_printf(plan->arena,
                         "%zu statement%s secrets, which are not shown: plumb apply reads them "
                         "from the wanted state",
                         count, count == 1 ? " holds" : "s hold"));
}

/* PLUMB_USER_MAPPING_APP_ON_SERVER_FAR, and _2 for the second secret in it. */
static const char *variable_name(struct arena *arena, const struct step *step, size_t number)
{
    char *name = arena_printf(arena, "PLUMB_%s",
                              step->object ? identity_print(arena, step->object) : "SECRET");
    size_t length = 0;

    for (const char *at = name; *at; at++)
        if (isalnum((unsigned char)*at))
            name[length++] = (char)toupper((unsigned char)*at);
        else if (length && name[length - 1] != '_')
            name[length++] = '_';
    while (length && name[length - 1] == '_')
        length--;
    name[length] = '\0';
    return number > 1 ? arena_printf(arena, "%s_%zu", name, number) : name;
}

/* The statement with variables for its secrets. */
static const char *name_secrets(struct plan *plan, const struct step *step, struct text_list *names)
{
    struct buffer named = BUFFER_EMPTY;
    const char *text = step->sql;
    const char *token;
    size_t number = 0;

    while ((token = vault_token_in(text)) != NULL) {
        const char *variable =
            vault_variable(plan->arena, arena_strndup(plan->arena, token, VAULT_TOKEN_LENGTH));

        if (!variable)
            variable = variable_name(plan->arena, step, ++number);
        text_list_add(names, plan->arena, variable);
        buffer_append_bytes(&named, text, (size_t)(token - text));
        buffer_printf(&named, "${%s}", variable);
        text = token + VAULT_TOKEN_LENGTH;
    }
    buffer_append(&named, text);
    return buffer_take(&named, plan->arena);
}

void plan_name_secrets(struct plan *plan)
{
    struct text_list names = {0};

    for (size_t i = 0; i < plan->steps.count; i++)
        if (vault_token_in(plan->steps.items[i].sql))
            plan->steps.items[i].sql = name_secrets(plan, &plan->steps.items[i], &names);
    text_list_sort(&names);
    if (names.count)
        text_list_add(
            &plan->notes, plan->arena,
            arena_printf(plan->arena,
                         "secrets are left out: set %s in the environment of whoever applies this",
                         text_list_join(&names, plan->arena, ", ")));
}
