/* header_fixture.h - a parser per test program, and headers written as text */
#ifndef HEADER_FIXTURE_H
#define HEADER_FIXTURE_H

#include "unit.h"

#include "epistograph/calendar.h"
#include "epistograph/message.h"
#include "epistograph/source.h"

#include <string.h>

struct header_fixture {
	struct message_parser *parser;
	struct message message;         /* the last one read */
	GString *text;                  /* scratch for what is compared */
};

static int header_fixture_setup(void **state)
{
	struct header_fixture *fixture = g_new0(struct header_fixture, 1);

	fixture->parser = message_parser_new();
	fixture->text = g_string_new(NULL);
	*state = fixture;
	return 0;
}

static int header_fixture_teardown(void **state)
{
	struct header_fixture *fixture = *state;

	message_parser_free(fixture->parser);
	g_string_free(fixture->text, TRUE);
	g_free(fixture);
	return 0;
}

/* Read size bytes as a header block behind an mbox separator (or NULL). */
static inline const struct message *header_read(void **state, const char *envelope,
                                                const void *bytes, size_t size)
{
	struct header_fixture *fixture = *state;
	struct raw_message raw = {
		.path = "test", .offset = 17, .size = 4711,
		.envelope = envelope, .envelope_size = envelope ? strlen(envelope) : 0,
		.header = bytes, .header_size = size,
	};

	message_parse(fixture->parser, &raw, &fixture->message);
	return &fixture->message;
}

static inline const struct message *header_read_text(void **state, const char *text)
{
	return header_read(state, NULL, text, strlen(text));
}

/* The mentions of one role, or of all for -1, as "[name|address]...". */
static inline const char *header_people(void **state, int role)
{
	struct header_fixture *fixture = *state;

	g_string_truncate(fixture->text, 0);
	for (size_t i = 0; i < fixture->message.mention_count; i++) {
		const struct mention *mention = &fixture->message.mentions[i];

		if (role < 0 || (int)mention->role == role)
			g_string_append_printf(fixture->text, "[%s|%s]", mention->name, mention->address);
	}
	return fixture->text->str;
}

#endif
