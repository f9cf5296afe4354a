/* Streams, folders and commands that are closed should the operation fail (operation.h). */
#ifndef PLUMB_CORE_STREAM_H
#define PLUMB_CORE_STREAM_H

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>

#include "core/buffer.h"

/* fopen and fclose, opendir and closedir. */
FILE *stream_open(const char *path, const char *mode);
int stream_close(FILE *stream);
DIR *folder_open(const char *path);
void folder_close(DIR *stream);

/* Appends whatever is left in the stream; false where reading fails, with errno. */
bool stream_read(FILE *stream, struct buffer *bytes);

/* Has the shell run a command, whose standard output can be read; NULL with errno. command_close waits for
 * its end and gives what waitpid does, -1 with errno. */
FILE *command_open(const char *command);
int command_close(FILE *stream);

#endif
