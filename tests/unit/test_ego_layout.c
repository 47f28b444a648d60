#include "unit.h"

#include "chart_fixture.h"
#include "planted.h"

#include "../../src/draw/ego_layout.h"

#include <math.h>

/* The ego and `alters` others, the ith of whom gets i messages and writes half as many. */
static void plant(struct planted *planted, const char *name, int alters, struct ego *ego)
{
	planted_init(planted);
	planted_person(planted, 0, name);
	for (int i = 1; i <= alters; i++) {
		char *other = g_strdup_printf("Person %d", i);

		planted_person(planted, 0, other);
		planted_mail(planted, 0, i, i);
		if (i / 2)
			planted_mail(planted, i, 0, i / 2);
		g_free(other);
	}
	ego_of(planted_finish(planted), 0, alters, ego);
}

static void lay_out(const struct ego *ego, double width, double height, struct ego_layout *layout)
{
	const struct box box = { 14, 60, width, height };

	assert_int_equal(ego_layout(layout, style_default(), ego, &box, true), 0);
}

static const struct ego_slot *slot(const struct ego_layout *layout, int i)
{
	return &g_array_index(layout->slots, struct ego_slot, (guint)i);
}

/* Where they leave the disc they stand apart, and no wider than that but for a fifth. */
static void ties_part_at_the_rim(void **state)
{
	struct planted planted;
	struct ego ego;
	struct ego_layout layout;

	(void)state;
	plant(&planted, "Ann Lee", 76, &ego);
	lay_out(&ego, 480, 310, &layout);
	int wider = 0;
	for (int i = 1; i < (int)layout.slots->len; i++) {
		const struct ego_slot *last = slot(&layout, i - 1), *here = slot(&layout, i);
		struct point from = ego_layout_rim(&layout, last), to = ego_layout_rim(&layout, here);
		double apart = hypot(to.x - from.x, to.y - from.y);

		if (last->is_left != here->is_left)
			continue;
		assert_true(apart > 1.2);
		wider += ego_layout_wedge(&layout, ego.alters[here->alter].to) > apart;
	}
	assert_true(wider <= 76 / 5 + 1);
	ego_layout_clear(&layout);
	ego_clear(&ego);
	planted_clear(&planted);
}

static void the_name_is_within_the_disc(void **state)
{
	static const char *const names[] = {
		"Ann Lee", "Michael Kerrisk (man-pages)", "x",
		"Maximiliana von und zu Hohenlohe-Waldenburg-Schillingsfürst",
		"a.very.long.local.part@a-long-domain.example.org",
	};

	(void)state;
	for (size_t n = 0; n < G_N_ELEMENTS(names); n++)
		for (int alters = 1; alters <= 61; alters += 20) {
			struct planted planted;
			struct ego ego;
			struct ego_layout layout;

			plant(&planted, names[n], alters, &ego);
			lay_out(&ego, alters > 30 ? 480 : 220, 310, &layout);
			int count = (int)g_strv_length(layout.ego_name);
			double half_height = count * layout.ego_font.size * EGO_LEADING / 2;
			assert_true(count >= 1);
			for (int i = 0; i < count; i++)
				assert_true(hypot(text_measure(layout.ego_name[i], &layout.ego_font).width / 2,
				                  half_height) <= layout.core);
			ego_layout_clear(&layout);
			ego_clear(&ego);
			planted_clear(&planted);
		}
}

static void dots_lie_between_the_disc_and_the_outermost_ring(void **state)
{
	struct planted planted;
	struct ego ego;
	struct ego_layout layout;

	(void)state;
	plant(&planted, "Ann Lee", 40, &ego);
	lay_out(&ego, 480, 310, &layout);
	for (int i = 0; i < ego.count; i++) {
		double from_centre = hypot(layout.dots[i].x - layout.centre.x,
		                           layout.dots[i].y - layout.centre.y);

		assert_true(from_centre >= layout.core + layout.dot);
		assert_true(from_centre <= layout.radius + 1e-9);
		assert_true(fabs(from_centre - ego_layout_radius(&layout, ego_messages(&ego.alters[i]))) <
		            1e-9);
	}
	ego_layout_clear(&layout);
	ego_clear(&ego);
	planted_clear(&planted);
}

/* The number at the outermost ring is round, and at most a third less than the least. */
static void the_outermost_ring_is_near_the_least(void **state)
{
	(void)state;
	for (int least = 1; least < 3000; least = least * 7 / 5 + 1) {
		struct planted planted;
		struct ego ego;
		struct ego_layout layout;

		planted_init(&planted);
		for (int i = 0; i < 3; i++)
			planted_person(&planted, 0, NULL);
		planted_mail(&planted, 0, 1, least);
		planted_mail(&planted, 0, 2, 5000);
		ego_of(planted_finish(&planted), 0, 2, &ego);
		lay_out(&ego, 480, 310, &layout);
		assert_true(layout.least <= least && 3 * layout.least >= 2 * least);
		int64_t digits = layout.least;
		while (digits % 10 == 0)
			digits /= 10;
		assert_true(digits < 10 || digits == 15);
		ego_layout_clear(&layout);
		ego_clear(&ego);
		planted_clear(&planted);
	}
}

static void few_stand_on_both_sides_and_one_on_the_right(void **state)
{
	(void)state;
	for (int alters = 1; alters <= 4; alters++) {
		struct planted planted;
		struct ego ego;
		struct ego_layout layout;

		plant(&planted, "Ann Lee", alters, &ego);
		lay_out(&ego, 480, 310, &layout);
		assert_int_equal(layout.left_count, alters / 2);
		ego_layout_clear(&layout);
		ego_clear(&ego);
		planted_clear(&planted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ties_part_at_the_rim),
		cmocka_unit_test(the_name_is_within_the_disc),
		cmocka_unit_test(dots_lie_between_the_disc_and_the_outermost_ring),
		cmocka_unit_test(the_outermost_ring_is_near_the_least),
		cmocka_unit_test(few_stand_on_both_sides_and_one_on_the_right),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
