/* test_pair_chart.c - two people: columns, delays, names of any length */
#include "unit.h"

#include "chart_fixture.h"
#include "svg_checks.h"

#include "epistograph/pair_chart.h"

#include <math.h>
#include <string.h>

#define MM (72 / 25.4)
#define MONTHS 24

struct fixture {
	struct pair pair;
	struct timeline_bin bins[MONTHS];
	struct timeline_gap gaps[1];
	int64_t delays[2][8];
	const char *names[2];
};

static int64_t day(int year, int month, int number)
{
	struct civil c = { .year = year, .month = month, .day = number };

	return instant_from_civil(&c);
}

/* Two years of the two within ten of the archive; nothing written yet. */
static void set_up(struct fixture *f)
{
	struct timeline *t = &f->pair.timeline;
	int64_t start = day(2010, 1, 1);

	memset(f, 0, sizeof *f);
	f->names[0] = "Ann";
	f->names[1] = "Bo";
	*t = (struct timeline){ .unit = CALENDAR_MONTH, .bins = f->bins, .bin_count = MONTHS,
	                        .series_count = 2, .first = day(2010, 1, 25), .last = day(2011, 12, 3),
	                        .far_first = INSTANT_NONE, .far_last = INSTANT_NONE };
	t->series_names[0] = (char *)"Ann";
	t->series_names[1] = (char *)"Bo";
	for (int i = 0; i < MONTHS; i++, start = calendar_next(CALENDAR_MONTH, start))
		f->bins[i].start = start;
	f->pair.first = day(2005, 1, 1);
	f->pair.last = day(2015, 1, 1);
	for (int who = 0; who < 2; who++)
		f->pair.delays[who].sorted = f->delays[who];
}

static void write_mail(struct fixture *f, int bin, int who, int64_t count)
{
	f->bins[bin].counts[who] += count;
	f->bins[bin].total += count;
	f->pair.timeline.dated += count;
	f->pair.written[who] += count;
}

/* Of Ann four answers after 2, 3, 5 and 30 hours, of Bo one after a minute and a half. */
static void answer(struct fixture *f)
{
	static const int64_t hours[] = { 2, 3, 5, 30 };

	for (int i = 0; i < 4; i++)
		f->delays[0][i] = hours[i] * 3600;
	f->pair.delays[0].count = 4;
	f->delays[1][0] = 90;
	f->pair.delays[1].count = 1;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return pair_chart_draw(canvas, width, height, chart, err);
}

static struct pair_chart chart_of(const struct fixture *f)
{
	return (struct pair_chart){ .pair = &f->pair, .frame = chart_frame,
	                            .names = { f->names[0], f->names[1] } };
}

static struct svg *draw(const struct fixture *f, double width, double height)
{
	const struct pair_chart chart = chart_of(f);
	struct error err = { "" };
	struct svg *svg = svg_painted(paint, &chart, width * MM, height * MM, &err);

	assert_string_equal(err.message, "");
	return svg;
}

static const struct svg_element *rect_of(const struct svg *svg, const char *mark)
{
	for (int i = 0; svg_nth(svg, "rect", i); i++)
		if (!g_strcmp0(svg_nth(svg, "rect", i)->mark, mark))
			return svg_nth(svg, "rect", i);
	fail_msg("no %s", mark);
	return NULL;
}

static double number(const struct svg *svg, const char *mark, const char *attribute)
{
	return svg_number(rect_of(svg, mark), attribute, -1);
}

static void columns_are_mirrored_on_one_scale(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f);
	write_mail(&f, 3, 0, 30);
	write_mail(&f, 3, 1, 10);
	struct svg *svg = draw(&f, 180, 90);
	double above = number(svg, "bar-2010-04-s1", "height");
	double below = number(svg, "bar-2010-04-s2", "height");
	assert_true(above > 20 && fabs(above - 3 * below) < 0.03);
	assert_true(fabs(number(svg, "bar-2010-04-s1", "y") + above -
	                 number(svg, "bar-2010-04-s2", "y")) < 0.02);
	assert_true(svg_has_text(svg, "Ann to Bo: 30"));
	assert_true(svg_has_text(svg, "Bo to Ann: 10"));
	assert_null(svg_mark_title(svg, "delays"));
	svg_free(svg);
}

/* By nearest rank the quartiles of 2, 3, 5 and 30 hours are 2, 3 and 5 hours. */
static void median_and_middle_half_are_said_and_drawn(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f);
	write_mail(&f, 3, 0, 30);
	answer(&f);
	struct svg *svg = draw(&f, 180, 90);
	assert_true(svg_has_text(svg, "4 answers"));
	assert_true(svg_has_text(svg, "half within 3 hours"));
	assert_true(svg_has_text(svg, "middle half 2 to 5 hours"));
	assert_true(svg_has_text(svg, "1 answer"));
	assert_true(svg_has_text(svg, "after 90 seconds"));
	assert_true(svg_has_text(svg, "median, middle half"));
	assert_string_equal(svg_mark_title(svg, "quartiles-s1"), "Ann: a quarter of the answers within "
	                    "2 hours, half within 3 hours, three quarters within 5 hours");
	assert_null(svg_mark_title(svg, "quartiles-s2"));
	/* 2 and 3 hours are of the second class, 5 of the third, 30 of the fourth. */
	assert_string_equal(svg_mark_title(svg, "delay-2-s1"), "Ann answered 1 to 4 hours: 2 messages");
	assert_true(fabs(number(svg, "delay-2-s1", "width") - 2 * number(svg, "delay-3-s1", "width")) <
	            0.02);
	assert_string_equal(svg_mark_title(svg, "delay-1-s2"), "Bo answered within 1 hour: 1 message");
	svg_free(svg);
}

static void a_month_is_incomplete_where_the_archive_ends_and_not_the_two(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f);
	write_mail(&f, 0, 0, 3);
	write_mail(&f, MONTHS - 1, 0, 3);
	struct svg *svg = draw(&f, 180, 90);
	assert_null(strstr(svg_mark_title(svg, "bar-2010-01-s1"), "incomplete"));
	assert_false(svg_has_text(svg, "paler: incomplete month"));
	svg_free(svg);
	f.pair.last = f.pair.timeline.last;
	svg = draw(&f, 180, 90);
	assert_null(strstr(svg_mark_title(svg, "bar-2010-01-s1"), "incomplete"));
	assert_non_null(strstr(svg_mark_title(svg, "bar-2011-12-s1"), "incomplete"));
	assert_true(svg_has_text(svg, "paler: incomplete month"));
	svg_free(svg);
}

/* All texts of the page without blanks and the marks of direction, so that how lines are
 * broken is not asked. */
static char *all_texts(const struct svg *svg)
{
	GString *all = g_string_new(NULL);

	for (int i = 0; svg_nth(svg, "text", i); i++)
		g_string_append(all, svg_nth(svg, "text", i)->text->str);
	g_string_replace(all, " ", "", 0);
	g_string_replace(all, "\u200e", "", 0);
	return g_string_free(all, FALSE);
}

static int times_in(const char *text, const char *name)
{
	GString *bare = g_string_new(name);
	int times = 0;

	g_string_replace(bare, " ", "", 0);
	for (const char *at = text; (at = strstr(at, bare->str)); at += bare->len)
		times++;
	g_string_free(bare, TRUE);
	return times;
}

static void no_name_is_cut_and_a_page_grows_for_it(void **state)
{
	static const double sizes[][2] = { { 180, 90 }, { 88, 110 }, { 254, 143 }, { 300, 400 } };

	(void)state;
	for (size_t name = 0; name < G_N_ELEMENTS(chart_names); name++)
		for (size_t size = 0; size < G_N_ELEMENTS(sizes); size++) {
			double width = sizes[size][0], height = sizes[size][1];
			struct fixture f;

			set_up(&f);
			f.names[0] = chart_names[name];
			f.names[1] = chart_names[(name + 1) % G_N_ELEMENTS(chart_names)];
			write_mail(&f, 3, 0, 30);
			write_mail(&f, 7, 1, 11);
			answer(&f);
			f.gaps[0] = (struct timeline_gap){ f.bins[8].start, f.bins[20].start };
			f.pair.timeline.gaps = f.gaps;
			f.pair.timeline.gap_count = 1;
			const struct pair_chart chart = chart_of(&f);
			double fitted = pair_chart_height(&chart, style_default(), width * MM, height * MM);
			assert_true(fitted >= height * MM - 0.01 && fitted < 1.9 * height * MM);
			struct svg *svg = draw(&f, width, fitted / MM);
			check_on_page(svg, width * MM, fitted);
			check_texts_apart(svg);
			char *texts = all_texts(svg);
			/* Above and below the columns, over the delays. */
			for (int who = 0; who < 2; who++)
				assert_true(times_in(texts, f.names[who]) >= 3);
			g_free(texts);
			svg_free(svg);
		}
}

/* Beside its day where there is room, else in the key under the axis. */
static void no_text_of_an_event_is_cut(void **state)
{
	static const double sizes[][2] = { { 180, 90 }, { 88, 110 } };
	static const char *const texts[] = {
		"office opened",
		"the committee of inquiry hears the first of its forty-three witnesses in camera",
	};
	struct fixture f;

	(void)state;
	set_up(&f);
	write_mail(&f, 3, 0, 30);
	for (size_t size = 0; size < G_N_ELEMENTS(sizes); size++)
		for (int count = 1; count <= 8; count++) {
			struct time_event events[8];
			struct pair_chart chart = chart_of(&f);
			struct error err = { "" };

			for (int i = 0; i < count; i++)
				events[i] = (struct time_event){ f.bins[2 * i + 1].start, texts[i % 2] };
			chart.annotations = (struct annotations){ .events = events, .event_count = count };
			struct svg *svg = svg_painted(paint, &chart, sizes[size][0] * MM,
			                              sizes[size][1] * MM, &err);
			assert_string_equal(err.message, "");
			check_on_page(svg, sizes[size][0] * MM, sizes[size][1] * MM);
			check_texts_apart(svg);
			char *all = all_texts(svg);
			assert_int_equal(times_in(all, texts[0]), (count + 1) / 2);
			assert_int_equal(times_in(all, texts[1]), count / 2);
			g_free(all);
			svg_free(svg);
		}
}

static void a_page_without_room_is_refused(void **state)
{
	struct error err = { "" };
	struct fixture f;

	(void)state;
	set_up(&f);
	write_mail(&f, 3, 0, 30);
	answer(&f);
	const struct pair_chart chart = chart_of(&f);
	assert_null(svg_painted(paint, &chart, 88 * MM, 60 * MM, &err));
	assert_string_equal(err.message, "the page leaves no room for the pair: make it larger");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_mirrored_on_one_scale),
		cmocka_unit_test(median_and_middle_half_are_said_and_drawn),
		cmocka_unit_test(a_month_is_incomplete_where_the_archive_ends_and_not_the_two),
		cmocka_unit_test(no_name_is_cut_and_a_page_grows_for_it),
		cmocka_unit_test(no_text_of_an_event_is_cut),
		cmocka_unit_test(a_page_without_room_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
