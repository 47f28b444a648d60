#include "day_order.h"

#include "epistograph/calendar.h"

#include <stdio.h>
#include <string.h>

/* Three numbers with the same separator, somewhere in a text. */
struct triple {
	size_t begin, end;              /* bytes into the text */
	int value[3];
	size_t digits[3];
	char separator;
};

/* Read the digits at `at`: how many, 0 if more than `most`. */
static size_t read_number(const char *at, size_t most, int *value)
{
	size_t digits = strspn(at, "0123456789");

	if (digits == 0 || digits > most)
		return 0;
	*value = (int)g_ascii_strtoll(at, NULL, 10);
	return digits;
}

static bool read_triple(const char *text, size_t at, struct triple *triple)
{
	*triple = (struct triple){ .begin = at };
	for (int i = 0; i < 3; i++) {
		triple->digits[i] = read_number(text + at, 4, &triple->value[i]);
		if (triple->digits[i] == 0 || triple->digits[i] == 3)
			return false;
		at += triple->digits[i];
		if (i == 0)
			triple->separator = text[at];
		if (i < 2 && (text[at] != triple->separator || strchr("/-.", text[at++]) == NULL))
			return false;
	}
	triple->end = at;
	/* 10.22.33 is a time as well: in dots a year has four digits, or nothing is before. */
	return triple->separator != '.' || triple->begin == 0 || triple->digits[0] == 4 ||
	       triple->digits[2] == 4;
}

static bool find_triple(const char *text, struct triple *triple)
{
	for (size_t at = 0; text[at] != '\0'; at++) {
		if (at > 0 && strchr("0123456789/-.:+", text[at - 1]) != NULL)
			continue;
		if (g_ascii_isdigit(text[at]) && read_triple(text, at, triple))
			return true;
	}
	return false;
}

/* RFC 5322 4.3. */
static int full_year(int year, size_t digits)
{
	return digits > 2 ? year : year < 50 ? 2000 + year : 1900 + year;
}

/* The date a triple is in one order; false if it is none. */
static bool read_in_order(const struct triple *triple, enum day_order order, struct civil *civil)
{
	static const int places[][3] = {        /* of year, month, day */
		[DAY_ORDER_DMY] = { 2, 1, 0 },
		[DAY_ORDER_MDY] = { 2, 0, 1 },
		[DAY_ORDER_YMD] = { 0, 1, 2 },
	};
	const int *place = places[order];

	if (triple->digits[place[1]] > 2 || triple->digits[place[2]] > 2 ||
	    triple->digits[place[0]] < 2)
		return false;
	*civil = (struct civil){ .year = full_year(triple->value[place[0]], triple->digits[place[0]]),
	                         .month = triple->value[place[1]],
	                         .day = triple->value[place[2]] };
	return civil_is_valid(civil);
}

/* The orders in which a triple is a date, as bits. */
static unsigned possible_orders(const struct triple *triple)
{
	unsigned possible = 0;
	struct civil civil;

	for (enum day_order order = DAY_ORDER_DMY; order <= DAY_ORDER_YMD; order++)
		if (read_in_order(triple, order, &civil))
			possible |= 1u << order;
	/* Nobody writes dots between a month and a day behind it. */
	if (triple->separator == '.' && possible & 1u << DAY_ORDER_DMY)
		possible &= ~(1u << DAY_ORDER_MDY);
	return possible;
}

void day_evidence_add(struct day_evidence *evidence, const char *value)
{
	struct triple triple;

	if (!find_triple(value, &triple) || triple.digits[0] == 4)
		return;
	unsigned possible = possible_orders(&triple);
	if (possible == 0)
		return;
	evidence->any = true;
	evidence->possible &= possible;
}

static enum day_order single_order(unsigned possible)
{
	for (enum day_order order = DAY_ORDER_DMY; order <= DAY_ORDER_YMD; order++)
		if (possible == 1u << order)
			return order;
	return DAY_ORDER_UNKNOWN;
}

enum day_order day_evidence_order(const struct day_evidence *evidence)
{
	return evidence->any ? single_order(evidence->possible) : DAY_ORDER_UNKNOWN;
}

static void append_day(GString *out, const struct civil *civil)
{
	g_string_append_printf(out, "%04d-%02d-%02d", civil->year, civil->month, civil->day);
}

/* 20160403, 20160403T102233, 20160403102233 and what may follow. */
static bool resolve_compact(GString *out, const char *value, size_t digits)
{
	struct civil civil = { 0 };
	const char *time = value + 8;

	if ((digits != 8 && digits != 12 && digits != 14) ||
	    sscanf(value, "%4d%2d%2d", &civil.year, &civil.month, &civil.day) != 3 ||
	    civil.year < 1900 || civil.year > 2100 || !civil_is_valid(&civil))
		return false;
	append_day(out, &civil);
	if (digits == 8 && (*time == 'T' || *time == ' '))
		time++;
	size_t clock = strspn(time, "0123456789");
	g_string_append_c(out, ' ');
	if (clock == 4 || clock == 6) {
		g_string_append_printf(out, "%.2s:%.2s", time, time + 2);
		if (clock == 6)
			g_string_append_printf(out, ":%.2s", time + 4);
		time += clock;
	}
	g_string_append(out, time);
	return true;
}

static bool resolve_seconds(GString *out, const char *value, size_t digits)
{
	char text[32];

	if (value[digits] != '\0' || (digits != 9 && digits != 10 && digits != 13))
		return false;
	int64_t number = g_ascii_strtoll(value, NULL, 10);
	g_string_append(out, instant_format(text, digits == 13 ? number / 1000 : number));
	return true;
}

bool day_order_resolve(GString *out, const char *value, enum day_order order)
{
	struct triple triple;
	struct civil civil;
	size_t digits = strspn(value, "0123456789");

	if (resolve_compact(out, value, digits) || resolve_seconds(out, value, digits))
		return true;
	if (!find_triple(value, &triple) || triple.digits[0] == 4) {
		g_string_append(out, value);
		return true;
	}
	unsigned possible = possible_orders(&triple);
	if (single_order(possible) != DAY_ORDER_UNKNOWN)
		order = single_order(possible);
	else if (possible != 0 && !(possible & 1u << order))
		return false;           /* DAY_ORDER_UNKNOWN is in no set */
	if (possible != 0 && read_in_order(&triple, order, &civil)) {
		g_string_append_len(out, value, (gssize)triple.begin);
		append_day(out, &civil);
		g_string_append(out, value + triple.end);
	} else {
		g_string_append(out, value);
	}
	return true;
}
