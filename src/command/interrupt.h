/* interrupt.h - long work that ends in order when the user or the system asks for it */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include <signal.h>

struct error;

/* Between the two SIGINT and SIGTERM only leave a note. */
struct interrupt { struct sigaction old_int, old_term; };
void interrupt_begin(struct interrupt *interrupt);
void interrupt_end(const struct interrupt *interrupt);

/* -1 with *err once one of them came. */
int interrupt_check(struct error *err);

#endif
