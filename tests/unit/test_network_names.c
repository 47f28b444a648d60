/* What is written in a network diagram, read back from the SVG: no two texts overlap,
 * no name lies on a dot, nothing is cut off by the page, whatever people are called. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "epistograph/error.h"
#include "epistograph/network_chart.h"
#include "planted.h"
#include "svg_reader.h"

static const double slack = 0.05;       /* pt: the file has two digits */

enum manner { PLAIN, LONG, ARABIC, JAPANESE, EMOJI, ONE_WORD, ADDRESS, MIXED };

static char *name_of(enum manner manner, int i)
{
	static const char *const family[] = { "Lee", "Chen", "Okafor", "Garc\303\255a", "Nov\303\241k" };
	static const char *const arabic[] = { "\331\205\330\255\331\205\330\257", "\331\201\330\247\330\267\331\205\330\251" };
	static const char *const kanji[] = { "\344\275\220\350\227\244 \345\244\252\351\203\216", "\351\210\264\346\234\250\350\212\261\345\255\220" };

	switch (manner) {
	case PLAIN:
		return g_strdup_printf("Person %d %s", i, family[i % 5]);
	case LONG:
		return g_strdup_printf("Maximiliane-Theodora Alexandrina von und zu Hohenlohe-"
		                       "Bartenstein-Jagstberg %05d!", i);
	case ARABIC:
		return g_strdup_printf("%s %d", arabic[i % 2], i);
	case JAPANESE:
		return g_strdup_printf("%s%d", kanji[i % 2], i);
	case EMOJI:
		return g_strdup_printf("\360\237\246\212 Fox %d \342\234\214\357\270\217", i);
	case ONE_WORD:
		return g_strdup_printf("Madonna%d", i);
	case ADDRESS:
		return g_strdup("");
	default:
		return name_of((enum manner)(i % MIXED), i);
	}
}

/* Write the people's names in that manner; the communities' too. */
static void call(struct planted *planted, enum manner manner)
{
	struct analysis *analysis = &planted->analysis;

	for (guint v = 0; v < planted->vertices->len; v++) {
		struct vertex *vertex = &g_array_index(planted->vertices, struct vertex, v);
		g_free((char *)vertex->name);
		vertex->name = name_of(manner, (int)v);
	}
	for (int c = 0; c < analysis->community_count; c++) {
		struct community *community = &analysis->communities[c];
		const struct vertex *centre = &analysis->network->vertices[community->centre];

		g_free(community->name);
		g_free(community->short_name);
		community->name = g_strdup(*centre->name ? centre->name : centre->address);
		community->short_name = g_strdup(community->name);
	}
}

static struct svg *draw(const struct analysis *analysis, double width, double height)
{
	char *path = g_strdup_printf("%s/epistograph-names-%d.svg", g_get_tmp_dir(), (int)getpid());
	const struct network_chart chart = {
		.analysis = analysis,
		.frame = { "Who wrote to whom", "Messages, 2010 to 2012", "Source: an invented archive" },
	};
	struct error err = { 0 };
	struct canvas *canvas = canvas_open(path, CANVAS_SVG,
	                                    &(struct canvas_page){ width, height, 100, NULL, NULL },
	                                    &(struct canvas_about){ "t", "d", "s" }, &err);

	assert_non_null(canvas);
	if (network_chart_draw(canvas, width, height, &chart, &err) < 0)
		fail_msg("%s", err.message);
	if (canvas_close(canvas, &err) < 0)
		fail_msg("%s", err.message);
	struct svg *svg = svg_read(path);
	assert_non_null(svg);
	unlink(path);
	g_free(path);
	return svg;
}

static struct box text_box(const struct svg_element *text)
{
	const char *anchor = svg_attribute(text, "text-anchor");
	bool rtl = !g_strcmp0(svg_attribute(text, "direction"), "rtl");
	struct font font = { .size = svg_number(text, "font-size", 0),
	                     .bold = !g_strcmp0(svg_attribute(text, "font-weight"), "bold") };
	struct text_extent extent = text_measure(text->text->str, &font);
	double width = extent.width;
	double x = svg_number(text, "x", 0), y = svg_number(text, "y", 0);

	if (!g_strcmp0(anchor, "middle"))
		x -= width / 2;
	else if (!g_strcmp0(anchor, "end") != rtl)
		x -= width;
	return (struct box){ x, y - extent.ascent, width, extent.ascent + extent.descent };
}

static bool boxes_overlap(const struct box *a, const struct box *b)
{
	return a->x + slack < b->x + b->width && b->x + slack < a->x + a->width &&
	       a->y + slack < b->y + b->height && b->y + slack < a->y + a->height;
}

/* Of the ring around whom a community is named after; the paper around dots is no mark. */
static double ring_width(const struct svg_element *dot)
{
	const char *fill = svg_attribute(dot, "fill");

	return fill && strcmp(fill, "none") ? 0 : svg_number(dot, "stroke-width", 0);
}

static bool is_under(const struct box *box, double x, double y, double radius)
{
	double dx = x - CLAMP(x, box->x, box->x + box->width);
	double dy = y - CLAMP(y, box->y, box->y + box->height);

	return sqrt(dx * dx + dy * dy) < radius - slack;
}

struct faults { int names, on_texts, on_dots, cut, small; };

static void count_faults(const struct svg *svg, double width, double height, struct faults *faults)
{
	GArray *boxes = g_array_new(FALSE, FALSE, sizeof(struct box));

	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *text = svg->elements->pdata[i];

		if (strcmp(text->name, "text"))
			continue;
		struct box box = text_box(text);
		faults->cut += box.x < -slack || box.y < -slack || box.x + box.width > width + slack ||
		               box.y + box.height > height + slack;
		faults->small += svg_number(text, "font-size", 0) < 6;
		for (guint k = 0; k < boxes->len; k++)
			faults->on_texts += boxes_overlap(&box, &g_array_index(boxes, struct box, k));
		g_array_append_val(boxes, box);
		if (g_strcmp0(text->mark, "names"))
			continue;
		faults->names++;
		for (guint k = 0; k < svg->elements->len; k++) {
			const struct svg_element *dot = svg->elements->pdata[k];

			if (!strcmp(dot->name, "circle") && g_str_has_prefix(dot->mark, "node-"))
				faults->on_dots += is_under(&box, svg_number(dot, "cx", 0),
				                            svg_number(dot, "cy", 0),
				                            svg_number(dot, "r", 0) +
				                            ring_width(dot) / 2);
		}
	}
	g_array_free(boxes, TRUE);
}

static const struct { double width, height; } pages[] = {
	{ 227, 198 }, { 249, 312 }, { 510, 425 }, { 720, 405 }, { 1191, 842 },
};

/* All manners and pages for networks of that size. */
static void check(int communities, int largest)
{
	for (uint64_t seed = 1; seed <= (largest < 100 ? 2 : 1); seed++) {
		struct planted planted;

		planted_init(&planted);
		planted_random_groups(&planted, seed, communities, largest);
		const struct analysis *analysis = planted_finish(&planted);
		for (int manner = PLAIN; manner <= MIXED; manner++) {
			call(&planted, (enum manner)manner);
			for (size_t p = 0; p < G_N_ELEMENTS(pages); p++) {
				struct faults faults = { 0 };
				struct svg *svg = draw(analysis, pages[p].width, pages[p].height);

				count_faults(svg, pages[p].width, pages[p].height, &faults);
				svg_free(svg);
				if (faults.on_texts + faults.on_dots + faults.cut + faults.small > 0)
					fail_msg("seed %d, names of kind %d, page %g x %g: %d on texts, "
					         "%d on dots, %d cut, %d too small", (int)seed, manner,
					         pages[p].width, pages[p].height, faults.on_texts,
					         faults.on_dots, faults.cut, faults.small);
				assert_true(faults.names >= MIN(communities, 3));
			}
		}
		planted_clear(&planted);
	}
}

static void a_pair_is_named_without_overlaps(void **state)
{
	(void)state;
	check(1, 2);
}

static void a_flat_network_is_named_without_overlaps(void **state)
{
	(void)state;
	check(4, 20);
}

static void a_network_of_a_hundred_is_named_without_overlaps(void **state)
{
	(void)state;
	check(6, 40);
}

static void a_network_of_a_thousand_is_named_without_overlaps(void **state)
{
	(void)state;
	check(16, 110);
}

/* Texts in the figure that end early, and those that end as the long names do. */
static void count_endings(const struct svg *svg, int *cut, int *whole)
{
	*cut = *whole = 0;
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *text = svg->elements->pdata[i];

		if (strcmp(text->name, "text") || g_strcmp0(text->mark, "names"))
			continue;
		*cut += strstr(text->text->str, "\u2026") != NULL;
		*whole += g_str_has_suffix(text->text->str, "!");
	}
}

/* On a page only regions may have a cut name, where there is no room for all of it; on a
 * poster there is. */
static void long_names_of_people_are_whole(void **state)
{
	struct planted planted;
	int cut, whole;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 1, 6, 40);
	const struct analysis *analysis = planted_finish(&planted);
	call(&planted, LONG);
	for (int p = 2; p <= 4; p += 2) {
		struct svg *svg = draw(analysis, pages[p].width, pages[p].height);

		count_endings(svg, &cut, &whole);
		assert_true(whole > 3);
		assert_true(cut <= (p == 2 ? analysis->community_count : 0));
		svg_free(svg);
	}
	planted_clear(&planted);
}

/* The reader above finds what it looks for. */
static void a_name_on_a_dot_would_be_seen(void **state)
{
	const struct box box = { 10, 10, 30, 8 }, beside = { 40.2, 10, 9, 8 }, over = { 39, 17, 9, 8 };

	(void)state;
	assert_true(is_under(&box, 41, 14, 1.2));
	assert_false(is_under(&box, 41, 14, 0.9));
	assert_true(boxes_overlap(&box, &over));
	assert_false(boxes_overlap(&box, &beside));
}

/* Ends of the line that a tie's wedge is: the middle of its first and last two corners. */
static void ends_of_tie(const struct svg_element *tie, double ends[4])
{
	double at[8];
	int count = 0;

	for (const char *c = svg_attribute(tie, "d"); c && *c && count < 8;) {
		char *end;
		double number = g_ascii_strtod(c, &end);

		if (end == c) {
			c++;
			continue;
		}
		at[count++] = number;
		c = end;
	}
	assert_int_equal(count, 8);
	ends[0] = (at[0] + at[6]) / 2, ends[1] = (at[1] + at[7]) / 2;
	ends[2] = (at[2] + at[4]) / 2, ends[3] = (at[3] + at[5]) / 2;
}

static bool box_is_crossed(const struct box *box, const double ends[4])
{
	for (double t = 0; t <= 1; t += 1.0 / 256) {
		double x = ends[0] + t * (ends[2] - ends[0]), y = ends[1] + t * (ends[3] - ends[1]);

		if (x > box->x + slack && x < box->x + box->width - slack &&
		    y > box->y + slack && y < box->y + box->height - slack)
			return true;
	}
	return false;
}

static bool is_crossed_by_a_tie(const struct svg *svg, const struct box *box)
{
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];
		double ends[4];

		if (strcmp(element->name, "path") || !element->mark ||
		    !g_str_has_prefix(element->mark, "tie-"))
			continue;
		ends_of_tie(element, ends);
		if (box_is_crossed(box, ends))
			return true;
	}
	return false;
}

static void names_of_a_few_people_lie_on_no_tie(void **state)
{
	struct planted planted;
	int names = 0;

	(void)state;
	planted_init(&planted);
	planted_person(&planted, 0, "Anna Maria Lee");
	planted_person(&planted, 0, "bo");
	planted_person(&planted, 0, "cy");
	planted_mail(&planted, 0, 1, 7);
	planted_mail(&planted, 1, 0, 2);
	planted_mail(&planted, 0, 2, 1);
	struct svg *svg = draw(planted_finish(&planted), 510, 425);
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];

		if (strcmp(element->name, "text") || g_strcmp0(element->mark, "names"))
			continue;
		struct box box = text_box(element);
		assert_false(is_crossed_by_a_tie(svg, &box));
		names++;
	}
	assert_int_equal(names, 3);
	svg_free(svg);
	planted_clear(&planted);
}

/* Communities of 9, tied to the next three each: in a newspaper's column more regions than
 * captions have room for. Whom each is named after is called Chief. */
static const struct analysis *plant_regions(struct planted *planted, int communities)
{
	planted_init(planted);
	for (int v = 0; v < communities * 9; v++) {
		char *name = g_strdup_printf(v % 9 ? "Nobody Special %d" : "Chief Alexander %d.", v / 9);

		planted_person(planted, v / 9, name);
		g_free(name);
	}
	for (int v = 0; v < communities * 9; v++) {
		int chief = v / 9 * 9;

		if (v > chief) {
			planted_mail(planted, v, chief, 20);
			planted_mail(planted, chief, v, 20);
			planted_mail(planted, v, chief + 1 + (v - chief) % 8, 2);
		}
		if (v < chief + 3)
			planted_mail(planted, chief, (chief + 9 * (v - chief + 1)) % (communities * 9), 4);
	}
	return planted_finish(planted);
}

static void regions_of_a_column_are_named_before_people(void **state)
{
	enum { COMMUNITIES = 22 };
	struct planted planted;
	int named = 0;

	(void)state;
	const struct analysis *analysis = plant_regions(&planted, COMMUNITIES);
	struct svg *svg = draw(analysis, 88 * 72 / 25.4, 110 * 72 / 25.4);
	for (int c = 0; c < COMMUNITIES; c++) {
		char *name = g_strdup_printf("Chief Alexander %d.", c);
		bool found = false;

		for (guint i = 0; i < svg->elements->len; i++) {
			const struct svg_element *element = svg->elements->pdata[i];

			found = found || (!strcmp(element->name, "text") &&
			                  g_str_has_prefix(element->text->str, name));
		}
		named += found;
		g_free(name);
	}
	/* Were other people of higher rank named first, it would be 15. */
	assert_true(named >= COMMUNITIES - 2);
	svg_free(svg);
	planted_clear(&planted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_on_a_dot_would_be_seen),
		cmocka_unit_test(a_pair_is_named_without_overlaps),
		cmocka_unit_test(a_flat_network_is_named_without_overlaps),
		cmocka_unit_test(a_network_of_a_hundred_is_named_without_overlaps),
		cmocka_unit_test(long_names_of_people_are_whole),
		cmocka_unit_test(names_of_a_few_people_lie_on_no_tie),
		cmocka_unit_test(regions_of_a_column_are_named_before_people),
		cmocka_unit_test(a_network_of_a_thousand_is_named_without_overlaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
