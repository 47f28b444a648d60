/* crash_preload.c - a library that crashes or hangs on chosen words
 *
 * Preloaded (LD_PRELOAD) to stand for a parser that mail can bring down: our own
 * bounds keep the known crashes away, so the tests need one that is certain. Every
 * message passes through the checksum of its header; one with "please-crash" in it
 * ends the process, one with "please-hang" never returns. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

void g_checksum_update(void *checksum, const unsigned char *data, ssize_t length);

static int holds(const unsigned char *data, ssize_t length, const char *word)
{
	size_t size = length < 0 ? strlen((const char *)data) : (size_t)length;

	return memmem(data, size, word, strlen(word)) != NULL;
}

void g_checksum_update(void *checksum, const unsigned char *data, ssize_t length)
{
	void (*next)(void *, const unsigned char *, ssize_t);

	if (holds(data, length, "please-crash"))
		raise(SIGSEGV);
	while (holds(data, length, "please-hang"))
		pause();
	*(void **)&next = dlsym(RTLD_NEXT, "g_checksum_update");
	next(checksum, data, length);
}
