#include "letters.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/text.h"

#include <string.h>

#define RECIPIENTS_SHOWN 3              /* in a row of text */

bool who_is(const struct who *who, int64_t person)
{
	for (size_t i = 0; i < who->count; i++)
		if (who->persons[i] == person)
			return true;
	return false;
}

/* ---- what cells say ---- */

static const char *party_text(const struct letter_party *party)
{
	return *party->address ? party->address : party->name;
}

/* Those named in a role. */
static void cell_parties(struct table *table, const struct letter *letter, enum role role)
{
	GPtrArray *texts = g_ptr_array_new();

	for (size_t i = 0; i < letter->party_count; i++)
		if (letter->parties[i].role == role)
			g_ptr_array_add(texts, (char *)party_text(&letter->parties[i]));
	table_list(table, (const char *const *)texts->pdata, texts->len);
	g_ptr_array_unref(texts);
}

/* "resent-to: ann@example.org" of all who are in no column of their own. */
static void cell_others(struct table *table, const struct letter *letter)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < letter->party_count; i++) {
		const struct letter_party *party = &letter->parties[i];

		if (party->role == ROLE_FROM || (party->role >= ROLE_TO && party->role <= ROLE_BCC))
			continue;
		g_ptr_array_add(texts, g_strdup_printf("%s: %s", role_name(party->role),
		                                       party_text(party)));
	}
	table_list(table, (const char *const *)texts->pdata, texts->len);
	g_ptr_array_unref(texts);
}

/* In which roles somebody is named in the message: "from", "cc". */
static void cell_roles(struct table *table, const struct letter *letter, const struct who *who)
{
	unsigned roles = who_is(who, letter->sender) ? 1u << ROLE_FROM : 0;
	const char *names[ROLE_COUNT];
	size_t count = 0;

	for (size_t i = 0; i < letter->party_count; i++)
		if (who_is(who, letter->parties[i].person))
			roles |= 1u << letter->parties[i].role;
	for (int role = 0; role < ROLE_COUNT; role++)
		if (roles >> role & 1)
			names[count++] = role_name((enum role)role);
	table_list(table, names, count);
}

static char *place_text(const struct letter_place *place)
{
	GString *text = g_string_new(NULL);

	letter_append_place(text, place);
	return g_string_free(text, FALSE);
}

/* All places but the first. */
static void cell_copies(struct table *table, const struct letter *letter)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 1; i < letter->place_count; i++)
		g_ptr_array_add(texts, place_text(&letter->places[i]));
	table_list(table, (const char *const *)texts->pdata, texts->len);
	g_ptr_array_unref(texts);
}

/* "ann@example.org, bo@example.org; cc dan@example.org; 12 more" */
static void append_recipients(GString *out, const struct letter *letter)
{
	enum role last = ROLE_TO;
	int shown = 0, more = 0;

	for (int role = ROLE_TO; role <= ROLE_BCC; role++) {
		for (size_t i = 0; i < letter->party_count; i++) {
			const struct letter_party *party = &letter->parties[i];

			if ((int)party->role != role)
				continue;
			if (shown++ >= RECIPIENTS_SHOWN) {
				more++;
				continue;
			}
			g_string_append(out, shown == 1 ? "" : last == party->role ? ", " : "; ");
			if (last != party->role)
				g_string_append_printf(out, "%s ", role_name(party->role));
			g_string_append(out, party_text(party));
			last = party->role;
		}
	}
	if (more)
		g_string_append_printf(out, "; %s more", text_count(more));
}

/* Where the date is from, and how far it is to be believed: "Date, repaired". */
static char *date_words(const struct letter *letter)
{
	const char *source = date_source_name(letter->date_source);

	if (letter->date_verdict == DATE_GOOD || letter->date_source == DATE_FROM_NOTHING)
		return g_strdup(source);
	return g_strdup_printf("%s, %s", source, date_verdict_name(letter->date_verdict));
}

/* ---- tables ---- */

/* The column of roles comes behind this many, if there is one. */
#define BEFORE_ROLES_TEXT 3
#define BEFORE_ROLES_DATA 5

static const struct table_column text_columns_all[] = {
	{ .name = "message", .title = "Message", .type = TABLE_NUMBER },
	{ .name = "instant", .title = "Instant", .type = TABLE_TEXT, .whole = true },
	{ .name = "date", .title = "Dated by", .type = TABLE_TEXT, .whole = true },
	{ .name = "role", .title = "Role", .type = TABLE_LIST, .whole = true },
	{ .name = "sender", .title = "From", .type = TABLE_TEXT },
	{ .name = "recipients", .title = "To", .type = TABLE_TEXT },
	{ .name = "subject", .title = "Subject", .type = TABLE_TEXT },
	{ .name = "kind", .title = "Kind", .type = TABLE_TEXT, .whole = true },
	{ .name = "place", .title = "Found at", .type = TABLE_TEXT, .whole = true, .exact = true },
};

static const struct table_column data_columns_all[] = {
	{ .name = "message", .type = TABLE_NUMBER },
	{ .name = "instant", .type = TABLE_TEXT },
	{ .name = "date_source", .type = TABLE_TEXT },
	{ .name = "date_verdict", .type = TABLE_TEXT },
	{ .name = "kind", .type = TABLE_TEXT },
	{ .name = "role", .type = TABLE_LIST },
	{ .name = "sender", .type = TABLE_TEXT },
	{ .name = "sender_name", .type = TABLE_TEXT },
	{ .name = "to", .type = TABLE_LIST },
	{ .name = "cc", .type = TABLE_LIST },
	{ .name = "bcc", .type = TABLE_LIST },
	{ .name = "others", .type = TABLE_LIST },
	{ .name = "subject", .type = TABLE_TEXT },
	{ .name = "message_id", .type = TABLE_TEXT },
	{ .name = "size", .type = TABLE_NUMBER },
	{ .name = "place", .type = TABLE_TEXT, .exact = true },
	{ .name = "copies", .type = TABLE_LIST, .exact = true },
	{ .name = "embedded", .type = TABLE_TEXT },
	{ .name = "labels", .type = TABLE_LIST },
	{ .name = "signature", .type = TABLE_TEXT },
};

static struct table *begin_table(const struct table_column *all, int count, int before_roles,
                                 bool roles, enum table_format format, int width, FILE *out)
{
	struct table_column *columns = g_memdup2(all, (gsize)count * sizeof *all);

	if (!roles) {
		memmove(columns + before_roles, columns + before_roles + 1,
		        (size_t)(count - before_roles - 1) * sizeof *columns);
		count--;
	}
	struct table *table = table_begin(columns, count, format, width, out);

	g_free(columns);
	return table;
}

/* No text of the message stands for "none". */
static void cell_instant(struct table *table, int64_t instant)
{
	char text[32];

	table_text(table, instant == INSTANT_NONE ? NULL : instant_format(text, instant));
}

static void text_row(struct table *table, const struct letter *letter, const struct who *who)
{
	GString *recipients = g_string_new(NULL);
	char *date = date_words(letter), *place = place_text(&letter->places[0]);

	append_recipients(recipients, letter);
	table_int(table, letter->message);
	cell_instant(table, letter->instant);
	table_text(table, date);
	if (who)
		cell_roles(table, letter, who);
	table_text(table, letter->sender_address);
	table_text(table, recipients->str);
	table_text(table, letter->subject);
	table_text(table, message_kind_name(letter->kind));
	table_text(table, place);
	g_free(place);
	g_free(date);
	for (size_t i = 1; i < letter->place_count; i++) {
		char *copy = place_text(&letter->places[i]);

		g_string_printf(recipients, "also at %s", copy);
		table_note(table, recipients->str);
		g_free(copy);
	}
	g_string_free(recipients, TRUE);
	table_end_row(table);
}

static void data_row(struct table *table, const struct letter *letter, const struct who *who)
{
	char *place = place_text(&letter->places[0]);

	table_int(table, letter->message);
	cell_instant(table, letter->instant);
	table_text(table, date_source_name(letter->date_source));
	table_text(table, date_verdict_name(letter->date_verdict));
	table_text(table, message_kind_name(letter->kind));
	if (who)
		cell_roles(table, letter, who);
	table_text(table, letter->sender_address);
	table_text(table, letter->sender_name);
	cell_parties(table, letter, ROLE_TO);
	cell_parties(table, letter, ROLE_CC);
	cell_parties(table, letter, ROLE_BCC);
	cell_others(table, letter);
	table_text(table, letter->subject);
	table_text(table, letter->id);
	table_int(table, letter->places[0].size);
	table_text(table, place);
	cell_copies(table, letter);
	table_text(table, letter->enclosure ? enclosure_name(letter->enclosure) : NULL);
	table_list(table, letter->labels, letter->label_count);
	table_text(table, letter->signature == SIGNED_UNCHECKED
	                  ? NULL : signature_status_name(letter->signature));
	table_end_row(table);
	g_free(place);
}

int letters_print(FILE *out, struct letter_reader *reader, const GArray *messages,
                  const struct who *who, enum table_format format, int width,
                  struct error *err)
{
	bool text = format == TABLE_AS_TEXT;
	struct table *table = text
		? begin_table(text_columns_all, G_N_ELEMENTS(text_columns_all), BEFORE_ROLES_TEXT,
		              who, format, width, out)
		: begin_table(data_columns_all, G_N_ELEMENTS(data_columns_all), BEFORE_ROLES_DATA,
		              who, format, width, out);
	struct letter letter;

	for (guint i = 0; i < messages->len; i++) {
		if (letter_read(reader, g_array_index(messages, int64_t, i), &letter, err) < 0) {
			table_free(table);
			return -1;
		}
		(text ? text_row : data_row)(table, &letter, who);
	}
	table_end(table);
	return 0;
}

/* ---- cards ---- */

static void put_field(FILE *out, const char *label, const char *text)
{
	GString *visible = g_string_new(NULL);

	text_append_visible(visible, text);
	fprintf(out, "%-13s%s\n", label, visible->str);
	g_string_free(visible, TRUE);
}

static void put_parties(FILE *out, const struct letter *letter)
{
	for (int role = 0; role < ROLE_COUNT; role++) {
		const char *label = role_name((enum role)role);

		for (size_t i = 0; i < letter->party_count; i++) {
			const struct letter_party *party = &letter->parties[i];
			bool both = *party->name && *party->address;

			if ((int)party->role != role)
				continue;
			char *text = both ? g_strdup_printf("%s <%s>", party->name, party->address)
			                  : g_strdup(party_text(party));
			put_field(out, label, text);
			g_free(text);
			label = "";
		}
	}
}

static void put_places(FILE *out, const struct letter *letter)
{
	static const char *const words[ENCLOSURE_COUNT] = {
		"", " (attached to another message)", " (returned with a report)",
	};

	for (size_t i = 0; i < letter->place_count; i++) {
		const struct letter_place *place = &letter->places[i];
		bool other = strcmp(place->id, letter->id) != 0;
		GString *text = g_string_new(NULL);

		letter_append_place(text, place);
		g_string_append(text, words[place->enclosure]);
		g_string_append_printf(text, ", %s", text_counted(place->size, "byte", "bytes"));
		if (other)
			g_string_append_printf(text, ", %s%s", *place->id ? "Message-ID " : "no Message-ID",
			                       place->id);
		put_field(out, i ? "" : "found at", text->str);
		g_string_free(text, TRUE);
	}
}

/* "pass: d=example.org, s=s1, rsa-sha256, key 6f1ed002ab559585; Subject not signed" */
static void put_signature(FILE *out, const struct signature *one)
{
	GString *text = g_string_new(signature_result_name(one->result));

	if (*one->reason)
		g_string_append_printf(text, ", %s", one->reason);
	g_string_append_printf(text, ": d=%s, s=%s, %s%s%s", one->domain, one->selector, one->algorithm,
	                       *one->key ? ", key " : "", one->key);
	for (int bit = 1; signature_flag_words(bit); bit++)
		if (one->flags >> bit & 1)
			g_string_append_printf(text, "; %s", signature_flag_words(bit));
	put_field(out, "", text->str);
	g_string_free(text, TRUE);
}

static void put_signatures(FILE *out, const struct letter *letter)
{
	if (letter->signature == SIGNED_UNCHECKED)
		return;
	char *text = g_strdup_printf("%s: %s", signature_status_name(letter->signature),
	                             signature_status_words(letter->signature));

	put_field(out, "signature", text);
	g_free(text);
	for (size_t i = 0; i < letter->place_count; i++) {
		const struct letter_place *place = &letter->places[i];
		GString *where = g_string_new(NULL);

		letter_append_place(where, place);
		if (*place->unchecked)
			g_string_append_printf(where, ": %s", place->unchecked);
		if (letter->place_count > 1 || *place->unchecked)
			put_field(out, "", where->str);
		for (size_t j = 0; j < place->signature_count; j++)
			put_signature(out, &place->signatures[j]);
		g_string_free(where, TRUE);
	}
}

static void print_card(FILE *out, const struct letter *letter)
{
	char instant[32], *date = date_words(letter);
	char *when = letter->instant == INSTANT_NONE
	             ? g_strdup("none") : g_strdup_printf("%s (%s)", instant_format(instant,
	                                                  letter->instant), date);
	char *number = g_strdup_printf("%" G_GINT64_FORMAT, letter->message);

	put_field(out, "message", number);
	put_field(out, "Message-ID", *letter->id ? letter->id : "none");
	put_field(out, "instant", when);
	put_field(out, "kind", message_kind_name(letter->kind));
	put_field(out, "subject", letter->subject);
	put_parties(out, letter);
	for (size_t i = 0; i < letter->label_count; i++)
		put_field(out, i ? "" : "labels", letter->labels[i]);
	put_places(out, letter);
	put_signatures(out, letter);
	g_free(number);
	g_free(when);
	g_free(date);
}

int letters_print_cards(FILE *out, struct letter_reader *reader, const GArray *messages,
                        struct error *err)
{
	struct letter letter;

	for (guint i = 0; i < messages->len; i++) {
		if (letter_read(reader, g_array_index(messages, int64_t, i), &letter, err) < 0)
			return -1;
		fputs(i ? "\n" : "", out);
		print_card(out, &letter);
	}
	return 0;
}
