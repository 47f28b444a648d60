/* test_lifelines_chart.c - lines of people: marks, thickness, names of any kind */
#include "unit.h"

#include "svg_checks.h"

#include "epistograph/lifelines_chart.h"
#include "epistograph/palette.h"

#include <math.h>
#include <string.h>

#define MM (72 / 25.4)
#define ROWS_MAX 60

struct fixture {
	struct lifelines lifelines;
	struct lifeline rows[ROWS_MAX];
	struct lifelines_person people[ROWS_MAX];
	struct coverage coverage;
	struct timeline_gap gaps[1];
	int64_t edges[200], counts[ROWS_MAX][2][200];
	const char *communities[8];
	int community_colors[8];
	int community_count;
};

static const char *const hard_names[] = {
	"Donaudampfschifffahrtsgesellschaftskapit\xc3\xa4nsm\xc3\xbctzenabzeichenverleihungsurkunde",
	"\xd9\x85\xd8\xad\xd9\x85\xd8\xaf \xd8\xa8\xd9\x86 \xd8\xb9\xd8\xa8\xd8\xaf \xd8\xa7\xd9\x84\xd9\x84\xd9\x87 "
	"\xd8\xa8\xd9\x86 \xd8\xb9\xd8\xa8\xd8\xaf \xd8\xa7\xd9\x84\xd9\x85\xd8\xb7\xd9\x84\xd8\xa8",
	"\xe7\x94\xb0\xe4\xb8\xad\xe5\xa4\xaa\xe9\x83\x8e\xe5\xb7\xa6\xe8\xa1\x9b\xe9\x96\x80\xe4\xbd\x90\xe8\x97\xa4"
	"\xe8\x8a\xb1\xe5\xad\x90\xe6\xa0\xaa\xe5\xbc\x8f\xe4\xbc\x9a\xe7\xa4\xbe\xe5\x96\xb6\xe6\xa5\xad\xe9\x83\xa8",
	"\xf0\x9f\xa6\x84\xf0\x9f\x8c\x88 Unicorns",
	"a.very.long.address.without.any.blank.in.it.at.all@subdomain.of.a.domain.example.org",
	"Bo",
	"Ann Marie von und zu Hohenstein-Wittgenstein, Director of the Office of Everything Else",
};

static int64_t day(int year, int month, int number)
{
	struct civil c = { .year = year, .month = month, .day = number };

	return instant_from_civil(&c);
}

/* Months from January 2010 on, of people with nothing yet. */
static void set_up(struct fixture *f, int rows, int months)
{
	struct lifelines *l = &f->lifelines;

	memset(f, 0, sizeof *f);
	*l = (struct lifelines){ .unit = CALENDAR_MONTH, .edges = f->edges, .bin_count = months,
	                         .rows = f->rows, .row_count = rows };
	f->edges[0] = day(2010, 1, 1);
	for (int i = 1; i <= months; i++)
		f->edges[i] = calendar_next(CALENDAR_MONTH, f->edges[i - 1]);
	f->coverage = (struct coverage){ .first = f->edges[0], .last = f->edges[months] - 1, .dated = 1,
	                                 .far_first = INSTANT_NONE, .far_last = INSTANT_NONE,
	                                 .gaps = f->gaps };
	for (int i = 0; i < rows; i++) {
		f->rows[i] = (struct lifeline){ .person = 10 + i, .first = f->edges[0],
			.last = f->edges[months] - 1, .first_sure = true, .last_sure = true,
			.sent_in = f->counts[i][0], .received_in = f->counts[i][1] };
		f->people[i] = (struct lifelines_person){ "Ann Lee", "ann@example.org", 0 };
	}
}

static void set(struct fixture *f, int row, int bin, int64_t sent, int64_t received)
{
	f->rows[row].sent_in[bin] = sent;
	f->rows[row].received_in[bin] = received;
	f->rows[row].sent += sent;
	f->rows[row].received += received;
	f->lifelines.most = MAX(f->lifelines.most, MAX(sent, received));
	f->lifelines.messages += sent + received;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return lifelines_chart_draw(canvas, width, height, chart, err);
}

static struct lifelines_chart chart_of(const struct fixture *f)
{
	return (struct lifelines_chart){
		.lifelines = &f->lifelines, .coverage = &f->coverage, .people = f->people,
		.communities = f->communities, .community_colors = f->community_colors,
		.community_count = f->community_count,
		.frame = { "When they wrote", "Messages per month", "Source: invented" },
	};
}

static struct svg *try_to_draw(const struct fixture *f, double width, double height,
                               struct error *err)
{
	const struct lifelines_chart chart = chart_of(f);

	return svg_painted(paint, &chart, width * MM, height * MM, err);
}

static struct svg *draw_on(const struct fixture *f, double width, double height)
{
	struct error err = { "" };
	struct svg *svg = try_to_draw(f, width, height, &err);

	assert_string_equal(err.message, "");
	return svg;
}

/* The rectangle of a mark: with above, the one that ends higher. */
static const struct svg_element *band_of(const struct svg *svg, const char *id, bool above)
{
	const struct svg_element *best = NULL;

	for (int i = 0; svg_nth(svg, "rect", i); i++) {
		const struct svg_element *rect = svg_nth(svg, "rect", i);

		if (rect->mark && !strcmp(rect->mark, id) &&
		    (!best || (svg_number(rect, "y", 0) < svg_number(best, "y", 0)) == above))
			best = rect;
	}
	assert_non_null(best);
	return best;
}

static double height_of(const struct svg *svg, const char *id, bool above)
{
	return svg_number(band_of(svg, id, above), "height", -1);
}

static void rows_and_bins_are_marks_that_say_their_numbers(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, 2, 24);
	set(&f, 0, 3, 1200, 7);
	set(&f, 1, 4, 0, 1);
	struct svg *svg = draw_on(&f, 180, 100);
	assert_string_equal(svg_mark_title(svg, "life-10"), "Ann Lee <ann@example.org>: 1 January 2010 to "
	                    "31 December 2011, 1,200 sent, 7 received");
	assert_string_equal(svg_mark_title(svg, "life-10-2010-04"),
	                    "Ann Lee, April 2010: 1,200 sent, 7 received");
	assert_string_equal(svg_mark_title(svg, "life-11-2010-05"),
	                    "Ann Lee, May 2010: 0 sent, 1 received");
	assert_null(svg_mark_title(svg, "life-11-2010-06"));
	assert_true(svg_ids_are_unique(svg));
	svg_free(svg);
}

/* Four times the mail is twice as thick, on either side, for everybody alike. */
static void thickness_goes_by_the_root_sent_above_received_below(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, 2, 24);
	set(&f, 0, 3, 400, 100);
	set(&f, 1, 3, 100, 25);
	struct svg *svg = draw_on(&f, 180, 100);
	double full = height_of(svg, "life-10-2010-04", true);
	assert_true(full > 5);
	assert_true(fabs(height_of(svg, "life-10-2010-04", false) - full / 2) < 0.02);
	assert_true(fabs(height_of(svg, "life-11-2010-04", true) - full / 2) < 0.02);
	assert_true(fabs(height_of(svg, "life-11-2010-04", false) - full / 4) < 0.02);
	const struct svg_element *above = band_of(svg, "life-10-2010-04", true);
	const struct svg_element *below = band_of(svg, "life-10-2010-04", false);
	assert_true(fabs(svg_number(above, "y", 0) + full - svg_number(below, "y", 0)) < 0.02);
	assert_true(svg_has_text(svg, "sent above the line, received below"));
	/* Round numbers, none above the fullest bin. */
	assert_true(svg_has_text(svg, "200 20 1 (by square root)"));
	svg_free(svg);
}

/* Colours stay with people from figure to figure, though numbers do not. */
static void a_line_has_the_colour_given_to_its_community(void **state)
{
	struct fixture f;
	struct palette_color color = palette_category(2);
	char hex[8];

	(void)state;
	set_up(&f, 1, 12);
	set(&f, 0, 3, 5, 0);
	f.communities[0] = "Ann Lee";
	f.community_colors[0] = 2;
	f.community_count = 1;
	g_snprintf(hex, sizeof hex, "#%02x%02x%02x", color.r, color.g, color.b);
	struct svg *svg = draw_on(&f, 180, 60);
	assert_string_equal(svg_attribute(band_of(svg, "life-10-2010-04", true), "fill"), hex);
	svg_free(svg);
}

static void one_message_beside_a_hundred_thousand_is_seen(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, 1, 12);
	set(&f, 0, 0, 100000, 0);
	set(&f, 0, 5, 1, 0);
	struct svg *svg = draw_on(&f, 180, 100);
	assert_true(height_of(svg, "life-10-2010-06", true) >= 0.5);
	svg_free(svg);
}

/* People with hard names, in eight communities and none. */
static void set_hard(struct fixture *f, int rows)
{
	set_up(f, rows, 100);
	f->coverage.gap_count = 1;
	f->gaps[0] = (struct timeline_gap){ day(2012, 3, 1), day(2012, 9, 1) };
	f->coverage.undated = 123456;
	for (int i = 0; i < rows; i++) {
		f->people[i].name = hard_names[i % (int)G_N_ELEMENTS(hard_names)];
		f->people[i].community = i % 9 - 1;
		f->rows[i].first_sure = i % 2;
		for (int bin = 0; bin < 100; bin += 3)
			set(f, i, bin, (i * 37 + bin * 11) % 5000, (i * 53 + bin * 7) % 300);
	}
	f->community_count = 8;
	for (int i = 0; i < 8; i++)
		f->community_colors[i] = i;
	for (int i = 0; i < 8; i++)
		f->communities[i] = i % 3 ? "Ann Lee" : hard_names[i % (int)G_N_ELEMENTS(hard_names)];
}

/* The texts of a row begin with its name, however it is broken into lines. */
static void check_name_is_whole(const struct svg *svg, const struct fixture *f, int row)
{
	char *mark = g_strdup_printf("life-%d", 10 + row);
	char **words = g_strsplit(f->people[row].name, " ", -1);
	char *name = g_strjoinv("", words);
	GString *texts = g_string_new(NULL);

	for (int i = 0; svg_nth(svg, "text", i); i++)
		if (!g_strcmp0(svg_nth(svg, "text", i)->mark, mark))
			g_string_append(texts, svg_nth(svg, "text", i)->text->str);
	for (char *blank; (blank = strchr(texts->str, ' ')); )
		g_string_erase(texts, blank - texts->str, 1);
	if (!g_str_has_prefix(texts->str, name))
		fail_msg("row %d is %s, not %s", row, texts->str, name);
	g_string_free(texts, TRUE);
	g_strfreev(words);
	g_free(name);
	g_free(mark);
}

static void no_name_is_cut_leaves_the_page_or_lies_on_another(void **state)
{
	static const double sizes[][2] = { { 180, 130 }, { 88, 120 }, { 80, 110 }, { 250, 140 } };

	(void)state;
	for (size_t size = 0; size < G_N_ELEMENTS(sizes); size++) {
		double width = sizes[size][0], height = sizes[size][1];
		int rows = lifelines_chart_rows(width * MM, height * MM), room = rows;
		struct fixture f;

		do {
			rows = room;
			set_hard(&f, rows);
			const struct lifelines_chart chart = chart_of(&f);
			room = lifelines_chart_room(&chart, style_default(), width * MM, height * MM);
		} while (room < rows);
		assert_true(rows >= 4);
		struct svg *svg = draw_on(&f, width, height);
		check_on_page(svg, width * MM, height * MM);
		check_texts_apart(svg);
		for (int i = 0; i < rows; i++)
			check_name_is_whole(svg, &f, i);
		assert_non_null(svg_mark_title(svg, "gap-2012-03-01"));
		svg_free(svg);
	}
}

/* A row is as high as the lines of its name; the others share what is left. */
static void a_long_name_makes_its_row_alone_higher(void **state)
{
	struct fixture f;
	double y[4];

	(void)state;
	set_up(&f, 4, 24);
	for (int i = 0; i < 4; i++)
		set(&f, i, 3, 10, 10);
	f.people[1].name = "WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW WWWWWWWWWW";
	struct svg *svg = draw_on(&f, 88, 100);
	for (int i = 0; i < 4; i++) {
		char *id = g_strdup_printf("life-%d-2010-04", 10 + i);

		y[i] = svg_number(band_of(svg, id, false), "y", 0);
		g_free(id);
	}
	assert_true(y[1] - y[0] > y[3] - y[2] + 5);
	assert_true(fabs((y[1] - y[0]) - (y[2] - y[1])) < 0.02);
	svg_free(svg);
}

/* A month of which a day is left is a speck beside the dot; it keeps what can be seen. */
static void the_first_bin_can_be_seen_beside_its_dot(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, 1, 12);
	f.rows[0].first = day(2010, 3, 31);
	set(&f, 0, 2, 5, 0);
	set(&f, 0, 8, 5, 0);
	struct svg *svg = draw_on(&f, 180, 100);
	const struct svg_element *first = band_of(svg, "life-10-2010-03", true);
	const struct svg_element *full = band_of(svg, "life-10-2010-09", true);
	assert_true(svg_number(first, "width", 0) >= 4.99);
	assert_true(svg_number(first, "width", 0) < svg_number(full, "width", 0) / 2);
	svg_free(svg);
	set_up(&f, 1, 100);
	f.rows[0].first = day(2010, 3, 31);
	set(&f, 0, 2, 5, 0);
	set(&f, 0, 8, 5, 0);
	svg = draw_on(&f, 180, 100);
	first = band_of(svg, "life-10-2010-03", true);
	full = band_of(svg, "life-10-2010-09", true);
	assert_true(fabs(svg_number(first, "width", 0) - svg_number(full, "width", 0)) < 0.02);
	svg_free(svg);
}

static void a_few_rows_take_a_lower_page(void **state)
{
	struct error err = { "" };

	(void)state;
	for (int rows = 1; rows <= 12; rows++) {
		struct fixture f;

		set_up(&f, rows, 30);
		set(&f, 0, 0, 3, 0);
		const struct lifelines_chart chart = chart_of(&f);
		double height = lifelines_chart_height(&chart, style_default(), 180 * MM, 130 * MM,
		                                       200 * MM);
		assert_true(height <= 130 * MM && (rows > 5 || height < 100 * MM));
		struct svg *svg = try_to_draw(&f, 180, height / MM, &err);
		assert_string_equal(err.message, "");
		svg_free(svg);
	}
}

/* A page whose height is not given is higher for names that take many lines, and no higher
 * than it may be. */
static void long_names_take_a_higher_page(void **state)
{
	struct fixture f;

	(void)state;
	set_hard(&f, 12);
	const struct lifelines_chart chart = chart_of(&f);
	double height = lifelines_chart_height(&chart, style_default(), 88 * MM, 120 * MM, 300 * MM);
	assert_true(height > 120 * MM && height < 300 * MM);
	struct svg *svg = draw_on(&f, 88, height / MM);
	check_texts_apart(svg);
	svg_free(svg);
	assert_true(lifelines_chart_height(&chart, style_default(), 88 * MM, 120 * MM, 130 * MM) ==
	            130 * MM);
}

static void nothing_dated_is_a_sentence(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, 1, 0);
	f.coverage.undated = 12;
	struct svg *svg = draw_on(&f, 180, 100);
	assert_true(svg_has_text(svg, "No message here has a date that can be drawn."));
	assert_true(svg_has_text(svg, "Not shown: 12 messages without a date."));
	svg_free(svg);
	set_up(&f, 0, 12);
	svg = draw_on(&f, 180, 100);
	assert_true(svg_has_text(svg, "There is nobody here to draw."));
	svg_free(svg);
}

static void a_person_without_dated_mail_has_a_row_all_the_same(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, 2, 12);
	set(&f, 0, 0, 3, 0);
	f.rows[1].first = f.rows[1].last = INSTANT_NONE;
	struct svg *svg = draw_on(&f, 180, 100);
	assert_string_equal(svg_mark_title(svg, "life-11"), "Ann Lee <ann@example.org>: no dated mail");
	assert_true(svg_has_text(svg, "no dated mail"));
	svg_free(svg);
}

static void too_many_rows_for_the_page_are_refused(void **state)
{
	struct error err = { "" };
	struct fixture f;

	(void)state;
	set_up(&f, ROWS_MAX, 12);
	set(&f, 0, 0, 3, 0);
	assert_null(try_to_draw(&f, 180, 100, &err));
	assert_string_equal(err.message, "the page leaves no room for 60 lines: make it larger or take "
	                    "fewer people");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_bins_are_marks_that_say_their_numbers),
		cmocka_unit_test(thickness_goes_by_the_root_sent_above_received_below),
		cmocka_unit_test(a_line_has_the_colour_given_to_its_community),
		cmocka_unit_test(one_message_beside_a_hundred_thousand_is_seen),
		cmocka_unit_test(no_name_is_cut_leaves_the_page_or_lies_on_another),
		cmocka_unit_test(a_long_name_makes_its_row_alone_higher),
		cmocka_unit_test(the_first_bin_can_be_seen_beside_its_dot),
		cmocka_unit_test(a_few_rows_take_a_lower_page),
		cmocka_unit_test(long_names_take_a_higher_page),
		cmocka_unit_test(nothing_dated_is_a_sentence),
		cmocka_unit_test(a_person_without_dated_mail_has_a_row_all_the_same),
		cmocka_unit_test(too_many_rows_for_the_page_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
