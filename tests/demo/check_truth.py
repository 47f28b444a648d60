#!/usr/bin/env python3
"""Compare a case file, and what was exported from it, with the truth of a demonstration archive.

usage: check_truth.py DIR CASE [--nodes NODES.csv] [--edges EDGES.csv]

DIR as make_archive wrote it, CASE as `epistograph read -c CASE DIR/mail` did;
the edges are those of `epistograph export csv --no-aliases --max-recipients 0`, the nodes
those of it with --no-aliases alone: no mailing is to decide who belongs to whom. Prints TAP."""

import argparse
import csv
import datetime
import math
import sqlite3
from collections import Counter, defaultdict

from truth import Tap, rows, totals

ROLES = ("to", "cc", "bcc")


def inside(path):
    """A path as the truth has it, from mail/ on."""
    return path[path.rindex("mail/", 0, path.find("/mail/") + 6):] if "/mail/" in path else path


def instant(text):
    """ISO text as seconds since 1970; None for an empty text."""
    if not text:
        return None
    date = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    return int(date.replace(tzinfo=datetime.timezone.utc).timestamp())


class Case:
    """The case file, its numbers turned into words and its messages found by their first copy."""

    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.message_at = {}
        for file, offset, message in self.all("SELECT path, offset, ifnull(original, message.id) FROM origin"
                                              " JOIN file ON file.id = origin.file"
                                              " JOIN message ON message.id = origin.message"):
            self.message_at[inside(file), offset] = message

    def all(self, sql):
        return self.db.execute(sql).fetchall()

    def one(self, sql):
        return self.db.execute(sql).fetchone()[0]

    def words(self, table):
        return dict(self.all(f"SELECT number, word FROM {table}"))


def check_totals(tap, case, directory):
    want = totals(directory)
    outcomes = case.words("outcome")
    files = Counter({outcomes[o]: n for o, n in case.all("SELECT outcome, count(*) FROM file GROUP BY 1")})
    tap.equal("files by what became of them", dict(files),
              {name: want[name] for name in ("mail", "not-mail", "empty", "repeated", "undelivered")
               if want[name]})
    got = {"files": case.one("SELECT count(*) FROM file"),
           "counted": case.one("SELECT count(*) FROM message WHERE original IS NULL"),
           "rejected": case.one("SELECT count(*) FROM rejected"),
           "found": case.one("SELECT (SELECT count(*) FROM origin) + (SELECT count(*) FROM rejected)"),
           "addresses": case.one("SELECT count(*) FROM address"),
           "without_sender": case.one("SELECT count(*) FROM message WHERE sender IS NULL AND original IS NULL"),
           "without_id": case.one("SELECT count(*) FROM message WHERE identifier IS NULL AND original IS NULL"),
           "without_recipient": case.one("SELECT count(*) FROM message WHERE original IS NULL"
                                         " AND id NOT IN (SELECT message FROM"
                                         " mention WHERE role IN (3, 4, 5) AND address IS NOT NULL)"),
           "same_id": case.one("SELECT count(*) FROM note WHERE kind = 'same-id'"),
           "converted": case.one("SELECT count(*) FROM message WHERE original IS NOT NULL"),
           "twins": case.one("SELECT sum(n - 1) FROM (SELECT count(*) AS n FROM message WHERE original IS NULL"
                             " AND copy_key IS NOT NULL GROUP BY copy_key)")}
    got["duplicates"] = got["found"] - got["counted"] - got["rejected"]
    for column in ("kind", "date_source", "date_verdict"):
        words = case.words(column)
        got.update({word: 0 for word in words.values()})
        got.update({words[n]: c for n, c in case.all(f"SELECT {column}, count(*) FROM message"
                                                     " WHERE original IS NULL GROUP BY 1")})
    # No word that the truth does not name is met.
    tap.equal("sums of the account", got, {name: want.get(name, 0) for name in got})


def check_places(tap, case, directory):
    """Every copy where it was put, and copies of one message together."""
    origins = rows(directory, "origins.csv")
    places = {(row["path"], int(row["offset"])): int(row["message"]) for row in origins}
    tap.equal("places of messages, file and byte offset", set(case.message_at), set(places))
    together = defaultdict(set), defaultdict(set)
    for place in set(places) & set(case.message_at):
        together[0][case.message_at[place]].add(place)
        together[1][places[place]].add(place)
    tap.equal("copies of one message", {frozenset(s) for s in together[0].values()},
              {frozenset(s) for s in together[1].values()})
    under_other = {(inside(path), offset) for path, offset in case.all(
        "SELECT path, offset FROM origin JOIN file ON file.id = origin.file"
        " JOIN message ON message.id = origin.message WHERE original IS NOT NULL")}
    tap.equal("copies under another Message-ID, and no others", under_other,
              {(row["path"], int(row["offset"])) for row in rows(directory, "duplicates.csv")
               if row["converted"] == "1"})
    doubts = {(row["path"], int(row["offset"]), row["doubt"]) for row in rows(directory, "doubtful.csv")}
    notes = case.all("SELECT path, offset, kind FROM note JOIN file ON file.id = note.file"
                     " WHERE kind <> 'same-id'")
    tap.equal("doubtful separators", {(inside(path), offset, kind) for path, offset, kind in notes}, doubts)
    return {number: case.message_at.get(place) for place, number in places.items()}


MESSAGE_COLUMNS = """SELECT message.id, identifier.message_id, kind, sender.address, instant, utc_offset_s,
 date_source, date_verdict, parent.message_id, list.list_id, subject
 FROM message LEFT JOIN identifier ON identifier.id = message.identifier
 LEFT JOIN identifier AS parent ON parent.id = message.in_reply_to
 LEFT JOIN address AS sender ON sender.id = message.sender
 LEFT JOIN list ON list.id = message.list"""


def check_messages(tap, case, directory, message_of):
    """Column by column, each message exactly."""
    names = ("message_id", "kind", "sender", "instant", "utc_offset_s", "date_source", "date_verdict",
             "in_reply_to", "list_id", "subject")
    words = {name: case.words(name) for name in ("kind", "date_source", "date_verdict")}
    found = {row[0]: [words[name][value] if name in words else value
                      for name, value in zip(names, row[1:])] for row in case.all(MESSAGE_COLUMNS)}
    truth = rows(directory, "messages.csv")
    for index, name in enumerate(names):
        got, want = {}, {}
        for row in truth:
            number = int(row["message"])
            value = row[name] or None
            if name == "instant":
                value = instant(value)
            elif name == "utc_offset_s" and value is not None:
                value = int(value)
            want[number] = value
            message = found.get(message_of.get(number))
            got[number] = message[index] or None if message and name != "instant" and name != "utc_offset_s" \
                else message[index] if message else "no such message"
            if name == "utc_offset_s" and row["date_source"] != "Date":
                got[number] = want[number]      # the sender's clock is unknown or another's
        tap.equal(f"{name} of each message", got, want)


def visible_recipients(case):
    """message -> {address: role}, the most visible role first."""
    recipients = defaultdict(dict)
    for message, role, address in case.all("SELECT ifnull(original, message.id), role, address.address FROM mention"
                                           " JOIN message ON message.id = mention.message"
                                           " JOIN address ON address.id = mention.address WHERE role IN (3, 4, 5)"
                                           " ORDER BY 1, role"):
        recipients[message].setdefault(address, ROLES[role - 3])
    return recipients


def tie_counts(tap, case, directory, message_of):
    """Ties by DESIGN: each message once, each recipient once, none to oneself."""
    recipients = visible_recipients(case)
    truth = rows(directory, "messages.csv")
    tap.equal("number of recipients of each message",
              {int(row["message"]): len(recipients[message_of.get(int(row["message"]))]) for row in truth},
              {int(row["message"]): int(row["recipients"]) for row in truth})
    ties = defaultdict(Counter)
    kinds = case.words("kind")
    for message, kind, sender in case.all("SELECT message.id, kind, address FROM message JOIN address"
                                          " ON address.id = sender WHERE original IS NULL"):
        for address, role in recipients[message].items():
            if address == sender:
                continue
            ties[sender, address]["all"] += 1
            if kinds[kind] in ("personal", "list"):
                ties[sender, address][role] += 1
    return {ends: tuple(tie[key] for key in (*ROLES, "all")) for ends, tie in ties.items()}


def check_ties(tap, case, directory, message_of):
    want = {(row["from"], row["to"]): tuple(int(row[key]) for key in
                                            ("to_count", "cc_count", "bcc_count", "all_messages"))
            for row in rows(directory, "ties.csv")}
    tap.equal("ties by to, cc, bcc and all kinds of mail", tie_counts(tap, case, directory, message_of), want)


def check_names(tap, case, directory):
    truth = rows(directory, "addresses.csv")
    found = dict(case.all("SELECT address, coalesce(name.name, '') FROM address"
                          " LEFT JOIN name ON name.id = address.name"))
    tap.equal("addresses", set(found), {row["address"] for row in truth if row["mentioned"] == "1"})
    want = {row["address"]: row["name"] for row in truth if found.get(row["address"])}
    tap.equal("names of addresses that have one", {address: found[address] for address in want}, want)
    bare = [address for address in found if not found[address]]
    named = {row["address"] for row in truth if row["name"]}
    share = sum(address in named for address in bare) / max(1, len(named))
    tap.fact("nearly all names were seen", share < 0.05, [f"{share:.1%} of addresses without their name"])


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_edges(tap, path, directory):
    want = {(row["from"], row["to"]): tuple(int(row[key]) for key in
                                            ("messages", "to_count", "cc_count", "bcc_count"))
            for row in rows(directory, "ties.csv") if row["messages"] != "0"}
    got = {(row["source_address"], row["target_address"]):
           tuple(int(row[key]) for key in ("messages", "to", "cc", "bcc")) for row in table(path)}
    tap.equal("exported edges by messages, to, cc, bcc", got, want)


def entropy(counts):
    total = sum(counts)
    return -sum(n / total * math.log(n / total) for n in counts)


def normalised_mutual_information(pairs):
    """2 I / (H1 + H2), as igraph has it (Danon et al. 2005, doi:10.1088/1742-5468/2005/09/P09008)."""
    one, two, both = Counter(a for a, _ in pairs), Counter(b for _, b in pairs), Counter(pairs)
    h1, h2, h12 = (entropy(counter.values()) for counter in (one, two, both))
    return 2 * (h1 + h2 - h12) / (h1 + h2) if h1 + h2 else 1.0


def check_groups(tap, path, directory):
    group = {row["address"]: row["group"] for row in rows(directory, "addresses.csv")}
    pairs = [(group[row["address"]], row["community"]) for row in table(path)
             if group.get(row["address"])]
    planted = len({a for a, _ in pairs})
    tap.fact("members of every planted group are in the network",
             planted == len(rows(directory, "groups.csv")), [f"{planted} groups"])
    nmi = normalised_mutual_information(pairs) if pairs else 0
    tap.fact("communities are the planted groups, NMI at least 0.95", nmi >= 0.95,
             [f"NMI {nmi:.4f} over {len(pairs)} addresses"])
    print(f"# NMI {nmi:.4f} over {len(pairs)} addresses in {planted} groups")


def group_of_outsiders(directory, group):
    """The one group that somebody outside of all has most mail with, if there is one."""
    mail = defaultdict(Counter)
    for row in rows(directory, "ties.csv"):
        for address, other in (row["from"], row["to"]), (row["to"], row["from"]):
            if not group.get(address) and group.get(other):
                mail[address][group[other]] += int(row["messages"])
    best = {address: counts.most_common(2) for address, counts in mail.items()}
    return {address: two[0][0] for address, two in best.items()
            if len(two) == 1 or two[0][1] > two[1][1]}


def check_everybody(tap, path, directory):
    """The two mailings to 200 people of the archive make nobody the centre of all."""
    group = {row["address"]: row["group"] for row in rows(directory, "addresses.csv")}
    outside = group_of_outsiders(directory, group)
    people = table(path)
    pairs = [(group.get(row["address"]) or outside[row["address"]], row["community"]) for row in people
             if group.get(row["address"]) or row["address"] in outside]
    nmi = normalised_mutual_information(pairs)
    tap.fact("with outsiders counted to the group they write with, NMI at least 0.9",
             nmi >= 0.9 and len(pairs) > 0.9 * len(people), [f"NMI {nmi:.4f}, {len(pairs)} of {len(people)}"])
    largest = max(Counter(row["community"] for row in people).values())
    tap.fact("no community holds more than a third of the people", largest <= len(people) / 3,
             [f"{largest} of {len(people)}"])
    most = max(int(row["correspondents"]) for row in people)
    tap.fact("nobody is tied to more than a third of the people", most <= len(people) / 3,
             [f"{most} of {len(people)}"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory")
    parser.add_argument("case")
    parser.add_argument("--nodes")
    parser.add_argument("--edges")
    arguments = parser.parse_args()
    tap, case = Tap(), Case(arguments.case)
    check_totals(tap, case, arguments.directory)
    message_of = check_places(tap, case, arguments.directory)
    check_messages(tap, case, arguments.directory, message_of)
    check_ties(tap, case, arguments.directory, message_of)
    check_names(tap, case, arguments.directory)
    if arguments.edges:
        check_edges(tap, arguments.edges, arguments.directory)
    if arguments.nodes:
        check_groups(tap, arguments.nodes, arguments.directory)
        check_everybody(tap, arguments.nodes, arguments.directory)
    tap.finish()


if __name__ == "__main__":
    main()
