#include "ego_layout.h"

#include "epistograph/text.h"
#include "text_shape.h"

#include <math.h>
#include <string.h>

static const double least_pitch = 7.4;          /* between names */
static const double most_pitch = 26;
static const double easy_pitch = 12;            /* where the page's height is free */
static const double easy_rings = 150;           /* height of rings, however few the names */
static const double name_share = 0.3;           /* of the width, for the names of a side */
static const double fan_share = 0.42;           /* the same where there is but one */
static const double fan_below = 340;            /* narrower boxes hold a fan */
static const double least_radius = 24;          /* of the outermost ring */
static const double least_core = 9;
static const double most_core = 0.2;            /* of half the box, so that ties part */
static const double most_named_core = 0.42;     /* so that the name is in it */
static const double least_at_rim = 1.8;         /* between two ties that leave the ego */
static const double widest_wedge = 4.5;
static const double thin_room = 1;              /* of a wedge where ties are too many to part */
static const int few_cut = 10;                  /* one name of so many may be cut for numbers */

int64_t ego_messages(const struct ego_alter *alter)
{
	return alter->to + alter->from;
}

int ego_hairs(const struct ego *ego)
{
	return MIN(ego->tie_count, ego->count);
}

static struct ego_slot *slot_at(const struct ego_layout *layout, int i)
{
	return &g_array_index(layout->slots, struct ego_slot, (guint)i);
}

static int slot_count(const struct ego_layout *layout)
{
	return (int)layout->slots->len;
}

char *ego_layout_counts(const struct ego_alter *alter)
{
	return g_strdup_printf("%s/%s", text_count(alter->to), text_count(alter->from));
}

/* ---- names in rows ---- */

static bool has_headings(const struct ego *ego)
{
	return ego->group_count > 1;
}

static void add_slot(GArray *slots, int alter, int group)
{
	struct ego_slot slot = { .alter = alter, .group = group };

	g_array_append_val(slots, slot);
}

static void list_slots(struct ego_layout *layout)
{
	const struct ego *ego = layout->ego;

	layout->slots = g_array_new(FALSE, TRUE, sizeof(struct ego_slot));
	for (int g = 0; g < ego->group_count; g++) {
		const struct people_group *group = &ego->groups[g];

		if (has_headings(ego))
			add_slot(layout->slots, -1, g);
		for (int i = group->first; i < group->first + group->count; i++)
			add_slot(layout->slots, i, g);
	}
}

/* Where the right side begins: between groups if that leaves the sides alike enough and
 * in their room, else within one, which then is named again. */
static void part_sides(struct ego_layout *layout, int most)
{
	int count = slot_count(layout), best = has_headings(layout->ego) ? count : count / 2;

	if (layout->is_fan)
		return;
	for (int i = 1; i < count && has_headings(layout->ego); i++)
		if (slot_at(layout, i)->alter < 0 && MAX(i, count - i) < MAX(best, count - best))
			best = i;
	if (MAX(best, count - best) > most || (count > 4 && MAX(best, count - best) > 0.68 * count)) {
		best = (count + 1) / 2;
		/* A heading does not stand alone at the foot of the left side. */
		if (best > 1 && slot_at(layout, best - 1)->alter < 0)
			best--;
		struct ego_slot again = { .alter = -1, .group = slot_at(layout, best)->group };
		if (has_headings(layout->ego) && slot_at(layout, best)->alter >= 0)
			g_array_insert_val(layout->slots, (guint)best, again);
	}
	layout->left_count = best;
}

static void place_slots(struct ego_layout *layout)
{
	int left = layout->left_count, counts[] = { slot_count(layout) - left, left };

	for (int i = 0; i < slot_count(layout); i++) {
		struct ego_slot *slot = slot_at(layout, i);

		slot->is_left = i < left;
		int row = slot->is_left ? i : i - left;
		double down = (row - (counts[slot->is_left] - 1) / 2.0) * layout->pitch;

		slot->y = layout->centre.y + down;
		slot->t = asin(CLAMP(down / layout->down, -1, 1));
	}
}

double ego_layout_text_x(const struct ego_layout *layout, const struct ego_slot *slot)
{
	double away = layout->across * cos(slot->t) + 2;

	return layout->centre.x + (slot->is_left ? -away : away);
}

/* ---- rings ---- */

/* The largest number that is easy to read and not above count, at least two thirds of it. */
static int64_t round_outermost(int64_t count)
{
	static const int64_t easy[] = { 80, 60, 50, 40, 30, 20, 15, 10 };
	int64_t power = 1;

	if (count < 10)
		return count;
	while (power <= count / 100)
		power *= 10;
	for (size_t i = 0; i < G_N_ELEMENTS(easy); i++)
		if (easy[i] * power <= count)
			return easy[i] * power;
	return count;
}

static void find_range(struct ego_layout *layout)
{
	const struct ego *ego = layout->ego;
	int64_t least;

	layout->most = least = ego_messages(&ego->alters[0]);
	for (int i = 1; i < ego->count; i++) {
		layout->most = MAX(layout->most, ego_messages(&ego->alters[i]));
		least = MIN(least, ego_messages(&ego->alters[i]));
	}
	layout->least = least < layout->most ? round_outermost(least) : least;
}

double ego_layout_radius(const struct ego_layout *layout, int64_t messages)
{
	double range = log((double)layout->most / (double)layout->least);

	if (range <= 0)
		return layout->radius;
	return layout->radius - (layout->radius - layout->inner) *
	                        log((double)messages / (double)layout->least) / range;
}

static struct point on_circle(const struct ego_layout *layout, const struct ego_slot *slot,
                              double radius)
{
	double side = slot->is_left ? -1 : 1;

	return (struct point){ layout->centre.x + side * radius * cos(slot->t),
	                       layout->centre.y + radius * sin(slot->t) };
}

struct point ego_layout_rim(const struct ego_layout *layout, const struct ego_slot *slot)
{
	return on_circle(layout, slot, layout->core);
}

static void place_dots(struct ego_layout *layout)
{
	layout->dots = g_new(struct point, layout->ego->count + 1);
	for (int i = 0; i < slot_count(layout); i++) {
		const struct ego_slot *slot = slot_at(layout, i);

		if (slot->alter >= 0)
			layout->dots[slot->alter] = on_circle(
				layout, slot,
				ego_layout_radius(layout, ego_messages(&layout->ego->alters[slot->alter])));
	}
}

/* ---- the ego's disc, and what leaves it ---- */

/* Lines of at most three that lie in a disc, none broken within a word; NULL if there are
 * none. g_strfreev(). */
static char **fit_in_disc(const char *name, const struct font *font, double radius)
{
	char *clean = text_shape_clean(name, TEXT_LABEL_MAX);
	char **found = NULL;

	for (int most = 1; most <= 3 && !found; most++) {
		double half = most * font->size * EGO_LEADING / 2, inside = radius - 1.5;

		if (half >= inside)
			break;
		char **lines = frame_wrap(clean, font, 2 * sqrt(inside * inside - half * half));
		char *joined = g_strjoinv(" ", lines);
		if ((int)g_strv_length(lines) <= most && !strcmp(joined, clean))
			found = lines;
		else
			g_strfreev(lines);
		g_free(joined);
	}
	g_free(clean);
	return found;
}

/* The least angle between two ties on one side. */
static double least_angle(const struct ego_layout *layout)
{
	double least = G_PI;
	const struct ego_slot *last = NULL;

	for (int i = 0; i < slot_count(layout); i++) {
		const struct ego_slot *slot = slot_at(layout, i);

		if (slot->alter < 0)
			continue;
		if (last && last->is_left == slot->is_left)
			least = fmin(least, slot->t - last->t);
		last = slot;
	}
	return least;
}

/* So much of a name as a disc has room for in one line; g_free(). */
static char *cut_to_disc(const char *name, const struct font *font, double radius)
{
	double half = font->size * EGO_LEADING / 2, inside = radius - 1.5;
	double width = inside > half ? 2 * sqrt(inside * inside - half * half) : 0;
	char *cut = frame_fit(name, font, width);

	if (text_measure(cut, font).width > width)
		cut[0] = '\0';
	return cut;
}

/* So large that ties part at its rim and that the name is in it; but a name that would need
 * too large a disc is cut. */
static void choose_core(struct ego_layout *layout)
{
	const struct font *font = &layout->ego_font;
	double half_box = fmin(layout->across, layout->down);
	double least = CLAMP(least_at_rim / least_angle(layout), least_core, most_core * half_box);

	for (layout->core = least; layout->core <= most_named_core * half_box; layout->core++) {
		layout->ego_name = fit_in_disc(layout->ego->name, font, layout->core);
		if (layout->ego_name)
			return;
	}
	layout->core = fmax(least, most_core * half_box);
	layout->ego_name = g_new0(char *, 2);
	layout->ego_name[0] = cut_to_disc(layout->ego->name, font, layout->core);
}

static int compare_counts(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* As wide as parts neighbours where they leave the ego, but for the strongest fifth: or one
 * tie of thousands would make all others hair lines. */
static void choose_width(struct ego_layout *layout)
{
	const struct ego *ego = layout->ego;
	int64_t *counts = g_new(int64_t, 2 * ego->count);
	int ways = 0;

	for (int i = 0; i < ego->count; i++) {
		const int64_t both[] = { ego->alters[i].to, ego->alters[i].from };

		for (int k = 0; k < 2; k++)
			if (both[k] > 0)
				counts[ways++] = both[k];
	}
	qsort(counts, (size_t)ways, sizeof *counts, compare_counts);
	double room = fmax(0.85 * least_angle(layout) * layout->core - EGO_THINNEST, thin_room);
	double widest = fmin(widest_wedge, 0.05 * layout->radius + 1);
	layout->width_per_root = fmin(room / sqrt((double)counts[(ways - 1) * 4 / 5]),
	                              widest / sqrt((double)counts[ways - 1]));
	g_free(counts);
}

double ego_layout_wedge(const struct ego_layout *layout, int64_t messages)
{
	return fmax(layout->width_per_root * sqrt((double)messages), EGO_THINNEST);
}

/* ---- the division of the box ---- */

/* A name, with its numbers or without. */
static double name_width(const struct ego_layout *layout, int i, bool with_counts)
{
	const struct ego_alter *alter = &layout->ego->alters[i];
	double width = text_measure(alter->name, &layout->font).width;
	char *counts = ego_layout_counts(alter);

	if (with_counts)
		width += EGO_COUNTS_GAP + text_measure(counts, &layout->font).width;
	g_free(counts);
	return width;
}

/* The ellipse that the names stand along; numbers stand behind them unless more than a few
 * names would be cut for that. */
static void place_ellipse(struct ego_layout *layout, int rows, bool with_counts)
{
	const struct box *box = &layout->box;
	double reach = fmax(easy_rings, rows * easy_pitch);     /* of few on a poster */
	double most = (layout->is_fan ? fan_share : name_share) * box->width;
	double widest[2] = { 0, 0 };
	int cut[2] = { 0, 0 };

	for (int i = 0; i < layout->ego->count; i++)
		for (int k = 0; k < 2; k++) {
			double width = name_width(layout, i, k == 1);

			widest[k] = fmax(widest[k], width);
			cut[k] += width > most;
		}
	layout->has_counts = with_counts && (cut[1] - cut[0]) * few_cut <= layout->ego->count;
	layout->down = fmin(box->height / 2, reach);
	layout->centre = (struct point){ box->x + box->width / 2, box->y + box->height / 2 };
	layout->across = (layout->is_fan ? box->width : box->width / 2) - 4 -
	                 fmin(most, widest[layout->has_counts]);
}

/* A fan's centre is as far to the left as its disc allows. */
static void place_centre(struct ego_layout *layout)
{
	if (layout->is_fan) {
		layout->centre.x = layout->box.x + layout->core + 1;
		layout->across -= layout->core + 1;
	}
	layout->across = fmin(layout->across, 1.3 * layout->down);
	layout->radius = fmin(layout->across, layout->down) - 6;
}

int ego_layout(struct ego_layout *layout, const struct style *style, const struct ego *ego,
               const struct box *box, bool with_counts)
{
	*layout = (struct ego_layout){ .ego = ego, .box = *box, .is_fan = box->width < fan_below,
	                               .font = style->label, .ego_font = style->label };
	list_slots(layout);
	part_sides(layout, (int)(box->height / least_pitch));
	int rows = MAX(layout->left_count, slot_count(layout) - layout->left_count);
	layout->pitch = fmin(box->height / MAX(rows, 1), most_pitch);
	if (layout->pitch < least_pitch)
		return -1;
	layout->font.size = CLAMP(layout->pitch * 0.82, EGO_SMALLEST_TYPE, layout->font.size);
	layout->ego_font.bold = true;
	layout->ego_font.color = style->paper;
	find_range(layout);
	place_ellipse(layout, rows, with_counts);
	place_slots(layout);
	choose_core(layout);
	place_centre(layout);
	if (layout->radius < least_radius)
		return -1;
	layout->inner = layout->core + fmax(6, 0.16 * (layout->radius - layout->core));
	layout->dot = CLAMP(0.22 * layout->pitch, 1.6, 3.2);
	choose_width(layout);
	place_dots(layout);
	return 0;
}

double ego_layout_height(const struct ego *ego, double width)
{
	struct ego_layout layout = { .ego = ego, .is_fan = width < fan_below };

	list_slots(&layout);
	part_sides(&layout, G_MAXINT);
	int rows = MAX(layout.left_count, slot_count(&layout) - layout.left_count);
	ego_layout_clear(&layout);
	return fmax(rows * easy_pitch, easy_rings);
}

void ego_layout_clear(struct ego_layout *layout)
{
	g_array_free(layout->slots, TRUE);
	g_strfreev(layout->ego_name);
	g_free(layout->dots);
}
