/* Who answers what, and the dates that this makes unbelievable. */
#include "casefile_internal.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/thread.h"

#include <stdlib.h>
#include <string.h>

/* How much earlier than what it answers a message may be dated: clocks are wrong by
 * a zone, a day, a month. */
#define ANSWER_BEFORE_S (30 * 86400)

/* Dates beyond all that was received: by how much, and of how many messages one may
 * be so. Where they are more, the archive goes on without Received fields. */
#define ARCHIVE_BEYOND_S (366 * 86400)
#define ARCHIVE_STRAY_SHARE 200

/* A message as far as its place and its date go. */
struct linked {
	int64_t id, instant;            /* INSTANT_NONE: by its own header not to be believed */
	int64_t received;               /* INSTANT_NONE: no Received chain to compare with */
	uint32_t sender, list;
	bool has_recipient;
	uint8_t own_verdict;
	uint8_t doubt, new_doubt;       /* enum date_doubt: stored, and found now */
};

struct linking {
	struct casefile *casefile;
	struct thread_builder *builder;
	GArray *messages;               /* struct linked */
	const struct thread_place *places;
	sqlite3_stmt *recipients;       /* of a message */
	int64_t asked;                  /* the message whose recipients these are; 0 for none */
	GArray *addressed;              /* int64_t: addresses */
};

static struct linked *message_of(const struct linking *linking, int64_t i)
{
	return &g_array_index(linking->messages, struct linked, i);
}

/* ---- reading ---- */

static struct linked linked_of(const struct memo_message *kept, int64_t id)
{
	struct linked linked = {
		.id = id, .instant = kept->instant, .received = INSTANT_NONE,
		.own_verdict = kept->own_verdict, .doubt = kept->doubt,
		.sender = kept->sender, .list = kept->list, .has_recipient = kept->has_recipient,
	};

	if (linked.own_verdict == DATE_IMPLAUSIBLE) {
		linked.instant = INSTANT_NONE;
		linked.new_doubt = linked.doubt;
	} else if (kept->instant != INSTANT_NONE && kept->received_gap_s != INSTANT_NONE) {
		linked.received = kept->instant + kept->received_gap_s;
	}
	return linked;
}

static void add_message(struct linking *linking, int64_t id, const struct memo_message *kept)
{
	struct linked linked = linked_of(kept, id);
	struct thread_message message = {
		.instant = linked.instant, .identifier = kept->identifier,
		.in_reply_to = kept->in_reply_to, .conversation = kept->conversation,
		.topic = kept->topic, .is_reply = kept->is_reply,
	};

	g_array_append_val(linking->messages, linked);
	thread_builder_add(linking->builder, &message);
}

static void take_kept(struct linking *linking, const struct memo *memo)
{
	guint next = 0;

	for (guint i = 0; i < memo->messages->len; i++) {
		add_message(linking, i + 1, &g_array_index(memo->messages, struct memo_message, i));
		for (; next < memo->references->len; next++) {
			const struct memo_reference *reference =
				&g_array_index(memo->references, struct memo_reference, next);

			if (reference->message > i + 1)
				break;
			thread_builder_add_reference(linking->builder, reference->identifier);
		}
	}
}

static struct memo_message message_of_row(sqlite3_stmt *row)
{
	struct memo_message message = {
		.instant = column_instant(row, 1),
		.own_verdict = (uint8_t)sqlite3_column_int(row, 2),
		.doubt = (uint8_t)sqlite3_column_int(row, 3),
		.received_gap_s = column_instant(row, 4),
		.identifier = (uint32_t)sqlite3_column_int64(row, 5),
		.in_reply_to = (uint32_t)sqlite3_column_int64(row, 6),
		.sender = (uint32_t)sqlite3_column_int64(row, 7),
		.list = (uint32_t)sqlite3_column_int64(row, 8),
		.has_recipient = !(sqlite3_column_int(row, 9) & FAULT_NO_RECIPIENT),
		.conversation = sqlite3_column_int64(row, 11),
	};

	message.topic = thread_topic(column_text(row, 10), &message.is_reply);
	return message;
}

static int read_references(struct linking *linking, sqlite3_stmt *references, bool *left,
                           int64_t message, struct error *err)
{
	while (*left) {
		int64_t at = sqlite3_column_int64(references, 0);

		if (at > message)
			break;
		if (at == message)
			thread_builder_add_reference(linking->builder,
			                             (uint32_t)sqlite3_column_int64(references, 1));
		int got = casefile_step(linking->casefile, references, err);

		if (got < 0)
			return -1;
		*left = got > 0;
	}
	return 0;
}

static int read_messages(struct linking *linking, sqlite3_stmt *rows, sqlite3_stmt *references,
                         struct error *err)
{
	int got = casefile_step(linking->casefile, references, err);
	bool left = got > 0;

	if (got < 0)
		return -1;
	while ((got = casefile_step(linking->casefile, rows, err)) > 0) {
		struct memo_message message = message_of_row(rows);
		int64_t id = sqlite3_column_int64(rows, 0);

		add_message(linking, id, &message);
		if (read_references(linking, references, &left, id, err) < 0)
			return -1;
	}
	return got;
}

static int read_all(struct linking *linking, struct error *err)
{
	struct casefile *casefile = linking->casefile;

	if (casefile->memo.whole) {
		take_kept(linking, &casefile->memo);
		return 0;
	}
	sqlite3_stmt *rows = casefile_prepare(casefile, "SELECT id, instant, own_verdict, date_doubt,"
		" received_gap_s, identifier, in_reply_to, sender, list, faults, subject, number"
		" FROM message LEFT JOIN conversation ON conversation.message = message.id"
		" ORDER BY id", err);
	sqlite3_stmt *references = rows ? casefile_prepare(casefile, "SELECT message, identifier"
		" FROM reference ORDER BY message, position", err) : NULL;
	int status = references ? read_messages(linking, rows, references, err) : -1;

	sqlite3_finalize(rows);
	sqlite3_finalize(references);
	return status;
}

/* ---- by subject ---- */

#define ADDRESSED_ROLES (1u << ROLE_TO | 1u << ROLE_CC | 1u << ROLE_BCC | 1u << ROLE_RESENT_TO | \
                         1u << ROLE_RESENT_CC | 1u << ROLE_RESENT_BCC)

/* The same message is asked for several times on end. */
static int gather_addressed(struct linking *linking, int64_t message, struct error *err)
{
	int got;

	if (linking->asked == message)
		return 0;
	g_array_set_size(linking->addressed, 0);
	bind_number(linking->casefile, linking->recipients, 1, message);
	while ((got = casefile_step(linking->casefile, linking->recipients, err)) > 0) {
		int64_t address = sqlite3_column_int64(linking->recipients, 1);

		if (ADDRESSED_ROLES >> (sqlite3_column_int(linking->recipients, 0) & 31) & 1)
			g_array_append_val(linking->addressed, address);
	}
	linking->asked = got < 0 ? 0 : message;
	return got;
}

/* An answer goes to who wrote what it answers, or to the same list. Archives that
 * name no recipients are of one list. */
static int may_answer(void *context, int64_t reply, int64_t earlier, struct error *err)
{
	struct linking *linking = context;
	const struct linked *answer = message_of(linking, reply);
	const struct linked *answered = message_of(linking, earlier);
	bool found = false;

	if (answer->list && answer->list == answered->list)
		return 1;
	if (!answer->has_recipient || !answered->sender)
		return !answer->has_recipient && !answered->has_recipient;
	if (gather_addressed(linking, answer->id, err) < 0)
		return -1;
	for (guint i = 0; i < linking->addressed->len; i++)
		found |= g_array_index(linking->addressed, int64_t, i) == answered->sender;
	return found;
}

/* ---- dates ---- */

static int compare_instants(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The dates of each thread, ascending: a row a thread, all in one array. */
struct thread_dates {
	int64_t *instants;
	int64_t *starts;                /* by thread; messages + 1 of them */
};

static struct thread_dates sort_dates(const struct linking *linking)
{
	int64_t count = linking->messages->len;
	struct thread_dates dates = { g_new(int64_t, count), g_new0(int64_t, count + 1) };
	int64_t *next = g_new(int64_t, count + 1);

	for (int64_t i = 0; i < count; i++)
		dates.starts[linking->places[i].thread + 1] +=
			message_of(linking, i)->instant != INSTANT_NONE;
	for (int64_t i = 0; i < count; i++)
		dates.starts[i + 1] += dates.starts[i];
	memcpy(next, dates.starts, (size_t)(count + 1) * sizeof *next);
	for (int64_t i = 0; i < count; i++)
		if (message_of(linking, i)->instant != INSTANT_NONE)
			dates.instants[next[linking->places[i].thread]++] =
				message_of(linking, i)->instant;
	for (int64_t i = 0; i < count; i++)
		if (dates.starts[i + 1] - dates.starts[i] > 1)
			qsort(dates.instants + dates.starts[i],
			      (size_t)(dates.starts[i + 1] - dates.starts[i]), sizeof(int64_t),
			      compare_instants);
	g_free(next);
	return dates;
}

/* An answer that is dated long before what it answers: one of the two is wrong. It
 * is the one whose date no Received chain bears out; if neither's is, the one
 * farther from the middle of the thread; if that does not tell, neither is. */
static struct linked *find_wrong(const struct thread_dates *dates, int64_t thread,
                                 struct linked *answer, struct linked *answered)
{
	bool borne_out = answer->received != INSTANT_NONE;
	int64_t start = dates->starts[thread], count = dates->starts[thread + 1] - start;

	if (borne_out != (answered->received != INSTANT_NONE))
		return borne_out ? answered : answer;
	if (borne_out || count < 3)
		return NULL;

	int64_t middle = dates->instants[start + count / 2];
	int64_t off = llabs(answer->instant - middle), other = llabs(answered->instant - middle);
	return off == other ? NULL : off > other ? answer : answered;
}

static void doubt_threads(const struct linking *linking)
{
	struct thread_dates dates = { NULL, NULL };

	for (int64_t i = 0; i < linking->messages->len; i++) {
		const struct thread_place *place = &linking->places[i];
		struct linked *answer = message_of(linking, i), *answered, *wrong;

		if (place->parent < 0 || place->doubtful || (place->link != THREAD_BY_REFERENCES &&
		                                             place->link != THREAD_BY_IN_REPLY_TO))
			continue;
		answered = message_of(linking, place->parent);
		if (answer->instant == INSTANT_NONE || answered->instant == INSTANT_NONE ||
		    answer->instant >= answered->instant - ANSWER_BEFORE_S)
			continue;
		if (!dates.instants)
			dates = sort_dates(linking);
		wrong = find_wrong(&dates, place->thread, answer, answered);
		if (wrong)
			wrong->new_doubt = DOUBT_THREAD;
	}
	g_free(dates.instants);
	g_free(dates.starts);
}

static bool is_beyond(const struct linked *linked, int64_t newest)
{
	return linked->instant != INSTANT_NONE && linked->received == INSTANT_NONE &&
	       linked->instant > newest + ARCHIVE_BEYOND_S;
}

static void doubt_strays(const struct linking *linking)
{
	int64_t newest = INSTANT_NONE, dated = 0, strays = 0;

	for (int64_t i = 0; i < linking->messages->len; i++) {
		const struct linked *linked = message_of(linking, i);

		if (linked->received != INSTANT_NONE &&
		    (newest == INSTANT_NONE || linked->received > newest))
			newest = linked->received;
		dated += linked->instant != INSTANT_NONE;
	}
	if (newest == INSTANT_NONE)
		return;
	for (int64_t i = 0; i < linking->messages->len; i++)
		strays += is_beyond(message_of(linking, i), newest);
	if (strays > dated / ARCHIVE_STRAY_SHARE)
		return;
	for (int64_t i = 0; i < linking->messages->len; i++)
		if (is_beyond(message_of(linking, i), newest))
			message_of(linking, i)->new_doubt = DOUBT_ARCHIVE;
}

/* ---- storing ---- */

static int store_place(const struct linking *linking, sqlite3_stmt *insert, int64_t i,
                       struct error *err)
{
	const struct thread_place *place = &linking->places[i];
	struct casefile *casefile = linking->casefile;

	bind_number(casefile, insert, 1, message_of(linking, i)->id);
	bind_id(casefile, insert, 2, place->parent < 0 ? 0 : message_of(linking, place->parent)->id);
	bind_id(casefile, insert, 3, place->absent);
	bind_number(casefile, insert, 4, place->link);
	bind_number(casefile, insert, 5, message_of(linking, place->thread)->id);
	return casefile_run(casefile, insert, err);
}

static int store_doubt(struct casefile *casefile, sqlite3_stmt *update,
                       const struct linked *linked, struct error *err)
{
	if (linked->doubt == linked->new_doubt)
		return 0;
	bind_number(casefile, update, 1, linked->id);
	bind_number(casefile, update, 2, linked->new_doubt ? DATE_IMPLAUSIBLE : linked->own_verdict);
	bind_number(casefile, update, 3, linked->new_doubt);
	return casefile_run(casefile, update, err);
}

static int store_all(const struct linking *linking, struct error *err)
{
	struct casefile *casefile = linking->casefile;

	if (casefile_execute(casefile, "DELETE FROM thread", err) < 0)
		return -1;
	sqlite3_stmt *insert = casefile_prepare(casefile, "INSERT INTO thread VALUES (?, ?, ?, ?, ?)",
	                                        err);
	sqlite3_stmt *update = insert ? casefile_prepare(casefile, "UPDATE message SET"
	                                                 " date_verdict = ?2, date_doubt = ?3"
	                                                 " WHERE id = ?1", err) : NULL;
	int status = update ? 0 : -1;

	for (int64_t i = 0; i < linking->messages->len && status == 0; i++) {
		if (linking->places[i].link || linking->places[i].thread != i)
			status = store_place(linking, insert, i, err);
		if (status == 0)
			status = store_doubt(casefile, update, message_of(linking, i), err);
	}
	sqlite3_finalize(insert);
	sqlite3_finalize(update);
	return status;
}

int casefile_link_threads(struct casefile *casefile, struct error *err)
{
	struct linking linking = {
		.casefile = casefile,
		.builder = thread_builder_new((uint32_t)casefile->next_identifier),
		.messages = g_array_new(FALSE, FALSE, sizeof(struct linked)),
		.addressed = g_array_new(FALSE, FALSE, sizeof(int64_t)),
		.recipients = casefile_prepare(casefile, "SELECT role, address FROM mention"
		                               " WHERE message = ?", err),
	};
	int status = -1;

	if (linking.recipients && read_all(&linking, err) == 0 &&
	    thread_builder_place(linking.builder, may_answer, &linking, &linking.places, err) == 0) {
		doubt_threads(&linking);
		doubt_strays(&linking);
		status = store_all(&linking, err);
	}
	sqlite3_finalize(linking.recipients);
	g_array_free(linking.messages, TRUE);
	g_array_free(linking.addressed, TRUE);
	thread_builder_free(linking.builder);
	return status;
}
