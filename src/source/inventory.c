/* inventory.c - which files there are to read, in an order that never varies
 *
 * What the folders hold themselves is listed first, then, in rounds, what symbolic
 * links add to it: so a file found both ways keeps its plain path, whatever order
 * the system gives names in. */
#include "epistograph/inventory.h"

#include "folder.h"
#include "repository.h"

#include "epistograph/error.h"
#include "epistograph/source.h"

#include <glib.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file or folder, however it is called. */
struct identity {
	dev_t device;
	ino_t inode;
};

/* Where something was first reached. */
struct place {
	struct identity identity;
	char *path;
	bool given;             /* as an argument: meeting it again goes unsaid */
};

struct walk {
	GArray *entries;        /* struct inventory_entry */
	GHashTable *folders;    /* struct identity -> struct place, entered */
	GHashTable *files;      /* the same: given as arguments, or found behind links */
	GPtrArray *todo;        /* paths of folders not entered yet */
	GPtrArray *links;       /* paths of symbolic links not followed yet */
	bool linked;            /* symbolic links are being followed */
};

struct name {
	char *text;
	ino_t inode;
	unsigned char type;     /* DT_... */
};

static guint identity_hash(gconstpointer key)
{
	const struct identity *identity = key;

	return (guint)((identity->inode ^ identity->device << 20) * 2654435761u);
}

static gboolean identity_equal(gconstpointer a, gconstpointer b)
{
	const struct identity *x = a, *y = b;

	return x->device == y->device && x->inode == y->inode;
}

static void place_free(gpointer data)
{
	struct place *place = data;

	g_free(place->path);
	g_free(place);
}

static struct place *place_find(GHashTable *places, const struct stat *status)
{
	struct identity identity = { status->st_dev, status->st_ino };

	return g_hash_table_lookup(places, &identity);
}

/* The first one stays. */
static void place_add(GHashTable *places, struct identity identity, const char *path, bool given)
{
	if (g_hash_table_contains(places, &identity))
		return;
	struct place *place = g_new(struct place, 1);
	*place = (struct place){ identity, g_strdup(path), given };
	g_hash_table_insert(places, &place->identity, place);
}

static void note_status(struct inventory_entry *entry, const struct stat *status)
{
	entry->size = status->st_size;
	entry->modified_ns = (int64_t)status->st_mtim.tv_sec * 1000000000 +
	                     status->st_mtim.tv_nsec;
}

/* Takes reason, which may be NULL. */
static void add_entry(struct walk *walk, const char *path, const struct stat *status,
                      enum inventory_state state, char *reason)
{
	struct inventory_entry entry = { .path = g_strdup(path), .state = state, .reason = reason };

	if (status != NULL)
		note_status(&entry, status);
	g_array_append_val(walk->entries, entry);
	if (walk->linked && status != NULL)
		place_add(walk->files, (struct identity){ status->st_dev, status->st_ino }, path, false);
}

static void add_unreadable(struct walk *walk, const char *path, const char *what, int number)
{
	add_entry(walk, path, NULL, INVENTORY_UNREADABLE,
	          g_strdup_printf("%s: %s", what, g_strerror(number)));
}

/* ---- files ---- */

#define SQLITE_HEADER_SIZE 100
#define SQLITE_ID_OFFSET 68     /* application_id, big endian: sqlite.org/fileformat.html */

/* Is this a case file? The header says so, not the name. */
static bool is_case_file(const char *path)
{
	char header[SQLITE_HEADER_SIZE];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return false;
	ssize_t got = pread(fd, header, sizeof header, 0);
	close(fd);
	return got == sizeof header && memcmp(header, "SQLite format 3", 16) == 0 &&
	       memcmp(header + SQLITE_ID_OFFSET, "EPIS", 4) == 0;
}

/* A case file or what SQLite keeps beside it. Only files with such a name are
 * opened: 72,000 messages need not be opened twice. */
static bool is_own(const char *path)
{
	static const char *const endings[] = { ".epistograph", ".sqlite", ".db" };
	static const char *const companions[] = { "-journal", "-wal", "-shm" };
	char *stem = NULL;
	bool own = false;

	for (size_t i = 0; i < G_N_ELEMENTS(companions) && stem == NULL; i++)
		if (g_str_has_suffix(path, companions[i]))
			stem = g_strndup(path, strlen(path) - strlen(companions[i]));
	const char *database = stem != NULL ? stem : path;
	for (size_t i = 0; i < G_N_ELEMENTS(endings) && !own; i++)
		own = g_str_has_suffix(database, endings[i]) && is_case_file(database);
	g_free(stem);
	return own;
}

static bool is_refused(const char *path, const struct stat *status)
{
	/* Only a file that not everybody may read is worth a question. */
	return !(status->st_mode & S_IROTH) && faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) < 0;
}

/* What a file is by its status. *reason is owned by the caller, NULL for a plain file. */
static enum inventory_state judge(const char *path, const struct stat *status, char **reason)
{
	*reason = NULL;
	if (!S_ISREG(status->st_mode)) {
		const char *kind = S_ISFIFO(status->st_mode) ? "a FIFO" :
		                   S_ISSOCK(status->st_mode) ? "a socket" :
		                   S_ISDIR(status->st_mode) || S_ISLNK(status->st_mode) ?
		                   "no file any more" : "a device";
		*reason = g_strdup_printf("%s, not opened", kind);
		return INVENTORY_SPECIAL;
	}
	if (is_refused(path, status)) {
		*reason = g_strdup_printf("cannot open: %s", g_strerror(EACCES));
		return INVENTORY_UNREADABLE;
	}
	if (is_own(path)) {
		*reason = g_strdup("a case file of epistograph");
		return INVENTORY_OWN;
	}
	return INVENTORY_FILE;
}

static void add_file(struct walk *walk, const char *path, const struct stat *status)
{
	char *reason;
	enum inventory_state state = judge(path, status, &reason);

	add_entry(walk, path, status, state, reason);
}

void inventory_examine(struct inventory *inventory, size_t i)
{
	struct inventory_entry *entry = &inventory->entries[i];
	struct stat status;
	const char *name;

	if (entry->state != INVENTORY_UNEXAMINED)
		return;
	int place = folder_of(inventory->folder, entry->path, &name);
	if (fstatat(place, name, &status, AT_SYMLINK_NOFOLLOW) < 0) {
		entry->state = INVENTORY_UNREADABLE;
		entry->reason = g_strdup_printf("cannot examine: %s", g_strerror(errno));
		return;
	}
	entry->state = judge(entry->path, &status, &entry->reason);
	note_status(entry, &status);
}

/* ---- folders ---- */

static char *join(const char *folder, const char *name)
{
	return g_str_has_suffix(folder, "/") ? g_strconcat(folder, name, NULL)
	                                     : g_strconcat(folder, "/", name, NULL);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct name *)a)->text, ((const struct name *)b)->text);
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void name_clear(void *data)
{
	g_free(((struct name *)data)->text);
}

/* All names in a folder, ascending. 0, or the error number with what was read. */
static int read_names(DIR *folder, GArray *names)
{
	int number;

	for (;;) {
		errno = 0;
		const struct dirent *item = readdir(folder);
		number = errno;
		if (item == NULL)
			break;
		if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
			continue;
		struct name name = { g_strdup(item->d_name), item->d_ino, item->d_type };
		g_array_append_val(names, name);
	}
	if (names->len > 1)
		qsort(names->data, names->len, sizeof(struct name), compare_names);
	return number;
}

static bool holds_folder(GArray *names, const char *text)
{
	struct name key = { .text = (char *)text };
	const struct name *found = names->len == 0 ? NULL :
		bsearch(&key, names->data, names->len, sizeof(struct name), compare_names);

	return found != NULL && (found->type == DT_DIR || found->type == DT_UNKNOWN);
}

static const char *last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* Files being delivered are not mail yet: Maildir's own rule. */
static bool is_tmp_of_maildir(const char *path)
{
	static const char *const others[] = { "cur", "new" };
	bool is = strcmp(last_name(path), "tmp") == 0;
	char *folder = is ? g_path_get_dirname(path) : NULL;

	for (size_t i = 0; is && i < G_N_ELEMENTS(others); i++) {
		char *other = g_build_filename(folder, others[i], NULL);

		is = g_file_test(other, G_FILE_TEST_IS_DIR);
		g_free(other);
	}
	g_free(folder);
	return is;
}

/* Whatever it is, it is one that is not read. */
static void add_undelivered(struct walk *walk, int folder, const char *path,
                            const struct name *name)
{
	struct stat status;
	char *full = join(path, name->text);
	bool known = fstatat(folder, name->text, &status, AT_SYMLINK_NOFOLLOW) == 0;

	add_entry(walk, full, known ? &status : NULL, INVENTORY_UNDELIVERED,
	          g_strdup(UNDELIVERED_REASON));
	g_free(full);
}

/* Is this a file of its own although it shares its content with one given as an
 * argument? A file met again on another way has the same name at least. */
static bool is_hard_link(const char *path, const struct stat *status, const struct place *given)
{
	return given->given && status->st_nlink > 1 &&
	       strcmp(last_name(path), last_name(given->path)) != 0;
}

/* List what a name in an open folder stands for, or put it off. */
static void take_name(struct walk *walk, int folder, const char *path, const struct name *name)
{
	struct stat status;
	char *full = join(path, name->text);
	const struct place *known;

	if (name->type == DT_DIR) {
		g_ptr_array_add(walk->todo, full);
		return;
	}
	if (name->type == DT_LNK) {
		g_ptr_array_add(walk->links, full);
		return;
	}
	if (name->type == DT_REG && !walk->linked && g_hash_table_size(walk->files) == 0) {
		struct inventory_entry entry = { .path = full, .state = INVENTORY_UNEXAMINED };

		g_array_append_val(walk->entries, entry);
		return;
	}
	if (fstatat(folder, name->text, &status, AT_SYMLINK_NOFOLLOW) < 0)
		add_unreadable(walk, full, "cannot examine", errno);
	else if (S_ISDIR(status.st_mode))
		g_ptr_array_add(walk->todo, g_strdup(full));
	else if (S_ISLNK(status.st_mode))
		g_ptr_array_add(walk->links, g_strdup(full));
	else if ((known = place_find(walk->files, &status)) == NULL ||
	         is_hard_link(full, &status, known))
		add_file(walk, full, &status);
	else if (walk->linked)
		add_entry(walk, full, &status, INVENTORY_REPEATED,
		          g_strdup_printf("the same file as %s", known->path));
	g_free(full);
}

/* Note a folder as entered; false if it was before. */
static bool enter(struct walk *walk, const char *path, const struct stat *status, bool given)
{
	const struct place *known = place_find(walk->folders, status);

	if (known == NULL) {
		place_add(walk->folders, (struct identity){ status->st_dev, status->st_ino }, path,
		          given);
		return true;
	}
	if (walk->linked || (!given && !known->given))
		add_entry(walk, path, NULL, INVENTORY_REPEATED,
		          g_strdup_printf("the same folder as %s", known->path));
	return false;
}

static void add_repository(struct walk *walk, const char *path)
{
	struct inventory_entry entry = {
		.path = g_strdup(path), .state = INVENTORY_REPOSITORY, .size = -1,
		.modified_ns = repository_mark(path),
	};

	g_array_append_val(walk->entries, entry);
}

static void walk_folder(struct walk *walk, const char *path, bool given)
{
	struct stat status;
	GArray *names = g_array_new(FALSE, FALSE, sizeof(struct name));
	DIR *folder = opendir(path);

	g_array_set_clear_func(names, name_clear);
	if (folder == NULL) {
		add_unreadable(walk, path, "cannot open the folder", errno);
		goto free_names;
	}
	if (fstat(dirfd(folder), &status) == 0 && !enter(walk, path, &status, given))
		goto close_folder;
	int number = read_names(folder, names);
	if (number != 0)
		add_unreadable(walk, path, "cannot read the whole folder", number);
	bool undelivered = !given && is_tmp_of_maildir(path);
	if (holds_folder(names, "objects") && holds_folder(names, "refs") && repository_is(path)) {
		add_repository(walk, path);
		goto close_folder;
	}
	/* Backwards, so that the folders put off are entered in ascending order. */
	for (guint i = names->len; i-- > 0;) {
		const struct name *name = &g_array_index(names, struct name, i);
		if (undelivered)
			add_undelivered(walk, dirfd(folder), path, name);
		else
			take_name(walk, dirfd(folder), path, name);
	}

close_folder:
	closedir(folder);
free_names:
	g_array_free(names, TRUE);
}

/* Enter the folders put off, and those found in them. */
static void walk_todo(struct walk *walk)
{
	while (walk->todo->len > 0) {
		char *path = g_ptr_array_steal_index(walk->todo, walk->todo->len - 1);
		walk_folder(walk, path, false);
		g_free(path);
	}
}

/* ---- symbolic links ---- */

/* The path of the file a link leads to, if it was found in a folder that was entered:
 * then it is listed. NULL if not. g_free(). */
static char *listed_path(const struct walk *walk, const char *link)
{
	char *real = realpath(link, NULL);
	char *name = real != NULL ? strrchr(real, '/') : NULL;
	const struct place *folder = NULL;
	struct stat status;
	char *path = NULL;

	if (name != NULL) {
		*name++ = '\0';
		if (stat(*real != '\0' ? real : "/", &status) == 0)
			folder = place_find(walk->folders, &status);
		path = folder != NULL ? join(folder->path, name) : NULL;
	}
	free(real);
	return path;
}

static void follow_file_link(struct walk *walk, const char *path, const struct stat *status)
{
	const struct place *known = place_find(walk->files, status);
	char *listed = known != NULL ? g_strdup(known->path) : listed_path(walk, path);

	if (listed != NULL)
		add_entry(walk, path, NULL, INVENTORY_REPEATED,
		          g_strdup_printf("a symbolic link to %s", listed));
	else
		add_file(walk, path, status);
	g_free(listed);
}

static void follow_link(struct walk *walk, const char *path)
{
	struct stat status;
	const struct place *known;

	if (stat(path, &status) < 0) {
		int number = errno;
		if (number == ELOOP)
			add_entry(walk, path, NULL, INVENTORY_REPEATED,
			          g_strdup("a symbolic link that leads to itself"));
		else if (number == ENOENT)
			add_entry(walk, path, NULL, INVENTORY_UNREADABLE,
			          g_strdup("a symbolic link to nothing"));
		else
			add_unreadable(walk, path, "cannot follow the symbolic link", number);
		return;
	}
	if (!S_ISDIR(status.st_mode))
		follow_file_link(walk, path, &status);
	else if ((known = place_find(walk->folders, &status)) != NULL)
		add_entry(walk, path, NULL, INVENTORY_REPEATED,
		          g_strdup_printf("a symbolic link to %s", known->path));
	else
		walk_folder(walk, path, false);
}

/* Follow the links put off in rounds, each in ascending order: links that lie
 * behind links come in the next round. */
static void follow_links(struct walk *walk)
{
	walk->linked = true;
	while (walk->links->len > 0) {
		GPtrArray *round = walk->links;
		walk->links = g_ptr_array_new_with_free_func(g_free);
		qsort(round->pdata, round->len, sizeof(char *), compare_paths);
		for (guint i = 0; i < round->len; i++) {
			follow_link(walk, g_ptr_array_index(round, i));
			walk_todo(walk);
		}
		g_ptr_array_free(round, TRUE);
	}
}

/* ---- arguments ---- */

/* "a///" is "a", "/" stays; nothing else is changed, so that users find again what
 * they typed. */
static char *plain_path(const char *path)
{
	size_t size = strlen(path);

	while (size > 1 && path[size - 1] == '/')
		size--;
	return g_strndup(path, size);
}

/* Ascending and each once; -1 with *err if one does not exist. */
static int sort_arguments(const char *const *paths, size_t count, GPtrArray *sorted,
                          struct error *err)
{
	struct stat status;

	for (size_t i = 0; i < count; i++) {
		g_ptr_array_add(sorted, plain_path(paths[i]));
		const char *path = g_ptr_array_index(sorted, sorted->len - 1);
		if (lstat(path, &status) < 0 && (errno == ENOENT || errno == ENOTDIR))
			return error_at(err, path[0] == '\0' ? "''" : path, -1,
			                "no such file or folder");
	}
	if (sorted->len > 1)
		qsort(sorted->pdata, sorted->len, sizeof(char *), compare_paths);
	for (guint i = sorted->len; i-- > 1;)
		if (strcmp(g_ptr_array_index(sorted, i), g_ptr_array_index(sorted, i - 1)) == 0)
			g_ptr_array_remove_index(sorted, i);
	return 0;
}

/* Files first: a folder given as well does not list them again. */
static void take_file_argument(struct walk *walk, const char *path)
{
	struct stat status;
	const struct place *known;

	if (stat(path, &status) < 0) {
		follow_link(walk, path);        /* a link to nothing, or an error to note */
		return;
	}
	if (S_ISDIR(status.st_mode))
		return;
	known = place_find(walk->files, &status);
	if (known != NULL && !is_hard_link(path, &status, known))
		return;
	place_add(walk->files, (struct identity){ status.st_dev, status.st_ino }, path, true);
	add_file(walk, path, &status);
}

static void take_folder_argument(struct walk *walk, const char *path)
{
	struct stat status;

	if (stat(path, &status) < 0 || !S_ISDIR(status.st_mode))
		return;
	walk_folder(walk, path, true);
	walk_todo(walk);
}

static int compare_entries(const void *a, const void *b)
{
	return strcmp(((const struct inventory_entry *)a)->path,
	              ((const struct inventory_entry *)b)->path);
}

/* ---- order ---- */

/* Entries come folder by folder, each in order, mostly backwards. Merging such runs
 * takes a comparison an entry where qsort() takes eight: paths are long and begin
 * alike, and for 50,000 files this was a fifth of the inventory. */

/* The end of the run that begins at `from`, which ascends then. */
static size_t make_run(struct inventory_entry *entries, size_t from, size_t count)
{
	size_t to = from + 1;

	while (to < count && compare_entries(&entries[to - 1], &entries[to]) > 0)
		to++;
	for (size_t low = from, high = to - 1; low < high; low++, high--) {
		struct inventory_entry entry = entries[low];

		entries[low] = entries[high];
		entries[high] = entry;
	}
	while (to < count && compare_entries(&entries[to - 1], &entries[to]) <= 0)
		to++;
	return to;
}

/* Merge the runs low..middle and middle..high; spare has room for the first. */
static void merge_runs(struct inventory_entry *entries, size_t low, size_t middle, size_t high,
                       struct inventory_entry *spare)
{
	size_t left = 0, left_count = middle - low, right = middle, to = low;

	memcpy(spare, entries + low, left_count * sizeof *spare);
	while (left < left_count)
		entries[to++] = right < high && compare_entries(&entries[right], &spare[left]) < 0
		                ? entries[right++] : spare[left++];
}

static void sort_entries(struct inventory_entry *entries, size_t count)
{
	struct inventory_entry *spare = g_new(struct inventory_entry, count);
	GArray *ends = g_array_new(FALSE, FALSE, sizeof(size_t));      /* of runs, from 0 */

	for (size_t end = 0; end < count;) {
		end = make_run(entries, end, count);
		g_array_append_val(ends, end);
	}
	while (ends->len > 1) {
		guint kept = 0;
		size_t low = 0;

		for (guint i = 0; i < ends->len; i += 2) {
			size_t middle = g_array_index(ends, size_t, i), high = middle;

			if (i + 1 < ends->len) {
				high = g_array_index(ends, size_t, i + 1);
				merge_runs(entries, low, middle, high, spare);
			}
			g_array_index(ends, size_t, kept++) = low = high;
		}
		g_array_set_size(ends, kept);
	}
	g_array_free(ends, TRUE);
	g_free(spare);
}

int inventory_take(const char *const *paths, size_t count, struct inventory *inventory,
                   struct error *err)
{
	GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
	int status = -1;

	*inventory = (struct inventory){ 0 };
	if (sort_arguments(paths, count, arguments, err) < 0)
		goto free_arguments;
	struct walk walk = {
		.entries = g_array_new(FALSE, FALSE, sizeof(struct inventory_entry)),
		.folders = g_hash_table_new_full(identity_hash, identity_equal, NULL, place_free),
		.files = g_hash_table_new_full(identity_hash, identity_equal, NULL, place_free),
		.todo = g_ptr_array_new_with_free_func(g_free),
		.links = g_ptr_array_new_with_free_func(g_free),
	};
	for (guint i = 0; i < arguments->len; i++)
		take_file_argument(&walk, g_ptr_array_index(arguments, i));
	for (guint i = 0; i < arguments->len; i++)
		take_folder_argument(&walk, g_ptr_array_index(arguments, i));
	follow_links(&walk);
	sort_entries((struct inventory_entry *)(void *)walk.entries->data, walk.entries->len);
	inventory->folder = g_new(struct folder, 1);
	*inventory->folder = (struct folder)FOLDER_NONE;
	inventory->count = walk.entries->len;
	inventory->entries = (struct inventory_entry *)(void *)g_array_free(walk.entries, FALSE);
	g_hash_table_destroy(walk.folders);
	g_hash_table_destroy(walk.files);
	g_ptr_array_free(walk.todo, TRUE);
	g_ptr_array_free(walk.links, TRUE);
	status = 0;

free_arguments:
	g_ptr_array_free(arguments, TRUE);
	return status;
}

void inventory_clear(struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++) {
		g_free(inventory->entries[i].path);
		g_free(inventory->entries[i].reason);
	}
	g_free(inventory->entries);
	if (inventory->folder != NULL)
		folder_clear(inventory->folder);
	g_free(inventory->folder);
	*inventory = (struct inventory){ 0 };
}
