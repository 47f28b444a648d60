#include "wrapped.h"

#include <string.h>

bool wrapped_begins(struct slice address)
{
	static const char *const prefixes[] = { "imcea", "srs0", "srs1", "prvs=", "btv1==" };

	if (!address.size || !strchr("ispb", address.at[0] | 0x20))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (slice_starts(address, prefixes[i]))
			return true;
	return false;
}

/* Cut s before the first `c`: what stands before it; s keeps what is behind. */
static bool take_until(struct slice *s, char c, struct slice *before)
{
	const char *at = memchr(s->at, c, s->size);

	if (!at || at == s->at)
		return false;
	*before = (struct slice){ s->at, (size_t)(at - s->at) };
	s->size -= before->size + 1;
	s->at = at + 1;
	return true;
}

static bool skip(struct slice *s, size_t size)
{
	if (s->size < size)
		return false;
	s->at += size;
	s->size -= size;
	return true;
}

/* What separates "SRS0" from the rest may be any of three characters. */
static bool skip_separator(struct slice *s)
{
	return s->size && strchr("=+-", s->at[0]) && skip(s, 1);
}

/* hash=tt=host=local */
static bool read_srs0(struct slice rest, GString *out)
{
	struct slice hash, day, host;

	if (!take_until(&rest, '=', &hash) || !take_until(&rest, '=', &day) ||
	    !take_until(&rest, '=', &host) || !rest.size || !memchr(host.at, '.', host.size))
		return false;
	g_string_append_len(out, rest.at, (gssize)rest.size);
	g_string_append_c(out, '@');
	g_string_append_len(out, host.at, (gssize)host.size);
	return true;
}

static bool read_srs(struct slice local, GString *out)
{
	bool twice = local.at[3] == '1';
	struct slice hash, relay;

	if (!skip(&local, 4) || !skip_separator(&local))
		return false;
	if (twice && (!take_until(&local, '=', &hash) || !take_until(&local, '=', &relay) ||
	              !skip_separator(&local)))
		return false;
	return read_srs0(local, out);
}

/* The tag of BATV: a digit for the key, three for the day, six of a hash. */
#define PRVS_TAG_SIZE 10

static bool read_prvs(struct slice local, struct slice domain, GString *out)
{
	struct slice tag;

	if (!skip(&local, strlen("prvs=")) || !take_until(&local, '=', &tag) || !local.size ||
	    tag.size != PRVS_TAG_SIZE)
		return false;
	g_string_append_printf(out, "%.*s@%.*s", (int)local.size, local.at, (int)domain.size,
	                       domain.at);
	return true;
}

static bool read_btv1(struct slice local, struct slice domain, GString *out)
{
	struct slice tag;

	if (!skip(&local, strlen("btv1==")) || !take_until(&local, '=', &tag) || local.size < 2 ||
	    local.at[0] != '=' || !skip(&local, 1))
		return false;
	g_string_append_printf(out, "%.*s@%.*s", (int)local.size, local.at, (int)domain.size,
	                       domain.at);
	return true;
}

/* "+XX" is a byte, "_" a slash. False for bytes that no address holds. */
static bool append_imcea(GString *out, struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.at[i] == '_' ? '/' : text.at[i];

		if (c == '+' && i + 2 < text.size && g_ascii_isxdigit(text.at[i + 1]) &&
		    g_ascii_isxdigit(text.at[i + 2])) {
			c = (char)(g_ascii_xdigit_value(text.at[i + 1]) << 4 |
			           g_ascii_xdigit_value(text.at[i + 2]));
			i += 2;
		}
		if ((unsigned char)c < ' ' || c == 0x7f)
			return false;
		g_string_append_c(out, c);
	}
	return g_utf8_validate_len(out->str, out->len, NULL);
}

static bool read_imcea(struct slice local, GString *out)
{
	struct slice kind;

	if (!take_until(&local, '-', &kind) || !local.size || !append_imcea(out, local))
		return false;

	const char *at = strchr(out->str, '@');
	bool is_mail = at && at > out->str && at[1];
	if (slice_equals(kind, "imceaex"))
		return out->str[0] == '/';
	/* Others hold fax numbers and names: no address that could be met elsewhere. */
	return is_mail && (slice_equals(kind, "imceasmtp") || slice_equals(kind, "imceamailto") ||
	                   slice_equals(kind, "imceanotes"));
}

static bool open_once(const GString *address, GString *out)
{
	const char *at = memrchr(address->str, '@', address->len);

	if (!at || !wrapped_begins((struct slice){ address->str, address->len }))
		return false;

	struct slice local = { address->str, (size_t)(at - address->str) };
	struct slice domain = { at + 1, address->len - local.size - 1 };
	switch (local.at[0] | 0x20) {
	case 'i':
		return read_imcea(local, out);
	case 's':
		return read_srs(local, out);
	case 'p':
		return read_prvs(local, domain, out);
	default:
		return read_btv1(local, domain, out);
	}
}

void wrapped_open(GString *address)
{
	GString *inner = g_string_new(NULL);

	for (int times = 0; times < 2 && open_once(address, inner); times++) {
		g_string_assign(address, inner->str);
		g_string_truncate(inner, 0);
	}
	g_string_free(inner, TRUE);
}
