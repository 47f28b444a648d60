#include "sensitivity.h"

#include "links.h"
#include "selection.h"
#include "view.h"

#include "epistograph/error.h"
#include "epistograph/text.h"

#include <string.h>

#define MOVED_MAX 5                     /* others named in a row */

struct sensitivity {
	const struct view *view;
	GHashTable *by_address;         /* joined links */
	GHashTable *tied;               /* addresses with ties of their own */
	struct table *table;
	enum table_format format;
	int top;
	int64_t rows;
};

static const struct table_column columns_of_row[] = {
	{ .name = "rank", .title = "Rank", .type = TABLE_INT },
	{ .name = "name", .title = "Name", .type = TABLE_TEXT },
	{ .name = "address", .title = "Address", .type = TABLE_TEXT, .whole = true },
	{ .name = "without", .title = "Without", .type = TABLE_TEXT, .whole = true },
	{ .name = "rule", .title = "Rule", .type = TABLE_TEXT, .whole = true },
	{ .name = "score", .title = "Score", .type = TABLE_REAL, .digits = 2 },
	{ .name = "rank_then", .title = "Rank then", .type = TABLE_INT },
	{ .name = "rank_of_rest", .title = "Rank of the rest", .type = TABLE_INT },
	{ .name = "others", .title = "Others that move", .type = TABLE_TEXT },
};

/* What hangs on a link: the addresses that are not reached from the main one without
 * it, NULL-terminated; those with ties first, so that one of them is the main one. */
static GPtrArray *cut_off(const struct sensitivity *s, const struct person *person,
                          const struct link *without)
{
	GPtrArray *reached = g_ptr_array_new(), *rest = g_ptr_array_new();
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);

	g_ptr_array_add(reached, (gpointer)person->address);
	g_hash_table_add(seen, (gpointer)person->address);
	for (guint i = 0; i < reached->len; i++) {
		const GPtrArray *links = g_hash_table_lookup(s->by_address, reached->pdata[i]);

		for (guint l = 0; links && l < links->len; l++) {
			const struct link *link = links->pdata[l];
			char *other = strcmp(link->address, reached->pdata[i]) ? link->address
			                                                       : link->other;

			if (link != without && g_hash_table_add(seen, other))
				g_ptr_array_add(reached, other);
		}
	}
	for (int tied = 1; tied >= 0; tied--)
		for (size_t i = 1; i < person->address_count; i++)
			if (!g_hash_table_contains(seen, person->addresses[i]) &&
			    g_hash_table_contains(s->tied, person->addresses[i]) == tied)
				g_ptr_array_add(rest, (gpointer)person->addresses[i]);
	g_ptr_array_add(rest, NULL);
	g_hash_table_destroy(seen);
	g_ptr_array_unref(reached);
	return rest;
}

/* The rank of who has that main address; 0 if nobody has ties under it. */
static int rank_of(const struct view *view, const char *address)
{
	for (int i = 0; i < view->network.order; i++)
		if (!strcmp(view->network.vertices[i].address, address))
			return view->analysis.rank[i];
	return 0;
}

/* Those of the top whose place among the others changes: "Ann Lee 4 to 3". The rest
 * that was cut off has a place of its own now, which is not counted. */
static char *others_that_move(const struct sensitivity *s, const struct view *then,
                              const char *address, int rank_of_rest)
{
	const struct analysis *analysis = &s->view->analysis;
	GString *out = g_string_new(NULL);
	int moved = 0;

	for (int i = 0; i < s->view->network.order && i < s->top; i++) {
		const struct vertex *vertex = &s->view->network.vertices[analysis->by_rank[i]];
		int rank = rank_of(then, vertex->address);

		rank -= rank_of_rest && rank > rank_of_rest;
		if (!strcmp(vertex->address, address) || rank == i + 1)
			continue;
		if (moved++ < MOVED_MAX)
			g_string_append_printf(out, "%s%s %d to %d", out->len ? ", " : "",
			                       *vertex->name ? vertex->name : vertex->address, i + 1, rank);
	}
	if (moved > MOVED_MAX)
		g_string_append_printf(out, " and %d more", moved - MOVED_MAX);
	return g_string_free(out, FALSE);
}

static void add_row(struct sensitivity *s, const struct person *person, const struct link *link,
                    const GPtrArray *rest, const struct view *then)
{
	struct table *table = s->table;
	int rank_of_rest = rank_of(then, rest->pdata[0]);
	char *others = others_that_move(s, then, person->address, rank_of_rest);
	char *without = rest->len > 2 ? g_strdup_printf("%s and %u more", (char *)rest->pdata[0],
	                                                rest->len - 2)
	                              : g_strdup(rest->pdata[0]);

	table_int(table, rank_of(s->view, person->address));
	table_text(table, person->name);
	table_text(table, person->address);
	table_text(table, without);
	table_text(table, link->rule);
	table_real(table, link->score);
	table_int(table, rank_of(then, person->address));
	if (rank_of_rest)
		table_int(table, rank_of_rest);
	else
		table_null(table);
	if (s->format != TABLE_AS_TEXT) /* there below the row: it is long */
		table_text(table, others);
	else if (*others)
		table_note(table, others);
	table_end_row(table);
	s->rows++;
	g_free(without);
	g_free(others);
}

static int try_link(struct sensitivity *s, const struct person *person, const struct link *link,
                    struct error *err)
{
	GPtrArray *rest = cut_off(s, person, link);
	int status = 0;
	struct view then;

	/* Addresses without ties change nothing. */
	if (rest->len > 1 && g_hash_table_contains(s->tied, rest->pdata[0])) {
		status = view_open_split(&then, s->view->selection,
		                         (const char *const *)rest->pdata, err);
		if (status == 0) {
			add_row(s, person, link, rest, &then);
			view_close(&then);
		}
	}
	g_ptr_array_unref(rest);
	return status;
}

/* A person's links, in the order of the walk from the main address. */
static int try_person(struct sensitivity *s, const struct person *person, const GArray *links,
                      struct error *err)
{
	int status = 0;

	for (guint i = 0; i < links->len && status == 0; i++) {
		const struct link *link = &g_array_index(links, struct link, i);

		if (link->person == person && link_is(link, "joined"))
			status = try_link(s, person, link, err);
	}
	return status;
}

static int try_top(struct sensitivity *s, const GArray *links, struct error *err)
{
	const struct network *network = &s->view->network;
	int status = 0;

	for (int i = 0; i < network->order && i < s->top && status == 0; i++) {
		int vertex = s->view->analysis.by_rank[i];
		const struct person *person = roster_find_address(&s->view->roster,
		                                                  network->vertices[vertex].address);

		if (person && person->address_count > 1)
			status = try_person(s, person, links, err);
	}
	return status;
}

int sensitivity_print(FILE *out, const struct view *view, int top, enum table_format format,
                      int columns, struct error *err)
{
	struct sensitivity s = { .view = view, .format = format, .top = top ? MIN(top, view->network.order)
	                                                  : view->network.order };
	GArray *links = links_load(view->casefile, &view->roster, err);
	int status = -1;

	if (!links)
		return -1;
	s.tied = view_tied_addresses(view->selection, err);
	if (s.tied) {
		s.by_address = links_by_address(links);
		s.table = table_new(columns_of_row, G_N_ELEMENTS(columns_of_row) -
		                                    (format == TABLE_AS_TEXT));
		status = try_top(&s, links, err);
		if (status == 0)
			table_write(s.table, format, columns, out);
		if (status == 0 && format == TABLE_AS_TEXT)
			fprintf(out, "\n%s of addresses of the %s highest ranked people. Each row is the "
			        "ranking without that one; below it, who else of them moves.\n", text_counted(s.rows, "join", "joins"),
			        text_count(s.top));
		table_free(s.table);
		g_hash_table_destroy(s.by_address);
		g_hash_table_destroy(s.tied);
	}
	links_free(links);
	return status;
}
