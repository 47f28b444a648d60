#include "interrupt.h"

#include "epistograph/error.h"

static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal_number)
{
	(void)signal_number;
	interrupted = 1;
}

void interrupt_begin(struct interrupt *interrupt)
{
	struct sigaction note = { .sa_handler = note_interrupt };

	interrupted = 0;
	sigaction(SIGINT, &note, &interrupt->old_int);
	sigaction(SIGTERM, &note, &interrupt->old_term);
}

void interrupt_end(const struct interrupt *interrupt)
{
	sigaction(SIGINT, &interrupt->old_int, NULL);
	sigaction(SIGTERM, &interrupt->old_term, NULL);
}

int interrupt_check(struct error *err)
{
	return interrupted
	       ? error_set(err, "interrupted: what was done is kept, the same command goes on") : 0;
}
