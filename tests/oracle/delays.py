"""Compare the delays that `draw pair` shows with what Python's mailbox and email find in mail.

usage: delays.py [--at] EPISTOGRAPH CASE COUNT MAIL...

CASE is what EPISTOGRAPH made of MAIL, files and folders that mailbox can read; only who has
which addresses is taken from it. Looked at are the COUNT pairs with most answers. --at reads
"ann at example.org" as an address.

A message answers the last of its References, else its In-Reply-To, if that is among the mail,
and of several with that Message-ID the first; how long it took is the difference of the two
Dates, or, where a Date is broken, of the topmost Received, or else of the mbox's separator.
What agrees in sender, date, subject, recipients and body is one message. Quartiles are taken by
their definition: the least delay that so many answers did not exceed. Pairs are drawn by all
that answers, and, without --at, where nobody is named, by what names the other as well: then
mail that was sent to one and passed on to somebody else is no answer. Prints what differs; exit
status 1 if anything does.
"""
import csv
import datetime
import email.utils
import mailbox
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict

import differences
import reader
from differences import expect

HOUR, DAY = 3600, 86400
CLASSES = [("within 1 hour", HOUR), ("1 to 4 hours", 4 * HOUR), ("4 to 24 hours", DAY),
           ("1 to 3 days", 3 * DAY), ("3 to 7 days", 7 * DAY), ("1 to 4 weeks", 28 * DAY),
           ("longer", float("inf"))]


def whole(path):
    with open(path, "rb") as file:
        return file.read()


def messages(paths):
    """Every message's header, a digest of its body, the mbox's line before it."""
    for path, in_maildir in reader.files_below(paths):
        kind = reader.kind_of(path, in_maildir)
        if kind[0] != "mail":
            continue
        if in_maildir or not kind[1].startswith(b"From "):
            data = whole(path)
            yield reader.parse_head(data), reader.body_digest(data), ""
            continue
        box = mailbox.mbox(path, create=False)
        for key in box.iterkeys():
            line, data = box.get_file(key, from_=True).read().split(b"\n", 1)
            yield reader.parse_head(data), reader.body_digest(data), line.decode("latin-1")
        box.close()


def identifiers(message, field):
    """Those in angle brackets, without the blank that relays put where a line of References
    grows over 998 bytes; else a bare one."""
    value = " ".join(map(str, message.get_all(field, [])))
    return ([re.sub(r"\s", "", found) for found in re.findall(r"<([^<>]+)>", value)] or
            re.findall(r"^\s*([^<>\s]+@[^<>\s]+)\s*$", value))


def instant_of(message, line):
    received = str(message.get("received", "")).rpartition(";")[2]
    for value in (message.get("date", ""), received, line.partition(" ")[2].partition(" ")[2]):
        date = reader.parse_date(value)
        if date:
            return int(date.replace(tzinfo=datetime.timezone.utc).timestamp())
    return None


class Mail:
    def __init__(self, paths, at):
        self.by_id = {}                         # sender, instant, whom it names
        self.answers = []                       # the same and what it answers
        seen = set()
        for message, body, line in messages(paths):
            sender = str(message.get("from", ""))
            if at:
                sender = re.sub(r"^(\S+) at (\S+)", r"\1@\2", sender)
            sender = reader.normalise(email.utils.parseaddr(sender)[1])
            instant = instant_of(message, line)
            answered = (identifiers(message, "references")[-1:] or
                        identifiers(message, "in-reply-to")[:1])
            keys = {reader.digest(message, 0)}
            copy = reader.copy_keys(message, sender, instant)
            if copy:
                keys.add((copy, body))
            if not seen.isdisjoint(keys):
                continue
            seen.update(keys)
            named = {a for f in ("to", "cc", "bcc") for a in reader.addresses(message, f)}
            for own in identifiers(message, "message-id")[:1]:
                self.by_id.setdefault(own, (sender, instant, named))
            if answered:
                self.answers.append((sender, instant, named, answered[0]))

    def delays(self, person, passed_on):
        """Of each answerer and whom he answered, in seconds, ascending; with or without what is
        passed on."""
        found = defaultdict(list)
        for sender, instant, named, answered in self.answers:
            parent, then, before = self.by_id.get(answered, (None, None, ()))
            pair = person.get(sender), person.get(parent)
            if None in (*pair, instant, then) or pair[0] == pair[1] or instant < then:
                continue
            if (passed_on or pair[0] not in map(person.get, before)
                    or pair[1] in map(person.get, named)):
                found[pair].append(instant - then)
        return {pair: sorted(delays) for pair, delays in found.items()}


def class_of(delay):
    return next(name for name, end in CLASSES if delay < end)


def quartile(delays, quarter):
    return min(d for d in delays if 4 * sum(e <= d for e in delays) >= quarter * len(delays))


def figure(path):
    """Of the first and the second: how many answers are of each class, the quartiles."""
    classes, quartiles = [Counter(), Counter()], [None, None]
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            who = int(row["id"][-1]) - 1 if re.search("-s[12]$", row["id"]) else None
            if row["mark"] == "answers":
                classes[who][row["delay"]] += int(row["answers"])
            elif row["mark"] == "quartiles":
                quartiles[who] = [int(row[column]) for column in (
                    "quarter_within_s", "half_within_s", "three_quarters_within_s")]
    return classes, quartiles


def compare(who, delays, classes, quartiles):
    expect(f"answers of {who}", dict(classes), dict(Counter(map(class_of, delays))))
    reckoned = [quartile(delays, q) for q in (1, 2, 3)] if len(delays) >= 4 else None
    expect(f"quartiles of {who}", quartiles, reckoned)
    if reckoned:
        expect("the median by another's hand", reckoned[1], statistics.median_low(delays))


def check(program, case, delays, pairs, address_of, edges):
    """Returns how many pairs could be drawn."""
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pair.svg")
        for pair in pairs:
            names = [address_of[person] for person in pair]
            done = subprocess.run(
                [program, "draw", "pair", *names, "-q", "-c", case, "--kind", "all", "--implausible",
                 "--max-recipients", "0", "--edges", edges, "--data", "-o", path],
                stderr=subprocess.PIPE, text=True, check=False)
            if "no mail between" in done.stderr:        # they answer by lists alone
                continue
            classes, quartiles = figure(path[:-4] + ".csv")
            for who in range(2):
                compare(f"{names[who]} ({edges})", delays.get((pair[who], pair[1 - who]), []),
                        classes[who], quartiles[who])
            count += 1
    return count


def main(arguments):
    at = arguments[0] == "--at"
    program, case, count, *paths = arguments[at:]
    person = dict(sqlite3.connect(case).execute("SELECT address, person FROM address"))
    address_of = {person: address for address, person in person.items()}
    mail = Mail(paths, at)
    for edges in ["reply"] if at else ["reply", "recipient"]:
        delays = mail.delays(person, passed_on=edges == "reply")
        answers = Counter()
        for pair, found in delays.items():
            answers[tuple(sorted(pair))] += len(found)
        chosen = sorted(answers, key=lambda pair: (-answers[pair], pair))[:int(count)]
        drawn = check(program, case, delays, chosen, address_of, edges)
        print(f"# by {edges}: {drawn} pairs, {sum(answers[pair] for pair in chosen)} answers, of "
              f"{len(answers)} pairs, {sum(answers.values())} answers")
        expect("pairs are compared", drawn > 0, bool(answers))
    return differences.count > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
