"""Messages inside messages, as epistograph finds them and as Python's email does.

Where a message is, is taken from the case file; what is inside it, from Python's walk over
those bytes. Python does not decode attached messages that are in base64 or quoted-printable;
that is done here. A part without any header field is no message for either."""
import base64
import email
import email.policy
import lzma
import os
import quopri
import sqlite3
import subprocess

POLICY = email.policy.compat32
MESSAGES = ('message/rfc822', 'message/global', 'message/news')
# Where Python reads otherwise, and why that is not followed.
KNOWN = {
    'multi-digest.msg@0': 'Python keeps the line end of a fold in the boundary',
    'multi-digest.out@0': 'Python keeps the line end of a fold in the boundary',
    'content-length.mbox.txt@868864': 'a ">From " line of an mbox ends the header for Python',
    'content-length.mbox.txt@872492': 'a ">From " line of an mbox ends the header for Python',
}
HEADERS = ('text/rfc822-headers', 'message/global-headers')


def parse(data):
    return email.message_from_bytes(data, policy=POLICY)


def decoded(part, inner):
    """The message in a part, whose lines Python has taken for a message as they are."""
    coding = str(part.get('content-transfer-encoding', '')).strip().lower()
    data = inner.as_bytes() if not isinstance(inner, (bytes, str)) else inner
    if isinstance(data, str):
        data = data.encode('ascii', 'surrogateescape')
    if coding == 'base64' and b':' not in data.lstrip().split(b'\n')[0]:
        return parse(base64.b64decode(b''.join(data.split())))
    if coding == 'quoted-printable':
        return parse(quopri.decodestring(data))
    return inner if not isinstance(inner, (bytes, str)) else parse(data)


def inside(host):
    """The numbers of the parts of all messages inside one."""
    found, todo = set(), [(host, (), True)]
    while todo:
        part, number, is_message = todo.pop()
        kind = part.get_content_type()
        if part.get_content_maintype() == 'multipart' and part.is_multipart():
            todo += [(child, number + (i + 1,), False) for i, child in enumerate(part.get_payload())]
            continue
        if kind in MESSAGES and part.is_multipart():
            child = decoded(part, part.get_payload(0))
        elif kind in HEADERS:
            child = decoded(part, part.get_payload() if isinstance(part.get_payload(), str)
                            else part.get_payload(0))
        else:
            continue
        if number and not is_message:
            own = number
        else:
            own = number + (1,)
        if child.keys():
            found.add('.'.join(map(str, own)))
        todo.append((child, own, True))
    return found


def bytes_of(data, offset, size):
    data = data[offset:]
    if data.startswith(b'From '):
        return data[data.index(b'\n') + 1:][:size]
    return data[len(data) - size:]


def found_inside(case):
    """{(file, offset): numbers} of what is inside others in a case file."""
    found = {}
    for path, offset, member in case.execute(
            "SELECT file, offset, member FROM origin WHERE enclosure > 0"):
        found.setdefault((path, offset), set()).add(member)
    return found


def messages(case, folder):
    """(row of the file, place, bytes) of the messages by themselves in files on disk."""
    last, data = None, b""
    for file, path, offset, size in case.execute(
            "SELECT file.id, path, offset, origin.size FROM origin JOIN file ON file.id = file"
            " WHERE container IS NULL AND enclosure = 0 AND form IN ('mbox', 'message')"
            " ORDER BY file.id"):
        if path != last:
            with open(os.path.join(folder, path).encode("utf-8", "surrogateescape"), "rb") as mail:
                last, data = path, mail.read()
        yield (file, offset), "%s@%d" % (path.split("/")[-1], offset), bytes_of(data, offset, size)


def check_mail(tap, program, name, mail, scratch):
    path = os.path.join(scratch, "embedded.case")
    subprocess.run([program, "read", "-q", "--embedded", "-c", path, mail], check=False,
                   stderr=subprocess.DEVNULL)
    hosts, total, wrong = 0, 0, []
    if os.path.exists(path):
        case = sqlite3.connect(path)
        case.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        ours = found_inside(case)
        for key, place, data in messages(case, scratch):
            theirs, got = inside(parse(data)), ours.get(key, set())
            hosts += bool(got)
            total += len(got)
            if theirs != got and place not in KNOWN:
                wrong.append("%s: Python %s, here %s" % (place, sorted(theirs), sorted(got)))
        case.close()
        os.remove(path)
    tap.say(not wrong, "%s: %d messages inside %d others, as Python's email finds them"
            % (name, total, hosts), wrong[:20])
    return total


def check(tap, program, top, scratch):
    total = 0
    for shelf in ("fixtures", "dkim"):
        folder = os.path.join(top, shelf)
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if os.path.isdir(os.path.join(folder, name)):
                total += check_mail(tap, program, name, os.path.join(folder, name), scratch)
    folder = os.path.join(top, "lists")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if name.endswith(".mbox.xz"):
            mail = os.path.join(scratch, name[:-3])
            with lzma.open(os.path.join(folder, name)) as packed, open(mail, "wb") as out:
                out.write(packed.read())
            total += check_mail(tap, program, name, mail, scratch)
            os.remove(mail)
    if os.path.isdir(os.path.join(top, "fixtures")):
        tap.say(total > 100, "there are messages inside others", ["%d" % total])
