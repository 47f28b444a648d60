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
#define BUFFER_BYTES (1 << 16)

struct outfile {
	FILE *stream;           /* writes through write_bytes() */
	int fd;                 /* -1 if not open */
	int problem;            /* the errno of the first write that failed; 0 if none did */
	char *path;             /* as given, for messages; NULL for standard output */
	char *place;            /* where it goes: path with symbolic links followed */
	char *temporary;        /* NULL if written in place (a device, a pipe) or without a name */
	bool unnamed;           /* has no name until commit: a killed program leaves nothing */
};

/* What /dev/stdout and /dev/fd/3 lead to: an open file, and no path. */
static bool is_open_file(const char *path)
{
	return g_str_has_prefix(path, "/proc/");
}

/* A link stays a link: the file it points to is the one replaced. Of a link to
 * nothing, the place where that file is to be. g_free(), NULL with errno. */
static char *follow_links(const char *path)
{
	char *place = g_strdup(path), *target;

	for (int i = 0; i < LINKS_MAX; i++) {
		target = is_open_file(place) ? NULL : g_file_read_link(place, NULL);
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

	if (is_open_file(path))
		return false;
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

static int open_place(struct outfile *file)
{
	if (g_file_test(file->place, G_FILE_TEST_IS_DIR)) {
		errno = EISDIR;
		return -1;
	}
	if (!is_replaceable(file->place))
		return open(file->place, O_WRONLY | O_APPEND | O_CLOEXEC);
	int fd = open_unnamed(file->place);
	file->unnamed = fd >= 0;
	return fd < 0 ? open_named(file) : fd;
}

/* A stream keeps that a write failed, but not why: that is kept here. */
static ssize_t write_bytes(void *cookie, const char *bytes, size_t size)
{
	struct outfile *file = cookie;
	size_t done = 0;

	while (done < size && !file->problem) {
		ssize_t count = write(file->fd, bytes + done, size - done);

		if (count > 0)
			done += (size_t)count;
		else if (count == 0 || errno != EINTR)
			file->problem = count < 0 && errno ? errno : EIO;
	}
	return file->problem ? 0 : (ssize_t)done;
}

static void make_stream(struct outfile *file)
{
	file->stream = fopencookie(file, "wb", (cookie_io_functions_t){ .write = write_bytes });
	if (!file->stream)
		g_error("no memory for a stream");
	setvbuf(file->stream, NULL, _IOFBF, BUFFER_BYTES);
}

struct outfile *outfile_open(const char *path, struct error *err)
{
	struct outfile *file;

	if (!*path) {
		error_set(err, "the file to write needs a name");
		return NULL;
	}
	file = g_new0(struct outfile, 1);
	file->fd = -1;
	if (strcmp(path, "-") == 0) {
		fflush(stdout);
		file->fd = STDOUT_FILENO;
		make_stream(file);
		return file;
	}
	file->path = g_strdup(path);
	file->place = follow_links(path);
	if (file->place)
		file->fd = open_place(file);
	if (file->fd >= 0) {
		make_stream(file);
		return file;
	}
	error_set(err, "cannot write %s: %s", path, g_strerror(errno));
	outfile_discard(file);
	return NULL;
}

FILE *outfile_stream(struct outfile *file)
{
	return file->stream;
}

/* Give what was written without a name a temporary one. 0 or -1 with errno. */
static int give_name(struct outfile *file)
{
	char *from = g_strdup_printf("/proc/self/fd/%d", file->fd);
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

/* Close what is open; an errno is kept. */
static void close_all(struct outfile *file)
{
	if (file->stream)
		fclose(file->stream);
	file->stream = NULL;
	if (file->path && file->fd >= 0 && close(file->fd) < 0 && !file->problem)
		file->problem = errno;
	file->fd = -1;
}

/* Bring everything to its place; 0 or an errno. */
static int finish(struct outfile *file)
{
	fflush(file->stream);   /* what fails is kept in problem */
	if (!file->problem && file->unnamed && give_name(file) < 0)
		file->problem = errno;
	close_all(file);
	if (!file->problem && file->temporary && rename(file->temporary, file->place) < 0)
		file->problem = errno;
	if (!file->problem)
		g_clear_pointer(&file->temporary, g_free);
	return file->problem;
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
	close_all(file);
	if (file->temporary)
		unlink(file->temporary);
	g_free(file->temporary);
	g_free(file->place);
	g_free(file->path);
	g_free(file);
}
