#include "deleted.h"

#include <glib.h>

#include <string.h>

/* ",12": rmm(1) of nmh. */
static bool is_mh_deleted(const char *name)
{
	size_t digits = name[0] == ',' ? strspn(name + 1, "0123456789") : 0;

	return digits > 0 && name[1 + digits] == '\0';
}

/* "1204680122.R12.host:2,ST": behind the version of the format, 2, stand flags as letters.
 * Where file systems know no colon, programs write another sign. */
static bool is_maildir_trashed(const char *name)
{
	static const char signs[] = ":;!-";
	const char *flags = NULL;

	for (const char *at = strstr(name, "2,"); at != NULL; at = strstr(at + 1, "2,"))
		if (at > name && strchr(signs, at[-1]) != NULL)
			flags = at + 2;
	for (const char *at = flags; at != NULL && *at != '\0'; at++)
		if (!g_ascii_isalpha(*at))
			return false;
	return flags != NULL && strchr(flags, 'T') != NULL;
}

bool deleted_by_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;

	return is_mh_deleted(name) || is_maildir_trashed(name);
}

/* nsMsgMessageFlags::Expunged */
#define MOZILLA_EXPUNGED 0x0008

bool deleted_by_header(const uint8_t *header, size_t size)
{
	static const char field[] = "X-Mozilla-Status:";
	const uint8_t *at = header, *end = header + size;

	while ((at = memmem(at, (size_t)(end - at), field, sizeof field - 1)) != NULL) {
		bool line = at == header || at[-1] == '\n';
		unsigned status = 0;

		at += sizeof field - 1;
		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		for (int digits = 0; at < end && digits < 4 && g_ascii_isxdigit(*at); digits++)
			status = status << 4 | (unsigned)g_ascii_xdigit_value((char)*at++);
		if (line)
			return (status & MOZILLA_EXPUNGED) != 0;
	}
	return false;
}
