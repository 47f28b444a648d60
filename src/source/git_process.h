/* git_process.h - git, asked about the objects of a repository that nobody trusts
 *
 * git runs what a repository's configuration tells it to. So it is started in a
 * repository of our own, empty and for this purpose only, and of the other one
 * it sees the folder of objects and nothing else: no configuration, hooks, refs,
 * attributes, replacements. It is kept from any transport and ends with us. */
#ifndef SOURCE_GIT_PROCESS_H
#define SOURCE_GIT_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

struct error;

/* The repository of our own, in the folder for temporary files: made whenever git begins,
 * and needed until it gives its first answer. */
struct git_place {
	char *folder;                   /* NULL: there is none now */
	char *repository;               /* whose objects are looked at */
	bool wide;                      /* their names are SHA-256 */
	void (*alive)(void *context);   /* called while git is waited for, or NULL */
	void *context;
};

/* repository: the git directory. */
void git_place_init(struct git_place *place, const char *repository, bool wide);
void git_place_remove(struct git_place *place);
void git_place_clear(struct git_place *place);

/* git at work. */
struct git_process {
	struct git_place *place;        /* borrowed */
	GPid pid;                       /* 0: not running */
	int in, out;                    /* -1: closed */
	uint8_t *bytes;
	size_t at, fill;                /* of bytes: what was read from git and not taken */
	bool ended;                     /* git has closed its output */
	GString *line;
};
#define GIT_PROCESS_NONE { .in = -1, .out = -1 }

/* Start git with arguments, NULL-terminated, the first one "git". input is what it reads
 * from standard input; with NULL it is asked by git_process_ask(). -1 with *err if git is
 * not installed. git_process_end() in any case. */
int git_process_begin(struct git_process *process, struct git_place *place,
                      const char *const *arguments, const char *input, struct error *err);
int git_process_ask(struct git_process *process, const char *text, struct error *err);

/* The next line without its end, in process->line: 1, 0 at the end, -1 with *err. */
int git_process_line(struct git_process *process, struct error *err);

/* Up to room bytes: how many, 0 at the end, -1 with *err. bytes NULL: pass over them. */
int64_t git_process_read(struct git_process *process, uint8_t *bytes, size_t room,
                         struct error *err);

/* True if git had ended by itself, content. A running one is stopped. */
bool git_process_end(struct git_process *process);

#endif
