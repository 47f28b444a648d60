/* GEXF 1.3, static. Attributes are declared for nodes and edges only (NetworkX
 * refuses any other class), what has a place of its own in the format (label,
 * weight, colour, size, position) is written there and not a second time. */
#include "epistograph/export.h"

#include "about.h"
#include "attributes.h"

#include <glib.h>

#include <string.h>

static const char *type_name(enum attribute_type type)
{
	switch (type) {
	case ATTRIBUTE_BOOLEAN: return "boolean";
	case ATTRIBUTE_INT:     return "integer";
	case ATTRIBUTE_LONG:    return "long";
	case ATTRIBUTE_DOUBLE:  return "double";
	case ATTRIBUTE_STRING:  return "string";
	}
	return "string";
}

static void write_declarations(FILE *out, const struct attribute *attributes, int count,
                               bool is_node)
{
	fprintf(out, "    <attributes class=\"%s\">\n", is_node ? "node" : "edge");
	for (int i = 0; i < count; i++)
		if (!attributes[i].visual)
			fprintf(out, "      <attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n",
			        attributes[i].name, attributes[i].name,
			        type_name(attributes[i].type));
	fputs("    </attributes>\n", out);
}

static void write_value(FILE *out, const struct attribute *attribute,
                        const struct attribute_value *value)
{
	if (attribute->type == ATTRIBUTE_STRING)
		xml_text(out, value->text->str);
	else
		attribute_write_number(out, attribute->type, value);
}

static void write_attvalue(FILE *out, const struct attribute *attribute,
                           const struct attribute_value *value)
{
	fprintf(out, "          <attvalue for=\"%s\" value=\"", attribute->name);
	write_value(out, attribute, value);
	fputs("\"/>\n", out);
}

/* One XML attribute, if the node has that property: ` r="12"`. */
static bool write_visual(FILE *out, const struct attributes *attributes, int vertex,
                         const char *name, const char *before, struct attribute_value *value)
{
	for (int i = 0; i < attributes->node_count; i++) {
		const struct attribute *attribute = &attributes->nodes[i];

		if (!attribute->visual || strcmp(attribute->name, name) != 0)
			continue;
		if (!attributes_node(attributes, i, vertex, value))
			return false;
		fputs(before, out);
		write_value(out, attribute, value);
		putc('"', out);
		return true;
	}
	return false;
}

static void write_node(FILE *out, const struct attributes *attributes, int vertex,
                       struct attribute_value *value)
{
	fprintf(out, "      <node id=\"n%d\"", vertex);
	write_visual(out, attributes, vertex, "label", " label=\"", value);
	fputs(">\n        <attvalues>\n", out);
	for (int i = 0; i < attributes->node_count; i++)
		if (!attributes->nodes[i].visual && attributes_node(attributes, i, vertex, value))
			write_attvalue(out, &attributes->nodes[i], value);
	fputs("        </attvalues>\n", out);
	write_visual(out, attributes, vertex, "r", "        <viz:color r=\"", value);
	write_visual(out, attributes, vertex, "g", " g=\"", value);
	write_visual(out, attributes, vertex, "b", " b=\"", value);
	fputs("/>\n", out);
	if (write_visual(out, attributes, vertex, "x", "        <viz:position x=\"", value)) {
		write_visual(out, attributes, vertex, "y", " y=\"", value);
		fputs(" z=\"0\"/>\n", out);
	}
	write_visual(out, attributes, vertex, "size", "        <viz:size value=\"", value);
	fputs("/>\n      </node>\n", out);
}

static void write_edge(FILE *out, const struct attributes *attributes, int arc,
                       struct attribute_value *value)
{
	const struct arc *tie = &attributes->analysis->network->arcs[arc];

	fprintf(out, "      <edge id=\"e%d\" source=\"n%d\" target=\"n%d\"", arc, tie->from, tie->to);
	for (int i = 0; i < attributes->edge_count; i++)
		if (attributes->edges[i].visual && attributes_edge(attributes, i, arc, value)) {
			fprintf(out, " %s=\"", attributes->edges[i].name);
			write_value(out, &attributes->edges[i], value);
			putc('"', out);
		}
	fputs(">\n        <attvalues>\n", out);
	for (int i = 0; i < attributes->edge_count; i++)
		if (!attributes->edges[i].visual && attributes_edge(attributes, i, arc, value))
			write_attvalue(out, &attributes->edges[i], value);
	fputs("        </attvalues>\n      </edge>\n", out);
}

static void write_meta(FILE *out, const struct analysis *analysis, const struct export_about *about)
{
	char *description = about_text(analysis, about), *line = description;

	fputs("  <meta>\n    <creator>", out);
	xml_text(out, about ? about->software : "epistograph");
	fputs("</creator>\n    <description>", out);
	for (char *next; *line; line = next) {
		next = strchr(line, '\n') + 1;
		next[-1] = '\0';
		xml_text(out, line);
		fputs(*next ? "; " : "", out);
	}
	fputs("</description>\n  </meta>\n", out);
	g_free(description);
}

void export_gexf(FILE *out, const struct analysis *analysis, const double *positions,
                 const struct export_about *about)
{
	const struct network *network = analysis->network;
	struct attributes attributes;
	struct attribute_value value = { .text = g_string_new(NULL) };

	attributes_init(&attributes, analysis, positions, true);
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\"\n"
	      "      xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
	      "      xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\""
	      " version=\"1.3\">\n", out);
	write_meta(out, analysis, about);
	fputs("  <graph mode=\"static\" defaultedgetype=\"directed\">\n", out);
	write_declarations(out, attributes.nodes, attributes.node_count, true);
	write_declarations(out, attributes.edges, attributes.edge_count, false);
	fprintf(out, "    <nodes count=\"%d\">\n", network->order);
	for (int v = 0; v < network->order; v++)
		write_node(out, &attributes, v, &value);
	fprintf(out, "    </nodes>\n    <edges count=\"%d\">\n", network->size);
	for (int a = 0; a < network->size; a++)
		write_edge(out, &attributes, a, &value);
	fputs("    </edges>\n  </graph>\n</gexf>\n", out);
	attributes_clear(&attributes);
	g_string_free(value.text, TRUE);
}
