#include "epistograph/export.h"

#include "epistograph/text.h"
#include "export_internal.h"

#include <glib.h>

#include <float.h>
#include <math.h>
#include <string.h>

#define SMALLEST_PLAIN 1e-7     /* below it a real is written with an exponent */

char *clean_copy(const char *text)
{
	return text ? text_clean(text, strlen(text), NULL) : g_strdup("");
}

const char *real_format(char buffer[static 40], double x)
{
	static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

	/* strtod() reports a subnormal number as out of range, and igraph then refuses
	 * the whole file; the hub values of HITS do get that small. */
	if (fabs(x) < DBL_MIN)
		x = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
		g_ascii_formatd(buffer, 40, formats[i], x);
		if (g_ascii_strtod(buffer, NULL) == x)
			break;
	}
	return buffer;
}

const char *real_visible(char buffer[static 48], double x, int digits)
{
	double size = fabs(x);
	char format[16];

	if (size >= SMALLEST_PLAIN && size < 1e-4) {    /* 9.27e-05 is easily taken for 9.27 */
		int decimals = digits - 1 - (int)floor(log10(size));

		g_snprintf(format, sizeof format, "%%.%df", decimals);
		return g_ascii_formatd(buffer, 48, format, x);
	}
	g_strlcpy(buffer, size >= pow(10, digits) && size < 1e15 ? text_count(llround(x)) :
	          text_real(x, digits), 48);
	return buffer;
}

/* What makes a spreadsheet take a cell for a formula, the full-width forms that
 * East Asian editions accept included. */
static bool starts_formula(gunichar c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' ||
	       c == 0xff1d || c == 0xff0b || c == 0xff0d || c == 0xff20;
}

static bool formula_ahead(const char *at)
{
	while (*at == '"' || (*at && g_unichar_isspace(g_utf8_get_char(at))))
		at = g_utf8_next_char(at);
	return starts_formula(g_utf8_get_char(at));
}

/* Where the list separator is a semicolon, as in French, a spreadsheet splits a
 * comma-separated line there and sees a new cell begin in the middle of a text. */
static GString *guard(const char *text)
{
	GString *out = g_string_new(NULL);
	bool cell_begins = true;

	for (const char *at = text; *at; at++) {
		if (cell_begins && formula_ahead(at))
			g_string_append_c(out, '\'');
		cell_begins = *at == ';';
		g_string_append_c(out, *at);
	}
	return out;
}

void csv_field(FILE *out, const char *text)
{
	char *clean = clean_copy(text);
	GString *guarded = guard(clean);

	if (strpbrk(guarded->str, ",;\"") || g_str_has_prefix(guarded->str, " ") ||
	    g_str_has_suffix(guarded->str, " ")) {
		putc('"', out);
		for (const char *at = guarded->str; *at; at++) {
			if (*at == '"')
				putc('"', out);
			putc(*at, out);
		}
		putc('"', out);
	} else {
		fputs(guarded->str, out);
	}
	g_string_free(guarded, TRUE);
	g_free(clean);
}

/* "</" and "<!" end or hide a script element that the JSON is pasted into; the
 * separators U+2028 and U+2029 end a line of JavaScript, control characters are none
 * of JSON's or act on a terminal. */
static bool escapes_in_json(const char *at, gunichar c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 ||
	       (c == '<' && (at[1] == '/' || at[1] == '!'));
}

void json_string(FILE *out, const char *text)
{
	char *clean = clean_copy(text);

	json_exact(out, clean);
	g_free(clean);
}

void json_exact(FILE *out, const char *text)
{
	putc('"', out);
	for (const char *at = text; *at;) {
		gunichar c = g_utf8_get_char_validated(at, -1);

		if (c == (gunichar)-1 || c == (gunichar)-2) {   /* JSON has characters only */
			fprintf(out, "\\\\x%02x", (unsigned char)*at++);
			continue;
		}
		const char *next = g_utf8_next_char(at);

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", (char)c);
		else if (escapes_in_json(at, c))
			fprintf(out, "\\u%04x", c);
		else
			fwrite(at, 1, (size_t)(next - at), out);
		at = next;
	}
	putc('"', out);
}

/* The apostrophe stays as it is, since attributes stand in double quotes: Tulip
 * keeps only what follows the last entity of a text. */
void xml_text(FILE *out, const char *text)
{
	char *clean = clean_copy(text);

	for (const char *at = clean; *at; at++) {
		switch (*at) {
		case '&': fputs("&amp;", out); break;
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		case '"': fputs("&quot;", out); break;
		default: putc(*at, out);
		}
	}
	g_free(clean);
}
