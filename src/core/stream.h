/* Streams and folders that are closed should the operation fail (operation.h). */
#ifndef PLUMB_CORE_STREAM_H
#define PLUMB_CORE_STREAM_H

#include <dirent.h>
#include <stdio.h>

/* fopen and fclose, opendir and closedir. */
FILE *stream_open(const char *path, const char *mode);
int stream_close(FILE *stream);
DIR *folder_open(const char *path);
void folder_close(DIR *stream);

#endif
