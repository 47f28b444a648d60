/* ego_layout.h - where one person, those they write with and all names go
 *
 * Private to src/draw. Numbers only; nothing is drawn here. All lengths in pt. */
#ifndef EPISTOGRAPH_EGO_LAYOUT_H
#define EPISTOGRAPH_EGO_LAYOUT_H

#include "epistograph/ego_chart.h"

#include <glib.h>

#define EGO_SMALLEST_TYPE 6.0
#define EGO_COUNTS_GAP 4.0              /* between a name and its numbers */
#define EGO_LEADING 1.15                /* of the ego's name, in type sizes */
#define EGO_LINE 1.2                    /* between the lines of another's, in type sizes */
#define EGO_THINNEST 0.35               /* of a tie's wedge */

struct ego_slot {                       /* a name beside the rings */
	int alter;                      /* -1: the heading of a group */
	int group;
	bool is_left;                   /* never in a fan */
	double t;                       /* angle of the ellipse the names stand along, from
	                                 * the horizontal, downwards */
	double y;                       /* its middle */
	char **lines;                   /* of the name; owned by the layout */
};

struct ego_layout {
	const struct ego *ego;          /* borrowed */
	struct box box;                 /* of the rings and names */
	bool is_fan;                    /* half a circle, opening to the right */
	struct point centre;
	int64_t least, most;            /* messages at the outermost ring, of who has the most */
	double across, down;            /* half axes of the ellipse the names stand along */
	double radius, inner, core;     /* of the outermost ring, of who has the most messages,
	                                 * of the ego's disc */
	double pitch;                   /* between names */
	double dot;                     /* radius of a person */
	double width_per_root;          /* of a wedge's wide end a root of messages */
	bool has_counts;                /* both numbers stand behind each name */
	struct font font, ego_font;
	double names;                   /* width that names are broken to */
	char **ego_name;                /* lines in the disc, none where it has no room; owned */
	GArray *slots;                  /* struct ego_slot: the left side from the top, then the
	                                 * right; owned */
	int left_count;
	struct point *dots;             /* [ego->count]; owned */
};

/* Names are whole, broken into lines where they must be (see frame_wrap_name()): on a full page
 * type first gets smaller, then the names' columns wider. with_counts: numbers stand behind
 * names, unless more than a few would be broken for them; see has_counts then. 0, or -1 if
 * names or rings have no room; ego_layout_clear() in either case. The ego must have somebody
 * to write with. */
int ego_layout(struct ego_layout *layout, const struct style *style, const struct ego *ego,
               const struct box *box, bool with_counts);
void ego_layout_clear(struct ego_layout *layout);

/* The height that is enough for names and rings in a box of that width. */
double ego_layout_height(const struct style *style, const struct ego *ego, double width);

/* How many ties between the others are drawn, the strongest: as many as there are people, or
 * they would be a net that hides what it shows. */
int ego_hairs(const struct ego *ego);

int64_t ego_messages(const struct ego_alter *alter);    /* both directions */
double ego_layout_radius(const struct ego_layout *layout, int64_t messages);
double ego_layout_wedge(const struct ego_layout *layout, int64_t messages);     /* its width */
/* Where the text of a slot begins, or at the left ends. */
double ego_layout_text_x(const struct ego_layout *layout, const struct ego_slot *slot);
/* Between the middles of the first and of the last line of a slot. */
double ego_layout_depth(const struct ego_layout *layout, const struct ego_slot *slot);
/* Where the tie of a slot meets the ego's disc. */
struct point ego_layout_rim(const struct ego_layout *layout, const struct ego_slot *slot);

/* "213/57": from the ego to the alter and back; g_free(). */
char *ego_layout_counts(const struct ego_alter *alter);

#endif
