"""Outlook's PST and MSG files: what is found is what readpst and pffexport find.

The numbers are theirs (pst-utils 0.6.76, pff-tools 20180714). Where readpst is
installed its mboxes are compared as well: Message-ID and sender of every message that
came with a header."""
import email.utils
import json
import mailbox
import os
import random
import shutil
import sqlite3
import subprocess

# messages (reports on delivery are messages too), items that are no mail, items that
# libpff cannot read
FOLDERS = {
    "testPST.pst": (7, 0, 0),
    "testPST_variousBodyTypes.pst": (4, 0, 0),
    "aspose-Test_part1.pst": (31, 18, 12),
    "aspose-passwordprotected.pst": (18, 0, 0),
    "aspose-SampleContacts.pst": (0, 6, 0),
    "libpst-dist-list.pst": (0, 4, 0),
}

# What of the MSG files is no message, by name.
NO_MAIL = ["ruby-msg-Swetlana_Novikova.msg", "ruby-msg-contact-plain.msg",
           "ruby-msg-contact-unicode.msg", "ruby-msg-note.msg", "ruby-msg-test_Blammo.msg",
           "tika-testMSG_Appointment.msg", "tika-testMSG_Contact.msg", "tika-testMSG_Post.msg",
           "tika-testMSG_StickyNote.msg", "tika-testMSG_Task.msg", "tika-testWINMAIL.dat"]


def read(program, path, case):
    """The account of a reading and the case file; a run that fails has no account."""
    run = subprocess.run([program, "read", "--json", "-c", case, path], capture_output=True,
                         text=True, timeout=600)
    account = json.loads(run.stdout) if run.stdout.startswith("{") else None
    return run.returncode, account, sqlite3.connect(case) if os.path.exists(case) else None


def count_in(text):
    """The sum of the numbers in "not mail: 9 appointments, 9 contacts"."""
    return sum(int(word) for word in text.split() if word.isdigit())


def check_folder(tap, program, path, expected, scratch):
    name = os.path.basename(path)
    _, account, case = read(program, path, os.path.join(scratch, name + ".case"))
    others = sum(count_in(text) for text, in
                 case.execute("SELECT text FROM note WHERE kind = 'items-no-mail'"))
    found = (account["found"] - account["rejected"], others, account["rejected"])
    wrong = [] if found == expected else ["%s and %s" % (expected, found)]
    if account["found"] != account["counted"] + account["duplicates"] + account["rejected"]:
        wrong.append("the sum is wrong: %s" % account)
    tap.say(not wrong, "outlook: %s: %d messages, %d items that are no mail, %d that cannot be"
            " read" % ((name,) + expected), wrong)
    return case


def readpst_messages(path, folder):
    """{Message-ID: sender} of the mboxes readpst makes."""
    os.makedirs(folder)
    subprocess.run(["readpst", "-q", "-r", "-o", folder, path], check=True, capture_output=True)
    messages = {}
    for root, _, names in os.walk(folder):
        for name in names:
            for message in mailbox.mbox(os.path.join(root, name)):
                identifier = (message["Message-ID"] or "").strip().strip("<>")
                if identifier:
                    sender = email.utils.parseaddr(str(message["From"] or ""))[1].lower()
                    messages[identifier] = sender
    return messages


def check_readpst(tap, case, path, scratch):
    name = os.path.basename(path)
    if not shutil.which("readpst"):
        tap.skip("outlook: %s against readpst" % name, "readpst (pst-utils) is not installed")
        return
    theirs = readpst_messages(path, os.path.join(scratch, name + ".readpst"))
    ours = dict(case.execute("SELECT message_id, sender FROM messages"
                             " WHERE message_id IS NOT NULL"))
    wrong = ["%s: %s and %s" % (i, theirs[i], ours.get(i)) for i in sorted(theirs)
             if "@" in theirs[i] and ours.get(i) != theirs[i]]
    tap.say(not wrong, "outlook: %s: sender and Message-ID as readpst has them: %d" % (
        name, len(theirs)), wrong)


def check_msg(tap, program, folder, scratch):
    _, account, case = read(program, folder, os.path.join(scratch, "msg.case"))
    names = sorted(os.path.basename(path) for path, in
                   case.execute("SELECT path FROM file WHERE outcome = 3"))
    wrong = [] if names == sorted(NO_MAIL) else ["no mail: %s" % names]
    count = len(os.listdir(folder)) - len(NO_MAIL)
    if (account["found"], account["rejected"]) != (count, 0):
        wrong.append("%d messages: %s" % (count, account))
    tap.say(not wrong, "outlook: MSG files: %d messages, the others named" % count, wrong)


def check_mutated(tap, program, path, scratch):
    """Bytes changed at random in the parts that are in use; the run goes on."""
    chance = random.Random(3)
    folder = os.path.join(scratch, "mutated")
    os.makedirs(folder)
    with open(path, "rb") as file:
        whole = file.read()
    used = [i for i in range(0, len(whole), 512) if any(whole[i:i + 512])]
    for i in range(100):
        made = bytearray(whole)
        for _ in range(chance.choice([1, 5, 50, 500])):
            at = chance.choice(used) + chance.randrange(512)
            if 8 <= at < len(made):
                made[at] = chance.randrange(256)
        with open(os.path.join(folder, "%03d.pst" % i), "wb") as file:
            file.write(made[:chance.randrange(600, len(made))] if i % 6 == 0 else made)
    status, account, _ = read(program, folder, os.path.join(scratch, "mutated.case"))
    wrong = []
    if status not in (0, 1) or account is None:
        wrong.append("exit status %d" % status)
    elif account["files"] - account["files_in_containers"] != 100:
        wrong.append("not every file is accounted for: %s" % account)
    tap.say(not wrong, "outlook: 100 mutated PST files end no run", wrong)


def check_taking_out(tap, program, path, scratch):
    """An item with messages attached to it, then one of another folder: both come out."""
    name, box = os.path.basename(path), os.path.join(scratch, "out.mbox")
    case = os.path.join(scratch, "out.case")
    subprocess.run([program, "read", "-q", "--embedded", "-c", case, path], check=True)
    tables = sqlite3.connect(case)
    parent, folder = tables.execute("SELECT host.message, host.file FROM origin AS host JOIN origin"
                                    " AS inside USING (file, offset) WHERE host.enclosure = 0"
                                    " AND inside.enclosure <> 0 LIMIT 1").fetchone()
    other, = tables.execute("SELECT message FROM origin WHERE file <> ? AND enclosure = 0"
                            " LIMIT 1", (folder,)).fetchone()
    day = 951782400                             # 2000-02-29, which no other message has
    for step, message in enumerate((parent, other)):
        tables.execute("UPDATE message SET instant = ?, date_verdict = 0 WHERE id = ?",
                       (day + step, message))
    tables.commit()
    tables.close()
    done = subprocess.run([program, "show", "date", "2000-02-29", "--raw", "-c", case, "-o", box],
                          capture_output=True, text=True, timeout=600)
    tap.say(done.returncode == 0 and len(mailbox.mbox(box)) == 2,
            "outlook: %s: items of two folders are taken out" % name, done.stderr.splitlines()[:10])


def check(tap, program, top, scratch):
    folder = os.path.join(top, "outlook")
    if not os.path.isdir(folder):
        tap.skip("outlook", "outlook is not there")
        return
    status, _, case = read(program, os.path.join(folder, "pst", "testPST.pst"),
                           os.path.join(scratch, "try.case"))
    if case and case.execute("SELECT 1 FROM file WHERE reason LIKE '%built without%'").fetchone():
        tap.skip("outlook", "the program is built without libpff")
        return
    for name, expected in FOLDERS.items():
        path = os.path.join(folder, "pst", name)
        check_readpst(tap, check_folder(tap, program, path, expected, scratch), path, scratch)
    check_taking_out(tap, program, os.path.join(folder, "pst", "aspose-passwordprotected.pst"), scratch)
    check_msg(tap, program, os.path.join(folder, "msg"), scratch)
    check_mutated(tap, program, os.path.join(folder, "pst", "testPST_variousBodyTypes.pst"), scratch)
