/* path.h - the name a file is known by, wherever a command is run
 *
 * "mail/a.mbox", "./mail/a.mbox" and "/leak/mail/a.mbox" can be one file, and
 * "mail/a.mbox" two, seen from two folders. A case file names mail by its way
 * from the case file's own folder: the same file has the same name from
 * everywhere, and a case can be moved together with its mail. */
#ifndef EPISTOGRAPH_PATH_H
#define EPISTOGRAPH_PATH_H

/* The folder `file` is in, absolute and without ".", "..", and symbolic links as
 * far as it exists. g_free(). */
char *path_folder_of(const char *file);

/* path as seen from folder (absolute, from path_folder_of): "../mail/a.mbox". A
 * relative path is taken from the current folder. "." and ".." are resolved by
 * name: what a link is called is kept. g_free(). */
char *path_from(const char *folder, const char *path);

#endif
