/* make_archive.c - write a mail archive of a campaign's shape, and the truth about it
 *
 * DIR/mail  gets the mail: N messages on disk, one in five a copy of another.
 * DIR/truth gets what a perfect reader would find in it, as CSV (see truth_write).
 *
 * People sit in planted groups, dense within and thin between. Everything
 * random comes from one seeded generator; neither clock nor host matters, so
 * that the same options give the same bytes. */
#include "archive/archive.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* One file of tests/demo is one program to the Makefile, so its modules come in here. */
#include "archive/cast.c"
#include "archive/chance.c"
#include "archive/dates.c"
#include "archive/mailbox.c"
#include "archive/oddities.c"
#include "archive/plan.c"
#include "archive/render.c"
#include "archive/truth.c"

static const char usage[] =
	"usage: make_archive [--messages N] [--seed S] [--attachments BYTES_MEAN]\n"
	"                    [--format mixed|eml|mbox] DIR\n"
	"Writes mail to DIR/mail and the truth about it to DIR/truth.\n";

static bool number_of(const char *text, int64_t most, int64_t *value)
{
	return text && g_ascii_string_to_signed(text, 10, 0, most, value, NULL);
}

static bool options_read(int argc, char **argv, struct archive *a)
{
	int64_t n = 0;
	int i = 1;

	for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
		const char *value = argv[i + 1];
		if (strcmp(argv[i], "--messages") == 0 && number_of(value, 5000000, &n))
			a->messages = (int)n;
		else if (strcmp(argv[i], "--seed") == 0 && number_of(value, G_MAXINT64, &n))
			a->seed = (uint64_t)n;
		else if (strcmp(argv[i], "--attachments") == 0 && number_of(value, 100000000, &n))
			a->attachment_mean = n;
		else if (strcmp(argv[i], "--format") == 0 && strcmp(value, "mixed") == 0)
			a->format = MIXED;
		else if (strcmp(argv[i], "--format") == 0 && strcmp(value, "eml") == 0)
			a->format = EML;
		else if (strcmp(argv[i], "--format") == 0 && strcmp(value, "mbox") == 0)
			a->format = MBOX;
		else
			return false;
	}
	a->dir = argv[i];
	return i == argc - 1 && argv[i][0] != '-';
}

/* Mail of an earlier run among the new would make the truth untrue. */
static void refuse_existing(const struct archive *a)
{
	char *mail = g_build_filename(a->dir, "mail", NULL);

	if (access(mail, F_OK) == 0) {
		errno = EEXIST;
		die(mail);
	}
	g_free(mail);
}

static void archive_clear(struct archive *a)
{
	for (guint i = 0; i < a->people->len; i++)
		g_free(PERSON(a, i)->name);
	for (guint i = 0; i < a->addresses->len; i++) {
		g_free(ADDRESS(a, i)->text);
		g_free(ADDRESS(a, i)->name);
		g_free(ADDRESS(a, i)->wire);
	}
	for (guint i = 0; i < a->letters->len; i++)
		g_free(LETTER(a, i)->subject_text);
	for (guint i = 0; i < a->origins->len; i++)
		g_free(g_array_index(a->origins, struct origin, i).path);
	for (int p = 0; p < PLACES; p++)
		g_free(a->places[p].folder);
	for (size_t i = 0; i < ROWS(a->mboxes); i++)
		g_free(a->mboxes[i].path);
	g_array_free(a->people, TRUE);
	g_array_free(a->addresses, TRUE);
	g_array_free(a->targets, TRUE);
	g_array_free(a->letters, TRUE);
	g_array_free(a->origins, TRUE);
	g_string_free(a->doubts, TRUE);
}

int main(int argc, char **argv)
{
	struct archive a = { .seed = 1, .messages = 2000, .attachment_mean = 4000 };

	if (!options_read(argc, argv, &a)) {
		fputs(usage, stderr);
		return 2;
	}
	refuse_existing(&a);
	a.people = g_array_new(FALSE, TRUE, sizeof(struct person));
	a.addresses = g_array_new(FALSE, TRUE, sizeof(struct address));
	a.targets = g_array_new(FALSE, TRUE, sizeof(struct target));
	a.letters = g_array_new(FALSE, TRUE, sizeof(struct letter));
	a.origins = g_array_new(FALSE, TRUE, sizeof(struct origin));
	a.doubts = g_string_new(NULL);
	cast_build(&a);
	plan_letters(&a);
	plan_oddities(&a);
	plan_places(&a);
	mail_write(&a);
	truth_write(&a);
	archive_clear(&a);
	return 0;
}
