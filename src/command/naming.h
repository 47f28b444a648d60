/* naming.h - what the case file calls the files that are read */
#ifndef NAMING_H
#define NAMING_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

struct naming {
	char *case_folder;
	const char *const *own; /* borrowed */
	GString *folder;        /* the last path's, as in it; NULL at first */
	GString *name;          /* the last name */
	size_t name_folder;     /* bytes of it that stand for the folder */
};

/* own: names that are no input, NULL-terminated, or NULL. */
void naming_init(struct naming *naming, const char *case_path, const char *const *own);
void naming_clear(struct naming *naming);

/* The way to path from the case file's folder; NULL if it is one of the own files.
 * Borrowed until the next call. */
const char *naming_of(struct naming *naming, const char *path);

#endif
