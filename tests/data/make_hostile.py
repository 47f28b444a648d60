#!/usr/bin/env python3
"""Write a tree of hostile input, and what has to become of each file.

usage: make_hostile.py DIR

DIR/mail gets the tree, DIR/expected.csv a row a file: path (bytes that are not
printable ASCII as %XX), outcome, number of messages in it. The same bytes every
time. What a superuser may read is left out of the unreadable."""

import csv
import os
import socket
import sys
from urllib.parse import quote_from_bytes

HEADER = b"From: Ann <ann@a.example>\nTo: bo@b.example\nDate: Mon, 1 Feb 2016 10:00:00 +0000\n"


def letter(number, extra=b"", body=b"Hello.\n", header=HEADER):
    """A message with a Message-ID of its own."""
    return header + b"Message-ID: <%d@hostile.example>\n" % number + extra + b"\n" + body


def separator(day, rest=b"Mon Feb  1 10:00:00 2016"):
    return b"From x%d@a.example " % day + rest + b"\n"


def address_list(count, pattern=b"Person %d <p%d@many.example>"):
    return b",\n ".join(pattern % (n, n) for n in range(count))


# name -> (bytes, messages): each is one message, whatever is wrong with its header.
MESSAGES = {
    # Too long, too many, too deep.
    b"line-5-megabytes.eml": letter(1, b"Subject: " + b"x" * 5_000_000 + b"\n"),
    b"header-5-megabytes.eml": letter(2, b"X-Filler: " + b"y" * 60 + b"\n") .replace(
        b"\n\n", b"\n" + (b"X-Filler: " + b"y" * 60 + b"\n") * 70_000 + b"\n", 1),
    b"header-without-end.eml": HEADER + b"X-Filler: never a blank line\n" * 20_000,
    b"folded-100000-times.eml": letter(3, b"Subject: a" + b"\n b" * 100_000 + b"\n"),
    b"recipients-10000.eml": letter(4, b"Cc: " + address_list(10_000) + b"\n"),
    b"recipients-10000-on-a-line.eml": letter(5, b"Cc: " + address_list(10_000).replace(b"\n", b"") + b"\n"),
    b"senders-1000.eml": letter(6, header=b"From: " + address_list(1_000) + b"\nTo: bo@b.example\n"),
    b"references-20000.eml": letter(7, b"References: " + b" ".join(b"<%d@r.example>" % n for n in range(20_000))
                                    + b"\n"),
    b"fields-of-one-name.eml": letter(8, b"To: c%d@c.example\n" % 8 * 5_000),
    b"groups-in-groups.eml": letter(9, b"Cc: " + b"g:" * 50_000 + b"\n"),
    b"comments-in-comments.eml": letter(10, b"Cc: " + b"(" * 100_000 + b"x" + b")" * 100_000 + b" c@c.example\n"),
    b"quotes-open.eml": letter(11, b"Cc: " + b'"a ' * 50_000 + b"<c@c.example>\n"),
    b"angles.eml": letter(12, b"Cc: " + b"<" * 100_000 + b"c@c.example" + b">" * 100_000 + b"\n"),
    b"routes.eml": letter(13, b"Cc: <" + b"@r.example," * 20_000 + b":c@c.example>\n"),
    b"encoded-words-begun.eml": letter(14, b"Subject: " + b"=?utf-8?q?" * 30_000 + b"\n"),
    b"encoded-words-many.eml": letter(15, b"Subject: " + b"=?utf-8?q?a?= " * 30_000 + b"\n"),
    b"received-5000.eml": letter(16, b"Received: from a by b; Mon, 1 Feb 2016 10:00:01 +0000\n" * 5_000),

    # Bytes that act on what shows them.
    b"nul.eml": letter(20, b"Subject: be\0fore\0after\nCc: n\0ul <c\0@c.example>\n", b"\0\0\0"),
    b"control-raw.eml": letter(21, b"Subject: \x1b]0;owned\x07\x1b[2J\x9b31m red\nCc: \x1b[31mRed <c@c.example>\n"),
    b"control-encoded.eml": letter(22, b"Subject: =?utf-8?q?=1B[2J=0D=0AFrom:_evil=00?=\n"
                                       b"Cc: =?utf-8?b?GzcbWzJKPHNjcmlwdD4=?= <c@c.example>\n"),
    b"newline-in-name.eml": letter(23, b"Cc: =?utf-8?q?two=0Alines=0A=0Aand_more?= <c@c.example>\n"),
    b"markup.eml": letter(24, b'Subject: </text><script>alert(1)</script>]]>&amp;"\'\n'
                              b'Cc: "<img src=x onerror=alert(1)>" <c"><b>@c.example>\n'),
    b"formula.eml": letter(25, b'Subject: =HYPERLINK("http://evil.example";"x")\n'
                               b'Cc: "=cmd|\' /C calc\'!A0" <=1+1@c.example>, "@SUM(1)" <+1@c.example>,'
                               b' "-2" <-2@c.example>, "\t=3" <three@c.example>\n'),
    b"bidi.eml": letter(26, "Cc: \u202etxt.exe\u202c \u2066hidden\u2069 \ufeff <c@c.example>\n".encode()),
    b"not-utf-8.eml": letter(27, b"Subject: \xff\xfe\xed\xa0\x80\xf4\x90\x80\x80\xc0\x80\n"
                                 b"Cc: \xe9\xe8 <\xe9@c.example>, \xc3\xa9 <c@\xc3\xa9.example>\n"),
    b"noncharacters.eml": letter(28, "Subject: \ufffe \uffff \U0010ffff e\u0301\u0301\u0301\n".encode()),
    b"format-specifiers.eml": letter(29, b"Subject: %s%n%s%n%1000000d\nCc: %n <%s%n@c.example>\n"),
    b"paths.eml": letter(30, b"Subject: ../../../etc/passwd\nCc: /etc/passwd <../../x@c.example>\n"),
    b"quotes-of-sql.eml": letter(31, b"Subject: '); DROP TABLE message; --\nCc: o'x <'; --@c.example>\n"),

    # Headers that say impossible things.
    b"date-huge.eml": letter(40).replace(b"1 Feb 2016 10:00:00 +0000", b"99999999999999999999 Feb 99999999999"),
    b"date-zone-huge.eml": letter(41).replace(b"+0000", b"+99999999"),
    b"date-negative.eml": letter(42).replace(b"1 Feb 2016", b"-1 Feb -2016"),
    b"date-long.eml": letter(43).replace(b"Date: ", b"Date: " + b"(" * 60_000),
    b"id-empty.eml": HEADER + b"Message-ID: <>\nSubject: no id\n\n",
    b"id-huge.eml": HEADER + b"Message-ID: <" + b"i" * 1_000_000 + b"@x>\n\n",
    b"id-with-blanks.eml": HEADER + b"Message-ID: not an id at all <<a b>>\n\n",
    b"idn-bad.eml": letter(44, b"Cc: c@xn--.example, d@xn--99999999999999.example, e@" + b"x." * 3_000 + b"example\n"),
    b"address-without-domain.eml": letter(45, b"Cc: root, @, <>, <@>, @@, a@, ;, :;\n"),
    b"only-header.eml": HEADER + b"Message-ID: <46@hostile.example>",
    b"carriage-returns.eml": letter(47).replace(b"\n", b"\r\n"),
    b"mixed-line-ends.eml": letter(48).replace(b"\n", b"\r\n", 2),
    b"charset-unknown.eml": letter(49, b"Subject: =?x-klingon?q?=41?= =?utf-7?q?+ADw-script+AD4-?= =?hz-gb-2312?b?fn4=?=\n"),
    b"to-oneself.eml": letter(50, header=b"From: ann@a.example\nTo: ann@a.example\n"),
}

# Separators whole and damaged. A number of messages, or None where readers may differ.
MBOXES = {
    b"mbox-plain": (separator(1) + letter(100) + b"\n" + separator(2) + letter(101), 2),
    b"mbox-quoted": (separator(1) + letter(102, body=b">From me, quoted.\n>>From twice.\n") + b"\n"
                     + separator(2) + letter(103), 2),
    b"mbox-text-that-looks-like-one": (separator(1) + letter(104, body=b"x\n\nFrom here on it is text.\n\n"
                                       b"From there Mon Feb  1 10:00:00 2016\n\nand no header follows\n") + b"\n"
                                       + separator(2) + letter(105), None),
    b"mbox-no-blank-line": (separator(1) + letter(106) + separator(2) + letter(107), 2),
    b"mbox-bare": (b"From \n" + letter(108) + b"\nFrom \n" + letter(109), None),
    b"mbox-length-lies": (separator(1) + letter(110, b"Content-Length: 999999999999999999999\n") + b"\n"
                          + separator(2) + letter(111, b"Content-Length: -5\n") + b"\n"
                          + separator(3) + letter(112, b"Content-Length: 3\n"), 3),
    b"mbox-cut-in-header": (separator(1) + letter(113) + b"\n" + separator(2) + HEADER[:40], 2),
    b"mbox-cut-in-separator": (separator(1) + letter(114) + b"\nFrom x@a.exam", 1),
    b"mbox-nul": (separator(1) + letter(115, body=b"\0" * 70_000) + b"\n" + separator(2) + letter(116), 2),
    b"mbox-crlf": ((separator(1) + letter(117) + b"\n" + separator(2) + letter(118)).replace(b"\n", b"\r\n"), 2),
    b"mbox-separators-only": ((separator(1) + b"\n") * 1_000, None),
    b"mbox-long-separator": (separator(1) + letter(119) + b"\n" + b"From " + b"x" * 1_000_000
                             + b"@a.example Mon Feb  1 10:00:00 2016\n" + letter(120), None),
}

NOT_MAIL = {
    b"random.bin": bytes((n * n * 31 + n * 7) >> 3 & 255 for n in range(40_000)),
    b"picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8,
    b"database.eml": b"SQLite format 3\0" + b"\x10\0\1\1\0\x40\x20\x20" + b"\0" * 4000,
    b"zeros": b"\0" * 100_000,
    b"prose.txt": b"From the beginning it was clear\nthat this is no mail at all.\n",
}
# It begins like an archive, so that there may be mail in it, and cannot be read.
DAMAGED = {b"archive.eml": b"PK\3\4\x14\0\0\0\x08\0" + bytes(range(256)) * 8}
EMPTY = {b"empty.eml": b"", b"blanks.eml": b"\r\n \t\n\n"}

# Names are input as well.
NAMES = [b"new\nline.eml", b"escape\x1b[31m.eml", b"\xff\xfe.eml", b"-rf", b"quote'\".eml", b"; rm -rf $HOME.eml",
         b"=1+1.eml", b"comma,and\ttab.eml", b" .eml", b"n" * 251 + b".eml", "مرحبا-\u202e.eml".encode()]


class Tree:
    def __init__(self, directory):
        self.root = os.fsencode(directory)
        self.mail = os.path.join(self.root, b"mail")
        self.rows = []
        os.makedirs(self.mail)

    def expect(self, name, outcome, messages):
        self.rows.append((quote_from_bytes(b"mail/" + name, safe="/"), outcome,
                          "" if messages is None else messages))

    def write(self, name, data, outcome, messages):
        path = os.path.join(self.mail, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        self.expect(name, outcome, messages)
        return path


def write_files(tree):
    for name, data in MESSAGES.items():
        tree.write(name, data, "mail", 1)
    for name, (data, messages) in MBOXES.items():
        tree.write(name, data, "mail" if messages else "any", messages)
    for name, data in NOT_MAIL.items():
        tree.write(b"other/" + name, data, "not-mail", 0)
    for name, data in DAMAGED.items():
        tree.write(b"other/" + name, data, "unreadable", 0)
    for name, data in EMPTY.items():
        tree.write(b"other/" + name, data, "empty", 0)
    for number, name in enumerate(NAMES, 200):
        tree.write(b"names/" + name, letter(number), "mail", 1)
    tree.write(b"/".join([b"deep"] * 300) + b"/last.eml", letter(300), "mail", 1)


def write_specials(tree):
    """What is not a plain file, links that lead in circles, what may not be read."""
    special = os.path.join(tree.mail, b"special")
    os.makedirs(special)
    os.mkfifo(os.path.join(special, b"fifo"))
    here = os.getcwd()
    os.chdir(special)                   # a socket's path has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(b"socket")
    os.chdir(here)
    os.symlink(b"..", os.path.join(special, b"loop"))
    os.symlink(b"circle-b", os.path.join(special, b"circle-a"))
    os.symlink(b"circle-a", os.path.join(special, b"circle-b"))
    os.symlink(b"nowhere", os.path.join(special, b"dangling"))
    tree.expect(b"special/fifo", "special", 0)
    tree.expect(b"special/socket", "special", 0)
    for name in (b"loop", b"circle-a", b"circle-b", b"dangling"):
        tree.expect(b"special/" + name, "any", 0)
    if os.geteuid() == 0:
        return
    os.chmod(tree.write(b"special/secret.eml", letter(301), "unreadable", 0), 0)
    folder = os.path.join(special, b"secret")
    os.makedirs(folder)
    os.chmod(folder, 0)
    tree.expect(b"special/secret", "unreadable", 0)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tree = Tree(sys.argv[1])
    write_files(tree)
    write_specials(tree)
    with open(os.path.join(tree.root, b"expected.csv"), "w", encoding="ascii", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("path", "outcome", "messages"))
        writer.writerows(sorted(tree.rows))


if __name__ == "__main__":
    main()
