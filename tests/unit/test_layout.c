#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "epistograph/error.h"
#include "epistograph/layout.h"
#include "planted.h"

static const double slack = 1e-6;

/* ---- what holds for every layout ---- */

static double distance(double x, double y, double u, double v)
{
	return sqrt((x - u) * (x - u) + (y - v) * (y - v));
}

static void assert_nothing_overlaps(const struct layout *layout)
{
	for (int i = 0; i < layout->node_count; i++)
		for (int j = i + 1; j < layout->node_count; j++) {
			const struct layout_node *a = &layout->nodes[i], *b = &layout->nodes[j];
			assert_true(distance(a->x, a->y, b->x, b->y) >=
			            a->radius + b->radius - slack);
		}
	for (int i = 0; i < layout->disc_count; i++)
		for (int j = i + 1; j < layout->disc_count; j++) {
			const struct layout_disc *a = &layout->discs[i], *b = &layout->discs[j];
			assert_true(distance(a->x, a->y, b->x, b->y) >=
			            a->radius + b->radius - slack);
		}
}

static void assert_inside(const struct layout *layout, double x, double y, double radius)
{
	assert_true(x - radius >= -slack && x + radius <= layout->width + slack);
	assert_true(y - radius >= -slack && y + radius <= layout->height + slack);
}

/* Everybody folded has a speck, in a ring of its own disc that nothing else is in. */
static void assert_specks_around(const struct layout *layout)
{
	int *specks = g_new0(int, layout->disc_count + 1);

	for (int i = 0; i < layout->speck_count; i++) {
		const struct layout_speck *a = &layout->specks[i];
		const struct layout_disc *disc = &layout->discs[a->disc];
		double far = distance(a->x, a->y, disc->x, disc->y);

		specks[a->disc]++;
		assert_true(disc->speck > 0 && far + disc->speck <= disc->radius + slack);
		assert_true(far - disc->speck >= disc->core - slack);
		for (int j = 0; j < i; j++) {
			const struct layout_speck *b = &layout->specks[j];
			assert_int_not_equal(a->vertex, b->vertex);
			assert_true(a->disc != b->disc ||
			            distance(a->x, a->y, b->x, b->y) >= 2 * disc->speck - slack);
		}
	}
	for (int d = 0; d < layout->disc_count; d++)
		assert_int_equal(specks[d], layout->speck_count ? layout->discs[d].folded : 0);
	g_free(specks);
}

static void assert_all_inside(const struct layout *layout)
{
	for (int i = 0; i < layout->node_count; i++) {
		const struct layout_node *node = &layout->nodes[i];

		assert_true(node->radius > 0);
		assert_inside(layout, node->x, node->y, node->radius);
		if (layout->form == LAYOUT_FLAT)
			continue;
		const struct layout_disc *disc = &layout->discs[node->disc];
		assert_true(distance(node->x, node->y, disc->x, disc->y) + node->radius <=
		            disc->core + slack);
		assert_true(disc->core <= disc->radius);
	}
	for (int d = 0; d < layout->disc_count; d++)
		assert_inside(layout, layout->discs[d].x, layout->discs[d].y,
		              layout->discs[d].radius);
}

static void assert_people_add_up(const struct analysis *analysis, const struct layout *layout)
{
	int shown = 0, folded = 0, once = 0, one_way = 0;

	for (int d = 0; d < layout->disc_count; d++) {
		const struct layout_disc *disc = &layout->discs[d];

		assert_int_equal(disc->shown + disc->folded,
		                 analysis->communities[disc->community].size);
		assert_true(disc->once <= disc->folded);
		assert_true(fabs(disc->people - (analysis->communities[disc->community].size -
		                                 0.9 * disc->one_way)) < 1e-6);
		one_way += disc->one_way;
		shown += disc->shown;
		folded += disc->folded;
		once += disc->once;
	}
	if (layout->form == LAYOUT_TWO_LEVEL)
		assert_int_equal(shown, layout->node_count);
	assert_int_equal(folded, layout->folded_people);
	assert_int_equal(once, layout->once_people);
	assert_int_equal(one_way, layout->one_way);
	assert_int_equal(layout->node_count + folded + layout->small_group_people,
	                 analysis->network->order);
	if (layout->form == LAYOUT_TWO_LEVEL)
		assert_int_equal(layout->disc_count + layout->small_groups,
		                 analysis->community_count);
}

static void assert_ties_add_up(const struct analysis *analysis, const struct layout *layout)
{
	int64_t receipts = 0, drawn = 0, bundled = 0;
	int pairs = 0, ties_bundled = 0;

	for (int a = 0; a < analysis->network->size; a++) {
		const struct arc *arc = &analysis->network->arcs[a];
		bool answered = false;

		receipts += arc->messages;
		for (int b = 0; b < a && arc->from > arc->to; b++)
			answered = answered || (analysis->network->arcs[b].from == arc->to &&
			                        analysis->network->arcs[b].to == arc->from);
		pairs += !answered;
	}
	for (int t = 0; t < layout->tie_count; t++) {
		const struct layout_tie *tie = &layout->ties[t];

		assert_true(tie->a < tie->b && tie->b < layout->node_count);
		assert_int_equal(layout->nodes[tie->a].disc, layout->nodes[tie->b].disc);
		assert_true((tie->forward > 0) == (tie->width_forward > 0));
		assert_true((tie->backward > 0) == (tie->width_backward > 0));
		drawn += tie->forward + tie->backward;
	}
	for (int b = 0; b < layout->bundle_count; b++) {
		const struct layout_bundle *bundle = &layout->bundles[b];

		assert_true(bundle->a < bundle->b && bundle->b < layout->disc_count);
		bundled += bundle->forward + bundle->backward;
		ties_bundled += bundle->ties;
	}
	assert_int_equal(layout->ties_total, pairs);
	assert_int_equal(layout->ties_drawn, layout->tie_count);
	assert_int_equal(layout->ties_bundled, ties_bundled);
	assert_int_equal(layout->receipts_total, receipts);
	assert_int_equal(layout->receipts_drawn, drawn);
	assert_int_equal(layout->receipts_bundled, bundled);
	assert_true(drawn + bundled <= receipts);
	assert_true(layout->bundle_count <= layout->bundles_total);
}

static void assert_sizes_tell(const struct analysis *analysis, const struct layout *layout)
{
	for (int i = 0; i < layout->node_count; i++) {
		const struct layout_node *node = &layout->nodes[i];
		double strength = analysis->measures[MEASURE_STRENGTH][node->vertex];
		double wanted = layout->radius_per_sqrt_strength * sqrt(strength);

		assert_true(fabs(node->radius - fmax(wanted, layout->radius_floor)) < 1e-6);
	}
	for (int d = 0; d < layout->disc_count; d++) {
		const struct layout_disc *disc = &layout->discs[d];
		double people = disc->people;

		assert_true(fabs(disc->radius - layout->disc_per_sqrt_people * sqrt(people)) < 1e-6);
	}
	for (int t = 0; t < layout->tie_count; t++) {
		const struct layout_tie *tie = &layout->ties[t];
		double wanted = layout->width_per_sqrt_messages * sqrt((double)tie->forward);

		if (tie->forward > 0)
			assert_true(fabs(tie->width_forward - fmax(wanted, layout->width_floor)) <
			            1e-9);
	}
}

static void assert_sound(const struct analysis *analysis, const struct layout *layout)
{
	assert_nothing_overlaps(layout);
	assert_all_inside(layout);
	assert_specks_around(layout);
	assert_people_add_up(analysis, layout);
	assert_ties_add_up(analysis, layout);
	assert_sizes_tell(analysis, layout);
}

static void lay_out(const struct analysis *analysis, double width, double height,
                    struct layout *layout)
{
	struct error err = { 0 };

	if (layout_network(analysis, width, height, layout, &err) < 0)
		fail_msg("%s", err.message);
}

/* ---- small and odd networks ---- */

static void an_empty_network_has_an_empty_layout(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	lay_out(planted_finish(&planted), 300, 200, &layout);
	assert_int_equal(layout.node_count, 0);
	assert_int_equal(layout.disc_count, 0);
	assert_int_equal(layout.tie_count, 0);
	layout_clear(&layout);
	planted_clear(&planted);
}

static void a_page_without_room_is_refused(void **state)
{
	struct planted planted;
	struct layout layout;
	struct error err = { 0 };

	(void)state;
	planted_init(&planted);
	const struct analysis *analysis = planted_finish(&planted);
	assert_int_equal(layout_network(analysis, 300, 20, &layout, &err), -1);
	assert_non_null(strstr(err.message, "no room"));
	err = (struct error){ 0 };
	assert_int_equal(layout_network(analysis, NAN, 300, &layout, &err), -1);
	planted_clear(&planted);
}

static void one_tie_is_two_people_and_one_line(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	planted_person(&planted, 0, "Ann Lee");
	planted_person(&planted, 0, "Bo Chen");
	planted_mail(&planted, 1, 0, 7);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 300, 200, &layout);
	assert_int_equal(layout.form, LAYOUT_FLAT);
	assert_int_equal(layout.node_count, 2);
	assert_int_equal(layout.tie_count, 1);
	assert_int_equal(layout.ties[0].forward + layout.ties[0].backward, 7);
	/* Only one of the two wrote: the other end is narrow. */
	assert_true((layout.ties[0].width_forward == 0) != (layout.ties[0].width_backward == 0));
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

static void two_components_stay_apart(void **state)
{
	struct planted planted;
	struct layout layout;
	double widest = 0, nearest = INFINITY;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 8; i++)
		planted_person(&planted, i / 4, NULL);
	for (int i = 0; i < 8; i++)
		for (int j = 4 * (i / 4); j < 4 * (i / 4) + 4; j++)
			if (i != j)
				planted_mail(&planted, i, j, 3);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 300, 200, &layout);
	assert_sound(analysis, &layout);
	for (int i = 0; i < 8; i++)
		for (int j = 0; j < i; j++) {
			const struct layout_node *a = &layout.nodes[i], *b = &layout.nodes[j];
			double far = distance(a->x, a->y, b->x, b->y);

			if (a->vertex / 4 == b->vertex / 4)
				widest = fmax(widest, far);
			else
				nearest = fmin(nearest, far);
		}
	/* The groups do not interleave: their middles are further apart than either is wide. */
	assert_true(nearest > 0.2 * widest);
	double x[2] = { 0 }, y[2] = { 0 };
	for (int i = 0; i < 8; i++) {
		x[layout.nodes[i].vertex / 4] += layout.nodes[i].x / 4;
		y[layout.nodes[i].vertex / 4] += layout.nodes[i].y / 4;
	}
	assert_true(distance(x[0], y[0], x[1], y[1]) > 0.7 * widest);
	layout_clear(&layout);
	planted_clear(&planted);
}

static void a_clique_of_50_shows_all_its_1225_ties(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 50; i++)
		planted_person(&planted, 0, NULL);
	for (int i = 0; i < 50; i++)
		for (int j = 0; j < i; j++)
			planted_mail(&planted, i, j, 1 + (i * j) % 5);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.form, LAYOUT_FLAT);
	assert_int_equal(layout.ties_drawn, 1225);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

/* Built with n leaves that hold `messages` each way to one hub. */
static const struct analysis *plant_star(struct planted *planted, int leaves, int messages)
{
	planted_init(planted);
	planted_person(planted, 0, "Hub");
	for (int i = 1; i <= leaves; i++) {
		planted_person(planted, 0, NULL);
		planted_mail(planted, 0, i, messages);
	}
	return planted_finish(planted);
}

static void one_time_correspondents_are_specks_around_the_hub(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	const struct analysis *analysis = plant_star(&planted, 299, 1);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.form, LAYOUT_TWO_LEVEL);
	assert_int_equal(layout.disc_count, 1);
	assert_int_equal(layout.node_count, 1);
	assert_int_equal(layout.nodes[0].vertex, 0);
	assert_int_equal(layout.discs[0].folded, 299);
	assert_int_equal(layout.discs[0].once, 299);
	assert_int_equal(layout.speck_count, 299);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

/* An address that wrote to nobody gives no community its name, one who wrote to it
 * does: drawn, although the others who did so once are only counted. */
static void whom_a_community_is_named_after_is_drawn(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	const struct analysis *analysis = plant_star(&planted, 299, 1);
	analysis->communities[0].centre = 250;
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.node_count, 2);
	assert_int_equal(layout.nodes[0].vertex, 0);
	assert_int_equal(layout.nodes[1].vertex, 250);
	assert_int_equal(layout.discs[0].folded, 298);
	assert_int_equal(layout.discs[0].once, 298);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

/* 30 who all write to each other's neighbour, and one of them to 300 who have no
 * other tie: those count a tenth, 30 + 30 people. Another ring has 60. */
static void who_only_hears_from_one_counts_a_tenth(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 330; i++)
		planted_person(&planted, 0, NULL);
	for (int i = 0; i < 60; i++)
		planted_person(&planted, 1, NULL);
	for (int i = 0; i < 30; i++)
		planted_mail(&planted, i, (i + 1) % 30, 3);
	for (int i = 30; i < 330; i++)
		planted_mail(&planted, 0, i, 2);
	for (int i = 0; i < 60; i++)
		planted_mail(&planted, 330 + i, 330 + (i + 1) % 60, 3);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.disc_count, 2);
	assert_int_equal(layout.one_way, 300);
	for (int d = 0; d < 2; d++) {
		assert_true(fabs(layout.discs[d].people - 60) < 1e-9);
		assert_int_equal(layout.discs[d].one_way,
		                 layout.discs[d].community == 0 ? 300 : 0);
	}
	assert_true(fabs(layout.discs[0].radius - layout.discs[1].radius) < 1e-9);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

/* Of a hub's 70 correspondents 40 answer: 1 + 40 + 30 / 10. */
static void who_answers_counts_in_full(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 71; i++)
		planted_person(&planted, 0, NULL);
	for (int i = 1; i < 71; i++)
		planted_mail(&planted, 0, i, 2);
	for (int i = 1; i < 41; i++)
		planted_mail(&planted, i, 0, 1);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.disc_count, 1);
	assert_int_equal(layout.discs[0].one_way, 30);
	assert_true(fabs(layout.discs[0].people - 44) < 1e-9);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

static void a_star_of_5000_is_one_disc_full_of_specks(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	planted_person(&planted, 0, "Hub");
	for (int i = 1; i <= 5000; i++) {
		struct arc arc = { .from = 0, .to = i, .messages = 3, .to_count = 3, .weight = 3 };

		planted_person(&planted, 0, NULL);
		g_array_append_val(planted.arcs, arc);
	}
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.disc_count, 1);
	assert_int_equal(layout.node_count, 49);
	assert_int_equal(layout.folded_people, 4952);
	assert_int_equal(layout.speck_count, 4952);
	assert_specks_around(&layout);
	assert_int_equal(layout.nodes[0].vertex, 0);
	assert_nothing_overlaps(&layout);
	assert_all_inside(&layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

/* 80 leaves on the left of 9 people, 80 on the right: each speck stands on the side of
 * whom it wrote to. On 60 x 60 pt there is no room for specks: all are only counted. */
static void specks_stand_on_the_side_of_their_correspondent(void **state)
{
	struct planted planted;
	struct layout layout;
	int near = 0;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 9; i++)
		planted_person(&planted, 0, NULL);
	for (int i = 1; i < 9; i++)
		planted_mail(&planted, i - 1, i, 9);
	for (int i = 0; i < 160; i++)
		planted_mail(&planted, planted_person(&planted, 0, NULL), i % 2 ? 0 : 8, 1);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.speck_count, 160);
	for (int i = 0; i < 160; i++) {
		const struct layout_speck *speck = &layout.specks[i];
		double far[2] = { 0, 0 };

		for (int k = 0; k < layout.node_count; k++)
			if (layout.nodes[k].vertex == 0 || layout.nodes[k].vertex == 8)
				far[layout.nodes[k].vertex / 8] =
					distance(speck->x, speck->y, layout.nodes[k].x,
					         layout.nodes[k].y);
		near += speck->vertex % 2 ? far[1] < far[0] : far[0] < far[1];
	}
	assert_true(near > 120);
	assert_specks_around(&layout);
	layout_clear(&layout);
	lay_out(analysis, 60, 60, &layout);
	assert_int_equal(layout.discs[0].folded, 160);
	assert_specks_around(&layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

static void a_thousand_pairs_are_shown_by_forty(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	for (int c = 0; c < 1000; c++) {
		int a = planted_person(&planted, c, NULL), b = planted_person(&planted, c, NULL);
		struct arc arc = { .from = a, .to = b, .messages = 3, .to_count = 3, .weight = 3 };

		g_array_append_val(planted.arcs, arc);
	}
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.disc_count, LAYOUT_DISCS);
	assert_int_equal(layout.small_groups, 1000 - LAYOUT_DISCS);
	assert_int_equal(layout.small_group_people, 2000 - 2 * LAYOUT_DISCS);
	assert_nothing_overlaps(&layout);
	assert_all_inside(&layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

static void forty_equal_communities_are_forty_equal_discs(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 800; i++)
		planted_person(&planted, i / 20, NULL);
	for (int i = 0; i < 800; i++)
		planted_mail(&planted, i, i / 20 * 20 + (i + 1) % 20, 3);
	for (int c = 0; c < 40; c++)
		planted_mail(&planted, 20 * c, 20 * ((c + 1) % 40), 1);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.disc_count, 40);
	for (int d = 1; d < 40; d++)
		assert_true(fabs(layout.discs[d].radius - layout.discs[0].radius) < 1e-9);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

/* Marks are as large as the page lets them be: four times the area, larger dots. */
static void dots_grow_with_the_page(void **state)
{
	struct planted planted;
	struct layout small, large;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 3, 9, 80);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 170, 170, &small);
	lay_out(analysis, 340, 340, &large);
	assert_true(fabs(small.unit - 0.5) < 1e-9 && fabs(large.unit - 1) < 1e-9);
	assert_true(large.radius_per_sqrt_strength > 1.5 * small.radius_per_sqrt_strength);
	assert_true(large.node_count >= small.node_count);
	assert_sound(analysis, &small);
	layout_clear(&small);
	layout_clear(&large);
	planted_clear(&planted);
}

static void the_hub_of_a_star_is_in_the_middle(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	const struct analysis *analysis = plant_star(&planted, 99, 3);
	lay_out(analysis, 348, 330, &layout);
	/* Not one-time, but 48 are a fan wide enough: 51 are only counted. */
	assert_int_equal(layout.node_count, 49);
	assert_int_equal(layout.tie_count, 48);
	assert_int_equal(layout.folded_people, 51);
	assert_int_equal(layout.once_people, 0);
	const struct layout_disc *disc = &layout.discs[0];
	for (int i = 0; i < layout.node_count; i++)
		if (layout.nodes[i].vertex == 0)
			assert_true(distance(layout.nodes[i].x, layout.nodes[i].y, disc->x,
			                     disc->y) < 0.25 * disc->core);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

static void the_61st_person_makes_it_two_levels(void **state)
{
	(void)state;
	for (int people = 60; people <= 61; people++) {
		struct planted planted;
		struct layout layout;
		const struct analysis *analysis = plant_star(&planted, people - 1, 2);

		lay_out(analysis, 300, 200, &layout);
		assert_int_equal(layout.form, people == 60 ? LAYOUT_FLAT : LAYOUT_TWO_LEVEL);
		assert_int_equal(layout.node_count + layout.folded_people, people);
		assert_sound(analysis, &layout);
		layout_clear(&layout);
		planted_clear(&planted);
	}
}

/* ---- two levels ---- */

static void islands_are_gathered_into_a_remark(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	for (int c = 0; c < 3; c++)             /* three rings of 30 */
		for (int i = 0; i < 30; i++)
			planted_person(&planted, c, NULL);
	for (int i = 0; i < 90; i++)
		planted_mail(&planted, i, i / 30 * 30 + (i + 1) % 30, 4);
	for (int c = 3; c < 23; c++) {          /* and twenty pairs */
		int a = planted_person(&planted, c, NULL), b = planted_person(&planted, c, NULL);
		planted_mail(&planted, a, b, 50);
	}
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.disc_count, 3);
	assert_int_equal(layout.small_groups, 20);
	assert_int_equal(layout.small_group_people, 40);
	assert_int_equal(layout.node_count, 90);
	assert_int_equal(layout.bundles_total, 0);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

static void nothing_but_pairs_still_shows_some(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	for (int c = 0; c < 100; c++) {
		int a = planted_person(&planted, c, NULL), b = planted_person(&planted, c, NULL);
		planted_mail(&planted, a, b, 1);
	}
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.disc_count, LAYOUT_DISCS);
	assert_int_equal(layout.node_count, 2 * LAYOUT_DISCS);
	assert_int_equal(layout.small_group_people, 200 - 2 * LAYOUT_DISCS);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

/* Six groups in a row, each tied to the next: 5 bundles, all drawn, and tied
 * groups nearer to each other than the others on average. */
static void tied_communities_are_neighbours(void **state)
{
	struct planted planted;
	struct layout layout;
	double near = 0, far = 0;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 6 * 20; i++)
		planted_person(&planted, i / 20, NULL);
	for (int i = 0; i < 6 * 20; i++)
		planted_mail(&planted, i, i / 20 * 20 + (i + 1) % 20, 5);
	for (int c = 0; c < 5; c++) {
		planted_mail(&planted, 20 * c, 20 * (c + 1), 40);
		planted_mail(&planted, 20 * (c + 1) + 1, 20 * c + 1, 10);
	}
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_int_equal(layout.disc_count, 6);
	assert_int_equal(layout.bundles_total, 5);
	assert_int_equal(layout.bundle_count, 5);
	assert_int_equal(layout.ties_bundled, 10);
	assert_int_equal(layout.receipts_bundled, 250);
	for (int a = 0; a < 6; a++)
		for (int b = 0; b < a; b++) {
			double apart = distance(layout.discs[a].x, layout.discs[a].y,
			                        layout.discs[b].x, layout.discs[b].y);
			*(abs(layout.discs[a].community - layout.discs[b].community) == 1
			  ? &near : &far) += apart;
		}
	assert_true(near / 5 < 0.8 * far / 10);
	for (int b = 0; b < 5; b++) {
		const struct layout_bundle *bundle = &layout.bundles[b];
		bool upward = layout.discs[bundle->a].community < layout.discs[bundle->b].community;

		assert_int_equal(upward ? bundle->forward : bundle->backward, 40);
		assert_true(upward ? bundle->width_forward > bundle->width_backward
		                   : bundle->width_forward < bundle->width_backward);
	}
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

static void discs_fill_the_page_whatever_its_shape(void **state)
{
	static const double pages[][2] = { { 348, 330 }, { 480, 260 }, { 260, 480 }, { 200, 200 } };

	(void)state;
	for (int p = 0; p < 4; p++) {
		struct planted planted;
		struct layout layout;
		double covered = 0;

		planted_init(&planted);
		planted_random_groups(&planted, 7, 12, 60);
		const struct analysis *analysis = planted_finish(&planted);
		lay_out(analysis, pages[p][0], pages[p][1], &layout);
		assert_int_equal(layout.form, LAYOUT_TWO_LEVEL);
		for (int d = 0; d < layout.disc_count; d++)
			covered += G_PI * layout.discs[d].radius * layout.discs[d].radius;
		assert_true(covered > 0.4 * pages[p][0] * pages[p][1]);
		assert_sound(analysis, &layout);
		layout_clear(&layout);
		planted_clear(&planted);
	}
}

/* ---- many ---- */

static void random_networks_are_laid_out_soundly(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct planted planted;
		struct layout layout;
		uint64_t dice = seed;
		int communities = 1 + (int)planted_random(&dice, 40);
		double width = 80 + planted_random(&dice, 500),
		       height = 80 + planted_random(&dice, 400);

		planted_init(&planted);
		planted_random_groups(&planted, seed, communities,
		                      2 + (int)planted_random(&dice, 120));
		const struct analysis *analysis = planted_finish(&planted);
		lay_out(analysis, width, height, &layout);
		assert_sound(analysis, &layout);
		layout_clear(&layout);
		planted_clear(&planted);
	}
}

static void the_same_network_is_laid_out_the_same(void **state)
{
	struct planted planted;
	struct layout first, second;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 3, 9, 80);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &first);
	lay_out(analysis, 348, 330, &second);
	assert_int_equal(first.node_count, second.node_count);
	for (int i = 0; i < first.node_count; i++) {
		assert_int_equal(first.nodes[i].vertex, second.nodes[i].vertex);
		assert_memory_equal(&first.nodes[i].x, &second.nodes[i].x, sizeof(double));
		assert_memory_equal(&first.nodes[i].y, &second.nodes[i].y, sizeof(double));
	}
	assert_int_equal(first.tie_count, second.tie_count);
	for (int t = 0; t < first.tie_count; t++)
		assert_true(first.ties[t].a == second.ties[t].a &&
		            first.ties[t].b == second.ties[t].b);
	assert_int_equal(first.bundle_count, second.bundle_count);
	layout_clear(&first);
	layout_clear(&second);
	planted_clear(&planted);
}

/* Strengths over nine orders of magnitude must not break the scales. */
static void one_giant_among_dwarfs_is_still_sound(void **state)
{
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 100; i++)
		planted_person(&planted, i / 50, NULL);
	for (int i = 1; i < 100; i++)
		if (i != 50)
			planted_mail(&planted, i, i / 50 * 50, i == 1 ? 1000000000 : 2);
	planted_mail(&planted, 0, 50, 1);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_sound(analysis, &layout);
	layout_clear(&layout);
	planted_clear(&planted);
}

/* ---- ties that cross ---- */

static double side(const struct layout_node *p, const struct layout_node *q,
                   const struct layout_node *r)
{
	return (q->x - p->x) * (r->y - p->y) - (q->y - p->y) * (r->x - p->x);
}

static int count_crossings(const struct layout *layout)
{
	int crossings = 0;

	for (int t = 0; t < layout->tie_count; t++)
		for (int u = 0; u < t; u++) {
			const struct layout_tie *p = &layout->ties[t], *q = &layout->ties[u];
			const struct layout_node *a = &layout->nodes[p->a], *b = &layout->nodes[p->b];
			const struct layout_node *c = &layout->nodes[q->a], *d = &layout->nodes[q->b];

			if (a == c || a == d || b == c || b == d)
				continue;
			crossings += side(a, b, c) * side(a, b, d) < 0 &&
			             side(c, d, a) * side(c, d, b) < 0;
		}
	return crossings;
}

/* A list: everybody is tied to its hub and, a pair each, to somebody else. Pairs beside each
 * other cross nothing; by their distances alone 48 lines cross. */
static void pairs_around_a_hub_stand_together(void **state)
{
	enum { PEOPLE = 81, COMMUNITIES = 2 };
	struct planted planted;
	struct layout layout;

	(void)state;
	planted_init(&planted);
	for (int v = 0; v < COMMUNITIES * PEOPLE; v++)
		planted_person(&planted, v / PEOPLE, NULL);
	for (int v = 0; v < COMMUNITIES * PEOPLE; v++) {
		int hub = v / PEOPLE * PEOPLE, i = v - hub;

		if (i == 0)
			continue;
		planted_mail(&planted, v, hub, 30);
		planted_mail(&planted, v, hub + (i > 40 ? i - 40 : i + 40), 2);
	}
	planted_mail(&planted, 0, PEOPLE, 3);
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_sound(analysis, &layout);
	assert_true(count_crossings(&layout) < 5);
	layout_clear(&layout);
	planted_clear(&planted);
}

/* Where the curve between two discs is at t, 0..1. */
static void curve_at(const struct layout *layout, const struct layout_bundle *bundle, double t,
                     double *x, double *y)
{
	const struct layout_disc *a = &layout->discs[bundle->a], *b = &layout->discs[bundle->b];
	double u = 1 - t;

	*x = u * u * a->x + 2 * u * t * bundle->control_x + t * t * b->x;
	*y = u * u * a->y + 2 * u * t * bundle->control_y + t * t * b->y;
}

/* A ring of twelve communities, each tied to the next and, less, to the next but one. All are
 * of one size, so that nothing but their ties says where they go. */
static void curves_between_discs_of_a_ring_are_seen(void **state)
{
	enum { COMMUNITIES = 12, PEOPLE = 8 };
	struct planted planted;
	struct layout layout;
	int hidden = 0;

	(void)state;
	planted_init(&planted);
	for (int v = 0; v < COMMUNITIES * PEOPLE; v++)
		planted_person(&planted, v / PEOPLE, NULL);
	for (int v = 0; v < COMMUNITIES * PEOPLE; v++) {
		int own = v / PEOPLE * PEOPLE;

		planted_mail(&planted, v, own + (v + 1 - own) % PEOPLE, 20);
		planted_mail(&planted, v, (v + PEOPLE) % (COMMUNITIES * PEOPLE), 6);
		planted_mail(&planted, v, (v + 2 * PEOPLE) % (COMMUNITIES * PEOPLE), 2);
	}
	const struct analysis *analysis = planted_finish(&planted);
	lay_out(analysis, 348, 330, &layout);
	assert_sound(analysis, &layout);
	assert_int_equal(layout.disc_count, COMMUNITIES);
	assert_true(layout.bundle_count > COMMUNITIES);
	for (int i = 0; i < layout.bundle_count; i++)
		for (int d = 0; d < layout.disc_count; d++) {
			const struct layout_disc *disc = &layout.discs[d];
			double x, y;

			curve_at(&layout, &layout.bundles[i], 0.5, &x, &y);
			hidden += d != layout.bundles[i].a && d != layout.bundles[i].b &&
			          distance(x, y, disc->x, disc->y) < disc->radius;
		}
	assert_true(hidden <= 1);
	layout_clear(&layout);
	planted_clear(&planted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_network_has_an_empty_layout),
		cmocka_unit_test(a_page_without_room_is_refused),
		cmocka_unit_test(one_tie_is_two_people_and_one_line),
		cmocka_unit_test(two_components_stay_apart),
		cmocka_unit_test(a_clique_of_50_shows_all_its_1225_ties),
		cmocka_unit_test(one_time_correspondents_are_specks_around_the_hub),
		cmocka_unit_test(whom_a_community_is_named_after_is_drawn),
		cmocka_unit_test(who_only_hears_from_one_counts_a_tenth),
		cmocka_unit_test(who_answers_counts_in_full),
		cmocka_unit_test(specks_stand_on_the_side_of_their_correspondent),
		cmocka_unit_test(a_star_of_5000_is_one_disc_full_of_specks),
		cmocka_unit_test(a_thousand_pairs_are_shown_by_forty),
		cmocka_unit_test(forty_equal_communities_are_forty_equal_discs),
		cmocka_unit_test(dots_grow_with_the_page),
		cmocka_unit_test(the_hub_of_a_star_is_in_the_middle),
		cmocka_unit_test(the_61st_person_makes_it_two_levels),
		cmocka_unit_test(islands_are_gathered_into_a_remark),
		cmocka_unit_test(nothing_but_pairs_still_shows_some),
		cmocka_unit_test(tied_communities_are_neighbours),
		cmocka_unit_test(discs_fill_the_page_whatever_its_shape),
		cmocka_unit_test(random_networks_are_laid_out_soundly),
		cmocka_unit_test(the_same_network_is_laid_out_the_same),
		cmocka_unit_test(one_giant_among_dwarfs_is_still_sound),
		cmocka_unit_test(curves_between_discs_of_a_ring_are_seen),
		cmocka_unit_test(pairs_around_a_hub_stand_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
