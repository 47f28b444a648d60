/* separator.c - is this "From " line the begin of a message? */
#include "separator.h"

#include "fields.h"
#include "lines.h"

#include <glib.h>

#include <string.h>

#define LINE_MAX_SIZE 1000      /* a separator is not longer; prose in one line may be */
#define TOKENS_MAX 24
#define QUOTED_LINES_MAX 4      /* ">From " lines between separator and header */
#define HEADER_LINES_MAX 64     /* looked at, and no more than two broken ones: a */
#define BROKEN_LINES_MAX 2      /* hostile file has a separator every second line */

/* Weights of the three witnesses. Accepted from ACCEPT points on, worth a note
 * from NEAR points on. The figures are chosen so that
 *   a good line needs a blank line before it or a header after it,
 *   a line without date needs both, or a telling header,
 *   a bare "From " needs a blank line and known fields,
 *   prose needs a blank line and a complete header (a damaged separator). */
#define ACCEPT 6
#define NEAR 4
#define BLANK_POINTS 2

static const int grade_points[] = {
	[GRADE_PROSE] = -1, [GRADE_BARE] = 1, [GRADE_SHORT] = 2, [GRADE_LOOSE] = 3,
	[GRADE_GOOD] = 4,
};

enum header_points {
	HEADER_NONE = 0,
	HEADER_PLAUSIBLE = 2,   /* "Word: text" */
	HEADER_KNOWN = 3,       /* "Subject: text" */
	HEADER_TELLING = 4,     /* several known fields, one of a program */
	HEADER_COMPLETE = 5,    /* From, Date and one of a program */
};

struct token {
	const char *text;
	size_t size;
};

/* The parts of a date, as bits. */
enum {
	HAS_WEEKDAY = 1 << 0, HAS_MONTH = 1 << 1, HAS_DAY = 1 << 2, HAS_TIME = 1 << 3,
	HAS_YEAR = 1 << 4, HAS_ZONE = 1 << 5,
	DATE_COMPLETE = HAS_MONTH | HAS_DAY | HAS_TIME | HAS_YEAR,
};

bool separator_possible(const uint8_t *bytes, size_t size)
{
	return size >= 5 && memcmp(bytes, "From ", 5) == 0;
}

static size_t split_tokens(const char *line, size_t size, struct token *tokens)
{
	size_t count = 0;

	for (size_t i = 0; i < size;) {
		while (i < size && g_ascii_isspace(line[i]))
			i++;
		size_t begin = i;
		while (i < size && !g_ascii_isspace(line[i]))
			i++;
		if (i == begin)
			break;
		if (count == TOKENS_MAX)
			return 0;               /* too many for a separator */
		tokens[count++] = (struct token){ line + begin, i - begin };
	}
	return count;
}

static bool token_is(const struct token *token, const char *text)
{
	return token->size == strlen(text) &&
	       g_ascii_strncasecmp(token->text, text, token->size) == 0;
}

static bool token_has(const struct token *token, char c)
{
	return memchr(token->text, c, token->size) != NULL;
}

static size_t digits(const char *text, size_t size)
{
	size_t n = 0;

	while (n < size && g_ascii_isdigit(text[n]))
		n++;
	return n;
}

/* One of "Mon" .. or "Jan" .., alone, spelt out, or with a comma or dot behind. */
static bool token_names(const struct token *token, const char *const *names)
{
	size_t size = token->size;

	while (size > 3 && strchr(",.", token->text[size - 1]) != NULL)
		size--;
	for (; *names != NULL; names++)
		if (size >= 3 && size <= strlen(*names) &&
		    g_ascii_strncasecmp(token->text, *names, size) == 0)
			return true;
	return false;
}

static bool token_is_weekday(const struct token *token)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday", "thursday",
		"friday", "saturday", "sunday", NULL };

	return token_names(token, names);
}

static bool token_is_month(const struct token *token)
{
	static const char *const names[] = { "january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december", NULL };

	return token_names(token, names);
}

/* "9:05", "09:05:30", "09:05:30.123", "09.05.30" (some Italian and Finnish systems). */
static bool token_is_time(const struct token *token)
{
	const char *text = token->text;
	size_t hour = digits(text, token->size);

	if (hour < 1 || hour > 2 || token->size < hour + 3 || strchr(":.", text[hour]) == NULL)
		return false;
	if (digits(text + hour + 1, token->size - hour - 1) != 2)
		return false;
	for (size_t i = hour; i < token->size; i++)
		if (!g_ascii_isdigit(text[i]) && text[i] != ':' && text[i] != '.')
			return false;
	return true;
}

/* "2004-08-20", alone or with "T00:02:18" and a zone behind. */
static unsigned iso_date_parts(const struct token *token)
{
	const char *text = token->text;
	struct token time = { text + 11, 8 };

	if (token->size < 10 || digits(text, 10) != 4 || text[4] != '-' ||
	    digits(text + 5, 5) != 2 || text[7] != '-' || digits(text + 8, 2) != 2)
		return 0;
	if (token->size == 10)
		return HAS_YEAR | HAS_MONTH | HAS_DAY;
	if (token->size >= 19 && (text[10] == 'T' || text[10] == '_') && token_is_time(&time))
		return DATE_COMPLETE;
	return 0;
}

static unsigned number_part(const struct token *token, unsigned seen)
{
	size_t count = digits(token->text, token->size);
	bool trailing = token->size == count + 1 && strchr(",.", token->text[count]) != NULL;

	if (count == 0 || (token->size != count && !trailing))
		return 0;
	if (count == 4 && (token->text[0] == '1' || token->text[0] == '2'))
		return HAS_YEAR;
	if (count <= 2 && !(seen & HAS_DAY))
		return HAS_DAY;
	if (count == 2 && (seen & HAS_TIME))    /* a year of UUCP times: "10:00 86" */
		return HAS_YEAR;
	return 0;
}

/* "+0200", "EST", "(CEST)", "Z": only behind a time. */
static bool token_is_zone(const struct token *token)
{
	const char *text = token->text;

	if (text[0] == '+' || text[0] == '-')
		return token->size >= 3 && token->size <= 6 &&
		       digits(text + 1, token->size - 1) >= 2;
	if (text[0] == '(')
		return true;
	for (size_t i = 0; i < token->size; i++)
		if (!g_ascii_isupper(text[i]) && text[i] != ')')
			return false;
	return token->size <= 6;
}

static unsigned token_date_part(const struct token *token, unsigned seen)
{
	unsigned part = iso_date_parts(token);

	if (part != 0)
		return part;
	if (token_is_weekday(token))
		return HAS_WEEKDAY;
	if (token_is_month(token))
		return HAS_MONTH;
	if (token_is_time(token))
		return HAS_TIME;
	if ((part = number_part(token, seen)) != 0)
		return part;
	if ((seen & HAS_TIME) && token_is_zone(token))
		return HAS_ZONE;
	return 0;
}

/* What parts of a date the tokens hold; *junk if there is anything else. */
static unsigned date_parts(const struct token *tokens, size_t count, bool *junk)
{
	unsigned seen = 0;

	*junk = false;
	for (size_t i = 0; i < count; i++) {
		/* UUCP: "remote from HOST" closes the line. */
		if (i + 3 == count && token_is(&tokens[i], "remote") &&
		    token_is(&tokens[i + 1], "from"))
			return seen;
		unsigned part = token_date_part(&tokens[i], seen);
		if (part == 0 || (part & seen & ~(unsigned)HAS_ZONE) != 0) {
			*junk = true;
			return seen;
		}
		seen |= part;
	}
	return seen;
}

/* One word, "esr at snark.thyrsus.com", or anything with an address or a quoted
 * name in it. */
static bool sender_is_good(const struct token *tokens, size_t count)
{
	if (count == 1)
		return true;
	if (count >= 3 && token_is(&tokens[1], "at"))
		return true;
	if (count > 0 && tokens[0].text[0] == '"')
		return true;
	for (size_t i = 0; i < count; i++)
		if (token_has(&tokens[i], '@'))
			return true;
	return false;
}

static enum separator_grade grade_without_date(const struct token *tokens, size_t count)
{
	if (count == 3 && token_is(&tokens[1], "at"))
		return GRADE_SHORT;
	if (count != 1)
		return GRADE_PROSE;
	if (token_is(&tokens[0], "-") || token_is(&tokens[0], "MAILER-DAEMON") ||
	    token_has(&tokens[0], '@') || token_has(&tokens[0], '!'))
		return GRADE_SHORT;
	return GRADE_PROSE;
}

enum separator_grade separator_grade_line(const char *line, size_t size)
{
	struct token tokens[TOKENS_MAX];
	bool dated = false;

	while (size > 0 && g_ascii_isspace(line[size - 1]))
		size--;
	if (size == 0)
		return GRADE_BARE;
	if (size > LINE_MAX_SIZE)
		return GRADE_PROSE;
	size_t count = split_tokens(line, size, tokens);
	for (size_t i = 0; i < count; i++) {
		bool junk;
		unsigned parts = date_parts(tokens + i, count - i, &junk);
		bool complete = (parts & DATE_COMPLETE) == DATE_COMPLETE;

		if (complete && !junk)
			return sender_is_good(tokens, i) ? GRADE_GOOD : GRADE_LOOSE;
		dated |= complete || (parts & (HAS_WEEKDAY | HAS_TIME)) == (HAS_WEEKDAY | HAS_TIME);
	}
	return dated ? GRADE_LOOSE : grade_without_date(tokens, count);
}

/* Is the line before slice->bytes[at] blank, or is there none? Only so far back
 * as every caller can see, so that the answer does not depend on the slice. */
static bool is_blank_before(const struct slice *slice, size_t at)
{
	size_t limit = at > SEPARATOR_BEHIND ? at - SEPARATOR_BEHIND : 0;
	size_t i = at;

	if (slice->begins && at == 3 && memcmp(slice->bytes, "\xef\xbb\xbf", 3) == 0)
		return true;            /* a byte order mark */
	if (i > limit && slice->bytes[i - 1] == '\n')
		i--;
	while (i > limit && slice->bytes[i - 1] == '\r')
		i--;
	if (i == 0)
		return slice->begins;
	return i > limit && slice->bytes[i - 1] == '\n';
}

/* The header behind a good separator need not be convincing: one line will do. */
static enum header_points weigh_header(const uint8_t *bytes, size_t size, bool good)
{
	struct header_look look;

	for (int i = 0; i < QUOTED_LINES_MAX && size > 6 && memcmp(bytes, ">From ", 6) == 0; i++) {
		size_t length = line_size(bytes, size);
		bytes += length;
		size -= length;
	}
	header_look(bytes, size, 1, 0, &look);
	if (look.first == FIELD_NONE)
		return HEADER_NONE;
	if (!good)
		header_look(bytes, size, HEADER_LINES_MAX, BROKEN_LINES_MAX, &look);
	if (look.from && look.date && look.machine > 0)
		return HEADER_COMPLETE;
	if (look.known >= 2 && look.machine > 0)
		return HEADER_TELLING;
	return look.first == FIELD_PLAUSIBLE ? HEADER_PLAUSIBLE : HEADER_KNOWN;
}

void separator_judge(const struct slice *slice, size_t at, enum separator_grade habit,
                     struct separator *separator)
{
	const uint8_t *line = slice->bytes + at;
	size_t left = slice->size - at;
	size_t size = line_size(line, left);
	enum separator_grade grade = separator_grade_line((const char *)line + 5, size - 5);
	bool blank = is_blank_before(slice, at);
	enum header_points header = weigh_header(line + size, MIN(left - size, SEPARATOR_AHEAD / 2),
	                                         grade == GRADE_GOOD);
	int points = grade_points[grade] + (blank ? BLANK_POINTS : 0) + (int)header;

	if (size > LINE_MAX_SIZE)               /* what follows may be out of sight */
		points = 0;
	/* What a file does at first it does again; what it never does is doubtful. */
	if (grade == habit && (grade == GRADE_BARE || grade == GRADE_SHORT || grade == GRADE_LOOSE))
		points++;
	else if (habit == GRADE_GOOD && grade != GRADE_GOOD && grade != GRADE_PROSE)
		points--;
	*separator = (struct separator){
		.grade = grade,
		.accepted = points >= ACCEPT,
		.near = points >= NEAR && points < ACCEPT,
		.blank_before = blank,
		.header_after = header != HEADER_NONE,
		.size = size,
	};
}
