/* inventory.h - which files there are to read, in an order that never varies */
#ifndef EPISTOGRAPH_INVENTORY_H
#define EPISTOGRAPH_INVENTORY_H

#include <stddef.h>
#include <stdint.h>

struct error;

enum inventory_state {
	INVENTORY_FILE,         /* a regular file that could be mail */
	INVENTORY_SPECIAL,      /* FIFO, socket, device: not opened */
	INVENTORY_UNREADABLE,   /* a folder or file the system refuses */
	INVENTORY_REPEATED,     /* reached a second time through a symbolic link, or a link loop */
	INVENTORY_OWN,          /* a case file or other file of epistograph's own (by content) */
	INVENTORY_UNDELIVERED,  /* in the tmp of a Maildir: not read */
	INVENTORY_REPOSITORY,   /* a folder in which git keeps a repository, taken as one source */
	INVENTORY_UNEXAMINED,   /* its folder says that it is a regular file, no more is known yet */
};

struct inventory_entry {
	char *path;             /* as given, or given folder + "/" + names; owned */
	int64_t size;           /* bytes; 0 if not examined, -1 of a repository */
	int64_t modified_ns;    /* used to see that a file changed, never as a date of mail; of a
	                         * repository a number made of its branches, which stays the same
	                         * when git packs it anew */
	enum inventory_state state;
	char *reason;           /* one line for everything that is not read; owned, or NULL */
};

struct inventory {
	struct inventory_entry *entries;        /* owned; ascending by path, byte by byte */
	size_t count;
	struct folder *folder;  /* of the entry examined last; owned */
};

/* List all files below the given paths: folders of any depth (no recursion on
 * the stack), symbolic links followed once, what is in a Maildir's tmp as undelivered, a git
 * repository (a folder with HEAD, objects and refs, as .git is) as one source. Paths given
 * twice or inside each other are listed once. A path that does not exist is an
 * error (-1); whatever else is wrong is an entry with a reason. */
int inventory_take(const char *const *paths, size_t count, struct inventory *inventory,
                   struct error *err);

/* Find out what entry i is if it is unexamined; one that was examined stays as it is. To ask for
 * all files at once takes a tenth of the time it takes to read them: where nothing else
 * needs it, reading begins before. */
void inventory_examine(struct inventory *inventory, size_t i);

void inventory_clear(struct inventory *inventory);

#endif
