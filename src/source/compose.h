/* compose.h - a header block made of the fields of a record that is not mail
 *
 * A row of a table or an item of Outlook has no header block. One is written for
 * it, so that one parser reads everything. No value can end a field or begin
 * another: text_clean() leaves no line break and no control character. Values are
 * UTF-8 as RFC 6532 has it, not folded. */
#ifndef SOURCE_COMPOSE_H
#define SOURCE_COMPOSE_H

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* Append "name: value", or nothing where value holds nothing but blanks. value is
 * size bytes of UTF-8; what is malformed becomes U+FFFD. */
void compose_field(GString *out, const char *name, const char *value, size_t size);

/* Append one id in angle brackets, in its own or in given ones. */
void compose_id(GString *out, const char *name, const char *value, size_t size);

/* Append a mailbox to a list, the value of an address field still to be composed.
 * Each of name and address is terminated UTF-8, or "" if there is none. An X.500
 * name is an address too. What an address cannot hold is written as in a mailto:
 * link (RFC 6068), so that it stays one address. */
void compose_mailbox(GString *list, const char *name, const char *address);

/* A name that has to serve as an address because its record has nothing else:
 * "Smith, John" <Smith%2C%20John>. */
void compose_named(GString *list, const char *name);

/* Append "Date: Sun, 03 Apr 2016 10:22:33 -0000", the sender's clock being
 * unknown. instant: seconds UTC; nothing for INSTANT_NONE. */
void compose_date(GString *out, int64_t instant);

#endif
