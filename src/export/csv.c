/* Nodes and edges as Gephi's spreadsheet import takes them. Columns that Gephi
 * knows have its names (Id, Label, Source, Target, Type, Weight), all others those
 * of the GraphML file; ids are the same as there. */
#include "epistograph/export.h"

#include "attributes.h"

#include <glib.h>

static void write_header(FILE *out, const struct attribute *attributes, int count)
{
	for (int i = 0; i < count; i++)
		if (!attributes[i].visual)
			fprintf(out, ",%s", attributes[i].name);
}

static void write_value(FILE *out, const struct attribute *attribute,
                        const struct attribute_value *value)
{
	if (attribute->type == ATTRIBUTE_STRING)
		csv_field(out, value->text->str);
	else
		attribute_write_number(out, attribute->type, value);
}

void export_nodes_csv(FILE *out, const struct analysis *analysis)
{
	struct attributes attributes;
	struct attribute_value value = { .text = g_string_new(NULL) };

	attributes_init(&attributes, analysis, NULL, false);
	fputs("Id,Label", out);
	write_header(out, attributes.nodes, attributes.node_count);
	putc('\n', out);
	for (int v = 0; v < analysis->network->order; v++) {
		fprintf(out, "n%d,", v);
		attributes_node(&attributes, 0, v, &value);     /* the label is the first */
		csv_field(out, value.text->str);
		for (int i = 0; i < attributes.node_count; i++) {
			if (attributes.nodes[i].visual)
				continue;
			putc(',', out);
			if (attributes_node(&attributes, i, v, &value))
				write_value(out, &attributes.nodes[i], &value);
		}
		putc('\n', out);
	}
	attributes_clear(&attributes);
	g_string_free(value.text, TRUE);
}

/* Whom an edge joins, for those who read the table without the other one. */
static void write_ends(FILE *out, const struct network *network, const struct arc *arc)
{
	const struct vertex *from = &network->vertices[arc->from], *to = &network->vertices[arc->to];

	putc(',', out);
	csv_field(out, from->address);
	putc(',', out);
	csv_field(out, from->name);
	putc(',', out);
	csv_field(out, to->address);
	putc(',', out);
	csv_field(out, to->name);
}

void export_edges_csv(FILE *out, const struct analysis *analysis)
{
	const struct network *network = analysis->network;
	struct attributes attributes;
	struct attribute_value value = { .text = g_string_new(NULL) };

	attributes_init(&attributes, analysis, NULL, false);
	fputs("Source,Target,Type,Id,Weight", out);
	write_header(out, attributes.edges, attributes.edge_count);
	fputs(",source_address,source_name,target_address,target_name\n", out);
	for (int a = 0; a < network->size; a++) {
		const struct arc *arc = &network->arcs[a];

		fprintf(out, "n%d,n%d,Directed,e%d", arc->from, arc->to, a);
		for (int i = 0; i < attributes.edge_count; i++) {       /* the weight is the first */
			putc(',', out);
			if (attributes_edge(&attributes, i, a, &value))
				write_value(out, &attributes.edges[i], &value);
		}
		write_ends(out, network, arc);
		putc('\n', out);
	}
	attributes_clear(&attributes);
	g_string_free(value.text, TRUE);
}
