/* attributes.h - what persons and ties are said to be, the same in every graph file */
#ifndef ATTRIBUTES_H
#define ATTRIBUTES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <glib.h>

#include "epistograph/analysis.h"

/* The types that every reader of GraphML knows (FIELD: no float, no lists). */
enum attribute_type {
	ATTRIBUTE_BOOLEAN,
	ATTRIBUTE_INT,                  /* fits 32 bits */
	ATTRIBUTE_LONG,
	ATTRIBUTE_DOUBLE,
	ATTRIBUTE_STRING
};

struct attribute {
	char name[48];                  /* [a-z0-9_]; never with two types in one file */
	enum attribute_type type;
	bool visual;                    /* how it looks: label, size, place, colour, weight */
	int field, measure;             /* which it is, for attributes.c alone */
};

struct attribute_value {
	int64_t integer;                /* BOOLEAN, INT, LONG */
	double real;                    /* DOUBLE, finite */
	GString *text;                  /* STRING, clean; made by the caller */
};

struct attributes {
	const struct analysis *analysis;        /* borrowed */
	const double *positions;        /* borrowed, or NULL */
	bool y_upwards;                 /* y of positions is turned around */
	struct attribute *nodes;        /* owned */
	int node_count;
	const struct attribute *edges;
	int edge_count;
	double largest_strength;
};

/* positions may be NULL. Clear with attributes_clear(). */
void attributes_init(struct attributes *attributes, const struct analysis *analysis,
                     const double *positions, bool y_upwards);
void attributes_clear(struct attributes *attributes);

/* The value of nodes[index] for a vertex, or of edges[index] for an arc; false if
 * there is none: a name nobody has, a date unknown, a number that is not finite. */
bool attributes_node(const struct attributes *attributes, int index, int vertex,
                     struct attribute_value *value);
bool attributes_edge(const struct attributes *attributes, int index, int arc,
                     struct attribute_value *value);

/* A value as text: whole numbers in full, reals in the shortest form that reads
 * back the same, booleans as true or false. Strings are left to the caller. */
void attribute_write_number(FILE *out, enum attribute_type type,
                            const struct attribute_value *value);

#endif
