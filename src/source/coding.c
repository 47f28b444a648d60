#include "coding.h"

void coding_append_8bit(GString *text, const char *bytes, size_t size, const char *charset)
{
	/* The last has a character for every byte. */
	const char *const charsets[] = { charset, "WINDOWS-1252", "ISO-8859-1" };
	char *converted = NULL;
	gsize length;

	if (g_utf8_validate_len(bytes, size, NULL)) {
		g_string_append_len(text, bytes, (gssize)size);
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(charsets) && converted == NULL; i++)
		if (charsets[i] != NULL)
			converted = g_convert(bytes, (gssize)size, "UTF-8", charsets[i], NULL, &length, NULL);
	if (converted != NULL)
		g_string_append_len(text, converted, (gssize)length);
	else
		g_string_append_len(text, bytes, (gssize)size);
	g_free(converted);
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
		if (!high && !second)
			g_string_append_unichar(text, unit);
	}
	if (high)
		g_string_append(text, "\xef\xbf\xbd");
}
