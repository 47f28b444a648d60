"""Two readings of one archive, compared message by message.

`theirs` is the reading by tests/oracle/reader.py (Python's mailbox and email),
`ours` what stands in the case file. A message is known by file and offset. Each
place where the two say something else is a Difference; with these put into their
reading, the sums must be those of the program's account and of its exported graph."""
import collections
import datetime
import hashlib
import json
import mailbox
import multiprocessing
import os
import re
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
import reader  # noqa: E402

# file, offset: where; theirs, ours: dates, yes or no, or for addresses and Message-IDs a digest,
# so that the table of differences names nobody.
Difference = collections.namedtuple("Difference", "file offset what theirs ours")

# One message. first: file and offset of the copy that is counted.
Message = collections.namedtuple("Message", "origin sender recipients date id first")

OUTCOMES = ("unfinished", "mail", "empty", "not_mail", "unreadable", "special", "repeated", "container",
            "undelivered")
EPOCH = datetime.datetime(1970, 1, 1)


# ---- header lines put right for Python, as a reason in the table says ----

def mend_at(head):
    """Pipermail writes "ann at example.org"."""
    return re.sub(rb"(?mi)^(From:(?: |[^\n@]*?[ <]))([^\s<>()\"@]+) at "
                  rb"([^\s<>()\"@]+\.[^\s<>()\"@]+)", rb"\1\2@\3", head, count=1)


def mend_angle(head):
    """Some list archives write "Ann Lee ann@example.org", without <>."""
    return re.sub(rb"(?mi)^(From:(?:[^<\n]|\n[ \t])*?[^<\s:](?:[^<\n]|\n[ \t])*?)[ \t]"
                  rb"([^\s<>@()]+@[^\s<>@()]+)[ \t]*(\r?\n)(?![ \t])", rb"\1 <\2>\3", head, count=1)


MENDS = {"at-for-@": mend_at, "no-angle": mend_angle}


# ---- theirs ----

def read_spans(path, in_maildir):
    """(offset, size, head) of each message Python finds in a file of mail."""
    with open(path, "rb") as file:
        is_mbox = not in_maildir and file.read(5) == b"From "
        file.seek(0)
        if not is_mbox:
            yield 0, os.path.getsize(path), reader.read_head(file)
            return
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            start, stop = box._lookup(key)
            yield start, stop - start, reader.read_head(box.get_file(key))
    finally:
        box.close()


def read_theirs(task):
    """What a file is, and the accounts of its messages as [(offset, account)]; how
    many were mended, by reason."""
    path, in_maildir, mends = task
    mended = collections.Counter()
    what = reader.kind_of(path, in_maildir)[0]
    if what != "mail":
        return what, [], mended
    accounts = []
    for offset, size, head in read_spans(path, in_maildir):
        span = (path, offset, size)
        for reason in mends:
            better = MENDS[reason](head)
            mended[reason] += better != head
            head = better
        accounts.append((offset, reader.account_of(head, size), span))
    return "mail", accounts, mended


def read_body(span):
    path, offset, size = span
    with open(path, "rb") as file:
        file.seek(offset)
        data = file.read(size)
    return reader.body_digest(re.sub(rb"\AFrom [^\n]*\n", b"", data))


def seconds(iso):
    return int((datetime.datetime.fromisoformat(iso[:-1]) - EPOCH).total_seconds()) if iso else None


class Theirs:
    def __init__(self, root, mends):
        self.kinds, self.messages, self.mended = {}, {}, collections.Counter()
        self.fields = {}                # number of header fields of a message
        tasks = [(path, in_maildir, mends) for path, in_maildir in reader.files_below([root])]
        rows = {}
        with multiprocessing.Pool() as pool:
            for task, (what, accounts, mended) in zip(
                    tasks, pool.imap(read_theirs, tasks, chunksize=4)):
                name = os.path.relpath(task[0], root)
                self.kinds[name] = what
                self.mended += mended
                for offset, account, span in accounts:
                    rows.setdefault(account[6], []).append(((name, offset), account, span))
        for copies in self.join_rows([sorted(copies) for copies in rows.values()]):
            self.add_copies(copies)
        for folder, names, _ in os.walk(root):
            if {"cur", "new", "tmp"} <= set(names):
                for name in os.listdir(os.path.join(folder, "tmp")):
                    self.kinds[os.path.relpath(os.path.join(folder, "tmp", name), root)] = "undelivered"

    def join_rows(self, rows):
        """Rows of copies that have one Message-ID and header, joined where they are copies
        of each other under several: the header agrees, and the body of the first of each.
        self.by_body: how many are copies going by sender, date, subject and body alone."""
        alike = collections.Counter(copies[0][1][7][0] for copies in rows if copies[0][1][7])
        groups, bodies = {}, set()
        for number, copies in enumerate(rows):
            keys = copies[0][1][7]
            if keys is None or alike[keys[0]] < 2:
                groups[number] = copies
                bodies.add(number)
                continue
            body = read_body(copies[0][2])
            groups.setdefault((keys[1], body), []).extend(copies)
            bodies.add((keys[0], body))
        self.by_body = sum(map(len, rows)) - len(bodies)
        return groups.values()

    def add_copies(self, copies):
        """One message, however often it is there. A copy may name more recipients."""
        first = min(key for key, _, _ in copies)
        recipients = frozenset(r for _, account, _ in copies for r in account[3])
        for key, (fields, origin, sender, _, date, id, _, _), _ in copies:
            self.messages[key] = Message(origin, sender, recipients, seconds(date), id, first)
            self.fields[key] = fields


# ---- ours ----

def unpacked_name(path, root):
    """What a file of the case is called where the archive was unpacked: the members of
    root.tar.xz or folder/box.zip keep their names, x.mbox.gz becomes x.mbox."""
    name = os.path.relpath(path, root)
    name = os.path.basename(root) if name == "." else name
    return name[:-3] if name.endswith((".gz", ".xz")) else name


class Ours:
    """The case file, its account and its graph."""

    def __init__(self, program, root, case):
        command = [program, "read", "--json", "-c", case, root]
        self.account = json.loads(run(command, (0, 1))[0])
        self.edges = exported_edges(program, case)
        with sqlite3.connect(case) as db:
            db.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
            self.read(db, os.path.dirname(os.path.realpath(case)), os.path.realpath(root))

    def read(self, db, home, root):
        # The case names files by their way from its own folder, home.
        self.files = {id: (unpacked_name(os.path.join(home, path), root), OUTCOMES[outcome])
                      for id, path, outcome in db.execute("SELECT id, path, outcome FROM file")}
        self.containers = sum(outcome == "container" for _, outcome in self.files.values())
        self.kinds = {name: outcome for name, outcome in self.files.values()
                      if outcome != "container"}
        address = dict(db.execute("SELECT id, address FROM address"))
        ids = dict(db.execute("SELECT id, message_id FROM identifier"))
        whole = dict(db.execute("SELECT id, ifnull(original, id) FROM message"))
        origins, recipients = {}, collections.defaultdict(set)
        for message, role, who in db.execute(
                "SELECT message, role, address FROM mention WHERE role IN (0, 3, 4, 5)"
                " AND address IS NOT NULL ORDER BY message, position"):
            if role == 0:
                origins.setdefault(message, address[who])
            else:
                recipients[whole[message]].add(address[who])
        rows = {row[0]: row[1:] for row in db.execute(
            "SELECT id, CASE date_source WHEN 1 THEN instant END, sender, identifier"
            " FROM message")}
        places = [((self.files[file][0], offset), message) for file, offset, message
                  in db.execute("SELECT file, offset, message FROM origin")]
        first = {}
        for key, message in sorted(places):
            first.setdefault(whole[message], key)
        self.messages = {}
        for key, message in places:
            date, sender, id = rows[message]
            self.messages[key] = Message(
                origins.get(message, ""), address.get(sender, ""),
                frozenset(recipients[whole[message]]), date, ids.get(id, ""),
                first[whole[message]])


def run(command, statuses):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode not in statuses:
        raise RuntimeError("%s ended with status %d: %s" % (
            " ".join(command[:2]), done.returncode, said))
    return done.stdout, said


def select(case, query):
    with sqlite3.connect(case) as db:
        return db.execute(query).fetchall()


def exported_edges(program, case):
    """{(sender, recipient): messages} of the graph of all mail. Python knows addresses, not
    who they belong to."""
    command = [program, "export", "json", "--no-aliases", "-c", case, "--kind", "all",
               "--max-recipients", "0", "-o", case + ".json"]
    _, said = run(command, (0, 3))
    if not os.path.exists(case + ".json"):
        if "no ties are left" in said:
            return {}                   # a list without To and Cc has none
        raise RuntimeError(said)
    with open(case + ".json", encoding="utf-8") as file:
        graph = json.load(file)
    address = {node["id"]: node["address"] for node in graph["nodes"]}
    return {(address[link["source"]], address[link["target"]]): link["messages"]
            for link in graph["links"]}


# ---- the two beside each other ----

def shown(addresses):
    """Which addresses, without saying so: their number and a digest."""
    text = "\n".join(sorted(addresses))
    digest = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:10]
    return "%d:%s" % (len(addresses), digest) if addresses else "-"


def shown_date(date):
    return (EPOCH + datetime.timedelta(seconds=date)).isoformat() + "Z" if date is not None else "-"


def compare_message(key, theirs, ours):
    for what in ("origin", "sender"):
        a, b = getattr(theirs, what), getattr(ours, what)
        if a != b and not (what == "sender" and (theirs.origin, ours.origin) == (a, b)):
            yield Difference(*key, "from" if what == "origin" else what,
                             shown([a] if a else []), shown([b] if b else []))
    if theirs.recipients != ours.recipients:
        yield Difference(*key, "recipients", shown(theirs.recipients - ours.recipients),
                         shown(ours.recipients - theirs.recipients))
    if theirs.id != ours.id:
        yield Difference(*key, "id", shown([theirs.id] if theirs.id else []),
                         shown([ours.id] if ours.id else []))
    if theirs.date != ours.date:
        yield Difference(*key, "date", shown_date(theirs.date), shown_date(ours.date))
    if theirs.first != ours.first:
        yield Difference(*key, "copy", "copy" if theirs.first != key else "-",
                         "copy" if ours.first != key else "-")


def compare(theirs, ours):
    """Every difference, and that a reason made Python's reading another one."""
    for file in sorted(theirs.kinds.keys() | ours.kinds.keys()):
        kinds = theirs.kinds.get(file, "-"), ours.kinds.get(file, "-")
        if kinds[0] != kinds[1]:
            yield Difference(file, "-", "file", *kinds)
    for key in sorted(theirs.messages.keys() | ours.messages.keys()):
        if key not in ours.messages:
            yield Difference(*key, "message", "%d fields" % theirs.fields[key], "-")
        elif key not in theirs.messages:
            yield Difference(*key, "message", "-", "yes")
        else:
            yield from compare_message(key, theirs.messages[key], ours.messages[key])
    for reason, count in sorted(theirs.mended.items()):
        if count:
            yield Difference("*", "-", "mended", str(count), reason)


def settle(theirs, ours, differences):
    """Their messages with the differences put in: {key: Message}."""
    messages = dict(theirs.messages)
    for file, offset, what, _, _ in differences:
        key = file, offset if offset == "-" else int(offset)
        if what == "message" and key not in ours.messages:
            del messages[key]
        elif what == "message":
            messages[key] = ours.messages[key]
        elif what in ("from", "sender", "recipients", "id", "date", "copy"):
            messages[key] = ours.messages[key]
    return messages


def sums(messages):
    """What is counted of messages: a copy is counted as such and left alone."""
    kept = {key: m for key, m in messages.items() if m.first == key}
    edges, loops = collections.Counter(), set()
    for m in kept.values():
        for recipient in m.recipients if m.sender else ():
            if recipient == m.sender:
                loops.add(m.sender)
            else:
                edges[m.sender, recipient] += 1
    return {"messages": len(messages), "copies": len(messages) - len(kept),
            "senders": len({m.origin for m in kept.values()} - {""}),
            "dated": sum(m.date is not None for m in kept.values()),
            "edges": len(edges), "receipts": sum(edges.values())}, edges
