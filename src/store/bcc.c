/* Archives in which every Cc is repeated as Bcc: a Bcc there hides nobody. */
#include "casefile_internal.h"

#include "id_map.h"

#include <stdlib.h>
#include <string.h>

/* Addresses of one message, and what was counted of those before. */
struct carbons {
	GArray *cc, *bcc;               /* int64_t */
	int64_t message;
	int64_t with_cc, bcc_is_cc;
};

static int compare_ids(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

/* Each once, ascending. */
static void make_set(GArray *ids)
{
	int64_t *all = (int64_t *)(void *)ids->data;
	guint kept = 0;

	if (ids->len > 1)
		qsort(all, ids->len, sizeof *all, compare_ids);
	for (guint i = 0; i < ids->len; i++)
		if (i == 0 || all[i] != all[kept - 1])
			all[kept++] = all[i];
	g_array_set_size(ids, kept);
}

static void count_message(struct carbons *carbons)
{
	make_set(carbons->cc);
	make_set(carbons->bcc);
	carbons->with_cc += carbons->cc->len > 0;
	carbons->bcc_is_cc += carbons->cc->len > 0 && carbons->cc->len == carbons->bcc->len &&
	                      memcmp(carbons->cc->data, carbons->bcc->data,
	                             carbons->cc->len * sizeof(int64_t)) == 0;
	g_array_set_size(carbons->cc, 0);
	g_array_set_size(carbons->bcc, 0);
}

/* Messages that are no copies of others. */
static int count_all(struct casefile *casefile, struct carbons *carbons,
                     const struct id_map *copies, struct error *err)
{
	struct mention_walk walk;
	struct memo_mention mention;
	int got;

	if (mention_walk_begin(&walk, casefile, err) < 0)
		return -1;
	while ((got = mention_walk_next(&walk, &mention, err)) > 0) {
		int64_t address = mention.address;

		if ((mention.role != ROLE_CC && mention.role != ROLE_BCC) || !address ||
		    id_map_get(copies, mention.message, 0))
			continue;
		if (mention.message != carbons->message)
			count_message(carbons);
		carbons->message = mention.message;
		g_array_append_val(mention.role == ROLE_CC ? carbons->cc : carbons->bcc, address);
	}
	count_message(carbons);
	mention_walk_end(&walk);
	return got;
}

int bcc_count(struct casefile *casefile, struct error *err)
{
	struct carbons carbons = {
		.cc = g_array_new(FALSE, FALSE, sizeof(int64_t)),
		.bcc = g_array_new(FALSE, FALSE, sizeof(int64_t)),
	};
	struct id_map copies;

	id_map_init(&copies);
	int status = id_map_load_copies(&copies, casefile, err);

	if (status == 0)
		status = count_all(casefile, &carbons, &copies, err);
	sqlite3_stmt *set = status == 0 ? casefile_statement(casefile, STATE_CARBONS, err) : NULL;

	if (set) {
		bind_number(casefile, set, 1, carbons.with_cc);
		bind_number(casefile, set, 2, carbons.bcc_is_cc);
		status = casefile_run(casefile, set, err);
	}
	id_map_clear(&copies);
	g_array_free(carbons.cc, TRUE);
	g_array_free(carbons.bcc, TRUE);
	return set ? status : -1;
}
