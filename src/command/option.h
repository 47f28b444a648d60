/* option.h - one table per command: parsing and help read the same */
#ifndef OPTION_H
#define OPTION_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

struct error;

enum option_type {
	OPTION_FLAG,            /* bool * */
	OPTION_TEXT,            /* const char ** */
	OPTION_LIST,            /* GPtrArray * of const char *: may be given several times */
	OPTION_NUMBER,          /* int64_t *: >= 0 */
	OPTION_REAL,            /* double *: > 0 */
};

struct option_spec {
	const char *name;       /* without the dashes; NULL ends a table */
	char letter;            /* short form, or 0 */
	enum option_type type;
	void *value;            /* where it goes, see the types */
	const char *argument;   /* what help calls the argument; NULL for a flag */
	const char *help;
};

/* Read argv[1..] by the tables (NULL-terminated array of tables). Options may
 * stand before or after operands; "--" ends them. Operands, borrowed, are appended to
 * operands. 0, or -1 with *err naming what is not understood. */
int option_parse(int argc, char **argv, const struct option_spec *const *tables,
                 GPtrArray *operands, struct error *err);

/* Append text in lines of at most 78 columns, all but the first indented; the
 * first starts at `column`. Newlines in text begin paragraphs. */
void option_wrap(GString *out, const char *text, int indent, int column);

/* Append a line or more on an option, aligned. */
void option_help(const struct option_spec *spec, GString *out);

#endif
