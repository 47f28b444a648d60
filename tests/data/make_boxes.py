#!/usr/bin/python3
"""Make folders of mail as programs keep it, into a new folder.

maildir/  mh/     by Python's mailbox module, and beside them what Dovecot and nmh put there
profile/          Thunderbird's: mboxes without an ending, .msf indexes, folders of folders in .sbd
apple/            Apple Mail's: packages with an mbox, and a tree of .emlx

counts.json has for each folder how many messages Python's mailbox module finds (of .emlx, which it
does not know, how many were written), what is marked as deleted, and what is undelivered.
"""
import json
import mailbox
import os
import plistlib
import sys

number = 0


def message():
    global number
    number += 1
    return (f"From: Person {number % 5} <p{number % 5}@example.org>\nTo: Ann <ann@example.org>\n"
            f"Subject: matter {number}\nMessage-ID: <box{number}@example.org>\n"
            f"Date: Tue, 03 Jan 2017 11:{number % 60:02d}:00 +0000\n\nText {number}.\n")


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(data.encode() if isinstance(data, str) else data)


def make_maildir(top):
    """Maildir++: folders beside each other, their names with dots."""
    root = mailbox.Maildir(top, create=True)
    folders = [root] + [root.add_folder(name) for name in ("Sent", "Archive", "Archive.2016", "Drafts &- more")]
    deleted = 0
    for i, folder in enumerate(folders):
        for flags in ["", "S", "RS", "FT", "ST"][: i + 2]:
            entry = mailbox.MaildirMessage(message())
            entry.set_subdir("cur" if flags else "new")
            entry.set_flags(flags)
            folder.add(entry)
            deleted += "T" in flags
    # Dovecot writes the sizes into the name.
    write(f"{top}/cur/1483441200.M1P2.host,S=100,W=105:2,S", message())
    write(f"{top}/tmp/1483441201.M3P4.host", message()[:60])
    write(f"{top}/.Sent/tmp/1483441202.M5P6.host", message())
    write(f"{top}/dovecot-uidlist", "3 V1483441200 N17 G1234\n1 :1483441200.M1P2.host\n")
    write(f"{top}/dovecot.index.cache", bytes(range(256)) * 4)
    write(f"{top}/subscriptions", "V\t2\n\nSent\n")
    write(f"{top}/maildirsize", "1000000S\n100 1\n")
    count = sum(len(folder) for folder in (mailbox.Maildir(folder._path) for folder in folders))
    return {"messages": count, "deleted": deleted, "undelivered": 2}


def make_mh(top):
    """Numbers for names; nmh's rmm puts a comma before the number of what it deletes."""
    root = mailbox.MH(top, create=True)
    folders = [root.add_folder("inbox"), root.add_folder("lists")]
    folders.append(folders[1].add_folder("trees"))
    for i, folder in enumerate(folders):
        for _ in range(4 + i):
            folder.add(message())
        folder.set_sequences({"unseen": [1, 3], "flagged": [2]})
    count = sum(len(folder) for folder in folders)
    os.rename(f"{top}/inbox/2", f"{top}/inbox/,2")
    os.rename(f"{top}/lists/trees/5", f"{top}/lists/trees/,5")
    kept = sum(len(mailbox.MH(folder._path)) for folder in folders)
    write(f"{top}/context", "Current-Folder: inbox\n")
    return {"messages": kept + 2, "deleted": count - kept, "undelivered": 0}


def mozilla(status, entry):
    return ("From - Tue Jan 03 11:00:00 2017\n"
            f"X-Mozilla-Status: {status:04x}\nX-Mozilla-Status2: 00000000\nX-Mozilla-Keys: \n" + entry + "\n")


def make_profile(top):
    """0x0001 is read, 0x0002 replied to, 0x0008 expunged: there until the folder is compacted."""
    local = f"{top}/abcd1234.default/Mail/Local Folders"
    boxes = {"Inbox": [1, 9, 3, 0], "Sent": [1, 1], "Trash": [8, 0x1009], "Drafts": [0x18],
             "Archives.sbd/2016": [1, 8, 1], "Archives.sbd/2016.sbd/Trees": [0x1001]}
    deleted = count = 0
    for name, states in boxes.items():
        write(f"{local}/{name}", "".join(mozilla(status, message()) for status in states))
        write(f"{local}/{name}.msf", "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n< <(a=c)> >\n")
        deleted += sum(status & 8 != 0 for status in states)
        count += len(mailbox.mbox(f"{local}/{name}", create=False))
    write(f"{local}/Archives", "")
    write(f"{local}/Archives.msf", "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n")
    write(f"{local}/msgFilterRules.dat", 'version="9"\nlogging="no"\n')
    write(f"{top}/abcd1234.default/prefs.js", 'user_pref("mail.root", "x");\n')
    write(f"{top}/profiles.ini", "[Profile0]\nName=default\n")
    return {"messages": count, "deleted": deleted, "undelivered": 0}


def make_apple(top):
    """A package is a folder X.mbox; since Mail 2 each message is a file whose first line is its size."""
    count = 0
    for name, messages in (("Old.mbox", 3), ("Work.mbox/Plans.mbox", 2)):
        write(f"{top}/{name}/mbox",
              "".join("From p@example.org Tue Jan  3 11:00:00 2017\n" + message() + "\n" for _ in range(messages)))
        write(f"{top}/{name}/table_of_contents", bytes(100))
        write(f"{top}/{name}/Info.plist", plistlib.dumps({"displayName": name}))
        count += len(mailbox.mbox(f"{top}/{name}/mbox", create=False))
    tree = f"{top}/V3/IMAP-ann@example.org/INBOX.mbox/0A1B2C3D-0000-4000-8000-000000000000/Data"
    for i, place in enumerate(("Messages/1.emlx", "Messages/2.partial.emlx", "7/Messages/7001.emlx", "1/2/Messages/21000.emlx")):
        entry = message().encode() + b"A long one.\n" * (20000 if i == 3 else 0)
        flags = plistlib.dumps({"flags": 8590195713 | (2 if i in (1, 3) else 0), "date-received": 1483441200 + i})
        write(f"{tree}/{place}", b"%-10d\n" % len(entry) + entry + flags)
        count += 1
    write(f"{tree}/Attachments/2/2/plan.pdf", "%PDF-1.4\n")
    write(f"{top}/V3/IMAP-ann@example.org/INBOX.mbox/Info.plist", plistlib.dumps({"MailboxName": "INBOX"}))
    write(f"{top}/V3/MailData/Envelope Index", "SQLite format 3\0" + "x" * 100)
    return {"messages": count, "deleted": 2, "undelivered": 0}


def main(top):
    os.makedirs(top)
    counts = {name: make(f"{top}/{name}") for name, make in (
        ("maildir", make_maildir), ("mh", make_mh), ("profile", make_profile), ("apple", make_apple))}
    with open(f"{os.path.dirname(top) or '.'}/counts.json", "w") as out:
        json.dump(counts, out, indent=1)


main(sys.argv[1])
