/* The round trips through other people's readers are in tests/oracle/roundtrip.sh;
 * here stands what needs no reader: exact text, GLib's XML parser, odd analyses. */
#include "unit.h"

#include "sample_analysis.h"

#include "epistograph/export.h"

#include <stdio.h>

typedef void (*writer)(FILE *out, const struct analysis *analysis, const double *positions,
                       const struct export_about *about);

static const struct export_about about = { "epistograph 0.1.0", "since 2016" };

static char *take(char *text)
{
	char *copy = g_strdup(text);

	free(text);
	return copy;
}

/* What write makes of the sample; g_free(). */
static char *graph_of(writer write, const struct sample *sample, const double *positions)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	write(out, &sample->analysis, positions, &about);
	fclose(out);
	return take(text);
}

static char *csv_of(void (*write)(FILE *out, const struct analysis *analysis),
                    const struct sample *sample)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	write(out, &sample->analysis);
	fclose(out);
	return take(text);
}

static const struct sample_person two[] = {
	{ "ann@example.org", "Ann & Lee" },
	{ "bo", "" },
};
static const struct arc one_arc[] = {
	{ 0, 1, 6, 3, 2, 1, 0, 2.5, 0, INSTANT_NONE, INSTANT_NONE },
};

static int new_sample(void **state)
{
	struct sample *sample = g_new(struct sample, 1);

	sample_init(sample, two, 2, one_arc, 1, 1);
	*state = sample;
	return 0;
}

static int free_sample(void **state)
{
	sample_clear(*state);
	g_free(*state);
	return 0;
}

static void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no \"%s\"", part);
}

static void has_not(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("there is \"%s\"", part);
}

/* The nearest a reader gets to the file without a library for graphs. */
static void check_xml(const char *text)
{
	const GMarkupParser nothing = { 0 };
	GMarkupParseContext *context = g_markup_parse_context_new(&nothing, 0, NULL, NULL);
	GError *error = NULL;

	if (!g_markup_parse_context_parse(context, text, -1, &error) ||
	    !g_markup_parse_context_end_parse(context, &error))
		fail_msg("%s", error->message);
	g_markup_parse_context_free(context);
}

static void graphml_says_who_wrote_to_whom(void **state)
{
	const struct sample *sample = *state;
	char *text = graph_of(export_graphml, sample, sample->positions);

	check_xml(text);
	has(text, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"");
	has(text, "<key id=\"n_label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>");
	has(text, "<key id=\"e_weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>");
	has(text, "<key id=\"n_out_degree_rank\" for=\"node\" attr.name=\"out_degree_rank\" "
	          "attr.type=\"int\"/>");
	has(text, "<data key=\"n_label\">Ann &amp; Lee</data>");
	has(text, "<data key=\"n_label\">bo</data>");
	has(text, "<data key=\"n_domain\">example.org</data>");
	has(text, "<edge id=\"e0\" source=\"n0\" target=\"n1\">\n"
	          "      <data key=\"e_weight\">2.5</data>\n"
	          "      <data key=\"e_messages\">6</data>\n"
	          "      <data key=\"e_to\">3</data>\n"
	          "      <data key=\"e_cc\">2</data>\n"
	          "      <data key=\"e_bcc\">1</data>\n"
	          "      <data key=\"e_other\">0</data>\n"
	          "      <data key=\"e_backbone\">true</data>\n"
	          "      <data key=\"e_first\">1970-01-01T00:00:00Z</data>\n"
	          "      <data key=\"e_first_ms\">0</data>\n"
	          "    </edge>\n");
	g_free(text);
}

/* y of the page grows downwards, y of Gephi's and every other plane upwards; JSON
 * is for the screen. Vertex 1 of the sample stands at (10, 1/4). */
static void places_are_turned_up_for_readers_with_y_upwards(void **state)
{
	const struct sample *sample = *state;
	char *graphml = graph_of(export_graphml, sample, sample->positions);
	char *gexf = graph_of(export_gexf, sample, sample->positions);
	char *json = graph_of(export_json, sample, sample->positions);

	has(graphml, "<data key=\"n_x\">10</data>\n      <data key=\"n_y\">-0.25</data>");
	has(gexf, "<viz:position x=\"10\" y=\"-0.25\" z=\"0\"/>");
	has(json, "\"x\": 10, \"y\": 0.25,");
	g_free(graphml);
	g_free(gexf);
	g_free(json);
}

static void without_positions_there_is_no_place(void **state)
{
	char *graphml = graph_of(export_graphml, *state, NULL);
	char *gexf = graph_of(export_gexf, *state, NULL);
	char *json = graph_of(export_json, *state, NULL);

	has_not(graphml, "<data key=\"n_x\">");
	has_not(gexf, "<viz:position");
	has_not(json, "\"x\":");
	g_free(graphml);
	g_free(gexf);
	g_free(json);
}

static void the_strongest_is_twenty_points_wide_and_area_follows_strength(void **state)
{
	struct sample *sample = *state;
	char *text;

	sample->analysis.measures[MEASURE_STRENGTH][0] = 400;
	sample->analysis.measures[MEASURE_STRENGTH][1] = 100;
	text = graph_of(export_graphml, sample, NULL);
	has(text, "<data key=\"n_size\">20</data>");
	has(text, "<data key=\"n_size\">10</data>");
	g_free(text);
}

static void numbers_that_are_none_are_left_out(void **state)
{
	struct sample *sample = *state;
	static const writer writers[] = { export_graphml, export_gexf, export_json };

	sample->analysis.measures[MEASURE_PAGERANK][0] = NAN;
	sample->analysis.measures[MEASURE_PAGERANK][1] = -INFINITY;
	sample->analysis.measures[MEASURE_SENT][0] = INFINITY;
	sample->analysis.measures[MEASURE_STRENGTH][0] = NAN;
	sample->analysis.modularity = NAN;
	sample->network.arcs[0].weight = INFINITY;
	for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
		char *text = graph_of(writers[i], sample, sample->positions);
		char *lower = g_ascii_strdown(text, -1);

		has_not(lower, "\"nan\"");
		has_not(lower, ">nan");
		has_not(lower, "inf");
		has_not(lower, ": nan");
		has_not(lower, "\"e_weight\">");
		g_free(lower);
		g_free(text);
	}
}

/* 0.1 needs one digit, 1/3 sixteen, 2^53 + 2 all of them, and what is too small
 * for igraph's reader is nothing. */
static void numbers_are_as_short_as_they_can_be(void **state)
{
	struct sample *sample = *state;
	static const struct {
		double value;
		const char *text;
	} cases[] = {
		{ 0.1, "0.1" }, { 1 / 3.0, "0.3333333333333333" }, { 9007199254740994, "9007199254740994" },
		{ 5e-324, "0" }, { -0.0, "0" }, { 1e300, "1e+300" }, { 2.2250738585072014e-308,
		"2.2250738585072014e-308" }, { -1.5, "-1.5" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *expected = g_strdup_printf("<data key=\"n_pagerank\">%s</data>", cases[i].text);
		char *text;

		sample->analysis.measures[MEASURE_PAGERANK][0] = cases[i].value;
		text = graph_of(export_graphml, sample, NULL);
		has(text, expected);
		g_free(expected);
		g_free(text);
	}
}

static void a_comment_cannot_be_ended_by_a_filter(void **state)
{
	const struct sample *sample = *state;
	const struct export_about evil = { "x", "a--><evil/><!--->--" };
	char *text = NULL, *copy;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	export_graphml(out, &sample->analysis, NULL, &evil);
	fclose(out);
	copy = take(text);

	const char *end = strstr(copy, "-->");

	assert_non_null(end);
	assert_true(end < strstr(copy, "<graphml"));
	assert_true(end > strstr(copy, "<evil/>"));
	*strstr(copy, "<graphml") = '\0';
	assert_null(strstr(strstr(copy, "<!--") + 4, "<!--"));
	g_free(copy);
}

static void the_file_says_how_it_was_made_but_not_when(void **state)
{
	struct sample *sample = *state;
	char *graphml, *gexf, *json;

	sample->analysis.sources = 1;
	sample->network.weight = WEIGHT_SHARED;
	sample->network.account.first = 0;
	sample->network.account.last = 1;
	graphml = graph_of(export_graphml, sample, NULL);
	gexf = graph_of(export_gexf, sample, NULL);
	json = graph_of(export_json, sample, NULL);
	has(graphml, "Software: epistograph 0.1.0\nFilter: since 2016\nPeople: 2; ties: 1; messages: 8, "
	             "of which without a date: 1\nPeriod: 1970-01-01T00:00:00Z to 1970-01-01T00:00:01Z "
	             "(UTC)\nTies: from sender to recipient\nWeight: 1/(number of recipients) of each message\n"
	             "Communities: 1, by Leiden on modularity, iterations: 10; modularity: 0.25\n"
	             "Seed: 42\nBetweenness and harmonic closeness: from 1 of 2 sources\n"
	             "Backbone: disparity filter, alpha: 0.05\n");
	has(gexf, "<creator>epistograph 0.1.0</creator>");
	has(gexf, "Filter: since 2016; People: 2;");
	has_not(gexf, "lastmodifieddate");
	has(json, "\"software\": \"epistograph 0.1.0\",\n\"filter\": \"since 2016\",\n\"people\": 2,\n");
	has(json, "\"edges\": \"recipient\",\n\"weight\": \"shared\",\n\"seed\": 42,\n");
	has(json, "\"communities\": [\n{\"number\": 1, \"size\": 2, ");
	g_free(graphml);
	g_free(gexf);
	g_free(json);
}

static void answers_have_a_delay_and_no_roles(void **state)
{
	struct sample *sample = *state;
	char *edges, *graphml, *json;

	sample->network.edges = EDGES_REPLY;
	sample->network.arcs[0].median_delay_s = 90;
	edges = csv_of(export_edges_csv, sample);
	graphml = graph_of(export_graphml, sample, NULL);
	json = graph_of(export_json, sample, NULL);
	assert_true(g_str_has_prefix(edges,
		"Source,Target,Type,Id,Weight,messages,median_delay_s,backbone,first,last,"
		"first_ms,last_ms,source_address,source_name,target_address,target_name\n"
		"n0,n1,Directed,e0,2.5,6,90,true,"));
	has(graphml, "attr.name=\"median_delay_s\" attr.type=\"long\"");
	has(graphml, "Ties: from who answered to who was answered");
	has_not(graphml, "attr.name=\"bcc\"");
	has(json, "\"edges\": \"reply\",");
	has(json, "\"median_delay_s\": 90,");
	g_free(edges);
	g_free(graphml);
	g_free(json);
}

static void csv_is_what_gephi_expects(void **state)
{
	char *nodes = csv_of(export_nodes_csv, *state), *edges = csv_of(export_edges_csv, *state);

	assert_true(g_str_has_prefix(nodes, "Id,Label,name,address,domain,community,"));
	has(nodes, "\nn0,Ann & Lee,ann@example.org,ann@example.org,example.org,1,");
	has(nodes, "\nn1,bo,bo,bo,,1,");
	assert_string_equal(edges,
		"Source,Target,Type,Id,Weight,messages,to,cc,bcc,other,backbone,first,last,"
		"first_ms,last_ms,source_address,source_name,target_address,target_name\n"
		"n0,n1,Directed,e0,2.5,6,3,2,1,0,true,1970-01-01T00:00:00Z,,0,,"
		"ann@example.org,Ann & Lee,bo,\n");
	g_free(nodes);
	g_free(edges);
}

static void no_name_is_an_attribute_of_two_types(void **state)
{
	char *text = graph_of(export_graphml, *state, NULL);
	GHashTable *types = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	int keys = 0;

	for (const char *at = text; (at = strstr(at, "<key ")); at++) {
		char name[64], type[16];

		assert_int_equal(2, sscanf(strstr(at, "attr.name="), "attr.name=\"%63[a-z_]\" "
		                           "attr.type=\"%15[a-z]\"", name, type));
		const char *before = g_hash_table_lookup(types, name);

		if (before)
			assert_string_equal(before, type);
		g_hash_table_insert(types, g_strdup(name), g_strdup(type));
		keys++;
	}
	assert_int_equal(14 + 2 * MEASURE_COUNT + 4 + 11, keys);
	g_hash_table_unref(types);
	g_free(text);
}

static void hostile_mail_leaves_every_file_well_formed_and_the_same_twice(void **state)
{
	struct sample sample;
	static const writer writers[] = { export_graphml, export_gexf, export_json };

	(void)state;
	sample_init_nasty(&sample);
	for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
		char *first = graph_of(writers[i], &sample, sample.positions);
		char *second = graph_of(writers[i], &sample, sample.positions);

		assert_string_equal(first, second);
		assert_true(g_utf8_validate(first, -1, NULL));
		for (const char *at = first; *at; at++)
			assert_true((unsigned char)*at >= 0x20 || *at == '\n');
		if (writers[i] != export_json)
			check_xml(first);
		g_free(first);
		g_free(second);
	}
	sample_clear(&sample);
}

static void an_empty_network_is_a_file_without_nodes(void **state)
{
	struct sample sample;
	char *graphml, *json;

	(void)state;
	sample_init(&sample, NULL, 0, NULL, 0, 0);
	graphml = graph_of(export_graphml, &sample, sample.positions);
	json = graph_of(export_json, &sample, NULL);
	check_xml(graphml);
	has(graphml, "<graph id=\"g0\" edgedefault=\"directed\">\n  </graph>\n");
	has(graphml, "attr.name=\"pagerank\"");
	has(json, "\"modularity\": null,\n\"communities\": []\n");
	has(json, "\"nodes\": [\n],\n\"links\": [\n]\n");
	g_free(graphml);
	g_free(json);
	sample_clear(&sample);
}

/* A full disk is the business of whoever commits the stream: it shows there. */
static void a_full_disk_shows_in_the_stream(void **state)
{
	const struct sample *sample = *state;
	FILE *full = fopen("/dev/full", "w");

	assert_non_null(full);
	export_graphml(full, &sample->analysis, NULL, NULL);
	assert_true(fflush(full) != 0 || ferror(full));
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(fact) cmocka_unit_test_setup_teardown(fact, new_sample, free_sample)
		TEST(graphml_says_who_wrote_to_whom),
		TEST(places_are_turned_up_for_readers_with_y_upwards),
		TEST(without_positions_there_is_no_place),
		TEST(the_strongest_is_twenty_points_wide_and_area_follows_strength),
		TEST(numbers_that_are_none_are_left_out),
		TEST(numbers_are_as_short_as_they_can_be),
		TEST(a_comment_cannot_be_ended_by_a_filter),
		TEST(the_file_says_how_it_was_made_but_not_when),
		TEST(answers_have_a_delay_and_no_roles),
		TEST(csv_is_what_gephi_expects),
		TEST(no_name_is_an_attribute_of_two_types),
		cmocka_unit_test(hostile_mail_leaves_every_file_well_formed_and_the_same_twice),
		cmocka_unit_test(an_empty_network_is_a_file_without_nodes),
		TEST(a_full_disk_shows_in_the_stream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
