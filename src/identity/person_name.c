#include "person_name.h"

#include "word_tables.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

/* ---- folding ---- */

/* Letters that decompose into nothing, but are written without their strokes. */
static const char *plain_letters(gunichar c)
{
	switch (c) {
	case 0x142: return "l";         /* ł */
	case 0xf8: return "o";          /* ø */
	case 0x153: return "oe";        /* œ */
	case 0xe6: return "ae";         /* æ */
	case 0x111: return "d";         /* đ */
	case 0x131: return "i";         /* ı */
	case 0xfe: return "th";         /* þ */
	case 0xf0: return "d";          /* ð */
	default: return NULL;
	}
}

/* Case and accents away: "Élodie" and "elodie" are one. g_free(), or text itself,
 * in lower case, if it is ASCII. */
static char *fold(char *text)
{
	bool plain = true;

	for (char *c = text; *c; c++) {
		plain &= !(*c & 0x80);
		*c = g_ascii_tolower(*c);
	}
	if (plain)
		return text;
	char *valid = g_utf8_make_valid(text, -1);
	char *apart = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
	char *folded = g_utf8_casefold(apart, -1);
	GString *out = g_string_new(NULL);

	for (const char *c = folded; *c; c = g_utf8_next_char(c)) {
		gunichar character = g_utf8_get_char(c);
		const char *letters = plain_letters(character);

		if (letters)
			g_string_append(out, letters);
		else if (!g_unichar_ismark(character))
			g_string_append_unichar(out, character);
	}
	g_free(valid);
	g_free(apart);
	g_free(folded);
	return g_string_free(out, FALSE);
}

/* ---- words ---- */

/* A single letter of a script that writes names in letters; in one that writes
 * them in syllables or ideograms a single one is a word. */
static bool is_initial(const char *word)
{
	gunichar first = g_utf8_get_char(word);

	return !*g_utf8_next_char(word) &&
	       (g_unichar_islower(first) || g_unichar_isupper(first) || first < 0x80);
}

static void add_initial(struct person_name *name, const char *word)
{
	if (word[0] >= 'a' && word[0] <= 'z')
		name->initials |= 1u << (word[0] - 'a');
}

/* One word, folded, at `at` in name->text. False if no person has it in a name. */
static bool add_word(struct person_name *name, const char *word)
{
	int generation = name->count > 0 ? generation_of(word) : 0;

	if (is_title(word))
		return true;
	if (generation)
		name->generation = generation;
	else if (is_initial(word))
		add_initial(name, word);
	else if (name->count == NAME_TOKENS_MAX || is_role_word_in_name(word))
		return false;
	else
		name->words[name->count++] = word;
	return true;
}

/* Apostrophes are left out of words, letters make them, all else parts them. */
static bool read_words(struct person_name *name, const char *text, size_t *used)
{
	char *at = name->text + *used, *end = name->text + sizeof name->text - 8;
	char *word = at;

	for (const char *c = text;; c = g_utf8_next_char(c)) {
		gunichar character = *c ? g_utf8_get_char(c) : ' ';

		if (character == '\'' || character == 0x2019 || character == '`')
			continue;
		if (g_unichar_isdigit(character))
			return false;
		if (g_unichar_isalpha(character)) {
			if (at >= end)
				return false;
			at += g_unichar_to_utf8(character, at);
			continue;
		}
		if (at > word) {
			*at++ = '\0';
			if (!add_word(name, word))
				return false;
			word = at;
		}
		if (!*c)
			break;
		if (at >= end)
			return false;
	}
	*used = (size_t)(at - name->text);
	return true;
}

/* Cut away what stands around the name in one display name: comments, what a
 * list adds, the organisation behind a slash as Lotus Notes writes it. */
static void trim_name(char *text)
{
	char *via = strstr(text, " via ");
	char *slash = strchr(text, '/');

	if (via)
		*via = '\0';
	if (slash && slash < text + strlen(text))
		*slash = '\0';
	for (char *open; (open = strpbrk(text, "([")); ) {
		char *close = strpbrk(open, ")]");

		if (close)
			memmove(open, close + 1, strlen(close + 1) + 1);
		else
			*open = '\0';
	}
}

/* "Ann Lee, Jr.", "Ann Lee, PhD": what is behind the comma is no first name. */
static bool begins_with_suffix(const char *text)
{
	char word[8];
	size_t length = 0;

	text += strspn(text, " ");
	while (g_ascii_isalpha(text[length]) && length + 1 < sizeof word) {
		word[length] = text[length];
		length++;
	}
	word[length] = '\0';
	return generation_of(word) || is_title(word);
}

bool person_name_read(struct person_name *name, const char *text)
{
	char copy[NAME_BYTES_MAX];
	size_t used = 0;

	name->count = name->generation = 0;
	name->initials = 0;
	if (g_strlcpy(copy, text, sizeof copy) >= sizeof copy)
		return false;
	trim_name(copy);
	if (strchr(copy, '@'))
		return false;
	char *folded = fold(copy), *comma = strchr(folded, ',');
	bool good;

	if (comma && begins_with_suffix(comma + 1))
		comma = NULL;
	if (comma)                      /* "Lee, Ann B": what is behind the comma comes first */
		*comma = '\0';
	good = (!comma || read_words(name, comma + 1, &used)) && read_words(name, folded, &used);
	if (folded != copy)
		g_free(folded);
	return good && name->count >= 2;
}

static int compare_words(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

void person_name_key(const struct person_name *name, char key[NAME_BYTES_MAX])
{
	const char *sorted[NAME_TOKENS_MAX];
	char *at = key;

	memcpy(sorted, name->words, sizeof sorted);
	qsort(sorted, (size_t)name->count, sizeof *sorted, compare_words);
	for (int i = 0; i < name->count; i++) {
		if (i)
			*at++ = ' ';
		at = g_stpcpy(at, sorted[i]);
	}
	*at = '\0';
}

/* ---- addresses made of names ---- */

static size_t local_size(const char *address)
{
	const char *at = strrchr(address, '@');
	size_t size = at ? (size_t)(at - address) : strlen(address);
	const char *tag = memchr(address, '+', size);

	return tag ? (size_t)(tag - address) : size;
}

bool person_name_from_local(struct person_name *name, const char *address)
{
	char local[NAME_BYTES_MAX];
	size_t size = local_size(address), used = 0;

	name->count = name->generation = 0;
	name->initials = 0;
	if (size >= sizeof local)
		return false;
	for (size_t i = 0; i < size; i++)
		local[i] = address[i] == '_' ? ' ' : address[i];
	local[size] = '\0';
	if (!g_utf8_validate(local, -1, NULL))
		return false;
	return read_words(name, local, &used) && name->count >= 2;
}

/* The words and digits of a local part. */
struct local {
	char text[NAME_BYTES_MAX];
	const char *words[NAME_TOKENS_MAX];
	int count;
	char digits[LOCAL_MARK_MAX];
};

static bool read_local(struct local *local, const char *address)
{
	size_t size = local_size(address), digits = 0;
	char *out = local->text;
	bool inside = false;

	local->count = 0;
	if (size + 2 >= sizeof local->text)
		return false;
	for (size_t i = 0; i < size; i++) {
		char c = address[i];

		if (g_ascii_isdigit(c) && digits + 1 < sizeof local->digits)
			local->digits[digits++] = c;
		if (c == '\'')
			continue;
		if (!g_ascii_isalpha(c) && !(c & 0x80)) {
			if (inside)
				*out++ = '\0';
			inside = false;
			continue;
		}
		if (!inside && local->count == NAME_TOKENS_MAX)
			return false;
		if (!inside)
			local->words[local->count++] = out;
		inside = true;
		*out++ = c;
	}
	*out = '\0';
	local->digits[digits] = '\0';
	return local->count > 0;
}

static int index_of(const struct person_name *name, const char *word)
{
	for (int i = 0; i < name->count; i++)
		if (!strcmp(name->words[i], word))
			return i;
	return -1;
}

static void add_mark(char mark[LOCAL_MARK_MAX], const char *text)
{
	g_strlcat(mark, text, LOCAL_MARK_MAX);
}

/* Word by word, as in ann.b.lee. */
static enum local_match match_apart(const struct local *local, const struct person_name *name,
                                    char mark[LOCAL_MARK_MAX])
{
	int full = 0, single = 0, strange = 0;

	for (int i = 0; i < local->count; i++) {
		const char *word = local->words[i];

		if (index_of(name, word) >= 0)
			full++;
		else if (!word[1])
			single++;
		else
			strange++;
		if (index_of(name, word) < 0)
			add_mark(mark, word);
	}
	if (strange)
		return full ? LOCAL_PART : LOCAL_OTHER;
	return full >= 2 ? LOCAL_FULL : full && single ? LOCAL_INITIAL : full ? LOCAL_PART : LOCAL_OTHER;
}

/* Take a piece away from the front of *text. */
static bool take(const char **text, const char *piece)
{
	size_t size = strlen(piece);

	if (strncmp(*text, piece, size) != 0)
		return false;
	*text += size;
	return true;
}

/* Words run together, as in leeann, annblee: two words of the name (of which the
 * second may be several: delabrosseraie), with one letter between at most. */
static enum local_match match_pair(const char *solid, const char *first, const char *second,
                                   char mark[LOCAL_MARK_MAX])
{
	const char *rest = solid;
	char letter[2] = { 0 };

	if (take(&rest, first)) {
		if (!strcmp(rest, second))
			return LOCAL_FULL;
		if (*rest && !strcmp(rest + 1, second)) {
			letter[0] = *rest;
			add_mark(mark, letter);
			return LOCAL_FULL;
		}
		if (rest[0] == second[0] && rest[0] && !rest[1])
			return LOCAL_INITIAL;   /* annl */
	}
	rest = solid;
	if (rest[0] == first[0] && !strcmp(rest + 1, second))
		return LOCAL_INITIAL;           /* alee */
	return LOCAL_OTHER;
}

static enum local_match match_solid(const char *solid, const struct person_name *name,
                                    char mark[LOCAL_MARK_MAX])
{
	enum local_match best = LOCAL_OTHER;

	for (int i = 0; i < name->count && best != LOCAL_FULL; i++) {
		char others[NAME_BYTES_MAX] = "";

		for (int j = 0; j < name->count && best != LOCAL_FULL; j++) {
			if (j == i)
				continue;
			if (j > i)
				g_strlcat(others, name->words[j], sizeof others);
			best = MAX(best, match_pair(solid, name->words[i], name->words[j], mark));
		}
		if (best != LOCAL_FULL && *others) {
			best = MAX(best, match_pair(solid, name->words[i], others, mark));
			if (best != LOCAL_FULL)
				best = MAX(best, match_pair(solid, others, name->words[i], mark));
		}
		size_t size = strlen(name->words[i]);

		if (best == LOCAL_OTHER && size > 2 && !strncmp(solid, name->words[i], size))
			best = LOCAL_PART;
	}
	return best;
}

enum local_match local_match_name(const char *address, const struct person_name *name,
                                  char mark[LOCAL_MARK_MAX])
{
	struct local local;
	char solid[NAME_BYTES_MAX] = "", other_mark[LOCAL_MARK_MAX] = "";

	mark[0] = '\0';
	if (!read_local(&local, address))
		return LOCAL_OTHER;
	enum local_match apart = match_apart(&local, name, mark);

	if (apart != LOCAL_FULL) {
		for (int i = 0; i < local.count; i++)
			g_strlcat(solid, local.words[i], sizeof solid);
		enum local_match together = match_solid(solid, name, other_mark);

		if (together > apart) {
			apart = together;
			g_strlcpy(mark, other_mark, LOCAL_MARK_MAX);
		}
	}
	if (apart == LOCAL_FULL)
		add_mark(mark, local.digits);
	else
		mark[0] = '\0';
	return apart;
}

#define ANOTHERS_WORD_MIN 4             /* letters: "mtk.list" is no name, "vera.sanchez" is */
#define SAME_LOCAL_MIN 3

bool local_is_of_another(const char *address, const struct person_name *name)
{
	struct person_name other;
	char mark[LOCAL_MARK_MAX];

	if (local_match_name(address, name, mark) != LOCAL_OTHER ||
	    !person_name_from_local(&other, address))
		return false;
	for (int i = 0; i < other.count; i++)
		if (strlen(other.words[i]) < ANOTHERS_WORD_MIN)
			return false;
	return true;
}

bool is_same_local(const char *one, const char *other)
{
	size_t size = local_size(one);

	return size >= SAME_LOCAL_MIN && size == local_size(other) && !strncmp(one, other, size);
}
