/* sha.h - the digests that messages are known by: half a SHA-256. OpenSSL's: ten times as
 * fast as GLib's, where the processor has SHA instructions. */
#ifndef MESSAGE_SHA_H
#define MESSAGE_SHA_H

#include <stddef.h>
#include <stdint.h>

struct sha {
	void *algorithm;                /* EVP_MD *: fetching it takes longer than hashing a header */
	void *context;                  /* EVP_MD_CTX * */
};
void sha_init(struct sha *sha);
void sha_clear(struct sha *sha);

void sha_begin(struct sha *sha);
void sha_add(struct sha *sha, const void *bytes, size_t size);
void sha_end(struct sha *sha, uint8_t out[static 16]);          /* the first half */

#endif
