/* A plan as a file. It holds what a reviewer wants to see, the wanted schema, so that the plan can be
 * made again for the database it is applied to and compared, and a digest over all of that. */
#include "report/plan_file.h"

#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/operation.h"
#include "core/secret/vault.h"
#include "record/pack.h"
#include "report/json_value.h"

enum { format_version = 1 };

static const char title_key[] = "plumb_plan";
static const char digest_key[] = "digest";
static const char secret_key[] = "secret_key";
static const char origin_key[] = "origin";

/* --- the digest ------------------------------------------------------------------------------ */

/* Over the content, however it is laid out. */
static void content_digest(json_t *value, char text[33])
{
    json_t *kept = json_incref(json_object_get(value, digest_key));
    struct digest_state *state = digest_begin();
    char *content;

    json_object_del(value, digest_key);
    content = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
    if (kept)
        json_put(value, digest_key, kept);
    if (!content)
        operation_fail_memory(0);
    digest_text(state, title_key);
    digest_text(state, content);
    digest_print(digest_end(state), text);
    free(content);
}

/* --- writing --------------------------------------------------------------------------------- */

static void put_globs(json_t *object, const char *name, const char *const *globs)
{
    json_t *value = json_put_array(object, name);

    for (; globs && *globs; globs++)
        json_add_text(value, *globs);
}

static void put_options(json_t *plan, const struct compare_options *options)
{
    json_t *value = json_put_object(plan, "compare");

#define MANAGE(member, word) json_put_flag(value, #member, options->manage.member);
#define FLAG(member, word) json_put_flag(value, #member, options->member);
#define GLOBS(member, word) put_globs(value, #member, options->member);
#include "plan/options.def"
}

static void put_origin(json_t *plan, const struct plan_file *parts)
{
    json_t *value;

    if (!parts->files)
        return;
    value = json_put_object(plan, origin_key);
    json_put_text(value, "files", parts->files);
    json_put_text(value, "git_commit", parts->git_commit);
    json_put_text(value, "git_remote", parts->git_remote);
}

void plan_file_write(const struct plan *plan, const struct plan_file *parts, struct buffer *out)
{
    struct arena *scratch = arena_new();
    json_t *value = json_new();
    char digest[33];

    json_put_number(value, title_key, format_version);
    json_put_plan(value, plan, scratch);
    put_options(value, &parts->compare);
    put_origin(value, parts);
    json_put_text(value, "wanted", pack_text(scratch, parts->wanted));
    if (parts->target)
        json_put_text(value, "target", pack_text(scratch, parts->target));
    if (parts->secret_key &&
        (vault_token_in(parts->wanted) || (parts->target && vault_token_in(parts->target))))
        json_put_text(value, secret_key, parts->secret_key);
    content_digest(value, digest);
    json_put_text(value, digest_key, digest);
    json_print(value, out);
    arena_free(scratch);
}

/* --- reading --------------------------------------------------------------------------------- */

struct reader {
    json_t *root;
    const char *name;
    struct arena *arena;
    struct plan_file *file;
    struct error *error;
};

static bool refuse(const struct reader *reader, const char *why, const char *hint)
{
    error_hint(reader->error, "%s", hint);
    return error_set(reader->error, ERROR_REFUSED, "%s %s", reader->name, why);
}

static const char *text_at(const struct reader *reader, const json_t *object, const char *name)
{
    return arena_strdup(reader->arena, json_string_value(json_object_get(object, name)));
}

/* "plumb 0.1.0" -> 0 */
static long major_version(const char *tool)
{
    return tool && strncmp(tool, "plumb ", 6) == 0 ? strtol(tool + 6, NULL, 10) : -1;
}

static bool check_whole(const struct reader *reader)
{
    const json_t *format = json_object_get(reader->root, title_key);
    const char *written = json_string_value(json_object_get(reader->root, digest_key));
    char digest[33];

    if (!json_is_integer(format))
        return refuse(reader, "is no plan of plumb",
                      "plumb diff TARGET WANTED --out FILE writes one.");
    if (json_integer_value(format) != format_version)
        return refuse(reader, "was written by another version of plumb",
                      "Make the plan with this version.");
    if (major_version(json_string_value(json_object_get(reader->root, "tool"))) !=
        major_version("plumb " PLUMB_VERSION))
        return refuse(reader, "was made by another major version of plumb",
                      "Make the plan with this version.");
    content_digest(reader->root, digest);
    if (!written || strcmp(digest, written) != 0)
        return refuse(
            reader, "was changed after plumb had written it",
            "Make the plan anew with plumb diff --out: what was reviewed is applied as it "
            "is, or not at all.");
    return true;
}

static const char *const *read_globs(const struct reader *reader, const json_t *list)
{
    size_t count = json_array_size(list);
    const char **globs = ARENA_ARRAY(reader->arena, const char *, count + 1);

    for (size_t i = 0; i < count; i++) {
        const char *glob = json_string_value(json_array_get(list, i));

        globs[i] = arena_strdup(reader->arena, glob ? glob : "");
    }
    return count ? globs : NULL;
}

static void read_options(struct reader *reader)
{
    struct compare_options *compare = &reader->file->compare;
    const json_t *value = json_object_get(reader->root, "compare");

#define MANAGE(member, word) compare->manage.member = json_is_true(json_object_get(value, #member));
#define FLAG(member, word) compare->member = json_is_true(json_object_get(value, #member));
#define GLOBS(member, word) compare->member = read_globs(reader, json_object_get(value, #member));
#include "plan/options.def"
    if (json_is_false(json_object_get(value, "ask"))) /* as files up to 0.1.0 say it */
        compare->never_ask = true;
}

static bool read_statements(struct reader *reader)
{
    const json_t *steps = json_object_get(reader->root, "steps");

    if (!json_is_array(steps))
        return false;
    for (size_t i = 0; i < json_array_size(steps); i++) {
        const char *sql = text_at(reader, json_array_get(steps, i), "sql");

        if (!sql)
            return false;
        text_list_add(&reader->file->statements, reader->arena, sql);
    }
    return true;
}

static void read_origin(struct reader *reader)
{
    const json_t *value = json_object_get(reader->root, origin_key);

    reader->file->files = text_at(reader, value, "files");
    reader->file->git_commit = text_at(reader, value, "git_commit");
    reader->file->git_remote = text_at(reader, value, "git_remote");
}

/* A snapshot at that key, unpacked; NULL where there is none, or an error. */
static const char *read_snapshot(struct reader *reader, const char *key)
{
    const char *packed = text_at(reader, reader->root, key);

    return packed ? unpack_text(reader->arena, packed, reader->error) : NULL;
}

static bool read_parts(struct reader *reader)
{
    struct plan_file *file = reader->file;
    const char *digest =
        json_string_value(json_object_get(json_object_get(reader->root, "from"), digest_key));

    file->dialect = text_at(reader, reader->root, "dialect");
    file->wanted_name = text_at(reader, json_object_get(reader->root, "to"), "source");
    file->secret_key = text_at(reader, reader->root, secret_key);
    file->wanted = read_snapshot(reader, "wanted");
    file->target = read_snapshot(reader, "target");
    read_origin(reader);
    if (!file->dialect || !file->wanted || !file->wanted_name || !digest || strlen(digest) != 32 ||
        !read_statements(reader))
        return refuse(reader, "is no complete plan", "Make the plan anew with plumb diff --out.");
    memcpy(file->from_digest, digest, sizeof(file->from_digest));
    read_options(reader);
    return true;
}

bool plan_file_read(const char *text, const char *name, struct arena *arena, struct plan_file *file,
                    struct error *error)
{
    struct reader reader = {.name = name, .arena = arena, .file = file, .error = error};
    bool ok;

    memset(file, 0, sizeof(*file));
    reader.root = json_parse(text);
    if (!json_is_object(reader.root)) {
        json_free(reader.root);
        return refuse(&reader, "is no plan of plumb, or only a part of one",
                      "plumb diff TARGET WANTED --out FILE writes one.");
    }
    ok = check_whole(&reader) && read_parts(&reader);
    json_free(reader.root);
    return ok;
}
