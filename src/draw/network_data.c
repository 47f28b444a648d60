/* network_data.c - the numbers of a network diagram, a row for each mark */
#include "network_figure.h"

#include "epistograph/figure_data.h"

#include <glib.h>

enum {
	NAME, ADDRESS, TO_NAME, TO_ADDRESS, COMMUNITY, TO_COMMUNITY, PEOPLE, PEOPLE_NOT_DRAWN, TIES,
	MESSAGES, MESSAGES_BACK, SENT, RECEIVED, STRENGTH, RANK,
};

/* Of a tie and of all ties between two communities: messages from the first to the
 * second and back. */
static const struct data_column columns[] = {
	[NAME] = { "name", DATA_TEXT }, [ADDRESS] = { "address", DATA_TEXT },
	[TO_NAME] = { "to_name", DATA_TEXT }, [TO_ADDRESS] = { "to_address", DATA_TEXT },
	[COMMUNITY] = { "community", DATA_INT }, [TO_COMMUNITY] = { "to_community", DATA_INT },
	[PEOPLE] = { "people", DATA_INT }, [PEOPLE_NOT_DRAWN] = { "people_not_drawn", DATA_INT },
	[TIES] = { "ties", DATA_INT }, [MESSAGES] = { "messages", DATA_INT },
	[MESSAGES_BACK] = { "messages_back", DATA_INT }, [SENT] = { "sent", DATA_INT },
	[RECEIVED] = { "received", DATA_INT }, [STRENGTH] = { "strength", DATA_REAL },
	[RANK] = { "rank", DATA_INT },
};

void network_note_columns(struct canvas *canvas)
{
	figure_data_columns(canvas_data(canvas), columns, G_N_ELEMENTS(columns));
}

static void note_ends(const struct figure *figure, const char *kind, int64_t ties, int64_t forward,
                      int64_t backward)
{
	figure_data_mark(figure->canvas, kind);
	figure_data_int(figure->canvas, TIES, ties);
	figure_data_int(figure->canvas, MESSAGES, forward);
	figure_data_int(figure->canvas, MESSAGES_BACK, backward);
}

void network_note_bundle(const struct figure *figure, const struct layout_bundle *bundle,
                         const struct community *a, const struct community *b)
{
	struct canvas *canvas = figure->canvas;

	note_ends(figure, "bundle", bundle->ties, bundle->forward, bundle->backward);
	figure_data_text(canvas, NAME, a->name);
	figure_data_text(canvas, TO_NAME, b->name);
	figure_data_int(canvas, COMMUNITY, a->number);
	figure_data_int(canvas, TO_COMMUNITY, b->number);
}

void network_note_community(const struct figure *figure, const struct community *community,
                            const struct layout_disc *disc)
{
	figure_data_mark(figure->canvas, "community");
	figure_data_text(figure->canvas, NAME, community->name);
	figure_data_int(figure->canvas, COMMUNITY, community->number);
	figure_data_int(figure->canvas, PEOPLE, community->size);
	figure_data_int(figure->canvas, PEOPLE_NOT_DRAWN, disc->folded);
	figure_data_real(figure->canvas, STRENGTH, community->strength);
}

void network_note_person(struct canvas *canvas, const struct analysis *analysis, int vertex)
{
	const struct vertex *person = &analysis->network->vertices[vertex];

	figure_data_mark(canvas, "person");
	figure_data_text(canvas, NAME, person->name);
	figure_data_text(canvas, ADDRESS, person->address);
	figure_data_int(canvas, COMMUNITY, analysis->communities[analysis->membership[vertex]].number);
	figure_data_int(canvas, SENT, person->sent);
	figure_data_int(canvas, RECEIVED, person->received);
	figure_data_real(canvas, STRENGTH, analysis->measures[MEASURE_STRENGTH][vertex]);
	figure_data_int(canvas, RANK, analysis->rank[vertex]);
}

void network_note_tie(const struct figure *figure, const struct layout_tie *tie)
{
	const struct layout_node *nodes = figure->layout->nodes;
	const struct vertex *vertices = figure->analysis->network->vertices;
	const struct vertex *a = &vertices[nodes[tie->a].vertex], *b = &vertices[nodes[tie->b].vertex];

	note_ends(figure, "tie", 1, tie->forward, tie->backward);
	figure_data_text(figure->canvas, NAME, a->name);
	figure_data_text(figure->canvas, ADDRESS, a->address);
	figure_data_text(figure->canvas, TO_NAME, b->name);
	figure_data_text(figure->canvas, TO_ADDRESS, b->address);
}

void network_note_rest(const struct figure *figure)
{
	const struct layout *layout = figure->layout;

	if (layout->small_groups > 0) {
		figure_data_rest(figure->canvas, "small groups");
		figure_data_int(figure->canvas, PEOPLE, layout->small_group_people);
		figure_data_int(figure->canvas, PEOPLE_NOT_DRAWN, layout->small_group_people);
	}
	int ties = layout->ties_total - layout->ties_drawn - layout->ties_bundled;
	if (ties == 0)
		return;
	figure_data_rest(figure->canvas, "ties not drawn");
	figure_data_int(figure->canvas, TIES, ties);
	figure_data_int(figure->canvas, MESSAGES, layout->receipts_total - layout->receipts_drawn -
	                layout->receipts_bundled);
}
