#include "epistograph/outfile.h"

#include "epistograph/error.h"

#include <glib.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct outfile {
	FILE *stream;
	char *path;             /* NULL for standard output */
	char *temporary;        /* NULL when written in place: a device, a pipe */
};

/* A device or pipe (/dev/stdout, a FIFO) cannot be replaced: written in place. */
static bool is_replaceable(const char *path)
{
	struct stat info;

	return stat(path, &info) < 0 || S_ISREG(info.st_mode);
}

static FILE *open_temporary(struct outfile *file)
{
	mode_t mask = umask(0);

	umask(mask);
	file->temporary = g_strdup_printf("%s.XXXXXX", file->path);
	int fd = mkstemp(file->temporary);
	if (fd < 0)
		return NULL;
	if (fchmod(fd, 0666 & ~mask) < 0 && errno != EPERM) {
		close(fd);
		unlink(file->temporary);
		return NULL;
	}
	return fdopen(fd, "wb");
}

struct outfile *outfile_open(const char *path, struct error *err)
{
	struct outfile *file = g_new0(struct outfile, 1);

	if (strcmp(path, "-") == 0) {
		file->stream = stdout;
		return file;
	}
	file->path = g_strdup(path);
	if (g_file_test(path, G_FILE_TEST_IS_DIR))
		errno = EISDIR;
	else
		file->stream = is_replaceable(path) ? open_temporary(file) : fopen(path, "wb");
	if (!file->stream) {
		error_set(err, "cannot write %s: %s", path, g_strerror(errno));
		g_free(file->temporary);
		file->temporary = NULL;
		outfile_discard(file);
		return NULL;
	}
	return file;
}

FILE *outfile_stream(struct outfile *file)
{
	return file->stream;
}

int outfile_commit(struct outfile *file, struct error *err)
{
	const char *shown = file->path ? file->path : "standard output";
	bool failed = ferror(file->stream) != 0;

	failed = fflush(file->stream) != 0 || failed;
	int problem = failed ? (errno ? errno : EIO) : 0;
	if (file->path && fclose(file->stream) != 0 && !problem)
		problem = errno;
	file->stream = NULL;
	if (!problem && file->temporary && rename(file->temporary, file->path) < 0)
		problem = errno;
	if (problem)
		error_set(err, "cannot write %s: %s", shown, g_strerror(problem));
	else
		g_clear_pointer(&file->temporary, g_free);
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
	g_free(file->path);
	g_free(file);
}
