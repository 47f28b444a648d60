#include "sha.h"

#include <glib.h>
#include <openssl/evp.h>

#include <string.h>

/* OpenSSL fails only if it has no SHA-256, or no memory. */
static void require(int done)
{
	if (!done)
		g_error("OpenSSL cannot hash");
}

void sha_init(struct sha *sha)
{
	sha->algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
	sha->context = EVP_MD_CTX_new();
	require(sha->algorithm && sha->context);
}

void sha_clear(struct sha *sha)
{
	EVP_MD_CTX_free(sha->context);
	EVP_MD_free(sha->algorithm);
}

void sha_begin(struct sha *sha)
{
	require(EVP_DigestInit_ex2(sha->context, sha->algorithm, NULL));
}

void sha_add(struct sha *sha, const void *bytes, size_t size)
{
	require(EVP_DigestUpdate(sha->context, bytes, size));
}

void sha_end(struct sha *sha, uint8_t out[static 16])
{
	unsigned char sum[EVP_MAX_MD_SIZE];

	require(EVP_DigestFinal_ex(sha->context, sum, NULL));
	memcpy(out, sum, 16);
}
