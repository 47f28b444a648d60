/* loadfile_fixture.h - what a table gives, as a text that can be compared */
#ifndef LOADFILE_FIXTURE_H
#define LOADFILE_FIXTURE_H

#include "mail_fixture.h"

#include "../../src/source/container.h"

/* "@offset+size", the member if there is one, and the composed header of each row, or "@offset+size !reason";
 * then the remarks, but for the one that names the columns, as "#kind: text". NULL
 * if it is no table of mail. g_free(). */
static inline char *table_of(const char *bytes, size_t size, const struct source_options *options)
{
	GString *out = g_string_new(NULL);
	struct window window = WINDOW_CLOSED;
	struct container_input input = { .window = &window, .options = options };
	struct container_member member;
	enum source_form form;
	struct error err = { 0 };
	struct raw_message raw;
	const char *kind, *text;
	int got;

	if (!loadfile_form.is_it((const uint8_t *)bytes, MIN(size, WINDOW_HEAD), options))
		return NULL;
	char *path = mail_write(bytes, size);
	assert_int_equal(window_open(&window, path, NULL, &err), 0);
	assert_int_equal(window_hold(&window, 0, WINDOW_HEAD, &err), 0);
	void *file = loadfile_form.open(&input, &form, &err);
	assert_non_null(file);
	assert_int_equal(loadfile_form.next_member(file, &member, &err), 1);
	assert_null(member.name);
	while ((got = loadfile_form.next_message(file, &raw, &err)) > 0) {
		assert_int_equal(raw.end, raw.offset + raw.size);
		g_string_append_printf(out, "@%d+%d", (int)raw.offset, (int)raw.size);
		if (raw.member != NULL)
			g_string_append_printf(out, " %s", raw.member);
		if (raw.rejected != NULL)
			g_string_append_printf(out, " !%s\n", raw.rejected);
		else
			g_string_append_printf(out, "\n%.*s", (int)raw.header_size, (const char *)raw.header);
		assert_true(raw.rejected != NULL || (raw.composed && raw.record_date == RECORD_DATE_TABLE));
	}
	assert_int_equal(got, 0);
	assert_int_equal(loadfile_form.next_member(file, &member, &err), 0);
	for (size_t i = 1; loadfile_form.remark(file, i, &kind, &text); i++)
		g_string_append_printf(out, "#%s: %s\n", kind, text);
	loadfile_form.close(file);
	window_clear(&window);
	mail_remove(path);
	return g_string_free(out, FALSE);
}

static inline void check_table_with(const char *bytes, const struct source_options *options,
                                    const char *expected)
{
	char *found = table_of(bytes, strlen(bytes), options);

	assert_non_null(found);
	assert_string_equal(found, expected);
	g_free(found);
}

static inline void check_table(const char *bytes, const char *expected)
{
	check_table_with(bytes, NULL, expected);
}

#endif
