#include "epistograph/outfile.h"

#include "epistograph/error.h"

#include <glib.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 40                    /* as many as Linux follows */
#define NAMES_MAX 1000                  /* of temporary files, tried in turn */

struct outfile {
	FILE *stream;
	char *path;             /* as given, for messages; NULL for standard output */
	char *place;            /* where it goes: path with symbolic links followed */
	char *temporary;        /* NULL if written in place (a device, a pipe) or without a name */
	bool unnamed;           /* has no name until commit: a killed program leaves nothing */
};

/* A link stays a link: the file it points to is the one replaced. Of a link to
 * nothing, the place where that file is to be. g_free(), NULL with errno. */
static char *follow_links(const char *path)
{
	char *place = g_strdup(path), *target;

	for (int i = 0; i < LINKS_MAX; i++) {
		target = g_file_read_link(place, NULL);
		if (!target)
			return place;
		char *folder = g_path_get_dirname(place);
		g_free(place);
		place = g_path_is_absolute(target) ? g_strdup(target)
		                                   : g_build_filename(folder, target, NULL);
		g_free(folder);
		g_free(target);
	}
	g_free(place);
	errno = ELOOP;
	return NULL;
}

/* A device or pipe (/dev/stdout, a FIFO) cannot be replaced: written in place. */
static bool is_replaceable(const char *path)
{
	struct stat info;

	return stat(path, &info) < 0 || S_ISREG(info.st_mode);
}

/* Not every file system has files without a name, and they get one through /proc. */
static int open_unnamed(const char *place)
{
	char *folder = g_path_get_dirname(place);
	int fd = access("/proc/self/fd", X_OK) < 0 ? -1
	       : open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);

	g_free(folder);
	return fd;
}

/* The same name for every path, so that the longest name a folder allows still
 * has a temporary one beside it. g_free() */
static char *temporary_name(const char *place, const char *ending)
{
	char *folder = g_path_get_dirname(place);
	char *name = g_strconcat(".epistograph.", ending, NULL);
	char *path = g_build_filename(folder, name, NULL);

	g_free(name);
	g_free(folder);
	return path;
}

static int open_named(struct outfile *file)
{
	mode_t mask = umask(0);

	umask(mask);
	file->temporary = temporary_name(file->place, "XXXXXX");
	int fd = mkstemp(file->temporary);
	if (fd < 0) {
		g_clear_pointer(&file->temporary, g_free);
		return -1;
	}
	if (fchmod(fd, 0666 & ~mask) == 0 || errno == EPERM)
		return fd;
	close(fd);
	return -1;
}

static FILE *open_stream(struct outfile *file)
{
	if (g_file_test(file->place, G_FILE_TEST_IS_DIR)) {
		errno = EISDIR;
		return NULL;
	}
	if (!is_replaceable(file->place))
		return fopen(file->place, "wb");
	int fd = open_unnamed(file->place);
	file->unnamed = fd >= 0;
	if (fd < 0)
		fd = open_named(file);
	return fd < 0 ? NULL : fdopen(fd, "wb");
}

struct outfile *outfile_open(const char *path, struct error *err)
{
	struct outfile *file = g_new0(struct outfile, 1);

	if (strcmp(path, "-") == 0) {
		file->stream = stdout;
		return file;
	}
	if (!*path) {
		error_set(err, "the file to write needs a name");
		g_free(file);
		return NULL;
	}
	file->path = g_strdup(path);
	file->place = follow_links(path);
	file->stream = file->place ? open_stream(file) : NULL;
	if (!file->stream) {
		error_set(err, "cannot write %s: %s", path, g_strerror(errno));
		outfile_discard(file);
		return NULL;
	}
	return file;
}

FILE *outfile_stream(struct outfile *file)
{
	return file->stream;
}

/* Give what was written without a name a temporary one. 0 or -1 with errno. */
static int give_name(struct outfile *file)
{
	char *from = g_strdup_printf("/proc/self/fd/%d", fileno(file->stream));
	int status = -1;

	for (int i = 0; status < 0 && i < NAMES_MAX; i++) {
		char *ending = g_strdup_printf("%d", i);

		g_free(file->temporary);
		file->temporary = temporary_name(file->place, ending);
		g_free(ending);
		status = linkat(AT_FDCWD, from, AT_FDCWD, file->temporary, AT_SYMLINK_FOLLOW);
		if (status < 0 && errno != EEXIST)
			break;
	}
	if (status < 0)
		g_clear_pointer(&file->temporary, g_free);      /* it is not ours */
	g_free(from);
	return status;
}

/* Bring everything to its place; 0 or an errno. */
static int finish(struct outfile *file)
{
	bool failed = ferror(file->stream) != 0;
	int problem = 0;

	errno = 0;              /* a write that failed before is tried again, and says why */
	failed = fflush(file->stream) != 0 || failed;
	if (failed)
		problem = errno ? errno : EIO;
	if (!problem && file->unnamed && give_name(file) < 0)
		problem = errno;
	if (file->path && fclose(file->stream) != 0 && !problem)
		problem = errno;
	file->stream = NULL;
	if (!problem && file->temporary && rename(file->temporary, file->place) < 0)
		problem = errno;
	if (!problem)
		g_clear_pointer(&file->temporary, g_free);
	return problem;
}

int outfile_commit(struct outfile *file, struct error *err)
{
	const char *shown = file->path ? file->path : "standard output";
	int problem = finish(file);

	/* Whoever read our output has seen enough ("| head"): nothing to tell. */
	if (problem && !(problem == EPIPE && !file->path))
		error_set(err, "cannot write %s: %s", shown, g_strerror(problem));
	outfile_discard(file);
	return problem ? -1 : 0;
}

void outfile_discard(struct outfile *file)
{
	if (!file)
		return;
	if (file->stream && file->path)
		fclose(file->stream);
	if (file->temporary)
		unlink(file->temporary);
	g_free(file->temporary);
	g_free(file->place);
	g_free(file->path);
	g_free(file);
}
