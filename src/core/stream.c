/* Streams, folders and commands, noted with the operation that opened them. */
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

static void release_command(void *stream)
{
    pclose(stream);
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

bool stream_read(FILE *stream, struct buffer *bytes)
{
    char piece[16384];
    size_t length;

    while ((length = fread(piece, 1, sizeof(piece), stream)) > 0)
        buffer_append_bytes(bytes, piece, length);
    return !ferror(stream);
}

FILE *command_open(const char *command)
{
    return operation_hold(popen(command, "re"), release_command);
}

int command_close(FILE *stream)
{
    operation_drop(stream);
    return pclose(stream);
}
