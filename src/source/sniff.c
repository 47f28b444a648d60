/* sniff.c - what a file is, by its first bytes */
#include "sniff.h"

#include "emlx.h"
#include "fields.h"
#include "lines.h"

#include "epistograph/error.h"

#include <glib.h>

#include <string.h>

/* Files that people keep beside mail, so that the report can name them. */
static const struct {
	const char *magic;
	size_t size;
	const char *name;
} known_formats[] = {
	{ "!BDN", 4, "an Outlook mail folder (PST or OST)" },
	{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "an OLE file (Outlook MSG, old Office)" },
	{ "x\x9f>\x22", 4, "a TNEF attachment (winmail.dat)" },
	{ "SQLite format 3", 15, "an SQLite database" },
	{ "%PDF-", 5, "a PDF document" },
	{ "\xff\xd8\xff", 3, "a JPEG picture" },
	{ "\x89PNG", 4, "a PNG picture" },
	{ "GIF8", 4, "a GIF picture" },
	{ "\x7f" "ELF", 4, "a program" },
	{ "#!", 2, "a script" },
	{ "{\\rtf", 5, "an RTF document" },
	{ "// <!-- <mdb:mork", 17, "an index of Thunderbird's (.msf)" },
	{ "PACK", 4, "part of a git repository, which can be read only as a folder on disk" },
	{ "# v2 git bundle", 15, "a git bundle: clone it, and read the repository" },
	{ "# v3 git bundle", 15, "a git bundle: clone it, and read the repository" },
	{ "<?xml", 5, "an XML document" },
	{ "BEGIN:VCARD", 11, "a vCard" },
	{ "BEGIN:VCALENDAR", 15, "a calendar" },
	{ "\xff\xfe", 2, "text in UTF-16" },
	{ "\xfe\xff", 2, "text in UTF-16" },
};

static const char *name_format(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known_formats); i++)
		if (size >= known_formats[i].size &&
		    memcmp(bytes, known_formats[i].magic, known_formats[i].size) == 0)
			return known_formats[i].name;
	return "no header fields at its begin";
}

/* Is there nothing but white space in the whole file? 1, 0 or -1 with *err. */
static int file_is_white(struct window *window, struct error *err)
{
	int64_t at = 0;

	for (;;) {
		if (window_hold(window, at, WINDOW_HEAD, err) < 0)
			return -1;
		size_t left = window_left(window, at);
		if (!bytes_are_blank(window_at(window, at), left))
			return 0;
		at += (int64_t)left;
		if (window_ended(window))
			return 1;
	}
}

/* Old Macintosh files end their lines in CR alone. They are read as if it were
 * LF, so that nothing behind the window has to know. */
static void settle_line_ends(struct window *window)
{
	if (memchr(window->bytes, '\n', window->fill) != NULL ||
	    memchr(window->bytes, '\r', window->fill) == NULL)
		return;
	window->lone_cr = true;
	for (size_t i = 0; i < window->fill; i++)
		if (window->bytes[i] == '\r')
			window->bytes[i] = '\n';
}

static enum source_form sniff(const struct window *window, bool mail, struct sniffed *sniffed)
{
	struct emlx emlx;

	if (mbox_find_first(window, false, &sniffed->first))
		return SOURCE_MBOX;
	if (emlx_find(window->bytes, window->fill, &emlx))
		return SOURCE_EMLX;
	if (mail)
		return SOURCE_MESSAGE;
	if (mbox_find_first(window, true, &sniffed->first))
		return SOURCE_MBOX;
	return SOURCE_NOT_MAIL;
}

/* The head has been held, and is blank. */
static int sniff_blank(struct window *window, struct sniffed *sniffed, struct error *err)
{
	int white = file_is_white(window, err);

	if (white < 0)
		return -1;
	sniffed->form = white ? SOURCE_EMPTY : SOURCE_NOT_MAIL;
	return error_at(err, window->path, -1,
	                white ? "empty" : "not mail: begins with white space only");
}

int sniff_window(struct window *window, const struct source_options *options,
                 struct sniffed *sniffed, struct error *err)
{
	*sniffed = (struct sniffed){ .form = SOURCE_UNREADABLE };
	if (window_hold(window, 0, WINDOW_HEAD, err) < 0)
		return -1;
	if (bytes_are_blank(window->bytes, window->fill))
		return sniff_blank(window, sniffed, err);
	bool mail = header_is_mail(window->bytes, window->fill);
	sniffed->container = container_form_of(window->bytes, MIN(window->fill, WINDOW_HEAD), mail,
	                                       options);
	if (sniffed->container != NULL) {
		sniffed->form = SOURCE_CONTAINER;
		return 0;
	}
	settle_line_ends(window);
	if (window->lone_cr)            /* only now it has lines */
		mail = header_is_mail(window->bytes, window->fill);
	sniffed->form = sniff(window, mail, sniffed);
	if (sniffed->form != SOURCE_NOT_MAIL)
		return 0;
	return error_at(err, window->path, -1, "not mail: %s",
	                name_format(window->bytes, window->fill));
}

int sniff_open(struct window *window, const char *path, struct sniffed *sniffed,
               struct error *err)
{
	*sniffed = (struct sniffed){ .form = SOURCE_UNREADABLE };
	if (window_open(window, path, NULL, err) < 0)
		return -1;
	if (sniff_window(window, NULL, sniffed, err) == 0 && sniffed->form != SOURCE_CONTAINER)
		return 0;
	if (sniffed->form == SOURCE_CONTAINER)
		error_at(err, path, -1, "a container");
	window_close(window);
	return -1;
}
