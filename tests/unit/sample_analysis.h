/* sample_analysis.h - networks and analyses made by hand, for what writes them
 *
 * Every number is set by a rule that is written here, so that a reader of the
 * files can be told what to expect without asking the program. */
#ifndef SAMPLE_ANALYSIS_H
#define SAMPLE_ANALYSIS_H

#include "epistograph/analysis.h"
#include "epistograph/calendar.h"

#include <glib.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sample_person {
	const char *address, *name;
};

struct sample {
	struct network network;
	struct analysis analysis;
	double *positions;
};

/* v-th value of measure m: whole where the measure counts, else with many digits. */
static inline double sample_measure(int m, int v)
{
	return measure_infos[m].is_count ? 10.0 * m + v : (m + 1) / 7.0 + v / 3.0;
}

static inline void sample_add_measures(struct analysis *analysis, int order)
{
	for (int m = 0; m < MEASURE_COUNT; m++) {
		analysis->measures[m] = g_new(double, order);
		analysis->ranks[m] = g_new(int, order);
		for (int v = 0; v < order; v++) {
			analysis->measures[m][v] = sample_measure(m, v);
			analysis->ranks[m][v] = order - v;      /* values rise with v */
		}
	}
}

/* persons ascending by address; arcs ascending by (from, to). Vertex v is in
 * community v % communities, has rank v + 1 and stands at (10 v, v / 4). */
static inline void sample_init(struct sample *sample, const struct sample_person *persons, int order,
                               const struct arc *arcs, int size, int communities)
{
	struct network *network = &sample->network;
	struct analysis *analysis = &sample->analysis;

	*sample = (struct sample){
		.network = {
			.vertices = g_new0(struct vertex, order), .order = order,
			.arcs = g_memdup2(arcs, (gsize)size * sizeof *arcs), .size = size,
			.account = { .messages = 9, .in_network = 8, .undated = 1,
			             .first = INSTANT_NONE, .last = INSTANT_NONE },
		},
		.analysis = { .network = network, .options = ANALYSIS_DEFAULTS,
		              .community_count = communities, .modularity = order ? 0.25 : NAN,
		              .sources = order },
		.positions = g_new(double, 2 * order),
	};
	analysis->membership = g_new(int, order);
	analysis->communities = g_new0(struct community, communities);
	analysis->score = g_new(double, order);
	analysis->rank = g_new(int, order);
	analysis->by_rank = g_new(int, order);
	analysis->backbone = g_new0(bool, size);
	sample_add_measures(analysis, order);
	for (int v = 0; v < order; v++) {
		network->vertices[v] = (struct vertex){
			.person = v + 1, .address = persons[v].address, .name = persons[v].name,
			.sent = 100 + v, .received = 2000 + v, .first = 1000000000 + v, .last = 1400000000 + v,
		};
		analysis->membership[v] = v % communities;
		analysis->communities[v % communities].size++;
		analysis->score[v] = v + 1.5;
		analysis->rank[v] = v + 1;
		analysis->by_rank[v] = v;
		sample->positions[2 * v] = 10.0 * v;
		sample->positions[2 * v + 1] = v / 4.0;
	}
	for (int c = 0; c < communities; c++) {
		struct community *community = &analysis->communities[c];

		community->number = c + 1;
		community->color = c;
		community->name = g_strdup_printf("%s & co", persons[c].name);
		community->short_name = g_strdup(persons[c].name);
		community->domain = g_strdup("example.org");
	}
	for (int a = 0; a < size; a++)
		analysis->backbone[a] = a % 2 == 0;
}

static inline void sample_clear(struct sample *sample)
{
	struct analysis *analysis = &sample->analysis;

	for (int m = 0; m < MEASURE_COUNT; m++) {
		g_free(analysis->measures[m]);
		g_free(analysis->ranks[m]);
	}
	for (int c = 0; c < analysis->community_count; c++) {
		g_free(analysis->communities[c].name);
		g_free(analysis->communities[c].short_name);
		g_free(analysis->communities[c].domain);
	}
	g_free(analysis->communities);
	g_free(analysis->membership);
	g_free(analysis->score);
	g_free(analysis->rank);
	g_free(analysis->by_rank);
	g_free(analysis->backbone);
	g_free(sample->network.vertices);
	g_free(sample->network.arcs);
	g_free(sample->positions);
}

/* ---- the nasty one: every kind of text that breaks a writer ---- */

static const struct sample_person nasty_persons[] = {
	{ "", "" },
	{ "+1-555@example.org", "+33 1 23 45 67 89" },
	{ "=cmd|'/C calc'!A0@example.org", "=cmd|'/C calc'!A0" },
	{ "amp&lt;@example.org", "Smith & Sons <smith> \"the best\" 'ones' ]]> <!-- -->" },
	{ "ann@example.org", "" },
	{ "bidi@example.org", "\xe2\x80\xaegro.elpmaxe\xe2\x80\xac \xe2\x81\xa6x\xe2\x81\xa9" },
	{ "ctl@example.org", "bell\x07 esc\033[31m del\x7f nul-like\x01 c1\xc2\x85 fffe\xef\xbf\xbe ffff\xef\xbf\xbf" },
	{ "emoji@example.org", "\xf0\x9f\x98\x80 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac" },
	{ "lines@example.org", "one\r\ntwo\tthree\n\nfour\xe2\x80\xa8" "five" },
	{ "long@example.org", "x, y; z, \"q\";=1+1; @SUM(A1)\\" },
	{ "no-at-sign", "--" },
	{ "quote\"@example.org", "\"" },
	{ "utf8@ex\xc3\xa4mple.org", "Zo\xeb \xff\xfe \xed\xa0\x80 \xe6\x97 broken" },
	{ "zh@example.org", "\xe5\xb1\xb1\xe7\x94\xb0 \xe5\xa4\xaa\xe9\x83\x8e" },
	{ "\xd8\xa7@example.org", "\xd9\x85\xd8\xad\xd9\x85\xd8\xaf" },
};
#define NASTY_ORDER ((int)G_N_ELEMENTS(nasty_persons))

/* A ring in both directions, and a few arcs across. */
static inline void sample_init_nasty(struct sample *sample)
{
	struct arc arcs[3 * NASTY_ORDER];
	int size = 0;

	for (int from = 0; from < NASTY_ORDER; from++)
		for (int to = 0; to < NASTY_ORDER; to++) {
			int step = (to - from + NASTY_ORDER) % NASTY_ORDER;

			if (step != 1 && step != NASTY_ORDER - 1 && step != 4)
				continue;
			arcs[size] = (struct arc){
				.from = from, .to = to, .messages = 10 + size, .to_count = 4 + size,
				.cc_count = 3, .bcc_count = 2, .other_count = 1,
				.weight = 1 / 3.0 + size, .first = 86400 * (int64_t)size - 1,
				.last = size % 5 ? 1400000000 + size : INSTANT_NONE,
			};
			size++;
		}
	sample_init(sample, nasty_persons, NASTY_ORDER, arcs, size, 10);
	sample->network.vertices[3].first = INSTANT_NONE;
	sample->network.vertices[3].last = INSTANT_NONE;
	sample->network.vertices[4].first = -1;
	sample->network.vertices[5].sent = INT64_C(5000000000);
	sample->analysis.measures[MEASURE_SENT][5] = 5e9;
	sample->analysis.measures[MEASURE_PAGERANK][1] = NAN;
	sample->analysis.measures[MEASURE_PAGERANK][2] = INFINITY;
	sample->analysis.measures[MEASURE_PAGERANK][3] = -INFINITY;
	sample->analysis.measures[MEASURE_PAGERANK][4] = 5e-324;        /* the smallest there is */
	sample->analysis.measures[MEASURE_PAGERANK][5] = 1.7976931348623157e308;
	sample->analysis.measures[MEASURE_PAGERANK][6] = -0.0;
	sample->analysis.measures[MEASURE_STRENGTH][2] = NAN;
	sample->analysis.measures[MEASURE_CORRESPONDENTS][2] = NAN;
	sample->analysis.score[7] = NAN;
	sample->positions[2 * 2] = NAN;
	sample->positions[2 * 3 + 1] = INFINITY;
}

#endif
