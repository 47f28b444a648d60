/* header.h - the fields of a header block, found without copying anything */
#ifndef EPISTOGRAPH_MESSAGE_HEADER_H
#define EPISTOGRAPH_MESSAGE_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* Some bytes of somebody else's. */
struct slice {
	const char *at;
	size_t size;
};

/* The fields this room reads. The address fields come first and in the order
 * of enum role, so that one is the other. */
enum field_id {
	FIELD_FROM, FIELD_SENDER, FIELD_REPLY_TO,
	FIELD_TO, FIELD_CC, FIELD_BCC,
	FIELD_RESENT_FROM, FIELD_RESENT_TO, FIELD_RESENT_CC, FIELD_RESENT_BCC,
	FIELD_DELIVERED_TO,
	FIELD_DATE, FIELD_RECEIVED,
	FIELD_MESSAGE_ID, FIELD_IN_REPLY_TO, FIELD_REFERENCES,
	FIELD_SUBJECT, FIELD_LIST_ID,
	FIELD_ORIGINAL_FROM, FIELD_ORIGINAL_SENDER, FIELD_X_FROM,
	FIELD_GMAIL_LABELS, FIELD_GMAIL_THREAD,
	FIELD_OTHER
};

struct field {
	enum field_id id;
	struct slice name;              /* as found, without the blanks before the colon */
	struct slice value;             /* as found, folds and all, without blanks at its ends */
};

/* Walks a header block: for (header_reader_init(...); header_next(...); ). */
struct header_reader {
	const char *at, *end;
	char line_end;                  /* '\n', or '\r' in a block that has no '\n' */
};

void header_reader_init(struct header_reader *reader, const uint8_t *bytes, size_t size);

/* The next field; false at the blank line or the end. Lines that are no field
 * ("From " and ">From " separators, garbage) are passed over with their
 * continuation lines. */
bool header_next(struct header_reader *reader, struct field *field);

/* A set of names that are looked up once a header field: comparing ignores case. */
struct name_index;
struct name_index *name_index_new(const char *const *names, int count); /* names are borrowed */
void name_index_free(struct name_index *index);
int name_index_find(const struct name_index *index, const char *name, size_t size); /* or -1 */

/* Which field a name means, FIELD_OTHER if none of ours. */
enum field_id field_find(const char *name, size_t size);

bool slice_equals(struct slice slice, const char *text);        /* ignoring ASCII case */
bool slice_starts(struct slice slice, const char *text);
bool slice_contains(struct slice slice, const char *text);
static inline bool is_blank(char c)
{
	return c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}

/* Without white space at both ends. */
static inline struct slice slice_trim(struct slice slice)
{
	while (slice.size && is_blank(slice.at[0]))
		slice.at++, slice.size--;
	while (slice.size && is_blank(slice.at[slice.size - 1]))
		slice.size--;
	return slice;
}

static inline bool slice_has_blank(struct slice slice)
{
	for (size_t i = 0; i < slice.size; i++)
		if (is_blank(slice.at[i]))
			return true;
	return false;
}

#endif
