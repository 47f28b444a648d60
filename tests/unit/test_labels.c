#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "epistograph/labels.h"

static const struct box page = { 10, 20, 400, 300 };

static struct label label_for(int mark, double width)
{
	return (struct label){ .kind = LABEL_POINT, .mark = mark, .area = -1, .width = width,
	                       .ascent = 7, .descent = 2, .tolerance = 1 };
}

static bool overlap(const struct box *a, const struct box *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width &&
	       a->y < b->y + b->height && b->y < a->y + a->height;
}

static void assert_readable(const struct label *labels, int count)
{
	for (int i = 0; i < count; i++) {
		struct box box = label_box(&labels[i]);

		if (!labels[i].placed)
			continue;
		assert_true(box.x >= page.x && box.x + box.width <= page.x + page.width);
		assert_true(box.y >= page.y && box.y + box.height <= page.y + page.height);
		for (int j = 0; j < i; j++) {
			struct box other = label_box(&labels[j]);
			assert_false(labels[j].placed && overlap(&box, &other));
		}
	}
}

static unsigned dice(uint64_t *state, unsigned below)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33) % below;
}

static void no_labels_need_no_places(void **state)
{
	(void)state;
	assert_int_equal(labels_place(NULL, 0, NULL, 0, &page), 0);
}

static void a_lonely_label_stands_to_the_right_of_its_mark(void **state)
{
	const struct label_mark mark = { 100, 100, 5, false, false };
	struct label label = label_for(0, 40);

	(void)state;
	assert_int_equal(labels_place(&label, 1, &mark, 1, &page), 1);
	assert_true(label.left > 105 && label.left < 108);
	assert_true(label.baseline > 100 && label.baseline < 106);
	assert_false(label.leader);
}

/* To its right the text would end, uncovered, 1 pt before another mark: it would
 * be read as that one's name. A small speck does not mislead anyone. */
static void a_name_does_not_end_at_another_mark(void **state)
{
	struct label_mark marks[] = { { 100, 100, 5, false, false }, { 151.2, 100, 4, false, false } };

	(void)state;
	for (int speck = 0; speck < 2; speck++) {
		struct label label = label_for(0, 40);

		if (speck)
			marks[1] = (struct label_mark){ 148, 100, 0.8, false, false };
		assert_int_equal(labels_place(&label, 1, marks, 2, &page), 1);
		bool on_the_right = label.left > 105 && label.left < 108 && label.baseline > 100 &&
		                    label.baseline < 106;
		assert_int_equal(on_the_right, speck);
	}
}

static void at_the_right_edge_it_stands_to_the_left(void **state)
{
	const struct label_mark mark = { 400, 100, 5, false, false };
	struct label label = label_for(0, 40);

	(void)state;
	assert_int_equal(labels_place(&label, 1, &mark, 1, &page), 1);
	assert_true(label.left + label.width < 395);
	assert_readable(&label, 1);
}

static void what_is_wider_than_the_page_is_left_out(void **state)
{
	const struct label_mark mark = { 200, 100, 5, false, false };
	struct label label = label_for(0, 401);

	(void)state;
	assert_int_equal(labels_place(&label, 1, &mark, 1, &page), 0);
	assert_false(label.placed);
}

/* Two marks side by side: the left one's name would cover the right mark. */
static void a_name_does_not_cover_the_neighbour(void **state)
{
	const struct label_mark marks[] = { { 100, 100, 6, false, false }, { 125, 100, 6, false, false } };
	struct label label = label_for(0, 40);

	(void)state;
	assert_int_equal(labels_place(&label, 1, marks, 2, &page), 1);
	struct box box = label_box(&label), neighbour = { 119, 94, 12, 12 };
	assert_false(overlap(&box, &neighbour));
}

/* Hemmed in by large marks, the name goes where there is room and a line says
 * whose it is. */
static void a_displaced_name_has_a_leader(void **state)
{
	struct label_mark marks[26];
	struct label label = label_for(12, 60);

	(void)state;
	for (int i = 0; i < 25; i++)
		marks[i] = (struct label_mark){ 200 + 15 * (i % 5 - 2), 150 + 15 * (i / 5 - 2), 7,
			                         false, false };
	assert_int_equal(labels_place(&label, 1, marks, 25, &page), 1);
	assert_true(label.leader);
	assert_true(fabs(hypot(label.from.x - 200, label.from.y - 150) - 7) < 1e-6);
	struct box box = label_box(&label);
	assert_true(label.to.x >= box.x - 1e-6 && label.to.x <= box.x + box.width + 1e-6);
	assert_true(label.to.y >= box.y - 1e-6 && label.to.y <= box.y + box.height + 1e-6);
}

static void random_crowds_of_names_never_overlap(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		enum { MARKS = 300, NAMES = 60 };
		struct label_mark marks[MARKS];
		struct label labels[NAMES];
		uint64_t row = seed;

		for (int i = 0; i < MARKS; i++)
			marks[i] = (struct label_mark){ 10 + dice(&row, 400), 20 + dice(&row, 300),
			                                1 + dice(&row, 8), false, false };
		for (int i = 0; i < NAMES; i++)
			labels[i] = label_for(i, 15 + dice(&row, 90));
		int placed = labels_place(labels, NAMES, marks, MARKS, &page), counted = 0;
		assert_readable(labels, NAMES);
		for (int i = 0; i < NAMES; i++)
			counted += labels[i].placed;
		assert_int_equal(placed, counted);
		assert_true(placed >= 15);
	}
}

/* Ten marks on one spot of a strip one line high: only some names fit, the most
 * important among them. */
static void in_a_crowd_the_most_important_is_named(void **state)
{
	const struct box strip = { 0, 0, 200, 14 };
	struct label_mark marks[10];
	struct label labels[10];

	(void)state;
	for (int i = 0; i < 10; i++) {
		marks[i] = (struct label_mark){ 98 + i * 0.4, 7, 1, false, false };
		labels[i] = label_for(i, 70);
	}
	int placed = labels_place(labels, 10, marks, 10, &strip);
	assert_true(placed >= 1 && placed <= 2);
	assert_true(labels[0].placed);
}

/* The first name takes the right side, which is the only place for the second
 * (102 pt to the right of its mark, in a strip of one line): it must move. */
static void a_name_moves_aside_for_another(void **state)
{
	const struct box strip = { 0, 0, 204, 12 };
	const struct label_mark marks[] = { { 80, 6, 2, false, false }, { 100, 6, 0.2, false, false } };
	struct label labels[] = { label_for(0, 60), label_for(1, 100) };

	(void)state;
	assert_int_equal(labels_place(labels, 2, marks, 2, &strip), 2);
	assert_true(labels[0].left + labels[0].width <= 78);
	assert_true(labels[1].left >= 100);
}

static void an_area_is_named_at_its_rim(void **state)
{
	const struct label_mark area = { 200, 170, 60, true, false };
	struct label label = { .kind = LABEL_AREA, .mark = 0, .area = 0, .width = 50, .ascent = 8,
	                       .descent = 3, .tolerance = 1 };

	(void)state;
	assert_int_equal(labels_place(&label, 1, &area, 1, &page), 1);
	assert_true(fabs(label.left + 25 - 200) < 1);
	assert_true(label.baseline < 120 && label.baseline > 100);
}

/* Another area over the top of the first: its name goes elsewhere. */
static void an_area_s_name_avoids_other_areas(void **state)
{
	const struct label_mark areas[] = { { 200, 170, 60, true, false }, { 200, 60, 45, true, false } };
	struct label label = { .kind = LABEL_AREA, .mark = 0, .area = 0, .width = 50, .ascent = 8,
	                       .descent = 3, .tolerance = 1 };

	(void)state;
	assert_int_equal(labels_place(&label, 1, areas, 2, &page), 1);
	struct box box = label_box(&label);
	for (int i = 0; i <= 4; i++)
		assert_true(hypot(box.x + box.width * i / 4 - 200, box.y + box.height / 2 - 60) >=
		            45);
}

static void a_modest_name_is_left_out_where_it_would_be_in_the_way(void **state)
{
	struct label_mark marks[121];
	struct label label = label_for(60, 60);

	(void)state;
	for (int i = 0; i < 121; i++)
		marks[i] = (struct label_mark){ 200 + 14 * (i % 11 - 5), 150 + 14 * (i / 11 - 5),
			                         6, false, false };
	label.tolerance = 0.2;
	assert_int_equal(labels_place(&label, 1, marks, 121, &page), 0);
	marks[60].x = 380;                      /* out of the crowd, there is room */
	assert_int_equal(labels_place(&label, 1, marks, 121, &page), 1);
}

static void the_same_names_go_to_the_same_places(void **state)
{
	struct label_mark marks[100];
	struct label first[40], second[40];
	uint64_t row = 9;

	(void)state;
	for (int i = 0; i < 100; i++)
		marks[i] = (struct label_mark){ 10 + dice(&row, 400), 20 + dice(&row, 300), 4,
			                         false, false };
	for (int i = 0; i < 40; i++)
		first[i] = second[i] = label_for(i, 50);
	labels_place(first, 40, marks, 100, &page);
	labels_place(second, 40, marks, 100, &page);
	for (int i = 0; i < 40; i++) {
		assert_int_equal(first[i].placed, second[i].placed);
		if (first[i].placed)
			assert_true(first[i].left == second[i].left &&
			            first[i].baseline == second[i].baseline);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_labels_need_no_places),
		cmocka_unit_test(a_lonely_label_stands_to_the_right_of_its_mark),
		cmocka_unit_test(a_name_does_not_end_at_another_mark),
		cmocka_unit_test(at_the_right_edge_it_stands_to_the_left),
		cmocka_unit_test(what_is_wider_than_the_page_is_left_out),
		cmocka_unit_test(a_name_does_not_cover_the_neighbour),
		cmocka_unit_test(a_displaced_name_has_a_leader),
		cmocka_unit_test(random_crowds_of_names_never_overlap),
		cmocka_unit_test(in_a_crowd_the_most_important_is_named),
		cmocka_unit_test(a_name_moves_aside_for_another),
		cmocka_unit_test(an_area_is_named_at_its_rim),
		cmocka_unit_test(an_area_s_name_avoids_other_areas),
		cmocka_unit_test(a_modest_name_is_left_out_where_it_would_be_in_the_way),
		cmocka_unit_test(the_same_names_go_to_the_same_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
