/* export_sample - write hand-made networks in every format, and what they hold
 *
 * usage: export_sample DIR
 * Writes DIR/NAME.graphml, .gexf, .json, .nodes.csv, .edges.csv, .people.csv,
 * .people.json for four networks: nasty, random (names), one (person), empty; and NAME.truth:
 * one JSON object a line, texts as hexadecimal bytes and reals as hexadecimal
 * floats, so that it passes through none of the writers under test. */
#include "../unit/sample_analysis.h"

#include "epistograph/export.h"

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>

static FILE *open_in(const char *folder, const char *name, const char *suffix)
{
	char *path = g_strdup_printf("%s/%s%s", folder, name, suffix);
	FILE *file = fopen(path, "w");

	if (!file) {
		perror(path);
		exit(3);
	}
	g_free(path);
	return file;
}

static void close_checked(FILE *file)
{
	if (fclose(file) != 0) {
		perror("export_sample");
		exit(3);
	}
}

static void put_hex(FILE *out, const char *name, const char *bytes)
{
	fprintf(out, "\"%s\": \"", name);
	for (; *bytes; bytes++)
		fprintf(out, "%02x", (unsigned char)*bytes);
	fputs("\", ", out);
}

static void put_vertex(FILE *out, const struct sample *sample, int v)
{
	const struct analysis *analysis = &sample->analysis;
	const struct vertex *vertex = &sample->network.vertices[v];
	const struct community *community = &analysis->communities[analysis->membership[v]];

	fputs("{\"kind\": \"vertex\", ", out);
	put_hex(out, "address", vertex->address);
	put_hex(out, "name", vertex->name);
	put_hex(out, "community_name", community->name);
	fprintf(out, "\"community\": %d, \"rank\": %d, \"score\": \"%a\", ", community->number,
	        analysis->rank[v], analysis->score[v]);
	fprintf(out, "\"first\": %" PRId64 ", \"last\": %" PRId64 ", \"x\": \"%a\", \"y\": \"%a\", ",
	        vertex->first, vertex->last, sample->positions[2 * v], sample->positions[2 * v + 1]);
	fputs("\"measures\": {", out);
	for (int m = 0; m < MEASURE_COUNT; m++)
		fprintf(out, "%s\"%s\": [\"%a\", %d, %s]", m ? ", " : "", measure_infos[m].name,
		        analysis->measures[m][v], analysis->ranks[m][v],
		        measure_infos[m].is_count ? "true" : "false");
	fputs("}}\n", out);
}

static void put_arc(FILE *out, const struct sample *sample, int a)
{
	const struct arc *arc = &sample->network.arcs[a];

	fprintf(out, "{\"kind\": \"arc\", \"from\": %d, \"to\": %d, \"weight\": \"%a\", "
	        "\"backbone\": %s, ", arc->from, arc->to, arc->weight,
	        sample->analysis.backbone[a] ? "true" : "false");
	fprintf(out, "\"counts\": [%" PRId64 ", %" PRId64 ", %" PRId64 ", %" PRId64 ", %" PRId64 "], ",
	        arc->messages, arc->to_count, arc->cc_count, arc->bcc_count, arc->other_count);
	fprintf(out, "\"first\": %" PRId64 ", \"last\": %" PRId64 "}\n", arc->first, arc->last);
}

static void write_truth(const char *folder, const char *name, const struct sample *sample)
{
	FILE *out = open_in(folder, name, ".truth");

	for (int v = 0; v < sample->network.order; v++)
		put_vertex(out, sample, v);
	for (int a = 0; a < sample->network.size; a++)
		put_arc(out, sample, a);
	close_checked(out);
}

static void write_people(const char *folder, const char *name, const struct sample *sample)
{
	struct people_table table = { .analysis = &sample->analysis, .by = -1 };
	static const char *const suffixes[] = { ".people.txt", ".people.csv", ".people.json" };

	for (int format = TABLE_AS_TEXT; format <= TABLE_AS_JSON; format++) {
		FILE *out = open_in(folder, name, suffixes[format]);

		table.format = (enum table_format)format;
		export_people(out, &table);
		close_checked(out);
	}
}

static void write_all(const char *folder, const char *name, const struct sample *sample)
{
	const struct export_about about = {
		.software = "epistograph -- <test> & \"co\"",
		.filter = "since --2016--> until -2017- ]]>\001",
	};
	static const struct {
		const char *suffix;
		void (*write)(FILE *out, const struct analysis *analysis, const double *positions,
		              const struct export_about *about);
	} graphs[] = {
		{ ".graphml", export_graphml }, { ".gexf", export_gexf }, { ".json", export_json },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(graphs); i++) {
		FILE *out = open_in(folder, name, graphs[i].suffix);

		graphs[i].write(out, &sample->analysis, sample->positions, &about);
		close_checked(out);
	}

	FILE *nodes = open_in(folder, name, ".nodes.csv"), *edges = open_in(folder, name, ".edges.csv");

	export_nodes_csv(nodes, &sample->analysis);
	export_edges_csv(edges, &sample->analysis);
	close_checked(nodes);
	close_checked(edges);
	write_people(folder, name, sample);
	write_truth(folder, name, sample);
}

/* Names of pieces that mean something to one reader or another. */
static char *random_text(GRand *random)
{
	static const char *const pieces[] = {
		"=", "+", "-", "@", "\"", "'", ",", ";", "<", ">", "&", "]]>", "<!--", "-->", "</data>",
		"&#0;", "&amp;", "\\", "\\u0000", "%s", "\n", "\r", "\t", " ", "\001", "\033[2J", "\177",
		"\302\205", "\302\240", "\342\200\250", "\342\200\256", "\357\273\277", "\357\277\276",
		"\360\237\277\277", "\377", "\303", "\355\240\200", "\364\220\200\200", "\340\200\200",
		"\360\237\230\200", "\357\274\235", "a", "Zo", "7", "e5", "NaN", "null",
	};
	GString *text = g_string_new(NULL);

	for (int n = g_rand_int_range(random, 0, 8); n > 0; n--)
		g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
	return g_string_free(text, FALSE);
}

static void write_random(const char *folder)
{
	enum { ORDER = 400 };
	GRand *random = g_rand_new_with_seed(20090320);
	char *texts[2 * ORDER];
	struct sample_person persons[ORDER];
	struct arc arcs[ORDER - 1];
	struct sample sample;

	for (int i = 0; i < 2 * ORDER; i++)
		texts[i] = random_text(random);
	for (int v = 0; v < ORDER; v++)
		persons[v] = (struct sample_person){ texts[2 * v], texts[2 * v + 1] };
	for (int a = 0; a < ORDER - 1; a++)
		arcs[a] = (struct arc){ .from = a, .to = a + 1, .messages = a + 1, .to_count = a + 1,
		                        .weight = g_rand_double_range(random, 1e-9, 1e9),
		                        .first = a, .last = a };
	sample_init(&sample, persons, ORDER, arcs, ORDER - 1, 12);
	write_all(folder, "random", &sample);
	sample_clear(&sample);
	for (int i = 0; i < 2 * ORDER; i++)
		g_free(texts[i]);
	g_rand_free(random);
}

int main(int argc, char **argv)
{
	struct sample sample;

	setlocale(LC_ALL, "");
	if (argc != 2) {
		fputs("usage: export_sample DIR\n", stderr);
		return 2;
	}
	sample_init_nasty(&sample);
	write_all(argv[1], "nasty", &sample);
	sample_clear(&sample);
	write_random(argv[1]);
	sample_init(&sample, &nasty_persons[3], 1, NULL, 0, 1);
	write_all(argv[1], "one", &sample);
	sample_clear(&sample);
	sample_init(&sample, NULL, 0, NULL, 0, 0);
	write_all(argv[1], "empty", &sample);
	sample_clear(&sample);
	return 0;
}
