/* One message with all that stands beside it in the case file. */
#include "epistograph/letter.h"

#include "casefile_internal.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"

#include <stdlib.h>
#include <string.h>

#define RECIPIENT_ROLES (1u << ROLE_TO | 1u << ROLE_CC | 1u << ROLE_BCC | \
                         1u << ROLE_RESENT_TO | 1u << ROLE_RESENT_CC | \
                         1u << ROLE_RESENT_BCC | 1u << ROLE_DELIVERED_TO)

struct letter_reader {
	struct casefile *casefile;
	sqlite3_stmt *message, *parties, *places, *labels, *signatures;
	sqlite3_stmt *by_row, *by_place, *by_id;
	GStringChunk *strings;
	GArray *party_list, *place_list;
	GArray *signature_list;         /* of all places, one behind the other */
	GPtrArray *label_list;          /* const char * */
	GArray *party_addresses;        /* their row ids; 0 if only a name was given */
	GHashTable *seen;               /* address ids -> role, in which they are recipients */
};

static const char message_text[] =
	"SELECT subject, instant, kind, date_source, date_verdict, address.person, message_id,"
	"  address.address, name.name, enclosure, ifnull(status, 5)"
	" FROM message LEFT JOIN identifier ON identifier.id = message.identifier"
	" LEFT JOIN verification ON verification.message = message.id"
	" LEFT JOIN address ON address.id = message.sender"
	" LEFT JOIN name ON name.id = address.name WHERE message.id = ?1";

/* Its own, then those that only copies of it name. */
static const char parties_text[] =
	"SELECT role, address.id, address.address, name.name, address.person FROM"
	" (SELECT * FROM mention WHERE message = ?1 UNION ALL SELECT mention.* FROM message"
	"  CROSS JOIN mention ON mention.message = message.id"
	"  WHERE original = ?1 AND (?2 >> role) & 1) AS named"
	" LEFT JOIN address ON address.id = named.address"
	" LEFT JOIN name ON name.id = named.name ORDER BY message <> ?1, message, position";

static const char places_text[] =
	"SELECT file.path, disk.path, origin.offset, origin.size, disk.size, disk.modified_ns, message_id,"
	"  digest, origin.member, origin.enclosure, " OUTER_SIZE ", origin.file, ifnull(checked.status, 5),"
	"  checked.reason FROM message JOIN origin ON origin.message = message.id JOIN file ON file.id = origin.file"
	" JOIN file AS disk ON disk.id = ifnull(file.container, file.id)"
	" LEFT JOIN identifier ON identifier.id = message.identifier"
	" LEFT JOIN checked ON checked.file = origin.file AND checked.offset = origin.offset"
	"  AND checked.member = origin.member"
	" WHERE message.id = ?1 OR original = ?1"
	" ORDER BY original IS NOT NULL AND faults & 256, origin.file, origin.offset, origin.member";

static const char signatures_text[] =
	"SELECT domain, selector, algorithm, result, reason, fingerprint, flags, signed_at, expires"
	" FROM signature WHERE file = ?1 AND offset = ?2 AND member = ?3 ORDER BY position";

static const char labels_text[] =
	"SELECT DISTINCT label.label FROM message JOIN labelled ON labelled.message = message.id"
	" JOIN label ON label.id = labelled.label WHERE message.id = ?1 OR original = ?1 ORDER BY 1";

/* What is meant by a word; all give rows of messages that count. */
static const char by_row_text[] =
	"SELECT ifnull(original, id) FROM message"
	" WHERE id = ?1 AND id NOT IN (SELECT message FROM loose)";

static const char by_place_text[] =
	"SELECT ifnull(original, message) FROM file JOIN origin ON origin.file = file.id"
	" JOIN message ON message.id = origin.message"
	" WHERE path = ?1 AND offset = ?2 AND (?3 = '' AND origin.enclosure = 0 OR member = ?3)";

static const char by_id_text[] =
	"SELECT DISTINCT ifnull(original, message.id) FROM identifier"
	" JOIN message ON message.identifier = identifier.id"
	" WHERE message_id = ?1 AND message.id NOT IN (SELECT message FROM loose) ORDER BY 1";

struct letter_reader *letter_reader_new(struct casefile *casefile, struct error *err)
{
	struct letter_reader *reader = g_new0(struct letter_reader, 1);
	const struct { sqlite3_stmt **statement; const char *text; } all[] = {
		{ &reader->message, message_text }, { &reader->parties, parties_text },
		{ &reader->places, places_text }, { &reader->labels, labels_text },
		{ &reader->signatures, signatures_text },
		{ &reader->by_row, by_row_text },
		{ &reader->by_place, by_place_text }, { &reader->by_id, by_id_text },
	};

	reader->casefile = casefile;
	reader->strings = g_string_chunk_new(4096);
	reader->party_list = g_array_new(FALSE, FALSE, sizeof(struct letter_party));
	reader->party_addresses = g_array_new(FALSE, FALSE, sizeof(int64_t));
	reader->place_list = g_array_new(FALSE, FALSE, sizeof(struct letter_place));
	reader->signature_list = g_array_new(FALSE, FALSE, sizeof(struct signature));
	reader->label_list = g_ptr_array_new();
	reader->seen = g_hash_table_new(g_direct_hash, g_direct_equal);
	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		*all[i].statement = casefile_prepare(casefile, all[i].text, err);
		if (!*all[i].statement) {
			letter_reader_free(reader);
			return NULL;
		}
	}
	return reader;
}

void letter_reader_free(struct letter_reader *reader)
{
	if (!reader)
		return;
	sqlite3_finalize(reader->message);
	sqlite3_finalize(reader->parties);
	sqlite3_finalize(reader->places);
	sqlite3_finalize(reader->labels);
	sqlite3_finalize(reader->signatures);
	sqlite3_finalize(reader->by_row);
	sqlite3_finalize(reader->by_place);
	sqlite3_finalize(reader->by_id);
	g_string_chunk_free(reader->strings);
	g_array_free(reader->party_list, TRUE);
	g_array_free(reader->party_addresses, TRUE);
	g_array_free(reader->place_list, TRUE);
	g_array_free(reader->signature_list, TRUE);
	g_ptr_array_free(reader->label_list, TRUE);
	g_hash_table_destroy(reader->seen);
	g_free(reader);
}

static const char *keep(struct letter_reader *reader, sqlite3_stmt *row, int column)
{
	const char *text = column_text(row, column);

	return *text ? g_string_chunk_insert(reader->strings, text) : "";
}

/* ---- who ---- */

static bool is_recipient(enum role role, int64_t address)
{
	return address && RECIPIENT_ROLES >> role & 1;
}

/* Note the most visible role in which an address received the message. */
static void note_role(struct letter_reader *reader, enum role role, int64_t address)
{
	void *key = GSIZE_TO_POINTER((gsize)address), *noted;

	if (!is_recipient(role, address))
		return;
	if (!g_hash_table_lookup_extended(reader->seen, key, NULL, &noted) ||
	    role_visibility(role) < role_visibility((enum role)GPOINTER_TO_INT(noted)))
		g_hash_table_insert(reader->seen, key, GINT_TO_POINTER((int)role));
}

/* Leave each recipient in one role, once. */
static void drop_repetitions(struct letter_reader *reader)
{
	GArray *parties = reader->party_list;
	struct letter_party *all = (struct letter_party *)(void *)parties->data;
	guint kept = 0;
	void *role;

	for (guint i = 0; i < parties->len; i++) {
		int64_t address = g_array_index(reader->party_addresses, int64_t, i);
		void *key = GSIZE_TO_POINTER((gsize)address);

		if (is_recipient(all[i].role, address)) {
			if (!g_hash_table_lookup_extended(reader->seen, key, NULL, &role) ||
			    GPOINTER_TO_INT(role) != (int)all[i].role)
				continue;
			g_hash_table_remove(reader->seen, key);
		}
		all[kept++] = all[i];
	}
	g_array_set_size(parties, kept);
}

static int read_parties(struct letter_reader *reader, int64_t message, struct error *err)
{
	sqlite3_stmt *row = reader->parties;
	int got;

	g_array_set_size(reader->party_list, 0);
	g_array_set_size(reader->party_addresses, 0);
	g_hash_table_remove_all(reader->seen);
	bind_number(reader->casefile, row, 1, message);
	bind_number(reader->casefile, row, 2, COPY_ROLES);
	while ((got = casefile_step(reader->casefile, row, err)) > 0) {
		int role = column_word(reader->casefile, row, 0, ROLE_COUNT, err);

		if (role < 0) {
			sqlite3_reset(row);
			return -1;
		}
		struct letter_party party = {
			.role = (enum role)role,
			.address = keep(reader, row, 2),
			.name = keep(reader, row, 3),
			.person = sqlite3_column_int64(row, 4),
		};
		int64_t address = sqlite3_column_int64(row, 1);

		g_array_append_val(reader->party_list, party);
		g_array_append_val(reader->party_addresses, address);
		note_role(reader, party.role, address);
	}
	drop_repetitions(reader);
	return got;
}

/* ---- where ---- */

const char *chain_of(const char *path, const char *disk)
{
	size_t size = strlen(disk);

	return strncmp(path, disk, size) == 0 && path[size] == '/' ? path + size + 1 : "";
}

/* Those of a place; where they are is said once all have been read. */
static int read_signatures(struct letter_reader *reader, int64_t file, struct letter_place *place,
                           struct error *err)
{
	struct casefile *casefile = reader->casefile;
	sqlite3_stmt *row = reader->signatures;
	guint before = reader->signature_list->len;
	int got;

	bind_number(casefile, row, 1, file);
	bind_number(casefile, row, 2, place->offset);
	bind_text(casefile, row, 3, place->member);
	while ((got = casefile_step(casefile, row, err)) > 0) {
		int result = column_word(casefile, row, 3, SIGNATURE_RESULT_COUNT, err);

		if (result < 0) {
			sqlite3_reset(row);
			return -1;
		}
		struct signature one = {
			.domain = keep(reader, row, 0), .selector = keep(reader, row, 1),
			.algorithm = keep(reader, row, 2), .result = (enum signature_result)result,
			.reason = keep(reader, row, 4), .key = keep(reader, row, 5),
			.flags = (unsigned)sqlite3_column_int64(row, 6),
			.signed_at = column_instant(row, 7), .expires = column_instant(row, 8),
		};

		g_array_append_val(reader->signature_list, one);
	}
	place->signature_count = reader->signature_list->len - before;
	return got;
}

static void point_to_signatures(struct letter_reader *reader)
{
	const struct signature *next = (const struct signature *)(void *)reader->signature_list->data;

	for (guint i = 0; i < reader->place_list->len; i++) {
		struct letter_place *place = &g_array_index(reader->place_list, struct letter_place, i);

		place->signatures = next;
		next += place->signature_count;
	}
}

static int read_places(struct letter_reader *reader, int64_t message, struct error *err)
{
	sqlite3_stmt *row = reader->places;
	int got;

	g_array_set_size(reader->place_list, 0);
	g_array_set_size(reader->signature_list, 0);
	bind_number(reader->casefile, row, 1, message);
	while ((got = casefile_step(reader->casefile, row, err)) > 0) {
		struct letter_place place = {
			.path = keep(reader, row, 1),
			.chain = chain_of(keep(reader, row, 0), column_text(row, 1)),
			.member = keep(reader, row, 8),
			.offset = sqlite3_column_int64(row, 2),
			.size = sqlite3_column_int64(row, 3),
			.file_size = sqlite3_column_int64(row, 4),
			.modified_ns = sqlite3_column_int64(row, 5),
			.id = keep(reader, row, 6),
		};
		int enclosure = column_word(reader->casefile, row, 9, ENCLOSURE_COUNT, err);

		int signature = column_word(reader->casefile, row, 12, SIGNED_UNCHECKED + 1, err);

		place.signature = (enum signature_status)signature;
		place.unchecked = keep(reader, row, 13);
		if (enclosure < 0 || signature < 0 ||
		    read_signatures(reader, sqlite3_column_int64(row, 11), &place, err) < 0) {
			sqlite3_reset(row);
			return -1;
		}
		place.enclosure = (enum enclosure)enclosure;
		place.outer_size = sqlite3_column_int64(row, 10);
		if (sqlite3_column_bytes(row, 7) == sizeof place.digest)
			memcpy(place.digest, sqlite3_column_blob(row, 7), sizeof place.digest);
		g_array_append_val(reader->place_list, place);
	}
	point_to_signatures(reader);
	if (got == 0 && reader->place_list->len == 0)
		return error_set(err, "%s is damaged: message %lld is nowhere",
		                 reader->casefile->path, (long long)message);
	return got;
}

static int read_labels(struct letter_reader *reader, int64_t message, struct error *err)
{
	int got;

	g_ptr_array_set_size(reader->label_list, 0);
	bind_number(reader->casefile, reader->labels, 1, message);
	while ((got = casefile_step(reader->casefile, reader->labels, err)) > 0)
		g_ptr_array_add(reader->label_list, (char *)keep(reader, reader->labels, 0));
	return got;
}

/* ---- all of it ---- */

static int read_row(struct letter_reader *reader, int64_t message, struct letter *out,
                    struct error *err)
{
	struct casefile *casefile = reader->casefile;
	sqlite3_stmt *row = reader->message;

	bind_number(casefile, row, 1, message);
	int got = casefile_step(casefile, row, err);

	if (got <= 0)
		return got < 0 ? -1 : error_set(err, "there is no message %lld in %s",
		                                (long long)message, casefile->path);
	int kind = column_word(casefile, row, 2, KIND_COUNT, err);
	int source = column_word(casefile, row, 3, DATE_SOURCE_COUNT, err);
	int verdict = column_word(casefile, row, 4, DATE_VERDICT_COUNT, err);
	int enclosure = column_word(casefile, row, 9, ENCLOSURE_COUNT, err);
	int signature = column_word(casefile, row, 10, SIGNED_UNCHECKED + 1, err);

	*out = (struct letter){
		.message = message,
		.subject = keep(reader, row, 0),
		.instant = column_instant(row, 1),
		.kind = (enum message_kind)kind,
		.enclosure = (enum enclosure)enclosure,
		.signature = (enum signature_status)signature,
		.date_source = (enum date_source)source,
		.date_verdict = (enum date_verdict)verdict,
		.sender = sqlite3_column_int64(row, 5),
		.id = keep(reader, row, 6),
		.sender_address = keep(reader, row, 7),
		.sender_name = keep(reader, row, 8),
	};
	sqlite3_reset(row);
	return kind < 0 || source < 0 || verdict < 0 || enclosure < 0 || signature < 0 ? -1 : 0;
}

int letter_read(struct letter_reader *reader, int64_t message, struct letter *out,
                struct error *err)
{
	g_string_chunk_clear(reader->strings);
	if (read_row(reader, message, out, err) < 0 || read_parties(reader, message, err) < 0 ||
	    read_places(reader, message, err) < 0 || read_labels(reader, message, err) < 0)
		return -1;
	out->labels = (const char *const *)reader->label_list->pdata;
	out->label_count = reader->label_list->len;
	out->parties = (const struct letter_party *)(void *)reader->party_list->data;
	out->party_count = reader->party_list->len;
	out->places = (const struct letter_place *)(void *)reader->place_list->data;
	out->place_count = reader->place_list->len;
	return 0;
}

/* ---- what is meant ---- */

/* Row ids of a bound statement. */
static int gather(struct letter_reader *reader, sqlite3_stmt *row, GArray *messages,
                  struct error *err)
{
	int got;

	while ((got = casefile_step(reader->casefile, row, err)) > 0) {
		int64_t message = sqlite3_column_int64(row, 0);

		g_array_append_val(messages, message);
	}
	return got;
}

/* A number from the first digit to the end; -1 if it is none. */
static int64_t number_of(const char *digits)
{
	size_t size = strspn(digits, "0123456789");

	return size > 0 && size < 19 && !digits[size] ? g_ascii_strtoll(digits, NULL, 10) : -1;
}

#define PART "/part-"

bool letter_parse_place(const char *text, size_t *path_size, int64_t *offset,
                        const char **member)
{
	const char *at = strrchr(text, '@');
	size_t digits = at ? strspn(at + 1, "0123456789") : 0;
	const char *behind = digits ? at + 1 + digits : "?";
	bool inside = g_str_has_prefix(behind, PART);

	if (digits == 0 || digits >= 19 || (*behind && !inside))
		return false;
	*path_size = (size_t)(at - text);
	*offset = g_ascii_strtoll(at + 1, NULL, 10);
	*member = inside ? behind + strlen(PART) : "";
	return true;
}

int letter_find(struct letter_reader *reader, const char *what, GArray *messages,
                struct error *err)
{
	struct casefile *casefile = reader->casefile;
	const char *member;
	int64_t row = number_of(what), offset;
	size_t size = strlen(what), path_size;
	guint before = messages->len;
	bool angles = size > 2 && what[0] == '<' && what[size - 1] == '>';

	if (row >= 0) {
		bind_number(casefile, reader->by_row, 1, row);
		if (gather(reader, reader->by_row, messages, err) < 0)
			return -1;
	}
	if (messages->len == before && letter_parse_place(what, &path_size, &offset, &member)) {
		bind_text_of(casefile, reader->by_place, 1, what, (int)path_size);
		bind_number(casefile, reader->by_place, 2, offset);
		bind_text(casefile, reader->by_place, 3, member);
		if (gather(reader, reader->by_place, messages, err) < 0)
			return -1;
	}
	if (messages->len > before)
		return 0;
	bind_text_of(casefile, reader->by_id, 1, what + angles, (int)size - 2 * angles);
	return gather(reader, reader->by_id, messages, err);
}

void letter_append_place(GString *out, const struct letter_place *place)
{
	bool inside = place->enclosure != ENCLOSURE_NONE;

	g_string_append_printf(out, "%s%s%s@%" G_GINT64_FORMAT "%s%s", place->path,
	                       *place->chain ? "/" : "", place->chain, place->offset,
	                       inside ? PART : "", inside ? place->member : "");
}
