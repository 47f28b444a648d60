#include "epistograph/ego_chart.h"

#include "ego_parts.h"
#include "legend_flow.h"
#include "scale.h"

#include "epistograph/error.h"
#include "epistograph/text.h"

#include <math.h>
#include <string.h>

static const double least_between_rings = 16;   /* pt */
static const double wedge_mark = 20;            /* pt: width of a tie in the legend */
static const double legend_gap = 6;             /* pt: from the rings to it */
static const double hair = 0.3;                 /* pt: of a tie between the others */

static double baseline(double y, const struct font *font)
{
	return y + 0.35 * font->size;
}

/* ---- rings and ties ---- */

/* A circle, of a fan the right half. */
static void draw_arc(const struct ego_plot *plot, double radius)
{
	enum { STEPS = 60 };
	const struct paint paint = { .stroke = plot->style->rule, .stroke_width = 0.5 };
	const struct ego_layout *layout = &plot->layout;
	struct point points[STEPS + 1];

	if (!layout->is_fan) {
		canvas_circle(plot->canvas, layout->centre.x, layout->centre.y, radius, &paint);
		return;
	}
	for (int i = 0; i <= STEPS; i++) {
		double t = G_PI * ((double)i / STEPS - 0.5);

		points[i] = (struct point){ layout->centre.x + radius * cos(t),
		                            layout->centre.y + radius * sin(t) };
	}
	canvas_polygon(plot->canvas, points, STEPS + 1, false, &paint);
}

static void draw_ring(const struct ego_plot *plot, int64_t messages)
{
	const struct ego_layout *layout = &plot->layout;
	struct font font = plot->style->small;
	double radius = ego_layout_radius(layout, messages);
	char *id = g_strdup_printf("ring-%" G_GINT64_FORMAT, messages);
	char *title = g_strdup_printf("%s with %s",
	                              text_counted(messages, plot->chart->one, plot->chart->many),
	                              text_directed(plot->ego->name));

	font.size = EGO_SMALLEST_TYPE;
	font.halo = plot->style->paper;
	font.halo_width = 1.2;
	canvas_begin(plot->canvas, id, title);
	ego_data_ring(plot, messages);
	draw_arc(plot, radius);
	canvas_text(plot->canvas, layout->centre.x, baseline(layout->centre.y - radius, &font),
	            text_count(messages), &font, ALIGN_CENTER);
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

/* The outermost ring, and round numbers within it that part well. Returns how many. */
static int choose_rings(const struct ego_layout *layout, int64_t *rings, int max)
{
	static const int64_t parts[] = { 1, 2, 5 };
	int count = 1;

	rings[0] = layout->least;
	for (int64_t power = 1; power <= layout->most; power *= 10)
		for (int i = 0; i < 3 && count < max; i++) {
			int64_t ring = parts[i] * power;

			if (ring > layout->least && ring <= layout->most &&
			    ego_layout_radius(layout, rings[count - 1]) -
			    ego_layout_radius(layout, ring) >= least_between_rings)
				rings[count++] = ring;
		}
	return count;
}

static void draw_rings(const struct ego_plot *plot)
{
	int64_t rings[20];
	int count = choose_rings(&plot->layout, rings, 20);

	for (int i = 0; i < count; i++)
		draw_ring(plot, rings[i]);
}

/* Bent towards the middle, so that neighbours' ties are not hidden by their dots. */
static void draw_between(const struct ego_plot *plot, const struct ego_tie *tie)
{
	const struct ego_alter *a = &plot->ego->alters[tie->a], *b = &plot->ego->alters[tie->b];
	struct point from = plot->layout.dots[tie->a], to = plot->layout.dots[tie->b];
	struct point middle = { 0.7 * (from.x + to.x) / 2 + 0.3 * plot->layout.centre.x,
	                        0.7 * (from.y + to.y) / 2 + 0.3 * plot->layout.centre.y };
	const struct point points[] = { from, middle, to };
	struct color color = plot->style->grey;
	char *id = g_strdup_printf("between-%d-%d", MIN(a->vertex, b->vertex),
	                           MAX(a->vertex, b->vertex));
	char *title = g_strdup_printf("%s and %s: %s", text_directed(a->name), text_directed(b->name),
	                              text_counted(tie->messages, plot->chart->one,
	                                           plot->chart->many));

	color.a = 0.55;
	canvas_begin(plot->canvas, id, title);
	ego_data_between(plot, tie, true);
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
	double nx = -dy / length * side, ny = dx / length * side, thin = fmin(EGO_THINNEST, width);
	const struct point corners[] = {
		from, { from.x + nx * width, from.y + ny * width },
		{ to.x + nx * thin, to.y + ny * thin }, to,
	};
	canvas_polygon(canvas, corners, 4, true, &(struct paint){ .fill = color });
}

static struct color sent_color(const struct ego_plot *plot)
{
	return plot->style->theme == THEME_GREY ? plot->style->ink
	                                        : style_shade(plot->style, plot->style->grey, 0.4);
}

static int class_of(const struct ego_plot *plot, int group)
{
	return plot->ego->groups[group].color;
}

/* Without colour the greys of communities would not tell it from what was sent. */
static struct color received_color(const struct ego_plot *plot, int group)
{
	return plot->style->theme == THEME_GREY ? style_shade(plot->style, plot->style->grey, 0.05)
	                                        : style_line(plot->style, class_of(plot, group));
}

/* Both wedges have their outer side clockwise of their way, so that they lie beside each
 * other. */
static void draw_tie(const struct ego_plot *plot, const struct ego_slot *slot)
{
	const struct ego_layout *layout = &plot->layout;
	const struct ego_alter *alter = &plot->ego->alters[slot->alter];
	struct point end = layout->dots[slot->alter], start = ego_layout_rim(layout, slot);

	if (alter->to)
		draw_wedge(plot->canvas, start, end, ego_layout_wedge(layout, alter->to), 1,
		           sent_color(plot));
	if (alter->from)
		draw_wedge(plot->canvas, end, start, ego_layout_wedge(layout, alter->from), 1,
		           received_color(plot, slot->group));
}

/* ---- people ---- */

static char *alter_title(const struct ego_plot *plot, const struct ego_alter *alter)
{
	bool named = strcmp(alter->name, alter->address) != 0;

	const char *ego = text_directed(plot->ego->name);

	return g_strdup_printf("%s%s%s%s: %s from %s, %s to %s", text_directed(alter->name),
	                       named ? " <" : "", named ? alter->address : "", named ? ">" : "",
	                       text_counted(alter->to, plot->chart->one, plot->chart->many), ego,
	                       text_count(alter->from), ego);
}

/* The lines of a slot; behind the last, faint, its numbers, NULL for none. */
static void draw_text(const struct ego_plot *plot, const struct ego_slot *slot,
                      const struct font *font, const char *counts)
{
	double x = ego_layout_text_x(&plot->layout, slot), side = slot->is_left ? -1 : 1;
	double y = baseline(slot->y - ego_layout_depth(&plot->layout, slot) / 2, font);
	enum align align = slot->is_left ? ALIGN_RIGHT : ALIGN_LEFT;
	struct font faint = *font;

	faint.color = plot->style->faint;
	for (char **line = slot->lines; *line; line++, y += EGO_LINE * font->size) {
		canvas_text(plot->canvas, x, y, *line, font, align);
		if (counts && !line[1])
			canvas_text(plot->canvas,
			            x + side * (text_measure(*line, font).width + EGO_COUNTS_GAP), y,
			            counts, &faint, align);
	}
}

static void draw_alter(const struct ego_plot *plot, const struct ego_slot *slot)
{
	const struct ego_layout *layout = &plot->layout;
	const struct ego_alter *alter = &plot->ego->alters[slot->alter];
	struct point at = layout->dots[slot->alter];
	struct look look = style_look(plot->style, class_of(plot, slot->group));
	double side = slot->is_left ? -1 : 1;
	const struct point leader[] = { at, { ego_layout_text_x(layout, slot) - side * 1, slot->y } };
	char *id = g_strdup_printf("alter-%d", alter->vertex), *title = alter_title(plot, alter);
	char *counts = layout->has_counts ? ego_layout_counts(alter) : NULL;

	canvas_begin(plot->canvas, id, title);
	ego_data_alter(plot, alter);
	canvas_polygon(plot->canvas, leader, 2, false,
	               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.4 });
	draw_tie(plot, slot);
	struct paint rim = { .fill = plot->style->paper };
	if (plot->style->theme == THEME_GREY) {         /* the palest would be lost on paper */
		rim.stroke = plot->style->ink;
		rim.stroke_width = 0.5;
	}
	canvas_circle(plot->canvas, at.x, at.y, layout->dot + 0.4, &rim);
	style_fill_circle(plot->canvas, at, layout->dot, &look);
	draw_text(plot, slot, &layout->font, counts);
	canvas_end(plot->canvas);
	g_free(counts);
	g_free(id);
	g_free(title);
}

static void draw_heading(const struct ego_plot *plot, const struct ego_slot *slot)
{
	const struct people_group *group = &plot->ego->groups[slot->group];
	struct font font = plot->layout.font;
	char *id = g_strdup_printf("group-%d", group->number);

	font.bold = true;
	font.color = style_words(plot->style, class_of(plot, slot->group));
	canvas_begin(plot->canvas, id, group->name);
	ego_data_group(plot, group);
	draw_text(plot, slot, &font, NULL);
	canvas_end(plot->canvas);
	g_free(id);
}

static void draw_ego(const struct ego_plot *plot)
{
	const struct ego *ego = plot->ego;
	const struct ego_layout *layout = &plot->layout;
	const struct font *font = &layout->ego_font;
	double leading = EGO_LEADING * font->size;
	double y = layout->centre.y - (g_strv_length(layout->ego_name) - 1) * leading / 2;
	char *id = g_strdup_printf("ego-%d", ego->vertex);
	char *title = g_strdup_printf("%s <%s>: %s sent, %s received", text_directed(ego->name),
	                              ego->address,
	                              text_counted(ego->sent, plot->chart->one, plot->chart->many),
	                              text_count(ego->received));

	canvas_begin(plot->canvas, id, title);
	ego_data_ego(plot);
	canvas_circle(plot->canvas, layout->centre.x, layout->centre.y, layout->core,
	              &(struct paint){ .fill = plot->style->ink });
	for (int i = 0; layout->ego_name[i]; i++)
		canvas_text(plot->canvas, layout->centre.x, baseline(y + i * leading, font),
		            layout->ego_name[i], font, ALIGN_CENTER);
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

/* ---- the legend ---- */

static void add_wedge(struct legend_flow *flow, const struct ego_plot *plot, bool is_sent,
                      int64_t messages, const char *text)
{
	struct point at = legend_flow_add_mark(flow, wedge_mark, text);
	struct point left = { at.x, at.y + 4.5 }, right = { at.x + wedge_mark, at.y + 4.5 };
	double width = ego_layout_wedge(&plot->layout, messages);

	if (!flow->canvas)
		return;
	if (is_sent)
		draw_wedge(flow->canvas, left, right, width, 1, sent_color(plot));
	else
		draw_wedge(flow->canvas, right, left, width, 1, received_color(plot, 0));
}

/* A round number of messages in one direction, of the size of the largest. */
static int64_t sample_messages(const struct ego *ego)
{
	int64_t most = 2;

	for (int i = 0; i < ego->count; i++)
		most = MAX(most, MAX(ego->alters[i].to, ego->alters[i].from));
	return scale_round_down(most / 2);
}

static void add_hairs(struct legend_flow *flow, const struct ego_plot *plot)
{
	int all = plot->ego->tie_count, drawn = ego_hairs(plot->ego);
	char *text = drawn == all ? g_strdup("ties between the others")
		: g_strdup_printf("the %s strongest of %s ties between the others", text_count(drawn),
		                  text_count(all));

	if (drawn) {
		struct point at = legend_flow_add_mark(flow, wedge_mark, text);
		const struct point line[] = { { at.x, at.y + 4.5 }, { at.x + wedge_mark, at.y + 4.5 } };

		if (flow->canvas)
			canvas_polygon(flow->canvas, line, 2, false,
			               &(struct paint){ .stroke = plot->style->faint,
			                                .stroke_width = hair });
	}
	g_free(text);
}

static void add_rest(struct legend_flow *flow, const struct ego_plot *plot)
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
static double draw_legend(struct canvas *canvas, const struct ego_plot *plot,
                          const struct box *area)
{
	const struct ego *ego = plot->ego;
	struct legend_flow flow;
	int64_t sample = sample_messages(ego);
	/* Three times eighty letters would be all legend. */
	bool is_long = text_measure(ego->name, &plot->style->label).width > 0.28 * area->width;
	const char *name = is_long ? "that person" : text_directed(ego->name);
	char *rings = g_strdup_printf("The nearer, the more %s (rings, logarithmic)",
	                              plot->chart->many);
	char *sent = g_strdup_printf("%s from %s, wide at the sender",
	                             text_counted(sample, plot->chart->one, plot->chart->many), name);
	char *received = g_strdup_printf("as many to %s, %s", name,
	                                 plot->style->theme == THEME_GREY
	                                 ? "paler" : "in the community’s colour");
	char *counts = g_strdup_printf("3/1 beside a name: 3 from %s, 1 back", name);

	legend_flow_begin(&flow, canvas, plot->style, &(struct point){ area->x, area->y },
	                  area->width, rings);
	if (plot->keys_ego)
		legend_flow_add_dot(&flow, 3, ego->name);
	add_wedge(&flow, plot, true, sample, sent);
	add_wedge(&flow, plot, false, sample, received);
	if (plot->layout.has_counts)
		legend_flow_add_words(&flow, counts);
	add_hairs(&flow, plot);
	add_rest(&flow, plot);
	g_free(rings);
	g_free(sent);
	g_free(received);
	g_free(counts);
	return legend_flow_end(&flow, area->y);
}

/* ---- the page ---- */

static void draw_plot(const struct ego_plot *plot)
{
	const struct ego *ego = plot->ego;

	draw_rings(plot);
	for (int i = ego_hairs(ego) - 1; i >= 0; i--)
		draw_between(plot, &ego->ties[i]);
	for (guint i = 0; i < plot->layout.slots->len; i++) {
		const struct ego_slot *slot = &g_array_index(plot->layout.slots, struct ego_slot, i);

		if (slot->alter < 0)
			draw_heading(plot, slot);
		else
			draw_alter(plot, slot);
	}
	draw_ego(plot);
	ego_data_others(plot);
}

/* Layout and the legend below it, which explains numbers if there are to be some. */
static int lay_out(struct ego_plot *plot, const struct box *box, bool with_counts, double *legend)
{
	struct box rings = *box;

	plot->layout.has_counts = with_counts;
	*legend = draw_legend(NULL, plot, box);
	rings.height -= *legend + legend_gap;
	return ego_layout(&plot->layout, plot->style, plot->ego, &rings, with_counts);
}

/* The same, with numbers behind names where there is room. */
static int lay_out_fitting(struct ego_plot *plot, const struct box *box, double *legend)
{
	int status = lay_out(plot, box, true, legend);

	if (status == 0 && plot->layout.has_counts)
		return 0;
	ego_layout_clear(&plot->layout);
	return lay_out(plot, box, false, legend);
}

/* All but what is drawn; legend: out, its height. -1 if there is no room. The layout is to be
 * cleared either way. An ego whose name has no room in the disc is named in the legend, or if
 * there is none in it either, by the title alone. */
static int prepare(struct ego_plot *plot, const struct box *box, double *legend)
{
	int status = lay_out_fitting(plot, box, legend);

	if (status < 0 || plot->layout.ego_name[0])
		return status;
	for (int keys = 1; keys >= 0; keys--) {
		ego_layout_clear(&plot->layout);
		plot->keys_ego = keys;
		status = lay_out_fitting(plot, box, legend);
		if (status == 0)
			break;
	}
	return status;
}

bool ego_chart_fits(const struct style *style, double width, double height,
                    const struct ego_chart *chart)
{
	struct ego_plot plot = { .style = style, .chart = chart, .ego = chart->ego };
	struct box box = frame_room(style, width, height, &chart->frame);
	double legend;
	bool fits = prepare(&plot, &box, &legend) == 0;

	ego_layout_clear(&plot.layout);
	return fits && chart->ego->count <= EGO_ALTERS_MAX;
}

double ego_chart_height(const struct style *style, double width, double height,
                        const struct ego_chart *chart)
{
	struct ego_plot plot = { .style = style, .chart = chart, .ego = chart->ego };
	struct box box = frame_room(style, width, height, &chart->frame);
	double legend;

	if (!chart->ego->count)
		return height;
	prepare(&plot, &box, &legend);
	ego_layout_clear(&plot.layout);
	return fmin(height, height - box.height + legend + legend_gap +
	                    ego_layout_height(style, chart->ego, box.width));
}

int ego_chart_draw(struct canvas *canvas, double width, double height,
                   const struct ego_chart *chart, struct error *err)
{
	struct ego_plot plot = { .canvas = canvas, .style = canvas_style(canvas), .chart = chart,
	                         .ego = chart->ego };
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	double legend;
	int status;

	ego_data_begin(canvas);
	if (!chart->ego->count) {
		canvas_text(canvas, box.x, box.y + 20, "No mail to or from others", &plot.style->label,
		            ALIGN_LEFT);
		return 0;
	}
	if ((status = prepare(&plot, &box, &legend)) == 0) {
		struct box foot = { box.x, box.y + box.height - legend, box.width, legend };

		draw_plot(&plot);
		draw_legend(canvas, &plot, &foot);
	} else {
		error_set(err, "the page has no room for %d people: choose a larger page or fewer",
		          chart->ego->count);
	}
	ego_layout_clear(&plot.layout);
	return status;
}
