/* folder.h - the folder that file after file is in, held open */
#ifndef SOURCE_FOLDER_H
#define SOURCE_FOLDER_H

#include <stddef.h>

/* Following a long path takes the system as long as opening the file at its end, and files
 * of one folder follow each other. */
struct folder {
	int fd;                         /* -1: not open */
	char *path;                     /* of the folder seen last, with its slash; owned */
	size_t size;                    /* of path */
};

#define FOLDER_NONE { .fd = -1 }

/* Where to look for the file at path: the folder, for openat() and the like, and in *name
 * what to look for there. AT_FDCWD and path itself if the folder is new, for it may hold
 * one file only, or cannot be opened; or if there is none to hold it in (NULL). */
int folder_of(struct folder *folder, const char *path, const char **name);

void folder_clear(struct folder *folder);

#endif
