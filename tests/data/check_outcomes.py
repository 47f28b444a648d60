#!/usr/bin/env python3
"""Compare a case file with what make_hostile.py or make_archives.py says has to become
of each file.

usage: check_outcomes.py DIR CASE

CASE as `epistograph read -c CASE DIR/mail` made it. Prints TAP."""

import csv
import os
import sqlite3
import sys
from urllib.parse import unquote_to_bytes


def main():
    directory, case = sys.argv[1:]
    with open(os.path.join(directory, "expected.csv"), encoding="ascii", newline="") as file:
        expected = {unquote_to_bytes(row["path"]): row for row in csv.DictReader(file)}
    db = sqlite3.connect(f"file:{case}?mode=ro", uri=True)
    db.text_factory = bytes
    found = {path[(b"/" + path).index(b"/mail/"):]: (outcome.decode(), messages) for path, outcome, messages in db.execute(
        "SELECT path, word, (SELECT count(*) FROM origin WHERE origin.file = file.id)"
        " + (SELECT count(*) FROM rejected WHERE rejected.file = file.id)"
        " FROM file JOIN outcome ON number = outcome")}
    count = failed = 0
    for path, row in sorted(expected.items()):
        outcome, messages = found.get(path, ("not listed", 0))
        good = row["outcome"] in ("any", outcome) and row["messages"] in ("", str(messages)) \
            and outcome != "not listed"
        count, failed = count + 1, failed + (not good)
        name = ascii(path.decode("utf-8", "replace"))[1:-1].replace("#", "")[:80]
        print(f"{'ok' if good else 'not ok'} {count} - {name} becomes {row['outcome']}")
        if not good:
            print(f"#   got {outcome} with {messages} messages, expected {row['messages']}")
    surplus = sorted(set(found) - set(expected))
    print(f"{'not ok' if surplus else 'ok'} {count + 1} - no other file is listed")
    for path in surplus:
        print(f"#   {path!r}")
    print(f"1..{count + 1}")
    sys.exit(1 if failed or surplus else 0)


if __name__ == "__main__":
    main()
