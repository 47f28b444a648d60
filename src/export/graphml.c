/* The profile that Gephi, Cytoscape, yEd, NetworkX, igraph, graph-tool, Tulip and
 * graphology all read the same way: ids n0 and e0, key ids that say whose they
 * are, for = node or edge, five types, one type a name, nothing said of the graph
 * as a whole (Gephi warns, Cytoscape wants it first): that stands in a comment. */
#include "epistograph/export.h"

#include "about.h"
#include "attributes.h"

#include <glib.h>

static const char *type_name(enum attribute_type type)
{
	switch (type) {
	case ATTRIBUTE_BOOLEAN: return "boolean";
	case ATTRIBUTE_INT:     return "int";
	case ATTRIBUTE_LONG:    return "long";
	case ATTRIBUTE_DOUBLE:  return "double";
	case ATTRIBUTE_STRING:  return "string";
	}
	return "string";
}

/* Two hyphens would end the comment, and one at its end spoil it. */
static void write_comment(FILE *out, const char *text)
{
	fputs("<!--\n", out);
	for (const char *at = text; *at; at++) {
		putc(*at, out);
		if (*at == '-' && at[1] == '-')
			putc(' ', out);
	}
	fputs("-->\n", out);            /* text ends with a newline */
}

static void write_keys(FILE *out, const struct attribute *keys, int count, bool is_node)
{
	for (int i = 0; i < count; i++)
		fprintf(out, "  <key id=\"%c_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
		        is_node ? 'n' : 'e', keys[i].name, is_node ? "node" : "edge",
		        keys[i].name, type_name(keys[i].type));
}

static void write_data(FILE *out, const struct attribute *key, bool is_node,
                       const struct attribute_value *value)
{
	fprintf(out, "      <data key=\"%c_%s\">", is_node ? 'n' : 'e', key->name);
	if (key->type == ATTRIBUTE_STRING)
		xml_text(out, value->text->str);
	else
		attribute_write_number(out, key->type, value);
	fputs("</data>\n", out);
}

static void write_nodes(FILE *out, const struct attributes *attributes,
                        struct attribute_value *value)
{
	for (int v = 0; v < attributes->analysis->network->order; v++) {
		fprintf(out, "    <node id=\"n%d\">\n", v);
		for (int i = 0; i < attributes->node_count; i++)
			if (attributes_node(attributes, i, v, value))
				write_data(out, &attributes->nodes[i], true, value);
		fputs("    </node>\n", out);
	}
}

static void write_edges(FILE *out, const struct attributes *attributes,
                        struct attribute_value *value)
{
	const struct network *network = attributes->analysis->network;

	for (int a = 0; a < network->size; a++) {
		fprintf(out, "    <edge id=\"e%d\" source=\"n%d\" target=\"n%d\">\n", a,
		        network->arcs[a].from, network->arcs[a].to);
		for (int i = 0; i < attributes->edge_count; i++)
			if (attributes_edge(attributes, i, a, value))
				write_data(out, &attributes->edges[i], false, value);
		fputs("    </edge>\n", out);
	}
}

void export_graphml(FILE *out, const struct analysis *analysis, const double *positions,
                    const struct export_about *about)
{
	struct attributes attributes;
	struct attribute_value value = { .text = g_string_new(NULL) };
	char *comment = about_text(analysis, about);

	attributes_init(&attributes, analysis, positions, true);
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
	write_comment(out, comment);
	fputs("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
	      "         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
	      "         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
	      " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n", out);
	write_keys(out, attributes.nodes, attributes.node_count, true);
	write_keys(out, attributes.edges, attributes.edge_count, false);
	fputs("  <graph id=\"g0\" edgedefault=\"directed\">\n", out);
	write_nodes(out, &attributes, &value);
	write_edges(out, &attributes, &value);
	fputs("  </graph>\n</graphml>\n", out);
	attributes_clear(&attributes);
	g_string_free(value.text, TRUE);
	g_free(comment);
}
