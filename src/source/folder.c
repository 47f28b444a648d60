#include "folder.h"

#include <glib.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void folder_clear(struct folder *folder)
{
	if (folder->fd >= 0)
		close(folder->fd);
	g_free(folder->path);
	*folder = (struct folder)FOLDER_NONE;
}

int folder_of(struct folder *folder, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');

	*name = path;
	if (folder == NULL || slash == NULL)
		return AT_FDCWD;
	size_t size = (size_t)(slash - path) + 1;
	if (folder->path == NULL || folder->size != size || memcmp(folder->path, path, size) != 0) {
		folder_clear(folder);
		folder->path = g_strndup(path, size);
		folder->size = size;
		return AT_FDCWD;
	}
	if (folder->fd < 0)
		folder->fd = open(folder->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (folder->fd < 0)
		return AT_FDCWD;
	*name = slash + 1;
	return folder->fd;
}
