#include "periods_key.h"

#include "epistograph/palette.h"

#include <glib.h>

static struct font number_font(const struct style *style)
{
	struct font font = style->small;

	font.bold = true;
	font.color = style->ink;
	font.halo = style->paper;
	font.halo_width = 1.2;
	return font;
}

int periods_key_number(const struct periods_key *key, int vertex)
{
	for (int i = 0; i < key->count; i++)
		if (key->vertices[i] == vertex)
			return i + 1;
	return 0;
}

void periods_key_init(struct periods_key *key, const struct analysis *analysis, int most)
{
	int order = analysis->network->order;

	*key = (struct periods_key){ .vertices = g_new(int, (gsize)MAX(order, 1)) };
	for (int c = 0; c < analysis->community_count; c++)
		if (analysis->communities[c].color >= 0)
			key->vertices[key->count++] = analysis->communities[c].centre;
	key->leaders = key->count;
	for (int k = 0; k < order && key->count < most; k++)
		if (!periods_key_number(key, analysis->by_rank[k]))
			key->vertices[key->count++] = analysis->by_rank[k];
}

void periods_key_clear(struct periods_key *key)
{
	g_free(key->vertices);
	g_free(key->nodes);
	g_free(key->labels);
	*key = (struct periods_key){ 0 };
}

/* Keep those for whom kept[i]. */
static void keep(struct periods_key *key, const bool *kept)
{
	int count = 0, leaders = 0;

	for (int i = 0; i < key->count; i++) {
		if (!kept[i])
			continue;
		leaders += i < key->leaders;
		key->vertices[count] = key->vertices[i];
		key->nodes[count] = key->nodes[i];
		key->labels[count++] = key->labels[i];
	}
	key->count = count;
	key->leaders = leaders;
}

static void find_nodes(struct periods_key *key, const struct layout *layout, const double *radii)
{
	bool *kept = g_new0(bool, (gsize)MAX(key->count, 1));

	for (int i = 0; i < key->count; i++)
		for (int n = 0; n < layout->node_count; n++)
			if (layout->nodes[n].vertex == key->vertices[i] && radii[n] > 0) {
				key->nodes[i] = n;
				kept[i] = true;
			}
	keep(key, kept);
	g_free(kept);
}

/* A number's room: of two digits all, so that it does not depend on who else has one. */
static void measure(struct periods_key *key, const struct style *style)
{
	struct font font = number_font(style);
	struct text_extent one = text_measure("8", &font), two = text_measure("88", &font);

	for (int i = 0; i < key->count; i++)
		key->labels[i] = (struct label){
			.kind = LABEL_POINT, .mark = key->nodes[i], .area = -1, .tolerance = 1,
			.width = i < 9 ? one.width : two.width,
			.ascent = one.ascent, .descent = one.descent };
}

void periods_key_place(struct periods_key *key, const struct style *style,
                       const struct layout *layout, const double *radii, double width,
                       double height)
{
	const struct box bounds = { 0, 0, width, height };
	struct label_mark *marks = g_new0(struct label_mark, (gsize)MAX(layout->node_count, 1));
	bool *kept = g_new0(bool, (gsize)MAX(key->count, 1));

	key->nodes = g_new0(int, (gsize)MAX(key->count, 1));
	key->labels = g_new0(struct label, (gsize)MAX(key->count, 1));
	find_nodes(key, layout, radii);
	measure(key, style);
	for (int n = 0; n < layout->node_count; n++)
		marks[n] = (struct label_mark){ layout->nodes[n].x, layout->nodes[n].y, radii[n],
		                                false, radii[n] > 0 };
	labels_place(key->labels, key->count, marks, layout->node_count, &bounds);
	for (int i = 0; i < key->count; i++)
		kept[i] = key->labels[i].placed;
	keep(key, kept);
	g_free(kept);
	g_free(marks);
}

void periods_key_draw(const struct periods_key *key, struct canvas *canvas, struct point at,
                      const double *messages)
{
	const struct style *style = canvas_style(canvas);
	struct font font = number_font(style);

	for (int i = 0; i < key->count; i++) {
		const struct label *label = &key->labels[i];
		char text[12];

		if (messages[key->nodes[i]] <= 0)
			continue;
		if (label->leader) {
			const struct point line[] = { { at.x + label->from.x, at.y + label->from.y },
			                              { at.x + label->to.x, at.y + label->to.y } };

			canvas_polygon(canvas, line, 2, false,
			               &(struct paint){ .stroke = style->ink, .stroke_width = 0.4 });
		}
		g_snprintf(text, sizeof text, "%d", i + 1);
		canvas_text(canvas, at.x + label->left, at.y + label->baseline, text, &font,
		            ALIGN_LEFT);
	}
}
