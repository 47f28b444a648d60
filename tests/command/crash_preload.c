/* crash_preload.c - a library that crashes or hangs on chosen words
 *
 * Preloaded (LD_PRELOAD) to stand for a parser that mail can bring down: our own
 * bounds keep the known crashes away, so the tests need one that is certain. Every
 * message's header passes through EVP_DigestUpdate(); one with "please-crash" in it
 * ends the process, one with "please-hang" never returns. What a container unpacks
 * passes through archive_read_data_block(): "please-crash-unpacking" ends the process
 * there, and after "please-go-slowly" each block takes a tenth of a second. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

int EVP_DigestUpdate(void *context, const void *data, size_t size);

struct archive;
int archive_read_data_block(struct archive *archive, const void **bytes, size_t *size,
                            int64_t *offset);

static int holds(const void *data, size_t size, const char *word)
{
	return memmem(data, size, word, strlen(word)) != NULL;
}

int EVP_DigestUpdate(void *context, const void *data, size_t size)
{
	int (*next)(void *, const void *, size_t);

	if (holds(data, size, "please-crash"))
		raise(SIGSEGV);
	/* At work: one that waits is given five times as long. */
	for (volatile int at_work = holds(data, size, "please-hang"); at_work;)
		;
	*(void **)&next = dlsym(RTLD_NEXT, "EVP_DigestUpdate");
	return next(context, data, size);
}

int archive_read_data_block(struct archive *archive, const void **bytes, size_t *size,
                            int64_t *offset)
{
	static struct archive *slow;
	int (*next)(struct archive *, const void **, size_t *, int64_t *);

	*(void **)&next = dlsym(RTLD_NEXT, "archive_read_data_block");
	int status = next(archive, bytes, size, offset);
	if (status == 0 && holds(*bytes, *size, "please-crash-unpacking"))
		raise(SIGSEGV);
	if (status == 0 && holds(*bytes, *size, "please-go-slowly"))
		slow = archive;
	if (slow == archive)
		usleep(100000);
	return status;
}
