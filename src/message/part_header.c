#include "part_header.h"

#include <string.h>

/* Where a parameter ends: a semicolon outside quotes. */
static const char *parameter_end(const char *at, const char *end)
{
	bool quoted = false;

	for (; at < end; at++) {
		if (quoted && *at == '\\' && at + 1 < end)
			at++;
		else if (*at == '"')
			quoted = !quoted;
		else if (*at == ';' && !quoted)
			break;
	}
	return at;
}

/* Append a value without its quotes and folds. */
static void append_unquoted(GString *out, struct slice value)
{
	bool quoted = value.size > 0 && value.at[0] == '"';

	for (size_t i = quoted; i < value.size; i++) {
		if (quoted && value.at[i] == '"')
			break;
		if (quoted && value.at[i] == '\\' && i + 1 < value.size)
			i++;
		if (value.at[i] != '\r' && value.at[i] != '\n')
			g_string_append_c(out, value.at[i]);
	}
}

/* Append the value of a parameter to out: false if there is none. */
static bool find_parameter(struct slice field, const char *name, GString *out)
{
	const char *end = field.at + field.size;

	for (const char *at = parameter_end(field.at, end); at < end;) {
		const char *next = parameter_end(at + 1, end);
		const char *equals = memchr(at, '=', (size_t)(next - at));

		if (equals) {
			struct slice key = slice_trim((struct slice){ at + 1, (size_t)(equals - at - 1) });
			struct slice value = slice_trim((struct slice){ equals + 1,
			                                                (size_t)(next - equals - 1) });

			if (slice_equals(key, name)) {
				append_unquoted(out, value);
				return true;
			}
		}
		at = next;
	}
	return false;
}

char *part_boundary(struct slice field)
{
	GString *boundary = g_string_new(NULL);
	char name[24];

	if (!find_parameter(field, "boundary", boundary)) {
		for (int i = 0; i < 10; i++) {
			g_snprintf(name, sizeof name, "boundary*%d", i);
			if (!find_parameter(field, name, boundary))
				break;
		}
	}
	while (boundary->len > 0 && is_blank(boundary->str[boundary->len - 1]))
		g_string_truncate(boundary, boundary->len - 1);
	return g_string_free(boundary, boundary->len == 0);
}

struct part_header part_header_read(const uint8_t *header, size_t size)
{
	struct part_header part = { .any = false };
	struct header_reader reader;
	struct field field;

	header_reader_init(&reader, header, size);
	while (header_next(&reader, &field)) {
		part.any = true;
		if (!part.field.at && slice_equals(field.name, "Content-Type"))
			part.field = field.value;
		else if (!part.encoding.at && slice_equals(field.name, "Content-Transfer-Encoding"))
			part.encoding = slice_trim(field.value);
	}
	if (part.field.at) {
		const char *end = part.field.at + part.field.size;
		size_t type = (size_t)(parameter_end(part.field.at, end) - part.field.at);

		part.type = slice_trim((struct slice){ part.field.at, type });
	}
	return part;
}

bool part_is_header_alone(struct slice type)
{
	return slice_equals(type, "text/rfc822-headers") || slice_equals(type, "message/global-headers");
}

bool part_is_message(const struct part_header *part, bool in_digest)
{
	static const char *const types[] = { "message/rfc822", "message/global", "message/news" };

	if (!part->field.at)
		return in_digest;
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (slice_equals(part->type, types[i]))
			return true;
	return part_is_header_alone(part->type);
}
