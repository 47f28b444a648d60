#include "selection.h"

#include "command.h"
#include "roster.h"

#include "epistograph/alias.h"
#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/text.h"

#include <string.h>

#define ROLES_OF_RECIPIENTS (ROLES_DEFAULT | 1u << ROLE_RESENT_TO | 1u << ROLE_RESENT_CC | \
                             1u << ROLE_RESENT_BCC | 1u << ROLE_DELIVERED_TO | 1u << ROLE_HIDDEN)
#define ROLES_DEFAULT (1u << ROLE_TO | 1u << ROLE_CC | 1u << ROLE_BCC)

static const char *kind_name_of(int kind) { return message_kind_name((enum message_kind)kind); }
static const char *role_name_of(int role) { return role_name((enum role)role); }
static const char *date_name_of(int verdict) { return date_verdict_name((enum date_verdict)verdict); }

/* Bits of enum date_verdict. */
#define DATES_ALL ((1u << DATE_VERDICT_COUNT) - 1)
#define DATES_USABLE (1u << DATE_GOOD | 1u << DATE_REPAIRED | 1u << DATE_REPLACED)

static struct filter default_filter(unsigned kinds)
{
	return (struct filter){ .since = INSTANT_NONE, .until = INSTANT_NONE, .kinds = kinds,
	                        .roles = ROLES_DEFAULT, .max_recipients = MAX_RECIPIENTS_DEFAULT };
}

void selection_init(struct selection *s, unsigned default_kinds, bool top_wanted)
{
	*s = (struct selection){
		.case_path = CASE_DEFAULT,
		.owned = g_ptr_array_new_with_free_func(g_free),
		.persons = g_ptr_array_new(), .domains = g_ptr_array_new(), .lists = g_ptr_array_new(),
		.labels = g_ptr_array_new(), .not_labels = g_ptr_array_new(),
		.max_recipients = -1, .depth = -1, .seed = 42, .alpha = 0.05,
		.filter = default_filter(default_kinds),
	};
	const struct option_spec specs[] = {
		{ "case", 'c', OPTION_TEXT, &s->case_path, "CASE", "the case file [" CASE_DEFAULT "]" },
		{ "since", 0, OPTION_TEXT, &s->since, "DATE", "from 2016, 2016-07, 2016-07-14 or 2016-07-14T10:30 on (UTC)" },
		{ "until", 0, OPTION_TEXT, &s->until, "DATE", "up to and with that year, month, day or minute" },
		{ "person", 0, OPTION_LIST, s->persons, "WHO", "mail from or to this address or exact name; may be repeated" },
		{ "domain", 0, OPTION_LIST, s->domains, "NAME", "mail from or to this domain or one below it; may be repeated" },
		{ "list", 0, OPTION_LIST, s->lists, "NAME", "mail of this list (List-Id); may be repeated" },
		{ "label", 0, OPTION_LIST, s->labels, "NAME", "mail with this label of Gmail's ('show labels' names them); may be repeated" },
		{ "without-label", 0, OPTION_LIST, s->not_labels, "NAME", "without mail that has this label, as Spam or Trash; may be repeated" },
		{ "kind", 0, OPTION_TEXT, &s->kinds, "KIND,...", "personal, list, bulk, automatic, or all" },
		{ "aliases", 0, OPTION_TEXT, &s->aliases, "FILE", "who is whom as this file has it, one line a person, instead of what is kept in the case: see 'help alias'" },
		{ "no-aliases", 0, OPTION_FLAG, &s->no_aliases, NULL, "every address by itself, whoever it belongs to" },
		{ "role", 0, OPTION_TEXT, &s->roles, "ROLE,...", "ties to recipients in these roles: to, cc, bcc, resent-to, ...; hidden: delivered to but addressed nowhere, and not by a list [to,cc,bcc]" },
		{ "edges", 0, OPTION_TEXT, &s->edges, "recipient|reply", "ties from who wrote to those it went to, or from who answered to who was answered [recipient]" },
		{ "max-recipients", 0, OPTION_NUMBER, &s->max_recipients, "N", "leave out messages to more than N people, the sender aside: mailings; 0 = no limit [" G_STRINGIFY(MAX_RECIPIENTS_DEFAULT) "; a timeline none]" },
		{ "dates", 0, OPTION_TEXT, &s->dates, "VERDICT,...", "only messages dated so: good, repaired, replaced, implausible (taken at their word), missing, or all [any; only good, repaired and replaced ones have a place in time]" },
		{ "implausible", 0, OPTION_FLAG, &s->implausible, NULL, "take dates that cannot be believed at their word, also those far from all others in a timeline" },
		{ "without-embedded", 0, OPTION_FLAG, &s->without_embedded, NULL, "without messages that are here only inside others ('read --embedded')" },
		{ "verified", 0, OPTION_FLAG, &s->verified, NULL, "only messages with a valid signature of the sender's domain ('verify' checks them)" },
		{ "weight", 0, OPTION_TEXT, &s->weight_name, "count|shared", "a tie weighs its messages, or 1/(number of recipients) of each [count]" },
		{ "min-messages", 0, OPTION_NUMBER, &s->min_messages, "N", "only ties of N messages or more in one direction" },
		{ "ego", 0, OPTION_TEXT, &s->ego, "WHO", "only this person and those within --depth" },
		{ "depth", 0, OPTION_NUMBER, &s->depth, "N", "steps from the --ego [1]" },
		{ "without-custodians", 0, OPTION_FLAG, &s->without_custodians, NULL, "without the people whose mailboxes the mail comes from ('read' names them)" },
		{ "backbone", 0, OPTION_FLAG, &s->backbone, NULL, "only ties the disparity filter finds significant at --alpha" },
		{ "alpha", 0, OPTION_REAL, &s->alpha, "X", "level of the disparity filter [0.05]" },
		{ "seed", 0, OPTION_NUMBER, &s->seed, "N", "of everything that draws lots [42]" },
		{ "samples", 0, OPTION_NUMBER, &s->samples, "N", "estimate betweenness and closeness from N sources [exact where it takes seconds, else 1,000]" },
		{ "top", 0, OPTION_NUMBER, &s->top, "N", "only the N highest ranked people" },
	};
	G_STATIC_ASSERT(G_N_ELEMENTS(specs) == SELECTION_OPTIONS);
	memcpy(s->specs, specs, sizeof specs);
	if (!top_wanted)
		s->specs[SELECTION_OPTIONS - 1].name = NULL;
}

void selection_clear(struct selection *s)
{
	g_ptr_array_unref(s->persons);
	g_ptr_array_unref(s->domains);
	g_ptr_array_unref(s->lists);
	g_ptr_array_unref(s->labels);
	g_ptr_array_unref(s->not_labels);
	g_ptr_array_unref(s->owned);
}

/* "a,b,c" to bits, by a function that names one. */
static int parse_names(const char *text, int (*from_name)(const char *), const char *what,
                       const char *known, unsigned *bits, struct error *err)
{
	char **names = g_strsplit(text, ",", -1);
	int status = 0;

	*bits = 0;
	for (char **name = names; *name && status == 0; name++) {
		int number = from_name(g_strstrip(*name));

		if (number < 0)
			status = error_set(err, "there is no %s '%s'; there are %s", what, *name, known);
		else
			*bits |= 1u << number;
	}
	if (!*names)
		status = error_set(err, "there is no %s ''; there are %s", what, known);
	g_strfreev(names);
	return status;
}

/* "personal, list, bulk": those in bits. g_free() */
static char *list_names(unsigned bits, const char *(*name)(int))
{
	GString *out = g_string_new(NULL);

	for (int i = 0; bits >> i; i++)
		if (bits >> i & 1)
			g_string_append_printf(out, "%s%s", out->len ? ", " : "", name(i));
	return g_string_free(out, FALSE);
}

/* The other roles are not those of recipients. */
static int recipient_role_from_name(const char *name)
{
	int role = role_from_name(name);

	return role >= 0 && ROLES_OF_RECIPIENTS >> role & 1 ? role : -1;
}

static int verdict_from_name(const char *name)
{
	for (int i = 0; i < DATE_VERDICT_COUNT; i++)
		if (!strcmp(date_name_of(i), name))
			return i;
	return -1;
}

static int parse_dates(struct selection *s, struct error *err)
{
	char *verdicts = list_names(DATES_ALL, date_name_of);
	int status = 0;

	if (s->dates && !strcmp(s->dates, "all"))
		s->filter.dates = DATES_ALL;
	else if (s->dates)
		status = parse_names(s->dates, verdict_from_name, "verdict on dates", verdicts,
		                     &s->filter.dates, err);
	s->filter.no_embedded = s->without_embedded;
	s->filter.verified = s->verified;
	s->filter.implausible = s->implausible || s->filter.dates >> DATE_IMPLAUSIBLE & 1;
	g_free(verdicts);
	return status;
}

static int parse_edges(struct selection *s, struct error *err)
{
	if (!s->edges || !strcmp(s->edges, "recipient"))
		return 0;
	if (strcmp(s->edges, "reply"))
		return error_set(err, "--edges is recipient or reply, not '%s'", s->edges);
	if (s->roles)
		return error_set(err, "--role belongs to --edges recipient: an answer has one recipient");
	s->filter.edges = EDGES_REPLY;
	return 0;
}

static int parse_kinds_and_roles(struct selection *s, struct error *err)
{
	char *kinds = list_names(KINDS_ALL, kind_name_of);
	char *roles = list_names(ROLES_OF_RECIPIENTS, role_name_of);
	int status = 0;

	if (s->kinds && !strcmp(s->kinds, "all"))
		s->filter.kinds = KINDS_ALL;
	else if (s->kinds)
		status = parse_names(s->kinds, message_kind_from_name, "kind of mail", kinds,
		                     &s->filter.kinds, err);
	if (s->roles && status == 0)
		status = parse_names(s->roles, recipient_role_from_name, "role of recipients", roles,
		                     &s->filter.roles, err);
	g_free(roles);
	g_free(kinds);
	return status;
}

const char *selection_normal_person(const struct selection *s, const char *who)
{
	char *normal = roster_normal_word(who);

	g_ptr_array_add(s->owned, normal);
	return normal;
}

/* A domain as addresses in the case file have it: lower case, IDNA in Unicode. */
static const char *normal_domain(struct selection *s, const char *domain)
{
	char *address = g_strconcat("x@", domain + (*domain == '@'), NULL);
	char *normal = address_normalise(address);
	const char *at = strchr(normal, '@');

	g_free(address);
	g_ptr_array_add(s->owned, normal);
	return at ? at + 1 : domain;
}

static void normalise_names(struct selection *s)
{
	for (guint i = 0; i < s->persons->len; i++)
		s->persons->pdata[i] = (char *)selection_normal_person(s, s->persons->pdata[i]);
	for (guint i = 0; i < s->domains->len; i++)
		s->domains->pdata[i] = (char *)normal_domain(s, s->domains->pdata[i]);
	if (s->ego)
		s->ego = selection_normal_person(s, s->ego);
}

/* The NULL-terminated array of a filter, NULL if nothing is asked for. */
static int take_names(GPtrArray *names, const char *option, const char *const **out,
                      struct error *err)
{
	for (guint i = 0; i < names->len; i++)
		if (!*(const char *)names->pdata[i])
			return error_set(err, "--%s needs a name", option);
	*out = NULL;
	if (!names->len)
		return 0;
	g_ptr_array_add(names, NULL);
	*out = (const char *const *)names->pdata;
	return 0;
}

int selection_resolve(struct selection *s, struct error *err)
{
	struct filter *filter = &s->filter;

	if (s->since && instant_parse(s->since, false, &filter->since, err) < 0)
		return -1;
	if (s->until && instant_parse(s->until, true, &filter->until, err) < 0)
		return -1;
	if (s->since && s->until && filter->since >= filter->until)
		return error_set(err, "--since %s is after --until %s", s->since, s->until);
	if (parse_kinds_and_roles(s, err) < 0 || parse_dates(s, err) < 0 || parse_edges(s, err) < 0)
		return -1;
	if (s->aliases && s->no_aliases)
		return error_set(err, "--aliases and --no-aliases exclude each other");
	if (s->ego && !*s->ego)
		return error_set(err, "--ego needs a name or an address");
	if (s->depth >= 0 && !s->ego)
		return error_set(err, "--depth belongs to --ego");
	if (!s->depth)
		return error_set(err, "--depth is 1 or more");
	if (s->depth < 0)
		s->depth = 1;
	if (s->weight_name && strcmp(s->weight_name, "count") && strcmp(s->weight_name, "shared"))
		return error_set(err, "--weight is count or shared, not '%s'", s->weight_name);
	if (s->alpha >= 1)
		return error_set(err, "--alpha is between 0 and 1");
	s->weight = s->weight_name && !strcmp(s->weight_name, "shared") ? WEIGHT_SHARED : WEIGHT_COUNT;
	if (s->max_recipients >= 0)
		filter->max_recipients = s->max_recipients;
	normalise_names(s);
	if (take_names(s->persons, "person", &filter->persons, err) < 0 ||
	    take_names(s->domains, "domain", &filter->domains, err) < 0)
		return -1;
	if (take_names(s->labels, "label", &filter->labels, err) < 0 ||
	    take_names(s->not_labels, "without-label", &filter->not_labels, err) < 0)
		return -1;
	return take_names(s->lists, "list", &filter->lists, err);
}

void selection_only_messages(struct selection *s)
{
	s->specs[SELECTION_OF_MESSAGES].name = NULL;
}

bool selection_chooses(const struct selection *s)
{
	return s->persons->len || selection_chooses_by_more(s);
}

bool selection_chooses_by_more(const struct selection *s)
{
	return s->since || s->until || s->domains->len || s->lists->len ||
	       s->labels->len || s->not_labels->len ||
	       s->kinds || s->roles || s->edges || s->dates || s->max_recipients >= 0 ||
	       s->implausible || s->without_embedded || s->verified;
}

int selection_try_aliases(const struct selection *s, struct casefile *casefile,
                          struct alias_list *list, struct error *err)
{
	*list = (struct alias_list){ 0 };
	if (s->no_aliases)
		return casefile_try_aliases(casefile, NULL, err);
	if (!s->aliases)
		return 0;
	return alias_list_read(list, s->aliases, err) < 0 ? -1
	       : casefile_try_aliases(casefile, list, err);
}

struct filter selection_whole_case(void)
{
	return default_filter(KINDS_RANKED);
}

bool selection_reduces(const struct selection *s)
{
	return s->ego || s->min_messages || s->top || s->backbone || s->without_custodians;
}

void selection_forget_ties(struct selection *s)
{
	s->ego = NULL;
	s->min_messages = s->top = 0;
	s->backbone = s->without_custodians = false;
	s->weight = WEIGHT_COUNT;
	s->filter.edges = EDGES_RECIPIENT;
}

/* "personal and list", "to, cc and bcc" of the bits that are set. */
static void append_names(GString *out, unsigned bits, int count, const char *(*name)(int))
{
	int left = 0;

	for (int i = 0; i < count; i++)
		left += bits >> i & 1;
	for (int i = 0; i < count; i++) {
		if (!(bits >> i & 1))
			continue;
		g_string_append(out, name(i));
		left--;
		g_string_append(out, left > 1 ? ", " : left == 1 ? " and " : "");
	}
}

/* Of what verdict the dates are, where they are asked for or needed. */
static void append_dates(GString *out, const struct selection *s)
{
	unsigned dates = s->filter.dates;
	bool has_period = s->since || s->until;

	if (!dates && !has_period) {
		g_string_append(out, s->filter.implausible ? ", all dates at their word" : "");
		return;
	}
	if (!dates)
		dates = DATES_USABLE | (s->filter.implausible ? 1u << DATE_IMPLAUSIBLE : 0);
	g_string_append(out, ", dates ");
	append_names(out, dates, DATE_VERDICT_COUNT, date_name_of);
}

static void append_given(GString *out, const char *what, const GPtrArray *given)
{
	for (guint i = 0; i < given->len && given->pdata[i]; i++)
		g_string_append_printf(out, "%s%s", i ? " or " : what, (const char *)given->pdata[i]);
}

static char *words_of(const struct selection *s, bool with_ties)
{
	GString *out = g_string_new(with_ties && s->filter.edges == EDGES_REPLY ? "answers in " : NULL);

	if (s->filter.kinds == 0 || s->filter.kinds == KINDS_ALL)
		g_string_append(out, "all mail");
	else {
		append_names(out, s->filter.kinds, KIND_COUNT, kind_name_of);
		g_string_append(out, " mail");
	}
	if (s->since)
		g_string_append_printf(out, ", since %s", s->since);
	if (s->until)
		g_string_append_printf(out, ", until %s", s->until);
	append_given(out, ", with ", s->persons);
	append_given(out, ", with domain ", s->domains);
	append_given(out, ", on list ", s->lists);
	append_given(out, ", labelled ", s->labels);
	append_given(out, ", not labelled ", s->not_labels);
	if (s->no_aliases)
		g_string_append(out, ", each address by itself");
	if (s->aliases)
		g_string_append_printf(out, ", people as in %s", s->aliases);
	if (s->without_embedded)
		g_string_append(out, ", without messages inside others");
	if (s->verified)
		g_string_append(out, ", verified by a signature of the sender's domain");
	append_dates(out, s);
	if (s->filter.roles != ROLES_DEFAULT) {
		g_string_append(out, ", recipients in ");
		append_names(out, s->filter.roles, ROLE_COUNT, role_name_of);
	}
	if (s->max_recipients > 0)
		g_string_append_printf(out, ", to at most %s",
		                       text_counted(s->max_recipients, "recipient", "recipients"));
	else if (s->max_recipients == 0)
		g_string_append(out, ", to any number of recipients");
	if (with_ties && s->weight == WEIGHT_SHARED)
		g_string_append(out, ", each message shared among its recipients");
	if (s->without_custodians)
		g_string_append(out, ", without the owners of the mailboxes");
	if (s->min_messages > 1)
		g_string_append_printf(out, ", ties of %s messages or more", text_count(s->min_messages));
	if (s->ego)
		g_string_append_printf(out, ", within %s %s of %s", text_count(s->depth),
		                       s->depth == 1 ? "step" : "steps", s->ego);
	if (s->top)
		g_string_append_printf(out, ", the %s highest ranked people", text_count(s->top));
	if (s->backbone)
		g_string_append_printf(out, ", backbone (disparity filter, α = %s)", text_real(s->alpha, 3));
	return g_string_free(out, FALSE);
}

char *selection_words(const struct selection *s)
{
	return words_of(s, true);
}

char *selection_mail_words(const struct selection *s)
{
	return words_of(s, false);
}

void selection_append_count(GString *out, int64_t count, const char *what)
{
	if (count)
		g_string_append_printf(out, "%s%s %s", out->len ? ", " : "", text_count(count), what);
}

void selection_append_many_recipients(GString *out, const struct selection *s, int64_t count)
{
	char *what = g_strdup_printf("to more than %s", text_counted(s->filter.max_recipients,
	                                                             "recipient", "recipients"));

	selection_append_count(out, count, what);
	g_free(what);
}
