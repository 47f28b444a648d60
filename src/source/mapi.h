/* mapi.h - an item of Outlook as the header block of a message
 *
 * PST files and MSG files keep a message as properties, numbered alike (MS-OXPROPS).
 * Mail that came from outside has its header among them; what was sent, or never
 * left an organisation, has not, and a header is composed. Recipients the header
 * does not name are added to it in both cases: a Bcc stands nowhere else.
 *
 * Inside an organisation Exchange writes people as X.500 names (/o=ORG/ou=.../cn=ANN).
 * Where the item has the SMTP address too, that is taken; else, where other items of
 * the same file tell it (struct mapi_directory). */
#ifndef SOURCE_MAPI_H
#define SOURCE_MAPI_H

#include "epistograph/source.h"

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

/* The properties of an item or of one of its recipients, wherever they are kept. */
struct mapi_bag {
	void *context;
	/* UTF-8, g_free(); NULL if there is no such property. */
	char *(*text)(void *context, unsigned property);
	/* An integer, or a time in units of 100 ns since 1601 (FILETIME). */
	bool (*number)(void *context, unsigned property, int64_t *value);
};

struct mapi_item;

/* Read an item's own properties. */
struct mapi_item *mapi_item_new(const struct mapi_bag *bag);
void mapi_item_free(struct mapi_item *item);            /* NULL is fine */

/* Read a recipient's; those that are no To, Cc or Bcc are left out. */
void mapi_item_add_recipient(struct mapi_item *item, const struct mapi_bag *bag);

/* The SMTP addresses that belong to X.500 names, by what the items of a file say. */
struct mapi_directory;
struct mapi_directory *mapi_directory_new(void);
void mapi_directory_free(struct mapi_directory *directory);    /* NULL is fine */

/* Note which names the item gives with an address. */
void mapi_directory_add(struct mapi_directory *directory, const struct mapi_item *item);

/* Does an item have a name without its address? */
bool mapi_item_lacks_address(const struct mapi_item *item);

/* Give the people of an item the addresses their names have; who was seen with several
 * keeps the name. */
void mapi_item_look_up(struct mapi_item *item, const struct mapi_directory *directory);

/* NULL for a message: IPM.Note and what is derived from it, and reports on the delivery
 * of one, which are mail too. Else what it is, one and many: "contact", "contacts". */
struct mapi_kind { const char *one, *many; };
const struct mapi_kind *mapi_item_kind(const struct mapi_item *item);

/* Is it a report on the delivery of a message? */
bool mapi_item_is_report(const struct mapi_item *item);

/* Was it never sent? */
bool mapi_item_is_draft(const struct mapi_item *item);

/* The text of an item: UTF-8, g_free(); NULL if there is none but in other forms. */
char *mapi_text(const struct mapi_bag *bag);

/* Fill header, composed, record_date and size of *raw. The header is borrowed from
 * item. */
void mapi_item_compose(struct mapi_item *item, struct raw_message *raw);

#endif
