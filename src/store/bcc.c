/* Archives in which every Cc is repeated as Bcc: a Bcc there hides nobody. */
#include "casefile_internal.h"

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

static int count_all(struct casefile *casefile, struct carbons *carbons, struct error *err)
{
	sqlite3_stmt *row = casefile_prepare(casefile,
		"SELECT message, role, address FROM mention WHERE role IN (4, 5) AND address IS NOT NULL"
		" AND message NOT IN (SELECT id FROM message WHERE original IS NOT NULL)"
		" ORDER BY message, position", err);
	int got;

	G_STATIC_ASSERT(ROLE_CC == 4 && ROLE_BCC == 5);
	if (!row)
		return -1;
	while ((got = casefile_step(casefile, row, err)) > 0) {
		int64_t message = sqlite3_column_int64(row, 0), address = sqlite3_column_int64(row, 2);

		if (message != carbons->message)
			count_message(carbons);
		carbons->message = message;
		g_array_append_val(sqlite3_column_int(row, 1) == ROLE_CC ? carbons->cc : carbons->bcc,
		                   address);
	}
	count_message(carbons);
	sqlite3_finalize(row);
	return got;
}

int bcc_count(struct casefile *casefile, struct error *err)
{
	struct carbons carbons = {
		.cc = g_array_new(FALSE, FALSE, sizeof(int64_t)),
		.bcc = g_array_new(FALSE, FALSE, sizeof(int64_t)),
	};
	int status = count_all(casefile, &carbons, err);
	sqlite3_stmt *set = status == 0 ? casefile_statement(casefile, STATE_CARBONS, err) : NULL;

	if (set) {
		bind_number(casefile, set, 1, carbons.with_cc);
		bind_number(casefile, set, 2, carbons.bcc_is_cc);
		status = casefile_run(casefile, set, err);
	}
	g_array_free(carbons.cc, TRUE);
	g_array_free(carbons.bcc, TRUE);
	return set ? status : -1;
}
