#include "attributes.h"

#include "epistograph/calendar.h"
#include "epistograph/export.h"
#include "epistograph/palette.h"
#include "epistograph/text.h"
#include "export_internal.h"

#include <math.h>
#include <string.h>

/* Diameter of the strongest person and of the weakest that is drawn; area by
 * strength between them. Units are those of the positions: points. */
#define LARGEST_SIZE 20.0
#define SMALLEST_SIZE 2.0

enum field {
	NODE_LABEL, NODE_NAME, NODE_SIZE, NODE_X, NODE_Y, NODE_R, NODE_G, NODE_B,
	NODE_ADDRESS, NODE_DOMAIN, NODE_COMMUNITY, NODE_COMMUNITY_NAME, NODE_RANK, NODE_SCORE,
	NODE_FIRST, NODE_LAST, NODE_FIRST_MS, NODE_LAST_MS, NODE_MEASURE, NODE_MEASURE_RANK,
	EDGE_WEIGHT, EDGE_MESSAGES, EDGE_TO, EDGE_CC, EDGE_BCC, EDGE_OTHER, EDGE_BACKBONE,
	EDGE_FIRST, EDGE_LAST, EDGE_FIRST_MS, EDGE_LAST_MS, EDGE_DELAY
};

static const struct attribute visual_attributes[] = {
	{ "label", ATTRIBUTE_STRING, true, NODE_LABEL, 0 },
	{ "size", ATTRIBUTE_DOUBLE, true, NODE_SIZE, 0 },
	{ "x", ATTRIBUTE_DOUBLE, true, NODE_X, 0 },
	{ "y", ATTRIBUTE_DOUBLE, true, NODE_Y, 0 },
	{ "r", ATTRIBUTE_INT, true, NODE_R, 0 },
	{ "g", ATTRIBUTE_INT, true, NODE_G, 0 },
	{ "b", ATTRIBUTE_INT, true, NODE_B, 0 },
};

static const struct attribute node_attributes[] = {
	{ "name", ATTRIBUTE_STRING, false, NODE_NAME, 0 },
	{ "address", ATTRIBUTE_STRING, false, NODE_ADDRESS, 0 },
	{ "domain", ATTRIBUTE_STRING, false, NODE_DOMAIN, 0 },
	{ "community", ATTRIBUTE_INT, false, NODE_COMMUNITY, 0 },
	{ "community_name", ATTRIBUTE_STRING, false, NODE_COMMUNITY_NAME, 0 },
	{ "rank", ATTRIBUTE_INT, false, NODE_RANK, 0 },
	{ "score", ATTRIBUTE_DOUBLE, false, NODE_SCORE, 0 },
};

static const struct attribute node_dates[] = {
	{ "first", ATTRIBUTE_STRING, false, NODE_FIRST, 0 },
	{ "last", ATTRIBUTE_STRING, false, NODE_LAST, 0 },
	{ "first_ms", ATTRIBUTE_LONG, false, NODE_FIRST_MS, 0 },
	{ "last_ms", ATTRIBUTE_LONG, false, NODE_LAST_MS, 0 },
};

static const struct attribute edge_attributes[] = {
	{ "weight", ATTRIBUTE_DOUBLE, true, EDGE_WEIGHT, 0 },
	{ "messages", ATTRIBUTE_LONG, false, EDGE_MESSAGES, 0 },
	{ "to", ATTRIBUTE_LONG, false, EDGE_TO, 0 },
	{ "cc", ATTRIBUTE_LONG, false, EDGE_CC, 0 },
	{ "bcc", ATTRIBUTE_LONG, false, EDGE_BCC, 0 },
	{ "other", ATTRIBUTE_LONG, false, EDGE_OTHER, 0 },
	{ "backbone", ATTRIBUTE_BOOLEAN, false, EDGE_BACKBONE, 0 },
	{ "first", ATTRIBUTE_STRING, false, EDGE_FIRST, 0 },
	{ "last", ATTRIBUTE_STRING, false, EDGE_LAST, 0 },
	{ "first_ms", ATTRIBUTE_LONG, false, EDGE_FIRST_MS, 0 },
	{ "last_ms", ATTRIBUTE_LONG, false, EDGE_LAST_MS, 0 },
};

/* The same of answers, which have no To or Cc. */
static const struct attribute reply_attributes[] = {
	{ "weight", ATTRIBUTE_DOUBLE, true, EDGE_WEIGHT, 0 },
	{ "messages", ATTRIBUTE_LONG, false, EDGE_MESSAGES, 0 },
	{ "median_delay_s", ATTRIBUTE_LONG, false, EDGE_DELAY, 0 },
	{ "backbone", ATTRIBUTE_BOOLEAN, false, EDGE_BACKBONE, 0 },
	{ "first", ATTRIBUTE_STRING, false, EDGE_FIRST, 0 },
	{ "last", ATTRIBUTE_STRING, false, EDGE_LAST, 0 },
	{ "first_ms", ATTRIBUTE_LONG, false, EDGE_FIRST_MS, 0 },
	{ "last_ms", ATTRIBUTE_LONG, false, EDGE_LAST_MS, 0 },
};

/* A measure's name as a plain word. */
static void name_measure(char name[static 48], const char *measure, const char *suffix)
{
	g_snprintf(name, 48, "%s%s", measure, suffix);
	for (char *at = name; *at; at++)
		*at = g_ascii_isalnum(*at) ? g_ascii_tolower(*at) : '_';
}

static void append_measures(GArray *nodes)
{
	for (int m = 0; m < MEASURE_COUNT; m++) {
		struct attribute value = { .field = NODE_MEASURE, .measure = m };
		struct attribute rank = { .field = NODE_MEASURE_RANK, .measure = m };

		name_measure(value.name, measure_infos[m].name, "");
		name_measure(rank.name, measure_infos[m].name, "_rank");
		value.type = measure_infos[m].is_count ? ATTRIBUTE_LONG : ATTRIBUTE_DOUBLE;
		rank.type = ATTRIBUTE_INT;
		g_array_append_val(nodes, value);
		g_array_append_val(nodes, rank);
	}
}

void attributes_init(struct attributes *attributes, const struct analysis *analysis,
                     const double *positions, bool y_upwards)
{
	GArray *nodes = g_array_new(FALSE, FALSE, sizeof(struct attribute));
	const double *strength = analysis->measures[MEASURE_STRENGTH];

	*attributes = (struct attributes){
		.analysis = analysis, .positions = positions, .y_upwards = y_upwards,
	};
	for (int i = 0; strength && i < analysis->network->order; i++)
		if (isfinite(strength[i]) && strength[i] > attributes->largest_strength)
			attributes->largest_strength = strength[i];
	g_array_append_vals(nodes, visual_attributes, G_N_ELEMENTS(visual_attributes));
	g_array_append_vals(nodes, node_attributes, G_N_ELEMENTS(node_attributes));
	append_measures(nodes);
	g_array_append_vals(nodes, node_dates, G_N_ELEMENTS(node_dates));
	attributes->node_count = (int)nodes->len;
	attributes->nodes = (struct attribute *)(void *)g_array_free(nodes, FALSE);
	bool is_reply = analysis->network->edges == EDGES_REPLY;
	attributes->edges = is_reply ? reply_attributes : edge_attributes;
	attributes->edge_count = is_reply ? G_N_ELEMENTS(reply_attributes)
	                                  : G_N_ELEMENTS(edge_attributes);
}

void attributes_clear(struct attributes *attributes)
{
	g_free(attributes->nodes);
	*attributes = (struct attributes){ 0 };
}

/* ---- values; each says whether there is one ---- */

static bool set_text(struct attribute_value *value, const char *text)
{
	char *clean = clean_copy(text);

	g_string_assign(value->text, clean);
	g_free(clean);
	return value->text->len > 0;
}

static bool set_integer(struct attribute_value *value, int64_t integer)
{
	value->integer = integer;
	return true;
}

static bool set_real(struct attribute_value *value, double real)
{
	value->real = real;
	return isfinite(real);
}

static bool set_date(struct attribute_value *value, int64_t instant)
{
	char date[32];

	g_string_assign(value->text, instant_format(date, instant));
	return instant != INSTANT_NONE;
}

static bool set_milliseconds(struct attribute_value *value, int64_t instant)
{
	return instant != INSTANT_NONE && !__builtin_mul_overflow(instant, 1000, &value->integer);
}

/* The name, else the address, else the node's id: no reader shows nothing. */
static bool set_label(struct attribute_value *value, const struct vertex *vertex, int index)
{
	if (set_text(value, vertex->name) || set_text(value, vertex->address))
		return true;
	g_string_printf(value->text, "n%d", index);
	return true;
}

/* igraph takes the attribute "name" for the identity of a vertex: no two people
 * have the same, as they may with names of people. */
static bool set_name(struct attribute_value *value, const struct vertex *vertex, int index)
{
	if (!set_text(value, vertex->address))
		g_string_printf(value->text, "n%d", index);
	return true;
}

static bool set_domain(struct attribute_value *value, const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL;

	return at && set_text(value, at + 1);
}

static bool set_size(const struct attributes *attributes, int vertex, struct attribute_value *value)
{
	const double *strength = attributes->analysis->measures[MEASURE_STRENGTH];
	double share = 0;

	if (strength && isfinite(strength[vertex]) && strength[vertex] > 0)
		share = sqrt(strength[vertex] / attributes->largest_strength);
	return set_real(value, MAX(SMALLEST_SIZE, LARGEST_SIZE * share));
}

/* A point that lacks one of its numbers is no place. */
static bool set_place(const struct attributes *attributes, int vertex, bool is_y,
                      struct attribute_value *value)
{
	if (!attributes->positions)
		return false;

	const double *place = attributes->positions + 2 * (size_t)vertex;
	double y = attributes->y_upwards ? -place[1] : place[1];

	return isfinite(place[0]) && isfinite(y) && set_real(value, is_y ? y : place[0]);
}

static int community_of(const struct analysis *analysis, int vertex)
{
	int community = analysis->membership ? analysis->membership[vertex] : -1;

	return community < analysis->community_count ? community : -1;
}

static bool set_color(const struct analysis *analysis, int vertex, int field,
                      struct attribute_value *value)
{
	int community = community_of(analysis, vertex);
	struct palette_color color = palette_category(
		community < 0 ? -1 : analysis->communities[community].color);

	return set_integer(value, field == NODE_R ? color.r : field == NODE_G ? color.g : color.b);
}

static bool set_community(const struct analysis *analysis, int vertex, bool name,
                          struct attribute_value *value)
{
	int community = community_of(analysis, vertex);

	if (community < 0)
		return false;
	if (name)
		return set_text(value, analysis->communities[community].name);
	return set_integer(value, analysis->communities[community].number);
}

static bool set_measure(const struct analysis *analysis, const struct attribute *attribute,
                        int vertex, struct attribute_value *value)
{
	double real = analysis->measures[attribute->measure][vertex];

	if (attribute->type == ATTRIBUTE_DOUBLE)
		return set_real(value, real);
	return fabs(real) < 9e15 && set_integer(value, llround(real));
}

bool attributes_node(const struct attributes *attributes, int index, int vertex,
                     struct attribute_value *value)
{
	const struct analysis *analysis = attributes->analysis;
	const struct vertex *person = &analysis->network->vertices[vertex];
	const struct attribute *attribute = &attributes->nodes[index];

	switch (attribute->field) {
	case NODE_LABEL:        return set_label(value, person, vertex);
	case NODE_NAME:         return set_name(value, person, vertex);
	case NODE_SIZE:         return set_size(attributes, vertex, value);
	case NODE_X:            return set_place(attributes, vertex, false, value);
	case NODE_Y:            return set_place(attributes, vertex, true, value);
	case NODE_R:
	case NODE_G:
	case NODE_B:            return set_color(analysis, vertex, attribute->field, value);
	case NODE_ADDRESS:      return set_text(value, person->address);
	case NODE_DOMAIN:       return set_domain(value, person->address);
	case NODE_COMMUNITY:    return set_community(analysis, vertex, false, value);
	case NODE_COMMUNITY_NAME: return set_community(analysis, vertex, true, value);
	case NODE_RANK:         return analysis->rank && set_integer(value, analysis->rank[vertex]);
	case NODE_SCORE:        return analysis->score && set_real(value, analysis->score[vertex]);
	case NODE_FIRST:        return set_date(value, person->first);
	case NODE_LAST:         return set_date(value, person->last);
	case NODE_FIRST_MS:     return set_milliseconds(value, person->first);
	case NODE_LAST_MS:      return set_milliseconds(value, person->last);
	case NODE_MEASURE:      return set_measure(analysis, attribute, vertex, value);
	case NODE_MEASURE_RANK:
		return set_integer(value, analysis->ranks[attribute->measure][vertex]);
	}
	return false;
}

bool attributes_edge(const struct attributes *attributes, int index, int arc,
                     struct attribute_value *value)
{
	const struct analysis *analysis = attributes->analysis;
	const struct arc *tie = &analysis->network->arcs[arc];

	switch (attributes->edges[index].field) {
	case EDGE_WEIGHT:       return tie->weight > 0 && set_real(value, tie->weight);
	case EDGE_MESSAGES:     return set_integer(value, tie->messages);
	case EDGE_TO:           return set_integer(value, tie->to_count);
	case EDGE_CC:           return set_integer(value, tie->cc_count);
	case EDGE_BCC:          return set_integer(value, tie->bcc_count);
	case EDGE_OTHER:        return set_integer(value, tie->other_count);
	case EDGE_BACKBONE:     return analysis->backbone && set_integer(value, analysis->backbone[arc]);
	case EDGE_FIRST:        return set_date(value, tie->first);
	case EDGE_LAST:         return set_date(value, tie->last);
	case EDGE_FIRST_MS:     return set_milliseconds(value, tie->first);
	case EDGE_LAST_MS:      return set_milliseconds(value, tie->last);
	case EDGE_DELAY:
		return tie->median_delay_s != INSTANT_NONE && set_integer(value, tie->median_delay_s);
	}
	return false;
}

void attribute_write_number(FILE *out, enum attribute_type type,
                            const struct attribute_value *value)
{
	char number[40];

	switch (type) {
	case ATTRIBUTE_BOOLEAN:
		fputs(value->integer ? "true" : "false", out);
		break;
	case ATTRIBUTE_INT:
	case ATTRIBUTE_LONG:
		fprintf(out, "%" G_GINT64_FORMAT, value->integer);
		break;
	case ATTRIBUTE_DOUBLE:
		fputs(real_format(number, value->real), out);
		break;
	case ATTRIBUTE_STRING:
		break;
	}
}
