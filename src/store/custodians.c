/* Whose mailboxes the mail comes from. */
#include "casefile_internal.h"

#include "id_map.h"

#include "epistograph/error.h"

#include <stdlib.h>
#include <string.h>

/* A place is somebody's mailbox if he has a part in so much of its mail, lists and mass
 * mail aside, more than anybody else, and if there is enough of it to tell. */
#define OWNER_SHARE 0.6
#define OWNER_MESSAGES 10

struct place {
	const char *name;               /* borrowed from by_name */
	int64_t messages, most;
	int64_t owner;
	bool tie;
	guint above;                    /* the place that it counts in, see gather_small(); 0: its own */
	int64_t parts;                  /* places that count in this one */
};

struct search {
	struct casefile *casefile;
	struct id_map persons;          /* by address */
	struct id_map files;            /* id to row of paths */
	GHashTable *by_name;            /* folder or file to its place, from 1 */
	GPtrArray *paths;               /* of files, of single messages their folders; owned */
	GArray *places;                 /* struct place */
	GHashTable *counts;             /* place << 32 | person to messages */
	GArray *here, *people;          /* of the message at hand: places, persons; int64_t */
};

static struct place *place_at(struct search *search, guint p)
{
	return &g_array_index(search->places, struct place, p);
}

static int64_t place_named(struct search *search, char *name)
{
	gpointer place = g_hash_table_lookup(search->by_name, name);
	struct place blank = { .name = name };

	if (place) {
		g_free(name);
		return GPOINTER_TO_INT(place) - 1;
	}
	g_array_append_val(search->places, blank);
	g_hash_table_insert(search->by_name, name, GINT_TO_POINTER((int)search->places->len));
	return (int64_t)search->places->len - 1;
}

/* The folder of a file; of a Maildir's the Maildir. */
static char *folder_of(const char *path)
{
	char *folder = g_path_get_dirname(path), *last = strrchr(folder, '/');

	if (last && last > folder && (!strcmp(last, "/cur") || !strcmp(last, "/new")))
		*last = '\0';
	return folder;
}

/* A file of many messages is a place; single ones are in that of their folder, and
 * so are the members of a container. */
static int load_files(struct search *search, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(search->casefile, "SELECT id, path, ifnull(form, '')"
	                                     " FROM file ORDER BY id", err);
	int got;

	if (!all)
		return -1;
	while ((got = casefile_step(search->casefile, all, err)) > 0) {
		const char *path = column_text(all, 1);
		bool single = !strcmp(column_text(all, 2), "message");

		id_map_add(&search->files, sqlite3_column_int64(all, 0), search->paths->len);
		g_ptr_array_add(search->paths, single ? folder_of(path) : g_strdup(path));
	}
	sqlite3_finalize(all);
	return got;
}

static void add_once(GArray *numbers, int64_t number)
{
	for (guint i = 0; i < numbers->len; i++)
		if (g_array_index(numbers, int64_t, i) == number)
			return;
	g_array_append_val(numbers, number);
}

static void add_place(struct search *search, int64_t file, const char *member)
{
	int64_t row = id_map_get(&search->files, file, -1);

	if (row < 0)
		return;
	const char *path = search->paths->pdata[row];
	char *folder = *member ? folder_of(member) : NULL;
	char *name = folder ? g_strconcat(path, "/", folder, NULL) : g_strdup(path);

	add_once(search->here, place_named(search, name));
	g_free(folder);
}

static void count_message(struct search *search)
{
	for (guint p = 0; p < search->here->len; p++) {
		int64_t place = g_array_index(search->here, int64_t, p);

		place_at(search, (guint)place)->messages++;
		for (guint i = 0; i < search->people->len; i++) {
			uint64_t pair = (uint64_t)place << 32 |
			                (uint64_t)g_array_index(search->people, int64_t, i);
			gpointer key = GSIZE_TO_POINTER((gsize)pair);
			gsize before = GPOINTER_TO_SIZE(g_hash_table_lookup(search->counts, key));

			g_hash_table_insert(search->counts, key, GSIZE_TO_POINTER(before + 1));
		}
	}
}

/* Three scans in the order of messages; kinds: personal, automatic; roles: From, To, Cc, Bcc,
 * Delivered-To, author. */
static const char message_scan[] = "SELECT id FROM message WHERE kind IN (0, 3) ORDER BY id";
/* Who is in a message that is attached to another says nothing of whose mailbox this is. The
 * index has no enclosure; of what is no part of a message the member is "2 of 5", or "". */
static const char origin_scan[] = "SELECT message, file, member FROM origin"
	" WHERE member = '' OR instr(member, ' ') ORDER BY message";
static const char mention_scan[] =
	"SELECT message, address FROM mention WHERE address IS NOT NULL"
	" AND role IN (0, 3, 4, 5, 10, 12) ORDER BY message, position";

/* Rows of a scan up to those of message; *left says whether it stands on one. */
static bool at_message(struct search *search, sqlite3_stmt *scan, int64_t message, int *left,
                       struct error *err)
{
	while (*left > 0 && sqlite3_column_int64(scan, 0) < message)
		*left = casefile_step(search->casefile, scan, err);
	return *left > 0 && sqlite3_column_int64(scan, 0) == message;
}

static int scan_message(struct search *search, int64_t message, sqlite3_stmt *origins,
                        int *origin_left, sqlite3_stmt *mentions, int *mention_left,
                        struct error *err)
{
	g_array_set_size(search->here, 0);
	g_array_set_size(search->people, 0);
	while (at_message(search, origins, message, origin_left, err)) {
		add_place(search, sqlite3_column_int64(origins, 1), column_text(origins, 2));
		*origin_left = casefile_step(search->casefile, origins, err);
	}
	while (at_message(search, mentions, message, mention_left, err)) {
		int64_t address = sqlite3_column_int64(mentions, 1);

		/* A mailing says little of whose mailbox it is in, and would be slow. */
		if (search->people->len < 200)
			add_once(search->people, id_map_get(&search->persons, address, address) & UINT32_MAX);
		*mention_left = casefile_step(search->casefile, mentions, err);
	}
	if (*origin_left < 0 || *mention_left < 0)
		return -1;
	count_message(search);
	return 0;
}

static int scan(struct search *search, struct error *err)
{
	sqlite3_stmt *messages = casefile_prepare(search->casefile, message_scan, err);
	sqlite3_stmt *origins = messages ? casefile_prepare(search->casefile, origin_scan, err) : NULL;
	sqlite3_stmt *mentions = origins ? casefile_prepare(search->casefile, mention_scan, err) : NULL;
	int origin_left = mentions ? casefile_step(search->casefile, origins, err) : -1;
	int mention_left = mentions ? casefile_step(search->casefile, mentions, err) : -1;
	int status = origin_left < 0 || mention_left < 0 ? -1 : 0, got = 0;

	while (status == 0 && (got = casefile_step(search->casefile, messages, err)) > 0)
		status = scan_message(search, sqlite3_column_int64(messages, 0), origins, &origin_left,
		                      mentions, &mention_left, err);
	sqlite3_finalize(messages);
	sqlite3_finalize(origins);
	sqlite3_finalize(mentions);
	return got < 0 ? -1 : status;
}

/* counts: place << 32 | person to messages. */
static void find_owners(struct search *search, GHashTable *counts)
{
	GHashTableIter iter;
	gpointer key, value;

	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		uint64_t pair = GPOINTER_TO_SIZE(key);
		struct place *place = place_at(search, (guint)(pair >> 32));
		int64_t count = (int64_t)GPOINTER_TO_SIZE(value);

		if (count < place->most)
			continue;
		place->tie = count == place->most;
		place->most = count;
		place->owner = (int64_t)(pair & UINT32_MAX);
	}
}

/* Many keep a folder a year, or one for each matter: those with too few messages to tell are
 * one place together, that of the folder they are in. */
static void gather_small(struct search *search)
{
	guint count = search->places->len;

	for (guint p = 0; p < count; p++) {
		char *folder = g_path_get_dirname(place_at(search, p)->name);

		if (place_at(search, p)->messages >= OWNER_MESSAGES || !strcmp(folder, ".")) {
			g_free(folder);
			continue;
		}
		/* No folder's own name ends so. */
		guint above = (guint)place_named(search, g_strconcat(folder, "//", NULL));

		place_at(search, above)->messages += place_at(search, p)->messages;
		place_at(search, above)->parts++;
		place_at(search, p)->above = above;
		g_free(folder);
	}
}

static void add_to(GHashTable *table, gpointer key, gsize number)
{
	g_hash_table_insert(table, key,
	                    GSIZE_TO_POINTER(GPOINTER_TO_SIZE(g_hash_table_lookup(table, key)) + number));
}

/* Whose the places of small ones are: his who has most of all and no less than anybody else
 * in each. So a superior is not the owner of his staff's folders. */
static void find_owners_of_small(struct search *search)
{
	GHashTable *sums = g_hash_table_new(g_direct_hash, g_direct_equal);
	GHashTable *firsts = g_hash_table_new(g_direct_hash, g_direct_equal);
	GHashTableIter iter;
	gpointer key, value;

	g_hash_table_iter_init(&iter, search->counts);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		uint64_t pair = GPOINTER_TO_SIZE(key);
		const struct place *small = place_at(search, (guint)(pair >> 32));
		gsize above = (gsize)small->above << 32 | (pair & UINT32_MAX);

		if (!small->above)
			continue;
		add_to(sums, GSIZE_TO_POINTER(above), GPOINTER_TO_SIZE(value));
		if ((int64_t)GPOINTER_TO_SIZE(value) == small->most)
			add_to(firsts, GSIZE_TO_POINTER(above), 1);
	}
	find_owners(search, sums);
	for (guint p = 0; p < search->places->len; p++) {
		struct place *place = place_at(search, p);
		gsize owner = (gsize)p << 32 | (gsize)place->owner;

		if (place->parts && (int64_t)GPOINTER_TO_SIZE(g_hash_table_lookup(
				firsts, GSIZE_TO_POINTER(owner))) < place->parts)
			place->most = 0;
	}
	g_hash_table_destroy(sums);
	g_hash_table_destroy(firsts);
}

static int compare_custodians(const void *left, const void *right)
{
	const struct casefile_custodian *a = left, *b = right;

	if (a->messages != b->messages)
		return a->messages > b->messages ? -1 : 1;
	return a->person < b->person ? -1 : a->person > b->person;
}

static void gather_owners(struct search *search, struct casefile_custodians *custodians)
{
	GArray *found = g_array_new(FALSE, TRUE, sizeof(struct casefile_custodian));
	GHashTable *index = g_hash_table_new(g_direct_hash, g_direct_equal);

	for (guint p = 0; p < search->places->len; p++) {
		const struct place *place = place_at(search, p);

		if (place->above)               /* it counts there */
			continue;
		custodians->messages += place->messages;
		if (place->tie || place->most < OWNER_MESSAGES ||
		    (double)place->most < OWNER_SHARE * (double)place->messages)
			continue;
		gpointer key = GSIZE_TO_POINTER((gsize)place->owner);
		gsize at = GPOINTER_TO_SIZE(g_hash_table_lookup(index, key));

		if (!at) {
			struct casefile_custodian custodian = { .person = place->owner };

			g_array_append_val(found, custodian);
			at = found->len;
			g_hash_table_insert(index, key, GSIZE_TO_POINTER(at));
		}
		struct casefile_custodian *custodian =
			&g_array_index(found, struct casefile_custodian, at - 1);

		custodian->places++;
		custodian->messages += place->messages;
		custodian->own += place->most;
		custodians->in_mailboxes += place->messages;
	}
	g_array_sort(found, compare_custodians);
	custodians->count = found->len;
	custodians->list = (struct casefile_custodian *)(void *)g_array_free(found, FALSE);
	g_hash_table_destroy(index);
}

int casefile_custodians(struct casefile *casefile, struct casefile_custodians *custodians,
                        struct error *err)
{
	struct search search = {
		.casefile = casefile,
		.by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.paths = g_ptr_array_new_with_free_func(g_free),
		.places = g_array_new(FALSE, FALSE, sizeof(struct place)),
		.counts = g_hash_table_new(g_direct_hash, g_direct_equal),
		.here = g_array_new(FALSE, FALSE, sizeof(int64_t)),
		.people = g_array_new(FALSE, FALSE, sizeof(int64_t)),
	};

	*custodians = (struct casefile_custodians){ 0 };
	id_map_init(&search.persons);
	id_map_init(&search.files);
	int status = id_map_load(&search.persons, casefile,
	                         "SELECT id, person FROM address ORDER BY id", err);

	if (status == 0)
		status = load_files(&search, err);
	if (status == 0)
		status = scan(&search, err);
	if (status == 0) {
		find_owners(&search, search.counts);
		gather_small(&search);
		find_owners_of_small(&search);
		gather_owners(&search, custodians);
	}
	id_map_clear(&search.persons);
	id_map_clear(&search.files);
	g_hash_table_destroy(search.by_name);
	g_ptr_array_unref(search.paths);
	g_array_free(search.places, TRUE);
	g_hash_table_destroy(search.counts);
	g_array_free(search.here, TRUE);
	g_array_free(search.people, TRUE);
	return status;
}
