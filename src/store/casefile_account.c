/* The account of a case file: sums that add up, and the lists behind them. */
#include "casefile_internal.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/period.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Messages that count: all but copies of others, and those whose file was changed and is
 * being read. */
#define COUNTED "original IS NULL AND id NOT IN (SELECT message FROM loose)"

static int count_files(struct casefile *casefile, struct casefile_account *account,
                       struct error *err)
{
	/* Grouping by outcome would sort the files: five times the cost. */
	sqlite3_stmt *all = casefile_prepare(casefile, "SELECT outcome, container, embedded"
	                                     " FROM file", err);
	int got = -1;

	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0) {
		int outcome = column_word(casefile, all, 0, FILE_OUTCOME_COUNT, err);

		if (outcome < 0) {
			got = -1;
			break;
		}
		account->by_outcome[outcome]++;
		account->files++;
		account->members += sqlite3_column_type(all, 1) != SQLITE_NULL;
		account->not_searched += outcome == FILE_MAIL && !sqlite3_column_int(all, 2);
	}
	sqlite3_finalize(all);
	return got;
}

static int compare_ids(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

/* How many of them are there more than once. */
static int64_t count_repeated(GArray *ids)
{
	const uint32_t *all = (const uint32_t *)(void *)ids->data;
	int64_t repeated = 0;

	if (ids->len > 1)
		qsort(ids->data, ids->len, sizeof *all, compare_ids);
	for (guint i = 1; i < ids->len; i++)
		repeated += all[i] == all[i - 1] && (i < 2 || all[i - 1] != all[i - 2]);
	return repeated;
}

static int count_message(struct casefile *casefile, sqlite3_stmt *row,
                         struct casefile_account *account, struct period_builder *period,
                         GArray *identifiers, struct error *err)
{
	uint32_t identifier = (uint32_t)sqlite3_column_int64(row, 5);

	int kind = column_word(casefile, row, 0, KIND_COUNT, err);
	int source = column_word(casefile, row, 1, DATE_SOURCE_COUNT, err);
	int verdict = column_word(casefile, row, 2, DATE_VERDICT_COUNT, err);
	int enclosure = column_word(casefile, row, 7, ENCLOSURE_COUNT, err);
	int64_t instant = column_instant(row, 3);

	if (enclosure < 0 || kind < 0 || source < 0 || verdict < 0)
		return -1;
	account->counted++;
	account->by_kind[kind]++;
	account->by_enclosure[enclosure]++;
	account->by_date_source[source]++;
	account->by_date_verdict[verdict]++;
	account->without_sender += sqlite3_column_type(row, 4) == SQLITE_NULL;
	if (identifier)
		g_array_append_val(identifiers, identifier);
	else
		account->without_id++;
	account->without_recipient += (sqlite3_column_int64(row, 6) & FAULT_NO_RECIPIENT) != 0;
	if (instant != INSTANT_NONE && verdict != DATE_IMPLAUSIBLE)
		period_builder_add(period, instant);
	return 0;
}

static int count_messages(struct casefile *casefile, struct casefile_account *account,
                          struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile, "SELECT kind, date_source, date_verdict,"
	                                     " instant, sender, identifier, faults, enclosure"
	                                     " FROM message"
	                                     " WHERE " COUNTED, err);
	struct period_builder *builder;
	struct period period;
	int got = -1;

	if (!all)
		return -1;
	builder = period_builder_new();
	GArray *identifiers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	while ((got = casefile_step(casefile, all, err)) > 0) {
		if (count_message(casefile, all, account, builder, identifiers, err) < 0) {
			got = -1;
			break;
		}
	}
	sqlite3_finalize(all);
	account->same_id = count_repeated(identifiers);
	g_array_free(identifiers, TRUE);
	period_builder_finish(builder, &period);
	account->first = period.first;
	account->last = period.last;
	account->far = period.far;
	return got;
}

int casefile_account_files(struct casefile *casefile, struct casefile_account *account,
                           struct error *err)
{
	int64_t origins;

	*account = (struct casefile_account){ .first = INSTANT_NONE, .last = INSTANT_NONE };
	if (count_files(casefile, account, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM origin", 0, &origins, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM rejected", 0, &account->rejected,
	                    err) < 0)
		return -1;
	account->found = origins + account->rejected;
	return 0;
}

int casefile_account(struct casefile *casefile, struct casefile_account *account,
                     struct error *err)
{
	int64_t settled;

	if (casefile_account_files(casefile, account, err) < 0 ||
	    count_messages(casefile, account, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM address", 0, &account->addresses,
	                    err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM address WHERE person = id", 0,
	                    &account->persons, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM identifier WHERE message IS NULL", 0,
	                    &account->missing, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM note", 0, &account->notes, err) < 0 ||
	    casefile_number(casefile, "SELECT count(DISTINCT ifnull(original, id)) FROM labelled"
	                    " JOIN message ON id = message WHERE id NOT IN (SELECT message FROM loose)",
	                    0, &account->labelled, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM message JOIN origin ON origin.message ="
	                    " message.id WHERE original IS NOT NULL", 0, &account->other_id, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM body WHERE digest IS NULL", 0,
	                    &account->uncompared, err) < 0 ||
	    casefile_number(casefile, "SELECT with_cc FROM state", 0, &account->with_cc, err) < 0 ||
	    casefile_number(casefile, "SELECT bcc_is_cc FROM state", 0, &account->bcc_is_cc,
	                    err) < 0 ||
	    casefile_number(casefile, "SELECT settled FROM state", 0, &settled, err) < 0)
		return -1;
	/* Every counted message has a first origin; each further one is a copy. */
	account->duplicates = account->found - account->rejected - account->counted;
	account->unfinished = !settled || account->by_outcome[FILE_UNFINISHED] > 0;
	if (account->duplicates < 0)
		return error_set(err, "%s is damaged: %lld messages are in %lld places", casefile->path,
		                 (long long)account->counted,
		                 (long long)(account->found - account->rejected));
	return 0;
}

int casefile_is_barren(struct casefile *casefile, struct error *err)
{
	int64_t barren;

	if (casefile_number(casefile, "SELECT EXISTS(SELECT 1 FROM file) AND"
	                    " NOT EXISTS(SELECT 1 FROM origin) AND"
	                    " NOT EXISTS(SELECT 1 FROM rejected)", 0, &barren, err) < 0)
		return -1;
	return (int)barren;
}

/* ---- years ---- */

static int compare_years(const void *left, const void *right)
{
	const struct casefile_year *a = left, *b = right;

	return a->year < b->year ? -1 : a->year > b->year;
}

/* Add one message to its year. Years are few, and mail is mostly in order. */
static void count_year(GArray *years, size_t *latest, int year)
{
	struct casefile_year *all = (struct casefile_year *)(void *)years->data;

	if (*latest < years->len && all[*latest].year == year) {
		all[*latest].counted++;
		return;
	}
	for (*latest = 0; *latest < years->len && all[*latest].year != year; ++*latest)
		;
	if (*latest == years->len) {
		struct casefile_year new = { .year = year };

		g_array_append_val(years, new);
	}
	g_array_index(years, struct casefile_year, *latest).counted++;
}

int casefile_years(struct casefile *casefile, struct casefile_year **years, size_t *count,
                   struct error *err)
{
	/* Years of four digits are all that a plausible instant can have; other
	 * numbers, in a case file made elsewhere, must not overflow the calendar. */
	const char *sql = "SELECT instant FROM message WHERE instant BETWEEN -62167219200 AND"
	                  " 253402300799 AND date_verdict <> 3 AND " COUNTED;
	sqlite3_stmt *all = casefile_prepare(casefile, sql, err);
	size_t latest = 0;
	int got;

	G_STATIC_ASSERT(DATE_IMPLAUSIBLE == 3);
	if (!all)
		return -1;
	GArray *found = g_array_new(FALSE, FALSE, sizeof(struct casefile_year));

	while ((got = casefile_step(casefile, all, err)) > 0)
		count_year(found, &latest, civil_from_instant(sqlite3_column_int64(all, 0)).year);
	sqlite3_finalize(all);
	if (got < 0) {
		g_array_free(found, TRUE);
		return -1;
	}
	if (found->len > 0)
		qsort(found->data, found->len, sizeof(struct casefile_year), compare_years);
	*count = found->len;
	*years = (struct casefile_year *)(void *)g_array_free(found, FALSE);
	return 0;
}

/* ---- the lists ---- */

/* Columns: path, offset, size, kind, text, id, first_path, first_offset. */
static const char *const list_texts[] = {
	[LIST_FILES] =
		"SELECT path, -1, size, word, ifnull(reason, ''), '', NULL, -1"
		" FROM file LEFT JOIN outcome ON outcome.number = file.outcome ORDER BY path",
	[LIST_REJECTED] =
		"SELECT path, offset, rejected.size, 'rejected', rejected.reason, '', NULL, -1"
		" FROM file CROSS JOIN rejected ON rejected.file = file.id ORDER BY path, offset",
	[LIST_NOTES] =
		"SELECT path, note.offset, -1, note.kind, note.text, ifnull(message_id, ''), NULL, -1"
		" FROM file CROSS JOIN note ON note.file = file.id"
		" LEFT JOIN origin ON origin.file = note.file AND origin.offset = note.offset"
		"  AND origin.member = ''"
		" LEFT JOIN message ON message.id = origin.message"
		" LEFT JOIN identifier ON identifier.id = message.identifier"
		" ORDER BY path, note.offset, note.kind",
	[LIST_LABELS] =
		"SELECT label.label, -1, count(DISTINCT ifnull(original, message.id)), 'label', '', '', NULL,"
		" -1 FROM label JOIN labelled ON labelled.label = label.id"
		" JOIN message ON message.id = labelled.message"
		" WHERE message.id NOT IN (SELECT message FROM loose)"
		" GROUP BY label.id ORDER BY 3 DESC, label.label",
	/* Numbered within each message and its copies, in the order of reading: from the
	 * second on they are copies of the first. */
	[LIST_DUPLICATES] =
		"SELECT here.path, place.offset, place.size, 'duplicate',"
		"  CASE WHEN place.message = first_message THEN iif(message.identifier IS NULL,"
		"    'same header to the letter, no Message-ID', 'same Message-ID and header')"
		"   WHEN message.faults & 256 AND NOT first.faults & 256"
		"    THEN 'same Message-ID, sender, subject and time; Outlook kept no header of this one'"
		"   ELSE 'same header and body, ' || CASE WHEN message.identifier IS NULL THEN 'no'"
		"    WHEN message.identifier = first.identifier THEN 'same' ELSE 'other' END"
		"    || ' Message-ID' END || CASE place.enclosure WHEN 0 THEN '' WHEN 1 THEN"
		"   '; attached to the message there, part ' || place.member"
		"   ELSE '; returned in the report there, part ' || place.member END,"
		"  ifnull(message_id, ''), there.path, first_offset"
		" FROM (SELECT file, offset, member, origin.size, origin.enclosure, message,"
		"   row_number() OVER copies AS number,"
		"   first_value(file) OVER copies AS first_file,"
		"   first_value(offset) OVER copies AS first_offset,"
		"   first_value(message) OVER copies AS first_message"
		"  FROM origin CROSS JOIN message ON message.id = origin.message"
		"  WINDOW copies AS (PARTITION BY ifnull(original, id)"
		"   ORDER BY original IS NOT NULL AND faults & 256, file, offset, member))"
		"  AS place"
		" JOIN file AS here ON here.id = place.file JOIN file AS there ON there.id = first_file"
		" JOIN message ON message.id = place.message"
		" JOIN message AS first ON first.id = first_message"
		" LEFT JOIN identifier ON identifier.id = message.identifier"
		" WHERE number > 1 ORDER BY here.path, place.offset, place.member",
};

int casefile_walk(struct casefile *casefile, enum casefile_list list,
                  int (*row)(void *context, const struct casefile_row *row, struct error *err),
                  void *context, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile, list_texts[list], err);
	int got, told = 0;

	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0) {
		const char *first_path = (const char *)sqlite3_column_text(all, 6);
		struct casefile_row line = {
			.path = column_text(all, 0),
			.offset = sqlite3_column_int64(all, 1),
			.size = sqlite3_column_int64(all, 2),
			.kind = column_text(all, 3),
			.text = column_text(all, 4),
			.id = column_text(all, 5),
			.first_path = first_path,
			.first_offset = sqlite3_column_int64(all, 7),
		};

		told = row(context, &line, err);
		if (told != 0)
			break;
	}
	sqlite3_finalize(all);
	return got < 0 ? -1 : told;
}
