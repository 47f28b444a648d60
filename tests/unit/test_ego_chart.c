#include "unit.h"

#include "chart_fixture.h"
#include "planted.h"
#include "svg_checks.h"

#include "epistograph/ego_chart.h"

#include <math.h>

#define MM (72 / 25.4)

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return ego_chart_draw(canvas, width, height, chart, err);
}

static struct svg *draw(const struct ego *ego, double width, double height, struct error *err)
{
	const struct ego_chart chart = { .ego = ego, .frame = chart_frame, .one = "message",
	                                 .many = "messages" };

	return svg_painted(paint, &chart, width * MM, height * MM, err);
}

/* The ego, and `alters` others in as many communities, with the names of chart_names. */
static const struct analysis *plant(struct planted *planted, int alters, int communities)
{
	planted_init(planted);
	planted_person(planted, 0, chart_names[0]);
	for (int i = 0; i < alters; i++) {
		char *name = g_strdup_printf("%s %d", chart_names[i % G_N_ELEMENTS(chart_names)], i);

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

/* The centre and radius of the nth circle of a mark. */
static const struct svg_element *circle_of(const struct svg *svg, const char *id, int n)
{
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];

		if (!strcmp(element->name, "circle") && element->mark && !strcmp(element->mark, id) &&
		    n-- == 0)
			return element;
	}
	return NULL;
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
	const struct svg_element *centre = circle_of(svg, "ego-0", 0);
	double distances[3];
	for (int i = 0; i < 3; i++) {
		char *id = g_strdup_printf("alter-%d", i + 1);
		const struct svg_element *dot = circle_of(svg, id, 1);

		distances[i] = hypot(svg_number(dot, "cx", 0) - svg_number(centre, "cx", 0),
		                     svg_number(dot, "cy", 0) - svg_number(centre, "cy", 0));
		g_free(id);
	}
	/* 100, 10 and 1 are equally far apart; the rings of the same numbers are where they are. */
	assert_true(distances[0] < distances[1]);
	assert_true(fabs(distances[2] - distances[1] - (distances[1] - distances[0])) < 0.05);
	assert_true(fabs(svg_number(circle_of(svg, "ring-10", 0), "r", 0) - distances[1]) < 0.02);
	assert_true(fabs(svg_number(circle_of(svg, "ring-1", 0), "r", 0) - distances[2]) < 0.02);
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
static void fill(const struct analysis *analysis, double width, double height, struct ego *ego)
{
	for (int most = EGO_ALTERS_MAX; most > 0; most--) {
		const struct ego_chart chart = { .ego = ego, .frame = chart_frame, .one = "message",
		                                 .many = "messages" };

		ego_of(analysis, 0, most, ego);
		if (ego_chart_fits(style_default(), width * MM, height * MM, &chart))
			return;
		ego_clear(ego);
	}
	fail_msg("nobody fits on %g x %g mm", width, height);
}

static void all_texts_can_be_read_whatever_the_names(void **state)
{
	static const double sizes[][2] = { { 88, 130 }, { 80, 90 }, { 180, 150 }, { 169, 95 },
	                                   { 300, 400 } };
	static const int plants[][2] = { { 1, 1 }, { 3, 1 }, { 12, 2 }, { 40, 12 }, { 100, 3 } };

	(void)state;
	for (size_t p = 0; p < G_N_ELEMENTS(plants); p++) {
		struct planted planted;
		const struct analysis *analysis = plant(&planted, plants[p][0], plants[p][1]);

		for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
			struct error err = { "" };
			struct ego ego;

			fill(analysis, sizes[i][0], sizes[i][1], &ego);
			assert_true(ego.count >= MIN(4, ego.total));
			struct svg *svg = draw(&ego, sizes[i][0], sizes[i][1], &err);
			assert_string_equal(err.message, "");
			check_on_page(svg, sizes[i][0] * MM, sizes[i][1] * MM);
			check_texts_apart(svg);
			assert_true(svg_ids_are_unique(svg));
			svg_free(svg);
			ego_clear(&ego);
		}
		planted_clear(&planted);
	}
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
		cmocka_unit_test(a_page_too_small_is_refused),
		cmocka_unit_test(who_writes_with_nobody_is_a_sentence),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
