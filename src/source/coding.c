#include "coding.h"

#include <string.h>

/* A copy without NULs, which GLib takes for an end. */
static char *without_nuls(const char *bytes, size_t size, size_t *left)
{
	char *copy = g_malloc(size + 1);

	*left = 0;
	for (size_t i = 0; i < size; i++)
		if (bytes[i] != '\0')
			copy[(*left)++] = bytes[i];
	return copy;
}

/* bytes: without NULs, and not UTF-8. */
static void append_converted(GString *text, const char *bytes, size_t size, const char *charset)
{
	/* The last has a character for every byte. */
	const char *const charsets[] = { charset, "WINDOWS-1252", "ISO-8859-1" };
	char *converted = NULL;
	gsize length;

	for (size_t i = 0; i < G_N_ELEMENTS(charsets) && converted == NULL; i++)
		if (charsets[i] != NULL)
			converted = g_convert(bytes, (gssize)size, "UTF-8", charsets[i], NULL, &length, NULL);
	if (converted != NULL)
		g_string_append_len(text, converted, (gssize)length);
	g_free(converted);
}

void coding_append_8bit(GString *text, const char *bytes, size_t size, const char *charset)
{
	char *copy = size > 0 && memchr(bytes, 0, size) != NULL ? without_nuls(bytes, size, &size) : NULL;

	if (copy != NULL)
		bytes = copy;
	if (g_utf8_validate_len(bytes, size, NULL))
		g_string_append_len(text, bytes, (gssize)size);
	else
		append_converted(text, bytes, size, charset);
	g_free(copy);
}

void coding_append_utf16(GString *text, const uint8_t *bytes, size_t size, bool big_endian)
{
	gunichar high = 0;

	for (size_t i = 0; i + 1 < size; i += 2) {
		gunichar unit = big_endian ? (gunichar)(bytes[i] << 8 | bytes[i + 1])
		                           : (gunichar)(bytes[i + 1] << 8 | bytes[i]);
		bool second = unit >= 0xdc00 && unit <= 0xdfff;

		if (high && second)
			g_string_append_unichar(text, 0x10000 + ((high & 0x3ff) << 10 | (unit & 0x3ff)));
		else if (high || second)
			g_string_append(text, "\xef\xbf\xbd");
		high = unit >= 0xd800 && unit <= 0xdbff ? unit : 0;
		if (!high && !second && unit != 0)
			g_string_append_unichar(text, unit);
	}
	if (high)
		g_string_append(text, "\xef\xbf\xbd");
}
