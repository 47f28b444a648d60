"""What other mail programs' own tests expect of the fixtures they were taken from: From, To,
Subject and Date as MimeKit and mime4j give them, addresses as BigBang takes them apart. And
who answers whom, by a plain walk over Message-IDs in Python.

A difference must stand in DIFFERENT with its reason, and one that is met no more is a failure."""
import collections
import csv
import email
import email.header
import email.policy
import email.utils
import glob
import json
import mailbox
import os
import re
import subprocess

# (file, message from 0, field): what MimeKit makes of it and we do not.
DIFFERENT = {
    ("content-length.mbox.txt", 6, "From"): "of an address with two @ MimeKit keeps a part",
    ("content-length.mbox.txt", 6, "To"): "a path of UUCP, with ! and no @, is no address to MimeKit",
    ("content-length.mbox.txt", 22, "Date"): "zones are the same in small letters, cst: for MimeKit UTC",
}
DIFFERENT.update({("content-length.mbox.txt", i, "To"): "Outlook's apostrophes around a name go"
                  for i in (21, 23, 24, 26)})


def run_headers(build, header):
    done = subprocess.run([os.path.join(build, "tests", "oracle", "headers")],
                          input=header, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.decode("utf-8", "replace"), strict=False)


def people(message, role):
    return [(m["name"], m["address"]) for m in message["mentions"] if m["role"] == role]


def addresses_of(value):
    """Of a field written the plain way, as a peer writes it."""
    return [(name, address.lower()) for name, address in email.utils.getaddresses([value])]


# ---- BigBang ----

def read_yaml(path):
    """{line: [[name, local, domain], ...]} of the one simple form that this file has. A list
    of several has [address, local, domain]."""
    expected, line = {}, None
    for text in open(path, encoding="utf-8"):
        key = re.match(r"'(.*)':$", text.rstrip("\n"))
        item = re.match(r"( *)- (.*)$", text.rstrip("\n"))
        if key:
            line = key.group(1)
            expected[line] = [[]]
        elif item and item.group(2).endswith(":"):
            expected[line] = [e for e in expected[line] if e] + [[]]
        elif item:
            value = item.group(2).strip("'")
            expected[line][-1].append(None if value == "null" else value)
    return expected


def check_bigbang_yaml(tap, build, path):
    wrong, seen = [], 0
    for line, entries in read_yaml(path).items():
        found = people(run_headers(build, ("From: %s\n\n" % line).encode()), "from")
        for i, (name, local, domain) in enumerate(entries):
            ours = found[i] if i < len(found) else ("", "")
            seen += 1
            if local is None:
                good = ours[1] == ""
            else:
                good = ours[1] == "%s@%s" % (local, domain)
            # BigBang keeps encoded words, in lower case, which breaks base64: not compared.
            if name and "=?" not in name and "@" not in name:
                good = good and ours[0].lower() == name
            if not good:
                wrong.append("%s: %s, %s" % (line, (name, local, domain), ours))
    tap.say(not wrong and seen, "%d addresses are taken apart as BigBang expects" % seen, wrong)


def check_bigbang_lines(tap, build, path):
    """Each line holds one address, with "at" or "@", bare or in <>, and one name."""
    wrong, seen = [], 0
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if not line:
            continue
        bare = re.match(r"(\S+?)(?: at |@)(\S+)(?: \((.*)\))?$", line)
        angle = re.match(r"\"?(.*?)\"? <(\S+?)(?: at |@)(\S+)>$", line)
        local, domain, name = bare.groups() if bare else (*angle.groups()[1:], angle.group(1))
        name = str(email.header.make_header(email.header.decode_header(name or "")))
        found = people(run_headers(build, ("From: %s\n\n" % line).encode()), "from")
        seen += 1
        if found != [(name, ("%s@%s" % (local, domain)).lower())]:
            wrong.append("%s: %s" % (line, found))
    tap.say(not wrong and seen, "%d ways to write a sender give name and address" % seen, wrong)


# ---- MimeKit ----

def read_summary(path):
    """[{field: value}] of the messages, which blank lines part."""
    blocks = open(path, encoding="utf-8").read().strip("\n").split("\n\n")
    return [dict(re.findall(r"(?m)^(From|To|Subject|Date): (.*)$", block)) for block in blocks]


def instant_of(text):
    return int(email.utils.parsedate_to_datetime(text).timestamp())


def rows(program, scratch, path, sql):
    """What the case file of an archive answers."""
    case = os.path.join(scratch, "peer.case")
    if os.path.exists(case):
        os.remove(case)
    subprocess.run([program, "read", "-q", "-c", case, path], check=True,
                   stdout=subprocess.DEVNULL)
    done = subprocess.run(["sqlite3", "-json", case, sql], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.decode("utf-8", "replace") or "[]")


ROWS = """SELECT subject, instant, (SELECT group_concat(ifnull(name.name, '') || '|' ||
 ifnull(address.address, ''), ';') FROM mention LEFT JOIN address ON address.id = mention.address
 LEFT JOIN name ON name.id = mention.name WHERE message = m.id AND role = 0) AS sender,
 (SELECT group_concat(ifnull(name.name, '') || '|' || ifnull(address.address, ''), ';')
 FROM mention LEFT JOIN address ON address.id = mention.address
 LEFT JOIN name ON name.id = mention.name WHERE message = m.id AND role = 3) AS recipients
 FROM message AS m JOIN origin ON origin.message = m.id ORDER BY offset"""


def joined(value):
    return ";".join("%s|%s" % pair for pair in addresses_of(value) if any(pair))


def check_mimekit(tap, program, folder, scratch):
    for summary in sorted(glob.glob(os.path.join(folder, "*-summary.txt"))):
        name = os.path.basename(summary).replace("-summary.txt", ".mbox.txt")
        expected = read_summary(summary)
        found = rows(program, scratch, os.path.join(folder, name), ROWS)
        wrong = [] if len(expected) == len(found) else [
            "%d messages and %d" % (len(expected), len(found))]
        for i, (theirs, ours) in enumerate(zip(expected, found)):
            for what, a, b in (
                    ("From", joined(theirs.get("From", "")), ours["sender"] or ""),
                    ("To", joined(theirs.get("To", "")), ours["recipients"] or ""),
                    ("Subject", " ".join(theirs.get("Subject", "").split()),
                     " ".join(ours["subject"].split())),
                    ("Date", instant_of(theirs["Date"]), ours["instant"])):
                if (a != b) != ((name, i, what) in DIFFERENT):
                    wrong.append("message %d, %s: %s, %s" % (i, what, a, b))
        tap.say(not wrong and expected, "%s: From, To, Subject and Date of %d messages as MimeKit "
                "gives them; differences named: %d" % (name, len(expected), sum(
                    key[0] == name for key in DIFFERENT)), wrong)


# ---- mime4j ----

def header_of(path):
    with open(path, "rb") as file:
        return file.read().replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"


def check_mime4j(tap, build, folder):
    """The header that mime4j writes again, taken apart by Python."""
    wrong, messages, seen = [], 0, 0
    for out in sorted(glob.glob(os.path.join(folder, "*.out"))):
        ours = run_headers(build, header_of(out[:-4] + ".msg"))
        theirs = email.message_from_bytes(header_of(out), policy=email.policy.compat32)
        messages += 1
        for field, role in (("From", "from"), ("To", "to"), ("Cc", "cc"),
                            ("Reply-To", "reply-to"), ("Sender", "sender")):
            values = [str(v) for v in theirs.get_all(field, [])]
            expected = [a for v in values for _, a in addresses_of(v) if a]
            found = [a for _, a in people(ours, role) if a]
            seen += len(expected)
            if expected != found:
                wrong.append("%s, %s: %s, %s" % (os.path.basename(out), field, expected, found))
    tap.say(not wrong and seen, "%d addresses of %d messages as mime4j writes them" % (
        seen, messages), wrong)


# ---- who answers whom ----

def values(message, field):
    """As text: encoded words decoded, other bytes as UTF-8 or else Windows-1252."""
    for name, value in message.raw_items():
        if name.lower() != field:
            continue
        octets = value.encode("ascii", "surrogateescape")
        try:
            text = octets.decode()
        except UnicodeDecodeError:
            text = octets.decode("cp1252", "replace")
        if text.startswith("=?"):
            text = str(email.header.make_header(email.header.decode_header(text)))
        yield text


def ids_in(message, field):
    """Message-IDs without <> and blanks, as folding leaves them. One may stand bare."""
    found = []
    for text in values(message, field):
        bracketed = re.findall(r"<([^<>]+)>", text)
        found += bracketed or (text.split() if len(text.split()) == 1 else [])
    # What is no text stands in none of ours: a terminal's bell in a Message-ID.
    return ["".join(c for c in id if c.isprintable() and not c.isspace()) for id in found]


def read_mail(paths):
    """[(sender, what it answers)] of messages, copies once; {id: sender of the first with it}."""
    seen, first = {}, {}
    for path in sorted(paths):
        box = mailbox.mbox(path, create=False)
        for message in box:
            own = (ids_in(message, "message-id") or [None])[0]
            sender = " ".join(values(message, "from"))
            sender = re.sub(r"^([^\s<>()]+) at ([^\s<>()]+\.[^\s<>()]+)", r"\1@\2", sender)
            references = [id for id in ids_in(message, "references") if id != own] or [
                id for id in ids_in(message, "in-reply-to")[:1] if id != own]
            sender = email.utils.parseaddr(sender)[1].lower()
            if own:
                first.setdefault(own, sender)
                key = own, sender, *values(message, "date"), *values(message, "subject")
                seen[key] = sender, references[-1] if references else None
        box.close()
    return seen.values(), first


def expected_edges(mail, first):
    edges = collections.Counter()
    for sender, answered in mail:
        if sender and first.get(answered) and first[answered] != sender:
            edges[sender, first[answered]] += 1
    return edges


def check_answers(tap, program, scratch, name, root):
    """Circles, which would cost an edge, are in none of these archives."""
    expected = expected_edges(*read_mail(glob.glob(os.path.join(root, "*"))))
    if not expected:
        tap.skip("answers in " + name, "nobody answers anybody")
        return
    case, out = os.path.join(scratch, "answers.case"), os.path.join(scratch, "answers.csv")
    if os.path.exists(case):
        os.remove(case)
    subprocess.run([program, "read", "-q", "-c", case, root], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run([program, "export", "csv", "-q", "--no-aliases", "-c", case, "--edges", "reply",
                    "--kind", "all", "-o", out], check=True)
    with open(out[:-4] + "-edges.csv", encoding="utf-8", newline="") as file:
        found = {(r["source_address"], r["target_address"]): int(r["messages"])
                 for r in csv.DictReader(file)}
    wrong = ["%s: %d, %d" % (pair, expected.get(pair, 0), found.get(pair, 0))
             for pair in sorted(expected.keys() | found.keys())
             if expected.get(pair, 0) != found.get(pair, 0)]
    tap.say(not wrong and expected, "%s: %d answers on %d edges, as Python finds them" % (
        name, sum(expected.values()), len(expected)), wrong[:20])


# ---- all ----

def check(tap, build, program, top, scratch):
    fixtures = os.path.join(top, "fixtures")
    if not os.path.isdir(fixtures):
        tap.skip("peers' expectations", "%s is not there" % fixtures)
        return
    bigbang = os.path.join(fixtures, "bigbang")
    check_bigbang_yaml(tap, build, os.path.join(bigbang, "address_header_test_file.yaml"))
    check_bigbang_lines(tap, build, os.path.join(bigbang, "from-header-variations.txt"))
    check_mimekit(tap, program, os.path.join(fixtures, "mimekit", "mbox"), scratch)
    check_mime4j(tap, build, os.path.join(fixtures, "mime4j", "mimetools-testmsgs"))
