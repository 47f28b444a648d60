#include "word_tables.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

/* All tables of words are sorted as strcmp() does. */

/* Mailboxes of a function, not of a person. RFC 2142 (info, marketing, sales, support,
 * abuse, noc, security, postmaster, hostmaster, usenet, news, webmaster, www, uucp,
 * ftp, request); the programs that Debian's /etc/aliases names (daemon, mailer-daemon,
 * nobody, root); Mailman's list addresses (Mailman/MTA: admin, bounces, confirm, join,
 * leave, owner, request, subscribe, unsubscribe). The others are what ePADD's users met
 * (events, noreply) and the same in English, French, German, Spanish and Italian. */
static const char *const role_words[] = {
	"abo", "abuse", "accounting", "accounts", "accueil", "admin", "administration",
	"administrator", "alert", "alertas", "alerte", "alertes", "alerts", "all",
	"anfrage", "announce", "announcements", "answers", "anzeigen", "assistance", "auto",
	"automailer", "billing", "board", "bonjour", "booking", "bounce", "bounces",
	"buero", "bureau", "careers", "clients", "comms", "communication", "communications",
	"compliance", "comunicacion", "concierge", "confirm", "confirmation", "contact",
	"contacto", "contactus", "contatto", "customer", "customercare", "customerservice",
	"daemon", "desk", "digest", "editor", "editorial", "email", "empfang", "enquiries",
	"enquiry", "epost", "events", "everyone", "facturacion", "facturation", "feedback",
	"finance", "formation", "frontdesk", "ftp", "group", "hello", "help", "helpdesk",
	"hostmaster", "hr", "info", "infolettre", "informacion", "information", "infos",
	"inquiries", "inquiry", "invoice", "invoices", "jobs", "join", "kontakt",
	"kundenservice", "leave", "lettre", "list", "listmaster", "listserv", "mail",
	"mailer", "mailing", "mailman", "majordomo", "marketing", "media", "members",
	"membership", "news", "newsletter", "newsletters", "nobody", "noc", "notice",
	"notification", "notifications", "notifier", "notify", "office", "offres", "orders",
	"owner", "payments", "postmaster", "prensa", "press", "presse", "privacy", "promo",
	"promotions", "public", "publicrelations", "receipt", "reception", "recrutement",
	"redaccion", "redaction", "redaktion", "register", "registration", "relay",
	"replies", "reply", "request", "reservations", "robot", "root", "sales",
	"secretariat", "secretary", "security", "sekretariat", "server", "service",
	"services", "servicio", "shop", "staff", "stampa", "stats", "status", "subscribe",
	"subscriptions", "supervision", "support", "survey", "sysadmin", "system", "team",
	"ticket", "tickets", "unsubscribe", "update", "updates", "usenet", "uucp", "ventas",
	"ventes", "verify", "vertrieb", "webmaster", "welcome", "www",
};

/* Whatever stands around these, nobody reads what is sent there (no.address@ is what
 * Enron's archive has where there was none). Written without separators. */
static const char *const machine_parts[] = {
	"autoreply", "donotreply", "mailerdaemon", "neantworten", "nepasrepondre",
	"nichtantworten", "noaddress", "nonrispondere", "noreply", "noresponder", "noresponse",
	"unsubscribe",
};

/* Of a display name: that of an office, a list or a machine. */
static const char *const office_words[] = {
	"account", "accounts", "admin", "administrator", "agency", "agenda", "alert",
	"alerte", "alertes", "alerts", "announcements", "assistance", "association",
	"board", "bulletin", "bureau", "campagne", "campaign", "care", "center", "centre",
	"club", "committee", "communications", "conseil", "contact", "corp", "customer",
	"customers", "daemon", "department", "desk", "digest", "direction", "distribution",
	"editor", "editors", "equipe", "events", "everyone", "foundation", "gmbh", "group",
	"groupe", "help", "helpdesk", "inc", "info", "infolettre", "information",
	"institute", "lettre", "list", "lists", "llc", "ltd", "mail", "mailer", "mailing",
	"marketing", "members", "news", "newsletter", "noreply", "notification",
	"notifications", "office", "orders", "postmaster", "press", "presse", "recipients",
	"redaction", "reply", "reports", "sales", "secretariat", "security", "service",
	"services", "society", "staff", "subject", "subscriptions", "support", "system",
	"team", "undisclosed", "unlisted", "updates", "users", "veille", "via", "webmaster",
};

/* Forms of address, academic degrees: they come and go with one person's name. */
static const char *const titles[] = {
	"dipl", "dott", "dr", "esq", "herr", "hon", "ing", "jd", "lic", "llm", "mag",
	"maitre", "mba", "md", "me", "miss", "mlle", "mme", "mr", "mrs", "ms", "msc", "mx",
	"phd", "prof", "professor", "rev", "sir",
};

/* Family names that so many bear that to meet one once here does not make it rare: the
 * first of the lists of frequent surnames that national statistics give (United States,
 * United Kingdom, China, Korea, Vietnam, Japan, India, Germany, France, Spain, Portugal and
 * Brazil, Italy, Russia, the Nordic countries, Poland, Czechia, Hungary, the Netherlands,
 * Turkey), without accents. */
static const char *const frequent_names[] = {
	"adams", "allen", "alves", "andersen", "anderson", "andersson", "baker", "becker",
	"bernard", "bianchi", "brown", "campbell", "carter", "chen", "choi", "clark", "costa",
	"davis", "demir", "diaz", "dubois", "durand", "edwards", "eriksson", "esposito",
	"evans", "fernandez", "ferrari", "ferreira", "fischer", "flores", "gao", "garcia",
	"gomez", "gonzalez", "green", "guo", "hall", "hansen", "harris", "hernandez", "hill",
	"hoffmann", "horvath", "hu", "huang", "hughes", "ito", "ivanov", "jackson", "jansen",
	"jensen", "johansen", "johansson", "johnson", "jones", "jong", "jung", "kang",
	"karlsson", "kato", "kaya", "khan", "kim", "king", "kobayashi", "kowalski", "kumar",
	"kuznetsov", "larsen", "laurent", "le", "lee", "lefebvre", "leroy", "lewis", "li",
	"lin", "liu", "lopez", "luo", "ma", "martin", "martinez", "meyer", "michel", "miller",
	"mitchell", "moore", "moreau", "mueller", "muller", "nagy", "nakamura", "nelson",
	"nguyen", "nielsen", "nilsson", "novak", "nowak", "oliveira", "olsen", "park", "patel",
	"pedersen", "pereira", "perez", "petit", "petrov", "pham", "popov", "ramirez",
	"richard", "rivera", "robert", "roberts", "robinson", "rodrigues", "rodriguez",
	"romano", "rossi", "roux", "russo", "sanchez", "santos", "sato", "schmidt",
	"schneider", "schulz", "scott", "sharma", "silva", "simon", "singh", "smirnov",
	"smith", "souza", "sun", "suzuki", "takahashi", "tanaka", "taylor", "thomas",
	"thompson", "torres", "tran", "turner", "vries", "wagner", "walker", "wang",
	"watanabe", "weber", "white", "williams", "wilson", "wood", "wright", "wu", "xu",
	"yamamoto", "yang", "yilmaz", "young", "zhang", "zhao", "zhou", "zhu",
};

/* Providers with a mailbox for everybody: those that the providers' own pages of help name
 * as the domains of their addresses. */
static const char *const public_domains[] = {
	"aol.com", "att.net", "bellsouth.net", "bigfoot.com", "bluewin.ch",
	"btinternet.com", "club-internet.fr", "comcast.net", "compuserve.com", "cox.net",
	"earthlink.net", "email.com", "excite.com", "fastmail.com", "fastmail.fm",
	"free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de",
	"gmx.net", "hanmail.net", "hotmail.co.uk", "hotmail.com", "hotmail.de",
	"hotmail.fr", "hotmail.it", "hushmail.com", "icloud.com", "inbox.ru", "juno.com",
	"laposte.net", "libero.it", "list.ru", "live.co.uk", "live.com", "live.fr",
	"lycos.com", "mail.com", "mail.ru", "mailbox.org", "mindspring.com", "msn.com",
	"naver.com", "netscape.net", "netzero.net", "numericable.fr", "orange.fr",
	"outlook.com", "outlook.fr", "posteo.de", "prodigy.net", "proton.me", "qq.com",
	"rediffmail.com", "riseup.net", "rocketmail.com", "sbcglobal.net", "sfr.fr",
	"swbell.net", "t-online.de", "tutanota.com", "verizon.net", "wanadoo.fr", "web.de",
	"yahoo.co.in", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.es",
	"yahoo.fr", "yahoo.it", "yandex.ru", "ymail.com", "zoho.com",
};

/* Domains of one provider that lead to the same mailbox, as the provider's pages of help
 * say: Google (googlemail), Apple (mac, me), Proton (pm, protonmail), Yandex (ya and the
 * countries'). Sorted by the first. */
static const struct { const char *domain, *main; } same_domains[] = {
	{ "googlemail.com", "gmail.com" }, { "mac.com", "icloud.com" }, { "me.com", "icloud.com" },
	{ "pm.me", "proton.me" }, { "protonmail.ch", "proton.me" }, { "protonmail.com", "proton.me" },
	{ "ya.ru", "yandex.ru" }, { "yandex.by", "yandex.ru" }, { "yandex.com", "yandex.ru" },
	{ "yandex.kz", "yandex.ru" }, { "yandex.ua", "yandex.ru" },
};

/* Below a country's two letters, what it hands out names under: those of the Public
 * Suffix List (publicsuffix.org) that several countries have. */
static const char *const country_parts[] = {
	"ac", "asso", "co", "com", "edu", "gob", "gouv", "gov", "gv", "ltd", "mil", "ne", "net",
	"nhs", "nom", "or", "org", "plc", "sch",
};

static int compare_word(const void *word, const void *row)
{
	return strcmp(word, *(const char *const *)row);
}

static const char *find(const char *word, const char *const *table, size_t count)
{
	const char *const *found = bsearch(word, table, count, sizeof *table, compare_word);

	return found ? *found : NULL;
}
#define FIND(word, table) find(word, table, G_N_ELEMENTS(table))

/* "no-reply.42" and "noreply" are one: only letters count. */
static const char *machine_part_of(const char *local, size_t size)
{
	char letters[64];
	size_t count = 0;

	for (size_t i = 0; i < size && count + 1 < sizeof letters; i++)
		if (g_ascii_isalpha(local[i]))
			letters[count++] = local[i];
	letters[count] = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(machine_parts); i++)
		if (strstr(letters, machine_parts[i]))
			return machine_parts[i];
	return NULL;
}

const char *role_word_of_address(const char *address)
{
	const char *at = strrchr(address, '@');
	size_t size = at ? (size_t)(at - address) : strlen(address);
	const char *found = machine_part_of(address, size);
	const char *tag = memchr(address, '+', size);

	if (tag && tag > address)       /* ann+news@ is Ann's */
		size = (size_t)(tag - address);
	for (size_t i = 0; !found && i < size; i++) {
		char word[24];
		size_t length = 0;

		while (i + length < size && g_ascii_isalpha(address[i + length]))
			length++;
		if (length > 1 && length < sizeof word) {
			memcpy(word, address + i, length);
			word[length] = '\0';
			found = FIND(word, role_words);
		}
		i += length;
	}
	return found;
}

bool is_role_word_in_name(const char *word)
{
	return FIND(word, office_words);
}

bool is_title(const char *word)
{
	return FIND(word, titles);
}

bool is_frequent_name(const char *word)
{
	return FIND(word, frequent_names);
}

int generation_of(const char *word)
{
	static const struct { const char *word; int generation; } generations[] = {
		{ "sr", 1 }, { "senior", 1 }, { "jr", 2 }, { "jnr", 2 }, { "junior", 2 }, { "ii", 2 },
		{ "iii", 3 }, { "iv", 4 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(generations); i++)
		if (!strcmp(generations[i].word, word))
			return generations[i].generation;
	return 0;
}

bool is_public_domain(const char *domain)
{
	return FIND(domain_main_name(domain), public_domains);
}

const char *domain_main_name(const char *domain)
{
	for (size_t i = 0; i < G_N_ELEMENTS(same_domains); i++)
		if (!strcmp(same_domains[i].domain, domain))
			return same_domains[i].main;
	return domain;
}

/* The label before the one at `from`, or NULL at the front. */
static const char *label_before(const char *domain, const char *from)
{
	if (from == domain)
		return NULL;
	for (from--; from > domain && from[-1] != '.'; from--)
		;
	return from;
}

static bool is_country_part(const char *label, const char *top)
{
	char word[8];
	size_t size = (size_t)(top - label) - 1;

	if (strlen(top) != 2 || size >= sizeof word)
		return false;
	memcpy(word, label, size);
	word[size] = '\0';
	return FIND(word, country_parts);
}

const char *domain_organisation(const char *domain)
{
	const char *dot = strrchr(domain, '.'), *top = dot ? dot + 1 : domain;
	const char *name = label_before(domain, top);

	if (name && is_country_part(name, top) && label_before(domain, name))
		name = label_before(domain, name);
	return name ? name : domain;
}

bool domain_ignores_dots(const char *domain)
{
	return !strcmp(domain_main_name(domain), "gmail.com");
}
