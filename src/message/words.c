#include "words.h"

#include <gmime/gmime.h>

#include <errno.h>
#include <string.h>

/* Descriptors of iconv kept open; more charsets than this are in no real mail. */
#define CHARSETS_MAX 32

/* The longest name in the IANA registry has 45 characters. */
#define CHARSET_SIZE_MAX 45

struct word_decoder {
	GHashTable *descriptors;        /* of GIConv by lower-case name; (GIConv)-1: unknown */
	GString *bytes;                 /* of neighbouring words */
	char charset[CHARSET_SIZE_MAX + 1];     /* of these, lower-case; "" if none */
};

static void close_descriptor(gpointer descriptor)
{
	if (descriptor != (gpointer)-1)
		g_iconv_close(descriptor);
}

struct word_decoder *word_decoder_new(void)
{
	struct word_decoder *decoder = g_new0(struct word_decoder, 1);

	g_mime_init();                  /* for its table of charset names */
	decoder->descriptors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	                                             close_descriptor);
	decoder->bytes = g_string_new(NULL);
	return decoder;
}

void word_decoder_free(struct word_decoder *decoder)
{
	if (!decoder)
		return;
	g_hash_table_destroy(decoder->descriptors);
	g_string_free(decoder->bytes, TRUE);
	g_free(decoder);
}

/* ---- charsets ---- */

void words_append_windows_1252(GString *out, struct slice bytes)
{
	/* 0x80 to 0x9f; the five bytes without a meaning are U+FFFD. */
	static const gunichar upper[32] = {
		0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
		0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
	};

	for (size_t i = 0; i < bytes.size; i++) {
		unsigned char c = (unsigned char)bytes.at[i];

		if (c < 0x80)
			g_string_append_c(out, (char)c);
		else
			g_string_append_unichar(out, c < 0xa0 ? upper[c - 0x80] : c);
	}
}

/* What senders mean by names that are too narrow for what they send. */
static const char *meant_charset(const char *name)
{
	static const struct { const char *said, *meant; } charsets[] = {
		{ "gb2312", "gb18030" }, { "gbk", "gb18030" }, { "x-gbk", "gb18030" },
		{ "ks_c_5601-1987", "cp949" }, { "euc-kr", "cp949" }, { "big5", "big5-hkscs" },
		{ "shift_jis", "cp932" }, { "x-sjis", "cp932" }, { "iso-2022-jp", "iso-2022-jp-2" },
		{ "iso-8859-8-i", "iso-8859-8" }, { "iso-8859-9", "windows-1254" },
		{ "unicode-1-1-utf-7", "utf-7" }, { "tis-620", "cp874" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++)
		if (!strcmp(name, charsets[i].said))
			return charsets[i].meant;
	return g_mime_charset_iconv_name(name);
}

static GIConv find_descriptor(struct word_decoder *decoder, const char *name)
{
	gpointer found;

	if (g_hash_table_lookup_extended(decoder->descriptors, name, NULL, &found))
		return found;
	if (g_hash_table_size(decoder->descriptors) >= CHARSETS_MAX)
		g_hash_table_remove_all(decoder->descriptors);

	GIConv descriptor = g_iconv_open("UTF-8", meant_charset(name));
	g_hash_table_insert(decoder->descriptors, g_strdup(name), descriptor);
	return descriptor;
}

/* Convert what can be; each byte that cannot becomes U+FFFD. */
static void append_iconv(GString *out, GIConv descriptor, struct slice bytes)
{
	char *from = (char *)bytes.at;  /* iconv()'s type; it does not write there */
	gsize left = bytes.size;
	char buffer[512];

	g_iconv(descriptor, NULL, NULL, NULL, NULL);
	while (left) {
		char *to = buffer;
		gsize room = sizeof buffer;
		gsize result = g_iconv(descriptor, &from, &left, &to, &room);
		int why = errno;

		g_string_append_len(out, buffer, (gssize)(sizeof buffer - room));
		if (result != (gsize)-1 || why == E2BIG)
			continue;
		g_string_append(out, "\xef\xbf\xbd");
		from++;
		left--;
		if (why == EINVAL)
			break;          /* the last character is cut */
	}
}

/* Only letters, digits and what registered names have besides: iconv gives a
 * slash a meaning of its own. */
static bool is_charset_name(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!g_ascii_isalnum(*c) && !strchr("-_.:+()", *c))
			return false;
	return *name;
}

void words_append_converted(struct word_decoder *decoder, GString *out, const char *charset,
                            struct slice bytes)
{
	static const char *const latin[] = {
		"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "us-ascii", "ascii",
		"windows-1252", "cp1252", "ansi_x3.4-1968",
	};
	bool is_utf8 = g_utf8_validate_len(bytes.at, bytes.size, NULL);

	if (charset && (!strcmp(charset, "utf-8") || !strcmp(charset, "utf8"))) {
		g_string_append_len(out, bytes.at, (gssize)bytes.size);
		return;
	}
	for (size_t i = 0; charset && i < G_N_ELEMENTS(latin); i++) {
		if (strcmp(charset, latin[i]))
			continue;
		/* ASCII with other bytes is unknown 8-bit text. */
		if (is_utf8 && strstr(latin[i], "asc"))
			break;
		words_append_windows_1252(out, bytes);
		return;
	}

	GIConv descriptor = charset && is_charset_name(charset) && !strstr(charset, "asc")
	                            ? find_descriptor(decoder, charset)
	                            : (GIConv)-1;
	if (descriptor != (GIConv)-1)
		append_iconv(out, descriptor, bytes);
	else if (is_utf8)
		g_string_append_len(out, bytes.at, (gssize)bytes.size);
	else
		words_append_windows_1252(out, bytes);
}

/* ---- words ---- */

struct word {
	struct slice charset, text;
	bool base64;
	size_t size;                    /* of the whole, "=?" to "?=" */
};

/* Read the encoded word at the start of s. */
static bool read_word(struct slice s, struct word *word)
{
	size_t i = 2;

	if (s.size < 8 || s.at[0] != '=' || s.at[1] != '?')
		return false;
	while (i < s.size && s.at[i] != '?' && s.at[i] != '*' && !is_blank(s.at[i]))
		i++;
	word->charset = (struct slice){ s.at + 2, i - 2 };
	while (i < s.size && s.at[i] != '?' && !is_blank(s.at[i]))      /* RFC 2231: "*en" */
		i++;
	if (i + 4 >= s.size || s.at[i] != '?' || s.at[i + 2] != '?' ||
	    word->charset.size > CHARSET_SIZE_MAX)
		return false;

	char encoding = (char)(s.at[i + 1] | 0x20);
	if (encoding != 'b' && encoding != 'q')
		return false;
	word->base64 = encoding == 'b';

	const char *text = s.at + i + 3, *end = s.at + s.size;
	const char *close = text;
	while (close + 1 < end && !(close[0] == '?' && close[1] == '='))
		close++;
	if (close + 1 >= end)
		return false;
	word->text = (struct slice){ text, (size_t)(close - text) };
	word->size = (size_t)(close + 2 - s.at);
	return true;
}

static void append_base64(GString *out, struct slice text)
{
	gsize start = out->len;
	gint state = 0;
	guint save = 0;

	g_string_set_size(out, start + text.size / 4 * 3 + 4);
	gsize size = g_base64_decode_step(text.at, text.size, (guchar *)out->str + start, &state,
	                                  &save);
	/* Without its padding, GLib keeps the last one or two bytes back. */
	if (state != 0)
		size += g_base64_decode_step("===", (gsize)(4 - ABS(state) % 4),
		                             (guchar *)out->str + start + size, &state, &save);
	g_string_truncate(out, start + size);
}

static void append_q(GString *out, struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.at[i];

		if (c == '=' && i + 2 < text.size && g_ascii_isxdigit(text.at[i + 1]) &&
		    g_ascii_isxdigit(text.at[i + 2])) {
			c = (char)(g_ascii_xdigit_value(text.at[i + 1]) << 4 |
			           g_ascii_xdigit_value(text.at[i + 2]));
			i += 2;
		} else if (c == '_') {
			c = ' ';
		}
		g_string_append_c(out, c);
	}
}

/* Convert what has been gathered. */
static void flush(struct word_decoder *decoder, GString *out)
{
	struct slice bytes = { decoder->bytes->str, decoder->bytes->len };

	if (bytes.size)
		words_append_converted(decoder, out, decoder->charset, bytes);
	g_string_truncate(decoder->bytes, 0);
}

static void gather(struct word_decoder *decoder, GString *out, const struct word *word)
{
	if (!slice_equals(word->charset, decoder->charset)) {
		flush(decoder, out);
		for (size_t i = 0; i < word->charset.size; i++)
			decoder->charset[i] = g_ascii_tolower(word->charset.at[i]);
		decoder->charset[word->charset.size] = '\0';
	}
	if (word->base64)
		append_base64(decoder->bytes, word->text);
	else
		append_q(decoder->bytes, word->text);
}

void words_append_decoded(struct word_decoder *decoder, GString *out, struct slice text)
{
	const char *end = text.at + text.size;
	const char *plain = text.at;            /* not yet appended, before `at` */
	const char *last_close = end;           /* the last "?=": no word begins behind it */

	while (last_close > text.at && !(last_close + 1 < end && !memcmp(last_close, "?=", 2)))
		last_close--;
	g_string_truncate(decoder->bytes, 0);
	decoder->charset[0] = '\0';
	for (const char *at = text.at; at < end;) {
		struct word word;

		if (*at != '=' || at > last_close ||
		    !read_word((struct slice){ at, (size_t)(end - at) }, &word)) {
			at++;
			continue;
		}

		/* Blanks between two words are not text. */
		struct slice between = { plain, (size_t)(at - plain) };
		if (plain == text.at || slice_trim(between).size) {
			flush(decoder, out);
			g_string_append_len(out, between.at, (gssize)between.size);
		}
		gather(decoder, out, &word);
		at += word.size;
		plain = at;
	}
	flush(decoder, out);
	g_string_append_len(out, plain, (gssize)(end - plain));
}
