#include "decode.h"

#include "epistograph/text.h"

#include <gmime/gmime.h>

#include <string.h>

struct decoder {
	GMimeParserOptions *options;
	GString *raw;           /* unfolded, in UTF-8 */
	char *clean;            /* the last result, owned */
};

struct decoder *decoder_new(void)
{
	/* For words that name a charset nobody knows; windows-1252 takes any byte.
	 * Set here, as GMime would otherwise ask the locale. */
	static const char *const charsets[] = { "utf-8", "windows-1252", NULL };
	struct decoder *decoder = g_new0(struct decoder, 1);

	g_mime_init();
	decoder->options = g_mime_parser_options_new();
	g_mime_parser_options_set_fallback_charsets(decoder->options, (const char **)charsets);
	decoder->raw = g_string_new(NULL);
	return decoder;
}

void decoder_free(struct decoder *decoder)
{
	if (!decoder)
		return;
	g_mime_parser_options_free(decoder->options);
	g_string_free(decoder->raw, TRUE);
	g_free(decoder->clean);
	g_free(decoder);
}

static void append_windows_1252(GString *out, struct slice raw)
{
	/* 0x80 to 0x9f; the five bytes without a meaning are U+FFFD. */
	static const gunichar upper[32] = {
		0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
		0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
	};

	for (size_t i = 0; i < raw.size; i++) {
		unsigned char c = (unsigned char)raw.at[i];

		if (c < 0x80)
			g_string_append_c(out, (char)c);
		else
			g_string_append_unichar(out, c < 0xa0 ? upper[c - 0x80] : c);
	}
}

/* A line end goes, with the CR of it; NUL and a CR inside a line become blanks. */
static void unfold(GString *text, size_t start)
{
	char *to = text->str + start;

	for (char *from = to; from < text->str + text->len; from++) {
		bool folds = *from == '\n' || (*from == '\r' && is_blank(from[1]));

		if (!folds)
			*to++ = *from == '\r' || *from == '\0' ? ' ' : *from;
	}
	g_string_truncate(text, (gsize)(to - text->str));
}

void decode_append_unfolded(GString *out, struct slice raw)
{
	size_t start = out->len;

	g_string_append_len(out, raw.at, (gssize)raw.size);
	if (memchr(raw.at, '\n', raw.size) || memchr(raw.at, '\r', raw.size) ||
	    memchr(raw.at, '\0', raw.size))
		unfold(out, start);
	if (g_utf8_validate_len(out->str + start, out->len - start, NULL))
		return;

	char *found = g_strndup(out->str + start, out->len - start);
	struct slice bytes = { found, out->len - start };

	g_string_truncate(out, start);
	append_windows_1252(out, bytes);
	g_free(found);
}

bool decode_is_plain(struct slice raw)
{
	char before = ' ';

	for (size_t i = 0; i < raw.size; i++) {
		char c = raw.at[i];

		if (c < 0x20 || c == 0x7f)      /* char is signed: 8-bit too */
			return false;
		if (c == '?' && before == '=')
			return false;
		before = c;
	}
	return true;
}

const char *decode_text(struct decoder *decoder, struct slice raw)
{
	char *decoded = NULL;

	g_string_truncate(decoder->raw, 0);
	decode_append_unfolded(decoder->raw, raw);
	if (strstr(decoder->raw->str, "=?"))
		decoded = g_mime_utils_header_decode_text(decoder->options, decoder->raw->str);

	const char *text = decoded ? decoded : decoder->raw->str;
	g_free(decoder->clean);
	decoder->clean = g_strstrip(text_clean(text, strlen(text), NULL));
	g_free(decoded);
	return decoder->clean;
}
