/* Streams and folders, noted with the operation that opened them. */
#include "core/stream.h"

#include "core/operation.h"

static void release_stream(void *stream)
{
    fclose(stream);
}

static void release_folder(void *stream)
{
    closedir(stream);
}

FILE *stream_open(const char *path, const char *mode)
{
    return operation_hold(fopen(path, mode), release_stream);
}

int stream_close(FILE *stream)
{
    operation_drop(stream);
    return fclose(stream);
}

DIR *folder_open(const char *path)
{
    return operation_hold(opendir(path), release_folder);
}

void folder_close(DIR *stream)
{
    operation_drop(stream);
    closedir(stream);
}
