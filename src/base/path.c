#include "epistograph/path.h"

#include <glib.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

char *path_folder_of(const char *file)
{
	char *absolute = g_canonicalize_filename(file, NULL);
	char *folder = g_path_get_dirname(absolute);
	char *real = realpath(folder, NULL);
	char *result = g_strdup(real ? real : folder);

	free(real);
	g_free(folder);
	g_free(absolute);
	return result;
}

/* The absolute path of a file, its folder without symbolic links. */
static char *settle(const char *path)
{
	char *absolute = g_canonicalize_filename(path, NULL);
	char *folder = path_folder_of(absolute), *name = g_path_get_basename(absolute);
	char *settled = g_build_filename(folder, name, NULL);

	g_free(name);
	g_free(folder);
	g_free(absolute);
	return settled;
}

char *path_from(const char *folder, const char *path)
{
	char *absolute = settle(path);
	const char *base = strcmp(folder, "/") ? folder : "";
	size_t common = 0;

	/* Where the two part, back to a slash that both have. */
	for (size_t i = 0; ; i++) {
		bool base_ends = base[i] == '\0' || base[i] == '/';
		bool path_ends = absolute[i] == '\0' || absolute[i] == '/';

		if (base_ends && path_ends)
			common = i;
		if (base[i] != absolute[i] || base[i] == '\0')
			break;
	}
	GString *out = g_string_new(NULL);
	for (const char *at = base + common; *at; at++)
		if (*at == '/')
			g_string_append(out, "../");
	g_string_append(out, absolute[common] ? absolute + common + 1 : ".");
	g_free(absolute);
	return g_string_free(out, FALSE);
}
