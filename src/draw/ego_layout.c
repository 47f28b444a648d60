#include "ego_layout.h"

#include "epistograph/text.h"
#include "text_shape.h"

#include <math.h>
#include <string.h>

static const double least_pitch = 7.4;          /* between names */
static const double most_pitch = 26;
static const double easy_pitch = 12;            /* where the page's height is free */
static const double easy_rings = 150;           /* height of rings, however few the names */
static const double name_shares[] = { 0.3, 0.34, 0.38 };        /* of the width, for the names
                                                 * of a side: the first that all have room in */
static const double fan_shares[] = { 0.46, 0.54, 0.63 };         /* where there is but one */
static const double fan_below = 340;            /* narrower boxes hold a fan */
static const double least_radius = 24;          /* of the outermost ring */
static const double least_core = 9;
static const double most_core = 0.2;            /* of half the box, so that ties part */
static const double most_named_core = 0.42;     /* so that the name is in it */
static const double least_at_rim = 1.8;         /* between two ties that leave the ego */
static const double widest_wedge = 4.5;
static const double thin_room = 1;              /* of a wedge where ties are too many to part */
static const int heading_lines = 2;             /* of a longer name stands a shorter one */
static const int few_broken = 10;               /* one name of so many may be for numbers */
static const double type_step = 0.5;            /* pt: between sizes that are tried */
static const double leading_share = 0.82;       /* of the room between names: their type */

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

/* Of the numbers behind a name, with what parts them; 0 if there are none. */
static double counts_width(const struct ego_layout *layout, int alter)
{
	char *counts = ego_layout_counts(&layout->ego->alters[alter]);
	double width = EGO_COUNTS_GAP + text_measure(counts, &layout->font).width;

	g_free(counts);
	return layout->has_counts ? width : 0;
}

/* ---- names in rows ---- */

static bool has_headings(const struct ego *ego)
{
	return ego->group_count > 1;
}

/* Numbers end with the last line: all lines leave them their room. */
static struct ego_slot make_slot(const struct ego_layout *layout, int alter, int group)
{
	const struct people_group *of = &layout->ego->groups[group];
	struct ego_slot slot = { .alter = alter, .group = group };
	struct font font = layout->font;

	font.bold = alter < 0;
	if (alter < 0)
		slot.lines = frame_wrap_shorter(of->name, of->short_name, &font, layout->names,
		                                heading_lines);
	else
		slot.lines = frame_wrap_name(layout->ego->alters[alter].name, &font,
		                             layout->names - counts_width(layout, alter));
	return slot;
}

static void add_slot(struct ego_layout *layout, int alter, int group)
{
	struct ego_slot slot = make_slot(layout, alter, group);

	g_array_append_val(layout->slots, slot);
}

static void clear_slot(void *slot)
{
	g_strfreev(((struct ego_slot *)slot)->lines);
}

static GArray *slots_new(void)
{
	GArray *slots = g_array_new(FALSE, TRUE, sizeof(struct ego_slot));

	g_array_set_clear_func(slots, clear_slot);
	return slots;
}

static void list_slots(struct ego_layout *layout)
{
	const struct ego *ego = layout->ego;

	g_array_set_size(layout->slots, 0);
	for (int g = 0; g < ego->group_count; g++) {
		const struct people_group *group = &ego->groups[g];

		if (has_headings(ego))
			add_slot(layout, -1, g);
		for (int i = group->first; i < group->first + group->count; i++)
			add_slot(layout, i, g);
	}
}

/* The lines of slots from one to before another. */
static int line_count(const struct ego_layout *layout, int from, int end)
{
	int lines = 0;

	for (int i = from; i < end; i++)
		lines += MAX((int)g_strv_length(slot_at(layout, i)->lines), 1);
	return lines;
}

/* The lines of the longer side if the right one begins with that slot. */
static int longer_side(const struct ego_layout *layout, int right)
{
	return MAX(line_count(layout, 0, right), line_count(layout, right, slot_count(layout)));
}

/* Where sides are most alike; of two such places the first, or the last. */
static int even_split(const struct ego_layout *layout, bool is_last)
{
	int best = 0;

	for (int i = 1; i <= slot_count(layout); i++)
		if (longer_side(layout, i) - is_last < longer_side(layout, best))
			best = i;
	return best;
}

/* Where the right side begins: between groups if that leaves the sides alike enough and
 * in their room, which is `most` lines, else within one, which then is named again. */
static void part_sides(struct ego_layout *layout, int most)
{
	int count = slot_count(layout), lines = line_count(layout, 0, count);
	int best = has_headings(layout->ego) ? count : even_split(layout, false);

	if (layout->is_fan)
		return;
	for (int i = 1; i < count && has_headings(layout->ego); i++)
		if (slot_at(layout, i)->alter < 0 && longer_side(layout, i) < longer_side(layout, best))
			best = i;
	int longer = longer_side(layout, best);
	if (longer > most || (count > 4 && longer > 0.68 * lines)) {
		best = even_split(layout, true);
		/* A heading does not stand alone at the foot of the left side. */
		if (best > 1 && slot_at(layout, best - 1)->alter < 0)
			best--;
		if (has_headings(layout->ego) && slot_at(layout, best)->alter >= 0) {
			struct ego_slot again = make_slot(layout, -1, slot_at(layout, best)->group);

			g_array_insert_val(layout->slots, (guint)best, again);
		}
	}
	layout->left_count = best;
}

/* How much higher than so many single lines the slots are. */
static double extra_height(const struct ego_layout *layout, int from, int end)
{
	return (line_count(layout, from, end) - (end - from)) * EGO_LINE * layout->font.size;
}

/* What the height leaves between the names of the fuller side. */
static double pitch_in(const struct ego_layout *layout, double height)
{
	int left = layout->left_count, count = slot_count(layout);
	double right_pitch = (height - extra_height(layout, left, count)) / MAX(count - left, 1);

	return fmin(right_pitch, (height - extra_height(layout, 0, left)) / MAX(left, 1));
}

/* The slots of a side, from one to before another. */
static void place_side(struct ego_layout *layout, int from, int end, bool is_left)
{
	double down = -((end - from) * layout->pitch + extra_height(layout, from, end)) / 2;

	for (int i = from; i < end; i++) {
		struct ego_slot *slot = slot_at(layout, i);
		double half = (layout->pitch + ego_layout_depth(layout, slot)) / 2;

		down += half;
		slot->is_left = is_left;
		slot->y = layout->centre.y + down;
		slot->t = asin(CLAMP(down / layout->down, -1, 1));
		down += half;
	}
}

double ego_layout_depth(const struct ego_layout *layout, const struct ego_slot *slot)
{
	return MAX((int)g_strv_length(slot->lines) - 1, 0) * EGO_LINE * layout->font.size;
}

/* Outside of the ellipse with the line that is nearest to the middle, too. */
double ego_layout_text_x(const struct ego_layout *layout, const struct ego_slot *slot)
{
	double down = fabs(slot->y - layout->centre.y) - ego_layout_depth(layout, slot) / 2;
	double away = layout->across * cos(asin(CLAMP(down / layout->down, 0, 1))) + 2;

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

/* How a name stands in the disc: the plainest that has room. */
struct disc_form {
	bool is_small;                  /* in the smallest type */
	int lines;                      /* at most */
	bool breaks_words;
};
static const struct disc_form disc_forms[] = {
	{ false, 3, false }, { true, 6, false }, { true, 6, true },
};

/* The room that a disc has for so many lines; 0 for none. */
static double chord(double radius, int lines, const struct font *font)
{
	double half = lines * font->size * EGO_LEADING / 2, inside = radius - 1.5;

	return inside > half ? 2 * sqrt(inside * inside - half * half) : 0;
}

/* Does each line of a text end with a word, or its part before a hyphen? */
static bool has_whole_words(char *const *lines, const char *text)
{
	for (; *lines; lines++) {
		const char *at = strstr(text, *lines);

		if (!at)
			return false;
		text = at + strlen(*lines);
		if (*text && *text != ' ' && text[-1] != '-')
			return false;
	}
	return true;
}

/* The name in lines that lie in a disc; NULL if there are none. g_strfreev(). */
static char **fit_in_disc(const char *name, const struct font *font, double radius,
                          const struct disc_form *form)
{
	char *clean = text_shape_clean(name, FRAME_NAME_MAX);
	double all = text_measure(clean, font).width;
	char **found = NULL;

	for (int most = 1; most <= form->lines && !found; most++) {
		double width = chord(radius, most, font);

		/* Blanks at the ends of lines are not drawn. */
		if (width < font->size || all > most * (width + font->size))
			continue;
		char **lines = frame_wrap_name(clean, font, width);
		if ((int)g_strv_length(lines) <= most &&
		    (form->breaks_words || has_whole_words(lines, clean)))
			found = lines;
		else
			g_strfreev(lines);
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

/* The smallest disc between two sizes with the name in that form; false if there is none. */
static bool name_in_disc(struct ego_layout *layout, double least, double most,
                         const struct disc_form *form)
{
	if (form->is_small)
		layout->ego_font.size = EGO_SMALLEST_TYPE;
	for (layout->core = least; layout->core <= most; layout->core++) {
		layout->ego_name = fit_in_disc(layout->ego->name, &layout->ego_font, layout->core, form);
		if (layout->ego_name)
			return true;
	}
	return false;
}

/* So large that ties part at its rim and that the name is in it; a name that would need too
 * large a disc is not. */
static void choose_core(struct ego_layout *layout)
{
	double half_box = fmin(layout->across, layout->down);
	double least = CLAMP(least_at_rim / least_angle(layout), least_core, most_core * half_box);

	for (size_t f = 0; f < G_N_ELEMENTS(disc_forms); f++)
		if (name_in_disc(layout, least, most_named_core * half_box, &disc_forms[f]))
			return;
	layout->core = fmax(least, most_core * half_box);
	layout->ego_name = g_new0(char *, 1);
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

/* How many names are wider than the room with such numbers as are asked for, not without. */
static int broken_for_counts(struct ego_layout *layout)
{
	int broken = 0;

	layout->has_counts = true;
	for (int i = 0; i < layout->ego->count; i++) {
		double width = text_measure(layout->ego->alters[i].name, &layout->font).width;

		broken += width <= layout->names && width + counts_width(layout, i) > layout->names;
	}
	return broken;
}

/* Names broken to a share of the width in type of that size, and parted between the sides. */
static void break_names(struct ego_layout *layout, double share, double size, bool with_counts)
{
	layout->names = share * layout->box.width;
	layout->font.size = size;
	layout->has_counts = with_counts && broken_for_counts(layout) * few_broken <= layout->ego->count;
	list_slots(layout);
	part_sides(layout, (int)(layout->box.height / least_pitch));
	layout->pitch = fmin(pitch_in(layout, layout->box.height), most_pitch);
}

/* The largest type up to that size in which all names have room in such a share of the width;
 * false if they have it in none. */
static bool fit_names(struct ego_layout *layout, double share, double size, bool with_counts)
{
	for (;;) {
		break_names(layout, share, size, with_counts);
		double wanted = leading_share * layout->pitch;
		if (wanted >= size || size <= EGO_SMALLEST_TYPE)
			return layout->pitch >= least_pitch;
		size = fmax(fmax(wanted, size - type_step), EGO_SMALLEST_TYPE);
	}
}

static const double *shares_of(const struct ego_layout *layout)
{
	return layout->is_fan ? fan_shares : name_shares;
}

/* Whether there is a share with room for all is asked first: most pages are found too small. */
static bool choose_names(struct ego_layout *layout, const struct style *style, bool with_counts)
{
	const double *shares = shares_of(layout);

	if (layout->ego->count * least_pitch > (layout->is_fan ? 1 : 2) * layout->box.height)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(name_shares); i++) {
		break_names(layout, shares[i], EGO_SMALLEST_TYPE, with_counts);
		if (layout->pitch >= least_pitch)
			return fit_names(layout, shares[i], style->label.size, with_counts);
	}
	return false;
}

static double widest_line(const struct ego_layout *layout)
{
	double widest = 0;

	for (int i = 0; i < slot_count(layout); i++) {
		const struct ego_slot *slot = slot_at(layout, i);
		struct font font = layout->font;

		font.bold = slot->alter < 0;
		for (char **line = slot->lines; *line; line++) {
			double width = text_measure(*line, &font).width;

			if (!line[1] && slot->alter >= 0)
				width += counts_width(layout, slot->alter);
			widest = fmax(widest, width);
		}
	}
	return widest;
}

/* The ellipse that the names stand along. */
static void place_ellipse(struct ego_layout *layout)
{
	const struct box *box = &layout->box;
	int lines = layout->is_fan ? line_count(layout, 0, slot_count(layout))
	                           : longer_side(layout, layout->left_count);
	double reach = fmax(easy_rings, lines * easy_pitch);    /* of few on a poster */

	layout->down = fmin(box->height / 2, reach);
	layout->centre = (struct point){ box->x + box->width / 2, box->y + box->height / 2 };
	layout->across = (layout->is_fan ? box->width : box->width / 2) - 4 -
	                 fmin(layout->names, widest_line(layout));
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
	                               .font = style->label, .ego_font = style->label,
	                               .slots = slots_new() };
	if (!choose_names(layout, style, with_counts))
		return -1;
	layout->ego_font.bold = true;
	layout->ego_font.color = style->paper;
	find_range(layout);
	place_ellipse(layout);
	place_side(layout, 0, layout->left_count, true);
	place_side(layout, layout->left_count, slot_count(layout), false);
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

double ego_layout_height(const struct style *style, const struct ego *ego, double width)
{
	struct ego_layout layout = { .ego = ego, .is_fan = width < fan_below, .font = style->label,
	                             .box = { 0, 0, width, G_MAXINT }, .slots = slots_new() };

	break_names(&layout, shares_of(&layout)[0], style->label.size, true);
	int left = layout.left_count, count = slot_count(&layout);
	double left_height = left * easy_pitch + extra_height(&layout, 0, left);
	double right_height = (count - left) * easy_pitch + extra_height(&layout, left, count);
	ego_layout_clear(&layout);
	return fmax(fmax(left_height, right_height), easy_rings);
}

void ego_layout_clear(struct ego_layout *layout)
{
	g_array_free(layout->slots, TRUE);
	g_strfreev(layout->ego_name);
	g_free(layout->dots);
}
