/* Files: what is written takes its place whole or not at all. */
#include "../support.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"

static char folder[64];
static char path[128];

static int begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/plumb-file-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/file", folder);
    umask(022);
    return 0;
}

static int end(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

static void put(const char *text, enum file_access access)
{
    struct error error = {0};

    if (!file_write(path, text, strlen(text), access, &error))
        fail_msg("%s", error.message);
}

static void assert_holds(const char *text)
{
    struct buffer held = BUFFER_EMPTY;
    struct error error = {0};

    assert_true(file_read(path, &held, &error));
    assert_string_equal(buffer_text(&held), text);
    buffer_free(&held);
}

static mode_t mode(void)
{
    struct stat facts;

    assert_int_equal(stat(path, &facts), 0);
    return facts.st_mode & 07777;
}

/* How many names the folder holds, the hidden ones too. */
static int count_names(void)
{
    char command[128];
    int count = -1;
    FILE *stream;

    snprintf(command, sizeof(command), "ls -A %s | wc -l", folder);
    stream = popen(command, "r");
    assert_int_equal(fscanf(stream, "%d", &count), 1);
    pclose(stream);
    return count;
}

static void test_permissions(void **state)
{
    (void)state;
    put("a", FILE_AS_USUAL);
    assert_int_equal(mode(), 0644);
    chmod(path, 0664);
    put("b", FILE_AS_USUAL);
    assert_int_equal(mode(), 0664);
    put("c", FILE_PRIVATE); /* open to all: to no group that somebody has chosen */
    assert_int_equal(mode(), 0600);
    chmod(path, 0640);
    put("c", FILE_PRIVATE);
    assert_int_equal(mode(), 0640);
    unlink(path);
    put("d", FILE_PRIVATE);
    assert_int_equal(mode(), 0600);
    assert_holds("d");
    assert_int_equal(count_names(), 1);
}

static void test_links(void **state)
{
    char target[128];
    struct stat facts;

    (void)state;
    snprintf(target, sizeof(target), "%s/target", folder);
    assert_int_equal(symlink("target", path), 0);
    put("a", FILE_AS_USUAL); /* to what is not there yet */
    put("b", FILE_AS_USUAL);
    assert_int_equal(lstat(path, &facts), 0);
    assert_true(S_ISLNK(facts.st_mode));
    assert_int_equal(lstat(target, &facts), 0);
    assert_true(S_ISREG(facts.st_mode));
    assert_holds("b");
    assert_int_equal(count_names(), 2);
}

static void ignore(int number)
{
    (void)number;
}

/* As on a full disk. */
static void test_no_room(void **state)
{
    struct rlimit limit = {4096, RLIM_INFINITY};
    struct error error = {0};
    struct arena *arena = arena_new();
    struct file_set set = file_set_begin(arena);
    char *large = memory_alloc(10000);
    char other[128];

    (void)state;
    memset(large, 'x', 9999);
    large[9999] = '\0';
    put("old", FILE_AS_USUAL);
    signal(SIGXFSZ, ignore);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_false(file_write(path, large, strlen(large), FILE_AS_USUAL, &error));
    assert_int_equal(error.code, ERROR_IO);
    assert_holds("old");
    assert_int_equal(count_names(), 1);

    memset(&error, 0, sizeof(error)); /* all or none */
    snprintf(other, sizeof(other), "%s/other", folder);
    assert_true(file_set_add(&set, path, "new", 3, FILE_AS_USUAL, &error));
    assert_false(file_set_add(&set, other, large, strlen(large), FILE_AS_USUAL, &error));
    file_set_discard(&set);
    assert_holds("old");
    assert_int_equal(count_names(), 1);
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    memory_free(large);
    arena_free(arena);
}

static void test_no_place(void **state)
{
    struct error error = {0};

    (void)state;
    assert_false(file_write(folder, "x", 1, FILE_AS_USUAL, &error));
    assert_non_null(strstr(error.message, strerror(EISDIR)));
    memset(&error, 0, sizeof(error));
    assert_false(file_write("/nowhere/at/all", "x", 1, FILE_AS_USUAL, &error));
    assert_int_equal(error.code, ERROR_IO);
    memset(&error, 0, sizeof(error));
    assert_true(file_write("/dev/null", "x", 1, FILE_AS_USUAL, &error));
    if (access("/dev/full", W_OK) == 0)
        assert_false(file_write("/dev/full", "x", 1, FILE_AS_USUAL, &error));
}

static void test_reading_ends(void **state)
{
    struct buffer text = BUFFER_EMPTY;
    struct error error = {0};

    (void)state;
    assert_true(file_read("/dev/zero", &text, &error));
    assert_true(text.length <= 1 << 16);
    buffer_free(&text);
    assert_false(file_read(folder, &text, &error));
    memset(&error, 0, sizeof(error));
    assert_false(file_read(path, &text, &error));
    assert_non_null(strstr(error.message, strerror(ENOENT)));
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_permissions, begin, end),
        cmocka_unit_test_setup_teardown(test_links, begin, end),
        cmocka_unit_test_setup_teardown(test_no_room, begin, end),
        cmocka_unit_test_setup_teardown(test_no_place, begin, end),
        cmocka_unit_test_setup_teardown(test_reading_ends, begin, end),
    };

    return RUN(tests);
}
