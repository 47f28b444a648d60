/* command.h - the sub-commands, and what all of them do in the same way */
#ifndef COMMAND_H
#define COMMAND_H

#include "option.h"

struct error;

enum status {                   /* exit codes */
	STATUS_DONE = 0,
	STATUS_REJECTED = 1,    /* done, but some input could not be read */
	STATUS_USAGE = 2,
	STATUS_FAILED = 3,
};

struct command {
	const char *name;
	const char *arguments;  /* for the synopsis */
	const char *summary;    /* one line */
	const char *details;    /* paragraphs for help; may be "" */
	void (*explain)(GString *out);  /* appends what help says besides; may be NULL */
	int (*run)(const struct command *self, int argc, char **argv, struct error *err);
	/* Help on what the operands name, instead of all above: appends it, or returns false if they
	 * name nothing. Which options it takes. Both may be NULL. */
	bool (*explain_one)(GString *out, const GPtrArray *operands);
	bool (*takes)(const char *option, const GPtrArray *operands);
};

int command_report(const struct command *self, int argc, char **argv, struct error *err);
int command_read(const struct command *self, int argc, char **argv, struct error *err);
int command_people(const struct command *self, int argc, char **argv, struct error *err);
int command_draw(const struct command *self, int argc, char **argv, struct error *err);
int command_export(const struct command *self, int argc, char **argv, struct error *err);
/* What help says of measures, of charts. */
void command_people_explain(GString *out);
void command_draw_explain(GString *out);
bool command_draw_explain_one(GString *out, const GPtrArray *operands);
bool command_draw_takes(const char *option, const GPtrArray *operands);

int command_alias(const struct command *self, int argc, char **argv, struct error *err);
int command_verify(const struct command *self, int argc, char **argv, struct error *err);
int command_show(const struct command *self, int argc, char **argv, struct error *err);

/* Options every command has. */
struct common {
	bool quiet, verbose, help;
	struct option_spec specs[4];    /* filled by common_init */
};
void common_init(struct common *common);

/* Parse; on --help print the help. 1: go on, 0: done, -1: wrong usage, *err. */
int command_parse(const struct command *self, int argc, char **argv, struct common *common,
                  const struct option_spec *const *tables, GPtrArray *operands,
                  struct error *err);

/* Columns of the terminal, or 0 where standard output is none. */
int command_terminal_columns(void);

/* A warning on standard error: one line, escapes made visible. */
void command_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The warning that the fonts lacked shapes for what was drawn, if they did. */
void command_warn_glyphs(void);

/* Make a folder and those above it, if they are not there. -1 with *err. */
int command_make_folder(const char *path, struct error *err);

#define CASE_DEFAULT "output/case.epistograph"

#endif
