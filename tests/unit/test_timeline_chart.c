#include "unit.h"

#include "svg_checks.h"

#include "epistograph/error.h"
#include "epistograph/timeline_chart.h"

#include <glib.h>

#include <math.h>
#include <string.h>

#define WIDTH 510.0
#define HEIGHT 283.0
#define BINS_MAX 400

/* A timeline on the stack, its strings and arrays borrowed. */
struct fixture {
	struct timeline timeline;
	struct timeline_bin bins[BINS_MAX];
	struct timeline_gap gaps[10];
	struct time_event events[20];
	int event_count;
	struct time_period periods[3];
	int period_count;
};

static int64_t day(int year, int month, int number)
{
	struct civil c = { .year = year, .month = month, .day = number };

	return instant_from_civil(&c);
}

static void set_up(struct fixture *f, enum calendar_unit unit, int64_t first, int64_t last)
{
	struct timeline *t = &f->timeline;

	memset(f, 0, sizeof *f);
	t->unit = unit;
	t->bins = f->bins;
	t->gaps = f->gaps;
	t->first = first;
	t->last = last;
	t->series_count = 1;
	t->series_names[0] = (char *)"messages";
	for (int64_t at = calendar_floor(unit, first); at <= last; at = calendar_next(unit, at))
		f->bins[t->bin_count++].start = at;
}

static void set(struct fixture *f, int bin, int series, int64_t count)
{
	f->bins[bin].counts[series] += count;
	f->bins[bin].total += count;
	f->timeline.dated += count;
}

static void split(struct fixture *f, enum timeline_split how, const char *const *names)
{
	f->timeline.split = how;
	f->timeline.series_count = 0;
	for (int s = 0; names[s]; s++)
		f->timeline.series_names[f->timeline.series_count++] = (char *)names[s];
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return timeline_chart_draw(canvas, width, height, chart, err);
}

/* NULL if there is no room for it, with *err. */
static struct svg *try_to_draw(const struct fixture *f, double width, double height,
                               struct error *err)
{
	const struct timeline_chart chart = {
		.timeline = &f->timeline, .frame = { "Title", "Messages", "Source: invented" },
		.annotations = { f->events, f->event_count, f->periods, f->period_count },
	};

	return svg_painted(paint, &chart, width, height, err);
}

static struct svg *draw_on(const struct fixture *f, double width, double height)
{
	struct error err = { "" };
	struct svg *svg = try_to_draw(f, width, height, &err);

	assert_string_equal(err.message, "");
	return svg;
}

static struct svg *draw(const struct fixture *f)
{
	return draw_on(f, WIDTH, HEIGHT);
}

/* ---- reading what was drawn ---- */

/* The number behind ": " in a bar's title, without its commas. */
static int64_t count_in_title(const char *title)
{
	const char *at = strstr(title, ": ");
	int64_t count = 0;

	assert_non_null(at);
	for (at += 2; g_ascii_isdigit(*at) || *at == ','; at++)
		if (*at != ',')
			count = count * 10 + *at - '0';
	return count;
}

/* The sum over all marks whose id begins with "bar-" and ends with the suffix. */
static int64_t sum_of_bars(const struct svg *svg, const char *suffix)
{
	int64_t sum = 0;

	for (int i = 0; svg_nth(svg, "title", i); i++) {
		const struct svg_element *title = svg_nth(svg, "title", i);
		if (title->mark && g_str_has_prefix(title->mark, "bar-") &&
		    g_str_has_suffix(title->mark, suffix))
			sum += count_in_title(title->text->str);
	}
	return sum;
}

/* The first rectangle of a mark. */
static const struct svg_element *rectangle_of(const struct svg *svg, const char *id)
{
	for (int i = 0; svg_nth(svg, "rect", i); i++) {
		const struct svg_element *rect = svg_nth(svg, "rect", i);
		if (rect->mark && strcmp(rect->mark, id) == 0)
			return rect;
	}
	return NULL;
}

static double height_of(const struct svg *svg, const char *id)
{
	const struct svg_element *rect = rectangle_of(svg, id);

	assert_non_null(rect);
	return svg_number(rect, "height", -1);
}

/* ---- bars ---- */

static void a_bar_is_a_mark_whose_title_says_its_month_and_count(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2016, 6, 1), day(2016, 8, 31));
	set(&f, 0, 0, 1);
	set(&f, 1, 0, 1234);
	f.bins[1].repaired = 12;
	struct svg *svg = draw(&f);
	assert_string_equal(svg_mark_title(svg, "bar-2016-06"), "June 2016: 1 message");
	assert_string_equal(svg_mark_title(svg, "bar-2016-07"),
	                    "July 2016: 1,234 messages, 12 with a repaired or replaced date");
	/* Nothing is drawn for nothing. */
	assert_null(svg_mark_title(svg, "bar-2016-08"));
	assert_int_equal(sum_of_bars(svg, ""), 1235);
	assert_true(svg_has_text(svg, "messages per month (UTC)"));
	assert_true(svg_has_text(svg, "date repaired or replaced"));
	assert_true(svg_has_text(svg, "12 messages have a repaired or replaced date."));
	assert_true(svg_ids_are_unique(svg));
	svg_free(svg);
}

static void heights_are_proportional_from_zero_and_one_message_is_seen(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_DAY, day(2016, 7, 1), day(2016, 7, 4));
	set(&f, 0, 0, 10000);
	set(&f, 1, 0, 5000);
	set(&f, 2, 0, 2500);
	set(&f, 3, 0, 1);
	struct svg *svg = draw(&f);
	double highest = height_of(svg, "bar-2016-07-01");
	assert_true(highest > 100);
	assert_true(fabs(height_of(svg, "bar-2016-07-02") - highest / 2) < 0.02);
	assert_true(fabs(height_of(svg, "bar-2016-07-03") - highest / 4) < 0.02);
	assert_true(height_of(svg, "bar-2016-07-04") == 0.6);
	/* All stand on one line. */
	for (int i = 1; i <= 4; i++) {
		char id[] = "bar-2016-07-0x";
		id[13] = (char)('0' + i);
		const struct svg_element *rect = rectangle_of(svg, id);
		const struct svg_element *first = rectangle_of(svg, "bar-2016-07-01");
		assert_true(fabs(svg_number(rect, "y", 0) + svg_number(rect, "height", 0) -
		                 svg_number(first, "y", 0) - highest) < 0.02);
	}
	assert_true(svg_has_text(svg, "10,000"));
	svg_free(svg);
}

static void every_unit_has_its_ids_and_names(void **state)
{
	static const struct { enum calendar_unit unit; const char *id, *title, *per; } cases[] = {
		{ CALENDAR_DAY, "bar-2016-07-14", "14 July 2016: 3 messages", "messages per day (UTC)" },
		{ CALENDAR_WEEK, "bar-2016-07-11", "Week of 11 July 2016: 3 messages (incomplete week)",
		  "messages per week from Monday (UTC)" },
		{ CALENDAR_MONTH, "bar-2016-07", "July 2016: 3 messages (incomplete month)",
		  "messages per month (UTC)" },
		{ CALENDAR_QUARTER, "bar-2016-Q3", "July to September 2016: 3 messages (incomplete quarter)",
		  "messages per quarter (UTC)" },
		{ CALENDAR_YEAR, "bar-2016", "2016: 3 messages (incomplete year)",
		  "messages per year (UTC)" },
	};
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		set_up(&f, cases[i].unit, day(2016, 7, 14), day(2016, 7, 14) + 3600);
		set(&f, 0, 0, 3);
		struct svg *svg = draw(&f);
		assert_string_equal(svg_mark_title(svg, cases[i].id), cases[i].title);
		assert_true(svg_has_text(svg, cases[i].per));
		check_on_page(svg, WIDTH, HEIGHT);
		svg_free(svg);
	}
}

/* ---- what is missing ---- */

static void what_is_not_in_the_figure_is_counted(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2009, 3, 20), day(2010, 4, 29));
	for (int i = 0; i < f.timeline.bin_count; i++)
		set(&f, i, 0, 5);
	f.timeline.undated = 1037;
	f.timeline.implausible = 10;
	f.timeline.far = 2;
	f.timeline.far_first = day(1985, 5, 1);
	f.timeline.far_last = day(2099, 1, 4);
	f.timeline.from_received = 8;
	f.timeline.from_separator = 1;
	struct svg *svg = draw(&f);
	assert_true(svg_has_text(svg, "Not shown: 1,037 messages without a date, 10 with an "
	                              "implausible date and 2 far from all other mail"));
	/* 19 of 31 days of March lie before the first message; of April only one of 30
	 * is after the last. */
	assert_true(svg_has_text(svg, "Paler: incomplete month, the mail begins on 20 March 2009."));
	assert_true(svg_has_text(svg, "8 are dated by a Received header. 1 is dated"));
	assert_string_not_equal(svg_attribute(rectangle_of(svg, "bar-2009-03"), "fill"),
	                        svg_attribute(rectangle_of(svg, "bar-2009-04"), "fill"));
	assert_string_equal(svg_attribute(rectangle_of(svg, "bar-2010-04"), "fill"),
	                    svg_attribute(rectangle_of(svg, "bar-2009-04"), "fill"));
	svg_free(svg);
}

static void a_silence_is_hatched_and_says_how_long(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_DAY, day(2021, 7, 1), day(2021, 8, 31));
	for (int i = 0; i < f.timeline.bin_count; i++)
		if (i < 30 || i >= 44)
			set(&f, i, 0, 4);
	f.gaps[0] = (struct timeline_gap){ day(2021, 7, 31), day(2021, 8, 14) };
	f.timeline.gap_count = 1;
	struct svg *svg = draw(&f);
	assert_string_equal(svg_mark_title(svg, "gap-2021-07-31"),
	                    "31 July 2021 to 13 August 2021: no mail for 14 days");
	/* Hatched over the silent days: right of the bar of 30 July, left of 14 August. */
	const struct svg_element *hatch = rectangle_of(svg, "gap-2021-07-31");
	const struct svg_element *before = rectangle_of(svg, "bar-2021-07-30");
	const struct svg_element *after = rectangle_of(svg, "bar-2021-08-14");
	double left = svg_number(hatch, "x", 0), right = left + svg_number(hatch, "width", 0);
	assert_true(left >= svg_number(before, "x", 0) + svg_number(before, "width", 0));
	assert_true(right <= svg_number(after, "x", 0));
	assert_true(right - left > 14 * 6);
	assert_true(svg_has_text(svg, "no mail for 14"));
	assert_true(svg_has_text(svg, "Hatched ground: no such mail in this archive"));
	check_texts_apart(svg);
	svg_free(svg);
}

/* Where a text stands: the mark's id, "" for none; NULL if there is no such text. */
static const char *mark_of_text(const struct svg *svg, const char *words)
{
	for (int i = 0; svg_nth(svg, "text", i); i++)
		if (strstr(svg_nth(svg, "text", i)->text->str, words))
			return svg_nth(svg, "text", i)->mark ? svg_nth(svg, "text", i)->mark : "";
	return NULL;
}

static void a_gap_among_high_bars_is_explained_by_the_legend(void **state)
{
	struct fixture f;

	(void)state;
	for (int high = 0; high < 2; high++) {
		set_up(&f, CALENDAR_WEEK, day(2021, 1, 4), day(2021, 12, 26));
		for (int i = 0; i < f.timeline.bin_count; i++)
			if (i != 30)
				set(&f, i, 0, high || i < 5 ? 60 : 2);
		f.gaps[0] = (struct timeline_gap){ f.bins[30].start, f.bins[31].start };
		f.timeline.gap_count = 1;
		struct svg *svg = draw(&f);
		assert_string_equal(mark_of_text(svg, "no mail for 7 days"), high ? "legend" : "");
		svg_free(svg);
	}
}

/* Two long silences side by side leave no room for a label, a short one later would. */
static void no_short_silence_is_named_alone(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2019, 4, 1), day(2026, 3, 31));
	for (int i = 0; i < f.timeline.bin_count; i++)
		set(&f, i, 0, i == 40 ? 201 : 30);
	f.gaps[0] = (struct timeline_gap){ day(2020, 5, 30), day(2020, 7, 29) };
	f.gaps[1] = (struct timeline_gap){ day(2021, 1, 19), day(2021, 6, 19) };
	f.gaps[2] = (struct timeline_gap){ day(2022, 9, 23), day(2022, 10, 11) };
	f.timeline.gap_count = 3;
	struct svg *svg = draw_on(&f, 230, 230);
	assert_false(svg_has_text(svg, "no mail for 151 days"));
	assert_false(svg_has_text(svg, "no mail for 18 days"));
	assert_true(svg_has_text(svg, "unusual silence (3 times, at most 151 days)"));
	svg_free(svg);
	svg = draw_on(&f, 500, 250);
	assert_true(svg_has_text(svg, "no mail for 151 days"));
	svg_free(svg);
}

static void a_timeline_without_dates_says_so(void **state)
{
	struct fixture f;

	(void)state;
	memset(&f, 0, sizeof f);
	f.timeline.first = f.timeline.last = INSTANT_NONE;
	f.timeline.series_count = 1;
	struct svg *svg = draw(&f);
	assert_true(svg_has_text(svg, "There is no mail here to draw."));
	svg_free(svg);
	f.timeline.undated = 1;
	svg = draw(&f);
	assert_true(svg_has_text(svg, "No message here has a date that can be drawn."));
	assert_true(svg_has_text(svg, "Not shown: 1 message without a date."));
	check_on_page(svg, WIDTH, HEIGHT);
	svg_free(svg);
}

/* ---- series ---- */

static void up_to_four_kinds_are_stacked(void **state)
{
	static const char *const names[] = { "personal", "list", "bulk", "automatic", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_YEAR, day(2010, 1, 1), day(2012, 12, 31));
	split(&f, SPLIT_KIND, names);
	for (int i = 0; i < 3; i++)
		for (int s = 0; s < 4; s++)
			set(&f, i, s, 10 * (s + 1));
	struct svg *svg = draw(&f);
	assert_int_equal(sum_of_bars(svg, ""), 300);
	assert_int_equal(sum_of_bars(svg, "-s2"), 60);
	assert_string_equal(svg_mark_title(svg, "bar-2011-s3"), "2011, bulk: 30 messages");
	/* Each begins where the one below ends, and all are as wide. */
	const struct svg_element *low = rectangle_of(svg, "bar-2011-s1");
	const struct svg_element *next = rectangle_of(svg, "bar-2011-s2");
	assert_true(fabs(svg_number(next, "y", 0) + svg_number(next, "height", 0) -
	                 svg_number(low, "y", 0)) < 0.02);
	assert_string_equal(svg_attribute(low, "x"), svg_attribute(next, "x"));
	assert_true(svg_has_text(svg, "automatic (120)"));
	assert_string_not_equal(svg_attribute(low, "fill"), svg_attribute(next, "fill"));
	svg_free(svg);
}

/* Whether the mark has lines across its rectangle. */
static bool is_hatched(const struct svg *svg, const char *mark)
{
	for (int i = 0; svg_nth(svg, "path", i); i++) {
		const struct svg_element *path = svg_nth(svg, "path", i);

		if (path->mark && strcmp(path->mark, mark) == 0)
			return true;
	}
	return false;
}

static void what_signatures_say_is_told_by_more_than_colour(void **state)
{
	static const char *const names[] = { "verified", "not verified", "untestable", "unsigned", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_YEAR, day(2010, 1, 1), day(2012, 12, 31));
	split(&f, SPLIT_VERIFIED, names);
	for (int i = 0; i < 3; i++)
		for (int s = 0; s < 4; s++)
			set(&f, i, s, 50);
	f.timeline.by_other_domain = 3;
	struct svg *svg = draw(&f);
	assert_false(is_hatched(svg, "bar-2011-s1"));
	assert_true(is_hatched(svg, "bar-2011-s2"));
	assert_true(is_hatched(svg, "bar-2011-s3"));
	assert_false(is_hatched(svg, "bar-2011-s4"));
	/* Who never signed is grey. */
	const char *fill = svg_attribute(rectangle_of(svg, "bar-2011-s4"), "fill");
	assert_memory_equal(fill + 1, fill + 3, 2);
	assert_memory_equal(fill + 1, fill + 5, 2);
	assert_true(svg_has_text(svg, "3 of those not verified have a valid signature of another"));
	svg_free(svg);
}

static void six_communities_are_panels_with_one_scale(void **state)
{
	static const char *const names[] = { "Ana", "Ivo", "Zo\xc3\xab", "Max", "Mia", "the rest", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2012, 1, 1), day(2013, 12, 31));
	split(&f, SPLIT_COMMUNITY, names);
	for (int s = 0; s < 6; s++)
		for (int i = 0; i < f.timeline.bin_count; i++)
			set(&f, i, s, 60 >> s);
	f.events[0] = (struct time_event){ day(2012, 6, 2), "office opened" };
	f.event_count = 1;
	struct svg *svg = draw(&f);
	assert_int_equal(sum_of_bars(svg, ""), f.timeline.dated);
	for (int s = 0; s < 6; s++)
		assert_true(svg_has_text(svg, names[s]));
	assert_true(svg_has_text(svg, "1,440"));        /* 24 x 60: Ana's total */
	/* 60 and 30 messages: twice as high, though in other panels. */
	assert_true(fabs(height_of(svg, "bar-2012-05-s1") - 2 * height_of(svg, "bar-2012-05-s2")) < 0.03);
	/* The rest is grey: red, green and blue alike. */
	const char *fill = svg_attribute(rectangle_of(svg, "bar-2012-05-s6"), "fill");
	assert_memory_equal(fill + 1, fill + 3, 2);
	assert_memory_equal(fill + 1, fill + 5, 2);
	assert_true(svg_has_text(svg, "(1)\xc2\xa0" "2 June 2012: office opened."));
	/* Its number stands above the first row of panels, its leader is in all. */
	int numbers = 0;
	for (int i = 0; svg_nth(svg, "text", i); i++)
		numbers += g_str_has_prefix(svg_nth(svg, "text", i)->mark ? svg_nth(svg, "text", i)->mark
		                                                          : "", "event-");
	assert_int_equal(numbers, 3);
	assert_non_null(svg_mark_title(svg, "event-1-s6"));
	assert_true(svg_ids_are_unique(svg));
	check_on_page(svg, WIDTH, HEIGHT);
	check_texts_apart(svg);
	svg_free(svg);
}

/* Above the others too there is room for its lines, and none is on another. */
static void a_name_too_long_for_a_panel_takes_several_lines(void **state)
{
	static const char *const names[] = { "Ana", "A Society for the Keeping of Very Long Names of "
		"Those Who Write to Archives", "Zo\xc3\xab", "Max", "Mia", "the rest", NULL };
	struct fixture f;
	GString *said = g_string_new(NULL);

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2012, 1, 1), day(2013, 12, 31));
	split(&f, SPLIT_COMMUNITY, names);
	for (int i = 0; i < f.timeline.bin_count * 6; i++)
		set(&f, i / 6, i % 6, 5);
	struct svg *svg = draw(&f);
	for (int i = 0; svg_nth(svg, "text", i); i++)
		g_string_append_printf(said, "%s ", svg_nth(svg, "text", i)->text->str);
	assert_non_null(strstr(said->str, names[1]));
	check_on_page(svg, WIDTH, HEIGHT);
	check_texts_apart(svg);
	g_string_free(said, TRUE);
	svg_free(svg);
}

/* ---- events ---- */

static void events_stand_over_their_day_and_say_it(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2016, 1, 1), day(2016, 12, 31));
	set(&f, 6, 0, 10);
	f.events[0] = (struct time_event){ day(2016, 7, 14), "convention <&" };
	f.events[1] = (struct time_event){ day(2016, 3, 1), "first vote" };
	f.events[2] = (struct time_event){ day(1999, 3, 1), "long before" };
	f.event_count = 3;
	struct svg *svg = draw(&f);
	/* Numbered by time, whatever the order given. */
	assert_string_equal(svg_mark_title(svg, "event-1"), "1 March 2016: first vote");
	assert_string_equal(svg_mark_title(svg, "event-2"), "14 July 2016: convention <&");
	assert_true(svg_has_text(svg, "convention <&"));
	assert_false(svg_has_text(svg, "long before"));
	assert_true(svg_has_text(svg, "1 event lies outside the period of the mail."));
	/* 14 July is in the first half of July's place, where the bar is centred. */
	const struct svg_element *bar = rectangle_of(svg, "bar-2016-07");
	double x = 0;
	for (int i = 0; svg_nth(svg, "path", i); i++)
		if (svg_nth(svg, "path", i)->mark && strcmp(svg_nth(svg, "path", i)->mark, "event-2") == 0)
			assert_int_equal(sscanf(svg_attribute(svg_nth(svg, "path", i), "d"), "M%lf ", &x), 1);
	assert_true(x > svg_number(bar, "x", 0));
	assert_true(x < svg_number(bar, "x", 0) + svg_number(bar, "width", 0) / 2);
	check_texts_apart(svg);
	svg_free(svg);
}

static double middle_of(const struct svg *svg, const char *id)
{
	const struct svg_element *rect = rectangle_of(svg, id);

	return svg_number(rect, "x", 0) + svg_number(rect, "width", 0) / 2;
}

/* Months have places of equal width, so that April and May take two, and what begins
 * before the chart is cut off at its left. */
static void a_period_is_a_band_over_its_days(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2016, 1, 1), day(2016, 12, 31));
	set(&f, 3, 0, 10);
	set(&f, 4, 0, 8);
	f.periods[0] = (struct time_period){ day(2016, 4, 1), day(2016, 6, 1), "inquiry" };
	f.periods[1] = (struct time_period){ day(1999, 1, 1), day(2016, 3, 1), "old office" };
	f.periods[2] = (struct time_period){ day(2017, 1, 1), day(2017, 3, 1), "later" };
	f.period_count = 3;
	struct svg *svg = draw(&f);
	double april = middle_of(svg, "bar-2016-04"), step = middle_of(svg, "bar-2016-05") - april;
	const struct svg_element *before = rectangle_of(svg, "period-1");
	const struct svg_element *band = rectangle_of(svg, "period-2");

	assert_string_equal(svg_mark_title(svg, "period-2"), "1 April 2016 to 31 May 2016: inquiry");
	assert_true(fabs(svg_number(band, "x", 0) - (april - step / 2)) < 0.03);
	assert_true(fabs(svg_number(band, "width", 0) - 2 * step) < 0.03);
	assert_true(fabs(svg_number(before, "x", 0) - (april - 3.5 * step)) < 0.05);
	assert_true(fabs(svg_number(before, "width", 0) - 2 * step) < 0.03);
	assert_true(svg_has_text(svg, "inquiry"));
	assert_null(svg_mark_title(svg, "period-3"));
	assert_true(svg_has_text(svg, "1 event lies outside the period of the mail."));
	check_on_page(svg, WIDTH, HEIGHT);
	check_texts_apart(svg);
	svg_free(svg);
}

static void twenty_events_on_neighbouring_days_are_numbered_and_listed(void **state)
{
	static char texts[20][40];
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2010, 1, 1), day(2016, 12, 31));
	set(&f, 6, 0, 10);
	for (int i = 0; i < 20; i++) {
		g_snprintf(texts[i], sizeof texts[i], "something happened, no. %d", i);
		f.events[i] = (struct time_event){ day(2013, 1, 1) + i * 86400, texts[i] };
	}
	f.event_count = 20;
	struct svg *svg = draw(&f);
	assert_true(svg_has_text(svg, "(1)\xc2\xa0" "1 January 2013: something happened, no. 0."));
	assert_non_null(svg_mark_title(svg, "event-20"));
	check_on_page(svg, WIDTH, HEIGHT);
	check_texts_apart(svg);
	svg_free(svg);
}

/* Twelve days of one month are four points here: their numbers would be a tower and their
 * leaders a bar over the columns. */
static void twelve_events_in_a_month_have_one_number(void **state)
{
	static char texts[12][80];
	struct fixture f;
	int lines = 0;

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2009, 3, 1), day(2017, 4, 30));
	set(&f, 6, 0, 10);
	for (int i = 0; i < 12; i++) {
		g_snprintf(texts[i], sizeof texts[i], "%02d, with a text of sixty characters to its very "
		           "last letter", i + 1);
		f.events[i] = (struct time_event){ day(2016, 11, 2 + 2 * i), texts[i] };
	}
	f.event_count = 12;
	struct svg *svg = draw(&f);
	assert_string_equal(mark_of_text(svg, "1\xe2\x80\x93" "12"), "event-1");
	assert_non_null(svg_mark_title(svg, "event-12"));
	assert_true(svg_has_text(svg, "(12)\xc2\xa0" "24 November 2016: 12, with a text"));
	for (int i = 0; svg_nth(svg, "path", i); i++) {
		const struct svg_element *path = svg_nth(svg, "path", i);
		double y[2];

		if (path->mark && g_str_has_prefix(path->mark, "event-") &&
		    sscanf(svg_attribute(path, "d"), "M%*[^ ] %lf%*[^ ] %lf", &y[0], &y[1]) == 2)
			lines += fabs(y[1] - y[0]) > 50;
	}
	assert_in_range(lines, 1, 4);
	check_on_page(svg, WIDTH, HEIGHT);
	check_texts_apart(svg);
	svg_free(svg);
}

/* ---- all together ---- */

static void any_timeline_fits_any_page(void **state)
{
	static const char *const names[] = { "a", "\xd9\x85\xd8\xad\xd9\x85\xd8\xaf", "c", "d", "e", "f",
	                                     "g", "h", "the rest, with a name as long as can be", NULL };
	static const double pages[][2] = { { 510, 283 }, { 227, 170 }, { 340, 200 }, { 1000, 700 } };
	struct fixture f;

	(void)state;
	for (int series = 1; series <= 9; series += 2)
		for (int unit = CALENDAR_DAY; unit <= CALENDAR_YEAR; unit++)
			for (size_t p = 0; p < G_N_ELEMENTS(pages); p++) {
				set_up(&f, (enum calendar_unit)unit, day(2015, 11, 9), day(2016, 10, 30));
				split(&f, SPLIT_COMMUNITY, names);
				f.timeline.series_count = series;
				for (int i = 0; i < f.timeline.bin_count; i++)
					set(&f, i, i % series, 1 + i * i % 777);
				f.gaps[0] = (struct timeline_gap){ day(2016, 2, 3), day(2016, 3, 9) };
				f.gaps[1] = (struct timeline_gap){ day(2016, 5, 3), day(2016, 5, 9) };
				f.timeline.gap_count = 2;
				f.timeline.undated = 77;
				f.events[0] = (struct time_event){ day(2016, 5, 5), "one event" };
				f.events[1] = (struct time_event){ day(2016, 10, 29), "another event" };
				f.event_count = 2;
				struct error err = { "" };
				struct svg *svg = try_to_draw(&f, pages[p][0], pages[p][1], &err);
				/* Panels have no room in a column of 80 mm, nor nine of
				 * them on a page of 120 x 70 mm. */
				if (!svg) {
					assert_true(series > 4 && pages[p][0] < 400);
					assert_non_null(strstr(err.message, "no room for the panels"));
					continue;
				}
				assert_int_equal(sum_of_bars(svg, ""), f.timeline.dated);
				assert_true(svg_ids_are_unique(svg));
				check_on_page(svg, pages[p][0], pages[p][1]);
				svg_free(svg);
			}
}

/* In a newspaper's column of 60 mm so many notes would be cut and press the columns flat. */
static void a_column_is_as_high_as_what_is_said_needs(void **state)
{
	const double width = 88 * 72 / 25.4, least = 60 * 72 / 25.4;
	struct fixture f;

	(void)state;
	set_up(&f, CALENDAR_MONTH, day(2009, 3, 20), day(2017, 4, 24));
	for (int i = 0; i < f.timeline.bin_count; i++)
		set(&f, i, 0, 10 + i);
	f.bins[3].repaired = 5;
	f.timeline.undated = f.timeline.implausible = 2154;
	f.timeline.from_received = f.timeline.from_separator = 4;
	f.gaps[0] = (struct timeline_gap){ day(2016, 8, 1), day(2016, 8, 17) };
	f.timeline.gap_count = 1;
	const struct timeline_chart chart = {
		.timeline = &f.timeline, .frame = { "Title", "Messages", "Source: invented" },
	};
	double height = timeline_chart_height(style_default(), width, least, &chart);
	assert_true(height > least && height < 1.5 * width);
	struct svg *svg = draw_on(&f, width, height);
	assert_true(svg_has_text(svg, "dated by an mbox separator."));
	const struct svg_element *highest = rectangle_of(svg, "bar-2017-03");
	assert_true(svg_number(highest, "height", 0) > 60);
	assert_true(fabs(timeline_chart_height(style_default(), WIDTH, HEIGHT, &chart) - HEIGHT) < 1e-9);
	svg_free(svg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bar_is_a_mark_whose_title_says_its_month_and_count),
		cmocka_unit_test(heights_are_proportional_from_zero_and_one_message_is_seen),
		cmocka_unit_test(every_unit_has_its_ids_and_names),
		cmocka_unit_test(what_is_not_in_the_figure_is_counted),
		cmocka_unit_test(a_silence_is_hatched_and_says_how_long),
		cmocka_unit_test(a_gap_among_high_bars_is_explained_by_the_legend),
		cmocka_unit_test(no_short_silence_is_named_alone),
		cmocka_unit_test(a_timeline_without_dates_says_so),
		cmocka_unit_test(up_to_four_kinds_are_stacked),
		cmocka_unit_test(what_signatures_say_is_told_by_more_than_colour),
		cmocka_unit_test(six_communities_are_panels_with_one_scale),
		cmocka_unit_test(a_name_too_long_for_a_panel_takes_several_lines),
		cmocka_unit_test(events_stand_over_their_day_and_say_it),
		cmocka_unit_test(a_period_is_a_band_over_its_days),
		cmocka_unit_test(twenty_events_on_neighbouring_days_are_numbered_and_listed),
		cmocka_unit_test(twelve_events_in_a_month_have_one_number),
		cmocka_unit_test(any_timeline_fits_any_page),
		cmocka_unit_test(a_column_is_as_high_as_what_is_said_needs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
