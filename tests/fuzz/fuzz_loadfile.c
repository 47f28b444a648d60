/* fuzz_loadfile.c - any bytes as a table: rows must ascend and lie within the file, and
 * no cell may add a field to the header that is composed of them */
#include "container.h"

#include "epistograph/error.h"

#include <glib.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition) do { if (!(condition)) abort(); } while (0)

/* So that most inputs are tables: their first byte chooses what the first row is. */
static const char *const heads[] = {
	"", "From,To,CC,BCC,Date Sent,Time Sent,Subject,Message ID\n",
	"sender;recipient;date;role;weight\n",
	"\xfe" "From\xfe\x14\xfe" "To\xfe\x14\xfe" "Date Received\xfe\x14\xfe" "Reply To\xfe\n",
	"from name\tfrom address\tto name\tto address\tsent (utc)\n",
};

/* Each line has one of our names; the blank one is the last. */
static void check_header(const struct raw_message *raw)
{
	static const char *const names[] = {
		"From: ", "To: ", "Cc: ", "Bcc: ", "Reply-To: ", "Date: ", "Received: ", "Subject: ",
		"Message-ID: ", "In-Reply-To: ", "References: ", "X-Table-Row: ", "X-Table-Member: ",
	};
	const char *at = (const char *)raw->header, *end = at + raw->header_size;
	unsigned seen = 0;

	while (at < end && *at != '\n') {
		size_t name = 0;

		while (name < G_N_ELEMENTS(names) && strncmp(at, names[name], strlen(names[name])) != 0)
			name++;
		REQUIRE(name < G_N_ELEMENTS(names) && !(seen & 1u << name));
		seen |= 1u << name;
		at = memchr(at, '\n', (size_t)(end - at));
		REQUIRE(at != NULL);
		at++;
	}
	REQUIRE(at + 1 == end && memchr(raw->header, '\r', raw->header_size) == NULL);
}

static void check_rows(void *file, size_t size)
{
	struct container_member member;
	struct raw_message raw;
	struct error err = { 0 };
	const char *kind, *text;
	int64_t last = -1;
	int got;

	REQUIRE(loadfile_form.next_member(file, &member, &err) == 1);
	for (int i = 0; i < 20000 && (got = loadfile_form.next_message(file, &raw, &err)) == 1; i++) {
		REQUIRE(raw.offset >= last && raw.size > 0 && raw.offset + raw.size == raw.end);
		REQUIRE(raw.end <= (int64_t)size && (raw.offset > last || raw.member != NULL));
		last = raw.offset;
		if (raw.rejected == NULL)
			check_header(&raw);
	}
	for (size_t i = 0; loadfile_form.remark(file, i, &kind, &text); i++)
		REQUIRE(strchr(text, '\n') == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *head = size > 0 ? heads[data[0] % G_N_ELEMENTS(heads)] : "";
	struct source_options options = { .day_order = size > 1 ? data[1] % 4 : 0 };
	struct window window = WINDOW_CLOSED;
	struct container_input input = { .window = &window, .options = &options };
	struct error err = { 0 };
	enum source_form form;
	char path[64];
	int fd = memfd_create("table", MFD_CLOEXEC);
	size_t whole = strlen(head) + (size > 2 ? size - 2 : 0);

	REQUIRE(fd >= 0 && write(fd, head, strlen(head)) == (ssize_t)strlen(head));
	REQUIRE(size <= 2 || write(fd, data + 2, size - 2) == (ssize_t)(size - 2));
	g_snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	REQUIRE(window_open(&window, path, NULL, &err) == 0 && window_hold(&window, 0, WINDOW_HEAD, &err) == 0);
	if (loadfile_form.is_it(window.bytes, MIN(window.fill, WINDOW_HEAD), &options)) {
		void *file = loadfile_form.open(&input, &form, &err);

		REQUIRE(file != NULL);
		check_rows(file, whole);
		loadfile_form.close(file);
	}
	window_clear(&window);
	close(fd);
	return 0;
}
