/* The table of key correspondents: three lines a person for reading, one row with
 * everything for a spreadsheet, one object for a program. */
#include "epistograph/calendar.h"
#include "epistograph/export.h"
#include "epistograph/text.h"

#include "attributes.h"
#include "export_internal.h"
#include "ties.h"

#include <glib.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TIES_TEXT 3             /* strongest ties named in text */
#define TIES_DATA 5             /* and in CSV and JSON */
#define ADDRESS_COLUMNS 36      /* at most, below a name */
#define MEASURE_DIGITS 3
#define WIDE_PAGE 96            /* columns from which on dates have columns of their own */

struct people {
	const struct people_table *table;
	const struct analysis *analysis;
	struct attributes attributes;
	struct ties ties;
	int *order;                     /* vertices, best first; owned */
	int count;                      /* of them shown */
};

/* ---- whom to show ---- */

static int by_measure(const void *left, const void *right, void *context)
{
	const struct people_table *table = context;
	const int *ranks = table->analysis->ranks[table->by], *overall = table->analysis->rank;
	int a = *(const int *)left, b = *(const int *)right;

	if (ranks[a] != ranks[b])
		return ranks[a] < ranks[b] ? -1 : 1;
	if (overall[a] != overall[b])
		return overall[a] < overall[b] ? -1 : 1;
	return (a > b) - (a < b);
}

static void people_init(struct people *people, const struct people_table *table)
{
	const struct analysis *analysis = table->analysis;
	int order = analysis->network->order;

	*people = (struct people){ .table = table, .analysis = analysis, .count = order };
	attributes_init(&people->attributes, analysis, NULL, false);
	ties_init(&people->ties, analysis->network);
	people->order = g_new(int, order);
	for (int i = 0; i < order; i++)
		people->order[i] = analysis->by_rank[i];
	if (table->by >= 0 && order)
		qsort_r(people->order, (size_t)order, sizeof *people->order, by_measure,
		        (void *)(uintptr_t)table);
	if (table->top > 0)
		people->count = MIN(order, table->top);
}

static void people_clear(struct people *people)
{
	g_free(people->order);
	ties_clear(&people->ties);
	attributes_clear(&people->attributes);
}

static const struct vertex *vertex_at(const struct people *people, int vertex)
{
	return &people->analysis->network->vertices[vertex];
}

/* The name, clean, else the address, else a remark; g_free(). */
static char *label_of(const struct vertex *vertex)
{
	char *name = clean_copy(vertex->name);

	if (!*name) {
		g_free(name);
		name = clean_copy(vertex->address);
	}
	if (!*name) {
		g_free(name);
		name = g_strdup("(no name)");
	}
	return name;
}

/* The strongest ties of a vertex, at most `most`; returns how many. */
static int strongest(const struct people *people, int vertex, int most, const struct tie **ties)
{
	const int *first = people->ties.first;

	*ties = people->ties.ties + first[vertex];
	return MIN(most, first[vertex + 1] - first[vertex]);
}

/* ---- text ---- */

/* Measures below a name, in the order in which a narrow page drops the last. */
static const enum measure shown_measures[] = {
	MEASURE_PAGERANK, MEASURE_BETWEENNESS, MEASURE_HARMONIC, MEASURE_RECIPROCITY,
	MEASURE_AUTHORITY, MEASURE_HUB, MEASURE_CORE, MEASURE_STRENGTH,
};

static int text_width(const struct people *people)
{
	return people->table->columns ? people->table->columns : 100;
}

/* The measure asked for, unless it has a column anyway; -1 then. */
static int extra_measure(const struct people *people)
{
	int by = people->table->by;

	return by == MEASURE_SENT || by == MEASURE_RECEIVED || by == MEASURE_CORRESPONDENTS ? -1 : by;
}

/* On a narrow page the dates stand before the measures. */
static bool is_wide(const struct people *people)
{
	return text_width(people) < 0 || text_width(people) >= WIDE_PAGE;
}

static struct table *new_text_table(const struct people *people)
{
	struct table_column columns[10] = {
		{ .name = "Rank", .type = TABLE_INT },
		{ .name = "Name", .type = TABLE_TEXT },
		{ .name = "Community", .type = TABLE_TEXT },
		{ .name = "Sent", .type = TABLE_INT },
		{ .name = "Received", .type = TABLE_INT },
		{ .name = "Persons", .type = TABLE_INT },
		{ .name = "Score", .type = TABLE_REAL },
	};
	int count = 7, by = extra_measure(people);

	if (by >= 0)
		columns[count++] = (struct table_column){
			.name = measure_infos[by].name,
			.type = measure_infos[by].is_count ? TABLE_INT : TABLE_REAL,
		};
	if (is_wide(people)) {
		columns[count++] = (struct table_column){ .name = "First", .whole = true };
		columns[count++] = (struct table_column){ .name = "Last", .whole = true };
	}
	return table_new(columns, count);
}

#define PERIOD_COLUMNS 24       /* "2016-01-31 to 2016-12-31" */

static void append_period(GString *line, const struct vertex *person)
{
	char first[32], last[32];
	bool dated = person->first != INSTANT_NONE && person->last != INSTANT_NONE;
	char *period = dated ? g_strdup_printf("%s to %s", instant_format_date(first, person->first),
	                                       instant_format_date(last, person->last)) :
	                       g_strdup("no dates");

	text_append_column(line, period, PERIOD_COLUMNS, false);
	g_string_append(line, "   ");
	g_free(period);
}

/* "0.0123 (2)"; nothing where there is no number. */
static void append_measure(GString *out, const struct analysis *analysis, int measure, int vertex)
{
	double value = analysis->measures[measure][vertex];
	char number[48];

	if (*real_visible(number, value, MEASURE_DIGITS))
		g_string_append_printf(out, "%s %s (%s)", measure_infos[measure].name, number,
		                       text_count(analysis->ranks[measure][vertex]));
}

/* How wide each shown measure gets; 0 where it no longer fits beside the others,
 * and for the one that has a column. */
static void measure_widths(const struct people *people, int *widths)
{
	GString *text = g_string_new(NULL);
	int left = text_width(people) - 6 -             /* the notes' indent */
	           (is_wide(people) ? 0 : PERIOD_COLUMNS + 3);

	for (size_t m = 0; m < G_N_ELEMENTS(shown_measures); m++) {
		widths[m] = 0;
		for (int i = 0; i < people->count; i++) {
			g_string_truncate(text, 0);
			append_measure(text, people->analysis, (int)shown_measures[m], people->order[i]);
			widths[m] = MAX(widths[m], text_columns(text->str));
		}
		if ((int)shown_measures[m] == people->table->by ||
		    (text_width(people) > 0 && widths[m] > left))
			widths[m] = 0;
		left -= widths[m] + (widths[m] ? 3 : 0);
	}
	g_string_free(text, TRUE);
}

static char *measures_line(const struct people *people, int vertex, const int *widths)
{
	GString *line = g_string_new(NULL), *cell = g_string_new(NULL);

	if (!is_wide(people))
		append_period(line, vertex_at(people, vertex));
	for (size_t m = 0; m < G_N_ELEMENTS(shown_measures); m++) {
		if (!widths[m])
			continue;
		g_string_truncate(cell, 0);
		append_measure(cell, people->analysis, (int)shown_measures[m], vertex);
		text_append_column(line, cell->str, widths[m], false);
		g_string_append(line, "   ");
	}
	g_string_free(cell, TRUE);
	return g_strchomp(g_string_free(line, FALSE));
}

static int address_columns(const struct people *people)
{
	int columns = 0;

	for (int i = 0; i < people->count; i++) {
		char *clean = clean_copy(vertex_at(people, people->order[i])->address);

		columns = MAX(columns, text_columns(clean));
		g_free(clean);
	}
	return MIN(columns, ADDRESS_COLUMNS);
}

static char *ties_line(const struct people *people, int vertex, int columns)
{
	GString *line = g_string_new(NULL);
	const struct tie *ties;
	int count = strongest(people, vertex, TIES_TEXT, &ties);
	char *address = clean_copy(vertex_at(people, vertex)->address);

	if (text_columns(address) > columns)
		g_string_append(line, address);
	else
		text_append_column(line, address, columns, false);
	for (int i = 0; i < count; i++) {
		char *name = label_of(vertex_at(people, ties[i].other));

		g_string_append_printf(line, "%s%s %s", i ? ", " : "  with ", name,
		                       text_count(ties[i].sent + ties[i].received));
		g_free(name);
	}
	g_free(address);
	return g_string_free(line, FALSE);
}

static void add_count(struct table *out, double count)
{
	if (isfinite(count))
		table_int(out, (int64_t)count);
	else
		table_null(out);
}

static void add_text_row(const struct people *people, struct table *out, int vertex)
{
	const struct analysis *analysis = people->analysis;
	const struct vertex *person = vertex_at(people, vertex);
	int by = people->table->by, extra = extra_measure(people);
	char date[32], *name = clean_copy(person->name);

	table_int(out, by < 0 ? analysis->rank[vertex] : analysis->ranks[by][vertex]);
	table_text(out, *name ? name : "(no name)");
	g_free(name);
	table_text(out, analysis->communities[analysis->membership[vertex]].short_name);
	table_int(out, person->sent);
	table_int(out, person->received);
	add_count(out, analysis->measures[MEASURE_CORRESPONDENTS][vertex]);
	table_real(out, analysis->score[vertex]);
	if (extra >= 0 && measure_infos[extra].is_count)
		add_count(out, analysis->measures[extra][vertex]);
	else if (extra >= 0)
		table_real(out, analysis->measures[extra][vertex]);
	if (is_wide(people)) {
		table_text(out, instant_format_date(date, person->first));
		table_text(out, instant_format_date(date, person->last));
	}
}

/* Words of text in lines of at most width columns. */
static void write_wrapped(FILE *out, const char *text, int width)
{
	char **words = g_strsplit(text, " ", -1);
	int used = 0;

	for (char **word = words; *word; word++) {
		int columns = text_columns(*word);

		if (used && width > 0 && used + 1 + columns > width) {
			putc('\n', out);
			used = 0;
		}
		fprintf(out, "%s%s", used ? " " : "", *word);
		used += columns + (used ? 1 : 0);
	}
	putc('\n', out);
	g_strfreev(words);
}

static void write_heading(const struct people *people, FILE *out)
{
	int by = people->table->by;
	GString *text = g_string_new("Key correspondents by ");

	g_string_append(text, by < 0 ? "combined rank" : measure_infos[by].title);
	if (by >= 0 && *measure_infos[by].unit)
		g_string_append_printf(text, " (%s)", measure_infos[by].unit);
	g_string_append(text, people->analysis->network->edges == EDGES_REPLY
	                ? ". Sent, Received: answers. Persons: answered or answering. "
	                : ". Sent, Received: messages. Persons: written to or heard from. ");
	g_string_append(text, "Score: mean of several ranks, lower is better. Dates: first and last mail, in "
	                "UTC. Below a name: the address, the strongest ties with messages both ways, "
	                "measures with the rank in brackets.");
	write_wrapped(out, text->str, text_width(people));
	putc('\n', out);
	g_string_free(text, TRUE);
}

static void write_text(const struct people *people, FILE *out)
{
	struct table *table = new_text_table(people);
	int widths[G_N_ELEMENTS(shown_measures)], columns = address_columns(people);
	int order = people->analysis->network->order;

	measure_widths(people, widths);
	for (int i = 0; i < people->count; i++) {
		char *ties = ties_line(people, people->order[i], columns);
		char *measures = measures_line(people, people->order[i], widths);

		add_text_row(people, table, people->order[i]);
		table_note(table, ties);
		if (*measures)
			table_note(table, measures);
		table_end_row(table);
		g_free(measures);
		g_free(ties);
	}
	write_heading(people, out);
	table_write(table, TABLE_AS_TEXT, text_width(people), out);
	if (people->count < order)
		fprintf(out, "\n%s of %s people\n", text_count(people->count), text_count(order));
	else
		fprintf(out, "\n%s %s\n", text_count(order), order == 1 ? "person" : "people");
	table_free(table);
}

/* ---- data: one column an attribute, ordered for people ---- */

static int attribute_index(const struct attributes *attributes, const char *name)
{
	for (int i = 0; i < attributes->node_count; i++)
		if (strcmp(attributes->nodes[i].name, name) == 0)
			return i;
	g_assert_not_reached();
}

/* Indices of attributes; rank and score first, what is looks left out. g_free(). */
static int *data_columns(const struct attributes *attributes, int *count)
{
	GArray *columns = g_array_new(FALSE, FALSE, sizeof(int));
	int rank = attribute_index(attributes, "rank"), score = attribute_index(attributes, "score");

	g_array_append_val(columns, rank);
	g_array_append_val(columns, score);
	for (int i = 0; i < attributes->node_count; i++)
		if (!attributes->nodes[i].visual && i != rank && i != score &&
		    !g_str_has_suffix(attributes->nodes[i].name, "_ms"))
			g_array_append_val(columns, i);
	*count = (int)columns->len;
	return (int *)(void *)g_array_free(columns, FALSE);
}

/* As in the graph files, but that a person without a name has none here. */
static bool data_value(const struct people *people, int attribute, int vertex,
                       struct attribute_value *value)
{
	if (strcmp(people->attributes.nodes[attribute].name, "name") != 0)
		return attributes_node(&people->attributes, attribute, vertex, value);

	char *name = clean_copy(vertex_at(people, vertex)->name);

	g_string_assign(value->text, name);
	g_free(name);
	return value->text->len > 0;
}

static void add_ties_cell(const struct people *people, struct table *table, int vertex)
{
	GString *text = g_string_new(NULL);
	const struct tie *ties;
	int count = strongest(people, vertex, TIES_DATA, &ties);

	for (int i = 0; i < count; i++) {
		const struct vertex *other = vertex_at(people, ties[i].other);
		char *name = clean_copy(other->name);

		g_string_append_printf(text, *name ? "%s%s <%s>" : "%s%s%s", i ? "; " : "", name,
		                       other->address);
		g_free(name);
		g_string_append_printf(text, " (%" G_GINT64_FORMAT ")", ties[i].sent + ties[i].received);
	}
	table_text(table, text->str);
	g_string_free(text, TRUE);
}

static void add_cell(struct table *table, const struct attribute *attribute,
                     const struct attribute_value *value)
{
	if (attribute->type == ATTRIBUTE_STRING)
		table_text(table, value->text->str);
	else if (attribute->type == ATTRIBUTE_DOUBLE)
		table_real(table, value->real);
	else
		table_int(table, value->integer);
}

static struct table *new_data_table(const struct attributes *attributes, const int *columns,
                                    int count)
{
	struct table_column *all = g_new0(struct table_column, (gsize)count + 1);

	for (int c = 0; c < count; c++) {
		const struct attribute *attribute = &attributes->nodes[columns[c]];

		all[c].name = attribute->name;
		all[c].type = attribute->type == ATTRIBUTE_STRING ? TABLE_TEXT :
		              attribute->type == ATTRIBUTE_DOUBLE ? TABLE_REAL : TABLE_NUMBER;
	}
	all[count] = (struct table_column){ .name = "strongest_ties", .type = TABLE_TEXT };

	struct table *table = table_new(all, count + 1);

	g_free(all);
	return table;
}

static void write_csv(const struct people *people, FILE *out)
{
	struct attribute_value value = { .text = g_string_new(NULL) };
	int count, *columns = data_columns(&people->attributes, &count);
	struct table *table = new_data_table(&people->attributes, columns, count);

	for (int i = 0; i < people->count; i++) {
		for (int c = 0; c < count; c++) {
			if (data_value(people, columns[c], people->order[i], &value))
				add_cell(table, &people->attributes.nodes[columns[c]], &value);
			else
				table_null(table);
		}
		add_ties_cell(people, table, people->order[i]);
	}
	table_write(table, TABLE_AS_CSV, 0, out);
	table_free(table);
	g_free(columns);
	g_string_free(value.text, TRUE);
}

static void write_json_ties(const struct people *people, int vertex, FILE *out)
{
	const struct tie *ties;
	int count = strongest(people, vertex, TIES_DATA, &ties);

	fputs("\"strongest_ties\": [", out);
	for (int i = 0; i < count; i++) {
		const struct vertex *other = vertex_at(people, ties[i].other);
		char *name = clean_copy(other->name);

		fputs(i ? ", {\"name\": " : "{\"name\": ", out);
		if (*name)
			json_string(out, name);
		else
			fputs("null", out);
		g_free(name);
		fputs(", \"address\": ", out);
		json_string(out, other->address);
		fprintf(out, ", \"sent\": %" G_GINT64_FORMAT ", \"received\": %" G_GINT64_FORMAT "}",
		        ties[i].sent, ties[i].received);
	}
	putc(']', out);
}

static void write_json(const struct people *people, FILE *out)
{
	struct attribute_value value = { .text = g_string_new(NULL) };
	int count, *columns = data_columns(&people->attributes, &count);

	putc('[', out);
	for (int i = 0; i < people->count; i++) {
		fputs(i ? ",\n{" : "\n{", out);
		for (int c = 0; c < count; c++) {
			const struct attribute *attribute = &people->attributes.nodes[columns[c]];

			fprintf(out, "\"%s\": ", attribute->name);
			if (!data_value(people, columns[c], people->order[i], &value))
				fputs("null", out);
			else if (attribute->type == ATTRIBUTE_STRING)
				json_string(out, value.text->str);
			else
				attribute_write_number(out, attribute->type, &value);
			fputs(", ", out);
		}
		write_json_ties(people, people->order[i], out);
		putc('}', out);
	}
	fputs(people->count ? "\n]\n" : "]\n", out);
	g_free(columns);
	g_string_free(value.text, TRUE);
}

void export_people(FILE *out, const struct people_table *table)
{
	struct people people;

	people_init(&people, table);
	switch (table->format) {
	case TABLE_AS_TEXT:
		write_text(&people, out);
		break;
	case TABLE_AS_CSV:
		write_csv(&people, out);
		break;
	case TABLE_AS_JSON:
		write_json(&people, out);
		break;
	}
	people_clear(&people);
}
