#include "repository.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REF_SIZE_MAX 4096
#define PACKED_SIZE_MAX (64 << 20)
#define REFS_MAX (1 << 20)

/* The first bytes of a plain file below folder, terminated. NULL if there is none.
 * g_free(). */
static char *read_file(const char *folder, const char *name, size_t most)
{
	char *path = g_build_filename(folder, name, NULL);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
	struct stat status;
	char *text = NULL;

	g_free(path);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
		size_t size = MIN((size_t)status.st_size, most), fill = 0;
		ssize_t got;

		text = g_malloc(size + 1);
		while (fill < size && (got = read(fd, text + fill, size - fill)) > 0)
			fill += (size_t)got;
		text[fill] = '\0';
	}
	close(fd);
	return text;
}

static bool is_folder(const char *folder, const char *name)
{
	char *path = g_build_filename(folder, name, NULL);
	struct stat status;
	bool is = lstat(path, &status) == 0 && S_ISDIR(status.st_mode);

	g_free(path);
	return is;
}

/* Size of the object's name that text begins with, SHA-1 or SHA-256; 0 if none. */
static size_t object_size(const char *text)
{
	size_t size = strspn(text, "0123456789abcdef");

	return (size == 40 || size == 64) && (text[size] == '\0' || g_ascii_isspace(text[size]))
	       ? size : 0;
}

bool repository_is(const char *folder)
{
	char *head = read_file(folder, "HEAD", REF_SIZE_MAX);
	bool is = head != NULL && (g_str_has_prefix(head, "ref: refs/") || object_size(head) > 0) &&
	          is_folder(folder, "objects") && is_folder(folder, "refs");

	g_free(head);
	return is;
}

/* ---- refs ---- */

static const char *const branches[] = { "refs/heads", "refs/remotes" };

static bool is_branch(const char *ref)
{
	for (size_t i = 0; i < G_N_ELEMENTS(branches); i++)
		if (g_str_has_prefix(ref, branches[i]) && ref[strlen(branches[i])] == '/')
			return true;
	return false;
}

static void add_tip(struct repository *repository, const char *ref, const char *object)
{
	struct repository_tip tip = { .ref = g_strdup(ref) };

	memcpy(tip.object, object, object_size(object));
	g_array_append_val(repository->tips, tip);
}

/* A file that holds one ref; one that leads to another is met under that name. */
static void take_loose(struct repository *repository, const char *folder, const char *ref)
{
	char *text = read_file(folder, ref, REF_SIZE_MAX);

	if (text != NULL && object_size(text) > 0)
		add_tip(repository, ref, text);
	else if (text == NULL || !g_str_has_prefix(text, "ref: "))
		repository->unread++;
	g_free(text);
}

/* What is in a folder of refs: files are taken, folders put off. */
static void take_folder(struct repository *repository, const char *folder, const char *name,
                        GPtrArray *todo)
{
	char *path = g_build_filename(folder, name, NULL);
	DIR *opened = is_folder(folder, name) ? opendir(path) : NULL;
	const struct dirent *item;

	while (opened != NULL && repository->tips->len < REFS_MAX && (item = readdir(opened)) != NULL) {
		if (item->d_name[0] == '.' || g_str_has_suffix(item->d_name, ".lock"))
			continue;
		char *ref = g_strconcat(name, "/", item->d_name, NULL);

		if (is_folder(folder, ref) && strlen(ref) < REF_SIZE_MAX)
			g_ptr_array_add(todo, g_steal_pointer(&ref));
		else
			take_loose(repository, folder, ref);
		g_free(ref);
	}
	if (opened != NULL)
		closedir(opened);
	g_free(path);
}

static void take_loose_refs(struct repository *repository, const char *folder)
{
	GPtrArray *todo = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < G_N_ELEMENTS(branches); i++)
		g_ptr_array_add(todo, g_strdup(branches[i]));
	while (todo->len > 0) {
		char *name = g_ptr_array_steal_index(todo, todo->len - 1);

		take_folder(repository, folder, name, todo);
		g_free(name);
	}
	g_ptr_array_free(todo, TRUE);
}

/* Lines "OBJECT REF"; others are remarks, or what a tag leads to. */
static void take_packed_refs(struct repository *repository, const char *folder)
{
	char *text = read_file(folder, "packed-refs", PACKED_SIZE_MAX);
	char *end;

	for (char *line = text; line != NULL && *line != '\0'; line = end) {
		size_t size = object_size(line);

		end = line + strcspn(line, "\n");
		if (*end != '\0')
			*end++ = '\0';
		if (size > 0 && line[size] == ' ' && is_branch(line + size + 1) &&
		    repository->tips->len < REFS_MAX)
			add_tip(repository, line + size + 1, line);
	}
	g_free(text);
}

static void tip_clear(gpointer tip)
{
	g_free(((struct repository_tip *)tip)->ref);
}

static gint compare_tips(gconstpointer a, gconstpointer b)
{
	return strcmp(((const struct repository_tip *)a)->ref, ((const struct repository_tip *)b)->ref);
}

/* Of each ref the first stays: it was loose, and that is newer than what is packed.
 * g_array_sort() keeps the order of equals. */
static void sort_tips(GArray *tips)
{
	struct repository_tip *all = (struct repository_tip *)(void *)tips->data;
	guint kept = 0;

	g_array_sort(tips, compare_tips);
	for (guint i = 0; i < tips->len; i++) {
		struct repository_tip swapped = all[i];

		if (kept > 0 && compare_tips(&all[kept - 1], &swapped) == 0)
			continue;
		all[i] = all[kept];     /* the table frees those behind */
		all[kept++] = swapped;
	}
	g_array_set_size(tips, kept);
}

void repository_take(const char *folder, struct repository *repository)
{
	char *head = read_file(folder, "HEAD", REF_SIZE_MAX);

	*repository = (struct repository){
		.tips = g_array_new(FALSE, TRUE, sizeof(struct repository_tip)),
	};
	g_array_set_clear_func(repository->tips, tip_clear);
	if (head != NULL && object_size(head) > 0)
		add_tip(repository, "HEAD", head);
	g_free(head);
	take_loose_refs(repository, folder);
	take_packed_refs(repository, folder);
	sort_tips(repository->tips);
}

void repository_clear(struct repository *repository)
{
	if (repository->tips != NULL)
		g_array_unref(repository->tips);
	*repository = (struct repository){ 0 };
}

int64_t repository_mark(const char *folder)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	struct repository repository;
	guint8 digest[32];
	gsize size = sizeof digest;
	int64_t mark = 0;

	repository_take(folder, &repository);
	for (guint i = 0; i < repository.tips->len; i++) {
		const struct repository_tip *tip =
			&g_array_index(repository.tips, struct repository_tip, i);

		g_checksum_update(sum, (const guchar *)tip->ref, (gssize)strlen(tip->ref) + 1);
		g_checksum_update(sum, (const guchar *)tip->object, sizeof tip->object);
	}
	repository_clear(&repository);
	g_checksum_get_digest(sum, digest, &size);
	g_checksum_free(sum);
	for (size_t i = 0; i < sizeof mark; i++)
		mark = (int64_t)(((uint64_t)mark << 8 | digest[i]) & INT64_MAX);
	return mark;
}
