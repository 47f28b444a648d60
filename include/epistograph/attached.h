/* attached.h - messages inside a message: attached to it, or come back with a report
 *
 * Parts of type message/rfc822, message/global and message/news, the parts of a
 * multipart/digest that name no type, and the header alone of a message that a report
 * of delivery has as text/rfc822-headers. A part in base64 or quoted-printable, which
 * no standard allows for messages but programs write, is decoded.
 *
 * A message inside is known by the number of its part (RFC 3501 6.4.5): "2.1" is the
 * first part of the message that is the second part. */
#ifndef EPISTOGRAPH_ATTACHED_H
#define EPISTOGRAPH_ATTACHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raw_message;

/* What was met in a message that goes beyond a bound. Bits. */
enum attached_fault {
	ATTACHED_DEEP    = 1 << 0,      /* parts in each other beyond ATTACHED_DEPTH_MAX */
	ATTACHED_MANY    = 1 << 1,      /* more parts or messages than are looked at */
	ATTACHED_EMPTY   = 1 << 2,      /* an attached message without any header field */
	ATTACHED_UNREAD  = 1 << 3,      /* for the caller: its bytes could not be had */
};
#define ATTACHED_FAULTS 4

/* Real mail has some ten; each costs a look at every line that begins with "--". */
#define ATTACHED_DEPTH_MAX 100
#define ATTACHED_PARTS_MAX 100000
#define ATTACHED_MESSAGES_MAX 10000

/* The i-th fault as a stable word and as a sentence. */
const char *attached_fault_name(int i);
const char *attached_fault_text(int i);

/* Could a message with this header hold others? */
bool attached_possible(const uint8_t *header, size_t size);

/* Goes through the bytes of one message after the other, forwards; its memory is that of the
 * headers found. Safe against any bytes. */
struct attached_reader;
struct attached_reader *attached_reader_new(void);
void attached_reader_free(struct attached_reader *reader);     /* NULL is fine */

/* Begin with a message, add its bytes from the header on, end it. part: the number of a
 * message in it whose bytes are wanted, or NULL. */
void attached_begin(struct attached_reader *reader, const char *part);
void attached_add(struct attached_reader *reader, const uint8_t *bytes, size_t size);
void attached_end(struct attached_reader *reader);

/* Once it is ended: the i-th message inside, in the order of numbers. Fills member,
 * enclosure, size, header and header_size of *raw, which are borrowed until the next
 * attached_begin(); false if there are not so many. */
bool attached_get(const struct attached_reader *reader, size_t i, struct raw_message *raw);
unsigned attached_faults(const struct attached_reader *reader);

/* Of the message that is wanted: is its header complete? Then as attached_get(), with size -1
 * until it has ended. */
bool attached_wanted(const struct attached_reader *reader, struct raw_message *raw);

/* Its bytes that came since the last call; NULL if there are none. Borrowed until the next
 * call to reader. Before the first one its header can be left out, once that is complete. */
const uint8_t *attached_take(struct attached_reader *reader, size_t *size);
void attached_skip_header(struct attached_reader *reader);

#endif
