#!/usr/bin/python3
"""Read mail with nothing but Python's own mailbox and email modules, and say what
is in it: an account made independently of epistograph, to compare its counts with.

usage: reader.py [--distinct] [--jobs N] [--edges FILE] [--messages FILE] PATH...

PATH is a file or a folder of any depth. Prints one JSON object:

  messages           what counts as a message, below
  files              {path: messages} for each file that is mail; a Maildir's
                     messages are files and count 1 each
  not_mail, empty    paths of files that are none; unreadable: {path: reason}
  without_header     messages without one header field (mailbox splits an mbox at
                     every line that begins with "From ")
  senders            distinct first addresses of From, lower case
  without_from       messages whose From holds no address
  dated              messages whose Date email.utils can read
  years              {year: messages} of those, in UTC
  edges              distinct pairs (sender, recipient) over To, Cc and Bcc; the
                     sender is the first address of From, or else of Sender; pairs
                     of equal addresses are not edges, loops counts them
  receipts           recipients, each once a message, summed over the messages with
                     a sender; the sender himself left out
  addresses          distinct, of senders and recipients
  message_ids        distinct; without_id: messages that have none
  copies             messages whose Message-ID, From, Sender, To, Cc, Date and Subject were
                     all seen before (without a Message-ID: whose size and whole header)

With --distinct a copy is counted as message and as copy and then left alone.
--edges writes "sender TAB recipient TAB receipts" sorted, --messages one line a
message: path, number in its file from 0, date, sender, Message-ID.

What is a message: a folder with cur and new is a Maildir (mailbox.Maildir: every
file in the two that does not begin with a dot). Any other file is an mbox if it
begins with "From " (mailbox.mbox splits it) and else one message if email finds
header fields from its first line on, at least one of them a field of mail (a mere
"Note: x" is none). White space alone is an empty file. Symbolic links are
followed once. Compressed files and archives are not opened.

Addresses are what email.utils.getaddresses makes of the fields (it asks for no @; a
field on which it fails has none), in lower case, xn-- domains decoded; RFC 2047 is
not decoded in them. Only header blocks are
parsed. Where getaddresses and a more careful parser differ (commas in unquoted
names, 8-bit text, comments), epistograph's count may differ with reason: compare
the lists, not only the numbers."""
import argparse
import collections
import datetime
import email.header
import email.parser
import email.utils
import hashlib
import inspect
import json
import mailbox
import multiprocessing
import os
import re
import sys

FIELDS_OF_MAIL = {
    "from", "sender", "reply-to", "to", "cc", "bcc", "date", "subject", "message-id",
    "received", "return-path", "delivered-to", "in-reply-to", "references", "mime-version",
    "resent-from", "resent-to", "resent-date", "x-mailer", "list-id", "dkim-signature"}
HEAD_MAX = 1 << 24                      # bytes of a header block, at most
HEAD_STEP = 1 << 16                     # read at a time

# Newer Pythons refuse a whole field over one bad address unless told not to.
LENIENT = {"strict": False} if "strict" in inspect.signature(
    email.utils.getaddresses).parameters else {}

PARSER = email.parser.BytesHeaderParser()       # policy compat32: the old, fast, lenient one
HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")


def is_field_line(line):
    return re.match(rb"[!-9;-~]+[ \t]*:", line) is not None


def parse_head(data):
    """The header of a message as email sees it; the body is cut off for speed. A
    leading blank line ends the header, so email is given the rest of such a file."""
    end = HEAD_END.search(data)
    return PARSER.parsebytes(data[:end.end()] if end else data)


def addresses(message, field):
    """Of one field, in order, without repetition."""
    found = {}
    values = [str(value) for value in message.get_all(field, [])]
    try:
        pairs = email.utils.getaddresses(values, **LENIENT)
    except (RecursionError, IndexError):        # nesting without end, a cut quotation
        return []
    for _, address in pairs:
        address = normalise(address)
        if address:
            found[address] = True
    return list(found)


def normalise(address):
    address = address.strip().strip("<>").lower()
    local, at, domain = address.rpartition("@")
    if "xn--" in domain:
        try:
            domain = domain.encode("ascii").decode("idna")
        except UnicodeError:
            pass
    return local + at + domain


def parse_date(value):
    """UTC, or None."""
    try:
        parts = email.utils.parsedate_tz(str(value))
        if parts is None:
            return None
        epoch = datetime.datetime(1970, 1, 1)
        return epoch + datetime.timedelta(seconds=email.utils.mktime_tz(parts))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def digest(message, size):
    """What makes two messages the same one; see `copies` above."""
    id = str(message.get("message-id", "")).strip()
    if not id:
        parts = [str(size)] + [f"{name}:{value}" for name, value in message.items()]
        return hashlib.sha256("\1".join(parts).encode("utf-8", "surrogateescape")).digest()[:16]
    parts = [id]
    for field in ("from", "sender", "to", "cc", "date", "subject"):
        parts.append("\0".join(" ".join(str(v).split()) for v in message.get_all(field, [])))
    return hashlib.sha256("\1".join(parts).encode("utf-8", "surrogateescape")).digest()[:16]


def squeezed_subject(message):
    value = str(message.get("subject", ""))
    try:
        value = str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError, email.errors.MessageError):
        pass
    return " ".join(value.split())


def copy_keys(message, sender, date):
    """By what a message is suspected to be a copy of another: (sender, date, subject), and
    with To and Cc; None without a sender or a date."""
    if not sender or not date:
        return None
    plain = (sender, date, squeezed_subject(message))
    named = tuple(tuple(sorted(set(addresses(message, field)))) for field in ("to", "cc"))
    return tuple(hashlib.sha256(repr(key).encode("utf-8", "surrogateescape")).digest()[:16]
                 for key in (plain, plain + named))


def body_digest(data):
    """What confirms it: the body without white space, and without what an mbox puts
    before "From "."""
    end = HEAD_END.search(data)
    body = re.sub(rb"(?m)^>+(?=From )", b"", data[end.end():] if end else b"")
    return hashlib.sha256(b"".join(body.split())).digest()[:16]


def account_of(data, size):
    """One message of size bytes, whose head is in data, as a small tuple."""
    message = parse_head(data)
    origin = addresses(message, "from")
    sender = origin or addresses(message, "sender")
    sender = sender[0] if sender else ""
    recipients = {a: True for f in ("to", "cc", "bcc") for a in addresses(message, f)}
    date = parse_date(message.get("date", "")) if message.get("date") else None
    id = str(message.get("message-id", "")).strip().strip("<>")
    return (len(message.keys()), origin[0] if origin else "", sender, list(recipients),
            date.isoformat() + "Z" if date else "", id, digest(message, size),
            copy_keys(message, sender, date))


def read_head(file):
    """As much as holds the header; attachments stay where they are."""
    data = b""
    while len(data) < HEAD_MAX:
        more = file.read(HEAD_STEP)
        data += more
        if not more or HEAD_END.search(data.lstrip()):
            break
    return data


def is_message(data):
    lines = data.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)
    if not is_field_line(lines[0]):
        return False
    return any(key.lower() in FIELDS_OF_MAIL for key in parse_head(data).keys())


def read_mbox(path):
    box = mailbox.mbox(path, create=False)
    accounts = []
    try:
        for key in box.iterkeys():
            start, stop = box._lookup(key)
            accounts.append(account_of(read_head(box.get_file(key)), stop - start))
    finally:
        box.close()
    return accounts


def kind_of(path, in_maildir):
    """("mail", begin of it), ("empty",), ("not_mail",) or ("unreadable", why)."""
    try:
        if not os.path.isfile(path):
            return ("unreadable", "not a regular file")
        size = os.path.getsize(path)
        with open(path, "rb") as file:
            data = read_head(file)
    except OSError as failure:
        return ("unreadable", failure.strerror)
    if not in_maildir and not data.strip() and size == len(data):
        return ("empty",)
    if in_maildir or data.startswith(b"From ") or is_message(data):
        return ("mail", data)
    return ("not_mail",)


def read_file(task):
    """("mail", messages), or what kind_of() says."""
    path, in_maildir = task
    kind = kind_of(path, in_maildir)
    if kind[0] != "mail":
        return kind
    if not in_maildir and kind[1].startswith(b"From "):
        return ("mail", read_mbox(path))
    return ("mail", [account_of(kind[1], os.path.getsize(path))])


def maildir_files(path):
    """Those that mailbox.Maildir gives, in the order of their names; old Pythons give
    those that begin with a dot, too."""
    box = mailbox.Maildir(path, create=False)
    files = [os.path.join(path, box._lookup(key)) for key in box.iterkeys()]
    return sorted(file for file in files if not os.path.basename(file).startswith("."))


def files_below(paths):
    """(path, is it in a Maildir) for each file, each once."""
    seen, found = set(), []
    todo = [os.fspath(path) for path in reversed(paths)]
    while todo:
        path = todo.pop()
        real = os.path.realpath(path)
        if real in seen:
            continue
        seen.add(real)
        if not os.path.isdir(path):
            found.append((path, False))
            continue
        try:
            names = sorted(os.listdir(path), reverse=True)
        except OSError:
            found.append((path, False))
            continue
        if {"cur", "new"} <= set(names):
            found += [(file, True) for file in maildir_files(path)]
            names = [name for name in names if name not in ("cur", "new", "tmp")]
        todo += [os.path.join(path, name) for name in names]
    return found


class Account:
    def __init__(self, distinct=False):
        self.distinct = distinct
        self.counts = collections.Counter()
        self.files, self.unreadable = {}, {}
        self.not_mail, self.empty = [], []
        self.senders, self.addresses, self.ids, self.digests = set(), set(), set(), set()
        self.years, self.edges = collections.Counter(), collections.Counter()

    def add(self, message):
        fields, origin, sender, recipients, date, id, key, _ = message
        self.counts["messages"] += 1
        self.counts["copies"] += key in self.digests
        if self.distinct and key in self.digests:
            return
        self.digests.add(key)
        self.counts["without_header"] += not fields
        self.counts["without_from"] += not origin
        self.counts["without_id"] += not id
        self.counts["dated"] += bool(date)
        if id:
            self.ids.add(id)
        if origin:
            self.senders.add(origin)
        if date:
            self.years[date.partition("-")[0]] += 1
        self.addresses.update(recipients, [sender] if sender else [])
        for recipient in recipients if sender else []:
            self.edges[sender, recipient] += 1

    def add_file(self, path, result):
        if result[0] == "mail":
            self.files[path] = len(result[1])
            for message in result[1]:
                self.add(message)
        elif result[0] == "unreadable":
            self.unreadable[path] = result[1]
        else:
            getattr(self, result[0]).append(path)

    def report(self):
        edges = {pair: n for pair, n in self.edges.items() if pair[0] != pair[1]}
        names = ("messages", "without_header", "without_from", "dated", "without_id", "copies")
        return {**{name: int(self.counts[name]) for name in names},
                "senders": len(self.senders), "message_ids": len(self.ids),
                "edges": len(edges), "loops": len(self.edges) - len(edges),
                "receipts": sum(edges.values()), "addresses": len(self.addresses),
                "years": dict(sorted(self.years.items())), "files": self.files,
                "not_mail": self.not_mail, "empty": self.empty, "unreadable": self.unreadable}


def write_line(file, *fields):
    print("\t".join(re.sub(r"[\0-\x1f]", " ", str(f)) for f in fields), file=file)


def open_list(path):
    return open(path, "w", encoding="utf-8", errors="backslashreplace") if path else None


def main():
    options = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n")[0])
    options.add_argument("--distinct", action="store_true")
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    options.add_argument("--edges")
    options.add_argument("--messages")
    options.add_argument("paths", nargs="+")
    options = options.parse_args()
    tasks = files_below(options.paths)
    account, messages = Account(options.distinct), open_list(options.messages)
    with multiprocessing.Pool(options.jobs) as pool:
        for (path, _), result in zip(tasks, pool.imap(read_file, tasks, chunksize=8)):
            account.add_file(path, result)
            for number, m in enumerate(result[1] if messages and result[0] == "mail" else []):
                write_line(messages, path, number, m[4], m[2], m[5])
    if messages:
        messages.close()
    edges = open_list(options.edges)
    if edges:
        for pair in sorted(account.edges):
            write_line(edges, *pair, account.edges[pair])
        edges.close()
    json.dump(account.report(), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
