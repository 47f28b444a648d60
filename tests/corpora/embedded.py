#!/usr/bin/env python3
"""Messages inside messages, as epistograph finds them and as Python's email does.

usage: embedded.py EPISTOGRAPH MAIL...: TAP, a fact for each folder or file of MAIL.

Where a message is, is taken from the case file; what is inside it, from Python's walk over
those bytes. Python does not decode attached messages that are in base64 or quoted-printable;
that is done here. A part without any header field is no message for either."""
import base64, email, email.policy, quopri, sqlite3, subprocess, sys, tempfile

POLICY = email.policy.compat32
MESSAGES = ('message/rfc822', 'message/global', 'message/news')
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
    """{number of the part: Message-ID or subject} of all messages inside one."""
    found, todo = {}, [(host, (), True)]
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
            found['.'.join(map(str, own))] = True
        todo.append((child, own, True))
    return found


def bytes_of(data, offset, size):
    data = data[offset:]
    if data.startswith(b'From '):
        return data[data.index(b'\n') + 1:][:size]
    return data[len(data) - size:]


def differences(program, mail):
    with tempfile.TemporaryDirectory() as folder:
        case = folder + '/case'
        subprocess.run([program, 'read', '-q', '--embedded', '-c', case, mail], check=False)
        db = sqlite3.connect(case)
        db.text_factory = lambda raw: raw.decode('utf-8', 'surrogateescape')
        ours = {}
        for path, offset, member in db.execute(
                'SELECT file, offset, member FROM origin WHERE enclosure > 0'):
            ours.setdefault((path, offset), set()).add(member)
        hosts, total, differ = 0, 0, []
        last, data = None, b''
        for file, path, offset, size in db.execute(
                "SELECT file.id, path, offset, origin.size FROM origin JOIN file ON file.id = file"
                " WHERE container IS NULL AND enclosure = 0 AND form IN ('mbox', 'message')"
                " ORDER BY file.id"):
            if path != last:
                name = path if path.startswith('/') else folder + '/' + path
                last, data = path, open(name.encode('utf-8', 'surrogateescape'), 'rb').read()
            theirs = set(inside(parse(bytes_of(data, offset, size))))
            got = ours.get((file, offset), set())
            hosts += bool(theirs or got)
            total += len(got)
            if theirs != got:
                differ.append(f'{path}@{offset}: python {sorted(theirs)}, here {sorted(got)}')
        return hosts, total, differ


def main():
    program, failed = sys.argv[1], 0
    for i, mail in enumerate(sys.argv[2:], 1):
        hosts, total, differ = differences(program, mail)
        print(f"{'not ok' if differ else 'ok'} {i} - {mail.split('/')[-1]}: {total} messages inside"
              f" {hosts} others, as Python's email finds them")
        print(''.join(f'# {line}\n' for line in differ), end='')
        failed += bool(differ)
    print(f'1..{len(sys.argv) - 2}')
    return failed > 0


sys.exit(main())
