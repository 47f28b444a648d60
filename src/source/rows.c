#include "rows.h"

#include "coding.h"
#include "lines.h"

#include <string.h>

/* ---- how the file is written ---- */

static struct token token_of(const struct row_format *format, gunichar character)
{
	if (format->unit == 2 && format->big_endian)
		return (struct token){ { (uint8_t)(character >> 8), (uint8_t)character }, 2 };
	if (format->unit == 2)
		return (struct token){ { (uint8_t)character, (uint8_t)(character >> 8) }, 2 };
	return (struct token){ { (uint8_t)character, 0 }, 1 };
}

static bool starts_with(const uint8_t *bytes, size_t size, struct token token)
{
	return token.size && size >= token.size && memcmp(bytes, token.bytes, token.size) == 0;
}

/* The quote at the begin and a separator between quotes make a Concordance file. */
static bool is_concordance(const uint8_t *bytes, size_t size, struct row_format *format,
                           struct token quote, struct token separator)
{
	if (!starts_with(bytes, size, quote))
		return false;
	for (size_t at = quote.size; at + separator.size <= size; at += format->unit) {
		if (!starts_with(bytes + at, size - at, separator))
			continue;
		if (!starts_with(bytes + at - quote.size, quote.size, quote) ||
		    !starts_with(bytes + at + separator.size, size - at - separator.size, quote))
			return false;
		format->concordance = true;
		format->quote = quote;
		format->separator = separator;
		return true;
	}
	return false;
}

static void find_concordance(const uint8_t *bytes, size_t size, struct row_format *format)
{
	/* In one byte, and as UTF-8 writes the two beyond ASCII. */
	static const struct token utf8_quote = { { 0xc3, 0xbe }, 2 };
	static const struct token utf8_pilcrow = { { 0xc2, 0xb6 }, 2 };
	struct token quotes[] = { token_of(format, 0xfe), utf8_quote };
	struct token separators[] = { token_of(format, 0x14), token_of(format, 0xb6), utf8_pilcrow };
	size_t codings = format->unit == 1 ? 2 : 1;

	for (size_t q = 0; q < codings; q++)
		for (size_t s = 0; s < codings + 1; s++)
			if (is_concordance(bytes, size, format, quotes[q], separators[s]))
				return;
}

bool row_format_guess(const uint8_t *bytes, size_t size, struct row_format *format,
                      size_t *mark)
{
	*format = (struct row_format){ .unit = 1 };
	*mark = 0;
	if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		*mark = 3;
	} else if (size >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
		*mark = 2;
		format->unit = 2;
		format->big_endian = bytes[0] == 0xfe;
	}
	format->lf = token_of(format, '\n');
	format->cr = token_of(format, '\r');
	format->quote = token_of(format, '"');
	find_concordance(bytes + *mark, size - *mark, format);
	return format->unit == 2 || memchr(bytes, 0, line_size(bytes, size)) == NULL;
}

void row_format_separate(struct row_format *format, char separator)
{
	format->separator = token_of(format, (guchar)separator);
}

/* ---- rows ---- */

/* A walk through one row. */
struct scan {
	const struct row_format *format;
	const uint8_t *bytes;
	size_t size;
	size_t at;
};

static bool meets(const struct scan *scan, struct token token)
{
	return starts_with(scan->bytes + scan->at, scan->size - scan->at, token);
}

static bool at_end(const struct scan *scan)
{
	return scan->at + scan->format->unit > scan->size;
}

static bool at_line_end(const struct scan *scan)
{
	return meets(scan, scan->format->lf) || meets(scan, scan->format->cr);
}

static bool at_cell_end(const struct scan *scan)
{
	return at_end(scan) || meets(scan, scan->format->separator) || at_line_end(scan);
}

static void skip_plain(struct scan *scan)
{
	while (!at_cell_end(scan))
		scan->at += scan->format->unit;
}

/* Behind the quote that closes the cell, whose first quote was passed. A reason if
 * it is not well formed. */
static const char *skip_quoted(struct scan *scan)
{
	const struct row_format *format = scan->format;

	while (!at_end(scan)) {
		if (!meets(scan, format->quote)) {
			scan->at += format->unit;
			continue;
		}
		scan->at += format->quote.size;
		if (at_cell_end(scan))
			return NULL;
		if (format->concordance)
			continue;
		if (!meets(scan, format->quote))
			return "text behind the quote that closes a cell";
		scan->at += format->quote.size;
	}
	return "a quote that is not closed";
}

/* Behind the line end at which the scan stands. */
static void skip_line_end(struct scan *scan)
{
	if (meets(scan, scan->format->cr)) {
		scan->at += scan->format->cr.size;
		if (at_end(scan))
			return;
	}
	if (meets(scan, scan->format->lf))
		scan->at += scan->format->lf.size;
}

/* Settle where the next row begins. False if that is not held. */
static bool finish(struct scan *scan, bool last, struct row *row)
{
	skip_line_end(scan);
	/* The line feed of CR LF could be the next byte of the file. */
	if (at_end(scan) && !last)
		return false;
	row->size = at_end(scan) ? scan->size : scan->at;
	return true;
}

/* The same behind a row that is not well formed: its first line might be all of it,
 * and the lines behind that sound. */
static bool give_up(struct scan *scan, bool last, struct row *row)
{
	scan->at = 0;
	while (!at_end(scan) && !at_line_end(scan))
		scan->at += scan->format->unit;
	return finish(scan, last, row);
}

bool row_scan(const struct row_format *format, const uint8_t *bytes, size_t size, bool last,
              const struct row_wish *wish, struct row *row)
{
	struct scan scan = { .format = format, .bytes = bytes, .size = size };

	*row = (struct row){ 0 };
	for (size_t column = 0;; column++) {
		size_t from = scan.at;

		if (meets(&scan, format->quote)) {
			scan.at += format->quote.size;
			row->fault = skip_quoted(&scan);
		} else {
			skip_plain(&scan);
		}
		if (at_end(&scan) && !last)
			return false;
		if (row->fault != NULL)
			return give_up(&scan, last, row);
		if (wish != NULL && column < wish->columns && wish->slots[column] >= 0)
			wish->cells[wish->slots[column]] = (struct cell){ bytes + from, scan.at - from };
		row->columns = column + 1;
		row->tail_empty = scan.at == from;
		if (!meets(&scan, format->separator))
			break;
		scan.at += format->separator.size;
	}
	if (scan.at == 0)
		row->columns = 0;
	return finish(&scan, last, row);
}

/* ---- cells ---- */

/* Doubled quotes are one; in a Concordance file U+00AE is a line end. */
static void resolve(GString *text, bool concordance)
{
	const char *from = text->str, *end = text->str + text->len;
	char *to = text->str;

	while (from < end) {
		if (concordance && from + 1 < end && memcmp(from, "\xc2\xae", 2) == 0) {
			*to++ = '\n';
			from += 2;
		} else {
			bool doubled = !concordance && from + 1 < end && from[0] == '"' && from[1] == '"';

			*to++ = *from;
			from += doubled ? 2 : 1;
		}
	}
	g_string_truncate(text, (gsize)(to - text->str));
}

void cell_read(const struct row_format *format, struct cell cell, size_t most, GString *text)
{
	bool quoted = starts_with(cell.at, cell.size, format->quote);

	g_string_truncate(text, 0);
	if (quoted && cell.size >= 2 * (size_t)format->quote.size) {
		cell.at += format->quote.size;
		cell.size -= 2 * (size_t)format->quote.size;
	}
	cell.size = MIN(cell.size, most - most % 2);
	if (format->unit == 2)
		coding_append_utf16(text, cell.at, cell.size, format->big_endian);
	else
		coding_append_8bit(text, (const char *)cell.at, cell.size, NULL);
	if (quoted || format->concordance)
		resolve(text, format->concordance);
}
