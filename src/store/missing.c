/* Messages that others name and that are not here, and who had them. */
#include "casefile_internal.h"

#include "epistograph/calendar.h"
#include "epistograph/thread.h"

#include <stdlib.h>
#include <string.h>

/* Who names what that is missing, and whether he says that he answers it. */
static const char citations_sql[] =
	"SELECT cited.identifier, message_id, message.id, message.instant, message.date_verdict,"
	" thread.absent IS cited.identifier AND thread.link IN (?1, ?2)"
	" FROM (SELECT reference.identifier, reference.message FROM reference"
	"   CROSS JOIN identifier ON identifier.id = reference.identifier AND identifier.message IS NULL"
	"  UNION SELECT in_reply_to, message.id FROM message"
	"   CROSS JOIN identifier ON identifier.id = in_reply_to AND identifier.message IS NULL) AS cited"
	" JOIN identifier ON identifier.id = cited.identifier"
	" JOIN message ON message.id = cited.message"
	" LEFT JOIN thread ON thread.message = cited.message"
	" WHERE message.id NOT IN (SELECT message FROM loose)"
	" ORDER BY cited.identifier, message.id";

static const char first_sql[] =
	"SELECT message.subject, file.path, origin.offset FROM message"
	" JOIN origin ON origin.message = message.id JOIN file ON file.id = origin.file"
	" WHERE message.id = ? ORDER BY origin.file, origin.offset, origin.member LIMIT 1";

static const char people_sql[] =
	"SELECT address.address, -1 FROM message JOIN address ON address.id = message.sender"
	" WHERE message.id = ?1 UNION ALL"
	" SELECT address.address, mention.role FROM mention JOIN address"
	" ON address.id = mention.address WHERE mention.message = ?1";

struct gone {
	const char *message_id;
	int64_t identifier;
	int64_t cited;
	int64_t first;                  /* message that answers it first, else names it first */
	int64_t instant;                /* of that, INSTANT_NONE if not usable */
	bool answered;
	guint answer_start, answer_count;       /* into answers */
};

struct search {
	struct casefile *casefile;
	GArray *gone;                   /* struct gone */
	GArray *answers;                /* int64_t: messages that answer, those of each together */
	GStringChunk *strings;
	sqlite3_stmt *citations, *first, *people;
};

/* ---- what is missing ---- */

/* An answer comes before a mention, a dated message before an undated, then by time. */
static bool is_earlier(const struct gone *gone, bool answers, int64_t instant)
{
	if (gone->answered != answers)
		return answers;
	return instant != INSTANT_NONE && (gone->instant == INSTANT_NONE || instant < gone->instant);
}

static struct gone *current_gone(struct search *search, sqlite3_stmt *row)
{
	int64_t identifier = sqlite3_column_int64(row, 0);
	struct gone *last = search->gone->len
		? &g_array_index(search->gone, struct gone, search->gone->len - 1) : NULL;

	if (last && last->identifier == identifier)
		return last;
	struct gone gone = {
		.identifier = identifier, .instant = INSTANT_NONE,
		.message_id = g_string_chunk_insert(search->strings, column_text(row, 1)),
		.answer_start = search->answers->len,
	};

	g_array_append_val(search->gone, gone);
	return &g_array_index(search->gone, struct gone, search->gone->len - 1);
}

static void take_citation(struct search *search, sqlite3_stmt *row)
{
	struct gone *gone = current_gone(search, row);
	int64_t message = sqlite3_column_int64(row, 2);
	int64_t instant = sqlite3_column_int(row, 4) == DATE_IMPLAUSIBLE ? INSTANT_NONE
	                                                                : column_instant(row, 3);
	bool answers = sqlite3_column_int(row, 5);

	if (!gone->cited++ || is_earlier(gone, answers, instant)) {
		gone->first = message;
		gone->instant = instant;
		gone->answered = answers;
	}
	if (answers) {
		g_array_append_val(search->answers, message);
		gone->answer_count++;
	}
}

static int find_gone(struct search *search, struct error *err)
{
	sqlite3_stmt *row = search->citations;
	int got;

	bind_number(search->casefile, row, 1, THREAD_BY_REFERENCES);
	bind_number(search->casefile, row, 2, THREAD_BY_IN_REPLY_TO);
	while ((got = casefile_step(search->casefile, row, err)) > 0)
		take_citation(search, row);
	return got;
}

static int compare_gone(const void *left, const void *right)
{
	const struct gone *a = left, *b = right;
	bool undated = a->instant == INSTANT_NONE;

	if (a->answered != b->answered)
		return a->answered ? -1 : 1;
	if (undated != (b->instant == INSTANT_NONE))
		return undated ? 1 : -1;
	if (a->instant != b->instant)
		return a->instant < b->instant ? -1 : 1;
	return strcmp(a->message_id, b->message_id);
}

/* ---- who had it ---- */

#define RECIPIENT_ROLES (1u << ROLE_TO | 1u << ROLE_CC | 1u << ROLE_BCC | 1u << ROLE_RESENT_TO | \
                         1u << ROLE_RESENT_CC | 1u << ROLE_RESENT_BCC)

/* Addresses of senders and recipients, each once: a set in the order of strcmp(). */
struct people {
	GTree *senders, *recipients;
};

static int gather_people(struct search *search, const struct gone *gone, struct people *people,
                         struct error *err)
{
	sqlite3_stmt *row = search->people;

	for (guint i = 0; i < gone->answer_count; i++) {
		int got;

		sqlite3_reset(row);
		bind_number(search->casefile, row, 1,
		            g_array_index(search->answers, int64_t, gone->answer_start + i));
		while ((got = casefile_step(search->casefile, row, err)) > 0) {
			int role = sqlite3_column_int(row, 1);
			GTree *set = role < 0 ? people->senders : people->recipients;

			if (role < 0 || (role < ROLE_COUNT && RECIPIENT_ROLES >> role & 1))
				g_tree_replace(set, g_strdup(column_text(row, 0)), set);
		}
		if (got < 0)
			return -1;
	}
	return 0;
}

static gint compare_addresses(gconstpointer a, gconstpointer b, gpointer context)
{
	(void)context;
	return strcmp(a, b);
}

/* The addresses of a set without those of another; borrowed, NULL-terminated, g_free(). */
static const char **list_set(GTree *set, GTree *without)
{
	GPtrArray *list = g_ptr_array_new();

	for (GTreeNode *node = g_tree_node_first(set); node; node = g_tree_node_next(node))
		if (!without || !g_tree_lookup(without, g_tree_node_key(node)))
			g_ptr_array_add(list, g_tree_node_key(node));
	g_ptr_array_add(list, NULL);
	return (const char **)g_ptr_array_free(list, FALSE);
}

static int tell(struct search *search, const struct gone *gone,
                int (*row)(void *context, const struct casefile_missing *row, struct error *err),
                void *context, struct error *err)
{
	struct people people = {
		g_tree_new_full(compare_addresses, NULL, g_free, NULL),
		g_tree_new_full(compare_addresses, NULL, g_free, NULL),
	};
	const char **by = NULL, **to = NULL;
	int status = -1;

	sqlite3_reset(search->first);
	bind_number(search->casefile, search->first, 1, gone->first);
	if (gather_people(search, gone, &people, err) < 0 ||
	    casefile_step(search->casefile, search->first, err) < 0)
		goto free_people;
	by = list_set(people.senders, NULL);
	to = list_set(people.recipients, people.senders);
	struct casefile_missing missing = {
		.message_id = gone->message_id, .cited = gone->cited, .answers = gone->answer_count,
		.answered_by = by, .answers_to = to, .instant = gone->instant,
		.subject = column_text(search->first, 0), .path = column_text(search->first, 1),
		.offset = sqlite3_column_int64(search->first, 2),
	};

	status = row(context, &missing, err);

free_people:
	g_free(by);
	g_free(to);
	g_tree_destroy(people.senders);
	g_tree_destroy(people.recipients);
	return status;
}

static int tell_all(struct search *search,
                    int (*row)(void *context, const struct casefile_missing *row,
                               struct error *err),
                    void *context, struct error *err)
{
	int status = find_gone(search, err);

	if (search->gone->len > 1)
		qsort(search->gone->data, search->gone->len, sizeof(struct gone), compare_gone);
	for (guint i = 0; status == 0 && i < search->gone->len; i++)
		status = tell(search, &g_array_index(search->gone, struct gone, i), row, context, err);
	return status;
}

int casefile_walk_missing(struct casefile *casefile,
                          int (*row)(void *context, const struct casefile_missing *row,
                                     struct error *err),
                          void *context, struct error *err)
{
	struct search search = {
		.casefile = casefile,
		.gone = g_array_new(FALSE, FALSE, sizeof(struct gone)),
		.answers = g_array_new(FALSE, FALSE, sizeof(int64_t)),
		.strings = g_string_chunk_new(4096),
		.citations = casefile_prepare(casefile, citations_sql, err),
	};
	int status = -1;

	search.first = search.citations ? casefile_prepare(casefile, first_sql, err) : NULL;
	search.people = search.first ? casefile_prepare(casefile, people_sql, err) : NULL;
	if (search.people)
		status = tell_all(&search, row, context, err);
	sqlite3_finalize(search.citations);
	sqlite3_finalize(search.first);
	sqlite3_finalize(search.people);
	g_array_free(search.gone, TRUE);
	g_array_free(search.answers, TRUE);
	g_string_chunk_free(search.strings);
	return status;
}
