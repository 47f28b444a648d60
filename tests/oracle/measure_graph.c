/* measure_graph.c - what our code says of an edge list, for comparison with other tools
 *
 * usage: measure_graph [-s SAMPLES] < EDGES
 * EDGES has a line "from to [weight]" each: names without blanks, weight a whole
 * number of messages. Equal pairs are summed. Output: a tab-separated table, one
 * row a vertex, then lines "# name<tab>value" for the network. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "epistograph/analysis.h"
#include "epistograph/error.h"
#include "epistograph/calendar.h"

struct input {
	GHashTable *ids;                /* name to person id */
	GArray *persons;
	GArray *pairs;                  /* three numbers each: from, to, weight */
};

static int64_t id_of(struct input *input, const char *name)
{
	gpointer known = g_hash_table_lookup(input->ids, name);
	struct person person;

	if (known)
		return (int64_t)GPOINTER_TO_SIZE(known);
	person = (struct person){ .id = input->persons->len + 1, .address = g_strdup(name), .name = "" };
	g_array_append_val(input->persons, person);
	g_hash_table_insert(input->ids, (char *)person.address, GSIZE_TO_POINTER(person.id));
	return person.id;
}

static void read_input(struct input *input)
{
	char line[1024], from[400], to[400];

	input->ids = g_hash_table_new(g_str_hash, g_str_equal);
	input->persons = g_array_new(FALSE, FALSE, sizeof(struct person));
	input->pairs = g_array_new(FALSE, FALSE, sizeof(int64_t));
	while (fgets(line, sizeof line, stdin)) {
		long long weight = 1;
		int64_t row[3];

		if (sscanf(line, "%399s %399s %lld", from, to, &weight) < 2 || *from == '#')
			continue;
		row[0] = id_of(input, from);
		row[1] = id_of(input, to);
		row[2] = weight;
		g_array_append_vals(input->pairs, row, 3);
	}
}

static void build_network(const struct input *input, struct network *network)
{
	struct network_builder *builder = network_builder_new(
		(const struct person *)(void *)input->persons->data, input->persons->len,
		WEIGHT_COUNT);

	for (guint i = 0; i < input->pairs->len; i += 3) {
		const int64_t *row = &g_array_index(input->pairs, int64_t, i);
		struct recipient recipient = { row[1], ROLE_TO };
		struct correspondence message = {
			.instant = INSTANT_NONE, .sender = row[0],
			.recipients = &recipient, .recipient_count = 1,
		};

		for (int64_t n = 0; n < row[2]; n++)
			network_builder_add(builder, &message);
	}
	network_builder_finish(builder, network);
}

static void print_table(const struct analysis *analysis)
{
	int kept = 0;

	printf("vertex\tcommunity\trank\tscore");
	for (int m = 0; m < MEASURE_COUNT; m++)
		printf("\t%s", measure_infos[m].name);
	for (int i = 0; i < analysis->network->order; i++) {
		printf("\n%s\t%d\t%d\t%.17g", analysis->network->vertices[i].address,
		       analysis->membership[i] + 1, analysis->rank[i], analysis->score[i]);
		for (int m = 0; m < MEASURE_COUNT; m++)
			printf("\t%.17g", analysis->measures[m][i]);
	}
	for (int i = 0; i < analysis->network->size; i++)
		kept += analysis->backbone[i];
	printf("\n# order\t%d\n# size\t%d\n# receipts\t%lld\n# communities\t%d\n"
	       "# modularity\t%.17g\n# components\t%d\n# largest\t%d\n# sources\t%d\n"
	       "# backbone\t%d\n", analysis->network->order, analysis->network->size,
	       (long long)network_receipts(analysis->network), analysis->community_count,
	       analysis->modularity, analysis->components, analysis->largest_component,
	       analysis->sources, kept);
}

static void print_backbone(const struct analysis *analysis)
{
	const struct network *network = analysis->network;

	for (int i = 0; i < network->size; i++)
		if (analysis->backbone[i])
			printf("# kept\t%s\t%s\n", network->vertices[network->arcs[i].from].address,
			       network->vertices[network->arcs[i].to].address);
}

int main(int argc, char **argv)
{
	struct analysis_options options = ANALYSIS_DEFAULTS;
	struct error err = { "" };
	struct analysis analysis;
	struct network network;
	struct input input;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-s") == 0 && i + 1 < argc) {
			options.samples = atoi(argv[++i]);
		} else {
			fprintf(stderr, "usage: %s [-s SAMPLES] < EDGES\n", argv[0]);
			return 2;
		}
	}
	read_input(&input);
	build_network(&input, &network);
	if (analysis_run(&network, &options, &analysis, &err) < 0) {
		fprintf(stderr, "%s: %s\n", argv[0], err.message);
		return 3;
	}
	print_table(&analysis);
	print_backbone(&analysis);
	analysis_clear(&analysis);
	network_clear(&network);
	for (guint i = 0; i < input.persons->len; i++)
		g_free((char *)g_array_index(input.persons, struct person, i).address);
	g_hash_table_destroy(input.ids);
	g_array_free(input.persons, TRUE);
	g_array_free(input.pairs, TRUE);
	return ferror(stdout) || fflush(stdout) ? 3 : 0;
}
