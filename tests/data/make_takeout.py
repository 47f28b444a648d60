#!/usr/bin/python3
"""Make a mailbox as Gmail's Takeout writes it, into the file named.

The labels are encoded by Python's email package, so that they are folded and cut into encoded words as
RFC 2047 has it; expected labels are printed as JSON, by Message-ID.
"""
import json
import sys
from email.header import Header

SPAM = "Spam"
MESSAGES = [  # number, conversation, labels, further header lines
    (1, 1500000000000000001, ["Inbox", "Important", "Opened"], []),
    (2, 1500000000000000001, ["Sent"], []),  # same conversation, no References
    (3, 1500000000000000001, ["Inbox"], ["In-Reply-To: <2@mail.example.org>"]),
    (4, 1500000000000000002, ["Posteingang", "Geöffnet", "Kategorie \"Persönlich\""], []),
    (5, 1500000000000000003, [SPAM, "Unread"], []),
    (6, 1500000000000000004, ["Projects, open", "Work/Übersicht & Pläne der nächsten Jahre", "工作"], []),
    (7, 1500000000000000005, ["Trash"], []),
    (8, 1500000000000000001, ["Inbox"], []),  # of the first conversation too
    (9, None, [], []),
]


def spell(label):
    return '"%s"' % label.replace("\\", "\\\\").replace('"', '\\"') if "," in label or '"' in label else label


def main(path):
    with open(path, "w", newline="") as out:
        for number, conversation, labels, lines in MESSAGES:
            out.write(f"From {1600000000000000000 + number}@xxx Mon Jan 02 10:{number:02d}:00 +0000 2017\r\n")
            if conversation:
                out.write(f"X-GM-THRID: {conversation}\r\n")
            if labels:
                text = ",".join(map(spell, labels))
                charset = "us-ascii" if text.isascii() else "utf-8"
                field = Header(text, charset, header_name="X-Gmail-Labels", maxlinelen=60).encode(splitchars=",")
                out.write("X-Gmail-Labels: " + field.replace("\n", "\r\n") + "\r\n")
            for line in lines:
                out.write(line + "\r\n")
            out.write(f"From: P{number % 3} <p{number % 3}@example.org>\r\nTo: Me <me@example.org>\r\n"
                      f"Subject: matter {number}\r\nMessage-ID: <{number}@mail.example.org>\r\n"
                      f"Date: Mon, 2 Jan 2017 10:{number:02d}:00 +0000\r\n\r\nText {number}.\r\n\r\n")
    json.dump({f"{number}@mail.example.org": sorted(labels) for number, _, labels, _ in MESSAGES}, sys.stdout)


main(sys.argv[1])
