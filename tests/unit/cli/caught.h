/* What is printed to stderr or stdout meanwhile, for tests. */
#ifndef PLUMB_TESTS_CLI_CAUGHT_H
#define PLUMB_TESTS_CLI_CAUGHT_H

#include <stdio.h>
#include <unistd.h>

struct caught {
    FILE *stream; /* whose descriptor is another meanwhile */
    FILE *file;
    int before;
    char text[8192];
};

static inline void catch_begin(struct caught *caught, FILE *stream)
{
    fflush(stream);
    caught->stream = stream;
    caught->file = tmpfile();
    caught->before = dup(fileno(stream));
    dup2(fileno(caught->file), fileno(stream));
}

/* What was printed, as long as the struct is there. */
static inline const char *catch_end(struct caught *caught)
{
    size_t length;

    fflush(caught->stream);
    dup2(caught->before, fileno(caught->stream));
    close(caught->before);
    rewind(caught->file);
    length = fread(caught->text, 1, sizeof(caught->text) - 1, caught->file);
    caught->text[length] = '\0';
    fclose(caught->file);
    return caught->text;
}

#endif
