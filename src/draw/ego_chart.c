#include "epistograph/ego_chart.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/text.h"
#include "legend_flow.h"
#include "scale.h"

#include <math.h>
#include <string.h>

#include <glib.h>

static const double smallest_type = 6;
static const double least_pitch = 7.4;          /* pt between names */
static const double most_pitch = 20;
static const double name_share = 0.3;           /* of the width, for the names of a side */
static const double fan_share = 0.42;           /* the same where there is but one */
static const double fan_margin = 16;            /* pt left of a fan's centre */
static const double fan_below = 340;            /* pt: narrower boxes hold a fan */
static const double least_radius = 24;          /* pt of the outermost ring */
static const double least_between_rings = 16;   /* pt */
static const double dot = 2.1;                  /* pt: radius of a person */
static const double thinnest = 0.35;            /* pt: a wedge of one message */
static const double hair = 0.3;                /* pt: of a tie between the others */
enum { BETWEEN_MAX = 300 };                     /* hair lines drawn */

struct slot {                           /* a line of text beside the rings */
	int alter;                      /* -1: the heading of a group */
	int group;
	bool is_left;                   /* never in a fan */
	double t;                       /* angle of the ellipse the names stand along, from
	                                 * the horizontal, downwards */
	double y;                       /* pt: its middle */
};

struct plot {
	struct canvas *canvas;
	const struct style *style;
	const struct ego_chart *chart;
	const struct ego *ego;
	struct box box;                 /* of the rings and names */
	bool is_fan;                    /* half a circle, opening to the right */
	struct point centre;
	int64_t least, most;            /* messages at the outermost ring, of who has the most */
	double across, down;            /* pt: half axes of the ellipse the names stand along */
	double radius, inner, core;     /* pt: of the outermost ring, of who has the most
	                                 * messages, of the ego */
	double pitch;
	double width_per_root;          /* pt of a wedge's wide end a root of messages */
	struct font font;
	GArray *slots;                  /* struct slot: the left side from the top, then the right */
	int left_count;
	struct point *dots;             /* [ego->count] */
};

static double baseline(double y, const struct font *font)
{
	return y + 0.35 * font->size;
}

static int64_t messages_of(const struct ego_alter *alter)
{
	return alter->to + alter->from;
}

static void find_range(struct plot *plot)
{
	int64_t least = INT64_MAX;

	plot->most = 1;
	for (int i = 0; i < plot->ego->count; i++) {
		plot->most = MAX(plot->most, messages_of(&plot->ego->alters[i]));
		least = MIN(least, messages_of(&plot->ego->alters[i]));
	}
	plot->least = scale_round_down(least);
}

/* ---- places ---- */

static void add_slot(GArray *slots, int alter, int group)
{
	struct slot slot = { .alter = alter, .group = group };

	g_array_append_val(slots, slot);
}

static bool has_headings(const struct ego *ego)
{
	return ego->group_count > 1;
}

static void list_slots(struct plot *plot)
{
	const struct ego *ego = plot->ego;

	plot->slots = g_array_new(FALSE, TRUE, sizeof(struct slot));
	for (int g = 0; g < ego->group_count; g++) {
		const struct people_group *group = &ego->groups[g];

		if (has_headings(ego))
			add_slot(plot->slots, -1, g);
		for (int i = group->first; i < group->first + group->count; i++)
			add_slot(plot->slots, i, g);
	}
}

/* Where the right side begins: between groups if that leaves the sides alike enough and
 * in their room, else within one, which then is named again. */
static void part_sides(struct plot *plot, int most)
{
	int count = (int)plot->slots->len, best = count;

	if (plot->is_fan)
		return;
	for (int i = 1; i < count && has_headings(plot->ego); i++)
		if (g_array_index(plot->slots, struct slot, i).alter < 0 &&
		    MAX(i, count - i) < MAX(best, count - best))
			best = i;
	if (MAX(best, count - best) > most || (count > 4 && MAX(best, count - best) > 0.68 * count)) {
		best = (count + 1) / 2;
		/* A heading does not stand alone at the foot of the left side. */
		if (best > 1 && g_array_index(plot->slots, struct slot, best - 1).alter < 0)
			best--;
		const struct slot *first = &g_array_index(plot->slots, struct slot, best);
		struct slot again = { .alter = -1, .group = first->group };
		if (has_headings(plot->ego) && first->alter >= 0)
			g_array_insert_val(plot->slots, (guint)best, again);
	}
	plot->left_count = best;
}

static double radius_of(const struct plot *plot, int64_t messages)
{
	double range = log((double)plot->most / (double)plot->least);

	if (range <= 0)
		return plot->radius;
	return plot->radius - (plot->radius - plot->inner) *
	                      log((double)messages / (double)plot->least) / range;
}

static void place_slots(struct plot *plot)
{
	int counts[] = { (int)plot->slots->len - plot->left_count, plot->left_count };

	plot->dots = g_new(struct point, plot->ego->count + 1);
	for (guint i = 0; i < plot->slots->len; i++) {
		struct slot *slot = &g_array_index(plot->slots, struct slot, i);

		slot->is_left = (int)i < plot->left_count;
		double row = slot->is_left ? i : i - (guint)plot->left_count;
		double down = (row - (counts[slot->is_left] - 1) / 2.0) * plot->pitch;

		slot->y = plot->centre.y + down;
		slot->t = asin(CLAMP(down / plot->down, -1, 1));
		if (slot->alter < 0)
			continue;
		double r = radius_of(plot, messages_of(&plot->ego->alters[slot->alter]));
		double side = slot->is_left ? -1 : 1;
		plot->dots[slot->alter] = (struct point){ plot->centre.x + side * r * cos(slot->t),
		                                          plot->centre.y + r * sin(slot->t) };
	}
}

/* Where the text of a slot begins, or at the left ends. */
static double text_x(const struct plot *plot, const struct slot *slot)
{
	double away = plot->across * cos(slot->t) + 2;

	return plot->centre.x + (slot->is_left ? -away : away);
}

static double widest_name(const struct ego *ego, const struct font *font)
{
	double width = 0;

	for (int i = 0; i < ego->count; i++)
		width = fmax(width, text_measure(ego->alters[i].name, font).width);
	return width;
}

/* The ellipse that the names stand along. */
static void place_ellipse(struct plot *plot)
{
	const struct box *box = &plot->box;
	double share = plot->is_fan ? fan_share : name_share;
	double names = fmin(widest_name(plot->ego, &plot->font), share * box->width) + 4;

	plot->down = box->height / 2;
	plot->centre = (struct point){ box->x + (plot->is_fan ? fan_margin : box->width / 2),
	                               box->y + box->height / 2 };
	plot->across = fmin(box->x + box->width - plot->centre.x - names, 1.3 * plot->down);
}

/* -1 if names or rings have no room. */
static int divide(struct plot *plot)
{
	list_slots(plot);
	part_sides(plot, (int)(plot->box.height / least_pitch));
	int rows = MAX(plot->left_count, (int)plot->slots->len - plot->left_count);
	plot->pitch = fmin(plot->box.height / MAX(rows, 1), most_pitch);
	if (plot->pitch < least_pitch)
		return -1;
	plot->font = plot->style->label;
	plot->font.size = CLAMP(plot->pitch * 0.82, smallest_type, plot->font.size);
	place_ellipse(plot);
	plot->radius = fmin(plot->across, plot->down) - 6;
	if (plot->radius < least_radius)
		return -1;
	plot->inner = fmax(0.28 * plot->radius, 12);
	plot->core = 0.4 * plot->inner;
	plot->width_per_root = CLAMP(plot->radius * 0.035, 1.6, 4.5) / sqrt((double)plot->most);
	place_slots(plot);
	return 0;
}

/* ---- numbers beside the figure ---- */

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

static void note_alter(const struct plot *plot, const struct ego_alter *alter)
{
	figure_data_mark(plot->canvas, "alter");
	figure_data_text(plot->canvas, NAME, alter->name);
	figure_data_text(plot->canvas, ADDRESS, alter->address);
	figure_data_int(plot->canvas, COMMUNITY, plot->ego->groups[alter->group].number);
	figure_data_int(plot->canvas, PEOPLE, 1);
	figure_data_int(plot->canvas, MESSAGES, alter->to);
	figure_data_int(plot->canvas, MESSAGES_BACK, alter->from);
}

static void note_between(const struct plot *plot, const struct ego_tie *tie, bool is_drawn)
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

static void note_ego(const struct plot *plot)
{
	figure_data_mark(plot->canvas, "ego");
	figure_data_text(plot->canvas, NAME, plot->ego->name);
	figure_data_text(plot->canvas, ADDRESS, plot->ego->address);
	figure_data_int(plot->canvas, SENT, plot->ego->sent);
	figure_data_int(plot->canvas, RECEIVED, plot->ego->received);
}

static void note_group(const struct plot *plot, const struct people_group *group)
{
	figure_data_mark(plot->canvas, "block");
	figure_data_text(plot->canvas, NAME, group->name);
	figure_data_int(plot->canvas, COMMUNITY, group->number);
}

/* Who is counted and not drawn, and hair lines that are too many. */
static void note_others(const struct plot *plot)
{
	const struct ego *ego = plot->ego;

	figure_data_rest(plot->canvas, "others");
	figure_data_int(plot->canvas, PEOPLE, ego->total - ego->count);
	figure_data_int(plot->canvas, MESSAGES, ego->sent - ego->sent_here);
	figure_data_int(plot->canvas, MESSAGES_BACK, ego->received - ego->received_here);
	for (int i = BETWEEN_MAX; i < ego->tie_count; i++)
		note_between(plot, &ego->ties[i], false);
}

/* ---- rings and ties ---- */

/* A circle, of a fan the right half. */
static void draw_arc(const struct plot *plot, double radius)
{
	enum { STEPS = 60 };
	const struct paint paint = { .stroke = plot->style->rule, .stroke_width = 0.5 };
	struct point points[STEPS + 1];

	if (!plot->is_fan) {
		canvas_circle(plot->canvas, plot->centre.x, plot->centre.y, radius, &paint);
		return;
	}
	for (int i = 0; i <= STEPS; i++) {
		double t = G_PI * ((double)i / STEPS - 0.5);

		points[i] = (struct point){ plot->centre.x + radius * cos(t),
		                            plot->centre.y + radius * sin(t) };
	}
	canvas_polygon(plot->canvas, points, STEPS + 1, false, &paint);
}

static void draw_ring(const struct plot *plot, int64_t messages)
{
	struct font font = plot->style->small;
	double radius = radius_of(plot, messages);
	char *id = g_strdup_printf("ring-%" G_GINT64_FORMAT, messages);
	char *title = g_strdup_printf("%s with %s",
	                              text_counted(messages, plot->chart->one, plot->chart->many),
	                              text_directed(plot->ego->name));

	font.size = smallest_type;
	font.halo = plot->style->paper;
	font.halo_width = 1.2;
	canvas_begin(plot->canvas, id, title);
	figure_data_mark(plot->canvas, "ring");
	figure_data_int(plot->canvas, RING, messages);
	draw_arc(plot, radius);
	canvas_text(plot->canvas, plot->centre.x, baseline(plot->centre.y - radius, &font),
	            text_count(messages), &font, ALIGN_CENTER);
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

/* Round numbers from the outermost ring on, as many as part well. Returns how many. */
static int choose_rings(const struct plot *plot, int64_t *rings, int max)
{
	static const int64_t parts[] = { 1, 2, 5 };
	int count = 0;

	for (int64_t power = 1; power <= plot->most; power *= 10)
		for (int i = 0; i < 3 && count < max; i++) {
			int64_t ring = parts[i] * power;

			if (ring < plot->least || ring > plot->most ||
			    (count && radius_of(plot, rings[count - 1]) - radius_of(plot, ring) <
			              least_between_rings))
				continue;
			rings[count++] = ring;
		}
	return count;
}

static void draw_rings(const struct plot *plot)
{
	int64_t rings[20];
	int count = choose_rings(plot, rings, 20);

	for (int i = 0; i < count; i++)
		draw_ring(plot, rings[i]);
}

/* Bent towards the middle, so that neighbours' ties are not hidden by their dots. */
static void draw_between(const struct plot *plot, const struct ego_tie *tie)
{
	const struct ego_alter *a = &plot->ego->alters[tie->a], *b = &plot->ego->alters[tie->b];
	struct point from = plot->dots[tie->a], to = plot->dots[tie->b];
	struct point middle = { 0.7 * (from.x + to.x) / 2 + 0.3 * plot->centre.x,
	                        0.7 * (from.y + to.y) / 2 + 0.3 * plot->centre.y };
	const struct point points[] = { from, middle, to };
	struct color color = plot->style->grey;
	char *id = g_strdup_printf("between-%d-%d", MIN(a->vertex, b->vertex),
	                           MAX(a->vertex, b->vertex));
	char *title = g_strdup_printf("%s and %s: %s", text_directed(a->name), text_directed(b->name),
	                              text_counted(tie->messages, plot->chart->one,
	                                           plot->chart->many));

	color.a = 0.55;
	canvas_begin(plot->canvas, id, title);
	note_between(plot, tie, true);
	canvas_curve(plot->canvas, points, 3, false,
	             &(struct paint){ .stroke = color, .stroke_width = hair });
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

/* Half a tie: from the axis to one side, wide at its sender. */
static void draw_wedge(struct canvas *canvas, struct point from, struct point to, double width,
                       double side, struct color color)
{
	double dx = to.x - from.x, dy = to.y - from.y, length = sqrt(dx * dx + dy * dy);

	if (!(length > 0))
		return;
	double nx = -dy / length * side, ny = dx / length * side, thin = fmin(thinnest, width);
	const struct point corners[] = {
		from, { from.x + nx * width, from.y + ny * width },
		{ to.x + nx * thin, to.y + ny * thin }, to,
	};
	canvas_polygon(canvas, corners, 4, true, &(struct paint){ .fill = color });
}

static double wedge_width(const struct plot *plot, int64_t messages)
{
	return fmax(plot->width_per_root * sqrt((double)messages), thinnest);
}

static struct color sent_color(const struct plot *plot)
{
	return style_shade(plot->style, plot->style->grey, 0.4);
}

static int class_of(const struct plot *plot, int group)
{
	return plot->ego->groups[group].color;
}

/* Both wedges have their outer side clockwise of their way, so that they lie beside each
 * other. */
static void draw_tie(const struct plot *plot, const struct slot *slot)
{
	const struct ego_alter *alter = &plot->ego->alters[slot->alter];
	struct point end = plot->dots[slot->alter], centre = plot->centre;
	double side = slot->is_left ? -1 : 1;
	struct point start = { centre.x + side * plot->core * cos(slot->t),
	                       centre.y + plot->core * sin(slot->t) };

	if (alter->to)
		draw_wedge(plot->canvas, start, end, wedge_width(plot, alter->to), 1, sent_color(plot));
	if (alter->from)
		draw_wedge(plot->canvas, end, start, wedge_width(plot, alter->from), 1,
		           style_line(plot->style, class_of(plot, slot->group)));
}

/* ---- people ---- */

static char *alter_title(const struct plot *plot, const struct ego_alter *alter)
{
	bool named = strcmp(alter->name, alter->address) != 0;

	const char *ego = text_directed(plot->ego->name);

	return g_strdup_printf("%s%s%s%s: %s from %s, %s to %s", text_directed(alter->name),
	                       named ? " <" : "", named ? alter->address : "", named ? ">" : "",
	                       text_counted(alter->to, plot->chart->one, plot->chart->many), ego,
	                       text_count(alter->from), ego);
}

/* The text of a slot, in the room from the ellipse to the edge of the box. */
static void draw_text(const struct plot *plot, const struct slot *slot, const char *text,
                      const struct font *font)
{
	double x = text_x(plot, slot);
	double room = slot->is_left ? x - plot->box.x : plot->box.x + plot->box.width - x;
	char *fitted = frame_fit(text, font, room);

	canvas_text(plot->canvas, x, baseline(slot->y, font), fitted, font,
	            slot->is_left ? ALIGN_RIGHT : ALIGN_LEFT);
	g_free(fitted);
}

static void draw_alter(const struct plot *plot, const struct slot *slot)
{
	const struct ego_alter *alter = &plot->ego->alters[slot->alter];
	struct point at = plot->dots[slot->alter];
	struct look look = style_look(plot->style, class_of(plot, slot->group));
	double side = slot->is_left ? -1 : 1;
	const struct point leader[] = { at, { text_x(plot, slot) - side * 1, slot->y } };
	char *id = g_strdup_printf("alter-%d", alter->vertex), *title = alter_title(plot, alter);

	canvas_begin(plot->canvas, id, title);
	note_alter(plot, alter);
	canvas_polygon(plot->canvas, leader, 2, false,
	               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.4 });
	draw_tie(plot, slot);
	canvas_circle(plot->canvas, at.x, at.y, dot + 0.4,
	              &(struct paint){ .fill = plot->style->paper });
	style_fill_circle(plot->canvas, at, dot, &look);
	draw_text(plot, slot, alter->name, &plot->font);
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

static void draw_heading(const struct plot *plot, const struct slot *slot)
{
	const struct people_group *group = &plot->ego->groups[slot->group];
	struct font font = plot->font;
	char *id = g_strdup_printf("group-%d", group->number);

	font.bold = true;
	font.color = style_words(plot->style, class_of(plot, slot->group));
	canvas_begin(plot->canvas, id, group->name);
	note_group(plot, group);
	draw_text(plot, slot, group->name, &font);
	canvas_end(plot->canvas);
	g_free(id);
}

static void draw_ego(const struct plot *plot)
{
	const struct ego *ego = plot->ego;
	struct font font = plot->style->label;
	char *id = g_strdup_printf("ego-%d", ego->vertex);
	char *title = g_strdup_printf("%s <%s>: %s sent, %s received", text_directed(ego->name), ego->address,
	                              text_counted(ego->sent, plot->chart->one, plot->chart->many),
	                              text_count(ego->received));
	char *name;

	font.bold = true;
	font.halo = plot->style->paper;
	font.halo_width = 1.6;
	name = frame_fit(ego->name, &font, (plot->is_fan ? 0.8 : 1.6) * plot->radius);
	canvas_begin(plot->canvas, id, title);
	note_ego(plot);
	canvas_circle(plot->canvas, plot->centre.x, plot->centre.y, plot->core,
	              &(struct paint){ .fill = plot->style->ink, .stroke = plot->style->paper,
	                               .stroke_width = 0.8 });
	canvas_text(plot->canvas, plot->is_fan ? plot->box.x : plot->centre.x,
	            plot->centre.y + plot->core + font.size + 1, name, &font,
	            plot->is_fan ? ALIGN_LEFT : ALIGN_CENTER);
	canvas_end(plot->canvas);
	g_free(name);
	g_free(id);
	g_free(title);
}

/* ---- the legend ---- */

static void add_wedge(struct legend_flow *flow, const struct plot *plot, bool is_sent,
                      int64_t messages, const char *text)
{
	struct point at = legend_flow_add_mark(flow, 20, text);
	struct point left = { at.x, at.y + 4.5 }, right = { at.x + 20, at.y + 4.5 };
	double width = wedge_width(plot, messages);

	if (!flow->canvas)
		return;
	if (is_sent)
		draw_wedge(flow->canvas, left, right, width, 1, sent_color(plot));
	else
		draw_wedge(flow->canvas, right, left, width, 1, style_line(plot->style, class_of(plot, 0)));
}

/* A round number of messages in one direction, of the size of the largest. */
static int64_t sample_messages(const struct ego *ego)
{
	int64_t most = 2;

	for (int i = 0; i < ego->count; i++)
		most = MAX(most, MAX(ego->alters[i].to, ego->alters[i].from));
	return scale_round_down(most / 2);
}

static void add_counts(struct legend_flow *flow, const struct plot *plot)
{
	const struct ego *ego = plot->ego;
	int64_t left = ego->sent + ego->received - ego->sent_here - ego->received_here;

	if (ego->count == ego->total)
		return;
	char *text = g_strdup_printf("Not drawn: %s more, with %s",
	                             text_counted(ego->total - ego->count, "person", "people"),
	                             text_counted(left, plot->chart->one, plot->chart->many));
	legend_flow_add_words(flow, text);
	g_free(text);
}

/* Returns the height used; canvas NULL only measures. */
static double draw_legend(struct canvas *canvas, const struct plot *plot, const struct box *area)
{
	const struct ego *ego = plot->ego;
	struct legend_flow flow;
	int64_t sample = sample_messages(ego);
	char *rings = g_strdup_printf("The nearer, the more %s (rings, logarithmic)",
	                              plot->chart->many);
	char *sent = g_strdup_printf("%s from %s, wide at the sender",
	                             text_counted(sample, plot->chart->one, plot->chart->many),
	                             text_directed(ego->name));
	char *received = g_strdup_printf("as many to %s, in the community’s colour",
	                                 text_directed(ego->name));

	legend_flow_begin(&flow, canvas, plot->style, &(struct point){ area->x, area->y },
	                  area->width, rings);
	add_wedge(&flow, plot, true, sample, sent);
	add_wedge(&flow, plot, false, sample, received);
	if (ego->tie_count)
		legend_flow_add_line(&flow, hair, "ties between the others");
	add_counts(&flow, plot);
	g_free(rings);
	g_free(sent);
	g_free(received);
	return legend_flow_end(&flow, area->y);
}

/* ---- the page ---- */

static void draw_plot(const struct plot *plot)
{
	const struct ego *ego = plot->ego;

	draw_rings(plot);
	for (int i = MIN(ego->tie_count, BETWEEN_MAX) - 1; i >= 0; i--)
		draw_between(plot, &ego->ties[i]);
	for (guint i = 0; i < plot->slots->len; i++) {
		const struct slot *slot = &g_array_index(plot->slots, struct slot, i);

		if (slot->alter < 0)
			draw_heading(plot, slot);
		else
			draw_alter(plot, slot);
	}
	draw_ego(plot);
	note_others(plot);
}

/* All but what is drawn. Returns the height of the legend, or -1 if there is no room. */
static double prepare(struct plot *plot, const struct box *box)
{
	plot->is_fan = box->width < fan_below;
	find_range(plot);
	double legend = draw_legend(NULL, plot, box);
	plot->box = *box;
	plot->box.height -= legend + 6;
	return divide(plot) < 0 ? -1 : legend;
}

static void clear_plot(struct plot *plot)
{
	g_array_free(plot->slots, TRUE);
	g_free(plot->dots);
}

bool ego_chart_fits(const struct style *style, double width, double height,
                    const struct ego_chart *chart)
{
	struct plot plot = { .style = style, .chart = chart, .ego = chart->ego };
	struct box box = frame_room(style, width, height, &chart->frame);
	bool fits = prepare(&plot, &box) >= 0;

	clear_plot(&plot);
	return fits && chart->ego->count <= EGO_ALTERS_MAX;
}

int ego_chart_draw(struct canvas *canvas, double width, double height,
                   const struct ego_chart *chart, struct error *err)
{
	struct plot plot = { .canvas = canvas, .style = canvas_style(canvas), .chart = chart,
	                     .ego = chart->ego };
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	int status = 0;

	figure_data_columns(canvas_data(canvas), columns, G_N_ELEMENTS(columns));
	if (!chart->ego->count) {
		canvas_text(canvas, box.x, box.y + 20, "No mail to or from others", &plot.style->label,
		            ALIGN_LEFT);
		return 0;
	}
	double legend = prepare(&plot, &box);
	if (legend >= 0) {
		struct box foot = { box.x, box.y + box.height - legend, box.width, legend };

		draw_plot(&plot);
		draw_legend(canvas, &plot, &foot);
	} else {
		status = error_set(err, "the page has no room for %d people: choose a larger page or "
		                   "fewer", chart->ego->count);
	}
	clear_plot(&plot);
	return status;
}
