/* States in a git commit, from a repository that the test makes through libgit2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buffer.h"
#include "load/load.h"

static char folder[64];
static struct buffer seen;

static bool interpret(const struct source_text *sources, size_t count, struct model *model,
                      struct error *error)
{
    (void)model;
    buffer_truncate(&seen, 0);
    for (size_t i = 0; i < count; i++) {
        const char *directive = strstr(sources[i].text, "\\ir ");
        size_t length;
        char *included;

        buffer_printf(&seen, "%s=%s|", sources[i].file, sources[i].text);
        if (!directive)
            continue;
        included = sources[i].include(sources[i].include_context, sources[i].file, directive + 4,
                                      true, &length, error);
        if (!included)
            return false;
        buffer_printf(&seen, "<%s>", included);
        memory_free(included);
    }
    return true;
}

static const struct dialect_states fake_states = {
    .interpret = interpret,
    .follows_includes = true,
};

static const struct dialect fake = {
    .name = "fake",
    .states = &fake_states,
};

static void add_file(git_treebuilder *builder, git_repository *repository, const char *name,
                     const char *text)
{
    git_oid id;

    assert_int_equal(git_blob_create_from_buffer(&id, repository, text, strlen(text)), 0);
    assert_int_equal(git_treebuilder_insert(NULL, builder, name, &id, GIT_FILEMODE_BLOB), 0);
}

static void add_folder(git_treebuilder *builder, git_treebuilder *inner, const char *name)
{
    git_oid id;

    assert_int_equal(git_treebuilder_write(&id, inner), 0);
    assert_int_equal(git_treebuilder_insert(NULL, builder, name, &id, GIT_FILEMODE_TREE), 0);
    git_treebuilder_free(inner);
}

static git_treebuilder *new_folder(git_repository *repository)
{
    git_treebuilder *builder = NULL;

    assert_int_equal(git_treebuilder_new(&builder, repository, NULL), 0);
    return builder;
}

static void commit(git_repository *repository, git_treebuilder *root)
{
    git_signature *author = NULL;
    git_tree *tree = NULL;
    git_oid id;

    assert_int_equal(git_treebuilder_write(&id, root), 0);
    assert_int_equal(git_tree_lookup(&tree, repository, &id), 0);
    assert_int_equal(git_signature_new(&author, "a", "a@b", 0, 0), 0);
    assert_int_equal(git_commit_create(&id, repository, "refs/heads/side", author, author, NULL,
                                       "x", tree, 0, NULL),
                     0);
    git_signature_free(author);
    git_tree_free(tree);
    git_treebuilder_free(root);
}

static int begin(void **state)
{
    git_repository *repository = NULL;
    git_treebuilder *root;
    git_treebuilder *schemas;
    git_treebuilder *parts;

    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/plumb-git-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    git_libgit2_init();
    assert_int_equal(git_repository_init(&repository, folder, 0), 0);
    root = new_folder(repository);
    schemas = new_folder(repository);
    parts = new_folder(repository);
    add_file(parts, repository, "b.sql", "B");
    add_file(schemas, repository, "a.sql", "A");
    add_file(schemas, repository, "m.sql", "\\ir parts/b.sql");
    add_file(schemas, repository, "notes.md", "no");
    add_folder(schemas, parts, "parts");
    add_folder(root, schemas, "schemas");
    add_file(root, repository, "top.sql", "T");
    commit(repository, root);
    git_repository_free(repository);
    git_libgit2_shutdown();
    return 0;
}

static int end(void **state)
{
    char command[128];

    (void)state;
    buffer_free(&seen);
    assert_int_equal(chdir("/"), 0);
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

static void assert_loads(const char *name, const char *expected)
{
    struct error error = {0};
    struct state loaded;

    if (!state_load(name, &(struct load_request){.dialect = &fake}, &loaded, &error))
        fail_msg("%s", error.message);
    state_close(&loaded);
    assert_string_equal(buffer_text(&seen), expected);
}

static void assert_fails(const char *name, const char *message, const char *hint)
{
    struct error error = {0};
    struct state loaded;

    assert_false(state_load(name, &(struct load_request){.dialect = &fake}, &loaded, &error));
    assert_non_null(strstr(error.message, message));
    assert_non_null(strstr(error.hint, hint));
}

static void test_folders_and_files(void **state)
{
    (void)state;
    assert_loads("git:side:top.sql", "side:top.sql=T|");
    assert_loads("git:side:schemas",
                 "side:schemas/a.sql=A|side:schemas/m.sql=\\ir parts/b.sql|<B>");
    assert_loads("git:side:schemas/parts,top.sql", "side:schemas/parts/b.sql=B|side:top.sql=T|");
    assert_loads("git:side:schemas/a*.sql", "side:schemas/a.sql=A|");
    assert_loads("git:refs/heads/side:",
                 "refs/heads/side:schemas/a.sql=A|refs/heads/side:schemas/m.sql=\\ir "
                 "parts/b.sql|<B>refs/heads/side:top.sql=T|");
}

static void test_from_a_folder_inside(void **state)
{
    (void)state;
    assert_int_equal(mkdir("schemas", 0777), 0);
    assert_int_equal(chdir("schemas"), 0);
    assert_loads("git:side:./parts", "side:schemas/parts/b.sql=B|");
    assert_loads("git:side:../top.sql", "side:top.sql=T|");
    assert_loads("git:side:top.sql", "side:top.sql=T|");
    assert_fails("git:side:parts", "no such file or folder in side: parts", "./parts?");
    assert_int_equal(chdir(".."), 0);
}

static void test_missing(void **state)
{
    (void)state;
    assert_fails("git:side:schema", "no such file or folder in side: schema", "schemas?");
    assert_fails("git:side:schemas/b.sql", "no such file or folder", "schemas/a.sql?");
    assert_fails("git:no-such:schemas", "no-such", "git branch");
    assert_fails("git:side", "not a state in git", "git:REF:PATH");
    assert_int_equal(chdir("/"), 0);
    assert_fails("git:side:schemas", "no git repository", "");
    assert_int_equal(chdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folders_and_files),
        cmocka_unit_test(test_from_a_folder_inside),
        cmocka_unit_test(test_missing),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
