/* Messages that others name and that are not here, and who had them. */
#include "casefile_internal.h"

#include "epistograph/calendar.h"
#include "epistograph/thread.h"

#include <stdlib.h>
#include <string.h>

/* Who names what that is missing, and whether he says that he answers it. What a copy
 * names, its original names. */
static const char citations_sql[] =
	"SELECT cited.identifier, message_id, message.id, message.instant, message.date_verdict,"
	" thread.absent IS cited.identifier AND thread.link IN (?1, ?2)"
	" FROM (SELECT reference.identifier, ifnull(original, message.id) AS message FROM reference"
	"   CROSS JOIN identifier ON identifier.id = reference.identifier AND identifier.message IS NULL"
	"   CROSS JOIN message ON message.id = reference.message"
	"  UNION SELECT in_reply_to, ifnull(original, message.id) FROM message"
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
	"SELECT main.address, person.name, address.address, role, main.id"
	" FROM (SELECT sender AS address, -1 AS role FROM message WHERE id = ?1"
	"  UNION ALL SELECT address, role FROM mention WHERE message = ?1) AS named"
	" JOIN address ON address.id = named.address"
	" JOIN address AS main ON main.id = address.person"
	" JOIN person ON person.id = main.id";

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
	struct named { GArray *senders, *recipients; } named;   /* struct name, of one row */
	GStringChunk *named_strings;    /* of those */
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

/* An address of a person, in a message. */
struct name { const char *person, *name, *address; int64_t id; };

static int gather_people(struct search *search, const struct gone *gone, struct error *err)
{
	sqlite3_stmt *row = search->people;
	GStringChunk *strings = search->named_strings;

	for (guint i = 0; i < gone->answer_count; i++) {
		int got;

		sqlite3_reset(row);
		bind_number(search->casefile, row, 1,
		            g_array_index(search->answers, int64_t, gone->answer_start + i));
		while ((got = casefile_step(search->casefile, row, err)) > 0) {
			int role = sqlite3_column_int(row, 3);

			if (role >= 0 && (role >= ROLE_COUNT || !(RECIPIENT_ROLES >> role & 1)))
				continue;
			struct name name = { g_string_chunk_insert_const(strings, column_text(row, 0)),
			                     g_string_chunk_insert_const(strings, column_text(row, 1)),
			                     g_string_chunk_insert_const(strings, column_text(row, 2)),
			                     sqlite3_column_int64(row, 4) };

			g_array_append_val(role < 0 ? search->named.senders : search->named.recipients, name);
		}
		if (got < 0)
			return -1;
	}
	return 0;
}

static int compare_names(const void *left, const void *right)
{
	const struct name *a = left, *b = right;
	int persons = strcmp(a->person, b->person);

	return persons ? persons : strcmp(a->address, b->address);
}

/* The persons of names, or none of NULL; strings are stored once each. */
static GHashTable *persons_of(const GArray *names)
{
	GHashTable *persons = g_hash_table_new(g_direct_hash, g_direct_equal);

	for (guint i = 0; names && i < names->len; i++)
		g_hash_table_add(persons, (gpointer)g_array_index(names, struct name, i).person);
	return persons;
}

/* Persons with the addresses they were named by, without those among others. */
struct gathered {
	GArray *persons;                /* struct missing_person, addresses as places in the other */
	GPtrArray *addresses;
};

static void gather(struct gathered *gathered, GArray *names, const GArray *without)
{
	const struct name *last = NULL;
	GHashTable *others = persons_of(without);
	GArray *starts = g_array_new(FALSE, FALSE, sizeof(guint));

	gathered->persons = g_array_new(FALSE, FALSE, sizeof(struct missing_person));
	gathered->addresses = g_ptr_array_new();
	g_array_sort(names, compare_names);
	for (guint i = 0; i < names->len; i++) {
		const struct name *name = &g_array_index(names, struct name, i);
		bool same = last && last->person == name->person;

		if ((same && last->address == name->address) ||
		    g_hash_table_contains(others, name->person))
			continue;
		if (!same) {
			struct missing_person person = { name->id, name->name, name->person, NULL };

			if (last)
				g_ptr_array_add(gathered->addresses, NULL);
			g_array_append_val(gathered->persons, person);
			g_array_append_val(starts, gathered->addresses->len);
		}
		g_ptr_array_add(gathered->addresses, (gpointer)name->address);
		last = name;
	}
	g_ptr_array_add(gathered->addresses, NULL);
	for (guint i = 0; i < starts->len; i++)
		g_array_index(gathered->persons, struct missing_person, i).addresses =
			(const char *const *)gathered->addresses->pdata +
			g_array_index(starts, guint, i);
	g_array_free(starts, TRUE);
	g_hash_table_destroy(others);
}

static void gathered_clear(struct gathered *gathered)
{
	g_array_free(gathered->persons, TRUE);
	g_ptr_array_free(gathered->addresses, TRUE);
}

static int tell(struct search *search, const struct gone *gone,
                int (*row)(void *context, const struct casefile_missing *row, struct error *err),
                void *context, struct error *err)
{
	struct gathered by, to;

	g_array_set_size(search->named.senders, 0);
	g_array_set_size(search->named.recipients, 0);
	g_string_chunk_clear(search->named_strings);
	sqlite3_reset(search->first);
	bind_number(search->casefile, search->first, 1, gone->first);
	if (gather_people(search, gone, err) < 0 ||
	    casefile_step(search->casefile, search->first, err) < 0)
		return -1;
	gather(&by, search->named.senders, NULL);
	gather(&to, search->named.recipients, search->named.senders);
	struct casefile_missing missing = {
		.message_id = gone->message_id, .cited = gone->cited, .answers = gone->answer_count,
		.answered_by = (const struct missing_person *)(void *)by.persons->data,
		.answered_by_count = by.persons->len,
		.answers_to = (const struct missing_person *)(void *)to.persons->data,
		.answers_to_count = to.persons->len, .instant = gone->instant,
		.subject = column_text(search->first, 0), .path = column_text(search->first, 1),
		.offset = sqlite3_column_int64(search->first, 2),
	};
	int status = row(context, &missing, err);

	gathered_clear(&by);
	gathered_clear(&to);
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
		.named = { g_array_new(FALSE, FALSE, sizeof(struct name)),
		           g_array_new(FALSE, FALSE, sizeof(struct name)) },
		.named_strings = g_string_chunk_new(1024),
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
	g_array_free(search.named.senders, TRUE);
	g_array_free(search.named.recipients, TRUE);
	g_string_chunk_free(search.named_strings);
	g_string_chunk_free(search.strings);
	return status;
}
