#include "annotations.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"

#include <string.h>

#define FILE_MAX (1 << 20)      /* bytes: some 20,000 events */

void annotation_list_init(struct annotation_list *list)
{
	list->events = g_array_new(FALSE, FALSE, sizeof(struct time_event));
	list->periods = g_array_new(FALSE, FALSE, sizeof(struct time_period));
	list->texts = g_string_chunk_new(1024);
}

void annotation_list_clear(struct annotation_list *list)
{
	g_array_unref(list->events);
	g_array_unref(list->periods);
	g_string_chunk_free(list->texts);
}

static int add_event(struct annotation_list *list, const char *date, const char *text,
                     struct error *err)
{
	struct time_event event = { .text = text };

	if (instant_parse(date, false, &event.instant, err) < 0)
		return -1;
	g_array_append_val(list->events, event);
	return 0;
}

/* days: "2016-06..2016-08", the last included. */
static int add_period(struct annotation_list *list, const char *days, const char *text,
                      struct error *err)
{
	struct time_period period = { .text = text };
	const char *dots = strstr(days, "..");
	char *start = g_strndup(days, (gsize)(dots - days));
	int status = instant_parse(start, false, &period.start, err);

	g_free(start);
	if (status < 0 || instant_parse(dots + 2, true, &period.end, err) < 0)
		return -1;
	if (period.end <= period.start)
		return error_set(err, "the period %s ends before it begins", days);
	g_array_append_val(list->periods, period);
	return 0;
}

int annotation_list_add_event(struct annotation_list *list, const char *text, struct error *err)
{
	const char *equals = strchr(text, '=');

	if (!equals)
		return error_set(err, "--event takes DATE=TEXT, not '%s'", text);
	char *date = g_strndup(text, (gsize)(equals - text));
	int status = add_event(list, date, equals + 1, err);
	g_free(date);
	return status;
}

int annotation_list_add_period(struct annotation_list *list, const char *text, struct error *err)
{
	const char *equals = strchr(text, '='), *dots = strstr(text, "..");

	if (!equals || !dots || dots > equals)
		return error_set(err, "--period takes START..END=TEXT, not '%s'", text);
	char *days = g_strndup(text, (gsize)(equals - text));
	int status = add_period(list, days, equals + 1, err);
	g_free(days);
	return status;
}

/* ---- a file ---- */

/* Cut the cell at *rest off, in place: its quotes are dropped, doubled ones halved. *rest
 * moves behind the comma after it, or becomes NULL. */
static char *next_cell(char **rest)
{
	char *cell = g_strchug(*rest), *to = cell, *from = cell;
	bool quoted = *from == '"';

	if (quoted)
		from++;
	for (; *from && (quoted || *from != ','); from++) {
		if (quoted && *from == '"' && *++from != '"') {
			quoted = false;
			from--;
			continue;
		}
		*to++ = *from;
	}
	*rest = *from ? from + 1 : NULL;
	*to = '\0';
	return g_strstrip(cell);
}

static int read_line(struct annotation_list *list, char *line, struct error *err)
{
	char *rest = line, *date = next_cell(&rest);
	char *text = rest ? next_cell(&rest) : (char *)"";

	if (!*text)
		return error_set(err, "a line is DATE,TEXT");
	text = g_string_chunk_insert(list->texts, text);
	return strstr(date, "..") ? add_period(list, date, text, err)
	                          : add_event(list, date, text, err);
}

static int read_lines(struct annotation_list *list, const char *path, char *bytes,
                      struct error *err)
{
	int status = 0, number = 0;
	char **lines = g_strsplit(g_str_has_prefix(bytes, "\xef\xbb\xbf") ? bytes + 3 : bytes, "\n", -1);

	for (char **line = lines; *line && status == 0; line++) {
		struct error fault = { 0 };

		number++;
		g_strstrip(*line);
		if (!**line || (number == 1 && !g_ascii_strncasecmp(*line, "date", 4)))
			continue;
		if (read_line(list, *line, &fault) < 0)
			status = error_set(err, "%s, line %d: %s", path, number, fault.message);
	}
	g_strfreev(lines);
	return status;
}

int annotation_list_read(struct annotation_list *list, const char *path, struct error *err)
{
	GError *failed = NULL;
	char *bytes = NULL;
	gsize size = 0;
	int status = -1;

	if (!g_file_get_contents(path, &bytes, &size, &failed)) {
		error_set(err, "cannot read the events: %s", failed->message);
		g_error_free(failed);
	} else if (size > FILE_MAX) {
		error_set(err, "%s is no file of events: it has more than 1 MB", path);
	} else if (memchr(bytes, '\0', size) || !g_utf8_validate(bytes, (gssize)size, NULL)) {
		error_set(err, "%s is no file of events: it is not UTF-8", path);
	} else {
		status = read_lines(list, path, bytes, err);
	}
	g_free(bytes);
	return status;
}

struct annotations annotation_list_view(const struct annotation_list *list)
{
	return (struct annotations){
		.events = (const void *)list->events->data, .event_count = (int)list->events->len,
		.periods = (const void *)list->periods->data, .period_count = (int)list->periods->len,
	};
}
