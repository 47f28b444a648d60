/* crash_preload.c - a library that crashes or hangs on chosen words
 *
 * Preloaded (LD_PRELOAD) to stand for a parser that mail can bring down: our own
 * bounds keep the known crashes away, so the tests need one that is certain. Every
 * message's header passes through EVP_DigestUpdate(); one with "please-crash" in it
 * ends the process, one with "please-hang" never returns. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

int EVP_DigestUpdate(void *context, const void *data, size_t size);

static int holds(const void *data, size_t size, const char *word)
{
	return memmem(data, size, word, strlen(word)) != NULL;
}

int EVP_DigestUpdate(void *context, const void *data, size_t size)
{
	int (*next)(void *, const void *, size_t);

	if (holds(data, size, "please-crash"))
		raise(SIGSEGV);
	while (holds(data, size, "please-hang"))
		pause();
	*(void **)&next = dlsym(RTLD_NEXT, "EVP_DigestUpdate");
	return next(context, data, size);
}
