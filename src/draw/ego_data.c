#include "ego_parts.h"

#include "epistograph/figure_data.h"

enum {
	NAME, ADDRESS, TO_NAME, TO_ADDRESS, COMMUNITY, PEOPLE, MESSAGES, MESSAGES_BACK, SENT, RECEIVED,
	BETWEEN, RING,
};

/* messages: from the ego, messages_back: to the ego; community: of the group, 0 for several. */
static const struct data_column columns[] = {
	[NAME] = { "name", DATA_TEXT }, [ADDRESS] = { "address", DATA_TEXT },
	[TO_NAME] = { "to_name", DATA_TEXT }, [TO_ADDRESS] = { "to_address", DATA_TEXT },
	[COMMUNITY] = { "community", DATA_INT }, [PEOPLE] = { "people", DATA_INT },
	[MESSAGES] = { "messages", DATA_INT }, [MESSAGES_BACK] = { "messages_back", DATA_INT },
	[SENT] = { "sent", DATA_INT }, [RECEIVED] = { "received", DATA_INT },
	[BETWEEN] = { "messages_between_others", DATA_INT }, [RING] = { "ring", DATA_INT },
};

void ego_data_alter(const struct ego_plot *plot, const struct ego_alter *alter)
{
	figure_data_mark(plot->canvas, "alter");
	figure_data_text(plot->canvas, NAME, alter->name);
	figure_data_text(plot->canvas, ADDRESS, alter->address);
	figure_data_int(plot->canvas, COMMUNITY, plot->ego->groups[alter->group].number);
	figure_data_int(plot->canvas, PEOPLE, 1);
	figure_data_int(plot->canvas, MESSAGES, alter->to);
	figure_data_int(plot->canvas, MESSAGES_BACK, alter->from);
}

void ego_data_between(const struct ego_plot *plot, const struct ego_tie *tie, bool is_drawn)
{
	const struct ego_alter *a = &plot->ego->alters[tie->a], *b = &plot->ego->alters[tie->b];

	if (is_drawn)
		figure_data_mark(plot->canvas, "between");
	else
		figure_data_rest(plot->canvas, "between");
	figure_data_text(plot->canvas, NAME, a->name);
	figure_data_text(plot->canvas, ADDRESS, a->address);
	figure_data_text(plot->canvas, TO_NAME, b->name);
	figure_data_text(plot->canvas, TO_ADDRESS, b->address);
	figure_data_int(plot->canvas, BETWEEN, tie->messages);
}

void ego_data_ego(const struct ego_plot *plot)
{
	figure_data_mark(plot->canvas, "ego");
	figure_data_text(plot->canvas, NAME, plot->ego->name);
	figure_data_text(plot->canvas, ADDRESS, plot->ego->address);
	figure_data_int(plot->canvas, SENT, plot->ego->sent);
	figure_data_int(plot->canvas, RECEIVED, plot->ego->received);
}

void ego_data_group(const struct ego_plot *plot, const struct people_group *group)
{
	figure_data_mark(plot->canvas, "block");
	figure_data_text(plot->canvas, NAME, group->name);
	figure_data_int(plot->canvas, COMMUNITY, group->number);
}

void ego_data_ring(const struct ego_plot *plot, int64_t messages)
{
	figure_data_mark(plot->canvas, "ring");
	figure_data_int(plot->canvas, RING, messages);
}

/* Who is counted and not drawn, and hair lines that are too many. */
void ego_data_others(const struct ego_plot *plot)
{
	const struct ego *ego = plot->ego;

	figure_data_rest(plot->canvas, "others");
	figure_data_int(plot->canvas, PEOPLE, ego->total - ego->count);
	figure_data_int(plot->canvas, MESSAGES, ego->sent - ego->sent_here);
	figure_data_int(plot->canvas, MESSAGES_BACK, ego->received - ego->received_here);
	for (int i = ego_hairs(ego); i < ego->tie_count; i++)
		ego_data_between(plot, &ego->ties[i], false);
}

void ego_data_begin(struct canvas *canvas)
{
	figure_data_columns(canvas_data(canvas), columns, G_N_ELEMENTS(columns));
}
