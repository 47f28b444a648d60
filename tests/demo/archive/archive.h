/* archive.h - the demonstration archive: its people, its letters, where they lie
 *
 * The modules work one after the other on one struct archive: cast (people),
 * plan and oddities (letters), mailbox with render (files), truth (CSV). */
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <glib.h>

#include "tables.h"

enum { GROUPS = ROWS(group_specs), ROBOTS = ROWS(alert_robots), NEWSLETTERS = ROWS(newsletters) };

/* A custodian is a person whose mailbox is in the archive; place 2 c is the inbox
 * of custodian c, 2 c + 1 what was sent, and the last a server's journal. */
enum { CUSTODIANS = 6, JOURNAL = 2 * CUSTODIANS, PLACES = JOURNAL + 1 };

#define ANY_SENT 0xaaau                 /* places of that kind, as bits */

enum kind { PERSONAL, LIST, BULK, AUTOMATIC };
enum role { TO, CC, BCC, ROLES };
enum position { CHIEF, BRIDGE, MEMBER, PERIPHERY, OUTSIDER };
enum encoding { RAW_UTF8, Q_UTF8, B_UTF8, Q_LATIN1, RAW_LATIN1, ENCODINGS };
enum format { MIXED, EML, MBOX };
enum place_form { FORM_MAILDIR, FORM_MBOX, FORM_EML, FORM_EML_CRLF };
enum date_defect { DATE_FINE, DATE_ISO, DATE_DOTTED, DATE_ASCTIME, DATE_UNREADABLE, DATE_ABSENT,
                   DATE_1970, DATE_1980, DATE_FUTURE };
enum separator { SEPARATOR_FINE, SEPARATOR_UNBLANKED, SEPARATOR_BARE, SEPARATOR_IN_TEXT };

struct person {
	char *name;                     /* owned */
	const char *ascii_given, *ascii_family;         /* family: NULL if it has its own address */
	int group;                      /* -1: outside all groups */
	enum position position;
	int activity;                   /* relative frequency of writing and being written to */
	int zone;
	enum encoding encoding;         /* what this person's mail program does to names */
	int addresses[3], address_count;        /* indices; the first is used most */
	int role_address;               /* of an office this person writes for; -1 for none */
};

struct address {
	char *text, *wire;              /* normalised, and as it stands in headers; owned */
	char *name;                     /* "" if none; owned */
	int person, group;              /* -1: a list, robot or office; -1: outside all groups */
	bool mentioned;                 /* in some header of the archive */
};

struct target { int address; enum role role; };

struct letter {                         /* one message, however many copies of it there are */
	int64_t sent;                   /* seconds UTC, when it truly was sent */
	int utc_offset_s;
	enum kind kind;
	enum date_defect defect;
	enum separator separator;
	int sender;                     /* index of an address */
	int parent;                     /* letter replied to or forwarded, or -1 */
	char action;                    /* 'N'ew, 'R'eply, 'F'orward */
	int subject;                    /* index or number */
	char *subject_text;             /* as a reader should decode it; owned */
	int list;                       /* the group whose list it went to, or -1 */
	int id_of;                      /* letter whose Message-ID it bears; -1: it has none */
	int first_target, target_count;
	bool no_from, sender_only, undisclosed, grouped, repeats;
	bool settled;                   /* has its place, gets no copies */
	bool converted;                 /* its last copy is under another Message-ID */
	uint32_t places;                /* bits: where copies are */
};

/* One copy; path owned. converted: under a Message-ID of its own. */
struct origin { int letter, place; char *path; int64_t offset; bool converted; };

struct mbox { FILE *stream; int64_t offset; char *path; };

struct place {
	enum place_form form;
	char *folder;                   /* relative to dir; owned */
	int owner;                      /* index of an address, or -1 for the journal */
	bool sent;                      /* the sender's own copies: with Bcc, without Received */
	int mbox;                       /* index for FORM_MBOX */
};

struct archive {
	const char *dir;
	uint64_t seed;
	int messages;                   /* copies included */
	int64_t attachment_mean;        /* bytes before base64; 0 = no attachments */
	enum format format;
	GArray *people, *addresses, *targets, *letters, *origins;
	int group_first[GROUPS + 1];    /* a group's first person; [GROUPS]: the outsiders' */
	int list_address[GROUPS], bounce_address[GROUPS];       /* -1 without a list */
	int newsletter_address[NEWSLETTERS], robot_address[ROBOTS];
	struct place places[PLACES];
	struct mbox mboxes[2];
	GString *doubts;                /* rows of doubtful.csv */
	int twins;                      /* letters with the header of another, and no copies of it */
};

#define PERSON(a, i)    (&g_array_index((a)->people, struct person, (i)))
#define ADDRESS(a, i)   (&g_array_index((a)->addresses, struct address, (i)))
#define LETTER(a, i)    (&g_array_index((a)->letters, struct letter, (i)))
#define TARGET(a, l, i) (&g_array_index((a)->targets, struct target, (l)->first_target + (i)))

/* ---- chance ---- */

struct rng { uint64_t state; };
enum purpose {
	FOR_CAST = 1, FOR_TIMES, FOR_PLAN, FOR_ODDITIES, FOR_COPIES, FOR_TEXT, FOR_HOPS, FOR_HOSTS
};

/* One stream for each purpose and thing, so that one change does not shift all the rest. */
struct rng rng_for(const struct archive *a, enum purpose purpose, int thing);
uint64_t rng_next(struct rng *rng);
int rng_below(struct rng *rng, int n);                  /* 0 .. n-1; n > 0 */
bool rng_chance(struct rng *rng, int percent);
int rng_weighted(struct rng *rng, const int *weights, int count);       /* an index */

/* ---- dates ---- */

#define DATE_RFC5322 "%a, %d %b %Y %T %z"
#define DATE_ASCTIME_UTC "%a %b %E %T %Y"

int64_t instant_of(int year, int month, int day, int hour, int minute);         /* UTC */
struct tm civil_of(int64_t instant);
int zone_offset_s(int zone, int64_t instant);
int zone_count(void);
const char *zone_name(int zone, int64_t instant);       /* "CET", "CEST", ... */
/* A date by a pattern, after strftime but free of locale: %a %b %d %e (no padding)
 * %E (padded with a blank) %m %Y %y %T %t (time with dots) %z. */
void date_append(GString *out, const char *pattern, int64_t instant, int offset_s);
/* What the Date: field claims, truly or not, of a letter whose date can be read. */
int64_t claimed_instant(const struct letter *letter);
int claimed_offset_s(const struct letter *letter);

/* ---- cast ---- */

void cast_build(struct archive *a);
int address_of(const struct archive *a, struct rng *rng, int person);   /* mostly the first */
int random_writer(const struct archive *a, struct rng *rng);            /* a person in a group */
int random_outsider(const struct archive *a, struct rng *rng);
/* Somebody of a group whom this person would write to. */
int random_partner(const struct archive *a, struct rng *rng, int person, int group);
int custodian_person(const struct archive *a, int custodian);
int custodian_group(int custodian);
int custodian_of(const struct archive *a, int address);                 /* -1 if nobody's */

/* ---- plan, oddities ---- */

void plan_letters(struct archive *a);
void letter_add_target(struct archive *a, struct letter *letter, int address, enum role role);
void letter_set_sender(struct archive *a, struct letter *letter, int address);
/* A recipient that some copy shows: of Bcc only the sender's copies do. */
bool target_is_visible(const struct letter *letter, const struct target *target);
void plan_oddities(struct archive *a);
void plan_places(struct archive *a);

/* ---- render ---- */

struct rendering {
	GString *common;                /* header fields all copies have */
	GString *bcc;                   /* only the sender's has it */
	GString *content;               /* the last fields and the body */
	GString *copy;                  /* one copy, put together */
};
void letter_render(struct archive *a, int index, struct rendering *r);
void copy_render(struct archive *a, int index, int place, bool converted, struct rendering *r);
/* The Message-ID without its brackets; nothing for a letter without. */
void id_append(const struct archive *a, GString *out, const struct letter *letter);
/* That which a program gave a letter when it converted a mailbox. */
void converted_id_append(GString *out, int index);
/* When a copy passed its last and its first mail server. */
int64_t received_instant(const struct archive *a, int index, int place, bool last);

/* ---- mailbox, truth ---- */

/* Open dir/path for writing, making the folders it needs; ends the process on failure. */
FILE *file_create(const struct archive *a, const char *path);
void file_finish(FILE *file, const char *path);
void die(const char *what) G_GNUC_NORETURN;             /* says what and errno */

void mail_write(struct archive *a);
extern const char *const doubt_names[];
struct other_file { const char *path, *outcome, *bytes; size_t size; };
extern const struct other_file other_files[];           /* not mail; ends with path NULL */

void truth_write(const struct archive *a);

#endif
