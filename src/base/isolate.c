#include "epistograph/isolate.h"

#include "child.h"
#include "epistograph/error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct outcome {
	int status;
	struct error err;
};

void *isolate_alloc(size_t size)
{
	void *memory = mmap(NULL, size ? size : 1, PROT_READ | PROT_WRITE,
	                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED) {
		fprintf(stderr, "epistograph: out of memory (%zu bytes shared)\n", size);
		abort();
	}
	return memory;
}

void isolate_free(void *memory, size_t size)
{
	if (memory)
		munmap(memory, size ? size : 1);
}

static void be_child(int (*work)(void *context, struct error *err), void *context,
                     struct outcome *outcome)
{
	child_begin();
	outcome->status = work(context, &outcome->err);
	_exit(0);               /* not exit(): buffers and handles are the parent's */
}

int isolate_run(int (*work)(void *context, struct error *err), void *context,
                const char *what, struct error *err)
{
	struct outcome *outcome = isolate_alloc(sizeof *outcome);
	int ended, status = -1;

	outcome->status = -1;
	pid_t child = fork();
	if (child == 0)
		be_child(work, context, outcome);
	if (child < 0) {
		error_set(err, "cannot %s: no new process: %s", what, strerror(errno));
		goto free_outcome;
	}
	while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(ended))
		error_set(err, "cannot %s: the process doing it was ended by %s", what,
		          strsignal(WTERMSIG(ended)));
	else if (WEXITSTATUS(ended) != 0)
		error_set(err, "cannot %s: the process doing it ended with status %d", what,
		          WEXITSTATUS(ended));
	else if (outcome->status != 0)
		error_set(err, "%s", outcome->err.message);
	else
		status = 0;

free_outcome:
	isolate_free(outcome, sizeof *outcome);
	return status;
}
