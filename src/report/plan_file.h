/* A plan as a file that is reviewed and then applied: what diff --out writes, and apply --plan reads. */
#ifndef PLUMB_REPORT_PLAN_FILE_H
#define PLUMB_REPORT_PLAN_FILE_H

#include "core/buffer.h"
#include "core/error.h"
#include "plan/compare.h"
#include "plan/plan.h"

/* What the file says, in an arena. */
struct plan_file {
    const char *dialect;
    char from_digest[33];
    struct compare_options compare; /* without memory */
    struct text_list statements;    /* of the steps */
    const char *wanted;             /* the wanted model's snapshot */
    const char *wanted_name;
    const char *
        target; /* a snapshot of the target, as it was before the two were compared; NULL in files of
                           earlier versions */
    const char *
        files; /* what the wanted state was made from, as the record keeps it; each NULL where it is
                           not known */
    const char *git_commit;
    const char *git_remote;
    const char *secret_key; /* NULL: the target's record has it, if there are any */
};

/* Of parts, what stands between wanted and secret_key is written, with the options (their memory is not used).
 * secret_key: what the tokens of the snapshots' secrets are under, to be kept in the file where there are such; NULL
 * where the target's record has it. The bytes depend on what is given and nothing else. */
void plan_file_write(const struct plan *plan, const struct plan_file *parts, struct buffer *out);

/* Refused (ERROR_REFUSED) where the text is no plan, was changed after it was written, or comes from
 * another major version. name: of the file, for messages. */
bool plan_file_read(const char *text, const char *name, struct arena *arena, struct plan_file *file,
                    struct error *error);

#endif
