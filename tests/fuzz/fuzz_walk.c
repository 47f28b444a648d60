/* fuzz_walk.c - any bytes as a file: what is entered is left, names are never alike,
 * messages touch each other, and from each place to go on at the rest follows */
#include "epistograph/walk.h"

#include <glib.h>

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition) do { if (!(condition)) abort(); } while (0)

/* A place to go on at, and how many steps had been told there. */
struct place {
	int64_t resume;
	int steps;
};

static void check_message(const struct walk_step *step, int64_t *reached)
{
	REQUIRE(*reached < 0 || step->raw.offset == *reached);
	REQUIRE(step->raw.end > step->raw.offset && step->raw.size >= 0);
	REQUIRE((int64_t)step->raw.header_size <= step->raw.size);
	*reached = step->raw.end;
}

/* The number of steps from resume on. Of some place in between is told in *place. */
static int walk_from(const char *path, int64_t resume, struct place *place)
{
	struct walk_options options = { .limits = { 4, 100, 4 << 20, 16 << 20 } };
	struct walk *walk = walk_open(path, resume, &options);
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct walk_step step = { 0 };
	int64_t reached = -1;
	int steps = 0, depth = 0;

	while (walk_next(walk, &step) == 1) {
		steps++;
		if (step.type == WALK_MESSAGE && (step.raw.composed || step.raw.rejected)) {
			REQUIRE(step.raw.end > step.raw.offset);        /* fuzz_loadfile sees to more */
		} else if (step.type == WALK_MESSAGE) {
			check_message(&step, &reached);
		} else if (step.type == WALK_REMARK) {
			REQUIRE(step.word[0] != '\0' && step.reason[0] != '\0');
		} else {
			reached = -1;
			depth += step.type == WALK_ENTER ? 1 : -1;
			REQUIRE(step.type == WALK_LEAVE || g_hash_table_add(names, g_strdup(step.chain)));
			REQUIRE(step.type == WALK_ENTER || step.last == (depth < 0));
		}
		if (step.resume > 0 && place->steps < 20)
			*place = (struct place){ step.resume, steps };
	}
	REQUIRE(depth == -1);
	g_hash_table_destroy(names);
	walk_close(walk);
	return steps;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	struct place place = { 0 }, ignored = { .steps = 20 };
	int fd = memfd_create("mail", MFD_CLOEXEC);

	REQUIRE(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	g_snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	int steps = walk_from(path, 0, &place);
	if (place.resume > 0)
		REQUIRE(walk_from(path, place.resume, &ignored) == steps - place.steps);
	close(fd);
	return 0;
}
