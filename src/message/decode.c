#include "decode.h"

#include "words.h"

#include "epistograph/text.h"

#include <string.h>

struct decoder {
	struct word_decoder *words;
	GString *raw;           /* unfolded, in UTF-8 */
	GString *decoded;
	char *clean;            /* the last result, owned */
};

struct decoder *decoder_new(void)
{
	struct decoder *decoder = g_new0(struct decoder, 1);

	decoder->words = word_decoder_new();
	decoder->raw = g_string_new(NULL);
	decoder->decoded = g_string_new(NULL);
	return decoder;
}

void decoder_free(struct decoder *decoder)
{
	if (!decoder)
		return;
	word_decoder_free(decoder->words);
	g_string_free(decoder->raw, TRUE);
	g_string_free(decoder->decoded, TRUE);
	g_free(decoder->clean);
	g_free(decoder);
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
	words_append_windows_1252(out, bytes);
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
	GString *text = decoder->raw;

	g_string_truncate(decoder->raw, 0);
	decode_append_unfolded(decoder->raw, raw);
	if (strstr(decoder->raw->str, "=?")) {
		g_string_truncate(decoder->decoded, 0);
		words_append_decoded(decoder->words, decoder->decoded,
		                     (struct slice){ decoder->raw->str, decoder->raw->len });
		text = decoder->decoded;
	}
	g_free(decoder->clean);
	decoder->clean = g_strstrip(text_clean(text->str, text->len, NULL));
	return decoder->clean;
}
