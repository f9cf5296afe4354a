/* Cancelling a running statement: KILL QUERY from a session of its own. A signal handler cannot open one,
 * so a thread waits at a pipe from the start; to tell it is to write one byte. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/operation.h"
#include "mysql/connect.h"

struct my_canceller {
    pthread_t thread;
    int ends[2]; /* of the pipe */
    const struct my_url *url;
    unsigned long session;
};

enum { MESSAGE_CANCEL = 'c', MESSAGE_END = 'e' };

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
    while (read(canceller->ends[0], &message, 1) == 1 && message == MESSAGE_CANCEL)
        operation_try(kill_query, argument, &ignored);
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

struct my_canceller *my_canceller_new(const struct my_url *url, unsigned long session)
{
    struct my_canceller *canceller = memory_alloc(sizeof(*canceller));

    *canceller = (struct my_canceller){.url = url, .session = session};
    if (pipe(canceller->ends) != 0) {
        memory_free(canceller);
        return NULL;
    }
    fcntl(canceller->ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(canceller->ends[1], F_SETFD, FD_CLOEXEC);
    if (start(canceller))
        return canceller;
    close(canceller->ends[0]);
    close(canceller->ends[1]);
    memory_free(canceller);
    return NULL;
}

static void send_message(struct my_canceller *canceller, char message)
{
    ssize_t written = write(canceller->ends[1], &message, 1);

    (void)written; /* the pipe has room: nobody tells it more than a few times */
}

void my_canceller_tell(struct my_canceller *canceller)
{
    send_message(canceller, MESSAGE_CANCEL);
}

void my_canceller_free(struct my_canceller *canceller)
{
    if (!canceller)
        return;
    send_message(canceller, MESSAGE_END);
    pthread_join(canceller->thread, NULL);
    close(canceller->ends[0]);
    close(canceller->ends[1]);
    memory_free(canceller);
}
