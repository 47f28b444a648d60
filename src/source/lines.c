/* lines.c - finding lines in bytes, fast */
#include "lines.h"

#include <glib.h>

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLANK_MAX 3             /* "\r\r\n" of files converted twice */

size_t line_size(const uint8_t *bytes, size_t size)
{
	const uint8_t *newline = size > 0 ? memchr(bytes, '\n', size) : NULL;

	return newline != NULL ? (size_t)(newline - bytes) + 1 : size;
}

bool line_is_blank(const uint8_t *line, size_t size)
{
	size_t i = 0;

	while (i < size && i < BLANK_MAX && line[i] == '\r')
		i++;
	return i < size && line[i] == '\n';
}

size_t line_blank_tail(const uint8_t *bytes, size_t size)
{
	size_t blank = 0;

	if (size < 2 || bytes[size - 1] != '\n')
		return 0;
	do
		blank++;
	while (blank < BLANK_MAX && blank < size && bytes[size - 1 - blank] == '\r');
	return blank < size && bytes[size - 1 - blank] == '\n' ? blank : 0;
}

/* The plain way: newline by newline. */
static size_t find_plainly(const uint8_t *bytes, size_t size, const char *firsts)
{
	for (size_t i = 0; i + 1 < size; i++) {
		const uint8_t *newline = memchr(bytes + i, '\n', size - 1 - i);
		if (newline == NULL)
			break;
		i = (size_t)(newline - bytes);
		if (memchr(firsts, newline[1], strlen(firsts)) != NULL)
			return i;
	}
	return size;
}

#ifdef __SSE2__

/* 64 bytes a round: a newline in one load and the wanted byte in a load one
 * further. memmem() takes twice as long, memchr() by line half again as long. */
static inline __m128i newline_then_f(const uint8_t *bytes)
{
	__m128i here = _mm_loadu_si128((const __m128i *)(const void *)bytes);
	__m128i next = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 1));

	return _mm_and_si128(_mm_cmpeq_epi8(here, _mm_set1_epi8('\n')),
	                     _mm_cmpeq_epi8(next, _mm_set1_epi8('F')));
}

static inline __m128i newline_then_any(const uint8_t *bytes)
{
	__m128i here = _mm_loadu_si128((const __m128i *)(const void *)bytes);
	__m128i next = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 1));
	__m128i lower = _mm_or_si128(next, _mm_set1_epi8(0x20));
	__m128i blank = _mm_or_si128(_mm_cmpeq_epi8(next, _mm_set1_epi8('\n')),
	                             _mm_cmpeq_epi8(next, _mm_set1_epi8('\r')));
	__m128i letter = _mm_or_si128(_mm_cmpeq_epi8(next, _mm_set1_epi8('F')),
	                              _mm_cmpeq_epi8(lower, _mm_set1_epi8('c')));

	return _mm_and_si128(_mm_cmpeq_epi8(here, _mm_set1_epi8('\n')),
	                     _mm_or_si128(blank, letter));
}

static inline unsigned mask(__m128i found)
{
	return (unsigned)_mm_movemask_epi8(found);
}

size_t line_find_separator(const uint8_t *bytes, size_t size)
{
	size_t i = 0;

	for (; i + 65 <= size; i += 64) {
		__m128i a = newline_then_f(bytes + i), b = newline_then_f(bytes + i + 16);
		__m128i c = newline_then_f(bytes + i + 32), d = newline_then_f(bytes + i + 48);

		if (mask(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d))) == 0)
			continue;
		uint64_t bits = (uint64_t)mask(a) | (uint64_t)mask(b) << 16 |
		                (uint64_t)mask(c) << 32 | (uint64_t)mask(d) << 48;
		return i + (size_t)__builtin_ctzll(bits);
	}
	return i + find_plainly(bytes + i, size - i, "F");
}

size_t line_find_header(const uint8_t *bytes, size_t size)
{
	size_t i = 0;

	for (; i + 17 <= size; i += 16) {
		unsigned bits = mask(newline_then_any(bytes + i));
		if (bits != 0)
			return i + (size_t)__builtin_ctz(bits);
	}
	return i + find_plainly(bytes + i, size - i, "F\n\rCc");
}

#else

size_t line_find_separator(const uint8_t *bytes, size_t size)
{
	return find_plainly(bytes, size, "F");
}

size_t line_find_header(const uint8_t *bytes, size_t size)
{
	return find_plainly(bytes, size, "F\n\rCc");
}

#endif

bool bytes_are_blank(const uint8_t *bytes, size_t size)
{
	size_t i = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	while (i < size && g_ascii_isspace((char)bytes[i]))
		i++;
	return i == size;
}

int64_t line_count(const uint8_t *bytes, size_t size)
{
	int64_t lines = 0;

	for (size_t i = 0; i < size; i++)
		lines += bytes[i] == '\n';
	return lines;
}
