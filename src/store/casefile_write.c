/* Messages into the case file. */
#include "casefile_internal.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/thread.h"

#include <string.h>

/* Every text of a message is "" if there is none; NULL is taken for that. */
static const char *text_of(const char *text)
{
	return text ? text : "";
}

static bool is_given(const char *text)
{
	return text && text[0] != '\0';
}

/* Roles that make somebody a recipient. */
#define RECIPIENT_ROLES (1u << ROLE_TO | 1u << ROLE_CC | 1u << ROLE_BCC | \
                         1u << ROLE_RESENT_TO | 1u << ROLE_RESENT_CC | 1u << ROLE_RESENT_BCC)

static bool has_role(const struct mention *mention, unsigned roles)
{
	return roles >> mention->role & 1;
}

/* ---- mentions ---- */

static int mention_ids(struct casefile *casefile, const struct mention *mention,
                       int64_t *address, int64_t *name, struct error *err)
{
	*address = *name = 0;
	if (is_given(mention->address) &&
	    intern_get(casefile, &casefile->addresses, mention->address, address, err) < 0)
		return -1;
	if (is_given(mention->name) &&
	    intern_get(casefile, &casefile->names, mention->name, name, err) < 0)
		return -1;
	return 0;
}

static int insert_mentions(struct casefile *casefile, int64_t id, const struct mention *mentions,
                           size_t count, size_t position, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		int64_t address, name;

		if (mention_ids(casefile, &mentions[i], &address, &name, err) < 0)
			return -1;
		struct held_rows *row = held_begin(casefile, ROWS_OF_MENTION, id);

		hold_number(row, (int64_t)(position + i));
		hold_number(row, mentions[i].role);
		hold_id(row, address);
		hold_id(row, name);
		memo_add_mention(&casefile->memo, id, mentions[i].role, address, name);
		if (held_end(casefile, ROWS_OF_MENTION, err) < 0)
			return -1;
	}
	return 0;
}

/* What makes two mentions one: the role and the address, or the name if that is
 * all there is. Ids have 32 bits. */
static void *mention_key(enum role role, int64_t address, int64_t name)
{
	uint64_t key = (uint64_t)role << 33 | (uint64_t)(address == 0) << 32;

	return GSIZE_TO_POINTER(key | (uint64_t)(address ? address : name));
}

/* Add those of the copy's mentions that are not in stored, from position on. */
static int add_missing(struct casefile *casefile, int64_t id, const struct message *copy,
                       GHashTable *stored, size_t position, struct error *err)
{
	bool recipient = false;

	for (size_t i = 0; i < copy->mention_count; i++) {
		const struct mention *mention = &copy->mentions[i];
		int64_t address, name;

		if (!has_role(mention, COPY_ROLES))
			continue;
		if (mention_ids(casefile, mention, &address, &name, err) < 0)
			return -1;
		if (!g_hash_table_add(stored, mention_key(mention->role, address, name)))
			continue;
		if (insert_mentions(casefile, id, mention, 1, position++, err) < 0 ||
		    casefile_set_settled(casefile, false, err) < 0)
			return -1;
		recipient |= address && has_role(mention, RECIPIENT_ROLES);
	}
	if (!recipient)
		return 0;
	memo_has_recipient(&casefile->memo, id);
	sqlite3_stmt *update = casefile_statement_on(casefile, MESSAGE_HAS_RECIPIENT, id, err);

	if (!update)
		return -1;
	bind_number(casefile, update, 1, id);
	return casefile_run(casefile, update, err);
}

static int merge_mentions(struct casefile *casefile, int64_t id, const struct message *copy,
                          struct error *err)
{
	bool wanted = false;

	for (size_t i = 0; i < copy->mention_count; i++)
		wanted |= has_role(&copy->mentions[i], COPY_ROLES);
	if (!wanted)
		return 0;
	GHashTable *stored = g_hash_table_new(g_direct_hash, g_direct_equal);
	sqlite3_stmt *of_message = casefile_statement_on(casefile, MENTION_OF_MESSAGE, id, err);
	size_t position = 0;
	int got = -1;

	if (!of_message)
		goto free_stored;
	bind_number(casefile, of_message, 1, id);
	while ((got = casefile_step(casefile, of_message, err)) > 0) {
		int role = column_word(casefile, of_message, 1, ROLE_COUNT, err);

		if (role < 0) {
			got = -1;
			goto free_stored;
		}
		position = (size_t)sqlite3_column_int64(of_message, 0) + 1;
		g_hash_table_add(stored, mention_key((enum role)role,
		                                     sqlite3_column_int64(of_message, 2),
		                                     sqlite3_column_int64(of_message, 3)));
	}
	if (got == 0)
		got = add_missing(casefile, id, copy, stored, position, err);

free_stored:
	g_hash_table_destroy(stored);
	return got;
}

/* ---- one message ---- */

/* The address of whoever sent it, NULL if none is said; *source is what says so. */
static const char *sender_of(const struct message *message, enum sender_source *source)
{
	const struct { enum role role; enum sender_source source; } parts[] = {
		{ ROLE_AUTHOR, message->author_source }, { ROLE_FROM, SENDER_FROM_FROM },
		{ ROLE_SENDER, SENDER_FROM_SENDER },
	};

	for (size_t p = 0; p < G_N_ELEMENTS(parts); p++) {
		*source = parts[p].source;
		for (size_t i = 0; i < message->mention_count; i++) {
			if (message->mentions[i].role == parts[p].role &&
			    is_given(message->mentions[i].address))
				return message->mentions[i].address;
		}
	}
	*source = SENDER_FROM_NOTHING;
	return NULL;
}

/* The account counts messages without recipient by this bit. */
static unsigned faults_of(const struct message *message)
{
	for (size_t i = 0; i < message->mention_count; i++) {
		if (has_role(&message->mentions[i], RECIPIENT_ROLES) &&
		    is_given(message->mentions[i].address))
			return message->faults & ~(unsigned)FAULT_NO_RECIPIENT;
	}
	return message->faults | FAULT_NO_RECIPIENT;
}

static int put_references(struct casefile *casefile, int64_t id, const struct message *message,
                          struct error *err)
{
	for (size_t i = 0; i < message->reference_count; i++) {
		int64_t reference;

		if (identifier_get(casefile, message->references[i], &reference, err) < 0)
			return -1;
		struct held_rows *row = held_begin(casefile, ROWS_OF_REFERENCE, id);

		hold_number(row, (int64_t)i);
		hold_number(row, reference);
		memo_add_reference(&casefile->memo, id, reference);
		if (held_end(casefile, ROWS_OF_REFERENCE, err) < 0)
			return -1;
	}
	return 0;
}

/* Keep what the end of a read needs; ids are given. */
static void remember(struct casefile *casefile, int64_t id, const struct message *message,
                     struct memo_message *kept)
{
	if (!casefile->memo.whole)
		return;
	kept->instant = message->instant;
	kept->received_gap_s = message->received_gap_s;
	kept->kind = (uint8_t)message->kind;
	kept->own_verdict = (uint8_t)message->date_verdict;
	kept->doubt = (uint8_t)message->date_doubt;
	kept->topic = thread_topic(text_of(message->subject), &kept->is_reply);
	memo_add_message(&casefile->memo, id, kept);
}

static int put_row(struct casefile *casefile, int64_t id, int64_t identifier,
                   const struct message *message, struct error *err)
{
	int64_t sender = 0, list = 0, in_reply_to = 0;
	unsigned faults = faults_of(message);
	enum sender_source sender_source;
	const char *sender_address = sender_of(message, &sender_source);

	if (sender_address &&
	    intern_get(casefile, &casefile->addresses, sender_address, &sender, err) < 0)
		return -1;
	if (is_given(message->list_id) &&
	    intern_get(casefile, &casefile->lists, message->list_id, &list, err) < 0)
		return -1;
	if (is_given(message->in_reply_to) &&
	    identifier_get(casefile, message->in_reply_to, &in_reply_to, err) < 0)
		return -1;
	struct held_rows *row = held_begin(casefile, ROWS_OF_MESSAGE, id);

	hold_id(row, 0);                /* not a copy of another, as far as is known */
	hold_instant(row, message->instant);
	hold_number(row, message->kind);
	hold_number(row, message->date_source);
	hold_number(row, message->date_verdict);
	hold_number(row, message->date_doubt);
	hold_number(row, message->date_verdict);
	hold_id(row, sender);
	hold_number(row, sender_source);
	hold_id(row, list);
	hold_number(row, faults);
	hold_number(row, message->size);
	hold_instant(row, message->utc_offset_s == UTC_OFFSET_UNKNOWN ? INSTANT_NONE
	                                                               : message->utc_offset_s);
	hold_instant(row, message->received_gap_s);
	hold_id(row, identifier);
	hold_id(row, in_reply_to);
	hold_bytes(row, message->digest, sizeof message->digest);
	if (message->has_copy_key) {
		hold_bytes(row, message->copy_key, sizeof message->copy_key);
		copy_key_note(casefile, message->copy_key, id);
	} else {
		hold_id(row, 0);
	}
	hold_text(row, text_of(message->subject));
	hold_text(row, text_of(message->date_raw));
	hold_text(row, text_of(message->kind_evidence));
	hold_number(row, message->enclosure);
	remember(casefile, id, message, &(struct memo_message){
		.identifier = (uint32_t)identifier, .in_reply_to = (uint32_t)in_reply_to,
		.sender = (uint32_t)sender, .list = (uint32_t)list,
		.has_recipient = !(faults & FAULT_NO_RECIPIENT),
	});
	return held_end(casefile, ROWS_OF_MESSAGE, err);
}

static int put_message(struct casefile *casefile, int64_t id, int64_t identifier,
                       const struct message *message, struct error *err)
{
	if (put_row(casefile, id, identifier, message, err) < 0 ||
	    put_references(casefile, id, message, err) < 0 ||
	    insert_mentions(casefile, id, message->mentions, message->mention_count, 0, err) < 0 ||
	    labels_put(casefile, id, message, err) < 0)
		return -1;
	return casefile_set_settled(casefile, false, err);
}

static int run_on_message(struct casefile *casefile, enum statement which, int64_t id,
                          struct error *err)
{
	sqlite3_stmt *statement = casefile_statement_on(casefile, which, id, err);

	if (!statement)
		return -1;
	bind_number(casefile, statement, 1, id);
	return casefile_run(casefile, statement, err);
}

/* A loose message found again: it is counted as it is read now. */
static int revive(struct casefile *casefile, int64_t id, int64_t identifier,
                  const struct message *message, struct error *err)
{
	if (run_on_message(casefile, LOOSE_DELETE, id, err) < 0 ||
	    run_on_message(casefile, MESSAGE_DROP, id, err) < 0 ||
	    run_on_message(casefile, MENTION_DROP, id, err) < 0 ||
	    run_on_message(casefile, REFERENCE_DROP, id, err) < 0 ||
	    labels_drop(casefile, id, err) < 0)
		return -1;
	memo_drop(&casefile->memo);
	casefile->loose--;
	return put_message(casefile, id, identifier, message, err);
}

static int is_loose(struct casefile *casefile, int64_t id, bool *loose, struct error *err)
{
	*loose = false;
	if (casefile->loose == 0)
		return 0;
	sqlite3_stmt *find = casefile_statement(casefile, LOOSE_FIND, err);

	if (!find)
		return -1;
	bind_number(casefile, find, 1, id);
	int got = casefile_step(casefile, find, err);

	*loose = got > 0;
	sqlite3_reset(find);
	return got < 0 ? -1 : 0;
}

/* The stored message with this Message-ID and digest; 0 if there is none. */
static int find_message(struct casefile *casefile, int64_t identifier,
                        const struct message *message, uint32_t hash, int64_t *id,
                        struct error *err)
{
	size_t probe = SIZE_MAX;
	uint32_t suspect;

	*id = 0;
	while ((suspect = key_index_find(&casefile->messages, hash, &probe))) {
		sqlite3_stmt *key = casefile_statement_on(casefile, MESSAGE_KEY, suspect, err);

		if (!key)
			return -1;
		bind_number(casefile, key, 1, suspect);
		int got = casefile_step(casefile, key, err);

		if (got < 0)
			return -1;
		bool same = got > 0 && sqlite3_column_int64(key, 0) == identifier &&
		            sqlite3_column_bytes(key, 1) == sizeof message->digest &&
		            memcmp(sqlite3_column_blob(key, 1), message->digest,
		                   sizeof message->digest) == 0;

		sqlite3_reset(key);
		if (same) {
			*id = suspect;
			return 0;
		}
	}
	return 0;
}

/* Which message had the Message-ID first: message itself if none had, and then
 * that is noted. */
static int first_with_identifier(struct casefile *casefile, int64_t identifier, int64_t message,
                                 int64_t *first, struct error *err)
{
	sqlite3_stmt *get = casefile_statement_on(casefile, IDENTIFIER_GET, identifier, err);

	if (!get)
		return -1;
	bind_number(casefile, get, 1, identifier);
	int got = casefile_step(casefile, get, err);

	if (got < 0)
		return -1;
	*first = got > 0 ? sqlite3_column_int64(get, 1) : 0;
	sqlite3_reset(get);
	if (*first)
		return 0;
	*first = message;
	sqlite3_stmt *set = casefile_statement_on(casefile, IDENTIFIER_SET_MESSAGE, identifier, err);

	if (!set)
		return -1;
	bind_number(casefile, set, 1, identifier);
	bind_number(casefile, set, 2, message);
	return casefile_run(casefile, set, err);
}

static int note_same_id(struct casefile *casefile, int64_t file, const struct message *message,
                        int64_t first, struct error *err)
{
	/* Only during a first read there is no index on origin by message. */
	if (casefile_make_indexes(casefile, err) < 0 ||
	    files_note(casefile, file, err) < 0)
		return -1;
	sqlite3_stmt *origin = casefile_statement(casefile, ORIGIN_FIRST, err);

	if (!origin)
		return -1;
	bind_number(casefile, origin, 1, first);
	int got = casefile_step(casefile, origin, err);

	if (got <= 0)
		return got;
	char *text = g_strdup_printf("another message with the same Message-ID is at %s:%lld",
	                             column_text(origin, 0),
	                             (long long)sqlite3_column_int64(origin, 1));

	sqlite3_reset(origin);
	int status = casefile_note(casefile, file, message->offset, "same-id", text, err);

	g_free(text);
	return status;
}

/* Store what is not there yet; *id is the message's row. */
static int store_message(struct casefile *casefile, const struct message *message, int64_t *id,
                         int64_t *same_id, enum add_outcome *outcome, struct error *err)
{
	int64_t identifier = 0, found = 0;
	bool loose = false, has_id = is_given(message->id), id_is_new = false;
	uint32_t id_hash = has_id ? key_hash_text(message->id) : 0;

	if (has_id) {
		if (identifier_find(casefile, message->id, id_hash, &identifier, err) < 0)
			return -1;
		id_is_new = identifier == 0;
	}
	uint32_t hash = id_is_new ? 0 : message_key_hash(identifier, message->digest);

	if (!id_is_new && find_message(casefile, identifier, message, hash, &found, err) < 0)
		return -1;
	if (found && is_loose(casefile, found, &loose, err) < 0)
		return -1;
	*same_id = 0;
	*outcome = found && !loose ? ADD_DUPLICATE : ADD_COUNTED;
	*id = found ? found : casefile->next_message;
	if (found && !loose)
		return merge_mentions(casefile, found, message, err) < 0 ? -1
		       : labels_put(casefile, found, message, err);
	if (id_is_new &&
	    identifier_add(casefile, message->id, id_hash, *id, &identifier, err) < 0)
		return -1;
	if (has_id && !id_is_new &&
	    first_with_identifier(casefile, identifier, *id, same_id, err) < 0)
		return -1;
	if (loose)
		return revive(casefile, found, identifier, message, err);
	if (*id > (int64_t)KEY_ID_MAX)
		return error_set(err, "%s is full: 2,147,483,647 messages are the most", casefile->path);
	casefile->next_message++;
	key_index_add(&casefile->messages, message_key_hash(identifier, message->digest),
	              (uint32_t)*id);
	return put_message(casefile, *id, identifier, message, err);
}

static int insert_origin(struct casefile *casefile, int64_t file, const struct message *message,
                         int64_t id, struct error *err)
{
	struct held_rows *row = held_begin(casefile, ROWS_OF_ORIGIN, file);

	hold_number(row, message->offset);
	hold_text(row, text_of(message->member));
	hold_number(row, id);
	hold_number(row, message->size);
	hold_number(row, message->enclosure);
	casefile->plain &= message->enclosure == ENCLOSURE_NONE &&
	                   !(message->faults & FAULT_COMPOSED);
	return held_end(casefile, ROWS_OF_ORIGIN, err);
}

/* ---- places already stored, after an interruption ---- */

static int enter_file(struct casefile *casefile, int64_t file, struct error *err)
{
	casefile->touched_file = MAX(casefile->touched_file, file);
	if (file == casefile->current_file)
		return 0;
	if (file_is_fresh(casefile, file)) {
		casefile->current_file = file;
		casefile->current_offset = -1;
		return 0;
	}
	sqlite3_stmt *last = casefile_statement_on(casefile, FILE_LAST_OFFSET, file, err);

	if (!last)
		return -1;
	bind_number(casefile, last, 1, file);
	int got = casefile_step(casefile, last, err);

	if (got < 0)
		return -1;
	casefile->current_offset = sqlite3_column_int64(last, 0);
	casefile->current_is_new = false;
	casefile->current_file = file;
	sqlite3_reset(last);
	return 0;
}

/* Messages come in ascending order, so nothing is stored beyond the last one. */
static int is_known(struct casefile *casefile, int64_t file, int64_t offset, const char *member,
                    bool *known, struct error *err)
{
	*known = false;
	if (enter_file(casefile, file, err) < 0)
		return -1;
	if (offset > casefile->current_offset) {
		casefile->current_offset = offset;
		casefile->current_is_new = true;
		return 0;
	}
	/* What is inside a message comes right behind it. */
	if (offset == casefile->current_offset && casefile->current_is_new && is_given(member))
		return 0;
	sqlite3_stmt *find = casefile_statement_on(casefile, ORIGIN_FIND, file, err);

	if (!find)
		return -1;
	bind_number(casefile, find, 1, file);
	bind_number(casefile, find, 2, offset);
	bind_text(casefile, find, 3, text_of(member));
	int got = casefile_step(casefile, find, err);

	*known = got > 0;
	sqlite3_reset(find);
	if (got != 0)
		return got < 0 ? -1 : 0;
	/* Rejected when it was read before, and readable now. */
	sqlite3_stmt *delete = casefile_statement(casefile, REJECTED_DELETE, err);

	if (!delete)
		return -1;
	bind_number(casefile, delete, 1, file);
	bind_number(casefile, delete, 2, offset);
	return casefile_run(casefile, delete, err);
}

/* Roughly what a message takes in the file, for the size of a batch. */
static int64_t stored_size(const struct message *message)
{
	return 200 + (int64_t)strlen(text_of(message->subject)) +
	       (int64_t)message->mention_count * 30 + (int64_t)message->reference_count * 60;
}

static int add(struct casefile *casefile, int64_t file, const struct message *message,
               enum add_outcome *outcome, struct error *err)
{
	int64_t id, same_id;
	bool known;

	if (is_known(casefile, file, message->offset, message->member, &known, err) < 0)
		return -1;
	if (known) {
		*outcome = ADD_KNOWN;
		return 0;
	}
	if (casefile_load_keys(casefile, err) < 0 ||
	    store_message(casefile, message, &id, &same_id, outcome, err) < 0 ||
	    insert_origin(casefile, file, message, id, err) < 0)
		return -1;
	if (same_id && same_id != id && note_same_id(casefile, file, message, same_id, err) < 0)
		return -1;
	return casefile_count(casefile, stored_size(message), err);
}

int casefile_add(struct casefile *casefile, int64_t file, const struct message *message,
                 enum add_outcome *outcome, struct error *err)
{
	if (casefile_begin(casefile, err) < 0)
		return -1;
	if (add(casefile, file, message, outcome, err) == 0)
		return 0;
	casefile_abandon(casefile);
	return -1;
}

int casefile_reject(struct casefile *casefile, int64_t file, int64_t offset, int64_t size,
                    const char *reason, struct error *err)
{
	bool known;

	if (casefile_begin(casefile, err) < 0)
		return -1;
	/* If it could be read before, it counts. */
	if (is_known(casefile, file, offset, NULL, &known, err) < 0)
		return -1;
	sqlite3_stmt *insert = known ? NULL : casefile_statement(casefile, REJECTED_INSERT, err);

	if (!insert)
		return known ? 0 : -1;
	bind_number(casefile, insert, 1, file);
	bind_number(casefile, insert, 2, offset);
	bind_number(casefile, insert, 3, size);
	bind_text(casefile, insert, 4, text_of(reason));
	if (casefile_run(casefile, insert, err) < 0)
		return -1;
	return casefile_count(casefile, 100, err);
}

int casefile_note(struct casefile *casefile, int64_t file, int64_t offset, const char *kind,
                  const char *text, struct error *err)
{
	if (casefile_begin(casefile, err) < 0)
		return -1;
	casefile->touched_file = MAX(casefile->touched_file, file);
	sqlite3_stmt *insert = casefile_statement(casefile, NOTE_INSERT, err);

	if (!insert)
		return -1;
	bind_number(casefile, insert, 1, file);
	bind_number(casefile, insert, 2, offset);
	bind_text(casefile, insert, 3, text_of(kind));
	bind_text(casefile, insert, 4, text_of(text));
	if (casefile_run(casefile, insert, err) < 0)
		return -1;
	return casefile_count(casefile, 100, err);
}
