/* own_height.h - how high a figure should be that may choose
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_OWN_HEIGHT_H
#define EPISTOGRAPH_OWN_HEIGHT_H

enum room {
	ROOM_FLAT,              /* the marks are pressed */
	ROOM_CUT,               /* they are not, but what is said below them is cut */
	ROOM_GOOD,
};

/* The least height of a page (pt), from the one given up, on which room_on says that there is
 * good room. What would not be said in full on one 1.75 times as high as wide is left cut: a
 * figure is no list. */
double own_height(double width, double height,
                  enum room (*room_on)(double width, double height, const void *figure),
                  const void *figure);

#endif
