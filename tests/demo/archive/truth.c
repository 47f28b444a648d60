/* truth.c - what a perfect reader finds, as CSV */
#include "archive.h"

#include <string.h>

static const char *const kind_names[] = { "personal", "list", "bulk", "automatic" };
static const char *const position_names[] = { "chief", "bridge", "member", "periphery",
	                                      "outsider" };
static const char *const defect_names[] = { "", "iso", "dotted", "asctime", "unreadable", "absent",
                                            "1970", "1980", "future" };

/* What the headers allow to know of the date. */
struct reading { bool dated, offset_known; int64_t instant; const char *source, *verdict; };

static struct reading letter_reading(const struct archive *a, int index)
{
	const struct letter *letter = LETTER(a, index);
	int place = __builtin_ctz(letter->places);
	bool delivered = !a->places[place].sent;
	bool in_mbox = a->places[place].form == FORM_MBOX && letter->separator != SEPARATOR_BARE;

	if (letter->defect == DATE_UNREADABLE || letter->defect == DATE_ABSENT) {
		if (delivered)
			return (struct reading){ true, false,
				                 received_instant(a, index, place, true),
				                 "Received", "replaced" };
		if (in_mbox)
			return (struct reading){ true, false, letter->sent, "separator",
				                 "replaced" };
		return (struct reading){ false, false, 0, "none", "missing" };
	}
	return (struct reading){ true, true, claimed_instant(letter), "Date",
	                         letter->defect >= DATE_1970 ? "implausible"
	                         : letter->defect ? "repaired" : "good" };
}

static int visible_targets(const struct archive *a, const struct letter *letter)
{
	int count = 0;

	for (int i = 0; i < letter->target_count; i++)
		count += target_is_visible(letter, TARGET(a, letter, i));
	return count;
}

static void csv_text(FILE *out, const char *text)
{
	bool quote = strpbrk(text, ",\"\n") != NULL;

	fputs(quote ? "\"" : "", out);
	for (const char *p = text; *p; p++)
		fprintf(out, *p == '"' ? "\"\"" : "%c", *p);
	fputs(quote ? "\"" : "", out);
}

static void csv_instant(FILE *out, int64_t instant)
{
	GString *text = g_string_new(NULL);

	date_append(text, "%Y-%m-%dT%TZ", instant, 0);
	fputs(text->str, out);
	g_string_free(text, TRUE);
}

static void csv_id(const struct archive *a, FILE *out, int index)
{
	GString *id = g_string_new(NULL);

	id_append(a, id, LETTER(a, index));
	csv_text(out, id->str);
	g_string_free(id, TRUE);
}

static void csv_origin_id(const struct archive *a, FILE *out, const struct origin *origin)
{
	GString *id = g_string_new(NULL);

	if (origin->converted)
		converted_id_append(id, origin->letter);
	else
		id_append(a, id, LETTER(a, origin->letter));
	csv_text(out, id->str);
	g_string_free(id, TRUE);
}

static void csv_place(FILE *out, const struct origin *origin)
{
	fputc(',', out);
	csv_text(out, origin->path);    /* a Maildir's names have commas */
	fprintf(out, ",%" G_GINT64_FORMAT, origin->offset);
}

static void truth_people(const struct archive *a)
{
	FILE *people = file_create(a, "truth/people.csv"),
	     *addresses = file_create(a, "truth/addresses.csv");
	FILE *groups = file_create(a, "truth/groups.csv");

	fputs("person,name,addresses,group,position\n", people);
	for (int i = 0; i < (int)a->people->len; i++) {
		const struct person *person = PERSON(a, i);
		fprintf(people, "%d,", i);
		csv_text(people, person->name);
		for (int k = 0; k < person->address_count; k++)
			fprintf(people, "%c%s", k ? ';' : ',',
			        ADDRESS(a, person->addresses[k])->text);
		fprintf(people, ",%s,%s\n",
		        person->group < 0 ? "" : group_specs[person->group].name,
		        position_names[person->position]);
	}
	fputs("address,name,person,group,mentioned\n", addresses);
	for (int i = 0; i < (int)a->addresses->len; i++) {
		const struct address *address = ADDRESS(a, i);
		fprintf(addresses, "%s,", address->text);
		csv_text(addresses, address->name);
		fprintf(addresses, address->person < 0 ? ",," : ",%d,", address->person);
		fprintf(addresses, "%s,%d\n",
		        address->group < 0 ? "" : group_specs[address->group].name,
		        address->mentioned);
	}
	fputs("group,people,list\n", groups);
	for (int g = 0; g < GROUPS; g++)
		fprintf(groups, "%s,%d,%s\n", group_specs[g].name,
		        a->group_first[g + 1] - a->group_first[g],
		        group_specs[g].list ? group_specs[g].list : "");
	file_finish(people, "people.csv");
	file_finish(addresses, "addresses.csv");
	file_finish(groups, "groups.csv");
}

static void truth_messages(const struct archive *a)
{
	FILE *out = file_create(a, "truth/messages.csv"),
	     *bad = file_create(a, "truth/bad_dates.csv");

	fputs("message,message_id,kind,sender,recipients,instant,utc_offset_s,date_source,date_"
	      "verdict,"
	      "sent,in_reply_to,list_id,subject\n",
	      out);
	fputs("message,message_id,defect,sent,instant,date_source,date_verdict\n", bad);
	for (int i = 0; i < (int)a->letters->len; i++) {
		const struct letter *letter = LETTER(a, i);
		struct reading reading = letter_reading(a, i);
		fprintf(out, "%d,", i);
		csv_id(a, out, i);
		fprintf(out, ",%s,%s,%d,", kind_names[letter->kind],
		        letter->no_from ? "" : ADDRESS(a, letter->sender)->text,
		        visible_targets(a, letter));
		if (reading.dated)
			csv_instant(out, reading.instant);
		fprintf(out, reading.offset_known ? ",%d," : ",,", claimed_offset_s(letter));
		fprintf(out, "%s,%s,", reading.source, reading.verdict);
		csv_instant(out, letter->sent);
		fputc(',', out);
		if (letter->action == 'R')
			csv_id(a, out, letter->parent);
		fprintf(out, ",%s,", letter->list < 0 ? "" : group_specs[letter->list].list_id);
		csv_text(out, letter->subject_text);
		fputc('\n', out);
		if (!letter->defect)
			continue;
		fprintf(bad, "%d,", i);
		csv_id(a, bad, i);
		fprintf(bad, ",%s,", defect_names[letter->defect]);
		csv_instant(bad, letter->sent);
		fputc(',', bad);
		if (reading.dated)
			csv_instant(bad, reading.instant);
		fprintf(bad, ",%s,%s\n", reading.source, reading.verdict);
	}
	file_finish(out, "messages.csv");
	file_finish(bad, "bad_dates.csv");
}

static int compare_origins(const void *left, const void *right)
{
	const struct origin *l = left, *r = right;
	int paths = strcmp(l->path, r->path);

	if (l->letter != r->letter)
		return l->letter - r->letter;
	return paths ? paths : (l->offset > r->offset) - (l->offset < r->offset);
}

/* Where every message is; the first by path and offset is the one to count, the
 * others are its duplicates. */
static void truth_origins(const struct archive *a)
{
	FILE *out = file_create(a, "truth/origins.csv"),
	     *again = file_create(a, "truth/duplicates.csv");
	const struct origin *first = NULL;

	g_array_sort(a->origins, compare_origins);
	fputs("message,message_id,path,offset,copy\n", out);
	fputs("message,message_id,path,offset,first_path,first_offset,converted\n", again);
	for (guint i = 0; i < a->origins->len; i++) {
		const struct origin *origin = &g_array_index(a->origins, struct origin, i);
		static const char *const copies[] = { "delivered", "sent", "journal" };
		bool repeated = first && first->letter == origin->letter;
		fprintf(out, "%d,", origin->letter);
		csv_origin_id(a, out, origin);
		csv_place(out, origin);
		fprintf(out, ",%s\n", copies[origin->place == JOURNAL ? 2 : origin->place % 2]);
		if (!repeated) {
			first = origin;
			continue;
		}
		fprintf(again, "%d,", origin->letter);
		csv_origin_id(a, again, origin);
		csv_place(again, origin);
		csv_place(again, first);
		fprintf(again, ",%d\n", origin->converted);
	}
	file_finish(out, "origins.csv");
	file_finish(again, "duplicates.csv");
}

struct tie { const char *from, *to, *bond; int all, roles[ROLES]; };

static int compare_ties(const void *left, const void *right)
{
	const struct tie *l = *(struct tie *const *)left, *r = *(struct tie *const *)right;
	int from = strcmp(l->from, r->from);

	return from ? from : strcmp(l->to, r->to);
}

static void ties_add(const struct archive *a, GHashTable *ties, const struct letter *letter)
{
	for (int i = 0; !letter->no_from && i < letter->target_count; i++) {
		const struct target *target = TARGET(a, letter, i);
		const struct address *from = ADDRESS(a, letter->sender),
		                     *to = ADDRESS(a, target->address);
		if (!target_is_visible(letter, target) || from == to)
			continue;
		gint64 key = (gint64)letter->sender << 32 | target->address;
		struct tie *tie = g_hash_table_lookup(ties, &key);
		if (!tie) {
			tie = g_new0(struct tie, 1);
			tie->from = from->text;
			tie->to = to->text;
			tie->bond = from->group < 0 || to->group < 0 ? "outside"
			          : from->group == to->group ? "within" : "between";
			g_hash_table_insert(ties, g_memdup2(&key, sizeof key), tie);
		}
		tie->all++;
		if (letter->kind <= LIST)
			tie->roles[target->role]++;
	}
}

/* The network: messages counts personal and list mail, all_messages every kind. */
static void truth_ties(const struct archive *a)
{
	GHashTable *ties = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	FILE *out = file_create(a, "truth/ties.csv");

	for (int i = 0; i < (int)a->letters->len; i++)
		ties_add(a, ties, LETTER(a, i));
	GPtrArray *sorted = g_ptr_array_new();
	GHashTableIter iter;
	gpointer value;
	g_hash_table_iter_init(&iter, ties);
	while (g_hash_table_iter_next(&iter, NULL, &value))
		g_ptr_array_add(sorted, value);
	g_ptr_array_sort(sorted, compare_ties);
	fputs("from,to,messages,to_count,cc_count,bcc_count,all_messages,bond\n", out);
	for (guint i = 0; i < sorted->len; i++) {
		const struct tie *tie = sorted->pdata[i];
		const int *n = tie->roles;
		fprintf(out, "%s,%s,%d,%d,%d,%d,%d,%s\n", tie->from, tie->to,
		        n[TO] + n[CC] + n[BCC], n[TO], n[CC], n[BCC], tie->all, tie->bond);
	}
	file_finish(out, "ties.csv");
	g_ptr_array_free(sorted, TRUE);
	g_hash_table_destroy(ties);
}

/* A counter by name, in the order of first use. */
struct tally { const char *name; int64_t count; };

static void tally_add(GArray *tallies, const char *name, int64_t count)
{
	for (guint i = 0; i < tallies->len; i++)
		if (strcmp(g_array_index(tallies, struct tally, i).name, name) == 0) {
			g_array_index(tallies, struct tally, i).count += count;
			return;
		}
	struct tally tally = { name, count };
	g_array_append_val(tallies, tally);
}

static void tally_letters(const struct archive *a, GArray *tallies)
{
	static const char *const zeros[] = { "personal",   "list",           "bulk",
		                             "automatic",  "Date",           "Received",
		                             "separator",  "none",           "good",
		                             "repaired",   "replaced",       "implausible",
		                             "missing",    "without_sender", "without_recipient",
		                             "without_id", "same_id" };

	for (size_t i = 0; i < ROWS(zeros); i++)
		tally_add(tallies, zeros[i], 0);
	for (int i = 0; i < (int)a->letters->len; i++) {
		const struct letter *letter = LETTER(a, i);
		struct reading reading = letter_reading(a, i);
		tally_add(tallies, kind_names[letter->kind], 1);
		tally_add(tallies, reading.source, 1);
		tally_add(tallies, reading.verdict, 1);
		tally_add(tallies, "without_sender", letter->no_from);
		tally_add(tallies, "without_recipient", visible_targets(a, letter) == 0);
		tally_add(tallies, "without_id", letter->id_of < 0);
		tally_add(tallies, "same_id", letter->id_of >= 0 && letter->id_of != i);
	}
}

static void truth_totals(const struct archive *a)
{
	FILE *out = file_create(a, "truth/totals.csv"),
	     *doubts = file_create(a, "truth/doubtful.csv");
	GArray *tallies = g_array_new(FALSE, FALSE, sizeof(struct tally));
	int64_t mail = 0, found = a->origins->len, counted = a->letters->len;

	for (guint i = 0; i < a->origins->len; i++)
		mail += a->places[g_array_index(a->origins, struct origin, i).place].form !=
		        FORM_MBOX;
	for (size_t i = 0; i < ROWS(a->mboxes); i++)
		mail += a->mboxes[i].stream != NULL;
	int others = 0;
	while (other_files[others].path)
		others++;
	bool undelivered = a->places[0].form == FORM_MAILDIR;
	tally_add(tallies, "files", mail + others + 1 + undelivered);
	tally_add(tallies, "mail", mail);
	for (int i = 0; i < others; i++)
		tally_add(tallies, other_files[i].outcome, 1);
	tally_add(tallies, "repeated", 1);
	tally_add(tallies, "undelivered", undelivered);
	tally_add(tallies, "found", found);
	tally_add(tallies, "counted", counted);
	tally_add(tallies, "duplicates", found - counted);
	tally_add(tallies, "rejected", 0);
	tally_letters(a, tallies);
	tally_add(tallies, "converted", 0);
	for (guint i = 0; i < a->origins->len; i++)
		tally_add(tallies, "converted", g_array_index(a->origins, struct origin, i).converted);
	tally_add(tallies, "twins", a->twins);
	tally_add(tallies, "addresses", 0);
	for (guint i = 0; i < a->addresses->len; i++)
		tally_add(tallies, "addresses", ADDRESS(a, i)->mentioned);
	fputs("name,count\n", out);
	for (guint i = 0; i < tallies->len; i++) {
		const struct tally *tally = &g_array_index(tallies, struct tally, i);
		fprintf(out, "%s,%" G_GINT64_FORMAT "\n", tally->name, tally->count);
	}
	fprintf(doubts, "path,offset,doubt\n%s", a->doubts->str);
	file_finish(out, "totals.csv");
	file_finish(doubts, "doubtful.csv");
	g_array_free(tallies, TRUE);
}

/* What a perfect reader finds, at the level of addresses:
 *   people, addresses, groups   who there is, and the planted groups
 *   messages, bad_dates         each message once: what its header supports, and
 *                               (sent) when it truly was sent
 *   origins, duplicates         each copy with its file and offset, and whether it is
 *                               under a Message-ID of its own
 *   ties                        who wrote to whom, how often, in which role
 *   doubtful, totals            doubtful separators; the sums */
void truth_write(const struct archive *a)
{
	truth_people(a);
	truth_messages(a);
	truth_origins(a);
	truth_ties(a);
	truth_totals(a);
}
