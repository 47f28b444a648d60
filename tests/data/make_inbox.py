#!/usr/bin/python3
"""Make git repositories as public-inbox keeps mail in, with git itself (fast-import, as it does).

make_inbox.py v2 REPOSITORY FIRST COUNT [DELETED]  messages FIRST.. in files "m"; then DELETED as "d"
make_inbox.py v1 REPOSITORY FIRST COUNT [DELETED]  messages in files named by their Message-IDs
"""
import hashlib
import os
import subprocess
import sys

ENVIRONMENT = dict(os.environ, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null")


def message(number):
    return (f"From: Person {number % 7} <p{number % 7}@example.org>\n"
            f"To: Trees <trees@lists.example>\nList-Id: <trees.lists.example>\n"
            f"Subject: matter {number}\nMessage-ID: <m{number}@example.org>\n"
            f"Date: Mon, 02 Jan 2017 10:{number % 60:02d}:00 +0000\n\nText {number}.\n").encode()


def path_v1(number):
    digest = hashlib.sha1(f"m{number}@example.org".encode()).hexdigest()
    return f"{digest[:2]}/{digest[2:]}"


def commit(out, mark, subject, changes, begun):
    out.append(b"commit refs/heads/master\nmark :%d\n" % mark)
    out.append(b"author P <p@example.org> %d +0000\n" % (1483350000 + mark))
    out.append(b"committer P <p@example.org> %d +0000\n" % (1483350000 + mark))
    out.append(b"data %d\n%s\n" % (len(subject), subject))
    if begun is None:
        out.append(b"from refs/heads/master^0\n")
    for change in changes:
        out.append(change)
    out.append(b"\n")


def inline(path, data):
    return b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)


def main(form, repository, first, count, deleted=None):
    first, count = int(first), int(count)
    if not os.path.exists(repository):
        subprocess.run(["git", "init", "-q", "--bare", "-b", "master", repository], check=True,
                       env=ENVIRONMENT)
    existed = subprocess.run(["git", "-C", repository, "rev-parse", "-q", "--verify", "master"],
                             capture_output=True, env=ENVIRONMENT).returncode == 0
    out = []
    for number in range(first, first + count):
        begun = None if existed and number == first else number
        if form == "v2":
            changes = [b"deleteall\n", inline("m", message(number))]
        else:
            changes = [inline(path_v1(number), message(number))]
        commit(out, number + 1, b"matter %d" % number, changes, begun)
    if deleted is not None:
        if form == "v2":
            changes = [b"deleteall\n", inline("d", message(int(deleted)))]
        else:
            changes = [b"D %s\n" % path_v1(int(deleted)).encode()]
        commit(out, first + count + 1, b"rm", changes, True)
    subprocess.run(["git", "-C", repository, "fast-import", "--quiet"], input=b"".join(out),
                   check=True, env=ENVIRONMENT)


main(*sys.argv[1:])
