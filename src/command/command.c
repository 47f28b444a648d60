#include "command.h"

#include "epistograph/canvas.h"
#include "epistograph/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

void common_init(struct common *common)
{
	*common = (struct common){ .specs = {
		{ "quiet", 'q', OPTION_FLAG, &common->quiet, NULL, "say nothing but errors" },
		{ "verbose", 'v', OPTION_FLAG, &common->verbose, NULL, "say more" },
		{ "help", 'h', OPTION_FLAG, &common->help, NULL, "print this help" },
		{ .name = NULL },
	} };
}

static void append_explanation(const struct command *self, GString *out)
{
	if (*self->name)
		g_string_append_printf(out, "usage: epistograph %s %s\n\n%s\n", self->name, self->arguments,
		                       self->summary);
	g_string_append_c(out, '\n');
	if (*self->details)
		option_wrap(out, self->details, 0, 0);
	if (self->explain)
		self->explain(out);
}

static void print_help(const struct command *self, const struct option_spec *const *tables,
                       const GPtrArray *operands)
{
	GString *out = g_string_new(NULL);
	bool is_one = self->explain_one && self->explain_one(out, operands);

	if (!is_one)
		append_explanation(self, out);
	g_string_append(out, "\nOptions\n");
	for (; *tables; tables++)
		for (const struct option_spec *spec = *tables; spec->name; spec++)
			if (!is_one || !self->takes || self->takes(spec->name, operands))
				option_help(spec, out);
	fputs(out->str, stdout);
	g_string_free(out, TRUE);
}

int command_parse(const struct command *self, int argc, char **argv, struct common *common,
                  const struct option_spec *const *tables, GPtrArray *operands,
                  struct error *err)
{
	if (option_parse(argc, argv, tables, operands, err) < 0)
		return -1;
	if (!common->help)
		return 1;
	print_help(self, tables, operands);
	return 0;
}

int command_make_folder(const char *path, struct error *err)
{
	if (g_mkdir_with_parents(path, 0777) == 0)
		return 0;
	return error_set(err, "cannot make the folder %s: %s", path, g_strerror(errno));
}

int command_terminal_columns(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0)
		return 0;
	return size.ws_col;
}

void command_warn(const char *format, ...)
{
	struct error line = { 0 };
	va_list arguments;

	va_start(arguments, format);
	char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	error_set(&line, "%s", text);
	fprintf(stderr, "epistograph: %s\n", line.message);
	g_free(text);
}

void command_warn_glyphs(void)
{
	int missing = text_missing_glyphs();

	if (missing)
		command_warn("%d characters have no shape in the fonts of this machine and are drawn as "
		             "boxes: install fonts-noto-core, fonts-noto-cjk", missing);
}
