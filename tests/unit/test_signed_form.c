/* A message as it was signed, whatever its lines ended in when it was found. */
#include "unit.h"

#include "../../src/message/signed_form.h"

#include "epistograph/calendar.h"

#include <string.h>

struct fixture {
	struct signed_form form;
	struct signed_body body, other;
	GByteArray *bytes;
};

static int setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	signed_form_init(&fixture->form);
	fixture->bytes = g_byte_array_new();
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	signed_form_clear(&fixture->form);
	g_byte_array_unref(fixture->bytes);
	g_free(fixture);
	return 0;
}

static void take(struct fixture *fixture, const char *text)
{
	signed_form_read(&fixture->form, (const uint8_t *)text, strlen(text), &fixture->body);
}

static void assert_body(const char *expected, const struct signed_body *body)
{
	assert_int_equal(strlen(expected), body->size);
	assert_memory_equal(expected, body->bytes, body->size);
}

static void assert_field(const char *expected, struct fixture *fixture, guint i)
{
	assert_true(i < fixture->form.fields->len);
	const struct slice *field = &g_array_index(fixture->form.fields, struct slice, i);

	assert_int_equal(strlen(expected), field->size);
	assert_memory_equal(expected, field->at, field->size);
}

static void lines_end_in_one_way_whatever_they_ended_in(void **state)
{
	static const char *const texts[] = {
		"From: a@x \nTo: b@x,\n\tc@x\n\nOne\n\nTwo \n",
		"From: a@x \r\nTo: b@x,\r\n\tc@x\r\n\r\nOne\r\n\r\nTwo \r\n",
		"From: a@x \rTo: b@x,\r\tc@x\r\rOne\r\rTwo \r",
		"From: a@x \nTo: b@x,\r\n\tc@x\n\r\nOne\n\r\nTwo ",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		take(fixture, texts[i]);
		assert_int_equal(2, fixture->form.fields->len);
		assert_field("From: a@x ", fixture, 0);
		assert_field("To: b@x,\r\n\tc@x", fixture, 1);
		assert_body("One\r\n\r\nTwo \r\n", &fixture->body);
	}
}

static void what_is_no_field_is_left_out(void **state)
{
	struct fixture *fixture = *state;

	take(fixture, "\n\n>From x\nFrom: a@x\nrubbish\nFROM: b@x\nmore rubbish\n\nBody\n\nFrom: c@x\n");
	assert_int_equal(2, fixture->form.fields->len);
	assert_field("FROM: b@x", fixture, 1);
	assert_int_equal(2, fixture->form.present[FIELD_FROM]);
	assert_int_equal(0, fixture->form.present[FIELD_TO]);
	assert_body("Body\r\n\r\nFrom: c@x\r\n", &fixture->body);
}

static void there_may_be_no_body(void **state)
{
	static const char *const texts[] = { "From: a@x", "From: a@x\n", "From: a@x\n\n", "rubbish", "" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		take(fixture, texts[i]);
		assert_int_equal(0, fixture->body.size);
		assert_int_equal(0, signed_body_size(&fixture->body, true));
	}
}

static void signatures_are_counted_and_dated(void **state)
{
	struct fixture *fixture = *state;

	take(fixture, "DKIM-Signature: v=1; bt=7; t=1468490400;\n x=1469095200; tt=5\n"
	     "dkim-signature: v=1; s=t; b=t/9=\nX: t=3\n\n");
	assert_int_equal(2, fixture->form.signatures);
	const struct slice *fields = (const struct slice *)(void *)fixture->form.fields->data;

	assert_int_equal(1468490400, signed_field_instant(&fields[0]));
	assert_true(signed_field_instant(&fields[1]) == INSTANT_NONE);
	assert_true(signed_field_instant(&fields[2]) == INSTANT_NONE);
}

static void one_sign_goes_before_from(void **state)
{
	struct fixture *fixture = *state;

	take(fixture, "A: b\n\n>From x\nFrom y\n>>From z\n> From w\n>Fromage\n>");
	assert_true(signed_body_unquote(&fixture->body, fixture->bytes, &fixture->other));
	assert_true(fixture->other.unquoted);
	assert_body("From x\r\nFrom y\r\n>From z\r\n> From w\r\n>Fromage\r\n>\r\n", &fixture->other);
	take(fixture, "A: b\n\nFrom y\n> From w\n");
	assert_false(signed_body_unquote(&fixture->body, fixture->bytes, &fixture->other));
}

/* The example of RFC 6376, 3.4.5: "<SP>C<SP><CRLF> D<SP><HTAB><SP>E<CRLF><CRLF><CRLF>" is
 * "<SP>C<CRLF>D<SP>E<CRLF>" relaxed, and loses two empty lines simple. */
static void the_size_is_that_of_the_canonical_form(void **state)
{
	struct fixture *fixture = *state;

	take(fixture, "A: X\n\n C \nD \t E\n\n\n");
	assert_int_equal(strlen(" C\r\nD E\r\n"), signed_body_size(&fixture->body, true));
	assert_int_equal(strlen(" C \r\nD \t E\r\n"), signed_body_size(&fixture->body, false));
	take(fixture, "A: X\n\n \t\n\n");
	assert_int_equal(0, signed_body_size(&fixture->body, true));
	assert_int_equal(4, signed_body_size(&fixture->body, false));
}

#define FACT(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(lines_end_in_one_way_whatever_they_ended_in),
		FACT(what_is_no_field_is_left_out),
		FACT(there_may_be_no_body),
		FACT(signatures_are_counted_and_dated),
		FACT(one_sign_goes_before_from),
		FACT(the_size_is_that_of_the_canonical_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
