#include "date.h"

#include "date_words.h"

#include "epistograph/calendar.h"
#include "epistograph/message.h"

#include <stdlib.h>
#include <string.h>

#define HOUR_S 3600
#define END_PLAUSIBLE   INT64_C(4133980800)     /* 2101-01-01T00:00:00Z */

/* A date is short; what follows in a longer value is not looked at. */
#define DATE_SIZE_MAX 256

/* Zones on Earth run from -12 to +14. RFC 5322 allows more; such an offset says
 * nothing about where the sender was. */
#define OFFSET_MAX_S (14 * HOUR_S)

struct reading {
	const char *at, *end;
	struct civil civil;             /* month 0: none yet; hour -1: none yet */
	int weekday;                    /* 0 = Monday, -1 = not said */
	int32_t offset_s;
	bool has_offset;                /* the zone was named, if only as -0000 */
	bool is_named;                  /* by a word: "MET", which may have "DST" behind it */
	bool year_first;                /* "2016. 7. 14.": the month comes next */
	bool maybe_weekday;             /* the month's word may have been a weekday's */
	enum date_half half;            /* "下午", which stands before its hour */
};

/* ---- words ---- */

static const char months_short[12][4] = {
	"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
};
static const char weekdays_short[7][4] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

static int find_three(const char (*table)[4], int count, const char *word)
{
	char a = (char)(word[0] | 0x20), b = (char)(word[1] | 0x20), c = (char)(word[2] | 0x20);

	for (int i = 0; i < count; i++)
		if (table[i][0] == a && table[i][1] == b && table[i][2] == c)
			return i;
	return -1;
}

/* Hours east. The first ten are those of RFC 5322; CST and the others that several
 * countries claim mean what they mean in RFC 5322 or in Europe. */
#define STANDARD_ZONES 10
static const struct {
	const char *name;
	int hours;
} zones[] = {
	{ "gmt", 0 }, { "ut", 0 }, { "edt", -4 }, { "est", -5 }, { "cdt", -5 }, { "cst", -6 },
	{ "mdt", -6 }, { "mst", -7 }, { "pdt", -7 }, { "pst", -8 },
	{ "utc", 0 }, { "uct", 0 }, { "wet", 0 }, { "bst", 1 }, { "west", 1 }, { "cet", 1 }, { "mez", 1 },
	{ "met", 1 }, { "cest", 2 }, { "mesz", 2 }, { "mest", 2 }, { "eet", 2 }, { "sast", 2 },
	{ "eest", 3 }, { "msk", 3 }, { "msd", 4 }, { "hkt", 8 }, { "sgt", 8 }, { "jst", 9 },
	{ "kst", 9 }, { "aest", 10 }, { "aedt", 11 }, { "nzst", 12 }, { "nzdt", 13 },
	{ "brt", -3 }, { "adt", -3 }, { "akdt", -8 }, { "akst", -9 }, { "hst", -10 },
};

static int find_zone(const char *word, size_t size)
{
	for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
		if (slice_equals((struct slice){ word, size }, zones[i].name))
			return (int)i;
	return -1;
}

/* ---- what both readers share ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return g_ascii_isalpha(c);
}

/* Read at most `most` digits. How many there were; *value holds them. */
static int read_digits(struct reading *r, int most, int *value)
{
	int count = 0;

	*value = 0;
	while (r->at < r->end && count < most && is_digit(*r->at)) {
		*value = *value * 10 + (*r->at++ - '0');
		count++;
	}
	return count;
}

/* Skip one comment, nested ones with it. False if it is not closed. */
static bool skip_comment(struct reading *r)
{
	int depth = 0;

	for (; r->at < r->end; r->at++) {
		if (*r->at == '\\' && r->at + 1 < r->end)
			r->at++;
		else if (*r->at == '(')
			depth++;
		else if (*r->at == ')' && --depth == 0) {
			r->at++;
			return true;
		}
	}
	return false;
}

static bool skip_blanks_and_comments(struct reading *r)
{
	while (r->at < r->end) {
		if (is_blank(*r->at))
			r->at++;
		else if (*r->at != '(')
			return true;
		else if (!skip_comment(r))
			return false;
	}
	return true;
}

/* RFC 5322 4.3: two digits below 50 are of this century, others add 1900. */
static int full_year(int year, int digits)
{
	if (digits == 2)
		return year < 50 ? year + 2000 : year + 1900;
	return digits == 3 ? year + 1900 : year;
}

static bool finish(const struct reading *r, struct date *date)
{
	if (!civil_is_valid(&r->civil))
		return false;

	int32_t offset = r->has_offset && r->offset_s != UTC_OFFSET_UNKNOWN ? r->offset_s : 0;
	date->instant = instant_from_civil(&r->civil) - offset;
	date->utc_offset_s = r->has_offset ? r->offset_s : UTC_OFFSET_UNKNOWN;
	return true;
}

/* ---- RFC 5322, section 3.3 and 4.3 ---- */

static bool standard_date(struct reading *r)
{
	int digits;

	if (r->end - r->at < 3)
		return false;
	if (is_letter(*r->at)) {
		r->weekday = find_three(weekdays_short, 7, r->at);
		r->at += 3;
		if (r->weekday < 0 || !skip_blanks_and_comments(r) || r->at == r->end ||
		    *r->at++ != ',' || !skip_blanks_and_comments(r))
			return false;
	}
	if (!read_digits(r, 2, &r->civil.day) || !skip_blanks_and_comments(r) || r->end - r->at < 4)
		return false;
	r->civil.month = find_three(months_short, 12, r->at) + 1;
	r->at += 3;
	if (!r->civil.month || is_letter(*r->at) || !skip_blanks_and_comments(r))
		return false;
	digits = read_digits(r, 5, &r->civil.year);
	r->civil.year = full_year(r->civil.year, digits);
	return digits >= 2 && digits <= 4 && r->at < r->end && skip_blanks_and_comments(r);
}

static bool standard_time(struct reading *r)
{
	if (read_digits(r, 2, &r->civil.hour) != 2 || !skip_blanks_and_comments(r) ||
	    r->at == r->end || *r->at++ != ':' || !skip_blanks_and_comments(r) ||
	    read_digits(r, 2, &r->civil.minute) != 2)
		return false;

	const char *minute_end = r->at;
	if (!skip_blanks_and_comments(r) || r->at == r->end)
		return false;
	if (*r->at != ':')
		return r->at > minute_end;      /* the zone comes after a blank */
	r->at++;
	return skip_blanks_and_comments(r) && read_digits(r, 2, &r->civil.second) == 2 &&
	       r->at < r->end && (is_blank(*r->at) || *r->at == '(') && skip_blanks_and_comments(r);
}

static bool standard_zone(struct reading *r)
{
	const char *start = r->at;
	int value;

	if (r->at == r->end)
		return false;
	r->has_offset = true;
	if (*r->at == '+' || *r->at == '-') {
		r->at++;
		if (read_digits(r, 5, &value) != 4 || value % 100 > 59)
			return false;
		r->offset_s = (value / 100 * 60 + value % 100) * 60;
		if (*start == '-')
			r->offset_s = value ? -r->offset_s : UTC_OFFSET_UNKNOWN;
		return r->offset_s == UTC_OFFSET_UNKNOWN || abs(r->offset_s) <= OFFSET_MAX_S;
	}
	while (r->at < r->end && is_letter(*r->at))
		r->at++;
	/* RFC 5322 4.3: military letters were defined the wrong way round and mean -0000. */
	if (r->at - start == 1 && (*start | 0x20) != 'j') {
		r->offset_s = UTC_OFFSET_UNKNOWN;
		return true;
	}

	int zone = find_zone(start, (size_t)(r->at - start));
	if (zone < 0 || zone >= STANDARD_ZONES)
		return false;
	r->offset_s = zones[zone].hours * HOUR_S;
	return true;
}

static bool read_standard(struct slice value, struct date *date)
{
	struct reading r = { .at = value.at, .end = value.at + value.size, .weekday = -1 };

	if (!skip_blanks_and_comments(&r) || !standard_date(&r) || !standard_time(&r) ||
	    !standard_zone(&r) || !skip_blanks_and_comments(&r) || r.at < r.end ||
	    !finish(&r, date))
		return false;
	if (r.weekday < 0)
		return true;

	r.civil.hour = r.civil.minute = r.civil.second = 0;
	return civil_from_instant(instant_from_civil(&r.civil)).weekday == r.weekday;
}

/* ---- anything else ---- */

/* Bytes of a word; a name of a month in Cyrillic takes two a letter. */
#define WORD_SIZE 32

/* The next character, of UTF-8 or else of Latin-1. */
static gunichar next_letter(struct reading *r)
{
	unsigned char first = (unsigned char)*r->at;
	gunichar c = first < 0x80 ? first : g_utf8_get_char_validated(r->at, r->end - r->at);

	if ((gint32)c < 0)
		c = first;
	else if (first >= 0x80)
		r->at = g_utf8_next_char(r->at) - 1;
	r->at++;
	return c;
}

/* Latin and Greek letters without accents: é becomes e, ΐ becomes ι; ł and ı, which
 * decompose into nothing, are written so. Other scripts keep theirs. */
static gunichar without_accents(gunichar c)
{
	gunichar base, mark;

	while (g_unichar_decompose(c, &base, &mark) && base < 0x400)
		c = base;
	switch (c) {
	case 0x142: return 'l';
	case 0xf8: return 'o';
	case 0xdf: return 's';
	case 0x131: return 'i';
	case 0x3c2: return 0x3c3;       /* a final sigma */
	default: return c;
	}
}

/* A word in lower-case letters and without accents. */
static size_t read_word(struct reading *r, char word[static WORD_SIZE])
{
	size_t size = 0;

	while (r->at < r->end && (is_letter(*r->at) || (*r->at & 0x80))) {
		gunichar c = without_accents(g_unichar_tolower(next_letter(r)));
		char bytes[6];

		if (!g_unichar_isalpha(c))
			continue;               /* a blank of another script, a bracket */
		int length = g_unichar_to_utf8(c, bytes);
		if (size + (size_t)length < WORD_SIZE) {
			memcpy(word + size, bytes, (size_t)length);
			size += (size_t)length;
		}
	}
	word[size] = '\0';
	return size;
}

static bool at_char(const struct reading *r, char c)
{
	return r->at < r->end && *r->at == c;
}

static bool at_digit(const struct reading *r)
{
	return r->at < r->end && is_digit(*r->at);
}

/* "+0200", "+02:00", "+2", "-530" behind the time or a zone's name. */
static bool tolerant_offset(struct reading *r)
{
	char sign = *r->at++;
	int value, minutes;
	int digits = read_digits(r, 4, &value);

	if (!digits || at_digit(r))
		return false;
	if (digits <= 2) {
		value *= 100;
		if (at_char(r, ':')) {
			r->at++;
			if (read_digits(r, 2, &minutes) != 2)
				return false;
			value += minutes;
		}
	}
	if (value % 100 > 59)
		return false;
	r->has_offset = true;
	r->offset_s = (value / 100 * 60 + value % 100) * 60;
	if (sign == '-')
		r->offset_s = value ? -r->offset_s : UTC_OFFSET_UNKNOWN;
	if (r->offset_s != UTC_OFFSET_UNKNOWN && abs(r->offset_s) > OFFSET_MAX_S)
		r->offset_s = UTC_OFFSET_UNKNOWN;
	return true;
}

/* A comment may hold the only mention of the zone: "(GMT+02:00)", "(PDT)". */
static void zone_from_comment(struct reading *r, const char *start)
{
	struct reading inner = { .at = start + 1, .end = r->at };
	char word[WORD_SIZE];

	if (r->has_offset || r->civil.hour < 0)
		return;
	read_word(&inner, word);
	int zone = find_zone(word, strlen(word));
	if (zone < 0)
		return;
	inner.offset_s = zones[zone].hours * HOUR_S;
	if ((at_char(&inner, '+') || at_char(&inner, '-')) && !tolerant_offset(&inner))
		return;
	r->offset_s = inner.offset_s;
	r->has_offset = true;
}

/* hh:mm[:ss[.fraction]] or the same with dots; the first number is read. */
static bool tolerant_time(struct reading *r, int hour, char separator)
{
	int fraction;

	if (r->civil.hour >= 0)
		return false;
	r->civil.hour = hour;
	r->at++;
	if (!read_digits(r, 2, &r->civil.minute))
		return false;
	if (at_char(r, separator)) {
		r->at++;
		if (!read_digits(r, 2, &r->civil.second) || at_digit(r))
			return false;
		if (at_char(r, '.') || at_char(r, ',')) {
			r->at++;
			while (read_digits(r, 9, &fraction))
				;
		}
	}
	return true;
}

/* Three numbers, or number, month name, number, with the same separator:
 * 2016-07-14, 14.07.2016, 14-Jul-16. 7/8/2016 says two things and is refused. */
static bool tolerant_numeric_date(struct reading *r, int first, int digits, char separator)
{
	int second, third, third_digits;
	char word[WORD_SIZE];

	if (r->civil.month || r->civil.day)
		return false;
	r->at++;
	if (at_digit(r)) {
		if (!read_digits(r, 2, &second))
			return false;
	} else {
		read_word(r, word);
		second = date_month_of(word);
	}
	if (!second || !at_char(r, separator))
		return false;
	r->at++;
	third_digits = read_digits(r, 4, &third);
	if (!third_digits || at_digit(r))
		return false;
	if (digits == 4) {
		r->civil = (struct civil){ .year = first, .month = second, .day = third,
		                           .hour = r->civil.hour, .minute = r->civil.minute,
		                           .second = r->civil.second };
		return true;
	}
	if (digits > 2 || third_digits < 2)
		return false;
	r->civil.year = full_year(third, third_digits);
	r->civil.day = first;
	r->civil.month = second;
	if (separator != '/')
		return true;
	if (first > 12 && second <= 12)
		return third_digits == 4;
	r->civil.day = second;
	r->civil.month = first;
	return second > 12 && third_digits == 4;
}

/* "14. Juli", "2016. július 14.", "2016. 7. 14.": behind a year the month comes first. */
static bool ordinal(struct reading *r, int value, int digits)
{
	if (digits == 4 && !r->civil.year && !r->civil.day) {
		r->civil.year = value;
		r->year_first = true;
		return true;
	}
	if (digits > 2 || r->civil.day)
		return false;
	if (r->year_first && !r->civil.month)
		r->civil.month = value;
	else
		r->civil.day = value;
	return value > 0;
}

/* A number with a word of East Asia behind it: 2016年7月14日, 10時30分05秒. Years are counted
 * in four digits: others are of an emperor's era. */
static bool tolerant_unit(struct reading *r, int value, int digits, char unit)
{
	int *fields[] = { &r->civil.year, &r->civil.month, &r->civil.day, &r->civil.minute,
	                  &r->civil.second };
	const char *place = strchr("YmdMS", unit);

	if (unit == 'H') {
		bool first = r->civil.hour < 0;

		r->civil.hour = value;
		return first && digits <= 2;
	}
	if (*fields[place - "YmdMS"] || (unit == 'Y') != (digits == 4) ||
	    (strchr("MS", unit) && r->civil.hour < 0))
		return false;
	*fields[place - "YmdMS"] = value;
	return value > 0 || strchr("MS", unit);
}

/* A dotted pair or triple is a time where the day is already known. */
static bool tolerant_dotted(struct reading *r, int value, int digits)
{
	if (r->at + 1 == r->end || !is_digit(r->at[1])) {
		r->at++;
		return ordinal(r, value, digits);
	}
	if (r->civil.month && r->civil.day)
		return digits <= 2 && tolerant_time(r, value, '.');
	return tolerant_numeric_date(r, value, digits, '.');
}

static bool tolerant_number(struct reading *r)
{
	const char *start = r->at;
	int value, digits = read_digits(r, 4, &value);
	size_t size;

	if (at_digit(r))
		return false;
	char unit = date_unit_at(r->at, (size_t)(r->end - r->at), &size);

	if (unit) {
		r->at += size;
		return tolerant_unit(r, value, digits, unit);
	}
	if (at_char(r, ':') || at_char(r, 'h'))         /* "10h30" */
		return digits <= 2 && tolerant_time(r, value, *r->at);
	if (at_char(r, '.'))
		return tolerant_dotted(r, value, digits);
	if (at_char(r, '-') || at_char(r, '/'))
		return tolerant_numeric_date(r, value, digits, *r->at);
	if (digits <= 2 && !r->civil.day) {
		r->civil.day = value;
		return true;
	}
	if (digits == 4 && r->civil.year && r->civil.hour >= 0 && !r->has_offset &&
	    is_blank(start[-1])) {
		r->has_offset = true;           /* "0200" without its sign says nothing */
		r->offset_s = UTC_OFFSET_UNKNOWN;
		return true;
	}
	if (digits == 1 || r->civil.year)
		return false;
	r->civil.year = full_year(value, digits);
	return true;
}

static bool afternoon(struct reading *r, bool after_noon)
{
	if (r->civil.hour < 1 || r->civil.hour > 12)
		return false;
	r->civil.hour = r->civil.hour % 12 + (after_noon ? 12 : 0);
	return true;
}

/* What stands behind the "a" of "a.m.", "p. m." and their like. */
static bool take_meridiem(struct reading *r)
{
	const char *start = r->at;

	if (!at_char(r, '.'))
		return false;
	/* Spanish has a blank between that keeps both together: U+00A0 or U+202F. */
	for (r->at++; r->at < r->end && (is_blank(*r->at) || strchr("\xc2\xa0\xe2\x80\xaf", *r->at));)
		r->at++;
	if ((at_char(r, 'm') || at_char(r, 'M')) && (++r->at == r->end || !is_letter(*r->at)))
		return true;
	r->at = start;
	return false;
}

/* The half of the day, where it stands before its hour. */
static bool settle_half(struct reading *r)
{
	if (r->half == HALF_NONE)
		return true;
	if (r->civil.hour < 0 || (r->half == HALF_BEFORE_NOON && r->civil.hour > 12))
		return false;
	if (r->half == HALF_BEFORE_NOON)
		r->civil.hour %= 12;
	else if (r->civil.hour < 12)
		r->civil.hour += 12;
	return true;
}

static bool tolerant_zone_word(struct reading *r, const char *word, size_t size)
{
	int zone = find_zone(word, size);

	if (zone >= 0 && (at_char(r, '+') || at_char(r, '-')))
		return !r->has_offset && tolerant_offset(r);
	if (!strcmp(word, "dst") && r->is_named) {
		r->offset_s += HOUR_S;
		r->is_named = false;
		return true;
	}
	if (r->has_offset)                      /* "+0200 CEST": the number counts */
		return true;
	r->has_offset = true;
	/* "PST8PDT", "Europe/Berlin": places, which keep two times a year. */
	if (size >= 3 && (at_digit(r) || at_char(r, '/'))) {
		while (r->at < r->end && !is_blank(*r->at))
			r->at++;
		zone = -1;
	}
	r->offset_s = zone >= 0 ? zones[zone].hours * HOUR_S : UTC_OFFSET_UNKNOWN;
	r->is_named = zone >= 0;
	return true;
}

static bool tolerant_word(struct reading *r, int words_before)
{
	/* What stands between the parts of a date in a sentence. */
	static const char *const fillers[] = {
		"de", "del", "di", "den", "der", "do", "le", "the", "of", "at", "um", "uhr", "om",
		"st", "nd", "rd", "th", "er", "t", "a", "as", "las", "d", "h", "kl", "klo", "г", "р",
	};
	char word[WORD_SIZE];
	size_t size = read_word(r, word);
	int month = date_month_of(word);
	enum date_half half = date_half_of(word);

	if (!size)
		return true;
	/* "mar. 12 juil.": the first word was Tuesday, not March. */
	if (month && (!r->civil.month || r->maybe_weekday)) {
		r->maybe_weekday = words_before == 0 && date_may_be_weekday(word);
		r->civil.month = month;
		return true;
	}
	if (half && !r->half) {
		r->half = half;
		return true;
	}
	if ((!strcmp(word, "a") || !strcmp(word, "p")) && r->civil.hour >= 0 && take_meridiem(r))
		return afternoon(r, *word == 'p');
	for (size_t i = 0; i < G_N_ELEMENTS(fillers); i++)
		if (!strcmp(fillers[i], word))
			return true;
	if (!strcmp(word, "am") && r->civil.hour >= 0)
		return afternoon(r, false);
	if (!strcmp(word, "pm") && r->civil.hour >= 0)
		return afternoon(r, true);
	if ((find_three(weekdays_short, 7, word) >= 0 && size >= 3) || date_is_weekday(word))
		return true;
	if (r->civil.hour >= 0)
		return tolerant_zone_word(r, word, size);
	return words_before == 0;               /* a weekday in some language */
}

static bool read_tolerant(struct slice value, struct date *date)
{
	struct reading r = { .at = value.at, .end = value.at + value.size,
	                     .civil = { .hour = -1 } };
	int words = 0;

	while (r.at < r.end) {
		const char *start = r.at;
		char c = *r.at;

		if (c == '(') {
			skip_comment(&r);
			zone_from_comment(&r, start);
		} else if (is_digit(c)) {
			if (!tolerant_number(&r))
				return false;
		} else if (is_letter(c) || (c & 0x80)) {
			if (!tolerant_word(&r, words++))
				return false;
		} else if ((c == '+' || c == '-') && r.civil.hour >= 0 && r.at + 1 < r.end &&
		           is_digit(r.at[1]) && !r.has_offset) {
			if (!tolerant_offset(&r))
				return false;
		} else if (is_blank(c) || strchr(",;.\"'-<>)", c)) {
			r.at++;
		} else {
			return false;
		}
	}
	if (!r.civil.month || !r.civil.day || !r.civil.year || !settle_half(&r))
		return false;
	if (r.civil.hour < 0)                   /* a day alone: its beginning stands for it */
		r.civil.hour = 0;
	return finish(&r, date);
}

/* ---- public ---- */

enum date_form date_read(struct slice value, struct date *date)
{
	value = slice_trim(value);
	if (read_standard(value, date))
		return DATE_STANDARD;
	value.size = MIN(value.size, DATE_SIZE_MAX);
	return read_tolerant(value, date) ? DATE_TOLERATED : DATE_UNREADABLE;
}

bool date_read_received(struct slice value, struct date *date)
{
	/* A comment behind the date may hold a semicolon of its own. */
	for (int tries = 0; tries < 3; tries++) {
		const char *semicolon = memrchr(value.at, ';', value.size);

		if (!semicolon)
			return false;

		size_t before = (size_t)(semicolon - value.at);
		struct slice tail = { semicolon + 1, value.size - before - 1 };

		if (date_read(tail, date) != DATE_UNREADABLE)
			return true;
		value.size = before;
	}
	return false;
}

bool date_read_separator(struct slice line, struct date *date)
{
	/* public-inbox and git write these on every message. */
	static const char *const empty[] = {
		"Thu Jan  1 00:00:00 1970", "Mon Sep 17 00:00:00 2001",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(empty); i++)
		if (slice_contains(line, empty[i]))
			return false;

	/* The sender may hold blanks ("esr at example.org"): begin at the weekday. */
	for (; line.size >= 24; line.at++, line.size--) {
		if (!is_blank(line.at[0]) || is_blank(line.at[1]) || !is_blank(line.at[4]) ||
		    find_three(weekdays_short, 7, line.at + 1) < 0)
			continue;

		struct slice tail = { line.at + 1, MIN(line.size - 1, DATE_SIZE_MAX) };
		if (read_tolerant(tail, date) && date_is_plausible(date->instant))
			return true;
	}
	return false;
}

bool date_is_plausible(int64_t instant)
{
	return instant >= FIRST_PLAUSIBLE && instant < END_PLAUSIBLE;
}

static int compare_times(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int64_t date_newest_of_chain(int64_t *times, int count)
{
	int64_t newest = INSTANT_NONE;
	int largest = 0;

	if (count == 0)
		return INSTANT_NONE;

	int64_t topmost = times[0];
	qsort(times, (size_t)count, sizeof *times, compare_times);
	for (int start = 0, next; start < count; start = next) {
		bool has_topmost = times[start] == topmost;

		for (next = start + 1; next < count; next++) {
			if (times[next] - times[next - 1] > CHAIN_DISTANCE_MAX_S)
				break;
			has_topmost |= times[next] == topmost;
		}
		if (next - start > largest || (next - start == largest && has_topmost)) {
			largest = next - start;
			newest = times[next - 1];
		}
	}
	return newest;
}
