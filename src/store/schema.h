/* schema.h - what a case file is made of
 *
 * A case file is an SQLite database with application_id 0x45504953 ("EPIS")
 * and user_version CASEFILE_VERSION. Every table and column is explained where
 * it is created, in schema.c; SQLite keeps that text, so `sqlite3 CASE .schema`
 * shows it to whoever opens the file.
 *
 *   file ──< file (the members of a container)
 *   file ──< origin >── message ──< mention >── address, name
 *     │                    │ ├────< reference >── identifier
 *     │                    │ ├────< thread, conversation
 *     │                    │ └────< labelled >── label
 *     ├──< rejected        ├── list
 *     ├──< note            ├── body           address >── person, address ──< link >── address
 *     │                    └── verification
 *     └──< checked ──< signature >── dkim_key            (by origin; by fingerprint)
 *
 * What holds once a read has been finished (state.settled = 1):
 *   - every message has at least one origin; of those of a message the first by
 *     (file, offset, member) is the one that is counted, the others, and all those
 *     of the messages that are copies of it (message.original), are duplicates;
 *   - so origins + rejected = messages found;
 *   - no address, name, list, label or identifier is there without a use;
 *   - every address.person has its row in person, and the joined links of a person
 *     are as many as its addresses less one;
 *   - all ids are given in the order of reading, from 1;
 *   - verification has a row for each message that counts and of which a copy was checked.
 * While a read goes on, or after it was broken off, messages that are listed in
 * `loose` have no origin and do not count. Nor do copies of other messages ever.
 *
 * Numbers for words (role, kind, ...) are the enumerations of message.h and
 * casefile.h; the tables of the same names spell them out. Times are seconds
 * since 1970-01-01T00:00:00Z, NULL where there is none. For reading by eye
 * there are the views `messages`, `letters`, `replies` and `hidden`. */
#ifndef SCHEMA_H
#define SCHEMA_H

#define CASEFILE_APPLICATION_ID 0x45504953      /* "EPIS" */
#define CASEFILE_VERSION        4

/* Statements that make an empty case file, in order; NULL-terminated. */
extern const char *const schema_statements[];

/* Indexes, NULL-terminated. They are made when a first read ends, or has to look for
 * something before: kept up while it goes on they cost four times the insertion.
 *
 * Only what is looked up many times has one. One Message-ID, or the mentions of one address,
 * are found in a pass over their table, in the time that a chart takes to read all of it;
 * indexes for that were a sixth of the file and of the time to fill it. */
extern const char *const schema_indexes[];

#endif
