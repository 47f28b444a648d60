/* fields.h - does this look like the header of a message?
 *
 * Nothing is decoded here: names and layout only, to tell mail from other files
 * and separator lines from text. */
#ifndef SOURCE_FIELDS_H
#define SOURCE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a line could be, judged by its field name. */
enum field_kind {
	FIELD_NONE,             /* not "name: value" */
	FIELD_PLAUSIBLE,        /* an unknown name, laid out as a field */
	FIELD_KNOWN,            /* a field of mail that people type, too: From, Subject, Date */
	FIELD_MACHINE,          /* a field of mail that only programs write: Received, Message-ID */
};

/* A header block, as far as it was looked at. */
struct header_look {
	size_t fields;          /* lines that begin a field */
	size_t broken;          /* lines that neither begin nor continue one */
	size_t known;           /* of fields: FIELD_KNOWN and FIELD_MACHINE */
	size_t machine;         /* of fields: FIELD_MACHINE */
	unsigned points;        /* how much speaks for mail and nothing else, see fields.c */
	unsigned tidy_points;   /* of points: before the first broken line */
	bool from, date;
	bool capitals;          /* a known field begins with a capital letter */
	bool foreign;           /* the header of something else, such as HTTP */
	enum field_kind first;  /* what the first line is */
};

/* Look at the lines from bytes on: up to a blank line, to the end, until enough
 * has been seen, `lines` of them, or more than `broken` of them are broken. */
void header_look(const uint8_t *bytes, size_t size, size_t lines, size_t broken,
                 struct header_look *look);

/* Size of what stands before the first field though it belongs to none: a byte
 * order mark, blank lines, "From " and ">From " lines, a few broken lines, which
 * set *junk. 0 if no field follows. */
size_t header_lead(const uint8_t *bytes, size_t size, bool *junk);

/* Is this the header of a message? */
bool header_is_mail(const uint8_t *bytes, size_t size);

#endif
