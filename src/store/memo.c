#include "casefile_internal.h"

/* Some 14 and 16 MB. */
#define MESSAGES_MAX (1 << 18)
#define MENTIONS_MAX (1 << 20)

void memo_init(struct memo *memo)
{
	*memo = (struct memo){
		.messages = g_array_new(FALSE, FALSE, sizeof(struct memo_message)),
		.references = g_array_new(FALSE, FALSE, sizeof(struct memo_reference)),
		.mentions = g_array_new(FALSE, FALSE, sizeof(struct memo_mention)),
	};
}

void memo_clear(struct memo *memo)
{
	if (!memo->messages)
		return;
	g_array_free(memo->messages, TRUE);
	g_array_free(memo->references, TRUE);
	g_array_free(memo->mentions, TRUE);
	*memo = (struct memo){ 0 };
}

void memo_begin(struct memo *memo)
{
	memo_drop(memo);
	memo->whole = true;
}

void memo_drop(struct memo *memo)
{
	memo_clear(memo);
	memo_init(memo);
}

void memo_add_message(struct memo *memo, int64_t id, const struct memo_message *message)
{
	if (!memo->whole)
		return;
	if (id != memo->messages->len + 1 || id > MESSAGES_MAX)
		memo_drop(memo);
	else
		g_array_append_vals(memo->messages, message, 1);
}

void memo_add_reference(struct memo *memo, int64_t message, int64_t identifier)
{
	struct memo_reference reference = { (uint32_t)message, (uint32_t)identifier };

	if (memo->whole)
		g_array_append_val(memo->references, reference);
}

void memo_add_mention(struct memo *memo, int64_t message, int role, int64_t address,
                      int64_t name)
{
	struct memo_mention mention = { (uint32_t)message, (uint32_t)address, (uint32_t)name,
	                                (uint8_t)role };

	if (!memo->whole)
		return;
	if (memo->mentions->len == MENTIONS_MAX) {
		memo_drop(memo);
		return;
	}
	memo->unsorted |= message < memo->messages->len;
	g_array_append_val(memo->mentions, mention);
}

void memo_has_recipient(struct memo *memo, int64_t message)
{
	if (memo->whole)
		g_array_index(memo->messages, struct memo_message, message - 1).has_recipient = true;
}

/* By message; those of one stay as they came, which is how their positions ascend. */
static void sort_mentions(struct memo *memo)
{
	guint count = memo->mentions->len, messages = memo->messages->len;
	const struct memo_mention *from = (const void *)memo->mentions->data;
	GArray *sorted = g_array_sized_new(FALSE, FALSE, sizeof *from, count);
	guint *next = g_new0(guint, messages + 2);

	g_array_set_size(sorted, count);
	for (guint i = 0; i < count; i++)
		next[from[i].message + 1]++;
	for (guint i = 1; i <= messages; i++)
		next[i] += next[i - 1];
	for (guint i = 0; i < count; i++)
		g_array_index(sorted, struct memo_mention, next[from[i].message]++) = from[i];
	g_free(next);
	g_array_free(memo->mentions, TRUE);
	memo->mentions = sorted;
	memo->unsorted = false;
}

int mention_walk_begin(struct mention_walk *walk, struct casefile *casefile, struct error *err)
{
	struct memo *memo = &casefile->memo;

	*walk = (struct mention_walk){ .casefile = casefile };
	if (!memo->whole) {
		walk->rows = casefile_prepare(casefile, "SELECT message, address, name, role"
		                              " FROM mention ORDER BY message, position", err);
		return walk->rows ? 0 : -1;
	}
	if (memo->unsorted)
		sort_mentions(memo);
	return 0;
}

int mention_walk_next(struct mention_walk *walk, struct memo_mention *mention,
                      struct error *err)
{
	const GArray *kept = walk->casefile->memo.mentions;

	if (!walk->rows) {
		if (walk->next == kept->len)
			return 0;
		*mention = g_array_index(kept, struct memo_mention, walk->next++);
		return 1;
	}
	int got = casefile_step(walk->casefile, walk->rows, err);

	if (got > 0)
		*mention = (struct memo_mention){
			.message = (uint32_t)sqlite3_column_int64(walk->rows, 0),
			.address = (uint32_t)sqlite3_column_int64(walk->rows, 1),
			.name = (uint32_t)sqlite3_column_int64(walk->rows, 2),
			.role = (uint8_t)sqlite3_column_int(walk->rows, 3),
		};
	return got;
}

void mention_walk_end(struct mention_walk *walk)
{
	sqlite3_finalize(walk->rows);
	walk->rows = NULL;
}
