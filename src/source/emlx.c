#include "emlx.h"

#include "fields.h"
#include "lines.h"

#include <glib.h>

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
