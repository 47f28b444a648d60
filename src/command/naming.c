#include "naming.h"

#include "epistograph/path.h"

#include <string.h>

void naming_init(struct naming *naming, const char *case_path, const char *const *own)
{
	*naming = (struct naming){
		.case_folder = path_folder_of(case_path), .own = own, .name = g_string_new(NULL),
	};
}

void naming_clear(struct naming *naming)
{
	if (naming->folder)
		g_string_free(naming->folder, TRUE);
	g_string_free(naming->name, TRUE);
	g_free(naming->case_folder);
}

static bool is_own(const struct naming *naming, const char *name)
{
	for (const char *const *own = naming->own; own && *own; own++)
		if (!strcmp(*own, name))
			return true;
	return false;
}

/* Paths of one folder follow each other, and finding a folder's real place costs
 * system calls. */
const char *naming_of(struct naming *naming, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
	GString *name = naming->name;

	if (!naming->folder || naming->folder->len != folder ||
	    strncmp(naming->folder->str, path, folder) != 0) {
		char *first = path_from(naming->case_folder, path);
		const char *behind = strrchr(first, '/');

		if (!naming->folder)
			naming->folder = g_string_new(NULL);
		g_string_truncate(naming->folder, 0);
		g_string_append_len(naming->folder, path, (gssize)folder);
		g_string_truncate(name, 0);
		g_string_append_len(name, first, behind ? behind + 1 - first : 0);
		naming->name_folder = name->len;
		g_free(first);
	}
	g_string_truncate(name, naming->name_folder);
	g_string_append(name, path + folder);
	return is_own(naming, name->str) ? NULL : name->str;
}
