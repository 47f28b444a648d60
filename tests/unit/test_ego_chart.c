#include "unit.h"

#include "chart_fixture.h"
#include "planted.h"
#include "svg_checks.h"

#include "epistograph/ego_chart.h"

#include <math.h>

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return ego_chart_draw(canvas, width, height, chart, err);
}

static struct ego_chart chart_of(const struct ego *ego)
{
	return (struct ego_chart){ .ego = ego, .frame = chart_frame, .one = "message",
	                           .many = "messages" };
}

static struct svg *draw(const struct ego *ego, double width, double height, struct error *err)
{
	const struct ego_chart chart = chart_of(ego);

	return svg_painted(paint, &chart, width * CHART_MM, height * CHART_MM, err);
}

/* The ego, and `alters` others in as many communities, with the names of chart_names. */
static const struct analysis *plant(struct planted *planted, int alters, int communities)
{
	planted_init(planted);
	planted_person(planted, 0, chart_names[0]);
	for (int i = 0; i < alters; i++) {
		char *name = chart_name(i + 1);

		planted_person(planted, i % communities, name);
		planted_mail(planted, 0, i + 1, 1 + i * i);
		if (i % 3)
			planted_mail(planted, i + 1, 0, 1 + i);
		g_free(name);
	}
	for (int i = 2; i < alters; i += 2)
		planted_mail(planted, i, i - 1, i);
	return planted_finish(planted);
}

static void who_exchanges_more_is_nearer_by_the_logarithm(void **state)
{
	struct planted planted;
	struct ego ego;
	struct error err = { "" };

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 4; i++)
		planted_person(&planted, 0, NULL);
	planted_mail(&planted, 0, 1, 100);
	planted_mail(&planted, 2, 0, 10);
	planted_mail(&planted, 0, 3, 1);
	ego_of(planted_finish(&planted), 0, 10, &ego);
	struct svg *svg = draw(&ego, 180, 150, &err);
	assert_string_equal(err.message, "");
	const struct svg_element *centre = in_mark(svg, "circle", "ego-0", 0);
	double distances[3];
	for (int i = 0; i < 3; i++) {
		char *id = g_strdup_printf("alter-%d", i + 1);
		const struct svg_element *dot = in_mark(svg, "circle", id, 1);

		distances[i] = hypot(svg_number(dot, "cx", 0) - svg_number(centre, "cx", 0),
		                     svg_number(dot, "cy", 0) - svg_number(centre, "cy", 0));
		g_free(id);
	}
	/* 100, 10 and 1 are equally far apart; rings are where their numbers belong. */
	assert_true(distances[0] < distances[1]);
	assert_true(fabs(distances[2] - distances[1] - (distances[1] - distances[0])) < 0.05);
	int rings = 0;
	for (int messages = 1; messages <= 100; messages++) {
		char *id = g_strdup_printf("ring-%d", messages);
		const struct svg_element *ring = in_mark(svg, "circle", id, 0);
		double place = distances[2] - (distances[2] - distances[0]) * log(messages) / log(100);

		g_free(id);
		if (!ring)
			continue;
		assert_true(fabs(svg_number(ring, "r", 0) - place) < 0.02);
		rings++;
	}
	assert_true(rings >= 3);
	assert_non_null(in_mark(svg, "circle", "ring-1", 0));
	svg_free(svg);
	ego_clear(&ego);
	planted_clear(&planted);
}

static void every_tie_is_a_mark_with_both_numbers(void **state)
{
	struct planted planted;
	struct ego ego;
	struct error err = { "" };

	(void)state;
	planted_init(&planted);
	planted_person(&planted, 0, "Ann");
	planted_person(&planted, 0, "Bo");
	planted_person(&planted, 0, "");
	planted_mail(&planted, 0, 1, 1);
	planted_mail(&planted, 1, 0, 1300);
	planted_mail(&planted, 2, 0, 2);
	planted_mail(&planted, 1, 2, 4);
	ego_of(planted_finish(&planted), 0, 10, &ego);
	struct svg *svg = draw(&ego, 180, 150, &err);
	assert_string_equal(svg_mark_title(svg, "alter-1"),
	                    "Bo <p00001@example.org>: 1 message from Ann, 1,300 to Ann");
	assert_string_equal(svg_mark_title(svg, "alter-2"),
	                    "p00002@example.org: 0 messages from Ann, 2 to Ann");
	assert_string_equal(svg_mark_title(svg, "between-1-2"),
	                    "Bo and p00002@example.org: 4 messages");
	assert_string_equal(svg_mark_title(svg, "ego-0"),
	                    "Ann <p00000@example.org>: 1 message sent, 1,302 received");
	svg_free(svg);
	ego_clear(&ego);
	/* One is drawn, the other counted. */
	ego_of(&planted.analysis, 0, 1, &ego);
	svg = draw(&ego, 180, 150, &err);
	assert_true(svg_has_text(svg, "Not drawn: 1 person more, with 2 messages"));
	svg_free(svg);
	ego_clear(&ego);
	planted_clear(&planted);
}

/* The most alters that are said to fit. */
static void fill(const struct analysis *analysis, const double *size, struct ego *ego)
{
	for (int most = EGO_ALTERS_MAX; most > 0; most--) {
		const struct ego_chart chart = chart_of(ego);

		ego_of(analysis, 0, most, ego);
		if (ego_chart_fits(style_default(), size[0] * CHART_MM, size[1] * CHART_MM, &chart))
			return;
		ego_clear(ego);
	}
	fail_msg("nobody fits on %g x %g mm", size[0], size[1]);
}

static void all_texts_can_be_read_whatever_the_names(void **state)
{
	static const int plants[][2] = { { 1, 1 }, { 3, 1 }, { 12, 2 }, { 40, 12 }, { 150, 3 } };

	(void)state;
	for (size_t p = 0; p < G_N_ELEMENTS(plants); p++) {
		struct planted planted;
		const struct analysis *analysis = plant(&planted, plants[p][0], plants[p][1]);

		for (size_t i = 0; i < G_N_ELEMENTS(chart_sizes); i++) {
			const double *size = chart_sizes[i];
			struct error err = { "" };
			struct ego ego;

			fill(analysis, size, &ego);
			assert_true(ego.count >= MIN(4, ego.total));
			struct svg *svg = draw(&ego, size[0], size[1], &err);
			assert_string_equal(err.message, "");
			check_readable(svg, size[0] * CHART_MM, size[1] * CHART_MM);
			ego_clear(&ego);
		}
		planted_clear(&planted);
	}
}

/* Of 80 characters, in other scripts, addresses; communities by their own name or the short. */
static void no_name_is_cut(void **state)
{
	struct planted planted;
	const struct analysis *analysis = plant(&planted, 24, 3);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(chart_sizes); i++) {
		const double *size = chart_sizes[i];
		struct error err = { "" };
		struct ego ego;

		fill(analysis, size, &ego);
		struct svg *svg = draw(&ego, size[0], size[1], &err);
		assert_string_equal(err.message, "");
		for (int a = 0; a < ego.count; a++)
			assert_true(has_whole_text(svg, ego.alters[a].name));
		for (int g = 0; g < ego.group_count; g++)
			assert_true(has_whole_text(svg, ego.groups[g].name) ||
			            has_whole_text(svg, ego.groups[g].short_name));
		if (size[1] > 90)
			assert_true(has_whole_text(svg, ego.name));
		svg_free(svg);
		ego_clear(&ego);
	}
	planted_clear(&planted);
}

/* On a page of two columns. */
static void eighty_people_have_a_name_on_a_page(void **state)
{
	static const double size[] = { 180, 160 };
	struct planted planted;
	struct ego ego;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 200; i++) {
		planted_person(&planted, 0, "Ann Lee");
		if (i)
			planted_mail(&planted, 0, i, i);
	}
	fill(planted_finish(&planted), size, &ego);
	assert_true(ego.count >= 80);
	ego_clear(&ego);
	planted_clear(&planted);
}

/* A page as high as said has room for the same people, and few need less. */
static void a_height_that_is_said_to_do_does(void **state)
{
	struct planted planted;
	const struct analysis *analysis = plant(&planted, 30, 4);
	double most = 160 * CHART_MM;

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (int count = 1; count <= 30; count++) {
			double width = (i ? 180 : 88) * CHART_MM;
			struct error err = { "" };
			struct ego ego;

			ego_of(analysis, 0, count, &ego);
			const struct ego_chart chart = chart_of(&ego);
			double height = ego_chart_height(style_default(), width, most, &chart);
			assert_true(count <= 6 ? height < 0.8 * most : height <= most);
			if (ego_chart_fits(style_default(), width, most, &chart))
				check_readable(svg_painted(paint, &chart, width, height, &err), width, height);
			ego_clear(&ego);
		}
	planted_clear(&planted);
}

/* Of all ties between them, hair lines are the strongest, as many as there are people. */
static void hair_lines_are_no_more_than_people(void **state)
{
	struct planted planted;
	struct ego ego;
	struct error err = { "" };

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 6; i++) {
		planted_person(&planted, 0, NULL);
		for (int k = 0; k < i; k++)
			planted_mail(&planted, i, k, 10 * i + k);
	}
	/* Between the five others ten ties: 1-2 has 21 messages, 4-5 has 54; the five strongest
	 * are those of 5 and the 43 from 4 to 3. */
	ego_of(planted_finish(&planted), 0, 5, &ego);
	struct svg *svg = draw(&ego, 180, 150, &err);
	assert_non_null(svg_mark_title(svg, "between-1-5"));
	assert_non_null(svg_mark_title(svg, "between-4-5"));
	assert_non_null(svg_mark_title(svg, "between-3-4"));
	assert_null(svg_mark_title(svg, "between-2-4"));
	assert_null(svg_mark_title(svg, "between-1-2"));
	assert_true(svg_has_text(svg, "the 5 strongest of 10 ties between the others"));
	svg_free(svg);
	ego_clear(&ego);
	planted_clear(&planted);
}

static void numbers_stand_behind_names_and_are_explained(void **state)
{
	struct planted planted;
	struct ego ego;
	struct error err = { "" };

	(void)state;
	planted_init(&planted);
	planted_person(&planted, 0, "Ann");
	planted_person(&planted, 0, "Bo");
	planted_mail(&planted, 0, 1, 1300);
	planted_mail(&planted, 1, 0, 7);
	ego_of(planted_finish(&planted), 0, 5, &ego);
	struct svg *svg = draw(&ego, 180, 150, &err);
	assert_true(svg_has_text(svg, "1,300/7"));
	assert_true(svg_has_text(svg, "3/1 beside a name: 3 from Ann, 1 back"));
	svg_free(svg);
	ego_clear(&ego);
	planted_clear(&planted);
}

static void a_page_too_small_is_refused(void **state)
{
	struct planted planted;
	struct ego ego;
	struct error err = { "" };

	(void)state;
	ego_of(plant(&planted, 80, 4), 0, 80, &ego);
	assert_null(draw(&ego, 100, 100, &err));
	assert_non_null(strstr(err.message, "no room for 80 people"));
	ego_clear(&ego);
	planted_clear(&planted);
}

static void who_writes_with_nobody_is_a_sentence(void **state)
{
	struct ego ego = { .name = (char *)"Ann" };
	struct error err = { "" };
	struct svg *svg = draw(&ego, 180, 150, &err);

	(void)state;
	assert_true(svg_has_text(svg, "No mail to or from others"));
	svg_free(svg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_exchanges_more_is_nearer_by_the_logarithm),
		cmocka_unit_test(every_tie_is_a_mark_with_both_numbers),
		cmocka_unit_test(all_texts_can_be_read_whatever_the_names),
		cmocka_unit_test(no_name_is_cut),
		cmocka_unit_test(eighty_people_have_a_name_on_a_page),
		cmocka_unit_test(a_height_that_is_said_to_do_does),
		cmocka_unit_test(hair_lines_are_no_more_than_people),
		cmocka_unit_test(numbers_stand_behind_names_and_are_explained),
		cmocka_unit_test(a_page_too_small_is_refused),
		cmocka_unit_test(who_writes_with_nobody_is_a_sentence),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
