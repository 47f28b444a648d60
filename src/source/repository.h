/* repository.h - a git repository on disk: what tells it, and where its branches end
 *
 * Looked at without git, which trusts a repository's own configuration. No symbolic
 * link in it is followed. */
#ifndef SOURCE_REPOSITORY_H
#define SOURCE_REPOSITORY_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

/* Is the folder what git calls a git directory: NAME.git, or .git in a work tree? */
bool repository_is(const char *folder);

/* A branch, also of a remote, or a HEAD that is on none. */
struct repository_tip {
	char *ref;                      /* "refs/heads/master"; owned */
	char object[65];                /* of its newest commit, in hexadecimal */
};

struct repository {
	GArray *tips;                   /* struct repository_tip, ascending by ref */
	int64_t unread;                 /* refs that could not be understood */
};

void repository_take(const char *folder, struct repository *repository);
void repository_clear(struct repository *repository);

/* A number that is another one as soon as a branch has moved, and stays as it is when
 * git packs the repository anew. Not negative. */
int64_t repository_mark(const char *folder);

#endif
