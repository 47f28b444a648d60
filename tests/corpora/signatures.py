"""Signatures of real mail: what epistograph makes of them, and what others have.

dkim/list-gmail comes with the result of each signature, dkim/mail-dkim with file names that tell
it, for dkim/dkimpy and dkim/mimekit it stands in those projects' tests. Where we differ is in
signatures.tsv with the reason. On the linux-man list dkimpy is asked as well, at the time of
signing, with the same keys."""
import csv
import glob
import lzma
import os
import re
import shutil
import sqlite3
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
RESULTS = "pass", "weak", "fail", "untestable"

# The key of gmail.com that mimekit has as a file; those of RFC 8463 (also in dkimpy's tests).
RFC_8463 = """brisbane._domainkey.football.example.com v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
test._domainkey.football.example.com v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
"""
# What their own tests say of these files: dkimpy's test_dkim.py and test_dkim_ed25519.py,
# MimeKit's DkimTests.
OTHERS = {
    "rfc6376.signed.msg": "pass,pass", "rfc6376.signed.rsa.msg": "pass", "ed25519test2.msg": "pass",
    "test.message.baddomain": "fail", "rfc8463-example.msg": "pass,pass", "gmail.msg": "pass",
    "related.msg": "pass", "multipart-no-end-boundary.msg": "pass",
}


def named():
    with open(os.path.join(HERE, "signatures.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file
                if line.strip() and not line.startswith("#")]
    return {(name, theirs, ours): why for name, theirs, ours, why in rows}


def verify(program, scratch, mail, keys):
    """A case with all of it checked: the database."""
    case = os.path.join(scratch, "signatures.case")
    if os.path.exists(case):
        os.remove(case)
    subprocess.run([program, "read", "-q", "-c", case, mail], check=True)
    subprocess.run([program, "verify", "-q", "-c", case, "--keys", keys], check=True)
    return sqlite3.connect(case)


def results(db):
    """{(path, offset): [(Message-ID, result of each signature), ...]} of all copies."""
    found = {}
    for path, offset, id, result in db.execute(
            "SELECT path, offset, message_id, result FROM origin JOIN file ON file.id = origin.file"
            " JOIN message ON message.id = origin.message"
            " LEFT JOIN identifier ON identifier.id = message.identifier"
            " LEFT JOIN signature USING (file, offset, member) ORDER BY path, offset, position"):
        found.setdefault((path, offset), [id]).append(None if result is None else RESULTS[result])
    return found


# ---- with results of their own ----

def check_list_gmail(tap, program, top, scratch):
    folder = os.path.join(top, "dkim", "list-gmail")
    db = verify(program, scratch, os.path.join(folder, "list-gmail.mbox.xz"),
                os.path.join(folder, "keys.txt"))
    ours = {row[0]: row[1:] for row in results(db).values()}
    with open(os.path.join(folder, "expected.tsv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = ["%s: %s and %s" % (row["message-id"], row["result"], ours.get(row["message-id"][1:-1]))
             for row in rows
             if (row["result"] == "pass") != (
                 ours[row["message-id"][1:-1]][int(row["index"])] == "pass")]
    passed = sum(row["result"] == "pass" for row in rows)
    tap.say(not wrong and len(rows) == len(ours) == 395 and passed == 360,
            "list-gmail: each of 395 signatures is what expected.tsv says: %d pass, %d fail" % (
                passed, len(rows) - passed), wrong[:20])


def compare(tap, what, expected, ours, table):
    differ = {(name, theirs, ours.get(name, "none")) for name, theirs in expected.items()
              if theirs != ours.get(name, "none")}
    mine = {row for row in table if row[0] in expected}
    wrong = ["unnamed: %s: %s and %s" % row for row in sorted(differ - mine)]
    wrong += ["no longer so: %s: %s and %s" % row for row in sorted(mine - differ)]
    tap.say(not wrong, "%s: %d messages, %d as expected, differences named: %d" % (
        what, len(expected), len(expected) - len(differ), len(differ)), wrong)


def by_name(db):
    return {os.path.basename(path): ",".join(result or "none" for result in row[1:])
            for (path, _), row in results(db).items()}


def check_mail_dkim(tap, program, top, scratch, table):
    folder = os.path.join(top, "dkim", "mail-dkim")
    ours = by_name(verify(program, scratch, os.path.join(folder, "corpus"),
                          os.path.join(folder, "FAKE_DNS.dat")))
    expected = {name: "pass" if name.startswith("good") else "fail"
                for name in os.listdir(os.path.join(folder, "corpus"))
                if name.startswith(("good", "bad"))}
    compare(tap, "mail-dkim", expected, ours, table)


def check_others(tap, program, top, scratch, table):
    mail, keys = os.path.join(scratch, "others"), os.path.join(scratch, "others.txt")
    os.makedirs(mail)
    for path in glob.glob(os.path.join(top, "dkim", "dkimpy", "*")) + \
            glob.glob(os.path.join(top, "dkim", "mimekit", "*.msg")):
        if os.path.basename(path) in OTHERS:
            shutil.copy(path, mail)
    with open(os.path.join(top, "dkim", "mimekit", "gmail.pub"), encoding="ascii") as file:
        gmail = "".join(line.strip() for line in file if not line.startswith("-"))
    with open(os.path.join(top, "dkim", "dkimpy", "eximtest.dns"), encoding="ascii") as file:
        test = file.read().strip()
    with open(keys, "w", encoding="ascii") as file:
        file.write(RFC_8463 + "20120113._domainkey.gmail.com p=%s\nsed._domainkey.test.ex %s\n" % (
            gmail, test))
    compare(tap, "dkimpy and mimekit", OTHERS, by_name(verify(program, scratch, mail, keys)), table)
    shutil.rmtree(mail)


# ---- beside dkimpy ----

def read_keys(path):
    keys = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            if line.strip() and line[0] != "#":
                name, record = line.split(None, 1)
                keys[name] = record.strip().encode()
    return keys


def ask_dkimpy(dkim, text, keys):
    """Does the topmost signature of gmail.com hold, with ">From " as it is or undone?"""
    for bytes_ in text, re.sub(rb"(?m)^>(>*From )", rb"\1", text):
        head = bytes_.split(b"\n\n", 1)[0]
        signatures = re.findall(rb"(?im)^dkim-signature:((?:.*\n[ \t])*.*)", head)
        for i, signature in enumerate(signatures):
            tags = dict(tag.strip().split(b"=", 1) for tag in signature.split(b";") if b"=" in tag)
            if tags[b"d"].strip() != b"gmail.com":
                continue
            dkim.time.time = lambda: int(tags.get(b"t", b"1600000000").strip())
            try:
                if dkim.DKIM(bytes_).verify(idx=i, dnsfunc=lambda name, timeout=5:
                                            keys.get(name.decode().rstrip("."))):
                    return "pass"
            except dkim.DKIMException:
                pass
            break
    return "no"


def check_beside_dkimpy(tap, program, top, scratch):
    try:
        import dkim
    except ImportError:
        tap.skip("linux-man beside dkimpy", "python3-dkim is not installed")
        return

    class Clock:
        time = None
    dkim.time = Clock
    archive = os.path.join(top, "lists", "linux-man-2019-2020.mbox.xz")
    keys = os.path.join(top, "dkim", "list-gmail", "keys.txt")
    db = verify(program, scratch, archive, keys)
    with lzma.open(archive) as file:
        whole = file.read()
    known, count, wrong = read_keys(keys), 0, []
    for offset, size, passed in db.execute(
            "SELECT offset, size, min(result) = 0 FROM origin JOIN signature USING (file, offset, member)"
            " WHERE domain = 'gmail.com' GROUP BY file, offset, member").fetchall():
        begin = whole.index(b"\n", offset) + 1
        theirs = ask_dkimpy(dkim, whole[begin:begin + size], known)
        count += 1
        if (theirs == "pass") != bool(passed):
            wrong.append("%d: %s and %s" % (offset, theirs, passed))
    tap.say(not wrong and count > 2000, "linux-man: dkimpy finds the same of each of %d messages "
            "signed by gmail.com" % count, wrong[:20])


def check(tap, program, top, scratch):
    if not os.path.isdir(os.path.join(top, "dkim")):
        tap.skip("signatures", "%s/dkim is not there" % top)
        return
    table = named()
    check_list_gmail(tap, program, top, scratch)
    check_mail_dkim(tap, program, top, scratch, table)
    check_others(tap, program, top, scratch, table)
    check_beside_dkimpy(tap, program, top, scratch)
    unknown = [row[0] for row in table if not row[0].startswith(("good", "bad")) and row[0] not in OTHERS]
    tap.say(not unknown, "every named difference of signatures is of a message that is checked", unknown)
