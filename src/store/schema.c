#include "schema.h"

#include <stddef.h>

static const char file_table[] =
	"CREATE TABLE file(               -- what was given to read, one row a file; the members of\n"
	"                                 -- a container (zip, tar, ...) are files as well\n"
	"  id INTEGER PRIMARY KEY,        -- in the order of reading, from 1\n"
	"  path TEXT NOT NULL,            -- as given; the bytes of the file system; each once. Of a\n"
	"                                 -- member the chain of names: leak.tar/box.zip/inbox.mbox. To\n"
	"                                 -- the second of a name in a container '#2' is added\n"
	"  size INTEGER NOT NULL,         -- bytes; of a member unpacked, -1 if not known; -1: a git\n"
	"                                 -- repository\n"
	"  modified_ns INTEGER NOT NULL,  -- the file's time stamp, to notice changes only; 0: a member;\n"
	"                                 -- of a git repository a number made of its branches\n"
	"  outcome INTEGER NOT NULL,      -- see table outcome\n"
	"  form TEXT,                     -- 'message', 'mbox', 'zip', ...; 'mbox in gzip' if packed;\n"
	"                                 -- NULL if not known\n"
	"  reason TEXT,                   -- why it was not read; NULL if it was\n"
	"  resume_offset INTEGER NOT NULL,-- of an unfinished file: all before it is stored, of a\n"
	"                                 -- container so many members are; else 0\n"
	"  container INTEGER REFERENCES file,-- the file on disk it is in, at whatever depth;\n"
	"                                 -- NULL: it is a file on disk\n"
	"  embedded INTEGER NOT NULL      -- 1: messages inside others were looked for: --embedded\n"
	")";

static const char message_table[] =
	"CREATE TABLE message(            -- one row a message, however many copies of it there are;\n"
	"                                 -- copies under other Message-IDs have rows of their own\n"
	"  id INTEGER PRIMARY KEY,        -- in the order of reading, from 1\n"
	"  original INTEGER REFERENCES message,      -- NULL: it counts; else the message that this one\n"
	"                                 -- is a copy of; said when a read ends\n"
	"  instant INTEGER,               -- seconds UTC; NULL: no date was found\n"
	"  kind INTEGER NOT NULL,         -- see table kind\n"
	"  date_source INTEGER NOT NULL,  -- where instant is from: see table date_source\n"
	"  date_verdict INTEGER NOT NULL, -- how far it can be trusted: see table date_verdict\n"
	"  date_doubt INTEGER NOT NULL,   -- why it is implausible: see table date_doubt; 0 if not\n"
	"  own_verdict INTEGER NOT NULL,  -- date_verdict by this header alone, without the doubts\n"
	"                                 -- 'thread' and 'archive', which come when a read ends\n"
	"  sender INTEGER REFERENCES address,        -- the author, else first From, else Sender\n"
	"  sender_source INTEGER NOT NULL,-- which of them, and where an author is from: see table\n"
	"                                 -- sender_source. What From says is in mention\n"
	"  list INTEGER REFERENCES list,  -- List-Id; NULL if none\n"
	"  faults INTEGER NOT NULL,       -- what was wrong with the header, bits: 1 no From,\n"
	"                                 -- 2 no recipient, 4 no Message-ID, 8 no Date, 16 bad Date,\n"
	"                                 -- 32 bad address, 64 cut at a bound, 128 no header at all,\n"
	"                                 -- 256 no header was kept: made of a record's fields\n"
	"  size INTEGER NOT NULL,         -- bytes of header and body\n"
	"  utc_offset_s INTEGER,          -- the sender's clock, seconds east of UTC; NULL: not known\n"
	"  received_gap_s INTEGER,        -- newest plausible Received minus instant, seconds\n"
	"  identifier INTEGER REFERENCES identifier, -- Message-ID; NULL if none\n"
	"  in_reply_to INTEGER REFERENCES identifier,-- first In-Reply-To; NULL if none\n"
	"  digest BLOB NOT NULL,          -- half a SHA-256 over From, Sender, To, Cc, Date, Subject,\n"
	"                                 -- Message-ID: copies of one message agree in it\n"
	"  copy_key BLOB,                 -- half a SHA-256 over sender, instant, subject, To and Cc: those\n"
	"                                 -- who agree in it may be copies; NULL: no sender, or neither\n"
	"                                 -- Date nor Outlook's time of sending\n"
	"  subject TEXT NOT NULL,         -- decoded; '' if none\n"
	"  date_raw TEXT NOT NULL,        -- the Date field as found; '' if none\n"
	"  kind_evidence TEXT NOT NULL,   -- the header field that told the kind; '' for personal\n"
	"  enclosure INTEGER NOT NULL     -- 0, or it is here only inside other messages: see table\n"
	"                                 -- enclosure. The least of its origins, copies' too; said when\n"
	"                                 -- a read ends\n"
	")";

static const char origin_table[] =
	"CREATE TABLE origin(             -- where a message was found: one row a copy\n"
	"  file INTEGER NOT NULL REFERENCES file,\n"
	"  offset INTEGER NOT NULL,       -- of its first byte in the file; of a packed file, in what\n"
	"                                 -- is unpacked of it\n"
	"  member TEXT NOT NULL,          -- '', or which of several messages at this offset: of one inside\n"
	"                                 -- another the number of its part, '2.1'; of a table '2 of 5'\n"
	"  message INTEGER NOT NULL REFERENCES message,\n"
	"  size INTEGER NOT NULL,         -- bytes of this copy\n"
	"  enclosure INTEGER NOT NULL,    -- whether it is inside another message: see table enclosure\n"
	"  PRIMARY KEY(file, offset, member)\n"
	") WITHOUT ROWID";

static const char identifier_table[] =
	"CREATE TABLE identifier(         -- Message-IDs, of messages here and of those only referred to\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  message_id TEXT NOT NULL,      -- without <>; each once\n"
	"  message INTEGER REFERENCES message        -- the first that has it; NULL: not in this case\n"
	")";

static const char reference_table[] =
	"CREATE TABLE reference(          -- the References field: a message's ancestors\n"
	"  message INTEGER NOT NULL REFERENCES message,\n"
	"  position INTEGER NOT NULL,     -- from 0, oldest first\n"
	"  identifier INTEGER NOT NULL REFERENCES identifier,\n"
	"  PRIMARY KEY(message, position)\n"
	") WITHOUT ROWID";

static const char thread_table[] =
	"CREATE TABLE thread(             -- what messages answer, copies too; made when a read ends.\n"
	"                                 -- Who has no row answers nothing: the thread is its own id\n"
	"  message INTEGER PRIMARY KEY REFERENCES message,\n"
	"  parent INTEGER REFERENCES message,        -- what it answers, or (link 'gmail') the first of\n"
	"                                 -- its conversation; NULL: nothing, or it is\n"
	"  absent INTEGER REFERENCES identifier,     -- this one, which is not in the case\n"
	"  link INTEGER NOT NULL,         -- what says so: see table thread_link\n"
	"  thread INTEGER NOT NULL        -- the conversation: the lowest message in it\n"
	")";

static const char address_table[] =
	"CREATE TABLE address(            -- e-mail addresses, each once\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  address TEXT NOT NULL UNIQUE,  -- domain in Unicode, all in lower case\n"
	"  person INTEGER NOT NULL,       -- whose it is: the id of that person's main address; its\n"
	"                                 -- own if it stands alone. Worked out when a read ends\n"
	"  name INTEGER REFERENCES name   -- display name seen most, first of all in From;\n"
	"                                 -- NULL if none; chosen when a read ends\n"
	")";

static const char person_table[] =
	"CREATE TABLE person(             -- correspondents: worked out anew when a read ends\n"
	"  id INTEGER PRIMARY KEY REFERENCES address, -- the main address: the one the user put\n"
	"                                 -- first, else the one most used in From\n"
	"  name TEXT NOT NULL             -- the user's, else the full name seen most; '' if none\n"
	")";

static const char link_table[] =
	"CREATE TABLE link(               -- why addresses are one person, or might be\n"
	"  address INTEGER NOT NULL REFERENCES address,\n"
	"  other INTEGER NOT NULL REFERENCES address,\n"
	"  rule TEXT NOT NULL,            -- 'user', 'address', 'directory', 'reply-to',\n"
	"                                 -- 'name+domain', 'local+domain', 'name+common',\n"
	"                                 -- 'name+local', 'name+answers', 'name+rare', 'name'\n"
	"  state TEXT NOT NULL,           -- 'joined': they are one person by this; 'suggested': too\n"
	"                                 -- little; 'refused': something speaks against it\n"
	"  score REAL NOT NULL,           -- 0 to 1; from 0.9 on it joins\n"
	"  confirmed INTEGER NOT NULL,    -- 1: the user said that they are one\n"
	"  evidence TEXT NOT NULL,        -- a sentence\n"
	"  PRIMARY KEY(address, other)\n"
	") WITHOUT ROWID";

static const char alias_table[] =
	"CREATE TABLE alias(              -- what the user decided; kept from read to read\n"
	"  address TEXT PRIMARY KEY,      -- it need not be in this case\n"
	"  person TEXT NOT NULL,          -- the main address of its person: addresses that agree in\n"
	"                                 -- it are one person, others never; who is alone stays so\n"
	"  name TEXT NOT NULL             -- of the person; '' if the user gave none\n"
	") WITHOUT ROWID";

static const char alias_before_table[] =
	"CREATE TABLE alias_before(       -- table alias as it was before each change, for undoing\n"
	"  step INTEGER NOT NULL,         -- the change, from 1\n"
	"  address TEXT NOT NULL,         -- as there; one row a step has '': there may be no other\n"
	"  person TEXT NOT NULL,\n"
	"  name TEXT NOT NULL,\n"
	"  PRIMARY KEY(step, address)\n"
	") WITHOUT ROWID";

static const char name_table[] =
	"CREATE TABLE name(               -- display names, each once\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  name TEXT NOT NULL UNIQUE\n"
	")";

static const char mention_table[] =
	"CREATE TABLE mention(            -- addresses named in a message's header\n"
	"  message INTEGER NOT NULL REFERENCES message,\n"
	"  position INTEGER NOT NULL,     -- from 0, in the order of the header; then what only\n"
	"                                 -- further copies name (a Bcc, Delivered-To, Resent-*)\n"
	"  role INTEGER NOT NULL,         -- see table role\n"
	"  address INTEGER REFERENCES address,       -- NULL: only a name was given\n"
	"  name INTEGER REFERENCES name,  -- NULL: only an address was given\n"
	"  PRIMARY KEY(message, position)\n"
	") WITHOUT ROWID";

static const char list_table[] =
	"CREATE TABLE list(               -- mailing lists\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  list_id TEXT NOT NULL UNIQUE   -- List-Id without <>, in lower case\n"
	")";

static const char label_table[] =
	"CREATE TABLE label(              -- Gmail's labels, in the words of its export: Inbox, Spam, ...\n"
	"  id INTEGER PRIMARY KEY,\n"
	"  label TEXT NOT NULL UNIQUE     -- decoded, as found\n"
	")";

static const char labelled_table[] =
	"CREATE TABLE labelled(           -- which labels a message has, its copies' among them\n"
	"  message INTEGER NOT NULL REFERENCES message,\n"
	"  label INTEGER NOT NULL REFERENCES label,\n"
	"  PRIMARY KEY(message, label)\n"
	") WITHOUT ROWID";

static const char conversation_table[] =
	"CREATE TABLE conversation(       -- what Gmail puts together (X-GM-THRID); others have no row\n"
	"  message INTEGER PRIMARY KEY REFERENCES message,\n"
	"  number INTEGER NOT NULL        -- of Gmail's, the same for all messages of a conversation\n"
	")";

static const char body_table[] =
	"CREATE TABLE body(               -- of messages that have the copy_key of another one\n"
	"  message INTEGER PRIMARY KEY REFERENCES message,\n"
	"  digest BLOB                    -- half a SHA-256 over the body without white space: those who\n"
	"                                 -- agree in this too are copies; NULL: it could not be read\n"
	")";

static const char rejected_table[] =
	"CREATE TABLE rejected(           -- messages found that could not be read\n"
	"  file INTEGER NOT NULL REFERENCES file,\n"
	"  offset INTEGER NOT NULL,\n"
	"  size INTEGER NOT NULL,         -- bytes, -1 if not known\n"
	"  reason TEXT NOT NULL,\n"
	"  PRIMARY KEY(file, offset)\n"
	") WITHOUT ROWID";

static const char note_table[] =
	"CREATE TABLE note(               -- findings: places a user should look at\n"
	"  file INTEGER NOT NULL REFERENCES file,\n"
	"  offset INTEGER NOT NULL,       -- -1: the file as a whole\n"
	"  kind TEXT NOT NULL,            -- 'same-id', 'no-blank-line', ...\n"
	"  text TEXT NOT NULL,            -- a sentence\n"
	"  PRIMARY KEY(file, offset, kind)\n"
	") WITHOUT ROWID";

static const char dkim_key_table[] =
	"CREATE TABLE dkim_key(           -- the keys that signatures were checked with: verify --keys\n"
	"  name TEXT NOT NULL,            -- selector._domainkey.domain\n"
	"  record TEXT NOT NULL,          -- what the DNS had there; several of a name are all tried\n"
	"  fingerprint TEXT NOT NULL,     -- 16 hexadecimal digits of the record's SHA-256\n"
	"  PRIMARY KEY(name, record)\n"
	") WITHOUT ROWID";

static const char checked_table[] =
	"CREATE TABLE checked(            -- copies of messages whose signatures were checked: 'verify'\n"
	"  file INTEGER NOT NULL REFERENCES file,    -- these three as in origin\n"
	"  offset INTEGER NOT NULL,\n"
	"  member TEXT NOT NULL,\n"
	"  status INTEGER NOT NULL,       -- see table signature_status\n"
	"  decided INTEGER,               -- signature.position of the one that made it so; NULL: none\n"
	"  reason TEXT NOT NULL,          -- why there was nothing to check; '' if there was\n"
	"  unread INTEGER NOT NULL,       -- 1: its bytes could not be read; it is tried again\n"
	"  PRIMARY KEY(file, offset, member)\n"
	") WITHOUT ROWID";

static const char signature_table[] =
	"CREATE TABLE signature(          -- DKIM signatures, in the order of each copy's header\n"
	"  file INTEGER NOT NULL REFERENCES file,    -- these three as in origin\n"
	"  offset INTEGER NOT NULL,\n"
	"  member TEXT NOT NULL,\n"
	"  position INTEGER NOT NULL,     -- from 0, the topmost\n"
	"  domain TEXT NOT NULL,          -- d=, who signed; in lower case, '' if damaged\n"
	"  selector TEXT NOT NULL,        -- s=, with which key\n"
	"  algorithm TEXT NOT NULL,       -- a=\n"
	"  result INTEGER NOT NULL,       -- see table signature_result\n"
	"  reason TEXT NOT NULL,          -- why it does not pass; '' if it does\n"
	"  fingerprint TEXT NOT NULL,     -- of the key in dkim_key; '' if there was none\n"
	"  flags INTEGER NOT NULL,        -- bits: 1 of the sender's own domain, 2 part of the body is\n"
	"                                 -- not signed (l=), not signed: 4 From, 8 Date, 16 To, 32\n"
	"                                 -- Subject; 64 it had expired when it arrived, 128 the key is\n"
	"                                 -- for tests, 256 it holds without the '>' that a mailbox has\n"
	"                                 -- before 'From '\n"
	"  signed_at INTEGER,             -- t=, seconds UTC; NULL if not there\n"
	"  expires INTEGER,               -- x=, the same\n"
	"  PRIMARY KEY(file, offset, member, position)\n"
	") WITHOUT ROWID";

static const char verification_table[] =
	"CREATE TABLE verification(       -- what signatures say of a message: that of its copies for\n"
	"                                 -- which they speak most\n"
	"  message INTEGER PRIMARY KEY REFERENCES message,\n"
	"  status INTEGER NOT NULL,       -- see table signature_status\n"
	"  domain TEXT,                   -- of the signature that made it so; NULL: none did\n"
	"  result INTEGER,                -- of that one: see table signature_result\n"
	"  flags INTEGER NOT NULL         -- the same; 0 if none\n"
	")";

static const char loose_table[] =
	"CREATE TABLE loose(              -- only during a read: messages whose last file was changed\n"
	"  message INTEGER PRIMARY KEY REFERENCES message\n"
	"                                 -- and which were not found again yet; removed at its end\n"
	")";

static const char state_table[] =
	"CREATE TABLE state(              -- one row\n"
	"  settled INTEGER NOT NULL,      -- 1: a read was ended after the last message was stored\n"
	"  changed INTEGER NOT NULL,      -- 1, only during a read: a file had changed since the last\n"
	"  table_options TEXT NOT NULL,   -- how tables were read last: --columns and --date-order\n"
	"  with_cc INTEGER NOT NULL,      -- messages that count and have an address in Cc\n"
	"  bcc_is_cc INTEGER NOT NULL     -- of these, whose Bcc has just the addresses of the Cc\n"
	")";

static const char messages_view[] =
	"CREATE VIEW messages AS          -- a message a row, to be read by eye\n"
	"SELECT message.id,\n"
	"  strftime('%Y-%m-%dT%H:%M:%SZ', message.instant, 'unixepoch') AS instant,\n"
	"  date_verdict.word AS date_verdict, date_source.word AS date_source,\n"
	"  date_doubt.word AS date_doubt, kind.word AS kind,\n"
	"  sender.address AS sender, name.name AS sender_name,\n"
	"  sender_source.word AS sender_source, message.subject,\n"
	"  identifier.message_id, list.list_id AS list, message.size, file.path AS file, origin.offset,\n"
	"  origin.member, enclosure.word AS enclosure,\n"
	"  signature_status.word AS signature,\n"
	"  (SELECT count(*) FROM origin AS copy WHERE copy.message = message.id)\n"
	"  + (SELECT count(*) FROM message AS same JOIN origin AS copy ON copy.message = same.id\n"
	"     WHERE same.original = message.id) AS copies\n"
	"FROM message\n"
	"  JOIN kind ON kind.number = message.kind\n"
	"  JOIN date_source ON date_source.number = message.date_source\n"
	"  JOIN date_verdict ON date_verdict.number = message.date_verdict\n"
	"  JOIN date_doubt ON date_doubt.number = message.date_doubt\n"
	"  JOIN sender_source ON sender_source.number = message.sender_source\n"
	"  JOIN enclosure ON enclosure.number = message.enclosure\n"
	"  JOIN origin ON (origin.file, origin.offset, origin.member) =\n"
	"    (SELECT file, offset, member FROM origin AS first WHERE first.message = message.id\n"
	"     ORDER BY file, offset, member LIMIT 1)\n"
	"  JOIN file ON file.id = origin.file\n"
	"  LEFT JOIN address AS sender ON sender.id = message.sender\n"
	"  LEFT JOIN name ON name.id = sender.name\n"
	"  LEFT JOIN identifier ON identifier.id = message.identifier\n"
	"  LEFT JOIN list ON list.id = message.list\n"
	"  LEFT JOIN verification ON verification.message = message.id\n"
	"  LEFT JOIN signature_status ON signature_status.number = verification.status\n"
	"WHERE message.original IS NULL";

static const char letters_view[] =
	"CREATE VIEW letters AS           -- a row for each message and each recipient in To, Cc, Bcc\n"
	"                                 -- (a Bcc that only a copy under another Message-ID names is not here)\n"
	"SELECT message.id AS message,\n"
	"  strftime('%Y-%m-%dT%H:%M:%SZ', message.instant, 'unixepoch') AS instant,\n"
	"  sender.address AS sender, recipient.address AS recipient, role.word AS role,\n"
	"  message.subject, file.path AS file, origin.offset,\n"
	"  from_person.address AS sender_person, to_person.address AS recipient_person\n"
	"FROM message\n"
	"  JOIN mention ON mention.message = message.id\n"
	"  JOIN role ON role.number = mention.role AND role.word IN ('to', 'cc', 'bcc')\n"
	"  JOIN address AS recipient ON recipient.id = mention.address\n"
	"  JOIN origin ON (origin.file, origin.offset, origin.member) =\n"
	"    (SELECT file, offset, member FROM origin AS first WHERE first.message = message.id\n"
	"     ORDER BY file, offset, member LIMIT 1)\n"
	"  JOIN file ON file.id = origin.file\n"
	"  JOIN address AS to_person ON to_person.id = recipient.person\n"
	"  LEFT JOIN address AS sender ON sender.id = message.sender\n"
	"  LEFT JOIN address AS from_person ON from_person.id = sender.person\n"
	"WHERE message.original IS NULL";

static const char replies_view[] =
	"CREATE VIEW replies AS           -- a row for each message whose own header says what it\n"
	"SELECT message.id AS message,    -- answers, where that is here as well\n"
	"  strftime('%Y-%m-%dT%H:%M:%SZ', message.instant, 'unixepoch') AS instant,\n"
	"  sender.address AS sender, answered.address AS answered, parent.id AS parent,\n"
	"  message.instant - parent.instant AS delay_s, thread_link.word AS link, thread.thread,\n"
	"  message.subject\n"
	"FROM thread\n"
	"  JOIN message ON message.id = thread.message\n"
	"  JOIN message AS parent ON parent.id = thread.parent\n"
	"  JOIN thread_link ON thread_link.number = thread.link\n"
	"    AND thread_link.word IN ('references', 'in-reply-to')\n"
	"  LEFT JOIN address AS sender ON sender.id = message.sender\n"
	"  LEFT JOIN address AS answered ON answered.id = parent.sender\n"
	"WHERE message.original IS NULL";

static const char hidden_view[] =
	"CREATE VIEW hidden AS            -- a row for each person to whom a message was delivered\n"
	"SELECT message.id AS message,    -- that names him nowhere, and that no list has sent him\n"
	"  strftime('%Y-%m-%dT%H:%M:%SZ', message.instant, 'unixepoch') AS instant,\n"
	"  sender.address AS sender, recipient.address AS recipient, message.subject\n"
	"FROM message\n"
	"  JOIN kind ON kind.number = message.kind AND kind.word NOT IN ('list', 'bulk')\n"
	"  JOIN mention ON mention.message = message.id\n"
	"  JOIN role ON role.number = mention.role AND role.word = 'delivered-to'\n"
	"  JOIN address AS recipient ON recipient.id = mention.address\n"
	"  LEFT JOIN address AS sender ON sender.id = message.sender\n"
	"WHERE message.original IS NULL\n"
	"  AND NOT EXISTS (SELECT 1 FROM mention AS said JOIN address ON address.id = said.address\n"
	"  JOIN role ON role.number = said.role AND role.word IN ('to', 'cc', 'bcc', 'resent-to',\n"
	"    'resent-cc', 'resent-bcc')\n"
	"  WHERE said.message = message.id AND address.person = recipient.person)";

const char *const schema_statements[] = {
	file_table, message_table, origin_table, identifier_table, reference_table,
	thread_table, address_table, person_table, link_table, alias_table,
	alias_before_table, name_table, mention_table,
	list_table, label_table, labelled_table, conversation_table, body_table, rejected_table,
	note_table, dkim_key_table, checked_table, signature_table, verification_table, loose_table,
	state_table,
	"CREATE TABLE role(number INTEGER PRIMARY KEY, word TEXT NOT NULL)  -- of mention.role",
	"CREATE TABLE kind(number INTEGER PRIMARY KEY, word TEXT NOT NULL)  -- of message.kind",
	"CREATE TABLE date_source(number INTEGER PRIMARY KEY, word TEXT NOT NULL)",
	"CREATE TABLE date_verdict(number INTEGER PRIMARY KEY, word TEXT NOT NULL)",
	"CREATE TABLE date_doubt(number INTEGER PRIMARY KEY, word TEXT NOT NULL)",
	"CREATE TABLE thread_link(number INTEGER PRIMARY KEY, word TEXT NOT NULL)",
	"CREATE TABLE sender_source(number INTEGER PRIMARY KEY, word TEXT NOT NULL)",
	"CREATE TABLE enclosure(number INTEGER PRIMARY KEY, word TEXT NOT NULL)",
	"CREATE TABLE outcome(number INTEGER PRIMARY KEY, word TEXT NOT NULL)  -- of file.outcome",
	"CREATE TABLE signature_status(number INTEGER PRIMARY KEY, word TEXT NOT NULL)",
	"CREATE TABLE signature_result(number INTEGER PRIMARY KEY, word TEXT NOT NULL)",
	messages_view, letters_view, replies_view, hidden_view,
	"INSERT INTO state VALUES (1, 0, '', 0, 0)",
	"INSERT INTO role VALUES (0, 'from'), (1, 'sender'), (2, 'reply-to'), (3, 'to'), (4, 'cc'),"
	" (5, 'bcc'), (6, 'resent-from'), (7, 'resent-to'), (8, 'resent-cc'), (9, 'resent-bcc'),"
	" (10, 'delivered-to'), (11, 'directory'), (12, 'author')",
	"INSERT INTO kind VALUES (0, 'personal'), (1, 'list'), (2, 'bulk'), (3, 'automatic')",
	"INSERT INTO date_source VALUES (0, 'none'), (1, 'Date'), (2, 'Received'), (3, 'separator'),"
	" (4, 'table'), (5, 'submit'), (6, 'delivery')",
	"INSERT INTO date_verdict VALUES (0, 'good'), (1, 'repaired'), (2, 'replaced'),"
	" (3, 'implausible'), (4, 'missing')",
	"INSERT INTO date_doubt VALUES (0, 'none'), (1, 'early'), (2, 'late'), (3, 'Received'),"
	" (4, 'thread'), (5, 'archive')",
	"INSERT INTO thread_link VALUES (0, 'none'), (1, 'references'), (2, 'in-reply-to'),"
	" (3, 'others'), (4, 'subject'), (5, 'gmail')",
	"INSERT INTO sender_source VALUES (0, 'none'), (1, 'From'), (2, 'Sender'),"
	" (3, 'X-Original-From'), (4, 'Reply-To'), (5, 'Cc'), (6, 'address')",
	"INSERT INTO enclosure VALUES (0, 'none'), (1, 'attached'), (2, 'returned')",
	"INSERT INTO signature_status VALUES (0, 'verified'), (1, 'other-domain'), (2, 'untestable'),"
	" (3, 'failing'), (4, 'unsigned')",
	"INSERT INTO signature_result VALUES (0, 'pass'), (1, 'weak'), (2, 'fail'), (3, 'untestable')",
	"INSERT INTO outcome VALUES (0, 'unfinished'), (1, 'mail'), (2, 'empty'), (3, 'not-mail'),"
	" (4, 'unreadable'), (5, 'special'), (6, 'repeated'), (7, 'container'),"
	" (8, 'undelivered')",
	NULL
};

const char *const schema_indexes[] = {
	"CREATE INDEX IF NOT EXISTS origin_message ON origin(message)",
	"CREATE INDEX IF NOT EXISTS message_original ON message(original)"
	" WHERE original IS NOT NULL",
	"CREATE INDEX IF NOT EXISTS file_container ON file(container)"
	" WHERE container IS NOT NULL",
	NULL
};
