/* What the numbers of signatures are called. */
#include "epistograph/signature.h"

const char *signature_status_name(enum signature_status status)
{
	static const char *const names[SIGNED_STATUS_COUNT] = {
		[SIGNED_VERIFIED] = "verified", [SIGNED_BY_OTHER] = "other-domain",
		[SIGNED_UNTESTABLE] = "untestable", [SIGNED_FAILING] = "failing",
		[SIGNED_NOT] = "unsigned",
	};

	return status < SIGNED_STATUS_COUNT ? names[status] : "unchecked";
}

const char *signature_status_words(enum signature_status status)
{
	static const char *const words[SIGNED_STATUS_COUNT] = {
		[SIGNED_VERIFIED] = "a signature of the sender's own domain holds",
		[SIGNED_BY_OTHER] = "a signature holds, but it is of another domain than the sender's",
		[SIGNED_UNTESTABLE] = "no key, no algorithm to be trusted, or not kept as it was sent",
		[SIGNED_FAILING] = "tested, and what was signed is not what is there: as a rule "
		                   "changed on the way, by a list or a relay",
		[SIGNED_NOT] = "no signature",
	};

	return status < SIGNED_STATUS_COUNT ? words[status] : "not looked at";
}

const char *signature_result_name(enum signature_result result)
{
	static const char *const names[SIGNATURE_RESULT_COUNT] = {
		[SIGNATURE_PASS] = "pass", [SIGNATURE_WEAK] = "weak", [SIGNATURE_FAIL] = "fail",
		[SIGNATURE_UNTESTABLE] = "untestable",
	};

	return names[result];
}

const char *signature_flag_words(int bit)
{
	static const char *const words[] = {
		0, "part of the body not signed", "From not signed", "Date not signed", "To not signed",
		"Subject not signed", "expired when it arrived", "the key is for tests",
		"the mailbox's '>' before 'From ' taken away",
	};

	return bit < (int)(sizeof words / sizeof *words) ? words[bit] : 0;
}
