/* measure.c - run a command some times: best wall time, peak memory
 *
 * usage: measure [-n RUNS] [-b SHELL_COMMAND] COMMAND [ARGUMENT]...
 *
 * -b is run before each run and not measured. What the command prints is thrown
 * away. Prints one line of four numbers with tabs between: seconds (best), KiB
 * resident in the largest process (ru_maxrss, mapped files included), KiB of own
 * memory summed over all its processes at once (RssAnon, sampled each 100 ms: to look
 * takes processor time itself), and the exit status of the worst run. */
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct measured { double seconds; long peak_kib, own_kib; int status; };

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A field of /proc/PID/status in KiB; 0 if the process is gone. */
static long status_field(const char *pid, const char *field)
{
	char path[64], *text = NULL;
	long kib = 0;

	snprintf(path, sizeof path, "/proc/%.16s/status", pid);
	if (g_file_get_contents(path, &text, NULL, NULL)) {
		const char *at = strstr(text, field);
		kib = at ? strtol(at + strlen(field), NULL, 10) : 0;
	}
	g_free(text);
	return kib;
}

static bool in_group(const char *pid, pid_t group)
{
	char path[64], *text = NULL;
	int found = -1;

	snprintf(path, sizeof path, "/proc/%.16s/stat", pid);
	if (g_file_get_contents(path, &text, NULL, NULL)) {
		const char *after_name = strrchr(text, ')');
		if (!after_name || sscanf(after_name, ") %*c %*d %d", &found) != 1)
			found = -1;
	}
	g_free(text);
	return found == group;
}

static long own_memory(pid_t group)
{
	GDir *processes = g_dir_open("/proc", 0, NULL);
	const char *name;
	long kib = 0;

	while (processes && (name = g_dir_read_name(processes)))
		if (g_ascii_isdigit(name[0]) && in_group(name, group))
			kib += status_field(name, "RssAnon:");
	if (processes)
		g_dir_close(processes);
	return kib;
}

static void become(char **command)
{
	int null = open("/dev/null", O_WRONLY);
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setpgid(0, 0);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execvp(command[0], command);
	_exit(127);
}

static struct measured measure(char **command)
{
	const struct timespec interval = { .tv_nsec = 100 * 1000 * 1000 };
	struct measured measured = { 0 };
	struct rusage usage;
	sigset_t child_ended;
	int status;

	sigemptyset(&child_ended);
	sigaddset(&child_ended, SIGCHLD);
	double begin = seconds_now();
	pid_t child = fork();
	if (child == 0)
		become(command);
	setpgid(child, child);
	while (wait4(child, &status, WNOHANG, &usage) == 0) {
		measured.own_kib = MAX(measured.own_kib, own_memory(child));
		sigtimedwait(&child_ended, NULL, &interval);    /* wakes at once when it ends */
	}
	measured.seconds = seconds_now() - begin;
	measured.peak_kib = usage.ru_maxrss;
	measured.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return measured;
}

int main(int argc, char **argv)
{
	struct measured best = { .seconds = 1e9 };
	const char *before = NULL;
	int runs = 1, option;
	sigset_t child_ended;

	while ((option = getopt(argc, argv, "+n:b:")) != -1) {
		if (option == 'n')
			runs = MAX(1, atoi(optarg));
		else if (option == 'b')
			before = optarg;
		else
			return 2;
	}
	if (optind == argc) {
		fputs("usage: measure [-n RUNS] [-b SHELL_COMMAND] COMMAND [ARGUMENT]...\n",
		      stderr);
		return 2;
	}
	for (int i = 0; i < runs; i++) {
		if (before && system(before) != 0)
			return 3;
		sigemptyset(&child_ended);
		sigaddset(&child_ended, SIGCHLD);
		sigprocmask(SIG_BLOCK, &child_ended, NULL);
		struct measured run = measure(argv + optind);
		best.seconds = MIN(best.seconds, run.seconds);
		best.peak_kib = MAX(best.peak_kib, run.peak_kib);
		best.own_kib = MAX(best.own_kib, run.own_kib);
		best.status = MAX(best.status, run.status);
	}
	printf("%.3f\t%ld\t%ld\t%d\n", best.seconds, best.peak_kib, best.own_kib, best.status);
	return 0;
}
