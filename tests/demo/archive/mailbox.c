/* mailbox.c - copies of letters on disk: Maildir, mbox, one file a message */
#include "archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const char *const doubt_names[] = { "", "no-blank-line", "odd-separator", "passed-over" };

void die(const char *what)
{
	fprintf(stderr, "make_archive: %s: %s\n", what, strerror(errno));
	exit(3);
}

FILE *file_create(const struct archive *a, const char *path)
{
	char *full = g_build_filename(a->dir, path, NULL);
	FILE *file = fopen(full, "wb");

	if (!file && errno == ENOENT) {
		char *folder = g_path_get_dirname(full);
		if (g_mkdir_with_parents(folder, 0777) < 0)
			die(folder);
		g_free(folder);
		file = fopen(full, "wb");
	}
	if (!file)
		die(full);
	g_free(full);
	return file;
}

void file_finish(FILE *file, const char *path)
{
	bool failed = ferror(file) != 0;

	if (fclose(file) != 0 || failed)
		die(path);
}

static void write_crlf(FILE *file, const GString *text)
{
	const char *line = text->str, *end = text->str + text->len, *newline;

	for (; line < end && (newline = memchr(line, '\n', (size_t)(end - line)));
	     line = newline + 1) {
		fwrite(line, 1, (size_t)(newline - line), file);
		fwrite("\r\n", 1, 2, file);
	}
}

static void doubt_note(struct archive *a, const struct mbox *mbox, enum separator separator)
{
	g_string_append_printf(a->doubts, "%s,%" G_GINT64_FORMAT ",%s\n", mbox->path, mbox->offset,
	                       doubt_names[separator]);
}

/* Header and body into an mbox, lines like separators escaped (mboxrd) unless
 * this is the letter that tries the reader with them. */
static void mbox_write_text(struct archive *a, struct mbox *mbox, const GString *text, bool escape)
{
	const char *line = text->str, *end = text->str + text->len, *newline;

	for (; line < end && (newline = memchr(line, '\n', (size_t)(end - line)));
	     line = newline + 1) {
		size_t size = (size_t)(newline + 1 - line), quotes = strspn(line, ">");
		if (strncmp(line + quotes, "From ", 5) == 0) {
			if (escape) {
				fputc('>', mbox->stream);
				mbox->offset++;
			} else if (strncmp(line, NEAR_SEPARATOR, strlen(NEAR_SEPARATOR)) == 0) {
				doubt_note(a, mbox, SEPARATOR_IN_TEXT);
			}
		}
		fwrite(line, 1, size, mbox->stream);
		mbox->offset += (int64_t)size;
	}
}

/* Append a message; returns the offset of its separator. The blank line that
 * belongs before a separator is written with it. */
static int64_t mbox_write(struct archive *a, struct mbox *mbox, const struct letter *letter,
                          const GString *text)
{
	GString *separator = g_string_new("From ");

	if (letter->separator != SEPARATOR_BARE) {
		g_string_append_printf(separator, "%s ", ADDRESS(a, letter->sender)->wire);
		date_append(separator, DATE_ASCTIME_UTC, letter->sent, 0);
	}
	if (mbox->offset > 0 && letter->separator != SEPARATOR_UNBLANKED) {
		fputc('\n', mbox->stream);
		mbox->offset++;
	}
	int64_t begin = mbox->offset;
	if (letter->separator == SEPARATOR_BARE ||
	    (letter->separator == SEPARATOR_UNBLANKED && begin > 0))
		doubt_note(a, mbox, letter->separator);
	fprintf(mbox->stream, "%s\n", separator->str);
	mbox->offset += (int64_t)separator->len + 1;
	mbox_write_text(a, mbox, text, letter->separator != SEPARATOR_IN_TEXT);
	g_string_free(separator, TRUE);
	return begin;
}

static char *copy_path(const struct archive *a, const struct letter *letter, int index, int place)
{
	const struct place *where = &a->places[place];

	if (where->form == FORM_MAILDIR && index % 11 == 3)
		return g_strdup_printf("%s/new/%" G_GINT64_FORMAT ".M%06dP7.demo", where->folder,
		                       letter->sent, index);
	if (where->form == FORM_MAILDIR)
		return g_strdup_printf("%s/cur/%" G_GINT64_FORMAT ".M%06dP7.demo:2,%s",
		                       where->folder, letter->sent, index, index % 5 ? "S" : "RS");
	return g_strdup_printf("%s/%d/%06d.eml", where->folder,
	                       civil_of(letter->sent).tm_year + 1900, index);
}

static void copy_write(struct archive *a, int index, int place, bool converted, const GString *text)
{
	const struct letter *letter = LETTER(a, index);
	const struct place *where = &a->places[place];
	struct origin origin = { .letter = index, .place = place, .converted = converted };

	if (where->form == FORM_MBOX) {
		struct mbox *mbox = &a->mboxes[where->mbox];
		origin.path = g_strdup(mbox->path);
		origin.offset = mbox_write(a, mbox, letter, text);
	} else {
		origin.path = copy_path(a, letter, index, place);
		FILE *file = file_create(a, origin.path);
		if (where->form == FORM_EML_CRLF)
			write_crlf(file, text);
		else
			fwrite(text->str, 1, text->len, file);
		file_finish(file, origin.path);
	}
	g_array_append_val(a->origins, origin);
}

static char *place_path(const struct archive *a, int index, int place)
{
	const struct place *where = &a->places[place];

	return where->form == FORM_MBOX ? g_strdup(a->mboxes[where->mbox].path)
	                                : copy_path(a, LETTER(a, index), index, place);
}

/* The place of the copy that a converter made; -1 if there is none. It is the last by
 * path, and in another file than the first: which of the two is counted is then sure. */
static int converted_place(const struct archive *a, int index)
{
	int last = -1, copies = 0;
	char *path = NULL;

	for (int p = 0; p < PLACES && LETTER(a, index)->converted; p++) {
		if (!(LETTER(a, index)->places >> p & 1))
			continue;
		char *own = place_path(a, index, p);
		bool later = !path || strcmp(own, path) > 0;

		copies += !path || strcmp(own, path) != 0;
		last = later ? p : last;
		if (later) {
			g_free(path);
			path = own;
		} else {
			g_free(own);
		}
	}
	g_free(path);
	return copies > 1 ? last : -1;
}

static void places_build(struct archive *a)
{
	static const enum place_form mixed[] = { FORM_MAILDIR, FORM_MBOX,     FORM_EML,
		                                 FORM_EML,     FORM_EML_CRLF, FORM_EML };
	for (int p = 0; p < PLACES; p++) {
		struct place *place = &a->places[p];
		bool journal = p == JOURNAL;
		place->owner = journal ? -1 : PERSON(a, custodian_person(a, p / 2))->addresses[0];
		place->sent = !journal && p % 2;
		place->form = a->format == MBOX ? FORM_MBOX
		            : a->format == EML || journal ? FORM_EML : mixed[p / 2];
		place->mbox = a->format == MBOX ? 0 : p % 2;
		char *user = journal ? g_strdup("journal")
		                     : g_strndup(ADDRESS(a, place->owner)->wire,
		                                 strcspn(ADDRESS(a, place->owner)->wire, "@"));
		place->folder = g_strdup_printf("mail/%s%s", user, journal ? ""
		                : place->form == FORM_MAILDIR ? (place->sent ? "/.Sent" : "")
		                : place->sent ? "/sent" : "/inbox");
		if (place->form == FORM_MBOX && !a->mboxes[place->mbox].stream) {
			struct mbox *mbox = &a->mboxes[place->mbox];
			mbox->path = a->format == MBOX ? g_strdup("mail/archive.mbox")
			                               : g_strdup_printf("%s.mbox", place->folder);
			mbox->stream = file_create(a, mbox->path);
		}
		g_free(user);
	}
}

/* Files a reader must name and leave alone. */
const struct other_file other_files[] = {
	{ "mail/README.txt", "not-mail", "Mailboxes as handed over. Do not edit.\n", 39 },
	{ "mail/journal/logo.png", "not-mail",
	  "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\2\0\0\0", 29 },
	{ "mail/journal/Thumbs.db", "not-mail", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0From \0",
	  18 },
	{ "mail/journal/vide.eml", "empty", "", 0 },
	{ "mail/journal/blanc.eml", "empty", "\n\n  \n", 5 },
	{ NULL, NULL, NULL, 0 },
};

static void others_write(const struct archive *a)
{
	for (int i = 0; other_files[i].path; i++) {
		FILE *file = file_create(a, other_files[i].path);
		fwrite(other_files[i].bytes, 1, other_files[i].size, file);
		file_finish(file, other_files[i].path);
	}
	char *link = g_build_filename(a->dir, "mail/zz-raccourci.txt", NULL);
	if (symlink("README.txt", link) < 0 && errno != EEXIST)
		die(link);
	g_free(link);
	if (a->places[0].form != FORM_MAILDIR)
		return;
	char *path = g_strdup_printf("%s/tmp/1490000000.M1P7.demo", a->places[0].folder);
	FILE *file = file_create(a, path);      /* a delivery broken off: no reader counts it */
	fputs("From: personne@campagne.example\nSubject: inach", file);
	file_finish(file, path);
	g_free(path);
}

void mail_write(struct archive *a)
{
	struct rendering r = { g_string_new(NULL), g_string_new(NULL), g_string_new(NULL),
		               g_string_new(NULL) };

	places_build(a);
	for (int i = 0; i < (int)a->letters->len; i++) {
		int converted = converted_place(a, i);
		letter_render(a, i, &r);
		for (int p = 0; p < PLACES; p++)
			if (LETTER(a, i)->places >> p & 1) {
				copy_render(a, i, p, p == converted, &r);
				copy_write(a, i, p, p == converted, r.copy);
			}
	}
	for (size_t i = 0; i < ROWS(a->mboxes); i++)
		if (a->mboxes[i].stream)
			file_finish(a->mboxes[i].stream, a->mboxes[i].path);
	others_write(a);
	g_string_free(r.common, TRUE);
	g_string_free(r.bcc, TRUE);
	g_string_free(r.content, TRUE);
	g_string_free(r.copy, TRUE);
}
