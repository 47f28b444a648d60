#include "command.h"
#include "letters.h"
#include "lists.h"
#include "selection.h"

#include "epistograph/alias.h"
#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/outfile.h"
#include "epistograph/path.h"
#include "epistograph/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WIDTH 160                       /* of text, where there is no terminal to ask */

enum subject { SUBJECT_LIST, SUBJECT_MESSAGE, SUBJECT_PERSON, SUBJECT_EDGE, SUBJECT_DATE };

/* What to show, and how. */
struct showing {
	enum subject subject;
	enum casefile_list list;
	const char *const *names;       /* the operands behind the subject */
	enum table_format format;
	bool raw, quiet;
	const char *path;               /* of the output */
	struct selection *selection;
};

/* The messages found. */
struct found {
	GArray *messages;               /* int64_t */
	int64_t beyond;                 /* more of them are of other kinds or mailings */
	struct who first, second;       /* the person; sender and recipient of an edge */
	char *place;                    /* of the copy that was asked for; NULL if none was */
};

/* ---- which messages ---- */

struct dated { int64_t instant, message; };

/* Without a date last. */
static int compare_dated(const void *left, const void *right)
{
	const struct dated *a = left, *b = right;
	bool undated = a->instant == INSTANT_NONE;

	if (undated != (b->instant == INSTANT_NONE))
		return undated ? 1 : -1;
	if (a->instant != b->instant)
		return a->instant < b->instant ? -1 : 1;
	return (a->message > b->message) - (a->message < b->message);
}

static bool is_recipient(const struct who *who, const struct correspondence *message,
                         bool oneself)
{
	for (size_t i = 0; i < message->recipient_count; i++) {
		int64_t person = message->recipients[i].person;

		if (who_is(who, person) && (oneself || person != message->sender))
			return true;
	}
	return false;
}

static bool is_meant(enum subject subject, const struct found *found,
                     const struct correspondence *message)
{
	/* What somebody sent to himself is on an edge only if that was asked for. */
	bool oneself = found->first.count == 1 && found->second.count == 1;

	if (subject == SUBJECT_PERSON)
		return who_is(&found->first, message->sender) ||
		       is_recipient(&found->first, message, true);
	return subject == SUBJECT_DATE || (who_is(&found->first, message->sender) &&
	                                   is_recipient(&found->second, message, oneself));
}

struct collecting {
	enum subject subject;
	const struct found *found;      /* who is meant */
	GArray *dated;                  /* struct dated */
};

static void add_if_meant(void *context, const struct correspondence *message)
{
	const struct collecting *collecting = context;
	struct dated one = { message->instant, message->message };

	if (is_meant(collecting->subject, collecting->found, message))
		g_array_append_val(collecting->dated, one);
}

/* All that pass the filter and are meant, by time. */
static int collect(struct casefile *casefile, const struct filter *filter, enum subject subject,
                   const struct found *found, GArray *dated, struct error *err)
{
	struct collecting collecting = { subject, found, dated };

	if (casefile_query_walk(casefile, filter, add_if_meant, &collecting, NULL, err) < 0)
		return -1;
	if (dated->len > 1)
		qsort(dated->data, dated->len, sizeof(struct dated), compare_dated);
	return 0;
}

static int find_who(struct casefile *casefile, const struct selection *selection,
                    const char *name, struct who *who, struct error *err)
{
	return casefile_find_persons(casefile, selection_normal_person(selection, name),
	                             &who->persons, &who->count, err);
}

/* Messages of a person, an edge or a period. */
static int find_by_filter(struct casefile *casefile, const struct showing *showing,
                          struct found *found, struct error *err)
{
	const struct selection *selection = showing->selection;
	struct filter filter = selection->filter, wide = filter;
	GArray *dated = g_array_new(FALSE, FALSE, sizeof(struct dated));
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct dated));
	enum subject subject = showing->subject;
	int status = 0;

	wide.kinds = 0;
	wide.max_recipients = 0;
	if (subject != SUBJECT_DATE)
		status = find_who(casefile, selection, showing->names[0], &found->first, err);
	if (subject == SUBJECT_EDGE && status == 0)
		status = find_who(casefile, selection, showing->names[1], &found->second, err);
	if (status == 0)
		status = collect(casefile, &filter, subject, found, dated, err);
	if (status == 0 && (filter.kinds != KINDS_ALL || filter.max_recipients))
		status = collect(casefile, &wide, subject, found, all, err);
	for (guint i = 0; i < dated->len; i++)
		g_array_append_val(found->messages, g_array_index(dated, struct dated, i).message);
	found->beyond = all->len > dated->len ? all->len - dated->len : 0;
	g_array_free(all, TRUE);
	g_array_free(dated, TRUE);
	return status;
}

/* "mail/a.mbox@1834" as the case file has it, of a path seen from here. NULL if it is no
 * place. g_free() */
static char *seen_from_case(const char *what, const char *case_path)
{
	size_t path_size;
	int64_t offset;
	const char *member;

	if (!letter_parse_place(what, &path_size, &offset, &member))
		return NULL;
	char *path = g_strndup(what, path_size), *folder = path_folder_of(case_path);
	char *seen = path_from(folder, path), *place = g_strconcat(seen, what + path_size, NULL);

	g_free(seen);
	g_free(folder);
	g_free(path);
	return place;
}

static int find_message(struct letter_reader *reader, const struct showing *showing,
                        struct found *found, struct error *err)
{
	const char *what = showing->names[0], *case_path = showing->selection->case_path;

	if (letter_find(reader, what, found->messages, err) < 0)
		return -1;
	if (found->messages->len) {
		found->place = g_strdup(what);
		return 0;
	}
	found->place = seen_from_case(what, case_path);
	if (found->place && letter_find(reader, found->place, found->messages, err) < 0)
		return -1;
	if (found->messages->len)
		return 0;
	return error_set(err, "there is no message '%s' in %s: a message is named by its number, its "
	                 "Message-ID or its place, as in mail/a.mbox@1834", what, case_path);
}

/* ---- printing ---- */

/* What the rows are, below text, else on standard error. */
static void print_sum(FILE *out, const struct showing *showing, const struct found *found)
{
	char *words = selection_words(showing->selection);
	char *folder = g_path_get_dirname(showing->selection->case_path);

	fprintf(out, "\n%s (%s). Places are seen from the case file's folder (%s).\n",
	        text_counted(found->messages->len, "message", "messages"), words, folder);
	if (found->beyond)
		fprintf(out, "Left out: %s of other kinds or to more recipients; --kind all "
		        "--max-recipients 0 shows all.\n", text_count(found->beyond));
	g_free(folder);
	g_free(words);
}

/* The copy that was asked for by its place; NULL if it was asked for otherwise. */
static const struct letter_place *asked_place(const struct letter *letter, const char *place)
{
	const struct letter_place *asked = NULL;

	for (size_t i = 0; i < letter->place_count && !asked; i++) {
		GString *text = g_string_new(NULL);

		letter_append_place(text, &letter->places[i]);
		if (!strcmp(text->str, place))
			asked = &letter->places[i];
		g_string_free(text, TRUE);
	}
	return asked;
}

static int write_one(FILE *out, struct letter_reader *reader, const struct showing *showing,
                     const struct found *found, struct error *err)
{
	struct letter letter;

	if (found->messages->len > 1)
		return error_set(err, "%u messages have the Message-ID %s: take one by its number or its "
		                 "place, which 'show message' tells without --raw", found->messages->len,
		                 showing->names[0]);
	if (letter_read(reader, g_array_index(found->messages, int64_t, 0), &letter, err) < 0)
		return -1;
	return letters_write_raw(out, &letter, asked_place(&letter, found->place),
	                         showing->selection->case_path, err);
}

static int print_found(FILE *out, struct letter_reader *reader, const struct showing *showing,
                       const struct found *found, struct error *err)
{
	const char *case_path = showing->selection->case_path;
	bool message = showing->subject == SUBJECT_MESSAGE;
	const struct who *who = showing->subject == SUBJECT_PERSON ? &found->first : NULL;
	int columns = strcmp(showing->path, "-") ? 0 : command_terminal_columns();

	if (showing->raw)
		return message ? write_one(out, reader, showing, found, err)
		               : letters_write_mbox(out, reader, found->messages, case_path, err);
	if (message && showing->format == TABLE_AS_TEXT)
		return letters_print_cards(out, reader, found->messages, err);
	if (letters_print(out, reader, found->messages, who, showing->format,
	                  columns ? columns : WIDTH, err) < 0)
		return -1;
	if (!showing->quiet && !message)
		print_sum(showing->format == TABLE_AS_TEXT ? out : stderr, showing, found);
	return 0;
}

static int show_messages(FILE *out, struct casefile *casefile, const struct showing *showing,
                         struct error *err)
{
	struct found found = { .messages = g_array_new(FALSE, FALSE, sizeof(int64_t)) };
	struct letter_reader *reader = letter_reader_new(casefile, err);
	int status = -1;

	if (reader)
		status = showing->subject == SUBJECT_MESSAGE
		         ? find_message(reader, showing, &found, err)
		         : find_by_filter(casefile, showing, &found, err);
	if (status == 0)
		status = print_found(out, reader, showing, &found, err);
	letter_reader_free(reader);
	g_free(found.first.persons);
	g_free(found.second.persons);
	g_free(found.place);
	g_array_free(found.messages, TRUE);
	return status;
}

/* Those that --person names. */
static int find_persons(struct casefile *casefile, const struct selection *selection,
                        struct who *who, struct error *err)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(int64_t));
	const char *const *names = selection->filter.persons;
	int status = 0;

	for (size_t i = 0; names && names[i] && status == 0; i++) {
		struct who one = { 0 };

		status = find_who(casefile, selection, names[i], &one, err);
		g_array_append_vals(all, one.persons, (guint)one.count);
		g_free(one.persons);
	}
	who->count = all->len;
	who->persons = (int64_t *)(void *)g_array_free(all, FALSE);
	return status;
}

static int show_list(FILE *out, struct casefile *casefile, const struct showing *showing,
                     struct error *err)
{
	struct who who = { 0 };
	int status = find_persons(casefile, showing->selection, &who, err);

	if (status == 0)
		status = list_print(out, casefile, showing->list, who.count ? &who : NULL,
		                    showing->format, -1, err) < 0 ? -1 : 0;
	g_free(who.persons);
	return status;
}

static int run(const struct showing *showing, struct error *err)
{
	struct casefile *casefile = casefile_open(showing->selection->case_path, CASEFILE_READ, err);
	struct alias_list aliases = { 0 };
	struct outfile *file = NULL;
	int shown, status = STATUS_FAILED;

	if (casefile && selection_try_aliases(showing->selection, casefile, &aliases, err) == 0)
		file = outfile_open(showing->path, err);
	if (!file)
		goto close_case;
	if (showing->subject == SUBJECT_LIST)
		shown = show_list(outfile_stream(file), casefile, showing, err);
	else
		shown = show_messages(outfile_stream(file), casefile, showing, err);
	if (shown < 0)
		outfile_discard(file);
	else if (outfile_commit(file, err) == 0)
		status = STATUS_DONE;
close_case:
	alias_list_clear(&aliases);
	casefile_close(casefile);
	return status;
}

/* ---- what was asked for ---- */

static const struct { const char *name; guint least, most; const char *usage; } subjects[] = {
	[SUBJECT_MESSAGE] = { "message", 1, 1, "a message: its number, Message-ID, or FILE@OFFSET[/part-N]" },
	[SUBJECT_PERSON] = { "person", 1, 1, "a person: an address or an exact name" },
	[SUBJECT_EDGE] = { "edge", 2, 2, "two persons: sender and recipient" },
	[SUBJECT_DATE] = { "date", 0, 1, "a date: 2016, 2016-Q3, 2016-07 or 2016-07-14" },
};

static int parse_subject(struct showing *showing, GPtrArray *operands, struct error *err)
{
	const char *name = operands->len ? operands->pdata[0] : "";
	int list = list_from_name(name);

	g_ptr_array_add(operands, NULL);
	showing->names = (const char *const *)operands->pdata + 1;
	if (list >= 0 && operands->len == 2) {
		showing->subject = SUBJECT_LIST;
		showing->list = (enum casefile_list)list;
		return 0;
	}
	for (size_t i = SUBJECT_MESSAGE; i < G_N_ELEMENTS(subjects); i++) {
		if (strcmp(subjects[i].name, name))
			continue;
		guint given = operands->len - 2;

		showing->subject = (enum subject)i;
		return given >= subjects[i].least && given <= subjects[i].most
		       ? 0 : error_set(err, "show %s needs %s", name, subjects[i].usage);
	}
	return error_set(err, "say what to show: message, person, edge, date, files, rejected, "
	                 "findings, duplicates, labels or missing");
}

/* The same mail as the mark has that one comes from: a timeline shows all of it. */
static void set_defaults(const struct showing *showing)
{
	struct selection *selection = showing->selection;

	if (showing->subject == SUBJECT_DATE) {
		selection->filter.kinds = KINDS_ALL;
		selection->filter.max_recipients = 0;
	}
}

/* What the operands add to the options. */
static int take_operands(const struct showing *showing, struct error *err)
{
	struct selection *selection = showing->selection;
	const char *name = showing->names[0];

	if (showing->subject != SUBJECT_DATE)
		return 0;
	if (name && (selection->since || selection->until))
		return error_set(err, "show date takes a date, or --since and --until, not both");
	if (!name && !selection->since && !selection->until)
		return error_set(err, "show date needs %s, or --since and --until",
		                 subjects[SUBJECT_DATE].usage);
	if (name)
		selection->since = selection->until = name;
	return 0;
}

static int check(const struct showing *showing, bool csv, bool json, struct error *err)
{
	if (csv + json + showing->raw > 1)
		return error_set(err, "--csv, --json and --raw exclude each other");
	if (showing->subject == SUBJECT_LIST && showing->raw)
		return error_set(err, "--raw shows messages, not lists");
	bool missing = showing->subject == SUBJECT_LIST && showing->list == LIST_MISSING;

	if (showing->subject <= SUBJECT_MESSAGE &&
	    (missing ? selection_chooses_by_more : selection_chooses)(showing->selection))
		return error_set(err, "--since, --kind and the like choose among the messages of a person, "
		                 "an edge or a date%s", missing ? "; --person among the missing" : "");
	if (showing->raw && !strcmp(showing->path, "-") && isatty(STDOUT_FILENO))
		return error_set(err, "raw mail may hold what acts on a terminal: use -o FILE, or a pipe");
	return 0;
}

int command_show(const struct command *self, int argc, char **argv, struct error *err)
{
	bool csv = false, json = false;
	struct selection selection;
	struct common common;
	struct showing showing = { .path = "-", .selection = &selection };
	const struct option_spec own[] = {
		{ "csv", 0, OPTION_FLAG, &csv, NULL, "as CSV" },
		{ "json", 0, OPTION_FLAG, &json, NULL, "as JSON" },
		{ "raw", 0, OPTION_FLAG, &showing.raw, NULL, "of a message the bytes themselves, taken from its file again; of a person, an edge or a date a mailbox (mboxrd)" },
		{ "output", 'o', OPTION_TEXT, &showing.path, "FILE", "into a file" },
		{ .name = NULL },
	};
	GPtrArray *operands = g_ptr_array_new();
	int status = STATUS_USAGE;

	selection_init(&selection, KINDS_RANKED, false);
	selection_only_messages(&selection);
	common_init(&common);
	const struct option_spec *const tables[] = { own, selection.specs, common.specs, NULL };
	int parsed = command_parse(self, argc, argv, &common, tables, operands, err);

	showing.format = csv ? TABLE_AS_CSV : json ? TABLE_AS_JSON : TABLE_AS_TEXT;
	showing.quiet = common.quiet;
	if (parsed == 0)
		status = STATUS_DONE;
	else if (parsed > 0 && parse_subject(&showing, operands, err) == 0 &&
	         check(&showing, csv, json, err) == 0 && take_operands(&showing, err) == 0) {
		set_defaults(&showing);
		if (selection_resolve(&selection, err) == 0)
			status = run(&showing, err);
	}
	selection_clear(&selection);
	g_ptr_array_unref(operands);
	return status;
}
