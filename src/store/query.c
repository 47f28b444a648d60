/* A filter made into a walk over the messages that pass it. */
#include "casefile_internal.h"

#include "filter_sets.h"
#include "id_map.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/thread.h"
#include "epistograph/verification.h"

#include <stdlib.h>

#define DEFAULT_ROLES (1u << ROLE_TO | 1u << ROLE_CC | 1u << ROLE_BCC)
#define ADDRESSED_ROLES (DEFAULT_ROLES | 1u << ROLE_RESENT_TO | 1u << ROLE_RESENT_CC | \
                         1u << ROLE_RESENT_BCC)

/* What reply edges come from: what a message's own header says it answers. */
static const char answers_sql[] =
	"SELECT thread.message, parent.sender, parent.instant, parent.date_verdict,"
	" ifnull(parent.original, parent.id)"
	" FROM thread JOIN message AS parent ON parent.id = thread.parent"
	" WHERE thread.link IN (?1, ?2) AND parent.sender IS NOT NULL ORDER BY thread.message";

/* Two scans, each in the order of messages, are merged here. A join would make
 * SQLite look up one table at random for each row of the other, ten times the
 * time. */
struct casefile_query {
	struct casefile *casefile;
	struct filter filter;           /* numbers only; what it points to is in sets */
	struct filter_sets sets;
	struct id_map persons;          /* by address */
	bool in_domain;                 /* somebody of this message is in a domain asked for */
	unsigned roles;                 /* bits: asked for */
	sqlite3_stmt *messages;
	sqlite3_stmt *mentions;         /* or, with EDGES_REPLY, answers */
	bool mentions_left;             /* that scan stands on a row */
	GArray *recipients;
	struct filter_account account;
	bool ended;
};

int role_visibility(enum role role)
{
	static const int ranks[ROLE_COUNT] = {
		[ROLE_TO] = 0, [ROLE_CC] = 1, [ROLE_BCC] = 2,
		[ROLE_RESENT_TO] = 3, [ROLE_RESENT_CC] = 4, [ROLE_RESENT_BCC] = 5,
		[ROLE_DELIVERED_TO] = 6, [ROLE_REPLY_TO] = 7,
		[ROLE_FROM] = 8, [ROLE_SENDER] = 9, [ROLE_RESENT_FROM] = 10,
		[ROLE_DIRECTORY] = 11, [ROLE_AUTHOR] = 12, [ROLE_HIDDEN] = 13, [ROLE_ANSWERED] = 14,
	};

	return ranks[role];
}

static int compare_recipients(const void *left, const void *right)
{
	const struct recipient *a = left, *b = right;

	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return role_visibility(a->role) - role_visibility(b->role);
}

static sqlite3_stmt *prepare_answers(const struct casefile_query *query, struct error *err)
{
	sqlite3_stmt *answers = casefile_prepare(query->casefile, answers_sql, err);

	if (answers) {
		bind_number(query->casefile, answers, 1, THREAD_BY_REFERENCES);
		bind_number(query->casefile, answers, 2, THREAD_BY_IN_REPLY_TO);
	}
	return answers;
}

/* In the order of the key, with the few of copies sorted in; a role beyond those we know
 * shifts to 0. Who is hidden, or in a Bcc alone, shows only where all are seen who are
 * not. */
static sqlite3_stmt *prepare_mentions(const struct casefile_query *query, struct error *err)
{
	unsigned roles = query->roles;
	sqlite3_stmt *mentions = casefile_prepare(query->casefile,
		"SELECT message, role, address FROM mention"
		"  WHERE (?1 >> role) & 1 AND address IS NOT NULL"
		" UNION ALL SELECT original, role, mention.address"
		"  FROM message CROSS JOIN mention ON mention.message = message.id"
		"  WHERE original IS NOT NULL AND (?2 >> role) & 1 AND mention.address IS NOT NULL"
		" ORDER BY 1", err);

	if (roles & 1u << ROLE_BCC)
		roles |= DEFAULT_ROLES;
	if (roles & 1u << ROLE_HIDDEN)
		roles |= ADDRESSED_ROLES | 1u << ROLE_DELIVERED_TO;
	if (mentions) {
		roles &= (1u << ROLE_HIDDEN) - 1;
		bind_number(query->casefile, mentions, 1, roles);
		bind_number(query->casefile, mentions, 2, roles & COPY_ROLES);
	}
	return mentions;
}

struct casefile_query *casefile_query_open(struct casefile *casefile, const struct filter *filter,
                                           struct error *err)
{
	struct casefile_query *query = g_new0(struct casefile_query, 1);

	query->casefile = casefile;
	query->filter = *filter;
	query->roles = filter->roles ? filter->roles : DEFAULT_ROLES;
	query->recipients = g_array_new(FALSE, FALSE, sizeof(struct recipient));
	query->mentions_left = true;
	id_map_init(&query->persons);
	if (filter->verified && casefile_require_signatures(casefile, err) < 0)
		goto fail;
	if (filter_sets_init(&query->sets, casefile, filter, err) < 0 ||
	    id_map_load(&query->persons, casefile, "SELECT id, person FROM address ORDER BY id", err) < 0)
		goto fail;
	query->messages = casefile_prepare(casefile, "SELECT id, instant, kind, date_source,"
	                                   " date_verdict, sender, list, enclosure, utc_offset_s,"
	                                   " ifnull(status, 5)"
	                                   " FROM message LEFT JOIN verification"
	                                   "  ON verification.message = message.id"
	                                   " WHERE original IS NULL ORDER BY id", err);
	if (!query->messages)
		goto fail;
	query->mentions = filter->edges == EDGES_REPLY ? prepare_answers(query, err)
	                                               : prepare_mentions(query, err);
	if (!query->mentions)
		goto fail;
	int got = casefile_step(casefile, query->mentions, err);

	if (got < 0)
		goto fail;
	query->mentions_left = got > 0;
	return query;

fail:
	casefile_query_close(query);
	return NULL;
}

void casefile_query_close(struct casefile_query *query)
{
	if (!query)
		return;
	sqlite3_finalize(query->messages);
	sqlite3_finalize(query->mentions);
	filter_sets_clear(&query->sets);
	id_map_clear(&query->persons);
	g_array_free(query->recipients, TRUE);
	g_free(query);
}

const struct filter_account *casefile_query_account(const struct casefile_query *query)
{
	return &query->account;
}

/* Move the second scan on to message. 1: it stands on a row of it, 0: there is none
 * (left), -1: *err. */
static int find_rows(struct casefile_query *query, int64_t message, struct error *err)
{
	while (query->mentions_left && sqlite3_column_int64(query->mentions, 0) < message) {
		int got = casefile_step(query->casefile, query->mentions, err);

		if (got < 0)
			return -1;
		query->mentions_left = got > 0;
	}
	return query->mentions_left && sqlite3_column_int64(query->mentions, 0) == message;
}

/* Under which role a person counts of whom `all` are the mentions, most visible
 * first: the first that was asked for; but who is in To or Cc too is not hidden in a
 * Bcc. ROLE_COUNT for none. */
static enum role role_of(const struct casefile_query *query, enum message_kind kind,
                         const struct recipient *all, guint count)
{
	unsigned named = 0;

	for (guint i = 0; i < count; i++) {
		if (query->roles >> all[i].role & 1 &&
		    (all[i].role != ROLE_BCC || all[0].role == ROLE_BCC))
			return all[i].role;
		named |= 1u << all[i].role;
	}
	if (query->roles & 1u << ROLE_HIDDEN && kind != KIND_LIST && kind != KIND_BULK &&
	    named == 1u << ROLE_DELIVERED_TO)
		return ROLE_HIDDEN;
	return ROLE_COUNT;
}

/* Each person once. */
static void merge_recipients(struct casefile_query *query, enum message_kind kind)
{
	struct recipient *all = (struct recipient *)(void *)query->recipients->data;
	guint count = query->recipients->len, kept = 0;

	if (count > 1)
		qsort(all, count, sizeof *all, compare_recipients);
	for (guint i = 0, next; i < count; i = next) {
		for (next = i + 1; next < count && all[next].person == all[i].person;)
			next++;
		struct recipient recipient = {
			all[i].person, role_of(query, kind, &all[i], next - i),
		};

		if (recipient.role != ROLE_COUNT)
			all[kept++] = recipient;
	}
	g_array_set_size(query->recipients, kept);
}

/* The person of an address of the message at hand. */
static int64_t person_of(struct casefile_query *query, int64_t address)
{
	query->in_domain |= address && filter_set_has(query->sets.domains, address);
	return id_map_get(&query->persons, address, address);
}

/* A role that is scanned only to tell who is hidden makes nobody one of the message. */
static bool is_asked(const struct casefile_query *query, enum role role)
{
	return query->roles >> role & 1 ||
	       (query->roles & 1u << ROLE_HIDDEN && role == ROLE_DELIVERED_TO);
}

/* Fill query->recipients from the mentions of a message. */
static int gather_recipients(struct casefile_query *query, const struct correspondence *message,
                             struct error *err)
{
	int got;

	while ((got = find_rows(query, message->message, err)) > 0) {
		int64_t address = sqlite3_column_int64(query->mentions, 2);
		enum role role = (enum role)sqlite3_column_int(query->mentions, 1);
		struct recipient recipient = {
			.person = is_asked(query, role) ? person_of(query, address)
			                                : id_map_get(&query->persons, address, address),
			.role = role,
		};

		g_array_append_val(query->recipients, recipient);
		got = casefile_step(query->casefile, query->mentions, err);
		if (got < 0)
			return -1;
		query->mentions_left = got > 0;
	}
	if (got == 0)
		merge_recipients(query, message->kind);
	return got;
}

/* The same from what it answers. */
static int gather_answered(struct casefile_query *query, struct correspondence *message,
                           struct error *err)
{
	int got = find_rows(query, message->message, err);

	if (got <= 0)
		return got;
	struct recipient recipient = {
		.person = person_of(query, sqlite3_column_int64(query->mentions, 1)),
		.role = ROLE_ANSWERED,
	};
	int64_t asked = column_instant(query->mentions, 2);
	int verdict = column_word(query->casefile, query->mentions, 3, DATE_VERDICT_COUNT, err);

	if (verdict < 0)
		return -1;
	g_array_append_val(query->recipients, recipient);
	message->answered = sqlite3_column_int64(query->mentions, 4);
	if (message->instant != INSTANT_NONE && asked != INSTANT_NONE && asked <= message->instant &&
	    (verdict != DATE_IMPLAUSIBLE || query->filter.implausible))
		message->delay_s = message->instant - asked;
	return 0;
}

static int32_t column_offset(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? UTC_OFFSET_UNKNOWN
	                                                       : sqlite3_column_int(row, column);
}

/* Fill all of out but the recipients from the row of the message. */
static int read_message(struct casefile_query *query, struct correspondence *out,
                        struct error *err)
{
	struct casefile *casefile = query->casefile;
	sqlite3_stmt *row = query->messages;
	int kind = column_word(casefile, row, 2, KIND_COUNT, err);
	int source = column_word(casefile, row, 3, DATE_SOURCE_COUNT, err);
	int verdict = column_word(casefile, row, 4, DATE_VERDICT_COUNT, err);
	int enclosure = column_word(casefile, row, 7, ENCLOSURE_COUNT, err);
	int signature = column_word(casefile, row, 9, SIGNED_UNCHECKED + 1, err);

	if (kind < 0 || source < 0 || verdict < 0 || enclosure < 0 || signature < 0)
		return -1;
	query->in_domain = !query->sets.domains;
	*out = (struct correspondence){
		.message = sqlite3_column_int64(row, 0),
		.instant = column_instant(row, 1),
		.kind = (enum message_kind)kind,
		.enclosure = (enum enclosure)enclosure,
		.signature = (enum signature_status)signature,
		.date_source = (enum date_source)source,
		.date_verdict = (enum date_verdict)verdict,
		.utc_offset_s = column_offset(row, 8),
		.sender = person_of(query, sqlite3_column_int64(row, 5)),
		.delay_s = INSTANT_NONE,
	};
	if (verdict == DATE_IMPLAUSIBLE && !query->filter.implausible)
		out->instant = INSTANT_NONE;
	return 0;
}

/* Kind, signature, date and period; a message that fails is put into the account. */
static bool passes_first(struct casefile_query *query, const struct correspondence *message)
{
	const struct filter *filter = &query->filter;
	struct filter_account *account = &query->account;

	if (filter->kinds && !(filter->kinds >> message->kind & 1)) {
		account->other_kind++;
		account->other_kind_by[message->kind]++;
		return false;
	}
	if (filter->no_embedded && message->enclosure != ENCLOSURE_NONE) {
		account->other_enclosure++;
		return false;
	}
	if (filter->verified && message->signature != SIGNED_VERIFIED) {
		account->unverified++;
		return false;
	}
	if (filter->dates && !(filter->dates >> message->date_verdict & 1)) {
		account->other_date++;
		return false;
	}
	if (filter->since == INSTANT_NONE && filter->until == INSTANT_NONE)
		return true;
	if (message->instant == INSTANT_NONE) {
		account->undated++;
		return false;
	}
	if ((filter->since != INSTANT_NONE && message->instant < filter->since) ||
	    (filter->until != INSTANT_NONE && message->instant >= filter->until)) {
		account->outside_period++;
		return false;
	}
	return true;
}

/* Somebody of the set has sent the message or received it. */
static bool involves(GHashTable *set, const struct correspondence *message)
{
	if (!set || (message->sender && filter_set_has(set, message->sender)))
		return true;
	for (size_t i = 0; i < message->recipient_count; i++) {
		if (filter_set_has(set, message->recipients[i].person))
			return true;
	}
	return false;
}

/* Recipients other than the sender. */
static int64_t count_others(const struct correspondence *message)
{
	int64_t count = (int64_t)message->recipient_count;

	for (size_t i = 0; i < message->recipient_count; i++)
		count -= message->recipients[i].person == message->sender;
	return count;
}

static bool passes_rest(struct casefile_query *query, const struct correspondence *message)
{
	const struct filter_sets *sets = &query->sets;
	int64_t most = query->filter.max_recipients;

	if (!involves(sets->persons, message) || !query->in_domain ||
	    !filter_set_has(sets->lists, sqlite3_column_int64(query->messages, 6)) ||
	    !filter_set_has(sets->labelled, message->message) ||
	    (sets->unwanted && filter_set_has(sets->unwanted, message->message))) {
		query->account.other_filter++;
		return false;
	}
	if (most && count_others(message) > most) {
		query->account.many_recipients++;
		return false;
	}
	query->account.matched++;
	query->account.embedded += message->enclosure != ENCLOSURE_NONE;
	return true;
}

int casefile_query_next(struct casefile_query *query, struct correspondence *out,
                        struct error *err)
{
	int got = 0;

	while (!query->ended && (got = casefile_step(query->casefile, query->messages, err)) > 0) {
		if (read_message(query, out, err) < 0)
			return -1;
		if (g_hash_table_size(query->sets.loose) > 0 &&
		    filter_set_has(query->sets.loose, out->message))
			continue;
		query->account.counted++;
		if (!passes_first(query, out))
			continue;
		g_array_set_size(query->recipients, 0);
		if ((query->filter.edges == EDGES_REPLY ? gather_answered(query, out, err)
		                                        : gather_recipients(query, out, err)) < 0)
			return -1;
		out->recipients = (const struct recipient *)(void *)query->recipients->data;
		out->recipient_count = query->recipients->len;
		if (passes_rest(query, out))
			return 1;
	}
	query->ended = true;            /* or the scan would begin again */
	return got;
}

int casefile_query_walk(struct casefile *casefile, const struct filter *filter,
                        void (*take)(void *context, const struct correspondence *message),
                        void *context, struct filter_account *filtered, struct error *err)
{
	struct casefile_query *query = casefile_query_open(casefile, filter, err);
	struct correspondence message;
	int got;

	if (!query)
		return -1;
	while ((got = casefile_query_next(query, &message, err)) > 0)
		take(context, &message);
	if (filtered)
		*filtered = *casefile_query_account(query);
	casefile_query_close(query);
	return got;
}
