#include "account.h"

#include "command.h"

#include "epistograph/calendar.h"
#include "epistograph/casefile.h"
#include "epistograph/error.h"
#include "epistograph/export.h"
#include "epistograph/text.h"

/* When a Bcc that repeats the Cc is the archive's way: in so many messages, and in
 * nearly all. */
#define CARBONS_MIN 10
#define CARBONS_SHARE 0.9

static const char *const outcome_words[FILE_OUTCOME_COUNT] = {
	[FILE_UNFINISHED] = "not finished", [FILE_MAIL] = "mail", [FILE_EMPTY] = "empty",
	[FILE_NOT_MAIL] = "not mail", [FILE_UNREADABLE] = "unreadable",
	[FILE_SPECIAL] = "not a plain file", [FILE_REPEATED] = "reached twice by a link",
	[FILE_CONTAINER] = "containers", [FILE_UNDELIVERED] = "undelivered (Maildir's tmp)",
};

static const char *const outcome_keys[FILE_OUTCOME_COUNT] = {
	"unfinished", "mail", "empty", "not_mail", "unreadable", "special", "repeated", "container",
	"undelivered",
};

static void print_row(FILE *out, const char *label, int64_t count)
{
	fprintf(out, "  %-30s %10s\n", label, text_count(count));
}

static void print_if(FILE *out, const char *label, int64_t count)
{
	if (count)
		print_row(out, label, count);
}

static void print_dates(FILE *out, const struct casefile_account *a)
{
	char first[32], last[32];

	fputs("\nDates of the counted messages\n", out);
	print_row(out, "from Date", a->by_date_source[DATE_FROM_DATE]);
	print_if(out, "from Received", a->by_date_source[DATE_FROM_RECEIVED]);
	print_if(out, "from the mbox separator", a->by_date_source[DATE_FROM_SEPARATOR]);
	print_if(out, "from a table's column", a->by_date_source[DATE_FROM_TABLE]);
	print_if(out, "from Outlook's time of sending", a->by_date_source[DATE_FROM_SUBMIT]);
	print_if(out, "from Outlook's delivery time", a->by_date_source[DATE_FROM_DELIVERY]);
	print_if(out, "none", a->by_date_source[DATE_FROM_NOTHING]);
	print_if(out, "of these, repaired", a->by_date_verdict[DATE_REPAIRED]);
	print_if(out, "of these, not to be believed", a->by_date_verdict[DATE_IMPLAUSIBLE]);
	print_if(out, "of these, far from the rest", a->far);
	if (a->first != INSTANT_NONE)
		fprintf(out, "  from %s to %s (UTC)\n", instant_format_date(first, a->first),
		        instant_format_date(last, a->last));
}

/* Far dates (see period.h) are years away from the rest, so that a year is one or
 * the other as a whole. */
static bool is_far_year(const struct casefile_account *a, int year)
{
	return a->far && (year < civil_from_instant(a->first).year ||
	                  year > civil_from_instant(a->last).year);
}

static int print_years(FILE *out, struct casefile *casefile, const struct casefile_account *a,
                       struct error *err)
{
	struct casefile_year *years;
	size_t count;
	int64_t most = 0;

	if (casefile_years(casefile, &years, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		most = MAX(most, years[i].counted);
	for (size_t i = 0; i < count; i++) {
		fprintf(out, "  %4d %12s  ", years[i].year, text_count(years[i].counted));
		if (is_far_year(a, years[i].year)) {
			fputs("more than ten years from all other mail\n", out);
			continue;
		}
		for (int64_t bar = 0; bar < (years[i].counted * 40 + most - 1) / most; bar++)
			fputs("▪", out);
		fputc('\n', out);
	}
	g_free(years);
	return 0;
}

#define CUSTODIANS_SHOWN 10

static const struct person *person_of(const struct person *persons, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (persons[i].id == id)
			return &persons[i];
	return NULL;
}

/* Whose mailboxes these are, with the persons of the case. */
struct owners {
	struct casefile_custodians custodians;
	struct person *persons;
	size_t count;
};

static int owners_init(struct owners *owners, struct casefile *casefile, struct error *err)
{
	*owners = (struct owners){ 0 };
	if (casefile_custodians(casefile, &owners->custodians, err) < 0)
		return -1;
	return casefile_persons(casefile, &owners->persons, &owners->count, err);
}

static void owners_clear(struct owners *owners)
{
	persons_free(owners->persons);
	g_free(owners->custodians.list);
}

static void print_custodian(FILE *out, const struct casefile_custodian *custodian,
                            const struct person *person)
{
	GString *line = g_string_new("  ");
	bool named = person && *person->name;

	text_append_visible(line, named ? person->name : "");
	g_string_append(line, named ? " <" : "<");
	text_append_visible(line, person ? person->address : "");
	fprintf(out, "%s>: in %s of %s, in %s\n", line->str, text_count(custodian->own),
	        text_counted(custodian->messages, "message", "messages"),
	        text_counted(custodian->places, "folder or file", "folders and files"));
	g_string_free(line, TRUE);
}

/* Nothing if it cannot be told. */
static int print_custodians(FILE *out, struct casefile *casefile, struct error *err)
{
	struct owners owners;
	int status = owners_init(&owners, casefile, err);
	size_t count = owners.custodians.count;

	if (count && status == 0)
		fprintf(out, "\nMailboxes of %s\n", text_counted((int64_t)count, "person", "people"));
	for (size_t i = 0; status == 0 && i < count && i < CUSTODIANS_SHOWN; i++)
		print_custodian(out, &owners.custodians.list[i],
		                person_of(owners.persons, owners.count, owners.custodians.list[i].person));
	if (status == 0 && count > CUSTODIANS_SHOWN)
		fprintf(out, "  and of %s more\n", text_count((int64_t)count - CUSTODIANS_SHOWN));
	owners_clear(&owners);
	return status;
}

int account_print(FILE *out, struct casefile *casefile, const struct casefile_account *a,
                  struct error *err)
{
	fputs("Files\n", out);
	for (int i = 0; i < FILE_OUTCOME_COUNT; i++)
		if (i == FILE_MAIL || a->by_outcome[i])
			print_row(out, outcome_words[i], a->by_outcome[i]);
	print_row(out, "= files", a->files);
	print_if(out, "of these, in containers", a->members);

	fputs("\nMessages\n", out);
	print_row(out, "counted", a->counted);
	print_row(out, "duplicates", a->duplicates);
	print_if(out, "  by header and body alone", a->other_id);
	print_row(out, "rejected", a->rejected);
	print_row(out, "= found", a->found);
	print_if(out, "of the counted, inside others", a->by_enclosure[ENCLOSURE_ATTACHED]);
	print_if(out, "  returned with a report", a->by_enclosure[ENCLOSURE_RETURNED]);

	fputs("\nKinds of the counted messages\n", out);
	for (int i = 0; i < KIND_COUNT; i++)
		print_row(out, message_kind_name((enum message_kind)i), a->by_kind[i]);
	print_dates(out, a);
	if (print_years(out, casefile, a, err) < 0)
		return -1;

	fputs("\nOf note\n", out);
	print_row(out, "addresses", a->addresses);
	print_row(out, "people (alias list says why)", a->persons);
	print_if(out, "messages without a sender", a->without_sender);
	print_if(out, "messages without recipient", a->without_recipient);
	print_if(out, "messages without Message-ID", a->without_id);
	print_if(out, "labelled (show labels)", a->labelled);
	print_if(out, "same id, other content", a->same_id);
	print_if(out, "named, not here (show missing)", a->missing);
	print_if(out, "may be copies, not compared", a->uncompared);
	print_if(out, "Bcc repeats the Cc", a->bcc_is_cc);
	print_if(out, "findings (show findings)", a->notes);
	if (a->bcc_is_cc >= CARBONS_MIN && a->bcc_is_cc >= a->with_cc * CARBONS_SHARE)
		fprintf(out, "  In %s of %s with a Cc the Bcc has the same addresses: this comes from how the\n"
		        "  archive was made, they are no hidden recipients.\n", text_count(a->bcc_is_cc),
		        text_counted(a->with_cc, "message", "messages"));
	if (print_custodians(out, casefile, err) < 0)
		return -1;
	if (a->not_searched)
		fprintf(out, "  Messages inside messages (attached ones) were not looked for in %s:\n"
		        "  'read --embedded' does.\n", text_counted(a->not_searched, "file", "files"));
	if (a->unfinished)
		fputs("  A read was broken off: run it again to complete the case.\n", out);
	return 0;
}

/* "key": number pairs of an array, as an object. */
static void json_counts(FILE *out, const char *key, const int64_t *counts, int size,
                        const char *(*name)(int))
{
	fprintf(out, ",\n  \"%s\": {", key);
	for (int i = 0; i < size; i++)
		fprintf(out, "%s\"%s\": %" G_GINT64_FORMAT, i ? ", " : "", name(i), counts[i]);
	fputc('}', out);
}

static int json_custodians(FILE *out, struct casefile *casefile, struct error *err)
{
	struct owners owners;
	int status = owners_init(&owners, casefile, err);

	fputs(",\n  \"mailboxes_of\": [", out);
	for (size_t i = 0; status == 0 && i < owners.custodians.count; i++) {
		const struct casefile_custodian *custodian = &owners.custodians.list[i];
		const struct person *person = person_of(owners.persons, owners.count, custodian->person);

		fputs(i ? ",\n    {\"address\": " : "\n    {\"address\": ", out);
		json_string(out, person ? person->address : "");
		fprintf(out, ", \"places\": %" G_GINT64_FORMAT ", \"messages\": %" G_GINT64_FORMAT
		        ", \"own\": %" G_GINT64_FORMAT "}", custodian->places, custodian->messages,
		        custodian->own);
	}
	fputc(']', out);
	owners_clear(&owners);
	return status;
}

static const char *outcome_key(int i) { return outcome_keys[i]; }
static const char *kind_key(int i) { return message_kind_name((enum message_kind)i); }
static const char *source_key(int i) { return date_source_name((enum date_source)i); }
static const char *enclosure_key(int i) { return enclosure_name((enum enclosure)i); }
static const char *verdict_key(int i) { return date_verdict_name((enum date_verdict)i); }

int account_print_json(FILE *out, struct casefile *casefile, const struct casefile_account *a,
                       struct error *err)
{
	struct casefile_year *years;
	size_t count;
	char first[32], last[32];

	if (casefile_years(casefile, &years, &count, err) < 0)
		return -1;
	const struct { const char *key; int64_t value; } rows[] = {
		{ "files", a->files }, { "files_in_containers", a->members },
		{ "found", a->found }, { "counted", a->counted },
		{ "duplicates", a->duplicates }, { "rejected", a->rejected },
		{ "addresses", a->addresses }, { "persons", a->persons },
		{ "without_sender", a->without_sender },
		{ "without_recipient", a->without_recipient }, { "without_id", a->without_id },
		{ "same_id", a->same_id }, { "missing", a->missing }, { "findings", a->notes },
		{ "labelled", a->labelled }, { "other_id", a->other_id },
		{ "uncompared", a->uncompared }, { "with_cc", a->with_cc },
		{ "bcc_repeats_cc", a->bcc_is_cc }, { "far_dates", a->far },
		{ "files_without_embedded", a->not_searched },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		fprintf(out, "%s\"%s\": %" G_GINT64_FORMAT, i ? ",\n  " : "{\n  ", rows[i].key, rows[i].value);
	json_counts(out, "files_by_outcome", a->by_outcome, FILE_OUTCOME_COUNT, outcome_key);
	json_counts(out, "by_kind", a->by_kind, KIND_COUNT, kind_key);
	json_counts(out, "by_date_source", a->by_date_source, DATE_SOURCE_COUNT, source_key);
	json_counts(out, "by_date_verdict", a->by_date_verdict, DATE_VERDICT_COUNT, verdict_key);
	json_counts(out, "by_enclosure", a->by_enclosure, ENCLOSURE_COUNT, enclosure_key);
	fputs(",\n  \"by_year\": {", out);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s\"%d\": %" G_GINT64_FORMAT, i ? ", " : "", years[i].year, years[i].counted);
	fputc('}', out);
	g_free(years);
	if (json_custodians(out, casefile, err) < 0)
		return -1;
	fprintf(out, ",\n  \"first\": \"%s\", \"last\": \"%s\",\n  \"unfinished\": %s\n}\n",
	        instant_format(first, a->first), instant_format(last, a->last),
	        a->unfinished ? "true" : "false");
	return 0;
}

int account_no_mail(const struct casefile_account *account, struct error *err)
{
	if (!account->files)
		return error_set(err, "no mail was found: there are no files");
	GString *text = g_string_new(NULL);
	for (int i = 0; i < FILE_OUTCOME_COUNT; i++)
		if (account->by_outcome[i])
			g_string_append_printf(text, "%s%s %s", text->len ? ", " : "",
			                       text_count(account->by_outcome[i]), outcome_words[i]);
	error_set(err, "no mail was found in %s: %s ('epistograph show files' names them)",
	          text_counted(account->files, "file", "files"), text->str);
	g_string_free(text, TRUE);
	return -1;
}

int account_status(const struct casefile_account *account)
{
	return account->rejected || account->by_outcome[FILE_UNREADABLE] ? STATUS_REJECTED
	                                                                  : STATUS_DONE;
}
