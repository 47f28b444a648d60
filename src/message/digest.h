/* digest.h - SHA-256, the first half of it */
#ifndef EPISTOGRAPH_MESSAGE_DIGEST_H
#define EPISTOGRAPH_MESSAGE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

struct digester;
struct digester *digester_new(void);
void digester_free(struct digester *digester);

void digester_sum(struct digester *digester, const uint8_t *bytes, size_t size,
                  uint8_t half[16]);

/* The same without what special instructions the processor has: for the test that
 * both agree. */
void digester_sum_plainly(struct digester *digester, const uint8_t *bytes, size_t size,
                          uint8_t half[16]);

#endif
