/* How far an apply is. A thread of its own redraws the line each second: a step that rebuilds a large table says
 * nothing for an hour, and whoever waits wants to see that it is still at it. */
#include "cli/progress.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/terminal.h"

enum { longest_line = 512, first_told = 2 }; /* seconds */

struct progress {
    struct plumb_control *control;
    bool live;   /* a terminal */
    int attempt; /* the last one told of */
    pthread_t clock;
    bool ticking;
    pthread_mutex_t mutex; /* of all below */
    pthread_cond_t ended;
    bool over;
    struct plumb_progress at; /* what is under way; action NULL: nothing that is measured */
    char action[64];
    char object[longest_line];
    struct timespec begun;
};

void progress_line(const struct plumb_progress *at, long seconds, size_t width, char *line,
                   size_t size)
{
    char time[32] = "";
    char text[longest_line];
    size_t room = width && width < size ? width : size - 1;
    size_t kept;

    if (seconds >= 3600)
        snprintf(time, sizeof(time), " %ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60,
                 seconds % 60);
    else if (seconds >= first_told)
        snprintf(time, sizeof(time), " %ld:%02ld", seconds / 60, seconds % 60);
    snprintf(text, sizeof(text), "[%zu/%zu] %s %s", at->step, at->count, at->action,
             at->object ? at->object : "");
    kept = room > strlen(time) ? room - strlen(time) : 0;
    if (strlen(text) > kept)
        while (kept && ((unsigned char)text[kept] & 0xC0) == 0x80) /* no half of a letter */
            kept--;
    snprintf(line, size, "%.*s%s", (int)kept, text, time);
}

/* Holds the mutex. */
static void draw(const struct progress *progress)
{
    struct timespec now;
    char line[longest_line];

    if (!progress->at.action)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    progress_line(&progress->at, (long)(now.tv_sec - progress->begun.tv_sec),
                  terminal_width(stderr), line, sizeof(line));
    fprintf(stderr, "\r\033[K%s", line);
    fflush(stderr);
}

static void *tick(void *context)
{
    struct progress *progress = context;
    struct timespec next;

    pthread_mutex_lock(&progress->mutex);
    clock_gettime(CLOCK_MONOTONIC, &next);
    while (!progress->over) {
        next.tv_sec++;
        while (!progress->over &&
               pthread_cond_timedwait(&progress->ended, &progress->mutex, &next) == 0)
            continue;
        if (!progress->over)
            draw(progress);
    }
    pthread_mutex_unlock(&progress->mutex);
    return NULL;
}

/* Keeps copies: what the library tells lives no longer than the call. */
static void note_step(struct progress *progress, const struct plumb_progress *at)
{
    progress->at = *at;
    snprintf(progress->action, sizeof(progress->action), "%s", at->action ? at->action : "");
    snprintf(progress->object, sizeof(progress->object), "%s", at->object ? at->object : "");
    progress->at.action = at->action ? progress->action : NULL;
    progress->at.object = progress->object;
    clock_gettime(CLOCK_MONOTONIC, &progress->begun);
}

static void show_live(struct progress *progress, const struct plumb_progress *at)
{
    note_step(progress, at);
    if (at->action)
        draw(progress);
    else
        fprintf(stderr, "\r\033[Kverifying ...");
}

static void show(const struct plumb_progress *at, void *context)
{
    struct progress *progress = context;

    if (at->phase != PLUMB_APPLYING && at->phase != PLUMB_VERIFYING)
        return;
    pthread_mutex_lock(&progress->mutex);
    if (at->attempt > progress->attempt)
        fprintf(stderr, "%swaiting for a lock took too long%s%s: attempt %d\n",
                progress->live ? "\r\033[K" : "", at->blockers ? ", held by " : "",
                at->blockers ? at->blockers : "", at->attempt);
    progress->attempt = at->attempt;
    if (progress->live)
        show_live(progress, at);
    else if (at->action && at->seconds >= 0)
        fprintf(stderr, "[%zu/%zu] %s %s, %.3f s\n", at->step, at->count, at->action, at->object,
                at->seconds);
    fflush(stderr);
    pthread_mutex_unlock(&progress->mutex);
}

/* Signals are for the thread that applies. */
static void start_clock(struct progress *progress)
{
    sigset_t all, former;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &former);
    progress->ticking = pthread_create(&progress->clock, NULL, tick, progress) == 0;
    pthread_sigmask(SIG_SETMASK, &former, NULL);
}

struct progress *progress_begin(struct arena *arena, struct plumb_control *control)
{
    struct progress *progress = ARENA_NEW(arena, struct progress);
    pthread_condattr_t monotonic;

    progress->control = control;
    progress->live = isatty(STDERR_FILENO);
    progress->attempt = 1;
    pthread_mutex_init(&progress->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&progress->ended, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (progress->live)
        start_clock(progress);
    plumb_control_listen(control, show, progress);
    return progress;
}

void progress_end(struct progress *progress)
{
    if (!progress)
        return;
    plumb_control_listen(progress->control, NULL, NULL);
    pthread_mutex_lock(&progress->mutex);
    progress->over = true;
    pthread_cond_signal(&progress->ended);
    pthread_mutex_unlock(&progress->mutex);
    if (progress->ticking)
        pthread_join(progress->clock, NULL);
    if (progress->live)
        fprintf(stderr, "\r\033[K");
    pthread_cond_destroy(&progress->ended);
    pthread_mutex_destroy(&progress->mutex);
}
