#include "signed_form.h"

#include "epistograph/calendar.h"

#include <string.h>

void signed_form_init(struct signed_form *form)
{
	form->whole = g_byte_array_new();
	form->fields = g_array_new(FALSE, FALSE, sizeof(struct slice));
}

void signed_form_clear(struct signed_form *form)
{
	g_byte_array_unref(form->whole);
	g_array_unref(form->fields);
}

/* libopendkim has an option for bare newlines, which spoils folded signatures. So lines are made
 * to end in CR LF here, also those of old Macintosh mail, which end in CR alone, and the last
 * one, as both canonical forms of a body have it. */
static void make_whole_lines(GByteArray *whole, const uint8_t *bytes, size_t size)
{
	static const uint8_t line_end[] = { '\r', '\n' };
	const uint8_t *end = bytes + size;
	char last = memchr(bytes, '\n', size) ? '\n' : '\r';

	g_byte_array_set_size(whole, 0);
	while (bytes < end) {
		const uint8_t *newline = memchr(bytes, last, (size_t)(end - bytes));
		const uint8_t *stop = newline ? newline : end;

		g_byte_array_append(whole, bytes, (guint)(stop - bytes));
		if (!newline || newline == bytes || last == '\r' || newline[-1] != '\r')
			g_byte_array_append(whole, line_end, 2);
		else
			g_byte_array_append(whole, line_end + 1, 1);
		bytes = newline ? newline + 1 : end;
	}
}

/* The body begins behind the first blank line; what stands before that and is no field is
 * left out. All lines are whole. */
static size_t find_body(const GByteArray *whole, const char *at)
{
	const char *begin = (const char *)whole->data, *end = begin + whole->len;

	while (at < end) {
		const char *next = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
		bool blank = next == at + 2;

		at = next;
		if (blank)
			break;
	}
	return (size_t)(at - begin);
}

void signed_form_read(struct signed_form *form, const uint8_t *bytes, size_t size,
                      struct signed_body *body)
{
	GByteArray *whole = form->whole;
	struct header_reader reader;
	struct field field;
	size_t begin = 0;

	make_whole_lines(whole, bytes, size);
	while (begin < whole->len && (whole->data[begin] == '\r' || whole->data[begin] == '\n'))
		begin++;
	header_reader_init(&reader, whole->data + begin, whole->len - begin);
	g_array_set_size(form->fields, 0);
	memset(form->present, 0, sizeof form->present);
	form->signatures = 0;
	const char *after = reader.at;

	while (header_next(&reader, &field)) {
		struct slice all = { field.name.at, (size_t)(reader.at - field.name.at) - 2 };

		after = reader.at;
		g_array_append_val(form->fields, all);
		form->present[field.id]++;
		form->signatures += slice_equals(field.name, "DKIM-Signature");
	}
	begin = find_body(whole, after);
	*body = (struct signed_body){ whole->data + begin, whole->len - begin, false };
}

bool signed_body_unquote(const struct signed_body *body, GByteArray *bytes,
                         struct signed_body *unquoted)
{
	const uint8_t *at = body->bytes, *end = at + body->size;
	bool found = false;

	g_byte_array_set_size(bytes, 0);
	while (at < end) {
		const uint8_t *newline = memchr(at, '\n', (size_t)(end - at));
		const uint8_t *after = newline ? newline + 1 : end, *word = at;

		while (word < after && *word == '>')
			word++;
		if (word > at && after - word >= 5 && memcmp(word, "From ", 5) == 0) {
			found = true;
			at++;
		}
		g_byte_array_append(bytes, at, (guint)(after - at));
		at = after;
	}
	*unquoted = (struct signed_body){ bytes->data, bytes->len, true };
	return found;
}

int64_t signed_body_size(const struct signed_body *body, bool relaxed)
{
	const uint8_t *at = body->bytes, *end = at + body->size;
	int64_t size = 0, kept = 0;

	while (at < end) {
		const uint8_t *next = (const uint8_t *)memchr(at, '\n', (size_t)(end - at)) + 1;
		const uint8_t *stop = next - 2;
		int64_t line = 0;

		while (relaxed && stop > at && (stop[-1] == ' ' || stop[-1] == '\t'))
			stop--;
		for (const uint8_t *c = at; c < stop; c++)
			line += !relaxed || c == at || (*c != ' ' && *c != '\t') ||
			        (c[-1] != ' ' && c[-1] != '\t');
		size += line + 2;
		if (line)
			kept = size;
		at = next;
	}
	return kept;
}

int64_t signed_field_instant(const struct slice *field)
{
	if (!slice_starts(*field, "DKIM-Signature"))
		return INSTANT_NONE;
	char *text = g_strndup(field->at, field->size), **tags = g_strsplit(text, ";", -1);
	int64_t instant = INSTANT_NONE;

	for (char **one = tags; *one; one++) {
		char *name = g_strstrip(*one);

		if (*name == 't' && name[1 + strspn(name + 1, " \t\r\n")] == '=')
			instant = g_ascii_strtoll(strchr(name, '=') + 1, NULL, 10);
	}
	g_strfreev(tags);
	g_free(text);
	return instant;
}
