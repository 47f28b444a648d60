/* Correspondents, each with the addresses that are one's. */
#include "casefile_internal.h"

#include "epistograph/error.h"

#include <string.h>

/* Addresses as they are gathered, ascending; strings as offsets into texts. */
struct gathered { int64_t id, person; size_t address, name; };

struct gathering {
	GArray *rows;                   /* struct gathered */
	GString *texts;
	GHashTable *members;            /* person id to how many addresses, the main one aside */
	size_t persons, others;         /* rows that are main addresses, and the rest */
};

#define ROW(gathering, i) (&g_array_index((gathering)->rows, struct gathered, (i)))

static size_t keep_text(GString *texts, const char *text)
{
	size_t offset = texts->len;

	g_string_append_len(texts, text, (gssize)strlen(text) + 1);
	return offset;
}

static gpointer key_of(int64_t id)
{
	return GSIZE_TO_POINTER((gsize)id);
}

static int gather(struct gathering *gathering, struct casefile *casefile, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile,
		"SELECT address.id, address.person, address.address, coalesce(person.name, name.name)"
		" FROM address LEFT JOIN person ON person.id = address.id"
		" LEFT JOIN name ON name.id = address.name ORDER BY address.address", err);
	int got;

	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0) {
		struct gathered row = {
			.id = sqlite3_column_int64(all, 0), .person = sqlite3_column_int64(all, 1),
			.address = keep_text(gathering->texts, column_text(all, 2)),
			.name = keep_text(gathering->texts, column_text(all, 3)),
		};

		g_array_append_val(gathering->rows, row);
		if (row.id == row.person) {
			gathering->persons++;
			continue;
		}
		size_t before = GPOINTER_TO_SIZE(g_hash_table_lookup(gathering->members,
		                                                     key_of(row.person)));

		g_hash_table_insert(gathering->members, key_of(row.person), GSIZE_TO_POINTER(before + 1));
		gathering->others++;
	}
	sqlite3_finalize(all);
	return got;
}

/* Persons with room for their addresses, of which only the main one is there. */
static void put_persons(const struct gathering *gathering, struct person *persons,
                        const char **addresses, const char *strings, GHashTable *places)
{
	size_t count = 0;

	for (guint i = 0; i < gathering->rows->len; i++) {
		const struct gathered *row = ROW(gathering, i);
		size_t members = GPOINTER_TO_SIZE(g_hash_table_lookup(gathering->members,
		                                                      key_of(row->id)));

		if (row->id != row->person)
			continue;
		struct person *person = &persons[count++];

		*person = (struct person){ .id = row->id, .address = strings + row->address,
		                           .name = strings + row->name, .address_count = 1 };
		if (!members)
			continue;
		person->addresses = addresses;
		addresses[0] = person->address;
		addresses += members + 1;
		g_hash_table_insert(places, key_of(row->id), person);
	}
}

static struct person *one_block(const struct gathering *gathering)
{
	/* Of each person with several addresses the main one takes a place, too. */
	size_t places_count = gathering->others + g_hash_table_size(gathering->members);
	size_t size = gathering->persons * sizeof(struct person) + places_count * sizeof(char *);
	struct person *persons = g_malloc(size + gathering->texts->len + 1);
	const char **addresses = (const char **)(void *)(persons + gathering->persons);
	char *strings = (char *)(addresses + places_count);
	GHashTable *places = g_hash_table_new(g_direct_hash, g_direct_equal);

	memcpy(strings, gathering->texts->str, gathering->texts->len);
	put_persons(gathering, persons, addresses, strings, places);
	for (guint i = 0; i < gathering->rows->len; i++) {
		const struct gathered *row = ROW(gathering, i);
		struct person *person = row->id == row->person
			? NULL : g_hash_table_lookup(places, key_of(row->person));

		/* What belongs to nobody that is there is left out: the file is damaged. */
		if (person)
			((const char **)(void *)person->addresses)[person->address_count++] =
				strings + row->address;
	}
	g_hash_table_destroy(places);
	return persons;
}

int casefile_persons(struct casefile *casefile, struct person **persons, size_t *count,
                     struct error *err)
{
	struct gathering gathering = {
		.rows = g_array_new(FALSE, FALSE, sizeof(struct gathered)),
		.texts = g_string_new(NULL),
		.members = g_hash_table_new(g_direct_hash, g_direct_equal),
	};
	int status = gather(&gathering, casefile, err);

	if (status == 0) {
		*count = gathering.persons;
		*persons = one_block(&gathering);
	}
	g_array_free(gathering.rows, TRUE);
	g_string_free(gathering.texts, TRUE);
	g_hash_table_destroy(gathering.members);
	return status;
}

void persons_free(struct person *persons)
{
	g_free(persons);
}
