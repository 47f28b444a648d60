#!/usr/bin/env python3
"""Write the single messages of a demonstration archive in the other forms mail is kept in.

usage: make_forms.py DIR OUT

DIR/mail holds the archive. OUT gets the same messages as loose files (eml), in an mbox, a
Maildir and an MH folder by Python's mailbox module, as Apple's .emlx, in a repository as
public-inbox makes them by git, and as a load file by Python's email module.
Prints how many they are."""

import email
import mailbox
import os
import re
import subprocess
import sys


def messages(folder):
    """The bytes of the loose messages, in the order of their names; what begins with no header
    field is none."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(place, name)
            if name.endswith(".eml") and os.path.getsize(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    message = file.read()
                if re.match(rb"[!-9;-~]+:", message):
                    yield message


def by_mailbox(out, all_messages):
    os.mkdir(os.path.join(out, "maildir"))
    boxes = [mailbox.mbox(os.path.join(out, "box.mbox")), mailbox.MH(os.path.join(out, "mh")),
             mailbox.Maildir(os.path.join(out, "maildir", "ann"))]
    for box in boxes:
        box.lock()
        for message in all_messages:
            box.add(message)
        box.flush()
        box.close()


def as_files(out, all_messages):
    for form in ("eml", "emlx"):
        os.mkdir(os.path.join(out, form))
    for number, message in enumerate(all_messages):
        with open(os.path.join(out, "eml", f"{number}.eml"), "wb") as file:
            file.write(message)
        with open(os.path.join(out, "emlx", f"{number}.emlx"), "wb") as file:
            file.write(b"%-10d\n%s" % (len(message), message))
            file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n'
                       b"\t<key>flags</key>\n\t<integer>8590195713</integer>\n</dict>\n</plist>\n")


def as_repository(out, all_messages):
    stream = []
    for number, message in enumerate(all_messages):
        stream.append(b"commit refs/heads/master\ncommitter A <a@example.org> %d +0000\ndata 1\nm\n"
                      b"M 100644 inline m\ndata %d\n%s\n" % (number, len(message), message))
    folder = os.path.join(out, "list.git")
    subprocess.run(["git", "init", "-q", "--bare", "-b", "master", folder], check=True)
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=b"".join(stream), check=True)


def as_table(out, all_messages):
    fields = ("Message-ID", "Date", "Cc", "From", "To", "Subject")
    table = [["DOCID", "DATE SENT", "CC", "FROM", "TO", "SUBJECT"]]
    for message in all_messages:
        parsed = email.message_from_bytes(message)
        table.append([" ".join(str(parsed.get(field, "")).split()).replace("þ", "") for field in fields])
    with open(os.path.join(out, "export.dat"), "w", encoding="utf-8", newline="") as file:
        for row in table:
            file.write("\x14".join(f"þ{cell}þ" for cell in row) + "\r\n")


def main():
    directory, out = sys.argv[1:]
    all_messages = list(messages(os.path.join(directory, "mail")))
    os.mkdir(out)
    as_files(out, all_messages)
    by_mailbox(out, all_messages)
    as_repository(out, all_messages)
    as_table(out, all_messages)
    print(len(all_messages))


if __name__ == "__main__":
    main()
