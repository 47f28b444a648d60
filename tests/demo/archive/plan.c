/* plan.c - who writes what to whom, and when */
#include "archive.h"

#include <stdlib.h>
#include <time.h>

/* Mail a month, from March 2009: doubling every 14 months, and an earlier
 * election in the spring of 2012. */
static int month_weight(int month)
{
	static const int halves[] = { 1000, 1051, 1104, 1160, 1219, 1281, 1346, 1414, 1486,
	                              1561, 1641, 1724, 1811, 1903 };   /* 1000 * 2^(i/14) */
	int weight = halves[month % 14] * (1 << month / 14);

	if (month == 0 || month == 97)  /* begins on the 20th, ends on the 24th */
		weight = month ? weight * 24 / 30 : weight / 3;
	return month >= 36 && month <= 38 ? weight * 4 : weight;
}

#define FIRST_INSTANT  instant_of(2009, 3, 20, 8, 12)
#define LAST_INSTANT   instant_of(2017, 4, 24, 18, 47)
#define SILENCE_BEGIN  instant_of(2016, 8, 6, 0, 0)
#define SILENCE_END    instant_of(2016, 8, 20, 0, 0)

static int64_t random_instant(struct rng *rng, const int *weights)
{
	static const int hours[] = { 2, 1, 1, 0, 0, 1, 4, 9, 16, 22, 22, 20, 14,
	                             14, 18, 20, 20, 18, 15, 10, 8, 8, 6, 4 };
	for (;;) {
		int month = rng_weighted(rng, weights, 98);
		int day = 1 + rng_below(rng, 31), hour = rng_weighted(rng, hours, 24);
		int64_t t = instant_of(2009 + (month + 2) / 12, 1 + (month + 2) % 12, day, hour,
		                       rng_below(rng, 60)) + rng_below(rng, 60);
		struct tm tm = civil_of(t);
		bool weekend = tm.tm_wday == 0 || tm.tm_wday == 6;

		if (tm.tm_mday != day || t < FIRST_INSTANT || t > LAST_INSTANT)
			continue;
		if ((t >= SILENCE_BEGIN && t < SILENCE_END) || (weekend && rng_chance(rng, 60)))
			continue;
		return t;
	}
}

static int compare_instants(const void *left, const void *right)
{
	int64_t l = *(const int64_t *)left, r = *(const int64_t *)right;

	return (l > r) - (l < r);
}

static int64_t *plan_instants(const struct archive *a, int count)
{
	struct rng rng = rng_for(a, FOR_TIMES, 0);
	int64_t *instants = g_new(int64_t, count + 1);
	int weights[98];

	for (int m = 0; m < 98; m++)
		weights[m] = month_weight(m);
	for (int i = 0; i < count; i++)
		instants[i] = random_instant(&rng, weights);
	if (count > 0)
		instants[0] = FIRST_INSTANT;
	if (count > 1)
		instants[1] = LAST_INSTANT;
	qsort(instants, (size_t)count, sizeof *instants, compare_instants);
	return instants;
}

void letter_add_target(struct archive *a, struct letter *letter, int address, enum role role)
{
	for (int i = 0; i < letter->target_count; i++)
		if (TARGET(a, letter, i)->address == address)
			return;
	struct target target = { address, role };
	g_array_append_val(a->targets, target);
	letter->target_count++;
}

bool target_is_visible(const struct letter *letter, const struct target *target)
{
	return target->role != BCC || (letter->places & ANY_SENT);
}

void letter_set_sender(struct archive *a, struct letter *letter, int address)
{
	int person = ADDRESS(a, address)->person;

	letter->sender = address;
	letter->utc_offset_s =
	        person < 0 ? 0 : zone_offset_s(PERSON(a, person)->zone, letter->sent);
}

/* Own group nearly always; chiefs and bridges hold the groups together. */
static int random_group_for(struct rng *rng, const struct person *writer)
{
	int inside = writer->position <= BRIDGE ? 91 : 97;

	return rng_chance(rng, inside) ? writer->group : rng_below(rng, GROUPS);
}

static void plan_new(struct archive *a, struct rng *rng, struct letter *letter)
{
	static const int counts[] = { 0, 52, 20, 12, 7, 4, 3, 0, 2 };
	int writer = random_writer(a, rng), count = rng_weighted(rng, counts, ROWS(counts));
	int group = random_group_for(rng, PERSON(a, writer));

	letter_set_sender(a, letter, address_of(a, rng, writer));
	letter->subject = rng_below(rng, ROWS(subjects));
	for (int i = 0; i < count; i++) {
		enum role hidden = rng_chance(rng, 85) ? CC : BCC;
		enum role role = i == 0 || rng_chance(rng, 50) ? TO : hidden;
		int partner = random_partner(a, rng, writer, group);
		letter_add_target(a, letter, address_of(a, rng, partner), role);
	}
	if (rng_chance(rng, 3))
		letter_add_target(a, letter, letter->sender, CC);       /* a copy to oneself */
	letter->grouped = count > 2 && rng_chance(rng, 10);
	letter->repeats = rng_chance(rng, 2);
}

/* A citizen writes to the press office or the volunteers, or is written to. */
static void plan_public(struct archive *a, struct rng *rng, struct letter *letter)
{
	int outsider = random_outsider(a, rng), group = rng_chance(rng, 50) ? 1 : 4;
	int insider = random_partner(a, rng, outsider, group);
	bool answer = rng_chance(rng, 40);

	letter_set_sender(a, letter, address_of(a, rng, answer ? insider : outsider));
	letter_add_target(a, letter, address_of(a, rng, answer ? outsider : insider), TO);
	letter->subject = rng_below(rng, ROWS(subjects));
}

static void plan_list(struct archive *a, struct rng *rng, struct letter *letter)
{
	static const int with_list[] = { 0, 2, 4, 5, 7 };
	int group = with_list[rng_below(rng, ROWS(with_list))];

	letter->kind = LIST;
	letter->list = group;
	letter->subject = rng_below(rng, ROWS(subjects));
	int first = a->group_first[group];
	int writer = first + rng_below(rng, a->group_first[group + 1] - first);
	letter_set_sender(a, letter, address_of(a, rng, writer));
	letter_add_target(a, letter, a->list_address[group], TO);
}

/* Newsletters go to everyone: to one address each, or to nobody that is named. */
static void plan_bulk(struct archive *a, struct rng *rng, struct letter *letter)
{
	letter->kind = BULK;
	letter->subject = rng_below(rng, 400);
	letter_set_sender(a, letter, a->newsletter_address[rng_below(rng, ROWS(newsletters))]);
	letter->undisclosed = rng_chance(rng, 15);
	if (letter->undisclosed)
		return;
	int count = rng_chance(rng, 4) ? 30 : 1;
	for (int i = 0; i < count; i++)
		letter_add_target(a, letter, address_of(a, rng, random_writer(a, rng)), TO);
}

static void plan_automatic(struct archive *a, struct rng *rng, struct letter *letter)
{
	int reader = random_writer(a, rng);

	letter->kind = AUTOMATIC;
	letter->subject = rng_below(rng, 4000);
	if (rng_chance(rng, 85))
		letter_set_sender(a, letter, a->robot_address[rng_below(rng, ROWS(alert_robots))]);
	else                            /* out of office */
		letter_set_sender(a, letter, address_of(a, rng, random_writer(a, rng)));
	letter_add_target(a, letter, address_of(a, rng, reader), TO);
}

/* A recent letter that could be answered, or -1. */
static int recent_letter(const struct archive *a, struct rng *rng, int64_t now)
{
	int count = (int)a->letters->len;

	for (int tries = 0; tries < 6 && count > 0; tries++) {
		int index = count - 1 - rng_below(rng, MIN(count, 40));
		const struct letter *parent = LETTER(a, index);
		if (parent->kind <= LIST && now - parent->sent < 20 * 86400 && now > parent->sent &&
		    parent->target_count > 0)
			return index;
	}
	return -1;
}

/* Who answers: an insider the parent went to, or a reader of the list; -1 if there is none. */
static int random_replier(const struct archive *a, struct rng *rng, const struct letter *parent)
{
	if (parent->list >= 0) {
		int first = a->group_first[parent->list];
		int person = first + rng_below(rng, a->group_first[parent->list + 1] - first);
		return PERSON(a, person)->addresses[0];
	}
	const struct target *target = TARGET(a, parent, rng_below(rng, parent->target_count));
	return ADDRESS(a, target->address)->group >= 0 && target->role != BCC ? target->address
	                                                                      : -1;
}

/* Mail to a lesser address of his somebody answers from another in 27 of 100 cases: so
 * it was on a public list of kernel developers in 2019 and 2020 (37 of 136 answers). */
#define FROM_ANOTHER_PERCENT 27

static int replying_address(const struct archive *a, struct rng *rng, int address)
{
	int person = ADDRESS(a, address)->person;
	int first = person < 0 ? address : PERSON(a, person)->addresses[0];

	return address != first && rng_chance(rng, FROM_ANOTHER_PERCENT) ? first : address;
}

static bool plan_reply(struct archive *a, struct rng *rng, struct letter *letter)
{
	int index = recent_letter(a, rng, letter->sent);
	if (index < 0)
		return false;
	const struct letter *parent = LETTER(a, index);
	int replier = random_replier(a, rng, parent);
	if (replier < 0 || replier == parent->sender)
		return false;
	replier = replying_address(a, rng, replier);

	letter->parent = index;
	letter->subject = parent->subject;
	letter->action = parent->list < 0 && rng_chance(rng, 20) ? 'F' : 'R';
	letter_set_sender(a, letter, replier);
	if (letter->action == 'F') {
		int person = ADDRESS(a, replier)->person, group = PERSON(a, person)->group;
		letter_add_target(a, letter,
		                  address_of(a, rng, random_partner(a, rng, person, group)), TO);
		return true;
	}
	if (parent->list >= 0 && rng_chance(rng, 70)) {
		letter->kind = LIST;
		letter->list = parent->list;
		letter_add_target(a, letter, a->list_address[parent->list], TO);
		return true;
	}
	letter_add_target(a, letter, parent->sender, TO);
	if (!rng_chance(rng, 50))
		return true;
	for (int i = 0; i < MIN(parent->target_count, 6); i++) {
		struct target target = *TARGET(a, parent, i);
		if (target.role != BCC && target.address != replier)
			letter_add_target(a, letter, target.address, CC);
	}
	return true;
}

static void plan_letter(struct archive *a, struct rng *rng, int64_t sent)
{
	static const int shares[] = { 60, 14, 13, 9, 4 };
	struct letter letter = { .sent = sent,
		                 .parent = -1,
		                 .action = 'N',
		                 .list = -1,
		                 .id_of = (int)a->letters->len,
		                 .first_target = (int)a->targets->len };

	switch (rng_weighted(rng, shares, ROWS(shares))) {
	case 0:
		if (!rng_chance(rng, 50) || !plan_reply(a, rng, &letter))
			plan_new(a, rng, &letter);
		break;
	case 1: plan_list(a, rng, &letter); break;
	case 2: plan_bulk(a, rng, &letter); break;
	case 3: plan_automatic(a, rng, &letter); break;
	default: plan_public(a, rng, &letter); break;
	}
	g_array_append_val(a->letters, letter);
}

void plan_letters(struct archive *a)
{
	struct rng rng = rng_for(a, FOR_PLAN, 0);
	int count = a->messages - a->messages / 5;
	int64_t *instants = plan_instants(a, count);

	for (int i = 0; i < count; i++)
		plan_letter(a, &rng, instants[i]);
	g_free(instants);
}
