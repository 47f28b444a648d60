/* signed_form.h - a message in the form in which it was signed: whole lines, fields, a body */
#ifndef EPISTOGRAPH_MESSAGE_SIGNED_FORM_H
#define EPISTOGRAPH_MESSAGE_SIGNED_FORM_H

#include "header.h"

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

/* All lines end in CR LF; borrowed from the form, or from what it was unquoted into. */
struct signed_body {
	const uint8_t *bytes;
	size_t size;
	bool unquoted;
};

struct signed_form {
	GByteArray *whole;              /* the message, all lines with CR LF */
	GArray *fields;                 /* struct slice: whole fields in that, without their line end */
	int present[FIELD_OTHER + 1];   /* how many there are of each kind */
	int signatures;                 /* how many are DKIM-Signature */
};
void signed_form_init(struct signed_form *form);
void signed_form_clear(struct signed_form *form);

/* Take a message apart, whose lines may end in LF, in CR LF, or all in CR as on an old
 * Macintosh. Lines of the header that are no field are left out. */
void signed_form_read(struct signed_form *form, const uint8_t *bytes, size_t size,
                      struct signed_body *body);

/* A body in a mailbox has one ">" more before "From " behind any number of ">" at the begin of a
 * line. Put it into bytes without: *unquoted is borrowed from these. False if there is no
 * such line. */
bool signed_body_unquote(const struct signed_body *body, GByteArray *bytes,
                         struct signed_body *unquoted);

/* Its bytes in canonical form, relaxed or simple (RFC 6376, 3.4.3 and 3.4.4), without the empty
 * lines at its end. */
int64_t signed_body_size(const struct signed_body *body, bool relaxed);

/* t= of a DKIM-Signature field, seconds UTC; INSTANT_NONE if it has none, or for another field. */
int64_t signed_field_instant(const struct slice *field);

#endif
