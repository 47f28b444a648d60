#include "option.h"

#include "epistograph/error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HELP_COLUMN 26
#define HELP_WIDTH 78

static const struct option_spec *find(const struct option_spec *const *tables, const char *name,
                                      size_t length, char letter)
{
	for (; *tables; tables++)
		for (const struct option_spec *spec = *tables; spec->name; spec++)
			if (letter ? spec->letter == letter
			           : strlen(spec->name) == length && !strncmp(spec->name, name, length))
				return spec;
	return NULL;
}

static int take(const struct option_spec *spec, const char *text, struct error *err)
{
	char *end = NULL;

	switch (spec->type) {
	case OPTION_FLAG:
		*(bool *)spec->value = true;
		return 0;
	case OPTION_TEXT:
		*(const char **)spec->value = text;
		return 0;
	case OPTION_LIST:
		g_ptr_array_add(spec->value, (char *)text);
		return 0;
	case OPTION_NUMBER:
		errno = 0;
		*(int64_t *)spec->value = g_ascii_strtoll(text, &end, 10);
		if (errno || end == text || *end || *(int64_t *)spec->value < 0)
			return error_set(err, "--%s takes a whole number, not '%s'", spec->name, text);
		return 0;
	case OPTION_REAL:
		*(double *)spec->value = g_ascii_strtod(text, &end);
		if (end == text || *end || !(*(double *)spec->value > 0))
			return error_set(err, "--%s takes a number above 0, not '%s'", spec->name, text);
		return 0;
	}
	return 0;
}

/* One "--name", "--name=value" or "--name value"; *i moves past a value. argv ends
 * with NULL. */
static int parse_long(char **argv, int *i, const struct option_spec *const *tables,
                      struct error *err)
{
	const char *name = argv[*i] + 2;
	size_t length = strcspn(name, "=");
	const struct option_spec *spec = find(tables, name, length, 0);
	const char *value = name[length] ? name + length + 1 : NULL;

	if (!spec)
		return error_set(err, "there is no option --%.*s", (int)length, name);
	if (spec->type == OPTION_FLAG && value)
		return error_set(err, "--%s takes no argument", spec->name);
	if (spec->type != OPTION_FLAG && !value && !(value = argv[++*i]))
		return error_set(err, "--%s needs an argument: %s", spec->name, spec->argument);
	return take(spec, value, err);
}

/* "-qv", "-c FILE", "-cFILE". */
static int parse_short(char **argv, int *i, const struct option_spec *const *tables,
                       struct error *err)
{
	const char *letters = argv[*i] + 1;

	for (; *letters; letters++) {
		const struct option_spec *spec = find(tables, NULL, 0, *letters);

		if (!spec)
			return error_set(err, "there is no option -%c", *letters);
		if (spec->type == OPTION_FLAG) {
			take(spec, NULL, err);
			continue;
		}
		const char *value = letters[1] ? letters + 1 : argv[++*i];
		if (!value)
			return error_set(err, "-%c needs an argument: %s", *letters, spec->argument);
		return take(spec, value, err);
	}
	return 0;
}

int option_parse(int argc, char **argv, const struct option_spec *const *tables,
                 GPtrArray *operands, struct error *err)
{
	bool only_operands = false;

	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];
		int status = 0;

		if (only_operands || word[0] != '-' || !word[1])
			g_ptr_array_add(operands, argv[i]);
		else if (!strcmp(word, "--"))
			only_operands = true;
		else if (word[1] == '-')
			status = parse_long(argv, &i, tables, err);
		else
			status = parse_short(argv, &i, tables, err);
		if (status < 0)
			return -1;
	}
	return 0;
}

void option_wrap(GString *out, const char *text, int indent, int column)
{
	char **words = g_strsplit_set(text, " \n", -1);
	const char *at = text;

	for (char **word = words; *word; word++) {
		int length = (int)g_utf8_strlen(*word, -1);

		if (at > text && at[-1] == '\n')
			column = HELP_WIDTH;    /* a paragraph ends: break here */
		at += strlen(*word) + 1;

		if (column > indent && column + 1 + length > HELP_WIDTH) {
			g_string_append_printf(out, "\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			g_string_append_c(out, ' ');
			column++;
		}
		g_string_append(out, *word);
		column += length;
	}
	g_string_append_c(out, '\n');
	g_strfreev(words);
}

void option_help(const struct option_spec *spec, GString *out)
{
	GString *left = g_string_new("  ");

	if (spec->letter)
		g_string_append_printf(left, "-%c, ", spec->letter);
	g_string_append_printf(left, "--%s", spec->name);
	if (spec->argument)
		g_string_append_printf(left, " %s", spec->argument);
	if (left->len >= HELP_COLUMN)
		g_string_append_printf(left, "\n%*s", HELP_COLUMN, "");
	else
		g_string_append_printf(left, "%*s", (int)(HELP_COLUMN - left->len), "");
	g_string_append(out, left->str);
	option_wrap(out, spec->help, HELP_COLUMN, HELP_COLUMN);
	g_string_free(left, TRUE);
}
