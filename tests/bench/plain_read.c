/* plain_read.c - the plain cost of reading mail: open, read 16 KiB, close
 *
 * usage: plain_read [-j PROCESSES] LIST
 *
 * LIST holds one path a line. Nothing is done with the bytes but counting them:
 * no reader of the same headers can be faster. Prints files and bytes. */
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BLOCK = 16 << 10 };

struct tally { long files, bytes; };

/* Every processes-th path, from number on. */
static struct tally read_share(char **paths, int number, int processes)
{
	static char block[BLOCK];
	struct tally tally = { 0 };

	for (int i = 0; paths[i]; i++) {
		if (i % processes != number)
			continue;
		int file = open(paths[i], O_RDONLY | O_CLOEXEC);
		if (file < 0)
			continue;
		ssize_t size = read(file, block, sizeof block);
		close(file);
		tally.files++;
		tally.bytes += MAX(size, 0);
	}
	return tally;
}

int main(int argc, char **argv)
{
	int processes = 1, option;
	char *text = NULL;

	while ((option = getopt(argc, argv, "j:")) != -1)
		if (option == 'j')
			processes = CLAMP(atoi(optarg), 1, 1024);
	if (optind != argc - 1 || !g_file_get_contents(argv[optind], &text, NULL, NULL)) {
		fputs("usage: plain_read [-j PROCESSES] LIST\n", stderr);
		return 2;
	}
	char **paths = g_strsplit(g_strchomp(text), "\n", -1);
	struct tally *tallies = mmap(NULL, sizeof *tallies * (size_t)processes,
	                             PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0),
	             sum = { 0 };

	for (int i = 0; i < processes; i++)
		if (fork() == 0) {
			tallies[i] = read_share(paths, i, processes);
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	for (int i = 0; i < processes; i++) {
		sum.files += tallies[i].files;
		sum.bytes += tallies[i].bytes;
	}
	printf("%ld files, %ld bytes\n", sum.files, sum.bytes);
	g_strfreev(paths);
	g_free(text);
	return 0;
}
