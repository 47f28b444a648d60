#!/usr/bin/env python3
"""Check that the truth of a demonstration archive is true, by reading its mail with Python's
standard library and nothing of epistograph's.

usage: check_mail.py DIR

Prints TAP. Splits at the offsets the truth gives: splitting is not the point here."""

import email.header
import email.utils
import os
import sys
from collections import Counter, defaultdict

from truth import Tap, rows, totals

ROLES = ("to", "cc", "bcc")


def header_block(raw):
    """(name in lower case, unfolded value) of each field."""
    fields = []
    for line in raw.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].split(b"\n"):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("iso-8859-1")
        if text[:1] in (" ", "\t"):
            fields[-1][1] += text
        elif ":" in text:
            name, value = text.split(":", 1)
            fields.append([name.lower(), value.strip()])
    return fields


def decoded(text):
    return "".join(part.decode(charset or "ascii", "replace") if isinstance(part, bytes) else part
                   for part, charset in email.header.decode_header(text))


def address(text):
    local, _, domain = text.lower().rpartition("@")
    return f"{local}@{domain.encode().decode('idna')}"


def read(directory, origins):
    """path, offset -> fields, for every copy."""
    found, ends = {}, defaultdict(list)
    for row in origins:
        ends[row["path"]].append(int(row["offset"]))
    for path, offsets in ends.items():
        with open(os.path.join(directory, path), "rb") as file:
            data = file.read()
        offsets.sort()
        for begin, end in zip(offsets, offsets[1:] + [len(data)]):
            raw = data[begin:end]
            if path.endswith(".mbox"):
                separator, raw = raw.split(b"\n", 1)
                assert separator.startswith(b"From "), (path, begin)
            found[path, begin] = header_block(raw)
    return found


def values(fields, name):
    return [value for field, value in fields if field == name]


def people(fields, name):
    return [(decoded(who), address(where)) for who, where in email.utils.getaddresses(values(fields, name))
            if where]


def kind(fields):
    names = {name for name, _ in fields}
    if "auto-submitted" in names:
        return "automatic"
    if "list-id" in names:
        return "list"
    return "bulk" if "precedence" in names else "personal"


class Letter:
    """One message as its copies together show it."""

    def __init__(self, copies):
        first = copies[0]
        senders = people(first, "from") or people(first, "sender")
        self.sender = senders[0][1] if senders else ""
        self.id = "".join(values(first, "message-id")).strip("<>")
        self.subject = decoded(values(first, "subject")[0])
        self.kind = kind(first)
        self.date = "".join(values(first, "date"))
        self.recipients = {}
        for role in ROLES:
            for fields in copies:
                for _, who in people(fields, role):
                    self.recipients.setdefault(who, role)


def ties_of(letters):
    ties = defaultdict(Counter)
    for letter in letters.values():
        for who, role in letter.recipients.items():
            if letter.sender and who != letter.sender:
                ties[letter.sender, who]["all"] += 1
                if letter.kind in ("personal", "list"):
                    ties[letter.sender, who][role] += 1
    return {ends: tuple(tie[key] for key in (*ROLES, "all")) for ends, tie in ties.items()}


def iso(date):
    parsed = email.utils.parsedate_to_datetime(date)
    return (parsed - parsed.utcoffset()).strftime("%Y-%m-%dT%H:%M:%SZ")


def main():
    directory = sys.argv[1]
    tap, origins, truth = Tap(), rows(directory, "origins.csv"), rows(directory, "messages.csv")
    copies = defaultdict(list)
    found = read(directory, origins)
    for row in origins:
        copies[int(row["message"])].append(found[row["path"], int(row["offset"])])
    letters = {number: Letter(fields) for number, fields in copies.items()}

    on_disk = {os.path.relpath(os.path.join(folder, name), directory)
               for folder, _, names in os.walk(os.path.join(directory, "mail")) for name in names}
    sums = totals(directory)
    tap.equal("files on disk", len(on_disk), sums["files"])
    tap.equal("messages found", len(found), sums["found"])
    tap.equal("messages counted", len(letters), sums["counted"])
    for name, attribute in (("message_id", "id"), ("sender", "sender"), ("subject", "subject"),
                            ("kind", "kind")):
        tap.equal(f"{name} of each message", {n: getattr(l, attribute) for n, l in letters.items()},
                  {int(row["message"]): row[name] for row in truth})
    tap.equal("recipients of each message", {n: len(l.recipients) for n, l in letters.items()},
              {int(row["message"]): int(row["recipients"]) for row in truth})
    good = [row for row in truth if row["date_verdict"] == "good"]
    tap.equal("instants of good dates", {int(r["message"]): iso(letters[int(r["message"])].date) for r in good},
              {int(row["message"]): row["instant"] for row in good})
    tap.equal("ties", ties_of(letters),
              {(row["from"], row["to"]): tuple(int(row[key]) for key in
                                               ("to_count", "cc_count", "bcc_count", "all_messages"))
               for row in rows(directory, "ties.csv")})

    named, seen = {row["address"]: row["name"] for row in rows(directory, "addresses.csv")}, set()
    fields_with_people = ("from", "sender", "to", "cc", "bcc", "delivered-to")
    wrong = set()
    for fields in found.values():
        for who, where in (pair for name in fields_with_people for pair in people(fields, name)):
            seen.add(where)
            if who and who != named.get(where):
                wrong.add((who, where))
    tap.equal("names", wrong, set())
    tap.equal("addresses", seen, {row["address"] for row in rows(directory, "addresses.csv")
                                  if row["mentioned"] == "1"})
    ids = defaultdict(set)
    for number, letter in letters.items():
        ids[letter.id].add(number)
    tap.equal("ids of more than one message", sum(len(s) - 1 for i, s in ids.items() if i), sums["same_id"])
    texts = {number: {tuple((n, v) for n, v in fields if n in ("from", "to", "cc", "date", "subject"))
                      for fields in each} for number, each in copies.items()}
    tap.fact("copies of one message agree", all(len(t) == 1 for t in texts.values()))
    tap.finish()


if __name__ == "__main__":
    main()
