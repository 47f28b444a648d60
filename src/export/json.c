/* Node-link JSON as networkx.node_link_graph and d3-force take it; one node and
 * one link a line. Links are arcs: one a direction. */
#include "epistograph/export.h"

#include "attributes.h"
#include "epistograph/calendar.h"
#include "export_internal.h"

#include <glib.h>

#include <math.h>

static void write_text(FILE *out, const char *name, const char *value)
{
	fprintf(out, "\"%s\": ", name);
	json_string(out, value);
	fputs(",\n", out);
}

static void write_instant(FILE *out, const char *name, int64_t instant)
{
	char date[32];

	if (instant == INSTANT_NONE)
		fprintf(out, "\"%s\": null,\n", name);
	else
		write_text(out, name, instant_format(date, instant));
}

static void write_real(FILE *out, const char *name, double value)
{
	char number[40];

	fprintf(out, "\"%s\": %s,\n", name,
	        isfinite(value) ? real_format(number, value) : "null");
}

static void write_integer(FILE *out, const char *name, int64_t value)
{
	fprintf(out, "\"%s\": %" G_GINT64_FORMAT ",\n", name, value);
}

static void write_communities(FILE *out, const struct analysis *analysis)
{
	char number[40];

	fputs("\"communities\": [", out);
	for (int i = 0; i < analysis->community_count; i++) {
		const struct community *community = &analysis->communities[i];

		fprintf(out, "%s\n{\"number\": %d, \"size\": %d, \"strength\": %s, \"name\": ",
		        i ? "," : "", community->number, community->size,
		        isfinite(community->strength) ? real_format(number, community->strength) : "null");
		json_string(out, community->name);
		fputs(", \"short_name\": ", out);
		json_string(out, community->short_name);
		fputs(", \"domain\": ", out);
		json_string(out, community->domain);
		putc('}', out);
	}
	fputs("]", out);
}

static void write_graph(FILE *out, const struct analysis *analysis,
                        const struct export_about *about)
{
	const struct network *network = analysis->network;
	const struct network_account *account = &network->account;

	fputs("\"graph\": {\n", out);
	write_text(out, "software", about ? about->software : "");
	write_text(out, "filter", about ? about->filter : "");
	write_integer(out, "people", network->order);
	write_integer(out, "ties", network->size);
	write_integer(out, "messages", account->in_network);
	write_integer(out, "messages_undated", account->undated);
	write_instant(out, "first", account->first);
	write_instant(out, "last", account->last);
	write_text(out, "edges", network->edges == EDGES_REPLY ? "reply" : "recipient");
	write_text(out, "weight", network->weight == WEIGHT_SHARED ? "shared" : "count");
	fprintf(out, "\"seed\": %" G_GUINT64_FORMAT ",\n", analysis->options.seed);
	write_integer(out, "leiden_iterations", analysis->options.leiden_iterations);
	write_real(out, "alpha", analysis->options.alpha);
	write_integer(out, "path_sources", analysis->sources);
	write_real(out, "modularity", analysis->modularity);
	write_communities(out, analysis);
	fputs("\n},\n", out);
}

static void write_member(FILE *out, const struct attribute *attribute,
                         const struct attribute_value *value)
{
	fprintf(out, ", \"%s\": ", attribute->name);
	if (attribute->type == ATTRIBUTE_STRING)
		json_string(out, value->text->str);
	else
		attribute_write_number(out, attribute->type, value);
}

static void write_nodes(FILE *out, const struct attributes *attributes,
                        struct attribute_value *value)
{
	fputs("\"nodes\": [", out);
	for (int v = 0; v < attributes->analysis->network->order; v++) {
		fprintf(out, "%s\n{\"id\": \"n%d\"", v ? "," : "", v);
		for (int i = 0; i < attributes->node_count; i++)
			if (attributes_node(attributes, i, v, value))
				write_member(out, &attributes->nodes[i], value);
		putc('}', out);
	}
	fputs("\n],\n", out);
}

static void write_links(FILE *out, const struct attributes *attributes,
                        struct attribute_value *value)
{
	const struct network *network = attributes->analysis->network;

	fputs("\"links\": [", out);
	for (int a = 0; a < network->size; a++) {
		fprintf(out, "%s\n{\"id\": \"e%d\", \"source\": \"n%d\", \"target\": \"n%d\"",
		        a ? "," : "", a, network->arcs[a].from, network->arcs[a].to);
		for (int i = 0; i < attributes->edge_count; i++)
			if (attributes_edge(attributes, i, a, value))
				write_member(out, &attributes->edges[i], value);
		putc('}', out);
	}
	fputs("\n]\n", out);
}

void export_json(FILE *out, const struct analysis *analysis, const double *positions,
                 const struct export_about *about)
{
	struct attributes attributes;
	struct attribute_value value = { .text = g_string_new(NULL) };

	attributes_init(&attributes, analysis, positions, false);
	fputs("{\n\"directed\": true,\n\"multigraph\": false,\n", out);
	write_graph(out, analysis, about);
	write_nodes(out, &attributes, &value);
	write_links(out, &attributes, &value);
	fputs("}\n", out);
	attributes_clear(&attributes);
	g_string_free(value.text, TRUE);
}
