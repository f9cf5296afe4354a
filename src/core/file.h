/* Files, read whole and written whole. What is written stands beside its place first, is synced to the
 * disk, and takes its place by a rename: a full disk or a crash leaves the old file as it was. */
#ifndef PLUMB_CORE_FILE_H
#define PLUMB_CORE_FILE_H

#include <stdbool.h>

#include "core/buffer.h"
#include "core/error.h"
#include "core/list.h"

/* Who may read what is written. */
enum file_access {
    FILE_AS_USUAL, /* as umask says; a file that is there keeps its permissions */
    FILE_PRIVATE,  /* the owner alone (0600); a file that is there and open to its group, but not to
                      all, stays so */
};

/* Appends what the file holds to the buffer. It ends at a zero byte, which no text has (nor reads on
 * what has no end, such as /dev/zero), and has to be smaller than FILE_LIMIT. False with an error. */
bool file_read(const char *path, struct buffer *text, struct error *error);

enum { FILE_LIMIT = 1 << 30 };

/* Replaces the file. What is no regular file (a terminal, a pipe) is written to as it is; a symbolic
 * link stays, and what it points to is replaced. False with an error, and nothing is changed. */
bool file_write(const char *path, const char *bytes, size_t length, enum file_access access,
                struct error *error);

/* Makes the folders above a file, as far as they are not there. The path is as it was afterwards. */
bool file_make_folders(char *path, struct error *error);

/* Several files of one file system that take their places together, once all of them are written. */
struct file_set {
    struct arena *arena;
    struct pointer_list drafts;
};

struct file_set file_set_begin(struct arena *arena);

/* Writes one beside its place. */
bool file_set_add(struct file_set *set, const char *path, const char *bytes, size_t length,
                  enum file_access access, struct error *error);

/* Puts all into their places. */
bool file_set_commit(struct file_set *set, struct error *error);

/* Removes what did not take its place; also after a commit that failed. */
void file_set_discard(struct file_set *set);

#endif
