#include "own_height.h"

#define STEP 12.0               /* pt by which a page is made higher */
#define MOST 1.75               /* of a page's width */

double own_height(double width, double height,
                  enum room (*room_on)(double width, double height, const void *figure),
                  const void *figure)
{
	double most = width * MOST;

	if (room_on(width, height, figure) == ROOM_GOOD)
		return height;
	enum room wanted = room_on(width, most, figure) == ROOM_GOOD ? ROOM_GOOD : ROOM_CUT;
	while (height < most && room_on(width, height, figure) < wanted)
		height += STEP;
	return height;
}
