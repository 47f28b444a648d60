/* Texts that are stored once each, and the keys by which messages are known. */
#include "casefile_internal.h"

#include "epistograph/error.h"

#include <string.h>

static int check_id(struct casefile *casefile, int64_t id, struct error *err)
{
	if (id <= (int64_t)KEY_ID_MAX)
		return 0;
	return error_set(err, "%s is full: 2,147,483,647 rows of a kind are the most", casefile->path);
}

int intern_get(struct casefile *casefile, struct intern *intern, const char *text, int64_t *id,
               struct error *err)
{
	uint32_t hash = key_hash_text(text);

	*id = id_cache_get(&intern->ids, text, hash);
	if (*id)
		return 0;
	sqlite3_stmt *find = casefile_statement(casefile, intern->find, err);

	if (!find)
		return -1;
	bind_text(casefile, find, 1, text);
	int got = casefile_step(casefile, find, err);

	if (got < 0)
		return -1;
	if (got > 0) {
		*id = sqlite3_column_int64(find, 0);
		sqlite3_reset(find);
	} else {
		sqlite3_stmt *insert = casefile_statement(casefile, intern->insert, err);

		if (!insert || check_id(casefile, intern->next, err) < 0)
			return -1;
		*id = intern->next;
		bind_number(casefile, insert, 1, *id);
		bind_text(casefile, insert, 2, text);
		if (casefile_run(casefile, insert, err) < 0)
			return -1;
		intern->next++;
	}
	id_cache_put(&intern->ids, text, hash, *id);
	return 0;
}

uint32_t message_key_hash(int64_t identifier, const uint8_t digest[16])
{
	uint8_t key[24];

	memcpy(key, &identifier, 8);
	memcpy(key + 8, digest, 16);
	return key_hash(key, sizeof key);
}

/* Only the first of those who share a key is kept: of a key that very many have the
 * slots would lie in one long row. */
void copy_key_note(struct casefile *casefile, const uint8_t key[16], int64_t message)
{
	uint32_t hash = key_hash(key, 16);
	size_t probe = SIZE_MAX;
	int64_t first = key_index_find(&casefile->copy_keys, hash, &probe);

	if (!first) {
		key_index_add(&casefile->copy_keys, hash, (uint32_t)message);
		return;
	}
	g_array_append_val(casefile->suspects, first);
	g_array_append_val(casefile->suspects, message);
}

/* Nothing is held back yet when the keys are read: before the first message. */
static int load_identifiers(struct casefile *casefile, struct error *err)
{
	sqlite3_stmt *all = casefile_compile(casefile, "SELECT id, message_id FROM identifier", err);
	int got = -1;

	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0)
		key_index_add(&casefile->identifiers, key_hash_text(column_text(all, 1)),
		              (uint32_t)sqlite3_column_int64(all, 0));
	sqlite3_finalize(all);
	return got;
}

static int load_messages(struct casefile *casefile, struct error *err)
{
	sqlite3_stmt *all = casefile_compile(casefile, "SELECT id, identifier, digest, copy_key"
	                                     " FROM message", err);
	int got = -1;

	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0) {
		const uint8_t *digest = sqlite3_column_blob(all, 2);

		if (!digest || sqlite3_column_bytes(all, 2) != 16) {
			got = error_set(err, "%s is damaged: a digest has not 16 bytes", casefile->path);
			break;
		}
		key_index_add(&casefile->messages, message_key_hash(sqlite3_column_int64(all, 1), digest),
		              (uint32_t)sqlite3_column_int64(all, 0));
		if (sqlite3_column_bytes(all, 3) == 16)
			copy_key_note(casefile, sqlite3_column_blob(all, 3), sqlite3_column_int64(all, 0));
	}
	sqlite3_finalize(all);
	return got;
}

int casefile_load_keys(struct casefile *casefile, struct error *err)
{
	if (casefile->keys_loaded)
		return 0;
	key_index_clear(&casefile->messages);
	key_index_clear(&casefile->identifiers);
	key_index_clear(&casefile->copy_keys);
	g_array_set_size(casefile->suspects, 0);
	id_cache_clear(&casefile->recent);
	if (load_identifiers(casefile, err) < 0 || load_messages(casefile, err) < 0)
		return -1;
	casefile->keys_loaded = true;
	return 0;
}

int identifier_find(struct casefile *casefile, const char *message_id, uint32_t hash,
                    int64_t *id, struct error *err)
{
	*id = id_cache_get(&casefile->recent, message_id, hash);
	if (*id)
		return 0;
	uint32_t suspect;
	size_t probe = SIZE_MAX;

	while ((suspect = key_index_find(&casefile->identifiers, hash, &probe))) {
		sqlite3_stmt *get = casefile_statement_on(casefile, IDENTIFIER_GET, suspect, err);

		if (!get)
			return -1;
		bind_number(casefile, get, 1, suspect);
		int got = casefile_step(casefile, get, err);

		if (got < 0)
			return -1;
		bool same = got > 0 && strcmp(column_text(get, 0), message_id) == 0;

		sqlite3_reset(get);
		if (same) {
			*id = suspect;
			id_cache_put(&casefile->recent, message_id, hash, *id);
			return 0;
		}
	}
	return 0;
}

int identifier_add(struct casefile *casefile, const char *message_id, uint32_t hash,
                   int64_t message, int64_t *id, struct error *err)
{
	if (check_id(casefile, casefile->next_identifier, err) < 0)
		return -1;
	*id = casefile->next_identifier++;
	struct held_rows *row = held_begin(casefile, ROWS_OF_IDENTIFIER, *id);

	hold_text(row, message_id);
	hold_id(row, message);
	if (held_end(casefile, ROWS_OF_IDENTIFIER, err) < 0)
		return -1;
	key_index_add(&casefile->identifiers, hash, (uint32_t)*id);
	id_cache_put(&casefile->recent, message_id, hash, *id);
	return 0;
}

int identifier_get(struct casefile *casefile, const char *message_id, int64_t *id,
                   struct error *err)
{
	uint32_t hash = key_hash_text(message_id);

	if (identifier_find(casefile, message_id, hash, id, err) < 0)
		return -1;
	return *id ? 0 : identifier_add(casefile, message_id, hash, 0, id, err);
}
