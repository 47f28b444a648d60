/* Correspondents. For now one an address. */
#include "casefile_internal.h"

#include "epistograph/error.h"

#include <string.h>

/* Persons as they are gathered, strings as offsets, then in one block. */
struct gathered { int64_t id; size_t address, name; };

static size_t keep_text(GString *texts, const char *text)
{
	size_t offset = texts->len;

	g_string_append_len(texts, text, (gssize)strlen(text) + 1);
	return offset;
}

static struct person *one_block(const GArray *gathered, const GString *texts)
{
	size_t count = gathered->len;
	struct person *persons = g_malloc(count * sizeof *persons + texts->len + 1);
	char *strings = (char *)(persons + count);

	memcpy(strings, texts->str, texts->len);
	for (size_t i = 0; i < count; i++) {
		const struct gathered *from = &g_array_index(gathered, struct gathered, i);

		persons[i] = (struct person){
			.id = from->id,
			.address = strings + from->address,
			.name = strings + from->name,
		};
	}
	return persons;
}

int casefile_persons(struct casefile *casefile, struct person **persons, size_t *count,
                     struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile,
		"SELECT address.id, address.address, name.name FROM address"
		" LEFT JOIN name ON name.id = address.name ORDER BY address.address", err);
	int got;

	if (!all)
		return -1;
	GArray *gathered = g_array_new(FALSE, FALSE, sizeof(struct gathered));
	GString *texts = g_string_new(NULL);

	while ((got = casefile_step(casefile, all, err)) > 0) {
		struct gathered one = {
			.id = sqlite3_column_int64(all, 0),
			.address = keep_text(texts, column_text(all, 1)),
			.name = keep_text(texts, column_text(all, 2)),
		};

		g_array_append_val(gathered, one);
	}
	sqlite3_finalize(all);
	if (got == 0) {
		*count = gathered->len;
		*persons = one_block(gathered, texts);
	}
	g_array_free(gathered, TRUE);
	g_string_free(texts, TRUE);
	return got;
}

void persons_free(struct person *persons)
{
	g_free(persons);
}
