#include "emlx.h"

#include "fields.h"
#include "lines.h"

#include <glib.h>

#include <string.h>

#define DIGITS_MAX 12

bool emlx_find(const uint8_t *head, size_t size, struct emlx *emlx)
{
	size_t line = line_size(head, MIN(size, 2 * DIGITS_MAX)), at = 0;
	int64_t length = 0;

	while (at < line && at < DIGITS_MAX && g_ascii_isdigit(head[at]))
		length = length * 10 + head[at++] - '0';
	if (at == 0)
		return false;
	while (at < line && (head[at] == ' ' || head[at] == '\r'))
		at++;
	if (at + 1 != line || head[at] != '\n')
		return false;
	if (!header_is_mail(head + line, size - line))
		return false;
	*emlx = (struct emlx){ (int64_t)line, (int64_t)line + length };
	return true;
}

/* Bit 1 of the flags: J. Zawinski, "emlx flags?" (2005), jwz.org/blog/2005/07/emlx-flags. */
#define FLAG_DELETED (1u << 1)

bool emlx_is_deleted(const uint8_t *list, size_t size)
{
	static const char key[] = "<key>flags</key>", number[] = "<integer>";
	const uint8_t *end = list + size, *at = memmem(list, size, key, sizeof key - 1);
	uint64_t flags = 0;

	if (!at)
		return false;
	for (at += sizeof key - 1; at < end && g_ascii_isspace(*at); at++)
		;
	if ((size_t)(end - at) < sizeof number || memcmp(at, number, sizeof number - 1) != 0)
		return false;
	for (at += sizeof number - 1; at < end && g_ascii_isdigit(*at); at++)
		flags = flags * 10 + (uint64_t)(*at - '0');
	return at < end && *at == '<' && (flags & FLAG_DELETED);
}
