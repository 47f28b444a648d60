#include "epistograph/error.h"

#include "epistograph/text.h"

#include <glib.h>

#include <stdarg.h>
#include <string.h>

/* Keep the line whole and harmless: what a path or a header brings along must
 * not break it or act on a terminal. Cut at a character. */
static void keep(struct error *err, const char *text)
{
	GString *line = g_string_new(NULL);

	text_append_visible(line, text);
	if (line->len >= sizeof err->message) {
		const char *end = g_utf8_find_prev_char(line->str, line->str + sizeof err->message - 3);

		g_string_truncate(line, end ? (gsize)(end - line->str) : 0);
		g_string_append(line, "…");
	}
	memcpy(err->message, line->str, line->len + 1);
	g_string_free(line, TRUE);
}

int error_set(struct error *err, const char *format, ...)
{
	va_list arguments;

	if (!err || err->message[0])
		return -1;
	va_start(arguments, format);
	char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	keep(err, text);
	g_free(text);
	return -1;
}

int error_at(struct error *err, const char *path, int64_t offset, const char *format, ...)
{
	va_list arguments;

	if (!err || err->message[0])
		return -1;
	va_start(arguments, format);
	char *what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	char *text = offset < 0 ? g_strdup_printf("%s: %s", path, what)
	                        : g_strdup_printf("%s:%" G_GINT64_FORMAT ": %s", path, offset, what);
	keep(err, text);
	g_free(text);
	g_free(what);
	return -1;
}

const char *error_without_place(const char *message, const char *path)
{
	if (!g_str_has_prefix(message, path) || message[strlen(path)] != ':')
		return message;
	message += strlen(path) + 1;
	size_t digits = strspn(message, "0123456789");
	if (digits && message[digits] == ':')
		message += digits + 1;
	return message + strspn(message, " ");
}
