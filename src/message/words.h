/* words.h - RFC 2047: text of any charset in ASCII headers
 *
 * Why not g_mime_utils_header_decode_text(): GMime 3.2.13 runs neighbouring base64
 * words together before it decodes them, so that text is lost behind the padding
 * of any but the last: "=?utf-8?B?QQ==?= =?utf-8?B?QQ==?=" gives "A", not "AA". */
#ifndef EPISTOGRAPH_MESSAGE_WORDS_H
#define EPISTOGRAPH_MESSAGE_WORDS_H

#include "header.h"

struct word_decoder;

struct word_decoder *word_decoder_new(void);
void word_decoder_free(struct word_decoder *decoder);

/* Append text to out with its encoded words decoded. Neighbours in one charset
 * are converted as one, for the many programs that cut characters in two. What is
 * no whole word stays as it is. out may get control characters and malformed
 * UTF-8, where the words hold them: clean it. */
void words_append_decoded(struct word_decoder *decoder, GString *out, struct slice text);

/* Append bytes said to be in charset (any case; NULL and unknown ones are judged
 * by the bytes), as UTF-8. */
void words_append_converted(struct word_decoder *decoder, GString *out, const char *charset,
                            struct slice bytes);

/* Append bytes in Windows-1252, which is Latin-1 with the quotes and dashes that
 * real mail has in it. */
void words_append_windows_1252(GString *out, struct slice bytes);

#endif
