#include "unit.h"

#include "chart_fixture.h"
#include "planted.h"
#include "svg_checks.h"

#include "epistograph/periods_chart.h"

#include <math.h>
#include <stdio.h>

#define MM (72 / 25.4)

enum { PERIODS = 3, PER_COMMUNITY = 6 };

/* A network and the networks of its periods: everybody in the first, the first community
 * in the second, nobody in the third. */
struct sample {
	struct planted planted;
	struct network periods[PERIODS];
	struct vertex part_vertices[PER_COMMUNITY];
	struct arc part_arcs[4 * PER_COMMUNITY];
};

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return periods_chart_draw(canvas, width, height, chart, err);
}

static struct svg *draw(const struct sample *sample, double width, double height)
{
	static const char *const names[] = { "2010", "2011", "2012" };
	const struct periods_chart chart = {
		.analysis = &sample->planted.analysis, .periods = sample->periods, .names = names,
		.count = PERIODS, .frame = chart_frame };
	struct error err = { "" };
	struct svg *svg = svg_painted(paint, &chart, width * MM, height * MM, &err);

	assert_string_equal(err.message, "");
	return svg;
}

static void plant(struct sample *sample, int communities)
{
	struct network *part = &sample->periods[1];

	*sample = (struct sample){ 0 };
	planted_init(&sample->planted);
	for (int v = 0; v < communities * PER_COMMUNITY; v++)
		planted_person(&sample->planted, v / PER_COMMUNITY,
		               chart_names[v % G_N_ELEMENTS(chart_names)]);
	for (int c = 0; c < communities; c++) {
		int hub = c * PER_COMMUNITY;

		for (int v = hub + 1; v < hub + PER_COMMUNITY; v++) {
			planted_mail(&sample->planted, v, hub, 10 + v);
			planted_mail(&sample->planted, hub, v, 10);
		}
		planted_mail(&sample->planted, hub, (hub + PER_COMMUNITY) % (communities * PER_COMMUNITY),
		             5);
	}
	const struct analysis *analysis = planted_finish(&sample->planted);
	sample->periods[0] = *analysis->network;
	for (int v = 0; v < PER_COMMUNITY; v++)
		sample->part_vertices[v] = analysis->network->vertices[v];
	*part = (struct network){ .vertices = sample->part_vertices, .order = PER_COMMUNITY,
	                          .arcs = sample->part_arcs };
	for (int a = 0; a < analysis->network->size; a++)
		if (analysis->network->arcs[a].from < PER_COMMUNITY &&
		    analysis->network->arcs[a].to < PER_COMMUNITY)
			sample->part_arcs[part->size++] = analysis->network->arcs[a];
}

/* Numbers of a panel: bold digits behind its head, each with its place in the panel. */
static GHashTable *numbers_of(const struct svg *svg, int period)
{
	GHashTable *places = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	const struct svg_element *head = NULL;
	char id[16];

	snprintf(id, sizeof id, "period-%d", period);
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];

		if (strcmp(element->name, "text") || !element->mark || strcmp(element->mark, id))
			continue;
		if (!head)
			head = element;
		else if (svg_attribute(element, "font-weight"))
			g_hash_table_insert(places, element->text->str, g_strdup_printf("%.2f %.2f",
			                    svg_number(element, "x", 0) - svg_number(head, "x", 0),
			                    svg_number(element, "y", 0) - svg_number(head, "y", 0)));
	}
	return places;
}

static void a_number_stands_at_one_place_in_all_panels(void **state)
{
	struct sample sample;
	GHashTableIter entry;
	gpointer number, place;
	int shared = 0;

	(void)state;
	plant(&sample, 4);
	struct svg *svg = draw(&sample, 180, 170);
	GHashTable *first = numbers_of(svg, 1), *second = numbers_of(svg, 2);
	/* The four hubs at least; in the second panel of the first community only. */
	assert_true(g_hash_table_size(first) >= 4);
	assert_true(g_hash_table_size(second) < g_hash_table_size(first));
	g_hash_table_iter_init(&entry, second);
	while (g_hash_table_iter_next(&entry, &number, &place)) {
		assert_non_null(g_hash_table_lookup(first, number));
		assert_string_equal(g_hash_table_lookup(first, number), place);
		shared++;
	}
	assert_true(shared >= 1);
	g_hash_table_unref(first);
	g_hash_table_unref(second);
	svg_free(svg);
	planted_clear(&sample.planted);
}

static void the_legend_names_the_numbers(void **state)
{
	struct sample sample;

	(void)state;
	plant(&sample, 4);
	struct svg *svg = draw(&sample, 180, 170);
	GHashTable *first = numbers_of(svg, 1);

	for (guint n = 1; n <= g_hash_table_size(first); n++) {
		char *start = g_strdup_printf("%u ", n);
		int listed = 0;

		for (guint i = 0; i < svg->elements->len; i++) {
			const struct svg_element *element = svg->elements->pdata[i];

			listed += !strcmp(element->name, "text") && element->mark &&
			          !strcmp(element->mark, "legend") &&
			          g_str_has_prefix(element->text->str, start) &&
			          !strstr(element->text->str, "message");
		}
		assert_int_equal(listed, 1);
		g_free(start);
	}
	g_hash_table_unref(first);
	svg_free(svg);
	planted_clear(&sample.planted);
}

/* The lowest line of the legend, or that of the panel's heading; pt from the top. */
static double line_of(const struct svg *svg, const char *heading)
{
	double y = 0;

	for (int i = 0; svg_nth(svg, "text", i); i++) {
		const struct svg_element *text = svg_nth(svg, "text", i);

		if (heading ? !strcmp(text->text->str, heading) : !g_strcmp0(text->mark, "legend"))
			y = fmax(y, svg_number(text, "y", 0));
	}
	return y;
}

/* Where its dots are just too large for their row it takes one more. */
static void the_legend_ends_above_the_panels(void **state)
{
	(void)state;
	for (int width = 90; width <= 98; width += 2) {
		struct sample sample;

		plant(&sample, 11);
		struct svg *svg = draw(&sample, width, 180);
		assert_true(line_of(svg, NULL) > 0);
		assert_true(line_of(svg, "2010") - line_of(svg, NULL) >= 10);
		check_readable(svg, width * MM, 180 * MM);
		planted_clear(&sample.planted);
	}
}

static void a_period_without_mail_is_no_quiet_one(void **state)
{
	struct sample sample;

	(void)state;
	plant(&sample, 4);
	struct svg *svg = draw(&sample, 180, 170);
	assert_true(svg_has_text(svg, "no messages"));
	assert_false(svg_has_text(svg, "none of them drawn"));
	svg_free(svg);
	planted_clear(&sample.planted);
}

static void texts_are_apart_on_every_page(void **state)
{
	static const double sizes[][2] = { { 88, 180 }, { 180, 170 }, { 169, 95 }, { 300, 400 } };

	(void)state;
	for (int communities = 1; communities <= 12; communities += 11)
		for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
			struct sample sample;

			plant(&sample, communities);
			check_readable(draw(&sample, sizes[i][0], sizes[i][1]), sizes[i][0] * MM,
			               sizes[i][1] * MM);
			planted_clear(&sample.planted);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_stands_at_one_place_in_all_panels),
		cmocka_unit_test(the_legend_names_the_numbers),
		cmocka_unit_test(the_legend_ends_above_the_panels),
		cmocka_unit_test(a_period_without_mail_is_no_quiet_one),
		cmocka_unit_test(texts_are_apart_on_every_page),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
