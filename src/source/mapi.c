#include "mapi.h"

#include "compose.h"
#include "lines.h"

#include "epistograph/calendar.h"

#include <string.h>

/* MS-OXPROPS. */
enum property {
	PROPERTY_CLASS              = 0x001a,   /* PidTagMessageClass */
	PROPERTY_SUBJECT            = 0x0037,
	PROPERTY_SUBMIT_TIME        = 0x0039,   /* PidTagClientSubmitTime */
	PROPERTY_REPRESENTING_NAME  = 0x0042,   /* PidTagSentRepresenting... */
	PROPERTY_REPRESENTING_TYPE  = 0x0064,
	PROPERTY_REPRESENTING       = 0x0065,
	PROPERTY_HEADERS            = 0x007d,   /* PidTagTransportMessageHeaders */
	PROPERTY_RECIPIENT_TYPE     = 0x0c15,   /* 1 To, 2 Cc, 3 Bcc */
	PROPERTY_SENDER_NAME        = 0x0c1a,
	PROPERTY_SENDER_TYPE        = 0x0c1e,
	PROPERTY_SENDER             = 0x0c1f,
	PROPERTY_DELIVERY_TIME      = 0x0e06,   /* PidTagMessageDeliveryTime */
	PROPERTY_FLAGS              = 0x0e07,
	PROPERTY_SIZE               = 0x0e08,
	PROPERTY_BODY               = 0x1000,   /* PidTagBody: plain text */
	PROPERTY_ID                 = 0x1035,   /* PidTagInternetMessageId */
	PROPERTY_REFERENCES         = 0x1039,
	PROPERTY_IN_REPLY_TO        = 0x1042,
	PROPERTY_NAME               = 0x3001,   /* PidTagDisplayName */
	PROPERTY_TYPE               = 0x3002,   /* PidTagAddressType */
	PROPERTY_ADDRESS            = 0x3003,
	PROPERTY_SMTP               = 0x39fe,   /* PidTagSmtpAddress */
	PROPERTY_SENDER_SMTP        = 0x5d01,
	PROPERTY_REPRESENTING_SMTP  = 0x5d02,
};

#define FLAG_UNSENT 0x8                 /* of PROPERTY_FLAGS */

struct person {
	char *name, *address;           /* the address may be an X.500 name */
	char *entry;                    /* the X.500 name that comes with an SMTP address, or NULL */
};

struct recipient {
	struct person person;
	int64_t type;                   /* as PROPERTY_RECIPIENT_TYPE */
};

struct mapi_item {
	char *class, *subject, *headers, *id, *references, *in_reply_to;
	struct person sender, representing;
	GArray *recipients;             /* struct recipient */
	int64_t submitted, delivered;   /* seconds UTC, or INSTANT_NONE */
	int64_t flags, size;
	GString *header;                /* what is given out */
};

static void person_clear(struct person *person)
{
	g_free(person->name);
	g_free(person->address);
	g_free(person->entry);
}

static void recipient_clear(gpointer recipient)
{
	person_clear(&((struct recipient *)recipient)->person);
}

/* ---- properties ---- */

static char *read_text(const struct mapi_bag *bag, enum property property)
{
	char *text = bag->text(bag->context, property);

	return text != NULL ? g_strstrip(text) : g_strdup("");
}

static int64_t read_number(const struct mapi_bag *bag, enum property property, int64_t otherwise)
{
	int64_t value;

	return bag->number(bag->context, property, &value) ? value : otherwise;
}

/* INSTANT_NONE where there is none, or one that says so: 0, or the end of time. */
static int64_t read_instant(const struct mapi_bag *bag, enum property property)
{
	const int64_t per_second = 10000000, from_1601_s = INT64_C(11644473600);
	int64_t value;

	if (!bag->number(bag->context, property, &value) || value <= 0 ||
	    value / per_second - from_1601_s >= INT64_C(253402300800))      /* the year 10000 */
		return INSTANT_NONE;
	return value / per_second - from_1601_s;
}

static bool is_address(const char *text)
{
	return strchr(text, '@') != NULL;
}

/* Of a directory: "/o=ORG/ou=First Group/cn=ANN". */
static bool is_entry(const char *address)
{
	return g_ascii_strncasecmp(address, "/o=", 3) == 0 && strcasestr(address, "/cn=") != NULL;
}

static struct person read_person(const struct mapi_bag *bag, enum property name,
                                 enum property type, enum property address, enum property smtp)
{
	struct person person = { read_text(bag, name), read_text(bag, smtp), NULL };
	char *kind = read_text(bag, type);

	if (is_address(person.address)) {
		person.entry = read_text(bag, address);
		if (!is_entry(person.entry))
			g_clear_pointer(&person.entry, g_free);
	} else {
		g_free(person.address);
		person.address = read_text(bag, address);
		/* Some programs put the SMTP address of an Exchange user where the name goes. */
		if (g_ascii_strcasecmp(kind, "EX") == 0 && is_address(person.name) &&
		    strchr(person.name, ' ') == NULL) {
			person.entry = is_entry(person.address) ? person.address : NULL;
			if (person.entry == NULL)
				g_free(person.address);
			person.address = g_strdup(person.name);
		}
	}
	g_free(kind);
	return person;
}

/* Behind U+0001 and a character that says how long "Re: " is. */
static char *without_prefix_mark(char *subject)
{
	if (subject[0] == '\1' && subject[1] != '\0')
		memmove(subject, g_utf8_next_char(subject + 1), strlen(g_utf8_next_char(subject + 1)) + 1);
	return subject;
}

struct mapi_item *mapi_item_new(const struct mapi_bag *bag)
{
	struct mapi_item *item = g_new0(struct mapi_item, 1);

	item->class = read_text(bag, PROPERTY_CLASS);
	item->subject = without_prefix_mark(read_text(bag, PROPERTY_SUBJECT));
	item->headers = read_text(bag, PROPERTY_HEADERS);
	item->id = read_text(bag, PROPERTY_ID);
	item->references = read_text(bag, PROPERTY_REFERENCES);
	item->in_reply_to = read_text(bag, PROPERTY_IN_REPLY_TO);
	item->sender = read_person(bag, PROPERTY_SENDER_NAME, PROPERTY_SENDER_TYPE, PROPERTY_SENDER,
	                           PROPERTY_SENDER_SMTP);
	item->representing = read_person(bag, PROPERTY_REPRESENTING_NAME, PROPERTY_REPRESENTING_TYPE,
	                                 PROPERTY_REPRESENTING, PROPERTY_REPRESENTING_SMTP);
	item->submitted = read_instant(bag, PROPERTY_SUBMIT_TIME);
	item->delivered = read_instant(bag, PROPERTY_DELIVERY_TIME);
	item->flags = read_number(bag, PROPERTY_FLAGS, 0);
	item->size = read_number(bag, PROPERTY_SIZE, -1);
	item->recipients = g_array_new(FALSE, FALSE, sizeof(struct recipient));
	g_array_set_clear_func(item->recipients, recipient_clear);
	item->header = g_string_new(NULL);
	return item;
}

void mapi_item_free(struct mapi_item *item)
{
	if (item == NULL)
		return;
	g_free(item->class);
	g_free(item->subject);
	g_free(item->headers);
	g_free(item->id);
	g_free(item->references);
	g_free(item->in_reply_to);
	person_clear(&item->sender);
	person_clear(&item->representing);
	g_array_unref(item->recipients);
	g_string_free(item->header, TRUE);
	g_free(item);
}

void mapi_item_add_recipient(struct mapi_item *item, const struct mapi_bag *bag)
{
	/* The bits above say what became of it: answered, submitted. */
	int64_t type = read_number(bag, PROPERTY_RECIPIENT_TYPE, 0) & 0xf;

	if (type < 1 || type > 3)
		return;
	struct recipient recipient = {
		.person = read_person(bag, PROPERTY_NAME, PROPERTY_TYPE, PROPERTY_ADDRESS, PROPERTY_SMTP),
		.type = type,
	};
	g_array_append_val(item->recipients, recipient);
}

/* ---- the directory ---- */

struct mapi_directory {
	GHashTable *addresses;          /* char *: X.500 name, lower case -> address; "" if several */
};

struct mapi_directory *mapi_directory_new(void)
{
	struct mapi_directory *directory = g_new0(struct mapi_directory, 1);

	directory->addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return directory;
}

void mapi_directory_free(struct mapi_directory *directory)
{
	if (directory == NULL)
		return;
	g_hash_table_destroy(directory->addresses);
	g_free(directory);
}

static void note_person(const struct mapi_directory *directory, const struct person *person)
{
	if (person->entry == NULL)
		return;
	char *entry = g_ascii_strdown(person->entry, -1);
	const char *known = g_hash_table_lookup(directory->addresses, entry);
	bool other = known != NULL && g_ascii_strcasecmp(known, person->address) != 0;

	if (known != NULL && !other)
		g_free(entry);
	else
		g_hash_table_replace(directory->addresses, entry, g_strdup(other ? "" : person->address));
}

static void look_up_person(const struct mapi_directory *directory, struct person *person)
{
	if (!is_entry(person->address))
		return;
	char *entry = g_ascii_strdown(person->address, -1);
	const char *address = g_hash_table_lookup(directory->addresses, entry);

	g_free(entry);
	if (address == NULL || *address == '\0')
		return;
	person->entry = person->address;
	person->address = g_strdup(address);
}

static struct person *recipient_at(const struct mapi_item *item, guint i)
{
	return &g_array_index(item->recipients, struct recipient, i).person;
}

void mapi_directory_add(struct mapi_directory *directory, const struct mapi_item *item)
{
	note_person(directory, &item->sender);
	note_person(directory, &item->representing);
	for (guint i = 0; i < item->recipients->len; i++)
		note_person(directory, recipient_at(item, i));
}

bool mapi_item_lacks_address(const struct mapi_item *item)
{
	bool lacks = is_entry(item->sender.address) || is_entry(item->representing.address);

	for (guint i = 0; !lacks && i < item->recipients->len; i++)
		lacks = is_entry(recipient_at(item, i)->address);
	return lacks;
}

void mapi_item_look_up(struct mapi_item *item, const struct mapi_directory *directory)
{
	look_up_person(directory, &item->sender);
	look_up_person(directory, &item->representing);
	for (guint i = 0; i < item->recipients->len; i++)
		look_up_person(directory, recipient_at(item, i));
}

char *mapi_text(const struct mapi_bag *bag)
{
	return bag->text(bag->context, PROPERTY_BODY);
}

/* ---- what it is ---- */

static bool is_class(const char *class, const char *wanted)
{
	size_t size = strlen(wanted);

	return g_ascii_strncasecmp(class, wanted, size) == 0 &&
	       (class[size] == '\0' || class[size] == '.');
}

bool mapi_item_is_report(const struct mapi_item *item)
{
	return is_class(item->class, "REPORT");
}

const struct mapi_kind *mapi_item_kind(const struct mapi_item *item)
{
	static const struct {
		const char *class;
		struct mapi_kind kind;
	} kinds[] = {
		{ "IPM.Contact", { "contact", "contacts" } },
		{ "IPM.AbchPerson", { "contact", "contacts" } },
		{ "IPM.DistList", { "distribution list", "distribution lists" } },
		{ "IPM.Appointment", { "appointment", "appointments" } },
		{ "IPM.Schedule", { "meeting request", "meeting requests" } },
		{ "IPM.Task", { "task", "tasks" } },
		{ "IPM.TaskRequest", { "task request", "task requests" } },
		{ "IPM.StickyNote", { "note", "notes" } },
		{ "IPM.Activity", { "journal entry", "journal entries" } },
		{ "IPM.Post", { "posting", "postings" } },
		{ "IPM.Document", { "document", "documents" } },
		{ "IPM.Configuration", { "setting", "settings" } },
	};
	static const struct mapi_kind other = { "other item", "other items" };

	if (is_class(item->class, "IPM.Note") || mapi_item_is_report(item))
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (is_class(item->class, kinds[i].class))
			return &kinds[i].kind;
	return &other;
}

bool mapi_item_is_draft(const struct mapi_item *item)
{
	return (item->flags & FLAG_UNSENT) != 0;
}

/* ---- the header that was kept ---- */

/* What a kept header has; the values of its To, Cc and Bcc are gathered. */
struct kept {
	bool from, date, subject, id, people;
	GString *recipients;
};

static bool is_field(const char *line, size_t size, const char *name)
{
	size_t length = strlen(name);

	return size > length && g_ascii_strncasecmp(line, name, length) == 0 && line[length] == ':';
}

static void look_at_field(struct kept *kept, const char *field, size_t size)
{
	bool people = is_field(field, size, "To") || is_field(field, size, "Cc") ||
	              is_field(field, size, "Bcc");

	kept->from |= is_field(field, size, "From");
	kept->date |= is_field(field, size, "Date");
	kept->subject |= is_field(field, size, "Subject");
	kept->id |= is_field(field, size, "Message-ID");
	kept->people |= people;
	if (people)
		g_string_append_len(kept->recipients, field, (gssize)size);
}

/* Append the header that was kept up to its first blank line, behind which the headers
 * of parts can follow. */
static void take_headers(const struct mapi_item *item, GString *out, struct kept *kept)
{
	const uint8_t *at = (const uint8_t *)item->headers;
	size_t left = strlen(item->headers), field = out->len;

	while (left > 0) {
		size_t size = line_size(at, left);

		if (line_is_blank(at, size))
			break;
		if (*at != ' ' && *at != '\t') {
			look_at_field(kept, out->str + field, out->len - field);
			field = out->len;
		}
		g_string_append_len(out, (const char *)at, (gssize)size);
		at += size;
		left -= size;
	}
	if (out->len > 0 && out->str[out->len - 1] != '\n')
		g_string_append_c(out, '\n');
	look_at_field(kept, out->str + field, out->len - field);
}

/* ---- what is added ---- */

/* Is the recipient named in the header that was kept? An X.500 name never stands
 * there: its owner does, by an address that nobody can match to it. So of these only
 * a Bcc is taken for missing, which a header that was sent never has. */
static bool is_named(const struct kept *kept, const struct recipient *recipient)
{
	const struct person *person = &recipient->person;

	if (is_address(person->address))
		return strcasestr(kept->recipients->str, person->address) != NULL;
	if (*person->name != '\0' && strcasestr(kept->recipients->str, person->name) != NULL)
		return true;
	return kept->people && recipient->type != 3;
}

static void add_recipients(const struct mapi_item *item, const struct kept *kept, GString *out)
{
	static const char *const fields[] = { "To", "Cc", "Bcc" };
	GString *list = g_string_new(NULL);

	for (int type = 1; type <= 3; type++) {
		g_string_truncate(list, 0);
		for (guint i = 0; i < item->recipients->len; i++) {
			const struct recipient *recipient =
				&g_array_index(item->recipients, struct recipient, i);

			if (recipient->type == type && !is_named(kept, recipient))
				compose_mailbox(list, recipient->person.name, recipient->person.address);
		}
		compose_field(out, fields[type - 1], list->str, list->len);
	}
	g_string_free(list, TRUE);
}

static bool is_somebody(const struct person *person)
{
	return *person->name != '\0' || *person->address != '\0';
}

static void add_person(GString *out, const char *field, const struct person *person)
{
	GString *list = g_string_new(NULL);

	compose_mailbox(list, strcmp(person->name, person->address) == 0 ? "" : person->name,
	                person->address);
	compose_field(out, field, list->str, list->len);
	g_string_free(list, TRUE);
}

/* From is on whose behalf it was sent, Sender who sent it. X-From, as Exchange's archives have
 * it, names the directory's entry: other files may know the sender by that alone. */
static void add_senders(const struct mapi_item *item, GString *out)
{
	const struct person *from = is_somebody(&item->representing) ? &item->representing
	                                                            : &item->sender;
	bool two = from == &item->representing && is_somebody(&item->sender) &&
	           g_ascii_strcasecmp(item->representing.address, item->sender.address) != 0;

	add_person(out, "From", from);
	if (from->entry != NULL) {
		const struct person entry = { from->name, from->entry, NULL };

		add_person(out, "X-From", &entry);
	}
	if (two)
		add_person(out, "Sender", &item->sender);
}

static enum record_date add_date(const struct mapi_item *item, GString *out)
{
	bool submitted = item->submitted != INSTANT_NONE;

	if (!submitted && item->delivered == INSTANT_NONE)
		return RECORD_DATE_NONE;
	compose_date(out, submitted ? item->submitted : item->delivered);
	return submitted ? RECORD_DATE_SUBMIT : RECORD_DATE_DELIVERY;
}

void mapi_item_compose(struct mapi_item *item, struct raw_message *raw)
{
	struct kept kept = { .recipients = g_string_new(NULL) };
	GString *out = item->header;

	g_string_truncate(out, 0);
	take_headers(item, out, &kept);
	raw->composed = !kept.from && !kept.date && !kept.people;
	if (!kept.from)
		add_senders(item, out);
	add_recipients(item, &kept, out);
	if (!kept.subject)
		compose_field(out, "Subject", item->subject, strlen(item->subject));
	raw->record_date = kept.date ? RECORD_DATE_NONE : add_date(item, out);
	if (!kept.id)
		compose_id(out, "Message-ID", item->id, strlen(item->id));
	if (raw->composed && mapi_item_is_report(item))
		compose_field(out, "Auto-Submitted", "auto-generated", strlen("auto-generated"));
	if (raw->composed) {
		compose_id(out, "In-Reply-To", item->in_reply_to, strlen(item->in_reply_to));
		compose_field(out, "References", item->references, strlen(item->references));
	}
	g_string_append_c(out, '\n');
	raw->header = (const uint8_t *)out->str;
	raw->header_size = MIN(out->len, SOURCE_HEADER_MAX);
	raw->size = item->size >= 0 ? item->size : (int64_t)out->len;
	g_string_free(kept.recipients, TRUE);
}
