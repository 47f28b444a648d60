#include "epistograph/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Strict UTF-8 decoding of one character: its length, or 0 if malformed. */
static size_t decode(const char *at, size_t left, gunichar *character)
{
	gunichar found = g_utf8_get_char_validated(at, (gssize)MIN(left, 6));

	/* A NUL is a character too, but GLib reports it as malformed in some versions. */
	if (left && *at == '\0') {
		*character = 0;
		return 1;
	}
	if (found == (gunichar)-1 || found == (gunichar)-2)
		return 0;
	*character = found;
	return (size_t)(g_utf8_next_char(at) - at);
}

static bool is_noncharacter(gunichar c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c & 0xfffe) == 0xfffe ||
	       (c >= 0xfdd0 && c <= 0xfdef);
}

static bool is_plain(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] < 0x20 || bytes[i] == 0x7f)        /* char is signed: catches 8-bit too */
			return false;
	return true;
}

char *text_clean(const char *bytes, size_t size, size_t *dropped)
{
	size_t bad = 0;

	G_STATIC_ASSERT((char)-1 < 0);
	if (is_plain(bytes, size))
		return g_strndup(bytes, size);

	GString *out = g_string_sized_new(size + 8);
	for (size_t i = 0; i < size;) {
		gunichar c;
		size_t length = decode(bytes + i, size - i, &c);

		if (!length) {
			g_string_append(out, "\xef\xbf\xbd");
			bad++;
			i++;
			continue;
		}
		if (c == '\t' || c == '\n' || c == '\r') {
			if (i == 0 || !strchr("\t\n\r", bytes[i - 1]))
				g_string_append_c(out, ' ');
		} else if (is_noncharacter(c)) {
			bad++;
		} else {
			g_string_append_len(out, bytes + i, (gssize)length);
		}
		i += length;
	}
	if (dropped)
		*dropped += bad;
	return g_string_free(out, FALSE);
}

static bool is_bidi_control(gunichar c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0x200e || c == 0x200f || c == 0x061c;
}

void text_append_visible(GString *out, const char *text)
{
	size_t size = strlen(text);

	for (size_t i = 0; i < size;) {
		gunichar c;
		size_t length = decode(text + i, size - i, &c);

		if (!length) {
			g_string_append_printf(out, "\\x%02x", (unsigned char)text[i]);
			i++;
			continue;
		}
		if (c < 0x20 || c == 0x7f)
			g_string_append_printf(out, "\\x%02x", c);
		else if (is_noncharacter(c) || is_bidi_control(c) || c == 0x2028 || c == 0x2029)
			g_string_append_printf(out, "\\u{%04x}", c);
		else
			g_string_append_len(out, text + i, (gssize)length);
		i += length;
	}
}

static int columns_of(gunichar c)
{
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

/* The blocks whose characters read from the right: Unicode Standard Annex 9, and the defaults
 * of DerivedBidiClass.txt. */
static bool is_rtl(gunichar c)
{
	return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) ||
	       (c >= 0xfe70 && c <= 0xfeff) || (c >= 0x10800 && c <= 0x10fff) ||
	       (c >= 0x1e800 && c <= 0x1efff);
}

const char *text_directed(const char *text)
{
	bool has_rtl = false;

	for (const char *at = text; *at; at = g_utf8_next_char(at))
		has_rtl = has_rtl || is_rtl(g_utf8_get_char(at));
	if (!has_rtl)
		return text;

	char *marked = g_strconcat(TEXT_LTR, text, TEXT_LTR, NULL);
	const char *kept = g_intern_string(marked);

	g_free(marked);
	return kept;
}

void text_append_directed(GString *out, const char *text)
{
	g_string_append(out, text_directed(text));
}

int text_columns(const char *text)
{
	int columns = 0;

	for (const char *at = text; *at; at = g_utf8_next_char(at))
		columns += columns_of(g_utf8_get_char(at));
	return columns;
}

void text_append_column(GString *out, const char *text, int columns, bool align_right)
{
	int needed = text_columns(text);

	if (needed <= columns) {
		int blanks = columns - needed;

		if (!align_right)
			g_string_append(out, text);
		while (blanks-- > 0)
			g_string_append_c(out, ' ');
		if (align_right)
			g_string_append(out, text);
		return;
	}

	int used = 0;
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (used + columns_of(c) > columns - 1)
			break;
		g_string_append_unichar(out, c);
		used += columns_of(c);
	}
	if (columns > 0) {
		g_string_append(out, "…");
		used++;
	}
	while (used++ < columns)
		g_string_append_c(out, ' ');
}

#define RING_COUNT 16
#define RING_BYTES 48

static char *ring(void)
{
	static char buffers[RING_COUNT][RING_BYTES];
	static unsigned next;

	return buffers[next++ % RING_COUNT];
}

const char *text_count(int64_t n)
{
	char digits[24], *out = ring(), *to = out;
	uint64_t magnitude = n < 0 ? -(uint64_t)n : (uint64_t)n;
	int length = snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, magnitude);

	if (n < 0)
		*to++ = '-';
	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = '\0';
	return out;
}

const char *text_counted(int64_t n, const char *one, const char *many)
{
	char *out = ring();

	snprintf(out, RING_BYTES, "%s %s", text_count(n), n == 1 ? one : many);
	return out;
}

const char *text_real(double x, int digits)
{
	char format[16], *out = ring();

	if (!isfinite(x)) {
		*out = '\0';
		return out;
	}
	snprintf(format, sizeof format, "%%.%dg", CLAMP(digits, 1, 17));
	return g_ascii_formatd(out, RING_BYTES, format, x == 0 ? 0.0 : x);     /* no "-0" */
}
