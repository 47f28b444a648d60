/* pair.c - of all mail, that between two persons, and the silences of the rest */
#include "epistograph/pair.h"

#include <stdbool.h>
#include <stdlib.h>

#include <glib.h>

struct pair_builder {
	int64_t persons[2];
	struct timeline_builder *between, *all;
	int64_t written[2], embedded;
	GHashTable *addressed[2];       /* row ids of what one wrote to the other */
	GArray *delays[2];              /* int64_t seconds */
	int64_t unknown[2], passed_on[2];
};

struct pair_builder *pair_builder_new(int64_t first, int64_t second)
{
	struct pair_builder *builder = g_new0(struct pair_builder, 1);
	/* Who is not the first is the second: no one else's mail is added. */
	const struct timeline_member member = { first, 0 };

	builder->persons[0] = first;
	builder->persons[1] = second;
	builder->between = timeline_builder_new(SPLIT_COMMUNITY, &member, 1);
	builder->all = timeline_builder_new(SPLIT_NONE, NULL, 0);
	for (int i = 0; i < 2; i++) {
		builder->delays[i] = g_array_new(FALSE, FALSE, sizeof(int64_t));
		builder->addressed[i] = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	}
	return builder;
}

void pair_builder_keep_far(struct pair_builder *builder)
{
	timeline_builder_keep_far(builder->between);
	timeline_builder_keep_far(builder->all);
}

static bool is_addressed_to(const struct correspondence *message, int64_t person)
{
	for (size_t i = 0; i < message->recipient_count; i++)
		if (message->recipients[i].person == person)
			return true;
	return false;
}

/* 0 or 1 for the one of the two who wrote it to the other; -1 if neither did. */
static int direction_of(const struct pair_builder *builder, const struct correspondence *message)
{
	for (int i = 0; i < 2; i++)
		if (message->sender == builder->persons[i] &&
		    is_addressed_to(message, builder->persons[1 - i]))
			return i;
	return -1;
}

void pair_builder_add_message(struct pair_builder *builder, const struct correspondence *message)
{
	int direction = direction_of(builder, message);

	timeline_builder_add(builder->all, message);
	if (direction < 0)
		return;
	builder->written[direction]++;
	g_hash_table_add(builder->addressed[direction],
	                 g_memdup2(&message->message, sizeof message->message));
	builder->embedded += message->enclosure != ENCLOSURE_NONE;
	timeline_builder_add(builder->between, message);
}

static bool is_passed_on(const struct pair_builder *builder, int direction,
                         const struct correspondence *answer)
{
	return g_hash_table_contains(builder->addressed[1 - direction], &answer->answered) &&
	       !g_hash_table_contains(builder->addressed[direction], &answer->message);
}

void pair_builder_add_answer(struct pair_builder *builder, const struct correspondence *answer)
{
	int direction = direction_of(builder, answer);

	if (direction < 0)
		return;
	if (is_passed_on(builder, direction, answer))
		builder->passed_on[direction]++;
	else if (answer->delay_s == INSTANT_NONE)
		builder->unknown[direction]++;
	else
		g_array_append_val(builder->delays[direction], answer->delay_s);
}

static int compare_seconds(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static struct pair_delays sort_delays(GArray *delays)
{
	g_array_sort(delays, compare_seconds);
	int count = (int)delays->len;

	return (struct pair_delays){ .sorted = (int64_t *)(void *)g_array_free(delays, FALSE),
	                             .count = count };
}

void pair_builder_finish(struct pair_builder *builder, int unit, const char *const names[2],
                         struct pair *pair)
{
	struct timeline all;

	*pair = (struct pair){ 0 };
	timeline_builder_finish(builder->between, unit, names, 2, &pair->timeline);
	/* Only its gaps and its ends are wanted, whatever the unit. */
	timeline_builder_finish(builder->all, CALENDAR_YEAR, NULL, 0, &all);
	pair->coverage = g_steal_pointer(&all.gaps);
	pair->coverage_count = all.gap_count;
	pair->first = all.first;
	pair->last = all.last;
	timeline_clear(&all);
	pair->embedded = builder->embedded;
	for (int i = 0; i < 2; i++) {
		pair->written[i] = builder->written[i];
		pair->delays[i] = sort_delays(g_steal_pointer(&builder->delays[i]));
		pair->delays[i].unknown = builder->unknown[i];
		pair->delays[i].passed_on = builder->passed_on[i];
	}
	builder->between = builder->all = NULL;
	pair_builder_free(builder);
}

void pair_builder_free(struct pair_builder *builder)
{
	if (!builder)
		return;
	timeline_builder_free(builder->between);
	timeline_builder_free(builder->all);
	for (int i = 0; i < 2; i++) {
		g_hash_table_unref(builder->addressed[i]);
		if (builder->delays[i])
			g_array_free(builder->delays[i], TRUE);
	}
	g_free(builder);
}

void pair_clear(struct pair *pair)
{
	timeline_clear(&pair->timeline);
	g_free(pair->coverage);
	for (int i = 0; i < 2; i++)
		g_free(pair->delays[i].sorted);
	*pair = (struct pair){ 0 };
}

int64_t pair_quartile(const struct pair_delays *delays, int quarter)
{
	if (delays->count == 0)
		return INSTANT_NONE;
	return delays->sorted[MAX((delays->count * quarter + 3) / 4 - 1, 0)];
}
