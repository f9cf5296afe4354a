/* Cancelling a running statement: KILL QUERY from a session of its own. A signal handler cannot open one,
 * so a thread waits at a pipe from the start; to tell it is to write one byte. It answers by another
 * pipe, since whoever tells it may end the process then. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/operation.h"
#include "mysql/session/connect.h"

struct my_canceller {
    pthread_t thread;
    int ends[2];    /* of the pipe to it */
    int answers[2]; /* of the one back */
    const struct my_url *url;
    unsigned long session;
};

enum { MESSAGE_CANCEL = 'c', MESSAGE_END = 'e', MESSAGE_DONE = 'd' };

enum { LONGEST_WAIT = 2000 }; /* milliseconds */

static void send_message(int end, char message)
{
    ssize_t written = write(end, &message, 1);

    (void)written; /* the pipe has room: nobody tells it more than a few times */
}

static void kill_query(void *argument)
{
    const struct my_canceller *canceller = argument;
    struct error ignored = {0};
    MYSQL *handle = my_connection_open(canceller->url, "", &ignored);
    char sql[64];

    if (!handle)
        return;
    snprintf(sql, sizeof(sql), "KILL QUERY %lu", canceller->session);
    mysql_query(handle, sql);
    mysql_close(handle);
}

static void *wait_for_messages(void *argument)
{
    const struct my_canceller *canceller = argument;
    struct error ignored = {0};
    char message = 0;

    mysql_thread_init();
    /* That it failed cannot be told to anybody: the statement then goes on. */
    while (read(canceller->ends[0], &message, 1) == 1 && message == MESSAGE_CANCEL) {
        operation_try(kill_query, argument, &ignored);
        send_message(canceller->answers[1], MESSAGE_DONE);
    }
    mysql_thread_end();
    return NULL;
}

/* Signals are for the thread that started us: the new one takes none. */
static bool start(struct my_canceller *canceller)
{
    sigset_t all;
    sigset_t before;
    bool started;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    started = pthread_create(&canceller->thread, NULL, wait_for_messages, canceller) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

static void close_pipe(const int ends[2])
{
    close(ends[0]);
    close(ends[1]);
}

static bool open_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

struct my_canceller *my_canceller_new(const struct my_url *url, unsigned long session)
{
    struct my_canceller *canceller = memory_alloc(sizeof(*canceller));

    *canceller = (struct my_canceller){.url = url, .session = session};
    if (!open_pipe(canceller->ends)) {
        memory_free(canceller);
        return NULL;
    }
    if (open_pipe(canceller->answers)) {
        if (start(canceller))
            return canceller;
        close_pipe(canceller->answers);
    }
    close_pipe(canceller->ends);
    memory_free(canceller);
    return NULL;
}

void my_canceller_tell(struct my_canceller *canceller)
{
    struct pollfd answer = {.fd = canceller->answers[0], .events = POLLIN};
    int before = errno; /* of whom the signal has interrupted */
    char message;

    send_message(canceller->ends[1], MESSAGE_CANCEL);
    if (poll(&answer, 1, LONGEST_WAIT) == 1 && read(canceller->answers[0], &message, 1) != 1)
        message = 0;
    errno = before;
}

void my_canceller_free(struct my_canceller *canceller)
{
    if (!canceller)
        return;
    send_message(canceller->ends[1], MESSAGE_END);
    pthread_join(canceller->thread, NULL);
    close_pipe(canceller->ends);
    close_pipe(canceller->answers);
    memory_free(canceller);
}
