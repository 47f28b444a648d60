/* lifelines.c - messages counted by person, direction and bin */
#include "epistograph/lifelines.h"

#include <glib.h>

#include <stdlib.h>

static void make_bins(struct lifelines *lifelines, const struct coverage *coverage, int unit)
{
	int64_t most = unit < 0 ? LIFELINES_BINS : LIFELINES_BINS_MAX;

	lifelines->unit = unit < 0 ? CALENDAR_DAY : unit;
	if (coverage->dated > 0) {
		lifelines->unit = calendar_finest(lifelines->unit, coverage->first, coverage->last, most);
		lifelines->bin_count = (int)calendar_count(lifelines->unit, coverage->first,
		                                           coverage->last, INT32_MAX - 1);
	}
	lifelines->edges = g_new0(int64_t, (gsize)lifelines->bin_count + 1);
	int64_t edge = coverage->dated > 0 ? calendar_floor(lifelines->unit, coverage->first) : 0;
	for (int i = 0; i <= lifelines->bin_count; i++) {
		lifelines->edges[i] = edge;
		edge = calendar_next(lifelines->unit, edge);
	}
}

void lifelines_init(struct lifelines *lifelines, const int64_t *persons, int count,
                    const struct coverage *coverage, int unit)
{
	GHashTable *by_person = g_hash_table_new(g_int64_hash, g_int64_equal);

	*lifelines = (struct lifelines){ .row_count = count, .by_person = by_person };
	make_bins(lifelines, coverage, unit);
	lifelines->rows = g_new0(struct lifeline, (gsize)count + 1);
	for (int i = 0; i < count; i++) {
		struct lifeline *row = &lifelines->rows[i];

		*row = (struct lifeline){ .person = persons[i], .first = INSTANT_NONE,
		                          .last = INSTANT_NONE };
		row->sent_in = g_new0(int64_t, (gsize)lifelines->bin_count + 1);
		row->received_in = g_new0(int64_t, (gsize)lifelines->bin_count + 1);
		g_hash_table_insert(by_person, &row->person, row);
	}
}

static int bin_of(const struct lifelines *lifelines, int64_t instant)
{
	int low = 0, high = lifelines->bin_count;       /* edges[low] <= instant < edges[high] */

	while (high - low > 1) {
		int middle = low + (high - low) / 2;

		if (lifelines->edges[middle] <= instant)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Of two messages at one instant the good date decides. */
static void widen(struct lifeline *row, const struct correspondence *message)
{
	bool sure = message->date_verdict == DATE_GOOD;

	if (row->first == INSTANT_NONE || message->instant < row->first) {
		row->first = message->instant;
		row->first_sure = sure;
	} else if (message->instant == row->first) {
		row->first_sure |= sure;
	}
	if (row->last == INSTANT_NONE || message->instant > row->last) {
		row->last = message->instant;
		row->last_sure = sure;
	} else if (message->instant == row->last) {
		row->last_sure |= sure;
	}
}

void lifelines_add(struct lifelines *lifelines, const struct coverage *coverage,
                   const struct correspondence *message)
{
	struct lifeline *row = g_hash_table_lookup(lifelines->by_person, &message->sender);
	bool is_drawn = row != NULL;

	if (!coverage_holds(coverage, message))
		return;
	int bin = bin_of(lifelines, message->instant);

	if (row) {
		row->sent++;
		row->sent_in[bin]++;
		widen(row, message);
	}
	for (size_t i = 0; i < message->recipient_count; i++) {
		int64_t person = message->recipients[i].person;

		row = g_hash_table_lookup(lifelines->by_person, &person);
		if (!row || person == message->sender)
			continue;
		is_drawn = true;
		row->received++;
		row->received_in[bin]++;
		widen(row, message);
	}
	lifelines->messages += is_drawn;
	lifelines->of_others += !is_drawn;
}

static int compare_rows(const void *left, const void *right)
{
	const struct lifeline *a = left, *b = right;

	if ((a->first == INSTANT_NONE) != (b->first == INSTANT_NONE))
		return a->first == INSTANT_NONE ? 1 : -1;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->last != b->last)
		return a->last < b->last ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

void lifelines_finish(struct lifelines *lifelines)
{
	g_clear_pointer((GHashTable **)&lifelines->by_person, g_hash_table_destroy);
	qsort(lifelines->rows, (size_t)lifelines->row_count, sizeof *lifelines->rows, compare_rows);
	for (int i = 0; i < lifelines->row_count; i++)
		for (int bin = 0; bin < lifelines->bin_count; bin++) {
			const struct lifeline *row = &lifelines->rows[i];

			lifelines->most = MAX(lifelines->most,
			                      MAX(row->sent_in[bin], row->received_in[bin]));
		}
}

void lifelines_clear(struct lifelines *lifelines)
{
	if (lifelines->by_person)
		g_hash_table_destroy(lifelines->by_person);
	for (int i = 0; i < lifelines->row_count; i++) {
		g_free(lifelines->rows[i].sent_in);
		g_free(lifelines->rows[i].received_in);
	}
	g_free(lifelines->rows);
	g_free(lifelines->edges);
	*lifelines = (struct lifelines){ 0 };
}
