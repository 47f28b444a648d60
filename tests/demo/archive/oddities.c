/* oddities.c - what is odd about some letters, and where the copies of all are */
#include "archive.h"

static uint32_t inbox_bit(int custodian) { return 1u << 2 * custodian; }
static uint32_t sent_bit(int custodian)  { return 1u << (2 * custodian + 1); }

static const uint32_t journal_bit = 1u << JOURNAL;

/* Every place a copy may lie: the sender's Sent, the recipients' inboxes, the journal. */
static uint32_t possible_places(const struct archive *a, const struct letter *letter)
{
	int sender = letter->kind == AUTOMATIC ? -1 : custodian_of(a, letter->sender);
	uint32_t places = journal_bit | (sender >= 0 ? sent_bit(sender) : 0);

	for (int i = 0; i < letter->target_count; i++) {
		int reader = custodian_of(a, TARGET(a, letter, i)->address);
		if (reader >= 0)
			places |= inbox_bit(reader);
	}
	for (int c = 0; letter->list >= 0 && c < CUSTODIANS; c++)
		if (custodian_group(c) == letter->list)
			places |= inbox_bit(c);
	if (letter->undisclosed && letter->kind == BULK)
		places |= inbox_bit((int)(letter->sent % CUSTODIANS));
	return places;
}

/* One of the bits of places, seldom the journal's. */
static uint32_t random_place(struct rng *rng, uint32_t places)
{
	int bits[PLACES], count = 0;

	if (places != journal_bit && rng_chance(rng, 85))
		places &= ~journal_bit;
	for (int i = 0; i < PLACES; i++)
		if (places >> i & 1)
			bits[count++] = i;
	return 1u << bits[rng_below(rng, count)];
}

/* What an odd letter must be: of a custodian's Sent (that one, or any), delivered
 * somewhere, or in the mbox. */
enum whereabouts { ANYWHERE, DELIVERED, IN_SENT_MBOX, IN_SENT_FILE, IN_INBOX_MBOX, IN_ANY_SENT };

static uint32_t whereabouts_mask(enum whereabouts whereabouts)
{
	switch (whereabouts) {
	case DELIVERED:     return ~ANY_SENT;
	case IN_SENT_MBOX:  return sent_bit(1);
	case IN_SENT_FILE:  return ANY_SENT & ~sent_bit(1);
	case IN_INBOX_MBOX: return inbox_bit(1);
	case IN_ANY_SENT:   return ANY_SENT;
	default:            return UINT32_MAX;
	}
}

/* Personal letters nothing odd happened to yet, placed there; -1 if none was found. */
static int pick_plain(struct archive *a, struct rng *rng, enum whereabouts whereabouts)
{
	uint32_t mask = whereabouts_mask(whereabouts);

	for (int tries = 0; tries < 20000; tries++) {
		int index = rng_below(rng, (int)a->letters->len);
		struct letter *letter = LETTER(a, index);
		uint32_t places = possible_places(a, letter) & mask;
		if (letter->kind != PERSONAL || letter->settled || !places)
			continue;
		letter->places = random_place(rng, places);
		letter->settled = true;
		return index;
	}
	return -1;
}

static const struct {
	enum date_defect defect;
	int per_mille;
	enum whereabouts whereabouts;
} defects[] = {
	{ DATE_ISO, 3, ANYWHERE },
	{ DATE_DOTTED, 3, ANYWHERE },
	{ DATE_ASCTIME, 3, ANYWHERE },
	{ DATE_UNREADABLE, 4, DELIVERED },
	{ DATE_UNREADABLE, 2, IN_SENT_FILE },
	{ DATE_ABSENT, 4, DELIVERED },
	{ DATE_ABSENT, 3, IN_SENT_FILE },
	{ DATE_ABSENT, 3, IN_SENT_MBOX },
	{ DATE_1970, 2, DELIVERED },
	{ DATE_1980, 2, DELIVERED },
	{ DATE_FUTURE, 2, DELIVERED },
};

static void plan_defects(struct archive *a, struct rng *rng)
{
	for (size_t row = 0; row < ROWS(defects); row++) {
		int count = MAX(2, (int)a->letters->len * defects[row].per_mille / 1000);
		while (count-- > 0) {
			int index = pick_plain(a, rng, defects[row].whereabouts);
			if (index >= 0)
				LETTER(a, index)->defect = defects[row].defect;
		}
	}
}

/* Outsiders who are called upon: some more than half a call's recipients. */
#define FRIENDS 130

/* Calls of the chief of the volunteers to 200 people; letters to nobody visible. */
static void plan_masses(struct archive *a, struct rng *rng)
{
	for (int i = 0; i < MAX(2, a->messages / 1000); i++) {
		int index = pick_plain(a, rng, ANYWHERE);
		if (index < 0)
			return;
		struct letter *letter = LETTER(a, index);
		letter_set_sender(a, letter, PERSON(a, a->group_first[4])->addresses[0]);
		letter->parent = -1;
		letter->action = 'N';
		letter->first_target = (int)a->targets->len;
		letter->target_count = 0;
		letter->grouped = letter->repeats = false;
		while (letter->target_count < 200) {
			bool outside = letter->target_count % 2;
			int person = outside ? a->group_first[GROUPS] + rng_below(rng, FRIENDS)
			                     : rng_below(rng, a->group_first[GROUPS]);
			letter_add_target(a, letter, address_of(a, rng, person),
			                  letter->target_count < 150 ? TO : CC);
		}
		letter->places = random_place(rng, possible_places(a, letter));
	}
	for (int i = 0; i < MAX(3, a->messages / 250); i++) {
		int index = pick_plain(a, rng, i % 2 ? DELIVERED : IN_ANY_SENT);
		if (index < 0)
			return;
		struct letter *letter = LETTER(a, index);
		letter->undisclosed = true;
		letter->grouped = letter->repeats = false;
		for (int t = 0; t < letter->target_count; t++)
			TARGET(a, letter, t)->role = BCC;
	}
}

static bool is_answered(const struct archive *a, int index)
{
	for (int i = index + 1; i < (int)a->letters->len; i++)
		if (LETTER(a, i)->parent == index)
			return true;
	return false;
}

/* Letters that begin like others, in the same second to the same people under the same
 * subject, and say something else: no copies, whatever their header says. */
static void plan_twins(struct archive *a, struct rng *rng)
{
	for (int i = 0; i < 2 + a->messages / 1000; i++) {
		int index = pick_plain(a, rng, ANYWHERE), other = pick_plain(a, rng, ANYWHERE);
		if (index < 0 || other < 0 || is_answered(a, index) || LETTER(a, other)->action != 'N')
			continue;
		struct letter *letter = LETTER(a, index), twin = *LETTER(a, other);
		twin.id_of = index;
		twin.places = random_place(rng, possible_places(a, &twin));
		*letter = twin;
		a->twins++;
	}
}

static void plan_faults(struct archive *a, struct rng *rng)
{
	int count = 2 + a->messages / 1000, index;

	for (int i = 0; i < count; i++) {
		if ((index = pick_plain(a, rng, ANYWHERE)) >= 0)
			LETTER(a, index)->id_of = -1;
		if ((index = pick_plain(a, rng, ANYWHERE)) >= 0)
			LETTER(a, index)->no_from = true;
		if ((index = pick_plain(a, rng, ANYWHERE)) >= 0)
			LETTER(a, index)->sender_only = true;
		int other = pick_plain(a, rng, ANYWHERE);
		if ((index = pick_plain(a, rng, ANYWHERE)) >= 0 && other >= 0)
			LETTER(a, index)->id_of = other;
	}
	for (enum separator s = SEPARATOR_UNBLANKED; s <= SEPARATOR_IN_TEXT; s++)
		for (int i = 0; i < 2; i++)
			if ((index = pick_plain(a, rng, IN_INBOX_MBOX)) >= 0)
				LETTER(a, index)->separator = s;
}

/* Of so many letters one was in a mailbox that somebody converted to another form. */
#define CONVERTED_SHARE 8

/* Every letter gets a place, then others in turn get copies until there are
 * a->messages in all. */
void plan_places(struct archive *a)
{
	struct rng rng = rng_for(a, FOR_COPIES, 0);
	int count = (int)a->letters->len, wanted = a->messages - count;
	int *order = g_new(int, count + 1);

	for (int i = 0; i < count; i++) {
		struct letter *letter = LETTER(a, i);
		int j = rng_below(&rng, i + 1);
		order[i] = order[j];
		order[j] = i;
		if (!letter->settled)
			letter->places = random_place(&rng, possible_places(a, letter));
	}
	for (int lap = 0; lap < 3; lap++)
		for (int i = 0; i < count && wanted > 0; i++) {
			struct letter *letter = LETTER(a, order[i]);
			uint32_t others = possible_places(a, letter) & ~letter->places;
			if (letter->settled || !others)
				continue;
			letter->places |= random_place(&rng, others);
			letter->converted |= i % CONVERTED_SHARE == 0;
			wanted--;
		}
	g_free(order);
}

void plan_oddities(struct archive *a)
{
	struct rng rng = rng_for(a, FOR_ODDITIES, 0);

	if (a->letters->len == 0)
		return;
	plan_defects(a, &rng);
	plan_masses(a, &rng);
	plan_faults(a, &rng);
	plan_twins(a, &rng);
}
