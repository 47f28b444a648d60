#include "git_process.h"

#include "epistograph/error.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define READ_BYTES (64 << 10)
#define LINE_MAX_BYTES (64 << 10)

/* To go through the longest histories there are takes git a minute before the first
 * line comes. */
#define SILENCE_S 600

/* What git may allocate: a hostile delta must not exhaust the machine. */
#define DATA_MAX (INT64_C(4) << 30)

/* ---- a repository of our own ---- */

static const char configuration[] =
	"[core]\n"
	"\trepositoryformatversion = %d\n"
	"\tbare = true\n"
	"\tcommitGraph = false\n"          /* these repeat what objects say, and might not */
	"\tmultiPackIndex = false\n"
	"\tbigFileThreshold = 16m\n"       /* what is larger is not held in memory as a whole */
	"%s";

static bool write_file(const char *folder, const char *name, const char *text)
{
	char *path = g_build_filename(folder, name, NULL);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	size_t size = strlen(text);
	bool written = fd >= 0 && write(fd, text, size) == (ssize_t)size;

	if (fd >= 0)
		close(fd);
	g_free(path);
	return written;
}

static bool fill_place(const char *folder, bool wide)
{
	char *refs = g_build_filename(folder, "refs", NULL);
	char *config = g_strdup_printf(configuration, wide,
	                               wide ? "[extensions]\n\tobjectFormat = sha256\n" : "");
	bool filled = g_mkdir(refs, 0700) == 0 && write_file(folder, "config", config) &&
	              write_file(folder, "HEAD", "ref: refs/heads/none\n");

	g_free(config);
	g_free(refs);
	return filled;
}

/* All that git gets to know; nothing of the user's own environment. g_strfreev(). */
static char **make_environment(const struct git_place *place)
{
	const char *const variables[][2] = {
		{ "PATH", g_getenv("PATH") != NULL ? g_getenv("PATH") : "" },
		{ "LC_ALL", "C" }, { "HOME", "/nonexistent" }, { "GIT_CONFIG_NOSYSTEM", "1" },
		{ "GIT_CONFIG_GLOBAL", "/dev/null" }, { "GIT_ATTR_NOSYSTEM", "1" },
		{ "GIT_TERMINAL_PROMPT", "0" }, { "GIT_ALLOW_PROTOCOL", "none" },
		{ "GIT_NO_LAZY_FETCH", "1" }, { "GIT_NO_REPLACE_OBJECTS", "1" },
		{ "GIT_OPTIONAL_LOCKS", "0" }, { "GIT_PAGER", "cat" }, { "GIT_DIR", place->folder },
	};
	char *objects = g_build_filename(place->repository, "objects", NULL);
	char *shallow = g_build_filename(place->repository, "shallow", NULL);
	char **environment = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(variables); i++)
		environment = g_environ_setenv(environment, variables[i][0], variables[i][1], TRUE);
	environment = g_environ_setenv(environment, "GIT_OBJECT_DIRECTORY", objects, TRUE);
	environment = g_environ_setenv(environment, "GIT_SHALLOW_FILE", shallow, TRUE);
	g_free(shallow);
	g_free(objects);
	return environment;
}

static int make_place(struct git_place *place, struct error *err)
{
	/* git is not started in the current folder. */
	char *tmp = g_canonicalize_filename(g_get_tmp_dir(), NULL);
	char *folder = g_build_filename(tmp, "epistograph-XXXXXX", NULL);

	g_free(tmp);
	if (g_mkdtemp(folder) == NULL) {
		error_set(err, "a folder for git cannot be made in %s: %s", g_get_tmp_dir(),
		          g_strerror(errno));
		g_free(folder);
		return -1;
	}
	place->folder = folder;
	return fill_place(folder, place->wide) ? 0 :
	       error_set(err, "a folder for git cannot be filled in %s: %s", g_get_tmp_dir(),
	                 g_strerror(errno));
}

void git_place_init(struct git_place *place, const char *repository, bool wide)
{
	*place = (struct git_place){
		.repository = g_canonicalize_filename(repository, NULL), .wide = wide,
	};
}

void git_place_remove(struct git_place *place)
{
	static const char *const names[] = { "config", "HEAD", "refs", "" };

	for (size_t i = 0; place->folder != NULL && i < G_N_ELEMENTS(names); i++) {
		char *path = g_build_filename(place->folder, names[i], NULL);

		g_remove(path);
		g_free(path);
	}
	g_clear_pointer(&place->folder, g_free);
}

void git_place_clear(struct git_place *place)
{
	git_place_remove(place);
	g_free(place->repository);
	*place = (struct git_place){ 0 };
}

/* ---- starting and ending ---- */

/* In git's process, before it begins. */
static void restrain(gpointer unused)
{
	struct rlimit data = { DATA_MAX, DATA_MAX }, core = { 0, 0 };

	(void)unused;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_DATA, &data);
	setrlimit(RLIMIT_CORE, &core);
	signal(SIGPIPE, SIG_DFL);
}

/* The file git reads, gone as soon as git has ended; -1 if it cannot be made. */
static int open_input(const char *text)
{
	int fd = memfd_create("epistograph", MFD_CLOEXEC);
	size_t size = strlen(text), at = 0;
	ssize_t put;

	while (fd >= 0 && at < size && (put = write(fd, text + at, size - at)) > 0)
		at += (size_t)put;
	if (fd >= 0 && (at < size || lseek(fd, 0, SEEK_SET) < 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

int git_process_begin(struct git_process *process, struct git_place *place,
                      const char *const *arguments, const char *input, struct error *err)
{
	int pair[2] = { -1, -1 };
	GError *error = NULL;

	*process = (struct git_process){
		.place = place, .in = -1, .out = -1, .bytes = g_malloc(READ_BYTES),
		.line = g_string_new(NULL),
	};
	if (place->folder == NULL && make_place(place, err) < 0)
		return -1;
	if (input != NULL)
		pair[1] = open_input(input);
	else if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		pair[1] = -1;
	if (pair[1] < 0)
		return error_set(err, "git cannot be given its input: %s", g_strerror(errno));
	char **environment = make_environment(place);
	bool begun = g_spawn_async_with_pipes_and_fds(
		"/", arguments, (const char *const *)environment,
		G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, restrain, NULL,
		pair[1], -1, -1, NULL, NULL, 0, &process->pid, NULL, &process->out, NULL, &error);
	g_strfreev(environment);
	close(pair[1]);
	process->in = pair[0];
	if (!begun)
		error_set(err, "a git repository: git, which reads it, cannot be started%s",
		          g_error_matches(error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT)
		          ? " (it is not installed)" : "");
	g_clear_error(&error);
	return begun ? 0 : -1;
}

bool git_process_end(struct git_process *process)
{
	int status = -1;

	if (process->in >= 0)
		close(process->in);
	if (process->out >= 0)
		close(process->out);
	if (process->pid > 0) {
		/* Who has ended by itself is a zombie by now, which no signal reaches. */
		if (!process->ended)
			kill(process->pid, SIGKILL);
		while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
			;
		g_spawn_close_pid(process->pid);
	}
	if (process->line != NULL)
		g_string_free(process->line, TRUE);
	g_free(process->bytes);
	*process = (struct git_process)GIT_PROCESS_NONE;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* ---- asking and reading ---- */

int git_process_ask(struct git_process *process, const char *text, struct error *err)
{
	size_t size = strlen(text);

	/* A socket takes it at once, and asking one who has died is no signal then. */
	return send(process->in, text, size, MSG_NOSIGNAL) == (ssize_t)size
	       ? 0 : error_set(err, "git has ended unexpectedly");
}

/* Have some bytes at hand: 1, 0 at the end, -1 with *err. */
static int fill(struct git_process *process, struct error *err)
{
	struct pollfd wait = { .fd = process->out, .events = POLLIN };
	const struct git_place *place = process->place;

	if (process->at < process->fill)
		return 1;
	for (int silence_s = 0; silence_s < SILENCE_S; silence_s++) {
		int ready = poll(&wait, 1, 1000);

		if (place->alive != NULL)
			place->alive(place->context);
		if (ready == 0 || (ready < 0 && errno == EINTR))
			continue;
		ssize_t got = read(process->out, process->bytes, READ_BYTES);

		if (got < 0 && errno == EINTR)
			continue;
		process->at = 0;
		process->fill = got > 0 ? (size_t)got : 0;
		process->ended = got == 0;
		return got > 0 ? 1 : got == 0 ? 0
		       : error_set(err, "git cannot be read from: %s", g_strerror(errno));
	}
	return error_set(err, "git has been silent for too long");
}

int git_process_line(struct git_process *process, struct error *err)
{
	int got;

	g_string_truncate(process->line, 0);
	while ((got = fill(process, err)) > 0) {
		const uint8_t *from = process->bytes + process->at;
		size_t left = process->fill - process->at;
		const uint8_t *end = memchr(from, '\n', left);
		size_t size = end != NULL ? (size_t)(end - from) : left;

		if (process->line->len + size > LINE_MAX_BYTES)
			return error_set(err, "git gives a line that is too long");
		g_string_append_len(process->line, (const char *)from, (gssize)size);
		process->at += size + (end != NULL);
		if (end != NULL)
			return 1;
	}
	return got;
}

int64_t git_process_read(struct git_process *process, uint8_t *bytes, size_t room,
                         struct error *err)
{
	int got = fill(process, err);
	size_t size = MIN(room, process->fill - process->at);

	if (got <= 0)
		return got;
	if (bytes != NULL)
		memcpy(bytes, process->bytes + process->at, size);
	process->at += size;
	return (int64_t)size;
}
