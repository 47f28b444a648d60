/* child.h - what every forked child does first (private to base) */
#ifndef CHILD_H
#define CHILD_H

/* End with the parent, leave no core files (they would hold mail), and die of
 * crashes: a handler inherited from the parent would hide them. */
void child_begin(void);

#endif
