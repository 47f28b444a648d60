/* crash_preload.c - a GMime that crashes or hangs on chosen words
 *
 * Preloaded (LD_PRELOAD) to stand for a library that mail can bring down: our
 * own bounds keep the known crashes away, so the tests need one that is certain.
 * A value with "please-crash" ends the process, one with "please-hang" never returns. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

char *g_mime_utils_header_decode_text(void *options, const char *text);

char *g_mime_utils_header_decode_text(void *options, const char *text)
{
	char *(*next)(void *, const char *);

	if (text && strstr(text, "please-crash"))
		raise(SIGSEGV);
	while (text && strstr(text, "please-hang"))
		pause();
	*(void **)&next = dlsym(RTLD_NEXT, "g_mime_utils_header_decode_text");
	return next(options, text);
}
