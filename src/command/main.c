/* main - pick the sub-command, report what failed, choose the exit code */
#include "command.h"

#include "epistograph/error.h"

#include <glib.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct command report_command = {
	"", "MAIL...", "read, rank, draw and export everything into output/",
	"Reads every file and folder given: .eml, Maildir, mbox of any dialect, archives of these. "
	"Writes into the folder (--output) the case file, charts (network, timeline, lifelines) as "
	"PNG, SVG and PDF, the table of key correspondents, the graph as GraphML, GEXF, JSON and "
	"CSV, and lists of what could not be read, of copies and of doubtful places. Run again on the "
	"same mail it reads only what is new.",
	NULL, command_report, NULL, NULL
};

static const struct command commands[] = {
	{ "read", "[-c CASE] MAIL...", "mail into the case file (only what is new or changed)",
	  "Reads every file and folder given and prints the account: files by what they were, "
	  "messages found = counted + duplicates + rejected. Containers (zip, tar, 7z, cpio, rar) and "
	  "compressed files (gzip, bzip2, xz, zstd) are read as they stand, in each other up to eight "
	  "deep, and their members are files of the account. Only header blocks are parsed. A run "
	  "that is broken off loses nothing: the same command goes on where it stopped.\n"
	  "Outlook: PST, OST and MSG with folders, the header where it was kept, else one made of the "
	  "item's fields, and recipients the header does not name (Bcc). Contacts, appointments and the "
	  "like are counted as no mail. Whom an item names by an entry in Exchange's directory alone (X.500) "
	  "gets the address that other items of the file have for it; where another file tells it of a "
	  "sender, as each MSG is one, the two are one person (rule directory). Apple's .emlx.\n"
	  "With --embedded messages inside messages are read too: attached ones (message/rfc822, also in "
	  "base64, in each other, Outlook's items), the parts of a digest, and what a report on a "
	  "delivery sends back, its header alone or all of it. They are known by the message's place and "
	  "the number of the part, mail/a.mbox@1834/part-2.1, count once with their copies, and are marked "
	  "in the account and in 'show'; --without-embedded leaves out those that are nowhere else. "
	  "Files that were read without the option, or with it, are read again.\n"
	  "Maildir, MH, Thunderbird and Apple Mail: messages that the program has for deleted and has not "
	  "removed are read and are findings; what is in a Maildir's tmp is counted as undelivered.\n"
	  "Gmail's Takeout: the labels of each message (X-Gmail-Labels) are kept, for --label and "
	  "--without-label, and so is Gmail's conversation. Nothing is left out by its label unless that "
	  "is asked for: mail in Spam and Trash counts, and labels are in the words of the account's "
	  "language.\n"
	  "Git repositories in which public-inbox keeps lists (also in its second format: NAME/git/0.git, "
	  "1.git and so on), where git is installed: each commit's message is a file of the account, "
	  "named COMMIT:m. What a list took out later is read and is a finding. git is shown the "
	  "objects alone: nothing that stands in a repository's configuration or hooks is run. "
	  "A repository of something else is named and not gone through.\n"
	  "Tables: load files (Concordance, CSV, TSV; UTF-8, UTF-16, Windows-1252) with a column for the "
	  "sender, one for recipients, and a word or an address that speaks of mail; edge lists "
	  "sender,recipient,date[,role,weight]. A row is a message, or as many as its weight says, and "
	  "two equal rows of an edge list are two messages; who has no address is known by the name. "
	  "Columns are found by their names, or given: --columns "
	  "from=3,to=5,date=7 by number, from=Author by name, header=none where the first row is a "
	  "record. A date like 03/04/2016 is read if all dates of its column agree in one order, or as "
	  "--date-order says, else not at all; a time without a zone is taken as UTC. How a table was "
	  "understood stands in 'show findings'.\n"
	  "Example: epistograph read --columns from=caller,to=called,date=begin --date-order dmy calls.csv",
	  NULL, command_read, NULL, NULL },
	{ "people", "[-c CASE]", "the key correspondents: a table, CSV or JSON", "",
	  command_people_explain, command_people, NULL, NULL },
	{ "draw", "CHART [WHO...] [-c CASE] [-o FILE.png|.svg|.pdf]", "one chart",
	  "Each chart says what it measures, over which time, how many messages are in it and how "
	  "many are not, and in words what a reader who does not see it must know (in the SVG's "
	  "<desc>, the PNG's and the PDF's metadata). A chart of one or two people takes them as WHO: "
	  "an address or an exact name. 'epistograph help draw timeline' has more on one chart, and "
	  "only its options.", command_draw_explain, command_draw, command_draw_explain_one,
	  command_draw_takes },
	{ "export", "graphml|gexf|csv|json [-c CASE] [-o FILE]", "the graph for other tools",
	  "graphml: Gephi, Cytoscape, yEd, NetworkX, igraph. gexf: Gephi, version 1.3. csv: two "
	  "files, FILE-nodes.csv and FILE-edges.csv, as Gephi imports them. json: node-link, as "
	  "NetworkX and d3 read it. Edge weight is strength; for shortest paths use 1/weight. "
	  "With --edges reply each edge has the median delay of its answers in seconds.",
	  NULL, command_export, NULL, NULL },
	{ "alias", "list|suggest|explain|merge|split|forget|apply|undo|words [-c CASE] [WHO...]",
	  "who is whom: the addresses of one person",
	  "When mail is read, addresses become people by rules, in this order. address: one mailbox "
	  "but for a +tag, stray quotes or a provider's own spelling. directory: one X.500 entry "
	  "beside both, or alee@org.example for the entry alee of org. reply-to: the sender had the "
	  "answers sent there. name+domain: one full name in one organisation. local+domain: no name, "
	  "but the address is made of one. name+common: "
	  "one full name and more common correspondents than chance gives. name+local: one full "
	  "name, both addresses with a word of it (which tells more where one is a provider's), a common "
	  "correspondent. name+answers: one full name, and "
	  "one answered what was addressed to the other. name+rare: one full name whose words hardly "
	  "anybody else has here (by 100 names at least), and a sign more: both addresses have a word "
	  "of it or begin alike, their domains are of one organisation, a common correspondent, an "
	  "answer. Correspondents are those one wrote to, was written to by, or written to with in a "
	  "message to 8 people or fewer. Addresses of roles, machines and "
	  "lists are nobody's; initials and generations must agree; john.lee@ and john.lee2@ of one "
	  "organisation are two people, and what may belong to either is left alone. Who has two full "
	  "names without a common word shares an address and is left alone.\n"
	  "list: people with several addresses, and what joins them. suggest: pairs that a rule "
	  "nearly joins, and those it would but for a reason. explain WHO: all that is known of one. "
	  "merge A B...: they are one, A the main address. split A...: each a person of its own. "
	  "forget A...: leave them to the rules again. apply FILE: decide as a file has it, instead "
	  "of all before. undo: take the last of these back, and the one before. Decisions stay when "
	  "more mail is read. words: the words that make an address one of a role or a machine, the "
	  "providers, the frequent names: what the rules know, and where it is from. Where they are "
	  "wrong about an address, merge and split decide.\n"
	  "The file has one line a person, after git's .mailmap: Ann Lee <ann@example.org> "
	  "<ann@home.example>. 'alias list --as-file' writes it; every command that shows people "
	  "takes it with --aliases FILE without changing the case.", NULL, command_alias, NULL, NULL },
	{ "verify", "[-c CASE] [--keys FILE]", "the messages' DKIM signatures, checked without a network",
	  "Takes the bytes of every message from its file again, checks each DKIM signature in the header "
	  "with the keys of --keys, and keeps the results in the case file, for --verified, 'draw timeline "
	  "--split verified' and 'show message'. The next run does what is new, what could not be read, "
	  "and what other keys would change; without --keys it takes those of the last time. A run that "
	  "is broken off loses nothing.\n"
	  "The key file has a DNS record a line: selector._domainkey.domain, blanks, the TXT record, bare "
	  "or as dig prints it. The DNS forgets: keys are changed, and those of old mail come from whoever "
	  "kept them. Of several records for one name all are tried (32 at most).\n"
	  "verified: a signature holds that covers From and whose domain (d=) is the sender's, or above "
	  "or below it. other-domain: one holds, but of another domain (a list, a mailing house): that "
	  "says nothing about the sender. untestable: there is no key, or the signature holds by an algorithm "
	  "or a key that is no proof any more (SHA-1, under 1024 bits; RFC 8301), or the bytes are not kept as "
	  "they were sent (Outlook, tables). failing: it was tested, and what was signed is not what is there; "
	  "lists and relays that change a message do that every day. unsigned: no signature. A message "
	  "of which there are copies is what the best of them is.\n"
	  "When a signature expires (x=) counts for nothing today: it proves what it did, and that it had "
	  "expired when the message arrived is noted. So is a signature for a part of the body only (l=), "
	  "behind which anything may have been added, and one that does not cover From, which never "
	  "verifies a message. Of an mbox the '>' before 'From ' is taken as found and taken away.\n"
	  "In the table a message stands under the domain whose signature decided, and the sums of the "
	  "columns are all messages of the case. Exit 1: a copy could not be read again.\n"
	  "Example: epistograph verify --keys keys.txt --csv", NULL, command_verify, NULL, NULL },
	{ "show", "message|person|edge|date|files|rejected|findings|duplicates|labels|missing",
	  "the messages behind a mark, and what became of the input",
	  "message ID, also FILE@OFFSET or a Message-ID: all about one message; with --raw its bytes, of "
	  "an Outlook item the header as it was read and the plain text. person WHO: what "
	  "somebody (an address or an exact name) sent and received. edge WHO WHO: from the first to "
	  "the second. date 2016-07-14, also 2016, 2016-Q3, 2016-07, or --since and --until: a column "
	  "of a timeline. A person and an edge have the mail that a network has, personal and list "
	  "mail to at most 100 people, a date all mail, unless options say otherwise: so the numbers "
	  "are those of the figure. Each message comes with its place, the file (seen from the "
	  "case's folder) and the byte it begins at; --raw takes it from there again.\n"
	  "files: every file and what it was. rejected: messages that could not be read, and why. "
	  "findings: doubtful message borders, one Message-ID with different contents. duplicates: "
	  "copies, and where the counted one is. missing: messages that others answer or name and that "
	  "are not here, which people answered them and so had them, by which of their addresses, and "
	  "to whom the answers went; --person WHO: those that WHO answered or was sent an answer to. "
	  "labels: those of Gmail's export, and how many messages have "
	  "each.\n"
	  "Example: epistograph show edge ann@example.org \"Bo Berg\" --since 2016 --csv",
	  NULL, command_show, NULL, NULL },
};

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static void print_usage(FILE *out)
{
	fprintf(out, "epistograph %s - who wrote to whom, and when, from e-mail archives\n\n"
	        "usage: epistograph [options] %s\n%30s%s\n", EPISTOGRAPH_VERSION,
	        report_command.arguments, "", report_command.summary);
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		fprintf(out, "       epistograph %s %s\n%30s%s\n", commands[i].name,
		        commands[i].arguments, "", commands[i].summary);
	fputs("       epistograph help [COMMAND]\n       epistograph --version\n", out);
}

/* "help", "help draw", "help draw timeline": argv ends with NULL. */
static int help(int argc, char **argv, struct error *err)
{
	char *only[] = { argv[0], (char *)"--help", NULL };

	if (argc < 3) {
		print_usage(stdout);
		return report_command.run(&report_command, 2, only, err);
	}
	const struct command *command = find(argv[2]);
	if (!command) {
		error_set(err, "there is no command '%s'", argv[2]);
		return STATUS_USAGE;
	}
	argv[2] = (char *)"--help";
	return command->run(command, argc - 1, argv + 1, err);
}

static int run(int argc, char **argv, struct error *err)
{
	const struct command *command;

	if (argc < 2) {
		print_usage(stderr);
		return STATUS_USAGE;
	}
	if (!strcmp(argv[1], "--version")) {
		printf("epistograph %s\n", EPISTOGRAPH_VERSION);
		return STATUS_DONE;
	}
	if (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
		return help(argc, argv, err);
	command = find(argv[1]);
	if (command)
		return command->run(command, argc - 1, argv + 1, err);
	return report_command.run(&report_command, argc, argv, err);
}

int main(int argc, char **argv)
{
	struct error err = { 0 };

	/* A closed pipe and a file at its largest size are failed writes, seen at the flush. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	int status = run(argc, argv, &err);
	if (err.message[0])
		fprintf(stderr, "epistograph: %s\n", err.message);
	if (status == STATUS_USAGE && err.message[0]) {
		bool known = argc > 1 && find(argv[1]);

		fprintf(stderr, "epistograph: see 'epistograph help%s%s'\n", known ? " " : "",
		        known ? argv[1] : "");
	}
	if ((fflush(stdout) != 0 || ferror(stdout)) && status <= STATUS_REJECTED) {
		if (errno != EPIPE)
			fprintf(stderr, "epistograph: cannot write standard output: %s\n",
			        g_strerror(errno));
		status = STATUS_FAILED;
	}
	return status;
}
